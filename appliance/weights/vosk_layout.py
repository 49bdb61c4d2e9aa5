"""What libvosk needs in a model's folder, checked before it loads.

libvosk 0.3.45 answers a bad folder with ``Failed to create a model`` at best; a ``model.conf``
without ``endpoint.silence-phones`` (or with one twice) aborts the process at the first sound, and a
graph made for another acoustic model ends in a segmentation fault. All of that was tried against
the library; the lists follow ``src/model.cc`` of vosk-api.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from appliance.weights.fault import broken

FST_MAGIC: Final = 2125659606  # OpenFst's kFstMagicNumber
WALKED_STATES: Final = 200_000
"""Graphs up to this size are read state by state (in some 0.1 s), larger ones by their header."""
HEAD_BYTES: Final = 8 << 20
HAS_INPUT_SYMBOLS: Final = 1  # FstHeader::HAS_ISYMBOLS
HAS_OUTPUT_SYMBOLS: Final = 2
_HAS_SYMBOLS: Final = 3
_FST_TAIL: Final = "<iiQqqq"
_STATE_BYTES: Final = 12  # f32 final weight, i64 number of arcs
_ARC_BYTES: Final = 16  # i32 input label, i32 output label, f32 weight, i32 next state


def check_vosk_directory(path: Path) -> None:
    """Raise WeightsError when ``path`` is not a model folder that libvosk can load and run."""
    if not path.is_dir():
        raise broken(path, "there is no such Vosk model folder")
    layout = read_layout(path)
    for file in layout.needed:
        if not file.is_file():
            raise broken(file, "this file of the Vosk model is missing")
        if file.stat().st_size == 0 and file.name != "disambig_tid.int":
            raise broken(file, "the file is empty")
    if layout.model_conf is not None:
        _check_silence_phones(layout.model_conf)
    transitions = _transition_ids(layout.mdl)
    graph = _read_fst(layout.graph)
    if transitions is not None and graph.greatest_input > transitions:
        raise broken(
            layout.graph,
            f"made for another acoustic model than {layout.mdl.name} (it names transition "
            f"{graph.greatest_input} of {transitions})",
        )
    grammar = graph if layout.grammar is None else _read_fst(layout.grammar)
    if grammar.has_words and not layout.words.exists():
        return
    if grammar.greatest_output > _greatest_word_id(layout.words):
        raise broken(
            layout.words, f"too short for the graph: word {grammar.greatest_output} has no line"
        )


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the parts of a Vosk model lie."""

    mdl: Path
    words: Path
    """May be missing when the graph carries the words itself, as the public small models do."""
    graph: Path
    """HCLG.fst, or HCLr.fst with ``grammar`` beside it."""
    grammar: Path | None
    model_conf: Path | None
    """None in the old layout: libvosk has the silence phones built in then."""
    needed: tuple[Path, ...]


def read_layout(path: Path) -> Layout:
    """Which files make the model in the folder ``path``; raises WeightsError when it is none."""
    new = (path / "am" / "final.mdl").exists() or (path / "conf" / "model.conf").exists()
    if not new and not (path / "final.mdl").exists():
        raise broken(
            path,
            "neither am/final.mdl with conf/model.conf nor final.mdl is there: not a Vosk "
            "model (or one folder too high)",
        )
    mdl = path / "am" / "final.mdl" if new else path / "final.mdl"
    conf = path / "conf" if new else path
    graph = path / "graph" if new else path
    features = conf / "fbank.conf" if (conf / "fbank.conf").exists() else conf / "mfcc.conf"
    needed = [mdl, features]
    static = (graph / "HCLG.fst").exists()
    if static:
        needed.append(graph / "HCLG.fst")
    else:
        needed += [graph / name for name in ("HCLr.fst", "Gr.fst", "disambig_tid.int")]
    if new:
        needed.append(conf / "model.conf")
    ivector = path / "ivector"
    if (ivector / "final.ie").exists():
        names = ("splice.conf", "online_cmvn.conf", "final.mat", "global_cmvn.stats", "final.dubm")
        needed += [ivector / name for name in names]
    return Layout(
        mdl=mdl,
        words=graph / "words.txt",
        graph=graph / ("HCLG.fst" if static else "HCLr.fst"),
        grammar=None if static else graph / "Gr.fst",
        model_conf=conf / "model.conf" if new else None,
        needed=tuple(needed),
    )


