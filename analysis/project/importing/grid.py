"""Journey grids: stages as columns, lanes as rows, the way most people draw a map in Excel."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pandas as pd

from analysis.methods import word_emotion
from analysis.project.importing import words
from analysis.project.importing.builder import Builder, cleaned
from analysis.project.importing.felt import Felt
from analysis.project.importing.inventory import add_card, place_anew, put_score
from analysis.project.importing.labels import key_of
from analysis.project.importing.names import folded
from analysis.project.importing.privacy import masked
from analysis.project.importing.steps import are_names, calls_steps, step_of
from analysis.project.model import PREFIXES, new_id
from analysis.reading.joined import header_lines
from analysis.reading.lanes import lane_of

_ARROWS = re.compile(r"^[\s→➔➜➡⇒>►▶\ufe0f]+|[\s→➔➜➡⇒>►▶\ufe0f]+$")
_NAME_WORDS = 4
#: how a header that stands there before is told from it
_AGAIN = re.compile(r"(.+) \(\d+\)")


@dataclass
class _Stage:
    """A stage of the grid: its columns in the sheet, and the step that each of them stands for."""

    id: str | None
    name: str
    #: its first column in the frame; its columns in the sheet
    column: str
    places: list[int]
    #: column of the sheet → step
    steps: dict[int, str | None] = field(default_factory=dict)


def add_grid(builder: Builder, table: Any, record: str) -> int:
    """Gather every cell; returns how many it filled."""
    frame: pd.DataFrame = table.frame
    if frame.shape[1] < 2:
        return 0
    stages = _stages(builder, table)
    divided = _steps_row(table, stages)
    count, kind, felt = 0, "action", Felt("", [])
    for position in frame.index:
        label = cleaned(frame.iat[position, 0])
        if position == divided:
            count += sum(_divide(builder, table, position, stage) for stage in stages)
            continue
        if label:
            told = [text for stage in stages for _, text in _cells(table, position, stage)]
            felt = Felt(label, told)
            kind = _kind(builder, label, told, felt)
        for stage in stages:
            if kind == "emotion":
                count += _add_emotion(builder, table, position, stage, felt)
            else:
                count += _add_cell(builder, table, record, position, kind, stage)
    return count


def _stages(builder: Builder, table: Any) -> list[_Stage]:
    """The stages of the header; columns side by side that have one name, or one heading over them, are one stage."""
    numbers = [number for number, header in enumerate(table._headers) if header in table.columns]
    upper, lower = _two_lines(table, numbers) or ([], [])
    found: list[_Stage] = []
    for number in numbers[1:]:
        column = str(table.columns[table._headers[number]])
        again, before = _AGAIN.fullmatch(column), found[-1].name if found else ""
        name = upper[number] if upper else before if again and again[1] == before else column
        if name != before or not found:
            found.append(_Stage(builder.stage(_unadorned(name), sheet=table.sheet), name, column, []))
        found[-1].places.append(number)
        if lower and found[-1].id is not None:
            found[-1].steps[number] = step_of(builder, found[-1].id, lower[number], sheet=table.sheet)
    return found


def _two_lines(table: Any, numbers: list[int]) -> tuple[list[str], list[str]] | None:
    """The stages and, under them, their steps, where the header has two rows or a row of headings stands over it."""
    rows = [int(row) for row in table.header_rows]
    if len(rows) == 1 and rows[0] > 0 and _heads_groups(table, rows[0] - 1, numbers[1:]):
        rows = [rows[0] - 1, rows[0]]
    lines = header_lines(table.grid, rows, whole=True) if len(rows) == 2 else []
    if len(lines) != 2:
        return None
    stages, steps = [lines[0][number] for number in numbers[1:]], [lines[1][number] for number in numbers[1:]]
    grouped = all(stages) and any(first == second for first, second in pairwise(stages)) and are_names(filter(None, steps))
    return (lines[0], lines[1]) if grouped else None


def _heads_groups(table: Any, row: int, numbers: list[int]) -> bool:
    """Whether a row holds headings merged over the columns, two at least, none of them over the heads of the lanes."""
    spans = [range(left, right + 1) for top, left, bottom, right in table.grid.merges if top == bottom == row and left < right]
    alone = [number for number in numbers if table.grid.text(row, number).strip() and not any(number in span for span in spans)]
    covered = {number for span in spans for number in span} | set(alone)
    return bool(spans) and len(spans) + len(alone) > 1 and covered == set(numbers)


def _steps_row(table: Any, stages: list[_Stage]) -> int | None:
    """The first row, where it divides the stages: it says so, or nothing stands at its head and short names over the lanes."""
    frame, several = table.frame, any(len(stage.places) > 1 for stage in stages)
    for position in frame.index[:2]:
        label = cleaned(frame.iat[position, 0])
        told = [text for stage in stages for _, cell in _cells(table, position, stage) for text in words.texts_of(cell)]
        announced = calls_steps(label) or (several and position == 0 and (not label or label == str(frame.columns[0])))
        if announced and are_names(told):
            return int(position)
    return None


def _cells(table: Any, position: int, stage: _Stage) -> list[tuple[int, str]]:
    """What a row says of a stage: the columns of the sheet that are filled, and their texts."""
    if len(stage.places) == 1:
        text = _written(table.frame.at[position, stage.column])
        return [(stage.places[0], text)] if text else []
    row = int(table.source_rows[position])
    return [(place, text) for place in stage.places if (text := _written(table.grid.text(row, place)))]


def _written(value: Any) -> str:
    """The text of a cell with its line breaks, which part several texts; missing is empty."""
    return masked(str(value).strip()) if cleaned(value) else ""


def _divide(builder: Builder, table: Any, position: int, stage: _Stage) -> int:
    """Make the steps of a stage; with a column each, what stands below is in them."""
    if stage.id is None:
        return 0
    for place, text in _cells(table, position, stage):
        step = step_of(builder, stage.id, text, sheet=table.sheet)
        stage.steps |= {place: step} if len(stage.places) > 1 else {}
    return int(bool(_cells(table, position, stage)))


def _over_several(table: Any, position: int, stage: _Stage, place: int) -> bool:
    """Whether a cell is merged over columns of several steps: then it is about the stage."""
    row = int(table.source_rows[position])
    return any(top <= row <= bottom and left <= place < right for top, left, bottom, right in table.grid.merges)


def _unadorned(name: str) -> str:
    """The name of a stage without the arrows that lead from one to the next.

    >>> _unadorned("J'essaie →"), _unadorned("→")
    ("J'essaie", '→')
    """
    return _ARROWS.sub("", name) or name


def _kind(builder: Builder, label: str, cells: list[Any], felt: Felt) -> str:
    """The kind of lane: what its head says; where faces, signs or marks stand in its cells, the emotion."""
    found = lane_of(label)
    told = [text for cell in cells for text in words.texts_of(cell)]
    if found in (None, "feeling") and told and all(not any(map(str.isalnum, text)) and word_emotion(text) is not None for text in told):
        return "emotion"
    if found == "feeling" and (felt.signed or felt.figures):
        return "emotion"
    if found is not None and found != "emotion":
        show_lane(builder, found)
    return found or _own_lane(builder, label)


def show_lane(builder: Builder, kind: str) -> None:
    """The lane of this kind is on the map from now on."""
    lanes = {lane.type for lane in builder.project.table("lane").values() if lane.journey == builder.journey}
    made = {values["type"] for values in builder.state.get("lane", {}).values()}
    if kind not in lanes | made:
        values = {"journey": builder.journey, "type": kind, "order": float(len(lanes | made))}
        builder.put("lane", new_id(PREFIXES["lane"]), values, item=kind)


def _own_lane(builder: Builder, label: str) -> str:
    """A lane of the user's own, found again by its name."""
    known = {folded(lane.name): lane.type for lane in builder.project.table("lane").values() if lane.name}
    known |= {folded(values.get("name", "")): values["type"] for values in builder.state.get("lane", {}).values()}
    kind = known.get(folded(label))
    if kind is None:
        kind = f"custom-{new_id('x')[2:]}"
        order = float(len(builder.project.table("lane")) + len(builder.state.get("lane", {})))
        builder.put("lane", new_id(PREFIXES["lane"]), {"journey": builder.journey, "type": kind, "name": label, "order": order}, item=label)
    return kind


