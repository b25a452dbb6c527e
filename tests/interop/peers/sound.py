"""Sounds as samples of 16 bits, 8000 a second unless another rate is given."""

import array
import math

RATE = 8000
FRAMES = 50  # a second


def tone(frequency, seconds, amplitude=8000, rate=RATE):
    return array.array("h", [round(amplitude * math.sin(i * math.tau * frequency / rate))
                             for i in range(round(seconds * rate))])


def peak(samples):
    return max(map(abs, samples), default=0)


def share(samples, frequency, rate=RATE):
    """How much of the sound's power is at this frequency: 0 to 1, 1 for the tone alone."""
    power = sum(sample * sample for sample in samples)
    if not power:
        return 0.0
    step = math.tau * frequency / rate
    real = sum(sample * math.cos(i * step) for i, sample in enumerate(samples))
    imaginary = sum(sample * math.sin(i * step) for i, sample in enumerate(samples))
    return 2 * (real * real + imaginary * imaginary) / (len(samples) * power)


def frames_of(samples, frequency, purest=0.95, rate=RATE):
    """How many frames are this tone, and loud."""
    size = rate // FRAMES
    frames = (samples[at:at + size] for at in range(0, len(samples) - size + 1, size))
    return sum(peak(frame) > 2000 and share(frame, frequency, rate) > purest for frame in frames)
