"""Taking results in: what will change, then one click, which one undo takes back."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis import ParcoursError, language
from analysis.language import N_, Translator
from analysis.workshop import Workshop
from analysis.workshop.acceptance import LABEL, acceptance
from analysis.workshop.results import Result
from pages.live import office
from pages.shell import session, workspace

CRITERIA = {
    "emotion": N_("Emotion"),
    "impact": N_("Impact"),
    "effort": N_("Effort"),
    "importance": N_("Importance"),
    "pain_point": N_("Pain points"),
    "opportunity": N_("Opportunities"),
}
KINDS = {"score": N_("Score"), "card": N_("Card"), "action": N_("New action"), "order": N_("Order of the plan")}


def accept(workshop: Workshop, result: Result) -> None:
    """The table of what would change, and the click."""
    t, shown = session.t(), result.round
    project = workspace.store().load(workspace.project_id())
    try:
        offered = acceptance(project, result, author=session.author())
    except ParcoursError as reason:
        st.caption(reason.message(t.language))
        return
    if offered.changes.empty and shown.accepted:
        st.success(t("These results are in the project. Undo takes them out again."), icon=":material/task_alt:")
        return
    if offered.changes.empty:
        st.caption(t("This round has nothing to take into the project; it is kept in the minutes."))
        return
    if workshop.dry_run:
        st.caption(t("A dry run cannot change the project."))
        return
    with st.container(border=True):
        st.subheader(t("Take the results into the project"), anchor=False)
        left_out = st.multiselect(t("Leave out"), _choices(result), format_func=dict(_named(result)).__getitem__, key=f"leave_{shown.id}",
                                  placeholder=t("Nothing: all of it is taken in"))  # fmt: skip
        chosen = acceptance(project, result, author=session.author(), leave_out=frozenset(left_out))
        st.dataframe(_table(chosen.changes, t), hide_index=True, width="stretch", height="content")
        _warn_overrides(chosen.changes, t)
        label = t.n("Take in {n} change", "Take in {n} changes", len(chosen.changes))
        st.button(label, type="primary", icon=":material/check:", key=f"accept_{shown.id}", disabled=chosen.changes.empty,
                  on_click=_take_in, args=(result, frozenset(left_out)))  # fmt: skip


def _take_in(result: Result, left_out: frozenset[str]) -> None:
    project = workspace.store().load(workspace.project_id())  # as it is now: somebody may have edited since
    made = office.attempt(acceptance, project, result, author=session.author(), leave_out=left_out)
    if made is not None and workspace.edit(made.commands, LABEL, round=result.round.question):
        office.attempt(office.rooms().accepted, result.round.id, workspace.store().revision(workspace.project_id()))
        st.toast(session.t()("Taken in. One undo takes it back."), icon=":material/task_alt:")


def _named(result: Result) -> list[tuple[str, str]]:
    items = [(item.item.id, item.item.label) for item in result.items]
    return items + [(text.id, text.text) for text in result.texts]


def _choices(result: Result) -> list[str]:
    return [id for id, _ in _named(result)]


def _table(changes: pd.DataFrame, t: Translator) -> pd.DataFrame:
    """What changes, in words and in the language's numbers; empty columns are left out."""
    number = language.number
    columns = {
        t("What"): [t(KINDS[what]) for what in changes["what"]],
        t("Of"): changes["target"].fillna("").tolist(),
        t("Criterion"): [t(CRITERIA[c]) if isinstance(c, str) and c in CRITERIA else "" for c in changes["criterion"]],
        t("Text"): changes["text"].fillna("").tolist(),
        t("Now"): [number(_plain(v), t.language) for v in changes["before"]],
        t("Voted"): [number(_plain(v), t.language) for v in changes["after"]],
        t("Votes"): [number(_plain(v), t.language, 0) for v in changes["n"]],
        t("Spread (sd)"): [number(_plain(v), t.language) for v in changes["sd"]],
    }
    frame = pd.DataFrame(columns)
    empty = [name for name in frame if set(frame[name]) <= {"", language.MISSING} and name != t("Now")]
    if (changes["what"] != "score").all():
        empty.append(t("Now"))
    return frame.drop(columns=empty)


def _plain(value: object) -> float | None:
    return None if pd.isna(value) else float(value)  # type: ignore[call-overload, arg-type]


def _warn_overrides(changes: pd.DataFrame, t: Translator) -> None:
    count = int(changes["override"].fillna(False).sum())
    if count:
        st.caption(
            t.n(
                "{n} of them stands behind a value that was set by hand or measured: the voted one is kept beside it.",
                "{n} of them stand behind values that were set by hand or measured: the voted ones are kept beside them.",
                count,
            )
        )
