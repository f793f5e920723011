"""A message becomes an example only scrubbed, well labelled and unlike what is there."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from small_project import first_model, livechat

from bot.train.add import Given, keep, next_id, propose
from bot.train.corpus import BadData, load_nlu
from bot.train.datacheck import data_check
from bot.triage.read import Reader

TEXT = "Imran Shah from 14 Beech Road had my daughters scooter off the drive, cctv got his face"
STOLEN = {"route": "crime_report", "type": "theft_general"}
DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def reader(heads: Path) -> Reader:
    return Reader.load(heads)


def test_it_is_written_scrubbed_in_the_file_of_its_type_with_the_next_id(
    project: Path, reader: Reader
) -> None:
    made = propose(Given(TEXT, **STOLEN, cues=("child",)), project, reader, DAY)
    assert made.problems == () and made.left == ()
    assert [one.before for one in made.changes] == ["Imran Shah", "14 Beech Road"]
    assert keep(made) == "T-2026-001"
    (found,) = [o for o in load_nlu(project / "data" / "nlu") if o.id == "T-2026-001"]
    assert (found.route, found.type, found.danger) == ("crime_report", "theft_general", "none")
    assert found.cues == ("child",) and found.text == made.text
    assert "Imran" not in made.file.read_text() and "Beech" not in made.file.read_text()
    assert made.file.name == "theft_general.yml"
    assert data_check(project, lambda line: None) == 0
    other = propose(Given("me nans purse went walkies at bingo", **STOLEN), project, reader, DAY)
    assert keep(other) == "T-2026-002"


def test_the_middle_of_a_chat_has_files_and_labels_of_its_own(
    project: Path, reader: Reader
) -> None:
    given = Given("why on earth does my postcode matter to anyone", act="why", asked="location")
    made = propose(given, project, reader, DAY)
    before = {o.id: o for o in load_nlu(project / "data" / "nlu")}
    assert keep(made) == "T-2026-001"
    after = {o.id: o for o in load_nlu(project / "data" / "nlu")}
    found = after.pop("T-2026-001")
    assert (found.act, found.asked, found.danger) == ("why", "location", "none")
    assert made.file == project / "data" / "nlu" / "midchat" / "why.yml"
    assert after == before  # the writer leaves the others word for word
    yes = propose(Given("aye go on then love", act="yes", asked="injury"), project, reader, DAY)
    assert keep(yes) == "T-2026-002"
    assert '- intent: "yes"' in yes.file.read_text()
    assert data_check(project, lambda line: None) == 0


def test_a_question_and_danger_in_the_middle_are_filed_under_their_route(
    project: Path, reader: Reader
) -> None:
    given = Given("hes kicking my door again", act="danger", asked="when", danger="now")
    danger = propose(given, project, reader, DAY)
    assert danger.row["route"] == "emergency" and danger.file.name == "danger.yml"
    assert propose(Given("is it free", act="question"), project, reader, DAY).problems
    asked = propose(Given("is it free", "advice", act="question"), project, reader, DAY)
    assert asked.problems == () and asked.file.name == "question.yml"


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (Given("", **STOLEN), "no words"),
        (Given("a b c", route="crime"), "--route crime is none of"),
        (Given("a b c"), "--route None is none of"),
        (Given("a b c", act="maybe"), "--act maybe is none of"),
        (Given("a b c", route="emergency", type="emg_medical"), "an emergency without danger"),
        (Given("a b c", **STOLEN, cues=("gremlins",)), "unknown cues"),
        (Given("a b c", route="crime_report"), "a type where there is none, or none"),
    ],
)
def test_labels_that_are_none_of_ours_or_do_not_agree_are_refused(
    project: Path, reader: Reader, given: Given, why: str
) -> None:
    made = propose(given, project, reader, DAY)
    assert any(why in line for line in made.problems), made.problems
    with pytest.raises(ValueError, match=re.escape(made.problems[0])):
        keep(made)


def test_too_like_one_that_is_there_or_is_kept_for_tests_is_refused(
    project: Path, reader: Reader
) -> None:
    there = next(
        o for o in load_nlu(project / "data" / "nlu")
        if o.first and o.type == "bike_theft" and 10 < len(o.text.split()) < 40
    )  # fmt: skip
    bike = {"route": "crime_report", "type": "bike_theft"}
    made = propose(Given(f"{there.text} ta", **bike), project, reader, DAY)
    assert any(f"one that is there: {there.id}" in line for line in made.problems) or made.changes
    test = "my bike was nicked from outside the gym last tuesday"
    held = propose(Given(f"hello {test}", **bike), project, reader, DAY)
    assert held.problems == ("It is too like a message kept apart for tests: Q-0",)
    typos = "my bike was nicked from outside a gym last tuesday"
    meant = propose(Given(typos, **bike), project, reader, DAY)
    assert meant.problems == ("It is too like a message kept apart for tests: Q-0",)


def test_what_still_looks_personal_is_named(project: Path, reader: Reader) -> None:
    made = propose(Given("the code for the shed is 12 34 56, gone", **STOLEN), project, reader, DAY)
    assert made.left == ("a number of six digits or more: 12 34 56",)


def test_a_broken_file_is_told_of_before_anything_is_written(project: Path, reader: Reader) -> None:
    path = project / "data" / "nlu" / "first" / "bike_theft.yml"
    path.write_text(path.read_text() + "  - text: he said: give it\n")
    with pytest.raises(BadData, match=r"bike_theft\.yml, line \d+: a colon"):
        propose(Given(TEXT, **STOLEN), project, reader, DAY)


def test_ids_count_within_a_year() -> None:
    examples = load_nlu()[:3]
    named = [
        type(one)(f"T-2025-{n:03}", one.text, one.route, one.type, one.danger, one.cues)
        for n, one in enumerate(examples, 7)
    ]
    assert next_id(named, 2025) == "T-2025-010" and next_id(named, 2026) == "T-2026-001"


def test_the_command_asks_before_it_writes_and_never_prints_the_words_as_given(
    project: Path,
) -> None:
    first_model(project)
    words = ("data", "add", "--route", "crime_report", "--type", "theft_general")
    refused = livechat(project, *words, given=TEXT)  # nobody answers the question
    assert refused.returncode == 1 and "after:" in refused.stdout
    assert not any(o.id.startswith("T-") for o in load_nlu(project / "data" / "nlu"))
    done = livechat(project, *words, "--yes", given=TEXT)
    assert done.returncode == 0, done.stderr
    assert "read as: " in done.stdout and "written into data/nlu/first" in done.stdout
    assert "Imran" not in done.stdout + done.stderr + refused.stdout + refused.stderr
    personal = livechat(project, *words, "--yes", "--text", "the code is 12 34 56, it is gone now")
    assert personal.returncode == 1 and "still looks personal" in personal.stderr
    sure = livechat(
        project, *words, "--yes", "--sure", "--text", "the code is 12 34 56, it is gone now"
    )
    assert sure.returncode == 0, sure.stderr
