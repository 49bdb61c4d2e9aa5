import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.audio.frame import FRAME_BYTES, FRAME_SAMPLES, Pcm, pcm_from_bytes
from appliance.turns.playout import Heard, Playout

pytestmark = pytest.mark.unit


def sound(frames: float, value: int = 1000) -> Pcm:
    """``frames`` Frames, each sample telling its Frame: value, value + 1, ..."""
    samples = np.arange(int(frames * FRAME_SAMPLES)) // FRAME_SAMPLES + value
    return samples.astype(np.int16)


def played(playout: Playout, frames: int) -> list[int | None]:
    """First sample of each Frame; None for silence."""
    taken = [playout.next_frame() for _ in range(frames)]
    assert all(frame is None or len(frame) == FRAME_BYTES for frame in taken)
    return [None if frame is None else int(pcm_from_bytes(frame)[0]) for frame in taken]


def test_pieces_are_spoken_one_behind_the_other_and_then_there_is_silence() -> None:
    playout = Playout()
    sink = playout.open_sink()
    assert sink.add(sound(2, 100), "a")
    assert sink.add(sound(1, 200), "b")
    assert playout.pending_ms == 60
    assert played(playout, 4) == [100, 101, 200, None]
    assert sink.heard() == [Heard("a", 40, 40), Heard("b", 20, 20)]


