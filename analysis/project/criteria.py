"""What touchpoints are weighed by: the criteria of the library and the user's own, each with its name, scale and direction.

A criterion of the user is kept under a code made of its first name (``own_strategic_fit``), which is also its column in
`Project.touchpoints`; renaming it or changing its scale loses no score, since every score keeps the scale that it was given on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.errors import InvalidCommand
from analysis.language import N_, Translator
from analysis.methods.frames import folded
from analysis.methods.relevance import REVERSED
from analysis.methods.relevance import SCALES as KNOWN
from analysis.project.commands import Change, Command, Remove
from analysis.project.figures import own_ends
from analysis.project.model import SETTINGS

if TYPE_CHECKING:
    from analysis.project.project import Project

#: what can be weighed: column → what it is called; the first five are the defaults
CRITERIA = {
    "impact": N_("Influence on conversion"),
    "satisfaction": N_("Satisfaction"),
    "reach": N_("Reach"),
    "fit": N_("Fit to persona and stage"),
    "cost": N_("Cost of the improvement"),
    "effort": N_("Effort"),
    "importance": N_("Importance"),
    "confidence": N_("Confidence"),
    "pain_points": N_("Pain points"),
    "complaints": N_("Complaints"),
    "lost_value": N_("Lost value"),
    "running_cost": N_("Running cost"),
    "effort_days": N_("Person-days"),
    "touchpoint_value": N_("Touchpoint Value"),
    "rational": N_("Rational value"),
    "emotional": N_("Emotional value"),
    "behavioural": N_("Behavioural value"),
}
#: the Touchpoint Value and what it is made of
_VALUE = ("touchpoint_value", "rational", "emotional", "behavioural")
#: ends of the scales of those that have one; the others are amounts, counted by rank
SCALES: dict[str, tuple[float, float]] = {
    name: (float(ends[0]), float(ends[1])) for name, ends in KNOWN.items() if not isinstance(ends, str) and name in CRITERIA
} | {"confidence": (1.0, 10.0)} | dict.fromkeys(_VALUE, (0.0, 100.0))
#: less is better, as `analysis.relevance` counts them; what already gives much needs less, as what already satisfies
AGAINST = (*REVERSED, *_VALUE)
#: what a person can fill in for a touchpoint that lacks it
FILLABLE = ("impact", "effort", "importance", "fit", "reach", "satisfaction", "cost", "confidence", "effort_days", "touchpoint_value")
#: before the code of a criterion of the user's own, so that no column of the library is ever meant
OWN = "own_"
#: the longest name, and the most criteria that a project may add
LONGEST, MOST = 60, 20


@dataclass(frozen=True, slots=True)
class Criterion:
    """Something touchpoints are weighed by.

    ``name``: of the library, an English message; of the user's own, as it was typed. ``ends``: of its scale, None for an amount,
    which is counted by rank. ``against``: less is better.
    """

    code: str
    name: str
    ends: tuple[float, float] | None
    against: bool = False
    own: bool = False


def criteria_of(project: Project) -> dict[str, Criterion]:
    """code → criterion: those of the library, then the user's own in the order in which they were added."""
    found = {code: Criterion(code, name, SCALES.get(code), code in AGAINST) for code, name in CRITERIA.items()}
    return found | own_criteria(project)


def own_criteria(project: Project) -> dict[str, Criterion]:
    """code → criterion, the user's own only."""
    kept, ends = project.settings.criteria, own_ends(project)
    ordered = sorted(ends, key=lambda code: (float(kept[code].get("order") or 0), code))
    return {
        code: Criterion(code, str(kept[code].get("name") or code), ends[code], bool(kept[code].get("against")), own=True)
        for code in ordered
    }


def scales_of(project: Project, codes: Iterable[str]) -> dict[str, tuple[float, float]]:
    """The scales of those of these criteria that have one, as `analysis.relevance` takes them."""
    known = criteria_of(project)
    return {code: ends for code in codes if code in known and (ends := known[code].ends)}


def against_of(project: Project) -> list[str]:
    """The criteria that count the other way round, as `analysis.relevance` takes them."""
    return [code for code, criterion in criteria_of(project).items() if criterion.against]


