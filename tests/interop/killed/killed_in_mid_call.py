#!/usr/bin/env python3
"""A power cut in mid-call, as near as SIGKILL comes to it: what was said is kept, and it goes on."""

import os

from peers import call_log, cases
from peers.daemon import Daemon
from peers.recordings import names, only_recording
from peers.sipp import Sipp, playing_scenario, speech
from peers.sound import peak
from peers.waiting import wait_until
from peers.websocket_client import WebSocketClient

RATE = 8000
FRAMES = 150  # of 20 ms, heard by a program before the cut
MAY_BE_LOST = 2 * RATE  # samples; the promise is one second, the other is for a slow machine


def alive(daemon):
    """The rows of calls that have not ended."""
    return [row for row in call_log.calls(daemon.files.db) if row["state"] != "ended"]


def call_until_killed(daemon, folder, scenario):
    """Kills the daemon when a program has heard some of the call."""
    client = WebSocketClient(*daemon.ws, "/?rtp=base64")
    with Sipp(folder, scenario, "-s", "1000", daemon.sip_address):
        client.expect("RING_ANS:")
        call_id = client.expect("CALL_ANS:")
        for _ in range(FRAMES):
            client.expect(f"RTP:{call_id}##")
        daemon.kill()
    client.close()
    return call_id


def check_recording(daemon):
    left, right = only_recording(daemon.recordings, "in")
    said = speech()
    at = left.tobytes().find(said[:RATE].tobytes()) // 2
    assert at >= 0, "the first second that the caller said is not in the recording as it was"
    kept = len(left) - at
    assert left[at:] == said[:kept], "what the caller said is not in the recording as it was"
    assert kept >= FRAMES * 160 - MAY_BE_LOST, f"of {FRAMES * 160} samples {kept} are left"
    assert peak(right) > 1000, "the greeting is not in the recording"


def check_row(row, recording):
    assert row["state"] == "ended" and row["cut_off"] == 1, f"{row['state']}, {row['cut_off']}"
    assert row["ended_at"] >= row["answered_at"] > 0, f"ended at {row['ended_at']}"
    assert row["reason"].startswith("Cut off"), row["reason"]
    assert row["number"] == "0912345678" and row["missed"] == 0, row
    assert os.path.basename(row["recording_path"]) == recording, row["recording_path"]


def sigkill(program, folder):
    scenario = playing_scenario(folder)
    with Daemon(program, folder) as daemon:
        call_until_killed(daemon, folder, scenario)
        check_recording(daemon)
        before = names(daemon.recordings)
        row, = call_log.calls(daemon.files.db)
        assert row["state"] == "active", f"the call that was alive is {row['state']} in the log"
    with Daemon(program, folder) as daemon:
        wait_until(lambda: not alive(daemon), "the call of the dead one is ended in the log")
        row, = call_log.calls(daemon.files.db)
        check_row(row, before[0])
        assert names(daemon.recordings) == before, "the start has changed the recordings"
        check_recording(daemon)
        with Sipp(folder, "uac", "-d", "200", daemon.sip_address) as far_end:
            far_end.wait()
        daemon.stop()
        rows = call_log.calls(daemon.files.db)
        assert [each["cut_off"] for each in rows] == [1, 0], [each["cut_off"] for each in rows]
        assert (rows[1]["state"], rows[1]["final_code"]) == ("ended", 200), rows[1]
        assert len(names(daemon.recordings)) == 2, names(daemon.recordings)
        daemon.log_lines()


def twice_in_a_row(program, folder):
    """The lock of one that was killed keeps nobody out; each run's calls are its own."""
    for run in range(1, 3):
        with Daemon(program, folder) as daemon:
            client = WebSocketClient(*daemon.ws, "/?rtp=off")
            with Sipp(folder, "uac", "-d", "20000", daemon.sip_address):
                client.expect("CALL_ANS:")
                wait_until(lambda: alive(daemon), f"call {run} in the log")
                daemon.kill()
            client.close()
    with Daemon(program, folder) as daemon:
        wait_until(lambda: not alive(daemon), "the calls of the dead are ended in the log")
        rows = call_log.calls(daemon.files.db)
        assert [row["cut_off"] for row in rows] == [1, 1], [row["cut_off"] for row in rows]
        daemon.stop()


if __name__ == "__main__":
    cases.run(sigkill, twice_in_a_row)
