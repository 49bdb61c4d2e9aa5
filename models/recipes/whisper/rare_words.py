"""More speech for the words that the corpus says seldom.

A recogniser with a lexicon knows a word from its phones; this one has no lexicon and must hear
every word some dozens of times. So rare words are spoken once more, a few in a row in any order.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from multiprocessing import Pool
from pathlib import Path

from tqdm import tqdm

from models.recipes.corpus.sentences import Sentences, is_held_out
from models.recipes.corpus.utterance import load_corpus, save_shard
from models.recipes.corpus.voices import TRAINING, Voice, any_manner, speak

TIMES = 40
"""How often each word is to be heard."""
WORDS = (3, 4, 5)
"""In a row."""
SHARD = 100
SEED = 5


def speak_rare_words(corpus: Path, directory: Path, sentences: Sentences, processes: int) -> None:
    """Fill ``directory`` with shards in which the rare words of ``corpus`` are spoken."""
    directory.mkdir(parents=True, exist_ok=True)
    said = Counter(word for each in load_corpus(corpus) for word in each.text.split())
    draw = random.Random(SEED)
    texts = list(_texts(sentences, said, draw))
    weights = [voice.utterances for voice in TRAINING]
    shards = [
        (directory / f"words-{at // SHARD:02}.npz", draw.choices(TRAINING, weights)[0], chosen)
        for at in range(0, len(texts), SHARD)
        if (chosen := texts[at : at + SHARD])
    ]
    missing = [shard for shard in shards if not shard[0].exists()]
    with Pool(processes) as pool:
        works = pool.imap_unordered(_speak, missing)
        for _ in tqdm(works, "rare words", total=len(missing), unit="shard"):
            pass


def _texts(sentences: Sentences, said: Counter[str], draw: random.Random) -> Iterator[str]:
    wanted = [word for word in sentences.vocabulary for _ in range(max(0, TIMES - said[word]))]
    draw.shuffle(wanted)
    while wanted:
        count = draw.choice(WORDS)
        text = " ".join(wanted[:count])
        del wanted[:count]
        if not is_held_out(text, sentences.questions):
            yield text


def _speak(shard: tuple[Path, Voice, Sequence[str]]) -> None:
    path, voice, texts = shard
    draw = random.Random(path.name)
    save_shard(path, speak(voice, [(text, any_manner(draw)) for text in texts]))
