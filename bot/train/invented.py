"""Invented values of the same shape, for what a scrubbed example must not hold.

Numbers are of the ranges that Ofcom keeps free for drama (07700 900xxx, 0161 496 0xxx); a made
postcode ends in two letters that no postcode has; names are from a short list.
"""

from __future__ import annotations

import hashlib
import random
import re
from typing import Final

FORENAMES: Final = (
    "Sam", "Alex", "Jo", "Chris", "Robin", "Ashley", "Jamie", "Lee", "Terry", "Morgan",
    "Noor", "Kiran",
)  # fmt: skip
SURNAMES: Final = ("Barlow", "Hulton", "Marsden", "Tetlow", "Ashworth", "Rigby", "Patel", "Khan")
STREETS: Final = ("Example", "Sampleford", "Mockley", "Invented", "Testwood")
#: Letters that the last two of a postcode never are.
NO_INWARD: Final = "CIKMOV"
_VOWELS_LEFT_OUT: Final = "BCDFGHJKLMNPRSTVWXY"


class Inventor:
    """Gives each value one invented value, the same every time within one text or chat."""

    def __init__(self, seed: str) -> None:
        # The same text gives the same values: a second run shows the same words.
        self._random = random.Random(hashlib.sha256(seed.encode()).hexdigest())
        self._given: dict[tuple[str, str], str] = {}
        #: Every value that was made, as it stands in the new text.
        self.made: list[str] = []

    def make(self, kind: str, said: str) -> str:
        """The invented value in place of `said`."""
        key = (kind, re.sub(r"\W", "", said).casefold())
        if key not in self._given:
            self._given[key] = getattr(self, f"_{kind}", self._number)(said)
        self.made.append(self._given[key])
        return self._given[key]

    def _phone(self, said: str) -> str:
        last = f"{self._random.randrange(1000):03}"
        spoken = bool(re.search(r"[a-z]{3}", said))
        mobile = spoken or bool(re.match(r"\D*(?:(?:\+|00)44\D*(?:0\D*)?|0)?7", said))
        digits = f"07700900{last}" if mobile else f"01614960{last}"
        if spoken:
            return digits  # digits will do for words
        if said.lstrip().startswith(("+", "(+")):
            digits = "44" + digits[1:]
        return _into(said, digits) or f"{digits[:5]} {digits[5:]}"

    def _email(self, said: str) -> str:
        name = self._random.choice(FORENAMES).lower()
        return f"{name}.{self._random.choice(SURNAMES).lower()}@example.com"

    def _handle(self, said: str) -> str:
        return f"@{self._random.choice(FORENAMES).lower()}_example"

    def _link(self, said: str) -> str:
        return "example.com"

    def _name(self, said: str) -> str:
        words = said.split()
        given = f"{self._random.choice(FORENAMES)} {self._random.choice(SURNAMES)}"
        name = given if len(words) > 1 else given.partition(" ")[0]
        return name.lower() if said.islower() else name.upper() if said.isupper() else name

    def _surname(self, said: str) -> str:
        name = self._random.choice(SURNAMES)
        return name.lower() if said.islower() else name

    def _plate(self, said: str) -> str:
        return self._shape(said)

    def _postcode(self, said: str) -> str:
        inward = "".join(self._random.choice(NO_INWARD) for _ in range(2))
        made = said[:-3] + str(self._random.randrange(1, 10)) + inward
        return made.lower() if said.islower() else made

    def _address(self, said: str) -> str:
        """Another number and another street: "14 Beech Road" becomes "63 Mockley Road"."""
        kind = said.rpartition(" ")[2]
        street = self._random.choice(STREETS)
        street = street.lower() if said.islower() else street
        flat = re.match(r"(?i)(flat )\d+[a-z]?,? ", said)
        number = str(self._random.randrange(2, 99))
        lead = f"{flat.group(1)}{self._random.randrange(2, 20)}, " if flat else ""
        return f"{lead}{number} {street} {kind}"

    def _place(self, said: str) -> str:
        return "///invented.place.here" if said.startswith("///") else self._number(said)

    def _birth(self, said: str) -> str:
        made = re.sub(r"(?:19|20)\d\d", lambda _: str(self._random.randrange(1950, 1999)), said)
        return re.sub(r"^\d{1,2}", lambda one: str(self._random.randrange(1, 28)).zfill(
            len(one.group())), made)  # fmt: skip

    def _reference(self, said: str) -> str:
        """Digits and single letters change; CRI, GM and the like stay, as they tell the kind."""
        return re.sub(r"\d", lambda _: str(self._random.randrange(10)), said)

    def _ni(self, said: str) -> str:
        # QQ is never given out.
        made = "QQ" + re.sub(r"\d", lambda _: str(self._random.randrange(10)), said[2:])
        return made.lower() if said.islower() else made

    def _card(self, said: str) -> str:
        return _into(said, "4000" + "0" * (sum(map(str.isdigit, said)) - 4)) or "4000"

    def _number(self, said: str) -> str:
        return re.sub(r"\d", lambda _: str(self._random.randrange(10)), said)

    def _shape(self, said: str) -> str:
        """Letters for letters, digits for digits."""
        made = ""
        for sign in said:
            if sign.isdigit():
                made += str(self._random.randrange(1, 10))
            elif sign.isalpha():
                letter = self._random.choice(_VOWELS_LEFT_OUT)
                made += letter.lower() if sign.islower() else letter
            else:
                made += sign
        return made


def _into(said: str, digits: str) -> str | None:
    """The digits in the places of those of `said`, or None where the count differs."""
    if sum(map(str.isdigit, said)) != len(digits):
        return None
    left = iter(digits)
    return "".join(next(left) if sign.isdigit() else sign for sign in said)
