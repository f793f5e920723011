"""Words are compared without the signs that people put between them."""

import pytest

from bot.content import questions
from bot.report.answers import choose
from bot.report.message import plain


@pytest.mark.parametrize(
    ("words", "expected"),
    [("The Red bike!", "the red bike"), ("not_sure", "not sure"), (" it's ", "its"), ("...", "")],
)
def test_signs_and_capitals_do_not_count(words, expected):
    assert plain(words) == expected


def test_a_choice_is_known_by_its_value_or_its_title():
    question = next(q for q in map(questions.get, ("safe_now", "anonymous", "injury")) if q.choices)
    for choice in question.choices:
        assert choose(question, None, choice.title.upper() + ".") == choice.value
        assert choose(question, None, str(choice.value)) == choice.value
