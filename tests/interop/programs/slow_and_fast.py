#!/usr/bin/env python3
"""Programs at their own speed: one that stops reading is dropped and harms nobody; ten seconds of sound
given at once are heard in ten seconds."""

import socket

from peers import cases
from peers.daemon import Daemon
from peers.g711 import decode
from peers.phone import Phone, offer
from peers.rtp import RtpEnd
from peers.sipp import Sipp, playing_scenario
from peers.sound import frames_of, tone
from peers.websocket_client import WebSocketClient

CALLS = 20
SECONDS = 10


class DeafClient(WebSocketClient):
    """Connects, and has little room for what it will never read."""

    def _connect(self, address):
        connection = socket.socket()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.settimeout(10)
        connection.connect(address)
        return connection


def deaf_one_is_dropped(program, folder):
    with Daemon(program, folder) as daemon:
        deaf = DeafClient(*daemon.ws, "/?rtp=base64")
        listener = WebSocketClient(*daemon.ws, "/?rtp=base64")
        scenario = playing_scenario(folder)
        with Sipp(folder, scenario, "-s", "1000", "-m", str(CALLS), "-l", str(CALLS), "-r", "100",
                  daemon.sip_address) as callers:
            frames, ended = {}, set()
            while len(ended) < CALLS:
                name, _, argument = listener.receive("BYE", 20).partition(":")
                if name == "RTP":
                    call_id = argument.rsplit("##", 1)[0]
                    assert call_id not in ended, "RTP after the BYE of its call"
                    frames[call_id] = frames.get(call_id, 0) + 1
                elif name == "BYE":
                    ended.add(argument)
            callers.wait()
        dropped = [line for line in daemon.output if "is disconnected: " in line]
        assert len(dropped) == 1, f"dropped clients in the log: {dropped}"
        assert set(frames) == ended, "calls of which nothing was heard"
        # Seven seconds of speech: 50 frames a second.
        least = min(frames.values())
        assert least >= 345, f"of one call the other program heard only {least} frames of 350"
        deaf.close()
        listener.close()
        daemon.stop()
        daemon.log_lines()


def ten_seconds_at_once(program, folder):
    with Daemon(program, folder, "--greeting", "none") as daemon, Phone() as phone, RtpEnd() as media:
        client = WebSocketClient(*daemon.ws, "/?rtp=off")
        call = phone.call(daemon.sip, offer(media.address))
        call_id = client.expect("CALL_ANS:")
        sound = tone(400, SECONDS)
        client.play(call_id, sound)
        heard = media.hear_for(SECONDS + 1)
        call.hang_up()
        client.close()
        daemon.stop()
        daemon.log_lines()
    loud = [packet for packet in heard if len(set(packet.payload)) > 8]
    assert len(loud) in (50 * SECONDS, 50 * SECONDS + 1), f"{len(loud)} packets of sound, not 500"
    took = loud[-1].at - loud[0].at
    assert SECONDS - 0.5 < took < SECONDS + 0.5, f"{SECONDS} s of sound took {took:.2f} s"
    for second in range(1, SECONDS):
        within = sum(second - 1 <= packet.at - loud[0].at < second for packet in loud)
        assert 35 <= within <= 65, f"{within} packets, not 50, in second {second}"
    first = loud[0]
    for count, packet in enumerate(loud):
        assert packet.ssrc == first.ssrc and len(packet.payload) == 160, "20 ms of one source"
        assert (packet.sequence - first.sequence) & 0xFFFF == count, "a gap in the numbers"
        assert (packet.timestamp - first.timestamp) & 0xFFFFFFFF == 160 * count, "3550, 5.1"
    samples = decode(b"".join(packet.payload for packet in loud), first.payload_type)
    pure = frames_of(samples, 400)
    assert pure >= len(loud) - 2, f"{pure} frames of {len(loud)} are the tone that was given"


if __name__ == "__main__":
    cases.run(deaf_one_is_dropped, ten_seconds_at_once)
