#!/usr/bin/env python3
"""SIP over TCP: calls with SIPp in both directions, and peers that do to a stream what they like."""

import pathlib
import socket

from peers import cases
from peers.daemon import Daemon
from peers.recordings import only_recording
from peers.sip_message import SipMessage
from peers.sipp import ECHOING_CALLEE, Sipp, playing_scenario, speech
from peers.sound import peak, tone
from peers.stream import Stream, options
from peers.websocket_client import WebSocketClient

CALLER = "0912345678"
OVER_TCP = ("-t", "t1")
VECTORS = pathlib.Path(__file__).resolve().parents[2] / "vectors" / "rfc4475"


def incoming_call(program, folder):
    scenario = playing_scenario(folder)
    with Daemon(program, folder) as daemon:
        client = WebSocketClient(*daemon.ws, "/?rtp=base64")
        with Sipp(folder, scenario, *OVER_TCP, "-s", "1000", daemon.sip_address) as far_end:
            call_id = client.expect(f"RING_ANS:{CALLER}##")
            client.expect(f"CALL_ANS:{call_id}")
            client.expect(f"BYE:{call_id}")
            far_end.wait()
        client.close()
        daemon.stop()
        daemon.log_lines()
        left, right = only_recording(daemon.recordings, "in", CALLER)
        assert speech().tobytes() in left.tobytes(), "the left channel lacks what SIPp said"
        assert peak(right) > 1000, "the greeting is not in the right channel"


def outgoing_call(program, folder):
    with (Sipp(folder, ECHOING_CALLEE, "-rtp_echo", *OVER_TCP) as far_end,
          Daemon(program, folder) as daemon):
        client = WebSocketClient(*daemon.ws, "/?rtp=base64")
        client.send(f"CALL:sip:1001@127.0.0.1:{far_end.port};transport=tcp")
        call_id = client.expect("DIALING:1001##")
        client.expect(f"CALL_ANS:{call_id}")
        client.play(call_id, tone(440, 2))
        heard = 0
        while heard < 20:  # frames of the tone, come back from the far end
            heard += peak(client.hear(call_id)) > 6000
        client.send(f"HANGUP:{call_id}")
        client.expect(f"BYE:{call_id}")
        far_end.wait()
        client.close()
        daemon.stop()
        daemon.log_lines()


def too_large_for_udp(program, folder):
    """RFC 3261, 18.1.1: what has more than 1300 bytes goes by TCP, though nobody asked for it; by
    UDP after all where there is none. Here that are ACK and BYE, with a long route."""
    for with_tcp in (True, False):
        with (socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagrams,
              socket.socket() as listener, Daemon(program, folder) as daemon):
            datagrams.bind(("127.0.0.1", 0))
            datagrams.settimeout(20)
            host, port = datagrams.getsockname()
            listener.bind((host, port))
            if with_tcp:
                listener.listen()
                listener.settimeout(20)
            client = WebSocketClient(*daemon.ws, "/?rtp=off")
            client.send(f"CALL:sip:1001@{host}:{port}")
            call_id = client.expect("DIALING:1001##")
            octets, peer = datagrams.recvfrom(65536)
            invite = SipMessage.parse(octets)
            kept = [(name, invite[name]) for name in ("Via", "From", "Call-ID", "CSeq")]
            route = [("Record-Route", f"<sip:{host}:{port};lr;hop={hop}-{'x' * 60}>")
                     for hop in range(15)]
            answer = SipMessage("SIP/2.0 200 OK", [
                *kept, *route, ("To", invite["To"] + ";tag=1"),
                ("Contact", f"<sip:1001@{host}:{port}>"), ("Content-Type", "application/sdp")],
                invite.body)
            datagrams.sendto(answer.to_bytes(), peer)
            if with_tcp:
                with Stream(listener.accept()[0]) as stream:
                    ack = stream.expect()
                    assert (ack.method, ack["Via"][:11]) == ("ACK", "SIP/2.0/TCP"), ack.to_bytes()
                    client.send(f"HANGUP:{call_id}")
                    bye = stream.expect()
                    assert bye.method == "BYE", bye.start
                    stream.send(SipMessage("SIP/2.0 200 OK", [
                        (name, bye[name]) for name in ("Via", "From", "To", "Call-ID", "CSeq")])
                                .to_bytes())
                    client.expect(f"BYE:{call_id}")
            else:
                octets = datagrams.recv(65536)
                assert octets.startswith(b"ACK ") and len(octets) > 1300, octets
            client.close()
            daemon.stop()