def _check_silence_phones(path: Path) -> None:
    values = [
        line.split("=", 1)[1].strip()
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines()
        if line.strip().startswith("--endpoint.silence-phones=")
    ]
    wrong = "is missing"
    if values:
        phones = values[-1].split(":")
        if all(phone.isdigit() for phone in phones) and len(set(phones)) == len(phones):
            return
        wrong = f"is {values[-1]!r}, not different numbers with colons between"
    raise broken(
        path,
        f"--endpoint.silence-phones {wrong}; libvosk would end the whole program. Write "
        "the line as the model's maker has it",
    )


def _transition_ids(path: Path) -> int | None:
    """How many transition-ids a final.mdl has; None when that is not told in its binary head."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if head.startswith(b"<TransitionModel>"):
        return None
    if not head.startswith(b"\0B<TransitionModel>"):
        raise broken(path, "this is not an acoustic model of Kaldi")
    token = b"<LogProbs> FV \x04"
    at = head.find(token)
    if at < 0 and len(head) == HEAD_BYTES:
        return None
    if at < 0 or len(head) < at + len(token) + 4:
        raise broken(path, "the acoustic model is cut short")
    entries: int = struct.unpack_from("<i", head, at + len(token))[0]
    return entries - 1  # index 0 is not used


def _greatest_word_id(path: Path) -> int:
    if not path.is_file():
        raise broken(path, "this file of the Vosk model is missing")
    greatest = -1
    with path.open(encoding="utf-8", errors="replace") as file:
        for number, line in enumerate(file, 1):
            fields = line.split()
            if len(fields) != 2 or not fields[1].isdigit():
                raise broken(path, f"line {number}: not a word and its number")
            greatest = max(greatest, int(fields[1]))
    return greatest


@dataclass(frozen=True, slots=True)
class _Graph:
    """What was read of a graph; the labels are 0 when it was too large or of a type not walked."""

    has_words: bool = False
    """Whether it carries the table of words itself."""
    greatest_input: int = 0
    greatest_output: int = 0


def _read_fst(path: Path) -> _Graph:
    """Header, length and greatest labels of an OpenFst file; only plain "vector" graphs are walked.

    Layout (OpenFst fst/fst.h, vector-fst.h): i32 magic, type and arc type as i32 length + text, i32
    version, i32 flags, u64 properties, i64 start, i64 states, i64 arcs; the symbol tables the flags
    tell of; then each state and behind it its arcs.
    """
    data = np.memmap(path, np.uint8, "r").data
    try:
        kind, flags, states, at = fst_header(bytes(data[:256]))
        if flags & _HAS_SYMBOLS or kind != "vector" or states > WALKED_STATES:
            return _Graph(has_words=bool(flags & HAS_OUTPUT_SYMBOLS))
        return _walk(data, at, states)
    except (struct.error, UnicodeDecodeError, ValueError) as error:
        raise broken(path, f"cut short or not a graph ({len(data)} bytes)") from error


def fst_header(head: bytes) -> tuple[str, int, int, int]:
    """Type, flags, number of states, offset behind the header of an OpenFst file.

    Raises struct.error, ValueError or UnicodeDecodeError (a ValueError) when it is none.
    """
    magic, length = struct.unpack_from("<ii", head, 0)
    if magic != FST_MAGIC or not 0 < length < 64:
        raise ValueError("no OpenFst header")
    kind = head[8 : 8 + length].decode("ascii")
    at = 8 + length
    at += 4 + struct.unpack_from("<i", head, at)[0]
    _version, flags, _properties, _start, states, _arcs = struct.unpack_from(_FST_TAIL, head, at)
    return kind, flags, states, at + struct.calcsize(_FST_TAIL)


def _walk(data: memoryview, begin: int, states: int) -> _Graph:
    """Step from state to state, then look at all arcs at once: ten times as fast as one by one."""
    arcs_of = struct.Struct("<q").unpack_from
    heads = np.empty(states, np.int64)
    at = begin
    for state in range(states):
        heads[state] = at
        (arcs,) = arcs_of(data, at + 4)
        at += _STATE_BYTES + arcs * _ARC_BYTES
        if arcs < 0 or at > len(data):
            raise ValueError("an arc behind the end")
    numbers = np.frombuffer(data, "<i4", (at - begin) // 4, begin)
    is_arc = np.ones(numbers.size, np.bool_)
    for offset in range(_STATE_BYTES // 4):
        is_arc[(heads - begin) // 4 + offset] = False
    arc_labels = numbers[is_arc].reshape(-1, _ARC_BYTES // 4)[:, :2]
    greatest_input, greatest_output = arc_labels.max(axis=0, initial=0).tolist()
    return _Graph(greatest_input=greatest_input, greatest_output=greatest_output)
