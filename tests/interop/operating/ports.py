#!/usr/bin/env python3
"""RTP ports: a call that there is none for is refused, one that another program holds is left out, and
all are free once calls are over. The same for the limit of calls."""

import socket

from peers import call_log, cases, process
from peers.daemon import Daemon
from peers.free_ports import free_port, free_range
from peers.phone import Phone, PhoneCall, offer
from peers.sipp import Sipp
from peers.waiting import wait_until
from peers.websocket_client import WebSocketClient

SLOT = 4  # ports


def attempt(phone, daemon):
    """Calls; the answer, acknowledged: a PhoneCall, or the refusal."""
    invite = phone.request("INVITE", daemon.sip, body=offer(("127.0.0.1", free_port())))
    phone.send(invite, daemon.sip)
    answer = phone.expect(lambda each: each.status >= 200 and each.method == "INVITE"
                          and each["Call-ID"] == invite["Call-ID"], "final answer")
    call = PhoneCall(phone, invite, daemon.sip)
    if answer.status == 200:
        call.answered(answer)
        return call
    ack = phone.request("ACK", daemon.sip, **{
        name: invite[name] for name in ("Via", "From", "Call-ID")})
    ack.replace("To", answer["To"])
    phone.send(ack, daemon.sip)
    return answer


def answered(phone, daemon):
    """A call, or None while there is no port: the one of a call that ended is free a moment later."""
    call = attempt(phone, daemon)
    return call if isinstance(call, PhoneCall) else None


def check_refused(answer):
    assert answer.status == 503, f"refused with {answer.start}"
    assert int(answer["Retry-After"].split()[0]) > 0, answer["Retry-After"]


def is_bound(port):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def bound(first, count):
    return [port for port in range(first, first + count) if is_bound(port)]


def used_up(program, folder):
    first = free_range(3 * SLOT)
    ports = f"{first}-{first + 3 * SLOT - 3}"
    with Daemon(program, folder, "--rtp-ports", ports) as daemon, Phone() as phone:
        client = WebSocketClient(*daemon.ws, "/?rtp=off")
        calls = [attempt(phone, daemon) for _ in range(3)]
        media = {call.media[1] for call in calls}
        assert media == {first, first + SLOT, first + 2 * SLOT}, media
        for port in media:
            assert is_bound(port) and is_bound(port + 1), f"RTP {port} or its RTCP is not bound"
        check_refused(attempt(phone, daemon))
        client.send(f"CALL:{phone.uri}")
        assert client.expect("CALL_FAILED:").startswith("503 "), "dialled without a port"
        calls.pop(0).hang_up()
        calls.append(wait_until(lambda: answered(phone, daemon), "a port is free again"))
        for call in calls:
            call.hang_up()
        wait_until(lambda: not bound(first, 3 * SLOT), "all ports are free")
        client.close()
        daemon.stop()
        assert any("[WARNING]" in line and "503" in line for line in daemon.log_lines()), (
            "no warning in the log that calls were refused")


def limit_of_calls(program, folder):
    with Daemon(program, folder, "--max-calls", "2") as daemon, Phone() as phone:
        calls = [attempt(phone, daemon) for _ in range(2)]
        check_refused(attempt(phone, daemon))
        calls[0].hang_up()
        attempt(phone, daemon).hang_up()
        calls[1].hang_up()
        daemon.stop()
        codes = [row["final_code"] for row in call_log.calls(daemon.files.db)]
        assert sorted(codes) in ([200, 200, 200], [200, 200, 200, 503]), codes
        daemon.log_lines()


def held_by_another(program, folder):
    """Whether it holds the port of RTP or that of RTCP."""
    first = free_range(4 * SLOT)
    ports = f"{first}-{first + 4 * SLOT - 3}"
    with (socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as rtp,
          socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as rtcp):
        rtp.bind(("0.0.0.0", first))
        rtcp.bind(("0.0.0.0", first + 2 * SLOT + 1))
        with Daemon(program, folder, "--rtp-ports", ports) as daemon, Phone() as phone:
            calls = [attempt(phone, daemon) for _ in range(2)]
            media = {call.media[1] for call in calls}
            assert media == {first + SLOT, first + 3 * SLOT}, media
            check_refused(attempt(phone, daemon))
            for call in calls:
                call.hang_up()
            daemon.stop()


def nothing_is_left(program, folder):
    """After many calls: no port, no descriptor more than before."""
    first = free_range(10 * SLOT)
    ports = f"{first}-{first + 10 * SLOT - 1}"
    with Daemon(program, folder, "--rtp-ports", ports) as daemon:
        with Sipp(folder, "uac", "-d", "100", daemon.sip_address) as far_end:
            far_end.wait()
        before = process.descriptors(daemon.pid)
        with Sipp(folder, "uac", "-d", "100", "-m", "60", "-r", "40", "-l", "10",
                  daemon.sip_address) as far_ends:
            far_ends.wait()
        wait_until(lambda: not bound(first, 10 * SLOT), "all ports are free")
        wait_until(lambda: process.descriptors(daemon.pid) <= before,
                   f"no more than {before} descriptors are open")
        daemon.stop()
        daemon.log_lines()


if __name__ == "__main__":
    cases.run(used_up, limit_of_calls, held_by_another, nothing_is_left)
