"""A bad network between the daemon and a peer, for the RTP of one call: the impairing_proxy of
these tests, and beside it a relay of SIP over UDP that puts the proxy's ports into the SDP of both.

The near end is the daemon, the far end the peer: who calls the other one calls the relay instead.
"""

import json
import os
import queue
import re
import select
import socket
import subprocess
import threading

from peers import children

MEDIA = re.compile(rb"^(m=audio )(\d+)", re.M)
LENGTH = re.compile(rb"^(Content-Length|l)[ \t]*:[ \t]*\d+", re.M | re.I)


class BadNetwork:
    """`options` are those of the proxy: to_near, to_far, nat, rtcp, seed."""

    def __init__(self, program, daemon_sip, peer_sip, **options):
        proxy = os.path.join(os.path.dirname(program), "impairing_proxy")
        self._process = children.start([proxy, json.dumps(options)], stdin=subprocess.PIPE)
        self._answers = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        ports = self._answer()
        assert "near" in ports, f"the proxy did not start: {ports}"
        self._media_ports = {side: int(ports[side].rpartition(":")[2]) for side in ("near", "far")}
        self._sip = {side: self._bound() for side in ("near", "far")}
        self._ends = {"near": daemon_sip, "far": peer_sip}
        self._running = True
        self._relay = threading.Thread(target=self._carry_sip, daemon=True)
        self._relay.start()

    @staticmethod
    def _bound():
        end = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        end.bind(("127.0.0.1", 0))
        return end

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._running = False
        self._relay.join()
        for end in self._sip.values():
            end.close()
        self._process.stdin.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def sip_address(self, seen_from):
        """Where the other side is, as this one ("near", "far") has to call it: host:port."""
        return "127.0.0.1:%d" % self._sip[seen_from].getsockname()[1]

    def tell(self, **orders):
        self._process.stdin.write(json.dumps(orders) + "\n")
        self._process.stdin.flush()
        answer = self._answer()
        assert "error" not in answer, f"{orders}: {answer}"
        return answer

    def statistics(self):
        return self.tell(statistics=True)

    def _read(self):
        for line in self._process.stdout:
            self._answers.put(line)
        self._answers.put('{"error": "the proxy has ended"}')

    def _answer(self):
        line = self._answers.get(timeout=10)
        try:
            return json.loads(line)
        except ValueError:
            raise AssertionError(f"the proxy says: {line}") from None

    def _carry_sip(self):
        other = {"near": "far", "far": "near"}
        sides = {self._sip[side]: side for side in self._sip}
        while self._running:
            for readable in select.select(list(sides), [], [], 0.1)[0]:
                side = sides[readable]
                datagram, _ = readable.recvfrom(65536)
                self._sip[other[side]].sendto(self._rewritten(datagram, side),
                                              self._ends[other[side]])

    def _rewritten(self, datagram, side):
        """With the port at which the other end of the call reaches this one."""
        head, separator, body = datagram.partition(b"\r\n\r\n")
        media = MEDIA.search(body)
        if not media:
            return datagram
        self.tell(**{side: "127.0.0.1:%d" % int(media[2])})
        # What comes from the near end is for the far one, which sends to the proxy's far port.
        port = self._media_ports["far" if side == "near" else "near"]
        body = MEDIA.sub(rb"\g<1>%d" % port, body)
        body = b"".join(line for line in body.splitlines(keepends=True)
                        if not line.startswith(b"a=rtcp:"))
        return LENGTH.sub(rb"\1: %d" % len(body), head) + separator + body
