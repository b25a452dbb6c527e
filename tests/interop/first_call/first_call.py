#!/usr/bin/env python3
"""The README's first calls with a real far end: SIPp calls the daemon, and is called through it.

usage: first_call.py HOOKSWITCHD
"""

import array
import base64
import math
import os
import re
import socket
import subprocess
import sys
import tempfile
import wave

from daemon import Daemon
from websocket_client import WebSocketClient

HERE = os.path.dirname(os.path.abspath(__file__))
CALLER = "0912345678"
CALLED = "1001"


def free_port():
    """An even UDP port that nobody holds now, for far ends that can't be told to take any."""
    while True:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        if port % 2 == 0:
            return port


def pcap_payload(path):
    """The payloads of a capture of one RTP stream over IPv4 and Ethernet, one after the other."""
    with open(path, "rb") as file:
        data = file.read()
    assert data[:4] == b"\xd4\xc3\xb2\xa1", f"{path} is not a little-endian pcap file"
    offset, payload = 24, b""
    while offset < len(data):
        size = int.from_bytes(data[offset + 8:offset + 12], "little")
        packet = data[offset + 16:offset + 16 + size]
        ip_header = (packet[14] & 0x0F) * 4
        payload += packet[14 + ip_header + 8 + 12:]
        offset += 16 + size
    return payload


def alaw_sample(code):
    """G.711 A-law, as 16-bit linear."""
    code ^= 0x55
    segment = code >> 4 & 7
    magnitude = ((code & 0x0F) << 4) + (8 if segment == 0 else 0x108)
    magnitude <<= max(0, segment - 1)
    return magnitude if code & 0x80 else -magnitude


class FarEnd:
    """SIPp with one call to make or to take."""

    def __init__(self, folder, scenario, *arguments):
        self._errors = os.path.join(folder, "sipp-errors.log")
        self._process = subprocess.Popen(
            ["sipp", "-sf", scenario, "-m", "1", "-i", "127.0.0.1", "-mp", str(free_port()),
             "-nostdin", "-timeout", "60", "-timeout_error", "-trace_err",
             "-error_file", self._errors, *arguments],
            cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, errors="replace", env={**os.environ, "TERM": "dumb"})

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.kill()
        self._process.communicate()

    def wait(self):
        """Waits until it has seen its scenario through."""
        screens, _ = self._process.communicate(timeout=70)
        if self._process.returncode != 0:
            if os.path.exists(self._errors):
                with open(self._errors, encoding="utf-8", errors="replace") as file:
                    screens += file.read()
            raise AssertionError(f"SIPp ended with {self._process.returncode}:\n{screens}")


def caller_scenario(folder):
    """The scenario and the samples it plays. Without root SIPp can't play captures, but stream."""
    with open(os.path.join(HERE, "uac-g711a.xml"), encoding="utf-8") as file:
        scenario = file.read()
    played = re.search(r'play_pcap_audio="([^"]+)"', scenario)
    payload = pcap_payload(played.group(1))
    if os.geteuid() != 0:
        with open(os.path.join(folder, "speech.alaw"), "wb") as file:
            file.write(payload)
        scenario = scenario.replace(played.group(), 'rtp_stream="speech.alaw,1,8"')
        scenario = scenario.replace("[media_port]", "[rtpstream_audio_port]")
    with open(os.path.join(folder, "uac.xml"), "w", encoding="utf-8") as file:
        file.write(scenario)
    return "uac.xml", array.array("h", [alaw_sample(code) for code in payload])


def recording(daemon, direction, number):
    """Left and right samples of the only recording, whose name says what it is."""
    names = os.listdir(daemon.recordings)
    assert len(names) == 1, f"one recording was to be expected, not {names}"
    assert re.fullmatch(rf"\d{{8}}_\d{{6}}_{direction}_{number}_\w+\.wav", names[0]), names[0]
    with wave.open(os.path.join(daemon.recordings, names[0]), "rb") as file:
        form = (file.getnchannels(), file.getframerate(), file.getsampwidth())
        assert form == (2, 8000, 2), f"{names[0]} has {form} channels, rate and bytes a sample"
        samples = array.array("h", file.readframes(file.getnframes()))
    return samples[0::2], samples[1::2]


def peak(samples):
    return max(map(abs, samples), default=0)


def incoming_call(program, folder):
    scenario, speech = caller_scenario(folder)
    with Daemon(program, folder) as daemon:
        client = WebSocketClient(*daemon.ws, "/?rtp=base64")
        with FarEnd(folder, scenario, "-s", "1000", "%s:%d" % daemon.sip) as far_end:
            number, call_id = client.expect("RING_ANS:").rsplit("##", 1)
            assert number == CALLER, f"RING_ANS named {number}"
            client.expect(f"CALL_ANS:{call_id}")
            client.expect(f"RTP:{call_id}##")
            client.expect(f"BYE:{call_id}")
            far_end.wait()
        client.close()
        daemon.stop()
        assert any(CALLER in line for line in daemon.log_lines()), "the log does not name the caller"
        left, right = recording(daemon, "in", CALLER)
        seconds = len(left) / 8000
        assert 7 < seconds < 10, f"the recording has {seconds} s"
        assert speech.tobytes() in left.tobytes(), "the left channel lacks what SIPp said, as it was"
        assert peak(right) > 1000, "the greeting is not in the right channel"


def outgoing_call(program, folder):
    port = free_port()
    uas = os.path.join(HERE, "uas.xml")
    with (FarEnd(folder, uas, "-p", str(port), "-rtp_echo") as far_end,
          Daemon(program, folder, "--sip-server", f"127.0.0.1:{port}") as daemon):
        client = WebSocketClient(*daemon.ws, "/?rtp=base64")
        client.send(f"CALL:{CALLED}")
        number, call_id = client.expect("DIALING:").rsplit("##", 1)
        assert number == CALLED, f"DIALING named {number}"
        client.expect(f"CALL_IGNORE:{call_id}")  # it rings
        client.expect(f"CALL_ANS:{call_id}")
        tone = array.array("h", [round(8000 * math.sin(i * math.tau * 440 / 8000))
                                 for i in range(16000)])
        client.send(f"RTP:{call_id}##{base64.b64encode(tone).decode()}")
        heard = 0
        while heard < 20:  # frames of the tone, come back from the far end
            frame = array.array("h", base64.b64decode(client.expect(f"RTP:{call_id}##")))
            heard += peak(frame) > 6000
        client.send(f"HANGUP:{call_id}")
        client.expect(f"BYE:{call_id}")
        far_end.wait()
        client.close()
        daemon.stop()
        assert any(CALLED in line for line in daemon.log_lines()), "the log does not name the called"
        left, right = recording(daemon, "out", CALLED)
        assert peak(right) > 6000, "what was said to the far end is not in the right channel"
        assert peak(left) > 6000, "what the far end echoed is not in the left channel"


def main():
    program = os.path.abspath(sys.argv[1])
    failures = 0
    for call in (incoming_call, outgoing_call):
        with tempfile.TemporaryDirectory(prefix="hookswitch-") as folder:
            try:
                call(program, folder)
                print(f"{call.__name__}: passed")
            except AssertionError as failure:
                failures += 1
                print(f"{call.__name__}: FAILED: {failure}")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
