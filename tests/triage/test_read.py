"""The reading as a whole: danger is found wherever it stands, and nothing throws."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.train.corpus import load_nlu
from bot.triage.read import Reader
from bot.triage.reading import DANGERS, ROUTES, Reading

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


ALARMING = ("K2", "K3", "K4", "K5", "K6")  # half of these batches was written to sound alarming


@pytest.mark.parametrize(("hard", "most"), [(False, 0.04), (True, 0.06)])
def test_labelled_answers_without_danger_seldom_alarm(
    reader: Reader, hard: bool, most: float
) -> None:
    """The bar for answers: few false alarms, and emergencies told as answers are found."""
    every = [one for one in load_nlu() if not one.first and one.asked]
    answers = [one for one in every if one.id.startswith(ALARMING) == hard]
    calm = [one for one in answers if one.danger == "none"]
    urgent = [one for one in answers if one.act == "danger" and one.danger == "now"]
    alarms = sum(reader.read(one.text, one.asked).danger != "none" for one in calm)
    found = sum(reader.read(one.text, one.asked).danger != "none" for one in urgent)
    print(f"{alarms} of {len(calm)} alarmed, {found} of {len(urgent)} found")
    assert alarms <= most * len(calm)
    assert found >= 0.9 * len(urgent)
