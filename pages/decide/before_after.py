"""The same figures before a day and from that day on: NPS, CSAT and CES, then stages and touchpoints."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import streamlit as st

from analysis import Project
from analysis.charts.before_after import before_after as drawn
from analysis.language import N_, Translator, date, interval, number, signed
from analysis.project.before_after import VERDICTS, before_after, days_of, median_day
from analysis.project.evidence_key import evidence_key
from analysis.project.indicators import indicator_lines
from pages.decide import charts
from pages.decide.empty import empty
from pages.shell import series, session
from pages.shell.synced import synced

_HOW = N_(
    "Each line goes from how customers felt before the day (hollow) to how they have felt since (filled). Coloured lines changed more than "
    "chance explains; grey ones may be chance, or rest on too few answers. A change after a day need not come from what was done that day: "
    "look at what else changed."
)
_KINDS = {"stage": N_("Stages"), "touchpoint": N_("Touchpoints")}
_MARKS = {"better": ("trending_up", "green"), "worse": ("trending_down", "red"), "unclear": ("help", "gray"), "few": ("error", "orange")}
_NAMES = {"nps": "NPS", "csat": "CSAT", "ces": "CES"}


def comparable(project: Project) -> bool:
    """Whether anything has two sides: answers with a date, or indicators over time."""
    return days_of(project) is not None or len(indicator_lines(project)) > 0


def draw(project: Project) -> None:
    t, span = session.t(), days_of(project)
    if span is None or span[0] == span[1]:
        if _followed(project):
            return
        empty(
            t("No dates to compare yet"),
            t("Bring answers that say on which day they were given: they can then be compared before and after any day."),
            {"data": (t("Bring a file"), "upload_file")},
        )
        return
    table = _table((*evidence_key(project), _day(project, span)), _day(project, span), project)
    _summary(table, span)
    _figures(table[table["kind"] == "figure"])
    _answers(project, table)
    if len(lines := series.indicators(project, t, day=table.attrs["date"])):
        _indicators(project, lines, table.attrs["date"])


def _followed(project: Project) -> bool:
    """Without answers that have a date: the indicators alone, around a day of theirs. False: there are none either."""
    t, lines = session.t(), series.indicators(project, session.t())
    if lines.empty:
        return False
    first, last = lines["first"].min().date(), lines["last"].max().date()
    middle = first + (last - first) / 2
    day = st.date_input(
        t("First day of “after”"), value=middle, min_value=first + dt.timedelta(days=1), max_value=last, format="DD/MM/YYYY",
        key="followed_day", width=180, persist_state="session",
    )  # fmt: skip
    _indicators(project, series.indicators(project, t, day=day), day)
    return True


def _indicators(project: Project, lines: pd.DataFrame, day: dt.date) -> None:
    t = session.t()
    st.markdown("**" + t("Indicators over time") + "**")
    series.show(lines, project, t, day=day)
    st.caption(t("Means of the periods that begin before the day and from that day on."))


def _answers(project: Project, table: pd.DataFrame) -> None:
    """Stages and touchpoints, before and after."""
    t = session.t()
    kinds = [kind for kind in _KINDS if (table["kind"] == kind).any()]
    answered = [kind for kind in kinds if table.loc[table["kind"] == kind, "change"].notna().any()]
    if not answered:
        st.info(t("The answers belong to no stage and no touchpoint yet: assign them on the Data page."), icon=":material/info:")
        return
    kind = answered[0]
    if len(answered) > 1:
        kind = st.segmented_control(
            t("What is compared"), answered, default=kind, required=True, key="compared", format_func=lambda code: t(_KINDS[code]),
            label_visibility="collapsed", persist_state="session",
        ) or kind  # fmt: skip
    charts.show(
        lambda width: drawn(table, t.language, kind=kind, width=width), (project.revision, kind, str(table.attrs["date"])),
        how=t(_HOW), table=written(table, t), name=t("Before and after"),
    )  # fmt: skip


def _day(project: Project, span: tuple[dt.date, dt.date]) -> dt.date:
    """The day of the chooser; the median day when nothing was chosen."""
    chosen = st.session_state.get("compared_day")
    return chosen if isinstance(chosen, dt.date) and span[0] < chosen <= span[1] else _median(evidence_key(project), project)


@st.cache_data(show_spinner=False, max_entries=32)
def _median(depends: tuple[object, ...], _project: Project) -> dt.date:
    found = median_day(_project)
    assert found is not None
    return found


@st.cache_data(show_spinner=False, max_entries=32)
def _table(depends: tuple[object, ...], day: dt.date, _project: Project) -> pd.DataFrame:
    return before_after(_project, day)


def _summary(table: pd.DataFrame, span: tuple[dt.date, dt.date]) -> None:
    """The chooser of the day, and how many answers stand on each side."""
    t, facts = session.t(), table.attrs
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.date_input(
            t("First day of “after”"), min_value=span[0] + dt.timedelta(days=1), max_value=span[1], format="DD/MM/YYYY",
            key=synced("compared_day", facts["date"]), width=180, persist_state="session",
        )  # fmt: skip
        said = [t("{before} ratings before {day}, {after} from that day on.", before=number(facts["n_before"], t.language, 0),
                  after=number(facts["n_after"], t.language, 0), day=date(facts["date"], t.language))]  # fmt: skip
        if facts["undated"]:
            said.append(t.n("{n} rating without a date is left out.", "{n} ratings without a date are left out.", facts["undated"]))
        st.caption(" ".join(said))


def _figures(rows: pd.DataFrame) -> None:
    """NPS, CSAT and CES: after, the change, and what it is worth."""
    if rows.empty:
        return
    t = session.t()
    with st.container(horizontal=True, gap="medium", key="compared_figures"):
        for n, row in enumerate(rows.to_dict("records")):
            with st.container(border=True, width=300, key=f"compared_{n}"):
                _figure(row, t)
    st.caption(t("Interval of the change at 95%: for NPS and CSAT from those of both sides (Newcombe), for CES Welch’s."))


def _figure(row: dict[Any, Any], t: Translator) -> None:
    decimals = 1 if row["measure"] == "ces" else 0
    sides = [number(row[side], t.language, decimals).replace("-", "−") if pd.notna(row[side]) else "–" for side in ("before", "after")]
    st.markdown(f"**{figure_name(row)}**")
    st.markdown(f"### {sides[0]} → {sides[1]}" + (" %" if row["measure"] == "csat" else ""))
    st.caption(f"n = {number(row['n_before'], t.language, 0)} → {number(row['n_after'], t.language, 0)}")
    if pd.notna(row["verdict"]):
        icon, colour = _MARKS[row["verdict"]]
        st.markdown(f":{colour}-badge[:material/{icon}: {t(VERDICTS[row['verdict']])}] {change_words(row, t)}")


def figure_name(row: dict[Any, Any]) -> str:
    """“NPS”, “CSAT (1–5)”."""
    name = _NAMES.get(row["measure"], str(row["label"]))
    return name if row["measure"] == "nps" else f"{name} ({row['scale_low']:g}–{row['scale_high']:g})"


def change_words(row: dict[Any, Any], t: Translator) -> str:
    """The change with its interval."""
    decimals = 0 if row["measure"] in ("nps", "csat") else 2
    if pd.isna(row["change"]):
        return ""
    said = signed(row["change"], t.language, decimals)
    if pd.notna(row["low"]):
        said += " " + interval(signed(row["low"], t.language, decimals), signed(row["high"], t.language, decimals), t.language)
    return said


def written(table: pd.DataFrame, t: Translator) -> pd.DataFrame:
    """The table in the language: everything that was compared, gaps where nothing was answered."""
    kinds = {"figure": t("Figure"), **{code: t(name) for code, name in {"stage": N_("Stage"), "touchpoint": N_("Touchpoint")}.items()}}
    rows = table.to_dict("records")

    def shown(row: dict[Any, Any], side: str) -> str:
        decimals = 0 if row["measure"] in ("nps", "csat") else 2
        return "" if pd.isna(row[side]) else number(row[side], t.language, decimals).replace("-", "−")

    return pd.DataFrame(
        {
            t("What"): [kinds[row["kind"]] for row in rows],
            t("Name"): [figure_name(row) if row["kind"] == "figure" else row["label"] for row in rows],
            t("Before"): [shown(row, "before") for row in rows],
            t("n before"): [int(row["n_before"]) for row in rows],
            t("After"): [shown(row, "after") for row in rows],
            t("n after"): [int(row["n_after"]) for row in rows],
            t("Change, 95% interval"): [change_words(row, t) for row in rows],
            t("Verdict"): [t(VERDICTS[row["verdict"]]) if pd.notna(row["verdict"]) else "" for row in rows],
        }
    )
