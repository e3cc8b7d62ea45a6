"""Parcours, the library: customer journeys from spreadsheets to an action plan.

Nothing heavy is imported until it is used, so that ``import analysis`` is instant and the reading worker stays small.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analysis import charts as charts
    from analysis.errors import ParcoursError as ParcoursError
    from analysis.errors import ReadError as ReadError
    from analysis.project import Project as Project
    from analysis.project import Store as Store
    from analysis.project.filters import Filter as Filter

#: public name → module that holds it
_HOMES = {
    "charts": "",
    "ParcoursError": "errors",
    "ReadError": "errors",
    "MissingColumns": "errors",
    "NegativeValues": "errors",
    "BadScale": "errors",
    "NotFound": "errors",
    "InvalidCommand": "errors",
    "UndoConflict": "errors",
    "NothingToUndo": "errors",
    "CannotOpenCopy": "errors",
    "CannotOpenStore": "errors",
    "CannotExport": "errors",
    "read": "reading",
    "Limits": "reading",
    "Project": "project",
    "Store": "project",
    "Filter": "project.filters",
    "before_after": "project.before_after",
    "emotion_curve": "methods",
    "pareto": "methods",
    "impact_effort": "methods",
    "relevance": "methods",
    "rank_stability": "methods",
    "touchpoint_matrix": "methods",
    "perception_gap": "methods",
    "propose_actions": "methods",
    "remedies": "methods",
    "to_emotion": "methods",
    "ranks_on": "methods",
    "emotion_words": "methods",
    "word_emotion": "methods",
    "words_to_emotion": "methods",
    "nps": "methods",
    "csat": "methods",
    "ces": "methods",
    "moment_of_truth": "methods",
    "rice": "methods",
    "ice": "methods",
    "opportunity": "methods",
    "pareto_stability": "methods",
    "plan_order": "methods",
    "importance_heatmap": "methods",
    "relevance_details": "methods",
    "touchpoint_value": "methods",
    "best_under_budget": "methods",
    "action_return": "methods",
    "export": "reports",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'analysis' has no attribute {name!r}")
    home = _HOMES[name]
    found = getattr(import_module(f"analysis.{home}"), name) if home else import_module(f"analysis.{name}")
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return __all__
