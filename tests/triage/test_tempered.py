"""What a rule raises to, beside what the heads say of a first message."""

from __future__ import annotations

import pytest

from bot.triage.read import Reader


@pytest.mark.parametrize(
    ("rule", "score", "wanted"),
    [
        ("now", 0.9, "now"),
        ("now", 0.3, "now"),  # not calm: the rule stands
        ("now", 0.1, "check"),  # calm: asked about, never passed over
        ("now", 0.0, "check"),
        ("check", 0.1, "check"),
        ("check", 0.0, "check"),
        ("none", 0.0, "none"),
    ],
)
def test_a_rule_is_tempered_only_where_the_heads_are_calm(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, rule: str, score: float, wanted: str
) -> None:
    monkeypatch.setattr(reader, "_decisions", {**reader._decisions, "now": 0.5, "check": 0.2})
    assert reader._tempered(rule, score) == wanted


def test_in_the_middle_of_a_chat_a_rule_stands_as_it_is(reader: Reader) -> None:
    """However calm the heads are there."""
    for asked in ("when", "suspect_description", "location"):
        assert reader.read("he's outside with a knife", asked).danger == "now"
    assert reader.read("he's outside with a knife", None, ["my bike was stolen"]).danger == "now"
