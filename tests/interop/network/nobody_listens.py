#!/usr/bin/env python3
"""Calls and accounts at ports where nobody listens, as the network itself reports (ICMP): they end or
fail at once, and say why (RFC 3261, 8.1.3.1 and 18.4)."""

import time

from peers import call_log, cases
from peers.account import account, configure
from peers.daemon import Daemon
from peers.free_ports import free_port
from peers.phone import Phone
from peers.registrar import Registrar
from peers.waiting import wait_until
from peers.websocket_client import WebSocketClient

AT_ONCE = 1.0  # seconds; timer B would take 32


def call_ends_at_once(program, folder):
    """Ten in a row: the socket goes on, whatever was reported by it."""
    port = free_port()
    with Daemon(program, folder) as daemon, Phone() as witness:
        operator = WebSocketClient(*daemon.ws, "/?rtp=off")
        slowest = 0.0
        for _ in range(10):
            begun = time.monotonic()
            operator.send(f"CALL:sip:200@127.0.0.1:{port}")
            operator.expect(f"CALL_FAILED:503 nobody listens at 127.0.0.1:{port}")
            slowest = max(slowest, time.monotonic() - begun)
            witness.send(witness.request("OPTIONS", daemon.sip), daemon.sip)
            witness.expect_status(200, "OPTIONS")
        assert slowest < AT_ONCE, f"{slowest:.2f} s"
        print(f"ten calls to where nobody listens, the slowest had ended after {slowest:.3f} s")
        operator.close()
        daemon.stop()
        daemon.log_lines()
        for row in call_log.calls(daemon.files.db):
            assert row["final_code"] == 503, row
            assert row["reason"] == f"nobody listens at 127.0.0.1:{port}", row["reason"]


def account_says_so_at_once(program, folder):
    """And is tried again when its time has come, not before."""
    port = free_port()
    configure(folder, [account("200", f"127.0.0.1:{port}")])
    begun = time.monotonic()
    with Daemon(program, folder) as daemon:
        why, wait = daemon.has_said(r"account 200 is not registered: (.*); next try in (\d+) s"
                                    ).groups()
        took = time.monotonic() - begun
        assert why == f"nobody listens at 127.0.0.1:{port}", why
        assert 14 <= int(wait) <= 30, wait
        assert took < 3, f"{took:.2f} s"  # of which most is the start of the program
        with Registrar("127.0.0.1", port) as server:
            first = wait_until(server.bindings, "it tries again", seconds=40)[0]
            waited = first.at - begun
            assert abs(waited - took - int(wait)) < 2, f"tried again after {waited:.1f} s"
            daemon.has_said(r"account 200 is registered as 200@one.example")
            daemon.stop()
            daemon.log_lines()


if __name__ == "__main__":
    cases.run(call_ends_at_once, account_says_so_at_once)
