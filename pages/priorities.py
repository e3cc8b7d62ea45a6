"""Priorities: what to do first, seen as a matrix, a Pareto chart or a ranking. Only the open view is computed."""

from __future__ import annotations

import streamlit as st

from analysis.language import N_
from analysis.project.measures import available_measures
from pages.decide import before_after, budget, firmness, gaps, heatmap, pareto, ranking, reach, trial, weights
from pages.decide import matrix as matrix_page
from pages.decide.empty import empty, nothing_to_rank, ways
from pages.decide.screen import measured
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
    "budget": (N_("Budget"), budget.among),
}

#: views that show what is tried out; the ranking says it beside its sliders, so that they stay where they are
TRIED = ("matrix", "pareto", "firmness", "reach", "budget")

#: views that the weights change; here they can be moved
WEIGHED = ("firmness", "budget")

#: what a view is made of, and so lacks while there is no touchpoint; the others count and compare answers
NEEDS = {
    "matrix": N_("The matrix places touchpoints by what improving them brings and takes; there is no touchpoint here yet."),
    "ranking": N_("The ranking weighs touchpoints against each other; there is no touchpoint here yet."),
    "firmness": N_("Firmness says how sure the rank of a touchpoint is; there is no touchpoint here yet."),
    "reach": N_("The 360° matrix shows how many customers meet each touchpoint and what it gives them; there is no touchpoint here yet."),
    "importance": N_("This view shows how much each touchpoint matters in each stage; there is no touchpoint here yet."),
    "gaps": N_("This view compares what staff and customers say of the same touchpoint; there is no touchpoint here yet."),
}

project = workspace.header(t("Priorities"), filtered=True)
#: answers of people alone, without any touchpoint, can be counted and compared
able = {"pareto": available_measures, "change": before_after.comparable}
told = list(VIEWS) if project.table("touchpoint") else [view for view, find in able.items() if find(project)]
if told:
    views = [*told, *(view for view in VIEWS if view not in told)]
    view = st.segmented_control(
        t("View"), views, default=views[0], required=True, key="priorities_view", format_func=lambda code: t(VIEWS[code][0]),
        label_visibility="collapsed", persist_state="session",
    )  # fmt: skip
    view = view if view in views else views[0]
    if view in told or view not in NEEDS:
        if view in WEIGHED:
            weights.fold(project)
        if view in TRIED:
            trial.banner(project)
        VIEWS[view][1](trial.of(project) if view in TRIED else project)
    else:
        empty(t(VIEWS[view][0]), t(NEEDS[view]), ways())
else:
    nothing_to_rank()
measured()
