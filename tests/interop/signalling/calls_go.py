#!/usr/bin/env python3
"""Calls that a program makes, to callees that do all that RFC 3261 lets them; SIPp checks what it
gets, and the program is told of each in the words of the text protocol."""

from peers import call_log, cases
from peers import scenario as s
from peers.daemon import Daemon, Files
from peers.phone import Phone, offer
from peers.rtp import RtpEnd
from peers.sip_message import address_of
from peers.sipp import Sipp
from peers.websocket_client import WebSocketClient

RING = (s.receive_request("INVITE", body="m=audio [0-9]+ RTP/AVP 8 0"), s.respond(180, "Ringing"))
ANSWER = (s.respond(200, "OK", s.sdp()), s.receive_request("ACK"))
HANG_UP = (s.receive_request("BYE"), s.ok_within())


class Dialling:
    """A daemon whose server is SIPp with this scenario, and a program that dials 1001."""

    def __init__(self, program, folder, *steps, sipp=()):
        # One that is built in, or these steps.
        path = steps[0] if len(steps) == 1 else s.write(folder, "callee", *steps)
        self.far_end = Sipp(folder, path, *sipp)
        self.daemon = Daemon(program, folder, "--sip-server", f"127.0.0.1:{self.far_end.port}")
        self.client = WebSocketClient(*self.daemon.ws, "/?rtp=off")

    def __enter__(self):
        self.client.send("CALL:1001")
        self.call_id = self.client.expect("DIALING:1001##")
        return self

    def __exit__(self, *failed):
        self.client.close()
        self.daemon.__exit__(*failed)
        self.far_end.__exit__()

    def finish(self):
        """Everybody ends; the row of the only call."""
        self.far_end.wait()
        self.daemon.stop()
        self.daemon.log_lines()
        row, = call_log.calls(self.daemon.files.db)
        assert row["state"] == "ended" and row["direction"] == "out", row
        return row


def hung_up_by_callee(program, folder):
    with Dialling(program, folder, s.remember_invite(),
                  s.respond(180, "Ringing"), *ANSWER, s.hang_up(), s.receive(200)) as dialling:
        dialling.client.expect(f"CALL_ANS:{dialling.call_id}")
        dialling.client.expect(f"BYE:{dialling.call_id}")
        row = dialling.finish()
        assert (row["ended_by"], row["final_code"]) == ("far_end", 200), row


def early_media(program, folder):
    """183 with SDP, 180 behind it, then the 200 with the same SDP (RFC 3261, 13.2.1)."""
    with Dialling(program, folder, s.receive_request("INVITE"),
                  s.respond(183, "Session Progress", s.sdp()), s.respond(180, "Ringing"),
                  *ANSWER, *HANG_UP) as dialling:
        dialling.client.expect(f"CALL_ANS:{dialling.call_id}")
        dialling.client.send("BYE")
        dialling.client.expect(f"BYE:{dialling.call_id}")
        assert dialling.finish()["codec"] == "PCMA"


def reliable_ringing(program, folder):
    """RFC 3262, 4: whoever sends it reliably gets a PRACK."""
    reliable = "      Require: 100rel\n      RSeq: 1\n"
    with Dialling(program, folder, s.remember_invite(),
                  s.respond(180, "Ringing", more=reliable),
                  s.receive_request("PRACK", header=("RAck", "1 1 INVITE")), s.ok_within(),
                  s.respond_to_invite(200, "OK", s.sdp()), s.receive_request("ACK"),
                  *HANG_UP) as dialling:
        dialling.client.expect(f"CALL_ANS:{dialling.call_id}")
        dialling.client.send(f"HANGUP:{dialling.call_id}")
        dialling.client.expect(f"BYE:{dialling.call_id}")
        dialling.finish()


def refused(program, folder, status, reason, more="", told=None):
    with Dialling(program, folder, *RING, s.respond(status, reason, more=more),
                  s.receive_request("ACK")) as dialling:
        failure = dialling.client.expect("CALL_FAILED:")
        assert failure == (told or f"{status} {reason}"), failure
        row = dialling.finish()
        assert (row["final_code"], row["recording_path"]) == (status, ""), row


