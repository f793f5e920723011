"""Where words stand: what meets what, and what is taken out without moving the rest."""

from datetime import datetime, timezone

import pytest

from bot.extract import denied
from bot.extract.span import Span, blanked, meets
from bot.extract.spans import spans

NOW = datetime(2026, 11, 22, 14, 30, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [(0, 4, False), (4, 6, True), (5, 7, True), (8, 9, True), (9, 12, False), (0, 20, True)],
)
def test_what_shares_a_letter_meets(start, end, expected):
    assert meets(start, end, [Span(5, 9, "word", None)]) is expected


def test_nothing_moves_when_places_are_blanked():
    text = "ring 0161 496 0000 or come to 9 Hulme St"
    kept = blanked(text, [(5, 18)])
    assert len(kept) == len(text) and kept.index("come") == text.index("come")
    assert blanked(text, []) == text


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("ring 07700 900123 about 9am on Friday", "contact_phone", ["07700 900123"]),
        ("reg MA19 XKT not MA18 XKT", "vehicle_reg", ["MA19 XKT", "MA18 XKT"]),
        (
            "they took my laptop, a watch and my bike",
            "property",
            ["my laptop, a watch and my bike"],
        ),
        ("my red bike was stolen", "property", ["red bike"]),
        ("they took five legs of lamb", "property", ["five legs of lamb"]),
    ],
)
def test_each_thing_told_is_found_once(text, name, said):
    assert [one.said for one in spans(text, NOW)[name]] == said


def test_what_is_ruled_out_is_read_no_more():
    text = "it was Thursday not Friday"
    rest = denied.blanked(text, denied.find(text, NOW))
    assert len(rest) == len(text) and "Thursday" in rest and "Friday" not in rest
