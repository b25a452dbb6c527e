"""Ports that nobody holds now, for programs that can't be told to take any.

Between the look and the taking another test may come by, so that each process begins its search in
a place of its own and never gives out a port twice.
"""

import itertools
import os
import socket

LOWEST, HIGHEST = 10000, 29000  # below those that the kernel gives to others meanwhile
EACH = 192  # so far apart begin processes one after the other

_candidates = itertools.cycle(range(LOWEST, HIGHEST, 4))
for _ in range(os.getpid() * EACH % (HIGHEST - LOWEST) // 4):
    next(_candidates)


def _is_free(port, host):
    """For UDP and TCP: some peers listen on both, whichever they are called by."""
    for kind in (socket.SOCK_DGRAM, socket.SOCK_STREAM):
        with socket.socket(socket.AF_INET, kind) as probe:
            try:
                probe.bind((host, port))
            except OSError:
                return False
    return True


def free_port(host="127.0.0.1"):
    """An even port."""
    return free_range(1, host)


def free_range(count, host="127.0.0.1"):
    """The first, which is a multiple of 4, of so many free ports in a row."""
    while True:
        first = next(_candidates)
        if all(_is_free(port, host) for port in range(first, first + max(count, 4))):
            for _ in range((count - 1) // 4):
                next(_candidates)
            return first


def has_udp(port):
    """Whether a socket is bound to it, over IPv4 or IPv6."""
    for table in ("/proc/net/udp", "/proc/net/udp6"):
        with open(table, encoding="ascii") as file:
            if any(int(line.split()[1].rpartition(":")[2], 16) == port for line in list(file)[1:]):
                return True
    return False
