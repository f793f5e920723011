"""Every rule fires on what it must and on nothing that it must not."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.triage import cues

RULES = cues.load().rules


def _names(text: str) -> set[str]:
    return {found.rule.name for found in cues.find_all(text)}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_fires_on_each_must_and_on_no_must_not(rule: cues.Rule) -> None:
    assert [text for text in rule.must if rule.name not in _names(text)] == []
    assert [text for text in rule.must_not if rule.name in _names(text)] == []


@pytest.mark.parametrize("word", ["help", "knife", "bleeding", "fire", "Help!!", "FIRE", "hlep"])
def test_one_danger_word_alone_is_danger_now(word: str) -> None:
    assert cues.danger_of(cues.find_all(word)) == "now"


def test_a_curly_apostrophe_and_an_invisible_sign_hide_nothing() -> None:
    assert cues.danger_of(cues.find_all("he\u2019s got a kn\u200bife")) == "now"


def test_a_past_sentence_does_not_quieten_the_next_one() -> None:
    text = "My shed was done last week. Now someone is breaking in"
    assert cues.danger_of(cues.find_all(text)) == "now"


def test_a_rule_without_examples_is_refused_by_name(tmp_path: Path) -> None:
    bad = tmp_path / "cues.yml"
    bad.write_text(
        "words: {}\ncontexts: {}\ncue_rules:\n"
        "- {name: lonely, cue: fire, danger: now, patterns: [fire], must: [fire]}\n"
    )
    with pytest.raises(cues.BrokenRule, match="lonely"):
        cues.load(bad)
