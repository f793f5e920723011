"""The typed shapes of the content: frozen dataclasses, made once by `bot.content.loader`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

Value = str | bool
"""What a choice puts into the report."""


@dataclass(frozen=True)
class Choice:
    """One button of a question: `value` is kept, `title` is read."""

    value: Value
    title: str


@dataclass(frozen=True)
class Question:
    """One question. `fills` names every detail that its answer may fill (itself when none)."""

    id: str
    text: str
    again: str
    why: str
    kind: str = "text"
    choices: tuple[Choice, ...] = ()
    fills: tuple[str, ...] = ()
    skippable: bool = True
    ask: str = "always"
    when: str = ""
    early: bool = False
    once: bool = False


@dataclass(frozen=True)
class SendTo:
    """A case in which another agency acts: `condition` in words for the handler."""

    condition: str
    agencies: tuple[str, ...]


@dataclass(frozen=True)
class DangerEdge:
    """What makes a type `now`, `check` or `none`, in words (labelling and handlers)."""

    danger: str
    condition: str


@dataclass(frozen=True)
class Becomes:
    """Another type that fits better when the condition holds."""

    condition: str
    type: str


@dataclass(frozen=True)
class ContactType:
    """One kind of contact; the field rules stand at the top of `types.yml`."""

    id: str
    label: str
    route: str
    incident_type: str
    family: str
    default_danger: str
    protected: bool
    chat_mode: str
    to_person: str
    own_questions: bool
    asked: tuple[str, ...]
    mandatory: tuple[str, ...]
    may_ask: tuple[str, ...]
    extra_questions: tuple[str, ...]
    anonymous: str
    safe_contact: str
    required_before_contact: tuple[str, ...]
    never_ask: tuple[str, ...]
    business: bool
    implied: Mapping[str, str]
    signpost: tuple[str, ...]
    advice: tuple[str, ...]
    not_police_when: tuple[SendTo, ...]
    becomes: tuple[Becomes, ...]
    also_tell: tuple[str, ...]
    route_also_right: tuple[str, ...]
    aliases: tuple[str, ...]
    also_called: tuple[str, ...]
    risk_cues: tuple[str, ...]
    danger_edges: tuple[DangerEdge, ...]
    emergency_when: tuple[str, ...]
    check_first: tuple[str, ...] = ()
    never_extra: tuple[str, ...] = ()
    note: str = ""
    police_note: str = ""
    ending: str = ""
    operator_grade_hint: str = ""
    incident_type_rule: str = ""


@dataclass(frozen=True)
class Channel:
    """One way to reach an agency. Nothing but `show` decides whether people may see it."""

    type: str
    value: str
    show: bool
    uses: tuple[str, ...] = ("main",)
    label: str = ""
    say: str = ""
    verified: bool = False
    never_expires: bool = False
    why_hidden: str = ""
    note: str = ""


@dataclass(frozen=True)
class Agency:
    """A service that people may be sent to, with the condition for offering it at all."""

    id: str
    name: str
    category: str
    says: str
    handles: tuple[str, ...]
    not_for: tuple[str, ...]
    channels: tuple[Channel, ...]
    hours: str
    hours_verified: bool
    hours_say: str
    area: str
    boroughs: tuple[str, ...]
    scope: str
    scope_check: str = ""
    landlord: str = ""
    never_signpost: bool = False
    note: str = ""


@dataclass(frozen=True)
class Topic:
    """One topic of advice. `answer` is empty while the topic is held back."""

    id: str
    title: str
    answer: tuple[str, ...]
    answer_deaf: tuple[str, ...]
    people_ask: tuple[str, ...]
    who_else_helps: tuple[str, ...]
    seen: bool
    general: bool
    approved: bool
    asked_only: bool
    held: bool
    audience: str = ""
    figures_date: str = ""
    held_back: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Asked:
    """A question that people ask back: patterns that know it, and its short answer."""

    id: str
    asks: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]
    says: tuple[str, ...]
    alone: tuple[re.Pattern[str], ...] = ()
    topic: str = ""
    response: str = ""
    safety: str = ""
    helps: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    protected: bool | None = None
    stage: str = ""
    groups: tuple[str, ...] = ()
    in_danger: bool = False
    calm: bool = False
    suspect: bool = False
    offer: bool = False


@dataclass(frozen=True)
class SafetyText:
    """One safety sentence: single, versioned, owned. The ids name its versions for other states."""

    id: str
    version: int
    owner: str
    text: str
    again: str = ""
    deaf: str = ""
    protected: str = ""
    child: str = ""
    nobody: str = ""
    duty: bool = False


@dataclass(frozen=True)
class Sentence999:
    """The one sentence in another language; `checked` once a named native speaker has read it."""

    language: str
    name: str
    text: str
    checked: bool
    right_to_left: bool


@dataclass(frozen=True)
class Grade:
    """A grade of response that the desk may suggest; `minutes` is None where there is no target."""

    id: str
    name: str
    minutes: int | None
    colour: str
    tell: str


@dataclass(frozen=True)
class Force:
    """The force that this desk serves."""

    id: str
    name: str
    display_name: str
    page_title: str
    area: str
    reference_prefix: str
    boroughs: tuple[str, ...]
    numbers: Mapping[str, str]
    grades: tuple[Grade, ...]
    notice: tuple[str, ...]
    presence: Mapping[str, str]


@dataclass(frozen=True)
class Content:
    """All content of one folder, validated and cross-checked."""

    force: Force
    questions: Mapping[str, Question]
    types: Mapping[str, ContactType]
    other_report: ContactType
    incident_types: tuple[str, ...]
    question_limits: Mapping[str, int]
    safety: Mapping[str, SafetyText]
    buttons: Mapping[str, Mapping[str, str]]
    sentences_999: Mapping[str, Sentence999]
    agencies: Mapping[str, Agency] = field(default_factory=dict)
    topics: Mapping[str, Topic] = field(default_factory=dict)
    lines: Mapping[str, str] = field(default_factory=dict)
    asked: Mapping[str, Asked] = field(default_factory=dict)
    follow_ups: Mapping[str, Asked] = field(default_factory=dict)
    tell_us: str = ""
    prevention: tuple[str, ...] = ()
    called: Mapping[str, str] = field(default_factory=dict)
