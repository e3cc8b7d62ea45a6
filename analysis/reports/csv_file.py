"""Tables as CSV: the kind that French Excel opens right, and plain UTF-8.

Numbers are written from typed columns; only a text that could start a formula gets an apostrophe before it, unless it is a plain
number. Percentages are in percent, money in the project's currency: the header says so.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import pandas as pd

from analysis.errors import CannotExport
from analysis.language import currency_symbol
from analysis.project.project import Project
from analysis.reports.content import Content
from analysis.reports.workbook.cells import value_of
from analysis.reports.workbook.tables import Column

#: table → module that knows its columns and rows
TABLES = ("plan", "touchpoints", "scores", "emotion", "pareto", "evidence", "satisfaction", "verbatims")
_FIRST = re.compile(r"^[\s\u200b-\u200f\u2060\ufeff]*[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"^[+-]?\d+([.,]\d+)?\s?%?$")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True)
class Dialect:
    """How a CSV is written. ``excel_fr``: semicolons, decimal comma, French dates, BOM. ``plain``: commas, points, ISO dates, UTF-8."""

    separator: str
    point: str
    day: str
    mark: str


DIALECTS = {"excel_fr": Dialect(";", ",", "%d/%m/%Y", "\ufeff"), "plain": Dialect(",", ".", "%Y-%m-%d", "")}


def build(
    project: Project,
    language: str = "fr",
    *,
    table: str = "plan",
    dialect: str | None = None,
    optional: bool = False,
    today: dt.date | None = None,
    people: Mapping[str, str] | None = None,
) -> bytes:
    """One table of the project.

    Parameters
    ----------
    table : one of `TABLES`.
    dialect : ``excel_fr`` or ``plain``; by default the first in French, the second in English.

    Raises
    ------
    CannotExport : no such table or dialect; with ``optional``, no row to write (code ``nothing_to_export``).
    """
    chosen = dialect or ("excel_fr" if language == "fr" else "plain")
    if table not in TABLES:
        raise CannotExport(kind=f"csv, {table}", kinds=", ".join(TABLES))
    if chosen not in DIALECTS:
        raise CannotExport(kind=f"csv, {chosen}", kinds=", ".join(DIALECTS))
    content = Content(project, language, today or dt.date.today(), people or {})
    home = import_module(f"analysis.reports.workbook.{table}")
    columns_of: Callable[[Content], list[Column]] = home.columns_of
    frame_of: Callable[[Content], pd.DataFrame] = home.frame_of
    frame = frame_of(content)
    if optional and frame.empty:
        raise CannotExport("nothing_to_export")
    return written(columns_of(content), frame, DIALECTS[chosen], unit=currency_symbol(project.settings.currency, language))


def written(columns: list[Column], frame: pd.DataFrame, dialect: Dialect, unit: str) -> bytes:
    """The rows as bytes. Every text is quoted, so that a separator inside it cannot open a cell."""
    units = {"percent": " (%)", "money": f" ({unit})"}
    header = [field(column.title + units.get(column.kind, ""), dialect) for column in columns]
    known = [frame[column.key].tolist() if column.key in frame else [None] * len(frame) for column in columns]
    rows: Iterable[list[str]] = ([field(value, dialect) for value in row] for row in zip(*known, strict=True))
    lines = [dialect.separator.join(line) for line in (header, *rows)]
    return (dialect.mark + "\r\n".join(lines) + "\r\n").encode()


def field(value: Any, dialect: Dialect) -> str:
    """One value; missing is empty.

    >>> field("=1+1", DIALECTS["plain"]), field("-12,5", DIALECTS["plain"]), field(-12.5, DIALECTS["excel_fr"])
    ('"\\'=1+1"', '"-12,5"', '-12,5')
    """
    value = value_of(value)
    if value is None:
        return ""
    if isinstance(value, str):
        return '"' + guarded(value).replace('"', '""') + '"'
    if isinstance(value, dt.date):
        return value.strftime(dialect.day)
    if isinstance(value, float):
        return f"{value:.10g}".replace(".", dialect.point)
    return str(value)


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    text = _CONTROL.sub("\ufffd", text)
    return "'" + text if _FIRST.match(text) and not _NUMBER.match(text) else text
