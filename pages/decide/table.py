"""The plan as a table to be typed into, and the details of one action below it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis import Project
from analysis.language import number
from analysis.project.model import STATUSES
from analysis.project.planning import STATUS_NAMES, by_hand, late
from analysis.project.priorities import quadrant_names
from pages.decide import details, planning
from pages.decide.grid import grid
from pages.shell import session, workspace


def draw(project: Project) -> None:
    t, actions = session.t(), project.actions
    if by_hand(project):
        with st.container(horizontal=True, vertical_alignment="center", key="order"):
            st.badge(t("Order made by hand"), icon=":material/back_hand:", color="orange")
            st.button(
                t("Back to the rule's order"), key="forget_order", type="tertiary", icon=":material/sort:", on_click=planning.back_to_rule
            )
    grid(
        f"plan_{workspace.project_id()}_{t.language}", [str(id) for id in actions["id"]], _shown(project, actions), _columns(),
        on_edits=_typed, height=min(35 * len(actions) + 38, 560), alt=t("Action plan"),
    )  # fmt: skip
    planning.clashes(project)
    st.caption(t("Type straight into the table, or paste from Excel. Each change is kept at once; undo takes it back."))
    details.draw(project)


def _shown(project: Project, actions: pd.DataFrame) -> pd.DataFrame:
    """The plan as people write it: words for codes, amounts as texts that are read the way the language writes them."""
    t, names = session.t(), quadrant_names(project, session.language())
    over = late(actions, planning.today())
    return pd.DataFrame(
        {
            "number": range(1, len(actions) + 1),
            "action": actions["action"],
            "about": actions["touchpoint"].fillna(actions["stage"]),
            "quadrant": actions["quadrant"].map(names),
            "status": [t(STATUS_NAMES[status]) for status in actions["status"]],
            "late": ["⚠" if is_late else None for is_late in over],
            "owner": actions["owner"],
            "start_date": actions["start_date"],
            "due_date": actions["due_date"],
            "cost": _texts(actions["cost"]),
            "effort": _texts(actions["effort"]),
            "kpi": actions["kpi"],
        }
    )


def _texts(values: pd.Series) -> list[str | None]:
    return [None if pd.isna(value) else number(float(value), session.language()) for value in values]


def _columns() -> dict[str, object]:
    t, make = session.t(), st.column_config
    day = "DD/MM/YYYY"
    return {
        "number": make.NumberColumn("#", disabled=True, width=40),
        "action": make.TextColumn(t("Action"), width=300, max_chars=300),
        "status": make.SelectboxColumn(t("Status"), options=[t(STATUS_NAMES[status]) for status in STATUSES], required=True, width=105),
        "owner": make.TextColumn(t("Owner"), max_chars=120, width=120),
        "due_date": make.DateColumn(t("Due"), format=day, width=105),
        "late": make.TextColumn(t("Late"), disabled=True, width=70),
        "cost": make.TextColumn(t("Cost"), width=80),
        "quadrant": make.TextColumn(t("Quadrant"), disabled=True),
        "start_date": make.DateColumn(t("Start"), format=day, width=105),
        "effort": make.TextColumn(t("Effort"), width=70, help=t("1 to 10; by default that of the touchpoint.")),
        "kpi": make.TextColumn(t("Indicator"), max_chars=200),
        "about": make.TextColumn(t("About"), disabled=True, help=t("The touchpoint or stage; changed in the details below.")),
    }


def _typed(cells: list[tuple[str, str, object]]) -> None:
    """The words of the status are its codes again."""
    t = session.t()
    codes = {t(name): code for code, name in STATUS_NAMES.items()}
    planning.keep([(id, column, codes.get(str(value), value) if column == "status" else value) for id, column, value in cells])
