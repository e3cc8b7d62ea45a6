"""What a project remembers of earlier imports: which sheet a table is a new version of, and how it was corrected then."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.reading.again import NEARLY, likeness, recalled

if TYPE_CHECKING:
    from analysis.project.project import Project


def fingerprint(table: Any) -> str:
    """What tells that two tables are versions of one: their kind and headers, not their rows."""
    headers = "\x1f".join(str(header) for header in table.mapping)
    return hashlib.sha256(f"{table.kind}\x1e{headers}".encode()).hexdigest()


def records_of(project: Project, tables: Sequence[Any], file: str, beside: Collection[str] = ()) -> dict[int, str]:
    """For each table (by ``id()``) the record of the import that it is, or becomes, a version of.

    A table is the new version of the record with its fingerprint and sheet, of this file first; else of one that no other
    table of the file lays claim to. So twelve sheets with the same headers are twelve records, and next month's file is one.
    ``beside``: records of files that arrive together with this one, which are no earlier version of it.
    """
    found: dict[int, str] = {}
    forms = {id(table): [one for one in _of_same_form(project, table, file) if one[0] not in beside] for table in tables}
    for table in tables:
        same = forms[id(table)]
        exact = [id for id, record in same if record.sheet == table.sheet and id not in found.values()]
        own = [id for id in exact if project.table("import")[id].file == file]
        if own or exact:
            found[id(table)] = (own or exact)[0]
    for table in tables:
        if id(table) not in found:
            free = [name for name, _ in forms[id(table)] if name not in found.values()]
            found[id(table)] = free[0] if len(free) == 1 else _fresh(project, table, set(found.values()))
    return found


def _of_same_form(project: Project, table: Any, file: str) -> list[tuple[str, Any]]:
    """Records of the table's form: its headers to the letter, else in another order, else of the same file with a column more or less."""
    records = [(id, record) for id, record in project.table("import").items() if record.kind == table.kind]
    wanted = fingerprint(table)
    exact = [(id, record) for id, record in records if record.fingerprint == wanted]
    if exact:
        return exact
    alike = {id: likeness(table.mapping, record.mapping) for id, record in records}
    same = [(id, record) for id, record in records if alike[id] == 1]
    return same or [(id, record) for id, record in records if alike[id] >= NEARLY and file and record.file == file]


def _fresh(project: Project, table: Any, taken: set[str]) -> str:
    base = f"i_{fingerprint(table)[:16]}"
    if base not in taken and base not in project.table("import"):
        return base
    sheet = f"{base}_{hashlib.sha256(str(table.sheet).encode()).hexdigest()[:8]}"
    numbered = (sheet if n == 0 else f"{sheet}_{n}" for n in range(10_000))
    return next(name for name in numbered if name not in taken and name not in project.table("import"))


def as_before(project: Project, table: Any) -> Any | None:
    """The table corrected as it was at its last import, when one of the same form was corrected; None otherwise."""
    found = recollection(project, table)
    return found.table if found else None


@dataclass(frozen=True)
class Recollection:
    """A table as it was corrected before: for which file, and which of its headers are new, or no longer there."""

    table: Any
    file: str
    added: list[str]
    missing: list[str]


def recollection(project: Project, table: Any) -> Recollection | None:
    """How a table of this form was corrected at its last import; forms that are the same come before those that are nearly so."""
    records = sorted(project.table("import").values(), key=lambda record: record.at, reverse=True)
    records.sort(key=lambda record: -likeness(table.mapping, record.mapping))
    for record in records:
        kept = record.detail.get("reading")
        again = recalled(table, kept) if isinstance(kept, dict) else None
        if again is not None:
            same = again.mapping == table.mapping and again.kind == table.kind and again.header_rows == table.header_rows
            added = [header for header in again.mapping if header not in record.mapping]
            missing = [header for header in record.mapping if header not in again.mapping]
            return None if same and not _matters(again) else Recollection(again, record.file, added, missing)
    return None


def _matters(table: Any) -> bool:
    found = table.corrections
    return bool(found.left_out or found.scales or found.day_first or found.currencies or found.shares or found.turned or found.rows)
