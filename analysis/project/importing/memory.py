"""What a project remembers of earlier imports: which sheet a table is a new version of, and how it was corrected then."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from analysis.reading.corrections import recalled

if TYPE_CHECKING:
    from analysis.project.project import Project


def fingerprint(table: Any) -> str:
    """What tells that two tables are versions of one: their kind and headers, not their rows."""
    headers = "\x1f".join(str(header) for header in table.mapping)
    return hashlib.sha256(f"{table.kind}\x1e{headers}".encode()).hexdigest()


def records_of(project: Project, tables: Sequence[Any], file: str) -> dict[int, str]:
    """For each table (by ``id()``) the record of the import that it is, or becomes, a version of.

    A table is the new version of the record with its fingerprint and sheet, of this file first; else of one that no other
    table of the file lays claim to. So twelve sheets with the same headers are twelve records, and next month's file is one.
    """
    found: dict[int, str] = {}
    for table in tables:
        same = _of_same_form(project, table)
        exact = [id for id, record in same if record.sheet == table.sheet and id not in found.values()]
        own = [id for id in exact if project.table("import")[id].file == file]
        if own or exact:
            found[id(table)] = (own or exact)[0]
    for table in tables:
        if id(table) not in found:
            free = [name for name, _ in _of_same_form(project, table) if name not in found.values()]
            found[id(table)] = free[0] if len(free) == 1 else _fresh(project, table, set(found.values()))
    return found


def _of_same_form(project: Project, table: Any) -> list[tuple[str, Any]]:
    wanted = fingerprint(table)
    return [(id, record) for id, record in project.table("import").items() if record.fingerprint == wanted]


def _fresh(project: Project, table: Any, taken: set[str]) -> str:
    base = f"i_{fingerprint(table)[:16]}"
    if base not in taken and base not in project.table("import"):
        return base
    sheet = f"{base}_{hashlib.sha256(str(table.sheet).encode()).hexdigest()[:8]}"
    numbered = (sheet if n == 0 else f"{sheet}_{n}" for n in range(10_000))
    return next(name for name in numbered if name not in taken and name not in project.table("import"))


def as_before(project: Project, table: Any) -> Any | None:
    """The table corrected as it was at its last import, when one of the same headers was corrected; None otherwise."""
    records = sorted(project.table("import").values(), key=lambda record: record.at, reverse=True)
    for record in records:
        kept = record.detail.get("reading")
        again = recalled(table, kept) if isinstance(kept, dict) else None
        if again is not None:
            same = again.mapping == table.mapping and again.kind == table.kind and again.header_rows == table.header_rows
            return None if same and not _matters(again) else again
    return None


def _matters(table: Any) -> bool:
    found = table.corrections
    return bool(found.left_out or found.scales or found.day_first or found.currencies or found.turned)
