"""What was read from dropped files: recognised, doubtful, set aside. Corrected here, then imported in one step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath
from typing import Any

import pandas as pd
import streamlit as st

from analysis import ParcoursError, Project
from analysis.errors import Outdated
from analysis.language import N_, Translator
from analysis.project import Put
from analysis.project.importing.memory import recollection
from analysis.project.model import SETTINGS
from pages.review import changes, columns, header, places, rows, sheets, twice
from pages.review.words import KINDS as KINDS
from pages.review.words import balance as balance
from pages.shell import comparing, intake, session, workspace
from pages.shell.markdown import quoted
from pages.shell.memory import give_back
from pages.shell.synced import put

_LANDED, _MOVED = "_landed", "_import_moved"
#: how often an import is compared again before the page shows what has become of the project
_TRIES = 5


def review(files: list[intake.Pending]) -> None:
    """Everything about the files that wait, with one button that imports them."""
    t = session.t()
    target = _target(files, t)
    _recall(files, target)
    with st.container():  # one place, however much is in it: what follows is not drawn from nothing, with its open lists closed
        if st.session_state.pop(_MOVED, False):
            st.info(t("The project has changed meanwhile: nothing was imported. Look at what the import does now."), icon=":material/sync:")
        plans = _outcome(files, target, t)
    for number, file in enumerate(files):
        st.subheader(quoted(file.name), anchor=False)
        sheets.text_file(file, number, t)
        for index in range(len(file.tables)):
            _table(file, number, index, plans[number] if plans else None, t)
        rows.problems(file, number, t)


def _outcome(files: list[intake.Pending], target: str, t: Translator) -> list[Any]:
    """What the import would do, what is to be decided, and the button; the plans, empty while they are worked out."""
    known = comparing.comparing(files, _choice(target))
    if not known.ready:
        comparing.under_way(known)
        st.button(t("Do not import"), key="forget", on_click=_forget)
        return []
    changes.outcome(known.plans, known.base, t, placing=known.proposed is not None)
    changes.same_people(known.plans, t)
    found = changes.gone(known.plans)
    if found:
        st.toggle(
            t("Also remove from the project what the file no longer has ({n})", n=found), value=known.choice.remove_gone,
            key="remove_gone", help=t("Otherwise it stays as it is."), on_change=comparing.keep, args=("remove_gone",),
        )  # fmt: skip
    changes.both(known.plans, t)
    places.offer(known, t)
    with st.container(horizontal=True):
        st.button(
            t("Import"), type="primary", icon=":material/check:", key="import", disabled=not known.commands, on_click=_carry_out
        )  # fmt: skip
        st.button(t("Do not import"), key="forget", on_click=_forget)
    return known.plans


def _choice(target: str) -> comparing.Choice:
    said = comparing.kept(changes.GOALS)
    goals = None if said is None else tuple(said)
    if target == comparing.NEW:
        return comparing.Choice(target, author=session.author(), goals=goals)
    gone, ours = bool(comparing.kept("remove_gone")), bool(comparing.kept("keep_ours"))
    return comparing.Choice(target, gone, comparing.kept("same_people"), session.author(), ours, goals)


def _target(files: list[intake.Pending], t: Translator) -> str:
    """Where the import goes: a new project, unless the visitor comes from an opened one."""
    recent = workspace.store().projects(archived=False)
    options = [comparing.NEW, *recent["id"]]
    names = dict(zip(recent["id"], recent["name"], strict=True))
    left, right = st.columns(2)
    if st.session_state.get("target", comparing.NEW) not in options:  # somebody has deleted it
        del st.session_state["target"]
    waiting = intake.waiting()
    into = waiting.target
    chosen = left.selectbox(
        t("Import into"), options, index=options.index(into) if into in options else 0, key="target",
        format_func=lambda id: t("A new project") if id == comparing.NEW else names[id], disabled=len(options) == 1,
        persist_state="session",
    )  # fmt: skip
    if chosen == comparing.NEW:
        usual = waiting.name or PurePath(files[0].name).stem.replace("_", " ")
        waiting.said_name = right.text_input(
            t("Name of the project"), value=usual, key="new_name", max_chars=120, persist_state="session"
        )
    waiting.said_target = str(chosen)
    return str(chosen)


def _recall(files: list[intake.Pending], target: str) -> None:
    """Correct sheets of a known form the way they were corrected for the project before; the page says so."""
    if target == comparing.NEW:
        return
    project = None
    for file in files:
        if file.asked == target:
            continue
        file.asked = target
        project = project or workspace.store().load(target)
        for index, table in enumerate(file.tables):
            again = recollection(project, table) if not table.corrections.any else None
            if again is not None:
                file.replace(index, again.table)
                file.recalled[index] = again


def _carry_out() -> None:
    """Everything in one step, which one undo takes back: exactly what was shown. A callback, since only those come to their end."""
    known = comparing.latest()  # not an argument: the button would hold the contents of the files for as long as the visit lasts
    if known is None or not known.ready:
        return
    try:
        id = _kept(known)
    except ParcoursError as error:
        workspace.tell(error)
        return
    if id is None:
        st.session_state[_MOVED] = True
        return
    _forget()
    workspace.open_project(id)
    st.session_state[_LANDED] = True


def _kept(known: comparing.Comparing) -> str | None:
    """Keep what was shown; the project that has it. None: the import is another matter by now, which the page shows first.

    Somebody, or another tab, may change the project until the very moment of keeping: what is there by then must not be doubled.
    """
    for _ in range(_TRIES):
        try:
            return _imported(known)
        except Outdated:
            fresh = comparing.again(known)
            if fresh is None:
                break
            known = fresh
    return None


def _imported(known: comparing.Comparing) -> str:
    store, target, author = workspace.store(), known.choice.target, session.author()
    new = target == comparing.NEW
    id = store.create(_named(known.base), author=author) if new else target
    label = (N_("Import {file}"), {"file": ", ".join(file.name for file in known.files)[:200]})
    commands = [*known.commands, *places.accepted(known)]
    store.apply(id, commands, author=author, label=label, expected=None if new else known.base.revision)
    return id


def landed() -> None:
    """After an import, show the map that came of it."""
    if st.session_state.pop(_LANDED, False):
        workspace.leave("journey")


def _named(project: Project) -> Project:
    """The new project under the name that was given to it."""
    name = st.session_state.get("new_name", "").strip()
    return project.apply(Put("project", SETTINGS, {"name": name})) if name else project


def _forget() -> None:
    """Let everything go that was read: the files, their tables, and the plans."""
    size = intake.waiting().size
    intake.forget()
    comparing.forget()
    give_back(size)
    for key in ("target", "new_name"):
        st.session_state.pop(key, None)


def _table(file: intake.Pending, number: int, index: int, plan: Any, t: Translator) -> None:
    """One sheet in its steps; those in which nothing is doubtful are folded."""
    table = file.tables[index]
    key = f"{number}_{index}_{file.turn}_{'_'.join(map(str, table.header_rows))}_{int(table.corrections.turned)}"
    step = f"{number}_{index}_{file.turn}"  # stays open when a correction changes what is inside
    left_out = plan.left_out if plan is not None else pd.DataFrame({"sheet": []})
    silent = left_out[left_out["sheet"] == table.sheet] if file.wanted[index] else left_out.head(0)
    with st.container(border=True):
        with st.container():  # one place, as above
            sheets.heading(file, index, key, len(silent), t)
            table = file.tables[index]
            sheets.nameless(file, index, key, t)
            twice.perhaps_answers(file, index, plan, key, t)
            lost = sheets.unrecognised(file, index, t)
            sheets.personal(table, file.wanted[index], t)
            asked = columns.questions(table)
            if asked:  # not in the title of the step: another title is another step, drawn anew under the hand that answers
                said = t.n("{n} question about the columns", "{n} questions about the columns", len(asked))
                st.caption(f":orange[:material/help: {said}]")
            guess = file.to_agree(index)
        _step(
            file,
            t("Header row"),
            f"step_header_{step}",
            lost or (not table.header_rows and file.wanted[index] and index not in file.guessed),
            lambda: header.header_row(file, index, key, t),
        )
        title = t("Columns ({n})", n=len(table.mapping))
        doubt = (bool(asked) or guess) and file.wanted[index]
        _step(file, title, f"columns_{step}", doubt, lambda: columns.columns(file, index, key, t))
        said = t("Rows ({n})", n=len(table.rows))
        _step(file, said, f"step_rows_{step}", rows.moved(table), lambda: rows.rows(file, index, key, silent, t))


def _step(file: intake.Pending, title: str, key: str, doubtful: bool, draw: Callable[[], None]) -> None:
    """An expander that draws its content only when it is open. It opens where something is doubtful or becomes so, and does not fold under
    the hand that answers its last question. Opened by what the visit holds, not by its ``expanded``: another one would be another expander.
    """
    known, doubted = file.opened.get(key, (False, False))
    if key not in st.session_state:
        st.session_state[key] = known or doubtful
    elif doubtful and not doubted:
        put(key, True)
    step = st.expander(title, key=key, on_change="rerun")
    file.opened[key] = bool(step.open), doubtful
    if step.open:
        with step:
            draw()
