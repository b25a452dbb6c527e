#!/usr/bin/env python3
"""baresip and we at one Kamailio: calls both ways, digits both ways, holds."""

from peers import cases
from peers.baresip import Baresip
from peers.exchange import Exchange
from peers.sound import tone

SAYS = 600  # Hz


def digits_of(telephone, call_id, wanted):
    telephone.wait_for_call(f"digits {wanted}", lambda call: call["digits_received"] == wanted)
    assert telephone.calls()[0]["sip_call_id"] == call_id


def hold_by_either(telephone, softphone):
    softphone.tell("hold")
    telephone.wait_for_call("held by baresip", lambda call: call["held_by_far_end"])
    softphone.tell("resume")
    telephone.wait_for_call("resumed", lambda call: not call["held_by_far_end"])
    telephone.do("--hold")
    telephone.wait_for_call("held by us", lambda call: call["state"] == "held")
    telephone.do("--unhold")
    telephone.wait_for_call("resumed by us", lambda call: call["state"] == "active")


def calls_both_ways(program, folder, ours, theirs, **keys):
    with (Exchange(program, folder) as exchange, exchange.telephone("200", ours, **keys) as telephone,
          Baresip.registered(folder, tone(SAYS, 20), "300", exchange, theirs) as softphone):
        call_id = telephone.dial("300")
        softphone.expect("CALL_INCOMING")
        softphone.tell("accept")
        telephone.answered(call_id)
        softphone.expect("CALL_ESTABLISHED")
        telephone.hears(call_id, SAYS)
        telephone.do("--dtmf", "19*#")
        softphone.expect_digits("19*#")
        softphone.tell("sndcode", "42#")
        digits_of(telephone, call_id, "42#")
        hold_by_either(telephone, softphone)
        telephone.hang_up(call_id)
        softphone.expect("CALL_CLOSED")
        softphone.tell("dial", "sip:200@one.example")
        call_id = telephone.answer("300")
        softphone.expect("CALL_ESTABLISHED")
        telephone.hears(call_id, SAYS)
        telephone.do("--dtmf", "7")
        softphone.expect_digits("7")
        softphone.tell("hangup")
        telephone.ended(call_id)
        telephone.stop()


def over_udp(program, folder):
    calls_both_ways(program, folder, "udp", "udp")


def over_tls(program, folder):
    calls_both_ways(program, folder, "tls", "tls")


def over_both_and_info(program, folder):
    """Our digits by INFO, which baresip takes too."""
    calls_both_ways(program, folder, "tcp", "udp", dtmf="info")


if __name__ == "__main__":
    cases.run(over_udp, over_tls, over_both_and_info)
