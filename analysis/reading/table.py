"""One table of a file: its cells as they stand, what its rows and columns are, and its typed values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from analysis.reading.column import Typed
from analysis.reading.context import in_context, with_latest, with_touchpoint
from analysis.reading.corrections import Corrections, laid_out
from analysis.reading.grid import BLANK, TEXT, Grid, Ints, letters
from analysis.reading.headers import Guess, guesses, is_question
from analysis.reading.joined import header_lines, joined_headers
from analysis.reading.kinds import LANES, kind_of, side_field
from analysis.reading.layout import Layout, lay_out
from analysis.reading.personal import personal_columns
from analysis.reading.problems import Problems
from analysis.reading.questions import MEASURES, Question, measures, subject_of
from analysis.reading.recognise import match, sample
from analysis.reading.rows import DATA, NOTE, TOTAL, UNIT
from analysis.reading.stages import stage_headings, stages_of
from analysis.reading.subjects import matrix_subjects, repeated_measures
from analysis.reading.turned import GOOD_WHEN_HIGH, says_low_is_good, turn_words
from analysis.reading.typed import read_column

#: fields whose blank cells mean "the same as above", when the first one is filled
_MOST_TYPED = 2000
_FILLED_DOWN = ("stage", "persona")


class Table:
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
        self.grid = grid
        self.corrections = corrections or Corrections()
        self.name = name or grid.name
        self.sheet = grid.name
        self.hidden = grid.hidden
        self._decimal = decimal
        self._wanted_header = header
        self.noted = Problems(self.sheet)
        self._layout: Layout = lay_out(grid, header)
        laid_out(self._layout.kinds, self.corrections.rows)
        self._sources = self._layout.data
        self._headers = self._named()
        self._wanted = dict(mapping) if mapping is not None else None
        self._recognise()
        self._set_headings()
        self._read()

    # public

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

    def cell(self, row: int, column: str) -> str:
        """Address in the source of a cell of :attr:`frame`.

        Parameters
        ----------
        row : label of the row in ``frame.index`` (its position).
        column : name of the column in the frame, or its header.

        Examples
        --------
        >>> table.cell(0, "touchpoint")  # doctest: +SKIP
        'B5'
        """
        if column not in self._places:
            column = self.columns.get(column, column)
        if column == "stage" and self._headings:
            heading = int(stages_of(self._headings, self._sources[[row]])[0])
            return self.grid.address(heading, self._headings[heading])
        return self.grid.address(int(self._sources[row]), self._places[column])

    def recast(self, mapping: Mapping[str, str | None]) -> Table:
        """The same cells under a mapping corrected by the user; headers that it does not name stay as they are."""
        return self.corrected(self.corrections, mapping={**self.mapping, **mapping})

    def corrected(self, corrections: Corrections, **how: Any) -> Table:
        """The same cells under these corrections (see :mod:`analysis.reading.corrections`), and ``header`` or ``mapping``."""
        kept: dict[str, Any] = {"header": self._wanted_header, "mapping": self._wanted}
        return Table(self.grid, name=self.name, decimal=self._decimal, corrections=corrections, **{**kept, **how})

    @property
    def header_corrected(self) -> bool:
        """Whether the header row was said, not found."""
        return self._wanted_header is not None

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

    # how it is made

    def _named(self) -> list[str]:
        """A unique header per column; blank ones are called after their letter."""
        header = self._layout.header
        if not header:
            self.noted.add("no_header")
        names: dict[str, None] = {}
        for column, text in enumerate(joined_headers(self.grid, header, whole=self.header_corrected)):
            names[self._unique(text or letters(self.grid.sheet_column(column)), names, column)] = None
        return list(names)

    def _unique(self, text: str, names: dict[str, None], column: int) -> str:
        if text not in names:
            return text
        number = 2
        while f"{text} ({number})" in names:
            number += 1
        cell = self.grid.address(self._layout.header[-1], column) if self._layout.header else ""
        self.noted.add("duplicate_header", cell, text, text, read=f"{text} ({number})")
        return f"{text} ({number})"

    def _recognise(self) -> None:
        """Columns that hold anything, and their fields."""
        used = [number for number, cells in enumerate(self.grid.columns) if self._has_content(number, cells.kinds)]
        if len(used) > _MOST_TYPED:
            self.noted.add("too_many_columns", n=len(used), most=_MOST_TYPED)
            used = used[:_MOST_TYPED]
        self._used = used
        headers = [self._headers[number] for number in used]
        if self._wanted is not None:
            found = [Guess(field, 1.0) if (field := self._wanted.get(header)) else None for header in headers]
        else:
            samples = [sample(self.grid.columns[number], self._sources) for number in used]
            found = in_context(headers, match(headers, samples))
            self._offer_stage(headers, found)
            found, latest = with_latest(headers, found, samples)
            if latest is not None:
                self.noted.add("latest_period", "", headers[latest], headers[latest])
            found, named = with_touchpoint(headers, found, samples, len(self._sources))
            if named is not None:
                self.noted.add("taken_for_touchpoints", "", headers[named], headers[named])
            if kind_of([guess.field if guess else None for guess in found], headers, len(self._sources)) == "actions":
                # of a map, "Action" is what the customer does; of an action list, what is to be done
                found = [replace(guess, field="action") if guess and guess.field == "step" else guess for guess in found]
        self.mapping: dict[str, str | None] = {header: guess.field if guess else None for header, guess in zip(headers, found, strict=True)}
        self.confidence: dict[str, float] = {
            header: guess.confidence if guess else 0.0 for header, guess in zip(headers, found, strict=True)
        }
        self._reversed = {
            header
            for header, name in self.mapping.items()
            if name and any(guess.field == name and guess.reversed for guess in guesses(header))
        }
        self.kind = kind_of(self.mapping.values(), headers, len(self._sources))
        self.lanes, self.transposed = self._sides(headers)
        if self.grid.facts.get("results") and not self.corrections.kind:  # of our own workbook: only shown
            self.lanes, self.transposed, self.kind = [], False, "unknown"
        self.kind = self.corrections.kind or ("journey_grid" if self.lanes else self.kind)
        if self.kind == "journey_grid":
            self.mapping = dict.fromkeys(headers)
            self.confidence = dict.fromkeys(headers, 0.0)

    @cached_property
    def _subjects(self) -> dict[str, str]:
        """Columns of one measure → what each measures, where the header alone does not tell."""
        found = {header: about for header, (_, about) in repeated_measures([self._headers[n] for n in self._used]).items()}
        lines = header_lines(self.grid, self._layout.header)
        if len(lines) == 2:
            found |= matrix_subjects(lines[0], lines[1], self._headers)
        return found

    def _set_headings(self) -> None:
        """Rows that only name the stage of the touchpoints under them are set aside, their names kept as the stage."""
        places = {field: number for number in self._used if (field := self.mapping[self._headers[number]])}
        self._headings: dict[int, int] = {}
        if "touchpoint" not in places or self.lanes or not self._layout.header:
            return
        stage = places.get("stage")
        where = [stage] if stage is not None else [places["touchpoint"], self._used[0]]
        found = stage_headings(self.grid, self._sources, where)
        if stage is not None and found:
            full = self._sources[~np.isin(self._sources, list(found))]
            found = found if (self.grid.columns[stage].kinds[full] == BLANK).all() else {}
        self._headings = found
        if found:
            self._layout.kinds[list(found)] = NOTE
            self._sources = self._layout.data

    def _stage_column(self, made: dict[str, pd.Series]) -> dict[str, pd.Series]:
        """The frame's columns with the stages that stand in rows of their own."""
        if not self._headings:
            return made
        above = stages_of(self._headings, self._sources).tolist()
        names = [self.grid.text(row, self._headings[row]).strip() for row in above]
        self._places.setdefault("stage", next(iter(self._headings.values())))
        return {"stage": pd.Series(names, dtype=pd.StringDtype("pyarrow")), **{n: v for n, v in made.items() if n != "stage"}}

    def _sides(self, headers: list[str]) -> tuple[list[str | None], bool]:
        """Fields down the first column: the lanes of a journey grid, or a table that was turned on its side."""
        if not self._used or not 2 <= len(self._sources) <= 60 or len(self._used) < 3 or self._wanted is not None:
            return [], False
        first = self.grid.columns[self._used[0]]
        down = [side_field(first.text(int(row))) for row in self._sources]
        told = [field for field in down if field]
        across = sum(guess >= 0.9 for guess in self.confidence.values())
        if len(told) < max(3, 0.6 * len(down)) or len(told) <= across:
            return [], False
        if all(field in LANES for field in told) and not set(told) & {"stage"}:
            return down, False
        return [], True

    def turned(self) -> Table:
        """The table with rows and columns exchanged; addresses stay those of the file."""
        upright = self.grid.facts.get("upright")
        corrections = Corrections(turned=upright is None, found=self.corrections.found or tuple(self.mapping))
        return Table(upright or self.grid.turned(), name=self.name, decimal=self._decimal, corrections=corrections)

    def _has_content(self, number: int, kinds: Any) -> bool:
        """Any data, or a header of letters or figures: arrows drawn between two columns are none."""
        if (kinds[self._sources] != BLANK).any():
            return True
        return any(any(map(str.isalnum, self.grid.text(row, number))) for row in self._layout.header)

    def _offer_stage(self, headers: list[str], found: list[Guess | None]) -> None:
        """A survey without stages: a text column with few values may be one."""
        self.stage_candidates: list[str] = []
        fields = [guess.field if guess else None for guess in found]
        if "stage" in fields or "touchpoint" in fields or kind_of(fields, headers, len(self._sources)) != "survey":
            return
        if any(subject_of(header) for header, field in zip(headers, fields, strict=True) if field in MEASURES):
            return
        offers = []
        for place, number in enumerate(self._used):
            guess = found[place]
            if (guess is None or guess.confidence < 0.7) and (few := self._few_values(number)):
                offers.append((few, place))
        offers.sort(reverse=True)
        self.stage_candidates = [headers[place] for _, place in offers]
        if offers:
            found[offers[0][1]] = Guess("stage", 0.5)

    def _few_values(self, number: int) -> float:
        """How well a column's values would do as stages: few, repeated, of a word or three; 0 when they would not."""
        cells, rows = self.grid.columns[number], self._sources
        kinds = cells.kinds[rows]
        if is_question(self._headers[number]) or len(rows) < 5 or (kinds == TEXT).mean() < 0.5:
            return 0.0
        encoded = cells.encoded(rows, keep=True)
        words = [word for word in encoded.dictionary.to_pylist() if word]
        if not 2 <= len(words) <= 15 or len(words) > len(rows) / 3:
            return 0.0
        length = sum(map(len, words)) / len(words)
        spaced = sum(" " in word for word in words) / len(words)
        counts = np.bincount(encoded.indices.to_numpy(zero_copy_only=False))
        even = 1 - counts.max() / counts.sum()
        return 1.0 + spaced + even + min(length, 12) / 24 if length <= 40 else 0.0

    def _read(self) -> None:
        """Type every column and note what was doubtful."""
        repeated = self._repeated()
        self.scales: dict[str, tuple[float, float]] = {}
        self.currencies: dict[str, str] = {}
        self.questions: dict[str, Question] = {}
        self.columns: dict[str, str] = {}
        self._places: dict[str, int] = {}
        made: dict[str, pd.Series] = {}
        together = self._drawn_over() if self.kind == "journey_grid" else {}
        for number in self._used:
            header = self._headers[number]
            if header in self.corrections.left_out:
                continue
            field = self.mapping[header]
            name = field if field and header not in repeated and field not in made else header
            name = name if name not in made else f"{header} ({letters(number)})"
            day_first = self.corrections.day_first.get(header)
            rows = self._rows_of(number, field)
            shares = self.corrections.shares.get(header)
            typed = read_column(self.grid.columns[number], rows, header, field, self._decimal, day_first, shares)
            self._apply_corrections(header, typed)
            self._turn(number, header, field, typed, rows)
            if (left := together.get(number)) in made:
                made[str(left)] = _side_by_side(made[str(left)], typed.values)
                self.columns[header] = str(left)
                continue
            made[name] = typed.values
            self.columns[header], self._places[name] = name, number
            self._keep_facts(name, header, field, typed)
            self._note_doubts(number, header, typed)
        made = self._stage_column(made)
        self.frame = pd.DataFrame(made, index=range(len(self._sources)))
        self._share_scales()
        fields = {name: self.mapping[header] for header, name in self.columns.items()}
        self.personal: dict[str, str] = personal_columns(self.frame, fields, self.kind)
        for name in self.personal:
            place = self._places[name]
            self.noted.add("personal", "", self._headers[place])
        self._note_rows()

    def _drawn_over(self) -> dict[int, str]:
        """Column → the stage that is drawn over it and over the columns to its left."""
        found: dict[int, str] = {}
        for top, left, bottom, right in self.grid.merges:
            if top in self._layout.header and top == bottom:
                found |= dict.fromkeys(range(left + 1, right + 1), self._headers[left])
        for before, number in pairwise(self._used):
            if self._unnamed(number) and number not in found and before != self._used[0]:
                found[number] = found.get(before, self._headers[before])
        if found:
            self.noted.found = [problem for problem in self.noted.found if problem["code"] != "duplicate_header"]
        return found

    def _apply_corrections(self, header: str, typed: Typed) -> None:
        """The scale and currency that the user has said, and no more doubts about them."""
        scale, currency = self.corrections.scales.get(header), self.corrections.currencies.get(header)
        if scale is not None and typed.numeric:
            typed.scale = scale
            low, high = sorted(scale)
            typed.doubts = [doubt for doubt in typed.doubts if doubt[0] != "outside_scale"]
            outside = ((typed.values < low) | (typed.values > high)).fillna(False).to_numpy(dtype=bool)
            for place in np.flatnonzero(outside).tolist()[:200]:
                typed.doubts.append(("outside_scale", place, f"{typed.values.iloc[place]:g}", {"low": low, "high": high}))
        if currency is not None:
            typed.currency = currency
            typed.doubts = [doubt for doubt in typed.doubts if doubt[0] != "currencies"]

    def _turn(self, number: int, header: str, field: str | None, typed: Typed, rows: Ints) -> None:
        """A scale whose header says that its low end is the good one has its worst end first; words are placed on it accordingly."""
        if not typed.numeric or typed.scale is None:
            return
        good = field is None or field in GOOD_WHEN_HIGH
        if header not in self.corrections.scales and good and typed.scale[0] < typed.scale[1] and says_low_is_good(header):
            typed.scale = (typed.scale[1], typed.scale[0])
            self.noted.add("low_is_good", "", header, header)
        if typed.scale[0] > typed.scale[1] and any(code in ("words_as_score", "words_with_numbers") for code, *_ in typed.doubts):
            texts = [self.grid.text(int(row), number).strip() for row in rows]
            typed.values = turn_words(typed.values, texts, typed.scale)

    def _repeated(self) -> set[str]:
        """Headers whose field other columns have too: each keeps its own name."""
        by_field: dict[str, list[str]] = {}
        for header, field in self.mapping.items():
            if field:
                by_field.setdefault(field, []).append(header)
        return {header for headers in by_field.values() if len(headers) > 1 for header in headers}

    def _keep_facts(self, name: str, header: str, field: str | None, typed: Typed) -> None:
        if typed.scale is not None:
            self.scales[name] = typed.scale
        if typed.currency:
            self.currencies[name] = typed.currency
        about = self._subjects.get(header)
        if self.kind == "survey" and field is not None and (about or measures(header, field)):
            low, high = typed.scale if typed.scale and field != "comment" else (None, None)
            subject = about or subject_of(header) if field not in ("comment", "nps") else None
            self.questions[name] = Question(subject, field, low, high)

    def _share_scales(self) -> None:
        """Questions worded alike have the scale that one of them states."""
        for name, question in self.questions.items():
            same = [other for other in self.questions.values() if other.measure == question.measure and other.high is not None]
            if question.measure != "comment" and question.high is None and same:
                low, high = same[0].low, same[0].high
                if low is not None and high is not None:
                    self.scales[name] = (low, high)
                self.questions[name] = Question(question.touchpoint, question.measure, low, high)

    def _rows_of(self, number: int, field: str | None) -> Ints:
        """The source rows of a column's values: merged cells and blank group cells take the value above them."""
        rows = self._sources.copy()
        kinds = self.grid.columns[number].kinds
        for top, left, bottom, right in self.grid.merges:
            if left <= number <= right and bottom > top and left == number:
                rows[(rows >= top) & (rows <= bottom)] = top
        if field in _FILLED_DOWN and self.kind in ("touchpoints", "actions", "personas", "kpis") and len(rows):
            blank = kinds[rows] == BLANK
            if blank.any() and not blank.all():
                last = np.maximum.accumulate(np.where(blank, -1, np.arange(len(rows))))
                rows = np.where(last >= 0, rows[np.maximum(last, 0)], rows)
        return rows

    # problems

    def _note_doubts(self, number: int, header: str, typed: Typed) -> None:
        for code, place, value, values in typed.doubts:
            row = int(self._sources[place]) if len(self._sources) else 0
            self.noted.add(code, self.grid.address(row, number), header, value, **values)
        if header in self._reversed and header not in self.corrections.scales:
            self.noted.add("reversed", "", header, header)

    def _note_columns(self) -> None:
        """Say which columns have no field, and whether another one took it."""
        taken = {field for field in self.mapping.values() if field}
        if self.kind in ("unknown", "journey_grid") or self.transposed or self._wanted is not None or not self._layout.header:
            return
        for number in self._used:
            header = self._headers[number]
            if self.mapping[header] is None and header not in self.questions and not self._unnamed(number):
                wanted = [guess.field for guess in guesses(header) if guess.confidence >= 0.8]
                code = "second_column" if wanted and wanted[0] in taken else "not_recognised"
                self.noted.add(code, self.grid.address(self._layout.header[-1], number), header, header)

    def _unnamed(self, number: int) -> bool:
        return all(not self.grid.text(row, number).strip() for row in self._layout.header)

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
        self._note_columns()
        self._note_shape()
        kinds = self._layout.kinds
        aside = [row for row in np.flatnonzero(kinds != DATA).tolist() if kinds[row] in codes]
        for row in aside[:1000]:
            column = next((n for n, cells in enumerate(self.grid.columns) if cells.kinds[row] != BLANK), 0)
            code = "stage_row" if row in self._headings else codes[str(kinds[row])]
            self.noted.add(code, self.grid.address(row, column), "", self.grid.text(row, column)[:200])
        if hidden := self.grid.facts.get("hidden_rows"):
            self.noted.add("hidden_rows", n=len(hidden))
        if uncomputed := self.grid.facts.get("uncomputed"):
            self.noted.add("uncomputed", n=len(uncomputed))
        if self.hidden:
            self.noted.add("hidden_sheet")


def _side_by_side(left: pd.Series, right: pd.Series) -> pd.Series:
    """The cells of two columns under one stage, each text on a line of its own."""
    pairs = zip(left.astype(object), right.astype(object), strict=True)
    texts = ["\n".join(str(text) for text in pair if not pd.isna(text)) or None for pair in pairs]
    return pd.Series(texts, dtype=pd.StringDtype("pyarrow"))
