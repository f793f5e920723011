"""What happened in another force's area: that force is named, once, and the choice is left."""

from __future__ import annotations

from actions.base import Turn
from bot.content import signpost, types
from bot.extract.places import force_of, gazetteer
from bot.report import draft as drafts

OTHER_FORCE = "police_other_force"
KIND = "other_force_area"


def sent_on(turn: Turn) -> bool:
    """Name the force of the place that was told, instead of the next question; True when said.

    Only for a plain report: whoever may be at risk is never sent elsewhere (taxonomy.yml,
    `other_force_area`). Who goes on telling goes on with the report.
    """
    draft = turn.draft
    place = drafts.value(draft, "location")
    if (
        draft.get("told_elsewhere")
        or not isinstance(place, dict)
        or place.get("in_gm") is not False
    ):
        return False
    kind = types.get(drafts.kind(draft))
    if turn.guarded or turn.desk.get("suspect") or kind.protected or kind.to_person != "none":
        return False
    draft["told_elsewhere"] = True
    if not _said(turn, _area(turn)):
        return False
    draft["signposted"] = {"type": KIND, "text": turn.text}
    draft["asking"], draft["stage"] = None, "idle"
    return True


def _said(turn: Turn, area: str) -> bool:
    found = signpost.signposts(KIND, deaf=turn.deaf, danger=turn.danger, text=turn.text)
    if not found.lines:
        return False
    turn.line("signpost_other_force", "\n".join([*whose(area), *found.lines]))
    turn.say("utter_here_too")
    return True


def whose(text: str) -> list[str]:
    """A line that names the force of the place in `text`; none where that is not known."""
    named = force_of(text) or next(
        (force for _, _, place in gazetteer().find(text) if (force := force_of(place.name))), None
    )
    return [f"That is the area of {named}."] if named else []


def added(turn: Turn, agencies: tuple[str, ...], text: str) -> list[str]:
    """The line for a signpost that holds the other force."""
    return whose(f"{_area(turn)} {text}".strip()) if OTHER_FORCE in agencies else []


def _area(turn: Turn) -> str:
    place = drafts.value(turn.draft, "location")
    return str(place.get("area") or "") if isinstance(place, dict) else ""
