"""Who changed what, when: names for versions, going back to one, comparing with one."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from analysis import ParcoursError, fields, language
from analysis.language import N_, Translator
from analysis.project.versions import KIND_NAMES, compare_versions
from pages.shell import session, workspace
from pages.shell.markdown import quoted

_SHOWN = 100


def history_button(t: Translator) -> None:
    """The way into the history, beside undo and redo."""
    if st.button("", icon=":material/history:", key="history", help=t("History")):
        st.dialog(t("History"), width="large")(_history)()


def _history() -> None:
    t, store, id = session.t(), workspace.store(), workspace.project_id()
    _name_version(t)
    entries = store.history(id, limit=_SHOWN)
    named = entries[entries["version"].notna()]
    if len(named):
        st.markdown(f"##### {t('Named versions')}")
        for row in named.to_dict("records"):
            _entry(row, t, str(row["version"]))
    st.markdown(f"##### {t('All changes')}")
    for row in entries.to_dict("records"):
        _entry(row, t)


def _name_version(t: Translator) -> None:
    def keep() -> None:
        name = st.session_state["version_name"].strip()
        if name:
            workspace.store().name_version(workspace.project_id(), name, author=session.author())
            st.session_state["version_name"] = ""

    st.text_input(t("Name this version"), key="version_name", placeholder=t("Before the workshop"), on_change=keep, max_chars=80)


def _entry(row: dict[Any, Any], t: Translator, name: str = "") -> None:
    revision, key = int(row["revision"]), f"{'named' if name else 'all'}_{row['revision']}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(gap=None, width="stretch"):
            line(row, t, name)
        st.button(t("Compare"), key=f"compare_{key}", on_click=st.session_state.__setitem__, args=("_compared", revision))
        st.button(t("Restore"), key=f"restore_{key}", on_click=_restore, args=(revision,), icon=":material/settings_backup_restore:")
    if st.session_state.get("_compared") == revision:
        _comparison(revision, t)


def line(row: dict[Any, Any], t: Translator, name: str = "") -> None:
    """What was done, or the name given to that version; who did it and when."""
    st.markdown(f"**{quoted(name)}**" if name else quoted(said(row, t)))
    st.caption(f"{_who(row, t)} · {_when(row['at'], t)}")


def said(row: dict[Any, Any], t: Translator) -> str:
    """A line of the history in words of the reader's language."""
    label = row["label"]
    text, values = (label[0], label[1]) if isinstance(label, list) else (label, {})
    if "field" in values:
        values = values | {"field": _field(str(values["field"]), t)}
    words = t(text, **values) if text else t.n("{n} change", "{n} changes", int(row["changes"]))
    if pd.notna(row["undoes"]):
        return t("Undone: {what}", what=words)
    return t("Redone: {what}", what=words) if pd.notna(row["redoes"]) else words


#: fields of the model that the vocabulary of files does not have
_FIELDS = {
    "name": N_("Name"), "goal": N_("Goal"), "phase": N_("Lifecycle phase"), "staff": N_("Staff met"), "time": N_("Time"),
    "text": N_("Text"), "count": N_("How often it was said"), "cause": N_("Its cause"), "colour": N_("Colour"),
    "lost_value": N_("Lost value"),
    "span": N_("Stages it covers"), "importance_staff": N_("Importance as staff see it"),
    "satisfaction_staff": N_("Satisfaction as staff see it"),
}  # fmt: skip


def _field(name: str, t: Translator) -> str:
    """What people call a field or a criterion."""
    return t(_FIELDS[name]) if name in _FIELDS else fields.label(name, t.language)


def _who(row: dict[Any, Any], t: Translator) -> str:
    if row["author"] == session.author():
        return t("You")
    return str(row["name"]) if row["name"] != row["author"] else t("Somebody else")


def _when(at: str, t: Translator) -> str:
    then = pd.Timestamp(at).tz_convert(st.context.timezone or "UTC").to_pydatetime().replace(tzinfo=None)
    return language.moment(then, t.language, "short")


def _restore(revision: int) -> None:
    try:
        workspace.store().restore(workspace.project_id(), revision, author=session.author())
    except ParcoursError as error:
        workspace.tell(error)


def _comparison(revision: int, t: Translator) -> None:
    store, id = workspace.store(), workspace.project_id()
    found = compare_versions(store.load(id, revision), store.load(id))
    if found.empty:
        st.caption(t("Nothing has changed since."))
        return
    changes = {"added": t("added"), "removed": t("removed"), "changed": t("changed")}
    table = pd.DataFrame({
        t("Kind"): [t(KIND_NAMES[kind]) for kind in found["kind"]], t("What"): found["item"], t("Change"): found["change"].map(changes),
        t("Field"): found["field"], t("Before"): found["before"].astype("string"), t("After"): found["after"].astype("string"),
    })  # fmt: skip
    st.dataframe(table, hide_index=True, width="stretch", height=260)
