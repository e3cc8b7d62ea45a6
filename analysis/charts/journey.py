"""The whole journey map as one picture: stages as columns, the emotion curve above, lanes of cards below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from analysis.charts.emotion import finding, segments, worded
from analysis.charts.finish import finish
from analysis.charts.journey_layout import CURVE, LEFT, Map, laid_out
from analysis.charts.palette import ACCENT, EMOTION, EMOTION_NAMES, HALO, INK, WARNING, face
from analysis.language import Translator, translator

if TYPE_CHECKING:
    from analysis.project import Project

_STAR = "M0 -1L.29 -.4L.95 -.31L.48 .15L.59 .81L0 .5L-.59 .81L-.48 .15L-.95 -.31L-.29 -.4Z"


def journey(
    project: Project,
    journey: str | None = None,
    language: str | None = None,
    *,
    width: float | None = None,
    lanes: Sequence[str] | None = None,
    stages: Sequence[str] | None = None,
    most: int = 8,
    lines: int = 7,
    title: str | None = None,
) -> Any:
    """Draw a journey map.

    Parameters
    ----------
    project : the project.
    journey : id or title of the journey; default the first as-is one.
    language : ``"fr"`` or ``"en"``; default the project's.
    width : of the whole map in pixels; default as wide as its stages need.
    lanes : ids or kinds of the lanes to draw, in this order; default all that hold something.
    stages : ids of the stages to draw; default all.
    most : cards drawn in a cell before the rest is counted ("+ 3 more"). lines : of a card before its text is cut.
    title : in place of the finding.

    Returns
    -------
    An Altair chart.
    """
    from analysis.project.views import journey_view

    language = language or project.language
    ids = {entry.title: id for id, entry in project.journeys_in_order()}
    view = journey_view(project, ids.get(journey or "", journey), language)
    if stages is not None:
        view = _part(view, stages)
    return draw(view, language, width=width, lanes=lanes, most=most, lines=lines, title=title)


def _part(view: Mapping[str, Any], stages: Sequence[str]) -> dict[str, Any]:
    """The view of some stages alone."""
    return dict(view) | {
        "stages": [stage for stage in view["stages"] if stage["id"] in stages],
        **{kind: [item for item in view[kind] if item["stage"] in stages] for kind in ("touchpoints", "cards")},
    }


def draw(
    view: Mapping[str, Any],
    language: str = "en",
    *,
    width: float | None = None,
    lanes: Sequence[str] | None = None,
    most: int = 8,
    lines: int = 7,
    title: str | None = None,
) -> Any:
    """Draw a journey map from plain values, as `journey_view` gives them: stages (id, name, goal, emotion), lanes, touchpoints, cards."""
    t = translator(language)
    if not view["stages"]:
        text = t("This journey has no stage yet.")
        empty = alt.Chart(pd.DataFrame({"text": [text]})).mark_text(fontSize=14, opacity=0.7).encode(text="text:N")
        return finish(empty, language, title=title or text)
    points = worded(curve_of(view["stages"]), t, language)
    faces = view.get("faces") or [""] * 5
    plan = laid_out(view, points, t, width=width, lanes=lanes, most=most, lines=lines)
    layers = [*_lanes(plan), *_heads(plan), *_curve(plan, points, t, view.get("levels"), faces), *_cards(plan, t, faces)]
    chart = alt.layer(*layers).resolve_scale(shape="independent").properties(width=plan.width + 12, height=plan.height)
    said = finding(points, t, language)
    return finish(
        chart, language, title=said if title is None else title, caption=[_caption(points, t)], description=_description(view, said, t),
        width=plan.width, notes={"hidden": plan.hidden},
    )  # fmt: skip


def curve_of(stages: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """The points of the curve: name, value, n, low, high, basis, few, divided, position."""
    rows = []
    for position, stage in enumerate(stages):
        felt = stage.get("emotion") or {}
        rows.append({
            "name": stage["name"], "value": felt.get("value"), "n": felt.get("n"), "low": felt.get("low"), "high": felt.get("high"),
            "basis": felt.get("provenance") or "assumed", "few": bool(felt.get("few")), "divided": bool(felt.get("divided")),
            "position": position + 0.5, "fixed": bool(stage.get("fixed")),
        })  # fmt: skip
    points = pd.DataFrame(rows)
    for column in ("value", "n", "low", "high"):
        points[column] = pd.to_numeric(points[column], errors="coerce").astype(float)
    return points


def _frame(rows: Sequence[Mapping[str, Any]]) -> Any:
    return alt.Chart(pd.DataFrame(rows))


def _x(plan: Map, name: str) -> Any:
    return alt.X(f"{name}:Q", scale=alt.Scale(domain=[0, plan.width], nice=False), axis=None)


def _y(plan: Map, name: str) -> Any:
    return alt.Y(f"{name}:Q", scale=alt.Scale(domain=[plan.height, 0], nice=False), axis=None)


def _box(plan: Map, rows: Sequence[Mapping[str, Any]], radius: float = 0, **mark: Any) -> Any:
    return _frame(rows).mark_rect(cornerRadius=radius, **mark).encode(x=_x(plan, "x"), x2="x2:Q", y=_y(plan, "y"), y2="y2:Q")


def _text(plan: Map, rows: Sequence[dict[str, Any]], **mark: Any) -> Any:
    return (
        _frame([row | {"lines": "\n".join(row["lines"])} for row in rows])
        .mark_text(**{"align": "left", "baseline": "top"} | mark)
        .encode(x=_x(plan, "x"), y=_y(plan, "y"), text="lines:N")
    )


def _heads(plan: Map) -> list[Any]:
    """The stages, with the customer's goal."""
    boxes = _box(plan, plan.heads, 7, fill=ACCENT)
    names = _text(plan, plan.names, align="center", baseline="top", fontSize=plan.head_size, fontWeight=700, color="#FFFFFF", lineHeight=17)
    goals = [row for row in plan.goals if row["lines"]]
    more = [_text(plan, goals, align="center", fontSize=11, opacity=0.85, lineHeight=14)] if goals else []
    steps = [row for row in plan.steps if row["lines"]]
    more += [_text(plan, steps, align="center", fontSize=10.5, opacity=0.85, lineHeight=14)] if steps else []
    return [boxes, names, *more]


