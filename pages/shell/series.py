"""Indicators over time, wherever indicators are shown: a line each, with its last figure, or its means before and after a day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from analysis import Project
from analysis.language import Translator, date, number, signed
from analysis.project.importing.names import folded
from analysis.project.indicators import indicator_lines


def indicators(
    project: Project, t: Translator, *, touchpoint: str | None = None, named: str | None = None, day: dt.date | None = None
) -> pd.DataFrame:
    """The lines to show: all of them, those of a touchpoint, or those of an indicator (of that touchpoint, where one is told too)."""
    found = indicator_lines(project, day)
    if named is not None:
        found = found[np.array([folded(name) == folded(named) for name in found["indicator"]], dtype=bool)]
        own = found[(found["touchpoint_id"] == touchpoint).fillna(False)] if touchpoint else found
        return own if len(own) else found[found["touchpoint_id"].isna()] if touchpoint else found
    return found if touchpoint is None else found[(found["touchpoint_id"] == touchpoint).fillna(False)]


def show(found: pd.DataFrame, project: Project, t: Translator, *, day: dt.date | None = None) -> None:
    """A table with a small line of each indicator."""
    st.dataframe(
        written(found, project, t, day=day), hide_index=True, width="stretch",
        column_config={t("Over time"): st.column_config.LineChartColumn(width=170, color="primary")},
    )  # fmt: skip


def written(found: pd.DataFrame, project: Project, t: Translator, *, day: dt.date | None = None) -> pd.DataFrame:
    """What the table says, in the language."""
    rows = found.to_dict("records")
    table: dict[str, list[Any]] = {t("Indicator"): [row["indicator"] for row in rows], t("Over time"): [row["figures"] for row in rows]}
    where = [_where(row, project) for row in rows]
    if any(where):
        table[t("About")] = where
    if day is None:
        table[t("Last figure")] = [_figure(row["value"], row, t) for row in rows]
        table[t("Difference")] = [signed(row["change"], t.language) for row in rows]
    else:
        table[t("Before")] = [_side(row, "before", t) for row in rows]
        table[t("After")] = [_side(row, "after", t) for row in rows]
        table[t("Difference")] = [_gap(row, t) for row in rows]
    table[t("Periods")] = [t("{first} to {last}", first=_day(row["first"], t), last=_day(row["last"], t)) for row in rows]
    return pd.DataFrame(table)


def _where(row: dict[Any, Any], project: Project) -> str:
    """The touchpoint, or else the stage, that an indicator is about."""
    for kind in ("touchpoint", "stage"):
        if pd.notna(row[f"{kind}_id"]):
            return str(project.whole.table(kind)[row[f"{kind}_id"]].name)
    return ""


def _figure(value: Any, row: dict[Any, Any], t: Translator) -> str:
    if pd.isna(value):
        return "–"
    return number(float(value), t.language) + (f"\u00a0{row['unit']}" if pd.notna(row["unit"]) else "")


def _side(row: dict[Any, Any], side: str, t: Translator) -> str:
    """The mean of a side, and of how many periods it is."""
    n = int(row[f"n_{side}"])
    return _figure(row[side], row, t) + (f" (n\u00a0=\u00a0{n})" if n else "")


def _gap(row: dict[Any, Any], t: Translator) -> str:
    return "" if pd.isna(row["before"]) or pd.isna(row["after"]) else signed(row["after"] - row["before"], t.language)


def _day(moment: Any, t: Translator) -> str:
    return date(moment.date(), t.language)
