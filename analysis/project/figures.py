"""Figures of a project and where each comes from: measured, voted or assumed.

Of several layers of one figure the first of these holds: set by hand, measured from answers, voted, read from a file,
read from a word. The others stay, so that an override can be seen and withdrawn.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.errors import InvalidCommand
from analysis.project.model import LAYERS, Score

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
    "effort_days": None,
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
    # what staff say; what customers say is "importance" and "satisfaction"
    "importance_staff": (1, 10),
    "satisfaction_staff": (-2, 2),
}
#: criterion of the user → ends of its scale, None for an amount
Ends = Mapping[str, tuple[float, float] | None]
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


def rescaled(value: float, low: float | None, high: float | None, criterion: str, own: Ends = MappingProxyType({})) -> float:
    """A value of scale ``low``…``high`` on the criterion's own scale, linear between the ends; ``own``: scales of the user's criteria.

    >>> rescaled(4, 1, 5, "satisfaction")
    1.0
    """
    ends = own[criterion] if criterion in own else CRITERIA.get(criterion)
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


def own_ends(project: Project) -> dict[str, tuple[float, float] | None]:
    """The user's own criteria → the ends of their scale, None for an amount; see :mod:`analysis.project.criteria`."""
    return {code: _ends_in(facts) for code, facts in project.settings.criteria.items() if isinstance(facts, dict)}


def _ends_in(facts: Mapping[str, Any]) -> tuple[float, float] | None:
    low, high = facts.get("low"), facts.get("high")
    return (float(low), float(high)) if isinstance(low, int | float) and isinstance(high, int | float) and low < high else None


def _from_score(score: Score, own: Ends) -> Figure | None:
    """The figure of one layer; None without a value, or when a file gave one outside its scale."""
    if score.value is None or not _within(score.value, *ends_of(score)):
        return None
    value = rescaled(score.value, score.low, score.high, score.criterion, own)
    return Figure(value, _PROVENANCE.get(score.layer, "assumed"), score.layer, n=score.n, sd=score.sd, source=score.source,
                  author=score.author, at=score.at, text=score.text)  # fmt: skip


def _best(found: dict[str, Figure]) -> Figure:
    if len(found) == 1:
        return next(iter(found.values()))
    first, *others = sorted(found.values(), key=lambda figure: _ORDER.index(figure.layer))
    return replace(first, others=tuple(others))


Found = dict[tuple[str, str], Figure]
#: (target, criterion) → layer → figure
_Layers = dict[tuple[str, str], dict[str, Figure]]


def figures(project: Project) -> Found:
    """(target id, criterion) → the figure that holds, with what stands behind it. Stages have ``emotion`` only."""
    return _worked_out(project)[1]


def _worked_out(project: Project) -> tuple[_Layers, Found]:
    """Worked out from all scores once, then only where scores or answers have changed."""
    scores, measured, own = project.table("score"), project.measured, own_ends(project)

    def make() -> tuple[_Layers, Found]:
        layers = _of_scores(project, scores, own)
        for key, figure in measured.items():
            layers.setdefault(key, {})["measured"] = figure
        return layers, {key: _best(found) for key, found in layers.items()}

    def update(former: tuple[Mapping[str, Score], Found, Ends], value: tuple[_Layers, Found]) -> tuple[_Layers, Found]:
        old_scores, old_measured, old_own = former
        touched = {(s.target, s.criterion) for s in _differing(old_scores, scores)}
        rescaled = {code for code in {**old_own, **own} if old_own.get(code) != own.get(code)}
        touched |= {(s.target, s.criterion) for s in scores.values() if rescaled and s.criterion in rescaled}
        touched |= {key for key in {**old_measured, **measured} if old_measured.get(key) is not measured.get(key)}
        return _redone(value, touched, scores, measured, own)

    return project.remembered("figures", (scores, measured, own), make, update)


def _of_scores(project: Project, scores: Mapping[str, Score], own: Ends) -> _Layers:
    """Of a filtered project those of the whole one, as far as it has kept the scores: a score says the same under any filter."""
    layers: _Layers = {}
    whole = project.whole
    if whole is not project and own == own_ends(whole):
        of_whole = _worked_out(whole)[0]
        for key in dict.fromkeys((score.target, score.criterion) for score in scores.values()):
            found = {layer: figure for layer, figure in of_whole.get(key, {}).items() if layer != "measured"}
            if found:
                layers[key] = found
        return layers
    for score in scores.values():
        _lay(layers, score, own)
    return layers


def _differing(old: Mapping[str, Score], new: Mapping[str, Score]) -> Iterator[Score]:
    """Scores of either table that are not the same in the other."""
    for id, score in new.items():
        if old.get(id) is not score:
            yield score
    for id, score in old.items():
        if id not in new:
            yield score


def _redone(
    value: tuple[_Layers, Found], touched: set[tuple[str, str]], scores: Mapping[str, Score], measured: Found, own: Ends
) -> tuple[_Layers, Found]:
    layers, found = dict(value[0]), dict(value[1])
    for key in touched:
        layers.pop(key, None)
        found.pop(key, None)
        for score in (scores.get(score_id(*key, layer)) for layer in LAYERS):
            if score is not None:
                _lay(layers, score, own)
        if key in measured:
            layers.setdefault(key, {})["measured"] = measured[key]
        if key in layers:
            found[key] = _best(layers[key])
    return layers, found


def _lay(layers: _Layers, score: Score, own: Ends) -> None:
    figure = _from_score(score, own)
    if figure is not None:
        layers.setdefault((score.target, score.criterion), {})[score.layer] = figure


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
