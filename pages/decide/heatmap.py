"""Importance of touchpoints over the phases of the decision."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis import Project, importance_heatmap
from analysis import charts as drawn
from analysis.language import N_
from analysis.project.evidence_key import evidence_key
from pages.decide import charts, selection, tables
from pages.decide.empty import empty
from pages.shell import session

_HOW = N_(
    "Each row is a touchpoint, each column a stage: the darker the cell, the more customers say it matters there. The same touchpoint may "
    "matter in one stage and not in another. Hatched cells rest on fewer than five answers."
)


def draw(project: Project) -> None:
    t = session.t()
    depends = evidence_key(project)
    table = _table(depends, project)
    if not (table["n"] > 0).any():
        empty(
            t("No answer about importance yet"),
            t("Ask customers how much each touchpoint matters to them, from 1 to 10, and bring their answers: stage by stage if you can."),
            {"data": (t("Bring a file"), "upload_file")},
        )
        return
    chosen = selection.names(project)
    charts.show(
        lambda width: drawn.heatmap(table, t.language, width=width, chosen=chosen),
        (*depends, *chosen),
        how=t(_HOW),
        table=lambda: tables.importance(table),
        name=t("Importance"),
    )
    answered = set(table.loc[table["n"] > 0, "touchpoint"])
    selection.among("importance", project.touchpoints["id"][project.touchpoints["touchpoint"].isin(answered)])
    selection.panel(project, ("importance", "impact", "effort"))
    selection.opened()


@st.cache_data(show_spinner=False, max_entries=32)
def _table(depends: tuple[object, ...], _project: Project) -> pd.DataFrame:
    found: pd.DataFrame = importance_heatmap(
        _project.evidence, stages=[stage.name for _, stage in _project.stages_of(_project.first_journey)]
    )
    return found
