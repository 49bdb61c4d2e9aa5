"""What a Whisper directory understands of sentences and voices that no training has seen, through
the appliance's own engine: telephone sound in, judged transcripts out.

``python -m models.recipes.whisper.evaluate MODEL CORPUS [--full-window]``
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein

from appliance.engines.base import Transcript
from appliance.engines.whisper import WhisperOptions, WhisperRecognizer
from models.recipes.corpus.channel import LINE_HZ, at_level, at_speed, mu_law, nobody, with_noise
from models.recipes.corpus.utterance import Utterance, load_corpus

PEAK_DB = -6.0
SILENCES = 100


@dataclass(slots=True)
class Score:
    """Words wrong of words said."""

    words: int = 0
    wrong: int = 0
    sentences: int = 0
    right: int = 0
    samples: list[str] = field(default_factory=list)

    def add(self, said: str, heard: str) -> None:
        """Count one sentence."""
        wrong = Levenshtein.distance(said.split(), heard.split())
        self.words += len(said.split())
        self.wrong += wrong
        self.sentences += 1
        self.right += wrong == 0
        if wrong and len(self.samples) < 3:
            self.samples.append(f"{said} -> {heard}")

    def __str__(self) -> str:
        share = 100.0 * self.wrong / max(1, self.words)
        return f"{share:5.1f} % of {self.words} words, {self.right}/{self.sentences} whole"


def telephoned(
    utterance: Utterance, snr_db: float | None, draw: np.random.Generator
) -> npt.NDArray[np.int16]:
    """``utterance`` as 8 kHz samples off a mu-law line, white noise ``snr_db`` below it."""
    sound = np.concatenate([np.zeros(1600), at_speed(utterance.samples, 1.0), np.zeros(2400)])
    sound = at_level(sound, PEAK_DB)
    if snr_db is not None:
        sound = with_noise(sound, draw.normal(size=sound.size), snr_db)
    return mu_law(sound).astype(np.int16)


async def heard(recognizer: WhisperRecognizer, sound: npt.NDArray[np.int16]) -> Transcript:
    """The final transcript of ``sound``."""
    session = await recognizer.open()
    session.feed(sound)
    transcript = await session.finish()
    await session.close()
    return transcript


async def evaluate(model: Path, corpus: Path, options: WhisperOptions) -> None:
    """Print all figures."""
    recognizer = await WhisperRecognizer.load(model, options=options)
    tests = list(load_corpus(corpus / "tests"))
    for snr_db in (None, 15.0):
        draw = np.random.default_rng(0)
        scores: dict[str, Score] = defaultdict(Score)
        began = time.perf_counter()
        for utterance in tests:
            transcript = await heard(recognizer, telephoned(utterance, snr_db, draw))
            for name in (utterance.voice, "all"):
                scores[name].add(utterance.text, transcript.text)
        each_ms = 1000.0 * (time.perf_counter() - began) / len(tests)
        print(f"{'clean' if snr_db is None else f'white noise {snr_db:.0f} dB below'}:")
        for name, score in scores.items():
            print(f"  {name:28} {score}  {score.samples if name != 'all' else ''}")
        print(f"  {each_ms:.0f} ms of wall time an utterance")
    await _refusals(recognizer, corpus, tests)
    await recognizer.close()


async def _refusals(
    recognizer: WhisperRecognizer, corpus: Path, tests: Sequence[Utterance]
) -> None:
    draw = np.random.default_rng(0)
    silent = [nobody(draw.uniform(0.5, 5.0), draw) for _ in range(SILENCES)]
    silent += [ringback(hertz) for hertz in (425.0, 440.0, 480.0)]
    texts = [(await heard(recognizer, sound.astype(np.int16))).text for sound in silent]
    print(
        f"nobody speaks: {sum(not text for text in texts)}/{len(texts)} empty",
        list(filter(None, texts))[:5],
    )
    for name, utterances in (
        ("strange", list(load_corpus(corpus / "strange"))),
        ("in the domain", tests),
    ):
        said = [await heard(recognizer, telephoned(each, None, draw)) for each in utterances]
        empty = sum(not each.text for each in said)
        print(
            f"{name}: {empty}/{len(said)} refused;", [each.text for each in said if each.text][:8]
        )


def ringback(hertz: float) -> npt.NDArray[np.float64]:
    """Four seconds of a tone of one second on."""
    at = np.arange(4 * LINE_HZ) / LINE_HZ
    return mu_law(6000.0 * np.sin(2 * np.pi * hertz * at) * (at % 4.0 < 1.0))


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        prog="python -m models.recipes.whisper.evaluate", description=__doc__
    )
    parser.add_argument("model", type=Path)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--full-window", action="store_true")
    options = parser.parse_args(arguments)
    short = WhisperOptions(short_input=not options.full_window)
    asyncio.run(evaluate(options.model, options.corpus, short))


if __name__ == "__main__":
    main()
