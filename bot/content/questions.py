"""Access to the questions."""

from __future__ import annotations

from bot.content.loader import load
from bot.content.model import Question


def get(question: str) -> Question:
    """The question of this id; `KeyError` when there is none."""
    return load().questions[question]


def exists(question: str) -> bool:
    """Whether there is a question of this id."""
    return question in load().questions


def ids() -> tuple[str, ...]:
    """All question ids, in the order of the file."""
    return tuple(load().questions)


def filling(detail: str) -> tuple[str, ...]:
    """The questions whose answer may fill this detail."""
    return tuple(q.id for q in load().questions.values() if detail in q.fills)


def title(question: str, value: object) -> str:
    """The words of the button that stands for a value (the value itself when there is none)."""
    for choice in get(question).choices:
        if choice.value == value:
            return choice.title
    return str(value)
