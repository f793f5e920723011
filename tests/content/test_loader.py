"""A wrong content file is refused with an error that names file, id and field."""

import shutil

import pytest
import yaml

from bot.content.loader import FOLDER, ContentError, load


@pytest.fixture
def folder(tmp_path):
    """A copy of the content that a test may spoil."""
    for file in FOLDER.glob("*.yml"):
        shutil.copy(file, tmp_path)
    return tmp_path


def change(folder, name, edit):
    path = folder / name
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    edit(data)
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")


def refused(folder, *words):
    with pytest.raises(ContentError) as error:
        load(folder)
    for word in words:
        assert word in str(error.value)


def test_the_content_loads_once_and_is_whole():
    content = load()
    assert content is load()
    assert (len(content.types), len(content.agencies), len(content.topics)) == (110, 137, 134)


def test_a_missing_field_names_file_id_and_field(folder):
    change(folder, "questions.yml", lambda d: d["questions"][5].pop("again"))
    refused(folder, "questions.yml", load().questions and list(load().questions)[5], "again")


@pytest.mark.parametrize(
    ("field", "value"), [("safety", "no_such_line"), ("alone", ["("]), ("stage", "later")]
)
def test_a_wrong_question_back_names_its_field(folder, field, value):
    change(folder, "asked.yml", lambda d: d["asked"][2].update({field: value}))
    refused(folder, "asked.yml", list(load().asked)[2], field)


def test_an_unquoted_yes_is_named(folder):
    path = folder / "questions.yml"
    text = path.read_text(encoding="utf-8").replace("title: 'Yes'", "title: Yes", 1)
    path.write_text(text, encoding="utf-8")
    refused(folder, "questions.yml", "title", "quotes")


def test_an_unquoted_number_of_a_channel_is_named(folder):
    path = folder / "agencies.yml"
    text = path.read_text(encoding="utf-8").replace("value: '101'", "value: 101", 1)
    path.write_text(text, encoding="utf-8")
    refused(folder, "agencies.yml", "value", "quotes")


def test_a_slip_in_a_field_name_is_refused(folder):
    change(folder, "types.yml", lambda d: d["types"][3].update(protectd=True))
    refused(folder, "types.yml", "protectd")


def test_a_question_that_does_not_exist_is_refused(folder):
    change(folder, "types.yml", lambda d: d["types"][3]["asked"].append("no_such_question"))
    refused(folder, "types.yml", load() and "no_such_question")


def test_a_mandatory_question_that_is_never_asked_is_refused(folder):
    change(folder, "types.yml", lambda d: d["types"][18]["mandatory"].append("dob"))
    refused(folder, "mandatory", "dob")


def test_an_agency_that_does_not_exist_is_refused(folder):
    change(folder, "topics.yml", lambda d: d["topics"][0]["who_else_helps"].append("nobody_here"))
    refused(folder, "topics.yml", "who_else_helps", "nobody_here")


def test_an_id_that_stands_twice_is_refused(folder):
    change(folder, "topics.yml", lambda d: d["topics"].append(d["topics"][0]))
    refused(folder, "topics.yml", "adv_999_when", "twice")


def test_a_key_that_stands_twice_is_refused_with_its_line(folder):
    path = folder / "force.yml"
    path.write_text(path.read_text(encoding="utf-8") + "\nname: Again\n", encoding="utf-8")
    refused(folder, "force.yml", "name", "twice")


def test_a_held_topic_may_not_have_an_answer(folder):
    def edit(data):
        next(t for t in data["topics"] if t["held"])["answer"] = ["Ring us."]

    change(folder, "topics.yml", edit)
    refused(folder, "topics.yml", "answer", "held")


def test_a_topic_nobody_checked_has_to_be_held(folder):
    def edit(data):
        topic = next(t for t in data["topics"] if not t["held"])
        topic.update(seen=False, general=False, approved=False)

    change(folder, "topics.yml", edit)
    refused(folder, "topics.yml", "held")


def test_hours_are_not_said_before_they_are_verified(folder):
    def edit(data):
        agency = next(a for a in data["agencies"] if not a["hours"]["verified"])
        agency["hours"]["say"] = "Open 24 hours a day"

    change(folder, "agencies.yml", edit)
    refused(folder, "agencies.yml", "say", "verified")


def test_a_missing_file_and_broken_yaml_are_plain_errors(folder):
    (folder / "force.yml").write_text("a: [", encoding="utf-8")
    refused(folder, "force.yml", "YAML")
    (folder / "force.yml").unlink()
    refused(folder, "force.yml", "missing")
