"""Touchpoints that stand in no stage: where each would usually stand, for a person to agree to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from analysis.project.commands import Change, Command
from analysis.project.frames import typed_frame
from analysis.project.phases import PHASES, phase_of_stage, phase_of_touchpoint, telling_words

if TYPE_CHECKING:
    from analysis.project.project import Project

#: phases between a touchpoint's own and that of the stage in which it may stand instead
_FAR = 2
COLUMNS = {"placement": "string", "touchpoint_id": "string", "touchpoint": "string", "stage_id": "string", "stage": "string"}


def propose_stages(project: Project, journey: str | None = None) -> pd.DataFrame:
    """For each touchpoint of a journey that stands in no stage, the stage in which it would usually stand.

    Parameters
    ----------
    journey : the first as-is one unless said otherwise.

    Returns
    -------
    One row a touchpoint without a stage, in the order of the map: placement, touchpoint_id, touchpoint, stage_id, stage (NA: its name tells
    nothing). A stage whose name shares a word with the touchpoint's comes first; else the stage of the phase in which customers
    usually meet such a touchpoint (:mod:`analysis.project.phases`), or the nearest one that the journey has.

    Examples
    --------
    >>> from analysis import Project
    >>> propose_stages(Project.new("Shop", language="en")).empty
    True
    """
    journey = journey or project.first_journey
    stages = [(id, stage.name) for id, stage in project.stages_of(journey)]
    rows = []
    for id, place in project.placements_of(journey):
        if place.stage is None:
            name = project.table("touchpoint")[place.touchpoint].name
            found = usual_stage(name, [stage for _, stage in stages])
            chosen = stages[found] if found is not None else (None, None)
            rows.append(dict(zip(COLUMNS, (id, place.touchpoint, name, *chosen), strict=True)))
    return typed_frame(rows, COLUMNS)


def usual_stage(touchpoint: str, stages: Sequence[str]) -> int | None:
    """Which of these stages, by position, a touchpoint of that name would usually stand in; None where nothing tells.

    >>> usual_stage("Accueil en magasin", ["Découverte", "Achat", "Après-vente"])
    0
    >>> usual_stage("Livraison à domicile", ["Choix", "Commande", "Livraison"])
    2
    """
    words = telling_words(touchpoint)
    shared = [len(words & telling_words(stage)) for stage in stages]
    if shared and max(shared) > 0 and shared.count(max(shared)) == 1:
        return shared.index(max(shared))
    phase, phases = phase_of_touchpoint(touchpoint), [phase_of_stage(stage) for stage in stages]
    return None if phase is None else _nearest(phase, phases)


def _nearest(wanted: str, phases: Sequence[str | None]) -> int | None:
    """The stage of a phase, else of the nearest one that is not far; of two as near the earlier."""
    place = PHASES.index(wanted)
    known = [(abs(PHASES.index(phase) - place), PHASES.index(phase), n) for n, phase in enumerate(phases) if phase is not None]
    found = [one for one in known if one[0] <= _FAR]
    return min(found)[2] if found else None


def accept_stages(project: Project, proposed: pd.DataFrame, only: Collection[str] | None = None) -> list[Command]:
    """Put touchpoints where it was proposed, at the end of their stages, in one step; ``only`` these placements."""
    commands: list[Command] = []
    last: dict[str, float] = {}
    for row in proposed.dropna(subset=["stage_id"]).to_dict("records"):
        place = project.table("placement").get(row["placement"])
        if place is None or place.stage is not None or (only is not None and row["placement"] not in only):
            continue
        if row["stage_id"] not in last:
            orders = [p.order for _, p in project.placements_of(place.journey) if p.stage == row["stage_id"]]
            last[row["stage_id"]] = max(orders, default=-1.0)
        last[row["stage_id"]] += 1.0
        commands.append(Change("placement", row["placement"], {"stage": row["stage_id"], "step": None, "order": last[row["stage_id"]]}))
    return commands
