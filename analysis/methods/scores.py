"""RICE, ICE and opportunity: three well-known scores beside the relevance score (D17)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import BadScale
from analysis.methods.frames import Floats, need, numbers, whole
from analysis.methods.scales import Scale, on_scale


def rice(frame: Any, reach: str = "reach", impact: str = "impact", confidence: str = "confidence", effort: str = "effort") -> pd.Series:
    """RICE = reach × impact × confidence ÷ effort (Intercom).

    Parameters
    ----------
    frame : any frame: reach (customers in a period), impact (3 massive, 2 high, 1 medium, 0.5 low, 0.25 minimal),
        confidence (0–1), effort (person-months, above zero).

    Returns
    -------
    Series named rice; NA when any part is missing or the effort is zero.

    Raises
    ------
    MissingColumns; BadScale for a confidence outside 0–1 (80 % is 0.8) or a negative part.

    Examples
    --------
    >>> rice(pd.DataFrame({"reach": [5000], "impact": [2], "confidence": [0.8], "effort": [2]})).tolist()
    [4000.0]
    """
    table, (people, effect, sure, work) = _parts(frame, reach, impact, confidence, effort)
    _within(sure, 0, 1)
    for part in (people, effect, work):
        _within(part, 0, np.inf)
    work = np.where(work == 0, np.nan, work)
    return pd.Series(people * effect * sure / work, index=table.index, name="rice")


def ice(frame: Any, impact: str = "impact", confidence: str = "confidence", ease: str = "ease") -> pd.Series:
    """ICE = impact × confidence × ease, each 1–10 (1 … 1000); NA when any is missing.

    Raises MissingColumns, and BadScale for a value outside 1–10.

    >>> ice(pd.DataFrame({"impact": [8], "confidence": [5], "ease": [10]})).tolist()
    [400.0]
    """
    table, parts = _parts(frame, impact, confidence, ease)
    for part in parts:
        _within(part, 1, 10)
    return pd.Series(np.prod(parts, axis=0), index=table.index, name="ice")


def opportunity(
    frame: Any,
    importance: str = "importance",
    satisfaction: str = "satisfaction",
    scales: Mapping[str, Scale] | None = None,
) -> pd.Series:
    """Opportunity = importance + max(importance − satisfaction, 0), both brought to 0–10 (Ulwick); 0 … 20.

    Parameters
    ----------
    frame : any frame with the two columns.
    scales : column → (low, high); default importance 1–10, satisfaction −2 … +2.

    Returns
    -------
    Series named opportunity; NA when either is missing or outside its scale.

    Examples
    --------
    >>> opportunity(pd.DataFrame({"importance": [10, 5.5], "satisfaction": [-1, 2]})).tolist()
    [17.5, 5.0]
    """
    need(frame, [importance, satisfaction])
    table = whole(frame)
    given = {importance: (1, 10), satisfaction: (-2, 2)} | dict(scales or {})
    tens = []
    for column in (importance, satisfaction):
        values, (low, high), _ = on_scale(table[column], given[column])
        tens.append(10 * (values - low) / (high - low))
    return pd.Series(tens[0] + np.maximum(tens[0] - tens[1], 0), index=table.index, name="opportunity")


def _parts(frame: Any, *columns: str) -> tuple[pd.DataFrame, list[Floats]]:
    need(frame, columns)
    table = whole(frame)
    return table, [numbers(table[column]) for column in columns]


def _within(values: Floats, low: float, high: float) -> None:
    off = values[(values < low) | (values > high)]
    if len(off):
        raise BadScale("outside", value=float(off[0]), low=low, high=high if np.isfinite(high) else "∞")
