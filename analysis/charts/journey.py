"""The whole journey map as one picture: stages as columns, the emotion curve above, lanes of cards below."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from analysis.charts.emotion import finding, segments, worded
from analysis.charts.finish import finish
from analysis.charts.journey_layout import ABOVE, BELOW, COLUMN, CURVE, LEFT, Map, laid_out
from analysis.charts.palette import ACCENT, EMOTION, EMOTION_NAMES, HALO, INK, WARNING, emotion_step, face, look
from analysis.language import Translator, translator

if TYPE_CHECKING:
    from analysis.project import Project

#: widths of a column that are tried for a sheet, and as many cards and lines as there are
_COLUMNS, _EVERYTHING = (112, 124, 136, 150, 165, 190, 220, 260, 300), 10_000
#: straight pieces that a bend is drawn with
_DOTS = 16
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


def sheet_width(project: Project, journey: str | None = None, language: str = "fr", *, ratio: float = 2**0.5, above: float = 80) -> float:
    """The width of the whole map, every card in full, that is read best on a sheet turned either way.

    ``ratio``: the sheet's long side over its short one. ``above``: pixels that the title takes. The wider the columns, the flatter the map:
    of several widths, the one whose picture need be shrunk least to fit.
    """
    from analysis.project.views import journey_view

    view = journey_view(project, journey, language)
    t, points = translator(language), curve_of(view["stages"]) if view["stages"] else None
    if points is None:
        return LEFT + COLUMN
    points = worded(points, t, language)
    best, largest = LEFT + COLUMN * len(view["stages"]), 0.0
    for column in _COLUMNS:
        plan = laid_out(
            view, points, t, width=LEFT + column * len(view["stages"]), lanes=None, most=_EVERYTHING, lines=_EVERYTHING
        )
        width, height = plan.width + 12, plan.height + above
        scale = max(min(ratio / width, 1 / height), min(1 / width, ratio / height))
        if scale > largest:
            best, largest = plan.width, scale
    return best


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
    """The stages, with the customer's goal and their steps inside, as on the screen."""
    boxes = _box(plan, plan.heads, 7, fill=ACCENT, fillOpacity=0.14, stroke=ACCENT, strokeOpacity=0.35)
    names = _text(plan, plan.names, fontSize=plan.head_size, fontWeight=700, lineHeight=17)
    goals = [row for row in plan.goals if row["lines"]]
    more = [_text(plan, goals, fontSize=11, opacity=0.8, lineHeight=14)] if goals else []
    steps = [row for row in plan.steps if row["lines"]]
    more += [_text(plan, steps, fontSize=10.5, opacity=0.8, lineHeight=14)] if steps else []
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
        return top + ABOVE + (2 - value) / 4 * (CURVE - ABOVE - BELOW)

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
            bent = pd.DataFrame([dot for piece in rows.to_dict("records") for dot in _bent(piece, column, down)])
            line = alt.Chart(bent).mark_line(stroke=INK, strokeWidth=2.4, opacity=0.55, strokeDash=dash or alt.Undefined)
            layers.append(line.encode(x=_x(plan, "x"), y=_y(plan, "y"), detail="piece:N", order="x:Q"))
    return [*layers, *_points(plan, known, t, faces), *_decisive(plan, t)]


def _decisive(plan: Map, t: Translator) -> list[Any]:
    """A star above the stages that hold a moment of truth."""
    if not plan.decisive:
        return []
    rows = [{"x": LEFT + (at + 0.5) * plan.column, "y": plan.curve_top + 8, "what": t("Moment of truth")} for at in plan.decisive]
    star = _frame(rows).mark_point(shape=_STAR, filled=True, size=110, fill=WARNING, opacity=1)
    return [star.encode(x=_x(plan, "x"), y=_y(plan, "y"), tooltip=alt.Tooltip("what:N", title=" "))]


def _bent(piece: Mapping[Any, Any], column: float, down: Callable[[float], float]) -> list[dict[str, float]]:
    """A line between two points, level at both ends, as the screen draws it."""
    x, x2 = LEFT + piece["position"] * column, LEFT + piece["to"] * column
    y, y2 = down(piece["value"]), down(piece["end"])
    dots = []
    for step in range(_DOTS + 1):
        u = step / _DOTS
        across = 1.5 * u * (1 - u) + u**3  # a cubic curve whose handles stand half-way between the two
        dots.append({"piece": piece["position"], "x": x + (x2 - x) * across, "y": y + (y2 - y) * (3 * u**2 - 2 * u**3)})
    return dots


