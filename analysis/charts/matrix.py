"""The impact/effort matrix, drawn (D18)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.charts.finish import finish
from analysis.charts.quadrants import Board, board_chart, names_in
from analysis.charts.sources import matrix_frame
from analysis.errors import MissingColumns
from analysis.language import N_, Translator, number, translator
from analysis.methods.impact_effort import QUADRANTS
from analysis.methods.scales import is_steps, on_scale

if TYPE_CHECKING:
    from analysis.project import Project

CORNERS = {"top left": "quick_win", "top right": "big_bet", "bottom left": "fill_in", "bottom right": "money_pit"}
AXIS_X, AXIS_Y = N_("Effort (low to high)"), N_("Impact (low to high)")


def matrix(
    frame: pd.DataFrame | Project,
    language: str = "en",
    *,
    label: str | None = None,
    size: str | None = None,
    size_title: str = "",
    names: Mapping[str, str] | None = None,
    scale: Any = None,
    width: float = 760,
    height: float = 520,
    title: str | None = None,
    axes: tuple[str, str] | None = None,
) -> Any:
    """Draw an impact/effort matrix.

    Parameters
    ----------
    frame : what `analysis.impact_effort` gives, a frame with impact and effort, or a project.
    language : ``"fr"`` or ``"en"``.
    label : column of the names; default touchpoint, action, or the first column of texts.
    size : column of the amount of evidence (or cost) that the bubbles show, and size_title, its name; one size when None.
    names : quadrant code → the user's own name.
    scale : as given to `impact_effort`, only needed when the frame has lost its attributes or the scale is one of steps.
    width, height : of the plot, in pixels. title : in place of the finding.
    axes : names of the axes, up and to the right, where they are not impact and effort.

    Returns
    -------
    An Altair chart; ``usermeta["unplaced"]`` lists the items without both values.
    """
    frame = matrix_frame(frame, scale)
    t, facts, named = translator(language), _facts(frame), label or label_column(frame)
    called = {code: (names or {}).get(code) or t(name) for code, name in QUADRANTS.items()}
    titles = (t(AXIS_Y), t(AXIS_X)) if axes is None else axes
    placed = frame[frame["quadrant"].notna()]
    items = board_items(
        placed, named, facts["effort"], facts["impact"], size, language, scale_of=lambda column: _steps(scale, column, facts)
    )
    board = Board(items, names=called, corners=CORNERS, width=width, height=height, size_title=size_title, **_axes(facts, scale, titles))
    chart, drawn = board_chart(board, t)
    unplaced = frame.loc[frame["quadrant"].isna(), named].astype(str).tolist()
    said = finding(items, called["quick_win"], t)
    return finish(
        chart, language, title=said if title is None else title,
        caption=_caption(facts, drawn, unplaced, size, size_title, t, language), description=_description(items, called, said, t),
        width=width + 60, notes={"unplaced": unplaced, "numbered": drawn["numbered"]},
    )  # fmt: skip


def _axes(facts: Mapping[str, Any], scale: Any, titles: tuple[str, str]) -> dict[str, Any]:
    """What the two axes of the board are: their ranges, titles (up first), ticks and where they are cut."""
    ends, cut = facts["scale"], facts["cut"]
    found: dict[str, Any] = {"cut": (cut["effort"], cut["impact"])}
    for side, axis, title in (("x", "effort", titles[1]), ("y", "impact", titles[0])):
        found |= {
            f"{side}_range": padded(ends[axis]), f"{side}_title": title, f"{side}_ticks": _ticks(ends[axis]),
            f"{side}_labels": _tick_labels(_steps(scale, facts[axis], facts)),
        }  # fmt: skip
    return found


def label_column(frame: pd.DataFrame) -> str:
    """The column of names: touchpoint, action, label, or the first one of texts."""
    for name in ("touchpoint", "action", "label", "item", "name"):
        if name in frame:
            return name
    texts = [str(name) for name in frame.columns if name != "quadrant" and not pd.api.types.is_numeric_dtype(frame[name])]
    if not texts:
        raise MissingColumns(columns="touchpoint")
    return texts[0]


def board_items(placed: pd.DataFrame, label: str, x: str, y: str, size: str | None, language: str, scale_of: Any = None) -> pd.DataFrame:
    """The placed items as a matrix needs them."""

    def values(column: str) -> Any:
        steps = scale_of(column) if scale_of else None
        if steps is not None:
            return on_scale(placed[column], steps)[0]
        return placed[column].astype("Float64").to_numpy(float, na_value=np.nan)

    def shown(column: str) -> list[str]:
        return [value if isinstance(value, str) else number(value, language) for value in placed[column]]

    sizes = placed[size].astype("Float64").to_numpy(float, na_value=np.nan) if size else np.full(len(placed), np.nan)
    return pd.DataFrame(
        {
            "label": placed[label].astype(str).to_numpy(),
            "x": values(x), "y": values(y), "quadrant": placed["quadrant"].astype(str).to_numpy(), "size": sizes,
            "tip_x": shown(x), "tip_y": shown(y), "tip_size": [number(float(value), language) for value in sizes],
        }
    )  # fmt: skip


def _facts(frame: pd.DataFrame) -> dict[str, Any]:
    """The attributes of the frame, or the defaults where a frame has lost them."""
    found = {"impact": "impact", "effort": "effort", "scale": {"impact": (1.0, 10.0), "effort": (1.0, 10.0)}, "cut_rule": "midpoint"}
    found |= {key: frame.attrs[key] for key in (*found, "cut") if key in frame.attrs}
    middle = {axis: sum(ends) / 2 for axis, ends in found["scale"].items()}  # type: ignore[attr-defined]
    return {"cut": middle} | found


def _steps(scale: Any, column: str, facts: Mapping[str, Any]) -> Any:
    """The steps of a column's scale, when it is one of steps."""
    axis = "impact" if column == facts["impact"] else "effort"
    one = (scale.get(axis) or scale.get(column)) if isinstance(scale, Mapping) else scale
    return one if one is not None and is_steps(one) else None


