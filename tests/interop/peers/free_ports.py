"""Ports that nobody holds now, for programs that can't be told to take any."""

import random
import socket

LOWEST, HIGHEST = 10000, 29000  # below those that the kernel gives to others meanwhile


def _is_free(port, kind, host):
    with socket.socket(socket.AF_INET, kind) as probe:
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def free_port(kind=socket.SOCK_DGRAM, host="127.0.0.1"):
    """An even port."""
    return free_range(1, kind, host)


def free_range(count, kind=socket.SOCK_DGRAM, host="127.0.0.1"):
    """The first, which is a multiple of 4, of so many free ports in a row."""
    while True:
        first = random.randrange(LOWEST, HIGHEST, 4)
        if all(_is_free(port, kind, host) for port in range(first, first + count)):
            return first
