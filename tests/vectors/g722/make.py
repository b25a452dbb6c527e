#!/usr/bin/env python3
"""Makes the vectors of this folder: a signal of our own, and what ffmpeg's G.722 makes of it.

usage: make.py FOLDER      (needs ffmpeg, Debian's package; 5.1 made what stands here)

The signal, 16-bit little-endian, 16000 Hz, mono: speech-like, a sweep, noise, what overdrives, idle.
"""

import math
import pathlib
import random
import struct
import subprocess
import sys

RATE = 16000


def resonance(samples, hertz, width):
    """A formant: two poles at hertz."""
    radius = math.exp(-math.pi * width / RATE)
    near, far = 2 * radius * math.cos(2 * math.pi * hertz / RATE), -radius * radius
    before, last = 0.0, 0.0
    for sample in samples:
        before, last = last, (1 - radius) * sample + near * last + far * before
        yield last


def speech(seconds, noise):
    """Syllables: pulses of a gliding pitch, or breath, through formants that move from one to the next."""
    vowels = [(700, 1200, 2600, 4200), (300, 2200, 3000, 5000), (450, 850, 2500, 3800)]
    result = []
    phase = 0.0
    length = int(0.16 * RATE)
    for syllable in range(int(seconds * RATE) // length):
        source = []
        for i in range(length):
            phase += (110 + 30 * math.sin(i / 900) + 8 * syllable) / RATE
            pulse = phase >= 1
            phase -= pulse
            voiced = i > length / 5
            level = math.sin(math.pi * (i + 0.5) / length)
            source.append(level * ((12.0 if pulse else 0) if voiced else noise.gauss(0, 0.5)))
        sound = list(resonance(source, 300, 3000))  # the glottis: a pulse with its highs worn off
        for hertz in vowels[syllable % len(vowels)]:
            sound = list(resonance(sound, hertz, 60 + hertz / 25))
        peak = max(abs(sample) for sample in sound)
        result += [sample / peak * 9000 for sample in sound]
    return result


def sweep(seconds):
    count = int(seconds * RATE)
    return [8000 * math.sin(2 * math.pi * (50 * i + (7900 - 50) * i * i / (2 * count)) / RATE)
            for i in range(count)]


def main(folder):
    noise = random.Random(722)
    parts = [speech(0.64, noise), sweep(0.24), [noise.gauss(0, 2500) for _ in range(1600)],
             [32767 if i % 50 < 25 else -32768 for i in range(800)], [0] * 1600,
             [noise.choice((-1, 0, 1)) for _ in range(1600)]]
    samples = [max(-32768, min(32767, round(sample))) for part in parts for sample in part]
    signal = folder / "signal.s16"
    signal.write_bytes(struct.pack(f"<{len(samples)}h", *samples))
    quiet = ["ffmpeg", "-y", "-loglevel", "error"]
    linear = ["-f", "s16le", "-ar", str(RATE), "-ac", "1"]
    coded, decoded = folder / "signal.g722", folder / "decoded.s16"
    subprocess.run([*quiet, *linear, "-i", signal, "-c:a", "g722", "-f", "g722", coded], check=True)
    subprocess.run([*quiet, "-f", "g722", "-i", coded, *linear, decoded], check=True)


main(pathlib.Path(sys.argv[1]))
