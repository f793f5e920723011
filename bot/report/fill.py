"""Fill the draft from one message: every detail that it holds, not only the one that was asked.

What is understood is never asked again. What was said stays beside its value, with its source:
`said` in answer or in clear words, `inferred` where we concluded it. A correction replaces.
"""

# ruff: noqa: E501 - word lists inside patterns read better whole than broken

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.content import types
from bot.extract import denied, plate, signs, where
from bot.extract.spans import spans
from bot.report import answers, details, told
from bot.report import draft as drafts
from bot.report import held as held_details
from bot.report.draft import Draft
from bot.report.message import Found, Message
from bot.triage.reading import Reading

#: Acts that answer nothing: the message is about the chat itself.
_ASIDE = frozenset(
    (
        "why",
        "repeat",
        "cancel",
        "start_again",
        "thanks",
        "frustrated",
        "question",
        "human",
        "retract",
        "confirm_send",
        "nothing_else",
    )
)
_SAFETY = frozenset(("safe_now", "safe_to_chat", "where_now"))
_REPORTED = ("crime_report", "emergency", "human")
#: Open questions whose answer is an account, not one detail.
_TELLING = (None, "what_happened", "anything_else")
_CORRECTION = re.compile(
    r"^\W*(?:no,? (?:it|that|she|he|they|i|the|its|my|not|wait)\b|wait\b|i meant?\b|actually\b|"
    r"sorry,? (?:i meant?|it|that|not|meant)|correction|not \w+,? (?:it|but|its)\b|"
    r"(?:that|it)(?:'s| is|s)? (?:wrong|not right))",
    re.IGNORECASE,
)
#: "..., not the pothole road": the rest of the message is the one that holds.
_INSTEAD = re.compile(r",\s*not (?:the|on the|at the|in the) \w+", re.IGNORECASE)
#: In the middle of a message: what follows puts right what went before.
_LATER = re.compile(
    r"\b(?:(?:no,? )?i tell a lie|no,? wait|(?:no|oh),? hang on|i (?:do )?mean[t]?|"
    r"(?:no,? )?sorry,? (?:no|not)|no,? sorry(?=,| \d|\.)|correction|scratch that|(?:that'?s|thats) (?:my|the) old one)\b[,:]?",
    re.IGNORECASE,
)
#: Ruled out beside a new value, these are put right whatever the act: "Thursday not Friday".
_PUT_RIGHT = ("when", "vehicle_reg", "location")
#: Gives a number or e-mail to be used, after having kept the name back.
_OFFERED = re.compile(
    r"\b(?:(?:can|could|may) (?:have|use|get)|ring me|call me|text me|(?:e-?mail|contact|reach) me|my e-?mail|"
    r"my (?:mobile|number|phone)|best (?:number|email|way))\b",
    re.IGNORECASE,
)
#: Takes back what was given: "scratch that, leave my number off".
_TAKEN_BACK = re.compile(
    r"\b(?:(?:leave|take|keep|get) (?:that|it|them|me|my \w+|the \w+|this) (?:off|out|back)(?! (?:the|a) (?:bus|shelf|car|van))|take (?:back )?my (?:number|name|email|phone|details) (?:off|out|away|back)|"
    r"(?:forget|delete|remove|scrap|rub out|don'?t use|dont use|don'?t (?:put|keep|save)|dont (?:put|keep|save)) (?:me |my )?(?:number|name|email|phone|details)|scratch (?:that|my \w+))",
    re.IGNORECASE,
)
_TAKES_WHO = re.compile(
    r"\b(?:number|name|e-?mail|phone|mobile|details|with me on|me on it)\b|\d{5}", re.IGNORECASE
)
_PAST = re.compile(
    r"\b(?:was|were|been|got|had|has|took|taken|stole|stolen|nicked|pinched|robbed|broke|broken|"
    r"found|came home|come home|smashed|kicked|went|missing|gone|keyed|damaged|forced|snatched|"
    r"happened|shouted|called|threw|punched|walked out|left|ran|grabbed)\b",
    re.IGNORECASE,
)
_GOING_ON = re.compile(
    r"\b(?:right now|now|still (?:here|there|in|outside|going)|at the moment|happening|"
    r"as we speak|outside (?:my|the|our))\b",
    re.IGNORECASE,
)
_OPEN_CUES = frozenset(("in_progress", "suspect_present", "threat"))
#: How sure a later message must be to change the type that the first one gave.
_SURE = 0.6


