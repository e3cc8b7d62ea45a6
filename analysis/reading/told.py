"""What a table tells of itself: which cells, columns and rows were doubtful, and what was done about them."""

from __future__ import annotations

import numpy as np

from analysis.reading.cells import BLANK
from analysis.reading.column import Typed
from analysis.reading.headers import guesses
from analysis.reading.questions import Question
from analysis.reading.recognised import Recognised
from analysis.reading.rows import DATA, NOTE, TOTAL, UNIT

_MOST_ASIDE, _LONGEST = 1000, 500


class Told(Recognised):
    """The layer of a table that notes its problems."""

    questions: dict[str, Question]
    _crosses: set[str]

    def _note_doubts(self, number: int, header: str, typed: Typed) -> None:
        for code, place, value, values in typed.doubts:
            row = int(self._sources[place]) if len(self._sources) else 0
            self.noted.add(code, self.grid.address(row, number), header, value, **values)
        if header in self._reversed and header not in self.corrections.scales:
            self.noted.add("reversed", "", header, header)

    def _note_columns(self) -> None:
        """Say which columns have no field, and whether another one took it."""
        taken = {field for field in self.mapping.values() if field}
        if self.kind in ("unknown", "journey_grid") or self.transposed or not self._layout.header:
            return
        for place, number in enumerate(self._used):
            header = self._headers[number]
            if place in self.tallies.degrees or place == self.tallies.base or header == (self.counted_by or ("",))[0]:
                continue
            asked = header in self.questions or header in self._crosses or header in self.corrections.told
            if self.mapping[header] is None and not asked and not self._unnamed(number):
                wanted = [guess.field for guess in guesses(header) if guess.confidence >= 0.8]
                code = "second_column" if wanted and wanted[0] in taken else "not_recognised"
                self.noted.add(code, self.grid.address(self._layout.header[-1], number), header, header)

    def _note_shape(self) -> None:
        """Say which rows are longer than the header, and whether far cells were drawn near."""
        if self.grid.row_numbers or self.grid.facts.get("column_numbers"):
            self.noted.add("gaps")
        if self.grid.facts.get("records") is not None:
            self.noted.add("records", n=len(self._sources))
        if not self._layout.header or not self.grid.facts.get("text"):
            return
        named = [number for number in range(self.grid.width) if not self._unnamed(number)]
        beyond = self.grid.columns[named[-1] + 1 :] if named else []
        longer = np.zeros(len(self._sources), dtype=bool)
        for cells in beyond:
            longer |= cells.kinds[self._sources] != BLANK
        if longer.any():
            first = int(self._sources[np.flatnonzero(longer)[0]])
            self.noted.add("ragged", self.grid.address(first, named[-1] + 1), n=int(longer.sum()))

    def _note_rows(self) -> None:
        """Say which rows were set aside."""
        codes = {TOTAL: "total_row", NOTE: "note_row", UNIT: "unit_row"}
        if self.kind == "unknown":
            self.noted.add("own_results" if self.grid.facts.get("results") else "unknown_sheet")
        if self.transposed:
            self.noted.add("transposed")
        fields = set(self.mapping.values())
        if self.kind == "touchpoints" and "touchpoint" not in fields and fields & {"pain", "delight"}:
            self.noted.add("loose_cards")
        self._note_columns()
        self._note_shape()
        self._note_notes()
        kinds = self._layout.kinds
        aside = [row for row in np.flatnonzero(kinds != DATA).tolist() if kinds[row] in codes]
        for row in aside[:_MOST_ASIDE]:
            column = next((n for n, cells in enumerate(self.grid.columns) if cells.kinds[row] != BLANK), 0)
            code = "stage_row" if row in self._headings else codes[str(kinds[row])]
            self.noted.add(code, self.grid.address(row, column), "", self.grid.text(row, column)[:200])
        if hidden := self.grid.facts.get("hidden_rows"):
            self.noted.add("hidden_rows", n=len(hidden))
        if uncomputed := self.grid.facts.get("uncomputed"):
            self.noted.add("uncomputed", n=len(uncomputed))
        if self.hidden:
            self.noted.add("hidden_sheet")

    def _note_notes(self) -> None:
        """List the notes that people attached to cells of this table."""
        if not self.grid.notes:
            return
        rows = {self.grid.sheet_row(row) - 1: row for row in range(self.grid.height)}
        columns = {self.grid.sheet_column(column): column for column in range(self.grid.width)}
        for (row, column), text in self.grid.notes.items():
            if row in rows and column in columns:
                address = self.grid.address(rows[row], columns[column])
                self.noted.add("cell_note", address, self._headers[columns[column]], text[:_LONGEST])
