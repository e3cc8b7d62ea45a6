"""The impact/effort matrix, worked on by hand."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from analysis import Project
from analysis.charts.matrix import finding
from analysis.language import N_, translator
from analysis.project import edits
from analysis.project.criteria import criterion_name
from analysis.project.matrix import SIZES, items_of, matrix_view, placed_at, size_of
from analysis.project.measures import unique_names
from analysis.project.priorities import AXES, axes_of, axis_choices, priorities, quadrant_names
from pages.components.matrix import MatrixEvent, MatrixView, Moved, OpenAsked, RedoAsked, Selected, UndoAsked, matrix
from pages.decide import charts, filling, filters, selection, tables, trial
from pages.shell import session, workspace
from pages.shell.echoes import aside
from pages.shell.synced import synced

CUTS = {"midpoint": N_("Middle of the scale"), "median": N_("Median of the touchpoints")}


def happened(event: MatrixEvent) -> None:
    """Carry out what a hand did on the matrix."""
    if isinstance(event, Moved):
        head = workspace.store().load(workspace.project_id())
        commands = placed_at(head, event.id, impact=event.impact, effort=event.effort, author=session.author(), axes=axes_of(head))
        if trial.trying(head):
            trial.take(commands, instead_of=[(event.id, code) for code in axes_of(head)])
        elif commands:
            trial.forget(event.id)
            workspace.edit(commands, N_("Place “{name}” on the matrix"), name=head.table("touchpoint")[event.id].name)
    elif isinstance(event, Selected):
        selection.put(event.ids)
    elif isinstance(event, OpenAsked):
        selection.ask_to_open(event.id)
    elif isinstance(event, UndoAsked):
        if not trial.take_back():
            workspace.undo()
    elif isinstance(event, RedoAsked):
        workspace.redo()


def draw(project: Project) -> None:
    t = session.t()
    with st.container(horizontal=True, vertical_alignment="center"):
        choice = filters.chosen(project)
        _settings(project)
        trial.switch(workspace.shown())
    axes = axes_of(project)
    frame = filters.apply(priorities(project, axes=axes), choice)
    charts.heading(finding(items_of(frame), quadrant_names(project, t.language)["quick_win"], t))
    view: MatrixView = matrix_view(project, frame, t.language) | {"selected": selection.get(project)}  # type: ignore[assignment]
    view["note"] = f"{view['note']} {t(_TRIED if trial.trying(workspace.shown()) else _KEPT)}"
    matrix(view, language=t.language, key=f"matrix_{workspace.project_id()}", on_event=happened)
    selection.panel(project, axes)
    charts.beside(
        lambda: picture(frame, project, t.language),
        how=t(_HOW),
        table=lambda: tables.matrix(frame, project),
        name=t("Impact/effort matrix"),
        note=trial.line(workspace.shown()),
    )
    filling.unscored_list(workspace.shown(), axes)
    selection.opened()


_TRIED, _KEPT = N_("What you move is only tried."), N_("What you move is kept at once; undo takes it back.")


def picture(frame: pd.DataFrame, project: Project, language: str) -> Any:
    """The matrix as a chart, for a file."""
    from analysis.charts import matrix as drawn

    named = frame.assign(touchpoint=unique_names(frame))
    named.attrs |= frame.attrs["matrix"]
    axes, t, column = axes_of(project), translator(language), SIZES[size_of(project)][0]
    names = None if axes == AXES else (criterion_name(project, axes[0], t), criterion_name(project, axes[1], t))
    size = column if column and named[column].notna().any() else None
    return drawn(
        named, language, label="touchpoint", names=quadrant_names(project, language), axes=names, size=size,
        size_title=t(SIZES[size_of(project)][1]),
    )  # fmt: skip


_HOW = N_(
    "Each bubble is a touchpoint: the higher, the more improving it would change; the further right, the more work it takes. "
    "**Quick wins**, top left, come first. Drag a bubble, or move it with the arrow keys, to correct a score: it is then marked as set by "
    "hand, and what was measured or voted is kept behind it. With “Only try out”, and while weights or scores are tried, a move is tried "
    "like them. Draw a line around several bubbles, or click them with Shift held down, to "
    "choose them; on a phone, switch “Choose several” on first."
)


def _settings(project: Project) -> None:
    """Where the matrix is cut and what its quadrants are called: choices of the project, not of one person."""
    t = session.t()
    with aside(t("Settings"), icon=":material/tune:", key="matrix_settings"):
        st.radio(
            t("Cut between low and high"), list(CUTS),
            key=synced("matrix_cut", str(project.settings.views.get("cut", "midpoint"))),
            format_func=lambda code: t(CUTS[code]), on_change=_set_cut,
        )  # fmt: skip
        st.radio(
            t("Size of the bubbles"), list(SIZES), key=synced("matrix_bubble", size_of(project)),
            format_func=lambda code: t(SIZES[code][1]), on_change=_set,
            args=("bubble", "matrix_bubble", N_("Change what the bubbles show")),
        )  # fmt: skip
        for name, label, options, kept in zip(
            ("axis_up", "axis_right"), (t("Upwards"), t("To the right")), axis_choices(project), axes_of(project), strict=True
        ):
            st.selectbox(
                label, options, key=synced(f"matrix_{name}", kept), format_func=lambda code: criterion_name(project, code, t),
                on_change=_set, args=(name, f"matrix_{name}", N_("Change an axis of the matrix")), disabled=len(options) == 1,
            )  # fmt: skip
        st.markdown(f"**{t('Names of the quadrants')}**")
        for code, name in quadrant_names(project, t.language).items():
            st.text_input(
                t(code), key=synced(f"quadrant_{code}", name), on_change=_set_name, args=(code,), max_chars=40,
                label_visibility="collapsed",
            )  # fmt: skip


def _set_cut() -> None:
    head = workspace.store().load(workspace.project_id())
    workspace.edit(edits.set_view(head, cut=st.session_state["matrix_cut"]), N_("Move the cut of the matrix"))


def _set(name: str, key: str, label: str) -> None:
    head = workspace.store().load(workspace.project_id())
    workspace.edit(edits.set_view(head, **{name: st.session_state[key]}), label)


def _set_name(code: str) -> None:
    head = workspace.store().load(workspace.project_id())
    own = dict(head.settings.views.get("quadrants") or {}) | {code: st.session_state[f"quadrant_{code}"].strip()}
    workspace.edit(edits.set_view(head, quadrants={name: text for name, text in own.items() if text}), N_("Rename a quadrant"))
