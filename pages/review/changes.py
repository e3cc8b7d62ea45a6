"""What the import brings and changes, before anything is written: figures, then cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from analysis.fields import label
from analysis.language import N_, Translator, number
from analysis.project.importing.plan import KIND_NAMES

STATUS = {"changed": N_("changed"), "new": N_("new"), "gone": N_("no longer in the file")}
#: who, when and where go with the value that changed
_SILENT = ("author", "at", "source", "order")
_COUNTS = ["new", "changed", "unchanged", "removed", "unassigned"]


def outcome(plans: Sequence[Any], t: Translator) -> None:
    """What the import brings, in figures; then the comparison with what the project has."""
    summary = pd.concat([plan.summary for plan in plans]) if plans else pd.DataFrame()
    if summary.empty:
        st.warning(t("Nothing here can be put on a map yet: say what the columns hold, or choose another sheet."), icon=":material/help:")
        return
    total = summary.groupby("kind", sort=False)[_COUNTS].sum()
    with st.container(horizontal=True, gap="medium"):
        for kind, row in total.iterrows():
            _figure(str(kind), row, t)
    if not any(plan.commands for plan in plans):
        st.success(t("The project has all of this already: there is nothing to import."), icon=":material/done_all:")
    _comparison(plans, t)


def _figure(kind: str, row: Any, t: Translator) -> None:
    words = [t("to change: {n}", n=int(row["changed"]))] if row["changed"] else []
    words += [t("identical: {n}", n=int(row["unchanged"]))] if row["unchanged"] else []
    words += [t("no longer in the file: {n}", n=int(row["removed"]))] if row["removed"] else []
    words += [t("without a place: {n}", n=int(row["unassigned"]))] if row["unassigned"] else []
    with st.container(border=True, width=170, gap=None):
        st.metric(t(KIND_NAMES.get(kind, kind)), number(int(row["new"]), t.language))
        if words:
            st.caption(" · ".join(words))


def _comparison(plans: Sequence[Any], t: Translator) -> None:
    """Only a second import has something to compare with."""
    lines = pd.concat([plan.changes for plan in plans], ignore_index=True)
    if not lines["status"].isin(["changed", "gone", "unchanged"]).any():
        return
    shown = lines[lines["status"].isin(list(STATUS)) & (lines["kind"] != "answer") & ~lines["field"].isin(_SILENT)]
    if shown.empty:
        return
    order = shown["status"].map({"changed": 0, "gone": 1, "new": 2})
    shown = shown.loc[order.sort_values(kind="stable").index]
    with st.expander(t("What changes, cell by cell ({n})", n=len(shown)), expanded=len(shown) <= 50):
        frame = pd.DataFrame(
            {
                t("Status"): shown["status"].map(lambda status: t(STATUS[str(status)])),
                t("Kind"): shown["kind"].map(lambda kind: t(KIND_NAMES.get(str(kind), str(kind)))),
                t("What"): shown["item"],
                t("Field"): [_field(name, t) for name in shown["field"]],
                t("Before"): shown["before"].map(_said),
                t("After"): shown["after"].map(_said),
                t("Sheet"): shown["sheet"],
                t("Cell"): shown["cell"],
            }
        )
        st.dataframe(frame, hide_index=True, width="stretch")


def _field(name: str, t: Translator) -> str:
    return t("value") if name == "value" else label(name, t.language)


def _said(value: Any) -> str:
    if value is None or (not isinstance(value, list | dict) and pd.isna(value)):
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)


def gone(plans: Sequence[Any]) -> int:
    """How many touchpoints and respondents an earlier import brought that the file no longer has."""
    return sum(int((plan.changes["status"] == "gone").sum()) for plan in plans)


def both(plans: Sequence[Any], t: Translator) -> None:
    """What was changed in the file and in the app since it was written: shown side by side, and asked about."""
    lines = pd.concat([plan.conflicts for plan in plans], ignore_index=True) if plans else pd.DataFrame()
    if lines.empty:
        return
    title = t.n("{n} value was changed in the file and in the app", "{n} values were changed in the file and in the app", len(lines))
    with st.container(border=True, key="conflicts"):
        st.markdown(f":material/compare_arrows: **{title}**")
        st.dataframe(
            pd.DataFrame(
                {
                    t("What"): lines["item"],
                    t("Field"): [_field(name, t) if name else t("the whole action") for name in lines["field"]],
                    t("When it was exported"): lines["exported"].map(_said),
                    t("In the file"): [_side(row, "file", t) for row in lines.to_dict("records")],
                    t("In the app"): [_side(row, "app", t) for row in lines.to_dict("records")],
                }
            ),
            hide_index=True,
            width="stretch",
        )
        st.toggle(t("Keep what the app has"), key="keep_ours", help=t("Otherwise the file’s values are taken; one undo takes them back."))


def _side(row: dict[Any, Any], side: str, t: Translator) -> str:
    """A value of one side; an action that is not there any more is said to be removed."""
    return t("no longer there") if not row["field"] and _said(row[side]) == "" else _said(row[side])
