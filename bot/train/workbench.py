"""What the console asks of the trainers' tools: explain, scrub, propose.

The gateway gets one `Workbench` handed in by the command line and knows no more of it than
that. Nothing is loaded before the first question; one lock keeps a second from loading it
twice. Every method blocks (the first for some seconds) and belongs into a thread.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from bot.train.add import Given
    from bot.train.explain import Explainer
    from bot.train.located import Located
    from bot.train.scrub import Scrubber

Json = dict[str, Any]
#: Examples that `make train` has not seen and that are embedded on the way: two seconds.
FRESH: Final = 200
NOT_INSTALLED: Final = "This desk was installed without the trainers' tools."
MOST: Final = 2000  # characters of one example: longer ones teach nothing that shorter do not


class NotThere(RuntimeError):
    """The tool cannot be had on this desk; the text is one plain sentence."""


class Workbench:
    """The trainers' tools of one model and one checkout."""

    def __init__(self, root: Path, model: Path) -> None:
        """`root`: the folder that holds `data/nlu`; `model`: the folder of the unpacked heads."""
        self._root, self._model = root, model
        self._lock = threading.Lock()
        self._explainer: Explainer | None = None
        self._rows: Sequence[Located] = ()
        self._left_out = 0

    def explain(self, text: str, asked: str | None = None) -> Json:
        """`Explanation.to_json()`, with `left_out`: examples too new to be compared.

        Raises NotThere.
        """
        made = self._loaded().explain(text, asked).to_json()
        return {**made, "left_out": self._left_out}

    def scrub(self, seed: str, text: str, asked: str | None = None) -> Json:
        """`{text, changes: [{kind, before, after}], left: [what still looks personal]}`.

        The same `seed` gives the same invented values. Raises NotThere.
        """
        scrubber = _scrubber(seed)
        made, changes = scrubber.scrub(text.strip(), asked)
        found = [{"kind": c.kind, "before": c.before, "after": c.after} for c in changes]
        return {"text": made, "changes": found, "left": scrubber.left_over(made)}

    def propose(self, seed: str, original: str, given: Mapping[str, Any]) -> Json:
        """An example as a patch, or why there is none. Writes nothing.

        `original`: the message as it was sent; `given`: `text` (as the trainer has made it),
        `route`, `type`, `danger`, `cues`, or `act` and `asked`. Gives `{id, file, patch, problems,
        left}`; the patch is "" where there are problems or something looks personal. Raises
        NotThere.
        """
        from bot.train.add import MIDCHAT_KEPT
        from bot.train.patch import added, diff
        from bot.train.take import KEPT

        one = _given(given)
        left = self._personal(seed, original, one)
        name = f"P-{hashlib.sha256(seed.encode()).hexdigest()[:10]}"
        row, problems = self._judged(one, name)
        stem = one.act if one.midchat else one.type or one.route
        file = f"data/nlu/{'midchat' if one.midchat else 'first'}/{stem}.yml"
        made = {"id": name, "file": file, "patch": "", "problems": problems, "left": left}
        if problems or left:
            return made
        path = self._root / file
        old = path.read_text(encoding="utf-8") if path.is_file() else None
        try:
            new = added(old, row, MIDCHAT_KEPT if one.midchat else KEPT)
        except ValueError as error:
            return {**made, "problems": [str(error)]}
        return {**made, "patch": diff(file, old, new)}

    def _personal(self, seed: str, original: str, one: Given) -> list[str]:
        """What in the trainer's text may tell who somebody is. What the scrubber invented for
        this very message is exempt; what it took out must not come back."""
        scrubber = _scrubber(seed)
        _, changes = scrubber.scrub(original.strip(), one.asked)
        back = [c for c in changes if c.before != c.after and _said(c.before, one.text)]
        found = [f"a {c.kind} of the message itself: {c.before}" for c in back]
        bare = one.text
        for value in sorted({c.after for c in changes}, key=len, reverse=True):
            bare = bare.replace(value, " " * len(value))
        _, more = _scrubber(seed + ":again").scrub(bare, one.asked)
        found += [f"a {c.kind}: {c.before.strip()}" for c in more]
        return list(dict.fromkeys(found + scrubber.left_over(one.text)))

    def _judged(self, one: Given, name: str) -> tuple[Json, list[str]]:
        """The row as it would be written, and what is wrong with it."""
        from bot.train.add import kept_apart, label_problems, row_of
        from bot.train.check import alike, check
        from bot.triage.example import Example

        row = row_of(one, one.text.strip(), name)
        found = label_problems(one)
        if len(one.text) > MOST:
            found.append(f"An example has up to {MOST:,} characters.")
        if found:
            return row, found
        example = Example.of(row["text"], row["route"], row)
        found = [line.partition(": ")[2] or line for line in check([example], {}).problems]
        self._loaded()
        ours = [o.example for o in self._rows if o.example.first == example.first]
        ours = [other for other in ours if other.place == example.place]
        apart = kept_apart(self._root / "data" / "eval") if example.first else []
        held = {id(other) for other in apart}
        for a, b, _ in alike([example, *ours, *apart]):
            if example in (a, b):
                other = b if a is example else a
                where = "a message kept apart for tests" if id(other) in held else "an example"
                found.append(f"It is too like {where} that is there: {other.id}")
        return row, list(dict.fromkeys(found))

    def _loaded(self) -> Explainer:
        with self._lock:
            if self._explainer is None:
                self._explainer = self._load()
            return self._explainer

    def _load(self) -> Explainer:
        try:
            from bot.train.corpus import BadData
            from bot.train.explain import Explainer
            from bot.train.located import load_located
            from bot.triage.encoder import BrokenModel
            from bot.triage.heads import NoHeads
        except ImportError as error:
            raise NotThere(NOT_INSTALLED) from error
        try:
            rows = load_located(self._root / "data" / "nlu")
            chosen = comparable(rows)
            made = Explainer(self._model, chosen, _quiet)
        except (BadData, BrokenModel, NoHeads) as error:
            raise NotThere(str(error)) from error
        self._rows, self._left_out = rows, len(rows) - len(chosen)
        return made


