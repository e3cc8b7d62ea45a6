"""Cells of one column → typed values. Texts are parsed once per distinct text, however many rows hold it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.fields import FIELDS, Field
from analysis.reading.cells import BLANK, BOOLEAN, DATE, ERROR, MOMENT, NUMBER, Cells, Ints, picked
from analysis.reading.column import AGREE, Column, Typed
from analysis.reading.figures import read_figures
from analysis.reading.flags import read_flags
from analysis.reading.moments import read_dates


def read_column(
    cells: Cells, rows: Ints, header: str, name: str | None, decimal: str = ".", day_first: bool | None = None,
    shares: bool | None = None,
) -> Typed:  # fmt: skip
    """One column, typed by its field where it has one and by its values elsewhere.

    ``day_first``, ``shares``: what the user has said of its dates, and whether figures below 1 are shares (0.09: 9 %) or percentages.
    """
    column = Column(cells, rows, header, FIELDS.get(name or ""), decimal, day_first, shares)
    made = _as_field(column, column.field) if column.field is not None else None
    return made if made is not None else _as_values(column)


def _as_field(column: Column, known: Field) -> Typed | None:
    """The column in the type of its field; nothing when its values are of another."""
    if known.name in ("emotion", "priority", "frequency"):
        return read_figures(column, known) if column.agree(column.numbers()) >= 0.5 and column.filled else _texts(column)
    if known.type == "date":
        return read_dates(column, strict=False)
    if known.type == "flag":
        return read_flags(column)
    if known.type == "id":
        return _texts(column)
    return read_figures(column, known) if known.numeric else _texts(column)


def _as_values(column: Column) -> Typed:
    """The column in the type that its values agree on."""
    if not column.filled:
        return _texts(column)
    dated = int(((column.kinds == DATE) | (column.kinds == MOMENT)).sum())
    if dated > 0.5 * column.filled or column.looks_dated():
        return read_dates(column, strict=True) or _texts(column)
    if (column.kinds == BOOLEAN).sum() == column.filled or column.looks_like_flags():
        return read_flags(column) or _texts(column)
    numeric = (column.kinds == NUMBER).sum() == column.filled
    if numeric or (column.agree(column.numbers()) >= AGREE and not column.holds_codes()):
        return read_figures(column, None) or _texts(column)
    return _texts(column)


def _texts(column: Column) -> Typed:
    """The column as texts; blank cells are missing."""
    trimmed = _without_guard(column.cells.trimmed(picked(column.cells.strings(), column.rows)))
    blank = (column.kinds == BLANK) | (column.kinds == ERROR)
    for place in np.flatnonzero(column.kinds == ERROR).tolist():
        column.doubt("error_cell", place, column.cells.text(int(column.rows[place])))
    values = pc.if_else(pa.array(blank), pa.scalar(None, pa.string()), trimmed) if blank.any() else trimmed
    return Typed(pd.Series(values.to_pandas(types_mapper=_string_type)), None, column.doubts)


def _without_guard(texts: pa.Array) -> pa.Array:
    """Take off the apostrophe that exports put before = + - @ (the raw text keeps it)."""
    if not pc.any(pc.starts_with(texts, "'")).as_py():
        return texts
    return pc.replace_substring_regex(texts, pattern=r"^'([=+\-@])", replacement=r"\1")


def _string_type(kind: pa.DataType) -> Any:
    return pd.StringDtype("pyarrow") if pa.types.is_string(kind) or pa.types.is_large_string(kind) else None
