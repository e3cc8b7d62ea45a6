"""Moments of truth of a project: proposed from its figures, decided by people (D4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.language import Translator
from analysis.project.commands import Change, Command
from analysis.project.figures import experience

if TYPE_CHECKING:
    from analysis.project.project import Project

DECISIONS = ("accepted", "refused", "")
COLUMNS = ("id", "touchpoint", "stage", "importance", "impact", "emotion", "divided", "moment_score", "proposed", "reason", "decision")


def moments(project: Project) -> pd.DataFrame:
    """Every touchpoint with its score as a moment of truth (METHODS, moment of truth), the strongest first.

    Returns
    -------
    id, touchpoint, stage, importance and impact (1–10), emotion (−2 … +2, what its experience is), divided (its own answers
    are, or those of its stage), moment_score (−3 … 9 or NA), proposed (bool), reason (codes of
    :data:`analysis.methods.moment_of_truth.REASONS` joined by a comma, or NA), decision (accepted, refused or empty).
    """
    from analysis.methods import moment_of_truth

    frame = project.touchpoints
    frame = frame.assign(emotion=frame["experience"], divided=_divided(project, frame), decision=frame["moment_of_truth"].fillna(""))
    scored = moment_of_truth(frame)
    scored = scored.assign(known=scored["moment_score"].notna())
    order = scored.sort_values(["known", "moment_score", "touchpoint"], ascending=[False, False, True], kind="stable", ignore_index=True)
    return order[list(COLUMNS)]


def _divided(project: Project, frame: pd.DataFrame) -> list[bool]:
    stages = project.emotions().set_index("stage_id")["divided"].fillna(False).astype(bool).to_dict()
    found = []
    for id, stage in zip(frame["id"], frame["stage_id"], strict=True):
        own = experience(project, project.figures, id)
        found.append(bool(own and own.divided) or bool(pd.notna(stage) and stages.get(stage, False)))
    return found


def proposals(project: Project) -> pd.DataFrame:
    """The proposed touchpoints about which nobody has decided yet; the frame of `moments`."""
    frame = moments(project)
    return frame[frame["proposed"] & (frame["decision"] == "")].reset_index(drop=True)


def reasons(codes: Any, t: Translator) -> str:
    """Why a touchpoint is proposed, in sentences."""
    from analysis.methods.moment_of_truth import REASONS

    return "" if codes is None or pd.isna(codes) else " ".join(t(REASONS[code]) for code in str(codes).split(","))


def decide(touchpoint: str, decision: str) -> list[Command]:
    """Accept (``accepted``) or refuse (``refused``) a moment of truth, or leave it open again (empty).

    >>> decide("t1", "accepted")
    [Change(kind='touchpoint', id='t1', values={'moment_of_truth': 'accepted'})]
    """
    return [Change("touchpoint", touchpoint, {"moment_of_truth": decision})]
