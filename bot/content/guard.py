"""The number guard: no machine line may show a phone number that nobody has verified.

A number is let through when it is the value of a channel with `show: true`, when it is one of the
exempt values (a person's own number, a reference, a time), or when it is no phone at all (a date,
a sum of money). Everything else that looks like a phone is replaced and returned, to be counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from functools import lru_cache

from bot.content.loader import load

REMOVED = "[number removed]"
_MOST_PARTS = 17
"""Groups of digits tried as numbers in a row: a relay number dialled digit by digit has 16."""
_DIALLED = ("phone", "sms", "relay")
_SEP = r"(?:[^\S\n]|[-‐-―().·•_/\u200b\u2060\u00ad])"
_LONG = re.compile(rf"(?<![\w£$€])(?:\+|\(\+?)?\(?\d(?:{_SEP}{{0,3}}\d){{6,}}(?![\w])")
_SHORT = re.compile(
    r"\b(?:call|calls|calling|ring|rings|rang|ringing|dial|text|texts|sms|phone|number)\b"
    r"(?:[^\S\n]+(?!\d)[\w'’:,()]+){0,5}?[^\S\n:]+(?P<number>\d{3}(?:[\s-]?\d){0,3})"
    r"(?![\d:%]|\s?(?:am|pm|minutes?|hours?|days?|years?|people|metres|miles|words|times)\b)",
    re.IGNORECASE,
)
_WORD = (
    r"(?:(?:double|treble|triple)\s+)?"
    r"(?:zero|nought|oh|o|one|two|three|four|five|six|seven|eight|nine)"
)
_SPELT = re.compile(rf"\b{_WORD}(?:[\s,-]+{_WORD}){{6,}}\b", re.IGNORECASE)
_NOT_PHONES = (
    re.compile(r"(?<![\d:])(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?![\d:])"),
    re.compile(r"\b(?:19|20)\d\d-\d\d-\d\d(?:T[\d:.]+Z?)?\b"),
    re.compile(
        r"(?<![\d/.-])(?<!\d )(?:0?[1-9]|[12]\d|3[01])([/. -])(?:0?[1-9]|1[0-2])\1(?:19|20)?\d\d\b"
        r"(?![-\s/.]?\d)"
    ),
    re.compile(r"\b(?:19|20)\d\d\s?[-–/]\s?(?:19|20)\d\d\b"),
    re.compile(r"(?<![\d.])-?[1-9]\d{0,2}\.\d{3,}(?![\d.])"),
    re.compile(r"[£$€]\s?\d[\d,. ]*\d"),
)


def clean(text: str, exempt: Iterable[str] = ()) -> tuple[str, list[str]]:
    """The text with every unknown phone-like number replaced, and the list of what was taken out.

    `exempt` holds values that went in as data: an equal number in any spelling is left alone."""
    own = [value for value in exempt if value]
    allowed = _shown() | {digits(value) for value in own}
    masked = _mask(text, own)
    spans = [
        span for span in _candidates(masked) if not _is_allowed(masked[span[0] : span[1]], allowed)
    ]
    bad: list[str] = []
    for start, end in reversed(_merged(spans)):
        bad.insert(0, text[start:end])
        text = f"{text[:start]}{REMOVED}{text[end:]}"
    return text, bad


def digits(number: str) -> str:
    """The digits of a number in its home form: +44, 0044 and (0) turned into one 0."""
    found = "".join(str(int(c)) for c in number if c.isdigit() and c.isdecimal())
    international = number.lstrip(" (").startswith("+") or found.startswith("0044")
    if international or (found.startswith("44") and len(found) == 12):
        found = re.sub(r"^(?:00)?44", "", found)
        found = "0" + found.lstrip("0")
    return found


def is_shown(number: str) -> bool:
    """Whether this number stands on a channel that people may see, or is reached through relay."""
    return _known(digits(number), _shown())


@lru_cache(maxsize=1)
def _shown() -> frozenset[str]:
    """The digits of every dialled channel with `show: true`, and the force's own numbers."""
    values = [
        channel.value
        for agency in load().agencies.values()
        for channel in agency.channels
        if channel.show and channel.type in _DIALLED
    ]
    found = {digits(value) for value in (*values, *load().force.numbers.values())}
    return frozenset(found - {"", digits("999 then 55"), "18001"})


def _known(number: str, allowed: Set[str]) -> bool:
    return number in allowed or (number.startswith("18001") and number[5:] in allowed)


def _is_allowed(candidate: str, allowed: Set[str]) -> bool:
    """Whether a run of digits is a known number, or several in a row (after a list mark)."""
    if _known(digits(candidate), allowed) or _known(digits(_spelt(candidate)), allowed):
        return True
    parts = [p for p in re.split(r"[^\d+]+", candidate) if p]
    return 0 < len(parts) <= _MOST_PARTS and _partition(parts, allowed, first=True)


def _partition(parts: list[str], allowed: Set[str], first: bool) -> bool:
    if not parts:
        return True
    if first and len(parts) > 1 and len(parts[0]) <= 2 and not parts[0].startswith(("0", "+")):
        return _partition(parts[1:], allowed, first=False)
    return any(
        _known(digits("".join(parts[:count])), allowed)
        and _partition(parts[count:], allowed, False)
        for count in range(len(parts), 0, -1)
    )


def _candidates(text: str) -> Iterable[tuple[int, int]]:
    for match in _LONG.finditer(text):
        yield match.span()
    for match in _SHORT.finditer(_LONG.sub(_blank, text)):
        yield match.span("number")
    for match in _SPELT.finditer(text):
        yield match.span()


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _mask(text: str, own: list[str]) -> str:
    """The text with dates, money, our references, shown web addresses and exempt values blanked
    (same length), so that their digits are not read as phones."""
    for pattern in (*_NOT_PHONES, _ours()):
        text = pattern.sub(_blank, text)
    for value in own:
        if len(value) > 2:
            text = re.sub(rf"(?<!\w){re.escape(value)}(?!\w)", _blank, text)
    return text


def _blank(match: re.Match[str]) -> str:
    return "\x00" * len(match.group())


@lru_cache(maxsize=1)
def _ours() -> re.Pattern[str]:
    """Our own references, and the web and mail addresses that people may see."""
    shown = {
        channel.value
        for agency in load().agencies.values()
        for channel in agency.channels
        if channel.show and channel.type in ("web", "chat", "email", "bsl_video")
    }
    addresses = "|".join(re.escape(value) for value in sorted(shown, key=len, reverse=True))
    prefix = re.escape(load().force.reference_prefix)
    return re.compile(rf"\b{prefix}(?:-[0-9A-Z]{{4}})+\b|(?<!\w)(?:{addresses})(?!\w)")


_DIGIT_WORDS = {
    name: str(value)
    for value, names in enumerate(
        ("zero nought oh o", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    )
    for name in names.split()
}


def _spelt(text: str) -> str:
    """Digit words as digits: "double four" is 44."""
    found, times = "", 1
    for word in re.findall(r"[a-z]+", text.lower()):
        if word in ("double", "treble", "triple"):
            times = 2 if word == "double" else 3
        elif word in _DIGIT_WORDS:
            found, times = found + _DIGIT_WORDS[word] * times, 1
    return found
