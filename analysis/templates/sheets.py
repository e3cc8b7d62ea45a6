"""Sheets to fill in, one for each kind of table: headers that are recognised, examples, drop-downs. They read back as they are."""

from __future__ import annotations

import datetime as dt
import io
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from analysis.errors import NotFound
from analysis.language import N_, translator

_HERE = Path(__file__).parent
#: rows that have the drop-downs
_ROWS = 500
#: stages that may be added to a journey
_STAGES = 6
_HEAD, _EXAMPLE = "FF1F4E5F", "FF6B7280"


@dataclass(frozen=True)
class Sheet:
    """A template on offer: its title, what it is for, the name of its file, the kind that it is read as."""

    title: str
    help: str
    file: str
    kind: str


SHEETS = {
    "touchpoints": Sheet(N_("Touchpoints"), N_("One row a touchpoint, with its stage and scores."), N_("touchpoints"), "touchpoints"),
    "journey_grid": Sheet(N_("Journey grid"), N_("Stages as columns, lanes as rows."), N_("journey"), "journey_grid"),
    "survey": Sheet(N_("Survey, a column a question"), N_("One row a respondent."), N_("survey"), "survey"),
    "survey_long": Sheet(N_("Survey, a row an answer"), N_("One row a touchpoint that was rated."), N_("answers"), "survey"),
    "comments": Sheet(N_("Comments and reviews"), N_("One row a review."), N_("reviews"), "comments"),
    "tickets": Sheet(N_("Support tickets"), N_("One row a request."), N_("tickets"), "comments"),
    "actions": Sheet(N_("Action plan"), N_("One row an action, with who and when."), N_("actions"), "actions"),
    "personas": Sheet(N_("Personas"), N_("One row a persona."), N_("personas"), "personas"),
    "kpis": Sheet(N_("Indicators"), N_("One row an indicator, with its value and target."), N_("indicators"), "kpis"),
    "customers": Sheet(N_("Customers"), N_("One row a customer: segment, age, place…"), N_("customers"), "customers"),
    "events": Sheet(N_("Event log"), N_("One row a contact: who, when, with which touchpoint."), N_("log"), "events"),
}


def sheet(name: str, language: str = "fr") -> bytes:
    """A template as an .xlsx file, its headers and examples in the language.

    Parameters
    ----------
    name : one of :data:`SHEETS`. language : ``"fr"`` or ``"en"``.

    Raises
    ------
    NotFound : no such template.

    >>> sheet("touchpoints", "en")[:2]
    b'PK'
    """
    if name not in SHEETS:
        raise NotFound
    said = _read(translator(language).language)[name]
    return _workbook(said)


@lru_cache(maxsize=2)
def _read(language: str) -> dict[str, Any]:
    return tomllib.loads((_HERE / language / "sheets.toml").read_text("utf-8"))


def examples(name: str, language: str = "fr") -> tuple[list[str], list[list[Any]]]:
    """The headers and the example rows of a template."""
    said = _read(translator(language).language)[name]
    return list(said["headers"]), [list(row) for row in said["rows"]]


def _workbook(said: dict[str, Any]) -> bytes:
    import openpyxl
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook()
    page = book.active
    page.title = said["sheet"]
    page.append([header or None for header in said["headers"]])
    for row in said["rows"]:
        page.append([None if value == "" else value for value in row])
    for number, header in enumerate(said["headers"], start=1):
        cell = page.cell(1, number)
        cell.font, cell.fill = Font(bold=True, color="FFFFFFFF"), PatternFill("solid", fgColor=_HEAD)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        longest = max([len(str(row[number - 1])) for row in said["rows"]] + [min(len(header), 28)])
        page.column_dimensions[get_column_letter(number)].width = min(max(longest + 2, 11), 46)
    _dress_rows(page, said)
    page.freeze_panes = "B2"
    _add_choices(page, said)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _dress_rows(page: Any, said: dict[str, Any]) -> None:
    """Examples are grey: they are there to be written over."""
    from openpyxl.styles import Alignment, Font

    for line in page.iter_rows(min_row=2, max_row=1 + len(said["rows"])):
        for cell in line:
            cell.font, cell.alignment = Font(color=_EXAMPLE), Alignment(wrap_text=True, vertical="top")
            if isinstance(cell.value, dt.date):
                cell.number_format = "yyyy-mm-dd"


def _add_choices(page: Any, said: dict[str, Any]) -> None:
    """Drop-downs, and limits of numbers; what is typed beside them is allowed, since people know better."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for number, header in enumerate(said["headers"], start=1):
        choices, ends = said.get("choices", {}).get(header), said.get("numbers", {}).get(header)
        if choices:
            rule = DataValidation(type="list", formula1='"' + ",".join(choices) + '"', allow_blank=True, showErrorMessage=False)
        elif ends:
            rule = DataValidation(type="decimal", operator="between", formula1=str(ends[0]), formula2=str(ends[1]), allow_blank=True)
            rule.errorStyle = "warning"
        else:
            continue
        column = get_column_letter(number)
        rule.add(f"{column}2:{column}{_ROWS + 1}")
        page.add_data_validation(rule)
    last = get_column_letter(len(said["headers"]) + _STAGES)
    for number, row in enumerate(said["rows"], start=2):  # of a journey, a lane is a row
        if choices := said.get("rows_choices", {}).get(row[0]):
            rule = DataValidation(type="list", formula1='"' + ",".join(choices) + '"', allow_blank=True, showErrorMessage=False)
            rule.add(f"B{number}:{last}{number}")
            page.add_data_validation(rule)
