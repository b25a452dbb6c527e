"""SIPp (package sip-tester): far ends that follow a scenario to the letter."""

import os
import re
import signal

from peers import children
from peers.free_ports import free_port, has_udp
from peers.g711 import decode
from peers.waiting import wait_until

CAPTURE = "/usr/share/sip-tester/g711a.pcap"
_FIRST_CALL = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "first_call")
SPEAKING_CALLER = os.path.join(_FIRST_CALL, "uac-g711a.xml")  # give it to playing_scenario()
ECHOING_CALLEE = os.path.join(_FIRST_CALL, "uas.xml")  # with -rtp_echo


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


def speech():
    """The samples of the speech that comes with SIPp, G.711 A-law."""
    return decode(pcap_payload(CAPTURE))


def playing_scenario(folder, path=SPEAKING_CALLER, milliseconds=7500):
    """The scenario, which plays the speech. Without root SIPp can't play captures, but stream."""
    with open(path, encoding="utf-8") as file:
        scenario = file.read().replace('milliseconds="7500"', f'milliseconds="{milliseconds}"')
    if os.geteuid() != 0:
        with open(os.path.join(folder, "speech.alaw"), "wb") as file:
            file.write(pcap_payload(CAPTURE))
        played = re.search(r'play_pcap_audio="([^"]+)"', scenario)
        scenario = scenario.replace(played.group(), 'rtp_stream="speech.alaw,1,8"')
        scenario = scenario.replace("[media_port]", "[rtpstream_audio_port]")
    copy = os.path.join(folder, os.path.basename(path))
    with open(copy, "w", encoding="utf-8") as file:
        file.write(scenario)
    return copy


class Sipp:
    """One SIPp: `scenario` is a file, or the name of one that is built in. One call, unless told."""

    def __init__(self, folder, scenario, *arguments):
        self.port = free_port()
        self._errors = os.path.join(folder, f"sipp-errors-{self.port}.log")
        of_file = "-sf" if scenario.endswith(".xml") else "-sn"
        given = {"-p": str(self.port), "-mp": str(free_port()), "-m": "1", "-timeout": "60"}
        given = [each for pair in given.items() if pair[0] not in arguments for each in pair]
        self._process = children.start(
            ["sipp", of_file, scenario, "-i", "127.0.0.1", "-mi", "127.0.0.1", *given, "-nostdin",
             "-timeout_error", "-trace_err", "-error_file", self._errors, *arguments],
            cwd=folder, env={**os.environ, "TERM": "dumb"})
        if "-t" not in arguments:
            # Whoever called it sooner would be told that nobody listens.
            wait_until(lambda: has_udp(self.port) or self._process.poll() is not None,
                       f"SIPp is at port {self.port}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.kill()
        self._process.communicate()

    def kill(self):
        self._process.kill()

    def pause(self):
        """It goes deaf, and stays so."""
        self._process.send_signal(signal.SIGSTOP)

    def wait(self, seconds=70):
        """Waits until it has seen its scenario through as often as was asked."""
        screens, _ = self._process.communicate(timeout=seconds)
        if self._process.returncode != 0:
            if os.path.exists(self._errors):
                with open(self._errors, encoding="utf-8", errors="replace") as file:
                    screens = screens[-3000:] + file.read()[:6000]
            raise AssertionError(f"SIPp ended with {self._process.returncode}:\n{screens}")
        return screens
