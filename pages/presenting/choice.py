"""What of a project is told on the wall: the filter, the journey, and what must not be shown."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass, field
from functools import lru_cache

from analysis import Filter
from analysis.reports.privacy import Privacy


@dataclass(frozen=True, slots=True)
class Choice:
    """``journey``: None is the first one."""

    filter: Filter = field(default_factory=Filter)
    journey: str | None = None
    privacy: Privacy = field(default_factory=Privacy)

    def written(self) -> str:
        """As a text that `read` takes, so that a presentation can be kept; empty when everything is told."""
        if self == Choice():
            return ""
        found = asdict(self)
        days = {name: day.isoformat() if day else None for name, day in (("start", self.filter.start), ("end", self.filter.end))}
        return json.dumps(found | {"filter": found["filter"] | days}, ensure_ascii=False)


@lru_cache(maxsize=64)
def read(text: str) -> Choice:
    """The choice that was written; everything, for everybody, where there is none.

    >>> read(Choice(Filter(stages=("s_1",), end=dt.date(2024, 1, 31)), privacy=Privacy(client=False)).written()).filter.end
    datetime.date(2024, 1, 31)
    """
    if not text:
        return Choice()
    found = json.loads(text)
    chosen, segment = found["filter"], found["filter"]["segment"]
    days = (dt.date.fromisoformat(chosen[name]) if chosen[name] else None for name in ("start", "end"))
    kept = (segment[0], tuple(segment[1])) if segment else None
    return Choice(Filter(tuple(chosen["stages"]), chosen["persona"], kept, *days), found["journey"], Privacy(**found["privacy"]))
