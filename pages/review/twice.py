"""Rows of a file that speak of one touchpoint and give other figures: said, and perhaps they are answers of people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from analysis.language import Translator, number
from analysis.reading import corrections as correct
from pages.map.versions import field_name
from pages.shell.markdown import quoted
from pages.shell.pending import Pending

#: figures that are listed at once
_MOST = 200


def said_twice(plans: Sequence[Any], t: Translator) -> None:
    """Each figure that two rows give otherwise, with both cells; the later one is imported."""
    lines = pd.concat([plan.twice for plan in plans], ignore_index=True) if plans else pd.DataFrame()
    if lines.empty:
        return
    with st.container(border=True, key="said_twice"):
        said = t.n("{n} figure is given twice: a later row says something else of the same touchpoint.",
                   "{n} figures are given twice: later rows say something else of the same touchpoint.", len(lines))  # fmt: skip
        st.markdown(f":material/content_copy: **{said}**")
        st.caption(t("The later figure is imported. If both should count, give the rows names of their own in the file."))
        st.dataframe(_table(lines.head(_MOST), t), hide_index=True, width="stretch", height=min(38 + 35 * len(lines), 220))


def _table(lines: pd.DataFrame, t: Translator) -> pd.DataFrame:
    def figures(value: str, cell: str) -> list[str]:
        return [f"{number(row[value], t.language)} ({row[cell]})" for row in lines.to_dict("records")]

    return pd.DataFrame({
        t("What"): lines["item"], t("Field"): [field_name(name, t) for name in lines["field"]],
        t("Passed over"): figures("first", "first_cell"), t("Imported"): figures("value", "cell"), t("Sheet"): lines["sheet"],
    })  # fmt: skip


def perhaps_answers(file: Pending, index: int, plan: Any, key: str, t: Translator) -> None:
    """An inventory that names its touchpoints over and over may be what people answered: offered in one click."""
    table = file.tables[index]
    if plan is None or table.kind != "touchpoints" or "touchpoint" not in table.frame or not file.wanted[index]:
        return
    again = plan.twice[plan.twice["sheet"] == table.sheet]
    names = table.frame["touchpoint"].nunique()
    if len(table.frame) < 2 * names or again["item"].nunique() * 2 < names:
        return
    said = t("{n} rows speak of {names} touchpoints and give them other figures: are they answers of customers?",
             n=number(len(table.frame), t.language), names=names)  # fmt: skip
    with st.container(border=True, key=f"answers_{key}"):
        st.markdown(f":material/help: **{quoted(said)}**")
        st.caption(t("Read as a survey, each row counts as an answer; read as an inventory, only the last row of a touchpoint does."))
        if st.button(t("Read it as a survey"), key=f"as_survey_{key}", icon=":material/forum:", type="primary"):
            file.replace(index, correct.with_kind(table, "survey"))
            st.rerun()
