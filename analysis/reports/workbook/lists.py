"""The lists behind the drop-downs: statuses and owners. A name added under the owners is offered at once."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from analysis.reports import words
from analysis.reports.content import Content
from analysis.reports.workbook.cells import Pen
from analysis.reports.workbook.tables import Column, add_sheet, write_table

#: rows below the last that keep the drop-downs, so that actions added by hand have them too
SPARE = 200


@dataclass(frozen=True)
class Lists:
    """The sheet of lists and where each stands on it."""

    sheet: Worksheet
    areas: dict[str, str]


def owners_of(content: Content) -> list[str]:
    """Everybody who owns a touchpoint or an action, in alphabetical order."""
    project = content.project
    found = [e.owner for kind in ("touchpoint", "action") for e in project.table(kind).values() if e.owner]
    return sorted(set(found), key=str.casefold)


def prepare(pen: Pen, content: Content, owners: list[str]) -> Lists:
    """Write the sheet of lists."""
    t = content.t
    statuses = [t(text) for text in words.STATUSES.values()]
    sheet = add_sheet(pen, t("Lists"), t("What the drop-downs of the plan offer. Add an owner below the last one and it is offered too."))
    length = max(len(statuses), len(owners))
    frame = pd.DataFrame({"status": _padded(statuses, length), "owner": _padded(owners, length)}, dtype="string")
    placed = write_table(pen, sheet, "Lists", [Column("status", t("Status"), width=24), Column("owner", t("Owner"), width=34)], frame)
    name = quote_sheetname(sheet.title)
    areas = {
        key: f"{name}!${placed.letters[key]}${placed.first}:${placed.letters[key]}${placed.first + count - 1}"
        for key, count in (("status", len(statuses)), ("owner", len(owners) + SPARE))
    }
    return Lists(sheet, areas)


def _padded(items: list[str], length: int) -> list[str | None]:
    return [*items, *[None] * (length - len(items))]


def offer(sheet: Worksheet, lists: Lists, key: str, column: int, first: int, last: int, *, strict: bool, sentence: str) -> None:
    """Put a drop-down on a column; ``strict``: nothing else is taken."""
    rule = DataValidation(type="list", formula1=lists.areas[key], allow_blank=True, showErrorMessage=strict)
    rule.errorTitle, rule.error = sheet.title[:31], sentence[:220]
    letter = get_column_letter(column)
    rule.add(f"{letter}{first}:{letter}{last + SPARE}")
    sheet.add_data_validation(rule)


def move_here(pen: Pen, lists: Lists) -> None:
    """Put the sheet of lists last."""
    sheets = pen.book._sheets
    sheets.remove(lists.sheet)
    sheets.append(lists.sheet)
