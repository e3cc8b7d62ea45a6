"""The plan over time: how many actions were planned and done, for what cost, and what came of what customers said."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from analysis import Project
from analysis import charts as drawn
from analysis.language import N_, date, money
from analysis.project.loop import feedback, summary
from analysis.project.planning import STATUS_NAMES
from analysis.project.progress import plan_over_time
from pages.decide import charts, planning
from pages.decide.empty import empty
from pages.shell import session, workspace

_HOW = N_(
    "The dashed line is the whole plan, the area what is done: the plan advances where they come closer. A line that rises shows actions "
    "that were added. It is read from the log of the project, so that nobody has to keep it."
)


def draw(project: Project) -> None:
    _advance(project)
    _loop(project)


def _loop(project: Project) -> None:
    """Which feedback led to which action, and a text to send back to customers."""
    t, table = session.t(), feedback(project)
    if table.empty:
        return
    answered, all_of_it = table.loc[table["action"].notna(), "card_id"].nunique(), table["card_id"].nunique()
    st.markdown(f"#### {t('What customers said, and what came of it')}")
    st.caption(t("{n} of {all} pain points and quotes have an action that answers them.", n=answered, all=all_of_it))
    st.dataframe(
        pd.DataFrame(
            {
                t("What was said"): table["feedback"],
                t("About"): table["touchpoint"].fillna(table["stage"]).fillna(""),
                t("Action"): table["action"].fillna(t("none yet")),
                t("Status"): ["" if pd.isna(status) else t(STATUS_NAMES[status]) for status in table["status"]],
            }
        ),
        hide_index=True, height=min(35 * len(table) + 38, 420), alt=t("What customers said, and what came of it"),
    )  # fmt: skip
    if text := summary(project, t.language):
        with st.expander(t("Text to send back to customers"), icon=":material/forward_to_inbox:"):
            st.caption(t("Without owners, costs or dates; proposed actions are not promised. Copy it, and change what you like."))
            st.code(text, language=None, wrap_lines=True)


def _advance(project: Project) -> None:
    t, currency, day = session.t(), project.settings.currency, planning.today()
    frame = _table(workspace.project_id(), project.revision, str(day), st.context.timezone or "UTC")
    if frame.empty:
        empty(t("No action has been planned yet"), t("As soon as there are actions, this view shows how the plan advances, day by day."))
        return
    if frame["date"].nunique() < 2:  # a lone point is no line
        empty(
            t("The first day of this plan"),
            t("Progress is drawn from one day to the next: come back tomorrow. Until then, the figures above say where the plan stands."),
        )
        return
    if not frame.attrs.get("whole", True):
        st.caption(t("Only the newest edits of the project are looked back on."))
    _chart(frame, "actions", t("Progress"), (project.revision, str(day)), currency)
    if (frame["cost"] > 0).any():
        _chart(frame, "cost", t("Progress of the cost"), (project.revision, str(day)), currency)


def _chart(frame: pd.DataFrame, what: str, name: str, depends: tuple[Any, ...], currency: str) -> None:
    t = session.t()
    charts.show(
        lambda width: drawn.progress(frame, t.language, what=what, currency=currency, width=width),
        (*depends, what), how=t(_HOW), table=_written(frame, currency), name=name,
    )  # fmt: skip


@st.cache_data(show_spinner=False, max_entries=32)
def _table(id: str, revision: int, day: str, zone: str) -> pd.DataFrame:
    return plan_over_time(workspace.store(), id, today=planning.today(), zone=zone)


def _written(frame: pd.DataFrame, currency: str) -> pd.DataFrame:
    t = session.t()
    return pd.DataFrame(
        {
            t("Date"): [date(day.date(), t.language) for day in frame["date"]],
            t("Whole plan"): frame["total"],
            t("In progress"): frame["running"],
            t("Done"): frame["done"],
            t("Cost"): [money(float(value), t.language, currency) for value in frame["cost"]],
            t("Cost of what is done"): [money(float(value), t.language, currency) for value in frame["cost_done"]],
        }
    )
