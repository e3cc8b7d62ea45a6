"""Cells of a plan that cannot be taken as they are: they change nothing, and are listed."""

from __future__ import annotations

from typing import Any

from analysis.project.importing.builder import Builder, cleaned


def note_unread(builder: Builder, table: Any, position: Any, item: str, field: str, column: str) -> None:
    """List a cell of the source with what it says; ``item``: the action it speaks of, ``field``: what it would have changed."""
    address = table.cell(position, column)
    builder.unread.append({"sheet": table.sheet, "cell": address, "item": item, "field": field, "content": raw(table, address)})


def raw(table: Any, address: str) -> str:
    """The text of a cell as it stands in the source."""
    letters = address.rstrip("0123456789")
    across = sum((ord(letter) - 64) * 26**place for place, letter in enumerate(reversed(letters)))
    down = int(address[len(letters) :])
    cells = table.raw
    return cleaned(cells.iat[down - 1, across - 1]) if down <= len(cells) and across <= cells.shape[1] else ""
