"""Traps of YAML, in plain words: file, line, what is wrong and how to mend it.

YAML reads some words as something else than words (`0161` is a number, `no` is false), and
what it says of a file that it cannot read helps no trainer. No file raises here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml

from bot.train.located import Node, compose, items, pairs, shown_path
from bot.train.traps_nlu import nlu_traps
from bot.train.traps_shape import Found
from bot.train.traps_syntax import broken

_BOOL: Final = "tag:yaml.org,2002:bool"
_NUMBER: Final = re.compile(r"\+?0[\d_]+|\d{1,2}(?::\d\d)+")


@dataclass(frozen=True)
class Trap:
    """One trap. `line` counts from 1."""

    file: str
    line: int
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.what}. {self.mend}."


def traps(root: Path) -> list[Trap]:
    """Every trap in the YAML files that trainers change, below the project's `root`."""
    nlu = root / "data" / "nlu"
    found: list[Trap] = []
    ids: dict[str, str] = {}
    for path in sorted(nlu.rglob("*.yml")):
        found += _of(path, ids)
    for folder in ("rules", "stories", "content", "triage"):
        for path in sorted((root / "data" / folder).rglob("*.yml")):
            found += _of(path, None)
    if (root / "domain.yml").exists():
        found += _of(root / "domain.yml", None)
    return found


def _of(path: Path, ids: dict[str, str] | None) -> Iterator[Trap]:
    """The traps of one file; with `ids` (where each id was seen) as a file of examples."""
    file = shown_path(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        yield Trap(file, 1, "this is not a text in UTF-8", "Save the file again as UTF-8")
        return
    for one in _in_text(text, file, ids):
        yield Trap(file, *one)


def _in_text(text: str, file: str, ids: dict[str, str] | None) -> Iterator[Found]:
    lines = text.splitlines()
    tabs = [at for at, line in enumerate(lines) if re.match(r" *\t", line) and line.strip()]
    try:
        root = compose(text)
    except yaml.YAMLError as error:
        tabbed = [at for at in tabs if at <= _line_of(error, len(lines))]
        yield _tab(tabbed[0]) if tabbed else broken(error, lines)
        return
    yield from (_tab(at) for at in tabs)
    yield from _scalars(root)
    if ids is not None:
        yield from nlu_traps(root, lines, file, ids)


def _line_of(error: yaml.YAMLError, last: int) -> int:
    mark = getattr(error, "problem_mark", None)
    return mark.line if mark else last


def _tab(at: int) -> Found:
    return at + 1, "the line begins with a tab", "Put blanks in its place; YAML takes no tabs"


def _scalars(node: Node | None) -> Iterator[Found]:
    """Words that are read as something else, and a key that stands twice, at any depth."""
    if isinstance(node, yaml.ScalarNode):
        yield from _scalar(node)
    for one in items(node):
        yield from _scalars(one)
    seen: set[str] = set()
    for name, key, value in pairs(node):
        if name in seen:
            yield _twice(name, key)
        seen.add(name)
        yield from _scalar(key)
        yield from _scalars(value)


def _twice(name: str, key: Node) -> Found:
    hint = "Take one out"
    if name in ("text", "metadata", "intent", "examples", "story", "rule"):
        hint = "A dash is missing: each new entry begins with a dash and a blank ('- ')"
    return key.start_mark.line + 1, f"'{name}' stands twice in one entry", hint


def _scalar(node: Node) -> Iterator[Found]:
    if not isinstance(node, yaml.ScalarNode) or node.style:
        return
    line, value = node.start_mark.line + 1, str(node.value)
    if node.tag == _BOOL and value.lower() not in ("true", "false"):
        made = "true" if value.lower() in ("yes", "on", "y") else "false"
        yield line, f"{value} without quotes is read as {made}", f'Write "{value}"'
    elif _NUMBER.fullmatch(value):
        yield line, f"{value} without quotes is read as a number", f'Write "{value}"'
