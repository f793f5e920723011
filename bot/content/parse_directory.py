"""From the YAML entries of agencies, topics and questions back to the frozen shapes of `model`."""

from __future__ import annotations

import re

from bot.content.fields import Entry
from bot.content.model import Agency, Asked, Channel, Topic

CHANNEL_TYPES = ("phone", "sms", "relay", "web", "chat", "email", "bsl_video", "post", "other")


def channel(e: Entry) -> Channel:
    """One way to reach an agency."""
    made = Channel(
        type=e.text("type", among=CHANNEL_TYPES),
        value=e.text("value"),
        show=e.flag("show"),
        uses=e.texts("for", ["main"]),
        label=e.text("label", ""),
        verified=e.flag("verified"),
        never_expires=e.flag("never_expires", False),
        say=e.text("say", ""),
        why_hidden=e.text("why_hidden", ""),
        note=e.text("note", ""),
    )
    for name in ("checked_on", "source", "source_page_date", "same_as"):
        e.raw(name, "")
    e.close()
    return made


def agency(file: str, data: object) -> Agency:
    """One agency with its channels. Facts for checkers (source, dates) stay in the file."""
    e = Entry(file, data)
    hours = Entry(file, e.raw("hours"), f"{e.id} hours")
    scope = Entry(file, e.raw("scope"), f"{e.id} scope")
    boroughs = scope.raw("boroughs", "all")
    scope.raw("boroughs", [])
    for name in _FOR_CHECKERS:
        e.raw(name, "")
    made = Agency(
        id=e.text("id"),
        name=e.text("name"),
        category=e.text("category"),
        says=e.text("says", ""),
        handles=e.texts("handles"),
        not_for=e.texts("not_for"),
        channels=tuple(channel(c) for c in e.entries("channels")),
        hours=hours.text("text", ""),
        hours_verified=hours.flag("verified", False),
        hours_say=_hours_say(hours),
        area=scope.text("area", ""),
        boroughs=() if isinstance(boroughs, str) else scope.texts("boroughs"),
        scope=e.text("scope_kind", "anyone", SCOPES),
        scope_check=e.text("scope_check", ""),
        landlord=e.text("landlord", ""),
        never_signpost=e.flag("never_signpost", False),
        note=e.text("note", ""),
    )
    e.close()
    return made


def _hours_say(hours: Entry) -> str:
    """The hours as people read them; said when they were verified and not otherwise."""
    said = hours.text("say", "")
    if said and not hours.flag("verified", False):
        raise hours.fail("say", "hours are said when verified is true and not before")
    return said


SCOPES = ("anyone", "borough", "landlord", "travelling", "own_behaviour", "campus", "area")
_FOR_CHECKERS = (
    "eligibility",
    "accessibility",
    "source",
    "source_page_date",
    "verified",
    "confidence",
    "as_of",
    "kind",
)


def topic(file: str, data: object) -> Topic:
    """One topic of advice. A held topic has no answer; every other has one."""
    e = Entry(file, data)
    held = e.flag("held")
    answer = e.texts("answer", [] if held else ...)
    if held and answer:
        raise e.fail("answer", "a held topic has none until it is approved")
    if not held and not answer:
        raise e.fail("answer", "is empty")
    for name in ("source", "basis", "confidence", "as_of", "themes"):
        e.raw(name, "")
    made = Topic(
        id=e.text("id"),
        title=e.text("title"),
        answer=answer,
        answer_deaf=e.texts("answer_deaf", []),
        people_ask=e.texts("people_ask"),
        who_else_helps=e.texts("who_else_helps"),
        seen=e.flag("seen"),
        general=e.flag("general"),
        approved=e.flag("approved"),
        asked_only=e.flag("asked_only", False),
        held=held,
        audience=e.text("audience", ""),
        figures_date=e.text("figures_date", ""),
        held_back=e.texts("held_back", []),
        note=e.text("note", ""),
    )
    if not held and not (made.approved or made.seen or made.general):
        raise e.fail("held", "must be true until the topic is approved, seen or general")
    e.close()
    return made


#: Answers whose words stand in `domain.yml`.
RESPONSES = (
    "utter_automated",
    "utter_how_many",
    "utter_no_name_in_it",
    "utter_right_to_tell",
    "utter_what_next",
)
#: When an answer may be said: a report is made or was sent, or it has questions left.
STAGES = ("open", "left")
#: What a pattern of `asked.yml` may write short: ways to ask for leave, and who it is about.
_SHORT_PATTERNS = {
    "{can}": r"(?:should|shall|can|could|may|do|must|would|ought|am|are|"
    r"(?:is it |it )?(?:ok(?:ay)?|all ?right|safe|best|better) (?:to|if|for))",
    "{i}": r"(?:i|we|me|us|he|she|they|someone|somebody|my \w+)",
    "{he}": r"(?:he|she|my \w+(?: \w+)?)",
    "{bot}": r"(?:person|human|robot|bot|chat ?bot|chatgpt|computer|machine|ai|automated)",
}


def asked(file: str, data: object) -> Asked:
    """A question that people ask back; it has words of its own, a topic, or both."""
    e = Entry(file, data)
    e.raw("source")
    made = Asked(
        id=e.text("id"),
        asks=_patterns(e, "asks", ... if "alone" not in e.data else []),
        alone=_patterns(e, "alone", []),
        unless=_patterns(e, "not", []),
        says=e.texts("says", []),
        topic=e.text("topic", ""),
        response=e.text("response", "", ("", *RESPONSES)),
        safety=e.text("safety", ""),
        helps=e.texts("helps", []),
        types=e.texts("types", []),
        protected=e.flag("protected") if "protected" in e.data else None,
        stage=e.text("stage", "", ("", *STAGES)),
        groups=e.texts("groups", []),
        in_danger=e.flag("in_danger", False),
        calm=e.flag("calm", False),
        suspect=e.flag("suspect", False),
        offer=e.flag("offer", False),
    )
    if not (made.says or made.topic or made.response or made.safety):
        raise e.fail("says", "is empty, and there is no topic")
    e.close()
    return made


def _patterns(e: Entry, name: str, default: object) -> tuple[re.Pattern[str], ...]:
    found = []
    for pattern in e.texts(name, default):
        written = pattern
        for short, full in _SHORT_PATTERNS.items():
            written = written.replace(short, full)
        try:
            found.append(re.compile(written))
        except re.error as error:
            raise e.fail(name, f"not a pattern: {error}") from None
    return tuple(found)
