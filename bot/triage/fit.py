"""Fitting the heads: embeddings from a cache, n-grams, linear models, decisions.

scikit-learn is imported here only and only when something is fitted: the gateway has none.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bot.triage.encoder import HOME as MODEL
from bot.triage.encoder import Encoder, Floats
from bot.triage.example import Example
from bot.triage.features import Ngrams, Row
from bot.triage.heads import HEADS, MANY, NOT_OWN, OF_ANSWERS, Head, Heads, Part
from bot.triage.reading import ACTS, CUES, DANGERS, ROUTES
from bot.triage.text import with_question

ROOT: Final = Path(__file__).resolve().parents[2]
DECISIONS: Final = ROOT / "data" / "triage" / "decisions.json"
CACHE: Final = ROOT / ".cache" / "embeddings"

# Regularisation, chosen on the development messages with the stock encoder.
ENCODER_C: Final = {
    "route": 0.02,
    "danger": 0.02,
    "type": 0.02,
    "cue": 0.01,
    "act": 0.05,
    "own": 0.05,
    "told": 0.05,
}
NGRAM_C: Final = {
    "route": 3.0,
    "danger": 3.0,
    "type": 1.0,
    "cue": 3.0,
    "act": 5.0,
    "own": 5.0,
    "told": 3.0,
}
EMERGENCY_WEIGHT: Final = 1.5  # a missed emergency costs more than a false alarm
MANY_FEATURES: Final = 1000  # above it a fit for each type takes too long
DEFAULT_MIX: Final = (0.5, 0.5, 0.0)  # until a mix was chosen on the development messages
TUNED: Final = "encoder_heads.npz"
UNKNOWN: Final = -4.0  # about one in a hundred beside the logits of a known label
SMOOTHING: Final = 0.05  # of the counted n-grams, chosen on the development messages
GREETING: Final = "greeting"
NO_ACT: Final = "none"  # a greeting in the middle of a chat is no act
LEARNT_AS: Final = {"told": "danger"}  # the encoder learnt the danger of answers under this name

Progress = Callable[[str], None]
# scipy and scikit-learn carry no types.
Matrix = Any
Module = Any
Model = Any


@dataclass(frozen=True)
class Table:
    """The messages of one head: which rows, and what is right for each."""

    rows: NDArray[np.int64]
    labels: tuple[str, ...]
    targets: NDArray[np.int64]  # [n] class numbers, or [n, labels] of 0 and 1


def fit(examples: Sequence[Example], out: Path, progress: Progress) -> str:
    """Fit all heads on the examples and write them to `out`; returns their fingerprint.

    The mix of the halves and the thresholds come from `data/triage/decisions.json`, which
    `python -m bot.train.fit --choose` writes from the development messages. Deterministic:
    the same examples give the same heads. Raises ValueError without examples of two routes.
    """
    decisions = load_decisions()
    return fit_with(examples, decisions, progress).save(out)


def load_decisions(path: Path = DECISIONS) -> dict[str, Any]:
    """Mixes and thresholds; an empty dict where none were chosen yet."""
    if not path.exists():
        return {}
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def fit_with(examples: Sequence[Example], decisions: dict[str, Any], progress: Progress) -> Heads:
    """The heads in memory, with the given decisions."""
    examples = sorted(examples, key=lambda one: (one.id, one.text, one.route or "", one.act or ""))
    if len({one.route for one in examples if one.route}) < 2:
        raise ValueError("The training data has fewer than two routes: is data/nlu empty?")
    texts = [one.text for one in examples]
    answers = [with_question(one.text, one.asked) for one in examples]
    encoder = Encoder()
    both = embed(encoder, [*texts, *answers], progress)
    mean, spread = both[: len(texts)].mean(axis=0), both[: len(texts)].std(axis=0) + 1e-6
    scaled = ((both - mean) / spread).astype(np.float32)
    progress("n-grams")
    counted = Ngrams.learn(texts)
    sparse = to_csr(counted.rows([*texts, *answers]), len(counted.names))
    heads: dict[str, Head] = {}
    for name in HEADS:
        started = time.monotonic()
        table = table_of(name, examples)
        if len(table.rows) == 0 or len(table.labels) < 2:
            continue
        mix = decisions.get("mix", {}).get(name, DEFAULT_MIX)
        rows = table.rows + (len(texts) if name in OF_ANSWERS else 0)
        heads[name] = Head(
            table.labels,
            _fit_part(scaled[rows], table, ENCODER_C[name], name),
            _fit_part(sparse[rows], table, NGRAM_C[name], name),
            (float(mix[0]), float(mix[1]), float(mix[2])),
            tuned_part(name, table.labels, mean, spread),
        )
        seconds = time.monotonic() - started
        progress(f"{name}: {len(table.rows)} messages, {len(table.labels)} labels, {seconds:.0f} s")
    return Heads(counted, heads, encoder.fingerprint, mean, spread, decisions)


def tuned_part(
    name: str, labels: Sequence[str], mean: Floats, spread: Floats, home: Path = MODEL
) -> Part | None:
    """What the encoder learnt to say of this head, for centred and scaled numbers.

    None where it learnt nothing of it. A label that it does not know (a type that a trainer
    added) is never its choice: the other two parts speak for it.
    """
    name = LEARNT_AS.get(name, name)
    try:
        with np.load(home / TUNED) as found:
            weights, bias = found[f"{name}_w"], found[f"{name}_b"]
            known = {label: at for at, label in enumerate(found[f"{name}_labels"].tolist())}
    except (OSError, KeyError):
        return None
    if name == "act" and GREETING in known:
        known[NO_ACT] = known[GREETING]  # the same messages under another name (see _label)
    if len(known.keys() & set(labels)) < 2:
        return None
    at = np.array([known.get(label, -1) for label in labels])
    wide = np.where(at >= 0, weights[:, at], 0.0)
    flat = np.where(at >= 0, bias[at], UNKNOWN)
    return Part(
        (wide * spread[:, None]).astype(np.float32), (flat + mean @ wide).astype(np.float32)
    )


def table_of(name: str, examples: Sequence[Example]) -> Table:
    """Which examples teach a head, and what."""
    if name == "cue":
        rows = [at for at, one in enumerate(examples) if one.cues is not None]
        many = [[int(cue in (examples[at].cues or ())) for cue in CUES] for at in rows]
        return Table(_ints(rows), CUES, _ints(many))
    given = [_label(name, one) for one in examples]
    known = {"route": ROUTES, "danger": DANGERS, "told": DANGERS, "act": (*ACTS, NO_ACT)}
    labels = known.get(name)
    found = {label for label in given if label}
    names = tuple(label for label in labels or sorted(found) if label in found)
    place = {label: at for at, label in enumerate(names)}
    rows = [at for at, label in enumerate(given) if label in place]
    return Table(_ints(rows), names, _ints([place[given[at] or ""] for at in rows]))


def _label(name: str, one: Example) -> str | None:
    if name == "act":
        return None if one.first else (one.act if one.act in ACTS else NO_ACT)
    if name == "type":
        return one.type
    if name == "own":
        return one.own or (NOT_OWN if one.first and one.route else None)
    if name in ("danger", "told"):
        # "No" to "are you safe?" is danger by the question: answers have a head of their own.
        return one.danger if (one.asked is not None) == (name == "told") else None
    return one.route


def _ints(values: Sequence[Any]) -> NDArray[np.int64]:
    return np.array(values, dtype=np.int64)


def to_csr(rows: Sequence[Row], width: int) -> Matrix:
    """The rows as scipy's sparse matrix."""
    sparse = importlib.import_module("scipy.sparse")
    starts = np.concatenate([[0], np.cumsum([len(at) for at, _ in rows])])
    at = np.concatenate([row[0] for row in rows])
    values = np.concatenate([row[1] for row in rows])
    return sparse.csr_matrix((values, at, starts), shape=(len(rows), width))


