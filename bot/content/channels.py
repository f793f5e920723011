"""How a channel is said to a person: which channels of an agency fit, and in what words.

Only channels with `show: true` are ever looked at (display rules of the agencies file). A deaf
person gets a phone number through Relay UK and no other way.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.content.model import Agency, Channel

GENERAL = frozenset(
    {"main", "report_online", "non_emergency", "finder", "register", "scam_text", "scam_email"}
)
_LABEL = {
    "phone": "phone",
    "sms": "text",
    "web": "online",
    "chat": "chat",
    "email": "email",
    "bsl_video": "BSL video",
    "relay": "Relay UK",
    "other": "",
    "post": "post",
}
_ORDER = {
    False: ("phone", "sms", "chat", "web", "email", "other", "bsl_video"),
    True: ("sms", "bsl_video", "relay", "chat", "web", "email", "phone", "other"),
}
MOST = 3
"""Ways shown for one agency: more than three is a list that nobody reads on a phone."""


def shown(agency: Agency) -> tuple[Channel, ...]:
    """The channels that people may see at all: `show` is the only switch."""
    if agency.never_signpost:
        return ()
    return tuple(c for c in agency.channels if c.show)


def fitting(agency: Agency, uses: Collection[str] = (), *, deaf: bool = False) -> list[Channel]:
    """The shown channels that serve `uses` (main ones when none does), best way first."""
    channels = [c for c in shown(agency) if c.type in _ORDER[deaf] or agency.id == "relay_uk"]
    if deaf:
        channels = [c for c in channels if not (c.type == "other" and "number" in c.value)]
    if deaf and any(c.type == "relay" for c in channels) and agency.id != "relay_uk":
        relayed = {c.value.removeprefix("18001 ") for c in channels if c.type == "relay"}
        channels = [c for c in channels if not (c.type == "phone" and c.value in relayed)]
    wanted = [c for c in channels if set(c.uses) & set(uses)]
    wanted = wanted or [c for c in channels if set(c.uses) & GENERAL]
    wanted = wanted or [c for c in channels if "emergency" in c.uses or "own_behaviour" in c.uses]
    wanted = wanted or (channels if agency.landlord else [])
    order = _ORDER[deaf]
    ranked = sorted(wanted, key=lambda c: order.index(c.type) if c.type in order else 0)
    return _each_way_once(ranked)[:MOST]


def words(channel: Channel, *, deaf: bool = False) -> str:
    """One channel in words: "phone 0300 123 2040", "text 61016", "online at https://..."."""
    if channel.type == "phone" and deaf:
        said = f"Relay UK: 18001 {channel.value}"
    elif channel.type == "relay":
        said = f"Relay UK: {channel.value}"
    elif channel.type == "bsl_video":
        said = f"BSL video: {channel.value}"
    else:
        said = f"{_LABEL[channel.type]} {channel.value}".strip()
    return f"{said} ({channel.say})" if channel.say else said


def line(agency: Agency, uses: Collection[str] = (), *, deaf: bool = False) -> str:
    """The one line of an agency: its name, its ways, and its hours; empty with nothing to show."""
    ways = fitting(agency, uses, deaf=deaf)
    if not ways:
        return ""
    said = "; ".join(words(way, deaf=deaf) for way in ways)
    return f"{public_name(agency)}: {said}.{_hours(agency, ways)}"


def public_name(agency: Agency) -> str:
    """The name as people read it."""
    return agency.says or agency.name


def _hours(agency: Agency, ways: Sequence[Channel]) -> str:
    """Hours are said when they were verified; with a phone and none verified: check them."""
    if agency.hours_say:
        return f" {agency.hours_say}."
    if any(w.type in ("phone", "relay") and not w.never_expires for w in ways):
        return " Check opening times."
    return ""


def _each_way_once(channels: list[Channel]) -> list[Channel]:
    found: list[Channel] = []
    for channel in channels:
        if channel.value not in {c.value for c in found}:
            found.append(channel)
    return found
