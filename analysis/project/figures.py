"""Figures of a project and where each comes from: measured, voted or assumed.

Of several layers of one figure the first of these holds: set by hand, measured from answers, voted, read from a file,
read from a word. The others stay, so that an override can be seen and withdrawn.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.errors import InvalidCommand
from analysis.project.model import Score

if TYPE_CHECKING:
    from analysis.project.project import Project

#: criterion → ends of the scale that the frames speak; None: a quantity without ends (money, a count)
CRITERIA: dict[str, tuple[float, float] | None] = {
    "impact": (1, 10),
    "effort": (1, 10),
    "importance": (1, 10),
    "fit": (1, 10),
    "confidence": (1, 10),
    "reach": (0, 100),
    "cost": None,
    "running_cost": None,
    "satisfaction": (-2, 2),
    "emotion": (-2, 2),
    "rational": (0, 100),
    "emotional": (0, 100),
    "behavioural": (0, 100),
    "touchpoint_value": (0, 100),
    "complaints": None,
    "conversion": (0, 100),
    "lost_value": None,
    "frequency": None,
}
_PROVENANCE = {"hand": "assumed", "vote": "voted", "file": "assumed", "words": "assumed"}
#: source of the answers that a workshop brought
VOTES = "vote"
_ORDER = ("hand", "measured", "vote", "file", "words")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure on the scale of :data:`CRITERIA`, and what it replaces.

    ``provenance``: measured, voted or assumed. ``layer``: hand, measured, vote, file or words. ``others``: the layers
    that stand behind it, best first.
    """

    value: float
    provenance: str
    layer: str
    n: int | None = None
    sd: float | None = None
    low: float | None = None  # of a 95 % interval
    high: float | None = None
    source: str = ""
    author: str = ""
    at: str = ""
    text: str = ""
    divided: bool = False
    others: tuple[Figure, ...] = ()

    @property
    def override(self) -> bool:
        """Whether a value set by hand stands before a measured or voted one."""
        return self.layer == "hand" and any(other.provenance != "assumed" for other in self.others)


def score_id(target: str, criterion: str, layer: str = "hand") -> str:
    return f"{target}:{criterion}:{layer}"


def rescaled(value: float, low: float | None, high: float | None, criterion: str) -> float:
    """A value of scale ``low``…``high`` on the criterion's own scale, linear between the ends.

    >>> rescaled(4, 1, 5, "satisfaction")
    1.0
    """
    ends = CRITERIA.get(criterion)
    if ends is None or low is None or high is None or low == high or (low, high) == ends:
        return value
    return ends[0] + (value - low) / (high - low) * (ends[1] - ends[0])


def _within(value: float, low: float | None, high: float | None) -> bool:
    return math.isfinite(value) and (low is None or high is None or min(low, high) <= value <= max(low, high))


def in_range(value: float, low: float | None, high: float | None) -> float:
    """The value, or a refusal when it is outside its scale: a scale is never bent to fit a value."""
    if not _within(value, low, high):
        raise InvalidCommand("outside", value=value, low=low, high=high)
    return value


def ends_of(score: Score) -> tuple[float | None, float | None]:
    """The ends of the scale that a score is on: its own, else its criterion's."""
    if score.low is None or score.high is None:
        return CRITERIA.get(score.criterion) or (None, None)
    return score.low, score.high


def _from_score(score: Score) -> Figure | None:
    """The figure of one layer; None without a value, or when a file gave one outside its scale."""
    if score.value is None or not _within(score.value, *ends_of(score)):
        return None
    value = rescaled(score.value, score.low, score.high, score.criterion)
    return Figure(value, _PROVENANCE.get(score.layer, "assumed"), score.layer, n=score.n, sd=score.sd, source=score.source,
                  author=score.author, at=score.at, text=score.text)  # fmt: skip


def _best(found: dict[str, Figure]) -> Figure:
    if len(found) == 1:
        return next(iter(found.values()))
    first, *others = sorted(found.values(), key=lambda figure: _ORDER.index(figure.layer))
    return replace(first, others=tuple(others))


def figures(project: Project) -> dict[tuple[str, str], Figure]:
    """(target id, criterion) → the figure that holds, with what stands behind it. Stages have ``emotion`` only."""
    layers: dict[tuple[str, str], dict[str, Figure]] = {}
    for score in project.entities.get("score", {}).values():
        figure = _from_score(score)
        if figure is not None:
            layers.setdefault((score.target, score.criterion), {})[score.layer] = figure
    for key, figure in project.measured.items():
        layers.setdefault(key, {})["measured"] = figure
    return {key: _best(found) for key, found in layers.items()}


def optional(value: Any) -> float | None:
    return None if value is None or pd.isna(value) else float(value)


#: METHODS, scales: what people answered or voted (or somebody set by hand) before scores of a file, these before words
_TIER = {"hand": 0, "measured": 1, "vote": 1, "file": 2, "words": 3}


def experience(project: Project, found: Mapping[tuple[str, str], Figure], touchpoint: str) -> Figure | None:
    """How a touchpoint feels, -2 to 2: answers and votes first, then scores, then words (METHODS, scales)."""
    candidates = [found[key] for key in ((touchpoint, "emotion"), (touchpoint, "satisfaction")) if key in found]
    return min(candidates, key=lambda figure: _TIER[figure.layer], default=None)


def stage_emotion(project: Project, found: Mapping[tuple[str, str], Figure], stage: str, touchpoints: list[str]) -> Figure | None:
    """How a stage feels: by hand, from answers and votes, else the mean of its touchpoints' assumed values.

    Of the touchpoints, those set by hand, measured or voted count before scores of a file, and these before words.
    """
    own = found.get((stage, "emotion"))
    if own is not None:
        return own
    parts = [figure for figure in (experience(project, found, touchpoint) for touchpoint in touchpoints) if figure]
    if not parts:
        return None
    tiers = [max(_TIER[part.layer], 1) for part in parts]
    same = [part.value for part, tier in zip(parts, tiers, strict=True) if tier == min(tiers)]
    return Figure(sum(same) / len(same), "assumed", "words" if min(tiers) == _TIER["words"] else "file", source="touchpoints")
