"""The chosen touchpoints, the same in every view, and what can be done with them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd
import streamlit as st

from analysis import Project
from analysis.language import N_, number
from analysis.project import edits
from analysis.project.criteria import criterion_name
from analysis.project.measures import unique_names
from analysis.project.planning import plan_touchpoints, planned
from pages import sheets
from pages.decide import trial
from pages.sheets.parts import provenance
from pages.shell import session, workspace
from pages.shell.markdown import quoted
from pages.shell.synced import meant, named, synced

#: shown one by one; more are only counted
MOST = 4
_CHOSEN = "_chosen_touchpoints"


def get(project: Project) -> list[str]:
    """Ids of the chosen touchpoints that still exist."""
    return [id for id in st.session_state.get(_CHOSEN, []) if id in project.table("touchpoint")]


def put(ids: Iterable[str]) -> None:
    st.session_state[_CHOSEN] = list(dict.fromkeys(ids))


def names(project: Project) -> tuple[str, ...]:
    """The chosen touchpoints as charts call them (their names, told apart where several share one) and by their bare names."""
    ids = get(project)
    if not ids:
        return ()
    known = dict(zip(project.touchpoints["id"], unique_names(project.touchpoints), strict=True))
    return tuple(dict.fromkeys(name for id in ids for name in (known[id], project.table("touchpoint")[id].name)))


def table(key: str, ids: list[str], shown: pd.DataFrame, columns: dict[str, Any], *, alt: str) -> None:
    """A table of touchpoints, a row each, whose rows can be chosen; ``key`` : of the view."""
    state = st.dataframe(
        shown, column_config=columns, hide_index=True, key=f"{key}_{hash(tuple(ids))}", on_select="rerun", selection_mode="multi-row",
        height=min(35 * len(shown) + 38, 640), placeholder="", alt=alt,
    )  # fmt: skip
    rows, kept = state["selection"]["rows"], f"_chosen_in_{key}"
    if rows or st.session_state.get(kept):
        st.session_state[kept] = bool(rows)
        put(ids[row] for row in rows if row < len(ids))


def among(key: str, ids: Iterable[str]) -> None:
    """A field in which touchpoints of a view are chosen, where its chart itself cannot be clicked; ``key`` : of the view."""
    t, project = session.t(), workspace.shown()
    known = dict(zip(project.touchpoints["id"], unique_names(project.touchpoints), strict=True))
    options = [id for id in dict.fromkeys(ids) if id in known]
    field = synced(f"chosen_{key}", [id for id in get(project) if id in options])
    st.multiselect(
        t("Choose touchpoints"), options, key=field, format_func=named(field, {id: known[id] for id in options}),
        placeholder=t("Their names are marked on the chart"), on_change=among_these, args=(field, options),
    )  # fmt: skip


def among_these(field: str, options: list[str]) -> None:
    """What ``field`` says of these touchpoints; those that it does not offer stay as they were."""
    others = [id for id in st.session_state.get(_CHOSEN, []) if id not in options]
    put([*others, *meant(field)])


def ask_to_open(id: str) -> None:
    """Open the touchpoint's sheet on the run that follows."""
    sheets.ask("touchpoint", id)


def opened() -> None:
    """The sheet that is open, if any; called last on the page."""
    sheets.shown()


def to_plan(ids: list[str]) -> None:
    """Add an action for each of these touchpoints; say so, or why not."""
    t, head = session.t(), workspace.store().load(workspace.project_id())
    commands = plan_touchpoints(head, ids, t)
    if not commands:
        st.toast(t("The plan already holds an action for it."), icon=":material/info:")
    elif workspace.edit(commands, N_("Add {n} actions to the plan"), n=len(commands)):
        st.toast(t.n("{n} action added to the plan.", "{n} actions added to the plan.", len(commands)), icon=":material/check:")


def panel(project: Project, criteria: Iterable[str] = ("impact", "effort")) -> None:
    """What is chosen, with its figures of these criteria and where they come from, and the way into the plan."""
    project = workspace.shown()  # what is kept, also where other figures are tried out
    t, ids = session.t(), get(project)
    if not ids:
        st.caption(t("Choose a touchpoint to see where its scores come from, and to add it to the plan."))
        return
    with st.container(border=True, key="chosen"):
        for id in ids[:MOST]:
            _one(project, id, list(criteria))
        with st.container(horizontal=True, vertical_alignment="center"):
            new = [id for id in ids if id not in planned(project)]
            st.button(
                t.n("Add to the plan", "Add {n} to the plan", len(new)) if new else t("In the plan"), key="to_plan", type="primary",
                icon=":material/playlist_add:" if new else ":material/playlist_add_check:", disabled=not new, on_click=to_plan, args=(new,),
            )  # fmt: skip
            if len(ids) == 1:
                st.button(t("Open"), key="open_sheet", icon=":material/open_in_new:", on_click=ask_to_open, args=(ids[0],))
            if len(ids) > MOST:
                st.caption(t("and {n} more", n=len(ids) - MOST))


def _one(project: Project, id: str, criteria: list[str]) -> None:
    t, name = session.t(), project.table("touchpoint")[id].name
    parts = []
    for criterion in criteria:
        figure = project.figures.get((id, criterion))
        label = quoted(t("Impact") if criterion == "impact" else criterion_name(project, criterion, t))
        if figure:
            value, source = number(figure.value, t.language), quoted(provenance(figure, t))
            parts.append(t("{criterion}: {value} ({source})", criterion=label, value=value, source=source))
        else:
            parts.append(t("{criterion}: not scored", criterion=label))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{quoted(name)}** — " + " · ".join(parts), width="stretch")
        if over := [c for c in criteria if (found := project.figures.get((id, c))) and found.override]:
            st.button(
                t("Back to what was measured"),
                key=f"withdraw_{id}",
                icon=":material/undo:",
                type="tertiary",
                on_click=_withdraw,
                args=(id, over),
            )
        trial.panel(project, id, list(dict.fromkeys(["impact", "effort", *criteria])))


def _withdraw(id: str, criteria: list[str]) -> None:
    head = workspace.store().load(workspace.project_id())
    commands = [command for criterion in criteria for command in edits.withdraw(head, id, criterion)]
    workspace.edit(commands, N_("Withdraw the values set by hand"))
