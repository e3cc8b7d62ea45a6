"""What a project can be filtered by."""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from analysis.project.evidence_key import evidence_key
from analysis.project.filters import SEGMENTS

if TYPE_CHECKING:
    from analysis.project.project import Project

#: a column with more values than this makes no segments
MOST = 40


@dataclass(frozen=True)
class Choices:
    """``stages``, ``personas``: id → name, in order. ``segments``: column of the evidence → its values, in order. ``span``: first
    and last day of the answers, None where nothing has a date."""

    stages: dict[str, str]
    personas: dict[str, str]
    segments: dict[str, list[str]]
    span: tuple[dt.date, dt.date] | None

    @property
    def years(self) -> list[int]:
        """The calendar years of the answers, when there are several."""
        first, last = (day.year for day in self.span) if self.span else (0, 0)
        return list(range(first, last + 1)) if first < last else []

    @property
    def quarters(self) -> list[tuple[int, int]]:
        """The last four quarters of the answers, (year, 1 to 4), the latest last; when there are several."""
        if not self.span:
            return []
        first, last = (4 * day.year + (day.month - 1) // 3 for day in self.span)
        return [(quarter // 4, quarter % 4 + 1) for quarter in range(max(first, last - 3), last + 1)] if first < last else []


def choices(project: Project) -> Choices:
    """What can be chosen of the whole project.

    >>> from analysis import Project
    >>> found = choices(Project.new("Shop", language="en", stages=["Buy", "Use"]))
    >>> list(found.stages.values()), found.segments, found.span
    (['Buy', 'Use'], {}, None)
    """
    whole = project.whole
    key = (evidence_key(whole), whole.table("persona"))
    segments, span = whole.remembered("filter choices", key, lambda: (_segments(whole.evidence), _span(whole.evidence["date"])))
    personas = sorted(whole.table("persona").items(), key=lambda item: (item[1].order, item[0]))
    stages = {id: stage.name for id, stage in whole.stages_of(whole.first_journey)}
    return Choices(stages, {id: persona.name for id, persona in personas}, segments, span)


def _segments(rows: pd.DataFrame) -> dict[str, list[str]]:
    """Columns of respondents that part them; one that says the same as another is offered once."""
    found: dict[str, list[str]] = {}
    for column in [*(name for name in rows.columns if name.startswith("attr:")), *SEGMENTS]:
        values = [str(value) for value in rows[column].dropna().unique()]
        parts = len(values) + bool(rows[column].isna().any())
        if values and parts > 1 and len(values) <= MOST and not any(rows[column].equals(rows[other]) for other in found):
            found[column] = sorted(values, key=_place)
    return found


def _place(value: str) -> tuple[float, str]:
    """Values that begin with a number stand in its order, before words.

    >>> sorted(["old", "10–49", "1–9"], key=_place)
    ['1–9', '10–49', 'old']
    """
    number = re.match(r"\d+", value)
    return (float(number[0]) if number else math.inf, value.casefold())


def _span(dates: pd.Series) -> tuple[dt.date, dt.date] | None:
    known = dates.dropna()
    return (known.min().date(), known.max().date()) if len(known) else None