def _lanes(plan: Map) -> list[Any]:
    """Rules between the lanes, and their names."""
    rules = _frame(plan.lanes).mark_rule(stroke=INK, opacity=0.16).encode(x=_x(plan, "x"), x2="x2:Q", y=_y(plan, "y"))
    names = _text(plan, plan.titles, fontSize=12, fontWeight=700, lineHeight=15)
    groups = [_text(plan, plan.groups, fontSize=10.5, opacity=0.75, lineHeight=14)] if plan.groups else []
    return [rules, names, *groups]


def _curve(plan: Map, points: pd.DataFrame, t: Translator, levels: Sequence[str] | None, faces: Sequence[str]) -> list[Any]:
    """Faces, lines, intervals, points and what they say."""
    top, column = plan.curve_top, plan.column

    def down(value: Any) -> Any:
        return top + CURVE / 2 - value / 2.8 * (CURVE / 2)  # the rest is for the labels of the highest and lowest points

    steps = [
        {"x": LEFT, "x2": plan.width, "y": down(step - 2), "face": str(step), "fx": LEFT - 17,
         "name": (levels or [t(name) for name in EMOTION_NAMES])[step], "nx": LEFT - 32,
         "colour": EMOTION[step], "strength": 0.38 if step == 2 else 0.1}
        for step in range(5)
    ]  # fmt: skip
    shapes = alt.Scale(domain=[str(step) for step in range(5)], range=[face(step, faces[step]) for step in range(5)])
    base = _frame(steps)
    drawn = base.mark_point(size=200, filled=False, opacity=1).encode(
        x=_x(plan, "fx"), y=_y(plan, "y"), shape=alt.Shape("face:N", scale=shapes, legend=None)
    )
    layers = [
        base.mark_rule(stroke=INK).encode(
            x=_x(plan, "x"), x2="x2:Q", y=_y(plan, "y"), strokeOpacity=alt.StrokeOpacity("strength:Q", scale=None)
        ),
        base.mark_point(shape="circle", filled=True, fill=HALO, size=255, opacity=1).encode(x=_x(plan, "fx"), y=_y(plan, "y")),
        drawn.mark_point(size=200, filled=False, strokeWidth=1.7, opacity=1).encode(stroke=alt.Stroke("colour:N", scale=None)),
        base.mark_text(align="right", fontSize=11, opacity=0.85).encode(x=_x(plan, "nx"), y=_y(plan, "y"), text="name:N"),
    ]
    known = points[points["value"].notna()].copy()
    known["x"], known["y"] = LEFT + known["position"] * column, down(known["value"])
    known["top"], known["bottom"] = down(known["high"]), down(known["low"])
    for rows, dash in zip(segments(known), (None, [5, 4]), strict=True):
        if len(rows):
            rows = rows.assign(
                x=LEFT + rows["position"] * column, x2=LEFT + rows["to"] * column, y=down(rows["value"]), y2=down(rows["end"])
            )
            line = alt.Chart(rows).mark_rule(stroke=INK, strokeWidth=2.2, opacity=0.45, strokeDash=dash or alt.Undefined)
            layers.append(line.encode(x=_x(plan, "x"), x2="x2:Q", y=_y(plan, "y"), y2="y2:Q"))
    return [*layers, *_points(plan, known, t)]


