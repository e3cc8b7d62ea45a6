"""A project as DataFrames: what methods, charts, reports and notebooks work on. Column names are part of the contract."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pandas as pd

from analysis.project.answers import Answers, Placed, placed_answers, texts
from analysis.project.evidence import COLUMNS, block
from analysis.project.figures import CRITERIA, Figure, experience, own_ends, stage_emotion
from analysis.project.model import Evidence, Journey, to_json
from analysis.project.segments import with_personas

if TYPE_CHECKING:
    from analysis.project.project import Project

TOUCHPOINT_COLUMNS = {
    "id": "string", "touchpoint": "string", "stage": "string", "order": "Int64", "family": "string", "channel": "string",
    "online": "boolean", "direct": "boolean", "team": "string", "owner": "string",
    "impact": "Float64", "effort": "Float64", "importance": "Float64", "fit": "Float64", "reach": "Float64", "cost": "Float64",
    "running_cost": "Float64", "satisfaction": "Float64", "emotion": "Float64", "touchpoint_value": "Float64",
    "moment_of_truth": "string", "pain_points": "Int64", "complaints": "Float64",
    "confidence": "Float64", "conversion": "Float64", "lost_value": "Float64", "frequency": "Float64",
    "rational": "Float64", "emotional": "Float64", "behavioural": "Float64",
    "experience": "Float64", "provenance": "string", "n": "Int64", "stage_id": "string", "placement_id": "string",
    "phase": "string", "time": "Float64", "code": "string", "description": "string", "effort_days": "Float64",
}  # fmt: skip
EVIDENCE_COLUMNS = (
    "stage", "touchpoint", "persona", "side", "source", "measure", "value", "low", "high", "emotion", "respondent", "date", "text",
)  # fmt: skip


def typed_frame(rows: list[dict[str, Any]], columns: dict[str, str]) -> pd.DataFrame:
    """Rows as a frame with these columns, in this order, typed; absent values are NA."""
    return pd.DataFrame({name: pd.Series([row.get(name) for row in rows], dtype=cast(Any, dtype)) for name, dtype in columns.items()})


def entities_frame(project: Project, kind: str) -> pd.DataFrame:
    """Every field of every entity of a kind, with its id first."""
    rows = [{"id": id} | to_json(kind, entity) for id, entity in project.entities.get(kind, {}).items()]
    return pd.DataFrame(rows)


def stages_frame(project: Project) -> pd.DataFrame:
    """One row a stage: id, stage, journey, journey_id, order (1…), goal; journeys in their order."""
    rows = []
    for journey_id, journey in project.journeys_in_order():
        for position, (id, stage) in enumerate(project.stages_of(journey_id), start=1):
            rows.append(
                {"id": id, "stage": stage.name, "journey": journey.title, "journey_id": journey_id, "order": position, "goal": stage.goal}
            )
    columns = {"id": "string", "stage": "string", "journey": "string", "journey_id": "string", "order": "Int64", "goal": "string"}
    return typed_frame(rows, columns)


def steps_frame(project: Project) -> pd.DataFrame:
    """One row a step of a stage: id, step, stage, stage_id, journey_id, order (1… in its stage); in the order of journeys and stages."""
    rows = [
        {"id": id, "step": step.name, "stage": stage.name, "stage_id": stage_id, "journey_id": journey, "order": position}
        for journey, _ in project.journeys_in_order()
        for stage_id, stage in project.stages_of(journey)
        for position, (id, step) in enumerate(project.steps_of(stage_id), start=1)
    ]
    names = ("id", "step", "stage", "stage_id", "journey_id")
    return typed_frame(rows, dict.fromkeys(names, "string") | {"order": "Int64"})


def touchpoints_frame(project: Project, journey_id: str | None = None) -> pd.DataFrame:
    """One row a touchpoint, in the order of the journey (the first as-is one), then those it does not place.

    Figures are on the scales of DESIGN §4: impact, effort, importance 1–10; satisfaction, emotion -2…2; reach in percent;
    ``experience`` is how the touchpoint feels with its ``provenance`` and ``n``. The user's own criteria follow, a column each.
    """
    placed = _first_places(project.placements_of(journey_id or project.first_journey))
    pains = project.count_cards("pain_point")
    rows = []
    for position, (placement_id, placement) in enumerate(placed, start=1):
        stage = project.entities["stage"].get(placement.stage) if placement.stage else None
        rows.append(_touchpoint_row(project, placement.touchpoint, pains) | {
            "order": position, "stage": stage.name if stage else None, "stage_id": placement.stage, "placement_id": placement_id,
        })  # fmt: skip
    seen = {placement.touchpoint for _, placement in placed}
    rows += [_touchpoint_row(project, id, pains) for id in project.entities.get("touchpoint", {}) if id not in seen]
    return typed_frame(rows, TOUCHPOINT_COLUMNS | dict.fromkeys(own_ends(project), "Float64"))


def _first_places(placed: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """One place a touchpoint: the first, when two people placed it at once."""
    first: dict[str, tuple[str, Any]] = {}
    for id, placement in placed:
        first.setdefault(placement.touchpoint, (id, placement))
    return list(first.values())


def _touchpoint_row(project: Project, id: str, pains: dict[str, int]) -> dict[str, Any]:
    touchpoint = project.entities["touchpoint"][id]
    found = project.figures
    values = {criterion: found[id, criterion].value for criterion in (*CRITERIA, *own_ends(project)) if (id, criterion) in found}
    if "touchpoint_value" not in values:
        parts = [values[part] for part in ("rational", "emotional", "behavioural") if part in values]
        values |= {"touchpoint_value": sum(parts) / len(parts)} if parts else {}
    felt_as = experience(project, found, id)
    return values | {
        "id": id, "touchpoint": touchpoint.name, "family": touchpoint.family or None, "channel": touchpoint.channel or None,
        "online": touchpoint.online, "direct": touchpoint.direct, "team": touchpoint.team or None, "owner": touchpoint.owner or None,
        "moment_of_truth": touchpoint.moment_of_truth or None, "pain_points": pains.get(id, 0),
        "phase": touchpoint.phase or None, "time": touchpoint.time, "code": touchpoint.code or None,
        "description": touchpoint.description or None,
        "experience": felt_as.value if felt_as else None, "provenance": felt_as.provenance if felt_as else None,
        "n": felt_as.n if felt_as else None,
    }  # fmt: skip


def cards_frame(project: Project) -> pd.DataFrame:
    """One row a card, in order: id, journey_id, lane, stage, stage_id, touchpoint, touchpoint_id, text, side, colour, count…"""
    names = {kind: {i: e.name for i, e in project.entities.get(kind, {}).items()} for kind in ("stage", "touchpoint")}
    rows = [
        to_json("card", card) | {
            "id": id, "journey_id": card.journey, "lane": card.kind, "stage_id": card.stage, "stage": names["stage"].get(card.stage),
            "touchpoint_id": card.touchpoint, "touchpoint": names["touchpoint"].get(card.touchpoint),
        }
        for id, card in sorted(project.entities.get("card", {}).items(), key=lambda item: (item[1].order, item[0]))
    ]  # fmt: skip
    columns = {
        "id": "string", "journey_id": "string", "lane": "string", "stage": "string", "stage_id": "string", "touchpoint": "string",
        "touchpoint_id": "string", "text": "string", "side": "string", "colour": "string", "count": "Float64",
        "lost_value": "Float64", "span": "Int64", "order": "Float64", "persona": "string", "source": "string",
    }  # fmt: skip
    return typed_frame(rows, columns)


def scores_frame(project: Project) -> pd.DataFrame:
    """Every figure that holds: target, touchpoint, criterion, value, provenance, layer, n, sd, low, high, override, source, author, at."""
    names = {i: t.name for i, t in project.entities.get("touchpoint", {}).items()}
    rows = [
        {"target": target, "touchpoint": names.get(target), "criterion": criterion, "value": figure.value, "provenance": figure.provenance,
         "layer": figure.layer, "n": figure.n, "sd": figure.sd, "low": figure.low, "high": figure.high, "override": figure.override,
         "source": figure.source, "author": figure.author, "at": figure.at, "text": figure.text}
        for (target, criterion), figure in sorted(project.figures.items(), key=lambda item: item[0])
    ]  # fmt: skip
    columns = {
        "target": "string", "touchpoint": "string", "criterion": "string", "value": "Float64", "provenance": "string", "layer": "string",
        "n": "Int64", "sd": "Float64", "low": "Float64", "high": "Float64", "override": "boolean", "source": "string", "author": "string",
        "at": "string", "text": "string",
    }  # fmt: skip
    return typed_frame(rows, columns)


def evidence_frame(project: Project) -> pd.DataFrame:
    """One row an answer: the columns of DESIGN §4, then touchpoint_id, stage_id, segment, evidence_id, row and the ``attr:`` columns."""
    tables = {kind: project.table(kind) for kind in ("touchpoint", "stage")}
    places = {kind: {id: place for place, id in enumerate(table)} for kind, table in tables.items()}
    placed = placed_answers(project, project.evidence_in_order(), places, project.stage_of_touchpoint)
    parts = [_block_frame(tables, one) for one in placed]
    if not parts:
        return _block_frame(tables, _no_answers())
    whole = parts[0] if len(parts) == 1 else pd.concat(parts, ignore_index=True)
    ours = [name for name in whole.columns if not name.startswith("attr:")]
    return with_personas(project, whole if len(parts) == 1 else whole[ours + [name for name in whole.columns if name.startswith("attr:")]])


def _no_answers() -> Placed:
    empty = Answers(block(pd.DataFrame(columns=list(COLUMNS))))
    nowhere = empty.touchpoint.codes
    return Placed("", Evidence(blob="", rows=0), empty, nowhere, nowhere)


def _block_frame(tables: dict[str, Mapping[str, Any]], placed: Placed) -> pd.DataFrame:
    frame, meta = placed.answers.frame, placed.meta
    where = {"touchpoint": placed.touchpoint, "stage": placed.stage}
    first = np.zeros(len(frame), dtype=np.int64)
    made = {
        **{kind: texts(codes, [entity.name for entity in tables[kind].values()]) for kind, codes in where.items()},
        **{f"{kind}_id": texts(codes, list(tables[kind])) for kind, codes in where.items()},
        "source": texts(first, [meta.source or meta.title]),
        "evidence_id": texts(first, [placed.id]),
        "emotion": placed.answers.emotion,
    }
    names = [*EVIDENCE_COLUMNS, "touchpoint_id", "stage_id", "segment", "evidence_id", "row"]
    attributes = [name for name in frame.columns if name.startswith("attr:")]
    return pd.DataFrame({name: made[name] if name in made else frame[name] for name in names + attributes})


def emotions_frame(project: Project, journey_id: str) -> pd.DataFrame:
    """The emotion curve as it is drawn: one row a stage in order, with what holds and what stands behind it.

    stage_id, stage, order, value (-2…2 or NA), provenance, layer, n, sd, low, high, few (n < 5), divided, alike (all answers
    the same), override, measured (the value behind an override), assumed (the value set by hand or read from files).
    ``attrs``: ``levels`` and ``faces``, the project's own words and faces of the five levels (empty: the usual one).
    """
    rows = []
    placed: dict[str | None, list[str]] = {}
    for _, placement in project.placements_of(journey_id):
        placed.setdefault(placement.stage, []).append(placement.touchpoint)
    for position, (id, stage) in enumerate(project.stages_of(journey_id), start=1):
        figure = stage_emotion(project, project.figures, id, placed.get(id, []))
        rows.append({"stage_id": id, "stage": stage.name, "order": position} | _emotion_row(figure))
    columns = {
        "stage_id": "string", "stage": "string", "order": "Int64", "value": "Float64", "provenance": "string", "layer": "string",
        "n": "Int64", "sd": "Float64", "low": "Float64", "high": "Float64", "few": "boolean", "divided": "boolean", "alike": "boolean",
        "override": "boolean", "measured": "Float64", "measured_n": "Int64", "assumed": "Float64",
    }  # fmt: skip
    frame = typed_frame(rows, columns)
    views = project.settings.views
    frame.attrs |= {"levels": list(views.get("levels") or [""] * 5), "faces": list(views.get("faces") or [""] * 5)}
    return frame


def _emotion_row(figure: Figure | None) -> dict[str, Any]:
    if figure is None:
        return {"few": False, "divided": False, "alike": False, "override": False}
    known = (figure, *figure.others)
    measured = next((f for f in known if f.provenance != "assumed"), None)
    assumed = next((f for f in known if f.provenance == "assumed"), None)
    from_people = figure.provenance != "assumed"
    return {
        "value": figure.value, "provenance": figure.provenance, "layer": figure.layer, "n": figure.n, "sd": figure.sd, "low": figure.low,
        "high": figure.high, "few": from_people and (figure.n or 0) < 5, "divided": figure.divided,
        "alike": from_people and figure.sd == 0, "override": figure.override, "measured": measured.value if measured else None,
        "measured_n": measured.n if measured else None, "assumed": assumed.value if assumed else None,
    }  # fmt: skip


def personas_frame(project: Project) -> pd.DataFrame:
    """One row a persona: id, persona, then every field."""
    frame = entities_frame(project, "persona")
    if frame.empty:
        return typed_frame([], {"id": "string", "persona": "string", "order": "Float64"})
    return frame.rename(columns={"name": "persona"}).sort_values("order", kind="stable", ignore_index=True)


def journeys_frame(project: Project) -> pd.DataFrame:
    """One row a journey: id, journey, state (as_is, to_be), persona, source."""
    rows = [
        {"id": i, "journey": j.title, "state": j.state, "persona": j.persona, "source": j.source} for i, j in project.journeys_in_order()
    ]
    return typed_frame(rows, dict.fromkeys(("id", "journey", "state", "persona", "source"), "string"))


def is_as_is(journey: Journey) -> bool:
    return journey.state == "as_is"
