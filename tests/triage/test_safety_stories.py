"""Whole conversations through the real reader and the safety step, as frightened people type.

Each story keeps the state as the desk would, and holds one of the rules that must hold in
every test (call-handling section 13; the numbers stand in the names).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from bot.content import safety as content
from bot.triage.read import Reader
from bot.triage.reading import DANGERS
from bot.triage.safety import SafetyStep, step
from tests.triage.test_safety import State

ASKING = {"ask_safe_now", "self_hurt_now", "ask_safe_to_chat", "ask_where_now", "ask_where_them"}
FULL = {
    "tell_999_full",
    "tell_999_full_protected",
    "tell_999_full_child",
    "tell_999_deaf",
    "tell_999_other",
    "tell_999_suicide",
    "tell_999_suicide_child",
    "tell_999_suicide_deaf",
}


@dataclass
class Story:
    """A conversation: its state, what was said, and who is on duty."""

    reader: Reader
    duty: bool = True
    state: State = field(default_factory=State)
    sends: list[str] = field(default_factory=list)
    again: bool = False

    def say(self, text: str, payload: str | None = None) -> list[str]:
        """The person writes; returns the ids of what is said."""
        asked = self.state.asking or self.state.safety_asking
        reading = self.reader.read(text, asked, tuple(self.sends[-3:]))
        found = step(self.state, reading, text, payload, self.duty, asked_again=self.again)
        self.sends.append(text)
        self._keep(found, [] if payload else [{"name": cue.name} for cue in reading.cues])
        return [line.says for line in found.lines]

    def press(self, payload: str) -> list[str]:
        """A button is pressed."""
        return self.say("Not sure", payload)

    def _keep(self, found: SafetyStep, cues: list[dict[str, str]]) -> None:
        known = {name: value for name, value in found.changes.items() if hasattr(self.state, name)}
        worst = max(self.state.danger, found.danger, key=DANGERS.index)
        self.state = replace(
            self.state, **known, danger=worst, peak=worst, cues=(*self.state.cues, *cues)
        )
        for line in found.lines:
            if line.says in ASKING:
                self.again = line.again

    def asks(self, question: str) -> None:
        """The assistant asks a question of the report."""
        self.state = replace(self.state, asking=question)


@pytest.fixture
def story(reader: Reader) -> Story:
    return Story(reader)


@pytest.fixture
def alone(reader: Reader) -> Story:
    """Nobody is on duty."""
    return Story(reader, duty=False)


def test_rule_1_danger_inside_an_ordinary_report_gives_999_first(story: Story) -> None:
    story.say("my bike was stolen yesterday from outside tesco in sale")
    for question, answer in [
        ("when", "it was yesterday"),
        ("location", "outside my house"),
        ("contact_details", "no"),
    ]:
        story.asks(question)
        assert story.say(answer) == []
    story.asks("suspect_description")
    assert story.say("hes come back hes got a knife")[0] in FULL
    assert story.state.danger == "now"


@pytest.mark.parametrize(
    "answers",
    [
        ["no", "dunno", "nothing else", "it was yesterday", "no danger", "just me", "skip", "no"],
        ["nobodys hurt", "dont know", "no one", "a strimmer", "12 park road", "yeah", "no cctv"],
        ["no", "not in danger no", "in my garden", "dave smith", "07700 900123", "all safe"],
    ],
)
def test_ordinary_answers_to_ordinary_questions_raise_nothing(
    reader: Reader, answers: list[str]
) -> None:
    story = Story(reader)
    story.say("someone broke into our garage last week and took tools")
    places = ["injury", "location", "when", "property", "contact_details", "evidence", "location"]
    for question, answer in zip([*places, "anything_else"], answers, strict=False):
        story.asks(question)
        assert story.say(answer) == [], (question, answer)
    held = story.state
    assert (held.danger, held.protected, held.suicide, held.suspect) == ("none", 0, 0, 0)


def test_rule_2_old_danger_stands_and_is_not_raised_again_by_harmless_words(story: Story) -> None:
    story.say("theres a fight outside my house")
    story.say("14 bury road")
    assert story.say("my bike was stolen yesterday") == []
    assert story.state.danger == "now"


def test_rule_3_no_second_helping_of_yes_makes_a_quiet_no(story: Story) -> None:
    """ "Not sure" is not no: it raises, and a person is asked for."""
    story.say("i think the man next door might come back and have a go at me")
    story.state = replace(
        story.state, danger="check", peak="check", told_999=None, protected=0, told_cues=()
    )
    story.state = replace(story.state, asking="safe_now", safety_asking="safe_now")
    said = story.say("i dont know")
    assert said[0] in FULL
    assert (story.state.danger, story.state.check_answer) == ("now", "unsure")


def test_rules_5_and_13_not_safe_to_type_is_the_last_word(story: Story) -> None:
    said = story.say("hes downstairs i have to be quiet")
    assert said[:2] == ["tell_999_full_protected", "ask_safe_to_chat"]
    assert story.state.protected
    assert story.say("no") == ["stop_typing"]
    assert story.say("hes gone out now") == []
    assert story.say("help hes got a knife") == []
    assert story.state.danger == "now"


def test_a_no_in_her_own_language_stops_the_chat_too(story: Story) -> None:
    assert story.say("زوجي يضربني الآن")[0] == "sentence_999"
    assert story.state.protected
    assert story.say("لا") == ["stop_typing"]


def test_an_unclear_answer_is_asked_again_once_and_never_a_third_time(story: Story) -> None:
    story.say("my husband hits me")
    assert story.state.safety_asking == "safe_to_chat"
    assert story.say("14 bury road") == ["ask_safe_to_chat"]
    assert story.again
    assert story.say("nothing else") == ["listened", "ask_safe_now"]
    assert story.state.silenced in (0, False)


def test_rule_6_abuse_told_calmly_gets_no_questions_of_suicide_or_detail(alone: Story) -> None:
    first = alone.say("my ex used to hit me i want to tell someone")
    assert first == ["nobody_on_duty", "ask_safe_to_chat"]
    assert alone.say("yes its safe") == ["ask_safe_now"]
    assert alone.say("no") == ["check_no_ack"]
    for question in ("domestic_abuse__da_now", "location", "safe_contact"):
        alone.asks(question)
        assert alone.say("dont know") == []
    assert not alone.state.suicide
    assert alone.state.danger == "check"


def test_rule_8_strangled_yesterday_gets_medical_advice_before_questions(story: Story) -> None:
    assert story.say("he strangled me yesterday but im ok now") == ["strangled", "ask_safe_to_chat"]
    assert story.say("yes") == ["ask_safe_now"]
    story.say("no hes gone to his mums")
    assert story.state.check_answer == "no"
    assert story.say("he strangled me in 2019 when i was 20").count("strangled") == 0


def test_rule_11_nobody_here_is_said_and_no_person_is_promised(alone: Story) -> None:
    said = alone.say("im going to kill myself")
    assert said == ["tell_999_suicide", "nobody_on_duty_suicide", "self_hurt_now"]
    assert not alone.state.suspect
    said += alone.say("no")
    said += alone.say("dunno")
    said += alone.say("dunno")
    words = " ".join(content.text(one).lower() for one in said)
    assert "have been asked" not in words
    assert alone.state.danger == "now"


def test_rule_12_a_retraction_lowers_nothing_and_new_danger_in_it_counts(story: Story) -> None:
    story.say("hes got a knife")
    assert story.say("ignore that my friend typed it") == ["retraction_ack"]
    assert story.state.danger == "now"
    assert story.say("ignore me hes set fire to the house")[0] in FULL


def test_rule_14_the_55_text_stands_alone_and_never_before_a_deaf_person(story: Story) -> None:
    story.say("someone is in my house")
    assert story.say("i cant speak") == ["cannot_speak"]
    assert "Press 55 when it asks" in content.text("cannot_speak")
    deaf = Story(story.reader)
    said = deaf.say("im deaf someone is breaking in my back door")
    said += deaf.press("/rang_999") + deaf.say("they are still here")
    assert said[0] == "tell_999_deaf"
    assert not {"cannot_speak", "fixed_55", "stop_typing"} & set(said)


def test_rule_15_a_suspect_is_asked_of_danger_and_of_nothing_else(story: Story) -> None:
    assert story.say("i hit my wife last night i dont know what to do") == [
        "suspect_line",
        "ask_safe_now",
    ]
    assert story.say("no") == ["check_no_ack"]
    said = story.say("her name is sarah and i punched her")
    assert set(said) <= {"suspect_line", "ask_safe_now"}
    assert story.state.suspect
    victim = Story(story.reader)
    assert "suspect_line" not in victim.say("he hit me first and i hit him back")


def test_under_a_handler_what_is_typed_answers_the_handler(story: Story) -> None:
    story.say("my husband hits me")
    story.state = replace(story.state, owner="operator:a")
    assert story.say("no") == []
    assert not story.state.silenced
    assert story.say("its fine now") == []
    assert story.say("hes kicking the door in")[0] in FULL


def test_a_child_is_never_promised_a_secret(story: Story) -> None:
    story.say("im 10 and daddy hurts me at night")
    assert story.state.child
    story.state = replace(story.state, asking=None, safety_asking=None)
    assert "child_secrecy" in story.say("dont tell my mum")


@pytest.mark.parametrize(
    ("question", "payload", "danger"),
    [
        ("domestic_abuse__da_now", "/yes", "now"),
        ("suspect_present", '/answer{"value": "still_here"}', "now"),
        ("arson__alight_now", "/yes", "now"),
        ("borough", '/answer{"value": "Bolton"}', "none"),
        ("injury", '/answer{"value": "none"}', "none"),
        ("weapon", '/answer{"value": "seen"}', "none"),
    ],
)
def test_a_button_is_danger_by_its_question_and_not_by_its_title(
    story: Story, question: str, payload: str, danger: str
) -> None:
    story.asks(question)
    story.say("Hitting, a knife, help", payload)
    assert story.state.danger == danger


@pytest.mark.parametrize(
    "text",
    [
        "i saw a film where a man gets stabbed is it a true story",
        "is there a fire drill at the station tomorrow",
        "this parking fine is killing me lol",
        "no",
        "skip",
    ],
)
def test_films_drills_and_idioms_are_no_danger(story: Story, text: str) -> None:
    assert story.say(text) == []
    assert story.state.danger == "none"
