"""One message of the person, with what was found in it, as the filling of a draft needs it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.extract.span import Span

Found = Mapping[str, list[Span]]


@dataclass(frozen=True)
class Message:
    """`asked` is the question that was open, `found` the details by name, `seq` its number."""

    text: str
    act: str | None
    asked: str | None
    seq: int
    now: datetime
    found: Found
    correcting: bool = False
    #: (detail, words) that the message rules out: "not Friday"
    denied: tuple[tuple[str, str], ...] = ()

    #: the text without what it rules out
    rest: str = ""

    def replaces(self, name: str) -> bool:
        """Whether what it tells of `name` puts right what is held, rather than adding to it."""
        if any(denied == name for denied, _ in self.denied):
            return True
        return self.correcting and not any(denied in self.found for denied, _ in self.denied)


def plain(words: str) -> str:
    """Small letters, digits and spaces: how words are compared."""
    return re.sub(r"[^a-z0-9 ]", "", words.lower().replace("_", " ")).strip()
