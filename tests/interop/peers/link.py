"""A link between the network of the test's own (namespace.py) and a second one behind it, where the
far end is. Both go with the processes that are in them, whatever ends the test."""

import ctypes
import os
import subprocess

from peers import children
from peers.waiting import wait_until

CLONE_NEWNET = 0x40000000
NEAR, FAR = "10.77.0.2", "10.77.0.1"
NEAR6, FAR6 = "fd77::2", "fd77::1"
_libc = ctypes.CDLL(None, use_errno=True)


def run(command):
    done = subprocess.run(command.split(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}: {done.stderr.strip()}"
    return done.stdout


def _become(network):
    """The network of this thread; what it opens from now on is there, for whomever it is used."""
    assert _libc.setns(network.fileno(), CLONE_NEWNET) == 0, os.strerror(ctypes.get_errno())


class Link:
    """At this end NEAR on the interface `near` and the way to everywhere, at the other FAR."""

    def __init__(self):
        # "cat" ends with the test, if by nothing else then by the end of its input.
        self._holder = children.start(["unshare", "-n", "cat"], stdin=subprocess.PIPE)
        far = f"/proc/{self._holder.pid}/ns/net"
        wait_until(lambda: os.readlink(far) != os.readlink("/proc/self/ns/net"),
                   "there is a second network")
        self._near, self._far = open("/proc/self/ns/net", "rb"), open(far, "rb")
        run(f"ip link add near type veth peer name far netns {self._holder.pid}")
        run(f"ip address add {NEAR}/24 dev near")
        self.at_far_end(lambda: [run("ip link set lo up"), run(f"ip address add {FAR}/24 dev far"),
                                 run(f"ip address add {FAR6}/64 dev far nodad"),
                                 run("ip link set far up")])
        self.up()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._holder.kill()
        self._holder.communicate()
        self._near.close()
        self._far.close()
        # Of a network without processes the kernel makes an end some time later, of its link too.
        subprocess.run(["ip", "link", "del", "near"], stderr=subprocess.DEVNULL, check=False)

    def at_far_end(self, do):
        """What is done there, sockets that are opened, programs that are started, stays there."""
        _become(self._far)
        try:
            return do()
        finally:
            _become(self._near)

    @staticmethod
    def add_ipv6_address():
        """Which is known from its uniqueness being proven on: until then it can't be used."""
        run(f"ip address add {NEAR6}/64 dev near")
        wait_until(lambda: NEAR6 not in run("ip -6 address show dev near tentative"),
                   f"{NEAR6} can be used")

    @staticmethod
    def up():
        run("ip link set near up")
        run(f"ip route replace default via {FAR}")

    @staticmethod
    def down():
        """The addresses stay, every way is gone."""
        run("ip link set near down")

    @staticmethod
    def change_address(to):
        old = run("ip -4 -brief address show dev near").split()[2]
        run(f"ip address del {old} dev near")
        run(f"ip address add {to}/24 dev near")
        run(f"ip route replace default via {FAR}")
