"""The sheet of a touchpoint: what it is, its figures and where they come from, what was said of it, its rank, its history."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from analysis import Project
from analysis.language import N_, Translator, number, percent
from analysis.project import edits, moments
from analysis.project.measures import MEASURES, PARETO_SOURCES, pareto_place
from analysis.project.model import FAMILIES
from analysis.project.priorities import priorities, quadrant_names
from analysis.project.rankings import RANKINGS, ranking_of
from analysis.project.versions import touchpoint_history
from analysis.reports.words import PHASES
from pages.sheets import parts, voices
from pages.shell import series, session, workspace
from pages.shell.markdown import quoted
from pages.shell.synced import meant, named

FAMILY_NAMES = {
    "marketing": N_("Marketing"), "sales": N_("Sales"), "customer_service": N_("Customer service"), "post_purchase": N_("Post-purchase"),
    "indirect": N_("Indirect"),
}  # fmt: skip
_ONLINE = {True: N_("Online"), False: N_("Offline")}
_DIRECT = {True: N_("Direct"), False: N_("Indirect")}
_SCORES = {
    "impact": N_("Impact (1–10)"), "effort": N_("Effort (1–10)"), "fit": N_("Fit with the persona (1–10)"),
    "emotion": N_("Emotion (−2 to +2)"), "reach": N_("Reach (%)"),
    "complaints": N_("Complaints"),
    "cost": N_("Cost of the improvement"), "running_cost": N_("Yearly cost"),
}  # fmt: skip
_SIDES = {
    "importance": N_("Importance to customers (1–10)"), "importance_staff": N_("Importance as staff see it (1–10)"),
    "satisfaction": N_("Customers’ satisfaction (−2 to +2)"), "satisfaction_staff": N_("Satisfaction as staff see it (−2 to +2)"),
}  # fmt: skip
_HISTORY = 12


def draw(project: Project, id: str) -> None:
    """Draw it; ``id`` is that of the touchpoint or of one of its placements."""
    t = session.t()
    placement = id if id in project.table("placement") else _first_place(project, id)
    id = project.table("placement")[placement].touchpoint if placement else id
    touchpoint = project.table("touchpoint")[id]
    parts.text(t("Name"), "touchpoint", id, "name", touchpoint.name)
    st.caption(_rank(project, id, t))
    if place := _pareto_place(project, id, t):
        st.caption(place)
    _facts(project, id, placement, touchpoint, t)
    parts.section(t("Scores"), t("Type a value to set it by hand; empty the field to take it back."))
    _figures(project, id, _SCORES, t)
    parts.section(t("Customers and staff"), t("What each side says; their gap is ranked on the Priorities page."))
    _figures(project, id, _SIDES, t)
    if len(lines := series.indicators(project, t, touchpoint=id)):
        parts.section(t("Indicators over time"), "")
        series.show(lines, project, t)
    voices.incidents(project, id, placement, t)
    voices.cards(project, id, t)
    voices.comments(project, id, t)
    _history(id, t)


def _first_place(project: Project, id: str) -> str | None:
    here = st.session_state.get("journey", project.first_journey)
    places = [(p.journey != here, place) for place, p in project.table("placement").items() if p.touchpoint == id]
    return min(places)[1] if places else None


# --- what it is -------------------------------------------------------------------------------------------------


def _facts(project: Project, id: str, placement: str | None, touchpoint: Any, t: Translator) -> None:
    fields: list[Callable[[], None]] = [
        lambda: _stage(project, placement, t),
        *([lambda: parts.step(project, "placement", placement)] if placement and parts.steps_of(project, "placement", placement) else []),
        lambda: parts.choice(t("Lifecycle phase"), "touchpoint", id, "phase", touchpoint.phase, PHASES),
        lambda: parts.choice(t("Family"), "touchpoint", id, "family", touchpoint.family, {f: FAMILY_NAMES[f] for f in FAMILIES}),
        lambda: parts.text(t("Channel"), "touchpoint", id, "channel", touchpoint.channel),
        lambda: parts.choice(t("Online or offline"), "touchpoint", id, "online", touchpoint.online, _ONLINE, empty=None),
        lambda: parts.choice(t("Direct or indirect"), "touchpoint", id, "direct", touchpoint.direct, _DIRECT, empty=None),
        lambda: parts.text(t("Responsible"), "touchpoint", id, "owner", touchpoint.owner),
        lambda: parts.text(t("Team"), "touchpoint", id, "team", touchpoint.team),
        lambda: parts.text(t("Staff met"), "touchpoint", id, "staff", touchpoint.staff),
        lambda: parts.amount(t("Time the customer needs (minutes)"), "touchpoint", id, "time", touchpoint.time),
    ]
    for start in range(0, len(fields), 2):
        for column, field in zip(st.columns(2), fields[start : start + 2], strict=False):
            with column:
                field()
    parts.text(t("Description"), "touchpoint", id, "description", touchpoint.description, lines=3)
    _moment(id, touchpoint, t)
    _others(touchpoint, t)


def _others(touchpoint: Any, t: Translator) -> None:
    """What the user's sheet says of it in columns that have no field here."""
    if touchpoint.extra:
        st.caption(t("Other columns of the file"))
        st.markdown("\n".join(f"- **{quoted(header)}** {quoted(str(text))}" for header, text in touchpoint.extra.items()))


