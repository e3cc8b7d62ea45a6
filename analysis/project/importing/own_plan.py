"""The plan of a workbook that Parcours wrote, edited in Excel and read again: what the person changed, and nothing else.

Such a workbook is known by the ids of its Plan table. Its other sheets hold results worked out by Parcours; they are not read back.
The table says of which revision of the project it is: what the app has changed since is not taken for a change made in Excel, and what
both have changed is told apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pandas as pd

from analysis.language import LANGUAGES, N_, translator
from analysis.project.circles import circle
from analysis.project.importing import words
from analysis.project.importing.builder import Builder, cleaned
from analysis.project.importing.names import Names
from analysis.project.importing.own_order import add_order
from analysis.project.importing.unread import note_unread, raw
from analysis.project.model import PREFIXES, in_limits, new_id
from analysis.project.plan import needs_in_words
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
    "progress": ("progress", N_("Progress"), "number"),
    "cost_low": ("cost_low", N_("Cost, at least"), "number"),
    "cost_high": ("cost_high", N_("Cost, at most"), "number"),
    "effect_low": ("effect_low", N_("Effect, at least (points)"), "number"),
    "effect_high": ("effect_high", N_("Effect, at most (points)"), "number"),
    "confidence": ("confidence", N_("Confidence"), "number"),
    "depends_on": ("needs", N_("Depends on"), "text"),
    "touchpoint": ("touchpoint", N_("Touchpoint"), "text"),
    "stage": ("stage", N_("Stage"), "text"),
}
#: field of an action → its header in the workbook
HEADERS = {field: header for field, (_, header, _) in _COLUMNS.items()}
#: what both sides have changed: field is empty where one of them removed the action
CONFLICTS = ("id", "item", "field", "exported", "file", "app")
_STATUSES = {
    "proposed": N_("Proposed"), "to_do": N_("To do"), "in_progress": N_("In progress"), "done": N_("Done"), "dropped": N_("Dropped"),
}  # fmt: skip
ID, REVISION, PLACE = N_("Id"), N_("Revision"), N_("No.")


def own_plan(project: Project, tables: Iterable[Any]) -> Any | None:
    """The table that holds the plan of this project as Parcours wrote it, if there is one."""
    actions = project.table("action")
    for table in tables:
        if actions and not table.hidden and (column := _column(table, ID)) and set(map(cleaned, table.frame[column])) & set(actions):
            return table
    return None


def revision_of(table: Any) -> int | None:
    """The revision of the project that the table was written from; None in workbooks of an earlier version."""
    column = _column(table, REVISION)
    found = pd.to_numeric(table.frame[column], errors="coerce").dropna() if column else pd.Series(dtype=float)
    return int(found.min()) if len(found) and found.min() >= 1 else None


def add_own_plan(builder: Builder, table: Any, record: str) -> int:
    """Gather what was changed in the file, actions that were added below, and which are no longer there."""
    revision = revision_of(table)
    base = builder.former(revision) if builder.former and revision is not None and revision <= builder.project.revision else None
    now = _shown(builder.project)
    exported = now if base is None else _shown(base)
    columns = {field: found for field, (_, header, _) in _COLUMNS.items() if (found := _column(table, header))}
    id_column, place_column, seen = _column(table, ID), _column(table, PLACE), set()
    numbers: dict[str, tuple[float, str]] = {}
    for position, row in zip(table.frame.index, table.frame.to_dict("records"), strict=True):
        if (stage := columns.get("stage")) and _is_blank(table, position, stage):
            row[stage] = None  # reading fills blank cells of a stage from above, which a plan does not mean
        id = cleaned(row.get(id_column))
        title = cleaned(row.get(columns.get("title", "")))
        seen.add(id)
        if not title or (id and id not in now):
            if id in exported and _changed(exported[id], row, columns):
                _conflict(builder, id, title, "", exported="", file=title, app=None)
            builder.leave(table, position, "no_name")  # emptied, or removed from the project since
            continue
        values = _changed(exported.get(id, {}), row, columns)
        values = _understood(builder, table, position, title, values, columns)
        values = _agreed(builder, id, title, values, exported.get(id, {}), now.get(id, {}))
        values = _linked(builder, table, row, columns, values)
        values = _waiting(builder, table, position, id, title, values, columns)
        if id and place_column and (number := _value(row.get(place_column), "number")) is not None:
            numbers[id] = number, table.cell(position, place_column)
        cells = {field: table.cell(position, columns[field]) for field in values}
        builder.put("action", id or new_id(PREFIXES["action"]), values, item=title, sheet=table.sheet, cells=cells)
    _note_gone(builder, table, exported, now, seen)
    if base is not None or (revision or 0) == builder.project.revision:  # else nobody knows which numbers the file was written with
        add_order(builder, table.sheet, numbers, list(exported), {id: str(row["action"]) for id, row in now.items()})
    return len(seen)


def _understood(
    builder: Builder, table: Any, position: Any, title: str, values: dict[str, Any], columns: dict[str, str]
) -> dict[str, Any]:
    """Without the cells of which nobody can tell what they say, or that say what cannot be. An emptied cell says something."""
    kept = {}
    for field, value in values.items():
        said_nothing = value is None and not _is_blank(table, position, columns[field])
        if said_nothing or (_COLUMNS[field][2] == "number" and not in_limits(field, value)):
            note_unread(builder, table, position, title, field, columns[field])
        else:
            kept[field] = value
    return kept


def _waiting(
    builder: Builder, table: Any, position: Any, id: str, title: str, values: dict[str, Any], columns: dict[str, str]
) -> dict[str, Any]:
    """Titles of the actions that are needed first as their ids; a title that is nobody's, or a circle, is listed and changes nothing."""
    if "depends_on" not in values:
        return values
    titles = Names({id: action.title for id, action in builder.project.table("action").items()})
    told = [part for part in re.split(r"[;\n]", str(values["depends_on"])) if part.strip()]
    found = [one for part in told if (one := titles.find(part.strip()))]
    if len(found) < len(told) or _in_circle(builder, id, found):
        note_unread(builder, table, position, title, "depends_on", columns["depends_on"])
        return {field: value for field, value in values.items() if field != "depends_on"}
    return values | {"depends_on": found}


