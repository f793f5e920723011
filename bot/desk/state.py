"""The state of a conversation, typed, and what the public may see of it.

Fields and values: docs/seams.md section 3. Times are whole milliseconds, UTC.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from bot.desk import names

_JSON_FIELDS = ("told_cues", "cues")


@dataclass(frozen=True)
class State:
    """One conversation as it stands. `extra` holds fields that only other modules know."""

    owner: str = names.BOT
    danger: str = "none"
    peak: str = "none"
    check_answer: str | None = None
    protected: bool = False
    told_999: str | None = None
    told_cues: tuple[str, ...] = ()
    asking: str | None = None
    safety_asking: str | None = None
    silenced: bool = False
    deaf: bool = False
    child: bool = False
    suspect: bool = False
    suicide: bool = False
    language: str = "en"
    route: str | None = None
    subtype: str | None = None
    incident_type: str | None = None
    cues: tuple[dict[str, Any], ...] = ()
    queued: bool = False
    queued_danger: bool = False
    queue_since: int | None = None
    queue_why: str | None = None
    lost: bool = False
    reference: str | None = None
    disposition: str | None = None
    stage: str = "idle"
    turn: int = 0
    tries: int = 0  # takes since the last commit: a worker that dies counts too
    fails: int = 0  # turns that the worker itself called failed, since the last commit
    cursor: int = 0
    rev: int = 0
    length: int = 0
    chain: str = ""
    locale: str = "en-GB"
    created: int = 0
    last_person: int | None = None
    last_person_seq: int = 0
    last_bot: int | None = None
    last_seen: int | None = None
    hold_until: int | None = None
    closed_at: int | None = None
    close_code: str | None = None
    close_by: str | None = None
    extra: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_hash(cls, stored: Mapping[str, str]) -> State:
        """The state from its Redis hash; unknown fields go to `extra`."""
        known: dict[str, Any] = {}
        extra: dict[str, str] = {}
        for name, text in stored.items():
            if name in _READ:
                known[name] = _READ[name](text)
            else:
                extra[name] = text
        return cls(**known, extra=extra)

    @property
    def operator(self) -> str | None:
        """The owning operator's id, or None."""
        return self.owner[len(names.OPERATOR) :] if self.owner.startswith(names.OPERATOR) else None

    @property
    def closed(self) -> bool:
        """Whether the conversation is closed."""
        return self.owner == names.CLOSED

    @property
    def bot_idle(self) -> bool:
        """The bot has handled the last message, or it is not the bot's to answer."""
        return self.closed or self.operator is not None or self.cursor >= self.last_person_seq

    @property
    def risk_open(self) -> bool:
        """A risk that only a person may close (call-handling.md sections 6 and 16)."""
        return self.danger != "none" or self.suicide or self.lost

    def to_public(self, *, queue_position: int | None = None, on_duty: bool) -> dict[str, Any]:
        """The state of the public contract (design section 8).

        The place in the queue is null while a danger or suicide cue is open, and
        while nobody is on duty: a place then promises a person who is not there.
        """
        hide = self.danger != "none" or self.suicide or not on_duty or self.owner != names.QUEUE
        return {
            "owner": self.owner,
            "bot_idle": self.bot_idle,
            "asking": self.asking,
            "danger": self.danger,
            "check_answer": self.check_answer,
            "protected": self.protected,
            "on_duty": on_duty,
            "told_999": self.told_999,
            "route": self.route,
            "subtype": self.subtype,
            "queue_position": None if hide else queue_position,
            "reference": self.reference,
            "disposition": self.disposition,
        }


def _text(value: str) -> str | None:
    return value or None


def _reader(annotation: str) -> Callable[[str], Any]:
    if annotation == "bool":
        return lambda text: text == "1"
    if annotation == "int":
        return lambda text: int(text or 0)
    if annotation == "int | None":
        return lambda text: int(text) if text else None
    if annotation.startswith("tuple"):
        return lambda text: tuple(json.loads(text or "[]"))
    return _text if annotation.endswith("None") else str


_READ: dict[str, Callable[[str], Any]] = {
    f.name: _reader(str(f.type)) for f in fields(State) if f.name != "extra"
}


def to_hash(values: Mapping[str, Any]) -> dict[str, str]:
    """State fields as Redis holds them: None is "", a flag 0 or 1, a list JSON.

    Text that is not valid Unicode (a lone surrogate) is replaced: scripts could
    not read it. Raises ValueError for a field that only the engine may write.
    """
    stored: dict[str, str] = {}
    for name, value in values.items():
        if name in names.ENGINE_FIELDS:
            raise ValueError(f"{name} is written by the engine only")
        stored[name] = plain(value)
    return stored


def plain(value: object) -> str:
    """One value as Redis holds it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, list | tuple | dict):
        return json.dumps(value, ensure_ascii=True)
    return str(value).encode("utf-8", "replace").decode("utf-8")
