"""The glue wording of the assistant has one text each and passes the same wording tests."""

import pytest

from bot.content import responses
from bot.content.fields import ContentError


def write(tmp_path, text):
    path = tmp_path / "domain.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_our_own_responses_pass():
    assert responses.lint() == []


def test_a_bad_word_or_an_unknown_number_is_named_with_its_response(tmp_path):
    path = write(
        tmp_path,
        "responses:\n  utter_a:\n  - text: We will ring you.\n"
        "  utter_b:\n  - text: On 0161 872 5050.\n",
    )
    found = responses.lint(path)
    assert any("utter_a" in f and "promises" in f for f in found)
    assert any("utter_b" in f and "0161 872 5050" in f for f in found)


def test_a_response_with_variants_is_refused(tmp_path):
    path = write(tmp_path, "responses:\n  utter_a:\n  - text: Hello.\n  - text: Hi.\n")
    with pytest.raises(ContentError, match="utter_a"):
        responses.load(path)
