"""The verbs of the house: what a person does to a map or a plan, as commands.

Each takes the project as the person sees it and returns commands; nothing is changed until they are applied.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from analysis.project.commands import Change, Command, Put, Remove
from analysis.project.figures import CRITERIA, in_range, score_id
from analysis.project.model import PREFIXES, SETTINGS, Card, Placement, new_id
from analysis.project.project import Project

#: two orders nearer than this are written anew: a double has no room left between them
_NEAREST = 1e-6


def _order(
    items: Sequence[tuple[str, Any]], before: str | None, moving: str | None = None, after: str | None = None
) -> tuple[float, dict[str, float]]:
    """The order that puts an item before another of these (else behind ``after``, else last), and new orders where there is no room."""
    others = [(id, entity.order) for id, entity in items if id != moving]
    places = {id: place for place, (id, _) in enumerate(others)}
    position = places.get(before or "", places.get(after or "", len(others) - 1) + 1)
    if position == len(others):
        return (others[-1][1] + 1.0 if others else 0.0), {}
    if position == 0:
        return others[0][1] - 1.0, {}
    low, high = others[position - 1][1], others[position][1]
    if high - low > _NEAREST:
        return (low + high) / 2, {}
    return float(position), {id: float(place if place < position else place + 1) for place, (id, _) in enumerate(others)}


def _moved(kind: str, id: str, values: dict[str, Any], order: tuple[float, dict[str, float]]) -> list[Command]:
    own, others = order
    return [Change(kind, id, values | {"order": own}), *_reordered(kind, others)]


def _reordered(kind: str, orders: dict[str, float]) -> list[Command]:
    return [Change(kind, id, {"order": order}) for id, order in orders.items()]


# --- stages -----------------------------------------------------------------------------------------------------


def add_stage(project: Project, journey: str, name: str, *, before: str | None = None) -> list[Command]:
    """Add a stage before another one (None: at the end)."""
    order, others = _order(project.stages_of(journey), before)
    stage = Put("stage", new_id("s"), {"journey": journey, "name": name.strip(), "order": order})
    return [stage, *_reordered("stage", others)]


def move_stage(project: Project, stage: str, before: str | None) -> list[Command]:
    """Put a stage before another one of its journey (None: at the end)."""
    stages = project.stages_of(project.table("stage")[stage].journey) if stage in project.table("stage") else []
    return _moved("stage", stage, {}, _order(stages, before, moving=stage))


def remove_stage(project: Project, stage: str) -> list[Command]:
    """Remove a stage; what stood in it becomes unassigned, nothing is lost."""
    return [Remove("stage", stage)]


# --- steps of a stage -------------------------------------------------------------------------------------------


def add_steps(project: Project, stage: str, names: Iterable[str]) -> list[Command]:
    """Add steps at the end of a stage's."""
    order, _ = _order(project.steps_of(stage), None)
    return [
        Put("step", new_id("st"), {"stage": stage, "name": name.strip(), "order": order + position}) for position, name in enumerate(names)
    ]


def move_step(project: Project, step: str, before: str | None) -> list[Command]:
    """Put a step before another one of its stage (None: last)."""
    steps = project.steps_of(project.table("step")[step].stage) if step in project.table("step") else []
    return _moved("step", step, {}, _order(steps, before, moving=step))


def put_in_step(project: Project, kind: str, id: str, step: str | None) -> list[Command]:
    """Put a placement or card last in a step of the stage it stands in; None: in none of them.

    Nothing where somebody has moved it to another stage, or removed it or the step, meanwhile.
    """
    item = project.table(kind).get(id)
    if item is None or (step is not None and _step_in(project, step, item.stage) is None):
        return []
    others = [one for one in _beside(project, kind, item, item.stage, step) if one[0] != id]
    return [Change(kind, id, {"step": step} | ({"order": _order(others, None)[0]} if others else {}))]


def _step_in(project: Project, step: str | None, stage: str | None) -> str | None:
    """The step, when it is one of this stage."""
    found = project.table("step").get(step or "")
    return step if found is not None and found.stage == stage else None


