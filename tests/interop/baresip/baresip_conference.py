#!/usr/bin/env python3
"""Softphones of others, baresip, in one conference, each with its own codec: everybody hears all others
and never himself; who is split off hears music; each recording has its party's side."""

import contextlib

from peers import cases
from peers.baresip import Baresip
from peers.client import calls, done, refused
from peers.daemon import Daemon
from peers.recordings import recording_of
from peers.sound import share, tone
from peers.waiting import wait_until

MONO = ("opus_stereo no", "opus_sprop_stereo no")
# Who, its codec's module, its rate, the tone by which it is known: below what G.711 carries.
PARTIES = (("anna", "opus", 48000, 400), ("bert", "g722", 16000, 1000), ("carl", "g711", 8000, 1700))
TONE_OF = {name: frequency for name, _, _, frequency in PARTIES}
RATE_OF = {name: rate for name, _, rate, _ in PARTIES}
SECONDS = 60  # longer than the case takes
AUDIBLE, INAUDIBLE = 0.2, 0.01  # of the sound's power


def tones_in(samples, rate):
    """Whose tones are heard in the last half second; nothing while some are neither there nor away."""
    last = samples[-rate // 2:]
    shares = {name: share(last, frequency, rate) for name, frequency in TONE_OF.items()}
    if len(last) < rate // 2 or any(INAUDIBLE < each < AUDIBLE for each in shares.values()):
        return None
    return {name for name, each in shares.items() if each >= AUDIBLE}


def hears(softphone, name, others):
    wait_until(lambda: tones_in(softphone.heard(so_far=True), RATE_OF[name]) == set(others),
               f"{name} hears {others} and nobody else")


def started(stack, program, folder):
    daemon = stack.enter_context(Daemon(program, folder, "--greeting", "none",
                                        "--codecs", "opus,G722,PCMU"))
    softphones = {name: stack.enter_context(
        Baresip(folder, tone(frequency, SECONDS, rate=rate), settings=MONO, user=name,
                codecs=(module,), rate=rate)) for name, module, rate, frequency in PARTIES}
    for softphone in softphones.values():
        softphone.tell("dial", f"sip:1000@{daemon.sip_address}")
        softphone.expect("CALL_ESTABLISHED")
    wait_until(lambda: [call["state"] for call in calls(program, folder)] == ["active"] * 3,
               "three answered calls")
    return daemon, softphones


def three_codecs(program, folder):
    with contextlib.ExitStack() as stack:
        daemon, softphones = started(stack, program, folder)
        ids = {call["number"]: str(call["id"]) for call in calls(program, folder)}
        assert {call["number"]: call["codec"] for call in calls(program, folder)} == {
            "anna": "OPUS", "bert": "G722", "carl": "PCMU"}, calls(program, folder)
        done(program, folder, "--join", ids["anna"], ids["bert"])
        done(program, folder, "--join", ids["anna"], ids["carl"])
        for name, softphone in softphones.items():
            hears(softphone, name, TONE_OF.keys() - {name})
        # He hears music, whose notes may be anybody's for a moment; the others hear him no more.
        done(program, folder, "--split", ids["carl"])
        hears(softphones["anna"], "anna", {"bert"})
        hears(softphones["bert"], "bert", {"anna"})
        wait_until(lambda: [call["held"] for call in calls(program, folder)
                            if call["number"] == "carl"] == [True], "carl is on hold")
        refused(program, folder, "--split", ids["carl"], saying=["in no conference"])
        done(program, folder, "--join", ids["carl"], ids["bert"])
        for name, softphone in softphones.items():
            hears(softphone, name, TONE_OF.keys() - {name})
        done(program, folder, "--hangup", "all")
        wait_until(lambda: calls(program, folder) == [], "the calls' end")
        daemon.stop()
        for name, rate in (("anna", 16000), ("bert", 16000), ("carl", 8000)):
            left, _ = recording_of(daemon.recordings, name, rate)
            assert tones_in(left, rate) == {name}, f"{name}'s recording has another's side"
        daemon.log_lines()


if __name__ == "__main__":
    cases.run(three_codecs)
