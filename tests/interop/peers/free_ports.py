"""Ports that nobody holds now, for programs that can't be told to take any.

Between the look and the taking another test may come by, so that each process begins its search in
a place of its own and never gives out a port twice.
"""

import fcntl
import itertools
import os
import socket
import tempfile

LOWEST, HIGHEST = 10000, 29000  # below those that the kernel gives to others meanwhile
EACH = 192  # so far apart begin processes one after the other
RTP_WINDOWS = range(29000, 32600, 600)  # of 150 calls each

_rtp_window = None  # the lock of ours
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


def rtp_ports():
    """FIRST-LAST for the daemons of this process, and of no other that runs beside it: what is still
    sent to a daemon that was killed would be taken by the next one on its port."""
    global _rtp_window
    if _rtp_window is None:
        for first in RTP_WINDOWS:
            lock = open(os.path.join(tempfile.gettempdir(), f"hookswitch-rtp-{first}.lock"), "wb")
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                lock.close()
                continue
            _rtp_window = first, lock
            break
        else:
            raise AssertionError(f"more than {len(RTP_WINDOWS)} tests with daemons run at once")
    first, _ = _rtp_window
    return f"{first}-{first + RTP_WINDOWS.step - 1}"


def has_udp(port):
    """Whether a socket is bound to it, over IPv4 or IPv6."""
    for table in ("/proc/net/udp", "/proc/net/udp6"):
        with open(table, encoding="ascii") as file:
            if any(int(line.split()[1].rpartition(":")[2], 16) == port for line in list(file)[1:]):
                return True
    return False
