"""One example more in a file of `data/nlu`, as text: nothing else in the file moves.

`bot/train/take.py` writes a file anew; a patch that a trainer reads before it is applied may
change the lines of its own example only.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import Any, Final

import yaml

from bot.train.located import Node, child, compose, items
from bot.train.take import _quoted, _shown

HEAD: Final = 'version: "3.1"\n# Labels by docs/labelling.md.\nnlu:\n'

Row = dict[str, Any]


def added(text: str | None, row: Row, kept: Sequence[str]) -> str:
    """The file's text with the example in it; None: a file that is not there yet.

    Raises ValueError where the file is not one that examples can be put into.
    """
    shown = _shown(str(row["text"]), {name: row.get(name) for name in kept})
    whole = ["", f"- intent: {_quoted(str(row['route']))}", "  examples:", *shown.split("\n")]
    if text is None:
        return HEAD + "\n".join(whole[1:]) + "\n"
    try:
        at, indent = _place(compose(text), str(row["route"]))
    except yaml.YAMLError as error:
        raise ValueError("The file cannot be read. Run: livechat data check") from error
    lines = text.rstrip("\n").split("\n")
    if at is None:
        lines += whole[1:]
    else:
        at = min(at, len(lines))
        while at and not lines[at - 1].strip():
            at -= 1  # blank lines stay below what is added
        deeper = " " * max(0, indent - 2)
        lines[at:at] = [f"{deeper}{line}" if line else line for line in shown.split("\n")]
    made = "\n".join(lines) + "\n"
    _prove(made, str(row["text"]))
    return made


def diff(path: str, old: str | None, new: str) -> str:
    """A unified diff that `git apply` and `patch -p1` take."""
    before = [] if old is None else old.splitlines(keepends=True)
    name = "/dev/null" if old is None else f"a/{path}"
    found = difflib.unified_diff(before, new.splitlines(keepends=True), name, f"b/{path}")
    ended = (one if one.endswith("\n") else one + "\n\\ No newline at end of file\n"
             for one in found)  # fmt: skip
    return "".join(ended)


def _place(root: Node | None, intent: str) -> tuple[int | None, int]:
    """The line after the last example of the intent, and how far its dash stands in."""
    found: tuple[int | None, int] = (None, 2)
    for block in items(child(root, "nlu")):
        name, rows = child(block, "intent"), child(block, "examples")
        if name is None or str(name.value) != intent or not isinstance(rows, yaml.SequenceNode):
            continue
        last = rows.value[-1]
        end = last.end_mark.line + (1 if last.end_mark.column > last.start_mark.column else 0)
        found = (end, rows.start_mark.column)
    return found


def _prove(text: str, words: str) -> None:
    """The new text is still YAML and holds the example, word for word."""
    held = [
        str(one.value).strip()
        for block in items(child(compose(text), "nlu"))
        for row in items(child(block, "examples"))
        if (one := child(row, "text")) is not None
    ]
    if words.strip() not in held:
        raise ValueError("The words cannot be written as YAML. Take out what is not plain text.")
