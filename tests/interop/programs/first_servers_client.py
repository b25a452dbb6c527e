#!/usr/bin/env python3
"""A program that was written for the first relay server, as its manual shows, with a WebSocket library
of others: it works with hookswitchd unchanged."""

import asyncio
import base64

from peers import cases
from peers import scenario as s
from peers.daemon import Daemon
from peers.sipp import CAPTURE, ECHOING_CALLEE, Sipp, pcap_payload, playing_scenario
from peers.sound import tone

import websockets

PATIENCE = 30  # seconds for all of a case


class Client:
    """Reads NAME:argument, and no names but those of the manual."""

    KNOWN = ("RING_ANS", "CALL_ANS", "CALL_IGNORE", "RING_IGNORE", "CALL_FAILED", "BYE", "RTP")

    def __init__(self, socket):
        self.socket = socket
        self.audio = []

    async def expect(self, name):
        """The argument of the next event, which must be this; audio meanwhile is kept."""
        while True:
            came, _, argument = (await self.socket.recv()).partition(":")
            if came == name:
                return argument
            if came == "RTP":
                self.audio.append(bytes.fromhex(argument))
            else:
                assert came not in self.KNOWN, f"{came}:{argument} came, not {name}"

    async def hear(self, packets):
        return [bytes.fromhex(await self.expect("RTP")) for _ in range(packets)]


def talk(daemon, conversation, *arguments):
    async def connected():
        async with websockets.connect("ws://%s:%d" % daemon.ws) as socket:
            await conversation(Client(socket), *arguments)

    try:
        asyncio.run(asyncio.wait_for(connected(), PATIENCE))
    except asyncio.TimeoutError:
        raise AssertionError(f"still waiting after {PATIENCE} s") from None


async def listen(client, start_caller):
    caller = start_caller()
    number, call_id = (await client.expect("RING_ANS")).split("##")
    assert number == "0912345678", number
    assert await client.expect("CALL_ANS") == call_id
    assert await client.expect("BYE") == call_id
    caller.wait()
    said = pcap_payload(CAPTURE)
    assert b"".join(client.audio) == said, (
        f"{len(client.audio)} packets came, not what the caller said")


def machine_answers(program, folder):
    """The program listens: it gets what the caller said, packet by packet, as hex."""
    with Daemon(program, folder) as daemon:
        callers = []

        def start():
            callers.append(Sipp(folder, playing_scenario(folder), "-s", "1000", daemon.sip_address))
            return callers[0]

        try:
            talk(daemon, listen, start)
        finally:
            for caller in callers:
                caller.kill()
        daemon.stop()
        daemon.log_lines()


async def dial(client):
    await client.socket.send("CALL:0912341234")
    call_id = await client.expect("CALL_IGNORE")  # it rings
    assert await client.expect("CALL_ANS") == call_id
    sound = tone(440, 1)
    await client.socket.send(f"RTP:{call_id}##{base64.b64encode(sound).decode()}")
    heard, loud = [], 0
    while loud < 20:  # packets that the far end has sent back
        heard += await client.hear(1)
        # A-law of a loud sound has many different codes, of silence one.
        loud += len(set(heard[-1])) > 20
    await client.socket.send(f"RTP:{sound[:160].tobytes().hex()}")
    await client.socket.send("BYE")
    assert await client.expect("BYE") == call_id


def program_dials(program, folder):
    """And hangs up by BYE without an id, as in the manual's example."""
    with (Sipp(folder, ECHOING_CALLEE, "-rtp_echo") as callee,
          Daemon(program, folder, "--sip-server", f"127.0.0.1:{callee.port}") as daemon):
        talk(daemon, dial)
        callee.wait()
        daemon.stop()
        daemon.log_lines()


async def dial_in_vain(client):
    await client.socket.send("CALL:0912341234")
    await client.expect("CALL_IGNORE")
    assert await client.expect("CALL_FAILED") == "486 Busy Here"


def callee_is_busy(program, folder):
    busy = s.write(folder, "busy", s.receive_request("INVITE"), s.respond(180, "Ringing"),
                   s.respond(486, "Busy Here"), s.receive_request("ACK"))
    with (Sipp(folder, busy) as callee,
          Daemon(program, folder, "--sip-server", f"127.0.0.1:{callee.port}") as daemon):
        talk(daemon, dial_in_vain)
        callee.wait()
        daemon.stop()


async def answer_each_way(client, start_caller):
    """The documented commands that the first server never understood."""
    for command, event in (("RING_ANS:caller", "CALL_ANS"), ("CALL_ANS:{}", "CALL_ANS"),
                           ("CALL_IGNORE:{}", "CALL_IGNORE"), ("RING_IGNORE:{}", "CALL_IGNORE")):
        caller = start_caller(event)
        number, call_id = (await client.expect("RING_ANS")).split("##")
        assert number == "caller", number
        await client.socket.send(command.format(call_id))
        assert await client.expect(event) == call_id
        if event == "CALL_ANS":
            await client.socket.send(f"HANGUP:{call_id}")
            assert await client.expect("BYE") == call_id
        caller.wait()


def program_answers(program, folder):
    rings = (s.invite(), s.receive(100), s.receive(180))
    scenarios = {
        "CALL_ANS": s.write(folder, "answered", *rings, s.receive(200), s.ack(),
                            s.receive_request("BYE"), s.ok_within()),
        "CALL_IGNORE": s.write(folder, "refused", *rings, s.receive(486), s.ack_refusal())}
    with Daemon(program, folder, "--auto-answer-after", "never") as daemon:
        talk(daemon, answer_each_way,
             lambda event: Sipp(folder, scenarios[event], daemon.sip_address))
        daemon.stop()
        daemon.log_lines()


async def talk_rubbish(client):
    for rubbish in ("", ":", "NONSENSE", "call:123", "CALL:", "CALL_ANS:", "CALL_ANS:nobody", "BYE",
                    "BYE:nobody", "HANGUP:nobody", "RTP:", "RTP:zz", "RTP:00", "RTP:nobody##AAAA",
                    "\u0000", "CALL:\r\nX: y", "CALL:sip:", b"\x00\x01"):
        await client.socket.send(rubbish)
        answer = await client.socket.recv()
        assert answer.startswith("ERROR:") and len(answer) > 12, f"{rubbish!r} got {answer!r}"


def rubbish_is_answered(program, folder):
    with Daemon(program, folder) as daemon:
        talk(daemon, talk_rubbish)
        daemon.stop()
        daemon.log_lines()


if __name__ == "__main__":
    cases.run(machine_answers, program_dials, callee_is_busy, program_answers, rubbish_is_answered)
