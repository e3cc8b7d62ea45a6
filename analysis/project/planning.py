"""Working on the action plan: what goes into it, its order, and where it stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.errors import InvalidCommand
from analysis.language import N_, Translator, number
from analysis.project import edits
from analysis.project.commands import Change, Command
from analysis.project.entry import typed_number
from analysis.project.model import ACTION_LIMITS, STATUSES, in_limits
from analysis.project.priorities import priorities, quadrant_names
from analysis.project.proposals import first_proposals, take_over
from analysis.project.rankings import RANKINGS, ranking_of

if TYPE_CHECKING:
    from analysis.project.project import Project

STATUS_NAMES = {
    "proposed": N_("Proposed"),
    "to_do": N_("To do"),
    "in_progress": N_("In progress"),
    "done": N_("Done"),
    "dropped": N_("Dropped"),
}
#: an action that is over is never late
OVER = ("done", "dropped")
#: columns of `Project.actions` that are kept under another name
_FIELDS = {"action": "title"}
_DATES = ("start_date", "due_date")
#: years that a person means when typing a day of a plan; 206 or 2206 is a slip of the finger
YEARS = (1990, 2100)
#: fields that name something of the project, or nothing
_LINKS = ("touchpoint", "stage")


# --- what goes into it ------------------------------------------------------------------------------------------


def planned(project: Project) -> set[str]:
    """Ids of the touchpoints that an action of the plan is about, dropped ones aside."""
    actions = project.table("action").values()
    return {action.touchpoint for action in actions if action.touchpoint and action.status != "dropped"}


def plan_touchpoints(project: Project, touchpoints: Iterable[str], t: Translator) -> list[Command]:
    """An action for each of these touchpoints that the plan does not hold yet.

    It is the one that the library proposes first; where it proposes none, the touchpoint is to be improved, with its reason.
    """
    method = ranking_of(project)
    known = priorities(project, method=method).set_index("id")
    new = [id for id in dict.fromkeys(touchpoints) if id in known.index and id not in planned(project)]
    proposed, names = first_proposals(project, new, t.language), quadrant_names(project, t.language)
    commands: list[Command] = []
    for id in new:
        if id in proposed:
            commands += take_over([proposed[id]])
        else:
            row = known.loc[[id]].iloc[0]
            title = t("Improve “{name}”", name=str(row["touchpoint"]))
            commands += edits.add_action(title, touchpoint=id, cards=_pains(project, id), reason=_reason(row, names, method, t))
    return commands


def _pains(project: Project, touchpoint: str) -> list[str]:
    return [id for id, card in project.cards_of_today.items() if card.kind == "pain_point" and card.touchpoint == touchpoint]


def _reason(row: pd.Series, names: dict[str, str], method: str, t: Translator) -> str:
    """Why the touchpoint is worth an action, from what is known of it."""
    parts = []
    if pd.notna(row["quadrant"]):
        parts.append(names[str(row["quadrant"])])
    if pd.notna(row["method_score"]):
        score = number(float(row["method_score"]), t.language, 0 if method in ("relevance", "ice") else 1)
        named = t("{method} score {score}", method=t(RANKINGS[method].name), score=score)
        parts.append(t("relevance score {score} of 100", score=score) if method == "relevance" else named)
    if pains := int(row["pain_points"]):
        parts.append(t.n("{n} pain point", "{n} pain points", pains))
    return ", ".join(parts)


# --- what is typed ----------------------------------------------------------------------------------------------


def change_action(id: str, column: str, value: Any, language: str) -> list[Command]:
    """A cell of the plan as a person left it, as a command.

    Numbers may come as text, the way the language writes them; an empty cell forgets the value.

    Raises
    ------
    InvalidCommand : not a number, outside its scale, an unknown status, a date that is none or of a year nobody plans for, an empty title.

    >>> change_action("a1", "cost", "1 200 €", "fr")[0].values
    {'cost': 1200.0}
    """
    if column in ACTION_LIMITS:
        return [Change("action", id, {column: _within(value, column, language)})]
    if column in _DATES:
        return [Change("action", id, {column: _date(value, column)})]
    if column == "status" and value not in STATUSES:
        raise InvalidCommand("bad_value", value=str(value), field="status")
    if column in ("depends_on", "cards"):
        return [Change("action", id, {column: [str(other) for other in value or []]})]
    if value is None and column not in _LINKS:
        value = ""
    return [Change("action", id, {_FIELDS.get(column, column): value.strip() if isinstance(value, str) else value})]


def _within(value: Any, column: str, language: str) -> float | None:
    found = typed_number(value, language) if value is None or isinstance(value, str) else float(value)
    if not in_limits(column, found):
        low, high = ACTION_LIMITS[column]
        raise InvalidCommand("outside", value=found, low=low, high="∞" if high is None else high)
    return found


def _date(value: Any, column: str) -> dt.date | None:
    if value is None or value == "" or value != value:
        return None
    try:
        day = value.date() if isinstance(value, dt.datetime) else value if isinstance(value, dt.date) else dt.date.fromisoformat(value[:10])
    except ValueError as error:
        raise InvalidCommand("bad_value", value=str(value), field=column) from error
    if not YEARS[0] <= day.year <= YEARS[1]:
        raise InvalidCommand("year", year=str(day.year), first=str(YEARS[0]), last=str(YEARS[1]))
    return day


# --- its order --------------------------------------------------------------------------------------------------


def moved(project: Project, action: str, step: int, among: Iterable[str] | None = None) -> list[Command]:
    """Put an action so many places further down (negative: up); the order becomes one made by hand.

    ``among``: ids of the actions that are seen, when a filter hides others; it moves past those.
    """
    ids = [str(id) for id in project.actions["id"]]
    seen = ids if among is None else [id for id in ids if id in set(among)]
    if action not in seen:
        raise InvalidCommand("gone")
    start = seen.index(action)
    goal = min(max(start + step, 0), len(seen) - 1)
    if goal == start:
        return []
    place = ids.index(seen[goal])
    ids.insert(place, ids.pop(ids.index(action)))
    return edits.reorder_actions(ids)


def by_hand(project: Project) -> bool:
    """Whether the plan stands in an order made by hand."""
    return any(action.order is not None for action in project.table("action").values())


# --- where it stands --------------------------------------------------------------------------------------------


def late(actions: pd.DataFrame, today: dt.date) -> pd.Series:
    """Which actions are past their due date and not over."""
    due = actions["due_date"] < pd.Timestamp(today)
    return due.fillna(False) & ~actions["status"].isin(OVER)


def progress(actions: pd.DataFrame, today: dt.date) -> dict[str, Any]:
    """Where the plan stands.

    Returns
    -------
    One number for each status, then total (dropped ones aside), late, cost (sum of what is known, dropped ones aside; None when
    nothing is known), spent (cost of what is done), unpriced (actions without a cost, dropped ones aside).

    >>> from analysis import Project
    >>> progress(Project.new("Shop").actions, dt.date(2026, 1, 1))["total"]
    0
    """
    counts = actions["status"].value_counts()
    live = actions[actions["status"] != "dropped"]
    known = live["cost"].dropna()
    return {status: int(counts.get(status, 0)) for status in STATUSES} | {
        "total": len(live),
        "late": int(late(actions, today).sum()),
        "cost": float(known.sum()) if len(known) else None,
        "spent": float(live.loc[live["status"] == "done", "cost"].dropna().sum()),
        "unpriced": int(live["cost"].isna().sum()),
    }