def _step_at(
    project: Project, kind: str, id: str, stage: str | None, beside: tuple[str | None, str | None], step: str | None
) -> str | None:
    """Where a move ends: in ``step``; when that is empty in the neighbour's, else in its own as long as it stays in the stage."""
    table = project.table(kind)
    if step == "":
        near = next((table[other] for other in beside if other and other in table and table[other].stage == stage), table.get(id))
        step = near.step if near else None
    return _step_in(project, step, stage)


def _beside(project: Project, kind: str, item: Any, stage: str | None, step: str | None) -> list[tuple[str, Any]]:
    """The placements, or the cards of an item's lane, in a step of a stage, in order."""
    if kind == "placement":
        return [(id, p) for id, p in _in_stage(project, item.journey, stage) if p.step == step]
    return [(id, card) for id, card in _on_lane(project, item.journey, item.kind, stage) if card.step == step]


def move_lane(project: Project, lane: str, before: str | None) -> list[Command]:
    """Put a lane before another one of its journey (None: last)."""
    from analysis.project.views import lanes_of

    lanes = lanes_of(project, project.table("lane")[lane].journey, hidden=True) if lane in project.table("lane") else []
    return _moved("lane", lane, {}, _order(lanes, before, moving=lane))


def add_lane(project: Project, journey: str, type: str, name: str = "") -> list[Command]:
    """Show a lane of the library, or add one of the user's own (``type`` empty, with its name)."""
    from analysis.project.views import lanes_of

    lanes = lanes_of(project, journey, hidden=True)
    known = next((id for id, lane in lanes if lane.type == type), None)
    if known is not None:
        return [Change("lane", known, {"hidden": False})]
    kind = type or f"custom-{new_id('x')[2:]}"
    order, _ = _order(lanes, None)
    return [Put("lane", new_id("l"), {"journey": journey, "type": kind, "name": name.strip(), "order": order})]


# --- touchpoints ------------------------------------------------------------------------------------------------


def _in_stage(project: Project, journey: str, stage: str | None) -> list[tuple[str, Placement]]:
    return [(id, p) for id, p in project.placements_of(journey) if p.stage == stage]


def add_touchpoints(project: Project, journey: str, stage: str | None, names: Iterable[str], **values: Any) -> list[Command]:
    """Add touchpoints at the end of a stage."""
    commands: list[Command] = []
    order, _ = _order(_in_stage(project, journey, stage), None)
    for position, name in enumerate(names):
        id = new_id("t")
        commands.append(Put("touchpoint", id, {"name": name.strip()} | values))
        commands.append(Put("placement", new_id("p"), {"journey": journey, "touchpoint": id, "stage": stage, "order": order + position}))
    return commands


def move_touchpoint(
    project: Project, placement: str, stage: str | None, before: str | None = None, after: str | None = None, step: str | None = ""
) -> list[Command]:
    """Put a placed touchpoint in a stage, before another placement of it, else behind ``after``, else last.

    ``step``: of that stage, None for none; empty: the step of what it is put beside, else its own when it stays in the stage.
    """
    journey = project.table("placement")[placement].journey if placement in project.table("placement") else ""
    there = _step_at(project, "placement", placement, stage, (before, after), step)
    beside = [(id, p) for id, p in _in_stage(project, journey, stage) if p.step == there]
    return _moved("placement", placement, {"stage": stage, "step": there}, _order(beside, before, placement, after))


def remove_touchpoint(project: Project, touchpoint: str) -> list[Command]:
    """Remove a touchpoint with its places and scores; its cards stay in their stage."""
    return [Remove("touchpoint", touchpoint)]


# --- cards ------------------------------------------------------------------------------------------------------


def _on_lane(project: Project, journey: str, kind: str, stage: str | None) -> list[tuple[str, Card]]:
    cards = [(i, c) for i, c in project.table("card").items() if (c.journey, c.kind, c.stage) == (journey, kind, stage)]
    return sorted(cards, key=lambda item: (project.in_steps(item[1]), item[0]))


def add_cards(project: Project, journey: str, kind: str, stage: str | None, texts: Iterable[str], **values: Any) -> list[Command]:
    """Add a card a text at the end of a cell of the map."""
    order, _ = _order(_on_lane(project, journey, kind, stage), None)
    return [
        Put(
            "card",
            new_id("c"),
            {"journey": journey, "kind": kind, "stage": stage, "text": text.strip(), "order": order + position} | values,
        )
        for position, text in enumerate(text for text in texts if text.strip())
    ]


