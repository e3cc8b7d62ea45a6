"""Two personas or two periods counted in the same order, below the Pareto chart."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import streamlit as st

from analysis import Project
from analysis import charts as drawn
from analysis.language import N_, date, percent
from analysis.project.comparing import Side, compared, personas_in
from analysis.project.measures import MEASURES, Period, dated, grouping_name, label_name, written
from pages.decide import charts, selection
from pages.shell import session

_HOW = N_(
    "Both are drawn in the order of the first, so that the eye sees at once what is larger or smaller for the second. Each bar is a share "
    "of its own total; full colour marks the vital few of that side."
)
_WAYS = {"personas": N_("Two personas"), "date": N_("Before and after a date"), "periods": N_("Two periods")}


def draw(project: Project, measure: str, by: str, threshold: float, within: list[str] | None, depends: tuple[Any, ...]) -> None:
    """The choice of what is compared, folded, and its chart; nothing where there are neither personas nor dates."""
    t, personas, span = session.t(), personas_in(project, measure), dated(project, measure)
    ways = (["personas"] if len(personas) > 1 else []) + (["date", "periods"] if span and span[0] < span[1] else [])
    if not ways:
        return
    with st.expander(t("Compare two personas or two periods"), icon=":material/compare_arrows:", key="compare"):
        way = st.segmented_control(
            t("Compare"), ways, key=f"compare_way_{measure}", format_func=lambda code: t(_WAYS[code]), persist_state="session",
            label_visibility="collapsed",
        )  # fmt: skip
        sides = _personas(personas) if way == "personas" else _sides(way, measure, span) if way and span else None
        if sides:
            _chart(project, measure, by, threshold, within, sides, depends)


def _personas(personas: list[str]) -> tuple[Side, Side] | None:
    t = session.t()
    with st.container(horizontal=True):
        one = st.selectbox(t("First"), personas, key="compare_first", width=240, persist_state="session")
        others = [name for name in personas if name != one]
        two = st.selectbox(t("Second"), others, key="compare_second", width=240, persist_state="session")
    return (Side(str(one), persona=str(one)), Side(str(two), persona=str(two))) if one and two else None


def _sides(way: str, measure: str, span: tuple[dt.date, dt.date]) -> tuple[Side, Side] | None:
    """Two periods: on either side of a day, or each from a day to a day."""
    t = session.t()
    if way == "date":
        day = st.date_input(t("Date"), None, *span, format="DD/MM/YYYY", key=f"split_{measure}", width=160)
        if not isinstance(day, dt.date):
            return None
        before: Period = (None, day - dt.timedelta(days=1))
        said = date(day, t.language)
        return Side(t("Before {date}", date=said), period=before), Side(t("From {date}", date=said), period=(day, None))
    with st.container(horizontal=True):
        chosen = [
            st.date_input(label, [], *span, format="DD/MM/YYYY", key=f"compare_{end}_{measure}", width=260)
            for end, label in (("first", t("First period")), ("second", t("Second period")))
        ]
    if not all(isinstance(period, tuple) and len(period) == 2 for period in chosen):
        st.caption(t("Choose the first and the last day of both."))
        return None
    one, two = (Side(f"{date(first, t.language)} – {date(last, t.language)}", period=(first, last)) for first, last in chosen)  # type: ignore[misc]
    return (one, two) if one != two else None


def _chart(
    project: Project, measure: str, by: str, threshold: float, within: list[str] | None, sides: tuple[Side, Side], depends: tuple[Any, ...]
) -> None:
    t = session.t()
    table = compared(project, measure, *sides, by, threshold=threshold, within=within)
    table["label"] = [label_name(str(label), by, t) for label in table["label"]]
    chosen = selection.names(project) if by == "touchpoint" else ()
    charts.show(
        lambda width: drawn.comparison(table, t.language, measure=t(MEASURES[measure].name), chosen=chosen, width=width),
        (*depends, str(sides), *chosen), how=t(_HOW), table=_table(table, measure, by, project), name=t("Comparison"),
    )  # fmt: skip


def _table(table: pd.DataFrame, measure: str, by: str, project: Project) -> pd.DataFrame:
    t, currency, (one, two) = session.t(), project.settings.currency, table.attrs["names"]
    columns: dict[str, Any] = {grouping_name(by, t.language): table["label"]}
    for side, name in (("first", one), ("second", two)):
        columns[name] = [written(value, measure, t.language, currency) for value in table[side]]
        columns[f"{name} (%)"] = [percent(100 * value, t.language, 1) for value in table[f"{side}_share"]]
        columns[t("Vital few of {name}", name=name)] = ["✓" if vital else "" for vital in table[f"{side}_vital"]]
    return pd.DataFrame(columns)
