"""What a Pareto chart can count in a project, and by what: the same sums for a page, a report and a notebook."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.language import N_, Translator, money, number, percent, translator
from analysis.methods.pareto import rest_of
from analysis.project.counting import OF_ANSWERS, occurrences, segments, surely_counts, themes
from analysis.project.evidence_key import evidence_key
from analysis.project.filter_words import segment_name

if TYPE_CHECKING:
    from analysis.project.project import Project

#: first and last day, None where it is open
Period = tuple[dt.date | None, dt.date | None]
#: an item that stays among the vital few at least this often is sure
SURE = 0.8
#: stands for the stage of a touchpoint that has none, where names must be told apart
UNKNOWN = "?"


@dataclass(frozen=True, slots=True)
class Measure:
    """Something a Pareto chart can count.

    ``additive``: amounts of several touchpoints may be summed, so that it can be grouped by stage or channel; a percentage
    or a score may not.
    """

    code: str
    name: str
    unit: str = "count"  # or money, percent, points (0 to 100), tens (0 to 10)
    additive: bool = True


MEASURES = {
    measure.code: measure
    for measure in (
        Measure("complaints", N_("Complaints")),
        Measure("pain_points", N_("Pain points")),
        Measure("incidents", N_("Critical incidents")),
        Measure("unhappy", N_("Unhappy answers")),
        Measure("comments", N_("Comments")),
        Measure("lost_value", N_("Lost value"), "money"),
        Measure("cost", N_("Cost of the improvement"), "money"),
        Measure("running_cost", N_("Running cost"), "money"),
        Measure("frequency", N_("Frequency")),
        Measure("conversion", N_("Influence on conversion"), "percent", additive=False),
        Measure("reach", N_("Reach"), "percent", additive=False),
        Measure("relevance", N_("Relevance score"), "points", additive=False),
        Measure("score_gap", N_("Importance that is not satisfied"), "tens", additive=False),
    )
}


@dataclass(frozen=True, slots=True)
class Grouping:
    """What a bar stands for."""

    code: str
    name: str


GROUPINGS = {
    grouping.code: grouping
    for grouping in (
        Grouping("touchpoint", N_("Touchpoint")),
        Grouping("stage", N_("Stage")),
        Grouping("channel", N_("Channel")),
        Grouping("family", N_("Family")),
        Grouping("owner", N_("Owner")),
        Grouping("persona", N_("Persona")),
        Grouping("cause", N_("Cause")),
        Grouping("theme", N_("Theme")),
    )
}


def available_measures(project: Project) -> list[str]:
    """The measures that have at least one amount above zero, and something to group it by, the most telling first."""
    return [code for code in MEASURES if _countable(project, code)]


def _countable(project: Project, measure: str) -> bool:
    if surely_counts(project, measure):
        return True
    rows = occurrences(project, measure)
    above = (rows["value"] > 0).fillna(False).to_numpy(dtype=bool)
    return bool(above.any()) and (bool(rows["id"].notna().to_numpy()[above].any()) or bool(_groupings(project, measure, rows)))


def available_groupings(project: Project, measure: str) -> list[str]:
    """By what a measure can be grouped, the most usual first: codes of `GROUPINGS`, then columns of the answers (``attr:Country``).

    Only by touchpoint when its amounts cannot be summed, and by what the project knows of what is counted: answers that name a stage
    and no touchpoint are grouped by stage.
    """
    return _groupings(project, measure, occurrences(project, measure))


def _groupings(project: Project, measure: str, rows: pd.DataFrame) -> list[str]:
    if not MEASURES[measure].additive:
        return ["touchpoint"]
    rows = rows[(rows["value"] > 0).fillna(False).to_numpy(dtype=bool)]
    at_touchpoints = bool(rows["id"].notna().any())
    found = ["touchpoint"] if at_touchpoints else []
    for code in GROUPINGS:
        if code in OF_ROWS:
            known = rows[OF_ROWS[code]] if OF_ROWS[code] in rows.columns else None
        elif code == "stage":
            known = rows["stage_id"]
        else:
            known = project.touchpoints[code] if at_touchpoints and code != "touchpoint" else None
        if known is not None and known.notna().any():
            found.append(code)
    return found + [column for column in segments(project) if column in rows.columns and rows[column].nunique() > 1]  # one bar says nothing


def default_grouping(project: Project, measure: str) -> str:
    """By what a measure is grouped unless somebody chooses: touchpoints where it knows them, else stages, personas or causes."""
    return next(iter(available_groupings(project, measure)), "touchpoint")


def grouping_name(by: str, language: str) -> str:
    """What a grouping is called: “Stage”, or the header of a column of the answers.

    >>> grouping_name("stage", "en"), grouping_name("attr:Country", "en")
    ('Stage', 'Country')
    """
    return translator(language)(GROUPINGS[by].name) if by in GROUPINGS else segment_name(by, language)


def default_measure(project: Project, available: Sequence[str] | None = None) -> str | None:
    """The project's own choice when it still has amounts, else the first available (to be given when it is known)."""
    chosen = project.settings.views.get("pareto_measure")
    wished = [chosen, *MEASURES] if chosen in MEASURES else [*MEASURES]
    return next((code for code in wished if (_countable(project, code) if available is None else code in available)), None)


