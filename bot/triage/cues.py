"""Cue rules: readable patterns with examples, which raise danger and never lower it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from bot.triage.reading import CUES, DANGERS, CueHit, worse
from bot.triage.text import fold

HOME: Final = Path(__file__).resolve().parents[2] / "data" / "triage"
CUE_FILE: Final = HOME / "cues.yml"
_BORDER: Final = re.compile(r"[.!?;\n]")
MOST_HITS: Final = 12  # of one rule in one text: a long rant would fill the handler's card


class BrokenRule(ValueError):
    """A rule that cannot be used, named, with what is wrong with it."""


@dataclass(frozen=True)
class Context:
    """Words that stop a rule: `message` anywhere, else in the sentence of the hit."""

    whole_message: bool
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class Rule:
    """One rule of the file, compiled."""

    name: str
    cue: str
    danger: str
    pattern: re.Pattern[str]
    unless: tuple[str, ...]
    must: tuple[str, ...]
    must_not: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """A rule that fired, and on which words."""

    rule: Rule
    words: str


@dataclass(frozen=True)
class CueRules:
    """All rules with their contexts."""

    rules: tuple[Rule, ...]
    contexts: dict[str, Context]

    def find(self, text: str) -> list[Found]:
        """Every rule that fires, each at its first hits outside its contexts."""
        folded = fold_lines(text)
        stopped = {
            name
            for name, one in self.contexts.items()
            if one.whole_message and one.pattern.search(folded)
        }
        found: list[Found] = []
        for rule in self.rules:
            if stopped.intersection(rule.unless):
                continue
            hit = self._hit(rule, folded)
            if hit:
                found.append(Found(rule, hit))
        return found

    def _hit(self, rule: Rule, folded: str) -> str | None:
        local = [self.contexts[name] for name in rule.unless]
        local = [one for one in local if not one.whole_message]
        for count, hit in enumerate(rule.pattern.finditer(folded)):
            sentence = sentence_of(folded, hit.start(), hit.end())
            if not any(one.pattern.search(sentence) for one in local):
                return hit.group().strip()
            if count >= MOST_HITS:
                break
        return None


def fold_lines(text: str) -> str:
    """Folded text in which an end of line is an end of sentence."""
    return fold(text.replace("\n", " ; "))


def sentence_of(folded: str, start: int, end: int) -> str:
    """The sentence around a hit."""
    before = max((m.end() for m in _BORDER.finditer(folded, 0, start)), default=0)
    after = _BORDER.search(folded, end)
    return folded[before : after.start() if after else len(folded)]


def danger_of(found: list[Found]) -> str:
    """The highest danger that the rules raise to."""
    danger = "none"
    for one in found:
        danger = worse(danger, one.rule.danger)
    return danger


def hits(found: list[Found]) -> list[CueHit]:
    """The cues of the rules that fired."""
    return [CueHit(one.rule.cue, one.words, "rule") for one in found]


@cache
def load(path: Path = CUE_FILE) -> CueRules:
    """Read and compile the file. Raises BrokenRule naming the rule."""
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    groups: dict[str, str] = content["words"]
    contexts = {
        name: Context(given["where"] == "message", _compile(name, given["patterns"], groups))
        for name, given in content["contexts"].items()
    }
    return CueRules(
        tuple(_rule(given, groups, contexts) for given in content["cue_rules"]), contexts
    )


def _rule(given: dict[str, Any], groups: dict[str, str], contexts: dict[str, Context]) -> Rule:
    name = given["name"]
    if given["cue"] not in CUES or given["danger"] not in DANGERS:
        raise BrokenRule(f"Rule {name}: its cue or its danger is not one of ours.")
    if not given.get("must") or not given.get("must_not"):
        raise BrokenRule(f"Rule {name}: it needs messages under both must and must_not.")
    unless = tuple(given.get("unless", ()))
    if set(unless) - contexts.keys():
        raise BrokenRule(f"Rule {name}: no such context: {sorted(set(unless) - contexts.keys())}.")
    return Rule(
        name,
        given["cue"],
        given["danger"],
        _compile(name, given["patterns"], groups),
        unless,
        tuple(str(one) for one in given["must"]),
        tuple(str(one) for one in given["must_not"]),
    )


def _compile(name: str, patterns: list[str], groups: dict[str, str]) -> re.Pattern[str]:
    joined = "|".join(f"(?:{one})" for one in patterns)
    for group, words in groups.items():
        joined = joined.replace("{" + group + "}", words)
    try:
        return re.compile(rf"(?<!\w)(?:{joined})(?!\w)")
    except re.error as error:
        raise BrokenRule(f"Rule {name}: {error}") from error


def find_all(text: str) -> list[Found]:
    """Every rule of the file that fires on the text."""
    return load().find(text)