def _points(plan: Map, known: pd.DataFrame, t: Translator) -> list[Any]:
    stroke = alt.Stroke("colour:N", scale=None)
    sure = known[known["low"].notna()]
    layers = [
        alt.Chart(sure).mark_rule(strokeWidth=2, opacity=0.75).encode(x=_x(plan, "x"), y=_y(plan, "top"), y2="bottom:Q", stroke=stroke)
    ]
    tooltip = [
        alt.Tooltip("name:N", title=t("Stage")), alt.Tooltip("figure:N", title=t("Emotion (−2 to +2)")),
        alt.Tooltip("answers:N", title=t("Answers")), alt.Tooltip("interval:N", title=t("95% interval")),
        alt.Tooltip("note:N", title=t("Remark")),
    ]  # fmt: skip
    hollow = known["few"] | (known["basis"] == "assumed")
    shape = alt.Shape(
        "basis:N", scale=alt.Scale(domain=["measured", "voted", "assumed"], range=["circle", "circle", "diamond"]), legend=None
    )
    for rows, fill in ((known[~hollow], 1.0), (known[hollow], 0.15)):
        mark = alt.Chart(rows).mark_point(filled=True, size=190, strokeWidth=2.4, opacity=1, fillOpacity=fill)
        layers.append(
            mark.encode(
                x=_x(plan, "x"), y=_y(plan, "y"), fill=alt.Fill("colour:N", scale=None), stroke=stroke, shape=shape, tooltip=tooltip
            )
        )
    after = known["y"].shift(-1).where(known["position"].shift(-1) - known["position"] < 1.01)
    for rows, lift in (
        (known[after < known["y"] - 8], 11),
        (known[after > known["y"] + 8], -23),
        (known[~((after - known["y"]).abs() > 8)], -9),
    ):
        base = alt.Chart(rows).encode(x=_x(plan, "x"), y=_y(plan, "y"))
        layers.append(base.mark_text(align="left", dx=13, dy=lift, fontWeight=700, fontSize=13).encode(text="figure:N"))
        layers.append(base.mark_text(align="left", dx=13, dy=lift + 15, fontSize=10.5, opacity=0.75).encode(text="note:N"))
    return layers


def _cards(plan: Map, t: Translator, faces: Sequence[str]) -> list[Any]:
    """Cards with a coloured edge; touchpoints with a face and a star for a moment of truth."""
    if not plan.cards:
        return []
    frame = _frame([card | {"lines": "\n".join(card["lines"])} for card in plan.cards])
    fill = alt.Fill("colour:N", scale=None)
    tooltip = [alt.Tooltip("whole:N", title=" ")]
    area = {"x": _x(plan, "x"), "y": _y(plan, "y"), "y2": "y2:Q", "fill": fill}
    layers = [
        frame.mark_rect(cornerRadius=6, opacity=0.13).encode(x2="x2:Q", tooltip=tooltip, **area),
        frame.mark_rect(cornerRadius=2).encode(x2="edge:Q", **area),
        frame.mark_text(align="left", baseline="top", fontSize=11.5, lineHeight=15).encode(
            x=_x(plan, "tx"), y=_y(plan, "ty"), text="lines:N"
        ),
    ]
    below = [card for card in plan.cards if card["small"]]
    if below:
        small = _frame(below).mark_text(align="left", baseline="top", fontSize=10.5, opacity=0.72, lineHeight=14)
        layers.append(small.encode(x=_x(plan, "tx"), y=_y(plan, "sy"), text="small:N"))
    felt = [card for card in plan.cards if card["face"]]
    if felt:
        shapes = alt.Scale(domain=[str(step) for step in range(5)], range=[face(step, faces[step]) for step in range(5)])
        mark = _frame(felt).encode(x=_x(plan, "fx"), y=_y(plan, "fy"), shape=alt.Shape("face:N", scale=shapes, legend=None))
        disc = _frame(felt).mark_point(shape="circle", filled=True, fill=HALO, size=170, opacity=1)
        layers.append(disc.encode(x=_x(plan, "fx"), y=_y(plan, "fy")))
        layers.append(mark.mark_point(size=130, filled=False, strokeWidth=1.5, opacity=1).encode(stroke=alt.Stroke("felt:N", scale=None)))
    stars = [card for card in plan.cards if card["star"]]
    if stars:
        star = _frame(stars).mark_point(shape=_STAR, filled=True, size=110, fill=WARNING, opacity=1)
        layers.append(star.encode(x=_x(plan, "starx"), y=_y(plan, "stary"), tooltip=alt.value(t("Moment of truth"))))
    return layers


def _caption(points: pd.DataFrame, t: Translator) -> str:
    marks = [t("Mean emotion from −2 to +2 with its 95% interval.")]
    known = points[points["value"].notna()]
    if known["few"].any():
        marks.append(t("Hollow: fewer than five answers."))
    if (known["basis"] == "assumed").any():
        marks.append(t("Diamonds and dashes: assumed, not measured."))
    return " ".join(marks)


def _description(view: Mapping[str, Any], said: str, t: Translator) -> str:
    parts = []
    for stage in view["stages"]:
        names = [item["name"] for item in view["touchpoints"] if item["stage"] == stage["id"]]
        parts.append(stage["name"] + (": " + ", ".join(names) if names else ""))
    return t("Journey map.") + f" {said}. " + "; ".join(parts) + "."
