"""The same figures before a day and from that day on: what changed, and whether that may be chance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.errors import BadScale
from analysis.language import N_
from analysis.project.evidence import LOGGED
from analysis.project.evidence_key import evidence_key
from analysis.project.figures import VOTES
from analysis.project.frames import typed_frame

if TYPE_CHECKING:
    from analysis.project.project import Project

#: fewer answers than this on a side: the two are shown, not judged
FEW = 5
#: the scales on which two boxes are “satisfied” (METHODS)
CSAT_SCALES = ((1.0, 5.0), (1.0, 7.0))
COLUMNS = {
    "kind": "string", "id": "string", "label": "string", "measure": "string", "scale_low": "Float64", "scale_high": "Float64",
    "before": "Float64", "n_before": "Int64", "after": "Float64", "n_after": "Int64",
    "change": "Float64", "low": "Float64", "high": "Float64", "verdict": "string",
}  # fmt: skip
VERDICTS = {
    "better": N_("Better"),
    "worse": N_("Worse"),
    "unclear": N_("May be chance"),
    "few": N_("Too few answers"),
}
Sides = tuple[pd.DataFrame, pd.DataFrame]
#: columns of the evidence that say how good something was, when, and for whom
_COMPARED = ("stage_id", "touchpoint_id", "side", "measure", "value", "low", "high", "emotion", "respondent", "date")


def before_after(project: Project, date: dt.date | None = None, *, confidence: float = 0.95) -> pd.DataFrame:
    """Every measured figure of a project before a day and from that day on, with the change and its interval.

    Parameters
    ----------
    project : its customers' answers that have a date; votes of a workshop are not answers of customers. A filtered project is
        compared within its filter.
    date : the first day of “after”; by default the median day of the answers.
    confidence : of the intervals, between 0 and 1.

    Returns
    -------
    First NPS, CSAT and CES as far as there are any (``kind`` figure), then each stage of the first as-is journey, then each
    touchpoint, in their order: kind, id, label, measure (nps, csat, ces, emotion), scale_low and scale_high (of the answers;
    of the emotion −2 and 2), before, n_before, after, n_after, change (after − before), low, high (interval of the change),
    verdict: ``better`` or ``worse`` when the interval leaves out 0, ``unclear`` when it does not or there is none, ``few`` when
    a side has less than five; NA when a side has no answer at all. ``attrs``: date, n_before, n_after (answers), undated,
    confidence.

    Raises
    ------
    BadScale : a confidence outside 0 … 1.

    Notes
    -----
    Emotion and CES: means, Welch's interval; none when a side has n < 2 or both are all alike. Emotion counts a respondent once
    a side, NPS, CSAT and CES every answer. CSAT and NPS: from the interval of each side (Newcombe 1998). Many comparisons at
    once: at 95 %, one in twenty leaves out 0 by chance.

    Examples
    --------
    >>> from analysis import Project
    >>> before_after(Project.new("Shop", language="en"))[["label", "n_before", "verdict"]].head(2).values.tolist()
    [['Awareness', 0, <NA>], ['Consideration', 0, <NA>]]
    """
    if not 0 < confidence < 1:
        raise BadScale("outside", value=confidence, low=0, high=1)
    rows = _answers(project)
    dated = rows[rows["date"].notna()]
    day = date or median_day(project)
    late = (dated["date"] >= pd.Timestamp(day)).to_numpy(dtype=bool) if day else np.zeros(len(dated), dtype=bool)
    sides = dated[~late], dated[late]
    found = [*_figures(sides, confidence), *_felt(project, sides, confidence)]
    table = typed_frame([row | {"verdict": _verdict(row)} for row in found], COLUMNS)
    table.attrs = {"date": day, "n_before": len(sides[0]), "n_after": len(sides[1]), "undated": len(rows) - len(dated)}
    table.attrs["confidence"] = confidence
    return table


def days_of(project: Project) -> tuple[dt.date, dt.date] | None:
    """First and last day of what can be compared; None where nothing has a date."""
    dates = _answers(project)["date"].dropna()
    return (dates.min().date(), dates.max().date()) if len(dates) else None


def median_day(project: Project) -> dt.date | None:
    """The day that parts the answers in two halves; the second day of all where the half lies on the first."""
    days = _answers(project)["date"].dropna().dt.normalize().sort_values()
    if days.empty:
        return None
    middle = days.iloc[len(days) // 2]
    if middle == days.iloc[0]:
        later = days[days > middle]
        middle = later.iloc[0] if len(later) else middle
    found: dt.date = middle.date()
    return found


def _answers(project: Project) -> pd.DataFrame:
    """Customers' ratings, with what is compared of them."""

    def make() -> pd.DataFrame:
        rows = project.evidence
        ours = (rows["side"] != "staff").fillna(True) & (rows["source"] != VOTES).fillna(True) & rows["value"].notna()
        ours &= ~rows["measure"].isin(LOGGED)
        return rows.loc[ours.to_numpy(dtype=bool), list(_COMPARED)]

    return project.remembered("compared answers", (evidence_key(project), project.table("persona")), make)


def _verdict(row: dict[str, Any]) -> str | None:
    if not (row["n_before"] and row["n_after"]):
        return None
    if min(row["n_before"], row["n_after"]) < FEW:
        return "few"
    low, high = row["low"], row["high"]
    if low is None or high is None or not (low > 0 or high < 0):
        return "unclear"
    return "better" if (low > 0) == (row["scale_low"] < row["scale_high"]) else "worse"


