"""Waiting for what no event tells of."""

import threading
import time

_never = threading.Event()


def wait_until(condition, what, seconds=20):
    """What the condition gives as soon as that is true; a failure if it never is in that time."""
    deadline = time.monotonic() + seconds
    while not (came := condition()):
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        _never.wait(0.02)
    return came
