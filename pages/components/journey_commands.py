"""What a hand did on the map, as commands of the project and a line of its history."""

from __future__ import annotations

from typing import Any

from analysis.language import N_
from analysis.project import Command, Project, edits
from analysis.project.views import UNASSIGNED
from pages.components import journey_events as events

Edit = tuple[list[Command], str, dict[str, Any]]
_NOTHING: Edit = ([], "", {})
_RENAMED = {
    "stage": N_("Rename a stage “{name}”"),
    "step": N_("Rename a step “{name}”"),
    "lane": N_("Rename a lane “{name}”"),
    "card": N_("Reword a card “{name}”"),
    "touchpoint": N_("Rename a touchpoint “{name}”"),
}
_REMOVED = {
    "stage": N_("Delete the stage “{name}”"),
    "step": N_("Delete the step “{name}”"),
    "card": N_("Delete the card “{name}”"),
    "touchpoint": N_("Delete the touchpoint “{name}”"),
}


def commands_for(event: events.Event, project: Project, journey: str, author: str) -> Edit:
    """Commands, label and label values; no commands where there is nothing to change (an open, an undo, the unassigned column)."""
    match event:
        case events.EmotionSet(stage=stage, value=value) if stage != UNASSIGNED:
            label = N_("Set the emotion of “{name}” to {value}")
            return edits.set_score(stage, "emotion", value, author=author), label, {"name": _name(project, "stage", stage), "value": value}
        case events.EmotionReset(stage=stage):
            return (
                edits.withdraw(project, stage, "emotion"),
                N_("Withdraw the emotion set by hand of “{name}”"),
                {"name": _name(project, "stage", stage)},
            )
        case events.StageAdded(name=name, before=before):
            return edits.add_stage(project, journey, name, before=before), N_("Add the stage “{name}”"), {"name": name}
        case events.StageMoved(id=id, before=before) if id != UNASSIGNED:
            return edits.move_stage(project, id, before), N_("Move the stage “{name}”"), {"name": _name(project, "stage", id)}
        case events.GoalSet(id=id, text=text) if id != UNASSIGNED:
            return edits.change("stage", id, goal=text), N_("Set the goal of “{name}”"), {"name": _name(project, "stage", id)}
        case events.StepsAdded() | events.StepMoved() | events.StepSet():
            return _of_step(event, project)
        case _:
            return _of_item(event, project, journey)


def _of_step(event: events.StepsAdded | events.StepMoved | events.StepSet, project: Project) -> Edit:
    match event:
        case events.StepsAdded(stage=stage, names=names) if stage in project.table("stage"):
            label = N_("Add steps to “{name}” ({n})")
            return edits.add_steps(project, stage, names), label, {"name": _name(project, "stage", stage), "n": len(names)}
        case events.StepMoved(id=id, before=before):
            return edits.move_step(project, id, before), N_("Move the step “{name}”"), {"name": _name(project, "step", id)}
        case events.StepSet(what=what, id=id, step=step):
            kind = "card" if what == "card" else "placement"
            values = {"name": _name(project, kind, id), "step": _name(project, "step", step or "")}
            label = N_("Put “{name}” in the step “{step}”") if step else N_("Take “{name}” out of its step")
            return edits.put_in_step(project, kind, id, step), label, values
        case _:
            return _NOTHING


def _of_item(event: events.Event, project: Project, journey: str) -> Edit:
    match event:
        case events.CardsAdded(stage=stage, lane=lane, texts=texts):
            commands = edits.add_cards(project, journey, _lane(project, lane), _stage(project, stage), texts)
            return commands, N_("Add cards ({n})"), {"n": len(texts)}
        case events.CardMoved(id=id, stage=stage, lane=lane, before=before, after=after, step=step):
            commands = edits.move_card(project, id, _lane(project, lane), _stage(project, stage), before, after, step)
            return commands, N_("Move the card “{name}”"), {"name": _name(project, "card", id)}
        case events.CardColoured(id=id, colour=colour):
            return edits.change("card", id, colour=colour), N_("Colour the card “{name}”"), {"name": _name(project, "card", id)}
        case events.CardSpanned(id=id, span=span):
            return edits.change("card", id, span=span), N_("Widen the card “{name}”"), {"name": _name(project, "card", id)}
        case events.TouchpointsAdded(stage=stage, names=names):
            return edits.add_touchpoints(project, journey, _stage(project, stage), names), N_("Add touchpoints ({n})"), {"n": len(names)}
        case events.TouchpointMoved(id=id, stage=stage, before=before, after=after, step=step):
            commands = edits.move_touchpoint(project, id, _stage(project, stage), before, after, step)
            return commands, N_("Move the touchpoint “{name}”"), {"name": _name(project, "placement", id)}
        case events.LaneCollapsed(id=id, collapsed=collapsed):
            return edits.change("lane", id, collapsed=collapsed), N_("Fold a lane"), {}
        case events.LaneMoved(id=id, before=before):
            return edits.move_lane(project, id, before), N_("Move a lane"), {}
        case events.NameChanged(what=what, id=id, text=text) if id != UNASSIGNED:
            return _renamed(project, what, id, text)
        case events.Removed(what=what, id=id) if id != UNASSIGNED:
            return _removed(project, what, id)
        case _:
            return _NOTHING


def _renamed(project: Project, what: str, id: str, text: str) -> Edit:
    target = _touchpoint(project, id) if what == "touchpoint" else id
    return edits.rename(what, target, text), _RENAMED[what], {"name": text}


def _removed(project: Project, what: str, id: str) -> Edit:
    target = _touchpoint(project, id) if what == "touchpoint" else id
    name = _name(project, what, target)
    if what == "touchpoint" and sum(p.touchpoint == target for p in project.table("placement").values()) > 1:
        return edits.remove("placement", id), _REMOVED[what], {"name": name}  # it lives on in another journey
    return edits.remove(what, target), _REMOVED[what], {"name": name}


def _stage(project: Project, id: str) -> str | None:
    return id if id in project.table("stage") else None  # the column of what has no place, or deleted a moment ago


def _lane(project: Project, id: str) -> str:
    lane = project.table("lane").get(id)
    return lane.type if lane else "action"


def _touchpoint(project: Project, placement: str) -> str:
    found = project.table("placement").get(placement)
    return found.touchpoint if found else placement


def _name(project: Project, kind: str, id: str) -> str:
    if kind == "placement":
        kind, id = "touchpoint", _touchpoint(project, id)
    entity = project.table(kind).get(id)
    text = str(getattr(entity, "name", None) or getattr(entity, "text", "") or "")
    return text if len(text) <= 40 else text[:39] + "…"
