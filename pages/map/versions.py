"""What differs between two versions of a project, in words: one from the history, and now or any other one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from analysis import fields, language
from analysis.language import N_, Translator, number, signed
from analysis.project.versions import KIND_NAMES, compare_versions
from analysis.project.views import LANE_NAMES
from pages.shell import workspace

_COMPARED = "_compared"
_CHANGES = {"added": N_("added"), "removed": N_("removed"), "changed": N_("changed")}
#: figures from −2 to +2
_FELT = ("emotion", "satisfaction", "satisfaction_staff")
#: fields of the model that the vocabulary of files does not have
_FIELDS = {
    "name": N_("Name"), "title": N_("Title"), "goal": N_("Goal"), "phase": N_("Lifecycle phase"), "staff": N_("Staff met"),
    "time": N_("Time"), "text": N_("Text"), "count": N_("How often it was said"), "cause": N_("Its cause"), "colour": N_("Colour"),
    "lost_value": N_("Lost value"), "span": N_("Stages it covers"), "importance_staff": N_("Importance as staff see it"),
    "satisfaction_staff": N_("Satisfaction as staff see it"), "stage": N_("Stage"), "step": N_("Step"), "kind": N_("Lane"),
    "persona": N_("Persona"), "touchpoint": N_("Touchpoint"), "hidden": N_("Hidden"), "collapsed": N_("Folded"), "side": N_("Told by"),
    "moment": N_("Moment of truth"),
}  # fmt: skip


def field_name(name: str, t: Translator) -> str:
    """What people call a field or a criterion."""
    return t(_FIELDS[name]) if name in _FIELDS else fields.label(name, t.language)


def compared() -> str:
    """The line of the history under which a comparison is open; empty: none."""
    return str(st.session_state.get(_COMPARED, ""))


def close() -> None:
    """Put the comparison away."""
    st.session_state.pop(_COMPARED, None)


def compare_button(key: str, t: Translator) -> None:
    """Opens the comparison of a line, or closes it again."""
    open_here = compared() == key
    st.button(
        t("Close") if open_here else t("Compare"), key=f"compare_{key}",
        on_click=st.session_state.__setitem__, args=(_COMPARED, "" if open_here else key),
    )  # fmt: skip


def comparison(revision: int, said: Callable[[dict[Any, Any], Translator], str], t: Translator) -> None:
    """What differs between a version and the one chosen here, at first the project as it is now."""
    store, id = workspace.store(), workspace.project_id()
    other = _other(revision, said, t)
    first, second = sorted((revision, other)) if other else (revision, None)
    found = compare_versions(store.load(id, first), store.load(id, second))
    if found.empty:
        st.caption(t("Nothing differs between the two."))
        return
    st.caption(t.n("{n} difference", "{n} differences", len(found)))
    st.dataframe(table(found, t), hide_index=True, width="stretch")


def _other(revision: int, said: Callable[[dict[Any, Any], Translator], str], t: Translator) -> int | None:
    """The version to compare with: None is now. Named ones come first."""
    store, id = workspace.store(), workspace.project_id()
    names: dict[int | None, str] = {None: t("The map as it is now")}
    for row in store.history(id, named_only=True).to_dict("records"):
        names[int(row["revision"])] = t("Version “{name}”", name=row["version"])
    for row in store.history(id, limit=200).to_dict("records"):
        names.setdefault(int(row["revision"]), f"{row['revision']} · {said(row, t)} · {when(row['at'], t)}")
    names.pop(revision, None)
    return st.selectbox(t("Compared with"), list(names), format_func=names.__getitem__, key=f"compared_with_{revision}")


def when(at: str, t: Translator) -> str:
    """A moment of the history on the visitor's clock."""
    then = pd.Timestamp(at).tz_convert(st.context.timezone or "UTC").to_pydatetime().replace(tzinfo=None)
    return language.moment(then, t.language, "short")


def table(found: pd.DataFrame, t: Translator) -> pd.DataFrame:
    """The differences in the reader's words."""
    rows = found.to_dict("records")
    return pd.DataFrame({
        t("Kind"): [t(KIND_NAMES[row["kind"]]) for row in rows],
        t("What"): [_item(row) for row in rows],
        t("Change"): [t(_CHANGES[row["change"]]) for row in rows],
        t("Field"): [field_name(row["field"], t) for row in rows],
        t("Before"): [_value(row["field"], row["before"], t) for row in rows],
        t("After"): [_value(row["field"], row["after"], t) for row in rows],
    })  # fmt: skip


def _item(row: dict[Any, Any]) -> str:
    """What it is about; the criterion of a figure has a column of its own."""
    return str(row["item"]).removesuffix(f" · {row['field']}") if row["kind"] == "score" else str(row["item"])


def _value(field: str, value: Any, t: Translator) -> str:
    """A value as people write it; nothing where there is none."""
    if value is None or value == "" or (isinstance(value, float) and pd.isna(value)):
        return ""
    if isinstance(value, bool):
        return t("Yes") if value else t("No")
    if isinstance(value, int | float):
        return signed(value, t.language) if field in _FELT else number(value, t.language)
    if isinstance(value, list | tuple | dict):
        return str(len(value))
    return t(LANE_NAMES[value]) if field == "kind" and value in LANE_NAMES else str(value)
