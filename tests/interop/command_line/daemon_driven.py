#!/usr/bin/env python3
"""A daemon that is driven from the command line: every verb, what it refuses, no daemon at all, and
garbage on its socket."""

import os
import socket
import stat
import threading

from peers import cases
from peers.client import ask, calls, done, refused
from peers.daemon import Daemon
from peers.phone import Phone, PhoneCall, offer
from peers.rtp import RtpEnd
from peers.waiting import wait_until

WAITS = ("--auto-answer-after", "never")


def sdp(more="a=sendrecv"):
    """With audio to a port of its own, where nobody reads it."""
    return offer(("127.0.0.1", 9), more=more)


def ring(phone, daemon):
    invite = phone.request("INVITE", daemon.sip, body=sdp())
    phone.send(invite, daemon.sip)
    phone.expect_status(180, "INVITE")


def incoming(program, folder):
    with Phone(user="caller") as phone, Daemon(program, folder, *WAITS) as daemon:
        assert done(program, folder, "--list") == "no calls\n"
        assert calls(program, folder) == []
        refused(program, folder, "--answer", saying=["no call is ringing"])
        refused(program, folder, "--hangup", saying=["there is no call"])
        ring(phone, daemon)
        call, = calls(program, folder)
        assert (call["id"], call["direction"], call["state"]) == (1, "in", "ringing_in"), call
        assert (call["number"], call["owner"], call["duration_ms"]) == ("caller", "nobody", 0), call
        refused(program, folder, "--answer", "7", saying=["there is no call 7", "--list"])
        assert done(program, folder, "--answer") == ""
        answer = phone.expect_status(200, "INVITE")
        assert answer.body
        call, = calls(program, folder)
        assert (call["state"], call["owner"], call["codec"]) == ("active", "machine", "PCMA"), call
        head, row = done(program, folder, "--list").splitlines()
        assert head.index("NUMBER") == row.index("caller"), (head, row)
        refused(program, folder, "--answer", "1")
        assert done(program, folder, "--hangup", "1") == ""
        wait_until(lambda: calls(program, folder) == [], "the call is over")
        daemon.log_lines()


def outgoing(program, folder):
    with Phone(user="callee") as phone, Daemon(program, folder) as daemon:
        refused(program, folder, "--call", "xyz", saying=["'xyz' can't be dialled: "])
        refused(program, folder, "--call", "200", saying=["no SIP server is configured"])
        refused(program, folder, "--call", phone.uri, "--account", "other", saying=["'other'"])
        refused(program, folder, "--pickup", "201", saying=["no account watches '201'", "busy_lamps"])
        refused(program, folder, "--pickup", "201", "--account", "other", saying=["'other'"])
        assert done(program, folder, "--call", phone.uri + "?Evil=1") == "call 1\n"
        invite = phone.expect_request("INVITE")
        assert "Evil" not in str(invite.to_bytes()), invite
        phone.respond(invite, 180, "Ringing", to=daemon.sip)
        wait_until(lambda: calls(program, folder)[0]["state"] == "ringing_out", "it rings")
        refused(program, folder, "--hold", saying=["no call that could be put on hold"])
        phone.respond(invite, 200, "OK", sdp(), to=daemon.sip)
        phone.expect_request("ACK")
        wait_until(lambda: calls(program, folder)[0]["state"] == "active", "it is answered")

        refused(program, folder, "--unhold", saying=["no call is on hold"])
        done(program, folder, "--hold", "1")
        again = phone.expect_request("INVITE")
        assert b"a=sendonly" in again.body, again.body
        phone.respond(again, 200, "OK", sdp("a=recvonly"), to=daemon.sip)
        phone.expect_request("ACK")
        assert calls(program, folder)[0]["held"] is True
        done(program, folder, "--unhold")
        again = phone.expect_request("INVITE")
        assert b"a=sendonly" not in again.body, again.body
        phone.respond(again, 200, "OK", sdp(), to=daemon.sip)
        phone.expect_request("ACK")
        refused(program, folder, "--dtmf", "12x", saying=["'12x' can't be sent"])
        refused(program, folder, "--transfer", "abc", "9", saying=["there is no call 9"])
        done(program, folder, "--hangup", "all")
        phone.respond(phone.expect_request("BYE"), 200, "OK", to=daemon.sip)
        wait_until(lambda: calls(program, folder) == [], "the call is over")
        daemon.log_lines()


