"""Places: parts in standard spelling, a borough only where it is known."""

from __future__ import annotations

import pytest

from bot.content import force
from bot.extract import where
from bot.extract.places import gazetteer


@pytest.mark.parametrize(
    ("text", "part", "value"),
    [
        ("my bike was taken from m145rr", "postcode", "M14 5RR"),
        ("0L9 6AA", "postcode", "OL9 6AA"),
        ("12 Station rd, SK8 7AB", "road", "12 Station Road"),
        ("corner of Oxford Road and Hathersage Road", "junction_with", "Hathersage Road"),
        ("M60 anticlockwise j25", "junction_with", "J25"),
        ("outside the asda in hulme", "borough", "Manchester"),
        ("levenshume", "area", "Levenshulme"),
        ("ashton in makerfield", "borough", "Wigan"),
        ("somewhere near Rossendale", "in_gm", False),
        ("it was in town", "area", "Manchester city centre"),
        ("///mill.brew.lane", "landmark", "///mill.brew.lane"),
    ],
)
def test_part(text: str, part: str, value: object) -> None:
    """Each part of a place is found in what people type."""
    found = where.find(text)
    assert found is not None and found.value()[part] == value


@pytest.mark.parametrize("text", ["someone hit me", "all of a sudden", "it was on sale", "hello"])
def test_ordinary_words_are_no_places(text: str) -> None:
    """Sudden and Sale are places in other sentences."""
    assert where.find(text) is None


def test_the_boroughs_of_the_gazetteer_are_those_of_the_force() -> None:
    """Nobody is sent to a borough that does not exist; there are at least 200 places."""
    named = {p.borough for p in gazetteer().places.values() if p.borough}
    assert named == set(force.get().boroughs)
    assert len(gazetteer().places) >= 200


@pytest.mark.parametrize(
    "text", ["Mrs Maureen Halliwell, 0161 496 0148", "Colin Whitworth, ring after six", "mrs bury"]
)
def test_a_surname_is_no_place(text: str) -> None:
    assert where.find(text) is None


def test_a_place_beside_a_name_is_one() -> None:
    found = where.find("it was at Sarah's in Denton")
    assert found is not None and found.area == "Denton"
