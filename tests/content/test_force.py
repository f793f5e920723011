"""The force is one file: name, boroughs, grades, and a notice that says what is true."""

from bot.content import force
from bot.content.guard import clean
from bot.content.wording import problems, title_problems


def test_the_grades_are_those_of_the_force_in_order():
    assert [(g.id, g.minutes) for g in force.get().grades][:3] == [
        ("1", 15),
        ("2", 60),
        ("C", None),
    ]


def test_the_notice_is_four_sentences_or_lines_that_pass_the_wording_tests():
    assert len(force.get().notice) == 4
    for line in force.get().notice:
        assert problems(line) == [] and clean(line)[1] == []


def test_the_title_is_neutral_from_the_first_load():
    assert title_problems(force.get().page_title) == []


def test_the_presence_lines_are_true_of_their_state():
    assert problems(force.get().presence["here"], on_duty=True) == []
    assert problems(force.get().presence["here"])
    assert problems(force.get().presence["nobody"]) == []


def test_a_borough_is_heard_in_a_sentence():
    assert force.borough("it was in Salford, near the quays") == "Salford"
    assert force.borough("near the Boltons") is None and len(force.get().boroughs) == 10
