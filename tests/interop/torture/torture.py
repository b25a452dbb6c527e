#!/usr/bin/env python3
"""The torture tests of RFC 4475 against the real daemon, then twenty thousand mutants and rubbish: it
answers as the manifest beside the messages says, and works afterwards as if nothing had been."""

import datetime
import glob
import os
import random
import re
import time

from peers import call_log, cases, namespace, process
from peers.daemon import Daemon
from peers.phone import Phone
from peers.sipp import Sipp
from peers.sniffer import Sniffer

VECTORS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../vectors/rfc4475")
SEED = 4475
RUBBISH, AT_ONCE, AT_LEAST = 20000, 20, 2.5  # datagrams, and seconds
GARBAGE_LINE = re.compile(r" - (\S+ \S+) - (\S+):\d+ sent \d+ bytes that are no proper SIP")


def vectors():
    """name -> bytes"""
    found = {}
    for path in sorted(glob.glob(os.path.join(VECTORS, "*.dat"))):
        with open(path, "rb") as file:
            found[os.path.basename(path).removesuffix(".dat")] = file.read()
    assert len(found) >= 50, f"only {len(found)} messages in {VECTORS}"
    return found


def manifest():
    """(name, codes in order)"""
    with open(os.path.join(VECTORS, "wire-manifest.tsv"), encoding="utf-8") as file:
        for line in file:
            if line.strip() and not line.startswith("#"):
                name, codes = line.rstrip("\n").split("\t")[:2]
                yield name, [] if codes == "silence" else codes.split()


def ask(phone, daemon):
    """OPTIONS, and its 200: it is alive, and has read all that came before."""
    phone.send(phone.request("OPTIONS", daemon.sip), daemon.sip)
    phone.expect_status(200, "OPTIONS")


def check_it_works(folder, daemon, phone):
    ask(phone, daemon)
    with Sipp(folder, "uac", "-d", "300", daemon.sip_address) as far_end:
        far_end.wait()


def responses(sniffer, daemon, sender, witness, seen):
    """Codes that the daemon has sent since; its answer to the witness says when to stop looking."""
    codes = []
    for datagram in sniffer.datagrams(15):
        if datagram.source != daemon.sip:
            continue
        if datagram.destination == witness.address:
            return codes
        # Of an earlier message are the 200s that it repeats because nobody acknowledges them.
        repeated = datagram.data in seen and datagram.data.startswith(b"SIP/2.0 200 ")
        if datagram.data.startswith(b"SIP/2.0 ") and not repeated:
            seen.add(datagram.data)
            assert datagram.destination[0] == sender.address[0], (
                f"a response goes to {datagram.destination}: {datagram.data[:60]}")
            codes.append(datagram.data[8:11].decode())
    raise AssertionError("the daemon's answer to OPTIONS was not seen")


def answered_as(codes, wanted):
    """The manifest is of ringing calls and texts that nobody reads; here the machine answers, if it
    likes the offer, and keeps the texts."""
    if wanted[-1:] == ["180"]:
        return codes in ([*wanted, "200"], ["100", "488"], [*wanted, "488"])
    return codes == (["200"] if wanted == ["480"] else wanted)


def every_message(program, folder):
    messages, wrong, seen = vectors(), [], set()
    with (Daemon(program, folder) as daemon, Sniffer() as sniffer,
          Phone(port=5060, user="torturer") as sender, Phone(user="witness") as witness):
        for name, wanted in manifest():
            sender.send_bytes(messages[name], daemon.sip)
            ask(witness, daemon)
            codes = responses(sniffer, daemon, sender, witness, seen)
            if not answered_as(codes, wanted):
                wrong.append(f"{name}: {' '.join(codes) or 'silence'}, not {' '.join(wanted)}")
        assert not wrong, "; ".join(wrong)
        check_it_works(folder, daemon, witness)
        process.wait_until_idle(daemon.pid, 0.2)
        daemon.stop()
        states = {row["state"] for row in call_log.calls(daemon.files.db)}
        assert states == {"ended"}, states
        daemon.log_lines()


def every_message_without_own_network(program, folder):
    """Calls only ring, so that nothing is sent but responses, and these to whom they came from."""
    with (Daemon(program, folder, "--auto-answer-after", "never") as daemon,
          Phone(user="witness") as witness):
        for message in vectors().values():
            witness.send_bytes(message, daemon.sip)
        ask(witness, daemon)
        assert daemon.is_alive()


