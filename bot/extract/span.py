"""One found detail: where its words stand in the text and what they mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Span:
    """Words `text[start:end]` that hold a detail.

    `value` is JSON-able: a string, number, bool or dict, by kind of detail.
    """

    start: int
    end: int
    said: str
    value: Any


def meets(start: int, end: int, spans: Iterable[Span]) -> bool:
    """Whether `start` to `end` shares a letter with one of `spans`."""
    return any(start < one.end and end > one.start for one in spans)


def blanked(text: str, places: Iterable[tuple[int, int]]) -> str:
    """`text` with spaces in these places: what stands elsewhere stays where it was."""
    for start, end in places:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def lower(text: str) -> str:
    """Lower-case `text` without changing its length, so that positions still fit."""
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text).replace("\u2019", "'")
