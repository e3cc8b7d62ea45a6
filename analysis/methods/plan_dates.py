"""Dates of a plan that do not go together, with what waits for what (D24)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.language import N_
from analysis.methods.frames import taken

#: code → what is wrong: {other} is the action that is needed first, {day} its due date
CLASHES = {
    "before_needed": N_("Starts before “{other}”, which it needs, is due ({day})."),
    "due_before_needed": N_("Is due before “{other}”, which it needs ({day})."),
    "due_before_start": N_("Is due before it starts ({day})."),
    "needs_dropped": N_("Needs “{other}”, which was dropped."),
}
#: nothing has to be said of the dates of what is over
OVER = ("done", "dropped")
_COLUMNS = {"id": "string", "other": "string", "kind": "string", "day": "datetime64[us]"}


def plan_dates(actions: Any) -> pd.DataFrame:
    """Find the actions whose dates do not go together.

    Parameters
    ----------
    actions : any frame with id, start_date, due_date, status; depends_on (a list of ids) when there is one.

    Returns
    -------
    One row a clash, in the order of the plan: id, other (of the action that is needed; NA for a clash of its own dates), kind (a code of
    ``CLASHES``) and day (the date that is in the way).

    Raises
    ------
    MissingColumns

    Notes
    -----
    An action starts when those it needs are finished: on the due date of the last of them or later. One without a start is looked at by
    its due date. What is done or dropped itself is passed over; what is needed and done holds nobody up. Without dates nothing is said.

    Examples
    --------
    >>> plan = pd.DataFrame({"id": ["a", "b"], "start_date": [None, pd.Timestamp("2026-03-01")], "status": "to_do",
    ...                      "due_date": [pd.Timestamp("2026-03-10"), None], "depends_on": [[], ["a"]]})
    >>> plan_dates(plan)[["id", "other", "kind"]].values.tolist()
    [['b', 'a', 'before_needed']]
    """
    rows = taken(actions, ["id", "start_date", "due_date", "status"], ["depends_on"]).to_dict("records")
    known = {str(row["id"]): row for row in rows}
    found = [(str(row["id"]), *clash) for row in rows if row["status"] not in OVER for clash in _clashes(row, known)]
    return pd.DataFrame(found, columns=list(_COLUMNS)).astype(_COLUMNS)


def _clashes(row: Mapping[Any, Any], known: Mapping[str, Mapping[Any, Any]]) -> Iterator[tuple[str | None, str, Any]]:
    start, due = _day(row["start_date"]), _day(row["due_date"])
    if start is not None and due is not None and due < start:
        yield None, "due_before_start", due
    for id in needed(row):
        other = known.get(id)
        if other is None or other["status"] == "done":
            continue
        last = _day(other["due_date"])
        if other["status"] == "dropped":
            yield id, "needs_dropped", None
        elif last is not None and start is not None and start < last:
            yield id, "before_needed", last
        elif last is not None and start is None and due is not None and due < last:
            yield id, "due_before_needed", last


def needed(row: Mapping[Any, Any]) -> list[str]:
    """Ids of the actions that one of them needs first."""
    ids = row.get("depends_on")
    return [str(id) for id in ids] if isinstance(ids, list | tuple | np.ndarray) else []


def _day(value: Any) -> pd.Timestamp | None:
    return None if value is None or pd.isna(value) else pd.Timestamp(value).normalize()
