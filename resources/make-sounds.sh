#!/bin/bash
# Makes sounds/greeting.wav and sounds/ring.wav anew: 16 kHz, mono, 16-bit, peak at -6 dBFS.
# Takes the Debian packages espeak-ng and sox. The same versions make the same bytes.
set -euo pipefail
cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")"

text='Hello, and thank you for calling. One moment, please.'
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
form=(-r 16000 -c 1 -b 16)

espeak-ng -v en-gb -s 155 -p 42 -w "$scratch/speech.wav" "$text"
# Without what a telephone would not carry anyway, and with an edge that does not click.
sox -D "$scratch/speech.wav" "${form[@]}" sounds/greeting.wav \
    highpass 120 lowpass 6000 silence 1 0.01 0.1% reverse silence 1 0.01 0.1% reverse \
    pad 0.2 0.3 gain -n -6

# note FILE HERTZ START: a soft bell that fades away, START seconds into silence.
note() {
    sox -D -n "${form[@]}" "$1" synth 0.8 sine "$2" synth 0.8 sine mix "$(($2 * 2))" gain -9 \
        fade l 0.008 0.8 0.75 delay "$3"
}
# Two notes, and again, 1.97 s; then silence until 3 s, so that it can be played in a loop.
note "$scratch/1.wav" 587 0
note "$scratch/2.wav" 784 0.22
note "$scratch/3.wav" 587 0.95
note "$scratch/4.wav" 784 1.17
sox -D -m "$scratch"/{1,2,3,4}.wav "${form[@]}" sounds/ring.wav pad 0 1.03 gain -n -6
