"""`python -m bot.train.proposal ROOT`: one message of a chat, scrubbed or as an example in a patch.

For the trainers' page of the console (bot/train/workbench.py): a JSON object on standard input,
one on standard output, `{"problem": sentence}` where it cannot be done. Writes nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from bot.train.add import MIDCHAT_KEPT, Given, kept_apart, label_problems, row_of
from bot.train.check import alike, check
from bot.train.corpus import BadData, load_nlu
from bot.train.patch import added, diff
from bot.train.scrub import Scrubber
from bot.train.take import KEPT
from bot.triage.example import Example

Json = dict[str, Any]
MOST: Final = 2000  # characters of one example: longer ones teach nothing that shorter do not
#: Stands back for the people who chat.
NICE: Final = 10
KINDS: Final = {
    "name": "name", "surname": "surname", "phone": "phone number", "email": "e-mail address",
    "plate": "number plate", "ni": "National Insurance number", "birth": "date of birth",
    "card": "card number",
}  # fmt: skip


def scrubbed(seed: str, text: str, asked: str | None) -> Json:
    """`{text, changes: [{kind, before, after}], left}`; the same seed gives the same values."""
    scrubber = Scrubber(seed)
    made, changes = scrubber.scrub(text.strip(), asked)
    found = [{"kind": c.kind, "before": c.before, "after": c.after} for c in changes]
    return {"text": made, "changes": found, "left": scrubber.left_over(made)}


def proposed(root: Path, seed: str, original: str, given: Mapping[str, Any]) -> Json:
    """`{id, file, patch, problems, left}`. Raises BadData where the examples cannot be read."""
    one = _given(given)
    left = personal(seed, original, one)
    name = f"P-{hashlib.sha256(seed.encode()).hexdigest()[:10]}"
    row = row_of(one, one.text, name)
    problems = label_problems(one) or _unfit(root, row)
    stem = one.act if one.midchat else one.type or one.route
    file = f"data/nlu/{'midchat' if one.midchat else 'first'}/{stem}.yml"
    made: Json = {"id": name, "file": file, "patch": "", "problems": problems, "left": left}
    if problems or left:
        return made
    path = root / file
    old = path.read_text(encoding="utf-8") if path.is_file() else None
    try:
        new = added(old, row, MIDCHAT_KEPT if one.midchat else KEPT)
    except ValueError as error:
        return {**made, "problems": [str(error)]}
    return {**made, "patch": diff(file, old, new)}


def personal(seed: str, original: str, one: Given) -> list[str]:
    """What in the trainer's text may tell who somebody is, each in plain words.

    What the scrubber invented for this very message is exempt; what it took out must not come
    back, and nothing new may come in.
    """
    scrubber = Scrubber(seed)
    _, changes = scrubber.scrub(original.strip(), one.asked)
    back = [c for c in changes if c.before != c.after and _says(one.text, c.before)]
    found = [f"{_kind(c.kind)} of the message itself: {c.before}" for c in back]
    bare = one.text
    for value in sorted({c.after for c in changes}, key=len, reverse=True):
        bare = bare.replace(value, " " * len(value))
    _, more = Scrubber(f"{seed}:again").scrub(bare, one.asked)
    known = {c.before for c in back}
    found += [f"{_kind(c.kind)}: {c.before.strip()}" for c in more if c.before not in known]
    told = " ".join(found)
    found += [line for line in scrubber.left_over(one.text) if line.partition(": ")[2] not in told]
    return list(dict.fromkeys(found))


def _kind(kind: str) -> str:
    """The kind in words, with its article."""
    words = KINDS.get(kind, kind)
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"


def _says(text: str, value: str) -> bool:
    """Whether a value stands in a text as words of its own."""
    return bool(re.search(rf"(?<!\w){re.escape(value)}(?!\w)", text, re.IGNORECASE))


def _unfit(root: Path, row: Json) -> list[str]:
    """Labels that do not agree with each other, and examples that it is too like."""
    if len(row["text"]) > MOST:
        return [f"An example has up to {MOST:,} characters."]
    one = Example.of(row["text"], row["route"], row)
    found = [line.partition(": ")[2] or line for line in check([one], {}).problems]
    ours = [
        x for x in load_nlu(root / "data" / "nlu") if (x.first, x.place) == (one.first, one.place)
    ]
    apart = kept_apart(root / "data" / "eval") if one.first else []
    held = {id(other) for other in apart}
    for a, b, _ in alike([one, *ours, *apart]):
        if a is one or b is one:
            other = b if a is one else a
            where = "a message kept apart for tests" if id(other) in held else "one that is there"
            found.append(f"It is too like {where}: {other.id}")
    return list(dict.fromkeys(found))


def _given(given: Mapping[str, Any]) -> Given:
    return Given(
        text=str(given.get("text") or "").strip(),
        route=given.get("route") or None,
        type=given.get("type") or None,
        danger=str(given.get("danger") or "none"),
        cues=tuple(given.get("cues") or ()),
        act=given.get("act") or None,
        asked=given.get("asked") or None,
    )


def main() -> int:
    """Answer the one question of standard input."""
    os.nice(NICE)
    root, asked = Path(sys.argv[1]), json.load(sys.stdin)
    try:
        if "given" in asked:
            found = proposed(root, asked["seed"], asked["text"], asked["given"])
        else:
            found = scrubbed(asked["seed"], asked["text"], asked["asked"])
    except BadData as error:
        found = {"problem": str(error)}
    json.dump(found, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
