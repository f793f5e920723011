"""Names of people in a text: beside a title, a relation, a lead-in, or known as a first name.

The list holds common first names that are no everyday words; a name outside it is found by
what stands before it, or by the language model of `bot.extract`.
"""

# ruff: noqa: E501 - word lists and patterns read better whole than broken

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.extract import contact
from bot.extract.first_names import KNOWN
from bot.extract.places import gazetteer
from bot.extract.span import Span
from bot.triage.language_words import ENGLISH

_TITLED: Final = re.compile(
    r"\b(?:[Mm](?:r|rs|s|iss)|[Dd]r|[Rr]ev|[Ss]ir|[Pp]rof|PC|pc)\.? "
    r"(?P<name>[A-Z][a-z'’-]+(?: [A-Z][a-z'’-]+){0,2}|(?<=[a-z]r )[a-z]{3,})"
)
_LED: Final = re.compile(
    r"\b(?:called|named|name is|name's|names|name was|goes by|known as|ex|husband|wife|partner|boyfriend|"
    r"girlfriend|son|daughter|brother|sister|uncle|aunt(?:ie)?|cousin|nephew|niece|neighbour|mate|"
    r"friend|dad|mum|nan|grandad|landlord|boss|manager|lad|bloke|man|woman|girl|boy),? "
    r"(?P<name>[A-Z][a-z'’-]{2,}(?: [A-Z][a-z'’-]{2,}){0,2})"
)
#: What the language model takes for a person and is none.
_NO_NAME: Final = frozenset(
    (
        "mum",
        "mam",
        "dad",
        "nan",
        "landlord",
        "girl",
        "boy",
        "lad",
        "xmas",
        "god",
        "welsh",
        "cleaner",
    )
)
_NO_PERSON: Final = re.compile(
    r"(?i)\b(?:road|rd|street|st|lane|avenue|close|square|station|park|asda|tesco|aldi|lidl|"
    r"iceland|boots|greggs|costa|north|south|east|west|face|hospital|school|church|police)\b"
)
_WORD: Final = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_FAMILY: Final = (
    "smith|jones|taylor|brown|williams|wilson|johnson|davies|patel|khan|ahmed|ali|hussain|shah|begum|"
    "robinson|wright|thompson|evans|walker|roberts|green|hall|jackson|clarke?|harris|lewis|turner|"
    "cooper|ward|moore|hill|kelly|murphy|singh|kaur|morris|hughes|edwards|bailey|bennett|cook|shaw|"
    "parker|collins|richardson|cox|mitchell|morgan|phillips|campbell|anderson|allen|scott|watson|"
    "o'?neill|o'?brien|o'?connor|mc\\w{3,}|fitz\\w{3,}|nowak|kowalsk[ia]|akhtar|malik|iqbal|mahmood"
)
_SURNAME: Final = re.compile(rf" (?P<name>[A-Z][a-z'’-]{{2,}}|(?:{_FAMILY})\b)")
#: Beginnings of what is no surname: "Sarah Monday".
_NOT_SURNAME: Final = frozenset(
    ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "street", "road")
)


def names(text: str, asked: bool = False) -> list[Span]:
    """Every name found. `asked`: the open question was for a name, so a short answer is one."""
    found = [_cut(one) for one in contact.names(text, asked) if asked or _likely(text, one)]
    found += [_span(one) for pattern in (_TITLED, _LED) for one in pattern.finditer(text)]
    found += list(_listed(text))
    found += [one for one in people(text) if " " in one.said and _whole(one.said)]
    return [one for one in found if not is_place(one.said)]


def _cut(one: Span) -> Span:
    """The name without the words that follow it: "Imran Shah somebody", "darren he was"."""
    words = one.said.split()
    kept = words[:1]
    for word in words[1:]:
        if word.casefold() in ENGLISH or (word[0].islower() and words[0][0].isupper()):
            break
        kept.append(word)
    said = " ".join(kept)
    return Span(one.start, one.start + len(said), said, said)


def _likely(text: str, one: Span) -> bool:
    """Whether what follows "I'm" or "it's" is a name: capitals, a known one, or "my name is"."""
    first, *rest = one.said.split()
    if first.casefold() in ENGLISH | _NOT_SURNAME or (one.said.isupper() and not rest):
        return False
    led = re.search(r"(?i)\b(?:my names?(?:'s)?|name is|call me)(?: is)?\s+$", text[: one.start])
    return _whole(one.said) or first.casefold() in KNOWN or bool(led)


def _whole(said: str) -> bool:
    """Whether each word has a capital and none is of a place, a road or a shop."""
    words = said.split()
    if any(not word[0].isupper() or is_place(word) for word in words):
        return False
    return not _NO_PERSON.search(said)


def _span(match: re.Match[str]) -> Span:
    return Span(match.start("name"), match.end("name"), match["name"], match["name"])


def _listed(text: str) -> Iterator[Span]:
    """First names of the list, in any case, with the surname after."""
    for word in _WORD.finditer(text):
        name = re.sub(r"['’]s?$", "", word.group())
        if name.casefold() not in KNOWN:
            continue
        end = word.start() + len(name)
        after = _SURNAME.match(text, end)
        if after and after["name"].casefold() not in _NOT_SURNAME:
            end = after.end()
        yield Span(word.start(), end, text[word.start() : end], None)


def people(text: str) -> list[Span]:
    """Whom the language model of `bot.extract` takes for a person; places and the commonest
    words, which it takes for names in hasty typing, left out."""
    if not re.search(r"[A-Za-z]{3}", text):
        return []
    found = contact._spacy()(text).ents
    spans = [Span(e.start_char, e.end_char, e.text, None) for e in found if e.label_ == "PERSON"]
    return [one for one in spans if not is_place(one.said) and not _common(one.said)]


def _common(said: str) -> bool:
    words = [word.casefold() for word in _WORD.findall(said)]
    alone = len(words) == 1 and (said.islower() or words[0] in _NO_NAME)
    place = bool(_NO_PERSON.search(said)) or any(is_place(word) for word in words)
    return alone or place or (said.islower() and any(word in ENGLISH for word in words))


def is_place(said: str) -> bool:
    """Whether the words name a place of the gazetteer ("Levenshulme")."""
    return gazetteer().get(said) is not None
