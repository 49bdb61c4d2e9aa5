"""Whole calls in virtual time. One word lasts 0.3 s; the greeting has three words."""

import pytest

from appliance.config.agent import Agent
from appliance.errors import LanguageModelError, RecognizerError, SynthesizerError
from tests.fakes.conversation import Outcome, Script, converse
from tests.fakes.virtual_time import run

pytestmark = pytest.mark.unit

GREETING_S = 0.9


def agent(**changes: object) -> Agent:
    return Agent.model_validate(
        {
            "name": "clinic",
            "persona": "You are a receptionist.",
            "greeting": "Clinic, good day.",
            "phrases": {"filler": ["One moment."], "filler_after_ms": 900},
            "unknown_if_yes": "person",
            "knowledge": [
                {
                    "id": "hours",
                    "questions": ["what time do you open", "opening hours"],
                    "answer": "We open at nine in the morning.",
                },
                {
                    "id": "person",
                    "questions": ["i want to speak to a person", "0"],
                    "answer": "I will put you through.",
                    "action": "transfer",
                },
                {
                    "id": "goodbye",
                    "questions": ["goodbye", "thank you goodbye"],
                    "answer": "Goodbye!",
                    "action": "hangup",
                },
            ],
            **changes,
        }
    )


def after_greeting(rate_hz: int = 8000) -> Script:
    return Script(rate_hz=rate_hz).quiet(GREETING_S + 0.6)


def heard_and_said(outcome: Outcome) -> list[tuple[str, str, str]]:
    return [(turn.heard, turn.said, turn.source) for turn in outcome.record.turns]


def test_the_greeting_is_heard_at_once_and_written_down() -> None:
    outcome = run(converse(agent(), Script().quiet(2.0)))
    assert outcome.first_sound_after(0.0) <= 0.1
    assert outcome.record.greeting == "Clinic, good day."
    assert outcome.record.outcome == "caller_hangup"
    assert outcome.record.ended is not None


@pytest.mark.parametrize("rate_hz", [8000, 16000])
def test_a_known_question_gets_the_sites_answer_without_the_model(rate_hz: int) -> None:
    script = after_greeting(rate_hz).says("what time do you open").quiet(4.0)
    outcome = run(converse(agent(), script))
    assert heard_and_said(outcome) == [
        ("what time do you open", "We open at nine in the morning.", "knowledge")
    ]
    assert outcome.model.asked == []


def test_an_answer_comes_when_the_wait_is_over_because_it_was_prepared_before() -> None:
    script = after_greeting().says("what time do you open").quiet(4.0)
    outcome = run(converse(agent(), script))
    timeline = outcome.record.turns[0].timeline_ms
    assert timeline["final"] < timeline["endpoint"]
    assert timeline["first_pcm"] < timeline["endpoint"]
    assert 500 <= timeline["endpoint"] <= 540
    assert timeline["first_frame"] - timeline["endpoint"] <= 20
    assert timeline["answer"] == timeline["first_frame"]


def test_a_turn_tells_where_in_the_call_the_callers_voice_ended() -> None:
    script = after_greeting().says("what time do you open").quiet(4.0)
    script = script.says("how are you").quiet(4.0)
    first, second = run(converse(agent(), script)).record.turns
    assert first.voice_ended_ms is not None
    assert second.voice_ended_ms is not None
    assert first.voice_ended_ms >= 1000 * GREETING_S
    assert second.voice_ended_ms - first.voice_ended_ms >= 4000


def test_small_talk_goes_to_the_model_with_the_conversation_so_far() -> None:
    script = after_greeting().says("how are you").quiet(4.0).says("me too").quiet(4.0)
    outcome = run(converse(agent(), script))
    assert [turn.source for turn in outcome.record.turns] == ["language_model"] * 2
    assert [(m.role, m.content) for m in outcome.model.asked[1]] == [
        ("system", "You are a receptionist."),
        ("user", "Hello."),
        ("assistant", "Clinic, good day."),
        ("user", "how are you"),
        ("assistant", "I am fine, thank you."),
        ("user", "me too"),
    ]


