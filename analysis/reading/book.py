"""A file that was read: its tables, and what was doubtful in them."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO

import pandas as pd

from analysis.reading.grid import Grid, unpack
from analysis.reading.legend import with_legends
from analysis.reading.letters import is_letter
from analysis.reading.limits import Limits
from analysis.reading.ours import mark_results
from analysis.reading.phases import PERIODS, PHASES
from analysis.reading.problems import Problems, frame_of
from analysis.reading.process import pool
from analysis.reading.records import as_records, labelled
from analysis.reading.refusals import refuse
from analysis.reading.split import split
from analysis.reading.table import Table

Source = str | os.PathLike[str] | bytes | bytearray | memoryview | BinaryIO


class Book:
    """What :func:`read` gives back.

    Attributes
    ----------
    tables : list of Table, in the order of the file; hidden sheets are among them with ``hidden = True``.
    problems : DataFrame with sheet, cell, header, value, code, severity (info warning error), message, done.
    name, format, encoding, separator : of the file; the last two for text files.
    """

    def __init__(self, name: str, about: dict[str, Any], tables: list[Table], noted: Iterable[dict[str, Any]] = ()) -> None:
        self.name = name
        self.format: str = about.get("kind", "")
        self.encoding: str | None = about.get("encoding")
        self.separator: str | None = about.get("separator")
        self.tables = tables
        self._noted = list(noted)

    def problems_in(self, language: str) -> pd.DataFrame:
        """The problems with their sentences in ``"en"`` or ``"fr"``."""
        found = [*self._noted]
        for table in self.tables:
            found += table.noted.listed()
        return frame_of(found, language)

    @cached_property
    def problems(self) -> pd.DataFrame:
        """The problems, sentences in English."""
        return self.problems_in("en")

    def __repr__(self) -> str:
        return f"<Book {self.name!r}: {len(self.tables)} tables>"


def read(
    source: Source,
    name: str | None = None,
    *,
    sheet: str | None = None,
    header: int | list[int] | None = None,
    encoding: str | None = None,
    separator: str | None = None,
    limits: Limits | None = None,
    on_progress: Callable[[float], None] | None = None,
    cancel: threading.Event | None = None,
) -> Book:
    """Read a spreadsheet or a text file: every sheet, every cell, typed and recognised.

    Parameters
    ----------
    source : a path, bytes, or a binary file.
    name : the file's name, for bytes; what the file is, is told by its content.
    sheet : read this sheet only.
    header : number of the header row, from 1, or several numbers, ``[]`` where there is none; found out otherwise.
    encoding, separator : of a text file; found out otherwise.
    limits : when to refuse (see :class:`~analysis.reading.limits.Limits`).
    on_progress : called with the share that is done, 0 to 1: file taken, cells read, then each sheet.
    cancel : set it from another thread to stop; the reading process ends and ReadError ``cancelled`` is raised.

    Returns
    -------
    Book : ``.tables``, ``.problems``, ``.problems_in("fr")``.

    Raises
    ------
    ReadError : ``.code`` is empty, encrypted, corrupt, unsupported, too_large or not_a_table (or cancelled).

    Examples
    --------
    >>> book = read("Étape;Point de contact;Impact\\nAchat;Caisse;7\\nAchat;Site;4".encode(), "points.csv")
    >>> book.tables[0].frame["impact"].tolist()
    [7, 4]
    """
    limits = limits or Limits()
    data, name = _bytes(source, name, limits)
    if not data:
        raise refuse("empty")
    memory = min(limits.memory, 500_000_000 + 40 * len(data))
    options = {"name": name, "encoding": encoding, "separator": separator, "memory": memory, "max_cells": limits.cells}
    steps = Steps(on_progress, cancel)
    steps.at(0.0)
    about, grids = unpack(pool.read(data, options, limits, cancel))
    if not about["ok"]:
        raise refuse(about["code"], about["reason"], **about["values"])
    steps.at(0.6)
    return _book(name, about, grids, sheet, [header] if isinstance(header, int) else header, steps)


class Steps:
    """Tells how far the reading is, and stops between two steps when it was cancelled."""

    def __init__(self, on_progress: Callable[[float], None] | None, cancel: threading.Event | None) -> None:
        self._tell = on_progress
        self._cancel = cancel

    def at(self, share: float) -> None:
        if self._cancel is not None and self._cancel.is_set():
            raise refuse("cancelled", "cancelled")
        if self._tell is not None:
            self._tell(share)


def _bytes(source: Source, name: str | None, limits: Limits) -> tuple[bytes, str]:
    """The file's bytes; too many are not even read."""
    if isinstance(source, bytes | bytearray | memoryview):
        _check_size(len(source), limits)
        return bytes(source), name or ""
    if isinstance(source, str | os.PathLike):
        path = Path(source)
        _check_size(path.stat().st_size, limits)
        return path.read_bytes(), name or path.name
    data = source.read(limits.bytes + 1)
    _check_size(len(data), limits)
    return data, name or Path(str(getattr(source, "name", ""))).name


