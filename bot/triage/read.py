"""One reading of a message: encoder, heads, rules, language, put together.

The heads propose, the rules raise. Nothing here lowers what a rule or a head raised.
"""

from __future__ import annotations

import hashlib
import logging
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from bot.triage import acts, bars, cues, language
from bot.triage.encoder import Encoder, Floats
from bot.triage.features import Row
from bot.triage.heads import NOT_OWN, Heads
from bot.triage.kinds import settled
from bot.triage.reading import CueHit, Reading, worse
from bot.triage.text import windows, with_question, words
from bot.triage.urgency import Scale, nearness, opinions, probability

ROOT: Final = Path(__file__).resolve().parents[2]
HOME: Final = ROOT / "models" / "triage"
# Thresholds until `python -m bot.train.fit --choose` has written better ones.
DEFAULTS: Final[dict[str, Any]] = {
    "now": 0.5,
    "check": 0.2,
    "cue": 0.5,
    "cues": {},
    "answer": {"now": 0.6, "check": 0.5},
}
JOINED: Final = 3  # sends that may be one thought
KEPT: Final = 4096  # embeddings kept: 1.5 kB each, the last sends of a thousand chats
ANSWER_CUE: Final = 0.7
# A later message whose own subject is unclear goes on with what was said before, where the two
# together are clear.
CLEAR: Final = 0.6
TOGETHER: Final = 0.9
# How much the context counts against what one message says alone. Emergencies told after a calm
# report (361 of the development messages, set behind four reports): with .5 and neither of the
# next two 14.4 % were passed over, so 6.6 %; others alarmed 6.4 % instead of 4.8 % of 498 turns.
OF_LATER: Final = 0.3
OF_LATER_NEAR: Final = 0.5
ALONE_NOW: Final = 0.9  # stands, whatever was told before
ALONE_ASK: Final = 0.6  # is asked about at least
OF_ANSWER: Final = 0.3
BORNE_OUT: Final = 0.1  # of a cue, read with what was told before
TOLD_WORDS: Final = 8  # an answer of fewer words is read by itself
VAGUE: Final = "general_advice"
NO_SUBJECT: Final = (None, "unclear_or_abusive")
SUBJECT: Final = 0.5
OPENERS: Final = 2  # sends that may be a greeting and no more
SURE_OWN: Final = 0.8  # a trainer's own intent takes a message from its route only when sure
EMPTY: Final = "…"  # stands for a message without a letter, which the encoder cannot take

View = tuple[Floats, Row]
Scores = tuple[float, float]  # how surely `now`, how surely near enough to ask

log = logging.getLogger(__name__)