def amounts(project: Project, measure: str, by: str = "touchpoint") -> pd.DataFrame:
    """Occurrences to be summed: id, label, value; one row a touchpoint, card or answer.

    Parameters
    ----------
    measure : a code of `MEASURES`.
    by : a code of `GROUPINGS`, or a column of the answers (``attr:Country``). Touchpoints that share a name are told apart by their stage.

    Returns
    -------
    id (of the touchpoint, stage or None), label (NA when the group is unknown) and value (NA: not known, never zero). Several labels that
    stand for all the rest (“Other”, “Divers”) become one, the first.

    >>> from analysis import Project
    >>> amounts(Project.new("Shop"), "pain_points").empty
    True
    """
    found = _labelled(project, measure, by)
    rest = rest_of(found["label"].dropna().unique())
    return found.assign(label=found["label"].replace(rest, rest[0])) if len(rest) > 1 else found


def _labelled(project: Project, measure: str, by: str) -> pd.DataFrame:
    rows = occurrences(project, measure)
    if by in OF_ROWS or by not in GROUPINGS:
        return _by_own_label(project, measure, rows, by)
    labels = _labels(project.touchpoints, by)
    if by == "stage":
        ids = rows["stage_id"]
        names = dict(zip(project.stages["id"], project.stages["stage"], strict=True))
        label = ids.map(names)
    else:
        ids = rows["id"] if by == "touchpoint" else pd.Series(None, index=rows.index, dtype="string")
        label = rows["id"].map(labels)
    return pd.DataFrame({"id": ids.astype("string"), "label": label.astype("string"), "value": rows["value"].astype("Float64")})


#: groupings that belong to what is counted and not to its touchpoint → the column of the rows that they are read from
OF_ROWS = {"persona": "persona", "cause": "cause", "theme": "text"}


def _by_own_label(project: Project, measure: str, rows: pd.DataFrame, by: str) -> pd.DataFrame:
    """Rows under the label that each brings itself; one that stands for a touchpoint without any is left out."""
    column = OF_ROWS.get(by, by)
    label = rows[column].astype("string") if column in rows.columns else pd.Series(pd.NA, index=rows.index, dtype="string")
    if by == "theme":
        spoken = partial(themes, label)
        label = project.remembered(f"themes {measure}", evidence_key(project), spoken) if measure in OF_ANSWERS else spoken()
    id = pd.Series(None, index=rows.index, dtype="string")
    return pd.DataFrame({"id": id, "label": label, "value": rows["value"].astype("Float64")})


def _labels(touchpoints: pd.DataFrame, by: str) -> dict[str, Any]:
    """touchpoint id → the label of its bar."""
    names = unique_names(touchpoints) if by == "touchpoint" else touchpoints[by]
    return dict(zip(touchpoints["id"], names, strict=True))


