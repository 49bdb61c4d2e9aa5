"""How the demo voices are computed: phones, labels, tables, and the graph that speaks them."""

import random

import numpy as np
import numpy.typing as npt
import onnxruntime
import pytest
from onnx import TensorProto, helper
from piper.phoneme_ids import DEFAULT_PHONEME_ID_MAP

from models.recipes.piper import network, tables
from models.recipes.piper.labels import Phone, full_context
from models.recipes.piper.onnx_graph import Graph
from models.recipes.piper.phones import NUMBER, SOUND_OF, id_map, merged_symbols, tables_by_id
from models.recipes.piper.sentences import sentences
from models.recipes.piper.teacher import POINTS, Row, Spoken, Timbre, rows

pytestmark = pytest.mark.unit

TIMBRE = Timbre(order=4, warping=0.42, rate_hz=16_000, full_scale=4.0)
RATE = network.Rate(16_000, hop=96)


def test_every_id_of_pipers_own_map_keeps_its_number() -> None:
    ids = id_map()
    assert {symbol: ids[symbol] for symbol in DEFAULT_PHONEME_ID_MAP} == DEFAULT_PHONEME_ID_MAP
    added = sorted(
        number for symbol in set(ids) - set(DEFAULT_PHONEME_ID_MAP) for number in ids[symbol]
    )
    assert added[-8:] == list(range(166, 174))


def test_marks_give_their_stress_to_what_follows_and_sound_like_nothing() -> None:
    phones, stresses = tables_by_id()
    ids = id_map()
    assert [stresses[ids[mark][0]] for mark in "ˈˌa"] == [2, 1, 0]
    assert phones[ids["ˈ"][0]] == phones[ids[" "][0]] == phones[ids["_"][0]] == -1
    assert phones[ids["."][0]] == phones[ids["$"][0]] == NUMBER["pau"]
    assert phones[ids["tʃ"][0]] == NUMBER["ch"]


def test_merged_symbols_can_be_told_by_pipers_merging() -> None:
    assert all(len(symbol) > 1 for symbol in merged_symbols())
    assert all("".join(symbol) in id_map() for symbol in merged_symbols())


def test_a_sentence_becomes_labels_with_its_neighbours_and_places() -> None:
    # "hello, you?" as espeak-ng would give it
    labels, phones = full_context([*"həlˈ", "oʊ", ",", " ", "j", "uː", "?"])
    assert phones == [
        Phone("pau"), Phone("hh"), Phone("ax"), Phone("l"), Phone("ow", 2), Phone("pau"),
        Phone("y"), Phone("uw"), Phone("pau"),
    ]  # fmt: skip
    assert labels[3] == (
        "hh^ax-l+ow=pau@1_2/A:0_0_2/B:1-1-2@2-1&2-1#1-1$1-1!0-0;0-0|ow/C:1+0+2/D:0_0"
        "/E:content+2@1+1&0+0#0+0/F:pps_1/G:0_0/H:2=1@1=2|L-H%/I:1=1/J:3+2-2"
    )
    assert labels[0].startswith("x^x-pau+hh=ax@x_x/A:0_0_0/B:x-x-x")
    assert "|H-H%" in labels[7]


def test_a_syllable_begins_with_the_longest_onset_there_is() -> None:
    labels, _ = full_context([*"ɛkstɹə"])  # ek-stra
    syllable_sizes = [label.split("/B:")[1].split("@")[0].split("-")[2] for label in labels[1:-1]]
    assert syllable_sizes == ["2", "2", "4", "4", "4", "4"]


def test_symbols_without_a_sound_give_nothing() -> None:
    assert full_context([" ", ".", "ˈ"]) == ([], [])


