"""Where staff and customers disagree (D8)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import BadScale, MissingColumns
from analysis.methods.differences import welch
from analysis.methods.frames import Floats, Ints, columns_of, folded, numbers, taken
from analysis.methods.respondents import one_each

IMPORTANCE = (1.0, 10.0)
SIDES = ("staff", "customer")


def perception_gap(evidence: Any, by: str = "touchpoint", confidence: float = 0.95) -> pd.DataFrame:
    """Customer mean minus staff mean, per touchpoint and measure, ranked by size.

    Parameters
    ----------
    evidence : any frame, one row per answer: ``by``, side (``staff`` or ``customer``), and value with low and high
        (the ends of its scale) or emotion (−2 … +2); measure and respondent when there are any. Without measure
        everything is satisfaction.
    by : column of the groups.
    confidence : of the Welch interval, between 0 and 1.

    Returns
    -------
    ``by``, measure, staff, customer (means, importance on 1–10, all else on −2 … +2), gap (customer − staff), n_staff,
    n_customer (respondents), low, high (interval of the gap), clear (the interval leaves out 0; the others are greyed).
    Largest gap first; groups that only one side rated come last, with a gap of NA. ``attrs``: outside (answers off their
    scale, reported and not counted: a dictionary each, ``by``, measure, side, value, low, high).

    Raises
    ------
    MissingColumns, BadScale.

    Notes
    -----
    Both sides are first brought to one scale; one respondent counts once. Welch's interval for unequal variances; none
    when a side has n < 2 or both are all alike.

    Examples
    --------
    >>> answers = pd.DataFrame({"touchpoint": ["Quote"] * 4, "side": ["staff", "staff", "customer", "customer"],
    ...                         "value": [5, 4, 2, 1], "low": 1, "high": 5, "measure": "satisfaction"})
    >>> perception_gap(answers)[["staff", "customer", "gap", "n_staff", "n_customer"]].values.tolist()
    [[1.5, -1.5, -3.0, 2.0, 2.0]]
    """
    if not 0 < confidence < 1:
        raise BadScale("outside", value=confidence, low=0, high=1)
    answers, outside = _answers(evidence, by)
    codes, pairs = _pairs(answers[by], answers["measure"])
    sides = {side: _side(answers, codes, side, len(pairs)) for side in SIDES}
    table = pd.DataFrame({by: [pair[0] for pair in pairs], "measure": [pair[1] for pair in pairs]})
    for side in SIDES:
        table[side] = sides[side]["mean"]
    table["gap"] = table["customer"] - table["staff"]
    for side in SIDES:
        table[f"n_{side}"] = sides[side]["n"].astype("int64")
    table["low"], table["high"] = welch(table["gap"].to_numpy(), sides["staff"], sides["customer"], confidence)
    table["clear"] = (table["low"] > 0) | (table["high"] < 0)
    size, name = -table["gap"].abs().round(12), table[by].map(folded).astype(object)
    table = (
        table.assign(size=size, name=name)
        .sort_values(["size", "name", "measure"], na_position="last", ignore_index=True)
        .drop(columns=["size", "name"])
    )
    table.attrs["outside"] = outside
    return table


def _pairs(groups: pd.Series, measures: pd.Series) -> tuple[Ints, list[tuple[Any, Any]]]:
    """The group and measure of each row as one code, and what each code stands for, as they first appear."""
    group, uniques = pd.factorize(groups)
    measure, kinds = pd.factorize(measures, use_na_sentinel=False)
    codes, found = pd.factorize(group.astype(np.int64) * len(kinds) + measure)
    names, said = uniques.tolist(), kinds.tolist()
    return codes.astype(np.int64), [(names[pair // len(kinds)], said[pair % len(kinds)]) for pair in found.tolist()]


def _answers(evidence: Any, by: str) -> tuple[pd.DataFrame, list[dict[Any, Any]]]:
    """Ratings with a group and a side, each on the common scale of its measure, in column score; and those off their scale."""
    there = columns_of(evidence)
    if "value" not in there and "emotion" not in there:
        raise MissingColumns(columns="value")
    frame = taken(evidence, [by, "side"], ["value", "low", "high", "emotion", "measure", "respondent"])
    frame = frame.assign(measure=frame["measure"].astype("str") if "measure" in frame else "satisfaction")
    frame = frame[~frame["measure"].isin(["comment", "contact", "converted"]) & frame[by].notna() & frame["side"].isin(SIDES)]
    score, off = _scores(frame)
    outside = frame.loc[off, [name for name in (by, "measure", "side", "value", "emotion", "low", "high") if name in frame]]
    frame = frame.assign(score=score)
    return frame[frame["score"].notna()], outside.astype(object).where(outside.notna(), None).to_dict("records")


def _scores(frame: pd.DataFrame) -> tuple[Floats, Any]:
    """Importance on 1–10, all else on −2 … +2; and which values are off their scale."""
    importance = (frame["measure"] == "importance").to_numpy()
    missing = np.full(len(frame), np.nan)
    value, low, high, emotion = (numbers(frame[column]) if column in frame else missing for column in ("value", "low", "high", "emotion"))
    low = np.where(np.isnan(low), np.where(importance, IMPORTANCE[0], -2.0), low)
    high = np.where(np.isnan(high), np.where(importance, IMPORTANCE[1], 2.0), high)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = (value - low) / (high - low)
        off = (share < -1e-9) | (share > 1 + 1e-9)
        share[off] = np.nan
        felt_off = ~importance & (np.abs(emotion) > 2 + 1e-9)
    off = np.where(importance | np.isnan(emotion), off, felt_off)
    felt = np.where(np.isnan(emotion), 4 * share - 2, np.where(felt_off, np.nan, emotion))
    return np.where(importance, 1 + 9 * share, felt), off


def _side(answers: pd.DataFrame, codes: Ints, side: str, size: int) -> dict[str, Floats]:
    """mean, variance and n of one side in each group, one respondent once."""
    mine = (answers["side"] == side).to_numpy()
    keys = answers["respondent"][mine] if "respondent" in answers else None
    groups, values = one_each(codes[mine], answers["score"].to_numpy()[mine], keys)
    n = np.bincount(groups, minlength=size)[:size].astype(float)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.bincount(groups, weights=values, minlength=size)[:size] / n
        squares = np.bincount(groups, weights=(values - mean[groups]) ** 2, minlength=size)[:size]
        return {"mean": mean, "n": n, "variance": squares / (n - 1)}
