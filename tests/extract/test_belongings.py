"""What was taken, and what is only where it was, what it cost or what somebody wore."""

from __future__ import annotations

import time

import pytest

from bot.extract import people, property


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("50 quid out of my handbag", ["50 quid"]),
        ("she sent four and a half grand to him", ["four and a half grand"]),
        ("purse, black, twenty pounds in it and my blue badge",
         ["purse, black", "twenty pounds", "blue badge"]),
        ("leather gloves, cost me forty quid", ["gloves"]),
        ("two grand of tools", ["tools"]),
        ("camera from the car", ["camera"]),
        ("kettle off the table", ["kettle"]),
        ("pair of adidas trainers", ["pair of adidas trainers"]),
        ("a trumpet and six hanging baskets", ["trumpet", "hanging baskets"]),
        ("my umbrella", ["umbrella"]),
    ],
)  # fmt: skip
def test_things_and_sums(text: str, said: list[str]) -> None:
    """A sum that was taken is a thing; a price, a place and a make beside its thing are not."""
    found = [s.said for s in property.spans(text, True)]
    assert len(found) == len(said)
    assert all(w in f for w, f in zip(said, found, strict=True))


def test_the_sum_keeps_its_words_and_its_value() -> None:
    """What was said stands beside what it means."""
    (found,) = property.spans("he conned me out of eighteen hundred pounds", True)
    assert found.said == "eighteen hundred pounds" and found.value["value_gbp"] == 1800


def test_clothes_that_somebody_wore_were_not_taken() -> None:
    """Only what is the writer's own counts unless it was asked for."""
    found = property.spans("a lad in a grey hoodie took my phone")
    assert [s.value["kind"] for s in found] == ["phone"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a bunch of roadmen outside, all in black", ["a bunch of roadmen"]),
        ("burly doorman with a beard", ["burly doorman"]),
        ("the foreman's daughter did it", ["the foreman's daughter"]),
        ("taxi driver had a lisp", ["taxi driver"]),
        ("slim gent, male, grey suit", ["slim gent"]),
        ("spoke to the officer", []),
        ("the baby is fine", []),
    ],
)
def test_more_people(text: str, said: list[str]) -> None:
    """More words for people; those whom anybody could be describe nobody."""
    found = [s.said for s in people.spans(text)]
    assert len(found) == len(said) and all(
        f.startswith(w) for w, f in zip(said, found, strict=True)
    )


@pytest.mark.parametrize(
    "piece", ["my ", "a bag of ", "two tall lads ", "50 quid ", "a bunch of ", "x"]
)
def test_a_wall_of_text_holds_nothing_up(piece: str) -> None:
    """Two and a half thousand characters, all that is looked at, take no time to speak of."""
    text = (piece * 2500)[:2500]
    begun = time.process_time()
    property.spans(text, True), people.spans(text)
    assert time.process_time() - begun < 2
