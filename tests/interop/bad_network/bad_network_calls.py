#!/usr/bin/env python3
"""A call between the daemon and baresip through a bad network of ours, as real packets: it lives,
both sides are understood, and what is shown of the network is what it did."""

import time

from peers import call_log, cases
from peers.bad_network import BadNetwork
from peers.baresip import Baresip
from peers.client import calls
from peers.daemon import Daemon
from peers.recordings import only_recording
from peers.sound import RATE, frames_of, tone
from peers.websocket_client import WebSocketClient

SAYS, ANSWER = 400, 1000  # Hz
BAD = {"loss": 0.05, "jitter_ms": 40, "delay_ms": 10}
SECONDS = 20


def share_of(samples, frequency):
    """The share of 20 ms frames that are this tone, between the first and the last of them."""
    frames = len(samples) * 50 // RATE
    return frames_of(samples, frequency) / max(frames, 1)


def called_through(client, softphone, network):
    """Baresip calls, the machine answers: the call's ID."""
    softphone.tell("dial", f"sip:1000@{network.sip_address('far')}")
    call_id = client.expect("CALL_ANS:")
    softphone.expect("CALL_ESTABLISHED")
    return call_id


def loss_and_jitter(program, folder):
    with (Daemon(program, folder, "--greeting", "none") as daemon,
          Baresip(folder, tone(SAYS, SECONDS + 10)) as softphone,
          BadNetwork(program, daemon.sip, ("127.0.0.1", softphone.port), to_near=BAD, to_far=BAD,
                     seed=3) as network):
        client = WebSocketClient(*daemon.ws, "/?rtp=base64")
        call_id = called_through(client, softphone, network)
        client.play(call_id, tone(ANSWER, SECONDS))
        heard, until = 0, time.monotonic() + SECONDS
        packets = 0
        while time.monotonic() < until:
            heard += frames_of(client.hear(call_id), SAYS)
            packets += 1
        assert heard > 0.9 * packets, f"{heard} of {packets} packets are what baresip says"
        assert packets > 0.88 * 50 * SECONDS, f"{packets} packets in {SECONDS} s"
        shown, = calls(program, folder)
        assert shown["state"] == "active", shown
        lost = network.statistics()
        softphone.tell("hangup")
        client.expect(f"BYE:{call_id}")
        client.close()
        daemon.stop()
        row, = call_log.calls(daemon.files.db)
        # RTCP goes through the same line, a packet every 5 s or so.
        to_near = lost["to_near"]
        assert to_near["lost"] > 20, lost
        assert abs(row["packets_lost"] - to_near["lost"]) <= 8, (row["packets_lost"], lost)
        received = to_near["sent"] - to_near["lost"]
        assert abs(row["packets_received"] - received) <= 30, (row["packets_received"], lost)
        assert 5_000 < row["jitter_us"] < 30_000, f"jitter of {row['jitter_us']} us"
        assert (row["ended_by"], row["final_code"]) == ("far_end", 200), row
        # What baresip heard, through its own buffer, and what our recording has of both.
        share = share_of(softphone.heard(), ANSWER)
        assert share > 0.6, f"{share:.0%} of what baresip heard is what the program said"
        left, right = only_recording(daemon.recordings)
        assert share_of(left, SAYS) > 0.85, f"{share_of(left, SAYS):.0%} of the far end"
        assert share_of(right, ANSWER) > 0.85, f"{share_of(right, ANSWER):.0%} of the program"
        daemon.log_lines()


def nat_forgets(program, folder):
    """Baresip is behind a symmetric NAT that restarts in the middle of the call."""
    with (Daemon(program, folder, "--greeting", "none") as daemon,
          Baresip(folder, tone(SAYS, 30)) as softphone,
          BadNetwork(program, daemon.sip, ("127.0.0.1", softphone.port), nat={}) as network):
        client = WebSocketClient(*daemon.ws, "/?rtp=base64")
        call_id = called_through(client, softphone, network)
        hear_tone(client, call_id)
        network.tell(rebind=True)
        # Nothing gets to baresip until the daemon has followed it to its new port.
        client.play(call_id, tone(ANSWER, 6))
        softphone.hears(ANSWER, 50)
        hear_tone(client, call_id, 200)  # more than had come before
        assert network.statistics()["to_far"]["sent"] > 50, network.statistics()
        softphone.tell("hangup")
        client.expect(f"BYE:{call_id}")
        client.close()
        daemon.stop()
        row, = call_log.calls(daemon.files.db)
        # Those of the second in which it might have been somebody else.
        assert 40 <= row["packets_lost"] <= 75, f"{row['packets_lost']} packets lost"
        daemon.log_lines()


def hear_tone(client, call_id, frames=25):
    heard = 0
    while heard < frames:
        heard += frames_of(client.hear(call_id), SAYS)


if __name__ == "__main__":
    cases.run(loss_and_jitter, nat_forgets)
