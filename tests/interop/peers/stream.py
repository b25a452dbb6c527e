"""A far end on a TCP or TLS connection, by hand: exact octets out, whole messages in."""

import re
import socket

from peers.sip_message import SipMessage


class Stream:
    def __init__(self, address, tls=None, name=None, seconds=20):
        """To that address, or one that was accepted. `tls` is an ssl.SSLContext; `name` is whom the
        certificate must stand for."""
        accepted = isinstance(address, socket.socket)
        self.socket = address if accepted else socket.create_connection(address, timeout=seconds)
        self.socket.settimeout(seconds)
        if tls:
            self.socket = tls.wrap_socket(self.socket, server_hostname=name)
        self._received = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    @property
    def local(self):
        return self.socket.getsockname()

    def send(self, octets):
        self.socket.sendall(octets)

    def send_what_is_taken(self, *pieces):
        """The far end may close meanwhile."""
        try:
            for piece in pieces:
                self.send(piece)
        except (BrokenPipeError, ConnectionResetError):
            pass

    def receive(self, most=65536):
        """What comes next; nothing at all once the far end has closed."""
        try:
            return self.socket.recv(most)
        except ConnectionResetError:
            return b""

    def expect(self):
        """The next message, cut by its Content-Length."""
        while True:
            head = self._received.lstrip(b"\r\n")
            end = head.find(b"\r\n\r\n")
            if end >= 0:
                length = int(re.search(rb"(?im)^(?:content-length|l)\s*:\s*(\d+)", head)[1])
                if len(head) >= end + 4 + length:
                    self._received = head[end + 4 + length:]
                    return SipMessage.parse(head[:end + 4 + length])
            more = self.receive()
            assert more, f"the connection was closed within a message: {self._received!r}"
            self._received += more

    def expect_status(self, status):
        message = self.expect()
        assert message.status == status, f"{message.start} instead of {status}"
        return message

    def expect_one_of(self, call_id):
        """Messages until one has this Call-ID. False: the connection was closed before."""
        while f"Call-ID: {call_id}\r\n".encode() not in self._received:
            more = self.receive()
            if not more:
                return False
            self._received += more
        return True

    def expect_close(self):
        while self.receive():
            pass


def options(stream, call_id, length="Content-Length: 0\r\n", transport="TCP"):
    host, port = stream.local[:2]
    return (f"OPTIONS sip:{host} SIP/2.0\r\n"
            f"Via: SIP/2.0/{transport} {host}:{port};branch=z9hG4bK-{call_id};rport\r\n"
            f"Max-Forwards: 70\r\nFrom: <sip:stream@{host}>;tag=1\r\nTo: <sip:{host}>\r\n"
            f"Call-ID: {call_id}\r\nCSeq: 1 OPTIONS\r\n{length}\r\n").encode()
