"""Everything about one action, each field kept as soon as it is left."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import streamlit as st

from analysis import ParcoursError, Project
from analysis.language import N_, money, number, percent
from analysis.project.answering import answerable, people
from analysis.project.forecast import MISSING, assumptions, returns, set_assumption
from analysis.project.model import STATUSES, Action
from analysis.project.planning import STATUS_NAMES
from pages.decide import planning
from pages.shell import series, session, workspace
from pages.shell.markdown import quoted
from pages.shell.synced import meant, named, synced


def draw(project: Project) -> None:
    """A choice of the action, and its details."""
    t, ids = session.t(), [str(id) for id in project.actions["id"]]
    titles = project.table("action")
    place = {id: n for n, id in enumerate(ids, start=1)}
    st.selectbox(
        t("Details of an action"), ids, key=synced("opened_action", planning.opened(project), hidden=True), index=None,
        placeholder=t("Choose an action"), on_change=_chosen,
        format_func=named("opened_action", {id: f"{place[id]}. {titles[id].title}" for id in ids}),
    )  # fmt: skip
    if id := planning.opened(project):
        with st.container(border=True, key="details"):
            panel(project, id, place[id], len(ids))


def _chosen() -> None:
    planning.open_action(meant("opened_action"))


def panel(project: Project, id: str, place: int, count: int) -> None:
    action: Action = project.whole.table("action")[id]
    _acts(id, action, place, count)
    _what(project, id, action)
    _who_and_when(id, action)
    _effect(project, id, action)
    _needs(project.whole, id, action)
    _forecast(project, id, action)
    _why(project, id, action)


def _acts(id: str, action: Action, place: int, count: int) -> None:
    t = session.t()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{t('Action {n} of {all}', n=place, all=count)}**", width="stretch")
        st.button(
            "",
            key="action_up",
            icon=":material/arrow_upward:",
            help=t("Move up"),
            disabled=place == 1,
            on_click=planning.move,
            args=(id, -1),
        )
        st.button(
            "",
            key="action_down",
            icon=":material/arrow_downward:",
            help=t("Move down"),
            disabled=place == count,
            on_click=planning.move,
            args=(id, 1),
        )
        st.button(t("Remove"), key="action_remove", icon=":material/delete:", on_click=planning.remove, args=(id, action.title))


#: wide, so that a slip of the finger comes to us: Streamlit would refuse it in English, ten years around today by default
_FIRST, _LAST = dt.date(1000, 1, 1), dt.date(2999, 12, 31)


def _field(widget: Any, label: str, id: str, field: str, value: Any, **options: Any) -> None:
    key = f"action_{id}_{field}"
    widget(label, key=synced(key, value, hidden="options" in options), on_change=planning.keep_field, args=(id, field, key), **options)


def _choice(widget: Any, label: str, id: str, field: str, value: Any, names: dict[Any, str], **options: Any) -> None:
    """One or several of what is named by what may be renamed meanwhile."""
    format_func = named(f"action_{id}_{field}", names)
    _field(widget, label, id, field, value, options=list(names), format_func=format_func, **options)


def _amount(place: Any, label: str, id: str, field: str, value: float | None, **options: Any) -> None:
    """A number as text, so that it can be typed the way the language writes it."""
    shown = "" if value is None else number(value, session.language())
    _field(place.text_input, label, id, field, shown, **options)


def _what(project: Project, id: str, action: Action) -> None:
    t = session.t()
    touchpoints = {None: "–"} | {i: touchpoint.name for i, touchpoint in project.table("touchpoint").items()}
    _field(st.text_input, t("Action"), id, "title", action.title, max_chars=300)
    left, right = st.columns(2)
    _choice(left.selectbox, t("Touchpoint"), id, "touchpoint", action.touchpoint, touchpoints, placeholder="–")
    _choice(right.selectbox, t("Status"), id, "status", action.status, {code: t(STATUS_NAMES[code]) for code in STATUSES})
    _field(st.text_area, t("Description"), id, "description", action.description, height=80, max_chars=5000)


def _who_and_when(id: str, action: Action) -> None:
    t, (one, two, three, four) = session.t(), st.columns(4)
    names = t("Names, separated by commas")
    roles = {
        "owner": (t("Owner"), "R", t("Does it.")), "accountable": (t("Accountable"), "A", t("Answers for the result: one person.")),
        "consulted": (t("Consulted"), "C", t("Is asked before.")), "informed": (t("Informed"), "I", t("Is told afterwards.")),
    }  # fmt: skip
    for place, (field, (name, letter, role)) in zip((one, two, three, four), roles.items(), strict=True):
        hint = "" if field == "accountable" else names
        _field(
            place.text_input, f"{name} ({letter})", id, field, getattr(action, field), max_chars=200, placeholder=hint, help=role
        )  # fmt: skip
    if warned := _roles_said(action):
        st.caption(f":orange[:material/group:] {warned}")
    one, two, three = st.columns([2, 1, 1])
    _field(one.text_input, t("Team"), id, "team", action.team, max_chars=120)
    for place, label, field in ((two, t("Start"), "start_date"), (three, t("Due"), "due_date")):
        _field(place.date_input, label, id, field, getattr(action, field), format="DD/MM/YYYY", min_value=_FIRST, max_value=_LAST)


def _roles_said(action: Action) -> str:
    """One person answers for an action, neither nobody nor several."""
    t, count = session.t(), len(people(action.accountable))
    if count > 1:
        return t("{n} people are accountable: of an action exactly one is, so that somebody decides.", n=count)
    if not count and any((action.owner, action.consulted, action.informed)):
        return t("Nobody is accountable yet: name the one person who answers for the result.")
    return ""


def _effect(project: Project, id: str, action: Action) -> None:
    t, (one, two, three, four) = session.t(), st.columns(4)
    known = project.actions.set_index("id").loc[id]
    own = t("by default that of the touchpoint")
    _amount(
        one, t("Cost ({currency})", currency=project.settings.currency), id, "cost", action.cost, placeholder=_default(known["cost"]),
        help=t("By default the middle of its range, given under “Return in the first year”."),
    )  # fmt: skip
    _amount(two, t("Impact (1–10)"), id, "impact", action.impact, placeholder=_default(known["impact"]), help=own)
    _amount(three, t("Effort (1–10)"), id, "effort", action.effort, placeholder=_default(known["effort"]), help=own)
    _amount(four, t("Progress (%)"), id, "progress", action.progress)
    one, two, three = st.columns([2, 1, 1])
    _field(one.text_input, t("Indicator"), id, "kpi", action.kpi, max_chars=200)
    _amount(two, t("Today"), id, "kpi_baseline", action.kpi_baseline)
    _amount(three, t("Target"), id, "kpi_target", action.kpi_target)
    day = action.start_date
    if action.kpi and len(lines := series.indicators(project, t, touchpoint=action.touchpoint, named=action.kpi, day=day)):
        series.show(lines, project, t, day=day)


def _default(value: Any) -> str:
    return "" if pd.isna(value) else number(float(value), session.language())


def _needs(project: Project, id: str, action: Action) -> None:
    """Which other actions have to be done for this one."""
    t, actions = session.t(), project.table("action")
    places = {str(other): f"{n}. " for n, other in enumerate(project.actions["id"], start=1)}  # two actions may have one title
    others = {other: places[other] + actions[other].title for other in places if other != id}
    kept = [other for other in action.depends_on if other in others]
    _choice(st.multiselect, t("Depends on"), id, "depends_on", kept, others, placeholder=t("No other action"))
    planning.clashes(project, id)


def _forecast(project: Project, id: str, action: Action) -> None:
    """What the action may bring in a year, and what this is worked out from."""
    t, known, currency = session.t(), assumptions(project), project.settings.currency
    with st.expander(t("Return in the first year"), icon=":material/trending_up:", key=f"return_{id}", expanded=False):
        found = returns(project).set_index("id").loc[id]
        st.markdown(quoted(forecast_line(dict(found), project)))
        one, two, three = st.columns(3)
        unit = t("Gain in points of conversion: 1.5 means 1.5 more customers in a hundred.")
        _amount(one, t("Effect, at least (points)"), id, "effect_low", action.effect_low, help=unit)
        _amount(two, t("Effect, at most (points)"), id, "effect_high", action.effect_high, help=unit)
        sure = t("How sure you are that the effect comes at all: in so many draws it does, in the others only the cost remains.")
        _amount(three, t("Confidence (%)"), id, "confidence", action.confidence, help=sure)
        one, two, _ = st.columns(3)
        planned = t("Where nobody knows exactly what it costs; else its planned cost counts.")
        _amount(one, t("Cost, at least ({currency})", currency=currency), id, "cost_low", action.cost_low, help=planned)
        _amount(two, t("Cost, at most ({currency})", currency=currency), id, "cost_high", action.cost_high, help=planned)
        st.caption(t("These hold for every action of the plan:"))
        labels = {
            "customers_low": t("Customers a year, at least"), "customers_high": t("Customers a year, at most"),
            "conversion_low": t("Value of a conversion, at least ({currency})", currency=currency),
            "conversion_high": t("Value of a conversion, at most ({currency})", currency=currency),
        }  # fmt: skip
        for place, (name, label) in zip(st.columns(4), labels.items(), strict=True):
            shown = "" if (value := known[name]) is None else number(value, t.language)
            place.text_input(label, key=synced(f"assumed_{name}", shown), on_change=_assume, args=(name,))
        st.caption(
            t(
                "Customers a year × reach of the touchpoint × effect × value of a conversion − cost, drawn 10,000 times from these ranges "
                "(the middle of each is likeliest); in as many draws as the confidence says the effect comes."
            )
        )


def forecast_line(row: dict[Any, Any], project: Project) -> str:
    """A return in a line: a range and its probability, or what is missing."""
    t, currency = session.t(), project.settings.currency
    missing = row["missing"]
    if isinstance(missing, list) and missing:
        return t("missing: {names}", names=", ".join(t(MISSING[name]) for name in missing))
    low, middle, high = (money(float(row[name]), t.language, currency) for name in ("p10", "p50", "p90"))
    share = percent(100 * float(row["payback_share"]), t.language)
    return t(
        "{low} to {high}, middle {middle}; pays back within a year in {share} of draws", low=low, middle=middle, high=high, share=share
    )


def _assume(name: str) -> None:
    head = workspace.store().load(workspace.project_id())
    try:
        commands = set_assumption(head, name, st.session_state[f"assumed_{name}"], session.language())
    except ParcoursError as error:
        workspace.tell(error)
        return
    workspace.edit(commands, N_("Change what returns are worked out from"))


def _why(project: Project, id: str, action: Action) -> None:
    """Which feedback the action answers, and why it was proposed."""
    t, cards = session.t(), answerable(project, id, session.language())
    if cards:
        kept = [card for card in action.cards if card in cards]
        said = t("Pain points and quotes it answers")
        _choice(st.multiselect, said, id, "cards", kept, cards, placeholder=t("Choose what customers said"))
    if action.reason:
        st.markdown(f"**{t('Why')}** — {quoted(action.reason)}")
