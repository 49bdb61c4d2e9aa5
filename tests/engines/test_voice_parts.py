"""A voice's file in its parts, built here with the onnx package, which the product does without."""

from __future__ import annotations

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from appliance.engines.onnx_file import Buffer
from appliance.engines.voice_parts import VoiceFile, take_apart

pytestmark = pytest.mark.unit

RNG = np.random.default_rng(3)
FRAMES = RNG.normal(size=(1, 2, 20)).astype(np.float32)


def weights(name: str, *shape: int) -> TensorProto:
    return numpy_helper.from_array(RNG.normal(size=shape).astype(np.float32), name)


def voice(*, ceils: int = 1, speakers: bool = False, upsampled: bool = True) -> bytes:
    """Rounded durations and frames out of phonemes, and sound out of frames, as VITS has it."""
    nodes = [helper.make_node("Ceil", ["x"], [f"rounded{number}"]) for number in range(ceils)]
    nodes += [
        helper.make_node("Mul", ["x", "scale"], ["z"]),
        helper.make_node("Constant", [], ["three"], value=numpy_helper.from_array(np.float32(3))),
        helper.make_node("Conv", ["z", "w_pre"], ["pre"], pads=[1, 1]),
    ]
    if speakers:
        nodes += [
            helper.make_node("ReduceMean", ["z"], ["who"], axes=[2], keepdims=1),
            helper.make_node("Conv", ["who", "w_who"], ["told"]),
            helper.make_node("Add", ["pre", "told"], ["begun"]),
        ]
    else:
        nodes.append(helper.make_node("LeakyRelu", ["pre"], ["begun"]))
    up = helper.make_node("ConvTranspose", ["begun", "w_up"], ["up"], strides=[4])
    nodes += [
        up if upsampled else helper.make_node("Relu", ["begun"], ["up"]),
        helper.make_node("Div", ["up", "three"], ["less"]),
        helper.make_node("Tanh", ["less"], ["output"]),
    ]
    shapes = {"scale": (1, 2, 1), "w_pre": (3, 2, 3), "w_who": (3, 2, 1), "w_up": (3, 1, 4)}
    used = {name for node in nodes for name in node.input}
    graph = helper.make_graph(
        nodes,
        "voice",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 2, "time"])],
        [helper.make_tensor_value_info("output", TensorProto.FLOAT, None)],
        [weights(name, *shape) for name, shape in shapes.items() if name in used],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15)], ir_version=8)
    return model.SerializeToString()


def session(part: list[Buffer] | None) -> onnxruntime.InferenceSession:
    assert part is not None
    return onnxruntime.InferenceSession(b"".join(part), providers=["CPUExecutionProvider"])


def outputs(part: onnxruntime.InferenceSession) -> list[str]:
    return [output.name for output in part.get_outputs()]


@pytest.mark.parametrize(
    ("speakers", "between"), [(False, ["z"]), (True, ["told", "z"])], ids=["one", "several"]
)
def test_both_parts_in_a_row_make_the_sound_of_the_whole(
    speakers: bool, between: list[str]
) -> None:
    whole = voice(speakers=speakers)
    file = take_apart(whole)
    text, sound = session(list(file.text)), session(list(file.sound or ()))
    assert outputs(text) == [*between, "rounded0"]
    assert [each.name for each in sound.get_inputs()] == between
    frames = text.run(between, {"x": FRAMES})
    (expected,) = session([whole]).run(["output"], {"x": FRAMES})
    (found,) = sound.run(None, dict(zip(between, frames, strict=True)))
    assert np.allclose(found, expected, atol=1e-6)
    assert file.durations == "rounded0"


def test_each_weight_is_in_the_part_that_uses_it() -> None:
    file = take_apart(voice())
    text, sound = onnx.load_from_string(b"".join(file.text)), b"".join(file.sound or ())
    assert [each.name for each in text.graph.initializer] == ["scale"]
    names = [each.name for each in onnx.load_from_string(sound).graph.initializer]
    assert names == ["w_pre", "w_up"]


def only(file: VoiceFile) -> list[str]:
    assert file.sound is None
    return outputs(session(list(file.text)))


def test_a_network_of_another_build_stays_in_one_part() -> None:
    assert only(take_apart(voice(upsampled=False))) == ["output", "rounded0"]


@pytest.mark.parametrize("ceils", [0, 2])
def test_durations_that_nothing_points_out_are_not_told(ceils: int) -> None:
    file = take_apart(voice(ceils=ceils, upsampled=False))
    assert (only(file), file.durations) == (["output"], None)
    apart = take_apart(voice(ceils=ceils))
    assert (outputs(session(list(apart.text))), apart.durations) == (["z"], None)


def test_durations_that_are_an_output_already_stay_one() -> None:
    told = b"".join(take_apart(voice(upsampled=False)).text)
    assert only(take_apart(told)) == ["output", "rounded0"]
    assert b"".join(take_apart(told).text) == told


@pytest.mark.parametrize("broken", [b"\x3b", b"\x3a\xff", b"\x3a\xff\xff\xff\xff", b"\x3a\x05ab"])
def test_what_is_no_message_is_an_error(broken: bytes) -> None:
    with pytest.raises(ValueError, match="not an ONNX file"):
        take_apart(broken)
