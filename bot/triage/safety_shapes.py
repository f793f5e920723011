"""The shapes of the safety protocol: the state it reads, the step it returns."""

# ruff: noqa: D102 - the fields are described in docs/seams.md, section 3
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

Changes = dict[str, Any]


class State(Protocol):
    """The fields of a conversation's state that the protocol reads (docs/seams.md, 3)."""

    @property
    def owner(self) -> str: ...
    @property
    def danger(self) -> str: ...
    @property
    def peak(self) -> str: ...
    @property
    def check_answer(self) -> str | None: ...
    @property
    def protected(self) -> bool | int: ...
    @property
    def told_999(self) -> str | None: ...
    @property
    def told_cues(self) -> Sequence[str]: ...
    @property
    def asking(self) -> str | None: ...
    @property
    def safety_asking(self) -> str | None: ...
    @property
    def silenced(self) -> bool | int: ...
    @property
    def deaf(self) -> bool | int: ...
    @property
    def child(self) -> bool | int: ...
    @property
    def suspect(self) -> bool | int: ...
    @property
    def suicide(self) -> bool | int: ...
    @property
    def language(self) -> str | None: ...
    @property
    def cues(self) -> Sequence[Mapping[str, Any]]: ...


@dataclass(frozen=True)
class Button:
    """A button: what it shows and what it sends."""

    title: str
    payload: str


@dataclass(frozen=True)
class SafetyLine:
    """One sentence by its id in the safety content, in a language, with its buttons.

    `again`: in the second wording that the content keeps for a question."""

    says: str
    buttons: tuple[Button, ...] = ()
    lang: str = "en"
    values: dict[str, str] = field(default_factory=dict)
    again: bool = False


@dataclass(frozen=True)
class SafetyStep:
    """What to say and to store. `silence`: the bot says nothing at all to this message."""

    lines: tuple[SafetyLine, ...]
    changes: Changes
    danger: str
    silence: bool
