"""`python -m bot.train.check` (`make data-check`): is the labelled data fit to learn from?

Rules: outside one pair no two messages share more than 60 % of the 5-word runs of the
shorter, nor all but coincide in meaning; messages under 5 words are not the same; no four-word
opening in more than 0.5 %; at least 15 % over 40 words and 12 % under 6; labels are ours and
agree with each other; one text has one intent in one place of a chat; nothing of the development
or test messages stands in the training data, and a pair stays in one split.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bot.train.corpus import EVAL, NLU, BadData, load_nlu, load_rows
from bot.train.near import near
from bot.triage.example import Example
from bot.triage.reading import ACTS, CUES, DANGERS, ROUTES
from bot.triage.text import words

RUN: Final = 5
MOST_SHARED: Final = 0.6
OPENING: Final = 4
MOST_OPENINGS: Final = 0.005
# A run that very many messages hold ("i dont know what to") is an idiom of the language:
# comparing all of them with each other costs much and shows no copy.
COMMON: Final = 200
# Two people type the same few words: under this many a match is no leak, and is left out.
LEAK: Final = 8
SPREAD: Final = ((1, 1), (2, 5), (6, 10), (11, 20), (21, 40), (41, 80), (81, 10_000))
OTHER_ACTS: Final = ("greeting",)
LEAST_LONG: Final = (0.15, 41, 10_000)  # share of the first messages over 40 words
LEAST_SHORT: Final = (0.12, 1, 5)
HELD_OUT: Final = ("dev.jsonl", "test.jsonl")


@dataclass
class Report:
    """What was found: problems stop a training, facts are for reading."""

    problems: list[str] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)


def check(examples: Sequence[Example], apart: Mapping[str, Sequence[Example]]) -> Report:
    """All rules over the training examples and the messages kept apart from them."""
    report = Report()
    firsts = [one for one in examples if one.first]
    report.facts.append(f"{len(firsts)} first messages, {len(examples) - len(firsts)} mid-chat")
    report.facts += list(_spread(firsts))
    report.problems += [p for one in examples for p in _labels(one)]
    report.problems += list(_two_intents(examples))
    report.problems += list(_openings(firsts, report))
    report.problems += [
        f"too alike ({share:.0%}): {one.id} and {other.id}"
        for one, other, share in alike(firsts)
        if not (one.pair and one.pair == other.pair)
    ]
    for name, rows in apart.items():
        both = [pair for pair in alike([*rows, *firsts]) if _crosses(pair, rows)]
        short = [pair for pair in both if _shorter(pair) < LEAK]
        leaks = [pair for pair in both if _shorter(pair) >= LEAK]
        report.facts.append(
            f"{name}: {len(rows)} messages; {len(short)} short ones ('help', 'hiya') also stand "
            "in the training data and are left out of its figures"
        )
        report.problems += [f"{name}: {a.id} is too like {b.id}" for a, b, _ in leaks]
    return report


def lengths(examples: Sequence[Example]) -> list[str]:
    """Problems of the spread of lengths: people type one word, and they type a page."""
    firsts = [one for one in examples if one.first]
    found: list[str] = []
    for least, low, high in (LEAST_LONG, LEAST_SHORT):
        share = sum(low <= len(words(one.text)) <= high for one in firsts) / max(1, len(firsts))
        if share < least:
            found.append(f"only {share:.1%} have {low} to {high} words; wanted {least:.0%}")
    return found


def coinciding(
    examples: Sequence[Example], apart: Mapping[str, Sequence[Example]], say: Callable[[str], None]
) -> list[str]:
    """Problems of meaning: near-duplicates by the stock encoder, in a split and across splits."""
    rows = [one for one in examples if one.first]
    split = {id(one): name for name, held in apart.items() for one in held}
    everything = [*rows, *(one for held in apart.values() for one in held)]
    found = [
        f"say the same (likeness {like:.2f}): {a.id} and {b.id}"
        for a, b, like in near(everything, say)
        if not (split.get(id(a)) and split.get(id(a)) == split.get(id(b)))
    ]
    homes: dict[str, set[str]] = defaultdict(set)
    for one in everything:
        if one.pair:
            homes[one.pair].add(split.get(id(one), "training"))
    return found + [f"the pair {p} stands in {sorted(h)}" for p, h in homes.items() if len(h) > 1]


def _shorter(pair: tuple[Example, Example, float]) -> int:
    return min(len(words(pair[0].text)), len(words(pair[1].text)))


def _crosses(pair: tuple[Example, Example, float], rows: Sequence[Example]) -> bool:
    ids = {id(one) for one in rows}
    return (id(pair[0]) in ids) != (id(pair[1]) in ids)


def _labels(one: Example) -> Iterator[str]:
    if one.danger not in DANGERS:
        yield f"{one.id}: danger {one.danger!r} is none of {', '.join(DANGERS)}"
    if one.first:
        if one.route not in ROUTES:
            yield f"{one.id}: route {one.route!r} is not one of ours"
        if unknown := set(one.cues or ()) - set(CUES):
            yield f"{one.id}: unknown cues {sorted(unknown)}"
        if (one.type is None) != (one.route in ("social", "out_of_scope")):
            yield f"{one.id}: a type where there is none, or none where there is one"
        if one.route == "emergency" and one.danger == "none":
            yield f"{one.id}: an emergency without danger"
        if one.route != "emergency" and one.danger == "now":
            yield f"{one.id}: danger now, but the route is {one.route}"
    elif one.act not in (*ACTS, *OTHER_ACTS):
        yield f"{one.id}: act {one.act!r} is not one of ours"


def _two_intents(examples: Sequence[Example]) -> Iterator[str]:
    seen: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in examples:
        seen[one.place, one.text.casefold()].add(one.act or one.route or "")
    for (place, text), intents in seen.items():
        if len(intents) > 1:
            yield f"{text[:40]!r} ({place}) stands under {sorted(intents)}"


def _openings(firsts: Sequence[Example], report: Report) -> Iterator[str]:
    rows = [words(one.text)[:OPENING] for one in firsts]
    seen = Counter(tuple(row) for row in rows if len(row) == OPENING)
    for opening, count in seen.most_common(1):
        report.facts.append(f"commonest opening: {' '.join(opening)!r}, {count} times")
    for opening, count in seen.items():
        # Under 400 messages 0.5 % would be one or two: two alike are no template.
        if count > max(2, MOST_OPENINGS * len(firsts)):
            yield f"{count} messages begin with {' '.join(opening)!r}"


def _spread(firsts: Sequence[Example]) -> Iterator[str]:
    lengths = [len(words(one.text)) for one in firsts]
    for low, high in SPREAD:
        count = sum(low <= length <= high for length in lengths)
        share = count / max(1, len(lengths))
        yield f"  {low:3} to {high if high < 1000 else 'more':>4} words: {count:5} ({share:.1%})"


def alike(examples: Sequence[Example]) -> Iterator[tuple[Example, Example, float]]:
    """Pairs that share too many 5-word runs, or are the same under 5 words."""
    runs = [_runs(one.text) for one in examples]
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, found in enumerate(runs):
        for run in found:
            holders[run].append(at)
    shared: Counter[tuple[int, int]] = Counter()
    for held in holders.values():
        if 1 < len(held) <= COMMON:
            shared.update((a, b) for n, a in enumerate(held) for b in held[n + 1 :])
    for (one, other), count in shared.items():
        share = count / min(len(runs[one]), len(runs[other]))
        if share > MOST_SHARED:
            yield examples[one], examples[other], share


def _runs(text: str) -> set[tuple[str, ...]]:
    parts = words(text) or [text.strip()]
    if len(parts) < RUN:
        return {("whole", *parts)}
    return {tuple(parts[at : at + RUN]) for at in range(len(parts) - RUN + 1)}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print facts and problems; exit 1 where there is a problem."""
    parser = argparse.ArgumentParser(prog="python -m bot.train.check", description=__doc__)
    parser.add_argument("--nlu", type=Path, default=NLU)
    parser.add_argument("--eval", type=Path, default=EVAL)
    given = parser.parse_args(arguments)
    try:
        apart = {
            name: load_rows(given.eval / name) for name in HELD_OUT if (given.eval / name).exists()
        }
        examples = load_nlu(given.nlu)
        report = check(examples, apart)
        report.problems += lengths(examples) + coinciding(examples, apart, print)
    except BadData as error:
        print(error)
        return 1
    for line in report.facts:
        print(line)
    for line in report.problems:
        print("PROBLEM:", line)
    print("data: fit to learn from" if not report.problems else f"{len(report.problems)} problems")
    return 1 if report.problems else 0


if __name__ == "__main__":
    sys.exit(main())
