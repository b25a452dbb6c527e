"""What goes over the loopback: every UDP datagram, of whomever to whomever. Takes root, or the root of
a namespace."""

import os
import select
import socket
import struct
import time
from collections import namedtuple

ETH_P_ALL = 0x0003
PACKET_OUTGOING = 4  # on the loopback every packet is seen twice: as it goes, and as it comes
UDP = 17
Datagram = namedtuple("Datagram", "at source destination data frame")


class Sniffer:
    def __init__(self):
        self._socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 24)
        self._socket.bind(("lo", ETH_P_ALL))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._socket.close()

    def datagrams(self, seconds):
        """Those that have come or will within that time."""
        until = time.monotonic() + seconds
        while select.select([self._socket], [], [], max(0, until - time.monotonic()))[0]:
            frame, (_, protocol, kind, *_) = self._socket.recvfrom(65600)
            if kind == PACKET_OUTGOING and protocol == 0x0800 and frame[23] == UDP:
                yield self._datagram(frame)

    @staticmethod
    def _datagram(frame):
        packet = frame[14:]
        size = (packet[0] & 0x0F) * 4
        source_port, destination_port, length = struct.unpack("!HHH", packet[size:size + 6])
        return Datagram(time.time(), (socket.inet_ntoa(packet[12:16]), source_port),
                        (socket.inet_ntoa(packet[16:20]), destination_port),
                        packet[size + 8:size + length], frame)


def write_pcap(path, datagrams):
    """For tshark; as Ethernet, which the loopback looks like."""
    with open(path, "wb") as file:
        file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1))
        for each in datagrams:
            seconds = int(each.at)
            file.write(struct.pack("<IIII", seconds, int((each.at - seconds) * 1e6),
                                   len(each.frame), len(each.frame)) + each.frame)
    assert os.path.getsize(path) > 24, "nothing was captured"
