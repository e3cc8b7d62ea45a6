"""Journey maps whose phases go down the page: a row a phase, a column a lane. Turned, they are the usual drawing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.reading.headers import Guess, normalise
from analysis.reading.recognise import Sample

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
_LIST = re.compile(r",\s|[;\n•]|\s\+\s")


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
