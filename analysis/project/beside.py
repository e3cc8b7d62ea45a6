"""Two maps side by side (D6): what stands in each stage and lane today and tomorrow, with what differs marked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from analysis.project.journeys import compare_journeys, paired_stages
from analysis.project.project import Project
from analysis.project.views import lanes_of

COLUMNS = ("stage", "lane", "side", "item", "change")


def side_by_side(project: Project, to_be: str, as_is: str | None = None) -> pd.DataFrame:
    """Everything of two journeys, stage by stage and lane by lane.

    Parameters
    ----------
    to_be : id of the target journey. as_is : the other one; by default the one it was copied from.

    Returns
    -------
    One row an item: ``stage`` (a number: stages that correspond have the same; the target's order, then what is gone, then what has no
    stage), ``lane`` (type), ``side`` (``"as_is"`` or ``"to_be"``), ``item``, ``change`` (empty, added, removed, moved, reworded; better and
    worse for an emotion). Lanes ``"stage"`` and ``"emotion"`` hold the name of the stage and its value; within a stage they come first,
    then the lanes in the order of the target map.
    """
    before = as_is or project.table("journey")[to_be].source or project.first_journey
    changes = {row["key"]: row["change"] for row in compare_journeys(project, to_be, before).to_dict("records")}
    rows = _rows(project, before, to_be)
    lanes = ["stage", "emotion", *(lane.type for _, lane in lanes_of(project, to_be, hidden=True))]
    told = [
        {"stage": rows[place], "lane": lane, "side": side, "item": item, "change": next((changes[k] for k in keys if k in changes), "")}
        for side, journey in (("as_is", before), ("to_be", to_be))
        for place, lane, item, keys in _items(project, journey, to_be, _twins(project, before, to_be))
    ]
    frame = pd.DataFrame(told, columns=list(COLUMNS), dtype=object)
    rank = frame["lane"].map({lane: at for at, lane in enumerate(lanes)}).fillna(len(lanes))
    return frame.assign(_rank=rank).sort_values(["stage", "_rank"], kind="stable").drop(columns="_rank").reset_index(drop=True)


def _rows(project: Project, as_is: str, to_be: str) -> dict[str | None, int]:
    """The number of a stage's row, by its id; corresponding stages share theirs, and what has no stage stands last."""
    pairs = paired_stages(project, as_is, to_be)
    new = [id for id, _ in project.stages_of(to_be)]
    gone = [id for id, _ in project.stages_of(as_is) if id not in pairs.values()]
    numbers: dict[str | None, int] = {id: at for at, id in enumerate([*new, *gone])}
    return numbers | {old: numbers[one] for one, old in pairs.items()} | {None: len(numbers)}


def _twins(project: Project, as_is: str, to_be: str) -> dict[str, str]:
    """as-is card or stage → its copy on the target map."""
    cards = {card.origin: id for id, card in project.table("card").items() if card.journey == to_be and card.origin}
    return cards | {old: new for new, old in paired_stages(project, as_is, to_be).items()}


def _items(project: Project, journey: str, to_be: str, twins: dict[str, str]) -> Iterator[tuple[str | None, str, Any, tuple[str, ...]]]:
    """Stage, lane, text or value, and the keys that a difference about it may have."""
    felt = project.emotions(journey).set_index("stage_id")["value"]
    for id, stage in project.stages_of(journey):
        twin = twins.get(id, id)
        yield id, "stage", stage.name, (f"stage:{id}", f"stage:{twin}")
        if pd.notna(felt[id]):
            yield id, "emotion", float(felt[id]), (f"emotion:{id}", f"emotion:{twin}")
    for _, placement in project.placements_of(journey):
        name = project.table("touchpoint")[placement.touchpoint].name
        yield placement.stage, "touchpoints", name, (f"touchpoint:{placement.touchpoint}:{to_be}",)
    own = [(id, card) for id, card in project.table("card").items() if card.journey == journey]
    for id, card in sorted(own, key=lambda one: project.in_steps(one[1])):
        yield card.stage, card.kind, card.text, (f"card:{id}", f"card:{id}:{to_be}", f"card:{twins.get(id, id)}")
