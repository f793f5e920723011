"""`livechat`: the command line of the desk. Each command is a thin door to one module.

Modules are imported inside the commands, so that `livechat operator` does not load what
only the assistant needs, and so that the gateway starts without Rasa.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import IO

import click

from bot.settings import ROOT, Settings, SettingsError, load
from bot.train.commands import COMMANDS


def _settings() -> Settings:
    try:
        return load()
    except SettingsError as error:
        raise click.ClickException(str(error)) from None


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """The live-chat desk."""


@main.command()
def up() -> None:
    """Run the whole desk in the foreground until Ctrl-C."""
    from bot.up import up as run

    sys.exit(run(_settings()))


@main.command()
def gateway() -> None:
    """Run the gateway alone: page, console and API. Needs REDIS_URL."""
    from bot.train.workbench import Workbench
    from bot.web.app import serve

    settings = _settings()
    _unpack(settings)
    sys.exit(serve(settings, Workbench(ROOT, settings.triage_model)))


@main.command()
@click.option("--port", default=5005, show_default=True, help="Port on 127.0.0.1.")
@click.option("--actions-port", default=5055, show_default=True, help="Where the actions listen.")
def dialogue(port: int, actions_port: int) -> None:
    """Run the assistant alone (stock `rasa run` with our channel). Needs REDIS_URL."""
    from bot.dialogue.endpoints import write
    from bot.train.promote import MODEL, model_problem

    settings = _settings()
    problem = model_problem(ROOT, settings.models)
    if problem:
        raise click.ClickException(problem)
    if not settings.redis_url:
        raise click.ClickException("REDIS_URL is not set; the assistant alone needs a server.")
    settings.data.mkdir(parents=True, exist_ok=True)
    endpoints, credentials = write(
        settings.data, settings.redis_url, settings.desk_id, actions_port
    )
    _become(
        ["run", "-i", "127.0.0.1", "-p", str(port), "--model", str(settings.models / MODEL),
         "--endpoints", str(endpoints), "--credentials", str(credentials)]
    )  # fmt: skip


@main.command()
@click.option("--port", default=5055, show_default=True, help="Port on 127.0.0.1.")
def actions(port: int) -> None:
    """Run the custom actions alone (stock `rasa run actions`)."""
    os.environ["SANIC_HOST"] = "127.0.0.1"
    _become(["run", "actions", "--port", str(port)])


def _unpack(settings: Settings) -> None:
    """The gateway reads with the heads of the very model that Rasa loads."""
    from bot.dialogue.model import NoHeads, unpack
    from bot.train.promote import MODEL

    if not (settings.models / MODEL).is_file():
        raise click.ClickException(f"No trained model in {settings.models}. Run: make train")
    try:
        unpack(settings.models / MODEL, settings.triage_model)
    except NoHeads as error:
        raise click.ClickException(str(error)) from None


def _become(arguments: list[str]) -> None:
    os.chdir(ROOT)
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    # Becoming Rasa, not starting it: signals reach it and its exit status is ours.
    os.execv(sys.executable, [sys.executable, "-m", "rasa", *arguments])  # noqa: S606


@main.command()
@click.option("--force", is_flag=True, help="Train even when nothing changed.")
def train(force: bool) -> None:
    """Train the assistant when its data changed."""
    from bot.train.promote import TrainingFailed
    from bot.train.promote import train as run

    settings = _settings()
    try:
        run(ROOT, settings.models, force=force, say=click.echo)
    except TrainingFailed as error:
        raise click.ClickException(str(error)) from None
    _unpack(settings)


@main.command()
@click.argument("file", type=click.File("r"), default="-")
def triage(file: IO[str]) -> None:
    """Read JSON lines {id, text}; print {id, route, subtype, danger, cues, ...} lines."""
    from bot.triage.lines import triage_lines

    settings = _settings()
    _unpack(settings)
    try:
        for line in triage_lines(file, settings.triage_model):
            click.echo(line)
    except (ValueError, FileNotFoundError) as error:
        raise click.ClickException(str(error)) from None


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--url", default=None, help="The desk to talk to (default: LIVECHAT_PORT here).")
@click.option("--jobs", default=4, show_default=True, help="Conversations at a time.")
@click.option("--out", type=click.Path(path_type=Path), help="Write transcripts as JSON lines.")
def replay(file: Path, url: str | None, jobs: int, out: Path | None) -> None:
    """Play scripted conversations against a running desk and print what held."""
    from bot.replay import replay_file

    settings = _settings()
    target = url or f"http://{settings.host}:{settings.port}"
    sys.exit(replay_file(file, target, jobs, out, click.echo))


@main.group()
def operator() -> None:
    """Accounts of handlers, supervisors and trainers."""


def _accounts() -> str:
    """The URL of the database that holds the accounts, which answers."""
    from bot.doctor import database_problem, folder_problem

    settings = _settings()
    problem = folder_problem(settings) or database_problem(settings)
    if problem:
        raise click.ClickException(problem)
    return settings.sqlite_url


@operator.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice(["handler", "supervisor", "trainer"]), required=True)
def operator_add(name: str, role: str) -> None:
    """Make an account: the password on standard error, the API token on standard output."""
    from bot.records.operators import OperatorExists, add

    database = _accounts()
    try:
        made = add(database, name, role)
    except (OperatorExists, ValueError) as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"Account {made.name} ({made.role}), password {made.password}", err=True)
    click.echo(made.token)


@operator.command("list")
def operator_list() -> None:
    """List the accounts."""
    from bot.records.operators import everyone

    for account in everyone(_accounts()):
        state = "disabled" if account.disabled else "active"
        click.echo(f"{account.name}\t{account.role}\t{state}")


@operator.command("disable")
@click.argument("name")
def operator_disable(name: str) -> None:
    """Stop an account from logging in, and end its sessions."""
    from bot.records.operators import UnknownOperator
    from bot.records.operators import disable as run

    database = _accounts()
    try:
        run(database, name)
    except UnknownOperator as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{name} is disabled.")


for command in COMMANDS:  # the trainers' ones
    main.add_command(command)


if __name__ == "__main__":
    main()
