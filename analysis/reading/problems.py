"""What was doubtful in a file: where, what, how bad, and what was done about it, in both languages."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from analysis.language import N_, Translator, translator
from analysis.reading.encodings import called

INFO, WARNING, ERROR = "info", "warning", "error"
COLUMNS = ["sheet", "cell", "header", "value", "code", "severity", "message", "done"]
#: of one kind, in one column, more than this are counted rather than listed
_LISTED = 100

#: code → (severity, what is the matter, what was done)
CODES: dict[str, tuple[str, str, str]] = {
    "dont_know": (
        INFO,
        N_("“{value}” means that the person does not know."),
        N_("Counted as no answer, never as a number."),
    ),
    "not_concerned": (INFO, N_("“{value}” stands for nothing."), N_("Left empty.")),
    "not_a_number": (WARNING, N_("“{value}” is not a number."), N_("Left empty; the text is kept beside.")),
    "not_a_date": (WARNING, N_("“{value}” is not a date."), N_("Left empty; the text is kept beside.")),
    "not_a_flag": (WARNING, N_("“{value}” is neither yes nor no."), N_("Left empty; the text is kept beside.")),
    "error_cell": (
        WARNING,
        N_("The cell shows the error {value}."),
        N_("Left empty; correct the formula in the file."),
    ),
    "outside_scale": (
        WARNING,
        N_("{value} is outside the scale {low} to {high}."),
        N_("Kept as it is; correct it or change the scale."),
    ),
    "words_as_score": (INFO, N_("This column gives degrees in words (“{value}”)."), N_("Read as a scale from 1 to 5.")),
    "taken_for_touchpoints": (
        WARNING,
        N_("No column is called touchpoint: “{value}” was taken for their names."),
        N_("Choose another field for it under Columns if that is wrong."),
    ),
    "key_figures": (
        INFO,
        N_("Each line of this sheet is a label and its figure."),
        N_("Read as indicators and their values."),
    ),
    "loose_cards": (
        WARNING,
        N_("No column names touchpoints: what goes wrong and well is put on the map as cards, in their stage where it is told."),
        N_("Grades and costs beside them belong to touchpoints and are not kept: name a column of touchpoints to keep them."),
    ),
    "taken_for_remarks": (
        WARNING,
        N_("This list has no header: each of its lines was taken for a comment."),
        N_("Choose another field for it under Columns if that is wrong."),
    ),
    "taken_for_answers": (
        WARNING,
        N_("Columns that hold answers on one scale were taken for how satisfied people are: {value}."),
        N_("Choose another field for them under Columns if that is wrong."),
    ),
    "lane_groups": (INFO, N_("The first column only groups the rows (“{value}”)."), N_("Left out: the second one names the lanes.")),
    "phases_down": (
        INFO,
        N_("Each row of this sheet is a phase of the journey, its columns what is said of it."),
        N_("Read as a journey map; addresses are those of the file."),
    ),
    "periods_down": (
        INFO,
        N_("Each row of this sheet is a period, each of its columns an indicator."),
        N_("Read as indicators with a column for each period; addresses are those of the file."),
    ),
    "skipped_member": (WARNING, N_("“{value}” of the archive is no table that can be read."), N_("Not imported.")),
    "counted_rows": (
        WARNING,
        N_("This column counts how many people gave the answer of each line: {value}."),
        N_("Each line is imported as so many answers."),
    ),
    "counted_shares": (
        WARNING,
        N_("This column gives the share of the answer of each line, and nothing says of how many people: {value}."),
        N_("Their mean, from 1 to 5, is kept as a score of the touchpoint, without a number of answers."),
    ),
    "tallied": (
        WARNING,
        N_("These columns count how many people gave each answer: {value}."),
        N_("Each count is imported as so many answers, on a scale from 1 to 5."),
    ),
    "tallied_shares": (
        WARNING,
        N_("These columns give the share of each answer, and nothing says of how many people: {value}."),
        N_("Their mean, from 1 to 5, is kept as a score of the touchpoint, without a number of answers."),
    ),
    "latest_mark": (
        WARNING,
        N_("Each period has a column of the same scores: “{value}”, the last one, was taken."),
        N_("The other periods are kept under their own names."),
    ),
    "legend": (
        INFO,
        N_("Another sheet says what the codes in the header mean: {n} columns."),
        N_("Its words stand beside the codes."),
    ),
    "yes_no": (
        WARNING,
        N_("A question answered with yes or no was taken for how satisfied people are: “{value}”."),
        N_("Yes is the good answer, unless it asks for trouble. Choose another field for it under Columns if that is wrong."),
    ),
    "weights": (
        WARNING,
        N_("“{value}” says how much each answer weighs."),
        N_("Kept under its own name and not used: every answer counts as one."),
    ),
    "short_scale": (
        WARNING,
        N_("No scale is stated for “{value}”, and no answer is above {top}."),
        N_("Read as a scale from {low} to {high}; say under Columns if it ends at {top}."),
    ),
    "records": (
        INFO,
        N_("Each thing of this sheet stands in a block of lines, its labels beside its values."),
        N_("Each block became a row; addresses are those of the file."),
    ),
    "bare_share": (
        WARNING,
        N_("{value} can be a share ({read}) or a percentage as it stands."),
        N_("Read as {read}; say so under Columns if it is not."),
    ),
    "latest_period": (
        INFO,
        N_("Each period has a column: “{value}”, the last one with figures, gives the values of the indicators."),
        N_("The other periods are kept under their own names."),
    ),
    "periods_repeat": (
        WARNING,
        N_("The same periods head several columns, and nothing tells which come last: “{value}”, the last one of the sheet, was taken."),
        N_("Choose another column under Columns if these are targets or an earlier year."),
    ),
    "no_scores": (
        WARNING,
        N_("This column should give scores, and gives texts such as “{value}”."),
        N_("Kept as texts: no score is taken from them."),
    ),
    "no_dates": (
        WARNING,
        N_("This column should give dates, and gives texts such as “{value}”."),
        N_("Kept as texts: no date is taken from them."),
    ),
    "no_figures": (
        WARNING,
        N_("This column should give figures, and gives texts such as “{value}”."),
        N_("Kept as texts: no figure is taken from them."),
    ),
    "approximate": (WARNING, N_("“{value}” is an approximate figure."), N_("Read as {read}.")),
    "bound": (WARNING, N_("“{value}” is a limit, not a figure."), N_("Read as {read}.")),
    "range_middle": (WARNING, N_("“{value}” gives a range."), N_("Read as its middle, {read}.")),
    "per_period": (WARNING, N_("“{value}” is an amount for each period."), N_("Read as {read}, not multiplied.")),
    "counted_in": (INFO, N_("The header says that {value} is counted in thousands or millions."), N_("Read as {read}.")),
    "as_minutes": (INFO, N_("“{value}” is a duration."), N_("Read as {read}.")),
    "per_year": (INFO, N_("“{value}” is not told by the year."), N_("Brought to a year: {read}.")),
    "remark": (INFO, N_("Words stand beside the figure in “{value}”."), N_("Read as {read}; the text is kept beside.")),
    "free": (INFO, N_("“{value}” means that it costs nothing."), N_("Read as {read}.")),
    "period": (INFO, N_("“{value}” is a period, not a day."), N_("Read as its first day, {read}.")),
    "period_end": (INFO, N_("“{value}” is a period, not a day."), N_("Read as its last day, {read}.")),
    "relative_date": (
        WARNING,
        N_("“{value}” depends on the day it was written, which the file does not tell."),
        N_("Left empty; the text is kept beside."),
    ),
    "cell_note": (INFO, N_("A note is attached to this cell: “{value}”."), N_("Kept with the cell, not imported.")),
    "total_row": (INFO, N_("This row is a total or a subtotal."), N_("Shown, not imported.")),
    "note_row": (INFO, N_("This line is a title or a note."), N_("Shown, not imported.")),
    "unit_row": (INFO, N_("This row gives units."), N_("Shown, not imported.")),
    "hidden_rows": (INFO, "", N_("Read like the others.")),
    "hidden_sheet": (INFO, N_("This sheet is hidden in the file."), N_("Listed, not imported unless you ask.")),
    "day_order": (WARNING, N_("Nothing tells whether “{value}” is day/month or month/day."), N_("Read as day/month.")),
    "day_order_told": (
        INFO,
        N_("“{value}” could be day/month or month/day: the column “{other}” of the same table tells."),
        N_("Read as day/month, like that column."),
    ),
    "month_order_told": (
        INFO,
        N_("“{value}” could be day/month or month/day: the column “{other}” of the same table tells."),
        N_("Read as month/day, like that column."),
    ),
    "crossed_periods": (
        INFO,
        N_("Crosses under periods say when: {value}."),
        N_("Each line starts with the first period that is crossed and is due at the end of the last."),
    ),
    "crossed_no_year": (
        WARNING,
        N_("Crosses under months or weeks say when, but nothing says of which year: {value}."),
        N_("No date is taken from them; add the year to the headers or to the title."),
    ),
    "decimal_sign": (WARNING, N_("“{value}” can be thousands or decimals."), N_("Read as {read}.")),
    "share_as_percent": (
        INFO,
        N_("The values are shares between 0 and 1, such as {value}."),
        N_("Read as percentages: {read}."),
    ),
    "score_as_date": (WARNING, N_("Excel turned a score such as 4/5 into the date {value}."), N_("Read as {read}.")),
    "currencies": (
        WARNING,
        N_("This column mixes currencies: {value}."),
        N_("Amounts kept as they are, without conversion."),
    ),
    "scales_mixed": (
        WARNING,
        N_("“{value}” is on another scale than the rest of the column (/{top})."),
        N_("Left empty; the text is kept beside."),
    ),
    "reversed": (
        WARNING,
        N_("“{value}” grows when the effort shrinks."),
        N_("Kept as it is; say whether the scale must be turned."),
    ),
    "low_is_good": (
        INFO,
        N_("The header says that the low end of this scale is the good one."),
        N_("Read that way; say so under Columns if it is not."),
    ),
    "not_recognised": (INFO, N_("This column was not recognised."), N_("Kept under its own name.")),
    "duplicate_header": (WARNING, N_("Two columns are called “{value}”."), N_("The second is called “{read}”.")),
    "second_column": (INFO, N_("Another column was already taken for the same thing."), N_("Kept under its own name.")),
    "no_header": (WARNING, N_("No header row was found."), N_("Columns are named after their letters.")),
    "encoding": (INFO, N_("Its letters were read as those of this program: {value}."), N_("Change the encoding if letters look wrong.")),
    "mixed_encoding": (
        WARNING,
        N_("Most lines come from a program of today, some from an older one for Windows."),
        N_("Each line was read with its own."),
    ),
    "double_encoded": (
        WARNING,
        N_("Letters of this file were encoded twice (“Ã©” for “é”)."),
        N_("Put right; choose another encoding to see the text as it stands."),
    ),
    "formats_unknown": (
        INFO,
        N_("This kind of file does not tell percentages from numbers here: {value} may be {read}."),
        N_("Kept as it is; save the file as .xlsx to have its percentages read."),
    ),
    "stage_row": (INFO, N_("This row holds only the name of a stage."), N_("Taken as the stage of the rows under it.")),
    "words_with_numbers": (
        INFO,
        N_("This column gives numbers and degrees in words (“{value}”)."),
        N_("The words were placed on the scale {low} to {high}."),
    ),
    "cut_character": (WARNING, N_("The file stops in the middle of a character."), N_("That character was left out.")),
    "open_quote": (
        WARNING,
        N_("A quotation mark is never closed."),
        N_("Taken as a character, so that no row is swallowed."),
    ),
    "ragged": (
        WARNING,
        "",
        N_("The extra cells are kept in columns of their own."),
    ),
    "uncomputed": (
        WARNING,
        "",
        N_("Open the file in Excel, save it and import it again."),
    ),
    "broken_sheet": (ERROR, N_("This sheet is damaged and could not be read."), N_("The other sheets were read.")),
    "empty_sheet": (INFO, N_("This sheet is empty."), N_("Nothing was imported from it.")),
    "unknown_sheet": (INFO, N_("This sheet holds no table that is known here."), N_("Shown, not imported.")),
    "own_results": (
        INFO,
        N_("This sheet shows what Parcours worked out; it is no inventory."),
        N_("Shown, not imported: touchpoints and plan come from their own sheets."),
    ),
    "gaps": (
        INFO,
        N_("Long runs of blank rows or columns lie between the cells."),
        N_("Left out of the view; addresses are those of the file."),
    ),
    "personal": (INFO, N_("This column holds personal data."), N_("Pseudonymised before anything is kept.")),
    "too_many_columns": (
        WARNING,
        N_("This sheet has {n} columns."),
        N_("The first {most} were typed; the others are shown as they stand."),
    ),
    "transposed": (
        WARNING,
        N_("This table seems to be turned on its side: its fields stand in the first column."),
        N_("Read as it stands; it can be turned."),
    ),
    "more": (INFO, N_("{n} more of the same in this column."), N_("Treated the same way.")),
}


@dataclass
class Problems:
    """Collects problems of one sheet while it is read."""

    sheet: str
    found: list[dict[str, Any]] = field(default_factory=list)
    _count: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, code: str, cell: str = "", header: str = "", value: str = "", **values: Any) -> None:
        """Note one problem; ``values`` fill its sentences."""
        self._count[header, code] += 1
        if self._count[header, code] <= _LISTED:
            self.found.append({"sheet": self.sheet, "cell": cell, "header": header, "value": value, "code": code, "values": values})

    def listed(self) -> list[dict[str, Any]]:
        """Everything found, with a line for what was too much to list."""
        more = [
            {
                "sheet": self.sheet,
                "cell": "",
                "header": header,
                "value": "",
                "code": "more",
                "values": {"n": count - _LISTED, "of": code},
            }
            for (header, code), count in self._count.items()
            if count > _LISTED
        ]
        return [*self.found, *more]


def frame_of(found: list[dict[str, Any]], language: str) -> pd.DataFrame:
    """The problems as a table, its sentences in a language."""
    t = translator(language)
    rows = []
    for problem in found:
        severity, message, done = CODES[problem["code"]]
        values = {"value": problem["value"], **problem["values"]}
        if problem["code"] == "encoding":
            values["value"] = t(called(str(values["value"])))
        code = problem["values"].get("of", problem["code"])
        shown = {
            "sheet": problem["sheet"],
            "cell": problem["cell"],
            "header": problem["header"],
            "value": problem["value"],
        }
        said = _counted(problem["code"], values, t) or t(message, **values)
        rows.append({**shown, "code": code, "severity": severity, "message": said, "done": t(done, **values)})
    return pd.DataFrame(rows, columns=COLUMNS)


def _counted(code: str, values: dict[str, Any], t: Translator) -> str:
    """The sentence of a problem that counts something, in the singular or the plural."""
    n = values.get("n")
    if not isinstance(n, int):
        return ""
    if code == "hidden_rows":
        return t.n("{n} row is hidden in the file.", "{n} rows are hidden in the file.", n)
    if code == "ragged":
        return t.n("{n} row has more cells than the header.", "{n} rows have more cells than the header.", n)
    if code == "uncomputed":
        return t.n("{n} formula has no computed value.", "{n} formulas have no computed value.", n)
    return ""
