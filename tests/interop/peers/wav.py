"""WAV files of 16 bits, as test programs write and read them."""

import array
import wave

HEADER = 44  # bytes before the samples, as programs of others write it too


def write(path, samples, rate=8000, channels=1):
    with wave.open(path, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.tobytes())


def read_mono(path):
    with wave.open(path, "rb") as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2), file.getparams()
        return array.array("h", file.readframes(file.getnframes()))
