"""What customers answered and wrote, stage by stage: worked out once for all slides of all revisions with the same answers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.charts.palette import emotion_step

#: a text with fewer characters says nothing ("RAS", "ok"), one with more is not read aloud
_SHORTEST, _LONGEST = 14, 150


@dataclass(frozen=True, slots=True)
class Heard:
    """A text, its source, and how many wrote it."""

    text: str
    source: str
    times: int


@dataclass(frozen=True, slots=True)
class Said:
    """``steps``: stage → answers on each of the five steps, the worst first. ``quotes``: stage → the text that was written most often.

    Texts that belong to no stage stand under ``""``.
    """

    steps: dict[str, list[int]]
    quotes: dict[str, Heard]


def said(evidence: pd.DataFrame) -> Said:
    """What the customers of an evidence frame said; staff is left out."""
    rows = evidence[(evidence["side"] != "staff").fillna(True).astype(bool)]
    return Said(_steps(rows), _quotes(rows))


def _steps(rows: pd.DataFrame) -> dict[str, list[int]]:
    known = rows.loc[rows["emotion"].notna() & rows["stage_id"].notna(), ["stage_id", "emotion"]]
    values, places = np.unique(known["emotion"].to_numpy(float), return_inverse=True)
    steps = np.array([emotion_step(value) for value in values], dtype=int)[places] if len(values) else np.array([], dtype=int)
    counts = pd.crosstab(known["stage_id"].to_numpy(), steps) if len(known) else pd.DataFrame()
    return {str(stage): [int(row.get(step, 0)) for step in range(5)] for stage, row in counts.iterrows()}


def _quotes(rows: pd.DataFrame) -> dict[str, Heard]:
    texts = rows.loc[rows["text"].notna(), ["stage_id", "text", "source"]]
    texts = texts.assign(text=texts["text"].astype("string").str.split().str.join(" "), stage_id=texts["stage_id"].fillna(""))
    texts = texts[texts["text"].str.len().between(_SHORTEST, _LONGEST)]
    found = {}
    for stage, group in texts.groupby("stage_id", sort=False):
        times = group["text"].value_counts()
        best = max(times.index, key=lambda text: (times[text], len(text)))
        source = group.loc[group["text"] == best, "source"].iloc[0]
        found[str(stage)] = Heard(str(best), "" if pd.isna(source) else str(source), int(times[best]))
    return found