def _points(plan: Map, known: pd.DataFrame, t: Translator, faces: Sequence[str]) -> list[Any]:
    """Faces on discs: a dashed ring where the emotion is assumed, hollow where few answered; whiskers beside, words below."""
    stroke = alt.Stroke("colour:N", scale=None)
    known = known.assign(face=[str(emotion_step(value)) for value in known["value"]], beside=known["x"] + 24)
    known["said"], known["small"], known["under"] = known["y"] + 19, known["y"] + 34, known["note"].str.replace(" · ", "\n")
    sure = known[known["low"].notna()]
    place: dict[str, Any] = {"x": _x(plan, "x"), "y": _y(plan, "y")}
    tooltip = [
        alt.Tooltip("name:N", title=t("Stage")), alt.Tooltip("figure:N", title=t("Emotion (−2 to +2)")),
        alt.Tooltip("answers:N", title=t("Answers")), alt.Tooltip("interval:N", title=t("95% interval")),
        alt.Tooltip("note:N", title=t("Remark")),
    ]  # fmt: skip
    layers = [
        alt.Chart(sure).mark_rule(strokeWidth=1.6, opacity=0.55).encode(x=_x(plan, "beside"), y=_y(plan, "top"), y2="bottom:Q"),
        *(alt.Chart(sure).mark_tick(thickness=1.6, size=9, opacity=0.55, orient="horizontal").encode(x=_x(plan, "beside"), y=_y(plan, end))
          for end in ("top", "bottom")),
        alt.Chart(known[known["basis"] == "assumed"]).mark_point(size=1020, filled=False, strokeWidth=1.5, strokeDash=[5, 4], opacity=1)
        .encode(stroke=stroke, **place),
        alt.Chart(known).mark_point(shape="circle", filled=True, size=620, fill=HALO, opacity=1).encode(**place),
    ]  # fmt: skip
    shape = alt.Shape(
        "face:N", legend=None,
        scale=alt.Scale(domain=[str(step) for step in range(5)], range=[look(step, faces[step]) for step in range(5)]),
    )  # fmt: skip
    for rows, full in ((known[~known["few"]], True), (known[known["few"]], False)):
        if rows.empty:
            continue
        base = alt.Chart(rows)
        filled: dict[str, Any] = {"fill": alt.Fill("colour:N", scale=None)} if full else {}
        pale: dict[str, Any] = {"stroke": HALO} if full else {}
        lined: dict[str, Any] = {} if full else {"stroke": stroke}
        disc = base.mark_point(shape="circle", filled=True, size=540, opacity=1, strokeWidth=2.6, fill=alt.Undefined if full else HALO)
        layers.append(disc.encode(**place, stroke=stroke, tooltip=tooltip, **filled))
        drawn = base.mark_point(size=400, filled=False, strokeWidth=1.9, opacity=1, **pale)
        layers.append(drawn.encode(**place, shape=shape, **lined))
    for name, y, size, weight in (("figure", "said", 13, 700), ("under", "small", 10.5, 400)):
        base = alt.Chart(known).encode(x=_x(plan, "x"), y=_y(plan, y), text=f"{name}:N")
        words: dict[str, Any] = {"align": "center", "baseline": "top", "fontSize": size, "fontWeight": weight, "lineHeight": 12}
        layers.append(base.mark_text(**words, stroke=HALO, strokeWidth=4, strokeJoin="round", color=HALO, opacity=0.9))
        layers.append(base.mark_text(**words, opacity=1 if weight > 400 else 0.75))
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
        frame.mark_rect(cornerRadius=6, stroke=INK, strokeOpacity=0.14).encode(
            x2="x2:Q", tooltip=tooltip, fillOpacity=alt.FillOpacity("tint:Q", scale=None), **area
        ),
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
        marks.append(t("Dashed: assumed, not measured."))
    return " ".join(marks)


def _description(view: Mapping[str, Any], said: str, t: Translator) -> str:
    parts = []
    for stage in view["stages"]:
        names = [item["name"] for item in view["touchpoints"] if item["stage"] == stage["id"]]
        parts.append(stage["name"] + (": " + ", ".join(names) if names else ""))
    return t("Journey map.") + f" {said}. " + "; ".join(parts) + "."
