"""What happened outside Greater Manchester: the right force is named, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.extract.places import force_of, gazetteer
from tests.actions.conftest import Chat

MAKE = Callable[..., Chat]


@pytest.mark.parametrize(
    ("told", "force"),
    [
        ("it was in Penketh, Warrington", "Cheshire Constabulary"),
        ("Rawtenstall, by the market", "Lancashire Constabulary"),
        ("hebden bridge", "West Yorkshire Police"),
        ("near Glossop", "Derbyshire Constabulary"),
    ],
)
def test_the_force_of_the_place_is_named_once(chat: MAKE, told: str, force: str) -> None:
    c = chat()
    c("my caravan was stolen from a storage yard last week", type="theft")
    said = "\n".join(c(told))
    assert force in said
    assert "101" in said
    assert "?" not in said
    assert force not in "\n".join(c("it is white, an Elddis, worth six thousand"))


def test_who_goes_on_makes_the_report_here(chat: MAKE) -> None:
    c = chat()
    c("my caravan was stolen from a storage yard last week", type="theft")
    c("it was in Penketh, Warrington")
    said = c("a white Elddis caravan, please take it here", type="theft")
    assert c.draft["stage"] == "report"
    assert c.draft["details"]["location"]["value"]["in_gm"] is False
    assert "?" in "\n".join(said)


@pytest.mark.parametrize(
    "told", ["Chester Road in Stretford", "outside the Leeds Building Society"]
)
def test_a_name_of_a_town_in_another_name_sends_nobody_away(chat: MAKE, told: str) -> None:
    c = chat()
    c("my bike was stolen from outside a shop yesterday", type="bike_theft")
    assert "That is the area of" not in "\n".join(c(told))


def test_whoever_may_be_at_risk_is_never_sent_on(chat: MAKE) -> None:
    c = chat(protected=True)
    c("my ex keeps turning up and following me", type="stalking")
    assert "That is the area of" not in "\n".join(c("in Warrington"))


def test_every_place_outside_has_its_force() -> None:
    outside = [place for place in gazetteer().places.values() if place.inside is False]
    assert len(outside) > 50
    assert all(force_of(place.name) for place in outside)
