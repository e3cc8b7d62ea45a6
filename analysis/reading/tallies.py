"""Surveys that were already counted: a column an answer (“Very satisfied”, “Satisfied”…), a row a question, and how many people gave it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.reading.cells import Ints
from analysis.reading.column import Floats
from analysis.reading.headers import brackets, normalise
from analysis.reading.ladders import ladder
from analysis.reading.numbers import parse_number
from analysis.reading.recognise import Sample
from analysis.reading.words import degree

if TYPE_CHECKING:
    from analysis.reading.table import Table

_FEWEST, _MOST_STEPS = 3, 11
#: what a table of counted answers tells of each; what says who answered, and when, is not among it
_COUNTING = frozenset(("question", "touchpoint", "answer", "rating", "satisfaction", "count", "reach"))
_SHARE = re.compile(r"%|\b(?:parts?|pourcentages?|percent\w*|shares?|taux)\b", re.I)
#: more are no answers to a question
_MOST = 1_000_000
_FIGURES_IN_WORDS = frozenset("one two three four five un deux trois quatre cinq".split())  # noqa: SIM905
_AROUND = re.compile(r"^(?:nb|nombre|number|count|n|%|part|percent\w*|pourcentage)\s+(?:de |d'|of )?|\s+(?:nb|n|%|count|percent\w*)$")
_BASE = re.compile(
    r"^(?:n|nb|nombre|total|totaux|effectifs?|base|responses?|reponses?|repondants?|respondents?|answers?|votes?|count|number)\b"
)


@dataclass(frozen=True)
class Tallies:
    """Column → the degree from 1 to 5 that it counts; the column that says how many answered, if any; whether figures are shares."""

    degrees: dict[int, float] = field(default_factory=dict)
    base: int | None = None
    shares: bool = False

    @property
    def of_nobody_knows_how_many(self) -> bool:
        """Shares, and nothing that says of how many people."""
        return bool(self.degrees) and self.shares and self.base is None


def tallies(headers: Sequence[str], samples: Sequence[Sample]) -> Tallies:
    """What a table of counted answers counts; nothing (no degrees) for other tables.

    Three different answers of one scale at least, on both sides of its middle, over figures that can be counts or shares.
    """
    said = {n: _said(header) for n, header in enumerate(headers) if _counted(samples[n])}
    degrees = next((found for run in _runs(list(said)) if (found := _scale({n: said[n] for n in run}))), {})
    if not degrees:
        return Tallies()
    base = next((n for n, word in said.items() if n not in degrees and _BASE.match(normalise(headers[n]))), None)
    return Tallies(degrees, base, _shares(headers, samples, list(degrees)))


def _runs(columns: list[int]) -> Iterator[list[int]]:
    """The columns, and parts of them that stand side by side, longest first."""
    for length in range(min(len(columns), _MOST_STEPS), _FEWEST - 1, -1):
        for first in range(len(columns) - length + 1):
            yield columns[first : first + length]


def _scale(said: dict[int, str]) -> dict[int, float]:
    """The degree of each answer, where all are steps of one scale that reaches to both sides of its middle; of many, two may be alike."""
    if set(said.values()) <= _FIGURES_IN_WORDS:  # “one, two, three” over figures number columns, not stars
        return {}
    steps = ladder(said.values())
    degrees = {n: told for n, word in said.items() if (told := steps.get(word) or _degree(word)) is not None}
    middle = sum(told == 3 for told in degrees.values())  # “Moyen” beside “Sans avis”: the second is nobody's opinion
    whole = len(degrees) == len(said) and middle <= 1 and len(set(degrees.values())) >= max(_FEWEST, len(said) - 1)
    return degrees if whole and min(degrees.values()) < 3 < max(degrees.values()) else {}


def _said(header: str) -> str:
    """The answer that a header names, without what says that it is counted."""
    text = header
    for inside in brackets(header):
        text = text.replace(f"({inside})", " ")
    return _AROUND.sub("", normalise(text)).strip()


def _degree(word: str) -> float | None:
    read = parse_number(word) if word else None
    if read is not None:
        return read.value if read.out_of == 5 and 1 <= read.value <= 5 else None
    return degree(word)


def _counted(seen: Sample) -> bool:
    return seen.filled > 0 and seen.numbers >= 0.9 and not seen.dates


def _shares(headers: Sequence[str], samples: Sequence[Sample], columns: list[int]) -> bool:
    told = any("%" in word for n in columns for word in samples[n].words) or any("%" in headers[n] for n in columns)
    below = all((read := parse_number(word)) is None or read.value <= 1 for n in columns for word in samples[n].words)
    return told or (below and any(samples[n].shares for n in columns))


def tallied(table: Table) -> pd.DataFrame:
    """One line for each count of the table: row, column (of the frame), degree, count; shares become answers of those who answered."""
    if table.tallies.of_nobody_knows_how_many:
        return pd.DataFrame(columns=["row", "column", "degree", "count"])
    lines = []
    for name, told, figures in _figures(table):
        counts = _answers(table, figures) if table.tallies.shares else figures
        some = np.flatnonzero((counts > 0) & (counts < _MOST))
        lines += [(row, name, told, round(float(counts[row]))) for row in some.tolist()]
    return pd.DataFrame(lines, columns=["row", "column", "degree", "count"])


def counting(headers: Sequence[str], fields: Sequence[str | None], columns: Sequence[Sequence[str]]) -> tuple[int, bool] | None:
    """Which column counts the answers of a table with a row an answer and its question, and whether it gives shares; nothing for others.

    Every answer stands once under its question, several under one, and no column tells who answered or when.
    """
    about = next((n for n, field in enumerate(fields) if field in ("question", "touchpoint")), None)
    said = next((n for n, field in enumerate(fields) if field in ("answer", "rating", "satisfaction")), None)
    if about is None or said is None or set(fields) - {"stage", "family", "persona", None} - _COUNTING:
        return None
    pairs = list(zip(columns[about], columns[said], strict=True))
    again = len(set(columns[about]))
    if len(set(pairs)) < len(pairs) or not 2 * again <= len(pairs) or len(set(columns[said])) >= len(pairs):
        return None
    kinds = {n: _counts_of(header, columns[n]) for n, header in enumerate(headers) if n not in (about, said)}
    found = [(n, kind == "share") for n, kind in kinds.items() if kind]
    return min(found, key=lambda one: one[1], default=None)


def _counts_of(header: str, cells: Sequence[str]) -> str:
    """What a column counts answers in: whole numbers under a header that says so, shares that make a whole, or nothing."""
    read = [parse_number(text) for text in cells if text]
    values = [one.value for one in read if one is not None]
    if not values or len(values) < len(read) or min(values) < 0 or max(values) >= _MOST:
        return ""
    if _SHARE.search(header) or any(one is not None and one.percent for one in read):
        return "share"
    return "count" if _BASE.match(normalise(header)) and all(value % 1 == 0 for value in values) and max(values) > 1 else ""


def repeated(table: Table) -> Ints | None:
    """How often each answer was given, where a column counts that."""
    if table.counted_by is None or table.counted_by[1]:
        return None
    return _told(table, table.counted_by[0]).astype(np.int64)


def _told(table: Table, header: str) -> Floats:
    """The figures of a column of counts or shares, 0 where a cell is blank."""
    values = table.frame[table.columns[header]]
    if pd.api.types.is_numeric_dtype(values):
        return values.to_numpy(dtype=float, na_value=0.0)
    read = [parse_number(str(text)) if not pd.isna(text) else None for text in values]
    return np.array([one.value if one else 0.0 for one in read])


def shared(table: Table) -> pd.Series:
    """The mean degree of each row, from 1 to 5, where shares are of nobody knows how many people; missing where a row has none.

    In a table with a row an answer, the mean of a question stands in its first row.
    """
    if table.counted_by is not None and table.counted_by[1]:
        return _shared_by_rows(table, _told(table, table.counted_by[0]))
    if not table.tallies.of_nobody_knows_how_many:
        return pd.Series(dtype="Float64")
    degrees, shares = np.array([told for _, told, _ in _figures(table)]), np.array([figures for *_, figures in _figures(table)])
    weights = np.nan_to_num(np.where(shares > 0, shares, 0.0))
    whole = weights.sum(axis=0)
    means = np.divide(degrees @ weights, whole, out=np.full(len(whole), np.nan), where=whole > 0)
    return pd.Series(pd.arrays.FloatingArray(np.nan_to_num(means), np.isnan(means)))


def _shared_by_rows(table: Table, shares: Floats) -> pd.Series:
    """The mean of each question, in its first row."""
    means = np.full(len(table.frame), np.nan)
    asked = [(one.rows, one.values, one.scale) for one in table.row_questions if one.scale]
    marks = next((name for name in ("rating", "satisfaction") if name in table.scales), None)
    if marks is not None and not asked:
        groups = table.frame.groupby("touchpoint" if "touchpoint" in table.frame else "question", sort=False).indices
        places = [np.asarray(rows, dtype=np.int64) for rows in groups.values()]
        asked = [(rows, table.frame[marks].iloc[rows], table.scales[marks]) for rows in places]
    for rows, values, (low, high) in asked:
        figures = values.to_numpy(dtype=float, na_value=np.nan)
        told = ~np.isnan(figures) & (shares[rows] > 0)
        if told.any():
            means[rows[0]] = 1 + 4 * (np.average(figures[told], weights=shares[rows][told]) - low) / (high - low)
    return pd.Series(pd.arrays.FloatingArray(np.nan_to_num(means), np.isnan(means)))


def _figures(table: Table) -> list[tuple[str, float, Floats]]:
    """Column (of the frame), degree and figures of each answer."""
    names = [table.columns.get(header, "") for header in table.mapping]
    numeric = [(names[n], told) for n, told in table.tallies.degrees.items() if _is_numeric(table, names[n])]
    return [(name, told, table.frame[name].to_numpy(dtype=float, na_value=np.nan)) for name, told in numeric]


def _is_numeric(table: Table, name: str) -> bool:
    return bool(name) and pd.api.types.is_numeric_dtype(table.frame[name])


def _answers(table: Table, shares: Floats) -> Floats:
    """How many answers the shares of a column are, row by row."""
    base = list(table.mapping)[table.tallies.base or 0]
    people = table.frame[table.columns[base]].to_numpy(dtype=float, na_value=np.nan)
    whole = 100.0 if np.nanmax(shares, initial=0.0) > 1 else 1.0
    return np.asarray(shares / whole * people, dtype=np.float64)
