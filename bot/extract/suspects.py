"""Who did it, as described: the sentences that describe people, without victims and witnesses."""

# ruff: noqa: E501 - word lists inside patterns read better whole than broken

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.extract import people, property
from bot.extract.span import Span

_SENTENCE = re.compile(r"[^.!?;\n]+(?:\.(?=\d)[^.!?;\n]+)*")
#: A sentence that goes on describing: "one had a bright pink helmet", "always in a gilet".
_GOES_ON = re.compile(
    r"^\W*(?:and |also |then |the )*(?:he|she|they|his|her|their|hes|he's|shes|she's|theyre|they're|one|both|all|two|three|other|another|the other|the (?:younger|older|taller|shorter|bigger|first|second|main|driver|passenger|tall|fat)|"
    r"had|wearing|dressed|with|always|looked|about|abt|approx|maybe|roughly|early|mid|late|black|white|asian|mixed|tall|short|stocky|slim|skinny|big|male|female|drives?|driving|riding|rides|drove|rode|got in(?:to)?|got on|sped|ran|legged|made off|went off|left|in a|on a|on an|seen|saw|driver|rider|passenger|hair|face)\b",
    re.IGNORECASE,
)
_SELF = re.compile(
    r"^\W*(?:i|i'm|im|i've|ive|we|we're|my|our|mine|it|its|it's|this|that|there'?s|the (?:bike|car|van|phone|bag|laptop|house|door|window|dog))\b",
    re.IGNORECASE,
)
_KIN = r"(?:mum|mam|dad|nan|nana|gran|grandad|son|daughter|brother|sister|boyfriend|girlfriend|husband|wife|partner|missus|colleague|mate|friend|housemate|flatmate|boss|manager|workmate|lad|kids?|baby|uncle|aunt(?:ie)?|cousin|niece|nephew|neighbours?|staff|cleaner|customers?|tenant)"
_MINE = re.compile(
    rf"^(?:(?:my|me|our|his|her) (?:\w+ )?{_KIN}|(?:the|a) (?:\w+ )?(?:colleague|mate|friend|staff|neighbours?|cleaner))\b",
    re.IGNORECASE,
)
_ACCUSED = re.compile(
    r"(?:it was|it were|it's|its|it is|by|was|think it'?s|know it'?s|reckon it'?s|from|blame|suspect|against|culprit is|hit by|off|sure it'?s)\s*(?:probably |definitely |prob |maybe |actually )?$",
    re.IGNORECASE,
)
_DOES = re.compile(
    r"^(?:'?s (?:been|got|just|always|now|put|taken|hit|threatened|done|gone|kicked|smashed|nicked|stolen)|,? (?:who |what |that |has |is |was |have )?(?:always |just |been |also |now |again )*(?:keeps?|kept|did|done|took|taken|stole|nick(?:ed|s)|stealing|hit|hits|hitting|punch\w*|kick\w*|smash\w*|broke|"
    r"threw|threatens?|threatened|threatening|attack(?:ed|s|ing)|push\w*|grab\w*|shout\w*|follow\w*|abus\w+|harass\w*|turns? up|turned up|came at|spat|spits|put|choked|strangled|drives|dealing|deals|sells|won'?t (?:leave|stop|let)|playing|plays|blasting))\b",
    re.IGNORECASE,
)
_SUFFERS = re.compile(
    r"^(?:'s|s)? ?(?:was|is|were|got|has|been|being|had|have|gets|just)?(?: just| also| been| being| got| had)*(?: \w+ly)? ?(?:been )?(?:conned|robbed|hit by|punched by|mugged|attacked by|called|spat at|told|sent|hurt|scared|shaken|in hospital|burgled|assaulted|followed by|approached|"
    r"threatened by|shouted at|pushed|bitten|stung|\d\d)\b",
    re.IGNORECASE,
)
_WATCHES = re.compile(
    r"^(?:,? [A-Z]?[a-z]+){0,2},? (?:who )?(?:also |all )?(?:saw|seen|heard|witnessed|watched|looked out|helped|rang|came (?:and|over|to help|out)|stopped to|gave me (?:her|his)|sat (?:by|with)|chased|filmed|recorded|was with|took a (?:photo|video|pic))\b",
    re.IGNORECASE,
)
_PAIR = 2
_COLOUR = re.compile(r"black|white|top|face|build|suit|ginger", re.IGNORECASE)
#: Words that describe no less than people: things and cars that are black or have a face.
_LOSS = re.compile(
    r"\b(?:my|our)\b.*\b(?:taken|stolen|nicked|gone|missing|smashed|damaged)\b", re.IGNORECASE
)


