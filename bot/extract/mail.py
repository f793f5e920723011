"""E-mail addresses as typed, with spaces in them, or spelt out ("sam dot bell at ...")."""

from __future__ import annotations

import re

from bot.extract.span import Span

_TYPED = re.compile(
    r"(?<![\w.%+@-])\w[\w.%+'\u2019-]{0,63} ?@ ?[a-z0-9][a-z0-9-]{0,62}"
    r"(?:\.[a-z0-9-]{1,62}){0,4} ?\.[a-z]{2,24}\b",
    re.IGNORECASE,
)
_SPELT = re.compile(
    r"(?<![\w.%+@-])\w[\w.+'-]{0,40}(?: (?:dot|underscore|dash|hyphen) \w{1,30}){0,3}"
    r" (?:at|[\[(]at[\])]|@) [a-z0-9][a-z0-9-]{0,40}(?: dot [a-z]{2,12}){1,3}\b",
    re.IGNORECASE,
)
_SIGNS = ((" dot ", "."), (" underscore ", "_"), (" dash ", "-"), (" hyphen ", "-"))
#: A full stop without a space after it: "sam@example.com.Ring me".
_RUN_ON = re.compile(r"(?<=\.com|\.net|\.org|o\.uk|c\.uk|v\.uk|g\.uk)\.[A-Z][a-z]+$")
#: With spaces it is an address where they speak of one, or its first half looks like one.
_MAIL = re.compile(r"\be-?mail|\bmail|\baddress|^\W*$|\b(?:my|mine)\b", re.IGNORECASE)
_LIKE_ONE = re.compile(r"[\d._]|\b(?:dot|underscore)\b", re.IGNORECASE)
_NO_NAME = frozenset(("is", "it", "me", "us", "are", "was", "look", "him", "her", "one", "up"))


def spans(text: str) -> list[Span]:
    """Every e-mail address in `text`; `said` is as typed, the value has no spaces."""
    found = [_typed(m) for m in _TYPED.finditer(text) if _is_one(text, m)]
    for match in _SPELT.finditer(text):
        if not _is_one(text, match):
            continue
        said, address = match.group(0), match.group(0)
        for word, sign in _SIGNS:
            address = re.sub(word, sign, address, flags=re.IGNORECASE)
        address = re.sub(r" (?:at|[\[(]at[\])]|@) ", "@", address, flags=re.IGNORECASE)
        found.append(Span(*match.span(), said, address))
    return sorted(found, key=lambda s: s.start)


def _is_one(text: str, match: re.Match[str]) -> bool:
    """Whether words with spaces in them are meant as an address."""
    if " " not in match.group(0):
        return True
    name = re.split(r"@| at |[\[(]at", match.group(0), flags=re.IGNORECASE)[0].strip()
    if name.lower() in _NO_NAME:
        return False
    before = text[max(0, match.start() - 40) : match.start()]
    return bool(_LIKE_ONE.search(name) or _MAIL.search(before))


def _typed(match: re.Match[str]) -> Span:
    said = _RUN_ON.sub("", match.group(0))
    return Span(match.start(), match.start() + len(said), said, said.replace(" ", ""))
