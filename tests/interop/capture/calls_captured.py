#!/usr/bin/env python3
"""Calls as an analyser of others sees them on the wire: every packet of ours is well-formed, RTP has
no gap, RTCP says who sends what, and when it ends."""

import os
import sys
import threading

from peers import cases, namespace
from peers.daemon import Daemon
from peers.free_ports import free_range
from peers.sipp import ECHOING_CALLEE, Sipp, playing_scenario
from peers.sniffer import Sniffer, write_pcap
from peers.sound import tone
from peers.tshark import Tshark
from peers.websocket_client import WebSocketClient

SR, SDES, BYE = 200, 202, 203  # RFC 3550, 12.1


class Capture:
    """Everything on the loopback for as long as it is open."""

    def __init__(self, path):
        self.path = path
        self._sniffer = Sniffer()
        self._datagrams = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self):
        while not self._over.is_set():
            self._datagrams += self._sniffer.datagrams(0.1)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._over.set()
        self._thread.join()
        self._sniffer.__exit__()
        write_pcap(self.path, self._datagrams)


def ours(daemon, media):
    """The display filter for what the daemon has sent."""
    return f"udp.srcport == {daemon.sip[1]} or udp.srcport in {{{media}, {media + 1}}}"


def check_signalling(tshark, daemon, requests, responses):
    sent = tshark.fields(f"udp.srcport == {daemon.sip[1]}", "sip.Request-Line", "sip.Status-Line",
                         "sdp.version")
    methods = [line.split()[0] for line, _, _ in sent if line]
    codes = [line.split()[1] for _, line, _ in sent if line]
    assert methods == requests and codes == responses, (methods, codes)
    assert any(version == "0" for _, _, version in sent), "no SDP of ours was recognised"


def check_media(tshark, port, samples, least):
    """The only RTP stream of the daemon's, in packets of so many samples."""
    streams = tshark.streams()
    mine = [each for each in streams if each["source"] == ("127.0.0.1", port)]
    assert len(mine) == 1, f"streams of ours: {mine} among {streams}"
    assert mine[0]["lost"] == 0 and mine[0]["packets"] >= least, mine[0]["line"]
    packets = tshark.fields(f"rtp and udp.srcport == {port}", "rtp.seq", "rtp.timestamp", "rtp.ssrc",
                            "rtp.marker", "rtp.p_type", "udp.length")
    numbers = [int(packet[0]) for packet in packets]
    assert all((b - a) & 0xFFFF == 1 for a, b in zip(numbers, numbers[1:])), "a gap in the numbers"
    times = [int(packet[1]) for packet in packets]
    steps = {(b - a) & 0xFFFFFFFF for a, b in zip(times, times[1:])}
    assert steps == {samples}, f"timestamps go on by {steps}"
    assert len({packet[2] for packet in packets}) == 1, "more than one SSRC"
    assert packets[0][3] in ("1", "True"), "the first packet has no marker (RFC 3551, 4.1)"


def check_rtcp(tshark, port):
    compounds = tshark.fields(f"rtcp and udp.srcport == {port + 1}", "rtcp.pt", "rtcp.sdes.type",
                              "rtcp.senderssrc", "rtcp.length_check")
    types = [[int(each) for each in kinds.split(",")] for kinds, _, _, _ in compounds]
    assert types, "no RTCP of ours"
    assert all(kinds[0] in (200, 201) and SDES in kinds for kinds in types), types  # 6.1
    assert any(SR in kinds for kinds in types), "no sender report"
    assert BYE in types[-1], f"the last RTCP is no BYE: {types[-1]}"
    assert all("1" in sdes.split(",") for _, sdes, _, _ in compounds), "a packet without CNAME"
    assert all(check in ("1", "True") for _, _, _, check in compounds), "lengths do not add up"


def check(daemon, path, far_end, port, samples, least, requests, responses):
    tshark = Tshark(path, daemon.sip[1], far_end.port)
    check_signalling(tshark, daemon, requests, responses)
    check_media(tshark, port, samples, least)
    check_rtcp(tshark, port)
    warnings = tshark.warnings(ours(daemon, port))
    assert not warnings, f"what the analyser does not like of ours: {warnings}"


def incoming(program, folder):
    path, port = os.path.join(folder, "incoming.pcap"), free_range(4)
    with Daemon(program, folder, "--rtp-ports", f"{port}-{port + 3}") as daemon:
        with (Capture(path),
              Sipp(folder, playing_scenario(folder), "-s", "1000", daemon.sip_address) as far_end):
            far_end.wait()
            daemon.wait_for_line("ended by far_end")
            daemon.stop()
        # It has asked for packets of 30 ms (RFC 4566, 6: ptime).
        check(daemon, path, far_end, port, 240, 240, [], ["100", "180", "200", "200"])


def outgoing(program, folder):
    path, port = os.path.join(folder, "outgoing.pcap"), free_range(4)
    with (Sipp(folder, ECHOING_CALLEE, "-rtp_echo") as far_end,
          Daemon(program, folder, "--sip-server", f"127.0.0.1:{far_end.port}",
                 "--rtp-ports", f"{port}-{port + 3}") as daemon):
        client = WebSocketClient(*daemon.ws, "/?rtp=base64")
        with Capture(path):
            client.send("CALL:1001")
            call_id = client.expect("CALL_ANS:")
            client.play(call_id, tone(440, 1))
            for _ in range(100):
                client.hear(call_id)
            client.send(f"HANGUP:{call_id}")
            client.expect(f"BYE:{call_id}")
            far_end.wait()
            client.close()
            daemon.stop()
        check(daemon, path, far_end, port, 160, 95, ["INVITE", "ACK", "BYE"], [])


if __name__ == "__main__":
    namespace.enter()
    if not namespace.is_own() and os.geteuid() != 0:
        sys.exit("to see what is sent, this takes root, or kernel.unprivileged_userns_clone = 1")
    cases.run(incoming, outgoing)
