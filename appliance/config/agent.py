"""An Agent: who answers, what it knows and how it behaves. Values only; ``agents_file.py`` reads
them. A long file, because every key of the agents file stands here with its meaning."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from appliance.config.url import HttpUrl, StsUrl
from appliance.language.dictation_words import Kind
from appliance.language.english import ENGLISH
from appliance.language.registry import language_of
from appliance.weights.defaults import LANGUAGE_MODEL

Text = Annotated[str, Field(min_length=1)]
Action = Literal["hangup", "transfer"]
Expect = Literal["any", "yes_no", "open", "digits", "name", "code", "email", "date"]
VALUE: Final = "{value}"
"""Stands for what the caller has dictated."""
Trust = Literal["smalltalk", "talk", "facts"]
OWN_MODEL: Final = "default"
"""Stands for the appliance's own model, until ``agent_defaults.py`` says which one that is here."""
Place = Annotated[str, Field(pattern=r"^[A-Za-z0-9+*#_.-]+(@[A-Za-z0-9_.-]+)?$")]
"""Of the dialplan: ``extension`` or ``extension@context``."""


def _several(value: Any) -> Any:
    """One phrase, or a list of them."""
    return (value,) if isinstance(value, str) else value


class Part(BaseModel):
    """Frozen, and an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Endpointing(Part):
    """When the caller's turn is over. Milliseconds of silence, counted in audio time.

    People pause for half a second inside their sentences: a wait below ``complete_ms`` is quicker
    and cuts in. A caller who pauses longer is waited for longer, up to 300 ms.
    """

    pause_ms: int = Field(200, ge=64, le=2000, description="silence that starts the preparation")
    answered_ms: int = Field(
        340,
        ge=64,
        le=5000,
        description="wait when the end is nearly sure: yes or no to a yes/no question, a goodbye",
    )
    complete_ms: int = Field(
        495, ge=64, le=5000, description="wait when the words may be all, and may go on"
    )
    doubtful_ms: int = Field(
        800, ge=64, le=5000, description="wait when more is likely, or the words are uncertain"
    )
    incomplete_ms: int = Field(
        1200, ge=64, le=5000, description="wait after a trailing conjunction or half sentence"
    )
    digits_ms: int = Field(
        1500, ge=64, le=5000, description="wait inside a number, a name or an address dictated"
    )
    cap_ms: int = Field(1800, ge=64, le=10000, description="no wait is ever longer than this")
    min_speech_ms: int = Field(64, ge=32, le=1000, description="shorter sounds are no speech")
    threshold: float = Field(0.5, gt=0, lt=1, description="voice probability that counts as speech")
    no_input_s: float = Field(8.0, gt=0, description="silence before the caller is asked again")
    no_input_prompts: int = Field(2, ge=0, description="how often, before goodbye")
    hold_s: float = Field(
        30.0, gt=0, description="how long a caller is waited for who said 'hold on', then asked"
    )
    max_turn_s: float = Field(30.0, gt=0, description="a turn longer than this is taken as it is")


class BargeInOptions(Part):
    """When a caller may take the floor from the agent."""

    enabled: bool = Field(
        True, description="with false nothing but keys interrupts the agent, whatever it says"
    )
    voice_ms: int = Field(96, ge=64, le=2000, description="voice that pauses the agent")
    confirm_words: int = Field(1, ge=1, le=10, description="words (no backchannels) that stop it")
    confirm_voice_ms: int = Field(
        1500, ge=100, le=5000, description="voice that stops it although no word was understood"
    )
    backchannels: tuple[str, ...] = Field(
        ENGLISH.backchannels,
        description="what a listener says without wanting the floor; left out: the language's own",
    )


class KnowledgeEntry(Part):
    """Something the site knows: how people ask for it, and the words that answer it."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")
    questions: tuple[Text, ...] = Field(min_length=1)
    answer: Text
    asks: Text | None = Field(
        None,
        description="what it is about, as words behind `about` (our opening hours): where it may"
        " be meant, the caller is asked with them",
    )
    urgent: bool = Field(
        False,
        description="an emergency: found by less, whatever else is said, and by the language's own"
        " list of emergencies; never left to a model",
    )
    action: Action | None = Field(None, description="done after the answer was heard")
    transfer_to: Place | None = Field(
        None, description="where a transfer goes: extension or extension@context"
    )
    expect: Expect = Field("any", description="what the caller will probably say next")
    length: int | None = Field(
        None,
        ge=1,
        le=32,
        description="how many digits or letters they will dictate, if it is known",
    )
    then: str | None = Field(
        None, description="id of the entry that comes when they have confirmed what they dictated"
    )
    if_yes: str | None = Field(
        None, description="id of the entry that answers a yes to this one's question"
    )
    interruptible: bool = Field(
        True, description="with false it is said to its end; keys still interrupt it"
    )
    tool: str | None = Field(
        None, description="used after the answer was said; its result is said then"
    )
    arguments: dict[str, str | int | float | bool] = Field({}, description="what the tool is told")

    @property
    def dictated(self) -> Kind | None:
        """What the caller is to dictate after it."""
        return next((kind for kind in get_args(Kind) if kind == self.expect), None)

    @property
    def needs_value(self) -> bool:
        """Whether it says or uses what the caller has dictated before."""
        return VALUE in self.answer or any(VALUE in str(each) for each in self.arguments.values())

    @model_validator(mode="after")
    def _expects_a_value(self) -> Self:
        given = [key for key in ("length", "then") if getattr(self, key) is not None]
        if given and self.dictated is None:
            kinds = ", ".join(get_args(Kind))
            raise ValueError(f"`{given[0]}` needs `expect` to be one of {kinds}")
        return self


