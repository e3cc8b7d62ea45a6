"""The impact/effort matrix as one value that can be drawn without knowing the project, and a bubble's move as commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.language import translator
from analysis.project import edits
from analysis.project.commands import Command
from analysis.project.measures import unique_names
from analysis.project.priorities import cut_line, quadrant_names

if TYPE_CHECKING:
    from analysis.project.project import Project

AXES = ("impact", "effort")
_DRAWN = ["id", "impact", "effort", "n", "stage_id"]
#: what a hand can set on the scale 1–10
STEP = 0.5


def matrix_view(project: Project, frame: pd.DataFrame, language: str) -> dict[str, Any]:
    """The matrix ready to be drawn: items, axes, groups (the stages), quadrant names, a note. None for what is missing, never NaN.

    Parameters
    ----------
    frame : of `analysis.project.priorities.priorities`, all of it or the part that is to be shown.
    """
    t, cut = translator(language), frame.attrs["matrix"]["cut"]
    sizes = frame["n"].notna().any()
    note = [cut_line(frame, t), t("The larger the bubble, the more answers stand behind it.") if sizes else ""]
    used = set(frame["stage_id"].dropna())
    return {
        "items": [_item(row, name) for row, name in zip(frame[_DRAWN].to_dict("records"), unique_names(frame), strict=True)],
        **{axis: {"low": 1, "high": 10, "cut": cut[axis], "step": STEP} for axis in AXES},
        "groups": [{"id": id, "name": stage.name} for id, stage in project.stages_of(project.first_journey) if id in used],
        "quadrants": quadrant_names(project, language),
        "note": " ".join(part for part in note if part),
        "size_text": t("{n} answers", n="{n}"),
    }


def _item(row: dict[Any, Any], name: str) -> dict[str, Any]:
    placed = {axis: None if pd.isna(row[axis]) else float(row[axis]) for axis in AXES}
    size = None if pd.isna(row["n"]) else float(row["n"])
    return {"id": row["id"], "label": name, "size": size, "group": None if pd.isna(row["stage_id"]) else row["stage_id"], **placed}


def placed_at(project: Project, touchpoint: str, *, impact: float, effort: float, author: str) -> list[Command]:
    """A bubble put somewhere by hand: its scores, set by hand where they changed. What was measured or voted stays behind them."""
    commands: list[Command] = []
    for axis, value in (("impact", impact), ("effort", effort)):
        figure = project.figures.get((touchpoint, axis))
        if figure is None or abs(figure.value - value) >= STEP / 2:
            commands += edits.set_score(touchpoint, axis, value, author=author)
    return commands


def items_of(frame: pd.DataFrame) -> pd.DataFrame:
    """The placed items as the charts know them: label, x (effort), y (impact), quadrant."""
    named = frame.assign(label=unique_names(frame))[["label", "effort", "impact", "quadrant"]]
    return named[named["quadrant"].notna()].rename(columns={"effort": "x", "impact": "y"})