def move_card(
    project: Project, card: str, kind: str, stage: str | None, before: str | None = None, after: str | None = None, step: str | None = ""
) -> list[Command]:
    """Put a card on a lane and stage, before another card of that cell, else behind ``after``, else last; ``step`` as for a touchpoint."""
    journey = project.table("card")[card].journey if card in project.table("card") else ""
    there = _step_at(project, "card", card, stage, (before, after), step)
    beside = [(id, other) for id, other in _on_lane(project, journey, kind, stage) if other.step == there]
    return _moved("card", card, {"kind": kind, "stage": stage, "step": there}, _order(beside, before, card, after))


# --- figures ----------------------------------------------------------------------------------------------------


def set_score(target: str, criterion: str, value: float | None, *, author: str, layer: str = "hand", **facts: Any) -> list[Command]:
    """Set one figure by hand (or another layer); None takes the layer away.

    Values are on the scale of :data:`analysis.project.figures.CRITERIA` unless ``low`` and ``high`` say another.

    Raises
    ------
    InvalidCommand : outside its scale (code ``outside``).
    """
    id = score_id(target, criterion, layer)
    ends = CRITERIA.get(criterion)
    low, high = facts.pop("low", ends[0] if ends else None), facts.pop("high", ends[1] if ends else None)
    checked = None if value is None else in_range(float(value), low, high)
    values = {
        "target": target,
        "criterion": criterion,
        "layer": layer,
        "value": checked,
        "low": low,
        "high": high,
        "author": author,
        "at": _now(),
    }
    return [Put("score", id, values | facts)]


def withdraw(project: Project, target: str, criterion: str) -> list[Command]:
    """Take back a value set by hand; what was measured, voted or read shows again."""
    id = score_id(target, criterion)
    return [Remove("score", id)] if id in project.table("score") else []


def set_weights(weights: dict[str, float]) -> list[Command]:
    """Weights of the relevance score, criterion → 0 to 10; weights of other criteria stay.

    Raises
    ------
    InvalidCommand : outside 0 to 10 (code ``outside``).
    """
    return [Change("project", SETTINGS, {f"weights.{name}": float(in_range(w, 0, 10)) for name, w in weights.items()})]


def forget_weights(project: Project) -> list[Command]:
    """Go back to the default weights."""
    return [Change("project", SETTINGS, {"weights": {}})]


def set_view(project: Project, **values: Any) -> list[Command]:
    """Choices that belong to the project: the cut of the matrix, the threshold and measure of the Pareto chart, names of quadrants.

    Other choices stay, also those that somebody else makes at the same moment; None takes a choice away.
    """
    return [Change("project", SETTINGS, {f"views.{name}": value for name, value in values.items()})]


# --- the plan ---------------------------------------------------------------------------------------------------


def add_action(title: str, **values: Any) -> list[Command]:
    """Add an action; ``values`` are fields of :class:`analysis.project.model.Action`."""
    return [Put("action", new_id("a"), {"title": title.strip()} | values)]


def reorder_actions(ids: Sequence[str]) -> list[Command]:
    """Keep this order of the plan, made by hand."""
    return [Change("action", id, {"order": float(position)}) for position, id in enumerate(ids)]


def forget_order(project: Project) -> list[Command]:
    """Go back to the order of the rule."""
    return [Change("action", id, {"order": None}) for id, action in project.table("action").items() if action.order is not None]


# --- anything ---------------------------------------------------------------------------------------------------


def rename(kind: str, id: str, text: str) -> list[Command]:
    """Give a stage, step, touchpoint, card, action, journey or persona another name or text."""
    field = {"card": "text", "action": "title", "journey": "title"}.get(kind, "name")
    return [Change(kind, id, {field: text.strip()})]


def change(kind: str, id: str, **values: Any) -> list[Command]:
    return [Change(kind, id, values)]


def remove(kind: str, id: str) -> list[Command]:
    return [Remove(kind, id)]


def fresh_id(kind: str) -> str:
    return new_id(PREFIXES[kind])


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