def unique_names(touchpoints: pd.DataFrame) -> pd.Series:
    """Names of touchpoints; those that several share with their stage, or with a number where that does not tell them apart.

    >>> frame = pd.DataFrame({"touchpoint": ["Mail", "Mail", "Site"], "stage": ["Buy", "Use", "Buy"]})
    >>> unique_names(frame).tolist()
    ['Mail (Buy)', 'Mail (Use)', 'Site']
    """
    # as plain texts: the same by columns takes a page of 200 touchpoints 15 times as long
    names = [None if pd.isna(name) else str(name) for name in touchpoints["touchpoint"].tolist()]
    stages = [UNKNOWN if pd.isna(stage) else str(stage) for stage in touchpoints["stage"].tolist()]
    shared, nth, found = Counter(names), Counter[str](), []
    for name, stage in zip(names, stages, strict=True):
        told = f"{name} ({stage})" if name is not None and shared[name] > 1 else name
        if told is not None:
            nth[told] += 1
            told = told if nth[told] == 1 else f"{told} {nth[told]}"
        found.append(told)
    return pd.Series(found, index=touchpoints.index, dtype="string", name="touchpoint")


def vital_few(
    project: Project, measure: str, by: str = "touchpoint", *, threshold: float = 0.8, within: Iterable[str] | None = None,
    period: Period = (None, None), persona: str | None = None, inside: tuple[str, str] | None = None,
) -> pd.DataFrame:  # fmt: skip
    """The Pareto table of a measure of the project; see :func:`analysis.pareto`, whose columns and ``attrs`` it has.

    Parameters
    ----------
    threshold : share of the total that the vital few carry, above 0 and up to 1.
    within : ids of the touchpoints to keep; None: all.
    period : first and last day of the answers that count, None where it is open; other measures have no dates and stay whole. Answers
        without a date count only while both ends are open.
    persona : name of the one whose answers and cards count; None: all. Measures that know no persona stay whole.
    inside : a grouping and one of its labels; only what belongs to that bar is counted.

    Returns
    -------
    The columns of :func:`analysis.pareto`, then id (of the touchpoint or stage). More ``attrs``: measure, by, unknown (amount
    that belongs to no group).

    Raises
    ------
    NegativeValues : naming the items.
    """
    from analysis.methods import pareto

    rows = _counted(project, measure, by, within, period, persona, inside)
    table = pareto(rows[rows["label"].notna()], "label", "value", threshold, other=other_of(rows))
    ids = dict(zip(rows["label"].dropna(), rows["id"][rows["label"].notna()], strict=True))
    attrs = dict(table.attrs)
    table = table.assign(id=table["label"].map(ids).astype("string"))
    unknown = float(rows["value"][rows["label"].isna()].fillna(0).sum())
    table.attrs.update(attrs | {"measure": measure, "by": by, "unknown": unknown})
    return table


def other_of(rows: pd.DataFrame) -> str | None:
    """Which label of `amounts` stands for all the rest, if one does."""
    return next(iter(rest_of(rows["label"].dropna().unique())), None)


#: where the amounts of a measure come from
PARETO_SOURCES = {
    "answers": N_("counted from answers"),
    "cards": N_("counted from the cards of the map"),
    "figures": N_("from scores: set by hand, read from a file or measured"),
}
_COUNTED_FROM = {"unhappy": "answers", "comments": "answers", "pain_points": "cards", "lost_value": "cards"}


@dataclass(frozen=True, slots=True)
class ParetoPlace:
    """Where a touchpoint stands in the Pareto chart of a measure; ``source`` is a key of `PARETO_SOURCES`."""

    measure: str
    rank: int
    n: int
    share: float
    cumulative: float
    vital: bool
    source: str


def pareto_place(project: Project, touchpoint: str, measure: str | None = None) -> ParetoPlace | None:
    """A touchpoint's place in the Pareto chart: of a measure, or of the one that the project looks at.

    The line of the vital few is the project's own (80 % unless it was moved). None: there is nothing to count, or nothing of
    this touchpoint.
    """
    measure = measure or default_measure(project)
    if measure is None:
        return None
    table = vital_few(project, measure, threshold=float(project.settings.views.get("threshold", 0.8)))
    row = table[table["id"] == touchpoint]
    if row.empty or not row["value"].iloc[0] > 0:
        return None
    found = row.iloc[0]
    counted = int((table["value"] > 0).sum())
    source = _COUNTED_FROM.get(measure, "figures")
    share, cumulative = float(found["share"]), float(found["cumulative"])
    return ParetoPlace(measure, int(found["rank"]), counted, share, cumulative, bool(found["vital"]), source)