def digits(program, folder):
    """--dtmf is over when its digits are: a --hangup right behind it cuts none of them off."""
    events = "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=sendrecv"
    with RtpEnd() as audio, Phone(user="a") as phone, Daemon(program, folder) as daemon:
        phone.call(daemon.sip, offer(audio.address, formats="8 101", more=events))
        assert done(program, folder, "--dtmf", "1592#") == ""
        done(program, folder, "--hangup")
        phone.expect_request("BYE")
        heard = [packet for packet in audio.hear_for(0.2) if packet.payload_type == 101]
        ended = {packet.timestamp: packet.payload[0] for packet in heard if packet.payload[1] & 0x80}
        assert list(ended.values()) == [1, 5, 9, 2, 11], ended
        # One that is cut off all the same says how far it came.
        call = phone.call(daemon.sip, offer(audio.address, formats="8 101", more=events))
        threading.Timer(1, lambda: phone.send(call.within("BYE"), daemon.sip)).start()
        refused(program, folder, "--dtmf", "1234567890" * 2,
                saying=["the call ended when ", " of 20 digits were sent"])
        daemon.stop()
        daemon.log_lines()


def several(program, folder):
    with Phone(user="a") as a, Phone(user="b") as b, Daemon(program, folder) as daemon:
        first, second = a.call(daemon.sip, sdp()), b.call(daemon.sip, sdp())
        refused(program, folder, "--hangup", saying=["2 calls could be meant", "--list"])
        assert [call["id"] for call in calls(program, folder)] == [1, 2]
        done(program, folder, "--hangup", "2")
        b.expect_request("BYE")
        done(program, folder, "--hangup")  # the only one now
        a.expect_request("BYE")
        assert first and second


def report(call, status):
    """The NOTIFY that ends a transfer (RFC 3515)."""
    notify = call.within("NOTIFY")
    notify.headers += [("Event", "refer"), ("Subscription-State", "terminated;reason=noresource"),
                       ("Content-Type", "message/sipfrag")]
    notify.body = f"SIP/2.0 {status}\r\n".encode()
    call.phone.send(notify, call.to)
    call.phone.expect_status(200, "NOTIFY")


def transfers(program, folder):
    """Attended: what is refused, how it goes, and that its failure leaves both calls as they were."""
    with Phone(user="a") as a, Phone(user="b") as b, Daemon(program, folder) as daemon:
        refused(program, folder, "--transfer-to-call", "1", saying=["there is no call 1", "--list"])
        first = a.call(daemon.sip, sdp())
        refused(program, folder, "--transfer-to-call", "1", saying=["no other call"])
        refused(program, folder, "--transfer-to-call", "1", "1", saying=["to itself"])
        b.call(daemon.sip, sdp())
        assert done(program, folder, "--transfer-to-call", "2", "1") == ""
        asked = a.expect_request("REFER")
        assert f"<{b.uri}?Replaces=" in asked["Refer-To"], asked["Refer-To"]
        a.respond(asked, 202, "Accepted", to=daemon.sip)
        call = calls(program, folder)[0]
        assert (call["transfer"], call["transfer_target"]) == ("requested", "b"), call
        refused(program, folder, "--transfer", b.uri, "1", saying=["under way already"])
        report(first, "486 Busy Here")
        call = calls(program, folder)[0]
        assert (call["state"], call["transfer"], call["transfer_code"]) == ("active", "failed", 486)
        said = done(program, folder, "--list").splitlines()
        assert said[1].endswith("failed with 486 Busy Here: b") and said[2].endswith(" -"), said
        done(program, folder, "--transfer-to-call=2", "1")
        a.respond(a.expect_request("REFER"), 202, "Accepted", to=daemon.sip)
        report(first, "200 OK")
        a.expect_request("BYE")
        b.expect_request("BYE")  # who has not ended it himself
        wait_until(lambda: calls(program, folder) == [], "both calls are over")
        daemon.log_lines()


