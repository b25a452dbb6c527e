#!/usr/bin/env python3
"""The network goes, comes back, has another address: the accounts see it at once, and what is sent
from then on is right. In a network of the test's own with a link that the test can cut."""

import os
import re
import sys
import time

from peers import cases, link, namespace
from peers.account import account, configure
from peers.daemon import Daemon
from peers.link import FAR, FAR6, NEAR, NEAR6, Link
from peers.registrar import Registrar
from peers.rtp import RtpEnd
from peers.waiting import wait_until
from peers.websocket_client import WebSocketClient

REGISTERED = r"account 200 is registered as 200@one.example at "
FAILED = r"account 200 is not registered: (.*); next try in (\d+) s - \w"
AT_ONCE = 3.0  # seconds; by itself it would take 15 and more
SETTLING = 0.5  # for so long the daemon waits for more changes
SKIPPED = 77  # CTest's SKIP_RETURN_CODE
ANOTHER = "10.77.0.9"


class Office:
    """A daemon with an account whose server is at the other end of the link."""

    def __init__(self, program, folder, transport="udp", host=FAR):
        self.link = Link()
        try:
            self.audio = self.link.at_far_end(lambda: RtpEnd(FAR))
            self.server = self.link.at_far_end(lambda: Registrar(host, media=self.audio.address))
            server = f"[{host}]" if ":" in host else host
            configure(folder, [account("200", server, transport)])
            self.daemon = Daemon(program, folder, environment={"SIP_LOCAL_IP": "0.0.0.0"})
        except BaseException:
            self.link.__exit__()
            raise

    def __enter__(self):
        try:
            self.daemon.has_said(f"{REGISTERED}|{FAILED}")
        except AssertionError:
            self.__exit__(True)
            raise
        return self

    def __exit__(self, failed, *rest):
        self.daemon.__exit__(failed, *rest)
        self.server.__exit__()
        self.audio.__exit__()
        self.link.__exit__()

    def binding_since(self, begun, contact):
        """How many seconds after that it was bound to this address, and how."""
        found = wait_until(
            lambda: next((each for each in self.server.bindings()
                          if each.at >= begun and contact in each.contact), None),
            f"a REGISTER with the Contact {contact}")
        return found.at - begun, found

    def is_registered_anew(self, count):
        wait_until(lambda: sum(bool(re.search(REGISTERED, line))
                               for line in list(self.daemon.output)) > count, "it says so")

    def times_registered(self):
        return sum(bool(re.search(REGISTERED, line)) for line in list(self.daemon.output))


def comes_back(program, folder, transport):
    with Office(program, folder, transport) as office:
        first, = office.server.bindings()
        assert f"@{NEAR}:" in first.contact, first
        office.link.down()
        why, wait = office.daemon.has_said(FAILED).groups()
        assert FAR in why, f"the reason names no place: {why}"
        assert int(wait) >= 10, f"the next try is in {wait} s, so that this test would prove nothing"
        before, begun = office.times_registered(), time.monotonic()
        office.link.up()
        took, _ = office.binding_since(begun, f"@{NEAR}:")
        assert took < AT_ONCE, f"{took:.2f} s to the first REGISTER"
        office.is_registered_anew(before)
        print(f"{transport}: gone because {why!r}; next try in {wait} s, but registered {took:.2f} s "
              "after the link was back")
        office.daemon.stop()
        office.daemon.log_lines()


def link_returns(program, folder):
    comes_back(program, folder, "udp")


def link_returns_under_tcp(program, folder):
    comes_back(program, folder, "tcp")


def another_address(program, folder, transport):
    with Office(program, folder, transport) as office:
        begun = time.monotonic()
        office.link.change_address(ANOTHER)
        took, binding = office.binding_since(begun, f"@{ANOTHER}:")
        assert took < AT_ONCE, f"{took:.2f} s to the first REGISTER"
        assert f" {ANOTHER}:" in binding.via and binding.source[0] == ANOTHER, binding
        print(f"{transport}: registered from the new address after {took:.2f} s")
        return office_calls(office) if transport == "udp" else office.daemon.stop()


def office_calls(office):
    """Everything of a call is at the new address: Via, Contact, SDP, and the audio itself."""
    program = WebSocketClient(*office.daemon.ws, "/?rtp=base64")
    program.send("CALL:300")
    call_id = program.expect("DIALING:").rsplit("##", 1)[1]
    program.expect(f"CALL_ANS:{call_id}")
    invite, = office.server.invites()
    assert invite.start == "INVITE sip:300@one.example SIP/2.0", invite.start
    assert f" {ANOTHER}:" in invite["Via"] and f"@{ANOTHER}:" in invite.contact, invite.headers
    assert invite.media[0] == ANOTHER, invite.body
    packets = office.audio.hear_for(0.5)
    assert len(packets) > 10, f"{len(packets)} packets of audio in half a second"
    assert {packet.source for packet in packets} == {invite.media}, packets[0]
    for _ in range(10):
        office.audio.send(b"\xd5" * 160, invite.media)
    program.hear(call_id)
    program.send(f"HANGUP:{call_id}")
    program.expect(f"BYE:{call_id}")
    program.close()
    office.daemon.stop()
    office.daemon.log_lines()


def address_changes(program, folder):
    another_address(program, folder, "udp")


def address_changes_under_tcp(program, folder):
    """The connection hangs on an address that is no more: another one is opened."""
    another_address(program, folder, "tcp")


def ipv6_address_comes(program, folder):
    """It is there some time before it can be used; what counts is when it can."""
    with Office(program, folder, host=FAR6) as office:
        _, wait = office.daemon.has_said(FAILED).groups()
        assert int(wait) >= 10, wait
        office.link.add_ipv6_address()
        begun = time.monotonic()
        took, binding = office.binding_since(begun, f"@[{NEAR6}]:")
        assert took < AT_ONCE, f"{took:.2f} s to the first REGISTER"
        assert binding.source[0] == NEAR6, binding
        print(f"registered {took:.2f} s after the IPv6 address could be used")
        office.daemon.stop()


def chatter_is_no_change(program, folder):
    """What does not concern it makes it register no more often."""
    with Office(program, folder) as office:
        link.run(f"ip route add 10.88.0.0/16 via {FAR}")
        link.run("ip route del 10.88.0.0/16")
        link.run(f"ip neighbour replace {FAR} lladdr 02:00:00:00:00:01 dev near nud stale")
        link.run(f"ip neighbour del {FAR} dev near")
        link.run("ip link set near mtu 1400")
        link.run("ip link add idle type veth peer name other")
        link.run("ip link del idle")
        assert not office.audio.hear_for(3 * SETTLING), "audio without a call"
        assert len(office.server.bindings()) == 1, office.server.bindings()
        office.daemon.stop()
        said = [line for line in office.daemon.log_lines() if "network has changed" in line]
        assert not said, said


if __name__ == "__main__":
    namespace.enter(namespace.EMPTY)
    if not namespace.is_own():
        print("NOT TESTED: a changing network takes root, or kernel.unprivileged_userns_clone = 1",
              flush=True)
        sys.exit(1 if os.environ.get("CI") else SKIPPED)
    cases.run(link_returns, link_returns_under_tcp, address_changes, address_changes_under_tcp,
              ipv6_address_comes, chatter_is_no_change)