def busy(program, folder):
    refused(program, folder, 486, "Busy Here")


MOVED = s.respond(302, "Moved Temporarily",
                  more="      Contact: <sip:1002@[local_ip]:[local_port]>\n")


def moved(program, folder):
    """RFC 3261, 8.1.3.4: the same call goes on at the first Contact. Its 6xx (21.6) is for all of them,
    of which SIPp has named one more."""
    with Dialling(program, folder, *RING, MOVED, s.receive_request("ACK"),
                  s.receive_request("INVITE"), s.respond(603, "Decline"),
                  s.receive_request("ACK")) as dialling:
        assert dialling.client.expect("CALL_FAILED:") == "603 Decline"
        assert dialling.finish()["number"] == "1002"


def moved_and_not_followed(program, folder):
    with open(Files(folder).config, "w", encoding="utf-8") as file:
        file.write("follow_redirects = no\n")
    with Dialling(program, folder, *RING, MOVED, s.receive_request("ACK")) as dialling:
        failure = dialling.client.expect("CALL_FAILED:")
        assert failure.startswith("302 moved to sip:1002@127.0.0.1:"), failure
        assert dialling.finish()["final_code"] == 302


REALM = 'Digest realm="peer", nonce="abc", algorithm=MD5, qop="auth"'


def challenged(program, folder):
    """Without an account there is nothing to answer a challenge with."""
    refused(program, folder, 401, "Unauthorized", f"      WWW-Authenticate: {REALM}\n")


def challenged_by_proxy(program, folder):
    refused(program, folder, 407, "Proxy Authentication Required",
            f"      Proxy-Authenticate: {REALM}\n")


def given_up(program, folder):
    with Dialling(program, folder, s.remember_invite(),
                  s.respond(180, "Ringing"), s.receive_request("CANCEL"), s.ok_within(),
                  s.respond_to_invite(487, "Request Terminated"),
                  s.receive_request("ACK")) as dialling:
        dialling.client.expect(f"CALL_IGNORE:{dialling.call_id}")  # it rings
        dialling.client.send(f"HANGUP:{dialling.call_id}")
        assert dialling.client.expect("CALL_FAILED:").startswith("487 ")
        assert dialling.finish()["ended_by"] == "client"


def answered_when_given_up(program, folder):
    """CANCEL and 200 cross: the 200 gets its ACK, and a BYE at once (RFC 3261, 9.1 and 15)."""
    with Phone() as phone, RtpEnd() as media:
        with Daemon(program, folder, "--sip-server", "127.0.0.1:%d" % phone.address[1]) as daemon:
            client = WebSocketClient(*daemon.ws, "/?rtp=off")
            client.send("CALL:1001")
            client.expect("DIALING:1001##")
            invite = phone.expect_request("INVITE")
            phone.respond(invite, 180, "Ringing")
            call_id = client.expect("CALL_IGNORE:")
            client.send(f"HANGUP:{call_id}")
            cancel = phone.expect_request("CANCEL")
            assert cancel["Via"] == invite["Via"] and cancel["To"] == invite["To"], "9.1"
            phone.respond(invite, 200, "OK", offer(media.address))
            phone.respond(cancel, 200, "OK", to=address_of(invite.contact))
            phone.expect_request("ACK")
            phone.respond(phone.expect_request("BYE"), 200, "OK", to=daemon.sip)
            client.expect("CALL_FAILED:487 ")
            client.close()
            daemon.stop()
            row, = call_log.calls(daemon.files.db)
            assert row["state"] == "ended", row
            daemon.log_lines()


if __name__ == "__main__":
    cases.run(hung_up_by_callee, early_media, reliable_ringing, busy, moved,
              moved_and_not_followed, challenged, challenged_by_proxy, given_up,
              answered_when_given_up)
