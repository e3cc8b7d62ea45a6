"""The journey on slides: as a whole, stage by stage with a closer look at the lowest, and its emotion curve."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from analysis.language import signed
from analysis.presentation.slide import Slide, cut
from analysis.presentation.telling import Telling
from analysis.project.model import Card, Stage

#: from here on a stage pleases, or hurts
CLEAR = 0.5
#: how many touchpoints, pain points a slide holds; the notes have all
MOST_TOUCHPOINTS, MOST_PAINS, MOST_DELIGHTS = 8, 5, 2


def overview(telling: Telling) -> Iterator[Slide]:
    """All stages side by side."""
    t = telling.t
    columns = [_column(telling, id, stage, row) for (id, stage), row in _stages(telling)]
    if not any(column["touchpoints"] or column["pains"] or column["felt"] for column in columns):
        return
    head = (t("Stage"), t("Emotion"), t("Touchpoints"), t("Pain points"))
    rows = tuple((c["name"], _figure(c["felt"]), str(c["touchpoints"]), str(c["pains"])) for c in columns)
    yield Slide(
        "journey",
        "journey",
        _gathered(telling, columns),
        _title_of_journey(telling),
        {"stages": columns},
        head,
        rows,
        tuple(_goal_notes(telling)) or (t("Go through the stages from left to right: what the customer wants, then how it feels."),),
    )


def line_of(telling: Telling) -> list[dict[str, Any]]:
    """The stages with their emotion, for the small line that says where we are."""
    return [_dot(telling, id, stage, row) for (id, stage), row in _stages(telling)]


def one_by_one(telling: Telling) -> Iterator[Slide]:
    """A slide for each stage that something is known about; after the lowest one, what happens inside it."""
    strip = line_of(telling)
    for position, ((id, stage), row) in enumerate(_stages(telling)):
        slide = _stage(telling, id, stage, row, position, strip)
        if slide is not None:
            yield slide
            if id == telling.extremes[0]:
                yield from _inside(telling, id, stage)


def curve(telling: Telling) -> Iterator[Slide]:
    """The emotion curve with its intervals."""
    t, points = telling.t, line_of(telling)
    known = [point for point in points if point["felt"]]
    if len(known) < 2:
        return
    low, high = (next((p for p in points if p["id"] == id), None) for id in telling.extremes)
    if low is None or high is None:
        title = t("Customers feel the same all along: {value}", value=known[0]["felt"]["written"])
    else:
        title = t(
            "From “{high}” ({up}) down to “{low}” ({down})",
            high=high["name"],
            up=high["felt"]["written"],
            low=low["name"],
            down=low["felt"]["written"],
        )
    yield _curve("curve", telling, title, points)


# --- pieces -----------------------------------------------------------------------------------------------------


def _stages(telling: Telling) -> Iterator[tuple[tuple[str, Stage], dict[str, Any]]]:
    rows = {row["stage_id"]: row for row in telling.emotions}
    for id, stage in telling.project.stages_of(telling.journey):
        yield (id, stage), rows[id]


def _dot(telling: Telling, id: str, stage: Stage, row: dict[str, Any]) -> dict[str, Any]:
    low, high = telling.extremes
    return {"id": id, "name": stage.name, "felt": telling.felt(row), "low": id == low, "high": id == high}


def _column(telling: Telling, id: str, stage: Stage, row: dict[str, Any]) -> dict[str, Any]:
    t, found, pains = telling.t, telling.touchpoints(id), len(telling.cards(id, "pain_point"))
    touchpoints = len(found)
    return _dot(telling, id, stage, row) | {
        "touchpoints": touchpoints,
        "pains": pains,
        "dots": [item["felt"]["step"] if item["felt"] else None for item in found[:30]],
        "lines": [t.n("{n} touchpoint", "{n} touchpoints", touchpoints), t.n("{n} pain point", "{n} pain points", pains) if pains else ""],
    }


def _title_of_journey(telling: Telling) -> str:
    journey = telling.project.table("journey").get(telling.journey)
    return journey.title if journey else ""


def _gathered(telling: Telling, columns: list[dict[str, Any]]) -> str:
    """The finding of the whole: where pain points gather, else where it is lowest, else how large it is."""
    t, total = telling.t, sum(column["pains"] for column in columns)
    worst = max(columns, key=lambda column: column["pains"])
    if total >= 3 and worst["pains"] > total / len(columns) and sum(c["pains"] == worst["pains"] for c in columns) == 1:
        return t("Pain points gather at “{stage}”: {n} of {total}", stage=worst["name"], n=worst["pains"], total=total)
    low = next((column for column in columns if column["low"]), None)
    if low:
        return t("The journey is at its lowest at “{stage}”", stage=low["name"])
    touchpoints = sum(column["touchpoints"] for column in columns)
    return t.n("{n} touchpoint over {stages} stages", "{n} touchpoints over {stages} stages", touchpoints, stages=len(columns))


def _goal_notes(telling: Telling) -> Iterator[str]:
    for (_, stage), _row in _stages(telling):
        if stage.goal:
            yield telling.t("{stage}: {goal}", stage=stage.name, goal=stage.goal)


def _figure(felt: dict[str, Any] | None) -> str:
    return f"{felt['written']} ({felt['note']})" if felt else "–"


def _stage(telling: Telling, id: str, stage: Stage, row: dict[str, Any], position: int, strip: list[dict[str, Any]]) -> Slide | None:
    t, felt = telling.t, telling.felt(row)
    touchpoints, pains, quote = telling.touchpoints(id), telling.cards(id, "pain_point"), telling.quote(id)
    if not (felt or touchpoints or pains or quote):
        return None
    data: dict[str, Any] = {
        "felt": felt,
        "strip": strip,
        "at": position,
        "goal": cut(stage.goal, 120),
        "answers": telling.answers(id),
        "touchpoints": touchpoints[:MOST_TOUCHPOINTS],
        "more_touchpoints": max(0, len(touchpoints) - MOST_TOUCHPOINTS),
        "pains": _said(telling, pains[:MOST_PAINS]),
        "more_pains": max(0, len(pains) - MOST_PAINS),
        "quote": quote,
        "delights": _said(telling, telling.cards(id, "delight")[:MOST_DELIGHTS]),
        "dip": id == telling.extremes[0],
    }
    rows = [(t("Emotion"), " · ".join([felt["written"], felt["name"], *felt["remarks"]]))] if felt else []
    rows += [(t("Touchpoint"), f"{item['name']} {item['felt']['written'] if item['felt'] else ''}".strip()) for item in data["touchpoints"]]
    rows += [(t("Pain point"), f"{item['text']} {item['times']}".strip()) for item in data["pains"]]
    rows += [(t("Delight"), f"{item['text']} {item['times']}".strip()) for item in data["delights"]]
    rows += [(t("Quote"), t("“{text}”", text=quote["text"]))] if quote else []
    return Slide(
        f"stage:{id}",
        "stage",
        _stage_title(telling, stage.name, row),
        data["goal"],
        data,
        (),
        tuple(rows),
        tuple(_stage_notes(telling, stage, row, touchpoints, [card.text for card in pains])),
    )


def _said(telling: Telling, cards: list[Card]) -> list[dict[str, str]]:
    """Cards as they are read from afar: the text, and how often it was said."""
    return [{"text": cut(card.text), "times": telling.t("× {n}", n=card.count) if (card.count or 0) > 1 else ""} for card in cards]


def _stage_title(telling: Telling, name: str, row: dict[str, Any]) -> str:
    t, value, (low, high) = telling.t, row["value"], telling.extremes
    if value is None:
        return t("“{stage}”: how it feels is still unknown", stage=name)
    written = signed(value, telling.language)
    if row["stage_id"] == low:
        return t("“{stage}” is the low point: {value}", stage=name, value=written)
    if row["stage_id"] == high:
        return t("“{stage}” is the high point: {value}", stage=name, value=written)
    if row["divided"]:
        return t("“{stage}” divides customers: {value} on average", stage=name, value=written)
    if abs(value) < CLEAR:
        return t("“{stage}” leaves customers cool: {value}", stage=name, value=written)
    told = t("“{stage}” pleases: {value}", stage=name, value=written)
    return told if value > 0 else t("“{stage}” hurts: {value}", stage=name, value=written)


def _stage_notes(telling: Telling, stage: Stage, row: dict[str, Any], touchpoints: list[dict[str, Any]], pains: list[str]) -> Iterator[str]:
    t = telling.t
    if stage.goal:
        yield t("What the customer wants here: {goal}", goal=stage.goal)
    if row["value"] is not None:
        yield " · ".join(telling.remarks(row))
    rated = sorted((item for item in touchpoints if item["felt"]), key=lambda item: item["felt"]["value"])
    if rated:
        yield t("Lowest touchpoint: {name} ({value})", name=rated[0]["name"], value=_figure(rated[0]["felt"]))
    if len(rated) > 1:
        yield t("Highest touchpoint: {name} ({value})", name=rated[-1]["name"], value=_figure(rated[-1]["felt"]))
    for text in pains:
        yield t("Pain point: {text}", text=text)
    for card in telling.cards(row["stage_id"], "opportunity")[:3]:
        yield t("Opportunity: {text}", text=card.text)


def _inside(telling: Telling, id: str, stage: Stage) -> Iterator[Slide]:
    """The zoom: the emotion of each touchpoint of the lowest stage."""
    items = telling.touchpoints(id)[:10]
    rated = [item for item in items if item["felt"]]
    if len(rated) < 2:
        return
    worst = min(rated, key=lambda item: item["felt"]["value"])
    points = [{"id": item["id"], "name": item["name"], "felt": item["felt"], "low": item is worst, "high": False} for item in items]
    title = telling.t(
        "Inside “{stage}”, “{touchpoint}” weighs most: {value}", stage=stage.name, touchpoint=worst["name"], value=worst["felt"]["written"]
    )
    yield _curve(f"inside:{id}", telling, title, points)


def _curve(id: str, telling: Telling, title: str, points: list[dict[str, Any]]) -> Slide:
    t, marks = telling.t, []
    known = [point["felt"] for point in points if point["felt"]]
    if any(felt["low"] is not None for felt in known):
        marks.append(t("The bars are 95% intervals."))
    if any(felt["basis"] == "assumed" for felt in known):
        marks.append(t("Diamonds and dashes: assumed, not measured."))
    if any(felt["few"] for felt in known):
        marks.append(t("Hollow: fewer than five answers."))
    head = (t("Stage") if id == "curve" else t("Touchpoint"), t("Emotion"))
    rows = tuple((point["name"], _figure(point["felt"]) if point["felt"] else t("no data")) for point in points)
    notes = [f"{point['name']}: {' · '.join(point['felt']['remarks'])}" for point in points if point["felt"]]
    notes.insert(0, t("Emotion goes from −2 (very bad) to +2 (very good)."))
    data = {"points": points, "scale": telling.levels, "marks": " ".join(marks), "inside": id != "curve"}
    return Slide(id, "curve", title, "", data, head, rows, tuple(notes))
