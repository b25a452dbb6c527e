#!/usr/bin/env python3
"""Calls by the dozen, with audio, each way and both at once: none fails, none is mixed up."""

import os

from peers import call_log, cases
from peers.daemon import Daemon
from peers.recordings import names, read
from peers.sipp import ECHOING_CALLEE, Sipp, playing_scenario, speech
from peers.sound import peak, tone
from peers.websocket_client import WebSocketClient

COMING, AT_ONCE, A_SECOND = 100, 30, 20
GOING = 30
ECHOED = 15  # frames of a tone that must come back on every call


def callers(folder, daemon):
    scenario = playing_scenario(folder, milliseconds=1000)
    return Sipp(folder, scenario, "-s", "1000", "-m", str(COMING), "-l", str(AT_ONCE),
                "-r", str(A_SECOND), daemon.sip_address)


def callees(folder):
    return Sipp(folder, ECHOING_CALLEE, "-rtp_echo", "-m", str(GOING))


def dial(client):
    """Call-ID -> number of as many calls as there are, made at once and answered."""
    wanted = {str(2000 + i) for i in range(GOING)}
    for number in sorted(wanted):
        client.send(f"CALL:{number}")
    dialled, answered = {}, set()
    while len(answered) < GOING:
        name, _, argument = client.receive("CALL_ANS").partition(":")
        if name == "DIALING":
            number, call_id = argument.rsplit("##", 1)
            dialled[call_id] = number
        elif name == "CALL_ANS" and argument in dialled:
            answered.add(argument)
        assert name not in ("ERROR", "CALL_FAILED"), f"{name}:{argument}"
    assert set(dialled.values()) == wanted, dialled
    return dialled


def talk(client, calls):
    """Speaks on every call until each has sent the sound back."""
    sound = tone(440, 1)
    for call_id in calls:
        client.play(call_id, sound)
    lacking = dict.fromkeys(calls, ECHOED)
    while lacking:
        call_id, frame = client.receive_frame()
        if call_id in lacking and peak(frame) > 6000:
            lacking[call_id] -= 1
            if lacking[call_id] == 0:
                del lacking[call_id]


def hang_up(client, calls):
    for call_id in calls:
        client.send(f"HANGUP:{call_id}")
    ended = set()
    while ended != set(calls):
        name, _, argument = client.receive("BYE").partition(":")
        assert name != "ERROR", f"ERROR:{argument}"
        if name == "BYE" and argument in calls:
            ended.add(argument)


def check_log(daemon, direction, count):
    rows = [row for row in call_log.calls(daemon.files.db) if row["direction"] == direction]
    assert len(rows) == count, f"{len(rows)} calls {direction} in the log, not {count}"
    for row in rows:
        assert row["state"] == "ended" and row["final_code"] == 200, dict(row)
        assert row["packets_sent"] > 0 and row["packets_received"] > 0, dict(row)
        assert row["packets_foreign"] == 0, dict(row)


def check_recordings(daemon, direction, count):
    """Each has both sides: of those that came, what SIPp said, sample for sample."""
    said = speech()[:4000].tobytes()
    found = [name for name in names(daemon.recordings) if f"_{direction}_" in name]
    assert len(found) == count, f"{len(found)} recordings {direction}, not {count}"
    for name in found:
        left, right = read(os.path.join(daemon.recordings, name))
        if direction == "in":
            assert said in left.tobytes(), f"{name} lacks what SIPp said, as it was"
            assert peak(right) > 1000, f"{name} lacks the greeting"
        else:
            assert peak(right) > 6000 and peak(left) > 6000, f"{name} lacks the tone or its echo"


def finish(daemon, **directions):
    daemon.stop()
    daemon.log_lines()
    for direction, count in directions.items():
        direction = direction.rstrip("_")
        check_log(daemon, direction, count)
        check_recordings(daemon, direction, count)


def hundred_come(program, folder):
    with Daemon(program, folder) as daemon:
        with callers(folder, daemon) as far_ends:
            far_ends.wait()
        finish(daemon, in_=COMING, out=0)


def thirty_go(program, folder):
    with (callees(folder) as far_ends,
          Daemon(program, folder, "--sip-server", f"127.0.0.1:{far_ends.port}") as daemon):
        client = WebSocketClient(*daemon.ws, "/?rtp=base64")
        calls = dial(client)
        talk(client, calls)
        hang_up(client, calls)
        far_ends.wait()
        client.close()
        finish(daemon, in_=0, out=GOING)


def both_ways(program, folder):
    with (callees(folder) as answering,
          Daemon(program, folder, "--sip-server", f"127.0.0.1:{answering.port}") as daemon,
          callers(folder, daemon) as calling):
        client = WebSocketClient(*daemon.ws, "/?rtp=base64")
        calls = dial(client)
        talk(client, calls)
        hang_up(client, calls)
        client.close()
        answering.wait()
        calling.wait()
        finish(daemon, in_=COMING, out=GOING)


if __name__ == "__main__":
    cases.run(hundred_come, thirty_go, both_ways)