def _fit_part(matrix: Matrix, table: Table, strength: float, name: str) -> Part:
    linear = importlib.import_module("sklearn.linear_model")
    if name in MANY:
        return _fit_each(linear, matrix, table, strength)
    if name == "type" and matrix.shape[1] > MANY_FEATURES:
        return _count(matrix, table)
    weights = {
        at: EMERGENCY_WEIGHT
        for at, label in enumerate(table.labels)
        if label in ("emergency", "now")
    }
    present = set(table.targets.tolist())
    costs = {at: weights.get(at, 1.0) for at in present} if weights else None
    model = linear.LogisticRegression(
        C=strength,
        max_iter=60,
        tol=1e-3,
        # A trainer's own intent has a handful of examples beside thousands of others.
        class_weight="balanced" if name == "own" else costs,
    )
    _quietly(model, matrix, table.targets)
    coefficients, bias = np.asarray(model.coef_), np.asarray(model.intercept_)
    if len(table.labels) == 2:  # two labels: scikit-learn keeps one column
        coefficients, bias = np.vstack([-coefficients, coefficients]), np.append(-bias, bias)
    return Part(coefficients.T.astype(np.float32), bias.astype(np.float32))


def _fit_each(linear: Module, matrix: Matrix, table: Table, strength: float) -> Part:
    """One model a label, each for itself."""
    weights = np.zeros((matrix.shape[1], len(table.labels)), dtype=np.float32)
    bias = np.full(len(table.labels), -8.0, dtype=np.float32)
    for at in range(len(table.labels)):
        target = table.targets[:, at]
        if target.min() == target.max():
            continue  # a label that nobody has given: never said
        model = linear.LogisticRegression(C=strength, solver="liblinear", tol=1e-2, max_iter=50)
        _quietly(model, matrix, target)
        weights[:, at], bias[at] = model.coef_[0], model.intercept_[0]
    return Part(weights, bias)


