"""Who changed what, when: names for versions, going back to one, comparing with one."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from analysis import ParcoursError
from analysis.language import N_, Translator, number
from pages.map import versions
from pages.map.versions import field_name
from pages.shell import session, workspace
from pages.shell.markdown import quoted
from pages.shell.synced import own, put

#: lines that are listed at first, and that “Show more” adds
_SHOWN = 50
_LISTED = "_history_listed"


def history_button(t: Translator) -> None:
    """The way into the history, beside undo and redo."""
    if st.button(t("History"), icon=":material/history:", key="history", help=t("History")):
        st.session_state.pop(_LISTED, None)
        versions.close()
        st.dialog(t("History"), width="large")(_history)()


def _history() -> None:
    t, store, id = session.t(), workspace.store(), workspace.project_id()
    name, person = st.columns(2)
    with name:
        _name_version(t)
    with person:
        _name_person(t)
    listed = st.session_state.setdefault(_LISTED, _SHOWN)
    entries, named = store.history(id, limit=listed + 1), store.history(id, named_only=True)
    for title, rows, kind in ((N_("Named versions"), named, "named"), (N_("All changes"), entries.head(listed), "all")):
        if len(rows):
            st.markdown(f"##### {t(title)}")
            for row in rows.to_dict("records"):
                _entry(row, t, kind)
    if len(entries) > listed:
        st.button(t("Show more"), key="history_more", on_click=st.session_state.__setitem__, args=(_LISTED, listed + _SHOWN))


def _name_version(t: Translator) -> None:
    def keep() -> None:
        name = st.session_state["version_name"].strip()
        if name:
            workspace.store().name_version(workspace.project_id(), name, author=session.author())
            put("version_name", "")

    st.text_input(t("Name this version"), key=own("version_name", ""), placeholder=t("Before the workshop"), on_change=keep, max_chars=80)


def _name_person(t: Translator) -> None:
    """So that others read who it was."""
    author = session.author()
    known = workspace.store().person(author)
    key = f"person_name_{known}"

    def keep() -> None:
        workspace.store().name_person(author, st.session_state[key])

    st.text_input(
        t("Your name"), value="" if known == author else known, key=key, on_change=keep, max_chars=60,
        placeholder=t("Shown to others beside what you change"),
    )  # fmt: skip


def _entry(row: dict[Any, Any], t: Translator, kind: str) -> None:
    revision, key = int(row["revision"]), f"{kind}_{row['revision']}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(gap=None, width="stretch"):
            line(row, t, str(row["version"]) if kind == "named" else "")
        versions.compare_button(key, t)
        st.button(t("Restore"), key=f"restore_{key}", on_click=_restore, args=(revision,), icon=":material/settings_backup_restore:")
    if versions.compared() == key:
        versions.comparison(revision, said, t)


def line(row: dict[Any, Any], t: Translator, name: str = "") -> None:
    """What was done, or the name given to that version; who did it and when."""
    st.markdown(f"**{quoted(name)}**" if name else quoted(said(row, t)))
    st.caption(f"{_who(row, t)} · {versions.when(row['at'], t)}")


def said(row: dict[Any, Any], t: Translator) -> str:
    """A line of the history in words of the reader's language."""
    label = row["label"]
    text, values = (label[0], label[1]) if isinstance(label, list) else (label, {})
    values = {name: number(value, t.language) if isinstance(value, float) else value for name, value in values.items()}
    if "field" in values:
        values = values | {"field": field_name(str(values["field"]), t)}
    words = t(text, **values) if text else t.n("{n} change", "{n} changes", int(row["changes"]))
    if pd.notna(row["undoes"]):
        return t("Undone: {what}", what=words)
    return t("Redone: {what}", what=words) if pd.notna(row["redoes"]) else words


def _who(row: dict[Any, Any], t: Translator) -> str:
    if row["author"] == session.author():
        return t("You")
    return str(row["name"]) if row["name"] != row["author"] else t("Somebody else")


def _restore(revision: int) -> None:
    try:
        workspace.store().restore(workspace.project_id(), revision, author=session.author())
    except ParcoursError as error:
        workspace.tell(error)