def nobody_listens(program, folder):
    """The operator is told why, and at once."""
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    with Daemon(program, folder) as daemon:
        client = WebSocketClient(*daemon.ws, "/?rtp=off")
        client.send(f"CALL:sip:1001@127.0.0.1:{port};transport=tcp")
        client.expect("DIALING:1001##")
        client.expect("CALL_FAILED:503", seconds=5)
        client.close()
        daemon.stop()
        said = f"connecting to 127.0.0.1:{port} over TCP failed: the connection was refused"
        assert any(said in line for line in daemon.log_lines()), "the log does not say why"


def pieces_and_heaps(program, folder):
    """RFC 3261, 18.3: single octets, several messages at once; RFC 5626: a ping between them."""
    with Daemon(program, folder) as daemon, Stream(daemon.sip) as stream:
        for octet in options(stream, "octets"):
            stream.send(bytes([octet]))
        stream.expect_status(200)
        stream.send(options(stream, "one") + b"\r\n\r\n" + options(stream, "two"))
        assert [stream.expect_status(200)["Call-ID"] for _ in range(2)] == ["one", "two"]
        stream.send(b"\r\n\r\n")
        assert stream.receive() == b"\r\n", "the ping was not answered"
        daemon.stop()


def streams_that_end(program, folder):
    """Without a length nobody knows where the next message begins; the others live on."""
    with Daemon(program, folder) as daemon, Stream(daemon.sip) as good:
        for length in ("", "Content-Length: -1\r\n", "Content-Length: 1\r\nl: 0\r\n"):
            with Stream(daemon.sip) as stream:
                stream.send(options(stream, "bad", length) + options(stream, "behind"))
                assert stream.expect_status(400)["Call-ID"] == "bad"
                stream.expect_close()
        for garbage in (b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", b"\x16\x03\x01\x00\x05", b"\0" * 99 + b"{"):
            with Stream(daemon.sip) as stream:
                stream.send(garbage)
                stream.expect_close()
        good.send(options(good, "good"))
        good.expect_status(200)
        daemon.stop()


def too_many_from_one(program, folder):
    with Daemon(program, folder) as daemon:
        streams = [Stream(daemon.sip) for _ in range(64)]
        streams[-1].send(options(streams[-1], "last"))  # all before it have been accepted
        streams[-1].expect_status(200)
        with Stream(daemon.sip) as stream:
            stream.expect_close()
        for stream in streams:
            stream.socket.close()
        daemon.stop()


def torture(program, folder):
    """RFC 4475, whole and in single octets: what can't be read on is closed, nothing falls over."""
    # Without a length that can be believed, or, in dblreq, with one that reaches into what follows.
    closed = {"ncl", "mcl01", "inv2543", "test", "dblreq"}
    waiting = {"clerr", "baddn"}  # for octets that never come, for the end of the head
    with Daemon(program, folder, "--auto-answer-after", "never") as daemon:
        for path in sorted(VECTORS.glob("*.dat")):
            octets = path.read_bytes()
            for pieces in ([octets], [bytes([octet]) for octet in octets]):
                with Stream(daemon.sip) as stream:
                    behind = f"behind-{path.stem}"
                    stream.send_what_is_taken(
                        *pieces, *([] if path.stem in waiting
                                   else [b"\r\n\r\n", options(stream, behind)]))
                    if path.stem not in waiting:
                        goes_on = stream.expect_one_of(behind)
                        assert goes_on == (path.stem not in closed), f"{path.stem}: {goes_on}"
            with Stream(daemon.sip) as stream:
                stream.send(options(stream, f"after-{path.stem}"))
                stream.expect_status(200)
        daemon.stop()


if __name__ == "__main__":
    cases.run(incoming_call, outgoing_call, too_large_for_udp, nobody_listens, pieces_and_heaps,
              streams_that_end, too_many_from_one, torture)
