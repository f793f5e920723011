"""Phones, names, plates, people, property, money and the small signs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from bot.extract import contact, denied, money, people, plate, property, signs, suspects
from bot.extract.span import Span
from bot.extract.spans import spans

NOW = datetime(2026, 11, 22, 14, 30)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("+44 (0)7700 900 317", "07700900317"),
        ("oh seven seven double oh nine double oh one two three", "07700900123"),
        ("0161 4960733", "01614960733"),
    ],
)
def test_phones_have_eleven_digits(text: str, value: str) -> None:
    """However it is typed, the value is 11 digits from 0."""
    assert [s.value for s in contact.phones(text)] == [value]


@pytest.mark.parametrize("text", ["imei 001017482930155", "07/11/1970", "card 4111 1111 1111 1111"])
def test_other_numbers_are_no_phones(text: str) -> None:
    """Serials, dates and cards are left alone."""
    assert contact.phones(text) == []


@pytest.mark.parametrize(
    ("text", "asked", "name"),
    [
        ("I'm Sam Patel", False, "Sam Patel"),
        ("my name is jo smith", False, "Jo Smith"),
        ("Sam Patel 07700900123", False, "Sam Patel"),
        ("sam patel", True, "Sam Patel"),
        ("I'm scared", False, None),
        ("i'm outside", False, None),
        ("its happening", False, None),
        ("no thanks", True, None),
    ],
)
def test_names(text: str, asked: bool, name: str | None) -> None:
    """Names as people give their own; no feeling and no place is taken for one."""
    found = contact.names(text, asked)
    assert (found[0].value if found else None) == name


def test_a_name_in_a_sentence_is_found_when_it_was_asked_for() -> None:
    """The language model helps where no British way of giving a name fits."""
    found = contact.names("you could put it under David Hughes of our office I suppose", True)
    assert found and "Hughes" in found[0].value


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("blue corsa reg MF19 KZN", ["MF19KZN"]),
        ("car begins MF19 didnt get the rest", ["MF19"]),
        ("stuck on the M60 by junction 12", []),
        ("postcode is SK4 3QT", []),
        ("they nicked a MacBook M2 and an iphone 14", []),
    ],
)
def test_plates(text: str, values: list[str]) -> None:
    """Plates without spaces, partial ones as given, no roads, postcodes or phones."""
    assert [s.value for s in plate.spans(text)] == values


@pytest.mark.parametrize(
    ("text", "pounds"),
    [("£1.2k", 1200), ("forty quid", 40), ("two grand", 2000), ("20 or 30 pounds", 25)],
)
def test_money(text: str, pounds: float) -> None:
    """Sums as said, in pounds."""
    assert [s.value for s in money.spans(text)] == [pounds]


def test_property_needs_words_of_loss_unless_it_was_asked_for() -> None:
    """A phone in the hand is not a stolen phone."""
    assert property.spans("I am on my phone") == []
    assert [s.said for s in property.spans("my phone", True)] == ["phone"]
    found = property.spans("they took my red trek bike worth £400")
    assert found[0].value == {"item": "red trek bike", "kind": "bike", "value_gbp": 400}


def test_people_are_described_by_what_stands_beside_them() -> None:
    """The group with its clauses; "a person" and "the neighbours" describe nobody."""
    found = people.spans("two lads in black hoodies, one with a beard. I went home")
    assert [s.said for s in found] == ["two lads in black hoodies, one with a beard"]
    assert people.spans("can I talk to a person") == []


@pytest.mark.parametrize(
    ("sign", "text", "value"),
    [
        (signs.injury, "no one was hurt", "none"),
        (signs.weapon, "he had a kitchen knife", "a kitchen knife"),
        (signs.evidence, "we've no cctv", "none"),
        (signs.evidence, "caught on cctv", "caught on cctv"),
        (signs.witnesses, "my neighbour saw it", "my neighbour saw it"),
        (signs.anonymous, "i don't want to give my name", True),
        (signs.anonymous, "you can use my name", False),
        (signs.role, "my nan's house has been broken into", "third_party"),
        (signs.role, "i saw a man breaking a window", "witness"),
        (signs.role, "our shed got done", "victim"),
        (signs.hate, "they called me a paki", "race"),
        (signs.hate, "because i'm gay", "sexual_orientation"),
        (signs.hate, "pulled off my hijab", "religion"),
        (signs.hate, "it's not racist or anything", "no"),
        (signs.repeat, "third time this year", "yes"),
        (signs.repeat, "it's the first time", "no"),
    ],
)
def test_sign(sign: Callable[[str], Span | None], text: str, value: object) -> None:
    """Small facts are read from plain words, "none" where there is none."""
    found = sign(text)
    assert found is not None and found.value == value


def test_a_phone_number_is_no_time_and_no_house_number() -> None:
    """What one parser takes is not read again by another."""
    found = spans("07700 900123, Sam Patel", NOW, "contact_details")
    assert set(found) == {"contact_phone", "contact_name"}


@pytest.mark.parametrize(
    ("text", "ruled_out"),
    [
        ("it was thursday not friday", [("when", "friday")]),
        ("the plate was more like DC13 than DG13", [("vehicle_reg", "DG13")]),
        ("sorry i said march, it was february", [("when", "march")]),
        ("not the laptop, it was my ipad", [("property", "laptop")]),
        ("it wasn't outside the Bluebell, it was the rank", [("location", "Bluebell")]),
        ("moped was sunday like i said", []),
        ("i did not see anyone at the bus stop", []),
    ],
)
def test_what_is_ruled_out(text: str, ruled_out: list[tuple[str, str]]) -> None:
    """A value that the person denies is known as such; a plain "not" denies none."""
    assert [(one.name, one.said) for one in denied.find(text, NOW)] == ruled_out


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("lee parker, shop is 0161 496 0172", "Lee Parker"),
        ("ok its Priya Nair by the way, priya.n@example.com", "Priya Nair"),
        ("her name is Beth", None),
        ("the carer's first name is Donna", None),
        ("he lives there. name is Gary dont know his surname", None),
        ("my friend number 07700 900919 he read my messages", None),
        ("I'm Joanne's dad", None),
    ],
)
def test_whose_name_it_is(text: str, name: str | None) -> None:
    """The name beside the number is the writer's, in any case; a name in a story is not."""
    found = contact.names(text)
    assert (found[0].value if found else None) == name


def test_victims_and_witnesses_are_no_suspects() -> None:
    """Kin count only when accused; whoever saw it does not."""
    assert suspects.find("my dad was conned by two men in hi vis")[0].said.startswith("two men")
    assert suspects.find("my mate Sanjay saw the lot") == []
    assert suspects.find("it was my ex")[0].said == "my ex"


def test_a_message_of_denials_holds_nothing_up() -> None:
    """Looking for what is ruled out is bounded."""
    assert len(denied.find("not the " * 600, NOW)) <= denied.MOST