def find(text: str, asked: bool = False) -> list[Span]:
    """The descriptions in `text`, one span for each run of describing sentences.

    With `asked` (the open question was who did it) a sentence of features alone counts too.
    """
    found: list[Span] = []
    open_run = False
    for start, end in _sentences(text):
        hit = _in_sentence(text, start, end, asked or open_run)
        if hit is None:
            open_run = False
            continue
        if open_run and found:
            last = found.pop()
            hit = _span(text, last.start, hit.end)
        found.append(hit)
        open_run = True
    return found


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    for match in _SENTENCE.finditer(text):
        if match.group(0).strip():
            yield match.span()


def _in_sentence(text: str, start: int, end: int, going_on: bool) -> Span | None:
    sentence = text[start:end]
    if people.unseen(sentence):
        return None
    features = [m for m in people.FEATURE.finditer(sentence) if not _of_a_thing(sentence, m)]
    group = next((s for s in people.spans(sentence) if _may_be(sentence, s)), None)
    others = [s for s in people.spans(sentence) if not _may_be(sentence, s)]
    if others and group is None:
        return None
    vehicles = people.vehicles(sentence)
    if group is None:
        if property.has_thing(sentence) and all(_COLOUR.fullmatch(m.group(0)) for m in features):
            return None  # "iphone 13, black": the thing that was taken
        runs_on = going_on and bool(_GOES_ON.match(sentence)) and bool(features or vehicles)
        alone = len(features) >= _PAIR and not _SELF.match(sentence) and not _LOSS.search(sentence)
        told = going_on and bool(features) and not _SELF.match(sentence)
        led = bool(_GOES_ON.match(sentence)) and bool(features)
        return _span(text, start, end) if runs_on or alone or told or led else None
    groups = [s.end for s in people.spans(sentence) if s not in others]
    ends = [*groups, *(m.end() for m in features if m.end() > group.start), *(v.end for v in vehicles if v.end > group.start)]  # fmt: skip
    last = max(ends)
    comma = re.match(r"[^,]{0,30}?(?=,|$)", sentence[last:])
    last += comma.end() if comma and last > group.end else 0
    first = min([group.start, *(m.start() for m in features if m.start() < group.start and group.start - m.end() < 3)])  # fmt: skip
    return _span(text, start + first, start + last)


def _of_a_thing(sentence: str, match: re.Match[str]) -> bool:
    """ "Black golf", "red Trek", "top of the road", "white bag": no feature of a person."""
    if match.group(0).lower() == "top":
        return bool(re.match(r" (?:of|floor|bedroom|end|deck)\b", sentence[match.end() :]))
    after = re.match(r" (?:\w+ )?(?:bag|bike|phone|car|van|door|gate|fence|house|laptop|wallet|purse|ring|case|box|handle|frame|trek|saddle)\b", sentence[match.end() :], re.IGNORECASE)  # fmt: skip
    return bool(after) or any(v.start <= match.start() < v.end for v in people.vehicles(sentence))


def _may_be(sentence: str, span: Span) -> bool:
    """Whether the person described may have done it: no victim, no witness, no kin unless accused."""
    before, after = sentence[: span.start], sentence[span.end :]
    group = re.match(r"[^,.;]+", span.said)
    head_end = span.start + (len(group.group(0)) if group else len(span.said))
    head_after = sentence[head_end:]
    if _WATCHES.match(head_after) or _WATCHES.match(after):
        return False
    mine = _MINE.match(span.said)
    if not mine:
        return True
    rest = sentence[span.start + mine.end() :]
    if _WATCHES.match(rest) or _SUFFERS.match(rest):
        return False
    if _ACCUSED.search(before) or _DOES.match(rest):
        return True
    return bool(re.match(r"(?:my|me|our|the|his|her) (?:\w+ )?(?:neighbours?|ex)\b", span.said, re.I)) and not re.match(r"'?s? (?:\w+ )?(?:car|house|bike|van|shed|door|cat|dog|says?|told)\b", rest)  # fmt: skip


def _span(text: str, start: int, end: int) -> Span:
    said = text[start:end]
    start += len(said) - len(said.lstrip(" ,.-"))
    said = said.strip(" ,.;!?-")
    return Span(start, start + len(said), said, said)
