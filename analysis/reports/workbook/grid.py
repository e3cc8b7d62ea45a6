"""The journey map as a grid: stages as columns, lanes as rows, a line a card."""

from __future__ import annotations

import pandas as pd

from analysis.reports.content import Content
from analysis.reports.palette import emotion_colour
from analysis.reports.workbook.cells import Pen
from analysis.reports.workbook.tables import Column, add_sheet, write_table

#: maps beyond these would be another workbook
MOST = 12


def write(pen: Pen, content: Content) -> None:
    for position, (journey, title) in enumerate(content.journeys[:MOST], start=1):
        _sheet(pen, content, journey, title, "Journey" if position == 1 else f"Journey_{position}")


def _sheet(pen: Pen, content: Content, journey: str, title: str, name: str) -> None:
    t = content.t
    sheet = add_sheet(pen, t("Map: {journey}", journey=title), t("Stages from left to right, lanes from top to bottom, a line a card."))
    stages: list[tuple[str | None, str]] = [(id, stage.name) for id, stage in content.stages(journey)]
    lanes = content.lanes(journey)
    if any(content.cell(journey, lane, None) for lane, _ in lanes):
        stages.append((None, t("Not assigned yet")))
    keys = [f"stage{position}" for position in range(len(stages))]
    width = max(20.0, min(34.0, 150 / max(len(stages), 1)))
    columns = [
        Column("lane", t("Lane"), "wrap", 18),
        *(Column(key, stage, "wrap", width) for key, (_, stage) in zip(keys, stages, strict=True)),
    ]
    frame, feelings = _frame(content, journey, stages, keys)
    placed = write_table(pen, sheet, name, columns, frame, frozen=1)
    for key, value in feelings.items():
        cell = pen.put(sheet, placed.first, placed.position(key), value, "signed")
        pen.mark(cell, emotion_colour(value))


def _frame(content: Content, journey: str, stages: list[tuple[str | None, str]], keys: list[str]) -> tuple[pd.DataFrame, dict[str, float]]:
    """The lines of the grid, and how each stage feels."""
    t = content.t
    known = {row["stage_id"]: row["value"] for row in content.emotions(journey).to_dict("records")}
    feelings = {key: float(known[id]) for key, (id, _) in zip(keys, stages, strict=True) if id in known and pd.notna(known[id])}
    rows: list[dict[str, object]] = [{"lane": t("Emotion")}]
    goals = {id: stage.goal for id, stage in content.stages(journey)}
    if any(goals.values()):
        rows.append({"lane": t("Customer's goal")} | {key: goals.get(id or "") for key, (id, _) in zip(keys, stages, strict=True)})
    for lane, name in content.lanes(journey):
        cells = {key: content.cell(journey, lane, id) for key, (id, _) in zip(keys, stages, strict=True)}
        for line in range(max([1, *map(len, cells.values())])):
            rows.append({"lane": name} | {key: texts[line] if line < len(texts) else None for key, texts in cells.items()})
    return pd.DataFrame(rows, columns=["lane", *keys]), feelings
