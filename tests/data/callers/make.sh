#!/bin/sh
# The callers of tests/engines/test_callers_of_other_languages.py: Debian's espeak-ng, 16 kHz, peaks
# at -6 dBFS. The multilingual faster-whisper-base understands about one in six of what this voice
# says; these are such.
set -eu
cd "$(dirname "$0")"
spoken=$(mktemp --suffix=.wav)
trap 'rm -f "$spoken"' EXIT
say() {
    espeak-ng -v "$1" -s 140 -w "$spoken" "$3"
    sox -D "$spoken" -r 16000 -b 16 -c 1 "$2.wav" norm -6
}
say de de_parking "wo kann ich parken"
say de de_moved "ich bin umgezogen"
say de de_emergency "das ist ein Notfall"
say de de_not_now "Ja, aber nicht jetzt."
say es es_breakfast "el desayuno está incluido"
say es es_room "cuándo está lista la habitación"
say es es_person "Quiero hablar con una persona."
