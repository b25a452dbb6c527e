"""SIP messages as a far end of a few lines reads and writes them (RFC 3261, 7). Full names only."""

import re


class SipMessage:
    def __init__(self, start, headers=(), body=b""):
        self.start = start
        self.headers = list(headers)  # (name, value)
        self.body = body

    @classmethod
    def parse(cls, datagram):
        head, _, body = datagram.partition(b"\r\n\r\n")
        lines = head.decode("utf-8", "replace").split("\r\n")
        headers = []
        for line in lines[1:]:
            name, colon, value = line.partition(":")
            assert colon, f"a header line without a colon: {line}"
            headers.append((name.strip(), value.strip()))
        message = cls(lines[0], headers, body)
        assert int(message["Content-Length"]) == len(body), "Content-Length is not that of the body"
        return message

    def to_bytes(self):
        lines = [self.start, *(f"{name}: {value}" for name, value in self.headers),
                 f"Content-Length: {len(self.body)}"]
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + self.body

    def all(self, name):
        return [value for each, value in self.headers if each.lower() == name.lower()]

    def __getitem__(self, name):
        """The first value; a failure if there is none."""
        values = self.all(name)
        assert values, f"no {name} in: {self.start}"
        return values[0]

    def replace(self, name, value):
        self.headers = [(each, value if each == name else old) for each, old in self.headers]

    @property
    def status(self):
        """0 for a request."""
        return int(self.start.split()[1]) if self.start.startswith("SIP/2.0 ") else 0

    @property
    def method(self):
        """What it asks for, or answers."""
        return self["CSeq"].split()[1]

    @property
    def contact(self):
        return re.search(r"<(sip:[^>]+)>", self["Contact"]).group(1)

    @property
    def media(self):
        """(host, port) that the SDP names."""
        text = self.body.decode()
        host = re.search(r"^c=IN IP4 (\S+)\r$", text, re.MULTILINE).group(1)
        return host, int(re.search(r"^m=audio (\d+) ", text, re.MULTILINE).group(1))


def address_of(uri):
    """(host, port) of a sip: URI with an address in it."""
    host, _, port = re.match(r"sips?:(?:[^@>]*@)?([^;>?]+)", uri).group(1).partition(":")
    return host, int(port or 5060)
