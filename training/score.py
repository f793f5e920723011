"""Figures of an exported encoder with its own heads, on labelled messages it never saw.

python -m training.score --model bot/triage/model --texts data/eval/dev.jsonl
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from training import corpus
from training.compare import embed
from training.export import session
from training.report import PROBABILITIES, Table, figures


def table_of(folder: Path, examples: list[corpus.Example]) -> Table:
    """Probabilities of every head, by the int8 encoder, one message at a time."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    rows = corpus.tokenise(tokenizer, [e.text for e in examples])
    embeddings = embed(session(folder / "encoder.onnx", 2), rows)
    heads = dict(np.load(folder / "encoder_heads.npz"))
    table: Table = {"id": np.array([e.id for e in examples])}
    for head in PROBABILITIES:
        scores = embeddings @ heads[f"{head}_w"] + heads[f"{head}_b"]
        if head == "cue":
            table[head] = 1 / (1 + np.exp(-scores))
        else:
            powers = np.exp(scores - scores.max(axis=1, keepdims=True))
            table[head] = powers / powers.sum(axis=1, keepdims=True)
        table[f"{head}_labels"] = heads[f"{head}_labels"]
    return table


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", type=Path, required=True, help="folder of the exported model")
    parser.add_argument("--texts", type=Path, required=True, help="labelled messages, JSONL")
    args = parser.parse_args()
    examples = [e for e in corpus.from_jsonl(args.texts) if e.route]
    print(json.dumps(figures(table_of(args.model, examples), examples), indent=2))


if __name__ == "__main__":
    main()
