"""hookswitchd on free ports with files of its own, started and stopped as an administrator would."""

import os
import queue
import re
import signal
import subprocess
import threading

from peers import children
from peers.free_ports import rtp_ports
from peers.waiting import wait_until

READY = re.compile(r"^ready sip=(\S+):(\d+) ws=(\S+):(\d+)$")
LOG_LINE = re.compile(
    r"^\[(DEBUG|INFO|WARNING|ERROR)\] - \d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} - .* - [\w./-]+:\d+$")


class Files:
    """Where a daemon has its files: everything within one folder, which a second one may share."""

    def __init__(self, folder):
        self.folder = folder
        self.config = os.path.join(folder, "hookswitch.conf")
        self.recordings = os.path.join(folder, "recordings")
        self.db = os.path.join(folder, "hookswitch.db")
        self.log = os.path.join(folder, "sip_server.log")
        os.makedirs(self.recordings, exist_ok=True)
        if not os.path.exists(self.config):
            with open(self.config, "w", encoding="utf-8"):
                pass


def command(program, files, options, without=()):
    """`options` may name another port or file; an option may be given only once. Most that is tested
    is not about codecs, and its peers speak G.711 alone."""
    given = {"--config": files.config, "--sip-port": "0", "--ws-listen": "127.0.0.1:0",
             "--recordings": files.recordings, "--db": files.db, "--log-file": files.log,
             "--codecs": "PCMA,PCMU"}
    with open(files.config, encoding="utf-8", errors="replace") as file:
        if "rtp_ports" not in file.read():
            given["--rtp-ports"] = rtp_ports()
    return [program, *(each for pair in given.items()
                       if pair[0] not in (*options, *without) for each in pair), *options]


def environment_of(folder, more):
    kept = {name: value for name, value in os.environ.items()
            if name == "PATH" or name.endswith("SAN_OPTIONS")}
    return {**kept, "HOME": folder, "XDG_DATA_HOME": folder, "XDG_STATE_HOME": folder,
            "XDG_CONFIG_HOME": folder, "LC_ALL": "C.UTF-8", "SIP_LOCAL_IP": "127.0.0.1", **more}


def refused_start(program, folder, *options, code, environment=None, without=(), seconds=30):
    """Starts one that can't start: what it says when it ends with this code."""
    files = Files(folder)
    process = children.start(command(program, files, options, without), cwd=folder,
                             env=environment_of(folder, environment or {}))
    try:
        said, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        said, _ = process.communicate()
        raise AssertionError(f"it started, or hangs; it said:\n{said}") from None
    assert process.returncode == code, f"exit code {process.returncode}, not {code}; it said:\n{said}"
    return said


class Daemon:
    def __init__(self, program, folder, *options, environment=None):
        self.files = Files(folder)
        self.recordings, self.log_file = self.files.recordings, self.files.log
        self._process = children.start(command(program, self.files, options), cwd=folder,
                                       env=environment_of(folder, environment or {}))
        self.pid = self._process.pid
        self.output = []
        self._lines = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.sip, self.ws = self._wait_until_ready(30)

    def __enter__(self):
        return self

    def __exit__(self, failed, *_):
        self.kill()
        if failed:
            print("the last that hookswitchd said:", *self.output[-40:], sep="\n    ")

    @property
    def sip_address(self):
        return "%s:%d" % self.sip

    def _read(self):
        for line in self._process.stdout:
            self.output.append(line.rstrip("\n"))
            self._lines.put(self.output[-1])
        self._lines.put(None)

    def _wait_until_ready(self, seconds):
        try:
            while (line := self._lines.get(timeout=seconds)) is not None:
                if ready := self.addresses_in(line):
                    return ready
        except queue.Empty:
            pass
        self.kill()
        said = "\n".join(self.output)
        raise AssertionError(f"it printed no line that says where it listens; it said:\n{said}")

    @staticmethod
    def addresses_in(line):
        """Those of SIP and WebSocket, if this is the line that says so."""
        if ready := READY.match(line):
            sip_host, sip_port, ws_host, ws_port = ready.groups()
            return (sip_host, int(sip_port)), (ws_host, int(ws_port))
        return None

    def wait_for_line(self, pattern, seconds=20):
        """The next line of its output in which the pattern is found; the match."""
        try:
            while (line := self._lines.get(timeout=seconds)) is not None:
                if found := re.search(pattern, line):
                    return found
        except queue.Empty:
            pass
        raise AssertionError(f"hookswitchd said no line with {pattern!r}")

    def has_said(self, pattern, seconds=20):
        """The first line from its very start in which the pattern is found, now or later; the match."""
        return wait_until(lambda: next(filter(None, (re.search(pattern, line)
                                                     for line in list(self.output))), None),
                          f"hookswitchd says {pattern!r}", seconds)

    def is_alive(self):
        return self._process.poll() is None

    def signal(self, which):
        self._process.send_signal(which)

    def stop(self):
        """Ends it, which must be a clean end: exit code 0, everything closed."""
        self.signal(signal.SIGTERM)
        self.wait_for_end(signal.SIGTERM)

    def wait_for_end(self, by):
        """The clean end to which this signal leads."""
        try:
            code = self._process.wait(20)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"hookswitchd did not end within 20 s of {by.name}") from None
        self._reader.join()
        assert code == 0, f"exit code {code} after {by.name}"

    def kill(self):
        """Ends it by SIGKILL, at whatever it is."""
        self._process.kill()
        self._process.wait()
        self._reader.join()

    def log_lines(self, errors_too=False):
        """The log, each line held against its form; a line with an ERROR is a failure."""
        with open(self.log_file, encoding="utf-8") as file:
            lines = file.read().splitlines()
        for line in lines:
            assert LOG_LINE.match(line), f"a log line not of the form promised: {line}"
            assert errors_too or not line.startswith("[ERROR]"), line
        return lines
