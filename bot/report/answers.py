"""What an answer to the open question means: its choice, none, unknown, skipped, or the words."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from bot.content import questions
from bot.content.model import Question
from bot.extract import people, property
from bot.report import draft as drafts
from bot.report.draft import NONE, UNKNOWN, Draft, Value
from bot.report.message import Message, plain

#: "No" to these means that there is none; to the others it is a plain "no".
_NONE_BY_NO = frozenset(
    ("injury", "weapon", "property", "evidence", "witnesses", "vehicle_reg", "witness_details")
)
_CONTACT = ("contact_details", "contact_name", "contact_phone", "contact_email")
#: Questions whose answer has a form: words that tell something else are no answer to them.
_EXACT = ("location", "when", "property", "vehicle_reg", "suspect_description")
_WEAK_NEWS = frozenset(("victim_or_witness", "repeat", "suspect_vehicle"))
#: Choices whose words may say more than a button: then the words count.
_WORDY = ("anonymous", "hate_motivation", "injury", "weapon", "witnesses")
_SKIP = re.compile(
    r"^\W*(?:skip(?: (?:it|this|that|please|pls))*|pass|next(?: (?:one|question))?|n/?a|move on|"
    r"(?:i'?d |id )?rather not(?: say| answer)?|prefer not(?: to)?(?: say)?|"
    r"(?:i )?(?:don'?t|dont) (?:want|wanna) (?:to )?(?:say|answer|give|tell)[a-z ]*)\W*$",
    re.IGNORECASE,
)
_KNOW = r"(?:don'?t|dont|do not) (?:really )?(?:know|remember|no)(?: sorry| tbh| mate)?"
_DUNNO = re.compile(
    rf"^\W*(?:(?:i )?(?:really |honestly )?{_KNOW}|dunno|not sure|no idea|no clue|idk|unsure|"
    r"can'?t (?:remember|say)|god knows|(?:i )?have(?:n'?t| not) (?:got )?a clue|who knows|"
    r"unknown)\W*$",
    re.IGNORECASE,
)
_NO = re.compile(
    r"^\W*(?:no|nope|nah|na|none|nothing|nobody|no one|not? really|never|nowt|negative|"
    r"no thanks|no thank you)\W*$",
    re.IGNORECASE,
)
_YES = re.compile(
    r"^\W*(?:yes|yeah|yep|yh|ye|yup|aye|correct|right|ok|okay|sure|course|of course|"
    r"that'?s right)\W*$",
    re.IGNORECASE,
)
#: Says of itself that nobody is in danger: the answer to `safe_now`, whatever was asked.
NO_DANGER = re.compile(
    r"\b(?:no(?:t in)?(?: any| immediate)? danger|(?:nobody|no ?one|none of us)"
    r"(?:'s| is| was| are| were)?(?: (?:in (?:any )?danger|hurt|injured|there now|here now))|"
    r"not in (?:any )?danger|"
    r"(?:i'?m|i am|we'?re|we are|everyone'?s|everyone is|she'?s|he'?s) (?:all )?"
    r"(?:safe|fine|ok|okay|alright|all right)\b)",
    re.IGNORECASE,
)
#: Words about who did it.
_OF_WHO = re.compile(
    r"\b(?:saw|see|seen|know|knew|idea|clue|who|anyone|anybody|any ?one|nobody|no ?one|"
    r"him|her|them|they|he|she|face|look(?:ed)?|cctv|camera|description|suspects?|lads?|man|woman|bloke)\b",
    re.IGNORECASE,
)
#: Longest "no" that is nothing but a no.
_PLAIN_NO = 3
#: Asked by the gateway, which reads the answer itself.
_GATEWAY = frozenset(("safe_now", "safe_to_chat", "self_hurt_now"))
_RULES = (("skip", _SKIP), ("dont_know", _DUNNO), ("no", _NO), ("yes", _YES))
_BY_ACT: dict[str, tuple[Value, ...]] = {
    "yes": ("yes", True),
    "no": ("no", "none", False),
    "dont_know": ("not_sure", UNKNOWN, "later"),
}
_PRIVATE = re.compile(r"\b(?:name|number|phone|email|contact|details|private|give)\b", re.I)
#: Likeness (0 to 100) from which typed words are taken for a button's title.
_LIKE = 80


def meaning(act: str | None, text: str) -> str | None:
    """The act of an answer: the one that was read, else what the plainest words say."""
    if act in ("skip", "dont_know", "yes", "no"):
        return act
    return next((name for name, rule in _RULES if rule.match(text)), act)


def take(draft: Draft, question: str, message: Message) -> None:
    """Write the answer to `question` into the draft (in place)."""
    act = meaning(message.act, message.text)
    names = drafts.fills(question)
    told = any(message.found.get(name) for name in names)
    asked = questions.get(question) if questions.exists(question) else None
    if act == "skip" and not told:
        _skip(draft, question)
    elif question in _CONTACT:
        _contact(draft, question, act, told, message)
    elif asked and asked.choices:
        _choice(draft, asked, act, message)
    elif told and not (_only_beside(draft, question, message) and not draft["reasked"]):
        _mark(draft, question, message)
    elif act == "dont_know":
        drafts.put(draft, names[0], message.text, UNKNOWN, "said", message.seq)
        _mark(draft, question, message, UNKNOWN)
    elif act == "no" and not (question in _EXACT and _no_to_another(question, message)):
        _no(draft, question, message)
    elif act == "no":
        _words_once(draft, question)
    else:
        _words(draft, question, message)


def _skip(draft: Draft, question: str) -> None:
    if question not in draft["skipped"]:
        draft["skipped"].append(question)


def _mark(draft: Draft, question: str, message: Message, value: Value = None) -> None:
    """A joined question that is no detail itself is kept too: it has been answered."""
    if question not in draft["details"]:
        held = message.text.strip() if value is None else value
        drafts.put(draft, question, message.text, held, "said", message.seq)


def _only_beside(draft: Draft, question: str, message: Message) -> bool:
    """Names a thing beside a time ("on Tuesday he found the gate cut"): not what was taken."""
    return question == "property" and question not in draft["details"] and "when" in message.found


def _no_to_another(question: str, message: Message) -> bool:
    """ "Nah not hurt" is no answer to "where?": only a plain no, or one about the question, is."""
    if question in ("location", "when"):
        return True  # no place and no time is "no"
    if NO_DANGER.search(message.text):
        return True
    if question != "suspect_description":
        return False
    return len(message.text.split()) > _PLAIN_NO and not _OF_WHO.search(message.text)


def _words_once(draft: Draft, question: str) -> None:
    """No answer to the question: it stays open once, then it is left."""
    if draft["reasked"]:
        _skip(draft, question)
    draft["reasked"] = 0 if draft["reasked"] else 1


def _no(draft: Draft, question: str, message: Message) -> None:
    if question == "suspect_description":
        drafts.put(draft, question, message.text, UNKNOWN, "said", message.seq)
        return
    for name in drafts.fills(question):
        if name in _NONE_BY_NO and name not in draft["details"]:
            drafts.put(draft, name, message.text, NONE, "said", message.seq)
    _mark(draft, question, message, "no")


def _words(draft: Draft, question: str, message: Message) -> None:
    words, names = message.text.strip(), drafts.fills(question)
    if question in _EXACT and _tells_something_else(message) and not draft["reasked"]:
        draft["reasked"] = 1  # it told something else: the question stays open once
        return
    if question == "suspect_description" and _of_no_person(message):
        _words_once(draft, question)
        return
    draft["reasked"] = 0
    if question in names or len(names) == 1:
        name = question if question in names else names[0]
        drafts.put(draft, name, words, words, "said", message.seq)
    _mark(draft, question, message)


def _of_no_person(message: Message) -> bool:
    """A name of the writer, a list of things or a camera describes nobody."""
    if _OF_WHO.search(message.text) or people.FEATURE.search(message.text):
        things = property.listed(message.text, held=True)
        return bool(things) and not people.groups(message.text)
    told = ("contact_name", "contact_phone", "contact_email", "evidence", "when", "property")
    return any(message.found.get(name) for name in told)


def _tells_something_else(message: Message) -> bool:
    others = {name for name, hits in message.found.items() if hits} - _WEAK_NEWS
    return bool(others) or bool(NO_DANGER.search(message.text))


def _contact(draft: Draft, question: str, act: str | None, told: bool, message: Message) -> None:
    """Contact details: what was given is in; a refusal is a skip, never a reason to ask again."""
    if told:
        _mark(draft, "contact_details", message)
    elif drafts.value(draft, "anonymous") is True or _refused(act, message.text):
        _skip(draft, question)
    elif draft["reasked"]:
        draft["reasked"] = 0
        _skip(draft, question)  # asked twice is enough
    else:
        draft["reasked"] = 1  # it told something else: the question stays open once


def _refused(act: str | None, text: str) -> bool:
    short = len(text.split()) <= 4
    return act == "dont_know" or (act in ("no", "skip") and (short or bool(_PRIVATE.search(text))))


def _choice(draft: Draft, question: Question, act: str | None, message: Message) -> None:
    if question.id in _WORDY and message.found.get(question.id):
        return  # the words said more than the button
    value = choose(question, act, message.text)
    if value is None and question.id not in _GATEWAY:
        elsewhere = question.id == "anonymous" or _tells_something_else(message)
        if elsewhere and not draft["reasked"]:
            draft["reasked"] = 1  # it told something else: the question stays open once
            return
        if question.id == "anonymous":
            draft["reasked"] = 0
            _skip(draft, question.id)  # words that say neither keep nobody's name back
            return
    draft["reasked"] = 0
    if value is None:
        value = message.text.strip()
    if question.id == "safe_now" and value == "not_sure":
        value = "unsure"
    drafts.put(draft, question.id, message.text, value, "said", message.seq)
    for name in question.fills:
        if name not in draft["details"] and value == "no" and name in _NONE_BY_NO:
            drafts.put(draft, name, message.text, NONE, "said", message.seq)


def choose(question: Question, act: str | None, text: str) -> Value:
    """The value of the choice that `text` names (or that yes, no, don't know mean), else None."""
    said = plain(text)
    for choice in question.choices:
        if said in (plain(choice.title), plain(str(choice.value))):
            return choice.value
    values = [choice.value for choice in question.choices]
    if question.id == "anonymous" and act in ("yes", "no"):
        # "no" to giving a name is staying anonymous; "yes" is taken as giving it
        return act == "no"
    if act in _BY_ACT:
        missing = UNKNOWN if act == "dont_know" else act
        return next((v for v in _BY_ACT[act] if v in values), missing)
    scored = [(fuzz.token_set_ratio(said, plain(c.title)), c.value) for c in question.choices]
    score, value = max(scored, key=lambda pair: pair[0])
    return value if score >= _LIKE and len(said) > 2 else None
