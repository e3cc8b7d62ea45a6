"""What a Pareto chart can count in a project, and by what: the same sums for a page, a report and a notebook."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.language import N_, Translator, money, number, percent

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
    unit: str = "count"  # or money, percent, points
    additive: bool = True


MEASURES = {
    measure.code: measure
    for measure in (
        Measure("complaints", N_("Complaints")),
        Measure("pain_points", N_("Pain points")),
        Measure("incidents", N_("Critical incidents")),
        Measure("unhappy", N_("Unhappy answers")),
        Measure("lost_value", N_("Lost value"), "money"),
        Measure("cost", N_("Cost of the improvement"), "money"),
        Measure("running_cost", N_("Running cost"), "money"),
        Measure("frequency", N_("Frequency")),
        Measure("conversion", N_("Influence on conversion"), "percent", additive=False),
        Measure("reach", N_("Reach"), "percent", additive=False),
        Measure("relevance", N_("Relevance score"), "points", additive=False),
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
    """The measures that have at least one amount above zero in this project, the most telling first."""
    return [code for code in MEASURES if _has(project, code)]


def _has(project: Project, measure: str) -> bool:
    return bool((occurrences(project, measure)["value"].fillna(0) > 0).any())


def available_groupings(project: Project, measure: str) -> list[str]:
    """By what a measure can be grouped: only by touchpoint when its amounts cannot be summed, and by what the project knows."""
    if not MEASURES[measure].additive:
        return ["touchpoint"]
    known, rows = project.touchpoints, occurrences(project, measure)
    of_rows = {code: rows[kept] if (kept := OF_ROWS[code]) in rows.columns else None for code in OF_ROWS}
    found = {code: known[code] if code in known.columns else of_rows[code] for code in GROUPINGS if code != "touchpoint"}
    return ["touchpoint", *(code for code, labels in found.items() if labels is not None and labels.notna().any())]


def default_measure(project: Project, available: Sequence[str] | None = None) -> str | None:
    """The project's own choice when it still has amounts, else the first available (to be given when it is known)."""
    chosen = project.settings.views.get("pareto_measure")
    wished = [chosen, *MEASURES] if chosen in MEASURES else [*MEASURES]
    return next((code for code in wished if (_has(project, code) if available is None else code in available)), None)


def amounts(project: Project, measure: str, by: str = "touchpoint") -> pd.DataFrame:
    """Occurrences to be summed: id, label, value; one row a touchpoint, card or answer.

    Parameters
    ----------
    measure : a code of `MEASURES`.
    by : a code of `GROUPINGS`. Touchpoints that share a name are told apart by their stage.

    Returns
    -------
    id (of the touchpoint, stage or None), label (NA when the group is unknown) and value (NA: not known, never zero).

    >>> from analysis import Project
    >>> amounts(Project.new("Shop"), "pain_points").empty
    True
    """
    rows = occurrences(project, measure)
    if by in OF_ROWS:
        return _by_own_label(rows, by)
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


def _by_own_label(rows: pd.DataFrame, by: str) -> pd.DataFrame:
    """Rows under the label that each brings itself; one that stands for a touchpoint without any is left out."""
    label = rows[OF_ROWS[by]].astype("string") if OF_ROWS[by] in rows.columns else pd.Series(pd.NA, index=rows.index, dtype="string")
    if by == "theme":
        label = themes(label)
    id = pd.Series(None, index=rows.index, dtype="string")
    return pd.DataFrame({"id": id, "label": label, "value": rows["value"].astype("Float64")})


def themes(texts: pd.Series) -> pd.Series:
    """The kind of difficulty that each text speaks of (a code of `analysis.methods.THEMES`), NA where it speaks of none.

    >>> themes(pd.Series(["Trop d’attente", "Bonjour", None], dtype="string")).tolist()
    ['wait', <NA>, <NA>]
    """
    from analysis.methods import theme_of

    known = {text: theme_of(text) for text in texts.dropna().unique()}
    return texts.map(known).astype("string")


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


def occurrences(project: Project, measure: str) -> pd.DataFrame:
    """id and stage_id (of the touchpoint, the stage of a card or answer its own), value; one row an occurrence."""
    return _SOURCES.get(measure, _figure)(project, measure)


def _figure(project: Project, measure: str) -> pd.DataFrame:
    frame = project.touchpoints
    return pd.DataFrame({"id": frame["id"], "stage_id": frame["stage_id"], "value": frame[measure]})


def _relevance(project: Project, measure: str) -> pd.DataFrame:
    from analysis.project.priorities import priorities

    frame = priorities(project)
    return pd.DataFrame({"id": frame["id"], "stage_id": frame["stage_id"], "value": frame["relevance"]})


