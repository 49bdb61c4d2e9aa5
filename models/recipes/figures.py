"""``python -m models.recipes.figures CORPUS MODEL [--prompts DIRECTORY]``: what README says of a
demo recogniser: its errors on held-out voices and sentences, what it makes of speech that no front
desk expects, and how it hears a person.

The person is the speaker of Debian's ``asterisk-core-sounds-en-wav`` (CC-BY-SA; for tests only):
unpack the package and give its folder ``en_US_f_Allison``. Runs in the appliance's environment.
"""

from __future__ import annotations

import argparse
import asyncio
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from appliance.audio.frame import WIRE_RATE_HZ, Pcm
from appliance.audio.g711 import decode, encode
from appliance.audio.resample import resample
from appliance.audio.wav import read_wav
from appliance.bench.asr import NOISE_SNR_DB, Clip, Errors, compared, heard, with_noise
from appliance.config.agents_file import read_agents
from appliance.engines.base import Recognizer
from appliance.engines.load import load_recognizer
from appliance.knowledge.matcher import Knowledge
from models.recipes.corpus.sentences import RECEPTIONIST
from models.recipes.corpus.utterance import RATE_HZ, Utterance, load_shard

PEAK: Final = 16_000
LEAD_S, TAIL_S = 0.2, 0.3
FLOORS: Final = (0.0, 0.5, 0.6)
"""Confidences below which a transcript might be refused."""

DIGITS: Final = "zero one two three four five six seven eight nine".split()
TEENS: Final = (
    "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
).split()
DAYS: Final = "sunday monday tuesday wednesday thursday friday saturday".split()
MONTHS: Final = (
    "january february march april may june july august september october november december"
).split()
ORDINALS: Final = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
).split()


async def report(corpus: Path, part: str, model: str, prompts: Path | None) -> None:
    """Print everything, a line of a table each."""
    recognizer = await load_recognizer(model, Path("models"))
    try:
        everything = []
        for shard in sorted((corpus / part).glob("*.npz")):
            utterances = load_shard(shard)
            clips = [clip_of(each) for each in utterances]
            everything += clips
            await _print_errors(recognizer, utterances[0].voice, clips, noise=True)
        await _print_errors(recognizer, "all voices", everything, noise=True)
        await _print_strange(recognizer, load_shard(next((corpus / "strange").glob("*.npz"))))
        if prompts is not None:
            for name, spoken in person(prompts):
                await _print_errors(recognizer, f"a person: {name}", spoken)
    finally:
        await recognizer.close()


def clip_of(utterance: Utterance) -> Clip:
    """As it comes off the line."""
    pcm = resample(utterance.samples, RATE_HZ, WIRE_RATE_HZ)
    loud = pcm.astype(np.float64) * (PEAK / max(1, int(np.abs(pcm.astype(np.int32)).max())))
    return _clip(utterance.text, np.rint(loud).astype(np.int16))


def person(prompts: Path) -> Iterator[tuple[str, list[Clip]]]:
    """Digits, days and months, put together from single prompts with short gaps."""
    draw = random.Random(0)
    numbers = {f"digits/{value}": word for value, word in enumerate(DIGITS + TEENS)}
    days = {f"digits/day-{number}": day for number, day in enumerate(DAYS)}
    months = {f"digits/mon-{number}": month for number, month in enumerate(MONTHS)}
    ordinals = {f"digits/h-{number}": ordinal for number, ordinal in enumerate(ORDINALS, 1)}
    rest = {name: name for name in ("hello", "goodbye", "hours", "extension", "sorry", "minutes")}
    every = {**numbers, **days, **months, **ordinals, **rest}

    def said(*names: str) -> Clip:
        words = {**every, "digits/at": "at", "digits/oclock": "o'clock"}
        gaps = [np.zeros(int(WIRE_RATE_HZ * draw.uniform(0.02, 0.12)), np.int16) for _ in names]
        parts = [_prompt(prompts / f"{name}.wav") for name in names]
        sound = [part for pair in zip(parts, gaps, strict=True) for part in pair]
        return _clip(" ".join(words[name] for name in names), np.concatenate(sound))

    four = [[f"digits/{draw.randrange(10)}" for _ in range(4)] for _ in range(40)]
    yield "strings of four digits", [said(*names) for names in four]
    yield "single words", [said(name) for name in every]
    times = [(draw.choice(list(days)), f"digits/{draw.randint(1, 12)}") for _ in range(30)]
    yield "day at hour o'clock", [said(d, "digits/at", h, "digits/oclock") for d, h in times]
    dates = [(draw.choice(list(months)), draw.choice(list(ordinals))) for _ in range(30)]
    yield "month and day", [said(*names) for names in dates]


def _prompt(path: Path) -> Pcm:
    """Without the silence around it, but for 50 ms."""
    pcm, _ = read_wav(path)
    loud = np.flatnonzero(np.abs(pcm.astype(np.int32)) > 300)
    return pcm[max(0, int(loud[0]) - 400) : int(loud[-1]) + 400]


def _clip(text: str, pcm: Pcm) -> Clip:
    padded = np.pad(pcm, (int(LEAD_S * WIRE_RATE_HZ), int(TAIL_S * WIRE_RATE_HZ)))
    return Clip(text, text, decode(encode(padded, "ulaw"), "ulaw"))


async def _print_errors(
    recognizer: Recognizer, name: str, clips: Sequence[Clip], noise: bool = False
) -> None:
    figures = [_row(compared(clips, await heard(recognizer, [clip.pcm for clip in clips])))]
    if noise:
        sounds = [with_noise(clip.pcm, NOISE_SNR_DB) for clip in clips]
        figures.append(_row(compared(clips, await heard(recognizer, sounds))))
    print(f"| {name} | {' | '.join(figures)} |", flush=True)


def _row(errors: Errors) -> str:
    right = f"{errors.sentences_right} of {errors.sentences}"
    return f"{errors.rate:.1%} of {errors.words} words, {right} right"


async def _print_strange(recognizer: Recognizer, utterances: Sequence[Utterance]) -> None:
    """How many would be answered as a request that the demo agent knows."""
    knowledge = Knowledge(read_agents(RECEPTIONIST).default.knowledge)
    transcripts = await heard(recognizer, [clip_of(each).pcm for each in utterances])
    for floor in FLOORS:
        acted = sum(
            each.confidence >= floor and knowledge.match(each.text).verdict == "confident"
            for each in transcripts
        )
        print(f"| strange, of confidence {floor} or more | {acted} of {len(utterances)} acted on |")


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m models.recipes.figures", description=__doc__)
    parser.add_argument("corpus", type=Path, help="made by models.recipes.corpus")
    parser.add_argument("model", help="of the catalogue, or a path")
    parser.add_argument("--part", choices=("tests", "validation"), default="tests")
    parser.add_argument("--prompts", type=Path, help="the folder en_US_f_Allison")
    options = parser.parse_args(arguments)
    asyncio.run(report(options.corpus, options.part, options.model, options.prompts))


if __name__ == "__main__":
    main()
