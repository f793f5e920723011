"""An explanation as lines for the terminal, in plain words, lined up."""

from __future__ import annotations

from collections.abc import Iterator

from bot.train.explain import Explanation

WIDTH = 14


def lines(found: Explanation) -> Iterator[str]:
    """The explanation line by line."""
    read = found.reading
    yield _row("language", read.language)
    yield _row("read as", found.place + (f", after {found.asked}" if found.asked else ""))
    if read.act:
        yield _row("act", read.act)
    yield _row("route", read.route)
    for name, score in sorted(read.route_scores.items(), key=lambda one: -one[1]):
        yield _score(name, score)
    yield _row("type", read.type or "none")
    for name, score in read.type_scores:
        yield _score(name, score)
    yield _row("danger", read.danger)
    yield _row("", found.decided)
    for name, score in found.opinions:
        yield _score(f"{name}, alone", score)
    for bar in found.bars:
        sign = "reached" if bar.reached else "not reached"
        yield _row("", f"threshold {bar.name}: {bar.bar:.2f}, scored {bar.score:.2f}, {sign}")
    yield from _cues(found)
    yield _row("nearest", "" if found.nearest else "no training examples")
    for one in found.nearest:
        labels = ", ".join(str(x) for x in (one.intent, one.type, f"danger {one.danger}") if x)
        asked = f", after {one.asked}" if one.asked else ""
        yield _row("", f"{one.likeness:.2f}  {labels}{asked}")
        yield _row("", f"      {' '.join(one.text.split())[:100]}")
        yield _row("", f"      {one.file}:{one.line}")
    yield _row("model", read.model)


def _cues(found: Explanation) -> Iterator[str]:
    yield _row("cues", "" if found.fired else "none")
    for one in found.fired:
        who = f"rule {one.rule}" if one.rule else "the model"
        shown = f' on "{one.words}"' if one.words else ""
        meaning = f' ("{one.meaning}" in English)' if one.meaning else ""
        raises = f", raises to {one.danger}" if one.danger != "none" else ""
        yield _row("", f"{one.cue}: {who}{shown}{meaning}{raises}")


def _row(name: str, value: str) -> str:
    return f"{name:{WIDTH}}{value}".rstrip()


def _score(name: str, score: float) -> str:
    return _row("", f"{name:42} {score:.2f}")
