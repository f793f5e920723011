"""Fixtures for every test: one real Valkey for the session, a desk of its own for each test."""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.desk import Desk
from bot.desk.server import EmbeddedServer


@pytest.fixture(scope="session")
def desk_server() -> Iterator[EmbeddedServer]:
    """A real Valkey on a unix socket, in a data folder of its own."""
    with tempfile.TemporaryDirectory(prefix="desk-") as folder, EmbeddedServer(Path(folder)) as up:
        yield up


@pytest.fixture
def desk_url(desk_server: EmbeddedServer) -> str:
    """The URL of the session's server."""
    return desk_server.url


@pytest.fixture
def desk_id() -> str:
    """A desk id that no other test uses: tests share a server and never a key."""
    return f"t{uuid.uuid4().hex[:12]}"


@pytest_asyncio.fixture
async def desk(desk_url: str, desk_id: str) -> AsyncIterator[Desk]:
    """A desk on the session's server, with the real clock."""
    opened = await Desk.connect(desk_url, desk_id)
    yield opened
    await opened.close()