def _cards(project: Project, measure: str) -> pd.DataFrame:
    """One row a card, in its own stage; touchpoints without any stand at zero, since cards are counted and not estimated."""
    kind = _LANES[measure]
    cards = [card for card in project.table("card").values() if card.kind == kind]
    if not cards:
        return pd.DataFrame({"id": pd.Series(dtype="string"), "stage_id": pd.Series(dtype="string"), "value": pd.Series(dtype="Float64")})
    home, personas = project.stage_of_touchpoint, project.table("persona")
    found = pd.DataFrame(
        {
            "id": [card.touchpoint for card in cards],
            "stage_id": [card.stage or home.get(card.touchpoint or "") for card in cards],
            "value": 1.0,
            "persona": [personas[card.persona].name if card.persona in personas else None for card in cards],
            "cause": [card.cause.strip() or None for card in cards],
            "text": [card.text for card in cards],
        }
    )
    free = project.touchpoints[["id", "stage_id"]].assign(value=0.0)
    return pd.concat([found, free], ignore_index=True)


_LANES = {"pain_points": "pain_point", "incidents": "critical_incident"}


def _unhappy(project: Project, measure: str) -> pd.DataFrame:
    """One row a customer's answer at or below -1 on the emotion scale."""
    rows = project.evidence
    low = (rows["emotion"] <= -1).fillna(False) & (rows["side"] != "staff").fillna(True)
    found = rows[low.astype(bool)]
    own = found[["date", "persona", "text"]]
    return pd.DataFrame({"id": found["touchpoint_id"], "stage_id": found["stage_id"], "value": 1.0}).join(own)


_SOURCES: dict[str, Callable[[Project, str], pd.DataFrame]] = {
    "relevance": _relevance,
    "pain_points": _cards,
    "incidents": _cards,
    "unhappy": _unhappy,
}


def vital_few(
    project: Project, measure: str, by: str = "touchpoint", *, threshold: float = 0.8, within: Iterable[str] | None = None,
    period: Period = (None, None), persona: str | None = None,
) -> pd.DataFrame:  # fmt: skip
    """The Pareto table of a measure of the project; see :func:`analysis.pareto`, whose columns and ``attrs`` it has.

    Parameters
    ----------
    threshold : share of the total that the vital few carry, above 0 and up to 1.
    within : ids of the touchpoints to keep; None: all.
    period : first and last day of the answers that count, None where it is open; other measures have no dates and stay whole. Answers
        without a date count only while both ends are open.
    persona : name of the one whose answers and cards count; None: all. Measures that know no persona stay whole.

    Returns
    -------
    The columns of :func:`analysis.pareto`, then id (of the touchpoint or stage). More ``attrs``: measure, by, unknown (amount
    that belongs to no group).

    Raises
    ------
    NegativeValues : naming the items.
    """
    from analysis.methods import pareto

    rows = _counted(project, measure, by, within, period, persona)
    table = pareto(rows[rows["label"].notna()], "label", "value", threshold)
    ids = dict(zip(rows["label"].dropna(), rows["id"][rows["label"].notna()], strict=True))
    attrs = dict(table.attrs)
    table = table.assign(id=table["label"].map(ids).astype("string"))
    unknown = float(rows["value"][rows["label"].isna()].fillna(0).sum())
    table.attrs.update(attrs | {"measure": measure, "by": by, "unknown": unknown})
    return table


#: where the amounts of a measure come from
PARETO_SOURCES = {
    "answers": N_("counted from answers"),
    "cards": N_("counted from the cards of the map"),
    "figures": N_("from scores: set by hand, read from a file or measured"),
}
_COUNTED_FROM = {"unhappy": "answers", "pain_points": "cards", "lost_value": "cards"}


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


def inside(touchpoints: pd.DataFrame, by: str, label: str) -> list[str]:
    """Ids of the touchpoints behind one bar: what `vital_few` takes as ``within``.

    >>> frame = pd.DataFrame({"id": ["a", "b"], "touchpoint": ["Mail", "Site"], "stage": ["Buy", "Use"]})
    >>> inside(frame, "stage", "Use")
    ['b']
    """
    names = unique_names(touchpoints) if by == "touchpoint" else touchpoints[by].astype("string")
    return [str(id) for id in touchpoints.loc[(names == label).fillna(False).astype(bool), "id"]]


def _counted(
    project: Project, measure: str, by: str, within: Iterable[str] | None, period: Period = (None, None), persona: str | None = None
) -> pd.DataFrame:
    """The rows of `amounts` that belong to these touchpoints and this persona (None: all) and fall in the period."""
    rows, found = amounts(project, measure, by), occurrences(project, measure)
    kept = pd.Series(True, index=found.index) if within is None else found["id"].isin(set(within))
    if persona is not None and "persona" in found.columns:
        kept &= (found["persona"] == persona) | (found["value"] == 0)
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
    table = pareto_stability(rows if MEASURES[measure].unit == "count" else rows.head(0), "label", "value", threshold)
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
    return number(value, language, 0 if unit == "points" else None)


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
