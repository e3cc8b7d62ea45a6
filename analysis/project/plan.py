"""The action plan as a frame, in its order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.project.frames import typed_frame
from analysis.project.model import to_json
from analysis.project.priorities import cut_of, priorities
from analysis.project.rankings import ranking_of

if TYPE_CHECKING:
    from analysis.project.project import Project

COLUMNS = {
    "id": "string", "action": "string", "touchpoint": "string", "stage": "string", "quadrant": "string", "score": "Float64",
    "impact": "Float64", "effort": "Float64", "cost": "Float64", "owner": "string", "start_date": "datetime64[us]",
    "due_date": "datetime64[us]", "status": "string", "kpi": "string", "reason": "string", "order": "Float64", "touchpoint_id": "string",
    "stage_id": "string", "pain_points": "Int64", "team": "string", "kpi_baseline": "Float64", "kpi_target": "Float64", "notes": "string",
    "description": "string", "remedy": "string", "progress": "Float64", "cost_low": "Float64", "cost_high": "Float64",
    "effect_low": "Float64", "effect_high": "Float64",
    "confidence": "Float64", "accountable": "string", "consulted": "string", "informed": "string",
    "depends_on": "object",
}  # fmt: skip


def actions_frame(project: Project) -> pd.DataFrame:
    """One row an action (DESIGN §4), in the order made by hand where there is one, else in that of the rule.

    An action without impact and effort of its own takes those of its touchpoint, one without a planned cost the middle of the range
    that it may cost; ``score`` is that of the touchpoint in
    the ranking that the project keeps (relevance; or RICE, ICE, opportunity).
    """
    known = _known(project) if project.table("action") else {}
    pains = project.count_cards("pain_point")
    rows = [_row(project, id, action, known, pains) for id, action in project.table("action").items()]
    _place(rows, cut_of(project))
    return typed_frame(_ordered(rows), COLUMNS)


def needs_in_words(project: Project) -> pd.Series:
    """For each action of ``project.actions`` the titles of those it needs first, in a line; NA where it needs none."""
    titles = {id: action.title for id, action in project.whole.table("action").items()}
    told = ["; ".join(titles[id] for id in ids if id in titles) or None for ids in project.actions["depends_on"]]
    return pd.Series(told, index=project.actions.index, dtype="string")


def _known(project: Project) -> dict[Any, dict[Any, Any]]:
    """touchpoint id → its score, impact and effort."""
    frame = priorities(project, method=ranking_of(project))[["id", "method_score", "impact", "effort"]]
    frame.attrs = {}  # they would be copied at each step
    return {row["id"]: row for row in frame.to_dict("records")}


def _row(project: Project, id: str, action: Any, known: dict[Any, dict[Any, Any]], pains: dict[str, int]) -> dict[str, Any]:
    touchpoint, stages = project.table("touchpoint").get(action.touchpoint), project.table("stage")
    stage_id = action.stage or project.stage_of_touchpoint.get(action.touchpoint or "")
    row = to_json("action", action) | {
        "id": id, "action": action.title, "touchpoint": touchpoint.name if touchpoint else None, "touchpoint_id": action.touchpoint,
        "stage_id": stage_id, "stage": stages[stage_id].name if stage_id and stage_id in stages else None,
        "pain_points": len(action.cards) or pains.get(action.touchpoint or "", 0),
        "start_date": _time(action.start_date), "due_date": _time(action.due_date),
    }  # fmt: skip
    if action.touchpoint in known:
        of = known[action.touchpoint]
        row["score"] = None if pd.isna(of["method_score"]) else float(of["method_score"])
        for name in ("impact", "effort"):
            if row[name] is None and not pd.isna(of[name]):
                row[name] = float(of[name])
    row["cost"] = planned_cost(row)
    return {name: None if value == "" else value for name, value in row.items()}


def planned_cost(action: Mapping[str, Any]) -> float | None:
    """What an action is planned to cost: as it was set, else the middle of the range that it may cost."""
    cost, low, high = (action.get(name) for name in ("cost", "cost_low", "cost_high"))
    middle = None if low is None or high is None else (float(low) + float(high)) / 2
    return middle if cost is None else float(cost)


def _time(value: Any) -> pd.Timestamp | None:
    return None if value is None else pd.Timestamp(value)


def _place(rows: list[dict[str, Any]], cut: str) -> None:
    from analysis.methods import impact_effort

    if rows:
        frame = typed_frame(rows, {"impact": "Float64", "effort": "Float64"})
        frame = frame.where(frame.ge(1) & frame.le(10))  # an action list may give person-days: a quantity, no place on the matrix
        for row, quadrant in zip(rows, impact_effort(frame, cut=cut)["quadrant"], strict=True):
            row["quadrant"] = None if pd.isna(quadrant) else quadrant


def _ordered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those placed by hand first, as they were placed; the others in the order of the rule."""
    from analysis.methods import plan_order

    if not rows:
        return rows
    frame = typed_frame(rows, {"action": "string", "quadrant": "string", "score": "Float64", "pain_points": "Int64"})
    by_rule = [rows[place] for place in plan_order(frame).index]
    by_hand = sorted((row for row in by_rule if row.get("order") is not None), key=lambda row: float(row["order"]))
    return [*by_hand, *(row for row in by_rule if row.get("order") is None)]