def padded(ends: tuple[float, float]) -> tuple[float, float]:
    """A little room around a scale, so that bubbles at its ends stay whole."""
    room = (ends[1] - ends[0]) * 0.07
    return ends[0] - room, ends[1] + room


def _ticks(ends: tuple[float, float]) -> list[float]:
    low, high = ends
    return [low + step for step in range(int(high - low) + 1)] if high - low <= 12 else [low, (low + high) / 2, high]


def _tick_labels(steps: Any) -> str | None:
    return None if steps is None else json.dumps([str(step) for step in steps], ensure_ascii=False) + "[datum.value - 1]"


def finding(items: pd.DataFrame, quick_win: str, t: Translator) -> str:
    """The title: the quick wins, by name."""
    wins = items[items["quadrant"] == "quick_win"].sort_values(["y", "x"], ascending=[False, True], kind="stable")["label"].tolist()
    if items.empty:
        return t("No item has both an impact and an effort yet")
    if not wins:
        return t.n("No quick win in {n} item", "No quick win among {n} items", len(items))
    return t.n(
        "{n} quick win of {items}: {names}", "{n} quick wins of {items}: {names}", len(wins), items=len(items), names=names_in(wins, 3, t)
    )


def cut_sentence(rule: str, first: str, second: str, t: Translator) -> str:
    """How the matrix is cut."""
    if rule == "median":
        return t("Cut at the medians ({x} and {y}); a value on the line counts as high.", x=first, y=second)
    if rule == "midpoint":
        return t("Cut at the middle of each scale ({x} and {y}); a value on the line counts as high.", x=first, y=second)
    return t("Cut at {x} and {y}; a value on the line counts as high.", x=first, y=second)


def placing_notes(drawn: Mapping[str, Any], unplaced: list[str], t: Translator) -> list[str]:
    """What to know about how items are placed."""
    said = []
    if drawn["shared"]:
        said.append(t.n("{n} item shares its spot and is fanned out.", "{n} items share a spot and are fanned out.", len(drawn["shared"])))
    if unplaced:
        said.append(
            t.n(
                "Not placed, a value is missing: {names}.",
                "Not placed, values are missing: {names}.",
                len(unplaced),
                names=names_in(unplaced, 4, t),
            )
        )
    return said


def _caption(
    facts: Mapping[str, Any], drawn: Mapping[str, Any], unplaced: list[str], size: str | None, size_title: str, t: Translator, language: str
) -> list[str]:
    cut = facts["cut"]
    rule = cut_sentence(facts["cut_rule"], number(cut["effort"], language), number(cut["impact"], language), t)
    bubble = t("Bubble size: {what}.", what=size_title or size) if size else ""
    return [" ".join(part for part in (rule, bubble) if part), " ".join(placing_notes(drawn, unplaced, t))]


def _description(items: pd.DataFrame, called: Mapping[str, str], said: str, t: Translator) -> str:
    parts = []
    for code, name in called.items():
        members = items.loc[items["quadrant"] == code, "label"].tolist()
        if members:
            parts.append(f"{name}: {names_in(members, 8, t)}")
    return t("Impact and effort matrix.") + f" {said}. " + ". ".join(parts) + "."
