#!/usr/bin/env python3
"""Programs that speak the text protocol, with Debian's python3-websockets.

usage: text_client.py SCENARIO ws://ADDRESS:PORT/...

Exit code 0 if the server did what an existing program expects of it; else a sentence on stderr.
"""

import asyncio
import base64
import struct
import sys

try:
    import websockets
except ImportError:
    sys.exit("python3-websockets is missing; apt-get install python3-websockets")

PATIENCE = 20  # seconds for all of a scenario
NUMBER = "0912341234"
FRAME = struct.pack("<160h", *range(160))  # 20 ms


def check(condition, what):
    if not condition:
        raise AssertionError(what)


class SeedClient:
    """Reads as the first client of this protocol did: NAME:argument, other names are skipped."""

    KNOWN = ("RING_ANS", "CALL_ANS", "CALL_IGNORE", "RING_IGNORE", "CALL_FAILED", "BYE", "RTP")

    def __init__(self, socket):
        self.socket = socket

    async def event(self):
        while True:
            message = await self.socket.recv()
            check(isinstance(message, str), "a binary message came")
            name, _, argument = message.partition(":")
            if name in self.KNOWN:
                return name, argument

    async def expect(self, name):
        came, argument = await self.event()
        check(came == name, f"{came}:{argument[:60]} came, not {name}")
        return argument

    async def play(self, call_id, frames):
        for _ in range(frames):
            audio = base64.b64encode(FRAME).decode("ascii")
            await self.socket.send(f"RTP:{call_id}##{audio}")

    async def hear(self, packets):
        heard = []
        while len(heard) < packets:
            payload_type, separator, payload = (await self.expect("RTP")).partition("##")
            check(separator, "RTP came without a payload type")
            heard.append((int(payload_type), bytes.fromhex(payload)))
        return heard


async def dial(url):
    """Learns the call's id from CALL_IGNORE on 180, speaks, hears, and hangs up with a bare BYE."""
    async with websockets.connect(url) as socket:
        client = SeedClient(socket)
        await socket.send(f"CALL:{NUMBER}")
        call_id = await client.expect("CALL_IGNORE")
        check(await client.expect("CALL_ANS") == call_id, "CALL_ANS names another call")
        await client.play(call_id, 3)
        heard = await client.hear(5)
        check(heard == [(8, bytes([i]) * 160) for i in range(5)], f"heard {heard}")
        await socket.send("BYE")
        check(await client.expect("BYE") == call_id, "BYE names another call")


async def dial_and_fail(url):
    async with websockets.connect(url) as socket:
        client = SeedClient(socket)
        await socket.send(f"CALL:{NUMBER}")
        status, _, reason = (await client.expect("CALL_FAILED")).partition(" ")
        check((status, reason) == ("486", "Busy Here"), f"failed with {status} {reason}")


async def answer(url):
    """Answers what rings, plays, and ends it by its id. The number has '##' in it."""
    async with websockets.connect(url) as socket:
        client = SeedClient(socket)
        number, _, call_id = (await client.expect("RING_ANS")).rpartition("##")
        check(number == "*31##7", f"the number came as {number}")
        await socket.send(f"CALL_ANS:{call_id}")
        check(await client.expect("CALL_ANS") == call_id, "CALL_ANS names another call")
        await client.play(call_id, 1)
        await socket.send(f"HANGUP:{call_id}")
        check(await client.expect("BYE") == call_id, "BYE names another call")


async def too_long(url):
    async with websockets.connect(url) as socket:
        try:
            await socket.send("RTP:" + "A" * (1 << 20))
            await socket.recv()
        except websockets.ConnectionClosed as closed:
            check(closed.rcvd is not None, f"no close frame came: {closed}")
            check(closed.rcvd.code == 1009, f"closed with {closed.rcvd.code}")
        else:
            check(False, "the message was taken")


async def refused(url):
    try:
        async with websockets.connect(url):
            pass
    except websockets.InvalidStatusCode as answer:
        check(answer.status_code == 400, f"answered with {answer.status_code}")
    else:
        check(False, "the connection was accepted")


async def with_token(url):
    headers = {"Authorization": "Bearer s3cret"}
    async with websockets.connect(url, extra_headers=headers) as socket:
        await socket.send("NONSENSE")
        check((await socket.recv()).startswith("ERROR:"), "no ERROR came")


async def idle(url):
    """Does nothing but read: the library answers pings by itself. Ends with the server."""
    async with websockets.connect(url, ping_interval=None) as socket:
        try:
            await socket.recv()
        except websockets.ConnectionClosed as closed:
            check(closed.rcvd and closed.rcvd.code == 1001, f"ended with {closed}")
        else:
            check(False, "an event came")


SCENARIOS = {each.__name__: each
             for each in (dial, dial_and_fail, answer, too_long, refused, with_token, idle)}


def main():
    _, scenario, url = sys.argv
    try:
        asyncio.run(asyncio.wait_for(SCENARIOS[scenario](url), PATIENCE))
    except AssertionError as failure:
        sys.exit(f"{scenario}: {failure}")
    except asyncio.TimeoutError:
        sys.exit(f"{scenario}: still waiting after {PATIENCE} s")


if __name__ == "__main__":
    main()
