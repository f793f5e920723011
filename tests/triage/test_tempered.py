"""What a rule raises to, beside what the heads say of a first message."""

from __future__ import annotations

import pytest

from bot.triage.read import Reader


@pytest.mark.parametrize(
    ("rule", "score", "answer", "wanted"),
    [
        ("now", 0.9, False, "now"),
        ("now", 0.3, False, "now"),  # not calm: the rule stands
        ("now", 0.1, False, "check"),  # calm: asked about, never passed over
        ("now", 0.0, False, "check"),
        ("check", 0.1, False, "check"),
        ("check", 0.01, False, "none"),  # calmer than half of all that are no emergency
        ("now", 0.0, True, "now"),  # in the middle of a chat a rule stands as it is
        ("check", 0.0, True, "check"),
        ("none", 0.0, False, "none"),
    ],
)
def test_a_rule_is_tempered_only_where_the_heads_are_calm(
    reader: Reader,
    monkeypatch: pytest.MonkeyPatch,
    rule: str,
    score: float,
    answer: bool,
    wanted: str,
) -> None:
    levels = {**reader._decisions, "now": 0.5, "check": 0.2, "calm": 0.05}
    monkeypatch.setattr(reader, "_decisions", levels)
    assert reader._tempered(rule, score, answer) == wanted
