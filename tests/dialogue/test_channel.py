"""Promises of the channel: it answers only with a model, and one patch makes actions cheap."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.core.actions.action import RemoteAction
from rasa.core.agent import Agent
from rasa.core.run import create_http_input_channels
from rasa.shared.core.domain import Domain
from rasa.shared.exceptions import RasaException

from bot.dialogue import endpoints
from bot.dialogue.channel import DeskChannel, mark_action_schema, worker_name
from bot.dialogue.model import archive_sum
from bot.dialogue.tracker import StagingTrackerStore
from tests.dialogue import tiny


def test_rasa_makes_the_channel_from_the_file_that_we_write(tmp_path: Path) -> None:
    """The credentials of `endpoints.write` name a channel that Rasa can load."""
    _, credentials = endpoints.write(tmp_path, "unix:///x", "gmp", 5055)
    (channel,) = create_http_input_channels(None, str(credentials))
    assert isinstance(channel, DeskChannel)
    assert (channel.redis_url, channel.desk_id) == ("unix:///x", "gmp")


def test_missing_credentials_are_named() -> None:
    """Rasa's own error, not a KeyError."""
    with pytest.raises(RasaException):
        DeskChannel.from_credentials({"redis_url": "unix:///x"})


async def test_without_a_model_no_turn_is_taken() -> None:
    """Rasa starts without a model and would drop every message in silence."""
    channel = DeskChannel("unix:///nowhere", "gmp")
    await channel.start(Agent())
    assert not channel.ready
    assert channel.health()["problem"] == "no model is loaded"


async def test_with_a_model_it_is_ready_until_stopped(
    tiny_model: Path, desk_url: str, desk_id: str
) -> None:
    """Ready after start, not after stop; the worker's name says which process it is."""
    channel = DeskChannel(desk_url, desk_id)
    await channel.start(tiny.load(tiny_model, StagingTrackerStore(Domain.empty())))
    assert channel.ready and channel.health()["worker"] == worker_name()
    assert channel.health()["archive"] == archive_sum(tiny_model)
    await channel.stop()
    assert not channel.ready


def test_an_answer_of_the_actions_is_checked_once_and_still_refused() -> None:
    """Put in once or twice, the schema is Rasa's own, and a bad answer still fails."""
    mark_action_schema()
    mark_action_schema()
    with pytest.raises(Exception, match="events"):
        RemoteAction("a", None)._validate_action_result({"events": [{"event": 3}]})
    assert RemoteAction("a", None)._validate_action_result({"events": [], "responses": []})
