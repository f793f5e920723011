"""Fine-tune MiniLM-L6 end to end on labelled messages.

python -m training.train --data data/nlu --run final
python -m training.train --data data/nlu --run fold-ae --hold-out A,E
"""

from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from training import corpus
from training.minilm import Reader, load_stock, stock_folder

OUT = Path(__file__).resolve().parent / "out"
MARGIN = 2.0  # log odds between the messages of a pair, one in danger and one not
HEAD_SHARE = {"route": 1.0, "danger": 0.7, "type": 0.5, "cue": 10.0, "act": 0.3}


def arguments() -> argparse.Namespace:
    """Command line."""
    parser = argparse.ArgumentParser(description="Fine-tune MiniLM-L6 on labelled messages.")
    parser.add_argument("--data", type=Path, required=True, help="folder of Rasa YAML or JSONL")
    parser.add_argument("--run", required=True, help="name of the folder under training/out")
    parser.add_argument("--hold-out", default="", help="batches to keep apart, such as A,E")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--lr", type=float, default=1e-4)
    parser.add_argument("--head-lr", type=float, default=5e-3)
    parser.add_argument("--emergency-weight", type=float, default=1.5, help="cost of a missed one")
    parser.add_argument("--smoothing", type=float, default=0.05, help="label smoothing")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--bf16", action="store_true", help="half precision where the CPU has it")
    parser.add_argument("--start", help="begin with the weights of this run, not the stock ones")
    parser.add_argument("--adversarial", type=float, default=0.0, help="length of a hostile nudge")
    parser.add_argument("--pairs", type=float, default=0.0, help="share of the loss between twins")
    parser.add_argument("--sample", type=int, help="learn from so many messages only")
    parser.add_argument("--texts", type=Path, help="score this JSONL file at the end")
    parser.add_argument("--resume", action="store_true", help="go on from the last checkpoint")
    return parser.parse_args()


class Losses:
    """The weighted sum of the heads' losses; unlabelled heads of a message cost nothing."""

    def __init__(self, labels: dict[str, list[str]], emergency: float, smoothing: float) -> None:
        self.smoothing = smoothing
        self.now = labels["danger"].index("now")
        self.weights = {head: torch.ones(len(names)) for head, names in labels.items()}
        self.weights["route"][labels["route"].index("emergency")] = emergency
        self.weights["danger"][labels["danger"].index("now")] = emergency

    def one(self, head: str, logits: Tensor, wanted: Tensor) -> Tensor:
        """Loss of one head, a mean over the messages that carry its label."""
        if head == "cue":
            seen = (wanted >= 0).float()
            loss = functional.binary_cross_entropy_with_logits(
                logits, wanted.clamp(min=0), weight=seen, reduction="sum"
            )
            return loss / seen.sum().clamp(min=1)
        loss = functional.cross_entropy(
            logits,
            wanted,
            weight=self.weights[head],
            ignore_index=corpus.MASKED,
            label_smoothing=self.smoothing,
            reduction="sum",
        )
        return loss / (wanted != corpus.MASKED).sum().clamp(min=1)

    def twins(self, danger: Tensor, wanted: Tensor, of: Tensor) -> Tensor:
        """How far the odds of `now` of twins lie from a margin apart, where one is `now`.

        The words that they share cannot make this smaller: only those that differ can.
        """
        others = [at for at in range(danger.shape[1]) if at != self.now]
        odds = danger[:, self.now] - torch.logsumexp(danger[:, others], dim=1)
        urgent, calm = wanted == self.now, (wanted != self.now) & (wanted != corpus.MASKED)
        met = (of[:, None] == of[None, :]) & urgent[:, None] & calm[None, :]
        gap = odds[:, None] - odds[None, :]
        return (functional.softplus(MARGIN - gap) * met).sum() / met.sum().clamp(min=1)

    def __call__(self, logits: dict[str, Tensor], wanted: dict[str, Tensor]) -> Tensor:
        """The loss of a batch."""
        parts = [HEAD_SHARE[h] * self.one(h, logits[h].float(), wanted[h]) for h in wanted]
        return torch.stack(parts).sum()


