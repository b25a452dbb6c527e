#!/usr/bin/env python3
"""A softphone of others, baresip, calls and is called: both hear each other; hold, resume, refusal."""

from peers import call_log, cases
from peers.baresip import Baresip
from peers.client import calls, done
from peers.daemon import Daemon
from peers.recordings import only_recording
from peers.sound import frames_of, peak, tone
from peers.waiting import wait_until
from peers.websocket_client import WebSocketClient

SAYS, ANSWER = 400, 1000  # Hz
LOUD = 6000


def hear_the_softphone(client, call_id, frames=50):
    """Until it was loud for so long without a gap: what it says, not what a codec makes of silence."""
    heard = 0
    while heard < frames:
        heard = heard + 1 if peak(client.hear(call_id)) > LOUD else 0


def check_recording(daemon, direction, number, frames):
    left, right = only_recording(daemon.recordings, direction, number)
    found = frames_of(left, SAYS)
    assert found >= frames, f"{found} frames, not {frames}, of what baresip said in the recording"
    return right


def it_calls(program, folder):
    with Daemon(program, folder) as daemon, Baresip(folder, tone(SAYS, 12)) as softphone:
        client = WebSocketClient(*daemon.ws, "/?rtp=base64")
        softphone.tell("dial", f"sip:1000@{daemon.sip_address}")
        call_id = client.expect("RING_ANS:baresip##")
        softphone.expect("CALL_ESTABLISHED")
        client.expect(f"CALL_ANS:{call_id}")
        hear_the_softphone(client, call_id)
        softphone.tell("hangup")
        client.expect(f"BYE:{call_id}")
        client.close()
        daemon.stop()
        right = check_recording(daemon, "in", "baresip", 50)
        assert peak(right) > 1000, "the greeting is not in the recording"
        assert peak(softphone.heard()) > 1000, "baresip did not hear the greeting"
        row, = call_log.calls(daemon.files.db)
        assert (row["ended_by"], row["final_code"]) == ("far_end", 200), row
        daemon.log_lines()


def it_is_called(program, folder):
    with Daemon(program, folder) as daemon, Baresip(folder, tone(SAYS, 12)) as softphone:
        client = WebSocketClient(*daemon.ws, "/?rtp=base64")
        client.send(f"CALL:sip:baresip@127.0.0.1:{softphone.port}")
        call_id = client.expect("DIALING:").rsplit("##", 1)[1]
        softphone.expect("CALL_INCOMING")
        client.expect(f"CALL_IGNORE:{call_id}")  # it rings
        softphone.tell("accept")
        client.expect(f"CALL_ANS:{call_id}")
        softphone.expect("CALL_ESTABLISHED")
        client.play(call_id, tone(ANSWER, 1))
        hear_the_softphone(client, call_id, 60)
        client.send(f"HANGUP:{call_id}")
        client.expect(f"BYE:{call_id}")
        softphone.expect("CALL_CLOSED")
        client.close()
        daemon.stop()
        right = check_recording(daemon, "out", "baresip", 50)
        assert frames_of(right, ANSWER) >= 45, "what the program said is not in the recording"
        assert frames_of(softphone.heard(), ANSWER) >= 40, "baresip did not hear the program"
        daemon.log_lines()


def it_holds_and_resumes(program, folder):
    with Daemon(program, folder) as daemon, Baresip(folder, tone(SAYS, 12)) as softphone:
        client = WebSocketClient(*daemon.ws, "/?rtp=base64")
        softphone.tell("dial", f"sip:1000@{daemon.sip_address}")
        call_id = client.expect("CALL_ANS:")
        hear_the_softphone(client, call_id, 5)
        softphone.tell("hold")
        daemon.wait_for_line("is held")
        softphone.tell("resume")
        daemon.wait_for_line("is active")
        hear_the_softphone(client, call_id, 20)
        client.send(f"BYE:{call_id}")
        softphone.expect("CALL_CLOSED")
        client.close()
        daemon.stop()
        check_recording(daemon, "in", "baresip", 20)
        daemon.log_lines()


def digits_both_ways(program, folder):
    """RFC 4733, without a server between."""
    with (Daemon(program, folder, "--auto-answer-after", "never") as daemon,
          Baresip(folder, tone(SAYS, 12)) as softphone):
        client = WebSocketClient(*daemon.ws, "/?rtp=base64")
        softphone.tell("dial", f"sip:1000@{daemon.sip_address}")
        call_id = client.expect("RING_ANS:baresip##")
        client.send(f"CALL_ANS:{call_id}")
        softphone.expect("CALL_ESTABLISHED")
        done(program, folder, "--dtmf", "0*#A")
        softphone.expect_digits("0*#A")
        softphone.tell("sndcode", "95#")
        wait_until(lambda: calls(program, folder)[0]["digits_received"] == "95#", "its digits")
        done(program, folder, "--hold")
        wait_until(lambda: calls(program, folder)[0]["state"] == "held", "it is held")
        done(program, folder, "--unhold")
        hear_the_softphone(client, call_id, 10)
        softphone.tell("hangup")
        client.expect(f"BYE:{call_id}")
        client.close()
        daemon.stop()
        daemon.log_lines()


def it_refuses(program, folder):
    with Daemon(program, folder) as daemon, Baresip(folder, tone(SAYS, 12)) as softphone:
        client = WebSocketClient(*daemon.ws, "/?rtp=off")
        client.send(f"CALL:sip:baresip@127.0.0.1:{softphone.port}")
        softphone.expect("CALL_INCOMING")
        softphone.tell("hangup")
        failure = client.expect("CALL_FAILED:")
        assert failure.startswith("486 "), failure
        client.close()
        daemon.stop()
        daemon.log_lines()


if __name__ == "__main__":
    cases.run(it_calls, it_is_called, it_holds_and_resumes, digits_both_ways, it_refuses)
