"""A registrar of a few lines, by UDP or TCP: everybody is welcome. It also takes every call that is
made by it, and keeps the times at which registrations came."""

import select
import socket
import threading
import time
from collections import namedtuple

from peers.phone import offer
from peers.sip_message import SipMessage

Binding = namedtuple("Binding", "at contact via source")


class Registrar:
    """At (host, port). Wherever it is made, its sockets are: see link.py. `media` is where the calls
    that it takes have their audio."""

    def __init__(self, host, port=5060, media=None):
        self.address = host, port
        self._media = media
        self._lock = threading.Lock()
        self._seen = []
        self._invites = []
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._udp = socket.socket(family, socket.SOCK_DGRAM)
        self._udp.bind(self.address)
        self._listener = socket.create_server(self.address, family=family)
        self._streams = {}
        self._ends, self._end = socket.socketpair()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._end.close()
        self._thread.join()
        for each in (self._udp, self._listener, self._ends, *self._streams):
            each.close()

    def bindings(self):
        """As they came, the oldest first; those that were taken back are none."""
        with self._lock:
            return list(self._seen)

    def invites(self):
        with self._lock:
            return list(self._invites)

    def _serve(self):
        while True:
            readable, _, _ = select.select(
                [self._udp, self._listener, self._ends, *self._streams], [], [])
            if self._ends in readable:
                return
            for each in readable:
                if each is self._listener:
                    self._streams[each.accept()[0]] = b""
                elif each is self._udp:
                    data, source = each.recvfrom(65536)
                    self._take(data, source, lambda answer, to=source: self._udp.sendto(answer, to))
                else:
                    self._read_stream(each)

    def _read_stream(self, stream):
        try:
            data = stream.recv(65536)
        except OSError:
            data = b""
        if not data:
            del self._streams[stream]
            stream.close()
            return
        whole = (self._streams[stream] + data).lstrip(b"\r\n")
        # Nothing with a body comes here but what UDP is for.
        while b"\r\n\r\n" in whole:
            message, _, whole = whole.partition(b"\r\n\r\n")
            self._take(message + b"\r\n\r\n", stream.getpeername(), stream.sendall)
        self._streams[stream] = whole

    def _take(self, data, source, answer):
        if not data.strip():
            return  # a keep-alive
        request = SipMessage.parse(data)
        if request.status or request.method == "ACK":
            return
        headers = [(name, value) for name, value in request.headers
                   if name in ("Via", "From", "Call-ID", "CSeq", "Record-Route")]
        headers.append(("To", request["To"] + ("" if ";tag=" in request["To"] else ";tag=server")))
        start, body = "SIP/2.0 200 OK", b""
        if request.method == "REGISTER":
            headers.append(("Contact", request.all("Contact")[0]))
            with self._lock:
                if "expires=0" not in request["Contact"]:
                    self._seen.append(Binding(time.monotonic(), request.contact, request["Via"],
                                              source))
        elif request.method == "INVITE":
            headers += [("Contact", "<sip:taken@%s:%d>" % self.address),
                        ("Content-Type", "application/sdp")]
            body = offer(self._media, "8")
            with self._lock:
                self._invites.append(request)
        elif request.method == "SUBSCRIBE":
            start = "SIP/2.0 489 Bad Event"
        answer(SipMessage(start, headers, body).to_bytes())
