"""`python -m bot.train.take FILE --batch NAME`: take a batch of written messages into `data/nlu`.

The file has one message a line, `{text, route, type, danger, cues, entities, pair}` (JSON
lines, docs/training.md); ids are given here, NAME-0001 and on. Nothing is written unless every
line is well labelled and unlike what is there: a batch is taken whole or not at all, except that
with `--leave-alike` messages that are too like others are left out and named.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import yaml

from bot.train.check import alike, check
from bot.train.corpus import EVAL, NLU, BadData, load_nlu, load_rows
from bot.triage.example import Example
from bot.triage.reading import ROUTES

FOLDER: Final = NLU / "first"
KEPT: Final = ("id", "type", "danger", "cues", "entities", "pair")
HELD_OUT: Final = ("dev.jsonl", "test.jsonl")

Row = dict[str, Any]


class _Quoting(yaml.SafeDumper):
    """Quotes what is all figures: a phone number that another reader takes for a number."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    figures = re.fullmatch(r"[\d\s.,:+/-]+", text)
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"' if figures else None)


_Quoting.add_representer(str, _text)


def read_batch(path: Path, batch: str) -> list[Row]:
    """The lines of a batch with their ids. Raises BadData naming the line."""
    rows: list[Row] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row: Row = json.loads(line)
            row["text"], row["route"] = str(row["text"]).strip(), str(row["route"])
        except (ValueError, KeyError, TypeError) as error:
            raise BadData(f"{path}, line {number}: {error}") from error
        row["id"] = f"{batch}-{len(rows) + 1:04}"
        row["pair"] = f"{batch}-p{row['pair']}" if row.get("pair") else None
        rows.append(row)
    return rows


def too_alike(
    examples: Sequence[Example], known: Sequence[Example], apart: Iterable[Example]
) -> dict[str, str]:
    """Ids of new messages that are too like another, and which."""
    found: dict[str, str] = {}
    new = {one.id for one in examples}
    apart = list(apart)
    apart_ids = {id(one) for one in apart}
    for one, other, _ in alike([*known, *examples, *apart]):
        if one.pair and one.pair == other.pair:
            continue
        if {id(one), id(other)} <= apart_ids or {one.id, other.id}.isdisjoint(new):
            continue
        late, early = (one, other) if one.id in new and one.id > other.id else (other, one)
        late, early = (early, late) if late.id not in new else (late, early)
        found[late.id] = early.id
    return found


def place(row: Row) -> str:
    """The file of a message: its act's in the middle of a chat, else its type's, or its route's
    where it has none."""
    if row.get("act"):
        return f"{row['act']}.yml"
    return f"{row.get('type') or row['route']}.yml"


def write(rows: Sequence[Row], folder: Path = FOLDER, kept: Sequence[str] = KEPT) -> None:
    """Add the messages to the files of their types, each whole or not at all.

    `kept` are the labels that are written, in their order.
    """
    by_file: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_file[place(row)].append(row)
    for name, added in sorted(by_file.items()):
        path = folder / name
        stem = path.stem
        top = f"# First messages: {stem}. One person's words each; labels by docs/labelling.md."
        blocks: dict[str, list[str]] = {route: [] for route in ROUTES}
        if path.exists():
            text = path.read_text(encoding="utf-8")
            top = next((line for line in text.splitlines() if line.startswith("#")), top)
            for block in yaml.load(text, Loader=yaml.CSafeLoader)["nlu"]:
                blocks.setdefault(block["intent"], [])
                for one in _listed(block["examples"]):
                    blocks[block["intent"]].append(_shown(one["text"], one.get("metadata")))
        for row in added:
            blocks.setdefault(row["route"], []).append(
                _shown(row["text"], {k: row.get(k) for k in kept})
            )
        lines = ['version: "3.1"', top, "nlu:"]
        for intent, shown in blocks.items():
            if shown:
                lines += [f"- intent: {_quoted(intent)}", "  examples:", *shown]
        half = path.with_suffix(".part")
        half.write_text("\n".join(lines) + "\n", encoding="utf-8")
        half.replace(path)


def _listed(examples: list[Row] | str) -> list[Row]:
    """Examples as a list; in Rasa's plain way they are one text, "- words" on each line."""
    if not isinstance(examples, str):
        return examples
    return [{"text": line.lstrip("- ")} for line in examples.splitlines() if line.strip()]


def _shown(text: str, labels: Row | None) -> str:
    """One example as the other files write it: text in a block, labels in one line."""
    body = "\n".join(f"      {line}".rstrip() for line in text.strip().split("\n"))
    if not labels:
        return f"  - text: |-\n{body}"
    flow = yaml.dump(
        labels, Dumper=_Quoting, default_flow_style=True, sort_keys=False, allow_unicode=True,
        width=100_000,
    ).strip()  # fmt: skip
    return f"  - text: |-\n{body}\n    metadata: {flow}"


def _quoted(word: str) -> str:
    """A word as YAML must have it: the intents yes and no in quotes."""
    return yaml.safe_dump(word, default_style='"').strip() if word in ("yes", "no") else word


def take(
    path: Path, batch: str, leave_alike: bool, nlu: Path = NLU, apart: Path = EVAL
) -> tuple[int, list[str]]:
    """Add a batch. Returns how many were added, and problems or names of those left out."""
    known = load_nlu(nlu)
    if any(one.id.startswith(f"{batch}-") for one in known):
        return 0, [f"a batch {batch} is there already: give this one another name"]
    rows = read_batch(path, batch)
    examples = [Example.of_row(row) for row in rows]
    problems = [p for p in check(examples, {}).problems if "alike" not in p and "begin" not in p]
    if problems:
        return 0, problems
    held = [one for name in HELD_OUT if (apart / name).exists() for one in load_rows(apart / name)]
    twins = too_alike(examples, [one for one in known if one.first], held)
    told = [f"{late} is too like {early}" for late, early in sorted(twins.items())]
    if twins and not leave_alike:
        return 0, told
    kept = [row for row in rows if row["id"] not in twins]
    write(kept, nlu / "first")
    return len(kept), told


def main(arguments: Sequence[str] | None = None) -> int:
    """Take a batch; exit 1 where nothing was taken."""
    parser = argparse.ArgumentParser(prog="python -m bot.train.take", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--batch", required=True, help="its name, letters and digits: W01")
    parser.add_argument("--leave-alike", action="store_true")
    given = parser.parse_args(arguments)
    try:
        count, told = take(given.file, given.batch, given.leave_alike)
    except BadData as error:
        print(error)
        return 1
    for line in told:
        print(line)
    print(f"{count} messages taken into {FOLDER.relative_to(NLU.parents[1])}")
    return 0 if count else 1


if __name__ == "__main__":
    sys.exit(main())
