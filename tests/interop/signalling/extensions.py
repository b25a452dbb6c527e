#!/usr/bin/env python3
"""What came after RFC 3261, as SIPp has it: reliable provisional responses, UPDATE, session timers,
offers that come late."""

import os
import re

from peers import call_log, cases
from peers import scenario as s
from peers.sipp import Sipp
from peers.telephone import Telephone
from peers.waiting import wait_until

TIMER = "      Supported: timer\n"
UPDATES = "      Allow: INVITE, ACK, BYE, CANCEL, UPDATE, PRACK\n"


def us(program, folder, *options, **keys):
    return Telephone(program, folder, [], *options, name="us", **keys)


def callee(folder, name, *steps):
    return Sipp(folder, s.write(folder, name, *steps))


def caller(folder, name, telephone, *steps):
    return Sipp(folder, s.write(folder, name, *steps), "-s", "1000", telephone.daemon.sip_address)


def dial(telephone, far_end):
    return telephone.dial(f"sip:1001@127.0.0.1:{far_end.port}")


def reliable_early_media(program, folder):
    """RFC 3262: the 183 is acknowledged by PRACK, and heard; the UPDATE of its early dialog (RFC 3311)
    holds it before it is answered."""
    steps = (s.remember_invite(),
             s.respond_to_invite(183, "Session Progress", s.sdp(),
                                 "      Require: 100rel\n      RSeq: 7\n" + UPDATES),
             s.receive_request("PRACK", header=("RAck", "7 1 INVITE")), s.ok_within(),
             s.callee_within("UPDATE", 11, s.sdp("sendonly", 2)),
             s.receive(200, body="a=recvonly", header=("CSeq", "11 UPDATE")),
             s.callee_within("UPDATE", 12, s.sdp("sendrecv", 3)),
             s.receive(200, body="m=audio", header=("CSeq", "12 UPDATE")),
             s.respond_to_invite(180, "Ringing", "", "      Require: 100rel\n      RSeq: 8\n"),
             s.receive_request("PRACK", header=("RAck", "8 1 INVITE")), s.ok_within(),
             s.respond_to_invite(200, "OK"), s.receive_request("ACK"),
             s.receive_request("BYE"), s.ok_within())
    with us(program, folder) as telephone, callee(folder, "reliable", *steps) as far_end:
        call_id = dial(telephone, far_end)
        telephone.daemon.has_said("is early_media")
        telephone.answered(call_id)
        call, = telephone.calls()
        assert (call["state"], call["codec"]) == ("active", "PCMA"), call
        telephone.hang_up(call_id)
        far_end.wait()
        telephone.stop()


def reliable_ringing_of_ours(program, folder):
    """Who requires it gets a 180 that it may acknowledge; when the answer has overtaken that as
    well."""
    acknowledged = os.path.join(folder, "acknowledged")
    before = (s.prack(), s.receive(200, header=("CSeq", "2 PRACK")), s.mark(acknowledged),
              s.receive(200, body="m=audio"), s.ack())
    after = (s.receive(200, body="m=audio"), s.ack(),
             s.prack(), s.receive(200, header=("CSeq", "2 PRACK")))
    with us(program, folder) as telephone:
        for name, steps in (("before", before), ("after", after)):
            steps = (s.invite(more="      Require: 100rel\n"), s.receive(100, optional=True),
                     s.receive_reliable(180), *steps, s.within("BYE", 3), s.receive(200))
            with caller(folder, name, telephone, *steps) as far_end:
                call_id = telephone.rings("caller")
                if name == "before":
                    wait_until(lambda: os.path.exists(acknowledged), "the 180 is acknowledged")
                telephone.client.send(f"CALL_ANS:{call_id}")
                telephone.ended(call_id)
                far_end.wait()
        telephone.stop()


def they_refresh(program, folder):
    """RFC 4028: the caller said that it would, by UPDATE and by INVITE; and is then heard of no more."""
    asks = TIMER + "      Session-Expires: 90;refresher=uac\n"
    steps = (s.invite(more=asks), s.provisional(),
             s.receive(200, header=("Session-Expires", "90 *; *refresher=uac")), s.ack(),
             s.within("UPDATE", 2, more=asks),
             s.receive(200, header=("Session-Expires", "90 *; *refresher=uac")),
             s.within("INVITE", 3, s.sdp(), more=asks), s.provisional(),
             s.receive(200, header=("Session-Expires", "90 *; *refresher=uac")), s.ack(3),
             s.within("BYE", 4), s.receive(200))
    with us(program, folder, "--auto-answer-after", "0") as telephone:
        with caller(folder, "they_refresh", telephone, *steps) as far_end:
            far_end.wait()
        telephone.stop()


