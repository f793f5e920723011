"""Which agencies are named for a type of contact, and in what words.

Holds the display rules of the agencies file: only channels with `show: true` whose scope is met;
the borough is asked before a council; at most three agencies, the right one first; with danger
`now` 999 and at most one helpline; nothing for a protected type before typing is known to be safe.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.content import channels, safety, types
from bot.content.loader import load
from bot.content.model import Agency

MOST = 3
"""Agencies named at once (display rule: never more than three)."""
NOBODY_KNOWN = ("not_sure", "outside_GM", "outside", "unknown")
"""Answers to "which borough?" that name none: the national finder is shown then."""
EMERGENCY = frozenset({"emergency_999", "emergency_sms_999", "emergency_bsl_999", "nwas"})
ACCESS = frozenset({"relay_uk", "silent_solution_55", *EMERGENCY})

_USES: dict[str, tuple[str, ...]] = {
    "noise": ("noise",),
    "homelessness": ("homelessness",),
    "illegal_eviction": ("housing",),
    "child_neglect": ("child", "social_care"),
    "adult_abuse": ("adult", "social_care"),
}
_WORDS: tuple[tuple[str, str], ...] = (
    (r"\bstray\b|\bdog\b", "stray_dogs"),
    (r"\bfly.?tip|\bbins?\b|\brubbish\b|\blitter", "environment"),
    (r"\bnoise|\bnoisy|\bloud\b|\bmusic\b|\bbarking", "noise"),
    (r"\bhomeless|\bsleeping rough|\brough sleep", "homelessness"),
)
_TRAVELLING = re.compile(r"\b(?:on|in) (?:the|a|my|this) (?:\d+ )?(?:bus|tram)\b", re.IGNORECASE)
_TRAIN = re.compile(r"\btrains?\b|\brail(?:way)?\b|\bplatform\b|\bstation\b", re.IGNORECASE)
_CAMPUS = re.compile(r"\bcampus\b|\buni\b|\buniversity\b|\bhalls\b|\bstudent", re.IGNORECASE)


@dataclass(frozen=True)
class SignpostAnswer:
    """`lines` to say, `agencies` named in them; `needs` is what has to be asked first:
    "borough", "safe_to_chat" or ""."""

    lines: tuple[str, ...]
    agencies: tuple[str, ...]
    needs: str = ""


@dataclass(frozen=True)
class Facts:
    """What is known in the chat that decides which agencies may be offered."""

    borough: str | None
    landlord: str | None
    deaf: bool
    danger: str
    text: str
    uses: tuple[str, ...]


def signposts(
    type_id: str,
    *,
    borough: str | None = None,
    landlord: str | None = None,
    deaf: bool = False,
    danger: str = "none",
    text: str = "",
    safe: bool = False,
) -> SignpostAnswer:
    """The agencies for a type, best first. `text` is the person's own words (they choose a channel
    and tell whether someone is travelling or a student); `safe`: a protected person said that it is
    safe to type here."""
    made = types.get(type_id)
    if made.protected and not safe:
        return SignpostAnswer((), (), "safe_to_chat")
    names = [name for name in (*made.signpost, *made.also_tell) if _belongs(name, text)]
    names.sort(key=lambda name: name != "btp")  # on the railway it is theirs: said first
    return named(
        names, borough=borough, landlord=landlord, deaf=deaf, danger=danger, text=text,
        uses=_uses(type_id, made.family, text),
    )  # fmt: skip


def named(
    names: Iterable[str],
    *,
    borough: str | None = None,
    landlord: str | None = None,
    deaf: bool = False,
    danger: str = "none",
    text: str = "",
    uses: tuple[str, ...] = (),
) -> SignpostAnswer:
    """The same for a list of agency ids (an advice topic)."""
    facts = Facts(borough, landlord, deaf, danger, text, uses or _uses("", "", text))
    wanted = [_resolved(name, facts) for name in names]
    if danger == "none" and borough is None and _council_stands_first(wanted, facts):
        return SignpostAnswer((), (), "borough")
    lines: list[str] = []
    chosen: list[str] = []
    missing = ""
    for agency in wanted:
        if agency.id in chosen or not offered(agency, facts, first=not chosen):
            continue
        said = channels.line(agency, facts.uses, deaf=deaf)
        if not said:
            missing = missing or ("" if chosen else channels.public_name(agency))
            continue
        lines.append(said)
        chosen.append(agency.id)
    if missing:
        return _after_missing(missing, lines, chosen, facts)
    return _cut(lines, chosen, facts)


def offered(agency: Agency, facts: Facts, *, first: bool) -> bool:
    """Whether the scope of an agency is met by what is known. Nothing else decides."""
    if agency.never_signpost or agency.id == "silent_solution_55":
        return False
    in_borough = facts.borough in agency.boroughs
    met = {
        "anyone": True,
        "borough": in_borough,
        "area": in_borough,
        "landlord": bool(facts.landlord) and _same(agency.landlord, facts.landlord or ""),
        "travelling": not first and bool(_TRAVELLING.search(facts.text)),
        "campus": bool(_CAMPUS.search(facts.text)) and _campus_named(agency, facts.text),
        "own_behaviour": False,  # a person of the desk offers these, never the bot
    }
    return met[agency.scope]


def council_of(borough: str | None) -> Agency | None:
    """The council of a borough."""
    for agency in load().agencies.values():
        if agency.scope == "borough" and borough in agency.boroughs:
            return agency
    return None


def landlord_named(text: str) -> str | None:
    """The landlord that the text names, or None."""
    for agency in load().agencies.values():
        if agency.landlord and _same(agency.landlord, text):
            return agency.landlord
    return None


def emergency_line(*, deaf: bool) -> str:
    """The 999 line that stands first whenever danger is check or now."""
    return safety.text(safety.variant("line_999", deaf=deaf))


def _belongs(name: str, text: str) -> bool:
    """Whether a listed agency belongs to this chat: 999 has its own line, and British Transport
    Police belong to trains (trams and buses are ours)."""
    return name not in EMERGENCY and (name != "btp" or bool(_TRAIN.search(text)))


def _resolved(name: str, facts: Facts) -> Agency:
    """The council of the borough, or the landlord that was named, in place of the general entry."""
    agencies = load().agencies
    if name == "council_any" and (found := council_of(facts.borough)):
        return found
    if name == "housing_providers" and facts.landlord:
        for agency in agencies.values():
            if agency.landlord and _same(agency.landlord, facts.landlord):
                return agency
    return agencies[name]


def _council_stands_first(wanted: list[Agency], facts: Facts) -> bool:
    """Whether a council would be shown and the borough is not known."""
    able = [a for a in wanted if offered(a, facts, first=False) and channels.shown(a)]
    return any(a.id == "council_any" for a in able[:MOST])


def _after_missing(
    missing: str, lines: list[str], chosen: list[str], facts: Facts
) -> SignpostAnswer:
    """The first agency has nothing that was checked: say its name, then show the next."""
    first = load().lines["no_way_next" if lines else "no_way"].format(name=missing)
    cut = _cut(lines, chosen, facts)
    at = 1 if facts.danger != "none" else 0
    return SignpostAnswer((*cut.lines[:at], first, *cut.lines[at:]), cut.agencies)


def _cut(lines: list[str], chosen: list[str], facts: Facts) -> SignpostAnswer:
    """At most three; one with danger now; 999 above them whenever danger is open."""
    most = 1 if facts.danger == "now" else MOST
    before = [emergency_line(deaf=facts.deaf)] if facts.danger != "none" else []
    return SignpostAnswer((*before, *lines[:most]), tuple(chosen[:most]))


def _uses(type_id: str, family: str, text: str) -> tuple[str, ...]:
    found = [use for pattern, use in _WORDS if re.search(pattern, text, re.IGNORECASE)]
    found += _USES.get(type_id, ())
    if family == "asb":
        found.append("asb")
    return tuple(found)


def _same(landlord: str, text: str) -> bool:
    """Whether the text names the landlord (its name up to a bracket)."""
    name = re.sub(r"\s*\(.*", "", landlord).lower()
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text.lower()))


def _campus_named(agency: Agency, text: str) -> bool:
    names = [use for c in agency.channels for use in c.uses if use.lower() in text.lower()]
    return bool(names) or not any("University" in use for c in agency.channels for use in c.uses)
