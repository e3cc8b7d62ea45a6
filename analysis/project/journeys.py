"""As-is and to-be: a map is copied, changed, and compared with where it came from (D6)."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.language import N_
from analysis.project.commands import Command, Put
from analysis.project.figures import score_id
from analysis.project.importing.names import folded
from analysis.project.model import SETTINGS, new_id, to_json
from analysis.project.project import Project

#: what a difference can be
CHANGES = {
    "added": N_("added"),
    "removed": N_("removed"),
    "moved": N_("moved"),
    "reworded": N_("reworded"),
    "better": N_("better"),
    "worse": N_("worse"),
}
COLUMNS = ("key", "what", "change", "item", "lane", "before", "after", "stage", "actions")


def copy_journey(project: Project, journey: str, title: str, *, author: str, state: str = "to_be") -> tuple[list[Command], str]:
    """Copy a journey with its stages, their steps, lanes, places and cards; touchpoints are shared, not copied.

    The emotions of the copy start as those of the original, set by hand: a wish, marked as assumed.

    Returns
    -------
    The commands and the id of the new journey.
    """
    copy = new_id("j")
    order = max((j.order for _, j in project.journeys_in_order()), default=0.0) + 1.0
    values = to_json("journey", project.table("journey")[journey]) | {"title": title, "state": state, "source": journey, "order": order}
    commands: list[Command] = [Put("journey", copy, values)]
    stages = {id: new_id("s") for id, _ in project.stages_of(journey)}
    commands += [Put("stage", stages[id], to_json("stage", s) | {"journey": copy, "origin": id}) for id, s in project.stages_of(journey)]
    steps = {id: new_id("st") for id, step in project.table("step").items() if step.stage in stages}
    for id, new in steps.items():
        step = project.table("step")[id]
        commands.append(Put("step", new, to_json("step", step) | {"stage": stages[step.stage], "origin": id}))
    commands += _copied_scores(project, journey, stages, author)
    for kind, prefix in (("lane", "l"), ("placement", "p"), ("card", "c")):
        for id, entity in project.table(kind).items():
            if entity.journey == journey:
                fields = to_json(kind, entity) | {"journey": copy}
                if "stage" in fields:
                    fields |= {"stage": stages.get(fields["stage"]), "step": steps.get(fields["step"])}
                if kind == "card":
                    fields["origin"] = id
                commands.append(Put(kind, new_id(prefix), fields))
    return commands, copy


def _copied_scores(project: Project, journey: str, stages: dict[str, str], author: str) -> list[Command]:
    emotions = project.emotions(journey).set_index("stage_id")["value"]
    return [
        Put(
            "score",
            score_id(stages[id], "emotion"),
            {
                "target": stages[id],
                "criterion": "emotion",
                "layer": "hand",
                "value": round(2 * value) / 2,
                "low": -2.0,
                "high": 2.0,
                "author": author,
                "source": "as_is",
            },
        )
        for id, value in ((str(stage), felt) for stage, felt in emotions.items())
        if pd.notna(value)
    ]


def compare_journeys(project: Project, to_be: str, as_is: str | None = None) -> pd.DataFrame:
    """What changes from one journey to another, one row a difference.

    Parameters
    ----------
    to_be : id of the journey of tomorrow. as_is : the one it is compared with; by default the one it was copied from.

    Returns
    -------
    key (stable, what an action's ``changes`` name), what (stage, step, touchpoint, card, emotion), change (a key of
    :data:`CHANGES`), item, lane (of cards), before, after, stage (name in the to-be journey, or in the as-is one when it is
    gone), actions (titles of the actions that bring it, joined).
    """
    as_is = as_is or project.table("journey")[to_be].source or project.first_journey
    rows = [row for told in (_stages, _steps, _touchpoints, _cards) for row in told(project, as_is, to_be)]
    brought = _brought(project)
    return pd.DataFrame([row | {"actions": ", ".join(brought.get(row["key"], []))} for row in rows], columns=list(COLUMNS))


def _brought(project: Project) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for action in project.table("action").values():
        for key in action.changes:
            found.setdefault(key, []).append(action.title)
    return found


def _row(key: str, what: str, change: str, item: str, **facts: Any) -> dict[str, Any]:
    return {"key": key, "what": what, "change": change, "item": item, "lane": "", "before": None, "after": None, "stage": ""} | facts


def paired_stages(project: Project, as_is: str, to_be: str) -> dict[str, str]:
    """to-be stage → as-is stage: by where it was copied from, else by name."""
    old = project.stages_of(as_is)
    by_name = {folded(stage.name): id for id, stage in old}
    known = {id for id, _ in old}
    pairs = {id: stage.origin if stage.origin in known else by_name.get(folded(stage.name), "") for id, stage in project.stages_of(to_be)}
    return {new: found for new, found in pairs.items() if found}


def _stages(project: Project, as_is: str, to_be: str) -> list[dict[str, Any]]:
    pairs, stages = paired_stages(project, as_is, to_be), project.table("stage")
    rows = [
        _row(f"stage:{id}", "stage", "added", s.name, after=s.name, stage=s.name) for id, s in project.stages_of(to_be) if id not in pairs
    ]
    rows += [
        _row(f"stage:{id}", "stage", "removed", s.name, before=s.name, stage=s.name)
        for id, s in project.stages_of(as_is)
        if id not in pairs.values()
    ]
    for new, old in pairs.items():
        if stages[new].name != stages[old].name:
            before, after = stages[old].name, stages[new].name
            rows.append(_row(f"stage:{new}", "stage", "reworded", after, before=before, after=after, stage=after))
    return rows + _emotions(project, as_is, to_be, pairs)


def _steps_by_stage(project: Project, journey: str) -> dict[str, str]:
    """step → its stage, in the order of the journey."""
    return {id: stage for stage, _ in project.stages_of(journey) for id, _ in project.steps_of(stage)}


def _paired_steps(project: Project, as_is: str, to_be: str) -> dict[str, str]:
    """to-be step → as-is step: by where it was copied from, else by its name in the stage that is paired with its own."""
    pairs, steps = paired_stages(project, as_is, to_be), project.table("step")
    old = _steps_by_stage(project, as_is)
    by_name = {(stage, folded(steps[id].name)): id for id, stage in old.items()}
    found = {
        id: steps[id].origin if steps[id].origin in old else by_name.get((pairs.get(stage, ""), folded(steps[id].name)), "")
        for id, stage in _steps_by_stage(project, to_be).items()
    }
    return {new: was for new, was in found.items() if was}


def _steps(project: Project, as_is: str, to_be: str) -> list[dict[str, Any]]:
    pairs, stages, steps = _paired_steps(project, as_is, to_be), project.table("stage"), project.table("step")
    rows = []
    for id, stage in _steps_by_stage(project, to_be).items():
        name, was = steps[id].name, steps[pairs[id]].name if id in pairs else None
        if was is None or was != name:
            change = "added" if was is None else "reworded"
            rows.append(_row(f"step:{id}", "step", change, name, before=was, after=name, stage=stages[stage].name))
    rows += [
        _row(f"step:{id}", "step", "removed", steps[id].name, before=steps[id].name, stage=stages[stage].name)
        for id, stage in _steps_by_stage(project, as_is).items()
        if id not in pairs.values()
    ]
    return rows


def _place_name(project: Project, item: Any) -> str:
    """Where a placement or card stands: its stage, and the step in it."""
    stage, step = project.table("stage").get(item.stage or ""), project.table("step").get(item.step or "")
    return " › ".join(place.name for place in (stage, step) if place)


def _elsewhere(pairs: dict[str, str], steps: dict[str, str], was: Any, will: Any) -> bool:
    """Whether an item stands in another stage than it did, or in another step of it."""
    return bool(pairs.get(will.stage or "", will.stage) != was.stage) or bool(steps.get(will.step or "", will.step) != was.step)


def _emotions(project: Project, as_is: str, to_be: str, pairs: dict[str, str]) -> list[dict[str, Any]]:
    before, after = (project.emotions(journey).set_index("stage_id")["value"] for journey in (as_is, to_be))
    rows = []
    for new, old in pairs.items():
        was, will = before.get(old), after.get(new)
        if pd.notna(was) and pd.notna(will) and abs(will - was) > 0.25:  # less than the half step a hand can set
            name = project.table("stage")[new].name
            rows.append(
                _row(
                    f"emotion:{new}", "emotion", "better" if will > was else "worse", name, before=float(was), after=float(will), stage=name
                )
            )
    return rows


def _touchpoints(project: Project, as_is: str, to_be: str) -> list[dict[str, Any]]:
    pairs, steps = paired_stages(project, as_is, to_be), _paired_steps(project, as_is, to_be)
    stages, names = project.table("stage"), project.table("touchpoint")
    old = {p.touchpoint: p for _, p in project.placements_of(as_is)}
    new = {p.touchpoint: p for _, p in project.placements_of(to_be)}
    rows = []
    for id in [*new, *(id for id in old if id not in new)]:
        was, will = old.get(id), new.get(id)
        if was is not None and will is not None and not _elsewhere(pairs, steps, was, will):
            continue
        change = "moved" if was and will else "removed" if was else "added"
        before, after = (_place_name(project, place) or None if place else None for place in (was, will))
        stage = next((stages[place.stage].name for place in (will, was) if place and place.stage), "")
        if change == "moved" and not (will and will.stage):
            stage = ""
        rows.append(_row(f"touchpoint:{id}:{to_be}", "touchpoint", change, names[id].name, before=before, after=after, stage=stage))
    return rows


def _cards(project: Project, as_is: str, to_be: str) -> list[dict[str, Any]]:
    pairs, steps, stages = paired_stages(project, as_is, to_be), _paired_steps(project, as_is, to_be), project.table("stage")
    old = {id: card for id, card in project.table("card").items() if card.journey == as_is}
    new = {id: card for id, card in project.table("card").items() if card.journey == to_be}
    origins = {card.origin for card in new.values()}

    def name(stage: str | None) -> str:
        return str(stages[stage].name) if stage else ""

    rows = []
    for id, card in new.items():
        source = old.get(card.origin)
        if source is None:
            rows.append(_row(f"card:{id}", "card", "added", card.text, lane=card.kind, after=card.text, stage=name(card.stage)))
        elif source.text != card.text:
            rows.append(
                _row(
                    f"card:{id}", "card", "reworded", card.text, lane=card.kind, before=source.text, after=card.text, stage=name(card.stage)
                )
            )
        elif _elsewhere(pairs, steps, source, card) or source.kind != card.kind:
            rows.append(
                _row(
                    f"card:{id}",
                    "card",
                    "moved",
                    card.text,
                    lane=card.kind,
                    before=_place_name(project, source),
                    after=_place_name(project, card),
                    stage=name(card.stage),
                )
            )
    rows += [
        _row(f"card:{id}:{to_be}", "card", "removed", card.text, lane=card.kind, before=card.text, stage=name(card.stage))
        for id, card in old.items()
        if id not in origins
    ]
    return rows


def link_change(project: Project, key: str, actions: list[str]) -> list[Command]:
    """Say which actions bring a difference about; the others let go of it."""
    commands: list[Command] = []
    for id, action in project.table("action").items():
        wanted = [*action.changes, key] if id in actions and key not in action.changes else action.changes
        wanted = [k for k in wanted if k != key] if id not in actions else wanted
        if wanted != action.changes:
            commands.append(Put("action", id, {"changes": wanted}))
    return commands


def shown_journey(project: Project) -> str:
    """The journey that the project's pages show: the one chosen last, else the first as-is one."""
    chosen = project.table("project")[SETTINGS].views.get("journey")
    return chosen if chosen in project.table("journey") else project.first_journey
