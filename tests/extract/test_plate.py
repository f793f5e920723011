"""Number plates of every format, whole, in part and spelt aloud."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.extract import plate

SPELT = {"K": "kilo", "V": "victor", "R": "romeo", "T": "tango", "L": "lima"}
LETTERS = st.sampled_from("KVRTL")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("red fiesta WR67 OPL turned into Kings Road", "WR67OPL"),
        ("its FD O7 KLM, nissan", "FDO7KLM"),
        ("lad in a civic t38 plo", "T38PLO"),
        ("klr 445k on the jag", "KLR445K"),
        ("private plate is kaz 77", "KAZ77"),
        ("my mg midget, reg is 45 tgh", "45TGH"),
        ("the car, mui 2210, is on my drive", "MUI2210"),
        ("trade plates 128 KP on a transporter", "128KP"),
        ("irish reg 191-D-20456, tipper truck", "191D20456"),
        ("french van AB-345-CD dumped rubbish", "AB345CD"),
        ("romanian lorry B 87 RTY clipped my wing mirror", "B87RTY"),
        ("HGV with polish plates PO 4471K", "PO4471K"),
        ("KV19RTL/KV20RTM both vans", "KV19RTL KV20RTM"),
        ("KV19RTLparked outside", "KV19RTL"),
    ],
)
def test_whole_plates(text: str, values: str) -> None:
    """Each format counts where it is meant, in any case of letters."""
    assert [s.value for s in plate.spans(text)] == values.split()


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("the reg ends in RTF", "RTF"),
        ("number plate ended 4 KLO", "4KLO"),
        ("starts with KV then 19 or 18", "KV"),
        ("all i got was PF68", "PF68"),
        ("plate had a W and a 6 in it", "W 6"),
        ("it was an 09 plate", "09"),
        ("KV19 ???", "KV19???"),
        ("KV?? RTL black merc", "KV??RTL"),
        ("was it KV19 RTL?", "KV19RTL"),
        ("YT something something GHK", "YT GHK"),
        ("reg starts with a K", "K"),
        ("ends in 47 the reg", "47"),
    ],
)
def test_parts_of_plates(text: str, values: str) -> None:
    """What was seen of a plate is kept as it was given."""
    assert [s.value for s in plate.spans(text)] == values.split()


@pytest.mark.parametrize(
    "text",
    ["A57 bus lane has a car on fire", "peugeot 106 GTI nicked", "yamaha MT07 taken",
     "WD40 all over my car", "PC 4471 took my statement about the car", "got 3 in it my car",
     "flat 12B the car park", "car parked on SK14 1AB", "ok?? the car is back",
     "car ended up in a wall", "moped with L plates", "my golf was hit by mike at the hotel"],
)  # fmt: skip
def test_what_only_looks_like_a_plate_is_left(text: str) -> None:
    """Roads, models, officers, postcodes and plain words are no plates."""
    assert plate.spans(text) == []


@given(st.tuples(LETTERS, LETTERS, LETTERS, LETTERS, LETTERS), st.integers(2, 75),
       st.sampled_from(("", " ", "-", "/", ".")))  # fmt: skip
def test_a_plate_is_the_same_in_any_spelling(
    letters: tuple[str, ...], age: int, between: str
) -> None:
    """Typed with any sign between, or in the phonetic alphabet, the value is the same."""
    front, back = "".join(letters[:2]), "".join(letters[2:])
    spoken = " ".join([*(SPELT[x] for x in front), f"{age:02}", *(SPELT[x] for x in back)])
    for said in (f"{front}{between}{age:02}{between}{back}", spoken):
        found = plate.spans(f"a van, {said} it was")
        assert [(s.said, s.value) for s in found] == [(said, f"{front}{age:02}{back}")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("reg is m for mother f for freddie 19 k for kite z for zebra n for nuts", "MF19KZN"),
        ("reg em eff one nine kay zed en", "MF19KZN"),
        ("numbers: november six four one whiskey lima charlie", "N641WLC"),
        ("plate romeo x-ray double five", "RX55"),
    ],
)
def test_plates_spelt_aloud(text: str, value: str) -> None:
    """The alphabet of the radio, of mothers and of school."""
    assert [s.value for s in plate.spans(text)] == [value]


@pytest.mark.parametrize(
    "piece", ["AB12 ", "A1 ", "?", "AB something ", "mike ", "begins with ", "A"]
)
def test_a_wall_of_text_holds_nothing_up(piece: str) -> None:
    """Four thousand characters take no time to speak of."""
    text = (piece * 4000)[:4000]
    begun = time.process_time()
    plate.spans(text)
    assert time.process_time() - begun < 1
