"""The reading as a whole: danger is found wherever it stands, and nothing throws."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.train.corpus import EVAL, load_nlu, load_rows
from bot.triage.kinds import settled
from bot.triage.read import Reader
from bot.triage.reading import DANGERS, ROUTES, CueHit, Reading

FILLER = "i went to the shop on monday and bought some bread and milk for my mum. "


@pytest.mark.parametrize("text", ["help", "knife", "bleeding", "fire", "救命", "pomocy"])
def test_a_single_word_is_an_emergency(reader: Reader, text: str) -> None:
    found = reader.read(text)
    assert (found.route, found.danger) == ("emergency", "now")
    assert found.cues


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(at=st.integers(min_value=0, max_value=100))
def test_danger_anywhere_in_8000_characters_is_found(reader: Reader, at: int) -> None:
    parts = [FILLER] * (8000 // len(FILLER))
    parts.insert(at * len(parts) // 100, "there is a man in my house with a knife. ")
    assert reader.read("".join(parts)).danger == "now"


def test_danger_split_over_three_sends_is_found(reader: Reader) -> None:
    assert reader.read("in my house", recent=["please", "there is a man"]).danger == "now"


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(max_size=400), asked=st.sampled_from([None, "safe_now", "location"]))
def test_no_text_whatever_makes_a_reading_fail(
    reader: Reader, text: str, asked: str | None
) -> None:
    found = reader.read(text, asked)
    assert not found.failed
    assert found.route in ROUTES
    assert found.danger in DANGERS


def test_a_reading_that_throws_is_check_and_says_so(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "_read", lambda *given: 1 / 0)
    found = reader.read("hello")
    assert found.failed
    assert found.danger == "check"


def test_yes_alone_is_danger_by_its_question_and_not_by_itself(reader: Reader) -> None:
    found = reader.read("yes", "injury")
    assert (found.act, found.danger) == ("yes", "none")


def test_an_answer_with_danger_in_it_is_danger(reader: Reader) -> None:
    assert reader.read("white lad, hes got a knife and hes outside", "location").danger == "now"


def test_nothing_asked_means_no_act_but_the_plainest(reader: Reader) -> None:
    assert reader.read("yes").act is None
    assert reader.read("start again please").act == "start_again"


def test_social_messages_have_no_type(reader: Reader) -> None:
    assert reader.read("hiya").type is None


def test_a_language_that_the_heads_cannot_read_is_asked_about(reader: Reader) -> None:
    found = reader.read("у мене вкрали телефон у трамваї вчора")
    assert found.language == "uk"
    assert found.danger == "check"


def test_a_reading_survives_json(reader: Reader) -> None:
    found = reader.read("someone is breaking in, my nan is upstairs")
    assert Reading.from_json(found.to_json()) == found


def test_the_fingerprint_names_encoder_and_heads(reader: Reader) -> None:
    assert reader.read("hello").model == reader.fingerprint


@pytest.mark.parametrize("text", ["no", "dunno", "nothing else", "just me", "no danger", "skip"])
@pytest.mark.parametrize("asked", ["location", "injury", "contact_details", "anything_else"])
def test_a_bare_answer_has_no_cue_and_no_danger(reader: Reader, text: str, asked: str) -> None:
    found = reader.read(text, asked, recent=["my bike was nicked from outside tesco yesterday"])
    assert (found.danger, found.cues) == ("none", ())


def test_danger_of_sends_before_is_not_found_again_in_this_one(reader: Reader) -> None:
    before = ["theres a man in my house with a knife"]
    found = reader.read("my bike was stolen yesterday from the shed", None, before)
    assert (found.danger, found.cues) == ("none", ())
    assert reader.read("hes back", None, before).danger == "now"


def test_a_place_is_a_place(reader: Reader) -> None:
    assert reader.read("outside my house", "location").danger == "none"
    assert reader.read("outside my house with a knife hes here", "location").danger == "now"


def test_labelled_answers_without_danger_seldom_alarm(reader: Reader) -> None:
    """The bar for answers: few false alarms, and emergencies told as answers are found."""
    answers = [one for one in load_nlu() if not one.first and one.asked]
    calm = [one for one in answers if one.danger == "none"]
    urgent = [one for one in answers if one.act == "danger" and one.danger == "now"]
    alarms = sum(reader.read(one.text, one.asked).danger != "none" for one in calm)
    found = sum(reader.read(one.text, one.asked).danger != "none" for one in urgent)
    print(f"{alarms} of {len(calm)} alarmed, {found} of {len(urgent)} found")
    assert alarms <= 0.04 * len(calm)
    assert found >= 0.9 * len(urgent)


@pytest.mark.parametrize("before", [["hello"], ["hi can someone help me please"]])
def test_what_comes_after_a_greeting_is_a_first_message(reader: Reader, before: list[str]) -> None:
    """Of the development messages with danger hardly more may be passed over than without it."""
    urgent = [one.text for one in load_rows(EVAL / "dev.jsonl") if one.danger == "now"][::3]
    alone = sum(reader.read(text).danger == "none" for text in urgent)
    after = sum(reader.read(text, None, before).danger == "none" for text in urgent)
    assert after <= alone + 0.01 * len(urgent)


def test_an_emergency_after_a_calm_report_is_seldom_passed_over(reader: Reader) -> None:
    """What was told before speaks against "it's by the door", not against what is sure alone."""
    urgent = [one.text for one in load_rows(EVAL / "dev.jsonl") if one.danger == "now"]
    before = ["my bike was stolen last week"]
    passed = sum(reader.read(text, None, before).danger == "none" for text in urgent)
    print(f"{passed} of {len(urgent)} passed over")
    assert passed <= 0.08 * len(urgent)
    assert reader.read("a lad on our bus has a knife out", None, before).danger != "none"
    assert reader.read("hes hit me again", None, before).danger == "now"
    calm = "And my spare is in a drawer by the front door"
    asked = ["Three cars have gone from our road in a month, all keyless. Do those pouches work?"]
    assert reader.read(calm, None, asked).danger == "none"


@pytest.mark.parametrize(("sure", "cues", "kind"), [(0.85, 0, "theft"), (0.85, 1, "stalking")])
def test_an_answer_makes_nobody_a_victim_of_what_it_does_not_name(
    sure: float, cues: int, kind: str
) -> None:
    """A protected type of an answer is borne out by a cue, or nearly certain."""
    hits = [CueHit("stalking", "follows me", "rule")] * cues
    kinds = [("stalking", sure), ("theft", 0.1)]
    assert settled("stalking", kinds, hits, [], calm=True, answer=True)[0] == kind
