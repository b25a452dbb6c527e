#!/usr/bin/env python3
"""What can't be had, but is not needed for a call: the call log, recordings, the greeting. The start
says so, once, and calls go on without."""

import os

from peers import cases, wav
from peers.daemon import Daemon
from peers.g711 import decode
from peers.phone import Phone, offer
from peers.rtp import RtpEnd
from peers.sipp import Sipp
from peers.sound import frames_of, peak, tone

NOWHERE = "/proc/nowhere"  # where not even root can make a folder


def check_call(folder, daemon):
    with Sipp(folder, "uac", "-d", "200", daemon.sip_address) as far_end:
        far_end.wait()


def works_but_says(program, folder, level, wanted, *options, times=1):
    with Daemon(program, folder, *options) as daemon:
        check_call(folder, daemon)
        daemon.stop()
        lines = [line for line in daemon.log_lines(errors_too=True) if f"[{level}]" in line]
        told = [line for line in lines if all(each in line for each in wanted)]
        assert len(told) == times, f"{len(told)} lines with {wanted} in: {lines}"


def damaged_call_log(program, folder):
    """It is left as it is: it may be all that somebody has."""
    path = os.path.join(folder, "damaged.db")
    content = b"SQLite format 3\0" + os.urandom(8000)
    with open(path, "wb") as file:
        file.write(content)
    works_but_says(program, folder, "ERROR", (path, "damaged", "move it away", "'db'"), "--db", path)
    with open(path, "rb") as file:
        assert file.read() == content, "the damaged file was changed"


def no_folder_for_the_call_log(program, folder):
    path = f"{NOWHERE}/calls.db"
    works_but_says(program, folder, "ERROR", ("call log can't be written", NOWHERE, "'db'"),
                   "--db", path)


def no_folder_for_recordings(program, folder):
    works_but_says(program, folder, "ERROR", (NOWHERE, "unrecorded"), "--recordings", NOWHERE)


def folders_that_may_only_be_read(program, folder):
    """For whom rights matter: not for root."""
    if os.geteuid() == 0:
        print("(root may write anywhere; nothing to see here)")
        return
    for name in ("log", "recordings"):
        locked = os.path.join(folder, f"locked-{name}")
        os.mkdir(locked, 0o500)
    works_but_says(program, folder, "ERROR", ("call log can't be written", "locked-log", "'db'"),
                   "--db", os.path.join(folder, "locked-log", "calls.db"))
    with Daemon(program, folder, "--recordings", os.path.join(folder, "locked-recordings")) as daemon:
        check_call(folder, daemon)
        daemon.stop()
        said = daemon.log_lines(errors_too=True)
        assert any("unrecorded" in line and "locked-recordings" in line for line in said), said


def broken_greeting(program, folder):
    for count, content in enumerate((b"RIFF\0\0\0\0WAVEfmt nonsense", b"hello", b"")):
        path = os.path.join(folder, f"broken{count}.wav")
        with open(path, "wb") as file:
            file.write(content)
        works_but_says(program, folder, "WARNING", ("no greeting", path, "GREETING_FILE", "none"),
                       "--greeting", path)
        os.remove(os.path.join(folder, "sip_server.log"))


def missing_greeting(program, folder):
    works_but_says(program, folder, "WARNING", ("no greeting", "nowhere.wav", "GREETING_FILE"),
                   "--greeting", "nowhere.wav")


def broken_hold_music(program, folder):
    path = os.path.join(folder, "music.mp3")
    with open(path, "wb") as file:
        file.write(b"ID3 and nothing behind it")
    works_but_says(program, folder, "WARNING", ("on hold", path, "built-in", "HOLD_MUSIC_FILE"),
                   "--hold-music", path)


def heard_greeting(program, folder, path, seconds):
    """What a caller hears of it, from the first loud packet on."""
    with Daemon(program, folder, "--greeting", path) as daemon, Phone() as phone, RtpEnd() as media:
        call = phone.call(daemon.sip, offer(media.address))
        heard = media.hear_for(seconds)
        call.hang_up()
        daemon.stop()
        daemon.log_lines()
    return decode(b"".join(packet.payload for packet in heard), heard[0].payload_type)


def greeting_of_other_rate(program, folder):
    """44.1 kHz, stereo: heard as what it is, at 8 kHz, for as long as it lasts."""
    path = os.path.join(folder, "greeting.wav")
    left = tone(500 * 8000 / 44100, 1.5 * 44100 / 8000)  # 500 Hz at that rate
    stereo = left[:0]
    for sample in left:
        stereo.extend((sample, sample))
    wav.write(path, stereo, 44100, 2)
    heard = heard_greeting(program, folder, path, 2)
    pure = frames_of(heard, 500)
    assert 72 <= pure <= 76, f"{pure} frames of 500 Hz, not 75, were heard"
    assert peak(heard[-800:]) < 100, "it goes on after its end"


if __name__ == "__main__":
    cases.run(damaged_call_log, no_folder_for_the_call_log, no_folder_for_recordings,
              folders_that_may_only_be_read, broken_greeting, missing_greeting,
              greeting_of_other_rate, broken_hold_music)
