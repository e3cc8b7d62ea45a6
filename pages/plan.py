"""Action plan: what will be done, by whom, until when."""

from __future__ import annotations

import streamlit as st

from analysis.language import N_
from pages.decide import advance, board, budget, proposals, table, timeline
from pages.decide.planning import adding, standing
from pages.decide.screen import measured
from pages.shell import session, workspace
from pages.shell.synced import own

t = session.t()
VIEWS = {
    "table": (N_("Table"), table.draw),
    "board": (N_("By status"), board.draw),
    "timeline": (N_("Timeline"), timeline.draw),
    "progress": (N_("Progress"), advance.draw),
    "budget": (N_("Budget"), budget.draw),
    "proposals": (N_("Proposals"), proposals.draw),
}

project = workspace.header(t("Action plan"), filtered=True)
if project.table("action"):
    standing(project)
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        view = st.segmented_control(
            t("View"), list(VIEWS), required=True, key=own("plan_view", "table"), format_func=lambda code: t(VIEWS[code][0]),
            label_visibility="collapsed", persist_state="session",
        )  # fmt: skip
        adding()
    VIEWS[view or "table"][1](project)
else:
    proposals.welcome(project)
measured()
