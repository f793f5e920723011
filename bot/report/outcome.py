"""How a conversation ended: the disposition, computed from state and draft (design decision 8)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.report import draft as drafts

#: The desk's state, or a mapping with the same fields (docs/seams.md section 3).
State = Any
FieldValue = Any
DISPOSITIONS = (
    "emergency_handed_off",
    "reported",
    "handed_off",
    "signposted",
    "advised",
    "abandoned",
)


def disposition(state: State, draft: Mapping[str, Any]) -> str | None:
    """The disposition, or None while a report is open and nothing stronger holds.

    `state` is the desk's state or a mapping with the same fields (docs/seams.md section 3).
    """
    queued = bool(field(state, "queued"))
    if field(state, "peak") == "now" and queued:
        return "emergency_handed_off"
    if draft.get("reference") or field(state, "reference"):
        return "reported"
    if queued:
        return "handed_off"
    if drafts.is_open(draft):
        return None
    shown = [str(entry) for entry in draft.get("answered", [])]
    if any(not is_topic(entry) for entry in shown):
        return "signposted"
    return "advised" if shown else "abandoned"


def is_topic(entry: str) -> bool:
    """Whether an entry of `answered` is a topic of advice (else it is an agency)."""
    return entry.startswith("adv_")


def field(state: State, name: str) -> FieldValue:
    """A field of a state that is a mapping or an object."""
    if isinstance(state, Mapping):
        return state.get(name)
    return getattr(state, name, None)
