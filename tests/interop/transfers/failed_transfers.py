#!/usr/bin/env python3
"""Attended transfers that fail, with telephones of others: the transferee stays with us, is told why
by nobody but us, and can be talked to again."""

from peers import cases
from peers.exchange import Exchange
from peers.party import BaresipParty, LinphoneParty, OurParty, consult
from peers.telephone import Telephone
from peers.waiting import wait_until


def not_transferred(us, *codes):
    """The call with the transferee is still there; its hold is ours to end."""
    failed = us.wait_for_call("not transferred", lambda call: call["transfer"] == "failed")
    assert failed["id"] == 1 and failed["transfer_code"] in codes, failed
    assert failed["transfer_target"] == "301", failed
    us.daemon.has_said(r"transfer to 301 has failed: \d+ .*; the call goes on")
    us.do("--unhold", "1")
    us.wait_for_call("talked to again", lambda call: call["id"] == 1 and call["state"] == "active")


def target_is_gone(program, folder):
    """Without a word: so says the server in the end."""
    with Exchange(program, folder) as exchange:
        us, transferee = exchange.telephone("200"), LinphoneParty(folder, "300", 600, exchange)
        with us, transferee, OurParty(program, folder, "301", 900, exchange) as target:
            first = consult(us, transferee, target)
            target.telephone.daemon.kill()
            us.do("--transfer-to-call", "2", "1")
            not_transferred(us, 404, 408, 477, 503)
            us.hears(first, transferee.frequency)
            us.stop()


def target_has_hung_up(program, folder):
    with Exchange(program, folder) as exchange:
        us, transferee = exchange.telephone("200"), LinphoneParty(folder, "300", 600, exchange)
        with us, transferee, LinphoneParty(folder, "301", 900, exchange) as target:
            first = consult(us, transferee, target)
            target.hangs_up()
            wait_until(lambda: len(us.calls()) == 1, "the target's call is over")
            us.refuses("--transfer-to-call", "2", "1", saying=["there is no call 2"])
            us.do("--unhold")
            us.hears(first, transferee.frequency)
            us.stop()


def target_is_not_called_rightly(program, folder):
    """baresip leaves the Replaces in the Request-URI, where none may be (RFC 3261, 19.1.1)."""
    with Telephone(program, folder, [], name="us") as us:
        transferee = BaresipParty(folder, "300", 600)
        with transferee, OurParty(program, folder, "301", 900) as target:
            first = consult(us, transferee, target)
            us.do("--transfer-to-call", "2", "1")
            not_transferred(us, 400)
            us.hears(first, transferee.frequency)
            assert [call["state"] for call in target.telephone.calls()] == ["active"]
            us.stop()


if __name__ == "__main__":
    cases.run(target_is_gone, target_has_hung_up, target_is_not_called_rightly)