def _counted(
    project: Project, measure: str, by: str, within: Iterable[str] | None, period: Period = (None, None), persona: str | None = None,
    inside: tuple[str, str] | None = None,
) -> pd.DataFrame:  # fmt: skip
    """The rows of `amounts` that belong to these touchpoints, this persona and this bar (None: all) and fall in the period."""
    rows, found = amounts(project, measure, by), occurrences(project, measure)
    kept = pd.Series(True, index=found.index) if within is None else found["id"].isin(set(within))
    if persona is not None and "persona" in found.columns:
        kept &= (found["persona"] == persona) | (found["value"] == 0)
    if inside is not None:
        kept &= (amounts(project, measure, inside[0])["label"] == inside[1]).fillna(False).astype(bool)
    first, last = period
    if "date" in found.columns and (first or last):
        days = pd.to_datetime(found["date"])
        kept &= days.notna()
        if first:
            kept &= days >= pd.Timestamp(first)
        if last:
            kept &= days < pd.Timestamp(last) + pd.Timedelta(days=1)
    return rows[kept.fillna(False).to_numpy(dtype=bool)]


def dated(project: Project, measure: str) -> tuple[dt.date, dt.date] | None:
    """First and last day of what a measure counts, None where it has no dates."""
    rows = occurrences(project, measure)
    days = pd.to_datetime(rows["date"]).dropna() if "date" in rows.columns else pd.Series(dtype="datetime64[us]")
    return (days.min().date(), days.max().date()) if len(days) else None


def steadiness(
    project: Project, measure: str, by: str = "touchpoint", *, threshold: float = 0.8, within: Iterable[str] | None = None,
    period: Period = (None, None), persona: str | None = None,
) -> pd.DataFrame:  # fmt: skip
    """How often each item stays among the vital few when what was counted is drawn again; see :func:`analysis.pareto_stability`.

    Same arguments as `vital_few`.

    Returns
    -------
    label, vital, stays (0…1; NaN where nothing can be drawn again, as for costs) and hold: ``sure`` (one of the vital few in at
    least 80 % of the draws), ``unsure`` (in fewer), ``close`` (not one of them now, but in at least 20 % of the draws), else NA.
    """
    from analysis.methods import pareto_stability

    rows = _counted(project, measure, by, within, period, persona)
    rows = rows[rows["label"].notna()]
    # the complaints of a touchpoint are the evidence, not the touchpoints
    counted = rows if MEASURES[measure].unit == "count" else rows.head(0)
    sums = counted.groupby("label", sort=False)["value"].sum(min_count=1).reset_index()
    table = pareto_stability(sums, "label", "value", threshold, other=other_of(rows))
    vital, stays = table["vital"].astype(bool), table["stays"]
    hold = pd.Series(pd.NA, index=table.index, dtype="string")
    hold[vital & (stays >= SURE)] = "sure"
    hold[vital & (stays < SURE)] = "unsure"
    hold[~vital & (stays >= 1 - SURE)] = "close"
    return table.assign(hold=hold)


# --- in words ---------------------------------------------------------------------------------------------------


def written(value: Any, measure: str, language: str, currency: str = "EUR") -> str:
    """An amount of a measure in the language: money with its sign, percentages with theirs."""
    unit = MEASURES[measure].unit
    if unit == "money":
        return money(value, language, currency)
    if unit == "percent":
        return percent(value, language)
    return number(value, language, {"points": 0, "tens": 1}.get(unit))


def label_name(label: str, by: str, t: Translator) -> str:
    """What a bar is called in the reader's language: themes have codes, everything else its own name."""
    from analysis.methods import THEMES

    return t(THEMES[label]) if by == "theme" and label in THEMES else label


def astray(table: pd.DataFrame) -> float:
    """Share of the whole, 0 to 1, that belongs to no group (no stage, no channel) and is not in the table."""
    facts = table.attrs
    whole = facts["total"] + facts["unknown"]
    return facts["unknown"] / whole if whole else 0.0


def zeros(table: pd.DataFrame) -> list[str]:
    """Labels of the items at zero: listed, not drawn."""
    return [str(label) for label in table.loc[table["value"] == 0, "label"]]
