"""Tables on their side: journey maps whose phases go down the page, and indicators with a row a month. Turned, they are the usual ones."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.reading.context import PERIOD_NAMES
from analysis.reading.headers import Guess, normalise
from analysis.reading.periods import is_period
from analysis.reading.recognise import Sample

PHASES, PERIODS = "phases", "periods"
#: what people write of a phase
_FELT = {"emotion", "thought", "pain", "delight", "opportunity"}
_LANES = _FELT | {"need", "step", "action", "comment", "backstage", "channel", "system", "kpi"}
#: what they say of touchpoints, actions, people and answers
_ELSEWHERE = {
    "impact", "effort", "cost", "running_cost", "reach", "importance", "due_date", "start_date", "progress", "status", "priority", "date",
    "customer_id", "email", "kpi_value", "kpi_target", "question", "answer", "rating", "nps", "complaints", "event", "id", "persona",
}  # fmt: skip
_FEWEST, _MOST = 2, 20
#: headers of the parts of a phase, where other steps are what customers do
_STEPS = re.compile(r"^(?:sous|sub|micro) ?(?:etape|phase|step|stage)s?$|^(?:etape|step)s?(?: detaillees?)?$")
_MOST_PERIODS = 60
_FIRST = re.compile(r"^\d{4}-\d\d-01(?:[T ]00:00(?::00)?)?$")
_LIST = re.compile(r",\s|[;\n•]|\s\+\s")


def on_side(headers: Sequence[str], found: Sequence[Guess | None], samples: Sequence[Sample], rows: int) -> str:
    """What the rows of a table on its side are: phases or periods; nothing for a table that stands as usual."""
    if rows_are_phases(headers, found, samples, rows):
        return PHASES
    return PERIODS if rows_are_periods(headers, found, samples, rows) else ""


def rows_are_phases(headers: Sequence[str], found: Sequence[Guess | None], samples: Sequence[Sample], rows: int) -> bool:
    """Whether each row of a table is a phase, or a step of one, and its columns are lanes.

    A table of touchpoints is one only where a phase has a row and names several touchpoints in it.
    """
    fields = {guess.field: samples[place] for place, guess in enumerate(found) if guess and guess.confidence >= 0.8}
    lanes = set(fields) & _LANES
    if "stage" not in fields or set(fields) & _ELSEWHERE or not _FEWEST <= rows <= _MOST or not lanes & _FELT or len(lanes) < 2:
        return False
    stages = fields["stage"]
    one_each = stages.distinct == stages.filled
    if "touchpoint" in fields:
        several = any(_LIST.search(word) for word in fields["touchpoint"].words)
        return one_each and stages.filled == rows and several and len(lanes) >= 3
    steps = next((samples[n] for n, one in enumerate(found) if one and one.field == "step" and _STEPS.match(normalise(headers[n]))), None)
    named = steps is not None and steps.distinct == steps.filled == rows and steps.length <= 40
    return (one_each and stages.filled == rows) or (named and stages.filled > 1)


def rows_are_periods(headers: Sequence[str], found: Sequence[Guess | None], samples: Sequence[Sample], rows: int) -> bool:
    """Whether each row of a table is a month, a quarter or a year, and each other column the figures of one indicator."""
    fields = {guess.field for guess in found if guess and guess.confidence >= 0.8}
    if not _FEWEST <= rows <= _MOST_PERIODS or len(headers) < 3 or fields & {"touchpoint", "kpi", "action", "stage", "customer_id", "id"}:
        return False
    first, others = samples[0], [seen for seen in samples[1:] if seen.filled]
    named = normalise(headers[0]) in PERIOD_NAMES
    periods = first.filled == first.distinct == rows and all(is_period(word) or _is_month(word) for word in first.words)
    return named and periods and len(others) >= 2 and all(seen.numbers >= 0.8 for seen in others)


def _is_month(word: str) -> bool:
    """The first of a month, as spreadsheets keep “mars 2025”."""
    return bool(_FIRST.match(word))
