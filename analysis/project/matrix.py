"""The impact/effort matrix as one value that can be drawn without knowing the project, and a bubble's move as commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.language import N_, Translator, translator
from analysis.project import edits
from analysis.project.commands import Command
from analysis.project.criteria import SCALES, criteria_of, criterion_name
from analysis.project.measures import unique_names
from analysis.project.priorities import AXES, cut_line, quadrant_names

if TYPE_CHECKING:
    from analysis.project.project import Project

#: what the bubbles may show: code → column of the touchpoints, what it is called
SIZES = {
    "evidence": ("n", N_("Number of answers")),
    "cost": ("cost", N_("Cost of the improvement")),
    "none": ("", N_("All alike")),
}
#: what a hand can set on the scale 1–10
STEP = 0.5


def matrix_view(project: Project, frame: pd.DataFrame, language: str) -> dict[str, Any]:
    """The matrix ready to be drawn: items, axes, groups (the stages), quadrant names, a note. None for what is missing, never NaN.

    Parameters
    ----------
    frame : of `analysis.project.priorities.priorities`, all of it or the part that is to be shown.
    """
    t, facts = translator(language), frame.attrs["matrix"]
    cut, axes = facts["cut"], (facts["impact"], facts["effort"])
    column = SIZES[size_of(project)][0]
    note = [cut_line(frame, t), _size_line(column, t) if column and frame[column].notna().any() else ""]
    used = set(frame["stage_id"].dropna())
    drawn = list(dict.fromkeys(["id", "stage_id", *axes, *([column] if column else [])]))
    return {
        "items": [_item(row, name, axes, column) for row, name in zip(frame[drawn].to_dict("records"), unique_names(frame), strict=True)],
        **{axis: _axis(project, code, axis, cut[axis], language) for axis, code in zip(AXES, axes, strict=True)},
        "groups": [{"id": id, "name": stage.name} for id, stage in project.stages_of(project.first_journey) if id in used],
        "quadrants": quadrant_names(project, language),
        "note": " ".join(part for part in note if part),
        "size_text": t("cost {amount}", amount="{n}") if column == "cost" else t("{n} answers", n="{n}"),
    }


def size_of(project: Project) -> str:
    """What the bubbles of the project show, a code of ``SIZES``."""
    kept = project.settings.views.get("bubble")
    return kept if kept in SIZES else "evidence"


def _size_line(column: str, t: Translator) -> str:
    if column == "cost":
        return t("The larger the bubble, the more its improvement costs.")
    return t("The larger the bubble, the more answers stand behind it.")


def _axis(project: Project, code: str, axis: str, cut: float, language: str) -> dict[str, Any]:
    """One axis on the scale of its criterion; the usual two keep their short names."""
    low, high = criteria_of(project)[code].ends or (1.0, 10.0)
    found: dict[str, Any] = {"low": low, "high": high, "cut": cut, "step": step_of(low, high)}
    return found if code == axis else found | {"name": criterion_name(project, code, translator(language))}


def step_of(low: float, high: float) -> float:
    """What a hand can set on a scale: halves, or whole percents on a long one.

    >>> step_of(1, 10), step_of(0, 100)
    (0.5, 1.0)
    """
    return STEP if high - low <= 20 else 1.0 if high - low <= 200 else (high - low) / 200


def _item(row: dict[Any, Any], name: str, axes: tuple[str, str], column: str) -> dict[str, Any]:
    placed = {axis: None if pd.isna(row[code]) else float(row[code]) for axis, code in zip(AXES, axes, strict=True)}
    size = None if not column or pd.isna(row[column]) else float(row[column])
    return {"id": row["id"], "label": name, "size": size, "group": None if pd.isna(row["stage_id"]) else row["stage_id"], **placed}


def placed_at(
    project: Project, touchpoint: str, *, impact: float, effort: float, author: str, axes: tuple[str, str] = AXES
) -> list[Command]:
    """A bubble put somewhere by hand: its scores, set by hand where they changed. What was measured or voted stays behind them.

    ``axes`` : the criteria that the matrix shows upwards and to the right.
    """
    commands: list[Command] = []
    for code, value in zip(axes, (impact, effort), strict=True):
        figure, (low, high) = project.figures.get((touchpoint, code)), criteria_of(project)[code].ends or SCALES["impact"]
        if figure is None or abs(figure.value - value) >= step_of(low, high) / 2:
            commands += edits.set_score(touchpoint, code, value, author=author, low=low, high=high)
    return commands


def items_of(frame: pd.DataFrame) -> pd.DataFrame:
    """The placed items as the charts know them: label, x (effort), y (impact), quadrant."""
    up, right = frame.attrs["matrix"]["impact"], frame.attrs["matrix"]["effort"]
    named = frame.assign(label=unique_names(frame), x=frame[right], y=frame[up])[["label", "x", "y", "quadrant"]]
    return named[named["quadrant"].notna()]
