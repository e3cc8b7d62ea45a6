"""Action lists and personas."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.language import N_, money, translator
from analysis.project.importing import words
from analysis.project.importing.builder import Builder, cleaned
from analysis.project.importing.inventory import found_or_made
from analysis.project.importing.names import Names
from analysis.project.importing.rest import Rest
from analysis.project.importing.unread import note_unread
from analysis.project.model import PREFIXES, in_limits, new_id
from analysis.reading.words import is_missing, is_unknown

_ACTION_TEXTS = {
    "owner": "owner", "team": "team", "kpi": "kpi", "description": "description", "comment": "notes", "accountable": "accountable",
    "consulted": "consulted", "informed": "informed",
}  # fmt: skip
_ACTION_NUMBERS = {"cost": "cost", "effort": "effort", "impact": "impact", "progress": "progress", "kpi_target": "kpi_target"}
#: until when, what was foreseen before what came of it
_ACTION_DATES = {"start_date": "start_date", "end_date": "due_date", "due_date": "due_date"}
_PERSONA_TEXTS = {"description": "description", "need": "goals", "pain": "frustrations", "comment": "quote", "channel": "channels"}


def add_actions(builder: Builder, table: Any, record: str) -> int:
    """Gather an action list; an action is known by its title, and its touchpoint when it has one."""
    titles = Names({id: action.title for id, action in builder.project.table("action").items()})
    count, rest = 0, Rest(builder, table, ())
    for position, row in zip(table.frame.index, table.frame.to_dict("records"), strict=True):
        title = cleaned(row.get("action"))
        if title:
            _add_action(builder, table, position, row | _undated(table, position, row), title, titles, rest)
            count += 1
        else:
            builder.leave(table, position, "no_name")
    return count


def _add_action(builder: Builder, table: Any, position: Any, row: dict[str, Any], title: str, titles: Names, rest: Rest) -> None:
    values: dict[str, Any] = {"title": title}
    named = words.said_of(row.get("touchpoint"))
    if named:
        values["touchpoint"] = found_or_made(builder, table, named)
    if cleaned(row.get("stage")):
        values["stage"] = builder.stage(row["stage"], sheet=table.sheet, create=builder.pristine)
    values |= {ours: said for theirs, ours in _ACTION_TEXTS.items() if (said := words.said_of(row.get(theirs)))}
    values |= _figures(builder, table, position, row, title)
    values |= {ours: pd.Timestamp(row[theirs]).date() for theirs, ours in _ACTION_DATES.items() if _is_date(row.get(theirs))}
    if cleaned(row.get("status")):
        values["status"] = words.status(cleaned(row["status"]))
    if row.get("due_words"):
        said = translator(builder.project.settings.language)(N_("Due: {words}"), words=row["due_words"])
        values["notes"] = "\n".join(filter(None, [values.get("notes", ""), said]))
    if _is_number(row.get("running_cost")) and (id(table), "running_cost") not in builder.foreign:
        values["notes"] = _with_yearly(builder, values.get("notes", ""), float(row["running_cost"]))
    known = titles.find(title) or new_id(PREFIXES["action"])
    builder.put("action", known, values | _beside(builder, rest, position, "action", known, "notes", values), item=title, sheet=table.sheet)


def _beside(builder: Builder, rest: Rest, position: Any, kind: str, id: str, field: str, values: dict[str, Any]) -> dict[str, str]:
    """The text of a thing with the columns that are no field of ours; nothing where it stays what it is."""
    earlier = builder.state.get(kind, {}).get(id, {}).get(field) or getattr(builder.project.table(kind).get(id), field, "")
    text = str(values.get(field) or earlier or "")
    said = rest.under(text, position)
    return {} if said == text else {field: said}


def _figures(builder: Builder, table: Any, position: Any, row: dict[str, Any], title: str) -> dict[str, float]:
    """What is in the project's currency, and can be. Impact and effort may be quantities (person-days): they have no ends here."""
    found = {}
    for theirs, ours in _ACTION_NUMBERS.items():
        if not _is_number(row.get(theirs)) or (id(table), theirs) in builder.foreign:
            continue
        if ours in ("impact", "effort") or in_limits(ours, float(row[theirs])):
            found[ours] = float(row[theirs])
        else:
            note_unread(builder, table, position, title, ours, theirs)
    return found


def _undated(table: Any, position: int, row: dict[str, Any]) -> dict[str, str]:
    """The words of a deadline that is no day, “fin juin”: who plans reads them in the notes."""
    if "due_date" not in row or _is_date(row["due_date"]) or getattr(table, "grid", None) is None:
        return {}
    text = table.grid.text(int(table.source_rows[position]), table.place_of("due_date")).strip()
    return {"due_words": text} if text and not is_missing(text) and not is_unknown(text) else {}


def _with_yearly(builder: Builder, notes: str, amount: float) -> str:
    """The notes with what the action costs every year, which is no part of its budget."""
    settings = builder.project.settings
    t = translator(settings.language)
    said = t(N_("Yearly cost: {amount}"), amount=money(amount, t.language, builder.currency))
    return f"{notes}\n{said}" if notes else said


def add_personas(builder: Builder, table: Any, record: str) -> int:
    """Gather personas, one a row."""
    names = Names({id: persona.name for id, persona in builder.project.table("persona").items()})
    count, rest = 0, Rest(builder, table, ())
    for position, row in zip(table.frame.index, table.frame.to_dict("records"), strict=True):
        name = cleaned(row.get("persona")) or cleaned(row.get("person_name"))
        if name:
            values = {"name": name} | {ours: cleaned(row[theirs]) for theirs, ours in _PERSONA_TEXTS.items() if cleaned(row.get(theirs))}
            found = names.find(name)
            id = found or new_id(PREFIXES["persona"])
            values |= _beside(builder, rest, position, "persona", id, "description", values)
            builder.put("persona", id, values | ({} if found else {"order": builder.order("persona")}), item=name)
            count += 1
        else:
            builder.leave(table, position, "no_name")
    return count


def _is_number(value: Any) -> bool:
    return value is not None and not isinstance(value, str | bool) and bool(pd.notna(value))


def _is_date(value: Any) -> bool:
    return isinstance(value, pd.Timestamp) and bool(pd.notna(value))
