"""Customer tables: what they say of the people who answered; segments become personas with their share of the customers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.project.commands import Put
from analysis.project.evidence import pack, unpack
from analysis.project.importing.builder import Builder, cleaned
from analysis.project.importing.columns import TEXT, filled, pseudonyms, texts
from analysis.project.importing.long import who_answered
from analysis.project.importing.names import Names
from analysis.project.importing.privacy import personal_of
from analysis.project.model import PREFIXES, new_id

#: fields that say nothing of a customer that answers could be grouped by
_PASSED = {"customer_id", "id", "email", "phone", "ip", "person_name", "company", "url", "comment", "description", "date", "persona"}
_MOST_VALUES, _MOST_PERSONAS = 30, 12


def add_customers(builder: Builder, table: Any, record: str) -> int:
    """Gather a customer table; returns how many customers it is of use for."""
    frame: pd.DataFrame = table.frame
    who = who_answered(frame)
    facts = _facts(table, frame)
    known = _joined(builder, table, frame, who, facts) if who is not None and facts else np.zeros(len(frame), dtype=bool)
    segments = _add_personas(builder, table, frame)
    for position in frame.index[~known & ~segments]:
        builder.leave(table, position, "no_customer")
    return int((known | segments).sum())


def _facts(table: Any, frame: pd.DataFrame) -> dict[str, pd.Series]:
    """Header → what it says of each customer: columns with few values, and figures such as an age."""
    headers = {column: header for header, column in table.columns.items()}
    found: dict[str, pd.Series] = {}
    personal = personal_of(table)
    for column in frame.columns:
        if column in personal or (column in _PASSED and column != "persona"):
            continue
        numeric = pd.api.types.is_numeric_dtype(frame[column]) and frame[column].dtype != "boolean"
        values = filled(frame[column])
        if numeric or values.nunique() <= _MOST_VALUES:
            found[headers.get(column, column)] = values
    return {header: values for header, values in found.items() if values.notna().any()}


def _joined(builder: Builder, table: Any, frame: pd.DataFrame, who: str, facts: dict[str, pd.Series]) -> Any:
    """Give the answers of each known customer what the table says of them; whether each row met any answer."""
    names = texts(frame[who])
    people = pd.Index(pseudonyms(names.tolist(), bytes.fromhex(builder.project.settings.key)))
    met = np.zeros(len(frame), dtype=bool)
    for id, key, data in _blocks(builder):
        block = unpack(data)
        places = people.drop_duplicates().get_indexer(pd.Index(block["respondent"]))
        if (places < 0).all():
            continue
        first = np.flatnonzero(~people.duplicated())
        rows = np.where(places >= 0, first[np.maximum(places, 0)], -1)
        met |= people.isin(block["respondent"].unique())
        wider = block.assign(**{f"attr:{header}": _spread(values, rows, block, header) for header, values in facts.items()})
        _keep(builder, table, id, key, block, wider)
    return met


def _spread(values: pd.Series, rows: Any, block: pd.DataFrame, header: str) -> pd.Series:
    said = pd.Series(values.astype(TEXT).array.take(rows, allow_fill=True))
    name = f"attr:{header}"
    return said.fillna(block[name].astype(TEXT)) if name in block else said


def _keep(builder: Builder, table: Any, id: str, key: str, before: pd.DataFrame, after: pd.DataFrame) -> None:
    fresh, data = pack(after)
    if fresh == key:
        return
    builder.commands.append(Put("evidence", id, {"blob": fresh}, payloads={fresh: data}))
    for column in (name for name in after.columns if name not in before.columns):
        header = column.removeprefix("attr:")
        line = {"kind": "customer", "id": f"{id}:{header}", "item": header, "field": "", "before": None, "after": None, "status": "new"}
        builder.changes.append(line | {"sheet": table.sheet, "cell": ""})


def _blocks(builder: Builder) -> list[tuple[str, str, bytes]]:
    """(id, key, content) of the answers as they will be, those of the same import included."""
    found: dict[str, tuple[str, bytes | None]] = {
        id: (meta.blob, None) for id, meta in builder.project.table("evidence").items() if meta.kind != "events"
    }
    for command in builder.commands:
        if isinstance(command, Put) and command.kind == "evidence" and "blob" in command.values:
            found[command.id] = (command.values["blob"], command.payloads[command.values["blob"]])
    return [(id, key, builder.project.blob(key) if data is None else data) for id, (key, data) in found.items()]


def _add_personas(builder: Builder, table: Any, frame: pd.DataFrame) -> Any:
    """Segments of the table as personas, each with its share of the customers; whether each row is in one."""
    nobody = np.zeros(len(frame), dtype=bool)
    if "persona" not in frame:
        return nobody
    named = filled(frame["persona"])
    counts = named.value_counts()
    if not 1 <= len(counts) <= _MOST_PERSONAS:
        return nobody
    header = next((header for header, column in table.columns.items() if column == "persona"), "persona")
    known = Names({id: persona.name for id, persona in builder.project.table("persona").items()})
    for name, customers in counts.items():
        found = known.find(str(name))
        values: dict[str, Any] = {"share": round(100 * float(customers) / float(counts.sum()), 1)}
        if found is None:
            rule = {"column": header, "comparison": "=", "value": cleaned(name)}
            values |= {"name": cleaned(name), "order": builder.order("persona"), "rule": rule}
        builder.put("persona", found or new_id(PREFIXES["persona"]), values, item=cleaned(name), sheet=table.sheet)
    return named.notna().to_numpy(dtype=bool)
