"""What a running program takes of the machine, as /proc tells."""

import os
import time

from peers.waiting import wait_until

TICKS = os.sysconf("SC_CLK_TCK")


def resident_mb(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as file:
        line = next(line for line in file if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


def cpu_seconds(pid):
    with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def descriptors(pid):
    return len(os.listdir(f"/proc/{pid}/fd"))


def datagrams_dropped(port):
    """How many the kernel could not hand to the UDP socket of this port, which was busy."""
    with open("/proc/net/udp", encoding="ascii") as file:
        lines = [line.split() for line in list(file)[1:]]
    return sum(int(line[12]) for line in lines if int(line[1].partition(":")[2], 16) == port)


def is_sanitized(pid):
    """Whether it is built with AddressSanitizer, which keeps freed memory for a while."""
    with open(f"/proc/{pid}/maps", encoding="utf-8") as file:
        return "libasan" in file.read()


def wait_until_idle(pid, most=0.05, seconds=20):
    """Until it takes less than this share of a core, over half a second."""
    begun = [time.monotonic(), cpu_seconds(pid)]

    def idle():
        now, used = time.monotonic(), cpu_seconds(pid)
        if now - begun[0] < 0.5:
            return False
        share = (used - begun[1]) / (now - begun[0])
        begun[:] = now, used
        return share < most

    wait_until(idle, f"process {pid} takes less than {most:.0%} of a core", seconds)
