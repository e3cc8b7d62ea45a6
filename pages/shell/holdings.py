"""What a project has received: imports, answers, and names that still lack a place."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from analysis import Project, language
from analysis.language import Translator
from analysis.project import edits
from analysis.project.importing.names import Names
from pages.shell import session, workspace
from pages.shell.markdown import quoted
from pages.shell.review import KINDS


def holdings(project: Project) -> None:
    """Imports, evidence and the tray of the unassigned; an empty state that says what to do."""
    t = session.t()
    if not project.table("import") and not project.table("evidence"):
        st.info(t("No file has been imported into this project yet."), icon=":material/table_view:")
        return
    _unassigned(project, t)
    _imports(project, t)
    _evidence(project, t)


def _imports(project: Project, t: Translator) -> None:
    st.subheader(t("Imported"), anchor=False)
    rows = [
        {t("File"): record.file, t("Sheet"): record.sheet, t("Kind"): t(KINDS.get(record.kind, record.kind)), t("Rows"): record.rows,
         t("When"): language.moment(pd.Timestamp(record.at).tz_convert(st.context.timezone or "UTC").to_pydatetime(), t.language)}
        for record in project.table("import").values()
    ]  # fmt: skip
    st.dataframe(pd.DataFrame(rows), hide_index=True, width="stretch")


def _evidence(project: Project, t: Translator) -> None:
    if not project.table("evidence"):
        return
    st.subheader(t("Answers of people"), anchor=False)
    evidence = project.evidence
    for id, block in project.evidence_in_order():
        own = evidence[evidence["evidence_id"] == id]
        words = [t.n("{n} respondent", "{n} respondents", own["respondent"].nunique())]
        words += [t.n("{n} comment", "{n} comments", int((own["measure"] == "comment").sum()))]
        dates = own["date"].dropna()
        if len(dates):
            first, last = language.date(dates.min().date(), t.language), language.date(dates.max().date(), t.language)
            words.append(t("from {first} to {last}", first=first, last=last))
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            with st.container(gap=None, width="stretch"):
                st.markdown(f"**{quoted(block.title or block.source)}**")
                st.caption(" · ".join(words))
            st.button(t("Remove"), key=f"drop_{id}", icon=":material/delete:", on_click=_remove, args=(id, block.title))


def _remove(id: str, title: str) -> None:
    workspace.edit(edits.remove("evidence", id), "Remove the answers “{title}”", title=title)


def _unassigned(project: Project, t: Translator) -> None:
    """Names of touchpoints and stages in the answers that are nobody's: each can be given its place."""
    open_labels = [
        (id, kind, label)
        for id, block in project.evidence_in_order()
        for kind, links in (("touchpoint", block.touchpoints), ("stage", block.stages))
        for label, target in links.items()
        if target is None or target not in project.table(kind)
    ]
    if not open_labels:
        return
    st.subheader(t("Unassigned"), anchor=False)
    st.caption(t("Answers are kept under these names, which the map does not know. Say what they mean."))
    for id, kind, label in open_labels[:50]:
        _assign(project, id, kind, label, t)


def _assign(project: Project, id: str, kind: str, label: str, t: Translator) -> None:
    names = {i: entity.name for i, entity in project.table(kind).items()}
    near = Names(names).suggestions(label)
    options = [None, *near, *(i for i in names if i not in near)]
    key = f"assign_{id}_{kind}_{label}"

    def chosen() -> None:
        target = st.session_state[key]
        head = workspace.store().load(workspace.project_id()).table("evidence").get(id)
        if target is not None and head is not None:
            field = f"{kind}s"
            links: dict[str, Any] = getattr(head, field) | {label: target}
            workspace.edit(edits.change("evidence", id, **{field: links}), "Assign “{label}”", label=label)

    st.selectbox(label, options, key=key, on_change=chosen, format_func=lambda i: names[i] if i else t("Choose…"))
