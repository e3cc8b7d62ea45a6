"""What the rows and columns of a table are: its header, the kind of every row, the field of every column, its kind."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np

from analysis.reading.asked import is_of_all, plain_question, weights, with_nps, with_remarks, with_yes_no
from analysis.reading.batteries import may_be_answers, subjects_of, under_stages, with_answers
from analysis.reading.cells import BLANK
from analysis.reading.context import (
    in_context,
    with_latest,
    with_latest_figure,
    with_latest_score,
    with_plan,
    with_side,
    with_theme,
    with_touchpoint,
    with_when,
    without_number,
    without_words,
)
from analysis.reading.corrections import Corrections, laid_out
from analysis.reading.crossed import ticked
from analysis.reading.grid import Grid, letters
from analysis.reading.happened import as_log
from analysis.reading.headers import Guess, guesses, normalise
from analysis.reading.joined import header_lines, joined_headers
from analysis.reading.key_figures import with_key_figures
from analysis.reading.kinds import kind_of
from analysis.reading.lanes import are_lanes, lane_field, says_of_people, side_field
from analysis.reading.layout import Layout, are_sentences, lay_out
from analysis.reading.people import people_across, with_people
from analysis.reading.phases import PHASES, on_side
from analysis.reading.problems import Problems
from analysis.reading.questions import MEASURES, subject_of
from analysis.reading.recognise import Sample, match, sample
from analysis.reading.rows import NOTE
from analysis.reading.stages import likely_stages, stage_headings
from analysis.reading.subjects import matrix_subjects, repeated_measures
from analysis.reading.tallies import Tallies, counting, tallies
from analysis.reading.titled import named_by_title

#: what is said of columns, which a journey grid has not
_OF_COLUMNS = frozenset(
    "key_figures taken_for_touchpoints taken_for_answers latest_period latest_mark yes_no tallied tallied_shares".split()  # noqa: SIM905
)
#: what an answer gives, what tells who gave it and when, and what is said of touchpoints themselves
_MARKED = {"rating", "satisfaction", "ces", "nps"}
_TOLD_BY = {"date", "customer_id", "email", "person_name", "id", "comment"}
_WEIGHED = {"impact", "effort", "cost", "running_cost", "reach", "owner", "importance"}
#: names of sheets that may be a list of remarks, and of those that hold something else
_LISTS = re.compile(
    r"^(?:feuil(?:le)?|sheet|tableau|table) ?\d*$"
    r"|\b(?:verbatims?|commentaires?|comments?|remarques?|avis|retours?|feedback|reviews?|temoignages?|reponses?|answers|remarks)\b"
)
_MINUTES = re.compile(
    r"\b(?:reunions?|meetings?|compte ?rendu|cr|minutes|lisez ?moi|read ?me|instructions?|consignes?|aide|help|mode d'emploi|a faire|to ?do"
    r"|brouillon|draft|legende|legend)\b|^notes?\b"
)
#: a table of counted answers has no more rows
_MOST_COUNTED = 500
#: more columns are shown, not typed
_MOST_TYPED = 2000


class Recognised:
    """The first layer of a :class:`~analysis.reading.table.Table`: everything that can be said before a value is read."""

    def __init__(
        self, grid: Grid, name: str | None, header: list[int] | None, mapping: Mapping[str, str | None] | None, decimal: str,
        corrections: Corrections | None,
    ) -> None:  # fmt: skip
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

    @property
    def header_corrected(self) -> bool:
        """Whether the header row was said, not found."""
        return self._wanted_header is not None

    def _named(self) -> list[str]:
        """A unique header per column; blank ones are called after their letter."""
        header = self._layout.header
        if not header:
            self.noted.add("no_header")
        names: dict[str, None] = {}
        titles = self.grid.facts.get("titles") or {}
        if titles and header:
            self.noted.add("legend", n=len(titles))
        for column, code in enumerate(joined_headers(self.grid, header, whole=self.header_corrected)):
            text = titles.get(code, code)
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
        self.on_side = ""
        used = [number for number, cells in enumerate(self.grid.columns) if self._has_content(number, cells.kinds)]
        if len(used) > _MOST_TYPED:
            self.noted.add("too_many_columns", n=len(used), most=_MOST_TYPED)
            used = used[:_MOST_TYPED]
        self._used = used
        self._yes_no: set[str] = set()
        self._taken: list[str] = []
        self._staged: dict[str, tuple[str, str]] = {}
        self.tallies = Tallies()
        headers = [self._headers[number] for number in used]
        samples = [sample(self.grid.columns[number], self._sources) for number in used]
        self._staged = self._under_stages(headers, samples)
        plain = [None if header in self._staged else guess for header, guess in zip(headers, match(headers, samples), strict=True)]
        found = with_people(without_words(plain, samples), samples)
        found = named_by_title(headers, found, samples, self._titles())
        found = with_nps(headers, with_side(in_context(headers, found, samples), samples), samples, self.name)
        found = with_plan(headers, with_theme(headers, found, samples), samples)
        found = with_when(ticked(headers, as_log(found, samples), samples), samples)
        found = self._with_latest(headers, found, samples)
        self.on_side = on_side(headers, found, samples, len(self._sources))
        found, named = (found, None) if self.on_side == PHASES else with_touchpoint(headers, found, samples, len(self._sources))
        if named is not None:
            self.noted.add("taken_for_touchpoints", "", headers[named], headers[named])
        found, answers = self._with_answers(headers, found, samples)
        found = self._without_weights(headers, found, samples)
        self._offer_stage(headers, found, enough=bool(answers))
        if kind_of([guess.field if guess else None for guess in found], headers, len(self._sources)) == "actions":
            # of a map, "Action" is what the customer does; of an action list, what is to be done
            free = all(guess is None or guess.field != "action" for guess in found)
            found = [replace(guess, field="action") if free and guess and guess.field == "step" else guess for guess in found]
        found = self._as_wanted(headers, self._with_key_figures(headers, found, samples))
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
        self.counted_by = self._counting(headers)
        answered = self.kind == "touchpoints" and self._are_answers()
        if self.kind == "unknown" and self._are_remarks():
            self.kind = "comments"
        if self.tallies.degrees or self.counted_by or answered or (self._taken and self.kind == "unknown"):
            self.kind = "survey"
        self.kind = self.corrections.kind or ("journey_grid" if self.lanes else self.kind)
        if self.kind == "journey_grid":
            headers = [self._headers[number] for number in self._used]
            self.noted.found = [one for one in self.noted.found if one["code"] not in _OF_COLUMNS]
            self.mapping = dict.fromkeys(headers)
            self.confidence = dict.fromkeys(headers, 0.0)

    def _counting(self, headers: list[str]) -> tuple[str, bool] | None:
        """The column that says how often each answer of a table with a row an answer was given, and whether in shares."""
        other = self.tallies.degrees or self.corrections.kind not in (None, "survey")
        if not self._layout.header or other or len(self._sources) > _MOST_COUNTED:
            return None
        columns = [[self.grid.text(int(row), number).strip() for row in self._sources] for number in self._used]
        found = counting(headers, [self.mapping[header] for header in headers], columns)
        if found is None:
            return None
        header = headers[found[0]]
        self.noted.add("counted_shares" if found[1] else "counted_rows", "", header, header)
        return header, found[1]

    def _as_wanted(self, headers: list[str], found: list[Guess | None]) -> list[Guess | None]:
        """The guesses under the mapping that the user has corrected; columns that were not touched are as sure as they were found."""
        if self._wanted is None:
            return found
        self.on_side, told = "", self.corrections.told
        wanted = [self._wanted.get(header) for header in headers]
        kept = [
            guess if guess and guess.field == field and header not in told else Guess(field, 1.0) if field else None
            for header, guess, field in zip(headers, found, wanted, strict=True)
        ]
        scored = {header for header, field in zip(headers, wanted, strict=True) if field == "satisfaction"}
        self._taken, self._yes_no = [header for header in self._taken if header in scored], self._yes_no & scored
        if any(wanted[place] for place in self.tallies.degrees):
            self.tallies = Tallies()
        fields = [guess.field if guess else None for guess in found]
        said = told | {header for header, field, other in zip(headers, fields, wanted, strict=True) if field != other}
        codes = _OF_COLUMNS - {"tallied", "tallied_shares"} if self.tallies.degrees else _OF_COLUMNS
        self.noted.found = [one for one in self.noted.found if one["code"] not in codes or one["header"] not in said]
        return kept

    def _are_remarks(self) -> bool:
        """What people said of stages that come back, beside what bothered or pleased them: notes of interviews, not a map."""
        fields = {field: number for number in self._used if (field := self.mapping[self._headers[number]])}
        if not {"comment", "stage"} <= fields.keys() or fields.keys() & (_WEIGHED | {"action", "touchpoint", "kpi"}):
            return False
        seen = sample(self.grid.columns[fields["stage"]], self._sources)
        return 2 <= seen.distinct < len(self._sources) and not self.transposed

    def _are_answers(self) -> bool:
        """Touchpoints that come back on many rows, each with a mark and who gave it or when: answers, not a list of touchpoints."""
        fields = {field: number for number in self._used if (field := self.mapping[self._headers[number]])}
        if not fields.keys() & _MARKED or not fields.keys() & _TOLD_BY or fields.keys() & _WEIGHED:
            return False
        seen = sample(self.grid.columns[fields["touchpoint"]], self._sources)
        return seen.filled >= 4 and seen.distinct <= 0.5 * seen.filled

    def _with_latest(self, headers: list[str], found: list[Guess | None], samples: list[Sample]) -> list[Guess | None]:
        """The guesses, where one thing has a column a period: the last one."""
        found, latest = with_latest(headers, found, samples, "" if not headers or self._unnamed(self._used[0]) else headers[0])
        if latest is not None:
            taken = found[latest]
            code = "latest_mark" if taken and taken.field == "satisfaction" else "latest_period"
            code = "periods_repeat" if without_number(headers[latest]) != headers[latest] else code
            self.noted.add(code, "", headers[latest], headers[latest])
        found, last = with_latest_figure(headers, found, samples)
        if last is not None:
            self.noted.add("latest_period", "", headers[last], headers[last])
        found, last = with_latest_score(headers, found, samples)
        if last is not None:
            self.noted.add("latest_mark", "", headers[last], headers[last])
        return found

    def _with_answers(self, headers: list[str], found: list[Guess | None], samples: list[Sample]) -> tuple[list[Guess | None], list[str]]:
        """The guesses, with what people answered although no header names a measure, and the columns of scores among these."""
        rows = len(self._sources)
        self.tallies = tallies(headers, samples)
        if self.tallies.degrees:
            counted = [headers[place] for place in self.tallies.degrees]
            code = "tallied_shares" if self.tallies.of_nobody_knows_how_many else "tallied"
            self.noted.add(code, "", counted[0], ", ".join(counted)[:200])
            apart = {*self.tallies.degrees, self.tallies.base}
            # “Sans avis” and “Moyenne” beside the counts are worked out or counted too: nobody gave them as a mark
            apart |= {place for place, guess in enumerate(found) if guess and guess.field in MEASURES and samples[place].numbers >= 0.5}
            return [None if place in apart else guess for place, guess in enumerate(found)], []
        if people_across(headers):
            return found, []
        found, answers = with_answers(headers, found, samples, rows)
        if self._staged.keys() & set(answers):  # one that everybody answered alike stands among them
            answers = [header for header in headers if header in self._staged or header in answers]
            found = [Guess("satisfaction", 0.7) if header in answers else guess for header, guess in zip(headers, found, strict=True)]
        self._taken = answers
        if answers:
            self.noted.add("taken_for_answers", "", answers[0], ", ".join(answers)[:200])
        if may_be_answers(headers, found, samples, rows):
            found, yes_no = with_yes_no(headers, found, samples)
            self._yes_no = {headers[place] for place in yes_no}
            for place in yes_no:
                self.noted.add("yes_no", "", headers[place], headers[place])
            found = with_remarks(headers, found, samples)
            found = self._with_list(headers, found, samples)
        return found, answers

    def _with_key_figures(self, headers: list[str], found: list[Guess | None], samples: list[Sample]) -> list[Guess | None]:
        """The guesses of labels beside their figures; lines that hold a label alone are titles."""
        named = with_key_figures(headers, found, samples, self._titles(), bool(self._layout.header))
        if named is None:
            return found
        alone = self._sources[self.grid.columns[self._used[1]].kinds[self._sources] == BLANK]
        self._layout.kinds[alone] = NOTE
        self._sources = self._layout.data
        self.noted.found = [one for one in self.noted.found if one["code"] != "no_header"]
        self.noted.add("key_figures", self.grid.address(int(self._sources[0]), self._used[0]))
        return named

    def _with_list(self, headers: list[str], found: list[Guess | None], samples: list[Sample]) -> list[Guess | None]:
        """The guess of a list of sentences that nothing heads: remarks, a line each, and said."""
        if self._layout.header or len(headers) != 1 or found[0] is not None or not are_sentences(samples[0].words):
            return found
        called = normalise(self.sheet)
        if _MINUTES.search(called) or not (self.grid.facts.get("text") or _LISTS.search(called)):
            return found
        self.noted.found = [one for one in self.noted.found if one["code"] != "no_header"]
        self.noted.add("taken_for_remarks", self.grid.address(int(self._sources[0]), self._used[0]), "", samples[0].words[0][:80])
        return [Guess("comment", 0.6)]

    def _without_weights(self, headers: list[str], found: list[Guess | None], samples: list[Sample]) -> list[Guess | None]:
        """The guesses of a survey, without what its answers weigh."""
        if kind_of([guess.field if guess else None for guess in found], headers, len(self._sources)) != "survey":
            return found
        apart = weights(headers, found, samples)
        for place in apart:
            self.noted.add("weights", "", headers[place], headers[place])
        return [None if place in apart else guess for place, guess in enumerate(found)]

    def _under_stages(self, headers: list[str], samples: list[Sample]) -> dict[str, tuple[str, str]]:
        """Header → stage and touchpoint, where stages stand in a row of their own over what was judged."""
        lines = header_lines(self.grid, self._layout.header, whole=True) if len(self._layout.header) == 2 else []
        seen = dict(zip(headers, samples, strict=True))
        return under_stages(lines[0], lines[1], self._headers, seen) if len(lines) == 2 else {}

    def _titles(self) -> list[str]:
        """The lines over the header that stand alone, the nearest first, and the names of the table and its sheet."""
        over = [row for row in range(self._layout.header[0]) if self.grid.filled[row] == 1] if self._layout.header else []
        texts = [next(text for text in self.grid.row_texts(row) if text) for row in reversed(over[-5:])]
        return [*texts, self.name, self.sheet]

    @cached_property
    def _subjects(self) -> dict[str, str]:
        """Columns of one measure → what each measures, where the header alone does not tell."""
        headers = [self._headers[n] for n in self._used]
        found = {header: about for header, (_, about) in repeated_measures(headers).items()}
        fields = [self.mapping[header] for header in headers]
        if "touchpoint" not in fields or sum(field in MEASURES and field != "comment" for field in fields) > 1:  # each row says its own
            found |= subjects_of(headers, fields, self._taken)
        for header in self._yes_no:
            whole = any(guess.field == "nps" for guess in guesses(header))  # who recommends does so of all
            found |= {} if whole or is_of_all(header) or not any(map(str.isalpha, header)) else {header: plain_question(header)}
        lines = header_lines(self.grid, self._layout.header)
        if len(lines) == 2:
            found |= matrix_subjects(lines[0], lines[1], self._headers)
        return found | {header: touchpoint for header, (_, touchpoint) in self._staged.items() if header in self._taken}

    def _set_headings(self) -> None:
        """Rows that only name the stage of the touchpoints under them are set aside, their names kept as the stage."""
        places = {field: number for number in self._used if (field := self.mapping[self._headers[number]])}
        self._headings: dict[int, int] = {}
        named = next((places[field] for field in ("touchpoint", "kpi", "action") if field in places), None)
        if named is None or self.lanes or not self._layout.header:
            return
        stage = places.get("stage")
        where = [stage] if stage is not None else [named, self._used[0]]
        found = stage_headings(self.grid, self._sources, where)
        if stage is not None and found:
            full = self._sources[~np.isin(self._sources, list(found))]
            found = found if (self.grid.columns[stage].kinds[full] == BLANK).all() else {}
        self._headings = found
        if found:
            self._layout.kinds[list(found)] = NOTE
            self._sources = self._layout.data

    def _sides(self, headers: list[str]) -> tuple[list[str | None], bool]:
        """Fields down the first column: the lanes of a journey grid, or a table that was turned on its side."""
        if not self._used or not 2 <= len(self._sources) <= 60 or len(self._used) < 2 or self._wanted is not None:
            return [], False
        if people_across(headers):
            return [], True
        place = self._side_column() if len(self._used) > 2 else 0
        if self.mapping[headers[place]] == "kpi":  # “NPS”, “Satisfaction”: indicators are called like fields
            return [], False
        texts = [self.grid.text(int(row), self._used[place]).strip() for row in self._sources]
        down = [lane_field(text) for text in texts]
        told = [field for field in down if field]
        across = sum(guess >= 0.9 for guess in self.confidence.values())
        labels = sum(map(bool, texts))
        people = sum(field is None and says_of_people(text) for field, text in zip(down, texts, strict=True))
        heads = len(told) + people
        blank = self._unnamed(self._used[place])
        fewest = 2 if len(told) == labels == 2 and blank and set(told) & {"touchpoint", "emotion"} else 3
        if heads < max(fewest, 0.6 * labels) or labels < 0.3 * len(texts) or heads <= across or not told:
            return [], False
        corner = side_field(headers[place])
        about = "persona" in (corner, self.mapping[headers[place]])
        if len(self._used) == 2 and not (people and about):  # labels beside values: one persona at most
            return [], False
        of_people = any(map(says_of_people, texts)) and not set(told) & {"touchpoint", "emotion", "step"}
        phases = down[0] == "stage" and corner == "stage"  # their steps stand in the first row
        if not of_people and are_lanes(told[phases:], corner):
            if place:
                self._note_groups()
            self._used = self._used[place:]
            return down, False
        return [], True

    def _note_groups(self) -> None:
        """Say that the first column, which only groups the lanes, is on no map."""
        column = self._used[0]
        row = next(int(row) for row in self._sources if self.grid.text(int(row), column).strip())
        self.noted.add("lane_groups", self.grid.address(row, column), "", self.grid.text(row, column).strip())

    def _side_column(self) -> int:
        """Which of the first two columns heads the rows: where the first only groups lanes, their names stand in the second."""
        heads = [[text for row in self._sources if (text := self.grid.text(int(row), self._used[n]).strip())] for n in (0, 1)]
        named = [sum(lane_field(text) is not None for text in texts) for texts in heads]
        return int(named[1] > named[0] and named[1] >= 3 and 2 * len(heads[0]) <= len(heads[1]) + 1)

    def _has_content(self, number: int, kinds: Any) -> bool:
        """Any data, or a header of letters or figures: arrows drawn between two columns are none."""
        if (kinds[self._sources] != BLANK).any():
            return True
        return any(any(map(str.isalnum, self.grid.text(row, number))) for row in self._layout.header)

    def _unnamed(self, number: int) -> bool:
        return all(not self.grid.text(row, number).strip() for row in self._layout.header)

    def _offer_stage(self, headers: list[str], found: list[Guess | None], *, enough: bool) -> None:
        """A survey without stages: a text column with few values may be one, unless each column is ``enough`` of a place by itself.

        Never what people wrote: their words would stand on the map as the names of stages.
        """
        self.stage_candidates: list[str] = []
        fields = [guess.field if guess else None for guess in found]
        if enough:
            return
        if "stage" in fields or "touchpoint" in fields or kind_of(fields, headers, len(self._sources)) != "survey":
            return
        asked = [header for header, field in zip(headers, fields, strict=True) if field in MEASURES]
        if repeated_measures(headers) or any(map(subject_of, asked)):
            return
        offers = []
        for place, number in enumerate(self._used):
            guess = found[place]
            if (
                (guess is None or (guess.confidence < 0.7 and guess.field != "comment"))
                and not _written(headers[place])
                and (few := likely_stages(self._headers[number], self.grid.columns[number], self._sources))
            ):
                offers.append((few, place))
        offers.sort(reverse=True)
        self.stage_candidates = [headers[place] for _, place in offers]
        if offers:
            found[offers[0][1]] = Guess("stage", 0.5)


def _written(header: str) -> bool:
    """Whether a header announces texts that people write, though another column has that field."""
    found = guesses(header)
    return bool(found) and found[0].confidence >= 0.8 and found[0].field in ("description", "comment", "answer", "person_name", "address")
