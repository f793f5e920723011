"""The gazetteer: places, landmarks and postcode districts of the force's area, with their borough."""

# ruff: noqa: E501 - word lists inside patterns read better whole than broken

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from bot.extract.first_names import KNOWN

FILE = Path(__file__).resolve().parents[2] / "data" / "content" / "places.yml"


@dataclass(frozen=True)
class Place:
    """A named place: `kind` is "area" or "landmark"; `inside` None where it is not known."""

    name: str
    borough: str | None
    kind: str
    inside: bool | None


@dataclass(frozen=True)
class Gazetteer:
    """All places by lower-case spelling, and the postcode districts that tell a borough."""

    places: dict[str, Place]
    districts: dict[str, str]
    areas: frozenset[str]
    first: frozenset[str]
    forces: dict[str, str]  # police force by the key of a place outside

    def get(self, words: str) -> Place | None:
        """The place that `words` name, or None."""
        return self.places.get(_key(words))

    def find(self, text: str) -> Iterator[tuple[int, int, Place]]:
        """Yield start, end and place of each name in `text`, the longest first at each word."""
        words = list(_WORD.finditer(text))
        at = 0
        while at < len(words):
            if _first(words[at].group(0)) not in self.first:
                at += 1
                continue
            for count in range(min(LONGEST, len(words) - at), 0, -1):
                start, end = words[at].start(), words[at + count - 1].end()
                place = self.places.get(_key(text[start:end]))
                if place is not None and not re.search(r"[.,;!?]", text[start:end]):
                    yield start, end, place
                    at += count - 1
                    break
            at += 1


_WORD = re.compile(r"[A-Za-z0-9'\u2019&]+")
LONGEST = 4  # words in the longest name


def _first(word: str) -> str:
    return _key(word).split(" ")[0]


def _key(words: str) -> str:
    return re.sub(r"[\s'\u2019-]+", " ", words.lower()).strip()


# "Chester Road", "the Leeds Building Society" and "Liverpool fans" are not in those towns.
OF_A_NAME = re.compile(
    r"\s+(?:road|rd|street|st|lane|avenue|building society|bank|united|fc|fans?|shirt|accent)\b",
    re.I,
)

_TITLE = re.compile(r"\b(?:mr|mrs|ms|miss|dr|pc|dc)\.? (?:[A-Z][a-z'-]+ )?$", re.IGNORECASE)
_FORENAME = re.compile(r"\b(?P<name>[A-Z][a-z]+) $")


def is_surname(before: str) -> bool:
    """Whether a person's name stands just before a word: "Mrs Maureen Halliwell"."""
    if _TITLE.search(before):
        return True
    found = _FORENAME.search(before)
    return bool(found and found.group("name").lower() in KNOWN)


# Names that are also everyday words: a place only after "in", "at", "near", "from" or alone.
COMMON = frozenset(
    [
        "sale",
        "hale",
        "shaw",
        "lees",
        "hurst",
        "hyde",
        "elton",
        "sudden",
        "reddish",
        "deane",
        "barton",
        "clifton",
        "bury",
        "hollins",
        "healey",
        "hopwood",
        "trinity",
        "town",
        "ince",
        "leigh",
        "denton",
        "marple",
        "mellor",
        "davenport",
        "bradshaw",
        "harwood",
        "lostock",
        "clayton",
        "astley",
        "westwood",
        "heaton",
        "newton",
        "bradford",
        "winton",
        "norden",
        "greenfield",
        "besses",
        "levy",
        "the",
        "rock",
        "mill",
        "gate",
        "pyramid",
    ]
) | {"the rock", "mill gate", "city centre", "high lane", "great moor", "beech hill", "the pyramid"}


@lru_cache(maxsize=1)
def gazetteer(file: Path = FILE) -> Gazetteer:
    """Read the gazetteer once; `file` is YAML in the shape of `data/content/places.yml`."""
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    places: dict[str, Place] = {}
    for borough, names in data["boroughs"].items():
        for name in names:
            # "Heaton Bolton" is Heaton in Bolton: the borough tells two of a name apart
            places[_key(name)] = Place(name, borough, "area", True)
    for name in data["unsure"]:
        places.setdefault(_key(name), Place(name, None, "area", True))
    forces = {_key(name): force for force, names in data["outside"].items() for name in names}
    for name in (name for names in data["outside"].values() for name in names):
        places.setdefault(_key(name), Place(name, None, "area", False))
    for name, borough in data["landmarks"].items():
        places[_key(name)] = Place(name, borough or None, "landmark", True)
    for spelling, name in data["also"].items():
        places[_key(spelling)] = places[_key(name)]
    first = frozenset(key.split()[0] for key in places)
    return Gazetteer(places, data["districts"], frozenset(data["areas"]), first, forces)


def force_of(area: str) -> str | None:
    """The police force of a place outside Greater Manchester, or None where it is not known."""
    return gazetteer().forces.get(_key(area))
