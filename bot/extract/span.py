"""One found detail: where its words stand in the text and what they mean."""

from __future__ import annotations

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


def lower(text: str) -> str:
    """Lower-case `text` without changing its length, so that positions still fit."""
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text).replace("\u2019", "'")