def fill(  # noqa: PLR0917 - the contract of docs/seams.md section 5
    draft: Mapping[str, Any],
    reading: Reading,
    text: str,
    asked: str | None,
    seq: int,
    now: str | datetime,
) -> Draft:
    """The draft after `text`. `asked` is the open question (None for none), `now` its time.

    `now` is a datetime or ISO 8601. Never raises for what a person types.
    """
    made = drafts.copied(draft)
    if made["reference"] and asked is None:
        return made  # filed: what comes now belongs to another report or to a person
    if reading.danger != "none":
        made["danger_shown"] = True  # from now on only the person's own answer says it is over
    message = _read(reading, text, asked, seq, _moment(now))
    _kind(made, reading, asked)
    _account(made, message)
    details.merge(made, message)
    if asked and message.act not in _ASIDE and asked not in drafts.STEERING:
        _answer(made, asked, message)
    safe = None if made.get("danger_shown") else answers.NO_DANGER.search(text)
    if safe and "safe_now" not in made["details"]:
        drafts.put(made, "safe_now", safe.group(0), "no", "said", seq)
    _taken_out(made, message)
    if message.correcting:
        details.reopen(made, message)
    details.keep_anonymous(made, seq, keeps_back=not _OFFERED.search(text) or _keeps_back(text))
    if made["stage"] != "idle":
        _infer(made, reading, message)
    return made


def _moment(now: str | datetime) -> datetime:
    return datetime.fromisoformat(now.replace("Z", "+00:00")) if isinstance(now, str) else now


def _read(reading: Reading, text: str, asked: str | None, seq: int, now: datetime) -> Message:
    """The message with its details; of a correction only the part that holds is looked at."""
    act = reading.act
    later = list(_LATER.finditer(text))
    correcting = act == "correct" or asked in ("change_what", "summary") or bool(later)
    if asked != "what_happened":
        correcting = correcting or bool(_CORRECTION.match(text) or _INSTEAD.search(text))
    ruled_out = denied.find(text, now) if asked != "what_happened" else []
    ruled_out = [one for one in ruled_out if correcting or one.name in _PUT_RIGHT]
    rest = denied.blanked(text, ruled_out)
    found = dict(spans(rest, now, asked))
    if any(one.name == "vehicle_reg" for one in ruled_out) and "vehicle_reg" not in found:
        found["vehicle_reg"] = plate.spans(f"plate {rest}")  # "more like KP70 than KR70"
    if later:
        found |= {k: v for k, v in spans(text[later[-1].end() :], now, asked).items() if v}
    if found.get("contact_phone") or found.get("contact_email"):
        found.pop("anonymous", None)  # keeps the name back and gives a number: not anonymous
    if answers.meaning(act, text) in ("dont_know", "skip", "no") and not _resolved(found):
        found.pop("when", None)  # "dunno" is no time, though the question was when
    if _takes_back(text):
        found = {k: v for k, v in found.items() if k not in drafts.IDENTITY}
    found = {name: hits for name, hits in found.items() if hits}
    kept = details.only_sure(found) if act in _ASIDE else found
    out = tuple((one.name, one.said) for one in ruled_out if correcting or one.name in kept)
    return Message(text, act, asked, seq, now, kept, correcting, out, rest)


def _taken_out(made: Draft, message: Message) -> None:
    """What the message takes back: who the writer is, a thing of the list, a house number."""
    if _takes_back(message.text):
        for name in (*drafts.IDENTITY, "contact_details"):
            made["details"].pop(name, None)
    if any(name == "property" for name, _ in message.denied):
        details.take_off(made, message)
    held = made["details"].get("location")
    if held and (right := held_details.renumbered(held, message.text)):
        drafts.put(made, "location", *right, "said", message.seq)


def _takes_back(text: str) -> bool:
    """Whether a name or number given is taken back and no other one follows."""
    last = list(_TAKEN_BACK.finditer(text))
    if not last or not _TAKES_WHO.search(text):
        return False
    return not re.search(r"\d{5}|@|\bmy name(?: is|'s)", text[last[-1].end() :])


def _keeps_back(text: str) -> bool:
    sign = signs.anonymous(text)
    return sign is not None and sign.value is True


def _resolved(found: Found) -> bool:
    return any(hit.value["from"] for hit in found.get("when", []))