class Mutator:
    """Datagrams of every degree of wrongness, always the same ones in the same order."""

    def __init__(self, messages):
        self._random = random.Random(SEED)
        self._messages = list(messages)
        self._lines = [line for message in self._messages for line in message.split(b"\r\n")]
        self._ways = (self._noise, self._flipped, self._truncated, self._lines_mixed, self._grown,
                      self._numbers_changed, self._tokens_changed)

    def next(self):
        return self._random.choice(self._ways)(self._random.choice(self._messages))[:65000]

    def _noise(self, _):
        return self._random.randbytes(self._random.randrange(1, 1500))

    def _flipped(self, message):
        changed = bytearray(message)
        for _ in range(self._random.randrange(1, 8)):
            changed[self._random.randrange(len(changed))] = self._random.randrange(256)
        return bytes(changed)

    def _truncated(self, message):
        return message[:self._random.randrange(len(message))]

    def _lines_mixed(self, message):
        lines = message.split(b"\r\n")
        for _ in range(self._random.randrange(1, 5)):
            lines.insert(self._random.randrange(len(lines)), self._random.choice(self._lines))
        return b"\r\n".join(lines)

    def _grown(self, message):
        at = self._random.randrange(len(message))
        piece = message[at:at + self._random.randrange(1, 30)]
        return message[:at] + piece * self._random.randrange(1, 1000) + message[at:]

    def _numbers_changed(self, message):
        odd = (b"-1", b"0", b"4294967296", b"99999999999999999999999", b"0x10", b"")
        return re.sub(rb"\d+", lambda each: self._random.choice((each.group(),) * 8 + odd), message)

    def _tokens_changed(self, message):
        odd = (b"", b"%00", b"%s%n", b"\xff\xfe", b'"', b"<", b"\x00", b";;", b",,", b"..")
        return re.sub(rb"[:;,<>@=]", lambda each: self._random.choice((each.group(),) * 20 + odd),
                      message)


def check_garbage_lines(lines):
    """At most one a second for each source."""
    last, count = {}, 0
    for line in lines:
        if found := GARBAGE_LINE.search(line):
            at = datetime.datetime.strptime(found.group(1), "%Y-%m-%d %H:%M:%S,%f").timestamp()
            source = found.group(2)
            assert at - last.get(source, 0) > 0.99, f"two lines of {source} in a second: {line}"
            last[source] = at
            count += 1
    assert count > 0, "no line at all says that rubbish came"
    return count


def rubbish(program, folder):
    with (Daemon(program, folder, "--auto-answer-after", "never", "--ring-timeout", "1",
                 "--max-calls", "20") as daemon,
          Phone(user="one") as one, Phone("127.0.0.2", user="two") as two,
          Phone(user="witness") as witness):
        mutator = Mutator(vectors().values())
        begun, half, sent = time.monotonic(), 0, 0
        while sent < RUBBISH or time.monotonic() - begun < AT_LEAST:
            for _ in range(AT_ONCE // 2):
                one.send_bytes(mutator.next(), daemon.sip)
                two.send_bytes(mutator.next(), daemon.sip)
            ask(witness, daemon)
            sent += AT_ONCE
            if sent == RUBBISH // 2:
                half = process.resident_mb(daemon.pid)
        seconds = time.monotonic() - begun
        lost = process.datagrams_dropped(daemon.sip[1])
        assert lost < sent / 100, f"{lost} of {sent} datagrams never reached the daemon"
        process.wait_until_idle(daemon.pid)
        grown = process.resident_mb(daemon.pid) - half
        most = 300 if process.is_sanitized(daemon.pid) else 60
        assert grown < most, f"{grown:.0f} MB more than after the first half"
        witness.send(witness.request("OPTIONS", daemon.sip), daemon.sip)
        witness.expect_status(200, "OPTIONS")
        daemon.stop()
        said = check_garbage_lines(daemon.log_lines())
        print(f"{sent} datagrams in {seconds:.1f} s, {said} lines of the log, {grown:.1f} MB")
    with Daemon(program, folder) as daemon, Phone() as witness:
        check_it_works(folder, daemon, witness)
        daemon.stop()


if __name__ == "__main__":
    namespace.enter()
    cases.run(every_message if namespace.is_own() else every_message_without_own_network,
              rubbish)