def _in_circle(builder: Builder, id: str, needed: list[str]) -> bool:
    """Whether an action would come to wait for itself, with what the file says of the others so far."""
    if not id:
        return False
    said = builder.state.get("action", {}) | {id: {"depends_on": needed}}
    actions = {
        other: replace(action, depends_on=said.get(other, {}).get("depends_on", action.depends_on))
        for other, action in builder.project.table("action").items()
    }
    return bool(circle(actions, id))


def _is_blank(table: Any, position: Any, column: str) -> bool:
    """Whether the cell itself is empty in the source."""
    return raw(table, table.cell(position, column)) == ""


def _shown(project: Project) -> dict[str, dict[Any, Any]]:
    """id → the action as the workbook shows it."""
    actions = project.actions
    return {str(row["id"]): row for row in actions.assign(needs=needs_in_words(project)).to_dict("records")}


def _agreed(builder: Builder, id: str, title: str, values: dict[str, Any], exported: dict[Any, Any], now: dict[Any, Any]) -> dict[str, Any]:
    """What was changed in the file, less what the app has changed too where the app's is to be kept; both are noted."""
    kept = {}
    for field, value in values.items():
        name, _, kind = _COLUMNS[field]
        was, current = _value(exported.get(name), kind), _value(now.get(name), kind)
        wanted = None if value == "" else value
        if exported and current not in (was, wanted):
            _conflict(builder, id, title, field, exported=was, file=wanted, app=current)
            if builder.keep_ours:
                continue
        kept[field] = value
    return kept


def _conflict(builder: Builder, id: str, title: str, field: str, **values: Any) -> None:
    builder.conflicts.append({"id": id, "item": title, "field": field} | values)


def _linked(builder: Builder, table: Any, row: dict[Any, Any], columns: dict[str, str], values: dict[str, Any]) -> dict[str, Any]:
    """Names of a touchpoint or stage as what they name; a name that is nobody's is asked about and changes nothing."""
    found = dict(values)
    stage = builder.stage(row.get(columns.get("stage", "")), create=False)
    for field in ("touchpoint", "stage"):
        name = found.pop(field, None)
        if name is None:
            continue
        id = _named(builder, field, str(name), stage) if name else None
        if name and id is None:
            builder.unplaced(field, name, 1, table.sheet)
        else:
            found[field] = id
    return found


def _named(builder: Builder, field: str, name: str, stage: str | None) -> str | None:
    if field == "stage":
        return builder.stage(name, create=False)
    return builder.touchpoint(name, stage) or builder.touchpoint(name)


def _note_gone(builder: Builder, table: Any, exported: dict[str, Any], now: dict[str, Any], seen: set[str]) -> None:
    """Actions whose row was deleted in the file: said, and left alone unless the user wants them gone."""
    for id, row in exported.items():
        if id in now and id not in seen:
            title = str(now[id]["action"])
            if _said(row) != _said(now[id]):
                _conflict(builder, id, title, "", exported=title, file=None, app=title)
                if builder.keep_ours:
                    continue
            builder.remove("action", id, item=title, sheet=table.sheet, command=builder.remove_gone)


def _said(row: dict[Any, Any]) -> list[Any]:
    return [_value(row.get(name), kind) for name, _, kind in _COLUMNS.values()]


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
        if old != new and not (field == "status" and cleaned(row.get(column)) == ""):
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


def _status(text: str) -> str | None:
    """The code of a status, by the names that the workbook offers, else by what people write."""
    for code, name in _STATUSES.items():
        if text == code or text in [translator(language)(name) for language in LANGUAGES]:
            return code
    return words.known_status(text)
