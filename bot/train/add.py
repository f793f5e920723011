"""`livechat data add`: one message that was misread becomes a training example.

Nothing is written before it is scrubbed, well labelled and unlike what is there and what is kept
apart for tests. The words as given are shown on a terminal and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from bot.train.check import alike, check
from bot.train.corpus import MUST_CATCH, BadData, load_nlu, load_rows
from bot.train.near import NEAR, latin
from bot.train.scrub import Change, Scrubber
from bot.train.stock import embedded
from bot.train.take import KEPT, write
from bot.train.traps import traps
from bot.triage.example import Example
from bot.triage.read import Reader
from bot.triage.reading import ACTS, ROUTES, Reading
from bot.triage.text import words

MIDCHAT_KEPT: Final = ("id", "act", "asked", "danger", "details", "pair")
#: Acts that are a kind of content: their intent is the route (bot/dialogue/intent.py).
ROUTED: Final = ("question", "danger")
_ID: Final = re.compile(r"T-(\d{4})-(\d+)")
LEAST_WORDS: Final = 6  # as in bot/train/near.py: "hiya" and "hi" are two people's own


Say = Callable[[str], None]


def _quiet(_: str) -> None:
    """Says nothing."""


@dataclass(frozen=True)
class Given:
    """What the trainer says of a message: the labels of docs/labelling.md."""

    text: str
    route: str | None = None
    type: str | None = None
    danger: str = "none"
    cues: tuple[str, ...] = ()
    act: str | None = None
    asked: str | None = None

    @property
    def midchat(self) -> bool:
        """Whether it stands in the middle of a chat."""
        return self.act is not None or self.asked is not None


@dataclass(frozen=True)
class Proposal:
    """An example that may be written, and everything that speaks against it."""

    row: dict[str, Any]
    changes: tuple[Change, ...]
    left: tuple[str, ...]  # what still looks personal: refused unless the trainer is sure
    problems: tuple[str, ...]  # refused in any case
    reading: Reading  # how it is read before anyone learnt from it
    midchat: bool
    file: Path

    @property
    def text(self) -> str:
        """The scrubbed words."""
        return str(self.row["text"])


def propose(
    given: Given, root: Path, reader: Reader, today: date | None = None, say: Say = _quiet
) -> Proposal:
    """Scrub, label and compare. Writes nothing. Raises BadData where a file cannot be read.

    `say` hears how far the comparison is: the first one after many new examples takes a while.
    """
    trapped = traps(root)
    if trapped:
        raise BadData(f"{trapped[0]}\nMend this first: livechat data check lists all.")
    scrubber = Scrubber(given.text)
    text, changes = scrubber.scrub(given.text.strip(), given.asked)
    known = load_nlu(root / "data" / "nlu")
    row = row_of(given, text, next_id(known, (today or date.today()).year))
    problems = label_problems(given) or _problems(
        row, known, kept_apart(root / "data" / "eval"), say
    )
    folder = root / "data" / "nlu" / ("midchat" if given.midchat else "first")
    file = folder / f"{given.act if given.midchat else given.type or given.route}.yml"
    return Proposal(
        row, tuple(changes), tuple(scrubber.left_over(text)), tuple(problems),
        reader.read(text, given.asked), given.midchat, file,
    )  # fmt: skip


def keep(made: Proposal) -> str:
    """Write a proposal into its file; gives the id. Raises ValueError where it has problems."""
    if made.problems:
        raise ValueError(made.problems[0])
    try:
        write([made.row], made.file.parent, MIDCHAT_KEPT if made.midchat else KEPT)
    except KeyError as error:
        raise ValueError(f"{made.file.name} holds an entry without {error}.") from None
    return str(made.row["id"])


def next_id(known: Sequence[Example], year: int) -> str:
    """The next free id of a year: T-2026-001 and on."""
    found = [_ID.fullmatch(one.id) for one in known]
    last = max((int(one[2]) for one in found if one and int(one[1]) == year), default=0)
    return f"T-{year}-{last + 1:03}"


def kept_apart(folder: Path) -> list[Example]:
    """Everything that must never be learnt from: development, test, must-catch lists."""
    files = [folder / "dev.jsonl", folder / "test.jsonl", *folder.glob(f"{MUST_CATCH}*.jsonl")]
    return [one for path in files if path.exists() for one in load_rows(path)]


def row_of(given: Given, text: str, name: str) -> dict[str, Any]:
    """The example as it is written: text, id and labels, those of its place in the chat."""
    if given.midchat:
        intent = given.route if given.act in ROUTED and given.route else given.act
        if given.act == "danger" and not given.route:
            intent = "emergency"
        return {
            "id": name, "text": text, "route": intent, "act": given.act, "asked": given.asked,
            "danger": given.danger, "details": {}, "pair": None,
        }  # fmt: skip
    return {
        "id": name, "text": text, "route": given.route, "type": given.type,
        "danger": given.danger, "cues": list(given.cues), "entities": {}, "pair": None,
    }  # fmt: skip


def label_problems(given: Given) -> list[str]:
    """Labels that are missing or none of ours."""
    if not given.text.strip():
        return ["There are no words."]
    if given.midchat:
        if given.act not in ACTS:
            return [f"--act {given.act} is none of: {', '.join(ACTS)}"]
        if given.act == "question" and given.route not in ROUTES:
            return ["A question in the middle of a chat needs --route as well"]
        return []
    if given.route not in ROUTES:
        return [f"--route {given.route} is none of: {', '.join(ROUTES)}"]
    return []


def _problems(
    row: dict[str, Any], known: Sequence[Example], apart: list[Example], say: Say
) -> list[str]:
    """Labels that do not agree, and messages that it is too like."""
    one = Example.of(row["text"], row["route"], row)
    found = [line.partition(": ")[2] for line in check([one], {}).problems]
    ours = [other for other in known if other.first == one.first and other.place == one.place]
    held = {id(other) for other in apart}
    # A plain "yes" is typed by everyone: in the middle of a chat only the same place counts.
    twins = list(alike([one, *ours, *(apart if one.first else ())]))
    for a, b, _ in twins:
        if one in (a, b) and (a is one or b is one):
            found.append(_too_like(b if a is one else a, held))
    if not found and one.first:
        found += [_too_like(other, held) for other in meant_alike(one, [*ours, *apart], say)]
    return list(dict.fromkeys(found))


def _too_like(other: Example, held: set[int]) -> str:
    where = "a message kept apart for tests" if id(other) in held else "one that is there"
    return f"It is too like {where}: {other.id}"


def meant_alike(one: Example, others: Sequence[Example], say: Say) -> list[Example]:
    """Those that say the same in other words (bot/train/near.py), for one message against all."""
    if len(words(one.text)) < LEAST_WORDS or not latin(one.text):
        return []
    rows = [x for x in others if len(words(x.text)) >= LEAST_WORDS and latin(x.text)]
    if not rows:
        return []
    numbers = embedded([one.text, *(x.text for x in rows)], say)
    likeness = numbers[1:] @ numbers[0]
    return [row for row, like in zip(rows, likeness.tolist(), strict=True) if like >= NEAR]
