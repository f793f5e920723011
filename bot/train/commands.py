"""The trainers' commands of `livechat`; each is a thin door to one module of `bot/train`.

Everything is imported inside the commands: `livechat up` loads none of it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from bot.settings import ROOT, Settings, SettingsError, load

RELEASED = Path("models") / "released"
FOLDER = click.Path(file_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def _settings() -> Settings:
    try:
        return load()
    except SettingsError as error:
        raise click.ClickException(str(error)) from None


@contextmanager
def plainly() -> Iterator[None]:
    """What a trainer may run into is one plain sentence and exit 1, never a traceback."""
    from bot.dialogue.model import NoHeads as NoArchive
    from bot.train.corpus import BadData
    from bot.train.release import Refused
    from bot.train.story import NoStory
    from bot.triage.encoder import BrokenModel
    from bot.triage.heads import NoHeads

    try:
        yield
    except (BadData, BrokenModel, NoArchive, NoHeads, NoStory, Refused, ValueError) as error:
        raise click.ClickException(str(error)) from None


def _heads(settings: Settings) -> Path:
    """The heads of the working model, unpacked as the gateway would."""
    from bot.dialogue.model import unpack
    from bot.train.promote import MODEL

    if not (settings.models / MODEL).is_file():
        raise click.ClickException(f"No trained model in {settings.models}. Run: make train")
    return unpack(settings.models / MODEL, settings.triage_model)


def _err(line: str) -> None:
    click.echo(line, err=True)


@click.command()
@click.argument("text")
@click.option("--asked", help="The id of the question that was open; without it a first message.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def explain(text: str, asked: str | None, as_json: bool) -> None:
    """Say how a message is read, and why: rules, scores, thresholds, nearest examples."""
    from bot.train.explain import Explainer
    from bot.train.explain_text import lines
    from bot.train.located import load_located

    with plainly():
        found = Explainer(_heads(_settings()), load_located(), _err).explain(text, asked)
    if as_json:
        click.echo(json.dumps(found.to_json(), ensure_ascii=False))
        return
    for line in lines(found):
        click.echo(line)


@click.group()
def data() -> None:
    """Check the training data, and add to them."""


@data.command("check")
@click.option("--doubtful", default=0, help="Show so many labels that the model doubts most.")
def data_check(doubtful: int) -> None:
    """Check every file that trainers change: traps of YAML, labels, overlap, lengths."""
    from bot.train.datacheck import data_check as run

    with plainly():
        sys.exit(run(ROOT, click.echo, doubtful))


@data.command("add")
@click.option("--text", help="The words; without it they are asked for, or read from a pipe.")
@click.option("--route", help="What it is about: emergency, crime_report, advice, ...")
@click.option("--type", "kind", help="The type, such as bike_theft; none for social, out_of_scope.")
@click.option("--danger", type=click.Choice(["none", "check", "now"]), default="none")
@click.option("--cues", default="", help="Cues, with commas between.")
@click.option("--act", help="In the middle of a chat: yes, no, why, answer, ...")
@click.option("--asked", help="In the middle of a chat: the question that was open.")
@click.option("--sure", is_flag=True, help="Take it though something still looks personal.")
@click.option("--yes", is_flag=True, help="Write it without asking.")
def data_add(
    *, text: str | None, route: str | None, kind: str | None, danger: str, cues: str,
    act: str | None, asked: str | None, sure: bool, yes: bool,
) -> None:  # fmt: skip
    """Add a message as an example: scrubbed, checked, shown, then written."""
    from bot.train.add import Given, keep, propose
    from bot.train.located import shown_path
    from bot.triage.read import Reader

    words = text or (click.prompt("Words") if sys.stdin.isatty() else sys.stdin.read())
    named = tuple(one.strip() for one in cues.split(",") if one.strip())
    given = Given(words, route, kind, danger, named, act, asked)
    with plainly():
        made = propose(given, ROOT, Reader.load(_heads(_settings())), say=_err)
        if sys.stdout.isatty():  # before it is scrubbed, on a terminal and nowhere else
            click.echo(f"before:  {words.strip()}")
        click.echo(f"after:   {made.text}")
        read = made.reading
        click.echo(f"read as: {read.route}, type {read.type or 'none'}, danger {read.danger}")
        click.echo(f"label:   {act or route}, type {kind or 'none'}, danger {danger}")
        _refuse(made.problems, made.left, sure)
        if not yes:
            click.confirm(f"Write it into {shown_path(made.file)}?", abort=True)
        click.echo(f"{keep(made)} written into {shown_path(made.file)}")


def _refuse(problems: tuple[str, ...], left: tuple[str, ...], sure: bool) -> None:
    lines = list(problems)
    if left and not sure:
        lines += [f"This still looks personal: {one}" for one in left]
        lines.append("Change the words, or say --sure. Nothing was written.")
    if lines:
        raise click.ClickException("\n".join(lines))


@click.command()
@click.argument("old", type=FOLDER)
@click.argument("new", type=FOLDER)
@click.option("--file", type=FILE, default=ROOT / "data/eval/test.jsonl", help="Labelled messages.")
def compare(old: Path, new: Path, file: Path) -> None:
    """Compare two models: what got better, what got worse, which messages flip."""
    from bot.train.compare import compare as run

    with plainly():
        run(old, new, file, click.echo)


@click.command()
@click.option("--to", type=FOLDER, default=ROOT / RELEASED, help="Where releases are kept.")
def promote(to: Path) -> None:
    """Release the working model, unless it misses an emergency that the one before caught."""
    from bot.train.release import promote as run

    settings = _settings()
    with plainly():
        _heads(settings)
        run(ROOT, settings.models, to, click.echo)


@click.command()
@click.option("--to", type=FOLDER, default=ROOT / RELEASED, help="Where releases are kept.")
def rollback(to: Path) -> None:
    """Go back to the release before."""
    from bot.train.release import rollback as run

    with plainly():
        run(to, click.echo)


@click.command()
@click.argument("conversation")
@click.option("--only", type=click.Choice(["story", "replay"]), help="Print one of the two.")
@click.option("--sure", is_flag=True, help="Print it though something still looks personal.")
def story(conversation: str, only: str | None, sure: bool) -> None:
    """Print a story and a replay script of a real chat, scrubbed."""
    from bot.train import story as stories

    settings = _settings()
    settings.data.mkdir(parents=True, exist_ok=True)
    with plainly():
        made = stories.from_records(
            settings.sqlite_url, settings.desk_id, conversation, ROOT / "domain.yml"
        )
    if made.left and not sure:
        found = "\n".join(f"This still looks personal: {one}" for one in made.left)
        raise click.ClickException(f"{found}\nLook at it yourself, then say --sure.")
    parts: dict[str, Callable[[], str]] = {
        "story": lambda: stories.rasa_story(made, stories.actions_of(ROOT)),
        "replay": lambda: stories.replay_script(made),
    }
    for name, part in parts.items():
        if only in (None, name):
            click.echo(part())
    _err(f"read by the model {', '.join(made.model) or 'unknown'}")


@click.command()
@click.argument("files", nargs=-1, type=FILE)
@click.option("--model", type=FOLDER, help="Folder of the heads; without it the working model.")
@click.option("--html", type=click.Path(path_type=Path), help="Write the report here.")
@click.option("--beside", default="", help="Other ways beside: desk,frozen,diet.")
@click.option("--misses", is_flag=True, help="Name emergencies that were not flagged.")
def evaluate(
    files: tuple[Path, ...], model: Path | None, html: Path | None, beside: str, misses: bool
) -> None:
    """Measure the model on labelled files; without a file on the test set and must-catch lists."""
    from bot.train.compare import heads_folder
    from bot.train.corpus import EVAL, MUST_CATCH
    from bot.train.evaluate import evaluate as run

    chosen = files or (EVAL / "test.jsonl", *sorted(EVAL.glob(f"{MUST_CATCH}*.jsonl")))
    ways = [way for way in beside.split(",") if way]
    with plainly():
        heads = heads_folder(model) if model else _heads(_settings())
        sys.exit(run(chosen, click.echo, model=heads, html=html, ways=ways, misses=misses))


COMMANDS: tuple[click.Command, ...] = (
    explain, data, compare, promote, rollback, story, evaluate,
)  # fmt: skip
