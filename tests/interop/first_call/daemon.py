"""hookswitchd on free ports with files of its own, started and stopped as an administrator would."""

import os
import queue
import re
import signal
import subprocess
import threading

READY = re.compile(r"^ready sip=(\S+):(\d+) ws=(\S+):(\d+)$")
LOG_LINE = re.compile(
    r"^\[(DEBUG|INFO|WARNING|ERROR)\] - \d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} - .* - [\w./-]+:\d+$")


class Daemon:
    def __init__(self, program, folder, *options):
        self.recordings = os.path.join(folder, "recordings")
        self.log_file = os.path.join(folder, "sip_server.log")
        config = os.path.join(folder, "empty.conf")
        os.mkdir(self.recordings)
        with open(config, "w", encoding="utf-8"):
            pass
        kept = {name: value for name, value in os.environ.items()
                if name == "PATH" or name.endswith("SAN_OPTIONS")}
        self._process = subprocess.Popen(
            [program, "--config", config, "--sip-port", "0", "--ws-listen", "127.0.0.1:0",
             "--recordings", self.recordings, "--db", os.path.join(folder, "hookswitch.db"),
             "--log-file", self.log_file, *options],
            cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, encoding="utf-8", env={
                **kept, "HOME": folder, "XDG_DATA_HOME": folder, "XDG_STATE_HOME": folder,
                "XDG_CONFIG_HOME": folder, "LC_ALL": "C.UTF-8", "SIP_LOCAL_IP": "127.0.0.1"})
        self.output = []
        self._lines = queue.Queue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        self.sip, self.ws = self._wait_until_ready(30)

    def __enter__(self):
        return self

    def __exit__(self, failed, *_):
        self._kill()
        if failed:
            print("the last that hookswitchd said:", *self.output[-40:], sep="\n    ")

    def _read(self):
        for line in self._process.stdout:
            self.output.append(line.rstrip("\n"))
            self._lines.put(self.output[-1])
        self._lines.put(None)

    def _wait_until_ready(self, seconds):
        try:
            while (line := self._lines.get(timeout=seconds)) is not None:
                if ready := READY.match(line):
                    sip_host, sip_port, ws_host, ws_port = ready.groups()
                    return (sip_host, int(sip_port)), (ws_host, int(ws_port))
        except queue.Empty:
            pass
        self._kill()
        said = "\n".join(self.output)
        raise AssertionError(
            f"hookswitchd printed no line `ready sip=ADDRESS:PORT ws=ADDRESS:PORT`; it said:\n{said}")

    def stop(self):
        """Ends it with SIGTERM, which must be a clean end: exit code 0, everything closed."""
        self._process.send_signal(signal.SIGTERM)
        try:
            code = self._process.wait(20)
        except subprocess.TimeoutExpired:
            raise AssertionError("hookswitchd did not end within 20 s of SIGTERM") from None
        self._reader.join()
        assert code == 0, f"exit code {code} after SIGTERM"

    def _kill(self):
        self._process.kill()
        self._process.wait()
        self._reader.join()

    def log_lines(self):
        """The log, each line held against its form; a line with an ERROR is a failure."""
        with open(self.log_file, encoding="utf-8") as file:
            lines = file.read().splitlines()
        for line in lines:
            assert LOG_LINE.match(line), f"a log line not of the form promised: {line}"
            assert not line.startswith("[ERROR]"), line
        return lines
