"""Word times without the onnx package: the patch of the file, and the arithmetic of the groups."""

from dataclasses import dataclass

import pytest

from appliance.engines.voice_timing import group_ends, with_durations, word_ends

pytestmark = pytest.mark.unit


def field(number: int, content: bytes) -> bytes:
    return bytes([number << 3 | 2, len(content)]) + content


def node(kind: bytes, output: bytes) -> bytes:
    return field(1, field(1, b"in") + field(2, output) + field(4, kind))


def model(*nodes: bytes, outputs: tuple[bytes, ...] = (b"audio",)) -> bytes:
    """An ONNX file: a version number and a graph."""
    graph = b"".join(nodes) + b"".join(field(12, field(1, name)) for name in outputs)
    return b"\x08\x08" + field(7, graph)


def test_the_only_ceil_becomes_an_output_by_an_appended_graph() -> None:
    plain = model(node(b"Exp", b"e"), node(b"Ceil", b"frames"))
    patched = with_durations(plain)
    assert patched == plain + field(7, field(12, field(1, b"frames")))
    assert with_durations(patched) == patched


@pytest.mark.parametrize(
    "unsuited",
    [
        model(node(b"Exp", b"e")),
        model(node(b"Ceil", b"a"), node(b"Ceil", b"b")),
        model(node(b"Ceil", b"frames"), outputs=(b"audio", b"frames")),
        b"",
    ],
    ids=["no Ceil", "two", "an output already", "empty"],
)
def test_other_models_stay_as_they_are(unsuited: bytes) -> None:
    assert with_durations(unsuited) == unsuited


@pytest.mark.parametrize("broken", [b"\x3b", b"\x3a\xff", b"\x3a\xff\xff\xff\xff"])
def test_what_is_no_message_is_an_error(broken: bytes) -> None:
    with pytest.raises(ValueError, match="not an ONNX file"):
        with_durations(broken)


@dataclass
class Sound:
    phoneme: str
    num_samples: int


def test_groups_end_before_their_pause() -> None:
    sounds = [Sound("^", 100), Sound("j", 50), Sound("ɛ", 50), Sound(",", 300), Sound(" ", 10)]
    sounds += [Sound("n", 90), Sound("ˈ", 0), Sound("oʊ", 100), Sound(".", 20), Sound("$", 500)]
    assert group_ends(sounds, 1000) == [0.2, 0.7]


def test_a_pause_alone_is_no_group() -> None:
    assert group_ends([Sound("^", 10), Sound(".", 10), Sound("$", 10)], 1000) == []


def test_each_word_gets_the_end_of_its_group() -> None:
    assert word_ends("Yes, no. – Oh?", [0.2, 0.5, 0.9]) == ((4, 0.2), (8, 0.5), (14, 0.9))


def test_groups_are_spread_over_a_different_number_of_words() -> None:
    """espeak joins "of the", and reads "42" as two words."""
    fewer = word_ends("out of the box", [0.2, 0.6, 0.9])
    assert [index for index, _ in fewer] == [3, 6, 10, 14]
    assert [second for _, second in fewer] == pytest.approx([0.15, 0.4, 0.675, 0.9])
    more = word_ends("it is 42", [0.2, 0.4, 0.6, 0.8])
    assert more[-1][1] == pytest.approx(0.8)


@pytest.mark.parametrize(("text", "ends"), [("", [0.2]), ("...", [0.2]), ("yes", [])])
def test_without_words_or_groups_there_are_no_ends(text: str, ends: list[float]) -> None:
    assert word_ends(text, ends) == ()
