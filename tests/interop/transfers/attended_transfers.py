#!/usr/bin/env python3
"""Attended transfers that we ask for (RFC 5589, 7), of and to telephones of others, directly and by a
proxy: the two hear each other, and both of our calls are over."""

from peers import call_log, cases
from peers.exchange import Exchange
from peers.party import BaresipParty, LinphoneParty, OurParty, consult
from peers.telephone import Telephone
from peers.waiting import wait_until


def both_are_over(us, second_by="far_end"):
    """And why: they have each other."""
    wait_until(lambda: us.calls() == [], "both of our calls are over")
    said = [line for line in us.stop() if "transfer to 301 " in line]
    assert said and "transfer to 301 200 " in said[-1], said
    first, second = call_log.calls(us.daemon.files.db)
    assert (first["transfer"], first["transfer_target"], first["transfer_code"]) == (
        "completed", "301", 200), first
    assert first["ended_by"] != "far_end" and first["final_code"] == 200, first
    assert (second["ended_by"], second["final_code"]) == (second_by, 200), second


def hear_each_other(one, other):
    one.hears(other)
    other.hears(one)


def connect(us, transferee, target):
    with us, transferee, target:
        consult(us, transferee, target)
        us.do("--transfer-to-call", "2", "1")
        transferee.joins()
        (target.is_joined if isinstance(target, OurParty) else target.joins)()
        hear_each_other(transferee, target)
        both_are_over(us)
        transferee.hangs_up()


def linphone_to_linphone(program, folder):
    connect(Telephone(program, folder, [], name="us"), LinphoneParty(folder, "300", 600),
            LinphoneParty(folder, "301", 900))


def linphone_to_one_of_us(program, folder):
    connect(Telephone(program, folder, [], name="us"), LinphoneParty(folder, "300", 600),
            OurParty(program, folder, "301", 900))


def one_of_us_to_linphone(program, folder):
    connect(Telephone(program, folder, [], name="us"), OurParty(program, folder, "300", 600),
            LinphoneParty(folder, "301", 900))


def by_kamailio(program, folder, transferee, target, transport="udp"):
    with Exchange(program, folder) as exchange:
        connect(exchange.telephone("200", transport), transferee(exchange), target(exchange))
        return exchange.kamailio.requests("INVITE")


def linphone_to_linphone_by_kamailio(program, folder):
    """Linphone has a GRUU (RFC 5627), and so that very telephone is what is called."""
    seen = by_kamailio(program, folder, lambda exchange: LinphoneParty(folder, "300", 600, exchange),
                       lambda exchange: LinphoneParty(folder, "301", 900, exchange, "tcp"))
    targets = [each.target for each in seen if each.sender == "300@one.example"
               and each.target.startswith("sip:301@")]
    assert targets and all(";gr=" in each for each in targets), targets


def linphone_to_one_of_us_by_kamailio(program, folder):
    """A Contact of ours means nothing to others; our address of record does."""
    seen = by_kamailio(program, folder, lambda exchange: LinphoneParty(folder, "300", 600, exchange),
                       lambda exchange: OurParty(program, folder, "301", 900, exchange, "tls"))
    assert "sip:301@one.example" in [each.target for each in seen
                                     if each.sender == "300@one.example"], seen


def one_of_us_to_linphone_by_kamailio(program, folder):
    by_kamailio(program, folder, lambda exchange: OurParty(program, folder, "300", 600, exchange),
                lambda exchange: LinphoneParty(folder, "301", 900, exchange, "tls"), "tls")


def target_with_two_telephones(program, folder):
    """Both are at the address that is called; only the one that has the call takes it."""
    with Exchange(program, folder) as exchange:
        us, transferee = exchange.telephone("200", "tcp"), LinphoneParty(folder, "300", 600, exchange)
        target = OurParty(program, folder, "301", 900, exchange, name="one")
        with us, transferee, target, exchange.telephone("301", "tls", name="other") as other:
            consult(us, transferee, target)
            elsewhere = other.rings("200")
            other.client.expect(f"RING_IGNORE:{elsewhere}")
            us.do("--transfer-to-call", "2", "1")
            transferee.joins()
            target.is_joined()
            hear_each_other(transferee, target)
            both_are_over(us)
            transferee.hangs_up()
            other.stop()
            assert len(call_log.calls(other.daemon.files.db)) == 1


def without_replaces(program, folder, transferee_kind, target_kind):
    with Exchange(program, folder) as exchange:
        us = exchange.telephone("200")
        transferee = transferee_kind(folder, "300", 600, exchange)
        with us, transferee, target_kind(folder, "301", 900, exchange) as target:
            consult(us, transferee, target)
            us.do("--transfer-to-call", "2", "1")
            target.picks_up()
            transferee.joins()
            both_are_over(us, "client")
            hear_each_other(transferee, target)


def does_not_know_replaces(program, folder):
    """baresip rings anew as the target, and keeps its first call: that we end, once they talk."""
    without_replaces(program, folder, LinphoneParty, BaresipParty)


def does_not_know_replaces_as_transferee(program, folder):
    """baresip calls the target without it, who so has two calls; that with us we end."""
    without_replaces(program, folder, BaresipParty, LinphoneParty)


if __name__ == "__main__":
    cases.run(linphone_to_linphone, linphone_to_one_of_us, one_of_us_to_linphone,
              linphone_to_linphone_by_kamailio, linphone_to_one_of_us_by_kamailio,
              one_of_us_to_linphone_by_kamailio, target_with_two_telephones,
              does_not_know_replaces, does_not_know_replaces_as_transferee)
