#!/usr/bin/env python3
"""The console as the one that is driven, and as the client, also where there is no display; links; the
console that a link starts."""

import os
import signal

from peers import cases
from peers.client import ask, calls, done, refused
from peers.console import Console
from peers.daemon import Daemon
from peers.phone import Phone, offer
from peers.waiting import wait_until

# Where a program that opened a window would fail.
NO_DISPLAY = {"QT_QPA_PLATFORM": "xcb", "DISPLAY": "", "WAYLAND_DISPLAY": ""}


def verbs(program, folder):
    with Phone(user="anna") as phone, Console(program, folder) as console:
        refused(program, folder, "--answer", saying=["no call is ringing"], environment=NO_DISPLAY)
        phone.send(phone.request("INVITE", console.sip, body=offer(("127.0.0.1", 9))), console.sip)
        phone.expect_status(180, "INVITE")
        done(program, folder, "--answer", environment=NO_DISPLAY)
        phone.expect_status(200, "INVITE")
        call, = calls(program, folder)
        assert (call["owner"], call["state"]) == ("operator", "active"), call
        done(program, folder, "--hangup")
        wait_until(lambda: calls(program, folder) == [], "the call is over")
        console.stop()
        console.log_lines()
    refused(program, folder, "--list", code=4, environment=NO_DISPLAY)


def links(program, folder):
    """Of each kind that a browser hands over; nothing is said where all is well."""
    with Phone(user="desk") as phone, \
            Console(program, folder, "--sip-server", "127.0.0.1:%d" % phone.address[1]) as console:
        host = "127.0.0.1:%d" % phone.address[1]
        for link, uri in (("tel:+49-30-123;phone-context=+49", f"sip:+4930123@{host}"),
                          ("tel:%2B49%2030%20123", f"sip:+4930123@{host}"),
                          ("callto://200", f"sip:200@{host}"),
                          (f"sip:200@{host}?Evil=1", f"sip:200@{host}")):
            assert done(program, folder, link, environment=NO_DISPLAY) == ""
            invite = phone.expect_request("INVITE")
            assert invite.start == f"INVITE {uri} SIP/2.0", invite.start
            assert b"Evil" not in invite.to_bytes()
            phone.respond(invite, 486, "Busy Here", to=console.sip)
            phone.expect_request("ACK")
        for wrong in ("mailto:x", "foo", "https://x.example/"):
            refused(program, folder, wrong, code=2, saying=[f"'{wrong}' can't be called: "],
                    environment=NO_DISPLAY)
        refused(program, folder, "tel:1", "tel:2", code=2, saying=["'tel:2' is too many"],
                environment=NO_DISPLAY)
        # What is no link is for the operator to look at: into the dial field.
        assert done(program, folder, "0301234", environment=NO_DISPLAY) == ""
        assert phone.receive(0.2) is None
        refused(program, folder, "tel:nobody", saying=["'nobody' can't be dialled"])
        assert done(program, folder, "--call", f"sip:1@{host}").startswith("call ")
        phone.respond(phone.expect_request("INVITE"), 486, "Busy Here", to=console.sip)
        console.stop()
        console.log_lines()


def link_starts_the_console(program, folder):
    with Phone(user="desk") as phone:
        for way in ((phone.uri,), ("--call", phone.uri)):
            with Console(program, folder, *way) as console:
                invite = phone.expect_request("INVITE")
                phone.respond(invite, 180, "Ringing", to=console.sip)  # or there is no CANCEL
                wait_until(lambda: calls(program, folder)[0]["state"] == "ringing_out", "it rings")
                call, = calls(program, folder)
                assert (call["direction"], call["owner"]) == ("out", "operator"), call
                console.signal(signal.SIGTERM)
                phone.respond(phone.expect_request("CANCEL"), 200, "OK", to=console.sip)
                console.wait_for_end(signal.SIGTERM)


def console_that_hangs(program, folder):
    """It is not waited for for ever, and does not dial when it comes back to life."""
    with Phone(user="desk") as phone, Console(program, folder) as console:
        console.signal(signal.SIGSTOP)
        said = ask(program, folder, "--list", environment=NO_DISPLAY)
        assert said.code == 4, said
        console.signal(signal.SIGCONT)
        assert phone.receive(0.5) is None
        assert done(program, folder, "--list") == "no calls\n"
        console.stop()


def beside_a_daemon(program, folder):
    """A console without the call log's lock has no calls: the daemon does what is asked."""
    daemon_program = os.path.join(os.path.dirname(program), "hookswitchd")
    with Phone(user="desk") as phone, Daemon(daemon_program, folder) as daemon:
        def both_list():
            return [call["number"] for call in calls(program, folder)]

        assert done(program, folder, "--call", phone.uri) == "call 1\n"
        phone.expect_request("INVITE")
        assert both_list() == ["desk"]
        assert [call["owner"] for call in calls(daemon_program, folder)] == ["machine"]
        done(program, folder, "--hangup", "all")
        daemon.stop()


def without_a_display(program, folder):
    """What can be said is said; the window that can't be opened is named, without a core dump."""
    assert "--theme" in done(program, folder, "--help", environment=NO_DISPLAY)
    assert done(program, folder, "--version", environment=NO_DISPLAY).startswith("hookswitch ")
    assert "sip_port = " in done(program, folder, "--print-config", environment=NO_DISPLAY)
    refused(program, folder, saying=["no display", "hookswitchd"], environment=NO_DISPLAY)


if __name__ == "__main__":
    cases.run(without_a_display, verbs, links, link_starts_the_console, console_that_hangs, beside_a_daemon)