def test_the_sentences_are_always_the_same(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    dictionary = tmp_path_factory.mktemp("words") / "dictionary"
    dictionary.write_text('("apple" nil (ae p))\n("river" nil (r))\n("O\'Brien" nil (x))\n')
    monkeypatch.setattr("models.recipes.piper.sentences.DICTIONARY", dictionary)
    first = sentences(20)
    assert first == sentences(20)
    assert {text[-1] for text in first} <= {".", "!", "?"}
    assert all("brien" not in text for text in first)


def spoken() -> Spoken:
    """Two phones of ten frames between pauses; the second is a voiced vowel at 100 Hz."""
    ramp = np.arange(40, dtype=np.float32)
    return Spoken(
        [Phone("pau"), Phone("s"), Phone("iy", 2), Phone("pau")],
        durations=np.full(4, 10),
        spectrum=np.stack([ramp] * TIMBRE.order, axis=1),
        voicing=np.repeat([0.0, 0.0, 1.0, 0.0], 10).astype(np.float32),
        log_pitch=np.repeat([np.nan, np.nan, np.log(100.0), np.nan], 10).astype(np.float32),
        question=True,
    )


def test_every_phone_becomes_a_row_with_its_surroundings() -> None:
    row = list(rows(spoken()))[2]
    assert (row.phone, row.left, row.right) == (NUMBER["iy"], NUMBER["s"], NUMBER["pau"])
    assert (row.stress, row.last_phrase, row.question, row.near_end) == (2, True, True, False)
    assert row.place == 0.5
    assert np.exp([row.log_duration, row.log_pitch]) == pytest.approx([10.0, 100.0])
    points = row.spectrum.reshape(POINTS, TIMBRE.order + 1)
    assert points[:, 0] == pytest.approx(20.0 + np.arange(10))
    assert points[:, -1] == pytest.approx(1.0)


def made_up_rows(count: int) -> list[Row]:
    """Rows that are sums of effects, so that tables can explain all of them."""
    draw = random.Random(1)
    made = []
    for _ in range(count):
        phone, left, right = (draw.randrange(4) for _ in range(3))
        stress, end = draw.randrange(3), draw.random() < 0.3
        value = phone + 0.3 * left * (phone == 1) - 0.2 * right + 0.1 * stress
        place, asked = draw.random(), draw.random() < 0.5
        spectrum = np.full(POINTS * (TIMBRE.order + 1), value, np.float32)
        made.append(
            Row(
                phone,
                left,
                right,
                stress,
                end,
                place,
                last_phrase=True,
                question=asked,
                log_duration=2.0 + 0.1 * phone - 0.3 * end,
                log_pitch=4.6 + 0.2 * (stress == 2) - 0.3 * place + 0.4 * asked,
                spectrum=spectrum,
            )  # fmt: skip
        )
    return made


def test_tables_explain_what_is_a_sum_of_effects() -> None:
    fitted = tables.fit(made_up_rows(4000))
    assert fitted.spectrum.residual < 0.05 * fitted.spectrum.spread
    assert fitted.log_duration.residual < 0.1
    assert fitted.pairs_seen == 16
    stressed = fitted.log_pitch[2] - fitted.log_pitch[1]
    assert stressed == pytest.approx(0.2, abs=0.01)


def run(graph: Graph, output: str, **inputs: npt.NDArray[np.generic]) -> npt.NDArray[np.generic]:
    """What ``graph`` makes of ``inputs`` (int64)."""
    described = [
        helper.make_tensor_value_info(name, TensorProto.INT64, list(value.shape))
        for name, value in inputs.items()
    ]
    integers = output.startswith("Concat")
    kind, shape = (TensorProto.INT64, ["a"]) if integers else (TensorProto.FLOAT, ["a", "b"])
    model = graph.model("test", described, [helper.make_tensor_value_info(output, kind, shape)])
    session = onnxruntime.InferenceSession(model.SerializeToString())
    result: npt.NDArray[np.generic] = session.run([output], inputs)[0]
    return result


def test_a_graph_shifts_and_fills() -> None:
    for by, expected in ((1, [9, 1, 2]), (-1, [2, 3, 9]), (2, [9, 9, 1])):
        graph = Graph()
        output = graph.shifted("x", by, 9)
        assert run(graph, output, x=np.array([1, 2, 3])).tolist() == expected


def test_tables_in_a_graph_lose_less_than_a_255th() -> None:
    table = np.random.default_rng(1).normal(size=(5, 3)).astype(np.float32)
    graph = Graph()
    found = run(graph, graph.looked_up(table, "x"), x=np.array([4, 0, 4]))
    step = np.abs(table).max(axis=0) / 127
    assert (np.abs(found - table[[4, 0, 4]]) <= step / 2 + 1e-6).all()


def ids_of(symbols: list[str]) -> npt.NDArray[np.int64]:
    """As Piper's library would write them: padded, between the marks of start and end."""
    ids = id_map()
    found = [*ids["^"], *ids["_"]]
    for symbol in symbols:
        found += [number for one in ids[symbol] for number in (one, ids["_"][0])]
    return np.array([[*found, *ids["$"]]])


def speak(symbols: list[str], length_scale: float = 1.0) -> npt.NDArray[np.float32]:
    model = network.build(tables.fit(made_up_rows(500)), TIMBRE, RATE)
    session = onnxruntime.InferenceSession(model.SerializeToString())
    ids = ids_of(symbols)
    feed = {
        "input": ids,
        "input_lengths": np.array([ids.shape[1]]),
        "scales": np.array([0.667, length_scale, 0.8], np.float32),
    }
    sound: npt.NDArray[np.float32] = session.run(None, feed)[0]
    return sound


def test_the_network_gives_sound_of_piper_s_shape_that_is_always_the_same() -> None:
    symbols = ["h", "ə", "l", "ˈ", "oʊ", "."]
    first, second = speak(symbols), speak(symbols)
    assert first.ndim == 3
    assert first.shape[:2] == (1, 1)
    assert first.size % RATE.hop == 0
    assert np.isfinite(first).all()
    assert np.array_equal(first, second)


def test_twice_the_length_is_twice_as_long_but_for_the_pauses_at_the_edges() -> None:
    symbols = ["ɑ", "æ", "ʌ"] * 5  # those that the made-up tables know
    edges = 2 * network.EDGE_S * RATE.hertz
    once, twice = (speak(symbols, scale).size - edges for scale in (1.0, 2.0))
    assert twice / once == pytest.approx(2.0, abs=0.03)


@pytest.mark.parametrize("symbols", [[], ["."], [" ", "ˈ"], ["?", "?", ","]])
def test_an_input_without_sounds_is_no_failure(symbols: list[str]) -> None:
    assert np.isfinite(speak(symbols)).all()


def test_foreign_sounds_get_the_nearest_english_one() -> None:
    assert SOUND_OF["ç"] == "sh"
    assert np.isfinite(speak(["ç", "ø", "ɾ", "ʀ"])).all()
