"""Scores that are missing, filled in where they are seen: typed or pasted, the way the language writes numbers."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import streamlit as st

from analysis import ParcoursError, Project
from analysis.language import N_, number
from analysis.project.criteria import SCALES, criteria_of, criterion_name, fillable
from analysis.project.entry import typed_scores
from analysis.project.priorities import unscored
from pages.decide.grid import Edit, grid
from pages.shell import session, workspace

#: how the scales of the library are written
_SCALES = {name: "1–10" for name, ends in SCALES.items() if ends == (1, 10)} | {
    "reach": "%", "satisfaction": "−2…+2", "touchpoint_value": "0–100",
}  # fmt: skip


def unscored_list(project: Project, criteria: Iterable[str]) -> None:
    """The touchpoints that lack one of these, in a table to be filled; they stay in it while somebody is at it."""
    known = fillable(project)
    t, wanted = session.t(), [name for name in criteria if name in known]
    missing = unscored(project, wanted)
    kept = _being_filled(project, missing, tuple(wanted))
    if not kept:
        return
    title = (
        t.n("{n} touchpoint lacks a score", "{n} touchpoints lack a score", len(missing)) if len(missing) else t("Every score is filled in")
    )
    with st.expander(title, icon=":material/edit_note:", expanded=False, key="unscored"):
        st.caption(t("Type or paste numbers, also several cells from Excel. Each is kept at once, as a score set by hand."))
        frame = project.touchpoints.set_index("id").loc[kept].reset_index()
        shown = frame[["touchpoint", "stage"]].assign(**{name: [_text(value) for value in frame[name]] for name in wanted})
        columns = {
            "touchpoint": st.column_config.TextColumn(t("Touchpoint"), disabled=True, pinned=True),
            "stage": st.column_config.TextColumn(t("Stage"), disabled=True),
            **{name: st.column_config.TextColumn(_label(project, name), width="small") for name in wanted},
        }
        grid(f"unscored_{workspace.project_id()}_{'_'.join(wanted)}", kept, shown, columns, on_edits=typed)


def _being_filled(project: Project, missing: pd.DataFrame, wanted: tuple[str, ...]) -> list[str]:
    """Ids shown in the table: those that lack a score now or did when it was first shown on this visit."""
    known: dict[tuple[str, ...], list[str]] = st.session_state.setdefault("_being_filled", {})
    key = (workspace.project_id(), *wanted)
    shown = set(known.get(key, [])) | set(missing["id"])
    known[key] = [id for id in project.touchpoints["id"] if id in shown]
    return known[key]


def _label(project: Project, name: str) -> str:
    """What the criterion is called, and its scale."""
    t, criterion = session.t(), criteria_of(project)[name]
    scale = _SCALES.get(name, "")
    if criterion.own and criterion.ends:
        scale = "–".join(number(end, t.language) for end in criterion.ends)
    return (t("Impact") if name == "impact" else criterion_name(project, name, t)) + (f" ({scale})" if scale else "")


def _text(value: object) -> str:
    return "" if pd.isna(value) else number(float(value), session.language())  # type: ignore[arg-type,call-overload]


def typed(cells: list[Edit]) -> None:
    """Keep what was typed; a cell that holds no score is said and left as it was."""
    head = workspace.store().load(workspace.project_id())
    try:
        commands = typed_scores(cells, session.language(), author=session.author(), project=head)
    except ParcoursError as error:
        workspace.tell(error)
        return
    workspace.edit(commands, N_("Fill in {n} scores"), n=len(cells))
