"""NPS, CSAT and CES as every deliverable tells them: each with its n and its interval, a source and a scale at a time."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.language import N_, Translator, number, percent, signed
from analysis.methods import ces, csat, nps
from analysis.reports.content import Content

#: measure → what the index is called
NAMES = {"nps": N_("NPS"), "satisfaction": N_("CSAT: share of satisfied"), "ces": N_("CES: customer effort")}
#: scales on which “the top two boxes” mean something
BOXES = ((1.0, 5.0), (1.0, 7.0))
_ONE = ["measure", "source", "side", "low", "high"]
COLUMNS = ["measure", "source", "side", "stage", "scale_low", "scale_high", "score", "n", "low", "high"]


def indices_of(content: Content) -> pd.DataFrame:
    """One row an index, source, side and scale, then one for each stage that was asked about.

    Returns
    -------
    measure (a key of `NAMES`), source, side, stage (NA: all of them), scale_low, scale_high, score (NPS −100…100, CSAT in percent, CES on
    its scale), n, low, high (95 % interval).
    """
    evidence = content.answers
    asked = evidence[evidence["measure"].isin(NAMES) & evidence["value"].notna()]
    rows: list[dict[str, Any]] = []
    key: Any
    for key, answers in asked.groupby(_ONE, dropna=False, sort=False):
        measure, source, side, low, high = key
        about = {"measure": measure, "source": source, "side": side, "scale_low": low, "scale_high": high}
        for stage in (None, *answers["stage"].dropna().unique()):
            found = _index(measure, answers if stage is None else answers[answers["stage"] == stage], low, high)
            if found is not None and found["n"]:
                rows.append(about | {"stage": stage} | found)
    places = list(NAMES)
    rows.sort(key=lambda row: places.index(row["measure"]))
    return pd.DataFrame(rows, columns=COLUMNS)


def _index(measure: str, answers: pd.DataFrame, low: Any, high: Any) -> dict[str, Any] | None:
    """Score, n and interval; None where the index is not made for such a scale."""
    if measure == "nps":
        found = nps(answers["value"]) if (low, high) == (0, 10) else None
    elif measure == "satisfaction":
        found = csat(answers["value"], low, high) if (low, high) in BOXES else None
    else:
        found = None if pd.isna(low) or pd.isna(high) else ces(answers["value"], low, high)
    return None if found is None else {name: found.loc[0, name] for name in ("score", "n", "low", "high")}


def told(row: dict[Any, Any], t: Translator) -> str:
    """An index in words: “+23 (+18 … +28)”."""
    ends = "" if pd.isna(row["low"]) else f" ({_figure(row, 'low', t)} … {_figure(row, 'high', t)})"
    return _figure(row, "score", t) + ends


def _figure(row: dict[Any, Any], name: str, t: Translator) -> str:
    value = float(row[name])
    if row["measure"] == "nps":
        return signed(value, t.language, 0)
    return percent(value, t.language, 0) if row["measure"] == "satisfaction" else number(value, t.language, 2)