class Reader:
    """Reads messages; made once, safe to use from several threads."""

    def __init__(self, encoder: Encoder, heads: Heads) -> None:
        self._encoder = encoder
        self._heads = heads
        self._decisions = {**DEFAULTS, **heads.decisions}
        self._now = float(self._decisions["now"])
        self._scale = Scale.of(self._decisions.get("scale"))
        self.fingerprint = f"{encoder.fingerprint}-{heads.fingerprint}"
        self._embedded: dict[bytes, Floats] = {}
        cues.load()
        language.foreign_words()

    @classmethod
    def load(cls, model_dir: Path | None = None) -> Reader:
        """Encoder and heads from disk; None: `models/triage`.

        Raises BrokenModel or NoHeads, each with one plain sentence.
        """
        encoder, heads = Encoder(), Heads.load(model_dir or HOME)
        if heads.encoder != encoder.fingerprint:
            log.warning("the heads were fitted on another encoder: run make train")
        return cls(encoder, heads)

    def read(self, text: str, asked: str | None = None, recent: Sequence[str] = ()) -> Reading:
        """Never raises: a message that cannot be read is `check` with `failed`.

        `recent`: the person's last sends, oldest first, without this one.
        """
        try:
            return self._read(text, asked, recent)
        except Exception:
            # No words of the person may reach the log.
            log.error("a message of %d characters could not be read", len(text))
            return Reading.failure(self.fingerprint)

    def _read(self, text: str, asked: str | None, recent: Sequence[str]) -> Reading:
        pieces = windows(text.strip() or EMPTY)
        before = " ".join(recent[-JOINED:])
        tails = [windows(before)[-1], windows(f"{before} {text}")[-1]] if before else []
        heard = [with_question(piece, asked) for piece in pieces] if asked else []
        read = [*pieces, *tails, *heard]
        embedded = self._heads.scaled(self._embed(read))
        rows = self._heads.ngrams.rows(read)
        views = list(zip(embedded, rows, strict=True))
        own = views[: len(pieces)]
        answered = views[-len(pieces) :] if heard else own

        rule_danger, rule_hits, tongue = _rules(text)
        if before:
            more, hits = _news(text, before, {hit.name for hit in rule_hits})
            rule_danger, rule_hits = worse(rule_danger, more), rule_hits + hits
        act = plain = acts.by_words(text, asked)
        if act == "retract":
            # "Ignore me, he has a knife": the context that stills rules covers the first part only.
            more, hits, _ = _rules(acts.beside_retraction(text))
            rule_danger, rule_hits = worse(rule_danger, more), rule_hits + hits
        if act is None and asked is not None:
            act = acts.by_head(self._scores("act", answered[0]), asked)
        subject = len(recent) > OPENERS or (bool(tails) and self._tells(views[len(pieces)]))
        place = bars.where(text, asked, subject, plain)
        answer = place in bars.ANSWERS
        found = self.danger_of(place, own, answered)
        now, near = _worst(found)
        if tails:
            told = [self.danger_scores(view) for view in views[len(pieces) : len(pieces) + 2]]
            now, near = self._in_context(text, place, (now, near), told)
        needed = bars.bars_of(place, self._decisions)
        if place == bars.FIRST and len(pieces) == 1:
            rule_danger = self._tempered(rule_danger, near)
        danger = worse(_with_act(needed.level(now, near), act), rule_danger)
        worst = max(range(len(own)), key=lambda at: found[at])
        route, routes = self._route(own[worst if danger != "none" else 0], danger)
        kind, kinds = self._type(own[worst if danger != "none" else 0], route)
        if tails and not answer and danger == "none":
            route, routes, kind, kinds = self._goes_on(
                views[len(pieces) + 1], route, routes, kind, kinds
            )
        cue_hits = self._cues(own, {hit.name for hit in rule_hits}, ANSWER_CUE if answer else 0)
        if tails and place == bars.LATER:
            cue_hits = self._borne_out(cue_hits, views[len(pieces) + 1])
        kind, kinds = settled(
            kind, kinds, rule_hits, cue_hits, calm=danger == "none", answer=answer
        )
        return Reading(
            act=act,
            route=route,
            route_scores=routes,
            type=kind,
            type_scores=kinds,
            danger=danger,
            danger_score=round(max(now, self._decisions.get(rule_danger, 0.0)), 4),
            cues=tuple(rule_hits if bars.says_little(text, place) else rule_hits + cue_hits),
            language=tongue,
            confidence=round(routes.get(route, 0.0), 4),
            model=self.fingerprint,
            intent=self._own_intent(own[0]) if danger == "none" and not rule_hits else None,
        )

    def _embed(self, texts: Sequence[str]) -> Floats:
        """Embeddings of texts; what a person said before was embedded when it was new.

        Kept under a hash, so that no words stay in memory.
        """
        keys = [hashlib.sha256(text.encode("utf-8", "replace")).digest() for text in texts]
        new = {k: t for k, t in zip(keys, texts, strict=True) if k not in self._embedded}
        if new:
            made = self._encoder.embed(list(new.values()))
            self._embedded |= dict(zip(new, made, strict=True))
        found = np.stack([self._embedded[key] for key in keys])
        while len(self._embedded) > KEPT:
            self._embedded.pop(next(iter(self._embedded)), None)
        return found

    def _own_intent(self, view: tuple[Floats, Row]) -> str | None:
        """An intent that a trainer added; never where anything sounds like danger."""
        scores = self._scores("own", view)
        best = max(scores, key=lambda name: scores[name], default=NOT_OWN)
        return best if best != NOT_OWN and scores[best] >= SURE_OWN else None

    def _in_context(self, text: str, place: str, own: Scores, told: Sequence[Scores]) -> Scores:
        """A message beside what was told before: `told` is that alone, then both joined.

        "And my spare is in a drawer by the front door" alone sounds like a call for help; after
        a question about keyless cars it does not. What only the sends together show counts too.
        Old danger is not raised again by calm words, and says nothing of new ones.
        """
        old, joined = told
        if bars.bars_of(bars.FIRST, self._decisions).level(*old) != "none":
            return own
        if place == bars.ANSWER and len(words(text)) >= TOLD_WORDS:
            return _beside(own[0], joined[0], OF_ANSWER), _beside(own[1], joined[1], OF_ANSWER)
        if place in bars.ANSWERS:
            return own
        if place == bars.FIRST:
            return max(own[0], joined[0]), max(own[1], joined[1])
        if own[0] >= ALONE_NOW:
            return own
        now = _beside(own[0], joined[0], OF_LATER)
        near = _beside(own[1], joined[1], OF_LATER_NEAR)
        if own[0] >= ALONE_ASK:
            near = max(near, bars.bars_of(bars.LATER, self._decisions).check)
        return max(now, joined[0]), max(near, joined[1])

    def _tells(self, before: View) -> bool:
        """Whether the sends before were about something: "hello, can I report a thing" is not."""
        route, _ = self._route(before, "none")
        kind, kinds = self._type(before, route)
        return kind not in NO_SUBJECT and kinds[0][1] >= SUBJECT

    def _goes_on(
        self, joined: tuple[Floats, Row], route: str, routes: dict[str, float],
        kind: str | None, kinds: list[tuple[str, float]],
    ) -> tuple[str, dict[str, float], str | None, list[tuple[str, float]]]:  # fmt: skip
        """Route and type with what was said before: "he was rude to me" after a question about
        complaints is no crime report."""
        own = (route, routes, kind, kinds)
        if kind is None or (kind != VAGUE and kinds[0][1] >= CLEAR):
            return own
        other, others = self._route(joined, "none")
        if others.get(other, 0.0) < TOGETHER:
            return own
        return other, others, *self._type(joined, other)

    def _scores(self, name: str, view: tuple[Floats, Row]) -> dict[str, float]:
        if name not in self._heads.heads:
            return {}
        return self._heads.scores(name, *view)

    def danger_scores(self, view: View) -> Scores:
        """Of one window: how surely `now`, and how surely near enough to ask."""
        said = opinions(self._heads, *view)
        return probability(said, self._scale), nearness(said, self._scale)

    def danger_of(self, place: str, own: Sequence[View], answered: Sequence[View]) -> list[Scores]:
        """The danger scores of each window: of an answer, by the head that hears the question."""
        if place not in bars.HEARD or "told" not in self._heads.heads:
            return [self.danger_scores(view) for view in own]
        scores = [self._scores("told", view) for view in answered]
        now = [one.get("now", 0.0) for one in scores]
        return [(p, p + one.get("check", 0.0)) for p, one in zip(now, scores, strict=True)]

    def _tempered(self, rule: str, near: float) -> str:
        """A rule's `now`, of a first message that the heads call calm, is asked about (`check`).

        Of the development messages so lowered none is an emergency. In the middle of a chat, and
        in a text too long to be read at once, a rule stands as it is.
        """
        return "check" if rule == "now" and near < self._decisions["check"] else rule

    def _route(self, view: tuple[Floats, Row], danger: str) -> tuple[str, dict[str, float]]:
        """`emergency` exactly where danger is `now`, else the best of the others."""
        scores = {name: round(one, 4) for name, one in self._scores("route", view).items()}
        if danger == "now":
            return "emergency", scores
        others = {name: one for name, one in scores.items() if name != "emergency"}
        return max(others, key=lambda name: others[name]), scores

    def _type(
        self, view: tuple[Floats, Row], route: str
    ) -> tuple[str | None, list[tuple[str, float]]]:
        if route in ("social", "out_of_scope"):
            return None, []
        scores = self._scores("type", view)
        best = sorted(scores, key=lambda name: -scores[name])
        if route != "emergency":
            best = [name for name in best if not name.startswith("emg_")]
        if route == "human":  # who asks for a person is neither unclear nor abusive
            best = [name for name in best if name != "unclear_or_abusive"]
        top = [(name, round(scores[name], 4)) for name in best[:3]]
        return (top[0][0] if top else None), top

    def _cues(
        self, views: Sequence[tuple[Floats, Row]], known: set[str], least: float
    ) -> list[CueHit]:
        found: dict[str, float] = {}
        for view in views:
            for name, score in self._scores("cue", view).items():
                found[name] = max(found.get(name, 0.0), score)
        level = self._decisions["cues"]
        wanted = [
            name
            for name, score in found.items()
            if name not in known and score >= max(least, level.get(name, self._decisions["cue"]))
        ]
        return [CueHit(name, "", "model") for name in wanted]

    def _borne_out(self, hits: list[CueHit], joined: View) -> list[CueHit]:
        """Cues of a later message that are not wholly gone beside what was told before: "I haven't
        given anything, no" is about a parcel text there, and about an assault alone."""
        scores = self._scores("cue", joined) if hits else {}
        return [hit for hit in hits if scores.get(hit.name, 0.0) >= BORNE_OUT]


