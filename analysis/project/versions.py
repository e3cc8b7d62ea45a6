"""Versions of a project over time (D29): what differs between two, and how to go back to one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.language import N_
from analysis.project.commands import Command, Delta, Put, Remove
from analysis.project.model import KINDS, to_json
from analysis.project.project import Project

#: what belongs to something comes after it
_ORDER = [*(kind for kind in KINDS if kind not in ("score", "evidence")), "score", "evidence"]
#: what is told of a comparison; other fields are how things are kept
_TOLD = {
    "persona": "name",
    "journey": "title",
    "stage": "name",
    "step": "name",
    "lane": "name",
    "touchpoint": "name",
    "placement": "touchpoint",
    "card": "text",
    "action": "title",
    "score": "criterion",
    "evidence": "title",
    "project": "name",
}
#: fields that hold the id of what they are named after
_IDS = ("stage", "step", "touchpoint", "persona", "journey")
_UNTOLD = {"order", "at", "author", "source", "origin", "created", "key", "record", "blob", "views", "dismissed"}
KIND_NAMES = {
    "persona": N_("Persona"),
    "journey": N_("Journey"),
    "stage": N_("Stage"),
    "step": N_("Step"),
    "lane": N_("Lane"),
    "touchpoint": N_("Touchpoint"),
    "card": N_("Card"),
    "action": N_("Action"),
    "score": N_("Score"),
    "evidence": N_("Answers"),
    "project": N_("Project"),
    "placement": N_("Place"),
    "import": N_("Import"),
}
COLUMNS = ("kind", "id", "item", "change", "field", "before", "after")


def commands_to(now: Project, then: Project) -> list[Command]:
    """Commands that make a project what it was: what was there comes back, what came since goes."""
    commands: list[Command] = []
    links: list[Command] = []
    for kind in _ORDER:
        for id, entity in then.table(kind).items():
            wanted, current = to_json(kind, entity), now.table(kind).get(id)
            fresh = wanted if current is None else {k: v for k, v in wanted.items() if to_json(kind, current)[k] != v}
            later = {"depends_on": fresh.pop("depends_on")} if fresh.get("depends_on") else {}  # on actions that come back after it
            if fresh:
                commands.append(Put(kind, id, fresh))
            if later:
                links.append(Put(kind, id, later))
    commands += links
    for kind in reversed(_ORDER):
        commands += [
            Remove(kind, id) for id, entity in now.table(kind).items() if id not in then.table(kind) and not _goes_with(entity, then)
        ]
    return commands


def _goes_with(entity: Any, then: Project) -> bool:
    """Whether it belongs to a journey that goes as a whole."""
    journey = getattr(entity, "journey", None)
    return journey is not None and journey not in then.table("journey")


def compare_versions(before: Project, after: Project) -> pd.DataFrame:
    """What differs from one version to another, as a person would tell it.

    Columns: kind, id, item, change (added, removed, changed), field, before, after. Stages, steps, touchpoints and personas
    are told by their names; a figure by its criterion (``field``) with its values; a place in the map only where it moved.
    """
    rows: list[dict[str, Any]] = []
    for kind in _TOLD:
        old, new = before.table(kind), after.table(kind)
        for id in [*new, *(id for id in old if id not in new)]:
            if kind == "placement" and not (id in old and id in new):
                continue  # it comes and goes with its touchpoint, or with its journey
            if id not in old or id not in new:
                rows.append(_whole(before, after, kind, id))
            elif old[id] != new[id]:
                rows += _fields(before, after, kind, id)
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def _whole(before: Project, after: Project, kind: str, id: str) -> dict[str, Any]:
    """What came or went; a figure with its value."""
    change, holder = ("removed", before) if id in before.table(kind) else ("added", after)
    row = {"kind": kind, "id": id, "item": _item(holder, kind, id), "change": change, "field": "", "before": None, "after": None}
    if kind == "score":
        score = holder.table(kind)[id]
        row |= {"field": score.criterion, "before" if change == "removed" else "after": score.value}
    return row


def _fields(before: Project, after: Project, kind: str, id: str) -> list[dict[str, Any]]:
    was, will = (to_json(kind, project.table(kind)[id]) for project in (before, after))
    item = _item(after, kind, id)
    return [
        {
            "kind": kind,
            "id": id,
            "item": item,
            "change": "changed",
            "field": after.table(kind)[id].criterion if (kind, name) == ("score", "value") else name,
            "before": _told(before, name, was[name]),
            "after": _told(after, name, value),
        }
        for name, value in will.items()
        if was[name] != value and name not in _UNTOLD
    ]


def _told(project: Project, name: str, value: Any) -> Any:
    """What an id stands for, by the name that people know it by."""
    return getattr(project.table(name)[value], _TOLD[name]) if name in _IDS and value in project.table(name) else value


def _item(project: Project, kind: str, id: str) -> str:
    entity = project.table(kind)[id]
    text = str(getattr(entity, _TOLD[kind]))
    if kind == "placement":
        return str(_told(project, "touchpoint", text))
    if kind == "score":
        of = next((project.table(k)[entity.target] for k in ("touchpoint", "stage", "action") if entity.target in project.table(k)), None)
        text = f"{getattr(of, 'name', getattr(of, 'title', ''))} · {text}"
    return text


def touchpoint_history(history: pd.DataFrame, changes: Mapping[int, Sequence[Delta]], touchpoint: str) -> pd.DataFrame:
    """The lines of a project's history that are about one touchpoint: itself, its scores, places, cards and actions.

    Parameters
    ----------
    history, changes : of `Store.history` and `Store.changes`.
    """
    own = {revision for revision, found in changes.items() if any(_about(delta, touchpoint) for delta in found)}
    return history[history["revision"].isin(own)].reset_index(drop=True)


def _about(delta: Delta, touchpoint: str) -> bool:
    if delta.id == touchpoint or (delta.kind == "score" and delta.id.startswith(f"{touchpoint}:")):
        return True
    return any(side.get("touchpoint") == touchpoint for side in (delta.before, delta.after) if side)
