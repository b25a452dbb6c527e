"""Samples of 16 bits, and G.711 with RFC 3551's numbers for it."""

import array
import math

PCMU, PCMA = 0, 8


def alaw_sample(code):
    code ^= 0x55
    segment = code >> 4 & 7
    magnitude = ((code & 0x0F) << 4) + (8 if segment == 0 else 0x108)
    magnitude <<= max(0, segment - 1)
    return magnitude if code & 0x80 else -magnitude


def ulaw_sample(code):
    code ^= 0xFF
    magnitude = (((code & 0x0F) << 3) + 0x84 << (code >> 4 & 7)) - 0x84
    return -magnitude if code & 0x80 else magnitude


ALAW = [alaw_sample(code) for code in range(256)]
ULAW = [ulaw_sample(code) for code in range(256)]


def decode(payload, payload_type=PCMA):
    table = ALAW if payload_type == PCMA else ULAW
    return array.array("h", [table[code] for code in payload])


def encode_alaw(samples):
    """The nearest codes; slow, for short sounds."""
    by_value = sorted((value, code) for code, value in enumerate(ALAW))
    known = {}

    def nearest(sample):
        if sample not in known:
            known[sample] = min(by_value, key=lambda each: abs(each[0] - sample))[1]
        return known[sample]

    return bytes(nearest(sample) for sample in samples)


def tone(frequency, seconds, amplitude=8000):
    """Samples of a sine, 8000 a second."""
    return array.array("h", [round(amplitude * math.sin(i * math.tau * frequency / 8000))
                             for i in range(round(seconds * 8000))])


def peak(samples):
    return max(map(abs, samples), default=0)
