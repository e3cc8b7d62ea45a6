"""Columns that no field of ours is for, kept under their headers as they are written: with the touchpoint, or in a text of the thing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

import numpy as np

from analysis.language import N_, translator
from analysis.project.criteria import own_criteria
from analysis.project.importing.builder import Builder, cleaned
from analysis.project.importing.money import money_columns
from analysis.project.importing.names import folded
from analysis.project.importing.privacy import masked, personal_of

#: several rows of one touchpoint: their texts stand side by side
_BETWEEN = " | "


class Rest:
    """The other columns of one table, row by row."""

    def __init__(self, builder: Builder, table: Any, used: Collection[str]) -> None:
        self._builder, self._table = builder, table
        raw, rows = table.raw, np.asarray(table.source_rows)
        self._columns = {
            header: (column, raw.iloc[rows, table.place_of(column)].to_numpy()) for header, column in _others(builder, table, used)
        }
        self._told: dict[str, dict[str, list[str]]] = {}

    def of(self, id: str, position: Any) -> dict[str, Any]:
        """What the touchpoint has by now under those headers, as its fact ``extra``; nothing where the sheet says nothing."""
        told = self._told.setdefault(id, {})
        for header, text in self._written(position).items():
            if text not in told.setdefault(header, []):
                told[header].append(text)
        said = {header: _BETWEEN.join(texts) for header, texts in told.items() if texts}
        if not said:
            return {}
        known = self._builder.project.table("touchpoint").get(id)
        earlier = self._builder.state.get("touchpoint", {}).get(id, {}).get("extra") or getattr(known, "extra", {})
        return {"extra": {**earlier, **said}}

    def _written(self, position: Any) -> dict[str, str]:
        """Header → text, where the row says something."""
        found = {header: masked(cleaned(texts[position])) for header, (_, texts) in self._columns.items()}
        return {header: text for header, text in found.items() if text}

    def under(self, text: str, position: Any) -> str:
        """A text of the thing with a line for each of these columns below it; the lines of an earlier import are replaced.

        A line is “Prestataire : Sanitec”, in the language of the project.
        """
        t = translator(self._builder.project.language)
        earlier = re.compile("|".join(rf"{re.escape(cleaned(header))}\s?:" for header in self._columns) or r"(?!)")
        kept = "\n".join(line for line in text.split("\n") if not earlier.match(line)).strip("\n")
        lines = [t(N_("{header}: {text}"), header=cleaned(header), text=said) for header, said in self._written(position).items()]
        return "\n".join(filter(None, [kept, *lines]))

    def cells(self, position: Any) -> dict[str, str]:
        """Header → address, for the comparison."""
        return {header: self._table.cell(position, column) for header, (column, _) in self._columns.items()}


def _others(builder: Builder, table: Any, used: Collection[str]) -> Iterator[tuple[str, str]]:
    """(header, column) of what nothing else reads; personal data and columns left out are not kept."""
    if table.kind != "touchpoints":
        personal = personal_of(table)
        yield from ((header, column) for header, column in _unnamed(table) if column not in personal)
        return
    own = {folded(criterion.name) for criterion in own_criteria(builder.project).values()}
    passed = {*used, *personal_of(table), *(column for column, header in money_columns(table).items() if header in table.mapping)}
    for header, column in table.columns.items():
        if column in table.frame and column not in passed and folded(column) not in own:
            yield header, column


def _unnamed(table: Any) -> Iterator[tuple[str, str]]:
    """(header, column) of what is no field of ours."""
    return ((header, column) for header, column in table.columns.items() if table.mapping.get(header) is None and column in table.frame)
