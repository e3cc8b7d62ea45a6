"""What was read from dropped files: recognised, doubtful, set aside. Corrected here, then imported in one step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath
from typing import Any

import streamlit as st

from analysis import Project
from analysis.language import N_, Translator
from analysis.project.importing.memory import as_before
from pages.review import changes, columns, header, rows, sheets
from pages.review.words import KINDS as KINDS
from pages.review.words import balance as balance
from pages.shell import intake, session, workspace
from pages.shell.markdown import quoted

_NEW = "_new"


def review(files: list[intake.Pending]) -> None:
    """Everything about the files that wait, with one button that imports them."""
    t = session.t()
    target = _target(files, t)
    _recall(files, target)
    plans = _plans(files, target)
    changes.outcome(plans, t)
    found = changes.gone(plans)
    if found:
        st.toggle(
            t("Also remove from the project what the file no longer has ({n})", n=found),
            key="remove_gone", help=t("Otherwise it stays as it is."),
        )  # fmt: skip
    changes.both(plans, t)
    with st.container(horizontal=True):
        if st.button(t("Import"), type="primary", icon=":material/check:", key="import", disabled=not any(plan.commands for plan in plans)):
            _carry_out(files, target)
        st.button(t("Do not import"), key="forget", on_click=intake.forget)
    for number, (file, plan) in enumerate(zip(files, plans, strict=True)):
        st.subheader(quoted(file.name), anchor=False)
        sheets.text_file(file, number, t)
        for index in range(len(file.tables)):
            _table(file, number, index, plan, t)
        rows.problems(file, number, t)


def _target(files: list[intake.Pending], t: Translator) -> str:
    """Where the import goes: a new project, unless the visitor comes from an opened one."""
    recent = workspace.store().projects(archived=False)
    options = [_NEW, *recent["id"]]
    names = dict(zip(recent["id"], recent["name"], strict=True))
    left, right = st.columns(2)
    into = st.session_state.get("_into")
    chosen = left.selectbox(
        t("Import into"), options, index=options.index(into) if into in options else 0, key="target",
        format_func=lambda id: t("A new project") if id == _NEW else names[id], disabled=len(options) == 1,
    )  # fmt: skip
    if chosen == _NEW:
        right.text_input(t("Name of the project"), value=PurePath(files[0].name).stem.replace("_", " "), key="new_name", max_chars=120)
    return str(chosen)


def _recall(files: list[intake.Pending], target: str) -> None:
    """Correct sheets of a known form the way they were corrected for the project before; the page says so."""
    if target == _NEW:
        return
    project = None
    for file in files:
        if file.asked == target:
            continue
        file.asked = target
        project = project or workspace.store().load(target)
        for index, table in enumerate(file.tables):
            again = as_before(project, table) if not table.corrections.any else None
            if again is not None:
                file.replace(index, again)
                file.recalled[index] = _last_file(project, again)


def _last_file(project: Project, table: Any) -> str:
    form = list(table.mapping)
    records = [record for record in project.table("import").values() if list(record.mapping) == form]
    return max(records, key=lambda record: record.at).file if records else ""


def _plans(files: list[intake.Pending], target: str) -> list[Any]:
    """What importing each file would change, one after the other; computed once for a choice of tables, columns and target."""
    base = _fresh() if target == _NEW else None
    asked = [bool(st.session_state.get(key)) for key in ("remove_gone", "keep_ours")]
    before: tuple[Any, ...] = (target, _revision(target), *asked)
    plans = []
    for file in files:
        before = (*before, tuple(file.wanted), tuple(id(table) for table in file.tables))
        if file.plan is None or file.plan[0] != before:
            project = base or workspace.store().load(target)
            with st.spinner(session.t()("Comparing…")):
                plan = project.plan_import(
                    file.chosen(), file=file.name, author=session.author(), remove_gone=asked[0], keep_ours=asked[1],
                    former=_former(target),
                )  # fmt: skip
                file.plan = (before, plan, project.apply(plan.commands) if len(files) > 1 else project)
        base = file.plan[2]
        plans.append(file.plan[1])
    return plans


def _revision(target: str) -> int:
    return 0 if target == _NEW else workspace.store().revision(target)


def _former(target: str) -> Callable[[int], Project] | None:
    """The project as it was at a revision; nothing to look back on in a new one."""
    return None if target == _NEW else lambda revision: workspace.store().load(target, revision)


def _fresh() -> Project:
    name = st.session_state.get("new_name", "").strip()
    return Project.new(name or session.t()("My customer journey"), language=session.language())


def _carry_out(files: list[intake.Pending], target: str) -> None:
    """Everything in one step, which one undo takes back."""
    store, author = workspace.store(), session.author()
    id = store.create(_fresh(), author=author) if target == _NEW else target
    project, commands = store.load(id), []
    for file in files:
        plan = project.plan_import(
            file.chosen(), file=file.name, author=author, remove_gone=bool(st.session_state.get("remove_gone")) and target != _NEW,
            keep_ours=bool(st.session_state.get("keep_ours")), former=_former(target),
        )  # fmt: skip
        commands += plan.commands
        project = project.apply(plan.commands)
    label = (N_("Import {file}"), {"file": ", ".join(file.name for file in files)[:200]})
    store.apply(id, commands, author=author, label=label)
    intake.forget()
    for key in ("remove_gone", "keep_ours"):
        st.session_state.pop(key, None)
    workspace.open_project(id)
    workspace.leave("journey")


def _table(file: intake.Pending, number: int, index: int, plan: Any, t: Translator) -> None:
    """One sheet in its steps; those in which nothing is doubtful are folded."""
    table = file.tables[index]
    key = f"{number}_{index}_{file.turn}_{'_'.join(map(str, table.header_rows))}_{int(table.corrections.turned)}"
    step = f"{number}_{index}_{file.turn}"  # stays open when a correction changes what is inside
    silent = plan.left_out[plan.left_out["sheet"] == table.sheet] if file.wanted[index] else plan.left_out.head(0)
    with st.container(border=True):
        sheets.heading(file, index, key, len(silent), t)
        table = file.tables[index]
        asked = columns.questions(table)
        doubtful = f" · :orange[{t.n('{n} question', '{n} questions', len(asked))}]" if asked else ""
        _step(
            t("Header row"),
            f"step_header_{step}",
            not table.header_rows and file.wanted[index],
            lambda: header.header_row(file, index, key, t),
        )
        title = t("Columns ({n})", n=len(table.mapping)) + doubtful
        _step(title, f"columns_{step}", bool(asked) and file.wanted[index], lambda: columns.columns(file, index, key, t))
        _step(t("Rows ({n})", n=len(table.rows)), f"step_rows_{step}", rows.moved(table), lambda: rows.rows(file, index, key, silent, t))


def _step(title: str, key: str, doubtful: bool, draw: Callable[[], None]) -> None:
    """An expander that draws its content only when it is open."""
    step = st.expander(title, key=key, expanded=doubtful, on_change="rerun")
    if step.open:
        with step:
            draw()
