"""Traps of the files of examples: unknown keys, words that are no words, ids that stand twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

import yaml

from bot.train.located import Node, child, items, pairs
from bot.train.traps_shape import BLOCK, Found

_STR: Final = "tag:yaml.org,2002:str"
TOP: Final = ("version", "nlu")
IN_BLOCK: Final = ("intent", "examples", "metadata")
# Rasa's own kinds of block beside intents; nobody has to know them to add an example.
OTHER: Final = ("synonym", "regex", "lookup")
IN_EXAMPLE: Final = ("text", "metadata")
LABELS: Final = (
    "id", "type", "danger", "cues", "entities", "pair", "act", "asked", "details", "hard", "note",
)  # fmt: skip
WORDS: Final = ("id", "type", "danger", "act", "asked", "pair")


def nlu_traps(
    root: Node | None, lines: Sequence[str], file: str, ids: dict[str, str]
) -> Iterator[Found]:
    """The traps of one file. `ids` gathers where each id stands."""
    yield from _unknown(root, TOP, "at the left edge")
    blocks = child(root, "nlu")
    if root is not None and not isinstance(blocks, yaml.SequenceNode):
        yield 1, "there is no list under 'nlu:'", "Write 'nlu:' and below it '- intent: ...'"
    for block in items(blocks):
        yield from _unknown(block, (*IN_BLOCK, *OTHER), "beside 'intent'")
        if any(name in OTHER for name, _, _ in pairs(block)):
            continue
        yield from _block(block, lines, file, ids)


def _block(block: Node, lines: Sequence[str], file: str, ids: dict[str, str]) -> Iterator[Found]:
    rows, line = child(block, "examples"), block.start_mark.line + 1
    if child(block, "intent") is None:
        yield line, "the entry has no 'intent:'", "Begin it with '- intent: ' and its name"
    if isinstance(rows, yaml.SequenceNode):
        for row in rows.value:
            yield from _example(row, lines, file, ids)
    elif isinstance(rows, yaml.ScalarNode) and rows.style == "|":
        first = rows.start_mark.line + 2
        for at, text in enumerate(str(rows.value).splitlines()):
            if text.strip() and not text.lstrip().startswith("- "):
                yield first + at, "a dash is missing before the words", "Begin with '- '"
    else:
        yield line, "no examples under 'examples:'", "Put '- text: |-' below it, two blanks in"


def _example(row: Node, lines: Sequence[str], file: str, ids: dict[str, str]) -> Iterator[Found]:
    line = row.start_mark.line + 1
    if not isinstance(row, yaml.MappingNode):
        yield line, "an example without 'text:'", f"After the dash, {BLOCK}"
        return
    yield from _unknown(row, IN_EXAMPLE, "in an example")
    text = child(row, "text")
    if not isinstance(text, yaml.ScalarNode) or not str(text.value).strip():
        yield line, "an example without words", f"After the dash, {BLOCK}"
    else:
        yield from _words(text, lines)
    labels = child(row, "metadata")
    if labels is None:
        return
    if not isinstance(labels, yaml.MappingNode):
        yield labels.start_mark.line + 1, "'metadata' holds no labels", "Write {id: ..., type: ...}"
        return
    yield from _unknown(labels, LABELS, "among the labels")
    for name, _, value in pairs(labels):
        if name in WORDS:
            yield from _label(name, value)
    yield from _once(child(labels, "id"), file, ids)


def _words(text: yaml.ScalarNode, lines: Sequence[str]) -> Iterator[Found]:
    line, value = text.start_mark.line + 1, str(text.value)
    if text.style:
        return
    if text.tag != _STR or value.isdigit():
        # A plain 0161 or yes is told of already, with the other words of its kind.
        if not re.fullmatch(r"\+?0[\d_]+|\d{1,2}(?::\d\d)+|(?i:yes|no|on|off)", value):
            yield line, f"{value} without quotes is no text", f'Write "{value}"'
    elif " #" in lines[text.end_mark.line][text.end_mark.column :]:
        yield line, "all after # is left out", f"Put the words in double quotes, or {BLOCK}"


def _label(name: str, value: Node) -> Iterator[Found]:
    if isinstance(value, yaml.ScalarNode):
        whole = not value.style and re.fullmatch(r"[1-9]\d*(\.\d+)?", str(value.value))
        if whole:
            what = f"{name}: {value.value} without quotes is read as a number"
            yield value.start_mark.line + 1, what, f'Write "{value.value}"'
    else:
        yield value.start_mark.line + 1, f"'{name}' holds a list", "Give one word"


def _once(node: Node | None, file: str, ids: dict[str, str]) -> Iterator[Found]:
    if not isinstance(node, yaml.ScalarNode):
        return
    line, name = node.start_mark.line + 1, str(node.value)
    if name in ids:
        yield line, f"the id {name} stands in {ids[name]} too", "Give this one an id of its own"
    ids.setdefault(name, f"{file}, line {line}")


def _unknown(node: Node | None, known: Sequence[str], place: str) -> Iterator[Found]:
    if node is not None and not isinstance(node, yaml.MappingNode):
        yield node.start_mark.line + 1, f"keys are missing {place}", f"Known: {', '.join(known)}"
    for name, key, _ in pairs(node):
        if name not in known and name in (*IN_EXAMPLE, *IN_BLOCK):
            what = f"'{name}' stands {place}: a dash is missing, or it begins too far left"
            yield key.start_mark.line + 1, what, "Line it up with the entry above: '  - text: |-'"
        elif name not in known:
            what = f"the key '{name[:40]}' is not known {place}"
            mend = f"Known: {', '.join(known)}. If it is part of the words, {BLOCK}"
            yield key.start_mark.line + 1, what, mend