def criterion_name(project: Project, code: str, t: Translator) -> str:
    """What a criterion is called, in the reader's language; the user's own as they wrote it."""
    found = criteria_of(project).get(code)
    return code if found is None else found.name if found.own else t(found.name)


def fillable(project: Project) -> list[str]:
    """The criteria that a person can fill in."""
    return [*FILLABLE, *own_criteria(project)]


# --- the user's own ---------------------------------------------------------------------------------------------


def add_criterion(
    project: Project, name: str, *, low: float | None = 1.0, high: float | None = 10.0, against: bool = False, weight: float = 1.0
) -> list[Command]:
    """Add a criterion of the user's own, with its weight.

    Parameters
    ----------
    low, high : the ends of its scale; None for an amount (euros, days), counted by rank.
    against : less is better.
    weight : 0 to 10.

    Raises
    ------
    InvalidCommand : an empty name, one that is taken (``taken``), a scale whose ends are the wrong way round, too many criteria.
    """
    name = _free(project, name, "")
    if len(project.settings.criteria) >= MOST:
        raise InvalidCommand("too_many", N_("A project has at most {n} criteria of its own."), n=MOST)
    low, high = _scale(low, high)
    order = max((float(facts.get("order") or 0) for facts in project.settings.criteria.values()), default=0.0) + 1
    facts = {"name": name, "low": low, "high": high, "against": bool(against), "order": order}
    code = _code(project, name)
    return [Change("project", SETTINGS, {f"criteria.{code}": facts, f"weights.{code}": float(weight)})]


def change_criterion(project: Project, code: str, **facts: Any) -> list[Command]:
    """Rename a criterion of the user's own, turn it, or change its scale: ``name``, ``low`` and ``high``, ``against``.

    Scores given on the former scale are brought to the new one, end to end.

    Raises
    ------
    InvalidCommand : as for `add_criterion`; ``gone`` when somebody removed it.
    """
    if code not in project.settings.criteria:
        raise InvalidCommand("gone")
    kept = dict(project.settings.criteria[code])
    if "name" in facts:
        facts["name"] = _free(project, facts["name"], code)
    if {"low", "high"} & set(facts):
        facts["low"], facts["high"] = _scale(facts.get("low", kept.get("low")), facts.get("high", kept.get("high")))
    return [Change("project", SETTINGS, {f"criteria.{code}": kept | facts})]


def remove_criterion(project: Project, code: str) -> list[Command]:
    """Take a criterion of the user's own away with its weight and its scores; one undo brings all of it back."""
    scores = [Remove("score", id) for id, score in project.table("score").items() if score.criterion == code]
    return [*scores, Change("project", SETTINGS, {f"criteria.{code}": None, f"weights.{code}": None})]


def _free(project: Project, name: Any, code: str) -> str:
    """The name without blanks around it, when no other criterion has it."""
    found = " ".join(str(name).split())[:LONGEST]
    if not found:
        raise InvalidCommand("empty_name")
    taken = {folded(criterion.name) for other, criterion in own_criteria(project).items() if other != code}
    if folded(found) in taken:
        raise InvalidCommand("taken", N_("There is already a criterion called “{name}”."), name=found)
    return found


def _scale(low: float | None, high: float | None) -> tuple[float | None, float | None]:
    if low is None or high is None:
        if low is not high:
            raise InvalidCommand("scale", N_("A scale has two ends; leave both empty for an amount."))
        return None, None
    if not low < high:
        raise InvalidCommand("scale", N_("A scale goes from its lower to its higher end."))
    return float(low), float(high)


def _code(project: Project, name: str) -> str:
    """A code that no other criterion has, nor any score that is left of a removed one."""
    stem = OWN + (re.sub(r"[^a-z0-9]+", "_", folded(name)).strip("_")[:40] or "criterion")
    taken = set(project.settings.criteria) | {score.criterion for score in project.table("score").values()}
    return next(code for n in range(1, len(taken) + 2) if (code := stem if n == 1 else f"{stem}_{n}") not in taken)
