"""Touchpoints without a stage: where each would usually stand, agreed to in one click, before the import or after it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from analysis import Project
from analysis.language import Translator
from analysis.project import Command
from analysis.project.grid import move
from analysis.project.placing import accept_stages, propose_stages
from pages.shell import comparing, workspace
from pages.shell.markdown import quoted

#: touchpoints of a stage that are named, and touchpoints that are offered at once
_NAMED, _MOST = 12, 60
_CHOICE = "accept_stages"


def offer(known: comparing.Comparing, t: Translator) -> None:
    """Before the import: what it brings without a stage, and the offer to place it."""
    proposed = known.proposed
    if proposed is None or proposed.empty:
        return
    n = len(proposed)
    with st.container(border=True, key="stages_offer"):
        st.markdown(":material/conversion_path: **" + t.n("{n} touchpoint names no stage", "{n} touchpoints name no stage", n) + "**")
        if proposed["stage_id"].isna().all():
            st.caption(t("Nothing tells where they stand: give them their stages after the import, under “Data” or on the map."))
            return
        st.caption(t("Without one they stand beside the map. By their names, this is where customers usually meet them:"))
        st.markdown(_listed(proposed, known.after or known.base, t))
        st.toggle(
            t("Place them there"), value=bool(comparing.kept(_CHOICE)), key=_CHOICE, on_change=comparing.keep, args=(_CHOICE,),
            help=t("Part of the import: one undo takes it back, and each can be moved on the map."),
        )  # fmt: skip


def accepted(known: comparing.Comparing) -> list[Command]:
    """What the offer adds to the import; nothing when it was not taken."""
    if known.proposed is None or known.after is None or not comparing.kept(_CHOICE):
        return []
    return accept_stages(known.after, known.proposed)


def _listed(proposed: pd.DataFrame, project: Project, t: Translator) -> str:
    """A line a stage, in the order of the journey: “Purchase: Checkout · Payment”; last what nothing is proposed for."""
    order = [id for id, _ in project.stages_of(project.first_journey)]
    told = sorted(proposed["stage_id"].dropna().unique(), key=order.index)
    groups = [(quoted(project.table("stage")[id].name), proposed[proposed["stage_id"] == id]) for id in told]
    groups += [(t("without a proposal"), proposed[proposed["stage_id"].isna()])]
    return "\n".join(f"- **{name}** — {_names(rows)}" for name, rows in groups if len(rows))


def _names(rows: pd.DataFrame) -> str:
    shown = " · ".join(quoted(name) for name in rows["touchpoint"].head(_NAMED))
    return shown + (f" … (+{len(rows) - _NAMED})" if len(rows) > _NAMED else "")


def tray(project: Project, t: Translator) -> None:
    """After the import: touchpoints of the map without a stage, placed as proposed or several at once elsewhere."""
    proposed = propose_stages(project)
    if proposed.empty:
        return
    usual = int(proposed["stage_id"].notna().sum())
    with st.container(border=True, key="stages_tray"):
        st.markdown("**" + t("Touchpoints without a stage") + "**")
        if usual:
            st.caption(t("By their names, this is where customers usually meet them:"))
            st.markdown(_listed(proposed, project, t))
            st.button(
                t.n("Place {n} as proposed", "Place all {n} as proposed", usual), key="stages_accept", icon=":material/done_all:",
                type="primary", on_click=_accept,
            )  # fmt: skip
        _by_hand(project, proposed, t)


def _by_hand(project: Project, proposed: pd.DataFrame, t: Translator) -> None:
    names = dict(zip(proposed["placement"], proposed["touchpoint"], strict=True))
    stages = {id: stage.name for id, stage in project.stages_of(project.first_journey)}
    chosen = st.pills(
        t("Or choose some of them"), list(names)[:_MOST], selection_mode="multi", key="stages_chosen",
        format_func=lambda id: quoted(names.get(id, "")),
    )  # fmt: skip
    left, right = st.columns([6, 1.4], vertical_alignment="bottom")
    stage = left.selectbox(
        t("They stand in the stage"), list(stages), index=None, key="stages_into", placeholder=t("Choose…"),
        format_func=lambda id: stages.get(id, ""),
    )  # fmt: skip
    right.button(
        t("Put them there"), key="stages_place", disabled=not chosen or stage is None, width="stretch", on_click=_place,
        args=(list(chosen), stage, stages.get(stage or "", "")),
    )  # fmt: skip


def _accept() -> None:
    head = workspace.store().load(workspace.project_id())
    commands = accept_stages(head, propose_stages(head))
    if commands:
        workspace.edit(commands, "Place {n} touchpoints in their usual stages", n=len(commands))


def _place(placements: list[str], stage: Any, name: str) -> None:
    head = workspace.store().load(workspace.project_id())
    workspace.edit(move(head, placements, stage), "Move {n} touchpoints to “{name}”", n=len(placements), name=name)