def _kind(made: Draft, reading: Reading, asked: str | None) -> None:
    """The route, type and incident type: set by the first message that tells them."""
    if reading.failed or reading.act in _ASIDE:
        return
    if reading.route == "emergency" and reading.danger == "now":
        made["route"] = "emergency"  # beats every other route, whatever was open
    reported = reading.route in _REPORTED[:2]
    opening = reading.act is None or asked in (None, "what_happened")
    if opening and (made["route"] is None or reported):
        small = reading.route in ("social", "out_of_scope")
        made["route"] = made["route"] if small else reading.route
    if reading.route in _REPORTED and types.exists(reading.type or ""):
        kind = types.get(str(reading.type))
        if _better(made, reading, asked, opening):
            made["type"], made["mode"] = kind.id, kind.to_person
    if made["type"] or made["route"] in _REPORTED[:2]:
        made["incident_type"] = types.get(drafts.kind(made)).incident_type
    if made["stage"] == "idle" and made["route"] in _REPORTED[:2]:
        made["stage"] = "report"


def _better(made: Draft, reading: Reading, asked: str | None, opening: bool) -> bool:
    """Whether the type that was read now replaces the one that is held."""
    if made["type"] is None:
        return opening or reading.danger != "none"
    if reading.type == made["type"]:
        return False
    sure = (reading.type_scores[0][1] if reading.type_scores else reading.confidence) >= _SURE
    fresh = reading.act in (None, "danger") or asked == "what_happened"
    if types.goes_to_person(str(reading.type)) and sure and fresh:
        return True  # towards a person at any time, away from one never
    return sure and asked == "what_happened" and not types.goes_to_person(str(made["type"]))


def _account(made: Draft, message: Message) -> None:
    """The first account, word for word: told before questions, to "what happened", or added."""
    telling = message.asked in _TELLING or message.act in ("add_more", "correct", "danger")
    if not telling or message.act in _ASIDE or made["route"] not in _REPORTED:
        return
    if len(message.text.split()) < 2 and message.asked != "what_happened":
        return
    made["account"].append({"seq": message.seq, "text": message.text})
    if "what_happened" not in made["details"] and drafts.is_account(message.text):
        drafts.put(made, "what_happened", message.text, message.text, "said", message.seq)


def _answer(made: Draft, asked: str, message: Message) -> None:
    if asked == "where_now":
        refused = answers.meaning(message.act, message.text) in ("no", "dont_know", "skip")
        if "location" not in made["details"] and not refused:
            place = where.Where(0, 0, message.text.strip()).value()
            drafts.put(made, "location", message.text, place, "said", message.seq)
    elif asked in _SAFETY or _is_answer(asked, message):
        answers.take(made, asked, message)


def _is_answer(asked: str, message: Message) -> bool:
    """Whether the message answers the open question, and not something else that it tells."""
    if any(name in message.found for name in drafts.fills(asked)):
        return True
    if message.correcting and message.found:
        return False
    contact = [hit for name in drafts.IDENTITY for hit in message.found.get(name, [])]
    rest = message.text
    for hit in contact:
        rest = rest.replace(hit.said, " ")
    # a name and a number alone are no answer to "who did it?"
    return not contact or len(rest.split()) > 3


def _infer(made: Draft, reading: Reading, message: Message) -> None:
    """What follows from the type and the account without having been asked."""
    kind = types.get(drafts.kind(made))
    if made["incident_type"] and drafts.value(made, "incident_type") != made["incident_type"]:
        drafts.put(made, "incident_type", "", made["incident_type"], "inferred", message.seq)
    if message.asked in _TELLING or message.act == "add_more":
        for name in types.asked(drafts.kind(made)):
            if name not in made["details"] and (hit := told.find(name, message.text)):
                drafts.put(made, name, hit.said, hit.value, "said", message.seq)
    for name, value in kind.implied.items():
        if name not in made["details"]:
            drafts.put(made, name, "", value, "inferred", message.seq)
    if "safe_now" not in made["details"] and _clearly_over(made, reading, message):
        said = message.text if len(message.text) < 200 else ""
        drafts.put(made, "safe_now", said, "no", "inferred", message.seq)


def _clearly_over(made: Draft, reading: Reading, message: Message) -> bool:
    """The person's own words put it in the past and no cue is open (question bank, safe_now)."""
    if made.get("danger_shown") or reading.failed or reading.act in _ASIDE:
        return False
    if reading.cue_names() & _OPEN_CUES:
        return False
    held = drafts.value(made, "when")
    if isinstance(held, dict) and held.get("to"):
        end = datetime.fromisoformat(held["to"])
        here = message.now if message.now.tzinfo else message.now.replace(tzinfo=end.tzinfo)
        loose = held.get("precision") in ("part_of_day", "day")
        return end <= here - timedelta(hours=1) or (loose and end < here)
    default = types.get(drafts.kind(made)).default_danger
    past = bool(_PAST.search(message.text)) and not _GOING_ON.search(message.text)
    return default == "none" and past
