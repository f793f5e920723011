"""What the public contract shows of log and state (design section 8).

Staff entries are left out, but their numbers are counted in `through`, so a
reader's cursor passes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timezone
from typing import Any

PUBLIC_FIELDS = ("type", "sender", "text", "says", "lang", "buttons", "attachments")
STAFF_FIELDS = (*PUBLIC_FIELDS, "audience", "by", "reading", "payload", "move", "blanked", "values")


def iso(ms: int) -> str:
    """Milliseconds UTC as ISO 8601 with milliseconds and Z."""
    moment = datetime.fromtimestamp(ms / 1000, tz=timezone.utc)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{ms % 1000:03d}Z"


def _shown(entry: Mapping[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    event = {"seq": entry["seq"], "ts": iso(entry["ts"])}
    event.update({key: entry[key] for key in keys if key in entry})
    return event


def public_event(entry: Mapping[str, Any]) -> dict[str, Any] | None:
    """One event for the person, or None for a staff entry."""
    if entry.get("audience", "all") != "all":
        return None
    return _shown(entry, PUBLIC_FIELDS)


def public_events(entries: Iterable[Mapping[str, Any]], after: int) -> tuple[list[Any], int]:
    """The person's events of a read, and `through`: how far the reader has now seen."""
    events, through = [], after
    for entry in entries:
        through = max(through, entry["seq"])
        event = public_event(entry)
        if event is not None:
            events.append(event)
    return events, through


def staff_events(entries: Iterable[Mapping[str, Any]], after: int) -> tuple[list[Any], int]:
    """The handlers' events: staff entries, readings and who wrote what stay in."""
    events, through = [], after
    for entry in entries:
        through = max(through, entry["seq"])
        events.append(_shown(entry, STAFF_FIELDS))
    return events, through
