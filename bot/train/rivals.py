"""The other ways to read a message, on the same split: frozen MiniLM with a linear model, and
Rasa's default DIET pipeline. Each runs in a process of its own, so that memory is its own.

    python -m bot.train.rivals frozen data/eval/test.jsonl
"""

from __future__ import annotations

import importlib
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from bot.train.corpus import load_nlu, load_rows
from bot.train.rate import Rate
from bot.train.stock import Stock
from bot.triage.example import Example

WAYS: Final = {
    "desk": "this desk",
    "frozen": "frozen MiniLM-L6 and a linear model",
    "diet": "Rasa's default pipeline (DIET)",
}
#: Rasa's default is 100; on 20,000 messages that is hours on two cores. Said in the report.
DIET_EPOCHS: Final = 15
FROZEN_C: Final = 1.0


def stock_pipeline(epochs: int) -> list[dict[str, Any]]:
    """Rasa's default pipeline up to its classifier (benchmarks/ has it beside the desk too)."""
    return [
        {"name": "WhitespaceTokenizer"},
        {"name": "RegexFeaturizer"},
        {"name": "LexicalSyntacticFeaturizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        {"name": "DIETClassifier", "epochs": epochs, "constrain_similarities": True},
    ]


DIET: Final = {
    "recipe": "default.v1",
    "assistant_id": "rival",
    "language": "en",
    "pipeline": stock_pipeline(DIET_EPOCHS),
    "policies": [{"name": "RulePolicy"}],
}


@dataclass(frozen=True)
class Rival:
    """What a way did on a split: times in ms a message and s of training, memory in MB."""

    name: str
    route: Rate
    found: Rate
    alarms: Rate
    ms: float
    train_s: float
    memory_mb: float


@dataclass(frozen=True)
class Cost:
    """Seconds to read a split, seconds to train, MB at the most."""

    seconds: float
    train_s: float
    memory_mb: float


def scored(name: str, rows: Sequence[Example], said: Sequence[str], cost: Cost) -> Rival:
    """Count the routes that a way said."""
    urgent = [s for one, s in zip(rows, said, strict=True) if one.route == "emergency"]
    quiet = [s for one, s in zip(rows, said, strict=True) if one.route != "emergency"]
    right = sum(one.route == s for one, s in zip(rows, said, strict=True))
    return Rival(
        name,
        Rate("route right", right, len(rows)),
        Rate("emergencies called so", urgent.count("emergency"), len(urgent)),
        Rate("others called emergency", quiet.count("emergency"), len(quiet)),
        1000 * cost.seconds / max(1, len(rows)),
        cost.train_s,
        cost.memory_mb,
    )


def beside(test: Path, ways: Sequence[str], say: Callable[[str], None]) -> list[Rival]:
    """Run each way in its own process. A way that fails is named and left out."""
    found: list[Rival] = []
    for way in ways:
        say(f"beside: {WAYS[way]} ...")
        argv = [sys.executable, "-m", "bot.train.rivals", way, str(test)]
        done = subprocess.run(argv, stdout=subprocess.PIPE, text=True, check=False)
        if done.returncode:
            say(f"  {way} failed with status {done.returncode}")
            continue
        held = json.loads(done.stdout.splitlines()[-1])
        for key in ("route", "found", "alarms"):
            held[key] = Rate(**held[key])
        found.append(Rival(**held))
    return found


def desk(rows: Sequence[Example]) -> tuple[list[str], float, float]:
    """Routes by this desk's own reading; seconds to read and, unknown here, to train (0)."""
    from bot.triage.read import Reader

    reader = Reader.load()
    started = time.perf_counter()
    said = [reader.read(one.text).route for one in rows]
    return said, time.perf_counter() - started, 0.0


def frozen(known: Sequence[Example], rows: Sequence[Example]) -> tuple[list[str], float, float]:
    """Logistic regression on the stock encoder's numbers."""
    started = time.perf_counter()
    stock = Stock()
    linear = importlib.import_module("sklearn.linear_model")
    model = linear.LogisticRegression(C=FROZEN_C, max_iter=300)
    model.fit(stock.embed([one.text for one in known]), [one.route for one in known])
    trained = time.perf_counter() - started
    started = time.perf_counter()
    said = [str(model.predict(stock.embed([one.text]))[0]) for one in rows]
    return said, time.perf_counter() - started, trained


def diet(
    known: Sequence[Example], rows: Sequence[Example], folder: Path
) -> tuple[list[str], float, float]:
    """Rasa's own train and test of an NLU model, in its own commands."""
    (folder / "data").mkdir()
    for name, given in (("data/nlu.yml", known), ("test.yml", rows)):
        blocks: dict[str, list[dict[str, str]]] = {}
        for one in given:
            blocks.setdefault(str(one.route), []).append({"text": one.text})
        nlu = [{"intent": intent, "examples": found} for intent, found in blocks.items()]
        text = yaml.safe_dump({"version": "3.1", "nlu": nlu}, allow_unicode=True, width=100_000)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "config.yml").write_text(yaml.safe_dump(DIET))
    started = time.perf_counter()
    _rasa(folder, "train", "nlu", "--nlu", "data/nlu.yml", "--config", "config.yml")
    trained = time.perf_counter() - started
    started = time.perf_counter()
    _rasa(folder, "test", "nlu", "--nlu", "test.yml", "--successes", "--no-plot")
    seconds = time.perf_counter() - started
    said: dict[str, str] = {}
    for name in ("intent_successes.json", "intent_errors.json"):
        path = folder / "results" / name
        for row in json.loads(path.read_text()) if path.exists() else []:
            said[row["text"].strip()] = row["intent_prediction"]["name"]
    return [said.get(one.text.strip(), "") for one in rows], seconds, trained


def _rasa(folder: Path, *arguments: str) -> None:
    argv = [sys.executable, "-m", "rasa", *arguments]
    subprocess.run(argv, cwd=folder, check=True, stdout=sys.stderr, stderr=sys.stderr)


def _memory_mb() -> float:
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one way and print one line of JSON."""
    way, test = list(arguments or sys.argv[1:])
    rows = [one for one in load_rows(Path(test)) if one.route]
    known = [one for one in load_nlu() if one.first and one.route]
    if way == "desk":
        said, seconds, trained = desk(rows)
    elif way == "frozen":
        said, seconds, trained = frozen(known, rows)
    else:
        with tempfile.TemporaryDirectory(prefix="rival-") as folder:
            said, seconds, trained = diet(known, rows, Path(folder))
    held: dict[str, Any] = asdict(
        scored(WAYS[way], rows, said, Cost(seconds, trained, _memory_mb()))
    )
    print(json.dumps(held))
    return 0


if __name__ == "__main__":
    sys.exit(main())