def _count(matrix: Matrix, table: Table) -> Part:
    """Log odds of each n-gram in a label against all: as good as a fitted model, at once.

    A hundred labels by 40,000 n-grams took a minute to fit and gained nothing on the
    development messages.
    """
    sparse = importlib.import_module("scipy.sparse")
    count, width = len(table.rows), matrix.shape[1]
    shape = (len(table.labels), count)
    members = sparse.csr_matrix((np.ones(count), (table.targets, np.arange(count))), shape=shape)
    seen = np.asarray((members @ matrix).todense())
    overall = (seen.sum(axis=0) + 1e-3) / seen.sum()
    prior = SMOOTHING * width
    inside = (seen + prior * overall) / (seen.sum(axis=1, keepdims=True) + prior)
    weights = np.log(inside) - np.log(overall)
    return Part(weights.T.astype(np.float32), np.zeros(len(table.labels), dtype=np.float32))


def _quietly(model: Model, matrix: Matrix, target: NDArray[np.int64]) -> None:
    """Fit without the warning that the last digit is not reached: it is not wanted."""
    warnings = importlib.import_module("warnings")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.fit(matrix, target)


def embed(encoder: Encoder, texts: Sequence[str], progress: Progress) -> Floats:
    """Embeddings, each made once for an encoder: kept by the sum of the text."""
    path = CACHE / f"{encoder.fingerprint}.npz"
    names, kept = _cached(path)
    keys = [hashlib.sha256(text.encode()).hexdigest()[:24] for text in texts]
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in names}
    if missing:
        told = [0]

        def tell(count: int) -> None:
            if count - told[0] >= 1000 or count == len(missing):
                told[0] = count
                progress(f"encoder: {count} of {len(missing)} messages")

        fresh = encoder.embed(list(missing.values()), tell)
        kept = np.vstack([kept, fresh]) if len(names) else fresh
        names |= {key: len(names) + at for at, key in enumerate(missing)}
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(".part.npz")
        np.savez(half, keys=np.array(list(names)), values=kept)
        half.replace(path)
    found: Floats = kept[[names[key] for key in keys]]
    return found


def _cached(path: Path) -> tuple[dict[str, int], Floats]:
    try:
        with np.load(path) as found:
            return {key: at for at, key in enumerate(found["keys"].tolist())}, found["values"]
    except (OSError, ValueError, KeyError):
        return {}, np.zeros((0, 0), dtype=np.float32)
