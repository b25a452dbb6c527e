"""A WebSocket client (RFC 6455) of the text protocol, as small as a first client may be."""

import array
import base64
import os
import re
import socket
import time


class Closed(AssertionError):
    def __init__(self, code, awaited):
        super().__init__(f"closed with {code} while waiting for {awaited}")
        self.code = code


class WebSocketClient:
    def __init__(self, host, port, path="/"):
        self._socket = self._connect((host, port))
        self._buffer = b""
        key = base64.b64encode(os.urandom(16)).decode()
        self._socket.sendall((
            f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n"
        ).encode())
        while b"\r\n\r\n" not in self._buffer:
            self._receive()
        head, _, self._buffer = self._buffer.partition(b"\r\n\r\n")
        status = head.split(b"\r\n")[0].decode()
        assert re.match(r"HTTP/1\.1 101\b", status), f"the handshake was answered with: {status}"
        self.others = []  # what expect() has passed over

    def _connect(self, address):
        return socket.create_connection(address, timeout=10)

    def close(self):
        self._socket.close()

    def send(self, text):
        self._send_frame(0x1, text.encode())

    def expect(self, start, seconds=15):
        """The rest of the next message that begins with `start`; an ERROR on the way is a failure."""
        deadline = time.monotonic() + seconds
        while True:
            message = self._message(deadline, start)
            if message.startswith(start):
                return message[len(start):]
            assert not message.startswith("ERROR"), f"while waiting for {start}: {message}"
            self.others.append(message)

    def receive(self, awaited="message", seconds=15):
        """The next message, whatever it is."""
        return self._message(time.monotonic() + seconds, awaited)

    def play(self, call_id, samples):
        """Lets the far end of this call hear 16-bit samples, 8000 a second."""
        self.send(f"RTP:{call_id}##{base64.b64encode(samples).decode()}")

    def hear(self, call_id, seconds=15):
        """The next 20 ms from the far end; the client must have connected with ?rtp=base64."""
        return array.array("h", base64.b64decode(self.expect(f"RTP:{call_id}##", seconds)))

    def receive_frame(self, seconds=15):
        """(call_id, samples) of the next 20 ms of whatever call."""
        call_id, audio = self.expect("RTP:", seconds).rsplit("##", 1)
        return call_id, array.array("h", base64.b64decode(audio))

    def expect_closed(self, code, seconds=15):
        """That the server ends the connection with this code; messages before are passed over."""
        deadline = time.monotonic() + seconds
        try:
            while True:
                self.others.append(self._message(deadline, "close"))
        except Closed as closed:
            assert closed.code == code, f"closed with {closed.code}, not {code}"

    def _message(self, deadline, awaited):
        parts = []
        while True:
            try:
                final, opcode, payload = self._frame(deadline)
            except TimeoutError:
                heard = [message[:40] for message in self.others[-5:]]
                raise AssertionError(f"no {awaited} in time; before it came {heard}") from None
            if opcode == 0x9:
                self._send_frame(0xA, payload)
            elif opcode == 0x8:
                raise Closed(int.from_bytes(payload[:2], "big"), awaited)
            elif opcode in (0x0, 0x1, 0x2):
                parts.append(payload)
                if final:
                    return b"".join(parts).decode()

    def _send_frame(self, opcode, payload):
        size = len(payload)
        head = bytes([0x80 | opcode])
        if size < 126:
            head += bytes([0x80 | size])
        elif size < 65536:
            head += bytes([0x80 | 126]) + size.to_bytes(2, "big")
        else:
            head += bytes([0x80 | 127]) + size.to_bytes(8, "big")
        mask = os.urandom(4)
        key = mask * (size // 4 + 1)
        self._socket.sendall(head + mask + bytes(a ^ b for a, b in zip(payload, key)))

    def _frame(self, deadline):
        first, second = self._take(2, deadline)
        size = second & 0x7F
        if size > 125:
            size = int.from_bytes(self._take(2 if size == 126 else 8, deadline), "big")
        return first & 0x80, first & 0x0F, self._take(size, deadline)

    def _take(self, count, deadline):
        while len(self._buffer) < count:
            self._socket.settimeout(max(0.01, deadline - time.monotonic()))
            self._receive()
        taken, self._buffer = self._buffer[:count], self._buffer[count:]
        return taken

    def _receive(self):
        received = self._socket.recv(65536)
        assert received, "the connection was closed without a close frame"
        self._buffer += received
