"""The 360° matrix: how many customers meet a touchpoint, and what it gives them."""

from __future__ import annotations

import streamlit as st

from analysis import Project, touchpoint_matrix
from analysis import charts as drawn
from analysis.language import N_
from analysis.methods.touchpoint_matrix import DIMENSIONS
from analysis.project import edits
from analysis.project.measures import unique_names
from analysis.project.priorities import cut_of
from pages.decide import charts, filters, selection, tables, trial
from pages.decide.empty import empty
from pages.shell import session, workspace
from pages.shell.echoes import aside
from pages.shell.synced import synced

#: a value of its own, or what it is the mean of
_VALUE = ("touchpoint_value", *DIMENSIONS)
_CUTS = {"midpoint": N_("Middle of the scale (50 and 50)"), "median": N_("Median of the touchpoints")}

_HOW = N_(
    "To the right, what many customers meet; at the top, what gives them much: useful, pleasant, leading to the next step. **Pillars** are "
    "to be kept, **hidden gems** deserve more customers, what reaches many and gives little is **to lighten or fix**, the rest is **to "
    "question**. The larger the bubble, the more the touchpoint costs."
)


def draw(project: Project) -> None:
    t = session.t()
    with st.container(horizontal=True, vertical_alignment="center"):
        choice, cut = filters.chosen(project), _cut(project)
    frame = filters.apply(project.touchpoints, choice)
    placed = touchpoint_matrix(frame.assign(touchpoint=unique_names(frame)), cut=cut)
    if placed["quadrant"].isna().all():
        empty(
            t("No touchpoint has both a reach and a value yet"),
            t("The 360° matrix needs, for each touchpoint, the share of customers who meet it and its Touchpoint Value (or its rational, "
              "emotional and behavioural scores). Bring a file that holds them."),
            {"data": (t("Bring a file"), "upload_file")},
        )  # fmt: skip
        return
    chosen = selection.names(project)
    charts.show(
        lambda width: drawn.touchpoints(placed, t.language, width=width, chosen=chosen),
        (charts.seen(placed, "touchpoint", "reach", "touchpoint_value", "cost", "quadrant"), placed.attrs["cut_rule"], *chosen),
        how=t(_HOW),
        table=lambda: tables.reach(placed),
        name=t("360° matrix"),
        note=trial.line(workspace.shown()),
    )
    selection.among("reach", placed["id"][placed["quadrant"].notna()])
    scored = {criterion for _, criterion in project.figures}
    selection.panel(project, ["reach", *(name for name in _VALUE if name in scored)])
    selection.opened()


def _cut(project: Project) -> str:
    """Where this matrix is cut: a choice of the project, as for impact and effort."""
    t, kept = session.t(), cut_of(project, "reach_cut")
    with aside(t("Settings"), icon=":material/tune:", key="reach_settings"):
        st.radio(
            t("Cut between low and high"), list(_CUTS), key=synced("reach_cut", kept), format_func=lambda code: t(_CUTS[code]),
            on_change=_set_cut,
        )  # fmt: skip
    return kept


def _set_cut() -> None:
    head = workspace.store().load(workspace.project_id())
    workspace.edit(edits.set_view(head, reach_cut=st.session_state["reach_cut"]), N_("Move the cut of the matrix"))
