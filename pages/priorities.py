"""Priorities: what to do first, seen as a matrix, a Pareto chart or a ranking. Only the open view is computed."""

from __future__ import annotations

import streamlit as st

from analysis.language import N_
from analysis.project.before_after import days_of
from pages.decide import before_after, firmness, gaps, heatmap, pareto, ranking, reach
from pages.decide import matrix as matrix_page
from pages.decide.empty import nothing_to_rank
from pages.shell import session, workspace

t = session.t()
VIEWS = {
    "matrix": (N_("Impact/effort matrix"), matrix_page.draw),
    "pareto": (N_("Pareto chart"), pareto.draw),
    "ranking": (N_("Ranking"), ranking.draw),
    "firmness": (N_("Firmness"), firmness.draw),
    "reach": (N_("360° matrix"), reach.draw),
    "importance": (N_("Importance"), heatmap.draw),
    "gaps": (N_("Staff and customers"), gaps.draw),
    "change": (N_("Before and after"), before_after.draw),
}

project = workspace.header(t("Priorities"), filtered=True)
#: answers of people alone, without any touchpoint, can be counted and compared
views = list(VIEWS) if project.table("touchpoint") else ["change"] if days_of(project) else []
if views:
    view = st.segmented_control(
        t("View"), views, default=views[0], required=True, key="priorities_view", format_func=lambda code: t(VIEWS[code][0]),
        label_visibility="collapsed", persist_state="session",
    )  # fmt: skip
    VIEWS[view if view in views else views[0]][1](project)
else:
    nothing_to_rank()
