"""Touchpoints as a table to be typed and pasted into: what it shows, and what an edit of it does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import pandas as pd

from analysis.errors import InvalidCommand, ParcoursError
from analysis.language import N_, number, translator
from analysis.project import edits as do
from analysis.project.commands import Change, Command
from analysis.project.entry import typed_scores
from analysis.project.importing.names import folded
from analysis.project.model import FAMILIES, PHASES
from analysis.project.project import Project

#: column → what it is called; the order of the table, and of rows pasted without a header
COLUMNS = {
    "touchpoint": N_("Touchpoint"), "stage": N_("Stage"), "family": N_("Family"), "channel": N_("Channel"), "impact": N_("Impact"),
    "effort": N_("Effort"), "importance": N_("Importance"), "online": N_("Online or offline"), "direct": N_("Direct or indirect"),
    "owner": N_("Owner"), "team": N_("Team"), "phase": N_("Lifecycle phase"), "step": N_("Step"),
}  # fmt: skip
SCORES = ("impact", "effort", "importance")
_TEXTS = {"touchpoint": "name", "channel": "channel", "owner": "owner", "team": "team"}
_FAMILIES = (N_("Marketing"), N_("Sales"), N_("Customer service"), N_("Post-purchase"), N_("Indirect"))
_PHASES = (N_("Emerging"), N_("Growing"), N_("Mature"), N_("Declining"))

#: a row pasted without headers has no steps: the word would be read as what the customer does
_STEP = len(COLUMNS) - 1
#: kinds of tables that a paste may hold
_PLACED = ("touchpoints", "journey_grid", "actions", "personas")
_BULLET = re.compile(r"^\s*(?:[-–—•*·▪◦]\s+|[•▪◦]|\d{1,3}[.)]\s+)")

#: what was typed: (id of the row, column, value)
Cell = tuple[str, str, Any]


@dataclass
class Applied:
    """What edits come to: the commands that carry them out, and why others cannot be kept."""

    commands: list[Command] = field(default_factory=list)
    refused: list[ParcoursError] = field(default_factory=list)


@lru_cache(maxsize=4)
def choices(language: str) -> dict[str, dict[str, Any]]:
    """column → word in the language → value, for the columns with a list to choose from."""
    t = translator(language)
    return {
        "family": {t(word): code for word, code in zip(_FAMILIES, FAMILIES, strict=True)},
        "phase": {t(word): code for word, code in zip(_PHASES, PHASES, strict=True)},
        "online": {t("Online"): True, t("Offline"): False},
        "direct": {t("Direct"): True, t("Indirect"): False},
    }


def stage_words(project: Project, journey: str) -> dict[str, str]:
    """What each stage is called in the table → its id; stages that share a name are numbered."""
    words: dict[str, str] = {}
    for position, (id, stage) in enumerate(project.stages_of(journey), start=1):
        words[stage.name if stage.name not in words else f"{stage.name} ({position})"] = id
    return words


def grid_frame(project: Project, journey: str, language: str = "fr") -> tuple[list[str], pd.DataFrame]:
    """The touchpoints of a journey as a table, texts in the language.

    Returns
    -------
    Ids of the placements in the order of the map, and a frame of :data:`COLUMNS` with a plain index, one row an id.
    """
    ids, rows = [], []
    words = {column: {value: word for word, value in known.items()} for column, known in choices(language).items()}
    stages, steps = {id: word for word, id in stage_words(project, journey).items()}, project.table("step")
    for id, place in project.placements_of(journey):
        touchpoint = project.table("touchpoint")[place.touchpoint]
        row: dict[str, Any] = {column: getattr(touchpoint, name) or None for column, name in _TEXTS.items()}
        row |= {column: known.get(getattr(touchpoint, column), getattr(touchpoint, column) or None) for column, known in words.items()}
        figures = {criterion: project.figures.get((place.touchpoint, criterion)) for criterion in SCORES}
        row |= {criterion: number(figure.value, language, None) if figure else None for criterion, figure in figures.items()}
        ids.append(id)
        rows.append(row | {"stage": stages.get(place.stage or ""), "step": steps[place.step].name if place.step else None})
    return ids, pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def apply_edits(
    project: Project, ids: Sequence[str], edits: Mapping[str, Any], *, journey: str, language: str = "fr", author: str = ""
) -> Applied:
    """What edits of the table come to; a cell that cannot be kept does not stop the others.

    Parameters
    ----------
    ids : of the placements, one a row, as `grid_frame` gave them.
    edits : as Streamlit's editor has them: ``edited_rows`` {row: {column: value}}, ``added_rows`` [{column: value}],
        ``deleted_rows`` [row]. Values are texts of the language; an emptied cell empties the field, an emptied score
        withdraws what was set by hand.

    Returns
    -------
    Commands that fit the project, and the refusals (a name left empty, a stage that does not exist, a score off its scale).
    """
    applied = Applied()
    deleted = {int(row) for row in edits.get("deleted_rows", ()) if 0 <= int(row) < len(ids)}
    for row, values in edits.get("edited_rows", {}).items():
        if 0 <= int(row) < len(ids) and int(row) not in deleted:
            for column, value in values.items():
                if column != "step":
                    _cell(project, (ids[int(row)], column, value), journey, language, author, applied)
    for row, values in edits.get("edited_rows", {}).items():  # once every row has its stage; two rows may name the same new step
        if "step" in values and 0 <= int(row) < len(ids) and int(row) not in deleted:
            _cell(project.apply(applied.commands), (ids[int(row)], "step", values["step"]), journey, language, author, applied)
    for values in edits.get("added_rows", ()):
        _added(project, values, journey, language, author, applied)
    applied.commands += delete(project, [ids[row] for row in sorted(deleted)])
    return applied


def _cell(project: Project, cell: Cell, journey: str, language: str, author: str, applied: Applied) -> None:
    id, column, value = cell
    place = project.table("placement").get(id)
    if place is None or column not in COLUMNS:
        return
    try:
        commands = _commands(project, id, place.touchpoint, column, value, journey, language, author)
        project.apply(commands)
    except ParcoursError as error:
        applied.refused.append(error)
    else:
        applied.commands += commands


def _commands(
    project: Project, id: str, touchpoint: str, column: str, value: Any, journey: str, language: str, author: str
) -> list[Command]:
    text = "" if value is None or value != value else str(value).strip()
    if column == "stage":
        return move(project, [id], stage_words(project, journey).get(text))
    if column == "step":
        return into_step(project, id, text)
    if column in SCORES:
        return typed_scores([(touchpoint, column, text)], language, author=author) if text else do.withdraw(project, touchpoint, column)
    if column in _TEXTS:
        return [Change("touchpoint", touchpoint, {_TEXTS[column]: text})]
    empty = None if column in ("online", "direct") else ""
    return [Change("touchpoint", touchpoint, {column: choices(language)[column].get(text, empty)})]


def _added(project: Project, values: Mapping[str, Any], journey: str, language: str, author: str, applied: Applied) -> None:
    name = str(values.get("touchpoint") or "").strip()
    if not name:
        return
    stage = stage_words(project, journey).get(str(values.get("stage") or ""))
    created = do.add_touchpoints(project.apply(applied.commands), journey, stage, [name])
    applied.commands += created
    after, place = project.apply(applied.commands), created[1].id
    for column, value in values.items():
        if column not in ("touchpoint", "stage") and value not in (None, ""):
            base = project.apply(applied.commands) if column == "step" else after
            _cell(base, (place, column, value), journey, language, author, applied)


def move(project: Project, places: Iterable[str], stage: str | None) -> list[Command]:
    """Put placements at the end of a stage, in their order; None: without a place."""
    commands: list[Command] = []
    after = project
    for place in places:
        if place in project.table("placement"):
            one = do.move_touchpoint(after, place, stage)
            after = after.apply(one)
            commands += one
    return commands


def into_step(project: Project, place: str, name: str) -> list[Command]:
    """Put a placement in the step of its stage that has this name, which is made when there is none; no name: in no step.

    Raises
    ------
    InvalidCommand : ``no_stage``, what has no stage has no step either.
    """
    stage = project.table("placement")[place].stage
    if not name:
        return do.put_in_step(project, "placement", place, None)
    if stage is None:
        raise InvalidCommand("no_stage")
    found = next((id for id, step in project.steps_of(stage) if folded(step.name) == folded(name)), None)
    made = [] if found else do.add_steps(project, stage, [name])
    return [*made, *do.put_in_step(project.apply(made), "placement", place, found or made[0].id)]


def delete(project: Project, places: Iterable[str]) -> list[Command]:
    """Take touchpoints off this journey; one that no other journey has is deleted, its cards stay in their stage."""
    commands: list[Command] = []
    for place in places:
        entity = project.table("placement").get(place)
        if entity is not None:
            alone = sum(other.touchpoint == entity.touchpoint for other in project.table("placement").values()) == 1
            commands += do.remove("touchpoint", entity.touchpoint) if alone else do.remove("placement", place)
    return commands


def pasted(text: str, language: str = "fr") -> Any:
    """Rows copied from a spreadsheet as tables; without a header row, the columns are taken for those of this table, in its order.

    Numbers are read as the sheet writes them: ``1,5`` is one and a half.

    Raises
    ------
    ReadError : nothing that could be a table.
    """
    from analysis.reading import read

    book = read(text.encode(), name="paste.tsv")
    if not any(table.kind in _PLACED for table in book.tables):
        t = translator(language)
        widest = max((line.count("\t") + 1 for line in text.splitlines()), default=1)
        header = "\t".join(t(name) for name in list(COLUMNS.values())[: min(widest, _STEP)])
        book = read(f"{header}\n{text}".encode(), name="paste.tsv")
    for table in book.tables:
        _on_our_scale(table)
    return book


def _on_our_scale(table: Any) -> None:
    """Scores pasted into a table of 1 to 10 are from 1 to 10, also when none of them is high; a header may say another scale ("/5")."""
    for header, name in table.mapping.items():
        if name in SCORES and name in table.scales and table.scales[name][1] <= 10 and not re.search(r"\d", str(header)):
            table.scales[name] = (1.0, 10.0)


def lines(text: str) -> list[str]:
    """The lines of a pasted list without bullets, numbers and blanks; empty ones are left out.

    >>> lines("• Slow\\n\\n2) Too dear\\n- 24 h wait")
    ['Slow', 'Too dear', '24 h wait']
    """
    found = (_BULLET.sub("", line).strip() for line in text.splitlines())
    return [line for line in found if line]
