"""Importance of touchpoints over the phases of the decision (D21)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import BadScale
from analysis.methods.emotion_curve import FEW
from analysis.methods.frames import numbers, taken
from analysis.methods.respondents import one_each


def importance_heatmap(evidence: Any, stages: Iterable[Any] | None = None, side: str | None = "customer") -> pd.DataFrame:
    """Mean importance of each touchpoint in each stage.

    Parameters
    ----------
    evidence : any frame, one row per answer: touchpoint, stage, value; measure (only ``importance`` is taken), low and
        high (ends of the scale, default 1–10), respondent and side when there are any.
    stages : the stages in order; default: as they first appear.
    side : ``"customer"`` (and answers whose side is unknown), ``"staff"``, or None for both.

    Returns
    -------
    One row per touchpoint and stage, every pair of them: touchpoint, stage, mean (1–10, NaN without an answer), n
    (respondents), few (1 to 4 answers: hatched).

    Raises
    ------
    MissingColumns, BadScale.

    Notes
    -----
    Importance answers carry their own stage: one touchpoint matters differently in different phases.

    Examples
    --------
    >>> rows = pd.DataFrame({"touchpoint": ["Site", "Site"], "stage": ["Buy", "Buy"], "value": [8, 9]})
    >>> importance_heatmap(rows).values.tolist()
    [['Site', 'Buy', 8.5, 2, True]]
    """
    frame = taken(evidence, ["touchpoint", "stage", "value"], ["measure", "low", "high", "respondent", "side"])
    if "measure" in frame:
        frame = frame[frame["measure"] == "importance"]
    if side is not None and "side" in frame:
        frame = frame[(frame["side"] == side) | (frame["side"].isna() if side == "customer" else False)]
    values = _tens(frame)
    order = list(dict.fromkeys(frame["stage"].dropna() if stages is None else stages))
    names = list(dict.fromkeys(frame["touchpoint"].dropna()))
    row = pd.Index(names).get_indexer(frame["touchpoint"]) if names else np.full(len(frame), -1)
    column = pd.Index(order).get_indexer(frame["stage"]) if order else np.full(len(frame), -1)
    used = (row >= 0) & (column >= 0) & ~np.isnan(values)
    cells = (row * len(order) + column)[used].astype(np.int64)
    groups, means = one_each(cells, values[used], frame["respondent"][used] if "respondent" in frame else None)
    size = len(names) * len(order)
    n = np.bincount(groups, minlength=size)[:size]
    with np.errstate(invalid="ignore"):
        mean = np.bincount(groups, weights=means, minlength=size)[:size] / n
    return pd.DataFrame(
        {
            "touchpoint": [name for name in names for _ in order],
            "stage": order * len(names),
            "mean": mean,
            "n": n.astype("int64"),
            "few": (n > 0) & (n < FEW),
        }
    )


def _tens(frame: pd.DataFrame) -> Any:
    """The answers brought to 1–10 from their own scale."""
    values = numbers(frame["value"])
    low = numbers(frame["low"]) if "low" in frame else np.full(len(frame), np.nan)
    high = numbers(frame["high"]) if "high" in frame else np.full(len(frame), np.nan)
    low, high = np.where(np.isnan(low), 1.0, low), np.where(np.isnan(high), 10.0, high)
    off = (values < low - 1e-9) | (values > high + 1e-9)
    if off.any():
        first = int(np.argmax(off))
        raise BadScale("outside", value=float(values[first]), low=float(low[first]), high=float(high[first]))
    with np.errstate(invalid="ignore", divide="ignore"):
        return 1 + 9 * (values - low) / (high - low)
