"""Where staff and customers see a touchpoint differently."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis import Project, perception_gap
from analysis import charts as drawn
from analysis.language import N_, number
from analysis.project.sides import both_sides, sides_key
from pages.decide import charts, selection, tables
from pages.decide.empty import empty
from pages.shell import session

_HOW = N_(
    "Each line joins what customers say (circle) and what staff think they say (square). The longer it is, the further apart they are. "
    "Grey lines may be chance: there are too few answers to tell. Long clear lines are the best subjects for a meeting between teams."
)
_NOTHING = N_(
    "Have the same touchpoints rated by your teams, and bring their answers with a column that says who answers; "
    "or record what each side says in the sheet of a touchpoint."
)


def draw(project: Project) -> None:
    t = session.t()
    depends = sides_key(project)
    table = _table(depends, project)
    if table["gap"].isna().all():
        empty(
            t("No touchpoint is rated by both staff and customers yet"),
            t(_NOTHING),
            {"data": (t("Bring a file"), "upload_file")},
        )
        return
    chosen = selection.names(project)
    charts.show(
        lambda width: drawn.gap(table, t.language, width=width, chosen=chosen),
        (*depends, *chosen),
        how=t(_HOW),
        table=lambda: tables.gaps(table),
        name=t("Staff and customers"),
    )
    _outside(table)
    rated = set(table.loc[table["gap"].notna(), "touchpoint"])
    selection.among("gaps", project.touchpoints["id"][project.touchpoints["touchpoint"].isin(rated)])
    selection.panel(project, ("importance", "satisfaction"))
    selection.opened()


def _outside(table: pd.DataFrame) -> None:
    """Answers that are off their scale: said, never bent to fit."""
    t, off = session.t(), table.attrs.get("outside", [])
    if not off:
        return
    title = t.n("{n} answer is off its scale and does not count", "{n} answers are off their scale and do not count", len(off))
    with st.expander(title, icon=":material/warning:"):
        named = pd.DataFrame(off).reindex(columns=["touchpoint", "side", "value", "low", "high"])
        st.dataframe(
            pd.DataFrame(
                {
                    t("Touchpoint"): named["touchpoint"],
                    t("Answer"): [number(value, t.language) for value in named["value"]],
                    t("Scale"): [
                        t("{low} to {high}", low=number(low, t.language), high=number(high, t.language))
                        for low, high in zip(named["low"], named["high"], strict=True)
                    ],
                }
            ),
            hide_index=True,
        )


@st.cache_data(show_spinner=False, max_entries=32)
def _table(depends: tuple[object, ...], _project: Project) -> pd.DataFrame:
    found: pd.DataFrame = perception_gap(both_sides(_project))
    return found
