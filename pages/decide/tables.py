"""The tables behind the charts, written in the reader's language."""

from __future__ import annotations

import pandas as pd

from analysis import Project
from analysis.charts.gap import MEASURES
from analysis.language import interval, number, percent, percent_sign, signed
from analysis.methods import FIRMNESS, ROLES
from analysis.project.criteria import criterion_name
from analysis.project.priorities import quadrant_names
from pages.shell import session


def matrix(frame: pd.DataFrame, project: Project) -> pd.DataFrame:
    """Touchpoints with the two criteria of the matrix and their quadrant, those that are not placed last."""
    t, names = session.t(), quadrant_names(project, session.language())
    up, right = frame.attrs["matrix"]["impact"], frame.attrs["matrix"]["effort"]
    rows = frame.sort_values([up, right], ascending=[False, True], na_position="last", kind="stable")
    return pd.DataFrame(
        {
            t("Touchpoint"): rows["touchpoint"],
            t("Stage"): rows["stage"],
            t("Impact") if up == "impact" else criterion_name(project, up, t): _numbers(rows[up]),
            criterion_name(project, right, t): _numbers(rows[right]),
            t("Quadrant"): rows["quadrant"].map(names),
            t("Answers"): _numbers(rows["n"]),
        }
    )


def firmness(frame: pd.DataFrame) -> pd.DataFrame:
    """Ranks, their range over the draws and how often each touchpoint is among the first."""
    t = session.t()
    return pd.DataFrame(
        {
            t("Rank"): frame["rank"],
            t("Touchpoint"): frame["touchpoint"],
            t("From rank"): frame["low"],
            t("To rank"): frame["high"],
            t("Among the first"): [percent(100 * share, t.language) for share in frame["top_share"]],
            t("Firmness"): [t(FIRMNESS[code]) for code in frame["firmness"]],
        }
    )


def reach(frame: pd.DataFrame) -> pd.DataFrame:
    t = session.t()
    return pd.DataFrame(
        {
            t("Touchpoint"): frame["touchpoint"],
            t("Reach"): [percent(value, t.language) for value in frame["reach"].astype("Float64")],
            t("Touchpoint Value"): _numbers(frame["touchpoint_value"], 0),
            t("Quadrant"): [t(ROLES[code]) if pd.notna(code) else "" for code in frame["quadrant"]],
        }
    )


def importance(table: pd.DataFrame) -> pd.DataFrame:
    t, rows = session.t(), table[table["n"] > 0]
    return pd.DataFrame(
        {
            t("Touchpoint"): rows["touchpoint"],
            t("Stage"): rows["stage"],
            t("Mean importance"): _numbers(rows["mean"], 1),
            t("Answers"): rows["n"],
        }
    )


def gaps(table: pd.DataFrame) -> pd.DataFrame:
    t = session.t()
    return pd.DataFrame(
        {
            t("Touchpoint"): table["touchpoint"],
            t("Measure"): [t(MEASURES[code][0]) if code in MEASURES else str(code) for code in table["measure"]],
            t("Customers"): _numbers(table["customer"], 1),
            t("Staff"): _numbers(table["staff"], 1),
            t("Gap"): [signed(value, t.language) if pd.notna(value) else "" for value in table["gap"]],
            t("95% interval"): [_between(low, high) for low, high in zip(table["low"], table["high"], strict=True)],
            t("Answers of customers"): table["n_customer"],
            t("Answers of staff"): table["n_staff"],
        }
    )


def _between(low: float, high: float) -> str:
    language = session.language()
    return "" if pd.isna(low) else interval(signed(low, language), signed(high, language), language)


def _numbers(values: pd.Series, decimals: int | None = None) -> list[str]:
    language = session.language()
    return ["" if pd.isna(value) else number(float(value), language, decimals) for value in values]


def percent_mark(language: str) -> str:
    """A whole percentage in Streamlit's own formats, which know no language: ``80 %`` in French, ``80%`` in English."""
    return "%d" + percent_sign(language).replace("%", "%%")
