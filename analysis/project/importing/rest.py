"""Columns of an inventory that no field of ours is for: kept with the touchpoint under their own headers, as they are written."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import numpy as np

from analysis.project.criteria import own_criteria
from analysis.project.importing.builder import Builder, cleaned
from analysis.project.importing.money import money_columns
from analysis.project.importing.names import folded
from analysis.project.importing.privacy import masked, personal_of

#: several rows of one touchpoint: their texts stand side by side
_BETWEEN = " | "


class Rest:
    """The other columns of one inventory, row by row."""

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
        for header, (_, texts) in self._columns.items():
            text = masked(cleaned(texts[position]))
            if text and text not in told.setdefault(header, []):
                told[header].append(text)
        said = {header: _BETWEEN.join(texts) for header, texts in told.items() if texts}
        if not said:
            return {}
        known = self._builder.project.table("touchpoint").get(id)
        earlier = self._builder.state.get("touchpoint", {}).get(id, {}).get("extra") or getattr(known, "extra", {})
        return {"extra": {**earlier, **said}}

    def cells(self, position: Any) -> dict[str, str]:
        """Header → address, for the comparison."""
        return {header: self._table.cell(position, column) for header, (column, _) in self._columns.items()}


def _others(builder: Builder, table: Any, used: Collection[str]) -> Iterator[tuple[str, str]]:
    """(header, column) of what nothing else reads; personal data and columns left out are not kept."""
    own = {folded(criterion.name) for criterion in own_criteria(builder.project).values()}
    passed = {*used, *personal_of(table), *(column for column, header in money_columns(table).items() if header in table.mapping)}
    for header, column in table.columns.items():
        if column in table.frame and column not in passed and folded(column) not in own:
            yield header, column
