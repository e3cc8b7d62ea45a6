"""Every file of ``unseen`` is read as its maker wrote down."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import analysis
from analysis.reading.table import Table

from .unseen import CASES


def _plain(value: Any) -> Any:
    return None if pd.isna(value) else value


def _same(found: pd.Series, wanted: list[Any]) -> bool:
    if pd.api.types.is_datetime64_any_dtype(found):
        wanted = [pd.NaT if value is None else pd.Timestamp(value) for value in wanted]
    left, right = [_plain(value) for value in found], [_plain(value) for value in wanted]
    return len(left) == len(right) and all(a == (pytest.approx(b) if isinstance(b, float) else b) for a, b in zip(left, right, strict=True))


def differences(table: Table, wanted: dict[str, Any]) -> list[str]:
    """What of a table is not as expected, in words."""
    found = []
    for name in ("kind", "hidden", "transposed"):
        if name in wanted and getattr(table, name) != wanted[name]:
            found.append(f"{name} {getattr(table, name)}, not {wanted[name]}")
    counts = table.rows.value_counts().to_dict()
    found += [f"{counts.get(kind, 0)} rows of kind {kind}, not {n}" for kind, n in wanted.get("rows", {}).items() if counts.get(kind, 0) != n]
    found += _columns(table, wanted.get("columns", {})) + _columns(table.turned(), wanted["turned"]) if "turned" in wanted else _columns(table, wanted.get("columns", {}))
    found += _columns(table, {table.columns.get(header, header): values for header, values in wanted.get("questions", {}).items()})
    found += [f"scale of {name} {table.scales.get(name)}, not {ends}" for name, ends in wanted.get("scales", {}).items() if table.scales.get(name) != ends]
    found += [f"{header} taken for {table.mapping.get(header)}" for header, name in wanted.get("mapping", {}).items() if table.mapping.get(header) != name]
    found += [f"{name} in {table.currencies.get(name)}" for name, code in wanted.get("currency", {}).items() if table.currencies.get(name) != code]
    found += [f"{name} {row} at {table.cell(row, name)}" for (name, row), cell in wanted.get("cells", {}).items() if table.cell(row, name) != cell]
    if "headers" in wanted and list(table.mapping) != wanted["headers"]:
        found.append(f"headers {list(table.mapping)}")
    if "touchpoints" in wanted and [q.touchpoint for q in table.questions.values() if q.touchpoint] != wanted["touchpoints"]:
        found.append(f"questions about {[q.touchpoint for q in table.questions.values() if q.touchpoint]}")
    return found + _grid(table, wanted)


def _columns(table: Table, wanted: dict[str, list[Any]]) -> list[str]:
    frame = table.frame
    missing = [f"no column {name} among {list(frame.columns)}" for name in wanted if name not in frame]
    return missing + [f"{name} {frame[name].tolist()}, not {values}" for name, values in wanted.items() if name in frame and not _same(frame[name], values)]


def _grid(table: Table, wanted: dict[str, Any]) -> list[str]:
    found = []
    if "lanes" in wanted and [lane for lane in table.lanes if lane] != wanted["lanes"]:
        found.append(f"lanes {table.lanes}")
    if "stages" in wanted and list(table.frame.columns)[1:] != wanted["stages"]:
        found.append(f"stages {list(table.frame.columns)[1:]}")
    return found


@pytest.mark.parametrize("name", CASES)
def test_it_is_read_as_a_person_would(name):
    data, wanted = CASES[name]()
    book = analysis.read(data, name)
    if "tables" in wanted:
        assert len(book.tables) == wanted["tables"], [table.raw.to_numpy().tolist() for table in book.tables]
    for number, expected in wanted.items():
        if isinstance(number, int):
            assert differences(book.tables[number], expected) == []
            assert set(expected.get("problems", [])) <= set(book.problems["code"])
