"""The best set of actions under a budget: exact, by integer programming, not by eye."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import BadScale
from analysis.language import N_
from analysis.methods.frames import TOLERANCE, Floats, columns_of, need, numbers, whole

#: code → name
DECISIONS = {
    "kept": N_("Already running"),
    "chosen": N_("Chosen"),
    "not_chosen": N_("Not chosen"),
    "no_cost": N_("No cost given"),
    "blocked": N_("Needs an action that cannot be chosen"),
    "dropped": N_("Dropped"),
}
#: statuses of actions that are paid or being paid
RUNNING = ("in_progress", "done")


def best_under_budget(
    actions: Any, budget: float, *, value: str = "score", cost: str = "cost", depends_on: str = "depends_on", status: str = "status"
) -> pd.DataFrame:
    """Choose the actions whose summed value is highest while their summed cost stays within the budget.

    Parameters
    ----------
    actions : any frame with ``value`` and ``cost``; ``id`` and ``depends_on`` (a list of ids) and ``status`` when there are any.
    budget : zero or more, in the unit of the costs.
    value : column of what an action brings; missing: it brings nothing, and is only chosen where another needs it.

    Returns
    -------
    The actions with decision: ``kept`` (running or done: stays, and its cost counts), ``chosen``, ``not_chosen``, ``no_cost`` (not
    considered), ``blocked`` (needs an action without a cost or one that was dropped), ``dropped``. ``attrs``: budget, cost and value (of
    what is kept and chosen), left (of the budget, never negative), over (what the kept ones alone cost beyond it), unpriced (kept without a
    cost, counted as costing nothing, and those not considered).

    Raises
    ------
    MissingColumns; BadScale (a negative budget, cost or value).

    Notes
    -----
    Maximise Σ value·x with Σ cost·x ≤ budget, x ∈ {0, 1}, and x(a) ≤ x(b) where a needs b. Of several equally good sets the cheapest.
    Solved with HiGHS through ``scipy.optimize.milp`` at no gap. A running action needs nothing more to go on.

    Examples
    --------
    >>> plan = pd.DataFrame({"action": ["form", "site", "mail"], "score": [60, 50, 40], "cost": [10, 6, 5]})
    >>> best_under_budget(plan, 11)["decision"].tolist()
    ['not_chosen', 'chosen', 'chosen']
    """
    need(actions, [value, cost])
    table, there = whole(actions), columns_of(actions)
    costs, worth = numbers(table[cost]), np.nan_to_num(numbers(table[value]))
    _refuse_negative(budget, costs, worth)
    states = table[status].fillna("").astype(str).to_numpy() if status in there else np.full(len(table), "")
    kept, dropped = np.isin(states, RUNNING), states == "dropped"
    needs = _needs(table, depends_on) if {"id", depends_on} <= set(there) else [[] for _ in range(len(table))]
    blocked = _blocked(np.isnan(costs) & ~kept | dropped, kept, needs)
    free = ~kept & ~blocked
    spent = float(np.nansum(costs[kept]))
    chosen = np.zeros(len(table), dtype=bool)
    if free.any() and spent <= budget * (1 + TOLERANCE):
        chosen[free] = _solved(worth[free], costs[free], budget - spent, _pairs(np.flatnonzero(free), needs))
    rules = [kept, dropped, np.isnan(costs), blocked, chosen]
    table["decision"] = np.select(rules, ["kept", "dropped", "no_cost", "blocked", "chosen"], default="not_chosen")
    total = spent + float(costs[chosen].sum())
    table.attrs = {
        "budget": float(budget), "cost": total, "value": float(worth[kept | chosen].sum()), "left": max(float(budget) - total, 0.0),
        "over": max(spent - float(budget), 0.0), "unpriced": int((np.isnan(costs) & ~dropped).sum()),
    }  # fmt: skip
    return table


def _refuse_negative(budget: float, costs: Floats, worth: Floats) -> None:
    for amount in (budget, *costs, *worth):
        if amount < 0:
            raise BadScale("negative", N_("A budget, its costs and values are zero or more; {value} is not."), value=amount)
    if not np.isfinite(budget):
        raise BadScale("not_a_number", N_("“{value}” is not a number."), value=budget)


def _needs(table: pd.DataFrame, depends_on: str) -> list[list[int]]:
    """For each row the rows it needs; an action that no longer exists is needed by nobody."""
    places = {str(id): place for place, id in enumerate(table["id"])}
    return [[places[id] for id in ids if id in places] if isinstance(ids, list | tuple | np.ndarray) else [] for ids in table[depends_on]]


def _blocked(impossible: Any, kept: Any, needs: list[list[int]]) -> Any:
    """Those that cannot be chosen, and those that need one of them, however far down."""
    found = impossible.copy()
    while True:
        more = [row for row, wanted in enumerate(needs) if not (found[row] or kept[row]) and any(found[other] for other in wanted)]
        if not more:
            return found
        found[more] = True


def _pairs(rows: Any, needs: list[list[int]]) -> list[tuple[int, int]]:
    """(action, action it needs) among the rows still to be decided, by their place among them; what is kept is there already."""
    places = {int(row): place for place, row in enumerate(rows)}
    return [(places[row], places[other]) for row in places for other in needs[row] if other in places and other != row]


def _solved(worth: Floats, costs: Floats, left: float, pairs: list[tuple[int, int]]) -> Any:
    """The best set, then the cheapest of the sets that are as good."""
    from scipy.optimize import LinearConstraint

    rows = [costs]
    for one, other in pairs:
        row = np.zeros(len(worth))
        row[one], row[other] = 1, -1
        rows.append(row)
    limits = LinearConstraint(np.array(rows), ub=np.array([left * (1 + TOLERANCE), *[0.0] * len(pairs)]))
    best = _milp(-worth, [limits])
    as_good = LinearConstraint(worth[np.newaxis, :], lb=worth[best].sum() * (1 - TOLERANCE))
    return _milp(costs, [limits, as_good])


def _milp(objective: Floats, constraints: list[Any]) -> Any:
    from scipy.optimize import Bounds, milp

    found = milp(objective, constraints=constraints, integrality=np.ones(len(objective)), bounds=Bounds(0, 1), options={"mip_rel_gap": 0.0})
    return np.round(found.x).astype(bool)
