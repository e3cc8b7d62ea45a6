"""One table of a file: its cells as they stand, what its rows and columns are, and its typed values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

import pandas as pd

from analysis.reading.cells import Ints
from analysis.reading.corrections import Corrections
from analysis.reading.grid import Address, Grid
from analysis.reading.rowwise import RowQuestion, row_questions
from analysis.reading.stages import stages_of
from analysis.reading.tallies import repeated, shared, tallied
from analysis.reading.valued import Valued


class Table(Valued):
    """A table that was read. Made by :func:`analysis.read`, not by hand.

    Attributes
    ----------
    name, sheet : what it is called, and the sheet it stands on.
    hidden : whether that sheet is hidden.
    kind : touchpoints survey comments events kpis customers actions personas journey_grid unknown.
    raw : every row and cell as text. rows : what each row is: header data total note unit blank.
    frame : the data rows, typed; recognised columns under their field's name.
    scales : column → (low, high). mapping, confidence : header → field, 0..1.
    questions : column → :class:`~analysis.reading.questions.Question`, for surveys.
    stage_candidates : columns of a survey that could be its stages.
    personal : columns that hold personal data → name, email, phone, ip, address.
    columns : header → name of its column in the frame. currencies : column → ISO code.
    lanes : for a journey grid, the field of each row (step, thought, pain…).
    transposed : whether the table looks turned on its side; :meth:`turned` gives it upright.

    What it is made of: its rows and columns told apart (:mod:`~analysis.reading.recognised`), its values
    (:mod:`~analysis.reading.valued`), and what was doubtful (:mod:`~analysis.reading.told`).
    """

    def __init__(
        self,
        grid: Grid,
        *,
        name: str | None = None,
        header: list[int] | None = None,
        mapping: Mapping[str, str | None] | None = None,
        decimal: str = ".",
        corrections: Corrections | None = None,
    ) -> None:
        super().__init__(grid, name, header, mapping, decimal, corrections)
        self._read()

    @property
    def raw(self) -> pd.DataFrame:
        """Every row and cell of the source as text, nothing left out; one row per entry of :attr:`rows`."""
        return self.grid.raw

    @cached_property
    def rows(self) -> pd.Series:
        """What each row of :attr:`raw` is: header data total note unit blank."""
        return pd.Series(self._layout.kinds, dtype="str", name="rows")

    @property
    def source_rows(self) -> Ints:
        """For each row of :attr:`frame`, the row of :attr:`raw` it came from."""
        return self._sources

    @property
    def numbers(self) -> dict[int, str]:
        """Position of a column in :attr:`raw` → its name in :attr:`frame`."""
        return {number: name for name, number in self._places.items()}

    @cached_property
    def row_questions(self) -> list[RowQuestion]:
        """Of a survey with a row an answer: its questions, each with its answers."""
        return row_questions(self) if self.kind == "survey" else []

    @cached_property
    def tallied(self) -> pd.DataFrame:
        """Of a survey that was already counted: row, column, degree from 1 to 5, and how many people gave it (count)."""
        return tallied(self)

    @cached_property
    def shared(self) -> pd.Series:
        """Of a survey told in shares of nobody knows how many people: the mean degree of each row of :attr:`frame`, from 1 to 5."""
        return shared(self)

    @cached_property
    def times(self) -> Ints | None:
        """Of a survey with a row an answer and how many people gave it: how often each row of :attr:`frame` was given."""
        return repeated(self) if self.kind == "survey" else None

    def cell(self, row: int, column: str) -> Address:
        """Address in the source of a cell of :attr:`frame`; its ``note`` is what is attached to the cell, if anything.

        Parameters
        ----------
        row : label of the row in ``frame.index`` (its position).
        column : name of the column in the frame, or its header.

        Examples
        --------
        >>> table.cell(0, "touchpoint"), table.cell(0, "touchpoint").note  # doctest: +SKIP
        ('B5', 'À vérifier avec le magasin')
        """
        if column not in self._places:
            column = self.columns.get(column, column)
        place, at = int(self._sources[row]), self._places[column]
        if column == "stage" and self._headings:
            place = int(stages_of(self._headings, self._sources[[row]])[0])
            at = self._headings[place]
        address = Address(self.grid.address(place, at))
        address.note = self.grid.note(place, at)
        return address

    def place_of(self, column: str) -> int:
        """Position in :attr:`raw` of a column of :attr:`frame`."""
        return self._places[column]

    def recast(self, mapping: Mapping[str, str | None]) -> Table:
        """The same cells under a mapping corrected by the user; headers that it does not name stay as they are."""
        return self.corrected(replace(self.corrections, told=self.corrections.told | set(mapping)), mapping={**self.mapping, **mapping})

    def corrected(self, corrections: Corrections, **how: Any) -> Table:
        """The same cells under these corrections (see :mod:`analysis.reading.corrections`), and ``header`` or ``mapping``."""
        kept: dict[str, Any] = {"header": self._wanted_header, "mapping": self._wanted}
        return Table(self.grid, name=self.name, decimal=self._decimal, corrections=corrections, **{**kept, **how})

    @property
    def header_rows(self) -> list[int]:
        """Positions in :attr:`raw` of the header rows; empty when the file has none."""
        return list(self._layout.header)

    @property
    def reversed(self) -> list[str]:
        """Headers whose scale seems to run backwards, about which the user has not been asked yet."""
        return [header for header in self.mapping if header in self._reversed and header not in self.corrections.scales]

    def __len__(self) -> int:
        return len(self.frame)

    def __repr__(self) -> str:
        return f"<Table {self.name!r}: {self.kind}, {len(self.frame)} rows>"

    def turned(self) -> Table:
        """The table with rows and columns exchanged; addresses stay those of the file."""
        upright = self.grid.facts.get("upright")
        corrections = Corrections(turned=upright is None, found=self.corrections.found or tuple(self.mapping))
        return Table(upright or self.grid.turned(), name=self.name, decimal=self._decimal, corrections=corrections)
