"""Where everything of a journey map stands, in pixels: columns, lanes as high as their fullest cell, cards wrapped and stacked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from analysis.charts.palette import EMOTION, LANES, MUTED, emotion_step
from analysis.charts.text import fitting_size, lines_of, shortened
from analysis.language import Translator

LEFT, COLUMN, NARROWEST, CURVE = 124.0, 190.0, 112.0, 258.0
#: room in the curve above the highest point, and below the lowest with what it says
ABOVE, BELOW = 32.0, 62.0
GAP, LINE, SMALL = 6.0, 15.0, 14.0
#: lines of a card, as long as nobody asks for all of them
SHORT = 7
CARD_COLOURS = {"amber": "#D99A1C", "green": "#3C9A5F", "blue": "#2B7CB8", "violet": "#7A6BC9", "rose": "#C8588A", "grey": "#8A8A8A"}

Row = dict[str, Any]


@dataclass
class Map:
    """A journey map laid out. Rows hold pixels from the top left, and what to draw there."""

    width: float
    column: float
    height: float = 0
    curve_top: float = 0
    head_size: float = 13.5
    heads: list[Row] = field(default_factory=list)
    names: list[Row] = field(default_factory=list)
    goals: list[Row] = field(default_factory=list)
    steps: list[Row] = field(default_factory=list)
    groups: list[Row] = field(default_factory=list)
    lanes: list[Row] = field(default_factory=list)
    titles: list[Row] = field(default_factory=list)
    cards: list[Row] = field(default_factory=list)
    #: positions of the stages that hold a moment of truth
    decisive: list[int] = field(default_factory=list)
    hidden: int = 0
    longest: int = SHORT


def laid_out(
    view: Mapping[str, Any],
    points: pd.DataFrame,
    t: Translator,
    *,
    width: float | None,
    lanes: Sequence[str] | None,
    most: int,
    lines: int = SHORT,
) -> Map:
    """Lay a journey view out; see `analysis.charts.journey.draw`."""
    stages = view["stages"]
    column = COLUMN if width is None else max(NARROWEST, (width - LEFT) / len(stages))
    plan = Map(width=LEFT + column * len(stages), column=column, longest=lines)
    bottom = _heads(plan, stages)
    marked = {item["stage"] for item in view["touchpoints"] if item.get("moment_of_truth")}
    plan.decisive = [at for at, stage in enumerate(stages) if stage["id"] in marked]
    plan.curve_top = bottom + 4
    bottom += CURVE + 12
    plan.titles.append({"x": 0, "y": plan.curve_top - 4, "lines": [t("Emotion")]})
    for lane in _chosen(view, lanes):
        bottom = _lane(plan, view, lane, bottom, most, t)
    plan.lanes.append({"x": 0, "x2": plan.width, "y": bottom})
    plan.height = bottom + 4
    return plan


def _heads(plan: Map, stages: Sequence[Mapping[str, Any]]) -> float:
    """Names of the stages and the goals below them; returns where they end."""
    room = plan.column - 22
    plan.head_size = fitting_size([stage["name"] for stage in stages], room, 13.5, 9, bold=True) or 9
    wrapped = [lines_of(stage["name"], room, plan.head_size, most=max(3, plan.longest - 4), bold=True) for stage in stages]
    tallest = max(len(lines) for lines in wrapped)
    bottom = 10 + 17.0 * tallest
    deepest = 0
    for index, (stage, lines) in enumerate(zip(stages, wrapped, strict=True)):
        left = LEFT + index * plan.column
        plan.heads.append({"x": left + 3, "x2": left + plan.column - 3, "y": 0, "y2": bottom})
        plan.names.append({"x": left + 11, "y": 8, "lines": lines})
        goal = lines_of(stage.get("goal") or "", room, 11, most=max(3, plan.longest - 4)) if stage.get("goal") else []
        deepest = max(deepest, len(goal))
        plan.goals.append({"x": left + 11, "y": bottom, "lines": goal})
    bottom = _steps(plan, stages, bottom + (3 + 14.0 * deepest if deepest else 0)) + 6
    for head in plan.heads:
        head["y2"] = bottom
    return bottom


def _steps(plan: Map, stages: Sequence[Mapping[str, Any]], top: float) -> float:
    """The steps of each stage side by side below its name, on as many lines as they take; returns where they end."""
    if not any(stage.get("steps") for stage in stages):
        return top
    deepest = 0
    for index, stage in enumerate(stages):
        said = " · ".join(step["name"].replace(" ", "\u00a0") for step in stage.get("steps") or [])
        lines = lines_of(said, plan.column - 22, 10.5, most=max(4, plan.longest)) if said else []
        deepest = max(deepest, len(lines))
        lines = [line.replace("\u00a0", " ").strip(" ·") for line in lines]
        plan.steps.append({"x": LEFT + index * plan.column + 11, "y": top + 2, "lines": lines})
    return top + 3 + SMALL * deepest


def _chosen(view: Mapping[str, Any], lanes: Sequence[str] | None) -> list[Mapping[str, Any]]:
    """The lanes that were asked for, or those that hold something."""
    if lanes is not None:
        asked = {key: lane for lane in view["lanes"] for key in (lane["icon"], lane["id"])}
        return [asked[key] for key in lanes if key in asked]
    full = {card["lane"] for card in view["cards"]}
    return [
        lane
        for lane in view["lanes"]
        if not lane.get("collapsed") and (lane["id"] in full or (lane["kind"] == "touchpoints" and view["touchpoints"]))
    ]


def _lane(plan: Map, view: Mapping[str, Any], lane: Mapping[str, Any], top: float, most: int, t: Translator) -> float:
    """One lane; returns where it ends."""
    plan.lanes.append({"x": 0, "x2": plan.width, "y": top})
    plan.titles.append({"x": 0, "y": top + GAP + 4, "lines": lines_of(lane["name"], LEFT - 18, 12, bold=True)})
    stages = {stage["id"]: index for index, stage in enumerate(view["stages"])}
    fill = [top + GAP] * len(stages)
    drawn = [0] * len(stages)
    left_over = [0] * len(stages)
    steps = {step["id"]: step["name"] for stage in view["stages"] for step in stage.get("steps") or []}
    last = [""] * len(stages)
    touchpoints = lane["kind"] == "touchpoints"
    items = view["touchpoints"] if touchpoints else [card for card in view["cards"] if card["lane"] == lane["id"]]
    for item in sorted(items, key=lambda one: (one.get("span") or 1) < 2):  # what spans stages stands above the rest
        at = stages[item["stage"]]
        if drawn[at] >= most:
            left_over[at] += 1
            continue
        span = min(max(int(item.get("span") or 1), 1), len(stages) - at)
        step = item.get("step") or ""
        if span == 1 and step in steps and step != last[at]:
            fill[at] += _group(plan, at, fill[at], steps[step])
        elif span == 1 and step not in steps and last[at]:
            fill[at] += _group(plan, at, fill[at], t("No step"))
        last[at] = step if span == 1 else last[at]
        y = max(fill[at : at + span])
        card = _touchpoint(plan, item, at, y, t) if touchpoints else _card(plan, item, lane, at, span, y, t)
        plan.cards.append(card)
        drawn[at] += 1
        for column in range(at, at + span):
            fill[column] = card["y2"] + GAP
    for at, count in enumerate(left_over):
        if count:
            plan.cards.append(_more(plan, at, fill[at], count, t))
            fill[at] += 22
    plan.hidden += sum(left_over)
    return max([*fill, top + 34]) + 2


def _group(plan: Map, at: int, y: float, name: str) -> float:
    """The name of a step above what stands in it; returns its height."""
    plan.groups.append({"x": LEFT + at * plan.column + 4, "y": y, "lines": [shortened(name, plan.column - 8, 10.5)]})
    return SMALL + 1


def _frame(plan: Map, at: int, span: int, y: float, height: float, colour: str) -> Row:
    left = LEFT + at * plan.column + 3
    return {
        "x": left, "x2": left + plan.column * span - 6, "edge": left + 3.5, "y": y, "y2": y + height, "colour": colour, "tx": left + 11,
        "tint": 0.0, "ty": y + 6, "sy": y, "lines": [""], "small": "", "whole": "", "face": "", "felt": MUTED, "fx": 0.0, "fy": 0.0,
        "star": False, "starx": 0.0, "stary": 0.0,
    }  # fmt: skip


def _card(plan: Map, item: Mapping[str, Any], lane: Mapping[str, Any], at: int, span: int, y: float, t: Translator) -> Row:
    lines = lines_of(item["text"], plan.column * span - 28, 11.5, most=plan.longest)
    times = item.get("count")
    said = {"customer": t("A customer"), "staff": t("Staff")}.get(item.get("side") or "", "")
    facts = (t("Mentioned {n} times", n=int(times)) if times and times > 1 else "", said, item.get("lost") or "")
    small = _below(plan, " · ".join(fact for fact in facts if fact), plan.column * span - 24)
    colour = CARD_COLOURS.get(item.get("colour") or "", LANES.get(lane["icon"], MUTED))
    row = _frame(plan, at, span, y, 11 + LINE * len(lines) + (SMALL * (1 + small.count("\n")) if small else 0), colour)
    tint = 0.14 if item.get("colour") else 0.0
    return row | {"lines": lines, "small": small, "sy": y + 7 + LINE * len(lines), "whole": item["text"], "tint": tint}


def _touchpoint(plan: Map, item: Mapping[str, Any], at: int, y: float, t: Translator) -> Row:
    felt, star = item.get("emotion"), bool(item.get("moment_of_truth"))
    room = plan.column - 28 - (20 if felt is not None else 0) - (16 if star else 0)
    lines = lines_of(item["name"], room, 11.5, most=max(4, plan.longest - 3))
    pains = t("Pain points: {n}", n=item["pain_points"]) if item.get("pain_points") else ""
    small = _below(plan, " · ".join(part for part in (item.get("channel") or "", pains) if part), room + (16 if star else 0))
    row = _frame(plan, at, 1, y, 11 + LINE * len(lines) + (SMALL * (1 + small.count("\n")) if small else 0), LANES["touchpoint"])
    row |= {"lines": lines, "small": small, "sy": y + 7 + LINE * len(lines), "whole": item["name"], "star": star}
    row |= {"starx": row["x2"] - 11, "stary": y + 13}
    if felt is not None:
        step = emotion_step(felt)
        row |= {"face": str(step), "felt": EMOTION[step], "fx": row["x"] + 17, "fy": y + 14, "tx": row["x"] + 31}
    return row


def _below(plan: Map, text: str, room: float) -> str:
    """The small line below a name: cut where cards are cut, else on as many lines as it takes."""
    if plan.longest <= SHORT:
        return shortened(text, room, 10.5)
    return "\n".join(lines_of(text, room, 10.5, most=plan.longest))


def _more(plan: Map, at: int, y: float, count: int, t: Translator) -> Row:
    row = _frame(plan, at, 1, y, 20, MUTED)
    return row | {"lines": [t("+ {n} more", n=count)], "ty": y + 3, "whole": t("+ {n} more", n=count)}
