"""Training examples with the file and line where each stands, for a trainer to find it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from bot.train.corpus import NLU, ROOT, BadData
from bot.triage.example import Example

Node = yaml.Node
_NULL: Final = "tag:yaml.org,2002:null"
_BOOL: Final = "tag:yaml.org,2002:bool"
_INT: Final = "tag:yaml.org,2002:int"


@dataclass(frozen=True)
class Located:
    """An example, its file (as a trainer would name it) and the line on which it begins."""

    example: Example
    file: str
    line: int

    @property
    def where(self) -> str:
        """`data/nlu/first/bike_theft.yml:12`"""
        return f"{self.file}:{self.line}"


def shown_path(path: Path) -> str:
    """The path from the project's root, or whole where it lies elsewhere."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


def compose(text: str) -> Node | None:
    """The tree of a YAML text with lines, nothing made of it yet. Raises yaml.YAMLError."""
    found: Node | None = yaml.compose(text, Loader=yaml.CSafeLoader)
    return found


def plain(node: Node) -> Any:  # noqa: ANN401 - what YAML can hold
    """What a node holds: dicts, lists, text, numbers as text, true, false, None."""
    if isinstance(node, yaml.MappingNode):
        return {plain(key): plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [plain(one) for one in node.value]
    if node.tag == _NULL:
        return None
    if node.tag == _BOOL:
        return str(node.value).lower() in ("true", "yes", "on", "y")
    return node.value


def pairs(node: Node | None) -> list[tuple[str, Node, Node]]:
    """Key, key's node and value's node of a mapping; nothing of anything else."""
    if not isinstance(node, yaml.MappingNode):
        return []
    return [(str(key.value), key, value) for key, value in node.value]


def child(node: Node | None, name: str) -> Node | None:
    """The value under a key, or None."""
    return next((value for key, _, value in pairs(node) if key == name), None)


def items(node: Node | None) -> list[Node]:
    """The nodes of a list; nothing of anything else."""
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def load_located(folder: Path = NLU) -> list[Located]:
    """Every example of the folder. Raises BadData naming the file that cannot be read."""
    found: list[Located] = []
    for path in sorted(folder.rglob("*.yml")):
        try:
            root = compose(path.read_text(encoding="utf-8"))
            found += _examples(root, shown_path(path), path.stem)
        except (yaml.YAMLError, UnicodeDecodeError, TypeError, AttributeError) as error:
            raise BadData(f"{shown_path(path)} cannot be read: run livechat data check") from error
    return found


def _examples(root: Node | None, file: str, stem: str) -> Iterator[Located]:
    for block in items(child(root, "nlu")):
        intent, rows = child(block, "intent"), child(block, "examples")
        if intent is None or rows is None:
            continue
        if isinstance(rows, yaml.ScalarNode):  # the plain way of Rasa: "- text" on each line
            first = rows.start_mark.line + 2
            for at, line in enumerate(str(rows.value).splitlines()):
                if line.strip():
                    labels = {"id": f"{stem}-{at}"}
                    one = Example.of(line.lstrip("- "), intent.value, labels)
                    yield Located(one, file, first + at)
            continue
        for at, row in enumerate(items(rows)):
            text, given = child(row, "text"), child(row, "metadata")
            if text is None:
                continue
            labels = {"id": f"{stem}-{at}", **((plain(given) if given else None) or {})}
            one = Example.of(str(text.value), intent.value, labels)
            yield Located(one, file, row.start_mark.line + 1)
