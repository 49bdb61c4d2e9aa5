from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.audiosocket import protocol
from appliance.audiosocket.protocol import (
    Audio,
    Decoder,
    Digit,
    Hangup,
    Identify,
    Message,
    PeerError,
    Unknown,
)
from appliance.errors import ProtocolError

pytestmark = pytest.mark.unit

CALL = UUID("0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0")


def encoded(message: Message) -> bytes:
    match message:
        case Identify(uuid):
            return protocol.encode_identify(uuid)
        case Digit(digit):
            return protocol.encode_digit(digit)
        case Audio(payload, rate_hz):
            return protocol.encode_audio(payload, rate_hz)
        case Hangup():
            return protocol.encode_hangup()
        case PeerError(code):
            return protocol.encode_error(code)
        case Unknown(kind):
            return bytes([kind, 0, 0])


audio = st.builds(
    Audio,
    st.binary(min_size=1, max_size=700).map(lambda half: half + half),
    st.sampled_from(sorted(protocol.KIND_OF_RATE)),
)
messages = st.lists(
    st.one_of(
        audio,
        st.builds(Identify, st.uuids()),
        st.builds(Digit, st.sampled_from(sorted(protocol.DIGITS))),
        st.just(Hangup()),
        st.builds(PeerError, st.integers(0, 255)),
        st.builds(Unknown, st.sampled_from([0x02, 0x04, 0x19, 0x42, 0xFE])),
    ),
    max_size=12,
)


def fed(data: bytes, cuts: list[int]) -> tuple[list[Message], str | None]:
    """The messages, and the code of the error at which they end."""
    decoder, out = Decoder(), list[Message]()
    places = [0, *sorted(cut % (len(data) + 1) for cut in cuts), len(data)]
    try:
        for start, stop in zip(places, places[1:], strict=False):
            out.extend(decoder.feed(data[start:stop]))
    except ProtocolError as error:
        return out, error.code
    return out, None


@given(messages, st.lists(st.integers(0, 10_000), max_size=30))
def test_any_split_of_the_bytes_gives_the_same_messages(
    sent: list[Message], cuts: list[int]
) -> None:
    assert fed(b"".join(map(encoded, sent)), cuts) == (sent, None)


@given(messages)
def test_single_bytes_give_the_same_messages(sent: list[Message]) -> None:
    data = b"".join(map(encoded, sent))
    assert fed(data, list(range(len(data)))) == (sent, None)


@given(st.binary(max_size=2000), st.lists(st.integers(0, 10_000), max_size=10))
def test_garbage_gives_the_same_messages_and_the_same_error_however_it_is_split(
    data: bytes, cuts: list[int]
) -> None:
    assert fed(data, cuts) == fed(data, [])


@given(st.binary(max_size=5000))
def test_a_decoder_never_holds_more_than_one_message(data: bytes) -> None:
    decoder = Decoder()
    try:
        for at in range(0, len(data), 50):
            list(decoder.feed(data[at : at + 50]))
            assert len(decoder._buffer) <= protocol.HEADER_BYTES + 65534 + 50
    except ProtocolError:
        pass


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\x01\x00\x0f", "length_invalid"),
        (b"\x01\x00\x11", "length_invalid"),
        (b"\x03\x00\x00", "length_invalid"),
        (b"\x03\x00\x02", "length_invalid"),
        (b"\x10\x01\x41", "audio_length_odd"),
        (b"\x10\x0c\x82", "length_invalid"),
        (b"\x12\xff\xfe", "length_invalid"),
        (b"\x42\x01\x00", "length_invalid"),
        (b"\x00\x01\x00", "length_invalid"),
        (b"GET / HTTP/1.1\r\n", "length_invalid"),
        (b"\x16\x03\x01\x02\x00", "audio_length_odd"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.hex(),
)
def test_a_wrong_length_is_an_error_at_its_header(data: bytes, code: str) -> None:
    with pytest.raises(ProtocolError) as caught:
        list(Decoder().feed(data))
    assert caught.value.code == code


def test_the_messages_before_an_error_are_delivered() -> None:
    got, code = fed(protocol.encode_digit("5") + b"\x03\x00\x02ab", [])
    assert (got, code) == ([Digit("5")], "length_invalid")


def test_audio_without_samples_is_passed_over() -> None:
    assert fed(b"\x10\x00\x00" + protocol.encode_hangup(), []) == ([Hangup()], None)


def test_an_unknown_kind_and_a_strange_digit_can_be_passed_over() -> None:
    data = b"\x42\x00\x02ab" + b"\x03\x00\x01!" + protocol.encode_digit("#")
    assert fed(data, []) == ([Unknown(0x42), Unknown(0x03), Digit("#")], None)


def test_small_letters_are_digits_too() -> None:
    assert fed(b"\x03\x00\x01a", []) == ([Digit("A")], None)


def test_an_error_with_and_without_a_code_and_a_hangup_with_a_payload_are_understood() -> None:
    data = b"\xff\x00\x00" + b"\xff\x00\x02\x07\x08" + b"\x00\x00\x01x"
    assert fed(data, []) == ([PeerError(0), PeerError(7), Hangup()], None)


def test_a_message_is_one_piece_with_its_header() -> None:
    assert protocol.encode_audio(bytes(320)) == b"\x10\x01\x40" + bytes(320)
    assert protocol.encode_hangup() == b"\x00\x00\x00"
    assert protocol.encode_identify(CALL) == b"\x01\x00\x10" + CALL.bytes
    assert protocol.encode_digit("*") == b"\x03\x00\x01*"


@pytest.mark.parametrize("payload", [b"", b"odd", bytes(3202)])
def test_what_asterisk_would_hang_up_on_is_not_encoded(payload: bytes) -> None:
    with pytest.raises(ValueError, match="cannot carry"):
        protocol.encode_audio(payload)


def test_only_telephone_keys_are_encoded() -> None:
    with pytest.raises(ValueError, match="not a telephone key"):
        protocol.encode_digit("x")


def test_the_decoder_says_when_a_message_is_unfinished() -> None:
    decoder = Decoder()
    assert list(decoder.feed(b"\x10\x01")) == []
    assert decoder.unfinished
    list(decoder.feed(b"\x40" + bytes(320)))
    assert not decoder.unfinished
