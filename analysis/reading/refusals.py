"""The sentence for each reason why a file is not read: what it is, and what to do."""

from __future__ import annotations

from typing import Any

from analysis.errors import ReadError
from analysis.language import N_

SENTENCES = {
    "pdf": N_("This is a PDF document. Export the table from its source as .xlsx or .csv and try again."),
    "picture": N_("This is a picture. Type the table in a spreadsheet, save it as .xlsx and try again."),
    "database": N_("This is a database file. Export the table as .csv and try again."),
    "archive": N_("This is an archive. Unpack it and drop the spreadsheets that it contains."),
    "project": N_("This is a saved project of Parcours. On the first page choose “Open a project file”."),
    "word": N_("This is a text document. Copy its table into a spreadsheet, save it as .xlsx and try again."),
    "letter": N_(
        "This is a text, not a table. Put what it says in columns under a header row (one line for each thing), save it as .xlsx or "
        ".csv and try again."
    ),
    "slides": N_("This is a slide presentation. Copy its table into a spreadsheet, save it as .xlsx and try again."),
    "parquet": N_("This is a Parquet file. Save it as .xlsx or .csv and try again."),
    "program": N_("This is a program, not a spreadsheet."),
    "numbers": N_("This is a Numbers file. In Numbers choose File › Export To › Excel, then drop the new file."),
    "xml": N_("This is an XML file that holds no spreadsheet. Save it as .xlsx or .csv and try again."),
    "json": N_("This is a JSON file. Save it as .xlsx or .csv and try again."),
    "binary": N_("This is not a spreadsheet. Save it as .xlsx or .csv and try again."),
    "members": N_("This file has too many parts to be a spreadsheet, so it was not opened."),
    "expands": N_("This file would take {size} MB once unpacked, so it was not opened. Keep only the useful sheets."),
    "cells": N_("This file has more than {cells} cells. Split it, or keep only the useful sheets and columns."),
    "columns": N_("This file has more than {columns} columns: it is no table. Check its separator."),
    "bytes": N_("This file weighs {size} MB and the limit is {limit} MB. Split it, or keep only the useful sheets."),
    "time": N_("Reading this file took too long and was stopped. Split it, or keep only the useful sheets."),
    "memory": N_("Reading this file would take too much memory and was stopped. Split it, or keep only the useful sheets."),
    "entities": N_("This file contains instructions that no spreadsheet needs and was not opened for safety. Save it again from Excel."),
    "aborted": N_("This file is damaged in a way that stops the reading. Open it in Excel, save it again as .xlsx and try again."),
    "no_sheet": N_("This file has no sheet named “{sheet}”. Its sheets are: {sheets}."),
    "frames": N_("This web page refers to other files that hold the table. Open it in Excel, save it as .xlsx and try again."),
    "cancelled": N_("The reading was cancelled. Nothing was imported."),
    "busy": N_("Too many files are being read at once. Try again in a moment."),
}


def refuse(code: str, reason: str | None = None, **values: Any) -> ReadError:
    """The error for a reason of the worker or of the reading."""
    return ReadError(code, text=SENTENCES.get(reason or ""), **values)
