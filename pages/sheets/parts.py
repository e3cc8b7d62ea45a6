"""Fields of a sheet: each keeps what is typed at once, as one edit, and shows what the project holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from zlib import crc32

import streamlit as st

from analysis import ParcoursError, Project
from analysis.language import Translator, money, number, percent, signed
from analysis.project import edits
from analysis.project.entry import typed_number
from analysis.project.figures import Figure
from pages.shell import session, workspace
from pages.shell.markdown import quoted
from pages.shell.synced import meant, named

#: criteria on the emotion scale
FELT = ("satisfaction", "emotion", "satisfaction_staff")
_MONEY = ("cost", "running_cost", "lost_value")
_SHARES = ("reach", "conversion")


def keyed(*parts: Any) -> str:
    """A widget's key that changes with what it shows: after an undo, or somebody else's edit, a new one shows the new value."""
    *place, value = parts
    return "sheet_" + "_".join(str(part) for part in place) + f"_{crc32(repr(value).encode()):08x}"


def text(label: str, kind: str, id: str, field: str, value: str, *, lines: int = 1, **options: Any) -> None:
    """A text; an empty name is refused by the project."""
    key = keyed(id, field, value)

    def changed() -> None:
        save(kind, id, field, st.session_state[key].strip())

    if lines > 1:
        st.text_area(label, value=value, key=key, on_change=changed, max_chars=4000, height=28 * lines + 20, **options)
    else:
        st.text_input(label, value=value, key=key, on_change=changed, max_chars=500, **options)


def choice(label: str, kind: str, id: str, field: str, value: Any, names: Mapping[Any, str], *, empty: Any = "") -> None:
    """One of several; a value of the user's own file is offered too. ``names``: value → message in English, or a text."""
    t, key = session.t(), keyed(id, field, value)
    options = [empty, *names, *([value] if value not in (empty, *names) else [])]

    def changed() -> None:
        save(kind, id, field, st.session_state[key])

    def name(option: Any) -> str:
        return "–" if option == empty else t(names[option]) if option in names else str(option)

    st.selectbox(label, options, index=options.index(value), key=key, on_change=changed, format_func=name)


def steps_of(project: Project, kind: str, id: str) -> dict[str, str]:
    """The steps of the stage that a placement or card stands in: id → name."""
    return {step: found.name for step, found in project.whole.steps_of(project.table(kind)[id].stage or "")}


def step(project: Project, kind: str, id: str) -> None:
    """In which step of its stage a placement or card stands."""
    t, item, names = session.t(), project.table(kind)[id], steps_of(project, kind, id)
    key = keyed(id, "step", item.step)

    def changed() -> None:
        head = workspace.store().load(workspace.project_id())
        commands = edits.put_in_step(head, kind, id, meant(key))
        of = head.table("touchpoint")[item.touchpoint].name if kind == "placement" else item.text
        if commands:
            workspace.edit(commands, "Move “{name}” to another step", name=of[:40])

    choices = {None: "–"} | names
    st.selectbox(
        t("Step"), list(choices), index=list(choices).index(item.step), key=key, on_change=changed, format_func=named(key, choices)
    )


def amount(label: str, kind: str, id: str, field: str, value: float | None, **options: Any) -> None:
    """A number, or nothing, typed the way the language writes it."""
    t, key = session.t(), keyed(id, field, value)

    def changed() -> None:
        with refusals():
            save(kind, id, field, typed_number(st.session_state[key], t.language))

    st.text_input(label, value="" if value is None else number(value, t.language), key=key, on_change=changed, placeholder="–", **options)


@contextmanager
def refusals() -> Iterator[None]:
    """What cannot be kept is said in a moment's message."""
    try:
        yield
    except ParcoursError as error:
        workspace.tell(error)


def save(kind: str, id: str, field: str, value: Any) -> None:
    """One field, one edit."""
    workspace.edit(edits.change(kind, id, **{field: value}), "Change “{field}”", field=field)


# --- figures ----------------------------------------------------------------------------------------------------


def provenance(figure: Figure, t: Translator) -> str:
    """Where a figure comes from, in words: “measured, n = 214”, “set by hand, measured 6.3”."""
    if figure.provenance == "measured":
        return t("measured, n = {n}", n=figure.n or 0)
    if figure.provenance == "voted":
        return t("voted, n = {n}", n=figure.n or 0)
    words = t("set by hand") if figure.layer == "hand" else t("assumed")
    names = {"measured": t("measured"), "voted": t("voted")}
    hidden = [f"{names[other.provenance]} {number(other.value, t.language)}" for other in figure.others if other.provenance in names]
    source = figure.source if figure.layer in ("file", "words") else ""
    return ", ".join(part for part in (words, *hidden, source) if part)


def written(criterion: str, value: float, project: Project, t: Translator) -> str:
    """A figure of a criterion in the language, with its sign or unit."""
    if criterion in FELT:
        return signed(value, t.language)
    if criterion in _SHARES:
        return percent(value, t.language)
    if criterion in _MONEY:
        return money(value, t.language, project.settings.currency)
    return number(value, t.language, None if float(value).is_integer() else 1)


def figure(project: Project, target: str, criterion: str, label: str) -> None:
    """One figure: the value set by hand or assumed can be typed over; one measured or voted stands in the empty field behind it.

    Below it where it comes from and, for a value set by hand over another, both values and the way back.
    """
    t, found = session.t(), project.figures.get((target, criterion))
    assumed = found if found and found.provenance == "assumed" else None
    value = float(assumed.value) if assumed else None
    key = keyed(target, criterion, (value, found.value if found else None))

    def changed() -> None:
        with refusals():
            set_by_hand(target, criterion, typed_number(st.session_state[key], t.language))

    shown = "" if value is None else signed(value, t.language) if criterion in FELT else number(value, t.language)
    st.text_input(label, value=shown, key=key, on_change=changed, placeholder=written(criterion, found.value, project, t) if found else "–")
    if found:
        _below(found, target, criterion, project, t)


def _below(found: Figure, target: str, criterion: str, project: Project, t: Translator) -> None:
    st.caption(provenance(found, t))
    if found.layer == "hand" and found.others:
        behind = found.others[0]
        back = t("Back to {value} ({source})", value=written(criterion, behind.value, project, t), source=provenance(behind, t))
        st.button(
            back,
            key=f"withdraw_{target}_{criterion}",
            type="tertiary",
            icon=":material/undo:",
            on_click=set_by_hand,
            args=(target, criterion, None),
        )


def set_by_hand(target: str, criterion: str, value: float | None) -> None:
    """Set a figure by hand; None withdraws it, and what stands behind it shows again."""
    head = workspace.store().load(workspace.project_id())
    if value is None:
        workspace.edit(edits.withdraw(head, target, criterion), "Withdraw “{field}” set by hand", field=criterion)
    else:
        workspace.edit(edits.set_score(target, criterion, value, author=session.author()), "Score “{field}”", field=criterion)


def section(title: str, help: str = "") -> None:
    """The heading of a part of a sheet."""
    st.header(quoted(title), anchor=False, divider="gray", help=help or None)


def opener(label: str, key: str, asked: Callable[[], None], **options: Any) -> None:
    """A button inside a drawer that leads to another one."""
    if st.button(label, key=key, **options):
        asked()
        st.rerun()
