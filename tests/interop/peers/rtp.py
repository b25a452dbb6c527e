"""An RTP end (RFC 3550) that sends and hears as its owner says, packet by packet."""

import select
import socket
import struct
import time
from collections import namedtuple

from peers.free_ports import free_port
from peers.g711 import PCMA

FRAME = 160  # samples of 20 ms
Packet = namedtuple("Packet", "source payload_type marker sequence timestamp ssrc payload at")


class RtpEnd:
    def __init__(self, host="127.0.0.1", ssrc=0x1234567):
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        self._socket.bind((host, free_port(host=host)))
        self.address = self._socket.getsockname()
        self.ssrc = ssrc
        self.sequence = 1
        self.timestamp = 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._socket.close()

    def send(self, payload, to, payload_type=PCMA):
        """One packet; the next one continues where it ends."""
        head = struct.pack("!BBHII", 0x80, payload_type, self.sequence & 0xFFFF,
                           self.timestamp & 0xFFFFFFFF, self.ssrc)
        self._socket.sendto(head + payload, to)
        self.sequence += 1
        self.timestamp += len(payload)

    def send_bytes(self, datagram, to):
        self._socket.sendto(datagram, to)

    def hear(self, until):
        """Packets that have arrived or will until then, time.monotonic()."""
        while select.select([self._socket], [], [], max(0, until - time.monotonic()))[0]:
            data, source = self._socket.recvfrom(2048)
            first, second, sequence, timestamp, ssrc = struct.unpack("!BBHII", data[:12])
            assert first == 0x80, f"an RTP packet that begins with {first:#x}"
            yield Packet(source, second & 0x7F, second >> 7, sequence, timestamp, ssrc,
                         data[12:], time.monotonic())

    def hear_for(self, seconds):
        return list(self.hear(time.monotonic() + seconds))


def talk(codes, *ways):
    """Sends the G.711 codes in packets of 20 ms in real time. A way is (end, to): each end sends the
    same. What the first of them heard meanwhile."""
    heard, begun = [], time.monotonic()
    for count, at in enumerate(range(0, len(codes), FRAME), 1):
        for end, to in ways:
            end.send(codes[at:at + FRAME], to)
        heard += ways[0][0].hear(begun + count * 0.02)
    return heard
