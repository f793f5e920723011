"""A desk whose clock moves only when a test says so."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.desk import Desk
from tests.desk.helpers import FakeClock


@pytest.fixture
def clock() -> FakeClock:
    """Time stands still until `pass_ms`."""
    return FakeClock()


@pytest_asyncio.fixture
async def timed(desk_url: str, desk_id: str, clock: FakeClock) -> AsyncIterator[Desk]:
    """A desk on the fake clock."""
    opened = await Desk.connect(desk_url, desk_id, clock)
    yield opened
    await opened.close()
