"""Full-context labels of the HTS format, from the phonemes that Piper would be given.

An HTS voice chooses its parameters by questions about a phone's surroundings: its neighbours, where
it stands in syllable, word and phrase, what is stressed around it. festival writes these labels
from a text; here they are written from espeak-ng's phonemes, so that the teacher speaks exactly
what the voice will be asked for. The letters A to J name the fields as the HTS demonstration for
English does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from models.recipes.piper.phones import FLAP, PAUSE, PAUSES, SOUND_OF, STRESS, VOWELS

ONSETS: Final = frozenset(
    """p b t d k g f v th dh s z sh zh hh ch jh m n l r w y dx p.l p.r p.y b.l b.r b.y t.r t.w t.y
    d.r d.w d.y k.l k.r k.w k.y g.l g.r g.w f.l f.r f.y v.y th.r th.w sh.r s.p s.t s.k s.m s.n s.l
    s.w s.f hh.y m.y n.y s.p.l s.p.r s.p.y s.t.r s.k.r s.k.w s.k.y""".split()
)
"""What a syllable may begin with."""
REDUCED: Final = frozenset(("ax", "ih", "er", "iy"))
"""Vowels that leave a word of one syllable unstressed."""
TONES: Final = {"?": "H-H%", ",": "L-H%"}
FALLING: Final = "L-L%"
CONTENT: Final = "content"
GUESSED_PARTS: Final = {
    "det": "ðə ɐ ðɪ ɐn", "in": "ʌv ɪn ɔn æt fɔːɹ wɪð fɹʌm baɪ", "to": "tə tʊ",
    "cc": "ænd ɔːɹ bʌt", "aux": "ɪz wʌz ɑːɹ biː", "md": "kæn wɪl",
    "pps": "juː jʊɹ aɪ maɪ wiː ɪt hiː",
}  # fmt: skip
PART_OF_SPEECH: Final = {
    word: part for part, all_ in GUESSED_PARTS.items() for word in all_.split()
}


@dataclass(frozen=True, slots=True)
class Phone:
    """One sound, or a pause."""

    name: str
    stress: int = 0
    """0, 1 secondary, 2 primary; of vowels only."""


@dataclass(slots=True, eq=False)
class Syllable:
    """Compared by identity: two may be alike."""

    phones: list[Phone]
    in_word: int
    word: Word
    in_phrase: int = 0

    @property
    def stressed(self) -> int:
        """1 when stressed; a word of one syllable is, unless its vowel is a reduced one."""
        marked = any(phone.stress for phone in self.phones)
        alone = self.word.syllables == [self] and self.vowel not in {*REDUCED, "novowel"}
        return int(marked or alone)

    @property
    def accented(self) -> int:
        return int(any(phone.stress == 2 for phone in self.phones))

    @property
    def vowel(self) -> str:
        return next((phone.name for phone in self.phones if phone.name in VOWELS), "novowel")


@dataclass(slots=True, eq=False)
class Word:
    part_of_speech: str
    phrase: Phrase
    in_phrase: int
    syllables: list[Syllable] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Phrase:
    """What lies between two pauses."""

    number: int
    tone: str = FALLING
    words: list[Word] = field(default_factory=list)

    @property
    def syllables(self) -> list[Syllable]:
        return [syllable for word in self.words for syllable in word.syllables]


@dataclass(frozen=True, slots=True)
class Place:
    """A phone and the syllable it is of; a pause has none."""

    phone: Phone
    syllable: Syllable | None = None
    in_syllable: int = 0


def full_context(symbols: Sequence[str]) -> tuple[list[str], list[Phone]]:
    """A label for every phone of ``symbols`` (espeak-ng's, merged), and the phones, pauses at both
    ends and between phrases included; nothing for symbols without a sound."""
    phrases = _phrases(symbols)
    if not phrases:
        return [], []
    places = [Place(Phone(PAUSE))]
    for phrase in phrases:
        for syllable in phrase.syllables:
            places += [Place(phone, syllable, at) for at, phone in enumerate(syllable.phones)]
        places.append(Place(Phone(PAUSE)))
    return list(_labels(places, phrases)), [place.phone for place in places]


def _phrases(symbols: Sequence[str]) -> list[Phrase]:
    phrases: list[Phrase] = []
    phrase = Phrase(0)
    sounds: list[str] = []
    for symbol in (*symbols, "."):
        if symbol == " " or symbol in PAUSES:
            if word := _word(sounds, phrase):
                phrase.words.append(word)
            sounds = []
            if symbol != " " and phrase.words:
                phrase.tone = TONES.get(symbol, FALLING)
                phrases.append(phrase)
                phrase = Phrase(len(phrases))
        else:
            sounds.append(symbol)
    for done in phrases:
        for at, syllable in enumerate(done.syllables):
            syllable.in_phrase = at
    return phrases


def _word(symbols: Sequence[str], phrase: Phrase) -> Word | None:
    phones: list[Phone] = []
    stress = 0
    for symbol in symbols:
        if symbol in STRESS:
            stress = STRESS[symbol]
        elif symbol == "n̩":
            phones += [Phone("ax", stress), Phone("n")]
            stress = 0
        elif symbol in SOUND_OF:
            name = SOUND_OF[symbol]
            vowel = name in VOWELS
            phones.append(Phone(name, stress if vowel else 0))
            stress = 0 if vowel else stress
    if not phones:
        return None
    spelling = "".join(symbol for symbol in symbols if symbol in SOUND_OF or symbol == "n̩")
    accented = any(phone.stress == 2 for phone in phones)
    part = CONTENT if accented else PART_OF_SPEECH.get(spelling, "in")
    word = Word(part, phrase, len(phrase.words))
    word.syllables = [
        Syllable(parted, number, word) for number, parted in enumerate(_syllables(phones))
    ]
    return word


def _syllables(phones: list[Phone]) -> Iterator[list[Phone]]:
    """Cut so that every syllable but the first begins with the longest possible onset."""
    vowels = [at for at, phone in enumerate(phones) if phone.name in VOWELS]
    start = 0
    for before, vowel in zip(vowels, vowels[1:], strict=False):
        cut = vowel
        while cut - 1 > before and _onset(phones[cut - 1 : vowel]) in ONSETS:
            cut -= 1
        yield phones[start:cut]
        start = cut
    yield phones[start:]


def _onset(phones: Sequence[Phone]) -> str:
    return ".".join(phone.name for phone in phones)


def _labels(places: Sequence[Place], phrases: Sequence[Phrase]) -> Iterator[str]:
    syllables = [syllable for phrase in phrases for syllable in phrase.syllables]
    words = [word for phrase in phrases for word in phrase.words]
    names = ["t" if place.phone.name == FLAP else place.phone.name for place in places]
    names = ["x", "x", *names, "x", "x"]
    order = {id(syllable): at for at, syllable in enumerate(syllables)}
    for at, place in enumerate(places):
        p1, p2, p3, p4, p5 = names[at : at + 5]
        if place.syllable is None:
            before = next((p.syllable for p in reversed(places[:at]) if p.syllable), None)
            after = next((p.syllable for p in places[at:] if p.syllable), None)
            context = _pause_context(before, after, phrases)
        else:
            number = order[id(place.syllable)]
            before = syllables[number - 1] if number else None
            after = syllables[number + 1] if number + 1 < len(syllables) else None
            context = _sound_context(place, before, after, words, phrases)
        whole = f"/J:{len(syllables)}+{len(words)}-{len(phrases)}"
        yield f"{p1}^{p2}-{p3}+{p4}={p5}@{context}{whole}"


def _pause_context(
    before: Syllable | None, after: Syllable | None, phrases: Sequence[Phrase]
) -> str:
    last_word, next_word = (beside.word if beside else None for beside in (before, after))
    beside = last_word or next_word
    assert beside is not None
    number = beside.phrase.number
    inside = "/B:x-x-x@x-x&x-x#x-x$x-x!x-x;x-x|x"
    return (
        f"x_x/A:{_syllable_field(before, '_')}{inside}/C:{_syllable_field(after, '+')}"
        f"/D:{_word_field(last_word)}/E:x+x@x+x&x+x#x+x"
        f"/F:{_word_field(next_word)}/G:{_phrase_field(last_word.phrase if last_word else None)}"
        f"/H:x=x@{number + 1}={len(phrases) - number}|0"
        f"/I:{_phrase_field(next_word.phrase if next_word else None, '=')}"
    )


def _sound_context(
    place: Place,
    before: Syllable | None,
    after: Syllable | None,
    words: Sequence[Word],
    phrases: Sequence[Phrase],
) -> str:
    syllable = place.syllable
    assert syllable is not None
    word, phrase = syllable.word, syllable.word.phrase
    near, number = phrase.syllables, phrase.number
    stressed = [each.stressed for each in near]
    accented = [each.accented for each in near]
    content = [int(each.part_of_speech == CONTENT) for each in phrase.words]
    at, word_at = syllable.in_phrase, word.in_phrase
    place_of_word = words.index(word)
    last_word = words[place_of_word - 1] if place_of_word else None
    next_word = words[place_of_word + 1] if place_of_word + 1 < len(words) else None
    return (
        f"{place.in_syllable + 1}_{len(syllable.phones) - place.in_syllable}"
        f"/A:{_syllable_field(before, '_')}"
        f"/B:{_syllable_field(syllable, '-')}"
        f"@{syllable.in_word + 1}-{len(word.syllables) - syllable.in_word}"
        f"&{at + 1}-{len(near) - at}"
        f"#{sum(stressed[:at]) + 1}-{sum(stressed[at + 1 :]) + 1}"
        f"${sum(accented[:at]) + 1}-{sum(accented[at + 1 :]) + 1}"
        f"!{_distances(stressed, at, '-')};{_distances(accented, at, '-')}|{syllable.vowel}"
        f"/C:{_syllable_field(after, '+')}"
        f"/D:{_word_field(last_word)}"
        f"/E:{word.part_of_speech}+{len(word.syllables)}"
        f"@{word_at + 1}+{len(content) - word_at}"
        f"&{sum(content[:word_at])}+{sum(content[word_at + 1 :])}"
        f"#{_distances(content, word_at, '+')}"
        f"/F:{_word_field(next_word)}"
        f"/G:{_phrase_field(phrases[number - 1] if number else None)}"
        f"/H:{_phrase_field(phrase, '=')}@{number + 1}={len(phrases) - number}|{phrase.tone}"
        f"/I:{_phrase_field(phrases[number + 1] if number + 1 < len(phrases) else None, '=')}"
    )


def _distances(flags: Sequence[int], at: int, joint: str) -> str:
    """How far away the flags nearest to ``at`` on either side are; 0 for none."""
    back = next((far for far in range(1, at + 1) if flags[at - far]), 0)
    ahead = next((far for far in range(1, len(flags) - at) if flags[at + far]), 0)
    return f"{back}{joint}{ahead}"


def _syllable_field(syllable: Syllable | None, joint: str) -> str:
    if syllable is None:
        return f"0{joint}0{joint}0"
    return f"{syllable.stressed}{joint}{syllable.accented}{joint}{len(syllable.phones)}"


def _word_field(word: Word | None) -> str:
    return f"{word.part_of_speech}_{len(word.syllables)}" if word else "0_0"


def _phrase_field(phrase: Phrase | None, joint: str = "_") -> str:
    if phrase is None:
        return f"0{joint}0"
    return f"{len(phrase.syllables)}{joint}{len(phrase.words)}"
