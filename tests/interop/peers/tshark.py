"""tshark (package tshark): what a protocol analyser of others makes of captured datagrams."""

import re
import subprocess

# Only what is worth a warning: 0x400000 is a note, 0x600000 a warning, 0x800000 an error.
WARNINGS = "_ws.malformed or _ws.expert.severity >= 0x600000"
_STREAM = re.compile(r"\s*[\d.]+\s+[\d.]+\s+(\S+)\s+(\d+)\s+(\S+)\s+(\d+)\s+0x([0-9A-Fa-f]+)\s+(.+?)\s+"
                     r"(\d+)\s+(-?\d+) \(([-\d.]+)%\)\s+(.*?)\s*$")


class Tshark:
    def __init__(self, path, *sip_ports):
        self._command = ["tshark", "-r", path, "-n"]
        for port in sip_ports:
            self._command += ["-d", f"udp.port=={port},sip"]

    def _run(self, *arguments):
        done = subprocess.run([*self._command, *arguments], capture_output=True, text=True,
                              check=False, timeout=60)
        assert done.returncode == 0, f"tshark ended with {done.returncode}: {done.stderr}"
        return done.stdout

    def fields(self, display_filter, *names):
        """A list for each packet that the filter lets through, with a text for each field."""
        chosen = [each for name in names for each in ("-e", name)]
        told = self._run("-Y", display_filter, "-T", "fields", *chosen)
        return [line.split("\t") for line in told.splitlines()]

    def warnings(self, display_filter):
        return self.fields(f"({display_filter}) and ({WARNINGS})", "frame.number",
                           "_ws.col.Protocol", "_ws.expert.message", "_ws.col.Info")

    def streams(self):
        """What it thinks of each RTP stream: dictionaries."""
        found = []
        for line in self._run("-q", "-z", "rtp,streams").splitlines():
            if row := _STREAM.match(line):
                source, source_port, destination, port, ssrc, codec, packets, lost, _, rest = row.groups()
                found.append({"source": (source, int(source_port)), "ssrc": int(ssrc, 16),
                              "destination": (destination, int(port)), "codec": codec,
                              "packets": int(packets), "lost": int(lost),
                              "problems": "X" in rest, "line": line})
        return found
