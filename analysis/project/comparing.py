"""Two personas or two periods counted in the same order: what the first one's vital few are to the second (D19)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from analysis.project.counting import occurrences
from analysis.project.measures import Period, vital_few

if TYPE_CHECKING:
    from analysis.project.project import Project


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: a persona, by name, or a period, from its first to its last day (None where it is open); or both."""

    name: str
    persona: str | None = None
    period: Period = (None, None)


def personas_in(project: Project, measure: str) -> list[str]:
    """The personas that something counted belongs to, the most frequent first; empty where the measure knows none."""
    rows = occurrences(project, measure)
    if "persona" not in rows.columns:
        return []
    return [str(name) for name in rows.loc[rows["value"] > 0, "persona"].dropna().astype("string").value_counts().index]


def compared(
    project: Project,
    measure: str,
    first: Side,
    second: Side,
    by: str = "touchpoint",
    *,
    threshold: float = 0.8,
    within: Iterable[str] | None = None,
) -> pd.DataFrame:
    """Two Pareto tables in the order of the first.

    Parameters
    ----------
    measure, by, threshold, within : as for `analysis.project.measures.vital_few`.
    first, second : what is compared.

    Returns
    -------
    One row an item that either side has: label, first, second (amounts), first_share, second_share (of each side's own total, so that
    a longer period does not look worse), first_vital, second_vital; in the order of the first, then of the second. ``attrs``:
    names, first_total, second_total, both_vital (how many of the first's vital few are the second's too), measure, by.
    """
    ids = None if within is None else list(within)
    tables = [
        vital_few(project, measure, by, threshold=threshold, within=ids, period=side.period, persona=side.persona)
        for side in (first, second)
    ]
    one, two = (table[table["value"] > 0] for table in tables)
    others = [table.attrs["other"] for table in tables if table.attrs["other"]]
    labels = [label for label in dict.fromkeys([*one["label"], *two["label"], *others]) if label not in others]
    labels += [label for label in dict.fromkeys(others) if label in {*one["label"], *two["label"]}]
    found = pd.DataFrame({"label": pd.Series(labels, dtype="string")})
    for name, table in (("first", one), ("second", two)):
        known = table.set_index("label")
        found[name] = found["label"].map(known["value"]).fillna(0.0).astype(float)
        total = float(known["value"].sum())
        found[f"{name}_share"] = found[name] / total if total else 0.0
        found[f"{name}_vital"] = found["label"].map(known["vital"]).fillna(False).astype(bool)
    found.attrs = {
        "names": (first.name, second.name), "first_total": float(one["value"].sum()), "second_total": float(two["value"].sum()),
        "first_vital": int(found["first_vital"].sum()), "both_vital": int((found["first_vital"] & found["second_vital"]).sum()),
        "measure": measure, "by": by,
    }  # fmt: skip
    return found