def test_the_last_frame_of_a_piece_is_filled_up_and_counts_no_more_than_it_holds() -> None:
    playout = Playout()
    sink = playout.open_sink()
    sink.add(sound(1.5), "a")
    playout.next_frame()
    last = playout.next_frame()
    assert last is not None
    assert not any(last[FRAME_BYTES // 2 :])
    assert sink.heard() == [Heard("a", 30, 30)]


def test_a_wide_calls_frames_are_twice_as_long_and_last_as_long() -> None:
    playout = Playout(16000)
    sink = playout.open_sink()
    sink.add(np.full(480, 7, np.int16), "a")
    assert playout.pending_ms == 40
    frames = [playout.next_frame(), playout.next_frame()]
    assert [len(frame) for frame in frames if frame is not None] == [640, 640]
    assert sink.heard() == [Heard("a", 30, 30)]
    assert playout.next_frame() is None
    assert playout.recent(60).tolist() == [7] * 480 + [0] * 480


def test_a_wide_calls_interrupted_word_fades_as_well() -> None:
    playout = Playout(16000)
    playout.open_sink().add(np.full(960, 1000, np.int16))
    playout.next_frame()
    playout.pause()
    fade = playout.next_frame()
    assert fade is not None
    samples = pcm_from_bytes(fade)
    assert samples.size == 320
    assert samples[0] == 1000
    assert samples[-1] == 0
    assert playout.next_frame() is None


def test_a_piece_without_sound_is_no_piece() -> None:
    playout = Playout()
    sink = playout.open_sink()
    assert sink.add(sound(0), "a")
    assert sink.heard() == []
    assert played(playout, 1) == [None]


def test_a_pause_is_silent_at_once_but_for_a_fade_and_a_resume_repeats_100_ms() -> None:
    playout = Playout()
    sink = playout.open_sink()
    sink.add(sound(30), "a")
    played(playout, 10)
    playout.pause()
    assert playout.paused
    assert not playout.speaking
    fade = pcm_from_bytes(playout.next_frame() or b"")
    assert fade[0] == 1010
    assert fade[-1] == 0
    assert (np.diff(fade) <= 0).all()
    assert played(playout, 3) == [None] * 3
    assert sink.heard() == [Heard("a", 200, 600)]
    playout.resume()
    assert played(playout, 6) == [1005, 1006, 1007, 1008, 1009, 1010]
    assert sink.heard() == [Heard("a", 220, 600)]


def test_a_resume_right_after_the_pause_drops_the_fade() -> None:
    playout = Playout()
    playout.open_sink().add(sound(10))
    played(playout, 2)
    playout.pause()
    playout.resume()
    assert played(playout, 2) == [1000, 1001]


def test_a_resume_goes_back_into_the_piece_before_but_not_into_another_turn() -> None:
    playout = Playout()
    first = playout.open_sink()
    first.add(sound(10, 100))
    first.finish()
    played(playout, 10)
    second = playout.open_sink()
    second.add(sound(2, 200))
    second.add(sound(9, 300))
    played(playout, 3)
    playout.pause()
    playout.resume()
    assert played(playout, 3) == [200, 201, 300]


def test_pausing_and_resuming_twice_is_pausing_and_resuming_once() -> None:
    playout = Playout()
    playout.open_sink().add(sound(20))
    played(playout, 10)
    playout.pause()
    played(playout, 2)
    playout.pause()
    assert played(playout, 2) == [None, None]
    playout.resume()
    playout.resume()
    assert played(playout, 1) == [1005]


def test_a_pause_with_nothing_left_repeats_nothing() -> None:
    playout = Playout()
    playout.open_sink().add(sound(3))
    played(playout, 3)
    playout.pause()
    playout.resume()
    assert played(playout, 2) == [None, None]


def test_a_cleared_turn_cannot_speak_and_still_tells_what_was_heard() -> None:
    playout, done = Playout(), list[str]()
    sink = playout.open_sink(on_done=lambda: done.append("done"))
    sink.add(sound(2), "a")
    sink.add(sound(5), "b")
    sink.add(sound(5), "c")
    played(playout, 4)
    playout.clear()
    assert done == ["done"]
    assert not sink.alive
    assert not sink.add(sound(5), "late")
    playout.next_frame()  # the fade
    assert played(playout, 3) == [None] * 3
    assert playout.idle
    assert sink.heard() == [Heard("a", 40, 40), Heard("b", 40, 100), Heard("c", 0, 100)]


def test_a_cleared_pause_does_not_silence_the_next_turn() -> None:
    playout = Playout()
    playout.open_sink().add(sound(5))
    played(playout, 2)
    playout.pause()
    played(playout, 3)
    playout.clear()
    playout.open_sink().add(sound(1, 700))
    assert played(playout, 2) == [700, None]


def test_a_clear_in_silence_makes_no_sound() -> None:
    playout = Playout()
    playout.open_sink().add(sound(5))
    playout.clear()
    assert played(playout, 1) == [None]


def test_a_new_turn_waits_for_what_the_earlier_one_had_added() -> None:
    playout = Playout()
    first = playout.open_sink()
    first.add(sound(2, 100), "a")
    second = playout.open_sink()
    assert not first.add(sound(2, 900))
    second.add(sound(1, 200), "b")
    assert played(playout, 4) == [100, 101, 200, None]
    assert first.done
    assert not second.done


def test_done_is_told_once_when_the_last_frame_is_taken() -> None:
    playout, done = Playout(), list[str]()
    sink = playout.open_sink(on_done=lambda: done.append("done"))
    sink.add(sound(2))
    sink.finish()
    played(playout, 1)
    assert not done
    assert not playout.idle
    played(playout, 1)
    assert done == ["done"]
    assert sink.done
    assert playout.idle
    playout.clear()
    sink.finish()
    assert done == ["done"]


@pytest.mark.parametrize("frames", [0, 2])
def test_a_turn_that_has_said_all_is_done_when_it_says_so(frames: int) -> None:
    playout, done = Playout(), list[str]()
    sink = playout.open_sink(on_done=lambda: done.append("done"))
    sink.add(sound(frames))
    played(playout, 3)
    assert not done
    assert playout.expecting
    sink.finish()
    assert done == ["done"]


def test_a_pause_holds_the_end_of_the_turn_back() -> None:
    playout, done = Playout(), list[str]()
    sink = playout.open_sink(on_done=lambda: done.append("done"))
    sink.add(sound(3))
    sink.finish()
    played(playout, 2)
    playout.pause()
    played(playout, 5)
    assert not done
    playout.resume()
    assert played(playout, 3) == [1000, 1001, 1002]
    assert done == ["done"]


def test_the_first_audible_frame_of_each_piece_is_told_and_silence_before_it_is_not() -> None:
    playout, moments = Playout(), list[tuple[object, int]]()
    frames = 0
    sink = playout.open_sink(on_audible=lambda tag: moments.append((tag, frames)))
    sink.add(np.concatenate((np.zeros(400, np.int16), sound(3, -5000))), "first")
    sink.add(sound(2), "second")
    for frames in range(8):  # noqa: B007 - read by the callback
        playout.next_frame()
    assert moments == [("first", 2), ("second", 6)]


def test_a_gap_in_a_turn_counts_once_and_silence_around_it_does_not() -> None:
    playout = Playout()
    played(playout, 3)
    sink = playout.open_sink()
    played(playout, 3)  # nothing said yet: late, but no gap
    assert playout.underruns == 0
    sink.add(sound(2))
    played(playout, 6)
    assert playout.underruns == 1
    sink.add(sound(2))
    played(playout, 4)
    assert playout.underruns == 2
    sink.finish()
    played(playout, 3)
    assert playout.underruns == 2


def test_what_went_out_lately_is_kept_for_a_second_with_its_silences() -> None:
    playout = Playout()
    assert playout.recent(500).size == 0
    playout.open_sink().add(sound(2, 100))
    played(playout, 3)
    assert playout.recent(1000).tolist() == [100] * 160 + [101] * 160 + [0] * 160
    assert playout.recent(40).tolist() == [101] * 160 + [0] * 160
    played(playout, 100)
    assert playout.recent(5000).size == 8000


actions = st.lists(
    st.one_of(
        st.tuples(st.just("play"), st.integers(1, 12)),
        st.tuples(st.just("add"), st.integers(0, 9)),
        st.tuples(st.sampled_from(["pause", "resume", "clear", "open", "finish"]), st.just(0)),
    ),
    max_size=40,
)


@given(actions)
def test_whatever_happens_the_account_of_what_was_heard_adds_up(
    script: list[tuple[str, int]],
) -> None:
    playout, done = Playout(), list[int]()
    sinks = [playout.open_sink(on_done=lambda: done.append(0))]
    for act, number in script:
        if act == "play":
            played(playout, number)
        elif act == "add":
            sinks[-1].add(sound(number), len(sinks))
        elif act == "open":
            index = len(sinks)
            sinks.append(playout.open_sink(on_done=lambda index=index: done.append(index)))
        elif act == "finish":
            sinks[-1].finish()
        else:
            getattr(playout, act)()
        heard = [piece for sink in sinks for piece in sink.heard()]
        assert all(0 <= piece.heard_ms <= piece.total_ms for piece in heard)
        partly = [piece for piece in heard if 0 < piece.heard_ms < piece.total_ms]
        assert len(partly) <= 1 + sum(a == "clear" for a, _ in script)
        assert len(done) == len(set(done))
    sinks[-1].finish()
    playout.resume()
    played(playout, 500)
    assert sorted(done) == list(range(len(sinks)))
    assert playout.idle
    assert len(playout._pieces) <= 5