def test_prompts_only_grow_so_that_the_model_can_reuse_them() -> None:
    script = after_greeting()
    for line in ("how are you", "me too", "that is nice"):
        script.says(line).quiet(4.0)
    asked = run(converse(agent(), script)).model.asked
    assert len(asked) == 3
    for shorter, longer in zip(asked, asked[1:], strict=False):
        assert longer[: len(shorter)] == shorter


def test_the_model_reads_along_while_the_caller_speaks() -> None:
    script = after_greeting().says("my cat is very old").quiet(4.0)
    outcome = run(converse(agent(), script))
    read = [messages[-1].content for messages in outcome.model.read if messages[-1].role == "user"]
    assert read == ["my", "my cat", "my cat is", "my cat is very"]
    assert outcome.model.asked[0][-1].content == "my cat is very old"


def test_facts_nobody_knows_are_admitted_and_a_yes_brings_a_person() -> None:
    script = (
        after_greeting().says("where can i buy a bicycle").quiet(7.0).says("yes please").quiet(4.0)
    )
    outcome = run(converse(agent(), script))
    assert [turn.source for turn in outcome.record.turns] == ["phrase", "knowledge"]
    assert outcome.record.turns[1].said == "I will put you through."
    assert outcome.record.outcome == "transfer"


def test_figures_the_model_made_up_are_not_spoken() -> None:
    script = after_greeting().says("i like the morning").quiet(6.0)
    outcome = run(converse(agent(), script, answer=lambda prompt: "Come at 7, we are open."))
    assert outcome.record.turns[0].said.startswith("I do not know that")


def test_a_pause_inside_a_sentence_does_not_split_the_turn() -> None:
    script = after_greeting().says("i want to").quiet(0.6).says("speak to a person").quiet(4.0)
    outcome = run(converse(agent(), script))
    assert [turn.heard for turn in outcome.record.turns] == ["i want to speak to a person"]
    assert outcome.record.outcome == "transfer"


def test_words_that_follow_before_the_answer_is_heard_join_the_turn() -> None:
    script = after_greeting().says("how are you").quiet(0.42).says("my friend").quiet(4.0)
    outcome = run(
        converse(
            agent(),
            script,
            prepare=lambda recognition, model, voice: setattr(model, "stalls_s", 0.5),
        )
    )
    assert [turn.heard for turn in outcome.record.turns] == ["how are you my friend"]


def test_a_caller_who_interrupts_is_heard_and_history_holds_what_he_heard() -> None:
    script = (
        after_greeting()
        .says("tell me everything")
        .quiet(2.0)
        .says("wait what time do you open")
        .quiet(4.0)
    )
    long = "Alpha bravo charlie delta echo fox. Golf hotel india juliet kilo lima."
    outcome = run(converse(agent(), script, answer=lambda prompt: long))
    first, second = outcome.record.turns
    assert first.interrupted
    assert first.said
    assert long.startswith(first.said)
    assert len(first.said) < len(long)
    assert second.source == "knowledge"


def test_a_barge_in_silences_the_agent_within_300_ms() -> None:
    script = after_greeting().says("tell me everything").quiet(2.0).says("wait please stop now")
    spoke_at = GREETING_S + 0.6 + 3 * 0.3 + 2.0
    long = "Alpha bravo charlie delta echo fox. Golf hotel india juliet kilo lima."
    outcome = run(converse(agent(), script.quiet(3.0), answer=lambda prompt: long))
    assert outcome.silent_from(spoke_at) - spoke_at <= 0.3


def test_the_greeting_can_be_interrupted() -> None:
    script = Script().quiet(0.3).says("what time do you open").quiet(4.0)
    outcome = run(converse(agent(greeting="Clinic " + "good day " * 20), script))
    assert outcome.record.turns[0].source == "knowledge"
    assert len(outcome.record.greeting) < 40


