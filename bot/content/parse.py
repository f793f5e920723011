"""From the YAML entries of force, questions, types and safety to the frozen shapes of `model`."""

from __future__ import annotations

from collections.abc import Mapping

from bot.content.fields import ContentError, Entry
from bot.content.model import (
    Becomes,
    Choice,
    ContactType,
    DangerEdge,
    Force,
    Grade,
    Question,
    SafetyText,
    SendTo,
    Sentence999,
)

KINDS = ("text", "choice", "multi", "time", "location", "phone", "email", "date")
ASKS = ("always", "only_if_relevant", "after_send")
DANGERS = ("none", "check", "now")
ROUTES = ("emergency", "crime_report", "advice", "other_agency", "human")
TO_PERSON = ("none", "handoff_now", "handoff_fast", "protected", "own_offence")


def force(file: str, data: object) -> Force:
    """The one force of the desk."""
    e = Entry(file, data)
    grades = []
    for g in e.entries("grades"):
        minutes = g.raw("minutes")
        if minutes is not None and not isinstance(minutes, int):
            raise g.fail("minutes", "expected a whole number or null")
        grades.append(Grade(g.id, g.text("name"), minutes, g.text("colour"), g.text("tell", "")))
    made = Force(
        id=e.text("id"),
        name=e.text("name"),
        display_name=e.text("display_name"),
        page_title=e.text("page_title"),
        area=e.text("area"),
        reference_prefix=e.text("reference_prefix"),
        boroughs=e.texts("boroughs"),
        numbers=e.mapping("numbers"),
        grades=tuple(grades),
        notice=e.texts("notice"),
        presence=e.mapping("presence"),
    )
    e.close()
    return made


def safety(file: str, data: object) -> SafetyText:
    """One safety sentence, before `then`, `after` and `same_as` are joined (see `join_safety`)."""
    e = Entry(file, data)
    for name in ("then", "after", "same_as"):
        e.raw(name, "")
    made = SafetyText(
        id=e.text("id"),
        version=e.number("version"),
        owner=e.text("owner"),
        text=e.text("text", "" if "same_as" in e.data else ...),
        again=e.text("again", ""),
        deaf=e.text("deaf", ""),
        protected=e.text("protected", ""),
        child=e.text("child", ""),
        nobody=e.text("nobody", ""),
        duty=e.flag("duty", False),
    )
    e.close()
    return made


def join_safety(file: str, entries: list[dict[str, object]]) -> dict[str, SafetyText]:
    """All sentences by id, with the ones that hold another (the 55 text) put together."""
    found: dict[str, SafetyText] = {}
    for data in entries:
        made = safety(file, data)
        if made.id in found:
            raise ContentError(f"{file}: {made.id}: id: stands twice, keep one")
        found[made.id] = made
    for data in entries:
        made = found[str(data["id"])]
        text = made.text
        for name, order in (("same_as", "{1}"), ("then", "{0}\n{1}"), ("after", "{1}\n{0}")):
            other = data.get(name)
            if other is None:
                continue
            if other not in found:
                raise ContentError(f"{file}: {made.id}: {name}: there is no sentence {other!r}")
            text = order.format(text, found[str(other)].text)
        found[made.id] = SafetyText(**{**made.__dict__, "text": text})
    return found


def sentence_999(file: str, language: str, data: object) -> Sentence999:
    """The 999 sentence in one language."""
    e = Entry(file, data, f"sentence_999 {language}")
    made = Sentence999(
        language, e.text("name"), e.text("text"), e.flag("checked"), e.flag("right_to_left")
    )
    e.close()
    return made


def question(file: str, data: object, texts: Mapping[str, SafetyText]) -> Question:
    """One question; its words may stand in the safety file instead."""
    e = Entry(file, data)
    owned = e.text("safety_text", "")
    if owned and owned not in texts:
        raise e.fail("safety_text", f"there is no safety sentence {owned!r}")
    choices = []
    for c in e.entries("choices", []):
        value = c.raw("value")
        if not isinstance(value, str | bool):
            raise c.fail("value", f"expected text or true or false, found {value!r}")
        choices.append(Choice(value, c.text("title")))
        c.close()
    made = Question(
        id=e.text("id"),
        text=texts[owned].text if owned else e.text("text"),
        again=texts[owned].again if owned else e.text("again"),
        why=e.text("why"),
        kind=e.text("kind", among=KINDS),
        choices=tuple(choices),
        fills=e.texts("fills", []) or (e.id,),
        skippable=e.flag("skippable"),
        ask=e.text("ask", "always", ASKS),
        when=e.text("when", ""),
        early=e.flag("early", False),
        once=e.flag("once", False),
    )
    e.close()
    return made


def contact_type(file: str, data: object) -> ContactType:
    """One type of contact."""
    e = Entry(file, data)
    made = ContactType(
        id=e.text("id"),
        label=e.text("label"),
        route=e.text("route", among=ROUTES),
        incident_type=e.text("incident_type"),
        family=e.text("family"),
        default_danger=e.text("default_danger", among=DANGERS),
        protected=e.flag("protected"),
        chat_mode=e.text("chat_mode"),
        to_person=e.text("to_person", among=TO_PERSON),
        own_questions=e.flag("own_questions"),
        anonymous=e.text("anonymous", among=("ask", "if_volunteered")),
        safe_contact=e.text("safe_contact", among=("standard", "sensitive", "high")),
        business=e.flag("business", False),
        implied=e.mapping("implied", {}),
        not_police_when=tuple(
            SendTo(s.text("if"), s.texts("send_to")) for s in e.entries("not_police_when", [])
        ),
        becomes=tuple(Becomes(b.text("if"), b.text("type")) for b in e.entries("becomes", [])),
        danger_edges=tuple(
            DangerEdge(d.text("danger", among=DANGERS), d.text("if"))
            for d in e.entries("danger_edges")
        ),
        asked=e.texts("asked"),
        mandatory=e.texts("mandatory"),
        may_ask=e.texts("may_ask"),
        extra_questions=e.texts("extra_questions"),
        required_before_contact=e.texts("required_before_contact"),
        signpost=e.texts("signpost"),
        advice=e.texts("advice"),
        also_called=e.texts("also_called"),
        risk_cues=e.texts("risk_cues"),
        emergency_when=e.texts("emergency_when"),
        never_ask=e.texts("never_ask", []),
        also_tell=e.texts("also_tell", []),
        route_also_right=e.texts("route_also_right", []),
        aliases=e.texts("aliases", []),
        check_first=e.texts("check_first", []),
        never_extra=e.texts("never_extra", []),
        note=e.text("note", ""),
        police_note=e.text("police_note", ""),
        ending=e.text("ending", ""),
        operator_grade_hint=e.text("operator_grade_hint", ""),
        incident_type_rule=e.text("incident_type_rule", ""),
    )
    e.close()
    return made
