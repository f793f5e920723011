"""What a conversation's own entries say about danger: cues with the words that show them.

The state holds cues once they are stored there; the readings in the log are the source, so a
handler sees the words of a message also before the assistant has taken its turn.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.desk import State
from bot.web.operator_words import CUES

Json = dict[str, Any]
# Words shown on a card; the rest is one click away.
WORDS_MAX = 160
# The worst of what somebody said comes first.
_FIRST: tuple[str, ...] = (
    "weapon",
    "injury",
    "medical",
    "fire",
    "water",
    "in_progress",
    "suspect_present",
    "suicide",
    "self_harm",
    "cannot_speak",
    "child_writer",
    "child",
    "missing",
    "threat",
    "domestic_abuse",
    "sexual_offence",
    "exploitation",
    "stalking",
    "observed",
)


@dataclass(frozen=True)
class Heard:
    """What a person's messages say: cues, the type last read, their last words."""

    cues: tuple[Json, ...] = ()
    type: str | None = None
    last_text: str = ""


def heard(entries: Iterable[Mapping[str, Any]]) -> Heard:
    """Read the entries of a log. A cue that is said again stands once, with its first words."""
    cues: dict[tuple[str, str], Json] = {}
    kind, last = None, ""
    for entry in entries:
        if entry.get("sender") != "person" or entry.get("audience") == "staff":
            continue
        last = str(entry.get("text") or "")
        reading = entry.get("reading") or {}
        for cue in reading.get("cues") or ():
            key = (str(cue.get("name")), str(cue.get("words") or "").casefold())
            cues.setdefault(key, {**cue, "seq": entry["seq"]})
        if reading.get("type") and not reading.get("act"):
            kind = str(reading["type"])
    return Heard(tuple(cues.values()), kind, last)


def with_cues(state: State, found: Heard) -> State:
    """The state with the cues of the log where it has none of its own."""
    return state if state.cues else replace(state, cues=found.cues)


def sorted_cues(state: State) -> list[Json]:
    """The cues with their words and English meaning, the worst first."""
    cues = [
        {
            "name": cue.get("name", ""),
            "label": CUES.get(cue.get("name", ""), str(cue.get("name", "")).replace("_", " ")),
            "words": cue.get("words", ""),
            "meaning": cue.get("meaning", ""),
            "seq": cue.get("seq"),
        }
        for cue in state.cues
    ]
    cues.sort(key=lambda c: _FIRST.index(c["name"]) if c["name"] in _FIRST else len(_FIRST))
    return cues


def short(text: str) -> str:
    """Words on one line, cut at a word."""
    flat = " ".join(text.split())
    return flat if len(flat) <= WORDS_MAX else flat[:WORDS_MAX].rsplit(" ", 1)[0] + "…"
