"""HTTP by TLS on a real socket, with certificates that change under open connections."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from appliance.access.certificate import Certificate
from appliance.http.app import build_app
from appliance.http.server import HttpServer, start_http
from tests.fakes.certificates import Made, make_certificate
from tests.fakes.http_backend import FakeBackend

pytestmark = pytest.mark.unit


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return make_certificate(tmp_path / "first", "first")


@pytest.fixture
def certificate(made: Made) -> Certificate:
    return Certificate(made.certificate, made.key)


@pytest_asyncio.fixture
async def server(backend: FakeBackend, certificate: Certificate) -> AsyncIterator[HttpServer]:
    server = await start_http(build_app(backend), "127.0.0.1", 0, tls=certificate.context)
    yield server
    await server.close()


def trusting(made: Made) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=made.certificate)


async def asks(server: HttpServer, context: ssl.SSLContext) -> int:
    """The status of a request on a connection of its own."""
    async with (
        aiohttp.ClientSession() as http,
        http.get(f"https://127.0.0.1:{server.port}/health", ssl=context) as reply,
    ):
        return reply.status


async def test_the_interface_answers_who_trusts_the_certificate(
    server: HttpServer, made: Made
) -> None:
    assert await asks(server, trusting(made)) == 200
    with pytest.raises(aiohttp.ClientConnectorCertificateError):
        await asks(server, ssl.create_default_context())


async def test_a_new_certificate_is_for_new_handshakes_and_open_connections_go_on(
    server: HttpServer, made: Made, certificate: Certificate, tmp_path: Path
) -> None:
    before = trusting(made)
    async with aiohttp.ClientSession() as http:
        health = f"https://127.0.0.1:{server.port}/health"
        async with http.get(health, ssl=before) as reply:
            assert reply.status == 200
        made.replace(make_certificate(tmp_path / "second", "second"))
        certificate.look()
        async with http.get(health, ssl=before) as reply:  # the same connection
            assert reply.status == 200
    assert await asks(server, trusting(made)) == 200
    with pytest.raises(aiohttp.ClientConnectorCertificateError):
        await asks(server, before)


async def test_a_handshake_without_a_name_gets_the_new_one_too(
    server: HttpServer, made: Made, certificate: Certificate, tmp_path: Path
) -> None:
    made.replace(make_certificate(tmp_path / "second", "second"))
    certificate.look()
    context = trusting(made)
    context.check_hostname = False
    _, writer = await asyncio.open_connection(
        "127.0.0.1", server.port, ssl=context, server_hostname=""
    )
    names = dict(pair[0] for pair in writer.get_extra_info("peercert")["subject"])
    assert names["commonName"] == "second"
    writer.close()


async def test_who_speaks_no_tls_is_hung_up_on(server: HttpServer) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert b"200" not in await reader.read()
    writer.close()
