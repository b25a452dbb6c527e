#!/usr/bin/env python3
"""The README's first calls with a real far end: SIPp calls the daemon, and is called through it."""

from peers import cases
from peers.daemon import Daemon
from peers.recordings import only_recording
from peers.sipp import ECHOING_CALLEE, Sipp, playing_scenario, speech
from peers.sound import peak, tone
from peers.websocket_client import WebSocketClient

CALLER = "0912345678"
CALLED = "1001"


def incoming_call(program, folder):
    scenario = playing_scenario(folder)
    with Daemon(program, folder) as daemon:
        client = WebSocketClient(*daemon.ws, "/?rtp=base64")
        with Sipp(folder, scenario, "-s", "1000", daemon.sip_address) as far_end:
            number, call_id = client.expect("RING_ANS:").rsplit("##", 1)
            assert number == CALLER, f"RING_ANS named {number}"
            client.expect(f"CALL_ANS:{call_id}")
            client.expect(f"RTP:{call_id}##")
            client.expect(f"BYE:{call_id}")
            far_end.wait()
        client.close()
        daemon.stop()
        assert any(CALLER in line for line in daemon.log_lines()), "the log does not name the caller"
        left, right = only_recording(daemon.recordings, "in", CALLER)
        seconds = len(left) / 8000
        assert 7 < seconds < 10, f"the recording has {seconds} s"
        assert speech().tobytes() in left.tobytes(), "the left channel lacks what SIPp said, as it was"
        assert peak(right) > 1000, "the greeting is not in the right channel"


def outgoing_call(program, folder):
    with (Sipp(folder, ECHOING_CALLEE, "-rtp_echo") as far_end,
          Daemon(program, folder, "--sip-server", f"127.0.0.1:{far_end.port}") as daemon):
        client = WebSocketClient(*daemon.ws, "/?rtp=base64")
        client.send(f"CALL:{CALLED}")
        number, call_id = client.expect("DIALING:").rsplit("##", 1)
        assert number == CALLED, f"DIALING named {number}"
        client.expect(f"CALL_IGNORE:{call_id}")  # it rings
        client.expect(f"CALL_ANS:{call_id}")
        client.play(call_id, tone(440, 2))
        heard = 0
        while heard < 20:  # frames of the tone, come back from the far end
            heard += peak(client.hear(call_id)) > 6000
        client.send(f"HANGUP:{call_id}")
        client.expect(f"BYE:{call_id}")
        far_end.wait()
        client.close()
        daemon.stop()
        assert any(CALLED in line for line in daemon.log_lines()), "the log does not name the called"
        left, right = only_recording(daemon.recordings, "out", CALLED)
        assert peak(right) > 6000, "what was said to the far end is not in the right channel"
        assert peak(left) > 6000, "what the far end echoed is not in the left channel"


if __name__ == "__main__":
    cases.run(incoming_call, outgoing_call)
