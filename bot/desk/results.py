"""What the desk's verbs answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.desk import names
from bot.desk.state import State


@dataclass(frozen=True)
class Snapshot:
    """A conversation at one moment. `length` is the number of its last entry."""

    conversation: str
    state: State
    length: int
    draft: dict[str, Any]
    rev: int


@dataclass(frozen=True)
class Receipt:
    """Answer to a sender's message. `events` are the entries of its step, in stored form.

    status: new, same (sent again, nothing changed), conflict (same id, other text),
    grown (log grew: read again), closed, unknown, refused (operator does not own it).
    """

    status: str
    seq: int
    state: State
    events: list[dict[str, Any]]

    @property
    def accepted(self) -> bool:
        """The message is in the log, from this call or an earlier one."""
        return self.status in (names.NEW, names.SAME)


@dataclass(frozen=True)
class Taken:
    """A piece of work under lease. `pending`: the person's entries after the cursor.

    `turn` is the fence of a turn, `lease` that of any other kind (see `Desk.finish`).
    """

    kind: str
    conversation: str
    worker: str
    lease: str
    state: State
    draft: dict[str, Any]
    pending: list[dict[str, Any]]
    tracker: str | None

    @property
    def turn(self) -> int:
        """The number that `commit` compares."""
        return self.state.turn

    @property
    def rev(self) -> int:
        """The draft's revision at the take."""
        return self.state.rev

    @property
    def failed_before(self) -> bool:
        """Tried often enough: say a plain sentence and ask for the queue."""
        tried_out = self.state.fails >= names.TURN_TRIES
        return tried_out or self.state.tries > names.CRASH_TRIES


@dataclass(frozen=True)
class Committed:
    """Answer to a turn's commit. status: ok, dropped (written, `dropped` lines left out),
    stale (someone else has the turn or it is done), stale_draft (do the turn again)."""

    status: str
    dropped: int
    state: State
    events: list[dict[str, Any]]

    @property
    def done(self) -> bool:
        """The turn is written."""
        return self.status in names.COMMIT_DONE


@dataclass(frozen=True)
class Moved:
    """Answer to a move; `problem` is a plain sentence when it was refused."""

    ok: bool
    problem: str | None
    state: State | None
    conversation: str = ""
    events: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class Due:
    """One item of the work list; `at` in ms, UTC (the end of the lease while it is taken)."""

    kind: str
    conversation: str
    at: float
