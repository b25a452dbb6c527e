#!/usr/bin/env python3
"""Whose RTP a call is: packets of strangers go nowhere, and a far end that sends from another port
than its SDP names is followed there (RFC 4961)."""

import random
import time

from peers import call_log, cases
from peers.daemon import Daemon
from peers.g711 import decode
from peers.phone import Phone, offer
from peers.recordings import only_recording
from peers.rtp import FRAME, RtpEnd, talk
from peers.websocket_client import WebSocketClient

SEED = 20240607


def codes(frames, seed):
    """A-law that no other sound contains by chance; never silence."""
    return random.Random(seed).randbytes(frames * FRAME)


def hang_up(call, client, call_id, sound):
    """Once the program with ?rtp=pt_hex has heard the end of the sound: all that it heard."""
    last = sound[-FRAME:].hex()
    client.expect(f"RTP:8##{last}")
    call.hang_up()
    client.expect(f"BYE:{call_id}")
    heard = [each for each in client.others if each.startswith("RTP:")] + [f"RTP:8##{last}"]
    return [bytes.fromhex(each.partition("##")[2]) for each in heard]


def check_only(sound, heard, recording):
    """The listener and the recording have this sound whole and nothing else."""
    said = [sound[at:at + FRAME] for at in range(0, len(sound), FRAME)]
    missing = [number for number, piece in enumerate(said, 1) if piece not in set(heard)]
    assert heard == said, (f"the program heard {len(heard)} packets of {len(said)}, not these: "
                           f"{missing}")
    left, _ = recording
    at = left.tobytes().find(decode(sound).tobytes()) // 2
    assert at >= 0, "what the far end said is not in the recording as it was"
    rest = left[:at] + left[at + len(sound):]
    assert not any(rest), "there is more in the recording than what the far end said"


def strangers_in_mid_call(program, folder):
    ours, theirs = codes(75, SEED), codes(50, SEED + 1)
    with (Daemon(program, folder) as daemon, Phone() as phone, RtpEnd() as media,
          RtpEnd() as same_host, RtpEnd("127.0.0.2", ssrc=77) as other_host):
        client = WebSocketClient(*daemon.ws, "/?rtp=pt_hex")
        call = phone.call(daemon.sip, offer(media.address))
        call_id = client.expect("CALL_ANS:")
        talk(ours[:25 * FRAME], (media, call.media))
        # The one pretends to be the far end as well as it can: its SSRC, and the next numbers.
        same_host.sequence, same_host.timestamp = media.sequence, media.timestamp
        begun = time.monotonic()
        for count, at in enumerate(range(0, len(theirs), FRAME), 1):
            for end in (same_host, other_host):
                end.send(theirs[at:at + FRAME], call.media)
                end.send_bytes(b"\x80" * (count % 40), call.media)
            media.send(ours[25 * FRAME:][at:at + FRAME], call.media)
            heard = list(media.hear(begun + count * 0.02))
            assert {packet.source for packet in heard} <= {call.media}, "RTP from elsewhere"
        assert not same_host.hear_for(0) and not other_host.hear_for(0), "we talk to a stranger"
        heard = hang_up(call, client, call_id, ours)
        client.close()
        daemon.stop()
        check_only(ours, heard, only_recording(daemon.recordings))
        row, = call_log.calls(daemon.files.db)
        assert row["packets_foreign"] >= 100, f"{row['packets_foreign']} foreign packets in the log"
        assert row["packets_lost"] == 0, f"{row['packets_lost']} lost packets in the log"
        daemon.log_lines()


def from_another_port(program, folder):
    sound = codes(75, SEED + 2)
    with (Daemon(program, folder) as daemon, Phone() as phone, RtpEnd() as named,
          RtpEnd() as real):
        client = WebSocketClient(*daemon.ws, "/?rtp=pt_hex")
        call = phone.call(daemon.sip, offer(named.address))
        call_id = client.expect("CALL_ANS:")
        came = talk(sound, (real, call.media))
        assert len(came) >= 60, f"{len(came)} packets, not 60, where the far end sends from"
        assert {packet.source for packet in came} == {call.media}, "our RTP is not symmetric"
        before = named.hear_for(0)
        assert not before or before[-1].sequence < came[-1].sequence, "it is sent to both"
        heard = hang_up(call, client, call_id, sound)
        client.close()
        daemon.stop()
        check_only(sound, heard, only_recording(daemon.recordings))
        row, = call_log.calls(daemon.files.db)
        assert row["remote_media"] == "%s:%d" % real.address, row["remote_media"]
        daemon.log_lines()


def from_another_address(program, folder):
    """Neither that of the SDP nor of the signalling: not taken, but the log says what is wrong."""
    sound = codes(300, SEED + 3)
    with (Daemon(program, folder) as daemon, Phone() as phone, RtpEnd() as named,
          RtpEnd("127.0.0.2") as elsewhere):
        client = WebSocketClient(*daemon.ws, "/?rtp=off")
        call = phone.call(daemon.sip, offer(named.address))
        talk(sound, (elsewhere, call.media))
        daemon.has_said("no audio has come .* from %s:%d, which it has not named" %
                        elsewhere.address)
        call.hang_up()
        client.close()
        daemon.stop()


if __name__ == "__main__":
    cases.run(strangers_in_mid_call, from_another_port, from_another_address)
