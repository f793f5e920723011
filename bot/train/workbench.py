"""What the console asks of the trainers' tools: explain, scrub, propose.

The gateway gets one `Workbench` handed in by the command line and knows no more of it than
that. Nothing is loaded before the first question. Explanations are made in the gateway, with the
model that it has in memory already; scrubbing and proposing need what would double its memory
(names by spaCy, all examples beside each other), so a process of their own does it and ends.
Every method blocks for some seconds and belongs into a thread.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from bot.train.explain import Explainer
    from bot.triage.read import Reader

Json = dict[str, Any]
NOT_INSTALLED: Final = "This desk was installed without the trainers' tools."
NO_EXAMPLES: Final = "The training examples cannot be read. Run: livechat data check"
NO_PROPOSAL: Final = "The scrubber cannot be had on this desk now, so nothing can be proposed."
#: Seconds for one proposal: all examples are read and compared; a busy machine takes its time.
APART_S: Final = 120


class NotThere(RuntimeError):
    """The tool cannot be had on this desk; the text is one plain sentence."""


class Workbench:
    """The trainers' tools of one model and one checkout."""

    def __init__(self, root: Path, model: Path) -> None:
        """`root`: the folder that holds `data/nlu`; `model`: the folder of the unpacked heads."""
        self._root, self._model = root, model
        self._lock = threading.Lock()
        self._reader: Reader | None = None
        self._explainer: Explainer | None = None
        self._left_out = 0

    def reads_with(self, reader: object) -> None:
        """Told once, at the start: what the gateway reads with, so that it is held only once."""
        from bot.triage.read import Reader

        self._reader = reader if isinstance(reader, Reader) else None

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
        return self._apart({"seed": seed, "text": text, "asked": asked})

    def propose(self, seed: str, original: str, given: Mapping[str, Any]) -> Json:
        """An example as a patch, or why there is none. Writes nothing.

        `original`: the message as it was sent; `given`: `text` (as the trainer has made it),
        `route`, `type`, `danger`, `cues`, or `act` and `asked`. Gives `{id, file, patch, problems,
        left}`; the patch is "" where there are problems or something looks personal. Raises
        NotThere.
        """
        return self._apart({"seed": seed, "text": original, "given": dict(given)})

    def _apart(self, asked: Json) -> Json:
        """One question to `bot.train.proposal` in a process of its own; words go by its standard
        input, never into its arguments. Raises NotThere."""
        try:
            done = subprocess.run(
                [sys.executable, "-m", "bot.train.proposal", str(self._root)],
                cwd=self._root, input=json.dumps(asked), capture_output=True, text=True,
                timeout=APART_S, check=False,
            )  # fmt: skip
            found: Json = json.loads(done.stdout)
        except (OSError, ValueError, subprocess.TimeoutExpired) as error:
            raise NotThere(NO_PROPOSAL) from error
        if "problem" in found:
            raise NotThere(str(found["problem"]))
        return found

    def _loaded(self) -> Explainer:
        with self._lock:
            if self._explainer is None:
                self._explainer = self._load()
            return self._explainer

    def _load(self) -> Explainer:
        try:
            from bot.train import neighbours
            from bot.train.explain import Explainer
            from bot.triage.encoder import BrokenModel
            from bot.triage.heads import NoHeads
        except ImportError as error:
            raise NotThere(NOT_INSTALLED) from error
        argv = [sys.executable, "-m", "bot.train.neighbours", str(self._root)]
        try:
            with subprocess.Popen(
                argv, cwd=self._root, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            ) as child:
                assert child.stdout is not None
                rows, numbers, self._left_out = neighbours.read(child.stdout)
        except (OSError, ValueError) as error:
            raise NotThere(NO_EXAMPLES) from error
        try:
            return Explainer(self._model, rows, _quiet, self._reader, numbers)
        except (BrokenModel, NoHeads) as error:
            raise NotThere(str(error)) from error


def _quiet(_: str) -> None:
    """Says nothing: there is no terminal here."""
