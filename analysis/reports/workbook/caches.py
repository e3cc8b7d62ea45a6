"""What charts show before a program has read the cells: previews, protected views and mail programs draw from this alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from openpyxl import Workbook
from openpyxl.chart.data_source import AxDataSource, NumData, NumRef, NumVal, StrData, StrRef, StrVal
from openpyxl.utils.cell import range_to_tuple

#: sheet → address → result of a formula
Results = Mapping[str, Mapping[str, Any]]


def fill(book: Workbook, results: Results) -> None:
    """Write beside each reference of each chart what its cells hold; labels are referred to as texts."""
    for sheet in book:
        for chart in sheet._charts:
            for part in getattr(chart, "_charts", [chart]):
                for series in part.ser:
                    _series(series, book, results)


def _series(series: Any, book: Workbook, results: Results) -> None:
    for name in ("cat", "xVal"):
        source = getattr(series, name, None)
        if source is not None:
            _labels(source, book, results)
    for reference in _references(series):
        held = _held(reference.f, book, results)
        if isinstance(reference, NumRef):
            points = [NumVal(idx=at, v=repr(float(value))) for at, value in enumerate(held) if _is_number(value)]
            reference.numCache = NumData(formatCode="General", ptCount=len(held), pt=points)
        else:
            texts = [StrVal(idx=at, v=str(value)) for at, value in enumerate(held) if value is not None]
            reference.strCache = StrData(ptCount=len(held), pt=texts)


def _labels(source: AxDataSource, book: Workbook, results: Results) -> None:
    """Texts are texts, also where openpyxl took them for numbers."""
    if source.numRef is not None and not all(value is None or _is_number(value) for value in _held(source.numRef.f, book, results)):
        source.strRef, source.numRef = StrRef(f=source.numRef.f), None


def _references(series: Any) -> Iterator[NumRef | StrRef]:
    """All that a series refers to: title, labels, values, ends of its error bars."""
    holders = [getattr(series, name, None) for name in ("tx", "cat", "val", "xVal", "yVal", "bubbleSize")]
    for bars in _listed(getattr(series, "errBars", None)):
        holders += [bars.plus, bars.minus]
    for holder in holders:
        for name in ("strRef", "numRef"):
            reference = getattr(holder, name, None)
            if reference is not None:
                yield reference


def _listed(value: Any) -> list[Any]:
    return [] if value is None else list(value) if isinstance(value, list | tuple) else [value]


def _held(address: str, book: Workbook, results: Results) -> list[Any]:
    """The values of a range, cell by cell; of a formula its result."""
    title, (left, top, right, bottom) = range_to_tuple(address)
    sheet, known = book[title], results.get(title, {})
    cells = [sheet.cell(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]
    return [known.get(cell.coordinate, None if cell.data_type == "f" else cell.value) for cell in cells]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