def test_a_backchannel_lets_the_agent_go_on_to_the_end() -> None:
    script = after_greeting().says("tell me everything").quiet(1.5).says("mhm").quiet(8.0)
    long = "Alpha bravo charlie delta echo fox golf. India juliet kilo lima."
    outcome = run(converse(agent(), script, answer=lambda prompt: long))
    assert [turn.said for turn in outcome.record.turns] == [long]
    assert not outcome.record.turns[0].interrupted
    assert b'appliance_bargein_total{outcome="resumed"} 1.0' in outcome.metrics.render()


def test_a_caller_cannot_interrupt_an_agent_who_forbids_it() -> None:
    script = after_greeting().says("tell me everything").quiet(1.0).says("stop stop").quiet(6.0)
    long = "Alpha bravo charlie delta echo fox golf."
    outcome = run(converse(agent(barge_in={"enabled": False}), script, answer=lambda prompt: long))
    assert [turn.said for turn in outcome.record.turns] == [long]


def test_a_late_answer_gets_one_filler_which_is_not_remembered() -> None:
    script = after_greeting().says("how are you").quiet(6.0)
    outcome = run(
        converse(
            agent(),
            script,
            prepare=lambda recognition, model, voice: setattr(model, "stalls_s", 2.0),
        )
    )
    turn = outcome.record.turns[0]
    assert turn.said == "I am fine, thank you."
    assert turn.timeline_ms["first_frame"] <= 1000
    assert turn.timeline_ms["answer"] >= 2000


def test_an_answer_that_never_comes_ends_in_an_apology_and_a_hang_up() -> None:
    script = after_greeting().says("how are you").quiet(20.0)
    outcome = run(
        converse(
            agent(),
            script,
            prepare=lambda recognition, model, voice: setattr(model, "stalls_s", 60),
        )
    )
    assert outcome.record.outcome == "engine_timeout"
    assert outcome.connection.end == "hung_up"


@pytest.mark.parametrize("engine", ["recognition", "model"])
def test_a_failed_engine_ends_in_a_spoken_apology_and_a_hang_up(engine: str) -> None:
    error = {
        "recognition": RecognizerError("vosk", "broken"),
        "model": LanguageModelError("llama", "broken"),
    }[engine]

    def break_it(recognition: object, model: object, voice: object) -> None:
        setattr({"recognition": recognition, "model": model}[engine], "failure", error)  # noqa: B010

    script = after_greeting().says("how are you").quiet(8.0)
    outcome = run(converse(agent(), script, prepare=break_it))
    assert outcome.record.outcome == error.code
    assert outcome.connection.end == "hung_up"
    asked_at = GREETING_S + 0.6 + 0.9
    assert outcome.first_sound_after(asked_at) < asked_at + 1.0


