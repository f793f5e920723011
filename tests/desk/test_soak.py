"""A tenth of the soak; the whole is `python -m tests.desk.soak --share 1.0`."""

from __future__ import annotations

import asyncio

import pytest

from bot.desk.server import EmbeddedServer
from tests.desk.soak import BLOWS, CHATS, MESSAGES, WORKERS, report, soak


@pytest.mark.timeout(100)
def test_a_tenth_of_the_soak_loses_doubles_and_reorders_nothing(
    desk_server: EmbeddedServer, desk_id: str
) -> None:
    """Workers killed and stalled; each message sent twice has its reply once and in order."""
    counts = asyncio.run(soak(desk_server.url, 0.1, desk_id))
    print(report(counts))
    assert counts.wrong == []
    assert counts.replies == counts.messages == 400
    assert counts.counters["messages_sent_again"] == 400
    assert counts.kills + counts.stalls == 12
    assert counts.counters["work"] == 0
    again = counts.counters["takes_turn"] - counts.counters["turns_committed"]
    assert again > 0, "some blow hit a turn"


def test_the_whole_soak_is_as_large_as_promised() -> None:
    """At least 4,000 messages, 40 chats, 6 workers, 100 kills and stalls."""
    assert MESSAGES >= 4_000 and CHATS >= 40 and WORKERS >= 6 and BLOWS >= 100
