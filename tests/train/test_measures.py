"""The curve, the reliability and the page say what the readings say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bot.train import measures
from bot.train.page import EDGE_FLOORS, FLOORS, parts_of, render, stands
from bot.train.rate import Rate
from bot.train.rivals import Cost, scored
from bot.triage.example import Example
from bot.triage.reading import Reading


def pair(
    label: str, read: str, score: float, danger: str = "none", **more: object
) -> tuple[Example, Reading]:
    one = Example("x", str(more.pop("text", "he is here <b>")), label, None, "none", ("child",))
    one = replace(one, pair=more.pop("pair", None))
    reading = replace(
        Reading.failure("m"), route=read, danger=danger, danger_score=score, confidence=0.9
    )
    return one, reading


ROWS = [
    pair("emergency", "emergency", 0.9, "now"),
    pair("emergency", "advice", 0.3),
    pair("advice", "advice", 0.1),
    pair("advice", "emergency", 0.8, "now"),
    pair("social", "social", 0.0, pair="p1"),
]


def test_the_curve_gives_the_recall_that_a_share_of_alarms_buys() -> None:
    curve = measures.danger_curve(ROWS)
    assert measures.recall_at(curve, 0.0) == 0.5  # the one at 0.9 stands above every other
    assert measures.recall_at(curve, 0.34) == 1.0  # a bar of 0.3 alarms one of three
    assert measures.danger_curve(ROWS[2:]) == []


def test_reliability_compares_what_was_claimed_with_what_was_right() -> None:
    (only,) = measures.reliability(ROWS)
    assert (round(only.claimed, 2), only.right, only.count) == (0.9, 0.6, 5)
    assert round(measures.calibration_error([only]), 2) == 0.3


def test_the_gravest_misses_come_first() -> None:
    assert [what for what, _, _ in measures.worst(ROWS)] == ["not flagged", "alarm"]


def test_a_floor_may_be_a_least_or_a_most() -> None:
    assert stands(Rate("route right", 90, 100), FLOORS) == "floor"
    assert stands(Rate("route right", 85, 100), FLOORS) == "below"
    assert stands(Rate("others flagged now", 1, 100), FLOORS) == "reached"
    assert stands(Rate("others flagged now", 8, 100), EDGE_FLOORS) == "floor"
    assert stands(Rate("cues found", 1, 100), FLOORS) == ""


def test_pairs_have_a_table_and_floors_of_their_own() -> None:
    assert [(len(p.pairs), p.floors is EDGE_FLOORS) for p in parts_of("t", ROWS)] == [
        (4, False),
        (1, True),
    ]


def test_the_page_holds_its_pictures_and_no_words_as_markup(tmp_path: Path) -> None:
    rival = scored("other", [one for one, _ in ROWS], ["emergency"] * 5, Cost(0.01, 2.0, 100.0))
    page = render("Title", ["about"], parts_of("t", ROWS), [rival])
    assert page.count("<svg") == 4 and "http-equiv" not in page
    assert "he is here &lt;b&gt;" in page and "<b>" not in page
    assert "src=" not in page and "<script" not in page
    assert rival.found.hits == 2 and rival.alarms.hits == 3
