#!/usr/bin/env python3
"""Linphone and we at one Kamailio: calls both ways, digits both ways, holds, and an
attended transfer by it."""

from peers import cases
from peers.exchange import Exchange
from peers.linphone import Linphone
from peers.sound import tone
from peers.telephone import talk

SAYS = 600  # Hz
PEER = "sip:200@one.example"
ESTABLISHED = "Media streams established with {}"


def they_answer(softphone, telephone, call_id, peer=PEER):
    softphone.expect(f"Receiving new incoming call from {peer}")
    softphone.tell("answer")
    telephone.answered(call_id)
    softphone.expect(ESTABLISHED.format(peer))


def calls_both_ways(program, folder, ours, theirs, info=False):
    with (Exchange(program, folder) as exchange,
          exchange.telephone("200", ours, dtmf="info" if info else "auto") as telephone,
          Linphone(folder, tone(SAYS, 20), "301", exchange, theirs, info) as softphone):
        call_id = telephone.dial("301")
        they_answer(softphone, telephone, call_id)
        telephone.hears(call_id, SAYS)
        softphone.tell("pause")
        telephone.wait_for_call("held by Linphone", lambda call: call["held_by_far_end"])
        softphone.expect("is now paused")
        softphone.tell("resume")
        telephone.wait_for_call("resumed", lambda call: not call["held_by_far_end"])
        softphone.expect(ESTABLISHED.format(PEER))
        # Not before: it can't hold while an INFO of its has no answer yet.
        telephone.do("--dtmf", "19*#")
        softphone.expect_digits("19*#")
        for digits in ("4", "42"):
            softphone.tell(digits[-1])
            telephone.wait_for_call(f"digits {digits}",
                                    lambda call, d=digits: call["digits_received"] == d)
        telephone.do("--hold")
        softphone.expect("has been paused|paused by remote|is now paused")
        telephone.do("--unhold")
        softphone.expect(ESTABLISHED.format(PEER))
        telephone.hears(call_id, SAYS)
        telephone.hang_up(call_id)
        softphone.expect("Call 1 with .* ended")
        softphone.tell(f"call {PEER}")
        call_id = telephone.answer("301")
        softphone.expect(ESTABLISHED.format(PEER))
        telephone.hears(call_id, SAYS)
        softphone.tell("terminate")
        telephone.ended(call_id)
        telephone.stop()


def over_udp(program, folder):
    calls_both_ways(program, folder, "udp", "udp")


def over_tls(program, folder):
    calls_both_ways(program, folder, "tls", "tls")


def over_both_and_info(program, folder):
    calls_both_ways(program, folder, "udp", "tcp", info=True)


def it_transfers_one_of_us_to_the_other(program, folder):
    """Attended (RFC 5589, 7): one calls the other in place of Linphone, whose two calls end."""
    with (Exchange(program, folder) as exchange, exchange.telephone("200") as transferee,
          exchange.telephone("201", "tls") as target,
          Linphone(folder, tone(SAYS, 20), "301", exchange) as softphone):
        softphone.tell(f"call {PEER}")
        first = transferee.answer("301")
        softphone.expect(ESTABLISHED.format(PEER))
        softphone.tell("pause")
        softphone.expect("is now paused")
        softphone.tell("call sip:201@one.example")
        consulted = target.answer("301")
        softphone.expect(ESTABLISHED.format("sip:201@one.example"))
        softphone.tell("transfer 1 --to-call 2")
        second = transferee.client.expect("DIALING:")
        second = second.rpartition("##")[2]
        transferee.answered(second)
        transferee.ended(first)
        replacing = target.rings("200")
        target.ended(consulted)
        target.answered(replacing)  # by itself, as the call was whose place it takes
        talk((transferee, second), (target, replacing))
        transferee.hang_up(second)
        target.ended(replacing)
        transferee.stop()
        target.stop()


if __name__ == "__main__":
    cases.run(over_udp, over_tls, over_both_and_info, it_transfers_one_of_us_to_the_other)
