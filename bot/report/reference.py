"""The report reference: `GM-XXXX-XXXX`.

It is a *report reference*, never a crime number: a person reads the report and decides how it is
recorded (source: call-handling rules, the reference). The alphabet leaves out everything that can
be misread or misheard on a phone: no 0 O, 1 I L, 2 Z, 5 S, 8 B, U V.
"""

from __future__ import annotations

import random
import re
from typing import Final

ALPHABET: Final = "34679ACDEFGHJKMNPQRTWXY"
PREFIX: Final = "GM"
FORM: Final = re.compile(rf"^[A-Z]{{2,4}}-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}$")


def candidate(seed: int | bytes | str, prefix: str = PREFIX) -> str:
    """A reference made from `seed` alone: the same seed gives the same reference.

    The desk passes fresh random bytes and checks that nobody holds the reference yet.
    """
    draw = random.Random(seed)
    groups = ["".join(draw.choice(ALPHABET) for _ in range(4)) for _ in range(2)]
    return f"{prefix}-{groups[0]}-{groups[1]}"


def is_reference(text: str) -> bool:
    """Whether `text` has the form of a report reference."""
    return bool(FORM.match(text))
