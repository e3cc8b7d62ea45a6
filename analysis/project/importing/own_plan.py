"""The plan of a workbook that Parcours wrote, edited in Excel and read again: what the person changed, and nothing else.

Such a workbook is known by the ids of its Plan table. Its other sheets hold results worked out by Parcours; they are not read back.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from analysis.language import LANGUAGES, N_, translator
from analysis.project.importing import words
from analysis.project.importing.builder import Builder, cleaned
from analysis.project.model import PREFIXES, new_id
from analysis.project.project import Project

#: field of an action → column of `Project.actions`, header of the workbook, what its cells hold
_COLUMNS = {
    "title": ("action", N_("Action"), "text"),
    "status": ("status", N_("Status"), "status"),
    "owner": ("owner", N_("Owner"), "text"),
    "start_date": ("start_date", N_("Start"), "date"),
    "due_date": ("due_date", N_("Due date"), "date"),
    "impact": ("impact", N_("Impact"), "number"),
    "effort": ("effort", N_("Effort"), "number"),
    "cost": ("cost", N_("Cost"), "number"),
    "kpi": ("kpi", N_("Indicator"), "text"),
    "kpi_baseline": ("kpi_baseline", N_("Baseline"), "number"),
    "kpi_target": ("kpi_target", N_("Target"), "number"),
    "reason": ("reason", N_("Why"), "text"),
    "team": ("team", N_("Team"), "text"),
    "remedy": ("remedy", N_("Remedy"), "text"),
    "description": ("description", N_("Description"), "text"),
    "accountable": ("accountable", N_("Accountable"), "text"),
    "consulted": ("consulted", N_("Consulted"), "text"),
    "informed": ("informed", N_("Informed"), "text"),
    "notes": ("notes", N_("Notes"), "text"),
}
_STATUSES = {
    "proposed": N_("Proposed"), "to_do": N_("To do"), "in_progress": N_("In progress"), "done": N_("Done"), "dropped": N_("Dropped"),
}  # fmt: skip
ID = N_("Id")


def own_plan(project: Project, tables: Iterable[Any]) -> Any | None:
    """The table that holds the plan of this project as Parcours wrote it, if there is one."""
    actions = project.table("action")
    for table in tables:
        if actions and not table.hidden and (column := _column(table, ID)) and set(map(cleaned, table.frame[column])) & set(actions):
            return table
    return None


def add_own_plan(builder: Builder, table: Any, record: str) -> int:
    """Gather what was changed since the plan stands as it does, and actions that were added below."""
    shown = {str(row["id"]): row for row in builder.project.actions.to_dict("records")}
    columns = {field: found for field, (_, header, _) in _COLUMNS.items() if (found := _column(table, header))}
    id_column, count = _column(table, ID), 0
    for position, row in zip(table.frame.index, table.frame.to_dict("records"), strict=True):
        id = cleaned(row.get(id_column))
        values = _changed(shown.get(id, {}), row, columns)
        title = cleaned(row.get(columns.get("title", "")))
        if not title or (id and id not in shown):
            builder.leave(table, position, "no_name")  # emptied, or removed from the project since
            continue
        cells = {field: table.cell(position, columns[field]) for field in values}
        builder.put("action", id or new_id(PREFIXES["action"]), values, item=title, sheet=table.sheet, cells=cells)
        count += 1
    return count


def _column(table: Any, header: str) -> str | None:
    """The column of the frame under this header of the workbook, in either language."""
    for language in LANGUAGES:
        written = translator(language)(header)
        if written in table.mapping:
            found = table.mapping[written] or written
            return str(found) if found in table.frame.columns else None
    return None


def _changed(shown: dict[Any, Any], row: dict[Any, Any], columns: dict[str, str]) -> dict[str, Any]:
    """Fields whose cell no longer says what the project shows; a cell that was emptied takes the value away."""
    found = {}
    for field, column in columns.items():
        name, _, kind = _COLUMNS[field]
        old, new = _value(shown.get(name), kind), _value(row.get(column), kind)
        if old != new and not (field == "status" and new is None):
            found[field] = "" if new is None and kind == "text" else new
    return found if shown else {field: value for field, value in found.items() if value not in (None, "")}


def _value(value: Any, kind: str) -> Any:
    """A cell as it is compared and kept; None when it is empty."""
    if value is None or pd.isna(value) or cleaned(value) == "":
        return None
    if kind == "number":
        number = pd.to_numeric(value, errors="coerce")
        return None if pd.isna(number) else round(float(number), 9)
    if kind == "date":
        day = pd.to_datetime(value, errors="coerce")
        return None if pd.isna(day) else day.date()
    return _status(cleaned(value)) if kind == "status" else cleaned(value)


def _status(text: str) -> str:
    """The code of a status, by the names that the workbook offers, else by what people write."""
    for code, name in _STATUSES.items():
        if text == code or text in [translator(language)(name) for language in LANGUAGES]:
            return code
    return words.status(text)
