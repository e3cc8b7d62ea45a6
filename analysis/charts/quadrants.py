"""The engine of the matrices: four named quadrants, cut lines, bubbles that fan out, labels that never overlap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from analysis.charts.finish import either
from analysis.charts.labels import Box, fanned, place
from analysis.charts.palette import INK, QUADRANT
from analysis.charts.text import shortened, text_width
from analysis.language import Translator

#: what the axis at the left needs
MARGIN = 66
SMALL, LARGE = 6.5, 20.0


@dataclass
class Board:
    """A matrix to be drawn. Values of x and y in the units of their axes."""

    items: pd.DataFrame  # label, x, y, quadrant, size (or NA), tip_x, tip_y; chosen (to be ringed) where some can be
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    cut: tuple[float, float]
    x_title: str
    y_title: str
    names: Mapping[str, str]
    corners: Mapping[str, str]  # top left, top right, bottom left, bottom right → quadrant
    width: float = 760
    height: float = 520
    size_title: str = ""
    x_ticks: Sequence[float] = ()
    y_ticks: Sequence[float] = ()
    x_labels: str | None = None
    y_labels: str | None = None
    notes: dict[str, Any] = field(default_factory=dict)


def board_chart(board: Board, t: Translator) -> tuple[Any, dict[str, Any]]:
    """The chart (with its key below when names do not fit), and facts: numbered, shared (items that share a spot)."""
    scene = _scene(board)
    below = _key_height(board, len(scene["keyed"])) if scene["keyed"] else 0.0
    layers = [*_ground(board, below), *_bubbles(board, scene, t), *_labels(board, scene)]
    if below:
        layers += _key(board, scene)
    chart = alt.layer(*layers).resolve_axis(x="independent", y="independent")
    chart = chart.properties(width=board.width + MARGIN, height=board.height + below)
    return chart, {"numbered": bool(scene["keyed"]), "shared": scene["shared"]}


def _scene(board: Board) -> dict[str, Any]:
    """Pixels of points, radii and labels."""
    items = board.items
    x = (items["x"].to_numpy(float) - board.x_range[0]) / (board.x_range[1] - board.x_range[0]) * board.width
    y = (board.y_range[1] - items["y"].to_numpy(float)) / (board.y_range[1] - board.y_range[0]) * board.height
    radii = _radii(items["size"].to_numpy(float))
    points, moved = fanned(list(zip(x.tolist(), y.tolist(), strict=True)), radii, rooms=_rooms(board))
    points = [
        (min(max(px, r + 2), board.width - r - 2), min(max(py, r + 2), board.height - r - 2))
        for (px, py), r in zip(points, radii, strict=True)
    ]
    names = items["label"].astype(str).tolist()
    found = place(points, names, (board.width, board.height), radii, taken=_corner_boxes(board), avoid=_cut_boxes(board))
    return {"points": points, "radii": radii, "labels": found.labels, "keyed": list(found.keyed), "shared": moved}


def _radii(sizes: Any) -> list[float]:
    """Area grows with the amount; one size when there is none; the smallest still to be seen."""
    known = sizes[~np.isnan(sizes)]
    if not len(known) or known.max() <= 0:
        return [SMALL + 1] * len(sizes)
    share = np.sqrt(np.nan_to_num(np.maximum(sizes, 0)) / known.max())
    return [float(SMALL - 1.5 + (LARGE - SMALL + 1.5) * part) for part in share]


def _corner_boxes(board: Board) -> list[Box]:
    """Where the names of the quadrants stand."""
    boxes = []
    for corner, code in board.corners.items():
        wide = text_width(board.names[code], 14, bold=True)
        left = 8.0 if corner.endswith("left") else board.width - 8 - wide
        top = 6.0 if corner.startswith("top") else board.height - 26
        boxes.append((left - 4, top, left + wide + 4, top + 20))
    return boxes


def _cut_boxes(board: Board) -> list[Box]:
    """The cut lines, as thin boxes."""
    x = (board.cut[0] - board.x_range[0]) / (board.x_range[1] - board.x_range[0]) * board.width
    y = (board.y_range[1] - board.cut[1]) / (board.y_range[1] - board.y_range[0]) * board.height
    return [(x - 1, 0, x + 1, board.height), (0, y - 1, board.width, y + 1)]


def _rooms(board: Board) -> list[Box]:
    """For each item the pixels of its quadrant: a bubble moved for lack of room must not look like one of another quadrant."""
    (x, _, _, _), (_, y, _, _) = _cut_boxes(board)
    at = {"left": (0.0, x + 1), "right": (x + 1, board.width), "top": (0.0, y + 1), "bottom": (y + 1, board.height)}
    whole: Box = (0.0, 0.0, board.width, board.height)
    boxes: dict[str, Box] = {}
    for corner, code in board.corners.items():
        (top, bottom), (left, right) = (at[side] for side in corner.split(" "))
        boxes[code] = (left, top, right, bottom)
    return [boxes.get(code, whole) for code in board.items["quadrant"]]


def _ground(board: Board, below: float) -> list[Any]:
    """Tinted quadrants, their names, and the cut lines."""
    (left, right), (bottom, top), (cut_x, cut_y) = board.x_range, board.y_range, board.cut
    spans = {"left": (left, cut_x), "right": (cut_x, right), "bottom": (bottom, cut_y), "top": (cut_y, top)}
    rows = []
    for corner, code in board.corners.items():
        vertical, side = corner.split(" ")
        (x, x2), (y, y2) = spans[side], spans[vertical]
        rows.append({
            "x": x, "x2": x2, "y": y, "y2": y2, "colour": QUADRANT[code], "name": board.names[code], "side": side,
            "px": 8 if side == "left" else board.width - 8, "py": 16 if vertical == "top" else board.height - 16,
        })  # fmt: skip
    ground = _in_units(board, pd.DataFrame(rows))
    axes = _axes(board, below)
    tint = alt.Chart(ground).mark_rect(opacity=0.09).encode(
        x=axes["x"], x2=alt.X2("x2:Q"), y=axes["y"], y2=alt.Y2("y2:Q"), fill=alt.Fill("colour:N", scale=None)
    )  # fmt: skip
    cuts = pd.DataFrame({"x": [cut_x, left], "x2": [cut_x, right], "y": [bottom, cut_y], "y2": [top, cut_y]})
    lines = (
        alt.Chart(cuts)
        .mark_rule(stroke=INK, opacity=0.45, strokeWidth=1.3)
        .encode(x=alt.X("x:Q", axis=None), x2=alt.X2("x2:Q"), y=alt.Y("y:Q", axis=None), y2=alt.Y2("y2:Q"))
    )
    names = [
        alt.Chart(ground[ground["side"] == side])
        .mark_text(align=side, baseline="middle", fontSize=14, fontWeight=700)
        .encode(x=alt.X("px:Q", axis=None), y=alt.Y("py:Q", axis=None), text=alt.Text("name:N"), color=alt.Color("colour:N", scale=None))
        for side in ("left", "right")
    ]
    return [tint, lines, *names]


def _axes(board: Board, below: float) -> dict[str, Any]:
    """The two axes; the key, when there is one, stands below the plot on the same scale, ``below`` pixels high."""
    bottom, top = board.y_range
    lowered = below / board.height * (top - bottom)

    def axis(ticks: Sequence[float], labels: str | None, **more: Any) -> Any:
        return alt.Axis(values=list(ticks), grid=False, labelExpr=labels or alt.Undefined, **more)

    x_axis = axis(board.x_ticks, board.x_labels, title=board.x_title, offset=-below)
    y_axis = axis(board.y_ticks, board.y_labels, title=board.y_title, titleY=board.height / 2)
    return {
        "x": alt.X("x:Q", scale=alt.Scale(domain=list(board.x_range), nice=False, zero=False), axis=x_axis),
        "y": alt.Y("y:Q", scale=alt.Scale(domain=[bottom - lowered, top], nice=False, zero=False), axis=y_axis),
    }


def _bubbles(board: Board, scene: dict[str, Any], t: Translator) -> list[Any]:
    if board.items.empty:
        return []
    items = board.items.assign(
        px=[x for x, _ in scene["points"]],
        py=[y for _, y in scene["points"]],
        area=[np.pi * r * r for r in scene["radii"]],
        colour=[QUADRANT.get(code, "#8A8A8A") for code in board.items["quadrant"]],
        named=[board.names.get(code, "") for code in board.items["quadrant"]],
    )
    tooltip = [
        alt.Tooltip("label:N", title=" "),
        alt.Tooltip("named:N", title=t("Quadrant")),
        alt.Tooltip("tip_x:N", title=board.x_title.split(" (")[0]),
        alt.Tooltip("tip_y:N", title=board.y_title.split(" (")[0]),
    ]
    if board.size_title:
        tooltip.append(alt.Tooltip("tip_size:N", title=board.size_title))
    return [
        alt.Chart(_in_units(board, items))
        .mark_point(filled=True, opacity=1, fillOpacity=0.82, stroke=INK)
        .encode(
            strokeWidth=either(alt.StrokeWidthValue, "datum.chosen", 3, 1),
            strokeOpacity=either(alt.StrokeOpacityValue, "datum.chosen", 1, 0.5),
            x=alt.X("px:Q", axis=None), y=alt.Y("py:Q", axis=None),
            size=alt.Size("area:Q", scale=None), fill=alt.Fill("colour:N", scale=None), tooltip=tooltip,
        )
    ]  # fmt: skip


def _labels(board: Board, scene: dict[str, Any]) -> list[Any]:
    """Names or numbers, and the leader lines of those that moved. A name keeps its distance to its point on a wider page."""
    rows = []
    for label, (x, y), r in zip(scene["labels"], scene["points"], scene["radii"], strict=True):
        align = "left" if label.x >= x else "right" if label.x + label.width <= x else "center"
        at = {"left": label.x, "right": label.x + label.width, "center": label.x + label.width / 2}[align]
        length = max(float(np.hypot(label.anchor[0] - x, label.anchor[1] - y)), 1e-9)
        rows.append({
            "text": label.text, "px": at, "py": label.y, "ax": label.anchor[0], "ay": label.anchor[1],
            "leader": label.leader, "align": align,
            "sx": x + (label.anchor[0] - x) * r / length, "sy": y + (label.anchor[1] - y) * r / length,
        })  # fmt: skip
    if not rows:
        return []
    frame = _in_units(board, pd.DataFrame(rows))
    across, down = alt.X("px:Q", axis=None), alt.Y("py:Q", axis=None)
    lines = alt.Chart(frame[frame["leader"]]).mark_rule(stroke=INK, opacity=0.4, strokeWidth=0.9)
    return [
        lines.encode(x=alt.X("sx:Q", axis=None), y=alt.Y("sy:Q", axis=None), x2=alt.X2("ax:Q"), y2=alt.Y2("ay:Q")),
        *(
            alt.Chart(frame[frame["align"] == align])
            .mark_text(align=align, baseline="middle", fontSize=12)
            .encode(x=across, y=down, text=alt.Text("text:N"))
            for align in ("left", "right", "center")
        ),
    ]


def _in_units(board: Board, rows: pd.DataFrame) -> pd.DataFrame:
    """Columns of pixels (``*x``, ``*y``) in the units of the axes, so that all layers share one scale and a wider chart stays right."""
    (left, right), (bottom, top) = board.x_range, board.y_range
    for column in [name for name in rows.columns if name in _PIXELS]:
        if column.endswith("x"):
            rows[column] = left + rows[column].astype(float) / board.width * (right - left)
        else:
            rows[column] = top - rows[column].astype(float) / board.height * (top - bottom)
    return rows


_PIXELS = ("px", "py", "ax", "ay", "sx", "sy")


_COLUMN, _ROW, _AXIS = 245, 16, 62


def _columns(board: Board) -> int:
    return max(1, int(board.width // _COLUMN))


def _key_height(board: Board, count: int) -> float:
    """Room for the axis and the rows of the key."""
    return float(_AXIS + _ROW * -(-count // _columns(board)))


def _key(board: Board, scene: dict[str, Any]) -> list[Any]:
    """Numbers and names, in columns below the plot, of those that are not named beside their points."""
    keyed = board.items.iloc[scene["keyed"]]
    names = keyed["label"].astype(str).tolist()
    wide = board.width / _columns(board)
    rows = -(-len(names) // _columns(board))
    table = pd.DataFrame(
        {
            "number": [scene["labels"][place].text for place in scene["keyed"]],
            "name": [shortened(name, wide - 34, 11.5) for name in names],
            "px": [(index // rows) * wide for index in range(len(names))],
            "py": [board.height + _AXIS + (index % rows) * _ROW for index in range(len(names))],
            "colour": [QUADRANT.get(code, "#8A8A8A") for code in keyed["quadrant"]],
        }
    )
    base = alt.Chart(_in_units(board, table)).encode(x=alt.X("px:Q", axis=None), y=alt.Y("py:Q", axis=None))
    return [
        base.mark_text(align="right", dx=18, fontSize=11.5, fontWeight=700).encode(
            text=alt.Text("number:N"), color=alt.Color("colour:N", scale=None)
        ),
        base.mark_text(align="left", dx=24, fontSize=11.5).encode(text=alt.Text("name:N")),
    ]


def names_in(items: Sequence[str], most: int, t: Translator, quote: bool = False) -> str:
    """``a, b, c and 4 more``."""
    shown = ", ".join(items[:most])
    return t("{names} and {n} more", names=shown, n=len(items) - most) if len(items) > most else shown
