"""How often each item stays among the vital few when the evidence is drawn again (D19)."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.methods.frames import TOLERANCE, Floats, folded, numbers, taken
from analysis.methods.pareto import pareto


def pareto_stability(
    frame: Any,
    label: str,
    value: str | None = None,
    threshold: float = 0.8,
    other: str | None = None,
    draws: int = 500,
    seed: int = 0,
) -> pd.DataFrame:
    """Resample the evidence and count how often each item is one of the vital few.

    Parameters
    ----------
    frame, label, value, threshold, other : as for `pareto`.
    draws, seed : number of resamples, and the seed: the same seed gives the same answer.

    Returns
    -------
    label, vital (now), stays (share of the resamples, 0 … 1), in the order of the Pareto chart. NaN where there is
    nothing to resample: one amount per item that is not a count (a cost, a score). ``attrs``: draws, unit (``rows``,
    ``counts`` or None), n (pieces of evidence).

    Notes
    -----
    Several rows of one label are the evidence and are drawn with replacement; one whole number per item is a count of
    evidence, and as many pieces are drawn in the proportions observed.

    Examples
    --------
    >>> complaints = pd.DataFrame({"cause": ["wait", "price", "form"], "n": [120, 60, 3]})
    >>> pareto_stability(complaints, "cause", "n")["stays"].tolist()
    [1.0, 1.0, 0.0]
    """
    table = pareto(frame, label, value, threshold, other)
    rows = taken(frame, [label] if value is None else [label, value])
    amounts = np.ones(len(rows)) if value is None else numbers(rows[value])
    place = {name: position for position, name in enumerate(table["label"])}
    codes = np.array([place.get(name, -1) if pd.notna(name) else -1 for name in rows[label]], dtype=np.int64)
    used = (codes >= 0) & ~np.isnan(amounts)
    codes, amounts = codes[used], amounts[used]
    unit = _unit(codes, amounts)
    n = int(amounts.sum()) if unit == "counts" else len(codes) if unit else 0
    stays = np.full(len(table), np.nan)
    if unit and n:
        drawn = _redrawn(codes, amounts, len(table), unit, draws, np.random.default_rng(seed))
        stays = _staying(drawn, table["label"], threshold, other)
    result = table[["label", "vital"]].assign(stays=stays)
    result.attrs = {"draws": draws, "unit": unit, "n": n}
    return result


def _unit(codes: npt.NDArray[np.int64], amounts: Floats) -> str | None:
    """What a piece of evidence is: a row, or one of a count."""
    if len(np.unique(codes)) < len(codes):
        return "rows"
    return "counts" if len(amounts) and np.all(amounts == np.round(amounts)) else None


def _redrawn(codes: Any, amounts: Floats, items: int, unit: str, draws: int, generator: np.random.Generator) -> Floats:
    """Sums per item of every resample, draws × items."""
    if unit == "counts" or np.all(amounts == 1):
        counts = np.bincount(codes, weights=amounts, minlength=items)
        return generator.multinomial(int(counts.sum()), counts / counts.sum(), size=draws).astype(float)
    picks = (generator.integers(0, len(codes), len(codes)) for _ in range(draws))
    return np.array([np.bincount(codes[pick], weights=amounts[pick], minlength=items) for pick in picks])


def _staying(drawn: Floats, labels: pd.Series, threshold: float, other: str | None) -> Floats:
    """Share of the resamples in which each item is one of the vital few; columns come in by label among equals."""
    names = [folded(name) for name in labels]
    last = np.array([other is not None and name == folded(other) for name in names])
    by_name = np.argsort(np.array(names, dtype=object), kind="stable")
    key = np.where(last, np.inf, -drawn)[:, by_name]
    order = by_name[np.argsort(key, axis=1, kind="stable")]
    sums = np.cumsum(np.take_along_axis(drawn, order, axis=1), axis=1)
    goal = threshold * drawn.sum(axis=1, keepdims=True) * (1 - TOLERANCE)
    before = np.concatenate([np.zeros((len(drawn), 1)), sums[:, :-1]], axis=1)
    named = np.where(last, 0, drawn).sum(axis=1, keepdims=True)
    vital = (before < goal) & (named >= goal) & (np.take_along_axis(np.where(last, 0, drawn), order, axis=1) > 0)
    counts = np.zeros(drawn.shape[1])
    np.add.at(counts, order[vital], 1)
    return counts / len(drawn)