@pytest.mark.parametrize("method", ["open", "push", "feed"])
@pytest.mark.parametrize("rate_hz", [8000, 16000])
def test_a_recogniser_that_fails_while_listening_ends_in_an_apology_too(
    method: str, rate_hz: int
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise RecognizerError("vosk", "broken")

    script = after_greeting(rate_hz).says("how are you").quiet(8.0)
    outcome = run(
        converse(
            agent(),
            script,
            prepare=lambda recognition, model, voice: setattr(recognition, method, fails),
        )
    )
    assert outcome.record.outcome == "recognizer_failed"
    assert outcome.connection.end == "hung_up"
    assert max(at for at, audible in outcome.connection.heard if audible) > 2.0


def test_without_a_voice_the_kept_apology_is_still_spoken() -> None:
    def break_it(recognition: object, model: object, voice: object) -> None:
        voice.failure = SynthesizerError("piper", "broken")  # type: ignore[attr-defined]

    script = after_greeting().says("how are you").quiet(8.0)
    outcome = run(converse(agent(), script, prepare=break_it))
    assert outcome.record.outcome == "synthesizer_failed"
    asked_at = GREETING_S + 0.6 + 0.9
    assert outcome.first_sound_after(asked_at) < asked_at + 1.0


def test_goodbye_is_heard_to_its_end_before_the_agent_hangs_up() -> None:
    script = after_greeting().says("thank you goodbye").quiet(6.0)
    outcome = run(converse(agent(), script))
    assert outcome.record.outcome == "agent_hangup"
    assert outcome.record.turns[0].said == "Goodbye!"
    last_sound = max(at for at, audible in outcome.connection.heard if audible)
    assert 0.15 <= outcome.connection.heard[-1][0] - last_sound <= 0.5


def test_a_silent_caller_is_asked_twice_and_then_told_goodbye() -> None:
    script = Script().quiet(60.0)
    outcome = run(converse(agent(endpointing={"no_input_s": 5.0}), script))
    assert outcome.record.outcome == "no_input"
    bursts = [
        at
        for (_, before), (at, now) in zip(
            outcome.connection.heard, outcome.connection.heard[1:], strict=False
        )
        if now and not before
    ]
    assert len(bursts) == 3  # the greeting was there from the first Frame on
    assert outcome.connection.heard[-1][0] < 30


@pytest.mark.parametrize("rate_hz", [8000, 16000])
def test_a_phone_that_sends_no_silence_still_ends_its_turns(rate_hz: int) -> None:
    script = after_greeting(rate_hz).says("what time do you open").stops_sending(5.0).quiet(1.0)
    outcome = run(converse(agent(), script))
    assert [turn.said for turn in outcome.record.turns] == ["We open at nine in the morning."]


def test_voice_without_words_is_asked_for_again_but_a_cough_is_not() -> None:
    script = after_greeting().noise(0.2).quiet(2.0).noise(1.0).quiet(4.0)
    outcome = run(converse(agent(), script))
    assert outcome.record.turns == []
    coughed_at = GREETING_S + 0.6
    assert outcome.first_sound_after(coughed_at + 0.5) > coughed_at + 2.0


def badly_heard(confidence: float, **changes: object) -> Outcome:
    """The same question three times, with this confidence."""
    script = after_greeting()
    for _ in range(3):
        script.says("what time do you open").quiet(6.0)
    return run(
        converse(
            agent(**changes),
            script,
            prepare=lambda recognition, model, voice: setattr(
                recognition, "confidence", confidence
            ),
        )
    )


def test_a_caller_who_is_not_understood_three_times_is_offered_a_person() -> None:
    outcome = badly_heard(0.2, phrases={"trouble": "Shall I call somebody?"})
    assert outcome.voice.spoken.count("Shall I call somebody?") == 1
    assert outcome.record.turns == []


def test_a_question_that_the_site_knows_is_answered_though_it_was_badly_heard() -> None:
    assert {turn.source for turn in badly_heard(0.4).record.turns} == {"knowledge"}


def test_words_nobody_would_bet_on_are_asked_for_again_but_not_for_ever() -> None:
    outcome = badly_heard(0.2, unknown_if_yes=None)
    assert [turn.source for turn in outcome.record.turns] == ["knowledge"]
    asked_at = GREETING_S + 0.6 + 1.5
    assert outcome.first_sound_after(asked_at) < asked_at + 1.0


def test_keys_are_taken_together_after_a_pause() -> None:
    script = after_greeting().keys("0").quiet(6.0)
    outcome = run(converse(agent(), script))
    assert outcome.record.turns[0].heard == "0"
    assert outcome.record.outcome == "transfer"


def test_a_hash_ends_the_keys_at_once() -> None:
    script = after_greeting().keys("42#").quiet(4.0)
    outcome = run(converse(agent(), script))
    assert outcome.record.turns[0].heard == "4 2"


def test_a_key_silences_the_agent() -> None:
    script = Script().quiet(0.5).keys("7").quiet(4.0)
    outcome = run(converse(agent(greeting="Clinic " + "good day " * 20), script))
    assert outcome.silent_from(0.5) <= 0.56


def test_a_call_that_lasts_too_long_is_ended_with_a_word() -> None:
    outcome = run(converse(agent(max_call_s=10.0), Script().quiet(30.0)))
    assert outcome.record.outcome == "time_over"
    assert outcome.connection.heard[-1][0] < 15


def test_a_caller_who_hangs_up_in_mid_answer_leaves_a_whole_record() -> None:
    script = after_greeting().says("tell me everything").quiet(1.5)
    outcome = run(
        converse(agent(), script, answer=lambda prompt: "alpha bravo charlie " * 20 + ".")
    )
    assert outcome.record.outcome == "caller_hangup"
    assert outcome.record.turns[0].said.startswith("alpha bravo")
    assert len(outcome.record.turns[0].said) < 60


def test_the_model_stops_writing_when_the_caller_takes_the_floor() -> None:
    script = after_greeting().says("tell me everything").quiet(3.0).says("wait stop").quiet(3.0)
    outcome = run(
        converse(
            agent(),
            script,
            answer=lambda prompt: "word " * 60 if "everything" in prompt else "Sure.",
            prepare=lambda recognition, model, voice: setattr(model, "token_s", 0.1),
        )
    )
    assert len([word for word in outcome.model.written if word.startswith("word")]) < 40


LONG = "Alpha bravo charlie delta echo fox golf. India juliet kilo lima."


@pytest.mark.parametrize("sound", ["um", "uh um", "hmm", "er let me think", "oh well"])
def test_a_hesitation_is_no_turn_and_the_words_behind_it_stand_alone(sound: str) -> None:
    script = after_greeting().says(sound).quiet(1.0).says("what time do you open").quiet(4.0)
    outcome = run(converse(agent(), script))
    assert heard_and_said(outcome) == [
        ("what time do you open", "We open at nine in the morning.", "knowledge")
    ]


def test_who_only_hesitates_gets_no_answer_and_is_asked_after_in_the_end() -> None:
    hummed_at = GREETING_S + 0.6 + 0.3
    script = after_greeting().says("um").quiet(30.0)
    outcome = run(converse(agent(endpointing={"no_input_s": 5.0}), script))
    assert outcome.record.turns == []
    assert hummed_at + 5.0 < outcome.first_sound_after(hummed_at) < hummed_at + 8.0


@pytest.mark.parametrize("words", ["okay", "yeah right", "uh huh i see", "got it", "mhm sure"])
def test_whoever_only_listens_does_not_stop_the_agent(words: str) -> None:
    script = after_greeting().says("tell me everything").quiet(1.5).says(words).quiet(8.0)
    outcome = run(converse(agent(), script, answer=lambda prompt: LONG))
    assert [turn.said for turn in outcome.record.turns] == [LONG]


@pytest.mark.parametrize("words", ["stop", "wait", "no", "yes but when", "okay and where is it"])
def test_whoever_wants_the_floor_stops_it_at_once(words: str) -> None:
    script = after_greeting().says("tell me everything").quiet(3.0)
    began_at = GREETING_S + 0.6 + 0.9 + 3.0
    outcome = run(converse(agent(), script.says(words).quiet(8.0), answer=lambda prompt: LONG))
    first = outcome.record.turns[0]
    assert first.interrupted
    assert LONG.startswith(first.said.rstrip("."))  # what was heard of it is kept
    assert first.said
    assert outcome.silent_from(began_at) - began_at <= 0.2


ASKS = {
    "id": "ask",
    "questions": ["tell me everything"],
    "answer": "Alpha bravo charlie delta echo. Shall I put you through?",
    "expect": "yes_no",
    "if_yes": "person",
}


def asking(**entry: object) -> Agent:
    known = [each.model_dump() for each in agent().knowledge]
    return agent(knowledge=[*known, ASKS | entry])


@pytest.mark.parametrize("interruptible", [True, False])
def test_a_yes_into_the_last_words_of_a_question_is_the_answer(interruptible: bool) -> None:
    """The agent needs about 3.2 s for its answer."""
    script = after_greeting().says("tell me everything").quiet(2.9).says("yes").quiet(6.0)
    outcome = run(converse(asking(interruptible=interruptible), script))
    assert outcome.record.outcome == "transfer"
    assert [turn.heard for turn in outcome.record.turns] == ["tell me everything", "yes"]


def test_a_yes_long_before_the_question_is_asked_is_none() -> None:
    script = after_greeting().says("tell me everything").quiet(1.2).says("yes").quiet(9.0)
    outcome = run(converse(asking(), script))
    assert outcome.record.outcome != "transfer"


def test_what_may_not_be_interrupted_is_said_to_its_end() -> None:
    script = after_greeting().says("tell me everything").quiet(1.2).says("stop it").quiet(9.0)
    outcome = run(converse(asking(interruptible=False), script))
    assert [turn.said for turn in outcome.record.turns] == [ASKS["answer"]]


def test_nor_is_a_greeting_that_may_not_be_but_keys_count_all_the_same() -> None:
    greeting = "Clinic " + "good day " * 6
    stubborn = agent(greeting=greeting, greeting_interruptible=False)
    outcome = run(converse(stubborn, Script().quiet(0.5).says("stop it please").quiet(9.0)))
    assert outcome.record.greeting == greeting.strip()
    outcome = run(converse(stubborn, Script().quiet(0.5).keys("0#").quiet(9.0)))
    assert outcome.record.greeting != greeting.strip()
    assert outcome.record.outcome == "transfer"


def sounds_of(outcome: Outcome) -> list[float]:
    """When the agent began to speak, pauses up to 0.3 s left out."""
    began, last = [], -1.0
    for at, audible in outcome.connection.heard:
        if audible:
            if at - last > 0.3:
                began.append(at)
            last = at
    return began


def test_who_asks_for_a_moment_is_waited_for_and_asked_after_once() -> None:
    script = after_greeting().says("hold on please").quiet(80.0)
    outcome = run(converse(agent(endpointing={"no_input_s": 8.0}), script))
    asked_at = GREETING_S + 0.6 + 0.9
    _, yes_at, after_them_at, again_at, *_ = sounds_of(outcome)
    assert yes_at < asked_at + 1.5
    assert after_them_at - asked_at == pytest.approx(30.5, abs=1.0)
    assert again_at - after_them_at == pytest.approx(9.2, abs=0.7)
    assert outcome.record.turns[0].said == "Of course."


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("i am back", "I am still here. Please go on."),
        ("what time do you open", "We open at nine in the morning."),
    ],
)
def test_a_caller_who_is_back_is_talked_with_again(words: str, answer: str) -> None:
    script = after_greeting().says("one moment please").quiet(15.0).says(words).quiet(6.0)
    outcome = run(converse(agent(), script))
    assert [turn.said for turn in outcome.record.turns] == ["Of course.", answer]