class Trainer:
    """One run: the model, its optimiser, and where it stands."""

    def __init__(self, args: argparse.Namespace, examples: list[corpus.Example]) -> None:
        self.args = args
        self.folder = OUT / args.run
        self.labels = corpus.vocabulary(examples)
        self.tokenizer = Tokenizer.from_file(str(stock_folder() / "tokenizer.json"))
        self.rows = corpus.tokenise(self.tokenizer, [e.text for e in examples])
        wanted = corpus.targets(examples, self.labels)
        self.groups = corpus.groups(examples)
        self.targets = {head: torch.from_numpy(values) for head, values in wanted.items()}
        self.model = Reader({head: len(names) for head, names in self.labels.items()})
        load_stock(self.model.encoder)
        if args.start:
            self._begin_with(args.start)
        self.losses = Losses(self.labels, args.emergency_weight, args.smoothing)
        self.optimiser = torch.optim.AdamW(
            [
                {"params": self.model.encoder.parameters(), "lr": args.lr},
                {"params": self.model.heads.parameters(), "lr": args.head_lr},
            ],
            weight_decay=0.01,
            fused=True,
        )
        per_epoch = -(-len(self.rows) // args.batch)
        self.steps: int = per_epoch * args.epochs
        self.schedule = torch.optim.lr_scheduler.LambdaLR(self.optimiser, self._pace)
        self.epoch = 0

    def _begin_with(self, run: str) -> None:
        """The weights of another run; a head whose labels have changed begins anew."""
        saved = torch.load(OUT / run / "checkpoint.pt", map_location="cpu", weights_only=True)
        same = {head for head, names in self.labels.items() if saved["labels"].get(head) == names}
        kept = {
            key: value
            for key, value in saved["model"].items()
            if not key.startswith("heads.") or key.split(".")[1].removesuffix("_head") in same
        }
        print(f"goes on with {run}; new heads: {sorted(self.labels.keys() - same) or 'none'}")
        self.model.load_state_dict(kept, strict=False)

    def _pace(self, step: int) -> float:
        """Warm up over a tenth of the steps, then fall in a straight line to nothing."""
        warm = max(1, self.steps // 10)
        return min((step + 1) / warm, max(0.0, (self.steps - step) / (self.steps - warm)))

    def step(self, chosen: np.ndarray) -> float:
        """One batch forward, back, and one move of the weights."""
        ids, mask = corpus.pad([self.rows[n] for n in chosen])
        batch = torch.from_numpy(ids), torch.from_numpy(mask)
        wanted = {head: values[chosen] for head, values in self.targets.items()}
        of = torch.from_numpy(self.groups[chosen])
        self.optimiser.zero_grad(set_to_none=True)
        loss = self._learn(batch, wanted, of)
        if self.args.adversarial:
            self._learn_nudged(batch, wanted, of)
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimiser.step()
        self.schedule.step()
        return loss

    def _learn(self, batch: tuple[Tensor, Tensor], wanted: dict[str, Tensor], of: Tensor) -> float:
        """Forward and back: adds to the gradients."""
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.args.bf16):
            logits = self.model(*batch)
        loss = self.losses(logits, wanted)
        if self.args.pairs:
            twins = self.losses.twins(logits["danger"].float(), wanted["danger"], of)
            loss = loss + self.args.pairs * twins
        loss.backward()  # type: ignore[no-untyped-call]
        return float(loss.detach())

    def _learn_nudged(
        self, batch: tuple[Tensor, Tensor], wanted: dict[str, Tensor], of: Tensor
    ) -> None:
        """The same batch with its words moved the way that hurts most (Miyato et al. 2017):
        what is right for a message must be right for one that is nearly the same."""
        words = self.model.encoder.words.weight
        if words.grad is None:
            return
        nudge = self.args.adversarial * words.grad / (words.grad.norm() + 1e-12)
        words.data.add_(nudge)
        self._learn(batch, wanted, of)
        words.data.sub_(nudge)

    def run_epoch(self) -> None:
        """All messages once; the order depends on seed and epoch only."""
        torch.manual_seed(self.args.seed * 1000 + self.epoch)
        rng = np.random.default_rng([self.args.seed, self.epoch])
        self.model.train()
        order = corpus.batches([len(row) for row in self.rows], self.args.batch, rng, self.groups)
        began, total = time.monotonic(), 0.0
        for place, chosen in enumerate(order, 1):
            total += self.step(chosen)
            if place % 50 == 0 or place == len(order):
                print(
                    f"epoch {self.epoch + 1}/{self.args.epochs} batch {place}/{len(order)} "
                    f"loss {total / place:.3f} {time.monotonic() - began:.0f}s",
                    flush=True,
                )
        self.epoch += 1

    def save(self) -> None:
        """Write the checkpoint beside the old one, then put it in its place."""
        self.folder.mkdir(parents=True, exist_ok=True)
        state = {
            "model": self.model.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "schedule": self.schedule.state_dict(),
            "epoch": self.epoch,
            "labels": self.labels,
        }
        torch.save(state, self.folder / "checkpoint.new")
        (self.folder / "checkpoint.new").replace(self.folder / "checkpoint.pt")

    def resume(self) -> None:
        """Go on from the last checkpoint of this run, if there is one."""
        path = self.folder / "checkpoint.pt"
        if not path.exists():
            return
        state = torch.load(path, map_location="cpu", weights_only=True)
        if state["labels"] != self.labels:
            raise SystemExit("the labels have changed since the checkpoint: start a new run")
        self.model.load_state_dict(state["model"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.schedule.load_state_dict(state["schedule"])
        self.epoch = state["epoch"]
        print(f"resumed after epoch {self.epoch}")

    def predict(self, texts: list[str]) -> dict[str, np.ndarray]:
        """Probabilities of every head, and the embeddings, for other texts."""
        rows = corpus.tokenise(self.tokenizer, texts)
        found: dict[str, np.ndarray] = {}
        self.model.eval()
        for chosen in corpus.batches([len(row) for row in rows], 32, None):
            ids, mask = corpus.pad([rows[n] for n in chosen])
            with torch.inference_mode():
                out = self.model(torch.from_numpy(ids), torch.from_numpy(mask))
            for head, logits in out.items():
                values = probabilities(head, logits).numpy()
                shape = (len(rows), values.shape[1])
                found.setdefault(head, np.zeros(shape, np.float32))[chosen] = values
        return found


def probabilities(head: str, logits: Tensor) -> Tensor:
    """Cues each by themselves, the classes of a head together, the embedding as it is."""
    if head == "embedding":
        return logits
    return logits.sigmoid() if head == "cue" else logits.softmax(dim=-1)


def save_held_out(trainer: Trainer, held: list[corpus.Example]) -> None:
    """Probabilities of the messages that were kept apart, for report.py."""
    first = [e for e in held if e.route]
    arrays = trainer.predict([e.text for e in first])
    arrays["id"] = np.array([e.id for e in first])
    for head, names in trainer.labels.items():
        arrays[f"{head}_labels"] = np.array(names)
    np.savez_compressed(trainer.folder / "held_out.npz", **arrays)  # type: ignore[arg-type]


def save_scores(trainer: Trainer, path: Path) -> None:
    """How many routes of a labelled file are right, by the route head alone."""
    rows = [e for e in corpus.from_jsonl(path) if e.route]
    said = trainer.predict([e.text for e in rows])["route"].argmax(axis=1)
    right = sum(trainer.labels["route"][at] == e.route for at, e in zip(said, rows, strict=True))
    found = {"messages": len(trainer.rows), "of": len(rows), "route_right": right}
    (trainer.folder / "scores.json").write_text(json.dumps(found) + "\n")
    print(found)


def main() -> None:
    """Train, with a checkpoint each epoch; then score what was held out."""
    args = arguments()
    torch.set_num_threads(args.threads)
    random.seed(args.seed)
    torch.manual_seed(args.seed)
    examples = corpus.load(args.data)
    apart = set(filter(None, args.hold_out.split(",")))
    learnt = [e for e in examples if e.batch not in apart]
    if args.sample:
        learnt = sorted(random.sample(learnt, args.sample), key=lambda e: (e.id, e.text))
    trainer = Trainer(args, learnt)
    if args.resume:
        trainer.resume()
    print(f"{len(learnt)} messages to learn from, {len(examples) - len(learnt)} held out")
    while trainer.epoch < args.epochs:
        trainer.run_epoch()
        trainer.save()
    note = {k: str(v) for k, v in vars(args).items()}
    note |= {"data_version": corpus.version(learnt), "messages": str(len(learnt))}
    (trainer.folder / "run.json").write_text(json.dumps(note, indent=2) + "\n")
    if args.texts:
        save_scores(trainer, args.texts)
    if apart:
        save_held_out(trainer, [e for e in examples if e.batch in apart])


if __name__ == "__main__":
    main()
