#!/usr/bin/env python3
"""Calls that come, with all that a caller may do of RFC 3261; SIPp checks what it gets."""

import os

from peers import call_log, cases
from peers import scenario as s
from peers.daemon import Daemon
from peers.free_ports import free_port
from peers.phone import Phone, PhoneCall, offer
from peers.sipp import Sipp
from peers.websocket_client import WebSocketClient

ANSWERED = (s.invite(), s.provisional(), s.receive(200, body="m=audio [0-9]+ RTP/AVP 8"), s.ack())
RINGING = (s.invite(), s.receive(100), s.receive(180, header=("To", "tag=")))


def only_call(daemon):
    row, = call_log.calls(daemon.files.db)
    return row


def follow(folder, daemon, name, *steps):
    """SIPp, seeing a scenario through that needs nobody else."""
    with Sipp(folder, s.write(folder, name, *steps), "-s", "1000", daemon.sip_address) as far_end:
        far_end.wait()


def hold_and_resume(program, folder):
    """RFC 3264, 8.4: what they only send we only receive; we keep our address all the time."""
    ours = "c=IN IP4 127.0.0.1"
    with Daemon(program, folder) as daemon:
        follow(folder, daemon, "hold", *ANSWERED,
               s.within("INVITE", 2, s.sdp("sendonly", 2)), s.provisional(),
               s.receive(200, body="a=recvonly"), s.ack(2),
               s.within("INVITE", 3, s.sdp("inactive", 3)), s.provisional(),
               s.receive(200, body="a=inactive"), s.ack(3),
               s.within("INVITE", 4, s.sdp("sendrecv", 4)), s.provisional(),
               s.receive(200, body=ours), s.ack(4),
               s.within("INVITE", 5, s.sdp("sendrecv", 4)), s.provisional(),
               s.receive(200, body="a=sendrecv|m=audio"), s.ack(5),
               s.within("BYE", 6), s.receive(200))
        daemon.stop()
        assert only_call(daemon)["final_code"] == 200
        daemon.log_lines()


def cancelled_while_ringing(program, folder):
    with Daemon(program, folder, "--auto-answer-after", "never") as daemon:
        client = WebSocketClient(*daemon.ws, "/?rtp=off")
        follow(folder, daemon, "cancel", *RINGING,
               s.cancel(), s.receive(200, header=("CSeq", "1 CANCEL")),
               s.receive(487, header=("CSeq", "1 INVITE")), s.ack_refusal())
        number, call_id = client.expect("RING_ANS:").rsplit("##", 1)
        client.expect(f"RING_IGNORE:{call_id}")
        assert number == "caller", number
        client.close()
        daemon.stop()
        row = only_call(daemon)
        assert (row["missed"], row["final_code"], row["recording_path"]) == (1, 487, ""), row
        assert os.listdir(daemon.recordings) == [], "a call nobody answered was recorded"
        daemon.log_lines()


def rejected_by_a_program(program, folder):
    with Daemon(program, folder, "--auto-answer-after", "never") as daemon:
        client = WebSocketClient(*daemon.ws, "/?rtp=off")
        path = s.write(folder, "rejected", *RINGING, s.receive(486), s.ack_refusal())
        with Sipp(folder, path, "-s", "1000", daemon.sip_address) as far_end:
            call_id = client.expect("RING_ANS:").rsplit("##", 1)[1]
            client.send(f"CALL_IGNORE:{call_id}")
            client.expect(f"CALL_IGNORE:{call_id}")
            far_end.wait()
        client.close()
        daemon.stop()
        daemon.log_lines()


def answered_by_a_program(program, folder):
    """And ended by it: the BYE comes to the caller, over its Contact."""
    with Daemon(program, folder, "--auto-answer-after", "never") as daemon:
        client = WebSocketClient(*daemon.ws, "/?rtp=off")
        path = s.write(folder, "answered", *RINGING, s.receive(200), s.ack(),
                       s.receive_request("BYE", header=("To", "tag=")), s.ok_within())
        with Sipp(folder, path, "-s", "1000", daemon.sip_address) as far_end:
            call_id = client.expect("RING_ANS:caller##")
            client.send("RING_ANS:caller")
            client.expect(f"CALL_ANS:{call_id}")
            client.send(f"BYE:{call_id}")
            client.expect(f"BYE:{call_id}")
            far_end.wait()
        client.close()
        daemon.stop()
        row = only_call(daemon)
        assert (row["answered_by"], row["ended_by"]) == ("client", "client"), row
        daemon.log_lines()


def nobody_answers(program, folder):
    with Daemon(program, folder, "--auto-answer-after", "never", "--ring-timeout", "1") as daemon:
        follow(folder, daemon, "unanswered", *RINGING, s.receive(480), s.ack_refusal())
        daemon.stop()
        assert only_call(daemon)["missed"] == 1, only_call(daemon)
        daemon.log_lines()


def without_an_offer(program, folder):
    """RFC 3261, 13.2.1: then the 200 has the offer, and the ACK the answer."""
    with Daemon(program, folder) as daemon:
        follow(folder, daemon, "no_offer", s.invite(body=""), s.provisional(),
               s.receive(200, body="m=audio [0-9]+ RTP/AVP 8 0"), s.ack(body=s.sdp()),
               s.pause(1500), s.within("BYE", 2), s.receive(200))
        daemon.stop()
        row = only_call(daemon)
        assert row["codec"] == "PCMA" and row["packets_sent"] > 0, (row["codec"], row["packets_sent"])
        daemon.log_lines()


def repeated_invite(program, folder):
    """RFC 3261, 17.2: the same INVITE again, before the answer, behind it and behind the ACK."""
    with Daemon(program, folder, "--auto-answer-after", "never") as daemon, Phone() as phone:
        client = WebSocketClient(*daemon.ws, "/?rtp=off")
        invite = phone.request("INVITE", daemon.sip, body=offer(("127.0.0.1", free_port())))
        phone.send(invite, daemon.sip)
        call_id = client.expect("RING_ANS:phone##")
        first = phone.expect_status(180, "INVITE")
        phone.send(invite, daemon.sip)
        assert phone.expect_status(180, "INVITE")["To"] == first["To"], "another tag"
        client.send(f"CALL_ANS:{call_id}")
        call = PhoneCall(phone, invite, daemon.sip)
        call.answered(phone.expect_status(200, "INVITE"))
        assert call.answer["To"] == first["To"], "the 200 has another tag than the 180"
        client.expect(f"CALL_ANS:{call_id}")
        phone.send(invite, daemon.sip)
        stranger = call.within("BYE")
        stranger.replace("To", call.answer["To"] + "x")
        phone.send(stranger, daemon.sip)
        phone.expect_status(481, "BYE")
        call.hang_up()
        client.expect(f"BYE:{call_id}")
        client.close()
        daemon.stop()
        assert not [each for each in client.others if not each.startswith("RTP")], client.others
        only_call(daemon)
        daemon.log_lines()


def asked_for_options(program, folder):
    with Daemon(program, folder) as daemon:
        follow(folder, daemon, "options", s.options(),
               s.receive(200, header=("Allow", "INVITE")))
        daemon.stop()
        daemon.log_lines()


if __name__ == "__main__":
    cases.run(hold_and_resume, cancelled_while_ringing, rejected_by_a_program,
              answered_by_a_program, nobody_answers, without_an_offer, repeated_invite,
              asked_for_options)
