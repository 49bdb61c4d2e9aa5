"""Prompts as text: any template, any order of speakers, and never longer than the context."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.engines.base import Message
from appliance.engines.chat_template import (
    ChatTemplate,
    alternating,
    common_prefix,
    fit,
    moved_run,
)

pytestmark = pytest.mark.unit

STRICT = """{%- for m in messages -%}
{%- if m.role == 'system' and not loop.first -%}{{ raise_exception('system first') }}{%- endif -%}
{%- set turn = loop.index0 - (1 if messages[0].role == 'system' else 0) -%}
{%- if m.role != 'system' and (m.role == 'user') != (turn % 2 == 0) -%}
{{ raise_exception('roles must alternate') }}{%- endif -%}
[{{ m.role }}]{{ m.content }}{%- endfor -%}
{%- if add_generation_prompt -%}[assistant]{%- endif -%}"""

NO_SYSTEM = (
    "{% if messages[0].role == 'system' %}{{ raise_exception('no system') }}{% endif %}" + STRICT
)

SYSTEM = Message("system", "S")


def user(text: str) -> Message:
    return Message("user", text)


def agent(text: str) -> Message:
    return Message("assistant", text)


def words(messages: Sequence[Message]) -> int:
    return sum(len(m.content.split()) for m in messages)


def test_a_file_without_a_template_gets_chatml() -> None:
    assert ChatTemplate(None).render([SYSTEM, user("Hello")]) == (
        "<|im_start|>system\nS<|im_end|>\n<|im_start|>user\nHello<|im_end|>\n<|im_start|>assistant\n"
    )


def test_a_longer_conversation_begins_with_the_shorter_one() -> None:
    template = ChatTemplate(None)
    short = template.render([SYSTEM, agent("Good morning."), user("Hi")])
    long = template.render([SYSTEM, agent("Good morning."), user("Hi"), agent("Yes?"), user("Bye")])
    assert long.startswith(short)


def test_a_strict_template_gets_speakers_who_take_turns() -> None:
    prompt = ChatTemplate(STRICT).render([SYSTEM, agent("Hello."), user("one"), user("two")])
    assert prompt == "[system]S[user](The call begins.)[assistant]Hello.[user]one\ntwo[assistant]"


def test_a_template_without_system_gets_it_with_the_first_user_message() -> None:
    prompt = ChatTemplate(NO_SYSTEM).render([SYSTEM, user("Hello")])
    assert prompt == "[user]S\n\nHello[assistant]"


def test_a_template_knows_the_markers_of_its_vocabulary() -> None:
    assert ChatTemplate("{{ bos_token }}{{ messages[-1].content }}", bos="<s>").render(
        [user("Hello")]
    ) == ("<s>Hello")


@pytest.mark.parametrize(
    "source", ["{{ raise_exception('no') }}", "{% if %}", "{{ missing.deep.er }}"]
)
def test_a_template_that_renders_nothing_is_refused_with_its_reason(source: str) -> None:
    with pytest.raises(ValueError, match="chat template cannot be rendered"):
        ChatTemplate(source)


def test_alternating_leaves_an_orderly_conversation_as_it_is() -> None:
    conversation = [SYSTEM, user("a"), agent("b"), user("c")]
    assert alternating(conversation) == conversation


def test_what_fits_is_left_alone() -> None:
    conversation = [SYSTEM, user("a b"), agent("c"), user("d")]
    assert fit(conversation, 5, words) == conversation


def test_the_oldest_turn_goes_first_together_with_its_answer() -> None:
    conversation = [
        SYSTEM,
        agent("hello"),
        user("a b"),
        agent("c"),
        user("d"),
        agent("e"),
        user("f"),
    ]
    assert fit(conversation, 6, words) == [SYSTEM, user("d"), agent("e"), user("f")]


def test_of_a_message_too_long_on_its_own_the_end_stays() -> None:
    kept = fit([SYSTEM, user("first")] + [user("one two three four five")], 3, words)
    assert kept[0] == SYSTEM
    assert kept[1].content.split()[-1] == "five"
    assert words(kept) <= 3


def test_a_system_prompt_that_fills_the_context_is_an_error() -> None:
    with pytest.raises(ValueError, match="no room"):
        fit([Message("system", "a b c d"), user("hello")], 3, words)


@given(
    st.lists(
        st.tuples(st.sampled_from(["user", "assistant"]), st.text("ab ", max_size=30)), max_size=9
    ),
    st.integers(3, 40),
)
def test_every_conversation_fits_afterwards_and_ends_as_before(
    parts: list[tuple[str, str]], limit: int
) -> None:
    def characters(messages: Sequence[Message]) -> int:
        return sum(len(m.content) for m in messages)

    talk = [Message(role, text) for role, text in parts if role in ("user", "assistant")]  # type: ignore[arg-type]
    kept = fit([SYSTEM, *talk, user("last")], limit, characters)
    assert characters(kept) <= limit
    assert kept[0] == SYSTEM
    assert "last".endswith(kept[-1].content)


@given(st.lists(st.integers(0, 2)), st.lists(st.integers(0, 2)))
def test_the_common_prefix_is_common_and_no_longer(a: list[int], b: list[int]) -> None:
    n = common_prefix(a, b)
    assert a[:n] == b[:n]
    assert n == min(len(a), len(b)) or a[n] != b[n]


def test_the_distance_of_a_slide_is_what_was_dropped() -> None:
    old = [9, 9, 1, 2, 3, 4, 5, 6, 7, 8]
    new = [9, 9, 4, 5, 6, 7, 8, 10]
    assert moved_run(old, new, common_prefix(old, new)) == 3


def test_nothing_slides_between_unrelated_prompts() -> None:
    assert moved_run([1, 2, 3], [1, 4, 5], 1) == 0
