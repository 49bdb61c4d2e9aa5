#!/bin/sh
# Makes the callers' lines: David by flite's voice "rms", Anna by festival's "cmu_us_slt_arctic_hts"
# (neither is an agent's voice, and the shipped recogniser understands both), 0.4 s of silence for
# "...", cut to the telephone's band, through mu-law and back. Needs Debian's flite, festival,
# festvox-us-slt-hts and sox.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

value() { sed -n "s/^$1 = \"\(.*\)\"\$/\1/p"; }

speak() { # caller, text, file
    case $1 in
    David) flite -voice rms -t "$2" -o "$3" ;;
    Anna) printf '%s\n' "$2" | text2wave -eval '(voice_cmu_us_slt_arctic_hts)' -o "$3" ;;
    esac
}

line() { # a table of conversation.toml
    file=$(printf '%s' "$1" | value file)
    caller=$(printf '%s' "$1" | value caller)
    text=$(printf '%s' "$1" | value said)
    [ -n "$text" ] || text=$(printf '%s' "$1" | value words)
    rm -f "$work"/*
    printf '%s' "$text" | sed 's/ *\.\.\. */\n/g' | while IFS= read -r part || [ -n "$part" ]; do
        number=$(find "$work" -name 'part-*' | wc -l)
        speak "$caller" "$part" "$work/spoken.wav" </dev/null
        # without the voice's own silence at both ends
        sox -D "$work/spoken.wav" -r 16000 -c 1 -b 16 "$work/part-$number.wav" \
            silence 1 0.01 0.5% reverse silence 1 0.01 0.5% reverse pad 0.05 0.35
    done
    sox -D "$work"/part-*.wav -r 8000 -e mu-law "$work/narrow.wav" highpass 250 lowpass 3400 norm -9
    sox -D "$work/narrow.wav" -b 16 -e signed-integer "$file"
    echo "$file"
}

table=
while IFS= read -r row; do
    case $row in
    "[[line]]") table= ;;
    "") [ -z "$table" ] || line "$table" && table= ;;
    *) table="$table$row
" ;;
    esac
done <<END
$(grep -v '^#' conversation.toml)

END
