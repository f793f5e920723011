"""The documents are in step with the code: what they name exists, and what exists is named."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from bot.cli import main
from bot.desk import Move, State, names
from bot.report.draft import STEERING, new
from bot.report.questions import GATEWAY, SAFETY
from bot.settings import ROOT, SETTINGS
from bot.train.check import check
from bot.train.corpus import load_nlu
from bot.triage.reading import ACTS, ROUTES
from bot.web.errors import PROBLEMS
from bot.web.metrics import Metrics

DOCS = sorted((ROOT / "docs").rglob("*.md"))
PAGES = [*DOCS, *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md"))]
DOMAIN: dict[str, Any] = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))
FENCE = re.compile(r"```(\w*)\n(.*?)```", re.DOTALL)
# A path of the repository in backticks: it begins with one of these, and has no blank in it.
TOP = r"(?:actions|benchmarks|bot|data|docs|scripts|tests|training)/"
# Made by a command that the page names, so it may be absent.
MADE = ("benchmarks/out/", "training/out/", "training/.venv/")


def page(name: str) -> str:
    """The text of a page below `docs`."""
    return (ROOT / "docs" / name).read_text("utf-8")


def section(text: str, title: str) -> str:
    """What stands under the heading that begins with `title`."""
    return text.split(f"\n## {title}", 1)[1].split("\n## ", 1)[0]


def commands(group: click.Group, before: str = "livechat") -> dict[str, click.Command]:
    """Every command by what is typed."""
    found: dict[str, click.Command] = {}
    for name, command in group.commands.items():
        typed = f"{before} {name}"
        found |= commands(command, typed) if isinstance(command, click.Group) else {typed: command}
    return found


@pytest.mark.parametrize("file", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(file: Path) -> None:
    """Links, images and paths of the repository in a page exist."""
    text = file.read_text("utf-8")
    linked = [link for link in re.findall(r"\]\(([^)#\s]+)\)", text) if "://" not in link]
    named = re.findall(rf"`({TOP}[\w./-]+)`", text)
    missing = [link for link in linked if not (file.parent / link).exists()]
    gone = [n for n in named if not (ROOT / n).exists() and not (ROOT / f"{n}.py").exists()]
    missing += [n for n in gone if not n.startswith(MADE)]
    beside = re.findall(r"`([a-z][\w-]*\.(?:md|yml|json))`", text) if file in DOCS else []
    places = (file.parent, ROOT / "docs", ROOT, ROOT / "data/content", ROOT / "data/rules")
    missing += [n for n in beside if not any((place / n).exists() for place in places)]
    assert missing == []


def test_every_setting_is_explained_and_none_is_made_up() -> None:
    """The table of `settings.md` is the table of the code."""
    rows = re.findall(r"(?m)^\| `([A-Z_]+)` \|", page("settings.md"))
    assert rows == [setting.name for setting in SETTINGS.values()]


def test_every_command_is_explained_and_every_named_one_exists() -> None:
    """`livechat x` in any page is a command, and each command has its row."""
    known = commands(main)
    rows = section(page("settings.md"), "Commands")
    assert [typed for typed in known if f"`{typed}" not in rows] == []
    for file in PAGES:
        text = file.read_text("utf-8")
        code = [body for _, body in FENCE.findall(text)] + re.findall(r"`(livechat [^`]+)`", text)
        typed = re.findall(r"(?m)(?:^|[/ ])(livechat [a-z]+(?: [a-z]+)?)", "\n".join(code))
        wrong = [t for t in typed if t not in known and t.rsplit(" ", 1)[0] not in known]
        assert wrong == [], f"{file.name}: {wrong}"


def test_every_metric_is_explained_and_none_is_made_up() -> None:
    """Metrics of the gateway and counters of the desk stand in `settings.md`."""
    text = section(page("settings.md"), "Metrics")
    real = {
        family.name + ("_total" if family.type == "counter" else "")
        for family in Metrics().registry.collect()
    }
    assert set(re.findall(r"`(livechat_\w+)`", text)) == real
    counters = [value for name, value in vars(names).items() if name.startswith("COUNT_")]
    assert [name for name in counters if f"`{name}`" not in text] == []


def test_make_targets_have_help_and_those_named_exist() -> None:
    """`make help` lists every target; no page names one that is not there."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = re.findall(r"(?m)^([a-z-]+):", makefile)
    assert targets == re.findall(r"(?m)^([a-z-]+):.*## \S", makefile)
    for file in PAGES:
        text = file.read_text("utf-8")
        named = re.findall(r"`make ([a-z-]+)`", text) + re.findall(r"(?m)^make ([a-z-]+)$", text)
        assert set(named) <= set(targets), file.name


def test_trainers_are_told_every_intent_and_action() -> None:
    """`training.md` names the routes, acts and actions of the domain; no page names another."""
    wanted = [*ROUTES, *ACTS, *DOMAIN["actions"]]
    assert [name for name in wanted if f"`{name}`" not in page("training.md")] == []
    known = {*DOMAIN["actions"], *DOMAIN["responses"], "action_listen"}
    for file in PAGES:
        said = re.findall(r"[`: ]((?:action|utter)_[a-z_]+)[`\n]", file.read_text("utf-8"))
        assert set(said) <= known, file.name


def test_the_examples_for_trainers_can_be_pasted(tmp_path: Path) -> None:
    """The examples pass the data check's rules; the story's steps exist."""
    blocks = [yaml.safe_load(body) for kind, body in FENCE.findall(page("training.md")) if kind]
    first, middle, story = blocks
    nlu = [{"intent": "crime_report", "examples": first}, {"intent": "why", "examples": middle}]
    (tmp_path / "pasted.yml").write_text(yaml.safe_dump({"nlu": nlu}), "utf-8")
    assert check(load_nlu(tmp_path), {}).problems == []
    steps = [step for made in story["stories"] for step in made["steps"]]
    assert {s["intent"] for s in steps if "intent" in s} <= set(DOMAIN["intents"])
    assert {s["action"] for s in steps if "action" in s} <= set(DOMAIN["actions"])


def test_the_seams_name_every_field_move_and_question() -> None:
    """State fields, moves, keys of a draft and the ids of questions that are not content."""
    text = page("seams.md")
    fields = [name for name in State.__dataclass_fields__ if name not in ("extra", "disposition")]
    assert [n for n in fields if not re.search(rf"\b{n}\b", section(text, "3."))] == []
    asked = (*STEERING, *GATEWAY, *SAFETY)
    assert [n for n in asked if f"`{n}`" not in section(text, "4.")] == []
    code = [*(ROOT / "actions").glob("*.py"), *(ROOT / "bot/report").glob("*.py")]
    key = re.compile(r"(?:draft|made)(?:\.get\(|\.pop\(|\[)\"(\w+)\"")
    used = key.findall("".join(path.read_text("utf-8") for path in code))
    assert {n for n in (*used, *new("")) if f'"{n}"' not in section(text, "5.")} == set()
    assert [m.value for m in Move if not re.search(rf"\b{m.value}\b", section(text, "7."))] == []


def test_problem_codes_are_those_of_the_code() -> None:
    """`api.md` has a row for each code with its status, and no other."""
    rows = re.findall(r"(?m)^\| `(\w+)` \| (\d{3}) \|", page("api.md"))
    assert {code: int(status) for code, status in rows} == {k: v[0] for k, v in PROBLEMS.items()}
