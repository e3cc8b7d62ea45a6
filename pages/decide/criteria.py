"""The user's own criteria: added, renamed, put on another scale, turned, removed. Each change is one edit that can be undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from analysis import ParcoursError, Project
from analysis.language import N_, number
from analysis.project.commands import Command
from analysis.project.criteria import LONGEST, Criterion, add_criterion, change_criterion, own_criteria, remove_criterion
from analysis.project.entry import typed_number
from pages.shell import session, workspace
from pages.shell.markdown import quoted
from pages.shell.synced import synced


def own(project: Project) -> None:
    """The criteria that the project has added, and a form for another."""
    t, found = session.t(), own_criteria(project)
    with st.expander(t("Your own criteria") + (f" ({len(found)})" if found else ""), icon=":material/playlist_add:", key="own_criteria"):
        for code, criterion in found.items():
            _one(code, criterion)
        _adding()


def _one(code: str, criterion: Criterion) -> None:
    t = session.t()
    with st.container(border=True, gap="small", key=f"criterion_{code}"):
        key = synced(f"criterion_name_{code}", criterion.name)
        st.text_input(t("Name"), key=key, max_chars=LONGEST, on_change=_renamed, args=(code, key))
        with st.container(horizontal=True, gap="small"):
            for end, label, place in (("low", t("Lowest"), 0), ("high", t("Highest"), 1)):
                shown = "" if criterion.ends is None else number(criterion.ends[place], t.language)
                key = synced(f"criterion_{end}_{code}", shown)
                st.text_input(label, key=key, on_change=_rescaled, args=(code,), width=80, placeholder="–")
        key = synced(f"criterion_against_{code}", criterion.against)
        st.toggle(t("Less is better"), key=key, on_change=_turned, args=(code, key))
        st.button(t("Remove"), key=f"criterion_remove_{code}", icon=":material/delete:", type="tertiary", on_click=_removed, args=(code,))


def _adding() -> None:
    t = session.t()
    with st.form("add_criterion", border=False, clear_on_submit=True):
        st.text_input(t("New criterion"), key="criterion_new", max_chars=LONGEST, placeholder=t("For instance: fit with the strategy"))
        with st.container(horizontal=True, gap="small"):
            st.text_input(t("Lowest"), value="1", key="criterion_new_low", width=80)
            st.text_input(t("Highest"), value="10", key="criterion_new_high", width=80)
        st.caption(t("The ends of its scale; leave both empty for an amount (money, days), which is counted by rank."))
        st.toggle(t("Less is better"), key="criterion_new_against")
        st.form_submit_button(t("Add"), icon=":material/add:", on_click=_added)


# --- acts -------------------------------------------------------------------------------------------------------


def _keep(make: Callable[[Project], list[Command]], label: str, **values: Any) -> None:
    """Carry out what ``make`` gives for the project as it is now; what cannot be kept is said."""
    try:
        commands = make(workspace.store().load(workspace.project_id()))
    except ParcoursError as error:
        workspace.tell(error)
        return
    if commands:
        workspace.edit(commands, label, **values)


def _typed(key: str) -> float | None:
    return typed_number(st.session_state[key], session.language())


def _added() -> None:
    name = st.session_state["criterion_new"].strip()
    if not name:
        return

    def make(head: Project) -> list[Command]:
        low, high, against = _typed("criterion_new_low"), _typed("criterion_new_high"), st.session_state["criterion_new_against"]
        return add_criterion(head, name, low=low, high=high, against=against)

    _keep(make, N_("Add the criterion “{name}”"), name=name)


def _renamed(code: str, key: str) -> None:
    _keep(lambda head: change_criterion(head, code, name=st.session_state[key]), N_("Rename a criterion"))


def _rescaled(code: str) -> None:
    low, high = (st.session_state[f"criterion_{end}_{code}"].strip() for end in ("low", "high"))
    if bool(low) == bool(high):  # with one end only the person is still at it
        _keep(
            lambda head: change_criterion(head, code, low=_typed(f"criterion_low_{code}"), high=_typed(f"criterion_high_{code}")),
            N_("Change the scale of a criterion"),
        )


def _turned(code: str, key: str) -> None:
    _keep(lambda head: change_criterion(head, code, against=bool(st.session_state[key])), N_("Turn a criterion round"))


def _removed(code: str) -> None:
    head = workspace.store().load(workspace.project_id())
    name = own_criteria(head)[code].name if code in own_criteria(head) else code
    _keep(lambda project: remove_criterion(project, code), N_("Remove the criterion “{name}”"), name=name)
    st.toast(session.t()("Removed: {name}. Undo brings it back.", name=quoted(name)), icon=":material/delete:")
