"""The Pareto chart: which few items carry most of an amount."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from analysis import ParcoursError, Project
from analysis.charts.pareto import MEASURES as KNOWN
from analysis.charts.pareto import item_of
from analysis.charts.pareto import pareto as draw_pareto
from analysis.language import N_, listed, percent
from analysis.project import edits
from analysis.project.measures import (
    MEASURES,
    astray,
    available_groupings,
    available_measures,
    default_measure,
    grouping_name,
    label_name,
    steadiness,
    vital_few,
    written,
    zeros,
)
from analysis.project.priorities import narrowed
from pages.decide import charts, compare, filters, selection, trial
from pages.decide.empty import empty
from pages.decide.tables import percent_mark
from pages.shell import session, workspace
from pages.shell.markdown import quoted
from pages.shell.synced import named, synced

_HOW = N_(
    "Bars go from the largest to the smallest; the curve adds them up. Where it crosses the line, what stands to its left carries the "
    "share of the total that you have chosen: these are the **vital few**, drawn in colour. A Pareto chart shows where, not why: look at "
    "the comments and pain points of the first bars next."
)

#: of the vital few, offered as chips
_MOST = 12
_HOLDS = {
    "sure": ("verified", "green", N_("Sure")),
    "unsure": ("help", "orange", N_("Unsure")),
    "close": ("arrow_upward", "blue", N_("Close behind")),
}
#: of the plot, in pixels
HEIGHT = 400


def draw(project: Project) -> None:
    t, kept = session.t(), workspace.shown()
    measures = available_measures(kept)
    measure = default_measure(kept, measures)
    if measure != "relevance" and not trial.scores(kept):
        project = kept  # weights that are tried change no other amount
    if measure is None:
        empty(
            t("Nothing to count yet"),
            t(
                "A Pareto chart counts pain points, complaints, costs or answers: add pain points to the map, or bring a file that "
                "holds them."
            ),
            {"journey": (t("Open the map"), "conversion_path"), "data": (t("Bring a file"), "upload_file")},
        )
        return
    choice, by, threshold = _controls(project, measures, measure)
    shown = narrowed(project.touchpoints, **choice)
    within = list(shown["id"]) if any(choice.values()) else None
    try:
        table = _named(vital_few(project, measure, by, threshold=threshold / 100, within=within))
    except ParcoursError as error:
        st.warning(error.message(t.language), icon=":material/warning:")
        return
    known = measure if measure in KNOWN else t(MEASURES[measure].name)
    depends = (project.revision, measure, by, threshold, str(choice))
    again = partial(steadiness, project, measure, by, threshold=threshold / 100, within=within)
    stays = _sure(table, again, depends)
    chosen = _chosen(project, by)
    charts.show(
        lambda width: draw_pareto(
            table, t.language, measure=known, item=item_of(by), chosen=chosen, width=width, height=HEIGHT, most=_most(width)
        ),
        (charts.seen(table, "label", "value"), measure, by, threshold, *chosen), how=t(_HOW), table=_written(table, project, stays),
        name=t("Pareto chart"),
        note=trial.line(workspace.shown()),
    )  # fmt: skip
    _holds(stays)
    _left_out(table)
    compare.draw(project, measure, by, threshold / 100, within, depends)
    _inside(project, table, measure, by, threshold, within)
    if by == "touchpoint" and not table.empty:
        _choose(project, table)
    selection.opened()


def _most(width: float) -> int:
    """How many bars have room for their names."""
    return 20 if width > 560 else 12 if width > 420 else 8


def _inside(project: Project, table: pd.DataFrame, measure: str, by: str, threshold: int, within: Iterable[str] | None) -> None:
    """A second Pareto chart inside one bar, by something else; nothing where amounts cannot be summed."""
    t = session.t()
    ways = [code for code in available_groupings(project, measure) if code != by]
    drawn = table[table["value"] > 0]
    bars = dict(zip(drawn["raw"], drawn["label"], strict=True))
    if not ways or not bars:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        bar = st.selectbox(
            t("Look inside"), list(bars), index=None, key=f"inside_bar_{measure}_{by}", placeholder=t("Choose a bar"), width=320,
            format_func=lambda label: bars.get(label, label), persist_state="session",
        )  # fmt: skip
        if bar is None:
            return
        way = st.selectbox(
            t("Inside, by"), ways, key=f"inside_by_{by}", format_func=lambda code: grouping_name(code, t.language), width=200,
            persist_state="session",
        )  # fmt: skip
    second = _named(vital_few(project, measure, way, threshold=threshold / 100, within=within, inside=(by, bar)))
    if second.empty:
        st.caption(t("Nothing to count yet"))
        return
    known = measure if measure in KNOWN else t(MEASURES[measure].name)
    chosen = _chosen(project, way)
    charts.show(
        lambda width: draw_pareto(
            second, t.language, measure=known, item=item_of(way), chosen=chosen, width=width, height=280, most=_most(width)
        ),
        (charts.seen(second, "label", "value"), measure, by, bar, way, threshold, *chosen), how=t(_HOW), table=_written(second, project),
        name=t("What is inside"),
    )  # fmt: skip


def _named(table: pd.DataFrame) -> pd.DataFrame:
    """The table with its labels as people call them."""
    t = session.t()
    named = table.assign(raw=table["label"].astype(str), label=[label_name(str(label), table.attrs["by"], t) for label in table["label"]])
    named.attrs |= table.attrs
    return named


def _sure(table: pd.DataFrame, again: Callable[[], pd.DataFrame], depends: tuple[Any, ...]) -> pd.DataFrame | None:
    """How often each item stays among the vital few, worked out when it is asked for; None where there is nothing to draw again."""
    t = session.t()
    if MEASURES[table.attrs["measure"]].unit != "count" or table.empty:
        return None
    why = t("Counts 500 times again what was counted, by chance.")
    if not st.toggle(t("How sure is it?"), key="pareto_sure", persist_state="session", help=why):
        return None
    found = _steadiness((workspace.project_id(), *depends), again)
    return found.assign(label=[label_name(str(label), table.attrs["by"], t) for label in found["label"]])


def _holds(stays: pd.DataFrame | None) -> None:
    """Which of the vital few are sure, which are not, and which others come close."""
    t = session.t()
    if stays is None:
        return
    for hold, (icon, colour, label) in _HOLDS.items():
        rows = stays[stays["hold"] == hold]
        names = [f"{name} ({percent(100 * share, t.language)})" for name, share in zip(rows["label"], rows["stays"], strict=True)]
        if names:
            st.markdown(f":{colour}-badge[:material/{icon}: {t(label)}] {quoted(_few(names))}")
    st.caption(t("In brackets: in how many of 500 resamples of what was counted an item stays among the vital few."))


@st.cache_data(show_spinner=False, max_entries=64)
def _steadiness(depends: tuple[Any, ...], _make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    return _make()


def _left_out(table: pd.DataFrame) -> None:
    """What the bars do not show: items at zero, amounts that belong to no group."""
    t, lost, zero = session.t(), astray(table), zeros(table)
    if lost:
        st.info(
            t("{share} of the total belongs to no group and is not drawn.", share=percent(100 * lost, t.language)), icon=":material/info:"
        )
    if zero:
        st.caption(t("At zero: {names}.", names=_few(zero)))


def _few(names: list[str], most: int = 12) -> str:
    t = session.t()
    more = [t("and {n} more", n=len(names) - most)] if len(names) > most else []
    return listed(names[:most], t.language) if not more else ", ".join([*names[:most], *more])


def _controls(project: Project, measures: list[str], measure: str) -> tuple[dict[str, list[str]], str, int]:
    """What is counted, by what, up to which line; the measure and the line are kept with the project."""
    t = session.t()
    by_key = f"pareto_by_{measure}"
    options = available_groupings(project, measure)
    if st.session_state.get(by_key) not in options:
        st.session_state[by_key] = options[0]
    first, second, third = st.columns([3, 2, 3], vertical_alignment="bottom")
    first.selectbox(
        t("What is counted"), measures, key=synced("pareto_measure", measure), format_func=lambda code: t(MEASURES[code].name),
        on_change=_keep, args=("pareto_measure", 1.0),
    )  # fmt: skip
    by = second.selectbox(t("By"), options, key=by_key, format_func=lambda code: grouping_name(code, t.language),
                          persist_state="session", disabled=len(options) == 1)  # fmt: skip
    kept = round(100 * float(project.settings.views.get("threshold", 0.8)))
    threshold = third.slider(
        t("Line (% of the total)"), 50, 95, key=synced("threshold", min(max(kept, 50), 95)), format=percent_mark(t.language),
        on_change=_keep, args=("threshold", 0.01),
    )  # fmt: skip
    return filters.chosen(project), by, threshold


def _keep(name: str, factor: float) -> None:
    value = st.session_state[name]
    head = workspace.store().load(workspace.project_id())
    workspace.edit(
        edits.set_view(head, **{name: value if isinstance(value, str) else round(value * factor, 4)}), N_("Change the Pareto chart")
    )


def _chosen(project: Project, by: str) -> tuple[str, ...]:
    """The names to be marked: bars of touchpoints only."""
    return selection.names(project) if by == "touchpoint" else ()


def _choose(project: Project, table: pd.DataFrame) -> None:
    """The vital few as chips: chosen ones go into the plan."""
    t = session.t()
    vital = table[table["vital"]].head(_MOST)
    names = dict(zip(vital["id"], vital["label"], strict=True))
    if not names:
        return
    kept = [id for id in selection.get(project) if id in names]
    st.pills(
        t("The vital few"), list(names), selection_mode="multi", key=synced("vital_few", kept), format_func=named("vital_few", names),
        on_change=selection.among_these, args=("vital_few", list(names)),
    )  # fmt: skip
    selection.panel(project)


def _written(table: pd.DataFrame, project: Project, stays: pd.DataFrame | None = None) -> pd.DataFrame:
    """The table behind the chart, written in the language; with how often each item stays where that was asked for."""
    known = {} if stays is None else dict(zip(stays["label"], stays["stays"], strict=True))
    t, measure, currency = session.t(), table.attrs["measure"], project.settings.currency
    return pd.DataFrame(
        {
            t("Rank"): table["rank"],
            grouping_name(table.attrs["by"], t.language): table["label"],
            t(MEASURES[measure].name): [written(v, measure, t.language, currency) for v in table["value"]],
            t("Share of the total"): [percent(100 * v, t.language, 1) for v in table["share"]],
            t("Running total"): [percent(100 * v, t.language, 1) for v in table["cumulative"]],
            t("Vital few"): ["✓" if vital else "" for vital in table["vital"]],
        }
        | ({t("Stays in"): [percent(100 * known[label], t.language) for label in table["label"]]} if known else {})
    )
