"""A gateway on a real desk for each test, and a client that speaks the public contract."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.desk import Desk
from bot.settings import Settings
from bot.web.app import create_app
from bot.web.tasks import end
from tests.web.fakes import FakeAssistant, FakeReader, Person, gateway_settings


@pytest.fixture
def settings(tmp_path: Path, desk_url: str, desk_id: str) -> Settings:
    """Settings of this test's gateway."""
    return gateway_settings(tmp_path, desk_url, desk_id)


@pytest.fixture
def reader() -> FakeReader:
    """The reader of this test's gateway."""
    return FakeReader()


@pytest.fixture
def app(settings: Settings, reader: FakeReader) -> web.Application:
    """The application; its clock stands still unless the test ticks."""
    return create_app(settings, reader=reader, ticking=False)


@pytest_asyncio.fixture
async def client(app: web.Application) -> AsyncIterator[TestClient[Any, Any]]:
    """An HTTP client of the running application."""
    async with TestClient(TestServer(app)) as opened:
        yield opened


@pytest_asyncio.fixture
async def assistant(desk: Desk) -> AsyncIterator[FakeAssistant]:
    """A tiny assistant that answers each message with one line."""
    made = FakeAssistant(desk)
    task = asyncio.create_task(made.run())
    yield made
    await end(task)


@pytest_asyncio.fixture
async def person(client: TestClient[Any, Any]) -> Person:
    """Somebody with a fresh conversation."""
    return await Person(client).start()
