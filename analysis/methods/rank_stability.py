"""How firm a ranking is: which priorities hold when weights and scores vary, and which do not (D22)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import BadScale
from analysis.language import N_
from analysis.methods.frames import TOLERANCE, Floats, Ints, numbers, whole
from analysis.methods.relevance import ENOUGH, Criteria, prepared
from analysis.methods.scales import Scale

#: code → name
FIRMNESS = {"solid": N_("Solid"), "fragile": N_("Fragile"), "out": N_("Out of reach")}
#: an assumed score varies by this share of the criterion's range, on either side
ASSUMED_SPREAD = 0.1
SOLID, FRAGILE = 0.8, 0.2


def rank_stability(
    frame: Any,
    weights: Mapping[str, float],
    spread: float = 0.2,
    errors: Any = None,
    top: int = 5,
    draws: int = 2000,
    seed: int = 0,
    scales: Mapping[str, Scale | str] | None = None,
    reverse: Iterable[str] | None = None,
) -> pd.DataFrame:
    """Rank the items by relevance many times over, with weights and scores varied.

    Parameters
    ----------
    frame, weights, scales, reverse : as for `relevance`.
    spread : coefficient of variation of the weights (0.2: twenty per cent); 0 keeps them as they are.
    errors : standard errors of measured or voted scores, in the criterion's own unit: a frame or a mapping, criterion
        → column of standard errors (NA: assumed); ``"<criterion>_n"`` beside it gives n, for Student's t. Whatever has
        none is assumed.
    top : size of the top that matters; at most half the scored items are in it, ``k = min(top, n // 2)``.
    draws, seed : how many, and the seed: the same seed gives the same answer.

    Returns
    -------
    On the frame's index: rank (Int64; equal scores share the better one), low and high (90 % range of ranks),
    top_share (share of draws in the top k, 0 … 1), firmness (``solid`` ≥ 80 %, ``fragile`` 20–80 %, else ``out``); NA
    without a score. ``attrs``: k, draws, scored.

    Raises
    ------
    MissingColumns, BadScale.

    Notes
    -----
    Weights: independent gamma with mean w and the given variation (20 %: shape 25), renormalised; zero stays zero.
    Measured scores: mean and standard error with t; assumed ones: uniform within ±10 % of the criterion's range, and
    never beyond its scale. A criterion counted by rank without errors varies by ±10 % of the ranks.

    Examples
    --------
    >>> items = pd.DataFrame({"impact": [10, 5, 1], "reach": [90, 40, 5]})
    >>> rank_stability(items, {"impact": 1, "reach": 1})["firmness"].tolist()
    ['solid', 'out', 'out']
    """
    if spread < 0 or draws < 1 or top < 1:
        raise BadScale("draws", N_("The spread must be zero or more, the top and the draws at least one."))
    criteria = prepared(frame, weights, scales, reverse)
    index = frame.index if isinstance(frame, pd.DataFrame) else pd.RangeIndex(len(criteria.shares))
    scored = _scored(criteria)
    result = pd.DataFrame(index=index, columns=pd.Index(["rank", "low", "high", "top_share", "firmness"]), dtype=object)
    k = min(top, int(scored.sum()) // 2)
    if scored.any():
        generator = np.random.default_rng(seed)
        drawn = _drawn(criteria, _errors(errors, len(scored)), frame, scored, spread, draws, generator)
        result.loc[scored, :] = _ranked(criteria.shares[scored], criteria.weights, drawn, k).to_numpy(dtype=object)
    for column in ("rank", "low", "high"):
        result[column] = result[column].astype("Int64")
    result = result.astype({"top_share": float, "firmness": "str"})
    result.attrs = {"k": k, "draws": draws, "scored": int(scored.sum()), "left_out": criteria.left_out}
    return result


def _scored(criteria: Criteria) -> Any:
    """Which items have enough of the weight for a score."""
    total = criteria.weights.sum()
    return (~np.isnan(criteria.shares)) @ criteria.weights >= max(ENOUGH * total - TOLERANCE, 1e-300)


def _errors(errors: Any, size: int) -> dict[str, Floats]:
    """Criterion → standard errors; a single figure holds for all items."""
    if errors is None:
        return {}
    table = errors if isinstance(errors, Mapping) else whole(errors)
    found: dict[str, Floats] = {}
    for name in table:
        column = table[name]
        values = numbers([column] * size if np.ndim(column) == 0 else column)
        if len(values) != size:
            raise BadScale("errors", N_("There must be one standard error per item of “{name}”."), name=name)
        found[str(name)] = values
    return found


def _drawn(criteria: Criteria, errors: dict[str, Floats], frame: Any, scored: Any, spread: float, draws: int, generator: Any) -> Floats:
    """Scores of every draw, draws × scored items."""
    weights = _drawn_weights(criteria.weights, spread, draws, generator)
    there = ~np.isnan(criteria.shares[scored])
    top = np.zeros((draws, len(there)))
    for column, name in enumerate(criteria.names):
        base = criteria.shares[scored, column]
        noisy = _noisy(criteria, name, base, errors, frame, scored, draws, generator)
        if not there[:, column].all():
            noisy[:, ~there[:, column]] = 0
        noisy *= weights[:, [column]]
        top += noisy
    # not as a matrix product: the threads of BLAS take longer to start than this takes
    top /= weights.sum(axis=1, keepdims=True) if there.all() else np.einsum("dc,ic->di", weights, there.astype(float))
    return top


def _drawn_weights(weights: Floats, spread: float, draws: int, generator: Any) -> Floats:
    """Independent gamma weights around the given ones."""
    if spread == 0:
        return np.tile(weights, (draws, 1))
    shape = 1 / spread**2
    return np.asarray(generator.gamma(shape, weights / shape, size=(draws, len(weights))))


def _noisy(
    criteria: Criteria,
    name: str,
    base: Floats,
    errors: dict[str, Floats],
    frame: Any,
    scored: Any,
    draws: int,
    generator: Any,
) -> Floats:
    """One criterion of every draw, 0–1: measured values vary by their standard error, assumed ones within ±10 %."""
    low, high = np.clip(base - ASSUMED_SPREAD, 0, 1), np.clip(base + ASSUMED_SPREAD, 0, 1)
    noisy: Floats = generator.random((draws, len(base)))
    noisy *= high - low
    noisy += low
    if name not in errors:
        return noisy
    error, n = errors[name][scored], errors.get(f"{name}_n", np.full(len(scored), np.inf))[scored]
    measured = ~np.isnan(error) & ~np.isnan(base) & (n >= 2)
    freedom = np.where(np.isfinite(n), np.maximum(n - 1, 1), 1e9)
    noise = generator.standard_t(freedom, size=(draws, len(base))) * np.where(measured, error, 0)
    if name in criteria.widths:
        values = np.clip(base + noise / criteria.widths[name], 0, 1)
    else:
        amounts = numbers(whole(frame)[name])[scored] + noise
        values = _mid_ranks(amounts)
        values = 1 - values if name in criteria.against else values
    return np.asarray(np.where(measured, values, noisy))


def _rankdata(values: Floats, **options: Any) -> Any:
    from scipy.stats import rankdata  # a second of loading that only this method needs

    return rankdata(values, **options)


def _mid_ranks(amounts: Floats) -> Floats:
    """Mid-ranks of each row, 0–1, over the items that have an amount."""
    there = ~np.isnan(amounts[0])
    result = np.full(amounts.shape, np.nan)
    result[:, there] = (_rankdata(amounts[:, there], axis=1) - 1) / max(int(there.sum()) - 1, 1)
    return result


def _places(drawn: Floats) -> Ints:
    """How often each item takes each place, 0 … n (nobody takes 0), the highest score first and equal ones sharing the better place.

    The same as counting ``rankdata(method="min")`` row by row, in a fifth of the time: every weight that is tried draws anew.
    """
    falling = -np.round(drawn, 12)
    order = np.argsort(falling, axis=1)
    falling = np.take_along_axis(falling, order, axis=1)
    items = drawn.shape[1]
    place = np.tile(np.arange(1, items + 1), (len(drawn), 1))
    place[:, 1:][falling[:, 1:] == falling[:, :-1]] = 0  # tied with the one before
    np.maximum.accumulate(place, axis=1, out=place)
    order *= items + 1
    order += place
    return np.bincount(order.ravel(), minlength=items * (items + 1)).reshape(items, items + 1)


def _ranked(shares: Floats, weights: Floats, drawn: Floats, k: int) -> pd.DataFrame:
    """Ranks now, their range over the draws, and the share of draws in the top k."""
    there = ~np.isnan(shares)
    return summarised(np.nansum(shares * weights, axis=1) / (there @ weights), drawn, k)


def summarised(score: Floats, drawn: Floats, k: int) -> pd.DataFrame:
    """Rank of each score now, range of its ranks over the draws (draws × items), and how often it is among the first k."""
    reached = _places(drawn).cumsum(axis=1)
    low, high = ((reached >= np.ceil(part * len(drawn) - TOLERANCE)).argmax(axis=1) for part in (0.05, 0.95))
    share = reached[:, k] / len(drawn) if k else np.full(len(score), np.nan)
    firmness = np.select([share >= SOLID, share >= FRAGILE], ["solid", "fragile"], default="out").astype(object)
    firmness[np.isnan(share)] = None
    rank = _rankdata(-np.round(score, 12), method="min")
    return pd.DataFrame({"rank": rank, "low": low, "high": high, "top_share": share, "firmness": firmness}).astype(
        {"rank": int, "low": int, "high": int}
    )
