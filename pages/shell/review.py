"""What was read from dropped files: recognised, doubtful, set aside. Corrected here, then imported in one step."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

import pandas as pd
import streamlit as st

from analysis import Project
from analysis.fields import FIELDS
from analysis.language import N_, Translator, number, percent
from analysis.project.importing.plan import KIND_NAMES
from pages.shell import intake, session, workspace
from pages.shell.markdown import quoted

KINDS = {
    "touchpoints": N_("Inventory of touchpoints"), "survey": N_("Survey"), "comments": N_("Comments and reviews"),
    "events": N_("Event log"), "kpis": N_("Indicators"),
    "customers": N_("Customers"), "actions": N_("Action list"), "personas": N_("Personas"),
    "journey_grid": N_("Journey grid"), "unknown": N_("Not recognised"),
}  # fmt: skip
ROWS = {"total": N_("totals"), "note": N_("notes"), "unit": N_("units"), "blank": N_("blank"), "header": N_("header")}
ASIDE = {"total": N_("a total"), "note": N_("a note"), "unit": N_("a unit")}
_NEW = "_new"


def review(files: list[intake.Pending]) -> None:
    """Everything about the files that wait, with one button that imports them."""
    t = session.t()
    target = _target(files, t)
    plans = [_planned(file, target) for file in files]
    _outcome(plans, t)
    with st.container(horizontal=True):
        if st.button(t("Import"), type="primary", icon=":material/check:", key="import", disabled=not any(plan.commands for plan in plans)):
            _carry_out(files, target)
        st.button(t("Do not import"), key="forget", on_click=intake.forget)
    for place, file in enumerate(files):
        st.subheader(quoted(file.name), anchor=False)
        for index, table in enumerate(file.tables):
            _table(file, place, index, table, t)
        _problems(file, place, t)


def _target(files: list[intake.Pending], t: Translator) -> str:
    """Where the import goes: a new project, unless the visitor comes from an opened one."""
    recent = workspace.store().projects(archived=False)
    options = [_NEW, *recent["id"]]
    names = dict(zip(recent["id"], recent["name"], strict=True))
    left, right = st.columns(2)
    chosen = left.selectbox(
        t("Import into"), options, index=0, key="target", format_func=lambda id: t("A new project") if id == _NEW else names[id],
        disabled=len(options) == 1,
    )  # fmt: skip
    if chosen == _NEW:
        right.text_input(t("Name of the project"), value=PurePath(files[0].name).stem.replace("_", " "), key="new_name", max_chars=120)
    return str(chosen)


def _planned(file: intake.Pending, target: str) -> Any:
    """What importing this file would change; computed once for a choice of tables, columns and target."""
    key = (target, tuple(file.wanted), tuple(id(table) for table in file.tables), _revision(target))
    if file.plan is None or file.plan[0] != key:
        project = _fresh() if target == _NEW else workspace.store().load(target)
        file.plan = (key, project.plan_import(file.chosen(), file=file.name, author=session.author()))
    return file.plan[1]


def _revision(target: str) -> int:
    return 0 if target == _NEW else workspace.store().revision(target)


def _fresh() -> Project:
    name = st.session_state.get("new_name", "").strip()
    return Project.new(name or session.t()("My customer journey"), language=session.language())


def _outcome(plans: list[Any], t: Translator) -> None:
    """What the import brings, in figures."""
    summary = pd.concat([plan.summary for plan in plans])
    if summary.empty:
        st.warning(t("Nothing here can be put on a map yet: say what the columns hold, or choose another sheet."), icon=":material/help:")
        return
    total = summary.groupby("kind", sort=False)[["new", "changed", "unchanged", "removed", "unassigned"]].sum()
    with st.container(horizontal=True, gap="medium"):
        for kind, row in total.iterrows():
            words = [t("to change: {n}", n=int(row["changed"]))] if row["changed"] else []
            words += [t("identical: {n}", n=int(row["unchanged"]))] if row["unchanged"] else []
            words += [t("no longer in the file: {n}", n=int(row["removed"]))] if row["removed"] else []
            words += [t("without a place: {n}", n=int(row["unassigned"]))] if row["unassigned"] else []
            with st.container(border=True, width=170, gap=None):
                st.metric(t(KIND_NAMES.get(str(kind), str(kind))), number(int(row["new"]), t.language))
                if words:
                    st.caption(" · ".join(words))
    _comparison(plans, t)


def _comparison(plans: list[Any], t: Translator) -> None:
    changed = pd.concat([plan.changes for plan in plans])
    changed = changed[changed["status"].isin(["changed", "gone"])]
    if len(changed):
        with st.expander(t("What changes, cell by cell ({n})", n=len(changed))):
            shown = changed[["item", "field", "before", "after", "sheet", "cell"]].astype("string")
            names = {
                "item": t("What"),
                "field": t("Field"),
                "before": t("Before"),
                "after": t("After"),
                "sheet": t("Sheet"),
                "cell": t("Cell"),
            }
            st.dataframe(shown.rename(columns=names), hide_index=True, width="stretch")


def _carry_out(files: list[intake.Pending], target: str) -> None:
    store, author = workspace.store(), session.author()
    id = store.create(_fresh(), author=author) if target == _NEW else target
    for file in files:
        plan = store.load(id).plan_import(file.chosen(), file=file.name, author=author)
        store.apply(id, plan.commands, author=author, label=(N_("Import {file}"), {"file": file.name}))
    intake.forget()
    workspace.open_project(id)
    workspace.leave("journey")


# --- one table --------------------------------------------------------------------------------------------------


def _table(file: intake.Pending, number: int, index: int, table: Any, t: Translator) -> None:
    key = f"{number}_{index}_{file.turn}"
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            with st.container(gap=None, width="stretch"):
                st.markdown(f"**{quoted(table.sheet or table.name)}** · {t(KINDS.get(table.kind, table.kind))}")
                st.caption(balance(table, t))
            known = table.kind != "unknown"
            file.wanted[index] = st.toggle(t("Import"), value=file.wanted[index], key=f"want_{key}", disabled=not known)
        columns = st.expander(t("Columns ({n})", n=len(table.mapping)), key=f"columns_{key}", on_change="rerun")
        if columns.open:
            with columns:
                _columns(file, index, table, key, t)
        _set_aside(table, t)


def balance(table: Any, t: Translator) -> str:
    """“33 rows = 19 imported + 7 totals + 3 notes + 3 blank + 1 header”: always true."""
    counts = table.rows.value_counts()
    parts = [t("{n} of data", n=int(counts.get("data", 0)))]
    parts += [f"{int(counts[kind])} {t(word)}" for kind, word in ROWS.items() if counts.get(kind, 0)]
    return t.n("{n} row", "{n} rows", int(counts.sum())) + " = " + " + ".join(parts)


def _columns(file: intake.Pending, index: int, table: Any, key: str, t: Translator) -> None:
    """One line a column of the file: its header, samples, the field it was taken for and how sure."""
    options = ["", *FIELDS]
    mapping = dict(table.mapping)
    for position, (header, field) in enumerate(table.mapping.items()):
        name, samples, chosen, sure = st.columns([3, 4, 3, 1.3], vertical_alignment="center")
        name.markdown(f"**{quoted(str(header))}**")
        samples.caption(_samples(table, position))
        wanted = chosen.selectbox(
            t("Field of “{header}”", header=header), options, index=options.index(field) if field in options else 0,
            key=f"field_{key}_{position}",
            format_func=lambda f: FIELDS[f].label(t.language) if f else t("kept as it is"), label_visibility="collapsed",
        )  # fmt: skip
        sure.caption(_sure(table.confidence.get(header), field, t))
        mapping[header] = wanted or None
    if mapping != dict(table.mapping):
        file.tables[index] = table.recast(mapping)
        file.wanted[index] = file.tables[index].kind != "unknown"
        st.rerun()


def _samples(table: Any, position: int) -> str:
    data = table.raw[(table.rows == "data").to_numpy()]
    column = data.iloc[:, position] if position < data.shape[1] else pd.Series(dtype="string")
    found = [str(value) for value in column.dropna().unique() if str(value).strip()][:4]
    return " · ".join(quoted(text if len(text) < 40 else text[:39] + "…") for text in found)


def _sure(confidence: float | None, field: str | None, t: Translator) -> str:
    if field is None:
        return t("not recognised")
    if confidence is None or confidence >= 0.9:
        return t("sure")
    return t("to check ({share})", share=percent(100 * confidence, t.language))


def _set_aside(table: Any, t: Translator) -> None:
    aside = table.rows[table.rows.isin(["total", "note", "unit"])]
    if len(aside):
        with st.expander(t.n("{n} row set aside", "{n} rows set aside", len(aside))):
            shown = table.raw.loc[aside.index].apply(
                lambda row: " | ".join(text for text in row.dropna().astype(str) if text.strip()), axis=1
            )
            lines = pd.DataFrame(
                # counted from 1, as the spreadsheet and the list of doubts count them
                {t("Row"): [int(i) + 1 for i in aside.index], t("Taken for"): [t(ASIDE[kind]) for kind in aside],
                 t("Content"): shown.to_numpy()}
            )
            st.dataframe(lines, hide_index=True, width="stretch")


def _problems(file: intake.Pending, number: int, t: Translator) -> None:
    found = file.book.problems_in(t.language)
    if found.empty:
        st.caption(":material/check_circle: " + t("Nothing doubtful in this file."))
        return
    doubtful = int((found["severity"] != "info").sum())
    with st.expander(
        t.n("{n} thing to check", "{n} things to check", doubtful) if doubtful else t("Good to know ({n})", n=len(found)),
        expanded=doubtful > 0,
    ):
        names = {"sheet": t("Sheet"), "cell": t("Cell"), "value": t("Value"), "message": t("What"), "done": t("What was done")}
        st.dataframe(found[list(names)].rename(columns=names), hide_index=True, width="stretch")
        csv = found.to_csv(index=False, sep=";" if t.language == "fr" else ",").encode("utf-8-sig")
        st.download_button(t("Download this list"), csv, file_name=t("to-check") + ".csv", key=f"problems_{number}", on_click="ignore")
