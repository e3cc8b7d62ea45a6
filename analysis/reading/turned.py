"""Scales whose low end is the good one: “1 = very satisfied, 5 = not at all”."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd

from analysis.reading.numbers import parse_number
from analysis.reading.words import degree

#: fields of which a high figure is good news; of an effort or a cost it is not, however easy its low end is
GOOD_WHEN_HIGH = frozenset({"satisfaction", "rating", "nps", "ces", "emotion_score"})
_END = re.compile(r"([-+−–]?\d{1,3})\s*[=:]\s*([^\d=:,;/()]+)")
_GOOD = re.compile(r"\b(?:meilleure?s?|excellente?|parfaite?|best|perfect|excellent|bonne?|good|great)\b", re.I)
_BAD = re.compile(r"\b(?:pires?|mauvaise?s?|worst|bad|poor|terrible|nulle?|médiocre|awful)\b", re.I)


def says_low_is_good(header: str) -> bool:
    """Whether a header names its two ends, and gives the good word to the low one.

    >>> says_low_is_good("Note (1 = très bon, 6 = mauvais)"), says_low_is_good("Note (1 = mauvais, 5 = très bon)")
    (True, False)
    """
    ends = {float(number.replace("−", "-").replace("–", "-")): _goodness(words) for number, words in _END.findall(header)}
    if len(ends) < 2:
        return False
    low, high = ends[min(ends)], ends[max(ends)]
    return low is not None and high is not None and low > high


def _goodness(words: str) -> float | None:
    told = degree(words.strip(" .-–"))
    if told is not None:
        return told
    good, bad = bool(_GOOD.search(words)), bool(_BAD.search(words))
    return None if good == bad else 5.0 if good else 1.0


def turn_words(values: pd.Series, texts: list[str], ends: tuple[float, float]) -> pd.Series:
    """Degrees in words, placed anew on a scale whose first end is the worst: “very satisfied” is 1 on a scale of 5 to 1.

    Words were placed with the high end as the good one; numbers are left as they are written.
    """
    worded: dict[str, bool] = {}
    for text in set(texts):
        worded[text] = bool(text) and parse_number(text) is None and degree(text) is not None
    places: Any = np.array([worded[text] for text in texts], dtype=bool) & values.notna().to_numpy()
    if not places.any():
        return values
    turned = values.astype("Float64").to_numpy(dtype=float, na_value=np.nan)
    turned[places] = sum(ends) - turned[places]
    missing = np.isnan(turned)
    whole = bool(np.all(missing | (turned % 1 == 0)))
    if whole and values.dtype == "Int64":
        return pd.Series(pd.arrays.IntegerArray(np.where(missing, 0, turned).astype(np.int64), missing), index=values.index)
    return pd.Series(pd.arrays.FloatingArray(np.where(missing, 0.0, turned), missing), index=values.index)
