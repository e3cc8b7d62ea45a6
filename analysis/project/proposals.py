"""Proposed actions and what a person does with them: take them over, put them aside, call them back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.project import edits
from analysis.project.commands import Change, Command
from analysis.project.model import SETTINGS
from analysis.project.priorities import priorities
from analysis.project.rankings import ranking_of

if TYPE_CHECKING:
    from analysis.project.project import Project

#: where projects of an earlier version remember what was put aside
_ASIDE = "dismissed"


def open_proposals(project: Project, language: str) -> pd.DataFrame:
    """What is proposed, neither planned yet nor put aside, in the order of the plan.

    Returns
    -------
    The columns of :func:`analysis.propose_actions`, then key: what a proposal is known by, whatever the language.
    ``attrs``: aside (how many of today's proposals were put aside).
    """
    from analysis.methods import propose_actions

    frame = propose_actions(project, language)
    keys = pd.Series([_key(row) for row in frame.to_dict("records")], index=frame.index, dtype="string")
    aside = keys.isin(_put_aside(project))
    found = frame.assign(key=keys)[~aside].reset_index(drop=True)
    found.attrs["aside"] = int(aside.sum())
    return found


def _key(proposal: Mapping[Any, Any]) -> str:
    home = _text(proposal["touchpoint_id"]) or _text(proposal["stage_id"])
    return f"{home}:{proposal['remedy']}"


def _text(value: Any) -> str:
    return "" if value is None or pd.isna(value) else str(value)


def _put_aside(project: Project) -> set[str]:
    kept = project.settings.views.get(_ASIDE)
    former = {str(key) for key in kept} if isinstance(kept, list) else set()
    return former | {key for key, aside in project.settings.dismissed.items() if aside}


def take_over(proposals: Iterable[Mapping[Any, Any]]) -> list[Command]:
    """An action for each of these rows of `open_proposals`, with its reason, its remedy, its indicator and its pain points."""
    commands: list[Command] = []
    for row in proposals:
        touchpoint = _text(row["touchpoint_id"]) or None
        commands += edits.add_action(
            str(row["action"]), touchpoint=touchpoint, stage=None if touchpoint else _text(row["stage_id"]) or None,
            cards=[str(card) for card in row["cards"]], reason=_text(row["reason"]), remedy=_text(row["remedy"]), kpi=_text(row["kpi"]),
        )  # fmt: skip
    return commands


def put_aside(project: Project, keys: Iterable[str]) -> list[Command]:
    """These proposals are not shown any more, until they are called back; what others put aside at the same moment stays so too."""
    return [Change("project", SETTINGS, {f"dismissed.{key}": True for key in keys})]


def call_back(project: Project) -> list[Command]:
    """Every proposal that was put aside is shown again."""
    shown = {f"dismissed.{key}": None for key in project.settings.dismissed}
    former = {f"views.{_ASIDE}": None} if _ASIDE in project.settings.views else {}
    return [Change("project", SETTINGS, shown | former)] if shown or former else []


def first_proposals(project: Project, touchpoints: Iterable[str], language: str) -> dict[str, Mapping[Any, Any]]:
    """The best proposal for each of these touchpoints, where there is one: id → row of :func:`analysis.propose_actions`."""
    from analysis.methods import proposals

    frame = priorities(project, method=ranking_of(project)).rename(columns={"method_score": "score"})
    cards = project.cards[project.cards["id"].isin(project.cards_of_today)]
    wanted = set(touchpoints)
    table = proposals(frame[frame["id"].isin(wanted)], cards[cards["touchpoint_id"].isin(wanted)], language)
    found: dict[str, Mapping[Any, Any]] = {}
    for row in table.to_dict("records"):
        found.setdefault(str(row["touchpoint_id"]), row)
    return found