class Phrases(Part):
    """What the agent says by itself. Spoken from cached sound. Left out: the language's own."""

    no_input: Annotated[tuple[Text, ...], BeforeValidator(_several), Field(min_length=1)] = Field(
        _several(ENGLISH.phrases.no_input),
        description="to a caller who says nothing: one, or several that are said in turn",
    )
    no_input_person: str = Field(
        ENGLISH.phrases.no_input_person,
        description="in place of the last one where `unknown_if_yes` offers a person",
    )
    no_input_key: str = Field(
        ENGLISH.phrases.no_input_key,
        description="behind it where a key is among that entry's questions: `{key}`",
    )
    no_input_goodbye: Text = ENGLISH.phrases.no_input_goodbye
    filler: tuple[Text, ...] = ENGLISH.phrases.filler
    filler_after_ms: int = Field(
        900, ge=100, description="an answer later than this, and not about to come, gets a filler"
    )
    apology: Text = ENGLISH.phrases.apology
    not_understood: Text = ENGLISH.phrases.not_understood
    unknown: Text = ENGLISH.phrases.unknown
    anything_else: Text = ENGLISH.phrases.anything_else
    transfer: Text = ENGLISH.phrases.transfer
    goodbye: Text = ENGLISH.phrases.goodbye
    tool_failed: Text = ENGLISH.phrases.tool_failed
    time_over: Text = ENGLISH.phrases.time_over
    trouble: str = Field(
        ENGLISH.phrases.trouble,
        description="in place of the third misunderstanding in a row, where `unknown_if_yes` offers"
        " a person",
    )
    hold_on: str = Field(ENGLISH.phrases.hold_on, description="to a caller who asks for a moment")
    back: str = Field(ENGLISH.phrases.back, description="to one who says that they are back")
    is_that_right: Text = Field(
        ENGLISH.phrases.is_that_right, pattern=r"\{value\}", description="reads a value back"
    )
    noted: Text = ENGLISH.phrases.noted
    what_is_it_for: Text = ENGLISH.phrases.what_is_it_for
    say_it_again: Text = ENGLISH.phrases.say_it_again
    spell_it_again: Text = ENGLISH.phrases.spell_it_again
    not_taken_down: Text = ENGLISH.phrases.not_taken_down
    what_for: Text = ENGLISH.phrases.what_for
    help: Text = ENGLISH.phrases.help
    help_with: Text = ENGLISH.phrases.help_with
    ask_back: Text = Field(
        ENGLISH.phrases.ask_back,
        description="asks whether one entry is meant; {first} stands for its `asks`",
    )
    ask_back_action: Text = Field(
        ENGLISH.phrases.ask_back_action,
        description="likewise, of an entry that does something or is urgent",
    )
    ask_back_question: Text = Field(
        ENGLISH.phrases.ask_back_question,
        description="likewise, of one without `asks`; {first} stands for its first question",
    )
    ask_back_two: Text = Field(
        ENGLISH.phrases.ask_back_two,
        description="asks which of two is meant: {first} and {second}",
    )
    tell_more: Text = Field(
        ENGLISH.phrases.tell_more, description="to a caller who tells something and asks nothing"
    )
    medical: Text = Field(ENGLISH.phrases.medical, description="to what only a doctor may answer")
    legal: Text = Field(ENGLISH.phrases.legal, description="to what only a lawyer may answer")
    payment_card: Text = Field(
        ENGLISH.phrases.payment_card, description="to a caller who speaks of the numbers of a card"
    )

    def asking(self, entries: Sequence[KnowledgeEntry]) -> str:
        """The question back whether the first of ``entries`` is meant, or which of two."""
        first, *others = entries
        if others and first.asks and others[0].asks:
            text = self.ask_back_two.replace("{first}", first.asks)
            return text.replace("{second}", others[0].asks)
        if first.asks is None:
            return self.ask_back_question.replace("{first}", first.questions[0])
        acts = first.action is not None or first.tool is not None or first.urgent
        phrase = self.ask_back_action if acts else self.ask_back
        return phrase.replace("{first}", first.asks)

    @model_validator(mode="after")
    def _with_their_places(self) -> Self:
        for key, places in _PLACES.items():
            missing = [place for place in places if place not in getattr(self, key)]
            if missing:
                raise ValueError(f"{key} needs {' and '.join(missing)} in it")
        return self