def _stage(project: Project, placement: str | None, t: Translator) -> None:
    if placement is None:
        st.text_input(t("Stage"), value="–", disabled=True, key="sheet_no_stage")
        return
    place = project.table("placement")[placement]
    stages = {None: t("Unassigned")} | {id: stage.name for id, stage in project.whole.stages_of(place.journey)}
    key = parts.keyed(placement, "stage", place.stage)

    def changed() -> None:
        head = workspace.store().load(workspace.project_id())
        name = head.table("touchpoint")[place.touchpoint].name
        workspace.edit(edits.move_touchpoint(head, placement, meant(key)), "Move the touchpoint “{name}”", name=name)

    place_of = list(stages).index(place.stage)
    st.selectbox(t("Stage"), list(stages), index=place_of, key=key, format_func=named(key, stages), on_change=changed)


def _moment(id: str, touchpoint: Any, t: Translator) -> None:
    key = parts.keyed(id, "moment", touchpoint.moment_of_truth)

    def changed() -> None:
        decision = "accepted" if st.session_state[key] else ""
        label = "Accept the moment of truth “{name}”" if decision else "Leave the moment of truth “{name}” open"
        workspace.edit(moments.decide(id, decision), label, name=touchpoint.name)

    st.toggle(t("Moment of truth"), value=touchpoint.moment_of_truth == "accepted", key=key, on_change=changed)


# --- its figures ------------------------------------------------------------------------------------------------


def _figures(project: Project, id: str, names: dict[str, str], t: Translator) -> None:
    criteria = list(names)
    for start in range(0, len(criteria), 2):
        for column, criterion in zip(st.columns(2), criteria[start : start + 2], strict=True):
            with column:
                parts.figure(project, id, criterion, t(names[criterion]))


def _rank(project: Project, id: str, t: Translator) -> str:
    """Its place in the rankings, in a line."""
    method = ranking_of(project)
    frame = priorities(project, method=method)
    row = frame[frame["id"] == id].iloc[0]
    said = []
    if pd.notna(row["quadrant"]):
        said.append(t("Quadrant: {name}", name=quadrant_names(project, t.language)[row["quadrant"]]))
    if pd.notna(row["rank"]):
        ranked = int(frame["rank"].notna().sum())
        facts = {"score": number(row["method_score"], t.language, 0 if method in ("relevance", "ice") else 1), "rank": int(row["rank"])}
        if method == "relevance":
            said.append(t("Relevance {score} of 100, rank {rank} of {n}", n=ranked, **facts))
        else:
            said.append(t("{method} {score}, rank {rank} of {n}", method=t(RANKINGS[method].name), n=ranked, **facts))
    return " · ".join(quoted(part) for part in said) or t("Not ranked yet: it needs an impact and an effort.")


def _pareto_place(project: Project, id: str, t: Translator) -> str:
    """Its place among what the Pareto chart counts: rank, share, running total, whether it is of the vital few, and from what."""
    place = pareto_place(project, id)
    if place is None:
        return ""
    said = t(
        "Pareto of “{measure}”: rank {rank} of {n}, {share} of the total, {total} with those before it",
        measure=t(MEASURES[place.measure].name), rank=place.rank, n=place.n,
        share=percent(100 * place.share, t.language), total=percent(100 * place.cumulative, t.language),
    )  # fmt: skip
    figure = project.figures.get((id, place.measure))
    source = parts.provenance(figure, t) if figure else t(PARETO_SOURCES[place.source])
    return quoted(" · ".join([said, t("one of the vital few") if place.vital else t("not one of the vital few"), source]))


# --- its history ------------------------------------------------------------------------------------------------


def _history(id: str, t: Translator) -> None:
    from pages.map.history import line  # it asks the shell, which asks for this package

    fold = st.expander(t("History"), icon=":material/history:", key=f"sheet_history_{id}", on_change="rerun")
    if not fold.open:
        return
    with fold:
        store, project = workspace.store(), workspace.project_id()
        found = touchpoint_history(store.history(project, limit=1000), store.changes(project), id)
        for row in found.head(_HISTORY).to_dict("records"):
            line(row, t)
        if found.empty:
            st.caption(t("Nothing has been changed by hand yet."))
        elif len(found) > _HISTORY:
            st.caption(t("and {n} more", n=len(found) - _HISTORY))