def _with_act(level: str, act: str | None) -> str:
    """Two heads that heard the question agree: `check` of an act that is danger is `now`."""
    return "now" if act == "danger" and level == "check" else level


def _beside(own: float, joined: float, share: float) -> float:
    """A chance that the context makes smaller where it speaks against it: means of log odds."""
    if joined >= own:
        return own
    odds = (1 - share) * _odds(own) + share * _odds(joined)
    return 1 / (1 + math.exp(-odds))


def _odds(chance: float) -> float:
    kept = min(max(chance, 1e-4), 1 - 1e-4)
    return math.log(kept / (1 - kept))


def _worst(scores: Sequence[Scores]) -> Scores:
    """The worst of all windows, each number for itself."""
    return max(one[0] for one in scores), max(one[1] for one in scores)


def rule_danger(text: str) -> str:
    """The danger that the rules alone see in a text."""
    return _rules(text)[0]


def _rules(text: str) -> tuple[str, list[CueHit], str]:
    """Danger, cue hits and language, by the rules alone."""
    found = cues.find_all(text)
    foreign, of, hits = language.danger_words(text)
    tongue = language.detect(text)
    if tongue == "en" and of and foreign == "now":
        tongue = of
    if tongue == "en" and foreign != "now":
        foreign, hits = "none", []  # "polis" or "menace" in an English sentence
    if tongue != "en":
        # The heads learnt English: what they cannot read is asked about, never passed over.
        foreign = worse(foreign, "check")
    return worse(cues.danger_of(found), foreign), cues.hits(found) + hits, tongue


def _news(text: str, before: str, known: set[str]) -> tuple[str, list[CueHit]]:
    """Danger that rules find in the joined sends and in neither part alone.

    What the sends before this one already showed has been told and kept: read again with every
    later message, it would make "my bike was stolen yesterday" an emergency.
    """
    old = {rule for rule, _ in _fired(before)} | {rule for rule, _ in _fired(text)}
    joined = f"{before} {text}"
    fresh = [one for rule, one in _fired(joined) if rule not in old]
    found = cues.danger_of(fresh), [hit for hit in cues.hits(fresh) if hit.name not in known]
    if language.detect(joined) == "en":
        return found
    told = {hit.words for part in (before, text) for hit in language.danger_words(part)[2]}
    danger, _, foreign = language.danger_words(joined)
    foreign = [hit for hit in foreign if hit.words not in told]
    return (worse(found[0], danger), found[1] + foreign) if foreign else found


def _fired(text: str) -> list[tuple[str, cues.Found]]:
    return [(one.rule.name, one) for one in cues.find_all(text)]