# --- NPS, CSAT, CES ---------------------------------------------------------------------------------------------


def _figures(sides: Sides, confidence: float) -> Iterator[dict[str, Any]]:
    """NPS, then CSAT and CES on each scale they were asked on."""
    from analysis.methods import csat, nps

    whole = pd.concat(sides)
    if (whole["measure"] == "nps").any():
        parts = [nps(side, confidence=confidence).iloc[0] for side in sides]
        yield _figure("nps", (0.0, 10.0), parts) | _from_intervals(parts)
    for ends in _scales(whole, "satisfaction"):
        if ends in CSAT_SCALES:
            parts = [csat(_on(side, "satisfaction", ends), *ends, confidence=confidence).iloc[0] for side in sides]
            yield _figure("csat", ends, parts) | _from_intervals(parts)
    for ends in _scales(whole, "ces"):
        yield _effort([_on(side, "ces", ends) for side in sides], ends, confidence)


def _scales(rows: pd.DataFrame, measure: str) -> list[tuple[float, float]]:
    own = rows[(rows["measure"] == measure) & rows["low"].notna() & rows["high"].notna()]
    return sorted((float(low), float(high)) for low, high in own[["low", "high"]].drop_duplicates().itertuples(index=False))


def _on(rows: pd.DataFrame, measure: str, ends: tuple[float, float]) -> pd.Series:
    return rows.loc[(rows["measure"] == measure) & (rows["low"] == ends[0]) & (rows["high"] == ends[1]), "value"]


def _figure(measure: str, ends: tuple[float, float], parts: list[Any]) -> dict[str, Any]:
    """``parts``: score and n of both sides."""
    before, after = (float(part["score"]) if part["n"] else None for part in parts)
    change = None if before is None or after is None else after - before
    return {"kind": "figure", "id": None, "label": measure.upper(), "measure": measure, "scale_low": ends[0], "scale_high": ends[1],
            "before": before, "n_before": int(parts[0]["n"]), "after": after, "n_after": int(parts[1]["n"]), "change": change,
            "low": None, "high": None}  # fmt: skip


def _from_intervals(parts: list[Any]) -> dict[str, Any]:
    from analysis.methods.differences import joined_interval

    if not all(part["n"] for part in parts):
        return {}
    low, high = joined_interval(*((float(p["score"]), float(p["low"]), float(p["high"])) for p in parts))
    return {"low": low, "high": high}


def _effort(values: list[pd.Series], ends: tuple[float, float], confidence: float) -> dict[str, Any]:
    """Means on their own scale; a reversed scale (1 is easy) stays as it is, and less is better."""
    from analysis.methods import ces

    parts = [ces(side, min(ends), max(ends), high_is_easy=ends[0] < ends[1], confidence=confidence).iloc[0] for side in values]
    row = _figure("ces", ends, parts)
    sides = pd.DataFrame({"sd": [float(part["sd"]) for part in parts], "n": [int(part["n"]) for part in parts]})
    low, high = _between(pd.Series([row["change"]], dtype=float), sides.iloc[[0]], sides.iloc[[1]], confidence)
    return row | {"low": _known(low[0]), "high": _known(high[0])}


# --- emotion ----------------------------------------------------------------------------------------------------


def _felt(project: Project, sides: Sides, confidence: float) -> Iterator[dict[str, Any]]:
    stages = {id: stage.name for id, stage in project.stages_of(project.first_journey)}
    touchpoints = project.touchpoints
    named = dict(zip(touchpoints["id"], touchpoints["touchpoint"], strict=True))
    for kind, names in (("stage", stages), ("touchpoint", named)):
        yield from _curves(kind, names, sides, confidence)


def _curves(kind: str, names: dict[str, str], sides: Sides, confidence: float) -> Iterator[dict[str, Any]]:
    """The emotion of each stage or touchpoint on both sides; those without answers have gaps."""
    from analysis.methods import emotion_curve

    if not names:
        return
    one, two = (emotion_curve(side, by=f"{kind}_id", order=names, confidence=confidence) for side in sides)
    changes = two["mean"] - one["mean"]
    low, high = _between(changes, one, two, confidence)
    told = {"before": one["mean"], "n_before": one["n"], "after": two["mean"], "n_after": two["n"]}
    found = told | {"change": changes, "low": low, "high": high}
    columns = zip(*(np.asarray(column).tolist() for column in found.values()), strict=True)
    for (id, name), values in zip(names.items(), columns, strict=True):
        row = {"kind": kind, "id": id, "label": name, "measure": "emotion", "scale_low": -2.0, "scale_high": 2.0}
        yield row | {column: _known(value) for column, value in zip(found, values, strict=True)}


def _between(changes: pd.Series, one: pd.DataFrame, two: pd.DataFrame, confidence: float) -> tuple[Any, Any]:
    from analysis.methods.differences import welch

    parts = [
        {"variance": side["sd"].to_numpy(dtype=float, na_value=np.nan) ** 2, "n": side["n"].to_numpy(dtype=float)} for side in (one, two)
    ]
    return welch(changes.to_numpy(dtype=float, na_value=np.nan), parts[0], parts[1], confidence)


def _known(value: Any) -> Any:
    return None if pd.isna(value) else value
