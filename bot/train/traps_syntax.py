"""A YAML file that cannot be read at all: what a trainer most likely did there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import yaml

from bot.train.traps_shape import BLOCK, Found

#: Part of what the parser says -> what is wrong, how to mend. The first that fits counts.
_SAID: Final = (
    (
        "mapping values are not allowed",
        "a colon stands in words without quotes",
        f"Put the words in double quotes, or {BLOCK}",
    ),
    (
        "did not find expected ',' or",
        "a bracket or a quote is not closed, or a comma is missing",
        "Close it: metadata stand between { and }, cues between [ and ]",
    ),
    (
        "quoted scalar",
        "a quote is opened and not closed",
        f"Close it at the end of the words, or {BLOCK}",
    ),
    (
        "cannot start any token",
        "words begin with a sign that YAML keeps for itself",
        f"Put the words in double quotes, or {BLOCK}",
    ),
    (
        "alias",
        "words begin with * or &, which YAML keeps for itself",
        f"Put the words in double quotes, or {BLOCK}",
    ),
    (
        "anchor",
        "words begin with * or &, which YAML keeps for itself",
        f"Put the words in double quotes, or {BLOCK}",
    ),
    (
        "block scalar",
        "something stands after the | that does not belong there",
        "Write '|-' alone, and the words on the next line",
    ),
)
_KEYS: Final = (
    "text:", "metadata:", "intent:", "examples:", "story:", "rule:", "steps:", "action:",
)  # fmt: skip


def broken(error: yaml.YAMLError, lines: Sequence[str]) -> Found:
    """Line, what is wrong and how to mend it."""
    said = f"{getattr(error, 'problem', '') or ''} {getattr(error, 'context', '') or ''}"
    mark = getattr(error, "problem_mark", None)
    start = getattr(error, "context_mark", None)
    if start is not None and "quoted scalar" in said:
        mark = start
    at = min(mark.line if mark else 0, max(0, len(lines) - 1))
    for part, what, mend in _SAID:
        if part in said:
            return at + 1, what, mend
    return _outline(at, lines, mend="Line it up with the same line of the entry above")


def _outline(at: int, lines: Sequence[str], mend: str) -> Found:
    """The outline is wrong: a dash is missing, or a line begins too far left or right."""
    line = lines[at].strip() if lines else ""
    above = next((one for one in reversed(lines[:at]) if one.strip()), "")
    if line.startswith(("text:", "intent:", "story:", "rule:", "action:")):
        return at + 1, "a dash is missing before this entry", f"Write '- {line[:20]}'"
    if line.startswith("-") or line.startswith(_KEYS):
        return at + 1, "the line begins too far left or too far right", mend
    if above.strip().endswith(("|-", "|", ">")) or not line.endswith(":"):
        return (
            at + 1,
            "words stand where a key is expected",
            "Put them six blanks in, under 'text: |-', each line of them",
        )
    return at + 1, "the file cannot be read from this line on", mend
