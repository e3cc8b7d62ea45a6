"""What of a table's corrections holds for the next file of the same form, and such a file read under it.

A file is of the same form when its headers are the same, in whatever order; or nearly so, when a column came or went: then what
was corrected holds for the columns that are still there.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from analysis.reading.corrections import changing, with_header
from analysis.reading.rows import HEADER

if TYPE_CHECKING:
    from analysis.reading.table import Table

#: of the headers of both forms together, this share must be in both for the forms to be nearly the same
NEARLY = 0.7
#: rows among which a header that was corrected is looked for
_ROWS = 200


def remembered(table: Table) -> dict[str, Any]:
    """What of a table's corrections holds for the next file of the same form, as plain values (for a project to keep).

    Rows that were moved are kept by a hash of their words, since their figures change from file to file.
    """
    found = table.corrections
    return {
        "found": list(found.found or table.mapping), "header": table.header_rows if table.header_corrected else None,
        "header_texts": [table.grid.row_texts(row) for row in table.header_rows] if table.header_corrected else None,
        "mapping": dict(table.mapping), "kind": table.kind, "left_out": sorted(found.left_out), "turned": found.turned,
        "scales": {header: list(ends) for header, ends in found.scales.items()},
        "day_first": dict(found.day_first), "currencies": dict(found.currencies), "rows": _moved(table),
    } | ({"shares": dict(found.shares)} if found.shares else {})  # fmt: skip


def _words(table: Table, row: int) -> str:
    """A hash of the words of a row, without its figures; empty for a row without words."""
    words = [" ".join(text.casefold().split()) for text in table.grid.row_texts(row) if re.search(r"[^\W\d_]", text)]
    return hashlib.sha256("\x1f".join(words).encode()).hexdigest()[:24] if words else ""


def _moved(table: Table) -> dict[str, str]:
    """Hash of a row's words → the group it was moved to; rows that share their words with others that stayed are nobody's."""
    if not table.corrections.rows:
        return {}
    every = Counter(_words(table, row) for row in range(table.grid.height))
    moved = [(_words(table, row), kind) for row, kind in table.corrections.rows.items() if row < table.grid.height and kind != HEADER]
    mine = Counter(words for words, _ in moved)
    return {words: kind for words, kind in moved if words and mine[words] == every[words]}


def likeness(first: Mapping[str, Any], second: Mapping[str, Any]) -> float:
    """How alike two forms are, 0 to 1, by their headers: 1, the same in whatever order."""
    one, two = set(first), set(second)
    return len(one & two) / len(one | two) if one and two else 0.0


def recalled(table: Table, kept: Mapping[str, Any]) -> Table | None:
    """The table under what :func:`remembered` kept, when it is of the same form or nearly so; None when it is not.

    Columns that were not there are read as they are recognised, unless their field is another column's already.
    """
    mapping: Mapping[str, str | None] = kept.get("mapping") or {}
    if kept.get("turned"):
        if likeness(table.mapping, dict.fromkeys(kept.get("found") or ())) < NEARLY:
            return None
        table = table.turned()
    if kept.get("header") is not None:
        again = _headed(table, kept)
        if again is None:
            return None
        table = again
    there = [header for header in mapping if header in table.mapping]
    if len(there) < min(2, len(mapping)) or likeness(table.mapping, mapping) < NEARLY:
        return None
    taken = {mapping[header] for header in there}
    fields = {header: mapping.get(header, None if field in taken else field) for header, field in table.mapping.items()}

    def still(name: str) -> dict[str, Any]:
        return {header: value for header, value in (kept.get(name) or {}).items() if header in table.mapping}

    scales = {header: (float(ends[0]), float(ends[1])) for header, ends in still("scales").items()}
    left_out = frozenset(header for header in kept.get("left_out") or () if header in table.mapping)
    found = changing(
        table, kind=kept.get("kind"), left_out=left_out, day_first=still("day_first"), scales=scales, currencies=still("currencies"),
        shares=still("shares"), told=frozenset(there), rows=_again(table, kept.get("rows") or {}),
    )  # fmt: skip
    return table.corrected(found, mapping=fields)


def _headed(table: Table, kept: Mapping[str, Any]) -> Table | None:
    """The table under the header rows that were chosen then: where their texts stand now, else where they stood."""
    rows, texts = list(kept["header"]), kept.get("header_texts") or []
    for first in range(min(_ROWS, table.grid.height - len(texts) + 1)) if texts else ():
        if all(table.grid.row_texts(first + place) == list(line) for place, line in enumerate(texts)):
            return with_header(table, *range(first, first + len(texts)))
    if any(row >= table.grid.height for row in rows) or list(kept.get("found") or ()) != list(table.mapping):
        return None
    return with_header(table, *rows)


def _again(table: Table, rows: Mapping[str, str]) -> dict[int, str]:
    """Rows of this table to be moved as rows with the same words were."""
    if not rows:
        return {}
    words = ((row, _words(table, row)) for row in range(table.grid.height) if row not in table.header_rows)
    return {row: rows[found] for row, found in words if found in rows}
