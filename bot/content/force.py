"""Access to the force that this desk serves."""

from __future__ import annotations

from bot.content.loader import load
from bot.content.model import Force


def get() -> Force:
    """The force: name, area, boroughs, numbers, grades, notice."""
    return load().force


def borough(text: str) -> str | None:
    """The borough that the text names, or None."""
    words = f" {' '.join(text.lower().replace(',', ' ').replace('.', ' ').split())} "
    for name in load().force.boroughs:
        if f" {name.lower()} " in words:
            return name
    return None
