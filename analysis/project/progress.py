"""The plan over time, from the log of edits: how much was planned and done at the end of each day (D24)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pandas as pd

from analysis.project.frames import typed_frame
from analysis.project.model import to_json
from analysis.project.plan import planned_cost

if TYPE_CHECKING:
    from analysis.project.draft import Delta
    from analysis.project.project import Project
    from analysis.project.store import Store

#: edits that are looked back on
REACH = 1000
COLUMNS = {"date": "datetime64[us]", "total": "Int64", "done": "Int64", "running": "Int64", "cost": "Float64", "cost_done": "Float64"}


def plan_over_time(store: Store, id: str, *, today: dt.date | None = None, zone: str = "UTC") -> pd.DataFrame:
    """How the plan of a kept project has grown and been carried out.

    Parameters
    ----------
    store, id : where the project is kept.
    today : the last day of the frame. zone : whose days, ``Europe/Paris`` say.

    Returns
    -------
    One row a day on which the plan changed, oldest first, and one for today: date, total (actions, dropped ones aside), done, running
    (in progress), cost (sum of what is known of them), cost_done (of those that are done). Empty while there has been no action.
    ``attrs``: whole (False when the project is older than the edits looked back on).

    Raises
    ------
    NotFound : no such project.
    """
    project, changes = store.load(id), store.changes(id, REACH)
    history = store.history(id, REACH + 1)
    days = {int(revision): _day(at, zone) for revision, at in zip(history["revision"], history["at"], strict=True)}
    frame = states(project, changes, days, today or max(days.values()))
    frame.attrs["whole"] = bool(days) and min(days) == 1
    return frame


def states(project: Project, changes: Mapping[int, Sequence[Delta]], days: Mapping[int, dt.date], today: dt.date) -> pd.DataFrame:
    """The frame of `plan_over_time`, worked out backwards from the project as it is.

    Parameters
    ----------
    changes : revision → what it changed. days : revision → its day, also of the one that made the project.
    """
    plan = {key: to_json("action", action) for key, action in project.table("action").items()}
    rows = [_row(max([today, *days.values()]), plan)]
    last: dt.date | None = None
    for revision in sorted(changes, reverse=True):
        deltas = [delta for delta in changes[revision] if delta.kind == "action"]
        if not deltas or revision not in days:
            continue
        if days[revision] != last:  # the first met of a day, going back, is the state at its end
            last = days[revision]
            rows.append(_row(last, plan))
        for delta in reversed(deltas):
            _undo(plan, delta)
    if days:
        rows.append(_row(min(days.values()), plan))
    kept = {row["date"]: row for row in reversed(rows)}  # of a day that comes twice, its end
    return _from_first(typed_frame([kept[day] for day in sorted(kept)], COLUMNS))


def _from_first(frame: pd.DataFrame) -> pd.DataFrame:
    """Days before the first action say nothing, nor do those that changed neither number nor money."""
    planned = frame["total"] > 0
    if not planned.any():
        return frame.head(0)
    frame = frame.iloc[max(int(planned.to_numpy().argmax()) - 1, 0) :]
    figures = frame.drop(columns="date").astype(object).where(frame.drop(columns="date").notna(), None)
    same = (figures == figures.shift()).all(axis=1)
    same.iloc[[0, -1]] = False
    return frame[~same].reset_index(drop=True)


def _undo(plan: dict[str, dict[str, Any]], delta: Delta) -> None:
    if delta.before is None:
        plan.pop(delta.id, None)
    elif delta.after is None:
        plan[delta.id] = dict(delta.before)
    elif delta.id in plan:
        plan[delta.id] = plan[delta.id] | delta.before


def _row(day: dt.date, plan: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    live = [action for action in plan.values() if action.get("status") != "dropped"]
    done = [action for action in live if action.get("status") == "done"]
    return {
        "date": pd.Timestamp(day), "total": len(live), "done": len(done), "running": sum(a.get("status") == "in_progress" for a in live),
        "cost": _cost(live), "cost_done": _cost(done),
    }  # fmt: skip


def _cost(actions: Sequence[Mapping[str, Any]]) -> float:
    return float(sum(planned_cost(action) or 0.0 for action in actions))


def _day(at: Any, zone: str) -> dt.date:
    moment = dt.datetime.fromisoformat(str(at))
    return (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).astimezone(ZoneInfo(zone)).date()
