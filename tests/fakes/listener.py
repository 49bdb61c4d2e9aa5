"""A recogniser that has no part in the loop: it says what a third person would understand of the
agent.

PocketSphinx brings its own acoustic model and dictionary. It gets a language model of everything
the agent may say, so that it chooses among those words; which of them it hears is up to the sound.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from pocketsphinx import Decoder
from pocketsphinx.lm import ArpaBoLM

from appliance.audio.frame import Pcm
from appliance.audio.resample import resample
from appliance.text.speakable import speakable

RATE_HZ = 16000


class Listener:
    """Understands 8 kHz speech made of the words of ``texts``."""

    def __init__(self, texts: Iterable[str]) -> None:
        lines = [words(text) for text in texts]
        with TemporaryDirectory() as folder:
            model = Path(folder) / "texts.arpa"
            with model.open("w") as file:
                lm = ArpaBoLM(text="\n".join(lines), add_start=True)
                lm.compute()
                lm.write(file)
            self._decoder = Decoder(
                lm=str(model), samprate=RATE_HZ, cmn="batch", loglevel="FATAL", beam=1e-60
            )
        for word in sorted({word for line in lines for word in line.split()}):
            if self._decoder.lookup_word(word) is None:
                raise LookupError(f"the listener cannot pronounce {word!r}")

    def understands(self, pcm: Pcm) -> str:
        """The words heard in 8 kHz ``pcm``, lower case."""
        wide = resample(pcm, 8000, RATE_HZ)
        heard = []
        for part in utterances(wide):
            self._decoder.start_utt()
            self._decoder.process_raw(part.tobytes(), full_utt=True)
            self._decoder.end_utt()
            hypothesis = self._decoder.hyp()
            if hypothesis is not None:
                heard.append(hypothesis.hypstr)
        return " ".join(heard)


def words(text: str) -> str:
    """``text`` as the words that are spoken, without punctuation."""
    return " ".join(re.findall(r"[a-z']+", speakable(text, "en").lower()))


def utterances(pcm: Pcm) -> Iterable[Pcm]:
    """The stretches between silences of half a second and more, 0.1 s of silence around each."""
    block = RATE_HZ // 50
    levels = [
        float(np.abs(pcm[at : at + block].astype(np.int32)).mean())
        for at in range(0, len(pcm), block)
    ]
    loud = [at for at, level in enumerate(levels) if level > 60]
    start = previous = None
    for at in [*loud, 10**9]:
        if start is None:
            start = at
        elif previous is not None and at - previous > 25:
            yield pcm[max(0, (start - 5) * block) : (previous + 6) * block]
            start = at
        previous = at
