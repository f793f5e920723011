"""One safety step in the making: the state with this step's changes, and the lines so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from bot.content import safety as content
from bot.triage import safety_words as said
from bot.triage.reading import Reading
from bot.triage.safety_shapes import Button, Changes, SafetyLine, State

SUICIDE_CUES: Final = frozenset(["suicide", "self_harm"])
SUICIDE_TYPES: Final = frozenset(["emg_suicide_self_harm", "mental_health_crisis"])
LIKELY_TYPE: Final = 0.15
# "Feeling really low lately": their own trouble, asked about as such.
LOW: Final = "mental_health_crisis"
SURE_LOW: Final = 0.6


def yes_no() -> tuple[Button, ...]:
    """The answers to a safety question."""
    return (
        Button(content.button("yes"), "/safe_yes"),
        Button(content.button("no"), "/safe_no"),
        Button(content.button("not_sure"), "/safe_unsure"),
    )


def share() -> tuple[Button, ...]:
    """The button that asks the browser for the place."""
    return (Button(content.button("share_location"), "/location"),)


def ways(deaf: bool) -> tuple[Button, ...]:
    """The buttons under the 999 message."""
    rang = Button(content.button("says_rang", deaf=deaf), "/rang_999")
    if deaf:
        return (rang,)
    return (
        Button(content.button("cannot_speak"), "/cannot_speak"),
        Button(content.button("cannot_phone"), "/cannot_phone"),
        rang,
    )


@dataclass
class Work:
    """One step in the making: the state as this message leaves it, and the lines so far."""

    state: State
    reading: Reading
    text: str
    on_duty: bool
    danger: str = "none"
    lines: list[SafetyLine] = field(default_factory=list)
    changes: Changes = field(default_factory=dict)
    silence: bool = False
    pressed: bool = False  # a button, not typed words
    asked_again: bool = False  # the open safety question has been put in its second wording
    answered: bool = False  # a safety question has just had its answer: the next may come

    def now(self, name: str) -> object:
        """A field of the state with this step's change counted in."""
        return self.changes.get(name, getattr(self.state, name))

    def set(self, name: str, value: object) -> None:
        """Change a field, if it is a change."""
        if getattr(self.state, name, None) != value:
            self.changes[name] = value

    def say(self, says: str, buttons: tuple[Button, ...] = (), again: bool = False) -> None:
        """Say a sentence in its version for this person and desk, each once in a step.

        `again`: in its second wording."""
        found = content.variant(
            says,
            deaf=self.deaf,
            protected=bool(self.now("protected")),
            child=bool(self.now("child")),
            on_duty=self.on_duty,
        )
        if all(line.says != found for line in self.lines):
            self.lines.append(SafetyLine(found, buttons, again=again))

    def ask(
        self, question: str, says: str, buttons: tuple[Button, ...], again: bool = False
    ) -> None:
        """Say a safety question and keep it open."""
        self.say(says, buttons, again)
        self.changes |= {"safety_asking": question, "asking": question}

    def asked_done(self) -> None:
        """The open safety question has its answer."""
        if self.state.asking == self.state.safety_asking:
            self.changes["asking"] = None
        self.changes["safety_asking"] = None
        self.answered = True

    @property
    def deaf(self) -> bool:
        """Deaf or without speech, by this message or before."""
        return bool(self.now("deaf"))

    @property
    def handled(self) -> bool:
        """A person of the desk has the chat: they ask, the machine does not."""
        return self.state.owner.startswith("operator")

    @property
    def suicidal(self) -> bool:
        """Words of suicide or self-harm, by a rule, or by the head where the type agrees.

        The head alone hears it in "dunno" and in every sad message: too little to ask on.
        """
        found = [cue for cue in self.reading.cues if cue.name in SUICIDE_CUES]
        if any(cue.source == "rule" for cue in found):
            return True
        kinds = {name for name, score in self.reading.type_scores if score >= LIKELY_TYPE}
        if found and kinds & SUICIDE_TYPES:
            return True
        best = self.reading.type_scores[:1]
        low = bool(best) and best[0][0] == LOW and best[0][1] >= SURE_LOW
        return low and self.reading.danger != "none" and not said.about_another(self.text)

    @property
    def cues(self) -> frozenset[str]:
        """The cues of this message."""
        return self.reading.cue_names()
