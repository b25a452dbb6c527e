#!/bin/bash
# Makes sounds/greeting.wav, sounds/ring.wav (peaks at -6 dBFS) and sounds/hold.flac (-14 dBFS) anew:
# 16 kHz, mono, 16-bit.
# Takes the Debian packages espeak-ng, sox and bc. The same versions make the same bytes.
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

# What held far ends hear: a slow broken chord, a note each half second, four chords in 16 s, over
# soft low notes; our own. Made twice, and cut where the first round's notes still sound into the
# second, with 50 ms more at the end: they are the first ones again, and become the seam of the loop.
# pluck FILE HERTZ START, pad FILE HERTZ START: in seconds.
pluck() {
    sox -D -n -r 16000 -c 1 -b 24 "$1" synth 2.2 sine "$2" synth 2.2 sine mix "$(bc <<<"$2 * 2")" \
        gain -20 fade l 0.012 2.2 2.1 delay "$3"
}
pad() {
    sox -D -n -r 16000 -c 1 -b 24 "$1" synth 4.6 sine "$2" gain -22 fade h 0.7 4.6 1.2 delay "$3"
}
chords=('261.63 329.63 392.00 493.88' '220.00 261.63 329.63 392.00'
    '174.61 220.00 261.63 329.63' '196.00 246.94 293.66 392.00')
order=(0 1 2 3 2 1 2 3)
parts=()
for round in 0 1; do
    for chord in 0 1 2 3; do
        read -ra notes <<<"${chords[chord]}"
        start=$((round * 16 + chord * 4))
        parts+=("$scratch/p$start.wav")
        pad "${parts[-1]}" "${notes[0]}" "$start"
        for step in "${!order[@]}"; do
            parts+=("$scratch/n$start-$step.wav")
            pluck "${parts[-1]}" "$(bc <<<"${notes[order[step]]} * 2")" \
                "$(bc <<<"scale=1; $start + $step * 0.5")"
        done
    done
done
sox -D -m -v 1 "${parts[@]}" "${form[@]}" sounds/hold.flac trim 15.95 16.05 gain -n -14
