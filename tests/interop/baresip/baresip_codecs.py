#!/usr/bin/env python3
"""A softphone of others, baresip, speaks Opus and G.722 with us, in both directions: each hears the
other as wide as the codec is."""

import os

from peers import cases, wav
from peers.baresip import Baresip
from peers.client import calls, done
from peers.daemon import Daemon
from peers.recordings import only_recording
from peers.sound import frames_of, peak, tone
from peers.waiting import wait_until
from peers.websocket_client import WebSocketClient

LOW = 400  # Hz, which a program hears that knows of 8000 samples a second alone
LOUD = 3000


def greeting(folder, frequency, rate):
    path = os.path.join(folder, "welcome.wav")
    wav.write(path, tone(frequency, 3, rate=rate), rate)
    return path


def spoken(program, folder, codec):
    return wait_until(lambda: calls(program, folder)[0]["codec"] or None, "its codec") == codec


def until_loud(client, call_id, frames=50):
    heard = 0
    while heard < frames:
        heard = heard + 1 if peak(client.hear(call_id)) > LOUD else 0


def it_calls(program, folder, codec, module, rate, frequency, settings=()):
    """It says and hears a tone that G.711 could not carry."""
    with (Daemon(program, folder, "--codecs", codec, "--greeting",
                 greeting(folder, frequency, rate)) as daemon,
          Baresip(folder, tone(min(frequency, 6000), 12, rate=rate), settings=settings,
                  codecs=(module,), rate=rate) as softphone):
        softphone.tell("dial", f"sip:1000@{daemon.sip_address}")
        softphone.expect("CALL_ESTABLISHED")
        assert spoken(program, folder, codec.upper()), calls(program, folder)
        wait_until(lambda: frames_of(softphone.heard(so_far=True), frequency, 0.8, rate) >= 60,
                   "baresip hears the greeting")
        softphone.tell("hangup")
        wait_until(lambda: not calls(program, folder), "the call's end")
        daemon.stop()
        left, right = only_recording(daemon.recordings, "in", "baresip", rate=16000)
        said = frames_of(left, min(frequency, 6000), 0.8, 16000)
        assert said >= 60, f"{said} frames of what baresip said in the recording"
        if frequency < 8000:
            assert frames_of(right, frequency, 0.8, 16000) >= 60, "the greeting is not recorded"
        daemon.log_lines()


def it_is_called(program, folder, codec, module, rate, settings=()):
    """A program speaks and listens, at 8000 samples a second."""
    with (Daemon(program, folder, "--codecs", f"{codec},PCMA") as daemon,
          Baresip(folder, tone(LOW, 12, rate=rate), settings=settings, codecs=(module, "g711"),
                  rate=rate) as softphone):
        client = WebSocketClient(*daemon.ws, "/?rtp=base64")
        client.send(f"CALL:sip:baresip@127.0.0.1:{softphone.port}")
        call_id = client.expect("DIALING:").rsplit("##", 1)[1]
        softphone.expect("CALL_INCOMING")
        softphone.tell("accept")
        client.expect(f"CALL_ANS:{call_id}")
        assert spoken(program, folder, codec.upper()), calls(program, folder)
        client.play(call_id, tone(1000, 1))
        until_loud(client, call_id, 60)
        client.send(f"HANGUP:{call_id}")
        client.expect(f"BYE:{call_id}")
        softphone.expect("CALL_CLOSED")
        client.close()
        daemon.stop()
        left, right = only_recording(daemon.recordings, "out", "baresip", rate=16000)
        assert frames_of(left, LOW, 0.9, 16000) >= 50, "what baresip said is not recorded"
        assert frames_of(right, 1000, 0.9, 16000) >= 40, "what the program said is not recorded"
        heard = frames_of(softphone.heard(), 1000, 0.9, rate)
        assert heard >= 40, f"baresip heard {heard} frames of the program"
        daemon.log_lines()


MONO = ("opus_stereo no", "opus_sprop_stereo no")


def opus_comes(program, folder):
    it_calls(program, folder, "opus", "opus", 48000, 10000, MONO)


def opus_goes(program, folder):
    it_is_called(program, folder, "opus", "opus", 48000, MONO)


def opus_digits(program, folder):
    """It knows events of 8000 alone, whatever the codec's clock (RFC 4733 2.1)."""
    with (Daemon(program, folder, "--codecs", "opus", "--auto-answer-after", "never") as daemon,
          Baresip(folder, tone(LOW, 12, rate=48000), settings=MONO, codecs=("opus",),
                  rate=48000) as softphone):
        client = WebSocketClient(*daemon.ws, "/?rtp=off")
        softphone.tell("dial", f"sip:1000@{daemon.sip_address}")
        call_id = client.expect("RING_ANS:baresip##")
        client.send(f"CALL_ANS:{call_id}")
        softphone.expect("CALL_ESTABLISHED")
        done(program, folder, "--dtmf", "0*#A")
        softphone.expect_digits("0*#A")
        softphone.tell("sndcode", "95#")
        wait_until(lambda: calls(program, folder)[0]["digits_received"] == "95#", "its digits")
        softphone.tell("hangup")
        client.expect(f"BYE:{call_id}")
        client.close()
        daemon.stop()
        daemon.log_lines()


def g722_comes(program, folder):
    it_calls(program, folder, "G722", "g722", 16000, 6000)


def g722_goes(program, folder):
    it_is_called(program, folder, "G722", "g722", 16000)


if __name__ == "__main__":
    cases.run(opus_comes, opus_goes, opus_digits, g722_comes, g722_goes)
