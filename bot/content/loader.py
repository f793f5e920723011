"""Reads `data/content` once, checks every entry and every name that one entry gives another.

`load()` gives the same frozen `Content` each time; a wrong file raises `ContentError`, which names
the file, the id and the field.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Protocol, TypeVar

from bot.content import parse, parse_directory
from bot.content.fields import ContentError, Entry, read
from bot.content.model import Asked, ContactType, Content

FOLDER = Path(__file__).resolve().parents[2] / "data" / "content"


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_HasId)

__all__ = ["FOLDER", "ContentError", "load"]


def load(folder: Path | None = None) -> Content:
    """All content of a folder (ours when None), validated. Cached by folder."""
    return _load(folder or FOLDER)


@lru_cache(maxsize=4)
def _load(folder: Path) -> Content:
    raw_safety = read(folder / "safety.yml")
    raw_topics = read(folder / "topics.yml")
    raw_asked = Entry("asked.yml", read(folder / "asked.yml"), "file")
    sentences = _list("safety.yml", raw_safety, "sentences")
    texts = parse.join_safety("safety.yml", sentences)
    top = Entry("types.yml", read(folder / "types.yml"), "file")
    meta = Entry("types.yml", top.raw("meta"), "meta")
    content = Content(
        force=parse.force("force.yml", read(folder / "force.yml")),
        safety=texts,
        buttons=_buttons(raw_safety),
        sentences_999={
            str(key): parse.sentence_999("safety.yml", str(key), value)
            for key, value in Entry("safety.yml", raw_safety.get("sentence_999")).data.items()
        },
        questions=_all(folder, "questions", lambda f, d: parse.question(f, d, texts)),
        types=_by_id("types.yml", top.data, "types", parse.contact_type),
        other_report=parse.contact_type("types.yml", top.raw("other_report")),
        incident_types=meta.texts("incident_types"),
        question_limits=_limits(meta),
        agencies=_all(folder, "agencies", parse_directory.agency),
        topics=_by_id("topics.yml", raw_topics, "topics", parse_directory.topic),
        lines=Entry("topics.yml", raw_topics, "file").mapping("lines"),
        asked=_by_id("asked.yml", raw_asked.data, "asked", parse_directory.asked),
        follow_ups=_by_id("asked.yml", raw_asked.data, "follow_ups", parse_directory.asked),
        tell_us=raw_asked.text("tell_us"),
        prevention=raw_asked.texts("prevention"),
        called=raw_asked.mapping("called"),
    )
    _check(content)
    return content


def _list(file: str, data: Mapping[str, object], name: str) -> list[dict[str, object]]:
    found = data.get(name)
    if not isinstance(found, list):
        raise ContentError(f"{file}: {name}: expected a list")
    return found


def _all(folder: Path, name: str, make: Callable[[str, object], T]) -> dict[str, T]:
    """The entries of `name.yml` by id."""
    file = f"{name}.yml"
    return _by_id(file, read(folder / file), name, make)


def _by_id(
    file: str, data: Mapping[str, object], name: str, make: Callable[[str, object], T]
) -> dict[str, T]:
    found: dict[str, T] = {}
    for item in _list(file, data, name):
        made = make(file, item)
        if made.id in found:
            raise ContentError(f"{file}: {made.id}: id: stands twice, keep one")
        found[made.id] = made
    return found


def _buttons(data: Mapping[str, object]) -> dict[str, dict[str, str]]:
    top = Entry("safety.yml", data, "buttons")
    buttons = Entry("safety.yml", top.raw("buttons"), "buttons")
    return {str(name): buttons.mapping(str(name)) for name in buttons.data}


def _limits(meta: Entry) -> dict[str, int]:
    limits = Entry(meta.file, meta.raw("question_limits"), "question_limits")
    return {str(name): limits.number(str(name)) for name in limits.data}


def _check(content: Content) -> None:
    """Every name that one entry gives another must be there."""
    for made in (*content.types.values(), content.other_report):
        _check_type(made, content)
    for topic in content.topics.values():
        _known("topics.yml", topic.id, "who_else_helps", topic.who_else_helps, content.agencies)
    _known("asked.yml", "called", "agency", content.called.values(), content.agencies)
    _known("asked.yml", "prevention", "topic", content.prevention, content.topics)
    for back in (*content.asked.values(), *content.follow_ups.values()):
        _check_asked(back, content)
    for text in content.safety.values():
        others = [n for n in (text.deaf, text.protected, text.child, text.nobody) if n]
        _known("safety.yml", text.id, "another version", others, content.safety)


def _check_type(made: ContactType, content: Content) -> None:
    questions = (*made.asked, *made.mandatory, *made.may_ask, *made.extra_questions)
    _known("types.yml", made.id, "questions", questions, content.questions)
    _known("types.yml", made.id, "mandatory (must be in asked)", made.mandatory, made.asked)
    _known("types.yml", made.id, "signpost", made.signpost, content.agencies)
    _known("types.yml", made.id, "advice", made.advice, content.topics)
    _known("types.yml", made.id, "also_tell", made.also_tell, content.agencies)
    _known("types.yml", made.id, "becomes", [b.type for b in made.becomes], content.types)
    _known("types.yml", made.id, "incident_type", [made.incident_type], content.incident_types)
    _known("types.yml", made.id, "to_person", [made.to_person], content.question_limits)


def _check_asked(back: Asked, content: Content) -> None:
    families = {made.family for made in (*content.types.values(), content.other_report)}
    _known("asked.yml", back.id, "types", back.types, {*content.types, *families})
    _known("asked.yml", back.id, "helps", back.helps, content.agencies)
    if back.safety:
        _known("asked.yml", back.id, "safety", [back.safety], content.safety)
    if back.topic not in ("", "@type", "@last"):
        _known("asked.yml", back.id, "topic", [back.topic], content.topics)


def _known(
    file: str, entry: str, field: str, names: Iterable[str], known: Iterable[str] | Mapping[str, T]
) -> None:
    have = set(known)
    for name in names:
        if name not in have:
            raise ContentError(f"{file}: {entry}: {field}: {name!r} is not known")
