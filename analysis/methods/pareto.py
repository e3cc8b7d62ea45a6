"""Pareto: the vital few, the smallest leading set that carries 80 % of the total (D19)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import BadScale, NegativeValues
from analysis.methods.frames import TOLERANCE, Floats, folded, numbers, taken

#: with more than this share of the items needed, 80/20 does not apply
FLAT = 0.6
#: how files call what belongs to none of their groups, folded
_REST = re.compile(
    r"(all |toute?s les |tous les )?(autres?|others?|divers(es)?|misc\.?|miscellaneous|le reste|the rest)"
    r"( (causes?|motifs?|raisons?|sujets?|themes?|problemes?|canal|canaux|points? de contact"
    r"|reasons?|topics?|issues?|problems?|channels?|touchpoints?))?"
    r"(\s*[(:,].*|\s*\.\.\.|\s*…)?"
)


def rest_of(labels: Iterable[Any]) -> list[str]:
    """The labels that stand for all the rest (“Other”, “Autres motifs”, “Divers”): shown last, never one of the vital few.

    >>> rest_of(["Prix", "Autre (précisez)", "Autres boutiques", "Divers"])
    ['Autre (précisez)', 'Divers']
    """
    return [str(label) for label in labels if _REST.fullmatch(folded(label))]


def pareto(frame: Any, label: str, value: str | None = None, threshold: float = 0.8, other: str | None = None) -> pd.DataFrame:
    """Rank items by value and mark the vital few.

    Parameters
    ----------
    frame : any frame, one row per item or per occurrence; occurrences of one label are summed.
    label : column that names the item.
    value : column of the amounts, zero or more; None counts the rows.
    threshold : share of the total that the vital few must reach (inclusive), above 0 and up to 1.
    other : label of the merged rest, if there is one: always last, never one of the vital few.

    Returns
    -------
    One row per label, largest first: label, value, rank (1 … n), share and cumulative (0 … 1), vital (bool). Items at
    zero are listed. ``attrs``: vital_count, vital_share (of the total), flat (more than 60 % of the named items above
    zero are needed, and there are several: 80/20 does not apply), other_share; and total, threshold, items (named), positive (named, above
    zero), tied (labels with the same value as the last of the vital few, but not among them), reachable (False:
    "Other" is so large that the named items cannot reach the threshold), big_other (among the three largest), missing
    (labels without any value), unlabelled (sum without a label).

    Raises
    ------
    MissingColumns, NegativeValues (naming the labels), BadScale (threshold).

    Notes
    -----
    Order by value descending; ties by label, case and accents folded, so that both languages agree. Sums are compared
    with a relative tolerance of 1e-9, not rounded shares. Checked against the SAS/QC manual's example of 23 causes.

    Examples
    --------
    >>> table = pareto(pd.DataFrame({"cause": ["wait", "price", "form"], "n": [12, 5, 3]}), "cause", "n")
    >>> table["vital"].tolist(), table.attrs["vital_count"], table.attrs["vital_share"]
    ([True, True, False], 2, 0.85)
    """
    if not 0 < threshold <= 1:
        raise BadScale("outside", value=threshold, low=0, high=1)
    items, notes = _items(frame, label, value)
    items = _ordered(items, other)
    values, last = items["value"].to_numpy(), items["last"].to_numpy()
    total = float(values.sum())
    running = np.cumsum(values)
    count = _vital_count(values, last, running, threshold * total)
    safe = total if total > 0 else np.nan
    table = pd.DataFrame(
        {
            "label": items["label"].to_numpy(),
            "value": values,
            "rank": np.arange(1, len(items) + 1),
            "share": values / safe,
            "cumulative": np.minimum(running / safe, 1.0),
            "vital": np.arange(len(items)) < count,
        }
    )
    table["label"] = items["label"].array
    table.attrs.update(notes | _facts(table, last, count, total, threshold))
    return table


def _items(frame: Any, label: str, value: str | None) -> tuple[pd.DataFrame, dict[str, Any]]:
    """One row per label with its sum, and what could not be used."""
    rows = taken(frame, [label] if value is None else [label, value])
    amounts = np.ones(len(rows)) if value is None else numbers(rows[value])
    if (amounts < 0).any():
        labels = list(dict.fromkeys(str(name) for name in rows[label][amounts < 0]))
        raise NegativeValues(labels=", ".join(labels))
    codes, names = pd.factorize(rows[label])
    known = (codes >= 0) & ~np.isnan(amounts)
    sums = np.bincount(codes[known], weights=amounts[known], minlength=len(names))
    there = np.bincount(codes[known], minlength=len(names)) > 0
    items = pd.DataFrame({"label": pd.Series(names), "value": sums})[there].reset_index(drop=True)
    return items, {"missing": list(names[~there]), "unlabelled": float(np.nansum(amounts[codes < 0]))}


def _ordered(items: pd.DataFrame, other: str | None) -> pd.DataFrame:
    """Largest first, ties by folded label, Other last."""
    rest = folded(other) if other is not None else None
    names = [folded(name) for name in items["label"]]
    scale = max(float(items["value"].max()) if len(items) else 0.0, 1e-300)
    items = items.assign(
        last=np.array([name == rest for name in names], dtype=bool),
        size=-np.round(items["value"] / scale, 12),
        name=pd.Series(names, index=items.index, dtype=object),
        text=items["label"].astype(str),
    )
    return items.sort_values(["last", "size", "name", "text"], kind="stable", ignore_index=True)


def _vital_count(values: Floats, last: Any, running: Floats, goal: float) -> int:
    """How many leading named items reach the goal; 0 when none can."""
    reached = (running >= goal * (1 - TOLERANCE)) & ~last & (values > 0)
    return int(np.argmax(reached)) + 1 if goal > 0 and reached.any() else 0


def _facts(table: pd.DataFrame, last: Any, count: int, total: float, threshold: float) -> dict[str, Any]:
    """What describes the whole result."""
    values = table["value"].to_numpy()
    positive = int(((values > 0) & ~last).sum())
    other = float(values[last].sum())
    edge = values[count - 1] if count else np.nan
    tied = table["label"][(np.arange(len(table)) >= count) & ~last & np.isclose(values, edge, rtol=TOLERANCE, atol=0)]
    return {
        "vital_count": count,
        "vital_share": float(values[:count].sum() / total) if total > 0 else float("nan"),
        "flat": positive > 1 and count > FLAT * positive + TOLERANCE,
        "other_share": other / total if total > 0 else 0.0,
        "total": total,
        "threshold": threshold,
        "items": int((~last).sum()),
        "positive": positive,
        "tied": list(tied),
        "other": str(table["label"][last].iloc[0]) if last.any() else None,
        "reachable": count > 0 or total == 0,
        "big_other": bool(other > 0 and (values[~last] > other).sum() < 3),
    }