def interval_too_brief(program, folder):
    steps = (s.invite(more=TIMER + "      Session-Expires: 30\n"), s.receive(100, optional=True),
             s.receive(422, header=("Min-SE", "90")), s.ack_refusal())
    with us(program, folder) as telephone:
        with caller(folder, "too_brief", telephone, *steps) as far_end:
            far_end.wait()
        assert telephone.calls() == []
        telephone.stop()


def our_interval_too_brief(program, folder):
    """422 says what is enough."""
    steps = (s.receive_request("INVITE", header=("Session-Expires", "1800")),
             s.respond(422, "Session Interval Too Small", more="      Min-SE: 3600\n"),
             s.receive_request("ACK"),
             s.receive_request("INVITE", header=("Session-Expires", "3600")),
             s.respond(200, "OK", s.sdp(), TIMER + "      Session-Expires: 3600;refresher=uac\n"),
             s.receive_request("ACK"), s.receive_request("BYE"), s.ok_within())
    with us(program, folder) as telephone, callee(folder, "422", *steps) as far_end:
        call_id = dial(telephone, far_end)
        telephone.answered(call_id)
        telephone.hang_up(call_id)
        far_end.wait()
        telephone.stop()


def we_refresh(program, folder, name, allow, refreshed):
    """At half the time, here as brief as no telephone has it."""
    asks = TIMER + "      Session-Expires: 10;refresher=uac\n"
    steps = (s.remember_invite(), s.respond(200, "OK", s.sdp(), asks + allow),
             s.receive_request("ACK"), *refreshed(asks), *refreshed(asks),
             s.hang_up(), s.receive(200))
    with us(program, folder) as telephone, callee(folder, name, *steps) as far_end:
        call_id = dial(telephone, far_end)
        telephone.answered(call_id)
        telephone.ended(call_id)
        far_end.wait()
        telephone.stop()
        row, = call_log.calls(telephone.daemon.files.db)
        assert row["ended_by"] == "far_end", row


def we_refresh_by_update(program, folder):
    we_refresh(program, folder, "by_update", UPDATES, lambda asks: (
        s.receive_request("UPDATE", header=("Session-Expires", "10 *; *refresher=uac")),
        s.respond(200, "OK", "", asks, tag="")))


def we_refresh_by_invite(program, folder):
    """Who does not say that it knows UPDATE gets the same offer once more."""
    we_refresh(program, folder, "by_invite", "      Allow: INVITE, ACK, BYE, CANCEL\n", lambda asks: (
        s.receive_request("INVITE", header=("Session-Expires", "10 *; *refresher=uac"),
                          body="m=audio"),
        s.respond(200, "OK", s.sdp(), asks, tag=""), s.receive_request("ACK")))


def they_refresh_no_more(program, folder):
    """It is ended, before its time is quite over."""
    steps = (s.receive_request("INVITE"),
             s.respond(200, "OK", s.sdp(), TIMER + "      Session-Expires: 10;refresher=uas\n"),
             s.receive_request("ACK"), s.receive_request("BYE"), s.ok_within())
    with us(program, folder) as telephone, callee(folder, "no_more", *steps) as far_end:
        call_id = dial(telephone, far_end)
        telephone.answered(call_id)
        telephone.ended(call_id)
        far_end.wait()
        telephone.stop()
        row, = call_log.calls(telephone.daemon.files.db)
        assert (row["ended_by"], row["reason"]) == ("machine", "Session Timer Expired"), row


def late_offer_again(program, folder):
    """A re-INVITE without an offer (as PBXs send that connect others): ours is in the 200, theirs in
    the ACK."""
    steps = (s.invite(), s.provisional(), s.receive(200), s.ack(),
             s.within("INVITE", 2), s.provisional(),
             s.receive(200, body="m=audio [0-9]+ RTP/AVP 8"), s.ack(2, s.sdp("sendonly", 2)),
             s.within("INVITE", 3), s.provisional(),
             s.receive(200, body="m=audio [0-9]+ RTP/AVP 8"), s.ack(3, s.sdp("sendrecv", 3)),
             s.within("BYE", 4), s.receive(200))
    with us(program, folder, "--auto-answer-after", "0") as telephone:
        with caller(folder, "late_offer", telephone, *steps) as far_end:
            telephone.daemon.has_said("is held")
            far_end.wait()
        telephone.stop()
        said = [line for line in telephone.daemon.output if re.search("is (held|active)", line)]
        assert ["held" in line for line in said] == [False, True, False], said


if __name__ == "__main__":
    cases.run(reliable_early_media, reliable_ringing_of_ours, they_refresh, interval_too_brief,
              our_interval_too_brief, we_refresh_by_update, we_refresh_by_invite,
              they_refresh_no_more, late_offer_again)
