"""A second import of answers: which people are the same, what each of them changed, and what cannot be told.

People are known by their pseudonym. Where it was made of the row's content (a survey without ids), an edited row looks like one
person gone and another come: those two are matched by date and content, for certain where the rest of the row is nobody else's, and
asked about where it could be several people's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.project.importing.builder import CHANGED, GONE, NEW, UNCHANGED
from analysis.project.importing.cells import Cells, Flags, Ints, cells_of, difference, matched
from analysis.project.importing.long import LongForm

#: answers that are listed cell by cell for people to read; beyond, they are counted
MOST_CELLS = 5_000
#: of the rows, this share must be told apart by what two of them have in common, for the two to be one person's
_TELLING = 0.95
#: of the earlier people, this share must be in the file again for the others to be looked for among its rows
_SAME_FILE = 0.5


@dataclass(frozen=True)
class Comparison:
    """What a second import would do to a block of answers.

    Attributes
    ----------
    frame : the answers of the file, under the pseudonyms of those who gave them the first time; rows that wait are not among them.
    status : person → new, changed, unchanged or gone, one entry a person.
    cells : one entry a cell: person, field, before, after, status, line (of ``frame``; -1: gone), column. count : how many there are.
    waiting : lines of the file's block (first one a person) that may be of somebody the project knows, or of somebody new.
    left, gone : for each line of the earlier block, whether it is of somebody who is not in ``frame``; and whether it is certain that
        the file has that person no more (somebody whom a waiting row may be is not gone).
    """

    frame: pd.DataFrame
    status: pd.Series
    cells: pd.DataFrame
    count: int
    waiting: Ints
    left: Flags
    gone: Flags

    @property
    def differs(self) -> bool:
        return bool(self.status.isin([NEW, CHANGED]).any())


def compared(old: pd.DataFrame, form: LongForm, same_people: bool | None) -> Comparison:
    """The answers of a file against those that an earlier import of it brought.

    Parameters
    ----------
    same_people : of rows of which it cannot be told: True, they are edited answers of known people; False, they are of
        others; None, they wait.
    """
    before, after = cells_of(old), cells_of(form.frame)
    pairs = before.people.get_indexer(after.people).astype(np.int64)
    maybe = np.full(len(pairs), -1, dtype=np.int64)
    if form.by_content and (pairs < 0).any() and len(np.unique(pairs[pairs >= 0])) < len(before.people):
        found = matched(before, after, pairs, telling=_TELLING, overlap=_SAME_FILE)
        pairs, maybe = found.sure, found.maybe
    if same_people:
        pairs, maybe = np.where(maybe >= 0, maybe, pairs), np.full(len(pairs), -1, dtype=np.int64)
    waits = (maybe >= 0) & (same_people is None)
    return _comparison(before, after, pairs, np.where(waits, maybe, -1), form)


def _comparison(before: Cells, after: Cells, pairs: Ints, maybe: Ints, form: LongForm) -> Comparison:
    waits = maybe >= 0
    found = difference(before, after, pairs)
    edited = np.zeros(len(before.people) + 1, dtype=bool)
    edited[pairs[after.person[found.changed]]] = True
    edited[before.person[found.lost]] = True
    known = pairs >= 0
    names = np.where(known, before.people.to_numpy(dtype=object)[np.maximum(pairs, 0)], after.people.to_numpy(dtype=object))
    status = np.where(~known, NEW, np.where(edited[pairs], CHANGED, UNCHANGED))
    gone = np.ones(len(before.people), dtype=bool)
    gone[pairs[known]] = False
    left = gone.copy()
    gone[maybe[waits]] = False
    said: list[pd.Series] = [pd.Series(status[~waits], index=names[~waits]), pd.Series(GONE, index=before.people[gone])]
    cells, count = _listed(before, after, found, names, status, gone, waits, form)
    first = np.flatnonzero(~pd.Series(after.person[: len(form.frame)]).duplicated().to_numpy())
    stays = ~waits[after.person[: len(form.frame)]]
    people = pd.array(names, dtype="string").take(after.person[: len(form.frame)])
    frame = form.frame.assign(respondent=people)[stays].reset_index(drop=True)
    lines = before.person[: len(before.frame)]
    return Comparison(frame, pd.concat(said), cells, count, first[waits], left[lines], gone[lines])


def _listed(
    before: Cells, after: Cells, found: Any, names: Any, status: Any, gone: Any, waits: Any, form: LongForm
) -> tuple[pd.DataFrame, int]:
    """The cells to read, changed ones first, then those of people who are gone or new."""
    answers = len(form.frame)
    new = np.flatnonzero(((status[after.person] == NEW) & ~waits[after.person])[:answers])
    left = np.flatnonzero(gone[before.person][: len(before.frame)])
    count = len(found.changed) + len(found.lost) + len(new) + len(left)
    entries = [(CHANGED, int(e), int(b)) for e, b in zip(found.changed[:MOST_CELLS], found.before[:MOST_CELLS], strict=True)]
    entries += [(CHANGED, -1, int(b)) for b in found.lost[:MOST_CELLS]]
    entries += [(GONE, -1, int(b)) for b in left[:MOST_CELLS]]
    entries += [(NEW, int(e), -1) for e in new[:MOST_CELLS]]
    rows = [_cell(before, after, form, names, *entry) for entry in entries[:MOST_CELLS]]
    return pd.DataFrame(rows, columns=["person", "field", "item", "before", "after", "status", "line", "column"]), count


def _cell(before: Cells, after: Cells, form: LongForm, names: Any, status: str, new: int, old: int) -> tuple[Any, ...]:
    cells, entry = (after, new) if new >= 0 else (before, old)
    name, line = cells.names[cells.name[entry]], int(cells.line[entry])
    column = ""
    if new >= 0 and len(form.columns):
        column = str(form.columns.iloc[line]) if len(name) > 1 else _COLUMNS.get(name[0], name[0].removeprefix("attr:"))
    item = cells.columns["touchpoint_label"][line]
    item = cells.columns["stage_label"][line] if pd.isna(item) else item
    person = names[after.person[new]] if new >= 0 else before.people[before.person[old]]
    return (
        person, column or cells.field(entry), "" if pd.isna(item) else item, before.value(old) if old >= 0 else None,
        after.value(new) if new >= 0 else None, status, line if new >= 0 else -1, column,
    )  # fmt: skip


#: fact of a block → column of the table
_COLUMNS = {"stage_label": "stage", "date": "date", "persona": "persona", "side": "side"}
