"""One labelled message, as the heads learn from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.triage.reading import ACTS, ROUTES

FIRST = "first"  # the place of a message that nothing was asked before


@dataclass(frozen=True)
class Example:
    """A message with its labels; None is "not labelled" and is not learnt from.

    `act` is set for a message in the middle of a chat, with what was `asked` (None:
    nothing). A first message has no act. `cues` None: not labelled.
    """

    id: str
    text: str
    route: str | None
    type: str | None
    danger: str | None
    cues: tuple[str, ...] | None
    act: str | None = None
    asked: str | None = None
    pair: str | None = None
    own: str | None = None  # an intent of the trainer's own: neither a route nor an act

    @property
    def first(self) -> bool:
        """Whether the message opens a chat."""
        return self.act is None

    @property
    def place(self) -> str:
        """Where in a chat it stands: the same words may mean something else elsewhere."""
        return FIRST if self.first else f"after {self.asked}"

    @classmethod
    def of(cls, text: str, intent: str, labels: Mapping[str, Any]) -> Example:
        """From a Rasa training example: its intent and its example metadata.

        An intent that is no route is an act, or the trainer's own (a new story's first step).
        Metadata that is missing means a first message of which only the route is known (a
        trainer's plain line).
        """
        own = intent if intent not in ROUTES and intent not in ACTS else None
        act = labels.get("act") or (None if intent in ROUTES or own else intent)
        return cls(
            id=str(labels.get("id") or ""),
            text=text.strip(),
            route=intent if intent in ROUTES else None,
            type=labels.get("type"),
            danger=labels.get("danger"),
            cues=None if labels.get("cues") is None else tuple(labels["cues"]),
            act=act,
            asked=labels.get("asked"),
            pair=labels.get("pair"),
            own=own,
        )

    @classmethod
    def of_row(cls, row: Mapping[str, Any]) -> Example:
        """From a line of an evaluation file: `route` or `act`, `type` or `subtype`, cues."""
        labels = {**row, "type": row.get("type") or row.get("subtype")}
        if "cues" not in row and "risk" in row:
            labels["cues"] = row["risk"]
        return cls.of(row["text"], row.get("route") or row["act"], labels)