_PLACES: Final = {
    "ask_back": ("{first}",),
    "ask_back_action": ("{first}",),
    "ask_back_question": ("{first}",),
    "ask_back_two": ("{first}", "{second}"),
}


class Example(Part):
    """One exchange that shows the language model how to answer."""

    caller: Text
    agent: Text | None = Field(None, description="the words, or else a tool")
    tool: Text | None = Field(None, description="that it should ask for instead of answering")
    arguments: dict[str, str | int | float | bool] = Field({}, description="and with what")

    @property
    def reply(self) -> str:
        """As a language model writes it."""
        if self.agent is not None:
            return self.agent
        return json.dumps({"name": self.tool, "arguments": self.arguments})

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.agent is None) == (self.tool is None):
            raise ValueError("needs either `agent`, its words, or `tool`")
        return self


class Agent(Part):
    """One agent of the site."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")
    extensions: tuple[str, ...] = Field((), description="dialled numbers it answers")
    language: str = Field(
        "en",
        pattern=r"^[a-z]{2}(-[A-Za-z]{2})?$",
        description="with the country behind it where that matters: `en` and `en-GB` read 3/5 as"
        " the third of May, `en-US` as March fifth",
    )
    persona: Text
    persona_url: HttpUrl | None = Field(
        None, description='asked for another persona in every call; answers `{"system": "..."}`'
    )
    examples: tuple[Example, ...] = ()
    greeting: Text
    greeting_interruptible: bool = Field(
        True, description="with false it is said to its end; keys still interrupt it"
    )
    voice: Text = Field(
        OWN_MODEL, description="a model of the catalogue, or a path; left out: the appliance's own"
    )
    say: dict[Text, Text] = Field(
        {},
        description="words that the voice says wrongly, and what it shall say instead:"
        ' `{Quay: "kee", VAT: "V A T"}`; for the voice alone, whole words in any case',
    )
    speaking_rate: float = Field(1.0, ge=0.5, le=2.0, description="1.2 speaks faster")
    pause_rate: float = Field(
        1.0, ge=0.0, le=4.0, description="2 makes the pauses between sentences twice as long"
    )
    recognizer: Text = Field(OWN_MODEL, description="likewise")
    partial_recognizer: Text | None = Field(
        None,
        description="another, for words while they are spoken, where the first has none",
    )
    hotwords: tuple[Text, ...] = Field(
        (),
        description="names that callers say, for a recogniser that can be told (Whisper)",
    )
    min_confidence: float = Field(
        0.5,
        ge=0,
        le=1,
        description="words that the recogniser is less sure of are asked for again (twice at most)",
    )
    min_confidence_expected: float = Field(
        0.3,
        ge=0,
        le=1,
        description="the same for words that are just what was asked for, and for a known question",
    )
    language_model: Text = Field(LANGUAGE_MODEL, description="a model of the catalogue, or a path")
    embedding: Text | None = Field(
        OWN_MODEL,
        description="what compares sentences by their meaning: a model of the catalogue, or a path;"
        " left out: the appliance's own, in English; nothing: words alone are compared",
    )
    asr_url: HttpUrl | None = Field(None, description="an AVR ASR service to use instead")
    llm_url: HttpUrl | None = Field(None, description="an AVR LLM service to use instead")
    tts_url: HttpUrl | None = Field(None, description="an AVR TTS service to use instead")
    openai_url: HttpUrl | None = Field(
        None, description="an OpenAI-compatible server to use as the language model instead"
    )
    openai_model: Text | None = Field(None, description="the model to ask for there")
    sts_url: StsUrl | None = Field(
        None, description="an AVR speech-to-speech service that holds the whole conversation"
    )
    tools: tuple[str, ...] = Field(
        (),
        description="what the language model may do: avr_transfer, avr_hangup, and tools of the"
        " tools file",
    )
    ambient_noise_file: Path | None = Field(None, description="sound under the agent's voice")
    ambient_noise_level: float = Field(0.1, ge=0, le=1, description="and its gain")
    trust: Trust | None = Field(
        None,
        description="what the language model may answer: `smalltalk`, no more (left out: models"
        " below 1B); `talk`, all but questions, with the entries near the words as notes and no"
        " figure that stands in none (from 1B on); `facts`, whatever no entry surely answers"
        " (a model or service of your own)",
    )
    facts_from_model: bool | None = Field(
        None, description="older name: true is `trust: facts`, false no more than `trust: talk`"
    )
    unknown_if_yes: str | None = Field(
        None, description="id of the knowledge entry for a yes to the `unknown` phrase"
    )
    person: Place | None = Field(
        None,
        description="where a transfer goes that names no place of its own; without it, the"
        " dialplan decides (APPLIANCE_HUMAN)",
    )
    max_reply_tokens: int = Field(60, ge=8, le=1000)
    max_call_s: float = Field(1800.0, gt=0)
    endpointing: Endpointing = Endpointing()
    barge_in: BargeInOptions = BargeInOptions()
    phrases: Phrases = Phrases()
    knowledge: tuple[KnowledgeEntry, ...] = ()

    @property
    def trusts(self) -> Trust:
        """What its model may answer; ``agent_defaults.py`` has settled it."""
        if self.facts_from_model:
            return "facts"
        trust = self.trust or "smalltalk"
        return "talk" if trust == "facts" and self.facts_from_model is False else trust

    @model_validator(mode="before")
    @classmethod
    def _in_its_language(cls, values: Any) -> Any:
        """With the language's own words where the agent gives none."""
        if not isinstance(values, dict) or not isinstance(values.get("language", ""), str):
            return values  # what is wrong with it is told by the fields
        known = language_of(values.get("language", ENGLISH.code))
        own = {"phrases": asdict(known.phrases), "barge_in": {"backchannels": known.backchannels}}
        given = {key: values.get(key, {}) for key in own}
        return values | {
            key: words | given[key] for key, words in own.items() if isinstance(given[key], dict)
        }
