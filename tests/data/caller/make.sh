#!/bin/sh
# Makes the caller's lines: flite's voice "rms" (a man; none of the demo recognizer's training
# voices), cut to the telephone's band, through mu-law and back. Needs Debian's flite and sox.
# Words must be in models/demo/vosk-en/graph/words.txt.
set -eu
cd "$(dirname "$0")"
spoken=$(mktemp --suffix=.wav)
narrow=$(mktemp --suffix=.wav)
trap 'rm -f "$spoken" "$narrow"' EXIT

file=
while IFS= read -r line; do
    case $line in
    file*) file=$(printf '%s' "$line" | cut -d '"' -f 2) ;;
    words*)
        flite -voice rms -t "$(printf '%s' "$line" | cut -d '"' -f 2)" -o "$spoken"
        sox -D "$spoken" -r 8000 -c 1 -e mu-law "$narrow" highpass 250 lowpass 3400 norm -9
        sox -D "$narrow" -b 16 -e signed-integer "$file"
        echo "$file"
        ;;
    esac
done <conversation.toml
