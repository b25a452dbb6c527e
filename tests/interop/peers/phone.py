"""A far end of a few lines over UDP, for what SIPp can't do: it sends what it is told to, when it is
told to, and repeats nothing by itself."""

import itertools
import select
import socket
import time

from peers.sip_message import SipMessage, address_of

_numbers = itertools.count(1)


def offer(media, formats="8 0", more="a=sendrecv"):
    """SDP that names this (host, port)."""
    host, port = media
    return (f"v=0\r\no=phone 1 1 IN IP4 {host}\r\ns=-\r\nc=IN IP4 {host}\r\nt=0 0\r\n"
            f"m=audio {port} RTP/AVP {formats}\r\n{more}\r\n").encode()


class Phone:
    def __init__(self, host="127.0.0.1", port=0, user="phone"):
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((host, port))
        self.address = self._socket.getsockname()
        self.uri = "sip:%s@%s:%d" % (user, *self.address)
        self.user = user

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._socket.close()

    def send_bytes(self, datagram, to):
        self._socket.sendto(datagram, to)

    def send(self, message, to):
        self.send_bytes(message.to_bytes(), to)

    def receive(self, seconds):
        """(message, where from), or None if none comes in that time."""
        if not select.select([self._socket], [], [], max(0, seconds))[0]:
            return None
        datagram, source = self._socket.recvfrom(65536)
        return SipMessage.parse(datagram), source

    def expect(self, wanted, what, seconds=15):
        """The next message for which `wanted` is true; others are passed over."""
        deadline, passed = time.monotonic() + seconds, []
        while (left := deadline - time.monotonic()) > 0:
            if came := self.receive(left):
                if wanted(came[0]):
                    return came[0]
                passed.append(came[0].start)
        raise AssertionError(f"no {what} in {seconds} s; there came {passed}")

    def expect_status(self, status, method, seconds=15):
        return self.expect(lambda each: each.status == status and each.method == method,
                           f"{status} to {method}", seconds)

    def expect_request(self, method, seconds=15):
        return self.expect(lambda each: not each.status and each.method == method, method, seconds)

    def request(self, method, to, **more):
        """A request outside of dialogs to (host, port)."""
        number = next(_numbers)
        headers = {"Via": "SIP/2.0/UDP %s:%d;branch=z9hG4bK%d;rport" % (*self.address, number),
                   "Max-Forwards": "70", "From": f"<{self.uri}>;tag=t{number}",
                   "To": "<sip:1000@%s:%d>" % to, "Call-ID": f"{number}-{self.user}@{to[1]}",
                   "CSeq": f"1 {method}", "Contact": f"<{self.uri}>"}
        body = more.pop("body", b"")
        if body:
            headers["Content-Type"] = "application/sdp"
        headers.update(more)
        return SipMessage("%s sip:1000@%s:%d SIP/2.0" % (method, *to), headers.items(), body)

    def respond(self, request, status, reason, body=b"", tag="callee", to=None):
        """To a request that was received; with our tag in To where it has none."""
        headers = [(name, value) for name, value in request.headers
                   if name in ("Via", "From", "Call-ID", "CSeq", "Record-Route")]
        called = request["To"]
        headers += [("To", called if ";tag=" in called or status == 100 else f"{called};tag={tag}"),
                    ("Contact", f"<{self.uri}>")]
        if body:
            headers.append(("Content-Type", "application/sdp"))
        self.send(SipMessage(f"SIP/2.0 {status} {reason}", headers, body),
                  to or address_of(request.contact))

    def call(self, to, body):
        """Calls and waits to be answered."""
        dialog = PhoneCall(self, self.request("INVITE", to, body=body), to)
        self.send(dialog.invite, to)
        dialog.answered(self.expect_status(200, "INVITE"))
        return dialog


class PhoneCall:
    """A dialog of a phone that called."""

    def __init__(self, phone, invite, to):
        self.phone, self.invite, self.to = phone, invite, to
        self.answer = None
        self._cseq = 1

    def answered(self, answer):
        self.answer = answer
        self.media = answer.media
        self.acknowledge()

    def acknowledge(self):
        self.phone.send(self.within("ACK", self._cseq), self.to)

    def within(self, method, cseq=None, body=b""):
        if cseq is None:
            self._cseq += 1
        number = next(_numbers)
        headers = [(name, value) for name, value in self.invite.headers
                   if name in ("Max-Forwards", "From", "Call-ID", "Contact")]
        headers += [("Via", "SIP/2.0/UDP %s:%d;branch=z9hG4bK%d" % (*self.phone.address, number)),
                    ("To", self.answer["To"]), ("CSeq", f"{cseq or self._cseq} {method}")]
        if body:
            headers.append(("Content-Type", "application/sdp"))
        return SipMessage(f"{method} {self.answer.contact} SIP/2.0", headers, body)

    def hang_up(self):
        self.phone.send(self.within("BYE"), self.to)
        self.phone.expect_status(200, "BYE")
