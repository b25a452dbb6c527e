"""Programs that a test starts: none outlives it, whatever ends the test."""

import ctypes
import signal
import subprocess

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


def start(command, ends_by=signal.SIGKILL, **options):
    """A Popen whose output is text, on one stream. `ends_by` is for one that has children itself."""
    def die_with_parent():
        _libc.prctl(PR_SET_PDEATHSIG, ends_by)

    return subprocess.Popen(
        command, stdin=options.pop("stdin", subprocess.DEVNULL), stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, encoding="utf-8", errors="replace",
        preexec_fn=die_with_parent, **options)