def _check_size(size: int, limits: Limits) -> None:
    if size > limits.bytes:
        raise refuse("too_large", "bytes", size=round(size / 1e6, 1), limit=round(limits.bytes / 1e6))


def _book(
    name: str,
    about: dict[str, Any],
    grids: list[Grid],
    sheet: str | None,
    header: list[int] | None,
    steps: Steps | None = None,
) -> Book:
    if sheet is not None:
        wanted = [grid for grid in grids if grid.name == sheet]
        if not wanted:
            raise refuse("not_a_table", "no_sheet", sheet=sheet, sheets=", ".join(grid.name for grid in grids))
        grids = wanted
    stem = Path(name).stem
    noted = Problems("")
    _note_text(about, noted)
    mark_results(grids)
    with_legends(grids)
    tables = []
    for number, grid in enumerate(grids, 1):
        grid.name = grid.name or stem
        if grid.facts.get("broken"):
            noted.found.append({"sheet": grid.name, "cell": "", "header": "", "value": "", "code": "broken_sheet", "values": {}})
        elif not grid.height or not grid.filled.any():
            noted.found.append({"sheet": grid.name, "cell": "", "header": "", "value": "", "code": "empty_sheet", "values": {}})
        else:
            tables += _tables(grid, header, about)
        if steps is not None:
            steps.at(0.6 + 0.4 * number / len(grids))
    if not tables:
        raise refuse("corrupt" if any(grid.facts.get("broken") for grid in grids) else "empty")
    if header is None and is_letter(tables):
        raise refuse("not_a_table", "letter")
    if about.get("kind") in ("xls", "xlsb"):
        for table in tables:
            if not table.grid.facts.get("formats_told"):
                _note_shares(table)
    return Book(name, about, tables, noted.listed())


def _note_shares(table: Table) -> None:
    """Nothing told the formats of this file: shares between 0 and 1 may have been shown as percentages."""
    for header, name in table.columns.items():
        values = table.frame[name]
        if not pd.api.types.is_float_dtype(values.dtype) or name in table.scales:
            continue
        told = values.dropna()
        if len(told) > 2 and ((told >= 0) & (told <= 1)).all() and (told % 1 != 0).any():
            first = told[told % 1 != 0].iloc[0]
            cell = table.cell(int(told[told % 1 != 0].index[0]), name)
            table.noted.add("formats_unknown", cell, header, f"{first:g}", read=f"{first * 100:g}%")


def _tables(grid: Grid, header: list[int] | None, about: dict[str, Any]) -> list[Table]:
    """The tables of one sheet; a second and further one carry their number."""
    if header is not None:
        return [Table(grid, header=_positions(grid, header), decimal=_decimal(about))]
    names = [grid.name if number == 1 else f"{grid.name} ({number})" for number in range(1, 100)]
    records = as_records(grid) or as_records(labelled(grid))
    if records is not None:
        return [Table(records, name=grid.name, decimal=_decimal(about))]
    parts = split(grid)[: len(names)]
    return [_drawn(Table(part, name=name, decimal=_decimal(about)), about) for name, part in zip(names, parts, strict=False)]


#: what the rows of a table on its side are → what it is when turned, and the code that says so
_ON_SIDE = {PHASES: ("journey_grid", "phases_down"), PERIODS: ("kpis", "periods_down")}


def _drawn(table: Table, about: dict[str, Any]) -> Table:
    """A journey map whose phases go down the page, or indicators whose months do, as they are usually drawn."""
    if not table.on_side:
        return table
    kind, code = _ON_SIDE[table.on_side]
    turned = Table(table.grid.turned(), name=table.name, decimal=_decimal(about))
    if turned.kind != kind:
        return table
    turned.noted.add(code)
    return turned


def _decimal(about: dict[str, Any]) -> str:
    """Files with ; between cells come from where the decimal sign is a comma."""
    return "," if about.get("separator") == ";" else "."


def _note_text(about: dict[str, Any], noted: Problems) -> None:
    for code in about.get("notes", []):
        noted.add(code)
    for member in about.get("skipped", []):
        noted.add("skipped_member", value=member)
    encoding = about.get("encoding")
    if encoding and not str(encoding).startswith("utf-8"):
        noted.add("encoding", value=str(encoding))


def _positions(grid: Grid, header: list[int] | None) -> list[int] | None:
    """Row numbers of the file, from 1 → positions in the grid."""
    if header is None:
        return None
    numbers = {grid.sheet_row(row): row for row in range(min(grid.height, 5000))}
    return [numbers[number] for number in sorted(header) if number in numbers]
