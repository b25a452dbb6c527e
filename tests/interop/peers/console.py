"""The console, hookswitch, with its window offscreen; else as the daemon."""

import os
import re
import subprocess

from peers import children
from peers.daemon import Daemon, Files, command, environment_of

ANSWERS_AT = re.compile(r" - Hookswitch \S+ answers at (\S+):(\d+) - ")


def _window(folder):
    runtime = os.path.join(folder, "runtime")
    os.makedirs(runtime, mode=0o700, exist_ok=True)
    return {"QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": runtime}


class Console(Daemon):
    """Its WebSocket address is not known: `ws` is None."""

    def __init__(self, program, folder, *options):
        super().__init__(program, folder, *options, environment=_window(folder))

    @staticmethod
    def addresses_in(line):
        found = ANSWERS_AT.search(line)
        return ((found[1], int(found[2])), None) if found else None


def start_another(program, folder, *options, seconds=30):
    """Starts one in the same folder, which is to end by itself: its exit code and what it says."""
    process = children.start(command(program, Files(folder), options), cwd=folder,
                             env=environment_of(folder, _window(folder)))
    try:
        said, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return None, ""
    return process.returncode, said
