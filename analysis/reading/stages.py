"""Rows that hold only the name of a stage, above the touchpoints of that stage."""

from __future__ import annotations

import re

import numpy as np

from analysis.reading.cells import TEXT, Cells, Ints
from analysis.reading.grid import Grid
from analysis.reading.headers import is_question, normalise
from analysis.reading.numbers import parse_number
from analysis.reading.words import is_missing

#: a heading is a name, not a sentence
_LONGEST = 60
#: who somebody is says nothing of where they are on their way
_OF_PEOPLE = re.compile(
    r"\b(?:ages?|sexe|genre|gender|sex|civilite|profession|metier|occupation|csp|diplome|education|revenus?|income|nationalite|nationality"
    r"|ville|city|town|pays|country|region|departement|code postal|postcode|zip|langue|language|situation (?:familiale|maritale)|marital)\b"
)


def stage_headings(grid: Grid, data: Ints, columns: list[int]) -> dict[int, int]:
    """Row → column of the data rows that name a stage; none unless the whole table is laid out that way.

    Parameters
    ----------
    grid : the sheet.
    data : positions of its data rows.
    columns : where such a name may stand (the touchpoints' column, the stages' column, the first one).
    """
    filled = grid.filled[data]
    thin = filled == 1
    if len(data) < 4 or thin.sum() < 2 or thin.sum() > 0.5 * len(data) or not thin[0] or thin[-1]:
        return {}
    if (thin[1:] & thin[:-1]).any() or np.median(filled[~thin]) < 3:
        return {}
    found: dict[int, int] = {}
    for row in data[thin].tolist():
        column = next((c for c in columns if grid.columns[c].kinds[row] == TEXT), None)
        if column is None or len(grid.text(row, column)) > _LONGEST:
            return {}
        found[row] = column
    return found if len(set(found.values())) == 1 else {}


def stages_of(headings: dict[int, int], rows: Ints) -> Ints:
    """For each row, the heading above it."""
    starts = np.array(sorted(headings), dtype=np.int64)
    return starts[np.searchsorted(starts, rows, side="right") - 1]


def likely_stages(header: str, cells: Cells, rows: Ints) -> float:
    """How well a column's values would do as stages: few, repeated, of a word or three; 0 when they would not."""
    kinds = cells.kinds[rows]
    if is_question(header) or _OF_PEOPLE.search(normalise(header)) or len(rows) < 5 or (kinds == TEXT).mean() < 0.5:
        return 0.0
    encoded = cells.encoded(rows, keep=True)
    words = [word for word in encoded.dictionary.to_pylist() if word and not is_missing(word)]
    if sum(parse_number(word) is not None for word in words) > 0.5 * len(words) or any("\n" in word for word in words):
        return 0.0  # codes, figures and lists of choices name no stage
    if not 2 <= len(words) <= 15 or len(words) > len(rows) / 3:
        return 0.0
    length = sum(map(len, words)) / len(words)
    spaced = sum(" " in word for word in words) / len(words)
    counts = np.bincount(encoded.indices.to_numpy(zero_copy_only=False))
    even = 1 - counts.max() / counts.sum()
    return 1.0 + spaced + even + min(length, 12) / 24 if length <= 40 else 0.0
