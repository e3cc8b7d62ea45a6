"""The scale of a column of scores: what its header states, its cells say (``4/5``), its words stand for, or its values span."""

from __future__ import annotations

import numpy as np

from analysis.fields import Field
from analysis.reading.cells import TEXT
from analysis.reading.column import Column, Floats
from analysis.reading.numbers import Number
from analysis.reading.scales import CODES, settle, stated_scale

Scale = tuple[float, float]
_MOST_LISTED = 200
_NO_ANSWERS = sorted(map(float, CODES))


class ColumnScale:
    """Finds the scale of one column; words of degree are placed on it, values outside it are noted."""

    def __init__(self, column: Column, known: Field | None, percent: bool) -> None:
        self.column = column
        self.known = known
        self.percent = percent

    def of(self, values: Floats, read: list[Number | None], words: list[float | None] | None) -> Scale | None:
        """The scale; ``values`` of words are moved onto it in place."""
        known, stated = self.known, stated_scale(self.column.header)
        if known is None or (known.type != "score" and known.name != "emotion"):
            return self._of_others(values, stated)
        tops = {item.out_of for item in read if item and item.out_of}
        if stated is None and len(tops) == 1:
            stated = (0.0, float(tops.pop() or 0))
        if words and any(word is not None for word in words):
            return self._with_words(values, words, stated, known)
        self._without_codes(values, stated)
        plain = values[~np.isnan(values)]
        if not len(plain):
            return settle(stated, 1, 1, known.scale)
        scale = settle(stated, float(np.percentile(plain, 2)), float(np.percentile(plain, 98)), known.scale)
        if scale is not None:
            self._doubt_outside(values, scale)
        return scale

    def _without_codes(self, values: Floats, stated: Scale | None) -> None:
        """99 and its like beside figures up to 10 say that somebody did not answer."""
        low, high = sorted(stated or (0.0, 10.0))
        codes = np.isin(values, _NO_ANSWERS) & ((values < low) | (values > high))
        rest = values[~codes & ~np.isnan(values)]
        if not codes.any() or high > 10 or codes.sum() > len(rest) or len(np.unique(rest)) < 2 or rest.min() < low or rest.max() > high:
            return
        for place in np.flatnonzero(codes).tolist()[:_MOST_LISTED]:
            self.column.doubt("dont_know", place, f"{values[place]:g}")
        values[codes] = np.nan

    def _with_words(self, values: Floats, words: list[float | None], stated: Scale | None, known: Field) -> Scale | None:
        """The scale of a column of degrees in words; beside numbers on a longer scale the words are placed on it."""
        column = self.column
        first = next(word for word, value in zip(column.words, words, strict=True) if value is not None)
        worded = (column.kinds == TEXT) & np.array([word is not None for word in words], dtype=bool)[column.places]
        plain = values[~np.isnan(values) & ~worded]
        scale = stated
        if scale is None and len(plain) > worded.sum() / 3 and (plain.max() > 5 or plain.min() < 1):
            scale = settle(None, float(plain.min()), float(plain.max()), known.scale)
        if stated == (0.0, 5.0) and (not len(plain) or plain.min() >= 1):
            scale = (1.0, 5.0)
        if scale is None or scale == (1.0, 5.0):
            column.doubt("words_as_score", column.first_place(first), first)
            scale = (1.0, 5.0)
        else:
            low, high = scale
            values[worded] = np.round(low + (values[worded] - 1) / 4 * (high - low), 4)
            column.doubt("words_with_numbers", column.first_place(first), first, low=f"{low:g}", high=f"{high:g}")
        self._doubt_outside(values, scale)
        return scale

    def _of_others(self, values: Floats, stated: Scale | None) -> Scale | None:
        """The scale of what is no score: the one its header states, or 0 to 100 of a percentage."""
        plain = values[~np.isnan(values)]
        if self.known is None:
            inside = stated is not None and len(plain) and ((plain >= stated[0]) & (plain <= stated[1])).mean() > 0.9
            return stated if inside else None
        share = self.percent and self.known.type == "percent" and len(plain) and plain.min() >= 0 and plain.max() <= 100
        return (0.0, 100.0) if share else None

    def _doubt_outside(self, values: Floats, scale: Scale) -> None:
        outside = np.flatnonzero((values < scale[0]) | (values > scale[1]))
        for place in outside.tolist()[:_MOST_LISTED]:
            self.column.doubt("outside_scale", place, f"{values[place]:g}", low=f"{scale[0]:g}", high=f"{scale[1]:g}")