def far_end_without_refer(program, folder):
    with Phone(user="a") as a, Phone(user="b") as b, Daemon(program, folder) as daemon:
        invite = a.request("INVITE", daemon.sip, body=sdp(), Allow="INVITE, ACK, BYE, CANCEL")
        a.send(invite, daemon.sip)
        PhoneCall(a, invite, daemon.sip).answered(a.expect_status(200, "INVITE"))
        b.call(daemon.sip, sdp())
        for verb, to in (("--transfer", b.uri), ("--transfer-to-call", "2")):
            refused(program, folder, verb, to, "1", saying=["can't be transferred", "REFER"])
        assert [call["transfer"] for call in calls(program, folder)] == ["", ""]


def no_accounts(program, folder):
    with Daemon(program, folder):
        assert done(program, folder, "--accounts") == "no accounts\n"
        assert done(program, folder, "--accounts", "--json").split() == ["[", "]"]


def nobody_runs(program, folder):
    for options in (("--list",), ("--accounts",), ("--answer",), ("--call", "200"), ("--hangup", "all")):
        refused(program, folder, *options, code=4, saying=["no instance", "hookswitch.db", "--db"])
    with Daemon(program, folder) as daemon:
        done(program, folder, "--list")
        # Of another call log.
        refused(program, folder, "--list", "--db", os.path.join(folder, "other.db"), code=4)
        daemon.kill()
    refused(program, folder, "--list", code=4)  # its socket is left over
    with Daemon(program, folder) as daemon:
        done(program, folder, "--list")
        daemon.stop()


def usage(program, folder):
    for options in (("--call",), ("--answer", "x"), ("--list", "--hangup"), ("--json",),
                    ("--hangup", "--account", "a"), ("--transfer-to-call",),
                    ("--transfer-to-call", "anna"), ("--accounts", "--hangup")):
        said = ask(program, folder, *options)
        assert said.code == 2 and said.err.startswith("hookswitchd: ") and not said.out, said


def socket_of(folder):
    return os.path.join(folder, "hookswitch.db.hookswitchd.sock")


def garbage(program, folder):
    """Nothing that comes over the socket is believed, and nothing keeps others from being heard."""
    with Daemon(program, folder) as daemon:
        mode = os.stat(socket_of(folder)).st_mode
        assert stat.S_ISSOCK(mode) and not mode & 0o077, oct(mode)
        silent = []
        for rubbish in (b"", b"\0\xff\n", b"GET / HTTP/1.1\r\n\r\n", b"{" * 100000, b"{}\n",
                        b'{"do":"hangup","id":"x","all":[]}\n', b"x" * 1000):
            peer = socket.socket(socket.AF_UNIX)
            peer.settimeout(20)
            peer.connect(socket_of(folder))
            try:
                peer.sendall(rubbish)
                if rubbish.endswith(b"\n"):
                    assert b"refused" in peer.recv(4096), rubbish
            except (BrokenPipeError, ConnectionResetError):
                pass
            silent.append(peer)
        assert done(program, folder, "--list") == "no calls\n"
        for peer in silent:
            peer.close()
        daemon.stop()
        daemon.log_lines()
    assert not os.path.exists(socket_of(folder)), "the socket is left behind"


if __name__ == "__main__":
    cases.run(incoming, outgoing, digits, several, transfers, far_end_without_refer, no_accounts,
              nobody_runs, usage, garbage)
