"""Typed keys of what the application holds. Nothing is made at import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from aiohttp import web

from bot.desk import Desk
from bot.desk.clock import Handler
from bot.settings import Settings
from bot.triage.reading import Reading
from bot.web.hub import Hub
from bot.web.limits import Limiter
from bot.web.metrics import Metrics

if TYPE_CHECKING:
    from bot.web.messages import Intake


class Reads(Protocol):
    """What the gateway needs of a reader: `bot.triage.read.Reader`."""

    def read(self, text: str, asked: str | None = None, recent: Sequence[str] = ()) -> Reading:
        """Read one message (seams section 1)."""
        ...


# Given by the records: handlers of `archive` and `retain`; one that raises is due again.
RecordsWork = Mapping[str, Handler]

SETTINGS: web.AppKey[Settings] = web.AppKey("settings")
DESK: web.AppKey[Desk] = web.AppKey("desk")
READER: web.AppKey[Reads] = web.AppKey("reader")
HUB: web.AppKey[Hub] = web.AppKey("hub")
METRICS: web.AppKey[Metrics] = web.AppKey("metrics")
LIMITER: web.AppKey[Limiter] = web.AppKey("limiter")
INTAKE: web.AppKey[Intake] = web.AppKey("intake")
RECORDS_WORK: web.AppKey[RecordsWork] = web.AppKey("records_work")
