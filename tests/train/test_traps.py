"""Each trap of YAML is told in plain words with its line and how to mend it; none raises."""

# ruff: noqa: E501 - a case reads better in one line

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import ROOT
from bot.train.located import load_located
from bot.train.traps import traps

HEAD = 'version: "3.1"\nnlu:\n- intent: crime_report\n  examples:\n'
GOOD = (
    "  - text: |-\n      my bike has gone\n"
    "    metadata: {id: A-1, type: bike_theft, danger: none}\n"
)


def found(folder: Path, body: str, head: str = HEAD) -> list[tuple[int, str, str]]:
    path = folder / "data" / "nlu" / "first" / "x.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(head + body, encoding="utf-8")
    return [(one.line, one.what, one.mend) for one in traps(folder)]


def test_our_own_files_hold_no_trap() -> None:
    assert traps(ROOT) == []


def test_a_good_example_and_the_plain_way_of_rasa_are_no_trap(tmp_path: Path) -> None:
    assert found(tmp_path, GOOD) == []
    assert found(tmp_path, "  - text: the van, the lad & me\n") == []
    plain = "nlu:\n- intent: advice\n  examples: |\n    - how do i\n    - what is\n"
    assert found(tmp_path, plain, "") == []


@pytest.mark.parametrize(
    ("body", "line", "what", "mend"),
    [
        ("  - text: 0161\n", 5, "0161 without quotes is read as a number", '"0161"'),
        ("  - text: 07700900123\n", 5, "is read as a number", '"07700900123"'),
        ("  - text: yes\n", 5, "yes without quotes is read as true", '"yes"'),
        ("  - text: no\n", 5, "no without quotes is read as false", '"no"'),
        ("  - text: On\n", 5, "On without quotes is read as true", '"On"'),
        ("  - text: 999\n", 5, "999 without quotes is no text", '"999"'),
        ("  - text: 2026-01-02\n", 5, "is no text", '"2026-01-02"'),
        ("\t- text: hello\n", 5, "begins with a tab", "blanks"),
        ("  - text: help: he is here\n", 5, "a colon stands in words", "quotes"),
        ("  - help: he is here\n", 5, "the key 'help' is not known", "part of the words"),
        (f"{GOOD}    text: another\n", 8, "'text' stands twice", "A dash is missing"),
        (f"{GOOD}  text: another\n", 8, "a dash is missing", "  - text: |-"),
        (f"{GOOD}   - text: another\n", 8, "too far left or too far right", "Line it up"),
        ("  - text: |-\n    my bike\n  is gone\n", 7, "words stand where a key", "six blanks"),
        ('  - text: "he said\n', 5, "a quote is opened and not closed", "Close it"),
        ("  - text: @dave knows\n", 5, "keeps for itself", "quotes"),
        ("  - text: *star\n", 5, "keeps for itself", "quotes"),
        ("  - text: a #2 bus\n", 5, "all after # is left out", "quotes"),
        ("  - text: |-\n      a b\n    metadata: {id: B, danger: none\n", 7, "a bracket", "Close it"),
        ("  - text: |-\n      a\n    metdata: {id: B}\n", 7, "'metdata' is not known", "metadata"),
        ("  - text: |-\n      a b\n    metadata: {id: B, dangr: now}\n", 7, "'dangr'", "danger"),
        ("  - text: |-\n      a b\n    metadata: {id: 12}\n", 7, "read as a number", '"12"'),
        ("  - metadata: {id: B}\n", 5, "an example without words", "text: |-"),
        ("  - just words\n", 5, "an example without 'text:'", "text: |-"),
        (GOOD + GOOD, 10, "the id A-1 stands in", "an id of its own"),
    ],
)  # fmt: skip
def test_a_trap_is_named_with_its_line_and_its_mend(
    tmp_path: Path, body: str, line: int, what: str, mend: str
) -> None:
    told = found(tmp_path, body)
    assert told, "nothing was said"
    assert any(at == line and what in said and mend in how for at, said, how in told), told


def test_a_missing_dash_in_the_plain_way_is_named(tmp_path: Path) -> None:
    plain = "nlu:\n- intent: advice\n  examples: |\n    - how do i\n    what is\n"
    assert found(tmp_path, plain, "")[0][:2] == (5, "a dash is missing before the words")


def test_a_duplicate_id_names_both_places(tmp_path: Path) -> None:
    found(tmp_path, GOOD)
    other = tmp_path / "data" / "nlu" / "midchat"
    other.mkdir()
    (other / "yes.yml").write_text(HEAD + GOOD)
    (trap,) = traps(tmp_path)
    assert trap.file.endswith("midchat/yes.yml") and "first/x.yml, line 7" in trap.what


def test_what_is_no_text_at_all_is_said(tmp_path: Path) -> None:
    found(tmp_path, GOOD)
    (tmp_path / "data" / "nlu" / "first" / "x.yml").write_bytes(b"\xff\xfe\x00a")
    assert "UTF-8" in traps(tmp_path)[0].what


def test_the_other_files_that_trainers_change_are_looked_at_too(tmp_path: Path) -> None:
    rules = tmp_path / "data" / "rules"
    rules.mkdir(parents=True)
    (rules / "rules.yml").write_text("rules:\n- rule: a\n  steps:\n  - intent: yes\n")
    (tmp_path / "domain.yml").write_text("responses:\n  utter_x:\n  - text: hello: you\n")
    told = [(Path(one.file).name, one.line) for one in traps(tmp_path)]
    assert told == [("rules.yml", 4), ("domain.yml", 3)]


def test_an_example_is_found_in_the_line_that_is_named(template: Path) -> None:
    for one in load_located(template / "data" / "nlu")[::50]:
        lines = Path(one.file).read_text(encoding="utf-8").splitlines()
        assert lines[one.line - 1].startswith("  - text:")
        assert one.example.text.split("\n")[0].strip() in lines[one.line]
