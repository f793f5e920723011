"""An explanation says what the reading did: the same danger, rules, thresholds, neighbours."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.settings import ROOT
from bot.train.corpus import EVAL, load_rows
from bot.train.explain import Explainer, _rules, level
from bot.train.explain_text import lines
from bot.train.located import Located
from bot.triage import bars
from bot.triage.read import _with_act
from bot.triage.reading import worse
from bot.triage.text import windows


@pytest.fixture(scope="module")
def explainer(heads: Path, some: list[Located]) -> Explainer:
    return Explainer(heads, some, lambda line: None)


def test_rules_and_thresholds_shown_are_those_that_decided(
    explainer: Explainer, some: list[Located]
) -> None:
    """On development messages and on every answer: what is shown gives the danger read."""
    rows = [*load_rows(EVAL / "dev.jsonl")[::3], *(o.example for o in some if not o.example.first)]
    for one in rows:
        found = explainer.explain(one.text, one.asked)
        raised = _rules(one.text, found.reading)[1]
        if found.place == bars.FIRST and len(windows(one.text)) == 1:
            raised = explainer._reader._tempered(raised, found.bars[1].score)
        assert (
            worse(_with_act(level(found.bars), found.reading.act), raised) == found.reading.danger
        ), one.id
        calm = found.decided.startswith("No rule")
        assert (found.reading.danger == "none") == calm, one.id


def test_a_rule_is_named_with_the_words_that_fired_it(explainer: Explainer) -> None:
    found = explainer.explain("hes got a knife and hes outside")
    fired = {(one.rule, one.words) for one in found.fired}
    assert ("weapon in hand", "hes got a knife") in fired
    assert "weapon in hand" in found.decided and found.reading.danger == "now"


def test_words_of_another_language_are_shown_with_their_english(explainer: Explainer) -> None:
    text = "\n".join(lines(explainer.explain("mąż bije mnie pls help")))
    assert 'on "mąż bije" ("husband hits" in English)' in text
    assert text.startswith("language      pl")


def test_the_nearest_example_to_an_example_is_itself(
    explainer: Explainer, some: list[Located]
) -> None:
    for one in [o for o in some if o.example.first and 5 < len(o.example.text.split()) < 40][:10]:
        near = explainer.explain(one.example.text).nearest
        assert len(near) == 5 and near[0].likeness > 0.99
        assert (near[0].id, near[0].file, near[0].line) == (one.example.id, one.file, one.line)
        assert [n.likeness for n in near] == sorted((n.likeness for n in near), reverse=True)
        assert one.example.text.split("\n")[0] in (ROOT / one.file).read_text(encoding="utf-8")


def test_an_answer_has_thresholds_of_its_own(explainer: Explainer) -> None:
    assert explainer.explain("yeah", "injury").place == "short answer"
    assert explainer.explain("yeah").place == "few words, nothing asked"
    assert explainer.explain("the blue one with the long hair", "suspect_description").place == (
        "answer"
    )
    assert explainer.explain("my bike was nicked").place == "first message"


def test_it_is_plain_json_with_all_of_it(explainer: Explainer) -> None:
    found = json.loads(json.dumps(explainer.explain("my bike was nicked").to_json()))
    assert found["reading"]["route"] in found["reading"]["route_scores"]
    assert len(found["opinions"]) == 9 and len(found["nearest"]) == 5
    assert {"name", "bar", "score", "reached"} == set(found["bars"][0])


def test_every_kind_of_text_can_be_explained(explainer: Explainer) -> None:
    for text in ("", "?!", "word " * 2000, "他打我", "🙂"):
        assert list(lines(explainer.explain(text)))
