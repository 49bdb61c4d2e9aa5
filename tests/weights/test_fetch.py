"""Downloads from a server on this machine that cuts, refuses and lies."""

from __future__ import annotations

import hashlib
import io
import socket
import threading
import urllib.request
from collections.abc import Iterator
from http.client import HTTPMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from appliance.errors import WeightsError
from appliance.weights.fetch import ATTEMPTS, StayEncrypted, download

pytestmark = pytest.mark.unit

CONTENT = bytes(range(256)) * 2000
SHA256 = hashlib.sha256(CONTENT).hexdigest()


class Server(ThreadingHTTPServer):
    """Serves CONTENT; ``cut_after`` ends answers early, ``statuses`` refuse them."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.cut_after: list[int] = []
        self.statuses: list[int] = []
        self.requests: list[str | None] = []
        self.ranges = True
        self.url = f"http://127.0.0.1:{self.server_address[1]}/model.bin"


class Answer(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        asked = self.headers.get("Range")
        self.server.requests.append(asked)
        if self.server.statuses:
            self.send_response(self.server.statuses.pop(0))
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        start = int(asked.removeprefix("bytes=").rstrip("-")) if asked and self.server.ranges else 0
        body = CONTENT[start:]
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(CONTENT) - 1}/{len(CONTENT)}")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        end = self.server.cut_after.pop(0) if self.server.cut_after else len(body)
        self.wfile.write(body[:end])

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def fetch(server: Server, target: Path, **options: object) -> None:
    download(server.url, target, sleep=lambda _: None, **options)  # type: ignore[arg-type]


def test_a_download_arrives_whole_and_tells_its_progress(server: Server, tmp_path: Path) -> None:
    steps: list[tuple[int, int | None]] = []
    target = tmp_path / "model.bin"
    fetch(
        server, target, sha256=SHA256, progress=lambda _, done, total: steps.append((done, total))
    )
    assert target.read_bytes() == CONTENT
    assert (len(CONTENT), len(CONTENT)) in steps
    assert list(tmp_path.iterdir()) == [target]


def test_a_cut_download_goes_on_where_it_stopped(server: Server, tmp_path: Path) -> None:
    server.cut_after = [100_000, 50_000]
    target = tmp_path / "model.bin"
    fetch(server, target, size=len(CONTENT), sha256=SHA256)
    assert target.read_bytes() == CONTENT
    assert server.requests == [None, "bytes=100000-", "bytes=150000-"]


def test_the_next_run_goes_on_too(server: Server, tmp_path: Path) -> None:
    (tmp_path / "model.bin.part").write_bytes(CONTENT[:123])
    fetch(server, tmp_path / "model.bin", sha256=SHA256)
    assert server.requests == ["bytes=123-"]
    assert (tmp_path / "model.bin").read_bytes() == CONTENT


def test_a_part_that_is_whole_is_not_asked_for_again(server: Server, tmp_path: Path) -> None:
    (tmp_path / "model.bin.part").write_bytes(CONTENT)
    fetch(server, tmp_path / "model.bin", size=len(CONTENT), sha256=SHA256)
    assert server.requests == []


def test_a_server_without_ranges_starts_anew(server: Server, tmp_path: Path) -> None:
    server.ranges = False
    (tmp_path / "model.bin.part").write_bytes(b"something else")
    fetch(server, tmp_path / "model.bin", sha256=SHA256)
    assert (tmp_path / "model.bin").read_bytes() == CONTENT


def test_a_part_longer_than_the_file_is_thrown_away(server: Server, tmp_path: Path) -> None:
    server.statuses = [416]
    (tmp_path / "model.bin.part").write_bytes(CONTENT + b"more")
    fetch(server, tmp_path / "model.bin", sha256=SHA256)
    assert server.requests[-1] is None
    assert (tmp_path / "model.bin").read_bytes() == CONTENT


def test_a_wrong_checksum_leaves_nothing(server: Server, tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="checksum") as caught:
        fetch(server, tmp_path / "model.bin", sha256="0" * 64)
    assert caught.value.code == "checksum_mismatch"
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_size_leaves_nothing(server: Server, tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=f"{len(CONTENT)} bytes instead of 7"):
        fetch(server, tmp_path / "model.bin", size=7)
    assert list(tmp_path.iterdir()) == []


def test_a_passing_fault_of_the_server_is_tried_again(server: Server, tmp_path: Path) -> None:
    server.statuses = [503, 429]
    fetch(server, tmp_path / "model.bin", sha256=SHA256)
    assert len(server.requests) == 3


def test_a_server_that_never_recovers_is_given_up(server: Server, tmp_path: Path) -> None:
    server.statuses = [503] * 99
    with pytest.raises(
        WeightsError, match="the server says 503; run the same command again, or.*--from"
    ):
        fetch(server, tmp_path / "model.bin")
    assert len(server.requests) == ATTEMPTS


def test_what_came_before_a_home_fell_silent_is_kept(server: Server, tmp_path: Path) -> None:
    server.cut_after = [100_000, *[0] * 9]
    with pytest.raises(WeightsError, match="; 100000 bytes are kept, run the same command to go"):
        fetch(server, tmp_path / "model.bin", patient=False)
    assert (tmp_path / "model.bin.part").read_bytes() == CONTENT[:100_000]


def test_a_file_that_is_gone_is_said_at_once(server: Server, tmp_path: Path) -> None:
    server.statuses = [404]
    with pytest.raises(WeightsError, match="404.*--from"):
        fetch(server, tmp_path / "model.bin")
    assert len(server.requests) == 1


def test_nothing_listening_is_given_up_after_a_few_tries(server: Server, tmp_path: Path) -> None:
    server.server_close()
    waits: list[float] = []
    with pytest.raises(WeightsError, match="Connection refused"):
        download(server.url, tmp_path / "model.bin", sleep=waits.append)
    assert waits == [2.0, 4.0, 8.0, 16.0]


def test_with_another_source_waiting_a_silent_home_is_left_at_once(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/model.bin"
    waits: list[float] = []
    with pytest.raises(WeightsError) as caught:
        download(url, tmp_path / "model.bin", patient=False, sleep=waits.append)
    assert caught.value.message == "127.0.0.1 cannot be reached (Connection refused)"
    assert waits == []


def test_with_another_source_waiting_a_download_that_has_begun_goes_on(
    server: Server, tmp_path: Path
) -> None:
    server.cut_after = [100_000, 0, 50_000]
    fetch(server, tmp_path / "model.bin", sha256=SHA256, patient=False)
    assert (tmp_path / "model.bin").read_bytes() == CONTENT
    assert len(server.requests) == 4


def test_a_redirect_that_gives_up_encryption_is_refused() -> None:
    asked = urllib.request.Request("https://example.invalid/model.bin")
    with pytest.raises(WeightsError, match="sends us on to http://.*not encrypted"):
        StayEncrypted().redirect_request(
            asked, io.BytesIO(), 302, "Found", HTTPMessage(), "http://example.invalid/model.bin"
        )


@pytest.mark.parametrize("size", [None, len(CONTENT)])
def test_a_disk_without_room_is_said_before_anything_is_written(
    server: Server, tmp_path: Path, size: int | None
) -> None:
    with pytest.raises(WeightsError, match="are needed and 0 MB are free") as caught:
        fetch(server, tmp_path / "model.bin", size=size, free=lambda _: 1000)
    assert caught.value.code == "disk_full"
    assert list(tmp_path.iterdir()) == []
