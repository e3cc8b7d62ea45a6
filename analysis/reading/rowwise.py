"""Surveys with a row an answer whose question stands in a column: each question is read as a column of a survey would be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.reading.asked import as_yes_no, is_yes_no, remarks
from analysis.reading.batteries import scale_of, thing_of
from analysis.reading.cells import Ints
from analysis.reading.questions import MEASURES, subject_of
from analysis.reading.recognise import Sample, match, sample
from analysis.reading.typed import read_column

if TYPE_CHECKING:
    from analysis.reading.table import Table

#: more different questions are no questions
_MOST = 300


@dataclass(frozen=True)
class RowQuestion:
    """One question of a survey with a row an answer.

    Attributes
    ----------
    text : the question. measure : satisfaction, nps, ces, importance, rating, emotion_score or comment.
    touchpoint : what it is about, where it names that. rows : positions of its answers in the frame.
    values : the answers, as numbers (as texts of comments). scale : ends of their scale.
    """

    text: str
    measure: str
    touchpoint: str | None
    rows: Ints
    values: pd.Series
    scale: tuple[float, float] | None


def row_questions(table: Table) -> list[RowQuestion]:
    """The questions of a table with the columns question and answer that measure something; empty for other tables."""
    if "question" not in table.frame or "answer" not in table.frame:
        return []
    asked = table.frame["question"].astype("string")
    texts = [text for text in asked.dropna().unique() if text.strip()]
    return list(_read(table, asked, texts)) if len(texts) <= _MOST else []


def _read(table: Table, asked: pd.Series, texts: list[str]) -> Iterator[RowQuestion]:
    number = next(n for n, name in table.numbers.items() if name == "answer")
    cells = table.grid.columns[number]
    for text in texts:
        rows = np.flatnonzero((asked == text).fillna(False).to_numpy(dtype=bool))
        places = table.source_rows[rows]
        measure = _measure(text, sample(cells, places))
        if measure is None:
            continue
        typed = read_column(cells, places, text, measure)
        if is_yes_no(text, sample(cells, places)):
            as_yes_no(typed)
        if measure != "comment" and (not typed.numeric or typed.scale is None):
            continue
        about = None if measure in ("comment", "nps") else subject_of(text) or thing_of(text) or None
        yield RowQuestion(text, measure, about, rows, typed.values, None if measure == "comment" else typed.scale)


def _measure(text: str, seen: Sample) -> str | None:
    guess = match([text], [seen])[0]
    if guess is not None and guess.field in MEASURES and (guess.field == "comment") == (seen.textual and not scale_of(text, seen)):
        return guess.field
    if scale_of(text, seen) or is_yes_no(text, seen):
        return "satisfaction"
    return "comment" if remarks(text, seen) else None
