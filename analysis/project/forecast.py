"""Money of the plan: the best set of actions under a budget, and what each action may bring, from what the project knows."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.errors import InvalidCommand
from analysis.language import N_
from analysis.methods.returns import INPUTS
from analysis.project import edits
from analysis.project.commands import Command
from analysis.project.entry import typed_number
from analysis.project.model import ACTION_LIMITS

if TYPE_CHECKING:
    from analysis.project.project import Project

#: what holds for every action of the project: customers a year and what a conversion is worth, each from … to
ASSUMPTIONS = ("customers_low", "customers_high", "conversion_low", "conversion_high")
#: what a return may lack → what people call it
MISSING = INPUTS | {
    "range": N_("a range for at least one of the inputs"),
    "reach": N_("reach of its touchpoint"),
    "year": N_("customers a year"),
}
_BUDGET, _KEPT = "budget", "forecast"


def budget_of(project: Project) -> float | None:
    """The budget of the plan, where one was set."""
    found = project.settings.views.get(_BUDGET)
    return float(found) if isinstance(found, int | float) else None


def set_budget(project: Project, text: str, language: str) -> list[Command]:
    """Keep a budget as it was typed; an empty text takes it away.

    Raises
    ------
    InvalidCommand : not a number, or below zero.
    """
    return edits.set_view(project, **{_BUDGET: typed_budget(text, language)})


def typed_budget(text: str, language: str) -> float | None:
    """An amount as it was typed; None for an empty text.

    Raises
    ------
    InvalidCommand : not a number, or below zero.
    """
    found = typed_number(text, language)
    if found is not None and found < 0:
        raise InvalidCommand("outside", value=found, low=0, high="∞")
    return found


def under_budget(project: Project, budget: float) -> pd.DataFrame:
    """The plan in its order with what to do of it under a budget; see :func:`analysis.best_under_budget`."""
    from analysis.methods import best_under_budget

    def solved() -> pd.DataFrame:
        actions = project.actions
        return best_under_budget(actions.assign(cost=_possible(actions, "cost")), budget)

    return project.remembered("under budget", (project.actions_key, budget), solved).copy(deep=False)


def assumptions(project: Project) -> dict[str, float | None]:
    """What holds for every action: ``ASSUMPTIONS`` → value, None where it is not known."""
    kept = project.settings.views.get(_KEPT)
    given: dict[str, Any] = kept if isinstance(kept, dict) else {}
    return {name: float(given[name]) if isinstance(given.get(name), int | float) else None for name in ASSUMPTIONS}


def set_assumption(project: Project, name: str, text: str, language: str) -> list[Command]:
    """Keep one of the ``ASSUMPTIONS`` as it was typed.

    Raises
    ------
    InvalidCommand : not a number, below zero, or the wrong way round.
    """
    found = assumptions(project) | {name: typed_budget(text, language)}
    for of in ("customers", "conversion"):
        low, high = found[f"{of}_low"], found[f"{of}_high"]
        if low is not None and high is not None and low > high:
            raise InvalidCommand("outside", value=found[name], low=low if name.endswith("high") else 0, high=high)
    return edits.set_view(project, **{_KEPT: found})


def return_inputs(project: Project) -> pd.DataFrame:
    """What :func:`analysis.action_return` needs, one row an action: id, reach (% of customers who meet its touchpoint), and the ranges.

    Customers reached = customers a year × reach; the effect is that of the action, in points of conversion; its cost is a range where
    one was given, else its planned cost; its confidence is how sure it is that the effect comes at all.
    """
    known = assumptions(project)
    reaches = dict(zip(project.touchpoints["id"], project.touchpoints["reach"], strict=True))
    ranges = ["effect_low", "effect_high", "cost", "cost_low", "cost_high"]
    frame = project.actions[["id", "action", "touchpoint_id", *ranges, "confidence"]].copy()
    for name in ("cost", "cost_low", "cost_high", "confidence"):
        frame[name] = _possible(frame, name)
    reach = pd.Series([reaches.get(id) for id in frame["touchpoint_id"]], index=frame.index, dtype="Float64")
    for end in ("low", "high"):
        frame[f"customers_{end}"] = reach / 100 * _alike(known[f"customers_{end}"], frame.index)
        frame[f"value_{end}"] = _alike(known[f"conversion_{end}"], frame.index)
    return frame.assign(reach=reach)


def _possible(frame: pd.DataFrame, name: str) -> pd.Series:
    """A figure of the actions; what cannot be (a cost below zero, as an older import let it in) counts as not known."""
    low, high = ACTION_LIMITS[name]
    return frame[name].where(frame[name].between(low if low is not None else -math.inf, high if high is not None else math.inf))


def _alike(value: float | None, index: pd.Index) -> pd.Series:
    return pd.Series([value] * len(index), index=index, dtype="Float64")


def returns(project: Project) -> pd.DataFrame:
    """What each action may bring in its first year; see :func:`analysis.action_return`.

    Returns
    -------
    id, p10, p50, p90, payback_share, missing (keys of ``MISSING``), action, confidence, cost_low, cost_high, in the order of the plan:
    what a page, a notebook and an export show alike.
    """
    key = (project.actions_key, assumptions(project))
    return project.remembered("returns", key, lambda: _returns(project)).copy(deep=False)


def _returns(project: Project) -> pd.DataFrame:
    from analysis.methods import action_return

    inputs = return_inputs(project)
    for name in ("effect", "cost"):  # typed the wrong way round: as long as it is, there is no range to count on
        wrong = (inputs[f"{name}_low"] > inputs[f"{name}_high"]).fillna(False).astype(bool)
        inputs.loc[wrong, [f"{name}_low", f"{name}_high"]] = pd.NA
    found = action_return(inputs.drop(columns="reach"))
    found.insert(0, "id", inputs["id"])
    attrs = dict(found.attrs)
    found = found.join(inputs[["action", "confidence", "cost_low", "cost_high"]])
    found.attrs = attrs
    year = assumptions(project)
    unknown = [name for name, is_missing in (("year", year["customers_low"] is None or year["customers_high"] is None),) if is_missing]
    found["missing"] = [
        [*(name for name in missing if name != "customers"), *(_why(unknown, reach) if "customers" in missing else [])]
        for missing, reach in zip(found["missing"], inputs["reach"], strict=True)
    ]
    return found


def _why(unknown: list[str], reach: Any) -> list[str]:
    """Why nobody knows how many customers are reached."""
    return [*unknown, *(["reach"] if pd.isna(reach) else [])]
