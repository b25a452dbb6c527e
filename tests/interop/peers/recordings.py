"""The daemon's recordings, read as strictly as any other program would."""

import array
import os
import re
import struct
import wave

NAME = re.compile(r"\d{8}_\d{6}_(in|out)_([\w.+-]*)_(\w+)\.wav")


def names(folder):
    found = sorted(os.listdir(folder))
    for name in found:
        assert NAME.fullmatch(name), f"a file that is no recording lies among them: {name}"
    return found


def only_recording(folder, direction=None, number=None, rate=8000):
    """(left, right) of the only recording; its name says what it is."""
    found = names(folder)
    assert len(found) == 1, f"one recording was to be expected, not {found}"
    said = NAME.fullmatch(found[0]).groups()
    assert direction in (None, said[0]) and number in (None, said[1]), found[0]
    return read(os.path.join(folder, found[0]), rate)


def recording_of(folder, number, rate=8000):
    """(left, right) of the only recording of a call with this number."""
    of_it = [name for name in names(folder) if NAME.fullmatch(name)[2] == number]
    assert len(of_it) == 1, f"one recording of {number} was to be expected, not {of_it}"
    return read(os.path.join(folder, of_it[0]), rate)


def read(path, rate=8000):
    """(left, right): what the far end said, what it heard. The header's lengths must be true."""
    with open(path, "rb") as file:
        head = file.read(44)
        size = file.seek(0, os.SEEK_END)
    riff, riff_size, form = struct.unpack("<4sI4s", head[:12])
    assert (riff, form) == (b"RIFF", b"WAVE"), f"{path} begins with {head[:12]!r}"
    assert riff_size == size - 8, f"{path}: RIFF says {riff_size} bytes, the file has {size - 8}"
    with wave.open(path, "rb") as file:
        form = (file.getnchannels(), file.getframerate(), file.getsampwidth())
        assert form == (2, rate, 2), f"{path} has {form} channels, rate and bytes a sample"
        frames = file.getnframes()
        samples = array.array("h", file.readframes(frames))
    assert len(samples) == 2 * frames, f"{path}: {frames} frames promised, {len(samples) / 2} there"
    return samples[0::2], samples[1::2]
