"""Answers from checked content: finding the topic that a person asks about, and saying it.

A topic that is held back has no answer: people read that there is no checked one, who has it, and
that a person can be asked. Placeholders such as {call:999} become the way that suits the person.
"""

from __future__ import annotations

import re

from bot.content import channels, finding, safety, signpost, types
from bot.content.loader import ContentError, load
from bot.content.model import Topic

SURE = 0.62
"""Score from which a topic is taken whatever the type says; chosen on the phrases of the tests."""
LIKELY = 0.34
"""Score from which a topic that the type lists is taken."""

FAIR = 0.45
"""Score from which a topic is taken when all that is known is that advice is wanted."""

FOLLOW_UP_WORDS = 14
"""A question of so many words at most says too little by itself to be about something new."""

_CALL = re.compile(r"\{call:([a-z0-9_]+)\}")
_SHORT = {
    "999": ("call 999", "use 999 BSL or 18000"),
    "101": ("call 101", "use Relay UK: 18001 101"),
    "111": ("call 111", "use Relay UK: 18001 111"),
    "stop_scams_159": ("call 159", "use Relay UK: 18001 159"),
}
_AGE = re.compile(r"\b(?:i'?m|i am|im)\s+(?:only\s+)?(?:[5-9]|1[0-7])\b", re.IGNORECASE)


def find_topic(
    text: str, type_id: str | None = None, *, child: bool = False, own: str | None = None
) -> Topic | None:
    """The topic that the words ask for, or the one that the type leads to; None when neither does.

    A child gets the version for young people. `asked_only` topics are found by words alone. `own`
    is the type of the report that is open: its topics come first, and a type that was read from a
    short question in the middle of it leads to nothing by itself."""
    young = child or bool(_AGE.search(text))
    scores = finding.scores(text, young)
    best = max(scores, key=lambda t: scores[t], default=None)
    if best and scores[best] >= SURE:
        return _for_age(best, young)
    if own:
        return _beside_report(scores, type_id, own, young)
    if best and type_id == "general_advice" and scores[best] >= FAIR:
        return load().topics[best]
    listed = types.get(type_id).advice if type_id and types.exists(type_id) else ()
    near = [t for t in listed if scores.get(t, 0.0) >= LIKELY]
    if near:
        return _for_age(max(near, key=lambda t: scores[t]), young)
    if type_id and type_id != "general_advice" and listed:
        made = types.get(type_id)
        first = load().topics[listed[0]]
        if made.route in ("advice", "human") and not first.asked_only:
            return first
    return None


def _beside_report(
    scores: dict[str, float], type_id: str | None, own: str, young: bool
) -> Topic | None:
    """With a report open: a topic of its type, else one of the type read that the words name."""
    for name, bar in ((own, LIKELY), (type_id, FAIR)):
        listed = types.get(name).advice if name and types.exists(name) else ()
        near = [t for t in listed if scores.get(t, 0.0) >= bar]
        if near:
            return _for_age(max(near, key=lambda t: scores[t]), young)
    return None


def goes_on(text: str, last: str) -> Topic | None:
    """The topic `last`, when a short question goes on with it rather than about something new."""
    scores = finding.scores(text, False)
    best = max(scores.values(), default=0.0)
    near = scores.get(last, 0.0) >= FAIR
    if len(text.split()) > FOLLOW_UP_WORDS or not (near or best < SURE):
        return None
    return load().topics[last]


def _for_age(topic: str, young: bool) -> Topic:
    """The version for young people takes the place of the adult one."""
    topics = load().topics
    return topics.get(f"{topic}_under18", topics[topic]) if young else topics[topic]


def answer(
    topic: Topic,
    *,
    on_duty: bool,
    borough: str | None = None,
    deaf: bool = False,
    danger: str = "none",
    text: str = "",
) -> list[str]:
    """The lines for a topic: the answer, who else helps, and the offer of a person (in words that
    are true of who is on duty). With danger `now`, 999 and at most one helpline."""
    lines = [load().lines["held"]] if topic.held else rendered(topic, deaf=deaf)
    names = [n for n in topic.who_else_helps if n not in signpost.ACCESS]
    helped = signpost.named(
        names, borough=borough or "not_sure", deaf=deaf, danger=danger, text=text
    )
    if topic.held and helped.lines:
        lines.append(load().lines["held_ask"])
    if danger != "none" and helped.lines:
        return [helped.lines[0], *lines, *helped.lines[1:], offer(on_duty=on_duty)]
    return [*lines, *helped.lines, offer(on_duty=on_duty)]


def no_answer(*, on_duty: bool, deaf: bool = False) -> list[str]:
    """The lines when no topic fits: no checked answer, and the offer of a person."""
    ask = in_words(load().lines["ask_101"], "lines", deaf=deaf)
    return [load().lines["held"], ask, offer(on_duty=on_duty)]


def offer(*, on_duty: bool) -> str:
    """The offer of a person, true of who is on duty."""
    return load().lines["offer_on_duty" if on_duty else "offer_nobody"]


def rendered(topic: Topic, *, deaf: bool = False) -> list[str]:
    """The answer's own lines, placeholders put into words."""
    lines = topic.answer_deaf if deaf and topic.answer_deaf else topic.answer
    return [in_words(line, topic.id, deaf=deaf) for line in lines]


def in_words(line: str, topic: str, *, deaf: bool = False) -> str:
    """One line with its placeholders put into words; `topic` is named if one is wrong."""
    if line.startswith("@"):
        return safety.text(safety.variant(line[1:], deaf=deaf))

    def way(match: re.Match[str]) -> str:
        words = _way(match.group(1), topic, deaf)
        start = line[: match.start()].rstrip()
        return words[0].upper() + words[1:] if not start or start.endswith((".", "?")) else words

    return _CALL.sub(way, line)


def _way(name: str, topic: str, deaf: bool) -> str:
    """The way to reach an agency by voice ("call 101"), or by relay for a deaf person."""
    if name in _SHORT:
        return _SHORT[name][deaf]
    agency = load().agencies.get(name)
    if agency is None:
        raise ContentError(f"topics.yml: {topic}: answer: there is no agency {name!r}")
    for channel in channels.fitting(agency, deaf=False):
        if channel.type == "phone":
            if deaf:
                return f"use Relay UK: 18001 {channel.value}"
            return f"call {channels.public_name(agency)} on {channel.value}"
    raise ContentError(f"topics.yml: {topic}: answer: {name!r} has no number that may be shown")
