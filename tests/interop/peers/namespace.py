"""A network of the test's own, with a loopback and nothing else, where every address is this machine:
nothing that is sent in it leaves it, whatever address a message names."""

import os
import subprocess
import sys

_MARK = "HOOKSWITCH_OWN_NETWORK"
EMPTY = 'ip link set lo up && exec "$@"'
_UP = ('ip link set lo up && ip route add local default dev lo && ip addr add 10.0.0.1/24 dev lo'
       ' && exec "$@"')


def is_own():
    return _MARK in os.environ


def enter(up=_UP):
    """Starts this program anew within such a network, or with `up=EMPTY` within one that has a
    loopback alone and ways nowhere. As root, or where the kernel lets users have
    namespaces; elsewhere it returns, and is_own() stays false."""
    if is_own():
        return
    for unshare in (["unshare", "-n"], ["unshare", "-rn"]):
        if subprocess.run([*unshare, "true"], stderr=subprocess.DEVNULL, check=False).returncode == 0:
            os.environ[_MARK] = "yes"
            os.execvp(unshare[0], [*unshare, "sh", "-c", up, "sh", sys.executable, "-B", *sys.argv])
