"""The values of a table: each column typed, placed on its scale, corrected as the user has said."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property
from itertools import pairwise

import numpy as np
import pandas as pd

from analysis.reading.asked import as_yes_no, yes_is_bad
from analysis.reading.cells import BLANK, NUMBER, Ints
from analysis.reading.column import Doubt, Typed
from analysis.reading.crossed import crossed_columns, together, when_crossed
from analysis.reading.dates import day_first_of, parse_date
from analysis.reading.grid import letters
from analysis.reading.periods import spans_of
from analysis.reading.personal import personal_columns
from analysis.reading.questions import Question, measures, subject_of
from analysis.reading.rows import UNIT
from analysis.reading.scales import stated_scale
from analysis.reading.stages import stages_of
from analysis.reading.told import Told
from analysis.reading.turned import GOOD_WHEN_HIGH, says_low_is_good, turn_words
from analysis.reading.typed import read_column
from analysis.reading.words import is_missing, is_unknown

#: fields whose blank cells mean "the same as above", when the first one is filled
_FILLED_DOWN = ("stage", "persona")
#: the scale of marks that no header puts on one, and how many of them tell that none reaches its end
_USUAL, _MANY = (1.0, 5.0), 20
#: fields of marks that people give
_MARKS = frozenset({"satisfaction", "rating", "importance", "ces"})
_FIGURE = re.compile(r"^\d+(?:[.,]\d+)?$")


class Valued(Told):
    """The layer of a table that holds its frame."""

    def _read(self) -> None:
        """Type every column and note what was doubtful."""
        repeated = self._repeated()
        self.scales: dict[str, tuple[float, float]] = {}
        self.currencies: dict[str, str] = {}
        self.questions: dict[str, Question] = {}
        self.columns: dict[str, str] = {}
        self._places: dict[str, int] = {}
        self._crosses: set[str] = set()
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
            typed = read_column(self.grid.columns[number], rows, self._with_unit(number), field, self._decimal, day_first, shares)
            if day_first is None and (doubt := next((one for one in typed.doubts if one[0] == "day_order"), None)):
                typed = self._in_order_of_others(number, rows, field, typed, doubt)
            if header in self._yes_no and set(self.corrections.scales.get(header, (0, 1))) == {0, 1}:
                as_yes_no(typed)
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
        made = self._stage_column(made | self._together(made) | self._crossed(made))
        self.frame = pd.DataFrame(made, index=range(len(self._sources)))
        self._share_scales()
        self._widen_scales()
        self._scale_of_titles()
        self._note_short_scales()
        fields = {name: self.mapping[header] for header, name in self.columns.items()}
        self.personal: dict[str, str] = personal_columns(self.frame, fields, self.kind)
        for name in self.personal:
            place = self._places[name]
            self.noted.add("personal", "", self._headers[place])
        self._note_rows()

    def _in_order_of_others(self, number: int, rows: Ints, field: str | None, typed: Typed, doubt: Doubt) -> Typed:
        """Dates that could be day/month or month/day, in the order that other columns of the table leave no doubt of."""
        orders = {header: order for header, order in self._day_orders.items() if header != self._headers[number]}
        if len(set(orders.values())) != 1:
            return typed
        other, day_first = next(iter(orders.items()))
        shares = self.corrections.shares.get(self._headers[number])
        again = read_column(self.grid.columns[number], rows, self._with_unit(number), field, self._decimal, day_first, shares)
        _, place, value, _ = doubt
        again.doubts.append(("day_order_told" if day_first else "month_order_told", place, value, {"other": other}))
        return again

    @cached_property
    def _day_orders(self) -> dict[str, bool]:
        """Header → whether the day comes first, of the columns of dates that tell."""
        found: dict[str, bool] = {}
        for number in self._used:
            cells, header = self.grid.columns[number], self._headers[number]
            if header in self.corrections.left_out or cells.texts is None:
                continue
            if header in self.corrections.day_first:
                found[header] = self.corrections.day_first[header]
                continue
            words = [word for word in cells.encoded(self._sources).dictionary.to_pylist() if word]
            dated = [word for word in words if parse_date(word) or parse_date(word, day_first=False)]
            if 2 * len(dated) > len(words) and (order := day_first_of(dated)) is not None:
                found[header] = order
        return found

    def _together(self, made: dict[str, pd.Series]) -> dict[str, pd.Series]:
        """What columns that are ticked say together: the channels of a row, or who does what."""
        found: dict[str, pd.Series] = {}
        for field in ("channel", "owner"):
            columns = {header: made[name] for header, name in self.columns.items() if self.mapping[header] == field and name == header}
            if len(columns) > 1 and field not in made:
                fresh = {name: values for name, values in together(field, columns).items() if name not in made}
                self._places |= dict.fromkeys(fresh, self._places[next(iter(columns))])
                found |= fresh
        return found

    def _crossed(self, made: dict[str, pd.Series]) -> dict[str, pd.Series]:
        """Start and due date of each line of an action list, where crosses under months, weeks or quarters say when."""
        if self.kind != "actions" or set(self.mapping.values()) & {"start_date", "due_date", "end_date"}:
            return {}
        columns = {header: made[name] for header, name in self.columns.items() if self.mapping[header] is None}
        marked = crossed_columns(columns)
        if not marked:
            return {}
        spans = spans_of(list(marked), self._titles())
        self.noted.found = [one for one in self.noted.found if one["code"] != "not_recognised" or one["header"] not in marked]
        self._crosses = set(marked)
        self.noted.add("crossed_periods" if spans else "crossed_no_year", "", next(iter(marked)), ", ".join(marked)[:200])
        if not spans:
            return {}
        first = self._places[self.columns[next(iter(marked))]]
        self._places |= {"start_date": first, "due_date": first}
        return when_crossed(list(marked.values()), spans)

    def _with_unit(self, number: int) -> str:
        """The header of a column with what the row of units under it says: “Impact (1-10)”."""
        header = self._headers[number]
        unit = self.grid.text(self._unit_row, number).strip("()[] ") if self._unit_row is not None else ""
        return f"{header} ({unit})" if unit else header

    @cached_property
    def _unit_row(self) -> int | None:
        return next((int(row) for row in np.flatnonzero(self._layout.kinds == UNIT)[:1]), None)

    def _stage_column(self, made: dict[str, pd.Series]) -> dict[str, pd.Series]:
        """The frame's columns with the stages that stand in rows of their own."""
        if not self._headings:
            return made
        above = stages_of(self._headings, self._sources).tolist()
        names = [self.grid.text(row, self._headings[row]).strip() for row in above]
        self._places.setdefault("stage", next(iter(self._headings.values())))
        return {"stage": pd.Series(names, dtype=pd.StringDtype("pyarrow")), **{n: v for n, v in made.items() if n != "stage"}}

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
        said = says_low_is_good(header) or (header in self._yes_no and yes_is_bad(header))
        if header not in self.corrections.scales and good and typed.scale[0] < typed.scale[1] and said:
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
            subject = about if field == "comment" else about or subject_of(header) if field != "nps" else None
            self.questions[name] = Question(subject, field, low, high, self._staged.get(header, (None, None))[0])

    def _share_scales(self) -> None:
        """Questions worded alike have the scale that one of them states."""
        for name, question in self.questions.items():
            same = [other for other in self.questions.values() if other.measure == question.measure and other.high is not None]
            if question.measure != "comment" and question.high is None and same:
                low, high = same[0].low, same[0].high
                if low is not None and high is not None:
                    self.scales[name] = (low, high)
                self.questions[name] = replace(question, low=low, high=high)

    def _scale_of_titles(self) -> None:
        """Marks whose scale neither header nor cells tell, where a line over the header does: “Notez de 1 (mauvais) à 6 (excellent)”."""
        stated = next((ends for title in self._titles()[:-2] if (ends := stated_scale(title))), None)
        if stated is None or self.kind not in ("survey", "comments", "touchpoints"):
            return
        names = [name for name in self.scales if self.mapping.get(self._headers[self._places[name]]) in _MARKS]
        low, high = sorted(stated)
        for name in [name for name in names if self._bare_marks(name, whole=False) and self.frame[name].dropna().between(low, high).all()]:
            self.scales[name] = stated
            if name in self.questions:
                self.questions[name] = replace(self.questions[name], low=stated[0], high=stated[1])

    def _widen_scales(self) -> None:
        """Columns that were taken for answers were given on one scale: where half of them go to 10, the others do."""
        names = [self.columns.get(header, "") for header in self._taken]
        alike = [name for name in names if name in self.scales and self._bare_marks(name, whole=False)]
        widest = max((self.scales[name] for name in alike), key=lambda ends: ends[1], default=_USUAL)
        if len(alike) < 3 or 2 * sum(self.scales[name] == widest for name in alike) < len(alike):
            return
        for name in alike:
            self.scales[name] = widest
            if name in self.questions:
                self.questions[name] = replace(self.questions[name], low=widest[0], high=widest[1])

    def _note_short_scales(self) -> None:
        """Marks that no header puts on a scale and that never reach 5, however many there are, may go from 1 to 4 or to 3."""
        if self.kind not in ("survey", "comments"):
            return
        marks = {name: self.frame[name] for name, ends in self.scales.items() if ends == _USUAL and self._bare_marks(name)}
        top = max((values.max() for values in marks.values()), default=0)
        if top in (3, 4) and sum(int(values.notna().sum()) for values in marks.values()) >= _MANY:
            for header in (self._headers[self._places[name]] for name in marks):
                self.noted.add("short_scale", "", header, header, top=int(top), low=1, high=5)

    def _bare_marks(self, name: str, *, whole: bool = True) -> bool:
        """Figures (``whole`` ones), whose scale neither the header, nor a cell, nor the user tells."""
        number = self._places[name]
        header, values = self._headers[number], self.frame[name].dropna()
        cells = self.grid.columns[number].kinds[self._sources]
        texts = (self.grid.text(int(row), number).strip() for row in self._sources[:200])
        figures = (_FIGURE.match(text) or is_missing(text) or is_unknown(text) for text in texts if text)
        plain = bool(((cells == NUMBER) | (cells == BLANK)).all()) or all(figures)
        told = header in self.corrections.scales or stated_scale(self._with_unit(number)) is not None
        if told or not plain or not pd.api.types.is_numeric_dtype(values) or not len(values):
            return False
        return not whole or bool((values % 1 == 0).all())

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


def _side_by_side(left: pd.Series, right: pd.Series) -> pd.Series:
    """The cells of two columns under one stage, each text on a line of its own."""
    pairs = zip(left.astype(object), right.astype(object), strict=True)
    texts = ["\n".join(str(text) for text in pair if not pd.isna(text)) or None for pair in pairs]
    return pd.Series(texts, dtype=pd.StringDtype("pyarrow"))
