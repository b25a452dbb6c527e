"""Sounds as samples of 16 bits, 8000 a second."""

import array
import math

RATE = 8000
FRAME = 160  # 20 ms


def tone(frequency, seconds, amplitude=8000):
    return array.array("h", [round(amplitude * math.sin(i * math.tau * frequency / RATE))
                             for i in range(round(seconds * RATE))])


def peak(samples):
    return max(map(abs, samples), default=0)


def share(samples, frequency):
    """How much of the sound's power is at this frequency: 0 to 1, 1 for the tone alone."""
    power = sum(sample * sample for sample in samples)
    if not power:
        return 0.0
    step = math.tau * frequency / RATE
    real = sum(sample * math.cos(i * step) for i, sample in enumerate(samples))
    imaginary = sum(sample * math.sin(i * step) for i, sample in enumerate(samples))
    return 2 * (real * real + imaginary * imaginary) / (len(samples) * power)


def frames_of(samples, frequency, purest=0.95):
    """How many frames are this tone, and loud."""
    frames = (samples[at:at + FRAME] for at in range(0, len(samples) - FRAME + 1, FRAME))
    return sum(peak(frame) > 2000 and share(frame, frequency) > purest for frame in frames)
