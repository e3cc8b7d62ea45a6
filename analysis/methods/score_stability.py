"""How firm a ranking by RICE, ICE or opportunity is: there are no weights to vary, only the figures (D22)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import BadScale
from analysis.language import N_
from analysis.methods.frames import Floats, numbers, taken
from analysis.methods.rank_stability import ASSUMED_SPREAD, summarised
from analysis.methods.scales import checked


def score_stability(
    frame: Any,
    score: Callable[[pd.DataFrame], Any],
    scales: Mapping[str, tuple[float, float]],
    errors: Mapping[str, Any] | None = None,
    top: int = 5,
    draws: int = 2000,
    seed: int = 0,
) -> pd.DataFrame:
    """Rank the items by a score of their figures many times over, with the figures varied.

    Parameters
    ----------
    frame : any frame, one row an item, with the columns of ``scales``.
    score : from a frame of these columns to one figure a row, the higher the better; NA where it cannot be worked out.
    scales : column → (low, high): the figures that the score is made of, and the ends of their scales.
    errors, top, draws, seed : as for `rank_stability`.

    Returns
    -------
    As `rank_stability`: rank, low, high, top_share, firmness; NA without a score. ``attrs``: k, draws, scored.

    Raises
    ------
    MissingColumns, BadScale.

    Notes
    -----
    Measured and voted figures: mean and standard error with t; assumed ones uniform within ±10 % of the width of their scale. None
    goes beyond its scale.

    Examples
    --------
    >>> items = pd.DataFrame({"impact": [10, 5, 1, 1], "ease": [9, 5, 2, 1]})
    >>> found = score_stability(items, lambda of: of["impact"] * of["ease"], {"impact": (1, 10), "ease": (1, 10)})
    >>> found["firmness"].tolist()
    ['solid', 'solid', 'out', 'out']
    """
    if draws < 1 or top < 1:
        raise BadScale("draws", N_("The spread must be zero or more, the top and the draws at least one."))
    table = taken(frame, list(scales))
    now = numbers(pd.Series(np.asarray(score(table), dtype=object)))
    scored = ~np.isnan(now)
    k = min(top, int(scored.sum()) // 2)
    result = pd.DataFrame(index=table.index, columns=pd.Index(["rank", "low", "high", "top_share", "firmness"]), dtype=object)
    if scored.any():
        generator = np.random.default_rng(seed)
        drawn = pd.DataFrame(
            {
                name: _drawn(numbers(table[name])[scored], ends, _of(errors, name, scored), draws, generator).ravel()
                for name, ends in scales.items()
            }
        )
        every = numbers(pd.Series(np.asarray(score(drawn))))
        result.loc[scored, :] = summarised(now[scored], every.reshape(draws, -1), k).to_numpy(dtype=object)
    result = result.astype({"rank": "Int64", "low": "Int64", "high": "Int64", "top_share": float, "firmness": "str"})
    result.attrs = {"k": k, "draws": draws, "scored": int(scored.sum())}
    return result


def _of(errors: Mapping[str, Any] | None, name: str, scored: Any) -> tuple[Floats, Floats]:
    """Standard errors of a column and the numbers of answers behind them; NaN: assumed."""
    none = np.full(len(scored), np.nan)
    if errors is None or name not in errors:
        return none[scored], none[scored]
    known = numbers(pd.Series(errors[name]))
    n = numbers(pd.Series(errors[f"{name}_n"])) if f"{name}_n" in errors else np.full(len(scored), 1e9)
    return known[scored], n[scored]


def _drawn(values: Floats, ends: tuple[float, float], error: tuple[Floats, Floats], draws: int, generator: Any) -> Floats:
    """Draws × items of one figure."""
    (low, high), (deviation, n) = checked(*ends), error
    measured = ~np.isnan(deviation) & (n >= 2)
    apart = ASSUMED_SPREAD * (high - low)
    least, most = np.clip(values - apart, low, high), np.clip(values + apart, low, high)
    assumed = least + generator.random((draws, len(values))) * (most - least)
    noise = generator.standard_t(np.where(measured, n - 1, 1), size=(draws, len(values))) * np.where(measured, deviation, 0)
    return np.asarray(np.where(measured, np.clip(values + noise, low, high), assumed))
