"""What a person says about 999, their place and their voice: small, plain patterns."""

from __future__ import annotations

import re
from typing import Final

from bot.triage.text import fold

_RANG: Final = re.compile(
    r"\b(on (the )?(phone|line|call)?( to| with)? ?(the )?(999|ambulance|police|operator)"
    r"|on to (999|the ambulance|the police)"
    r"|(ive|i have|weve|we have|have|already|just|did|i|she|he|hes|shes|someones|mum|dad|they)"
    r" (already |just )?(rang|rung|ringed|called|phoned|dialled|dialed|text|texted|contacted)"
    r"( for)?( the| an)? ?(999|ambulance|police|fire brigade|fire service|112)"
    r"|(999|ambulance|police|fire (brigade|service)) (are |is |were |was )?(already )?"
    r"(coming|on (its|the|their) way|here|been called|called|rung)"
    r"|(done|rung|rang) (it|them) already|already (rang|rung|called) (it|them))\b"
)
_FUTURE: Final = re.compile(r"\b(should|shall|can|could|do|if|will|would|going to|wont|tried to)\b")
_CANNOT_SPEAK: Final = re.compile(
    r"\b(can ?not|cant|carnt|not able to|unable to|dare ?nt|not safe to|too scared to)"
    r" (speak|talk|make a noise|make (a )?sound|whisper|ring|call|phone)\b"
    r"|\b(hell|he will|theyll|they will|shell) hear( me)?\b"
)
_CANNOT_PHONE: Final = re.compile(
    r"\b(im|i am|we are|were) (profoundly |completely |partially )?(deaf|mute|non[- ]?verbal"
    r"|hard of hearing|speech impaired)\b"
    r"|\b(ive|i have|got|have) no (phone|signal|credit|mobile|battery)\b"
    r"|\b(dont have|havent got|not got) (a |any )?(phone|signal|credit|mobile)\b"
    r"|\b(he|she|they)s? (took|taken|got|smashed|broke|has) my phone\b"
    r"|\bcant use (a |the )?(phone|telephone)\b"
)
_SHARE: Final = re.compile(
    r"\b(share|send|use|give)( you| u)? (my |our )?(location|gps|position)\b"
)
_PLACE: Final = re.compile(
    r"\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b"
    r"|\b\d{1,4}[a-z]? [a-z' ]{2,30}\b(road|rd|street|st|avenue|ave|lane|ln|drive|dr|close|cl"
    r"|court|ct|grove|gr|way|crescent|cres|place|pl|terrace|gardens|square|house|walk|row)\b"
    r"|///?\w+\.\w+\.\w+"
)
_OWN: Final = re.compile(r"\b(i|im|ive|ill|id|me|my|mine|myself|meself|mesen|we|were|us|our)\b")
_OTHER: Final = re.compile(
    r"\b(he|shes?|hes|they|theyre|him|her|them|someone|somebody|a (man|woman|lad|girl|boy|bloke"
    r"|fella|lady|kid)|man|woman|bloke|my (mate|mates|friend|son|daughter|lad|mum|mam|dad|sister"
    r"|brother|partner|husband|wife|boyfriend|girlfriend|ex|neighbour|neighbor|nan|housemate"
    r"|flatmate|colleague|client|tenant|patient|uncle|aunty|auntie|cousin|step\w+))\b"
)
_SELF_HARM: Final = re.compile(
    r"\b(i|ive|im|i have|i am|i just)( just| already)? (took|taken|swallowed|cut|cutting|bleeding"
    r"|overdosed|drank|drunk|jumped|slit|hurt|stood|sat|standing|sitting|holding)\b"
)


def says_rang(text: str) -> bool:
    """Whether the person says that 999 has been rung, not asks whether to."""
    folded = fold(text)
    hit = _RANG.search(folded)
    if not hit:
        return False
    before = folded[max(0, hit.start() - 25) : hit.start()]
    return not _FUTURE.search(before) and not folded.endswith("?")


def cannot_speak(text: str) -> bool:
    """Whether the person says that they cannot talk on a phone."""
    return bool(_CANNOT_SPEAK.search(fold(text)))


def cannot_phone(text: str) -> bool:
    """Whether the person says that they have or can use no phone, or that they are deaf."""
    return bool(_CANNOT_PHONE.search(fold(text)))


def wants_to_share(text: str) -> bool:
    """Whether the person asks to share their location."""
    return bool(_SHARE.search(fold(text)))


def says_where(text: str) -> bool:
    """Whether a postcode or a numbered street stands in the text: do not ask for it again."""
    return bool(_PLACE.search(fold(text)))


def about_another(text: str) -> bool:
    """Whether somebody else than the writer is meant, where that is plain."""
    folded = fold(text)
    other = _OTHER.search(folded)
    own = _OWN.search(folded)
    return bool(other and (not own or other.start() < own.start() or "my" in other.group()))


def has_hurt_self(text: str) -> bool:
    """Whether the writer already says that they have acted, so that asking would be cold."""
    return bool(_SELF_HARM.search(fold(text)))
