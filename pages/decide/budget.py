"""The plan under a budget: which actions to take, exactly, and what they cost against the line."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from analysis import ParcoursError, Project
from analysis import charts as drawn
from analysis.language import N_, money, number
from analysis.methods import DECISIONS
from analysis.project.forecast import budget_of, returns, set_budget, under_budget
from pages.decide import charts, details, trial
from pages.decide.empty import empty
from pages.shell import session, workspace
from pages.shell.synced import synced

_HOW = N_(
    "Of all the sets of actions that fit the budget, this one has the highest sum of scores; of equally good ones, the cheapest. "
    "Actions that run or are done stay and count. An action comes with those it depends on. Without a cost an action is listed, not chosen."
)
_RETURNS = N_(
    "Each bar holds eight draws in ten of what an action brings in its first year, its cost taken off; the mark is the middle. Right of "
    "zero it pays back. A long bar says that little is known: measure before you spend."
)
_MARKS = {"kept": "▶", "chosen": "✓", "not_chosen": "–", "no_cost": "?", "blocked": "×", "dropped": "–"}


def draw(project: Project) -> None:
    """What to do for a budget, and what each action may bring."""
    _spent(project, _keep)
    _returns(project)
    details.draw(project)


def among(project: Project) -> None:
    """The same question where priorities are weighed: the set follows the ranking, also the one that is tried out."""
    t = session.t()
    if project.actions.empty:
        empty(
            t("The plan is still empty"), t("A budget is shared out among the actions of the plan: send touchpoints there first."),
            {"plan": (t("Open the plan"), "checklist")},
        )  # fmt: skip
        return
    _spent(project, _try)


def _spent(project: Project, on_change: Callable[[], None]) -> None:
    t, budget = session.t(), budget_of(project)
    shown = "" if budget is None else number(budget, t.language)
    st.text_input(
        t("Budget ({currency})", currency=project.settings.currency), key=synced("plan_budget", shown), on_change=on_change, width=220,
        placeholder=t("For instance {amount}", amount=number(20000, t.language)),
    )  # fmt: skip
    if budget is None:
        st.caption(t("Set a budget to see which actions bring the most for it."))
    else:
        _chosen(project, under_budget(project, budget))


def _try() -> None:
    trial.try_budget(st.session_state["plan_budget"])


def _keep() -> None:
    head = workspace.store().load(workspace.project_id())
    try:
        commands = set_budget(head, st.session_state["plan_budget"], session.language())
    except ParcoursError as error:
        workspace.tell(error)
        return
    workspace.edit(commands, N_("Change the budget"))


def _chosen(project: Project, decided: pd.DataFrame) -> None:
    t, currency = session.t(), project.settings.currency
    table, kept = _table(project, decided), workspace.shown()
    note = "" if project.revision == kept.revision else trial.line(kept)
    charts.show(
        lambda width: drawn.spending(decided, t.language, currency=currency, width=width),
        (charts.seen(decided, "decision", "cost"), decided.attrs["budget"], currency), how=t(_HOW), table=lambda: table,
        name=t("Budget"), note=note,
    )  # fmt: skip
    without = int((decided["decision"] == "no_cost").sum())
    if without:
        st.info(
            t.n("{n} action has no cost: it is listed, not chosen.", "{n} actions have no cost: they are listed, not chosen.", without),
            icon=":material/info:",
        )
    open_ones = ~decided["decision"].isin(["kept", "dropped", "no_cost"])
    if worthless := int((open_ones & decided["score"].isna()).sum()):
        st.info(
            t.n("{n} action has no score: it counts as bringing nothing, and is chosen only where another needs it.",
                "{n} actions have no score: they count as bringing nothing, and are chosen only where another needs them.", worthless),
            icon=":material/info:",
        )  # fmt: skip
    st.dataframe(table, hide_index=True, height=min(35 * len(table) + 38, 560), placeholder="", alt=t("Actions under the budget"))


def _returns(project: Project) -> None:
    """What each action may bring in a year, for those of which enough is known."""
    t, found = session.t(), returns(project)
    known = int(found["p50"].notna().sum())
    if not known:
        st.caption(t("The return of an action is drawn here once its effect and the assumptions are given, in its details."))
        return
    charts.show(
        lambda width: drawn.returns(found, t.language, currency=project.settings.currency, width=width),
        (charts.seen(found, "action", "p10", "p50", "p90", "payback_share"), project.settings.currency), how=t(_RETURNS),
        table=lambda: _written(project, found), name=t("Return in the first year"),
    )  # fmt: skip


def _written(project: Project, found: pd.DataFrame) -> pd.DataFrame:
    t = session.t()
    lines = [details.forecast_line(row, project) for row in found.to_dict("records")]
    return pd.DataFrame({t("Action"): found["action"], t("Return in the first year"): lines})


def _table(project: Project, decided: pd.DataFrame) -> pd.DataFrame:
    t, currency = session.t(), project.settings.currency
    forecast = returns(project)
    known = forecast["p50"].notna().any()  # else the same sentence would stand in every row
    return pd.DataFrame(
        {
            t("Decision"): [f"{_MARKS[code]} {t(DECISIONS[code])}" for code in decided["decision"]],
            t("Action"): decided["action"],
            t("Cost"): [
                money(value, t.language, currency) for value in decided["cost"].astype(object).where(decided["cost"].notna(), None)
            ],
            t("Score"): [number(value, t.language, 0) for value in decided["score"].astype(object).where(decided["score"].notna(), None)],
        }
        | ({t("Return in the first year"): [details.forecast_line(row, project) for row in forecast.to_dict("records")]} if known else {})
    )
