"""The channel that credentials.yml names: it starts the worker inside `rasa run`.

No message comes in over HTTP; the worker takes them from the desk. The one route says whether
this process can answer.
"""

from __future__ import annotations

import logging
import os
import secrets
import socket
from asyncio import AbstractEventLoop
from collections.abc import Awaitable, Callable
from functools import lru_cache
from typing import Any

from jsonschema import Draft7Validator
from jsonschema.exceptions import best_match
from rasa.core.actions.action import RemoteAction
from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.desk.engine import Desk
from bot.dialogue.model import archive_sum
from bot.dialogue.worker import Worker

log = logging.getLogger(__name__)

_DRAFT_7 = {"$schema": Draft7Validator.META_SCHEMA["$id"]}
_spec = RemoteAction.action_response_format_spec


def mark_action_schema() -> None:
    """Check an action's answer against a schema that is itself checked once (decision 0002)."""
    spec = {**_spec(), **_DRAFT_7}
    Draft7Validator.check_schema(spec)
    validator = Draft7Validator(spec)

    def validate(_: RemoteAction, result: dict[str, Any]) -> bool:
        error = best_match(validator.iter_errors(result))
        if error is not None:
            raise error
        return True

    RemoteAction._validate_action_result = validate


@lru_cache(maxsize=1)
def worker_name() -> str:
    """Host, process and a random part. Call it after any fork: processes must differ."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


class DeskChannel(InputChannel):
    """`bot.dialogue.channel.DeskChannel` with the credentials `redis_url` and `desk_id`."""

    def __init__(self, redis_url: str, desk_id: str) -> None:
        """Nothing is connected before the server has started."""
        self.redis_url, self.desk_id = redis_url, desk_id
        self.worker: Worker | None = None
        self.problem = "starting"
        self.archive = ""

    @classmethod
    def name(cls) -> str:
        """The name of the channel in Rasa."""
        return "desk"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> DeskChannel:
        """Called by Rasa. Raises RasaException when a key is missing."""
        given = credentials or {}
        if not {"redis_url", "desk_id"} <= given.keys():
            cls.raise_missing_credentials_exception()
        return cls(str(given["redis_url"]), str(given["desk_id"]))

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The health route, and the worker's start and end with the server's."""
        desk = Blueprint("desk")

        @desk.listener("after_server_start")  # Rasa has loaded the model by now
        async def start(app: Sanic, _: AbstractEventLoop) -> None:
            await self.start(app.ctx.agent)

        @desk.listener("before_server_stop")
        async def stop(_: Sanic, __: AbstractEventLoop) -> None:
            await self.stop()

        @desk.route("/ready")  # /webhooks/desk/ready: 200 once turns are taken
        async def health(_: Request) -> HTTPResponse:
            return response.json(self.health(), 200 if self.ready else 503)

        return desk

    async def start(self, agent: Agent | None) -> None:
        """Start the worker if the agent can answer; else only say why not."""
        mark_action_schema()
        if agent is None or not agent.is_ready():
            # Rasa starts without a model and then ignores every message in silence.
            self.problem = "no model is loaded"
            log.error("The dialogue process has no model and takes no turns. Run: make train")
            return
        if agent.processor is not None:
            self.archive = archive_sum(agent.processor.model_path)
        desk = await Desk.connect(self.redis_url, self.desk_id)
        self.worker = Worker(agent, desk, worker_name())
        self.worker.start()
        self.problem = ""

    async def stop(self) -> None:
        """End the worker; a turn under way gets a moment."""
        if self.worker is not None:
            await self.worker.stop()
            await self.worker.desk.close()
            self.worker = None
        self.problem = "stopped"

    @property
    def ready(self) -> bool:
        """True when turns are taken."""
        return self.worker is not None and self.worker.alive

    def health(self) -> dict[str, Any]:
        """What /webhooks/desk/ready answers: no words of anybody, only counts.

        `archive` is the SHA-256 of the model; the gateway's heads come from the same one when
        `bot.dialogue.model.source(models/triage)` is equal.
        """
        worker = self.worker
        return {
            "ready": self.ready,
            "problem": self.problem,
            "archive": self.archive,
            "worker": worker.name if worker else None,
            "counts": dict(worker.counts) if worker else {},
        }
