"""Every place that holds a person's words. Erasure, retention and the marker test walk it.

A new table column or Redis key that can hold words goes in here, or the marker test fails.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.desk import names


@dataclass(frozen=True)
class Place:
    """One place: where it is, what words it holds, and how they leave it."""

    store: str  # "sql" or "redis"
    name: str  # table.column, or suffix of a conversation's keys
    holds: str
    leaves: str


PLACES: tuple[Place, ...] = (
    Place("sql", "entries.text", "what was typed and said", "retention.erase"),
    Place("sql", "entries.data", "the reading's cue words, buttons, notes", "retention.erase"),
    Place("sql", "conversations.cues", "words of danger cues", "retention.erase"),
    Place("sql", "conversations.details", "details of a report", "retention.erase"),
    Place("sql", "reports.report", "the incident report", "retention.erase"),
    Place("redis", names.LOG, "what was typed and said", "Desk.blank, Desk.forget"),
    Place("redis", names.STATE, "words of danger cues", "Desk.forget"),
    Place("redis", names.DRAFT, "details of a report, the first account", "Desk.forget"),
    Place("redis", names.TRACKER, "the last turns as Rasa keeps them", "Desk.forget"),
    Place("redis", names.HISTORY, "every turn as Rasa keeps it", "Desk.forget"),
)


def sql_columns() -> set[str]:
    """`table.column` of every place in the records database."""
    return {place.name for place in PLACES if place.store == "sql"}


def redis_suffixes() -> set[str]:
    """Suffixes of the conversation keys that hold words."""
    return {place.name for place in PLACES if place.store == "redis"}