def test_the_open_question_outlasts_a_moment() -> None:
    script = after_greeting().says("tell me everything").quiet(5.0).says("hold on").quiet(9.0)
    outcome = run(converse(asking(), script.says("yes please").quiet(6.0)))
    assert outcome.record.outcome == "transfer"


def test_okay_to_who_waits_anyway_is_not_answered() -> None:
    script = after_greeting().says("hold on please").quiet(2.0).says("okay thanks").quiet(10.0)
    outcome = run(converse(agent(), script))
    assert [turn.said for turn in outcome.record.turns] == ["Of course."]


def test_a_silent_caller_hears_another_prompt_each_time_and_the_offer_of_a_person() -> None:
    outcome = run(converse(agent(), Script().quiet(14.0).quiet(14.0)))
    offer = "I cannot hear you. Shall I put you through to a person? You can also press zero."
    assert offer in outcome.voice.spoken
    answered = Script().quiet(23.0).says("yes please").quiet(5.0)
    assert run(converse(agent(), answered)).record.outcome == "transfer"


def test_pauses_between_sentences_are_as_long_as_the_agent_wants() -> None:
    def length_s(pause_rate: float) -> float:
        script = after_greeting().says("tell me everything").quiet(7.0)
        words = agent(pause_rate=pause_rate)
        outcome = run(converse(words, script, answer=lambda prompt: LONG))
        spoken = [at for at, audible in outcome.connection.heard if audible and at > 2.0]
        return spoken[-1] - spoken[0]

    assert length_s(3.0) > length_s(1.0) + 0.25
