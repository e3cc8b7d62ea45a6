"""How firm the ranking is: which priorities hold when weights and scores vary."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from analysis import Project
from analysis import charts as drawn
from analysis.language import N_, number, percent
from analysis.methods import FIRMNESS
from analysis.project.criteria import criterion_name
from analysis.project.priorities import firm_ranking
from analysis.project.rankings import RANKINGS
from analysis.project.tipping import tipping_points
from pages.decide import charts, filters, selection, tables, trial
from pages.decide.empty import empty
from pages.decide.screen import is_phone
from pages.shell import session, workspace
from pages.shell.markdown import quoted

_HOW = N_(
    "The ranking is worked out 2,000 times with weights that vary by about 20% and scores that vary by what is not known about them. "
    "**Solid**: among the first in at least 80% of the draws. **Fragile**: in 20 to 80%: measure it before you spend money on it. "
    "**Out of reach**: in fewer."
)
_HOW_SCORES = N_(
    "The ranking by {method} is worked out 2,000 times with figures that vary by what is not known about them: what was measured or "
    "voted by its standard error, what is assumed by a tenth of its scale. **Solid**: among the first in at least 80% of the draws. "
    "**Fragile**: in 20 to 80%: measure it before you spend money on it. **Out of reach**: in fewer."
)
#: rows of the table
MOST = 60
_MARKS = {"solid": ("verified", "green"), "fragile": ("help", "orange"), "out": ("do_not_disturb_on", "gray")}


def draw(project: Project) -> None:
    t = session.t()
    choice = filters.chosen(project)
    found = _table(workspace.project_id(), project.revision, project)
    if found.empty:
        empty(t("Nothing to rank yet"), t("No touchpoint has enough scores for a rank. Fill them in under the ranking."))
        return
    frame = filters.apply(found, choice)
    _summary(found)
    _tipping(project, found)
    chosen = selection.names(project)
    charts.show(
        lambda width: drawn.ranks(frame, t.language, k=found.attrs["k"], ranked_by=_ranked_by(found), chosen=chosen, width=width),
        (project.revision, str(choice), *chosen), how=_how(found), table=lambda: tables.firmness(frame), name=t("Ranges of ranks"),
        note=trial.line(workspace.shown()), titled=False,
    )  # fmt: skip
    _list(frame.head(MOST), found.attrs["k"])
    selection.panel(project)


def _list(frame: pd.DataFrame, k: int) -> None:
    """The first ones in a table in which they can be chosen."""
    t = session.t()
    shown = frame.assign(
        share=[round(100 * float(share)) for share in frame["top_share"]],
        range=[t("{low} to {high}", low=low, high=high) for low, high in zip(frame["low"], frame["high"], strict=True)],
        said=[t(FIRMNESS[code]) for code in frame["firmness"]],
    )
    columns = {
        "rank": st.column_config.NumberColumn(t("Rank"), width=55),
        "touchpoint": st.column_config.TextColumn(t("Touchpoint"), width=150 if is_phone() else 240),
        "stage": st.column_config.TextColumn(t("Stage")),
        "range": st.column_config.TextColumn(t("Range of ranks"), help=t("Nine draws in ten lie in it.")),
        "share": st.column_config.ProgressColumn(
            t("Among the first {k}", k=k), min_value=0, max_value=100, format=tables.percent_mark(t.language)
        ),
        "said": st.column_config.TextColumn(t("Firmness")),
    }
    selection.table("firm", shown["id"].tolist(), shown[list(columns)], columns, alt=t("Firmness"))


def _ranked_by(found: pd.DataFrame) -> str:
    """What the ranking is called."""
    return session.t()(RANKINGS[found.attrs["method"]].name)


def _how(found: pd.DataFrame) -> str:
    t = session.t()
    return t(_HOW) if found.attrs["method"] == "relevance" else t(_HOW_SCORES, method=_ranked_by(found))


def _summary(found: pd.DataFrame) -> None:
    """The first ones by name, each with how firm it is."""
    t, first = session.t(), found[found["rank"] <= found.attrs["k"]]
    solid = int((first["firmness"] == "solid").sum())
    st.markdown(f"#### {t.n('{n} of the first {k} is solid', '{n} of the first {k} are solid', solid, k=found.attrs['k'])}")
    for row in first.to_dict("records"):
        icon, colour = _MARKS[row["firmness"]]
        share = percent(100 * row["top_share"], t.language)
        st.markdown(f":{colour}-badge[:material/{icon}: {t(FIRMNESS[row['firmness']])}] **{quoted(row['touchpoint'])}** — "
                    + t("among the first in {share} of the draws", share=share))  # fmt: skip


def _tipping(project: Project, found: pd.DataFrame) -> None:
    """A sentence for each fragile item of the first ones: what would put it out of them."""
    t, k = session.t(), found.attrs["k"]
    fragile = found[found["firmness"] == "fragile"].set_index("id")["touchpoint"]
    points = tipping_points(project, k)
    lines = [_sentence(project, row, str(fragile[row["id"]]), k) for row in points.to_dict("records") if row["id"] in fragile.index]
    if lines:
        st.markdown(f"**{t('What would put a fragile one out')}**\n" + "\n".join(f"- {line}" for line in lines))


def _sentence(project: Project, row: dict[Any, Any], name: str, k: int) -> str:
    t = session.t()
    facts = {"name": quoted(name), "next": quoted(str(row["next"])), "k": k, "points": number(row["points"], t.language, 1)}
    if pd.isna(row["criterion"]):
        return t("{name} is {points} points ahead of {next}; no single figure would put it out of the first {k}.", **facts)
    value, needed = number(row["value"], t.language, 1), number(row["needed"], t.language, 1)
    return t(
        "{name} leaves the first {k} when “{criterion}” goes from {value} past {needed}: {next} is {points} points behind.",
        criterion=quoted(criterion_name(project, row["criterion"], t)), value=value, needed=needed, **facts,
    )  # fmt: skip


@st.cache_data(show_spinner=False, max_entries=32)
def _table(id: str, revision: int, _project: Project) -> pd.DataFrame:
    return firm_ranking(_project)
