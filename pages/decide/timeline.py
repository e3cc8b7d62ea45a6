"""The plan over time: a bar for each action, from its start to its due date."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis import Project
from analysis import charts as drawn
from analysis.language import N_, date
from analysis.project.planning import STATUS_NAMES, late
from pages.decide import charts, details, planning
from pages.decide.empty import empty
from pages.shell import session

_HOW = N_(
    "Each bar goes from the start of an action to its due date; an action with one date is drawn as a day. What is overdue is outlined and "
    "marked “!”. The dashed line is today. "
    "An arrow leads from an action to one that needs it; it is orange where the dates do not go together."
)


#: what is drawn of an action, beside what it needs first
_SEEN = ("id", "action", "start_date", "due_date", "status", "owner")


def draw(project: Project) -> None:
    t, actions, day = session.t(), project.actions, planning.today()
    dated = actions["start_date"].notna() | actions["due_date"].notna()
    if not (dated & (actions["status"] != "dropped")).any():
        empty(t("No action has a date yet"), t("Give actions a start or a due date, in the table or in the details below."))
    else:
        charts.show(
            lambda width: drawn.timeline(actions, t.language, today=day, width=width),
            (charts.seen(actions, *_SEEN), str(actions["depends_on"].tolist()), str(day)),
            how=t(_HOW), table=_table(actions[dated]), name=t("Timeline"),
        )  # fmt: skip
        planning.clashes(project)
        if not dated.all():
            with st.expander(t("Without a date"), icon=":material/event_busy:"):
                st.dataframe(pd.DataFrame({t("Action"): actions["action"][~dated]}), hide_index=True)
    details.draw(project)


def _table(actions: pd.DataFrame) -> pd.DataFrame:
    t, over = session.t(), late(actions, planning.today())

    def days(column: str) -> list[str]:
        return ["" if pd.isna(value) else date(value.date(), t.language) for value in actions[column]]

    return pd.DataFrame(
        {
            t("Action"): actions["action"],
            t("Start"): days("start_date"),
            t("Due"): days("due_date"),
            t("Status"): [t(STATUS_NAMES[status]) for status in actions["status"]],
            t("Late"): ["!" if is_late else "" for is_late in over],
            t("Owner"): actions["owner"].fillna(""),
        }
    )
