"""Held-out figures: how right each head is on messages of batches that it never saw.

python -m training.report --data data/nlu --runs fold-ae,fold-bf --oof training/oof.npz
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

import numpy as np

from training import corpus
from training.corpus import Example
from training.train import OUT

FALSE_ALARMS = (0.03, 0.05, 0.09, 0.13, 0.17, 0.25)
PROBABILITIES = ("route", "danger", "cue", "type")
Table = dict[str, np.ndarray]


def pooled(runs: list[str]) -> Table:
    """The held-out probabilities of several runs, one row a message.

    Labels that a fold has not seen (a type that only one batch has) get 0.
    """
    parts = [np.load(OUT / run / "held_out.npz") for run in runs]
    table: Table = {"id": np.concatenate([part["id"] for part in parts])}
    for head in PROBABILITIES:
        names = sorted({name for part in parts for name in part[f"{head}_labels"]})
        if head in ("route", "danger"):
            names = list(corpus.ROUTES if head == "route" else corpus.DANGERS)
        rows = []
        for part in parts:
            wide = np.zeros((len(part["id"]), len(names)), np.float32)
            wide[:, [names.index(name) for name in part[f"{head}_labels"]]] = part[head]
            rows.append(wide)
        table[head], table[f"{head}_labels"] = np.concatenate(rows), np.array(names)
    table["fold"] = np.concatenate([np.full(len(p["id"]), n) for n, p in enumerate(parts)])
    return table


def ratio(right: int, of: int) -> str:
    """A share with its counts, so that nobody reads 3 of 4 as 75 %."""
    return f"{right}/{of} = {right / max(of, 1):.1%}"


def curve(scores: np.ndarray, wanted: np.ndarray) -> dict[str, str]:
    """Recall at several shares of false alarms."""
    quiet = np.sort(scores[~wanted])[::-1]
    found = {}
    for share in FALSE_ALARMS:
        threshold = quiet[min(int(share * len(quiet)), len(quiet) - 1)]
        hit = int((scores[wanted] > threshold).sum())
        found[f"at {share:.0%}"] = f"{ratio(hit, int(wanted.sum()))}, threshold {threshold:.3f}"
    return found


def urgent(table: Table, head: str, label: str, gold: np.ndarray) -> dict[str, object]:
    """Recall and false alarms of the label that must not be missed."""
    place = list(table[f"{head}_labels"]).index(label)
    wanted, said = gold == label, table[head].argmax(axis=1) == place
    return {
        "recall as it stands": ratio(int((said & wanted).sum()), int(wanted.sum())),
        "false alarms as it stands": ratio(int((said & ~wanted).sum()), int((~wanted).sum())),
        "recall by false alarms": curve(table[head][:, place], wanted),
    }


def cue_figures(table: Table, gold: list[Example]) -> dict[str, str]:
    """Recall and precision of each cue at 0.5, by how often it occurs."""
    said = table["cue"] > 0.5
    names = list(table["cue_labels"])
    wanted = np.array([[name in (e.cues or ()) for name in names] for e in gold])
    found = {"all": _two(said, wanted)}
    for place in np.argsort(-wanted.sum(axis=0)):
        found[str(names[place])] = _two(said[:, place], wanted[:, place])
    return found


def _two(said: np.ndarray, wanted: np.ndarray) -> str:
    both = int((said & wanted).sum())
    return f"recall {ratio(both, int(wanted.sum()))}, precision {ratio(both, int(said.sum()))}"


def figures(table: Table, gold: list[Example]) -> dict[str, object]:
    """All the figures, as one tree of words and counts."""
    routes = np.array([e.route for e in gold])
    dangers = np.array([e.danger for e in gold])
    said = table["route_labels"][table["route"].argmax(axis=1)]
    kinds = table["type_labels"][table["type"].argmax(axis=1)]
    typed = np.array([e.type is not None for e in gold])
    right = said == routes
    batches = np.array([e.batch for e in gold])
    missed = Counter(e.type for e, s in zip(gold, said, strict=True) if _missed(e, s))
    kinds_right = np.array([e.type for e in gold])[typed] == kinds[typed]
    found_danger = table["danger_labels"][table["danger"].argmax(axis=1)]
    return {
        "route right": ratio(int(right.sum()), len(gold)),
        "by batch": {b: ratio(int(right[batches == b].sum()), int((batches == b).sum()))
                     for b in sorted(set(batches))},
        "by route": {r: ratio(int(right[routes == r].sum()), int((routes == r).sum()))
                     for r in corpus.ROUTES},
        "emergency": urgent(table, "route", "emergency", routes),
        "danger now": urgent(table, "danger", "now", dangers),
        "danger right": ratio(int((found_danger == dangers).sum()), len(gold)),
        "now read as none": ratio(int(((found_danger == "none") & (dangers == "now")).sum()),
                                  int((dangers == "now").sum())),
        "type right": ratio(int(kinds_right.sum()), int(typed.sum())),
        "missed emergencies by type": dict(missed.most_common()),
        "cues": cue_figures(table, gold),
    }  # fmt: skip


def _missed(example: Example, said: str) -> bool:
    return example.route == "emergency" and said != "emergency"


def save_oof(table: Table, path: Path) -> None:
    """Out-of-fold probabilities in half precision, for choosing thresholds honestly."""
    small = {head: table[head].astype(np.float16) for head in PROBABILITIES}
    np.savez_compressed(path, **(table | small))  # type: ignore[arg-type]


def main() -> None:
    """Print the figures as JSON; keep the out-of-fold probabilities if asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--runs", required=True, help="runs with a hold-out, such as fold-ae")
    parser.add_argument("--oof", type=Path, help="where to keep the out-of-fold probabilities")
    args = parser.parse_args()
    table = pooled(args.runs.split(","))
    by_id = {e.id: e for e in corpus.load(args.data)}
    gold = [by_id[number] for number in table["id"]]
    print(json.dumps(figures(table, gold), indent=2))
    if args.oof:
        save_oof(table, args.oof)


if __name__ == "__main__":
    main()