def comparable(rows: Sequence[Located]) -> list[Located]:
    """The examples that `make train` has embedded, and a few fresh ones: to embed all of them
    would keep a core from the people who chat for minutes. Raises BrokenModel."""
    from bot.triage.encoder import HOME, check_sums
    from bot.triage.fit import CACHE

    try:
        with np.load(CACHE / f"{check_sums(HOME)}.npz") as kept:
            known = set(kept["keys"].tolist())
    except (OSError, ValueError, KeyError):
        known = set()
    sums = [hashlib.sha256(row.example.text.encode()).hexdigest()[:24] for row in rows]
    fresh = [row for row, key in zip(rows, sums, strict=True) if key not in known]
    if len(fresh) <= FRESH:
        return list(rows)
    return [row for row, key in zip(rows, sums, strict=True) if key in known]


def _scrubber(seed: str) -> Scrubber:
    try:
        from bot.train.scrub import Scrubber
    except ImportError as error:
        raise NotThere(NOT_INSTALLED) from error
    return Scrubber(seed)


def _given(given: Mapping[str, Any]) -> Given:
    from bot.train.add import Given

    return Given(
        text=str(given.get("text") or "").strip(),
        route=given.get("route") or None,
        type=given.get("type") or None,
        danger=str(given.get("danger") or "none"),
        cues=tuple(given.get("cues") or ()),
        act=given.get("act") or None,
        asked=given.get("asked") or None,
    )


def _said(value: str, text: str) -> bool:
    """Whether a value stands in a text as words of its own."""
    return bool(re.search(rf"(?<!\w){re.escape(value)}(?!\w)", text, re.IGNORECASE))


def _quiet(_: str) -> None:
    """Says nothing: there is no terminal here."""
