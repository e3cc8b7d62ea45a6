"""Moments of truth: the touchpoints that decide the customer's opinion, proposed from the data (D4)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.language import N_
from analysis.methods.frames import at_least, columns_of, need, whole
from analysis.methods.scales import on_scale

#: code → why a touchpoint is proposed
REASONS = {
    "score": N_("It weighs much and the experience lags behind."),
    "emotion": N_("It matters much and is strongly felt."),
    "divided": N_("It matters much and customers are divided."),
}


def moment_of_truth(
    frame: Any,
    importance: str = "importance",
    impact: str = "impact",
    emotion: str = "emotion",
    divided: str = "divided",
) -> pd.DataFrame:
    """Propose moments of truth, each with its score and its reason; the user decides.

    Parameters
    ----------
    frame : any frame, one row per touchpoint: importance and impact (1–10), emotion (−2 … +2), and divided (bool) when
        it is known.
    importance, impact, emotion, divided : names of the columns.

    Returns
    -------
    The frame with moment_score (−3 … 9; NA unless all three are known), proposed (bool) and reason (``score``,
    ``emotion``, ``divided``, several joined by a comma; NA when not proposed).

    Raises
    ------
    MissingColumns, BadScale.

    Notes
    -----
    Score = (emotional weight + business weight) − current experience, each 1–5: importance and impact brought from
    1–10 to 1–5, experience = emotion + 3. Proposed when the score is ≥ 6, when importance ≥ 8 and |emotion| ≥ 1.5
    (great moments too), or when importance ≥ 8 and feelings are divided.

    Examples
    --------
    >>> rows = pd.DataFrame({"importance": [10, 10, 5], "impact": [10, 1, 5], "emotion": [-2.0, 2.0, 0.0]})
    >>> moment_of_truth(rows)[["moment_score", "reason"]].values.tolist()
    [[9.0, 'score,emotion'], [1.0, 'emotion'], [2.5555555555555554, nan]]
    """
    need(frame, [importance, impact, emotion])
    table = whole(frame)
    weight, _, _ = on_scale(table[importance], (1, 10))
    business, _, _ = on_scale(table[impact], (1, 10))
    felt, _, _ = on_scale(table[emotion], (-2, 2))
    split = table[divided].fillna(False).to_numpy(dtype=bool) if divided in columns_of(frame) else np.zeros(len(table), dtype=bool)
    score = (1 + 4 * (weight - 1) / 9) + (1 + 4 * (business - 1) / 9) - (felt + 3)
    matters = at_least(weight, 8)
    marks = {"score": at_least(score, 6), "emotion": matters & at_least(np.abs(felt), 1.5), "divided": matters & split}
    reasons = [",".join(code for code, mark in marks.items() if mark[row]) for row in range(len(table))]
    table["moment_score"] = score
    table["proposed"] = np.any(list(marks.values()), axis=0)
    table["reason"] = pd.array([reason or None for reason in reasons], dtype="str")
    return table
