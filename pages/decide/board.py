"""The plan as a board: a column for each status."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from analysis import Project
from analysis.language import date, money
from analysis.project.model import STATUSES
from analysis.project.planning import STATUS_NAMES, late
from pages.decide import details, planning
from pages.shell import session
from pages.shell.markdown import quoted

_COLOURS = {"proposed": "violet", "to_do": "blue", "in_progress": "orange", "done": "green", "dropped": "gray"}
#: shown one by one in a column; more are counted
MOST = 25


def draw(project: Project) -> None:
    actions = project.actions
    actions = actions.assign(late=late(actions, planning.today()))
    used = [status for status in STATUSES if status not in ("proposed", "dropped") or (actions["status"] == status).any()]
    for column, status in zip(st.columns(len(used), gap="small"), used, strict=True):
        with column:
            _column(project, status, actions[actions["status"] == status])
    details.draw(project)


def _column(project: Project, status: str, rows: pd.DataFrame) -> None:
    t = session.t()
    st.markdown(f":{_COLOURS[status]}-badge[{t(STATUS_NAMES[status])}] {len(rows)}")
    for row in rows.head(MOST).to_dict("records"):
        _card(project, row)
    if len(rows) > MOST:
        st.caption(t("and {n} more", n=len(rows) - MOST))
    if rows.empty:
        st.caption(t("Nothing here"))


def _card(project: Project, row: dict[Any, Any]) -> None:
    t, id = session.t(), str(row["id"])
    facts = [str(row["touchpoint"]) if pd.notna(row["touchpoint"]) else "", str(row["owner"]) if pd.notna(row["owner"]) else ""]
    facts.append(money(float(row["cost"]), t.language, project.settings.currency) if pd.notna(row["cost"]) else "")
    with st.container(border=True, gap="small", key=f"card_{id}"):
        st.markdown(f"**{quoted(str(row['action']))}**")
        st.caption(" · ".join(quoted(fact) for fact in facts if fact))
        if pd.notna(row["due_date"]):
            due = date(row["due_date"].date(), t.language)
            st.markdown(
                f":red-badge[:material/schedule: {t('late, due {date}', date=due)}]"
                if row["late"]
                else f":small[:gray[{t('due {date}', date=due)}]]"
            )
        with st.container(horizontal=True, gap="small"):
            st.menu_button(
                t("Move"), [status for status in STATUSES if status != row["status"]], key=f"move_{id}", type="tertiary",
                icon=":material/swap_horiz:",
                format_func=lambda status: t(STATUS_NAMES[status]), on_click=_move, args=(id,),
            )  # fmt: skip
            st.button(t("Details"), key=f"open_{id}", type="tertiary", icon=":material/edit:", on_click=planning.open_action, args=(id,))


def _move(id: str) -> None:
    if status := st.session_state[f"move_{id}"]:
        planning.keep([(id, "status", status)])
