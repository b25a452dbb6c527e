#!/usr/bin/env python3
"""The scenarios that SIPp brings along, both ways."""

import os

from peers import call_log, cases
from peers.daemon import Daemon
from peers.sipp import Sipp
from peers.websocket_client import WebSocketClient


def calls_come(program, folder):
    """Playing a capture takes a raw socket, hence root."""
    with Daemon(program, folder) as daemon:
        names = ("uac", "uac_pcap") if os.geteuid() == 0 else ("uac",)
        for name in names:
            # uac_pcap looks for its captures beside itself.
            link = os.path.join(folder, "pcap")
            os.path.lexists(link) or os.symlink("/usr/share/sip-tester", link)
            with Sipp(folder, name, "-d", "100", daemon.sip_address) as far_end:
                far_end.wait()
        daemon.stop()
        rows = call_log.calls(daemon.files.db)
        assert [row["ended_by"] for row in rows] == ["far_end"] * len(names), rows
        daemon.log_lines()


def calls_go(program, folder):
    with (Sipp(folder, "uas") as far_end,
          Daemon(program, folder, "--sip-server", f"127.0.0.1:{far_end.port}") as daemon):
        client = WebSocketClient(*daemon.ws, "/?rtp=off")
        client.send("CALL:1001")
        call_id = client.expect("CALL_ANS:")
        client.send(f"HANGUP:{call_id}")
        client.expect(f"BYE:{call_id}")
        far_end.kill()  # it waits four seconds for what may still come
        client.close()
        daemon.stop()
        daemon.log_lines()
        row, = call_log.calls(daemon.files.db)
        assert (row["ended_by"], row["final_code"]) == ("client", 200), row


if __name__ == "__main__":
    cases.run(calls_come, calls_go)
