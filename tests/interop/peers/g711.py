"""G.711, and RFC 3551's numbers for it."""

import array

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