def _add_cell(builder: Builder, table: Any, record: str, position: int, kind: str, stage: _Stage) -> int:
    cells = _cells(table, position, stage)
    for place, cell in cells:
        step = None if _over_several(table, position, stage, place) else stage.steps.get(place)
        for text in words.texts_of(cell):
            if kind == "touchpoints":
                for name in _names_in(text):
                    _add_touchpoint(builder, table, name, stage.id, step)
            else:
                add_card(builder, table, record, kind, text, stage.id, None, **({"step": step} if step else {}))
    return int(bool(cells))


def _names_in(text: str) -> list[str]:
    """“Instagram, site web” names two touchpoints; a comma within a longer phrase is none of theirs."""
    names = [name.strip() for name in re.split(r",\s|\s\+\s", text)]
    return names if all(name and len(name.split()) <= _NAME_WORDS for name in names) else [text]


def _add_touchpoint(builder: Builder, table: Any, name: str, stage: str | None, step: str | None) -> None:
    known = builder.touchpoint(name, stage)
    if known is not None:
        builder.labels.touchpoints[key_of(stage, name)] = known
        builder.brought.setdefault("touchpoint", set()).add(known)
        return
    id = new_id(PREFIXES["touchpoint"])
    builder.put("touchpoint", id, {"name": name}, item=name, sheet=table.sheet)
    builder.touchpoints.add(id, name)
    place_anew(builder, table, id, stage, name, step)
    builder.labels.touchpoints[key_of(stage, name)] = id
    builder.homes[id] = stage


def _add_emotion(builder: Builder, table: Any, position: int, stage: _Stage, felt: Felt) -> int:
    """The emotion of a stage; of several, as where its steps have one each, their mean. What is no emotion is a card."""
    cells = _cells(table, position, stage)
    told = [text for _, cell in cells for text in felt.texts(cell)]
    if not told:
        return 0
    values = [felt.value(text) for text in told]
    known = [value for value in values if value is not None]
    if stage.id is None or len(known) < len(values):
        add_card(builder, table, "emotion", "feeling", " ".join(told), stage.id, None)
        return 1
    cell = table.grid.address(int(table.source_rows[position]), cells[0][0])
    score = {"value": float(sum(known) / len(known)), "low": -2.0, "high": 2.0, "text": " ".join(told)}
    put_score(builder, table, stage.id, "emotion", "words", score, _unadorned(stage.name), cell)
    return 1
