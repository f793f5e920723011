"""Typed keys of what the application holds. Nothing is made at import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

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


class Tools(Protocol):
    """The trainers' tools, handed in by whoever starts the gateway (`bot.train.workbench`).

    Each call blocks; the first may take seconds. Raises RuntimeError with one plain sentence
    where a tool cannot be had.
    """

    def reads_with(self, reader: Reads) -> None:
        """Told once, at the start: what the gateway reads with."""
        ...

    def explain(self, text: str, asked: str | None = None) -> dict[str, Any]:
        """How a message is read, and why."""
        ...

    def scrub(self, seed: str, text: str, asked: str | None = None) -> dict[str, Any]:
        """`{text, changes: [{kind, before, after}], left}`."""
        ...

    def propose(self, seed: str, original: str, given: Mapping[str, Any]) -> dict[str, Any]:
        """`{id, file, patch, problems, left}`."""
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
