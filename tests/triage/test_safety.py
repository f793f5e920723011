"""The safety protocol, promise by promise (call-handling sections 13 to 17, 19, 20)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pytest

from bot.content.loader import load
from bot.triage.reading import CueHit, Reading
from bot.triage.safety import PROTECTED_TYPES, SafetyStep, step


@dataclass(frozen=True)
class State:
    """A conversation, as the protocol sees it."""

    owner: str = "bot"
    danger: str = "none"
    peak: str = "none"
    check_answer: str | None = None
    protected: bool = False
    told_999: str | None = None
    told_cues: tuple[str, ...] = ()
    asking: str | None = None
    safety_asking: str | None = None
    silenced: bool = False
    deaf: bool = False
    child: bool = False
    suspect: bool = False
    suicide: bool = False
    language: str = "en"
    cues: tuple[dict[str, Any], ...] = ()


def reading(
    danger: str = "none",
    cues: str = "",
    act: str | None = None,
    kind: str | None = None,
    language: str = "en",
) -> Reading:
    return Reading(
        act=act,
        route="emergency" if danger == "now" else "crime_report",
        route_scores={},
        type=kind,
        type_scores=[(kind, 0.9)] if kind else [],
        danger=danger,
        danger_score=0.0,
        cues=tuple(CueHit(name, name, "rule") for name in cues.split()),
        language=language,
        confidence=0.9,
        model="test",
    )


def says(found: SafetyStep) -> list[str]:
    return [line.says for line in found.lines]


def after(state: State, found: SafetyStep, cues: str = "") -> State:
    """The state that the desk would hold after the step."""
    known = {name: value for name, value in found.changes.items() if hasattr(state, name)}
    worst = max(state.danger, found.danger, key=("none", "check", "now").index)
    held = (*state.cues, *({"name": name} for name in cues.split()))
    return replace(state, **known, danger=worst, peak=worst, cues=held)


NOW = reading("now", "in_progress")
TOLD = State(danger="now", peak="now", told_999="told", told_cues=("in_progress",))


def test_a_message_without_danger_says_nothing() -> None:
    found = step(State(), reading(), "my bike was stolen", None, True)
    assert found == SafetyStep((), {}, "none", False)


def test_danger_now_tells_999_first_with_three_buttons_then_asks_where() -> None:
    found = step(State(), NOW, "they are breaking in", None, True)
    assert says(found) == ["tell_999_full", "ask_where_now"]
    assert [b.payload for b in found.lines[0].buttons] == [
        "/cannot_speak",
        "/cannot_phone",
        "/rang_999",
    ]
    assert [b.payload for b in found.lines[1].buttons] == ["/location"]
    assert found.changes["told_999"] == "told"
    assert found.changes["safety_asking"] == "where_now"
    assert found.danger == "now"


def test_the_full_message_comes_once_and_then_one_short_line() -> None:
    first = after(State(), step(State(), NOW, "they are breaking in", None, True))
    answered = after(first, step(first, reading(act="answer"), "Mill Lane", None, True))
    assert says(step(answered, NOW, "still at it", None, True)) == ["tell_999_short"]


def test_a_new_danger_cue_brings_the_full_message_again() -> None:
    found = step(TOLD, reading("now", "fire"), "now theres smoke", None, True)
    assert says(found)[0] == "tell_999_full"
    assert set(found.changes["told_cues"]) == {"fire", "in_progress"}


def test_where_is_not_asked_of_somebody_who_has_said_it() -> None:
    found = step(State(), NOW, "hes kicking the door in at 14 Mill Lane", None, True)
    assert says(found) == ["tell_999_full"]


def test_check_asks_whether_anyone_is_in_danger() -> None:
    found = step(State(), reading("check"), "he said he might come back", None, True)
    assert says(found) == ["ask_safe_now"]
    assert found.changes == {"safety_asking": "safe_now", "asking": "safe_now"}
    assert found.danger == "check"


ASKED = State(danger="check", peak="check", asking="safe_now", safety_asking="safe_now")


@pytest.mark.parametrize(("act", "answer"), [("yes", "yes"), ("dont_know", "unsure")])
def test_yes_and_not_sure_raise_to_now_with_999(act: str, answer: str) -> None:
    found = step(ASKED, reading(act=act), act, None, True)
    assert found.danger == "now"
    assert found.changes["check_answer"] == answer
    assert says(found)[0] == "tell_999_full"


def test_no_changes_the_answer_and_lowers_nothing() -> None:
    found = step(ASKED, reading(act="no"), "no", None, True)
    assert says(found) == ["check_no_ack"]
    assert found.changes == {"check_answer": "no", "asking": None, "safety_asking": None}


def test_danger_in_the_answer_counts_whatever_the_act() -> None:
    found = step(ASKED, reading("now", "weapon", act="no"), "no but he has a knife", None, True)
    assert found.danger == "now"
    assert says(found)[0] == "tell_999_full"


def test_yes_to_another_question_of_the_bot_is_no_answer_to_safe_now() -> None:
    state = replace(ASKED, asking="injury")
    assert step(state, reading(act="yes"), "yes", None, True).danger == "none"


@pytest.mark.parametrize("payload", ["/safe_yes", "/safe_unsure"])
def test_the_buttons_mean_what_they_say(payload: str) -> None:
    assert step(ASKED, reading(), "Yes", payload, True).danger == "now"


def test_a_protected_type_asks_first_whether_it_is_safe_to_type() -> None:
    found = step(State(), reading("check", kind="domestic_abuse"), "my husband", None, True)
    assert says(found) == ["ask_safe_to_chat"]
    assert found.changes["protected"] == 1


def test_protected_danger_gets_the_calm_words_and_no_location_button() -> None:
    found = step(State(), reading("now", "domestic_abuse in_progress"), "he hits me", None, True)
    assert says(found) == ["tell_999_full_protected", "ask_safe_to_chat"]
    state = after(State(), found)
    where = step(state, reading(act="yes"), "yes", None, True)
    assert says(where) == ["ask_where_now"]
    assert where.lines[0].buttons == ()


TYPING = State(
    danger="now",
    peak="now",
    protected=True,
    told_999="told",
    asking="safe_to_chat",
    safety_asking="safe_to_chat",
)


def test_not_safe_to_type_stops_all_words_for_good() -> None:
    found = step(TYPING, reading(act="no"), "no", None, True)
    assert says(found) == ["stop_typing"]
    assert found.silence
    assert found.changes["silenced"] == 1
    silenced = after(TYPING, found)
    later = step(silenced, reading("now", "weapon"), "hes got a knife", None, True)
    assert later.lines == ()
    assert later.silence
    assert later.danger == "now"


def test_a_deaf_person_is_never_shown_the_55_text_or_told_to_call() -> None:
    deaf = replace(TYPING, deaf=True)
    assert says(step(deaf, reading(act="no"), "no", None, True)) == ["stop_typing_deaf"]
    told = step(State(), reading("now", "deaf in_progress"), "im deaf hes here", None, True)
    assert says(told)[0] == "tell_999_deaf"
    speak = step(replace(TOLD, deaf=True), reading(), "I can't speak", "/cannot_speak", True)
    assert says(speak) == ["tell_999_deaf"]
    assert "call" not in load().safety["tell_999_deaf"].text.lower()


def test_the_three_buttons_are_kept() -> None:
    rang = step(TOLD, reading(), "I've rung 999", "/rang_999", True)
    assert (says(rang), rang.changes["told_999"]) == (["says_rang"], "says_rang")
    speak = step(TOLD, reading(), "I can't speak", "/cannot_speak", True)
    assert (says(speak), speak.changes["told_999"]) == (["cannot_speak"], "cannot")
    phone = step(TOLD, reading(), "I'm deaf", "/cannot_phone", True)
    assert (says(phone), phone.changes["deaf"]) == (["cannot_phone_on_duty"], 1)


def test_who_has_rung_999_is_not_told_again() -> None:
    said = step(TOLD, reading(), "ive already rang 999 theyre coming", None, True)
    assert said.changes["told_999"] == "says_rang"
    state = after(TOLD, said)
    assert says(step(state, NOW, "still here", None, True)) == []


def test_a_retraction_after_now_gets_its_line_and_lowers_nothing() -> None:
    found = step(TOLD, reading(act="retract"), "its fine now", None, True)
    assert says(found) == ["retraction_ack"]
    assert found.silence
    assert "danger" not in found.changes


def test_a_retraction_is_answered_by_its_line_only() -> None:
    """Whoever reads along may have typed it."""
    for state in (replace(TOLD, suicide=1), replace(TOLD, protected=1)):
        for act in ("retract", "cancel"):
            assert says(step(state, reading(act=act), "forget i said that", None, True)) == [
                "retraction_ack"
            ]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("don't know, nothing else to add", "dont_know"),
        ("yes that's correct, send it", "yes"),
        ("yes thats everything ta", "yes"),
        ("it was by the bus station, he had a red coat on and ran off", "dont_know"),
    ],
)
def test_the_end_of_a_report_is_no_yes_to_danger(text: str, act: str) -> None:
    """It answers something else: the question is put again, nothing is raised."""
    asked = State(danger="check", peak="check", asking="safe_now", safety_asking="safe_now")
    found = step(asked, reading(act=act), text, None, True)
    assert found.danger == "none" and says(found) == ["ask_safe_now"]


@pytest.mark.parametrize(
    "text",
    [
        "im at my mums so yeah safe to talk, hes not here",
        "hes out til six, fine to chat",
        "on my own now so ok to type",
        "nobody can see this, its my work phone",
        "yes its safe, he doesnt know where i am",
    ],
)
def test_safe_to_talk_in_plain_words_is_a_yes(text: str) -> None:
    """A "not" in it does not make it a no: a no ends the chat for good."""
    asked = State(protected=1, asking="safe_to_chat", safety_asking="safe_to_chat")
    found = step(asked, reading(act="no"), text, None, True)
    assert "silenced" not in found.changes
    hidden = step(asked, reading(act="no"), "no its not safe to talk", None, True)
    assert hidden.changes["silenced"] == 1


def test_who_was_missing_and_is_back_gets_an_answer() -> None:
    """It lowers nothing; it is no silence either."""
    told = replace(TOLD, told_cues=("missing",), cues=({"name": "missing"},))
    for text in (
        "omg shes just walked in",
        "do i tell someone hes home",
        "we found him at his nans",
    ):
        found = step(told, reading(), text, None, True)
        assert says(found) == ["came_back"] and found.danger == "none"
    assert says(step(told, reading(), "i will ring when shes back", None, True)) == []


def test_what_shall_i_do_in_danger_gets_an_answer() -> None:
    """Keep away from it; who is ill or gone is not a danger to keep away from."""
    for text in ("shud i go look", "should we get out", "what do i do", "do i wait here"):
        assert says(step(TOLD, reading(), text, None, True)) == ["keep_away"]
    for cue in ("medical", "fire"):
        other = replace(TOLD, cues=({"name": cue},))
        assert says(step(other, reading(), "should we get out", None, True)) == ["ask_999_what"]


def test_suicidal_words_get_their_own_words_and_question() -> None:
    now = step(State(), reading("now", "suicide"), "i want to die", None, True)
    assert says(now) == ["tell_999_suicide", "self_hurt_now"]
    assert now.changes["suicide"] == 1
    check = step(State(), reading("check", "suicide"), "i feel low and alone", None, True)
    assert says(check) == ["suicide_check", "self_hurt_now"]


def test_who_says_more_of_how_low_it_is_gets_more_than_the_question() -> None:
    low = State(danger="check", peak="check", suicide=True, asking="safe_now")
    low = replace(low, safety_asking="safe_now")
    for text in ("just feel really low since i lost my job", "everything is grey and i cant sleep"):
        found = step(low, reading(act="dont_know"), text, None, True)
        assert says(found) == ["low_heard", "self_hurt_now"] and found.danger == "none"


def test_who_has_acted_is_not_asked_whether_but_where() -> None:
    found = step(State(), reading("now", "suicide"), "ive taken all my tablets", None, True)
    assert says(found) == ["tell_999_suicide", "ask_where_now"]


def test_nobody_on_duty_is_said_at_once() -> None:
    assert "nobody_on_duty_danger" in says(step(State(), NOW, "help", None, False))
    found = step(State(), reading("now", "suicide"), "i want to die", None, False)
    assert "nobody_on_duty_suicide" in says(found)
    assert "nobody_on_duty" in says(step(State(), reading("check"), "scared", None, False))


def test_a_suspect_is_asked_about_danger_and_nothing_else() -> None:
    found = step(State(), reading(kind="own_offence_or_wanted"), "i hit her", None, True)
    assert says(found) == ["suspect_line", "ask_safe_now"]
    assert found.changes["suspect"] == 1
    assert found.danger == "check"


def test_a_child_gets_words_for_a_child() -> None:
    found = step(State(), reading("now", "child_writer medical"), "mummy fell", None, True)
    assert says(found)[0] == "tell_999_full_child"
    assert found.changes["child"] == 1


def test_another_language_gets_the_one_sentence_with_english_beside_it() -> None:
    found = step(State(), reading("now", "language", language="pl"), "pomocy", None, True)
    assert [(line.says, line.lang) for line in found.lines][:2] == [
        ("sentence_999", "pl"),
        ("tell_999_full", "en"),
    ]
    assert all(line.lang == "en" for line in found.lines[1:])


def test_under_an_operator_999_is_still_told_and_nothing_is_asked() -> None:
    found = step(replace(State(), owner="operator:a"), NOW, "hes back", None, True)
    assert says(found) == ["tell_999_full"]
    assert found.silence
    assert "safety_asking" not in found.changes


def test_a_shared_location_closes_the_question() -> None:
    state = replace(TOLD, asking="where_now", safety_asking="where_now")
    found = step(state, reading(), "", '/location{"lat": 53.4, "lon": -2.2, "accuracy": 9}', True)
    assert says(found) == ["location_shared"]
    assert found.changes["safety_asking"] is None


def test_every_sentence_that_can_be_said_stands_in_the_content() -> None:
    for danger in ("check", "now"):
        for cues in ("", "deaf", "child_writer", "suicide", "domestic_abuse", "deaf suicide"):
            for duty in (True, False):
                for line in step(State(), reading(danger, cues), "x", None, duty).lines:
                    assert line.says in load().safety


def test_the_protected_types_are_those_of_the_content() -> None:
    assert {name for name, kind in load().types.items() if kind.protected} == PROTECTED_TYPES
