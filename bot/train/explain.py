"""How a message was read, and why: scores, thresholds, rules, and whom it sounds like.

`Explainer.explain` is pure over a model and the examples: the command line prints what it gives,
a console may show it (`Explanation.to_json`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot.train.located import Located
from bot.train.nearest import Nearest, Neighbour
from bot.triage import acts, bars, cues, language, urgency
from bot.triage import read as reading
from bot.triage.encoder import Encoder
from bot.triage.features import Row
from bot.triage.heads import Floats, Heads
from bot.triage.read import Reader, View
from bot.triage.reading import Reading, worse
from bot.triage.text import windows, with_question
from bot.triage.urgency import Scale, opinions, probability

Say = Callable[[str], None]
#: The opinions, as a trainer may call them (bot/triage/urgency.py, in its order).
OPINIONS = tuple(
    f"{head}: {part}, for {label}"
    for head, label in urgency.OPINIONS
    for part in ("fitted on the encoder", "words and letters", "learnt with the encoder")
)


@dataclass(frozen=True)
class Bar:
    """A threshold: what reaches it, how high it is, what was reached."""

    name: str
    bar: float
    score: float

    @property
    def reached(self) -> bool:
        """Whether the score is as high as the bar."""
        return self.score >= self.bar


@dataclass(frozen=True)
class Fired:
    """A rule or a cue of the model: the words that show it, and the danger it raises to."""

    cue: str
    rule: str  # the rule's name in cues.yml, "" where the model says so
    words: str
    danger: str
    meaning: str = ""


@dataclass(frozen=True)
class Explanation:
    """All that a trainer may ask about one reading."""

    text: str
    asked: str | None
    reading: Reading
    place: str  # one of bot/triage/bars.py: which thresholds count
    decided: str  # one sentence: why the danger is what it is
    opinions: tuple[tuple[str, float], ...]  # name, share of the mean that each adds
    bars: tuple[Bar, ...]
    fired: tuple[Fired, ...]
    nearest: tuple[Neighbour, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain dicts, lists, strings and numbers."""
        found = asdict(self)
        found["reading"] = self.reading.to_json()
        found["opinions"] = [{"opinion": name, "score": score} for name, score in self.opinions]
        found["bars"] = [{**asdict(bar), "reached": bar.reached} for bar in self.bars]
        return found


class Explainer:
    """Explains readings of one model beside its training examples; made once."""

    def __init__(
        self, model: Path, rows: Sequence[Located], say: Say,
        reader: Reader | None = None, numbers: Floats | None = None,
    ) -> None:  # fmt: skip
        """`reader`, `numbers`: the model and the rows' embeddings, where the caller has them in
        memory already. Raises BrokenModel or NoHeads, each with one plain sentence."""
        self._reader = reader or Reader(Encoder(), Heads.load(model))
        self._encoder, self._heads = self._reader._encoder, self._reader._heads
        self._nearest = Nearest(rows, self._encoder, say, numbers)
        self._levels = {**reading.DEFAULTS, **self._heads.decisions}
        self._scale = Scale.of(self._levels.get("scale"))

    def explain(self, text: str, asked: str | None = None) -> Explanation:
        """How `text` is read where the question `asked` is open (None: as a first message)."""
        read = self._reader.read(text, asked)
        pieces = windows(text.strip() or reading.EMPTY)
        embedded = self._encoder.embed(pieces)
        views = self._views(pieces, embedded)
        place = bars.where(text, asked, told=False, act=acts.by_words(text, asked))
        heard = self._views([with_question(piece, asked) for piece in pieces])
        scores = self._reader.danger_of(place, views, heard)
        worst = max(range(len(views)), key=lambda at: scores[at][0])
        now, near = scores[worst][0], max(score[1] for score in scores)
        shown = _shown(bars.bars_of(place, self._levels), now, near)
        rules, raised = _rules(text, read)
        model = tuple(Fired(c.name, "", c.words, "none") for c in read.cues if c.source == "model")
        return Explanation(
            text, asked, read, place, _decided(read, rules, raised, shown),
            self._opinions(views[worst]), shown, rules + model,
            tuple(self._nearest.find(embedded[worst])),
        )  # fmt: skip

    def _views(self, texts: Sequence[str], embedded: Floats | None = None) -> list[View]:
        numbers = self._encoder.embed(texts) if embedded is None else embedded
        return list(zip(self._heads.scaled(numbers), self._heads.ngrams.rows(texts), strict=True))

    def _opinions(self, view: tuple[Floats, Row]) -> tuple[tuple[str, float], ...]:
        """Each opinion alone as the probability that all together would then make."""
        said = opinions(self._heads, *view)
        spread = zip(said, self._scale.means, self._scale.spreads, strict=True)
        even = [(one - mean) / by for one, mean, by in spread]
        alone = [
            probability([m + e * s for m, s in zip(self._scale.means, self._scale.spreads,
                                                   strict=True)], self._scale)
            for e in even
        ]  # fmt: skip
        return tuple(zip(OPINIONS, (round(one, 4) for one in alone), strict=True))


def _shown(needed: bars.Bars, now: float, near: float) -> tuple[Bar, ...]:
    """The bars that a message of this place can reach, beside what it reached."""
    every = (
        Bar("now", needed.now, round(now, 4)),
        Bar("check", needed.check, round(near, 4)),
    )
    return tuple(one for one in every if one.bar < bars.NEVER)


def _rules(text: str, read: Reading) -> tuple[tuple[Fired, ...], str]:
    """The rules that fired with their words, and the danger that they raise to."""
    found = cues.find_all(text)
    if read.act == "retract":
        found = found + cues.find_all(acts.beside_retraction(text))
    fired = [Fired(one.rule.cue, one.rule.name, one.words, one.rule.danger) for one in found]
    danger, _, _ = language.danger_words(text)
    if read.language != "en":
        # What the heads cannot read is asked about, never passed over.
        foreign = [cue for cue in read.cues if cue.source == "rule" and cue.meaning]
        fired += [
            Fired(one.name, "languages.yml", one.words, danger, one.meaning) for one in foreign
        ]
        return tuple(dict.fromkeys(fired)), worse(worse(danger, "check"), cues.danger_of(found))
    return tuple(dict.fromkeys(fired)), cues.danger_of(found)


def level(bars: Sequence[Bar]) -> str:
    """What the heads alone say: the highest bar that was reached."""
    reached = [bar.name for bar in bars if bar.reached]
    return "now" if "now" in reached else "check" if reached else "none"


def _decided(read: Reading, rules: Sequence[Fired], raised: str, bars: Sequence[Bar]) -> str:
    if read.failed:
        return "The message could not be read, so it is asked about."
    if read.danger == "none":
        return "No rule fired and no threshold was reached."
    if raised == read.danger:
        named = [one.rule for one in rules if one.danger == raised and one.rule]
        who = f"the rule {', '.join(dict.fromkeys(named))}" if named else "its language"
        also = ", and the model says so too" if level(bars) == read.danger else ""
        return f"It is {read.danger} because of {who}{also}."
    if raised == "now" and level(bars) != "check":
        named = [one.rule for one in rules if one.danger == raised and one.rule]
        who = f"the rule {', '.join(dict.fromkeys(named))}" if named else "its language"
        return f"{who[0].upper()}{who[1:]} says now, the model calls it calm: so it is asked about."
    bar = next(one for one in bars if one.reached)
    return f"It is {read.danger} because {bar.score:.2f} is at or over the threshold {bar.bar:.2f}."
