"""The trainers' commands print what they promise and fail in one plain line."""

from __future__ import annotations

import json
from pathlib import Path

from small_project import first_model, livechat


def test_explain_and_evaluate_on_a_real_model(project: Path) -> None:
    first_model(project)
    told = livechat(project, "explain", "he's got a knife", "--json")
    assert json.loads(told.stdout)["reading"]["danger"] == "now"
    asked = livechat(project, "explain", "yeah", "--asked", "injury")
    assert "answer, after injury" in asked.stdout
    page = project / "out" / "page.html"
    good = livechat(project, "evaluate", "--html", str(page))
    assert good.returncode == 0, good.stderr
    assert "test.jsonl: " in good.stdout and "mustcatch.jsonl: 2 messages" in good.stdout
    assert page.read_text().count("<svg") == 4
    lost = project / "data" / "eval" / "mustcatch_new.jsonl"
    lost.write_text(json.dumps({"id": "M-1", "text": "hello there how are you"}) + "\n")
    bad = livechat(project, "evaluate", str(lost), "--misses")
    assert bad.returncode == 1 and "not flagged: M-1" in bad.stdout


def test_what_is_missing_is_said_in_one_line(project: Path) -> None:
    for words in (["explain", "hello"], ["promote"], ["rollback"], ["compare", "a", "models"]):
        done = livechat(project, *words)
        assert done.returncode == 1, words
        assert len(done.stderr.strip().splitlines()) == 1, done.stderr
        assert "Traceback" not in done.stderr
