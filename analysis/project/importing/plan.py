"""The plan of an import: what is new, changed, unchanged, gone, without a place; and the commands that would do it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.language import N_
from analysis.project.commands import Command, Put
from analysis.project.importing.answers import add_answers
from analysis.project.importing.builder import Builder
from analysis.project.importing.customers import add_customers
from analysis.project.importing.events import add_events
from analysis.project.importing.gone import listed, note_gone
from analysis.project.importing.grid import add_grid
from analysis.project.importing.indicators import add_kpis
from analysis.project.importing.inventory import add_inventory
from analysis.project.importing.labels import Labels
from analysis.project.importing.memory import fingerprint, records_of
from analysis.project.importing.money import CURRENCIES, settle
from analysis.project.importing.others import add_actions, add_personas
from analysis.project.importing.own_plan import CONFLICTS, add_own_plan, own_plan
from analysis.project.importing.privacy import Discreet
from analysis.reading.again import remembered
from analysis.reading.book import Steps

if TYPE_CHECKING:
    from analysis.project.project import Project

Gatherer = Callable[[Builder, Any, str], int]
#: kind of table → how it is gathered, in the order in which kinds need each other
_GATHER: dict[str, Gatherer] = {
    "touchpoints": add_inventory,
    "journey_grid": add_grid,
    "personas": add_personas,
    "survey": add_answers,
    "comments": add_answers,
    "actions": add_actions,
    "kpis": add_kpis,
    "events": add_events,
    "customers": add_customers,
}
#: kinds whose texts are kept cell by cell; where people are told apart by their content, the texts are masked once they are
_CELL_BY_CELL = frozenset({"touchpoints", "journey_grid", "personas", "actions", "kpis"})
#: what of an import's record is written anew when it alone has changed
_TOLD = ("reading", "series", "goals")
SUMMARY = ("kind", "new", "changed", "unchanged", "removed", "unassigned")
_SHOWN = ("stage", "step", "touchpoint", "score", "card", "answer", "action", "persona", "customer", "contact")
CHANGES = ("kind", "id", "item", "field", "before", "after", "status", "sheet", "cell")

LEFT_OUT = ("sheet", "cell", "reason", "content")
ASKED = ("sheet", "cell", "content")
UNREAD = ("sheet", "cell", "item", "field", "content")
TWICE = ("sheet", "item", "field", "first_cell", "first", "cell", "value")

#: what people call a line of the summary
KIND_NAMES = {
    "stage": N_("Stages"),
    "step": N_("Steps"),
    "touchpoint": N_("Touchpoints"),
    "score": N_("Scores"),
    "card": N_("Cards"),
    "answer": N_("Respondents"),
    "action": N_("Actions"),
    "persona": N_("Personas"),
    "customer": N_("Facts about respondents"),
    "contact": N_("People in event logs"),
}


@dataclass(frozen=True)
class ImportPlan:
    """What an import would change; nothing has been written.

    Attributes
    ----------
    commands : apply them to the project, in one go, to carry the plan out.
    summary : DataFrame kind, new, changed, unchanged, removed, unassigned; one row a kind that occurs.
    changes : DataFrame with one line a thing (new, unchanged, gone) or field (changed): kind, id, item, field, before, after,
        status, sheet, cell.
    unassigned : DataFrame kind (touchpoint, stage), label, rows, sheet, suggestions (ids, best first): names without a place.
    skipped : tables that were left out: name, sheet, kind and number of rows.
    left_out : DataFrame sheet, cell, reason (no_name, no_answer), content: rows of imported tables that bring nothing.
    cells : DataFrame as ``changes``, a line a cell of an answer that differs from an earlier import (``id``: the respondent); the first
        few thousand of ``cell_count``.
    currencies : DataFrame header, sheet, currency, status (taken: the project counts in it from now on; left_out: the project counts in
        another, and amounts are never converted), rows: columns of amounts that are not in the project's currency.
    asked : DataFrame sheet, cell, content: rows of which it cannot be told whether they are of people the project knows.
    goals : names of the events of a log from which conversions are counted; empty where none is one.
    goal_choices : names of all the events of the logs, the most frequent first: what ``goals`` of :func:`plan_import` may name.
    conflicts : DataFrame id, item, field, exported, file, app: what was changed in an exported plan and in the app since.
    unread : DataFrame sheet, cell, item, field, content: cells of an exported plan that were not understood, and change nothing.
    twice : DataFrame sheet, item, field (a criterion), first_cell, first, cell, value: figures of a touchpoint that two rows of the tables
        give otherwise; the later one holds.
    revision : of the project that the plan was made for; 0: one that is in no store. ``store.apply(…, expected=plan.revision)`` keeps the
        plan only if nothing has changed there since.
    """

    commands: list[Command]
    summary: pd.DataFrame
    changes: pd.DataFrame
    unassigned: pd.DataFrame
    skipped: list[dict[str, Any]] = field(default_factory=list)
    left_out: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(LEFT_OUT)))
    cells: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(CHANGES)))
    cell_count: int = 0
    asked: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(ASKED)))
    currencies: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(CURRENCIES)))
    conflicts: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(CONFLICTS)))
    goals: list[str] = field(default_factory=list)
    goal_choices: list[str] = field(default_factory=list)
    unread: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(UNREAD)))
    twice: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(TWICE)))
    revision: int = 0


def plan_import(
    project: Project, tables: Iterable[Any], *, file: str = "", author: str = "", journey: str | None = None, remove_gone: bool = False,
    same_people: bool | None = None, on_progress: Callable[[float], None] | None = None, cancel: threading.Event | None = None,
    former: Callable[[int], Project] | None = None, keep_ours: bool = False, goals: Collection[str] | None = None,
    beside: Collection[str] = (),
) -> ImportPlan:  # fmt: skip
    """What importing these tables would change in the project.

    Parameters
    ----------
    tables : tables of :func:`analysis.read`, as recognised or recast; hidden ones and kinds that a map has no use for are skipped.
    file : name of the file, for the provenance of what comes from it.
    journey : the journey that receives stages and touchpoints; by default the first as-is one.
    remove_gone : whether what an earlier import of the same sheet brought, and the sheet no longer has (touchpoints, scores, cards,
        actions, personas, answers), is removed from the project; it stays otherwise.
    same_people : of rows of a survey without ids that may be edited answers of known people or answers of others: True, the
        people are known; False, they are others; None, the rows wait in ``asked`` and nothing of them is imported.
    on_progress : called with the share that is done, 0 to 1. cancel : set it from another thread to stop.
    former : gives the project as it was at a revision (``lambda n: store.load(id, n)``), so that of a plan that was exported then, only
        what was changed in the file counts, and not what the app has changed since.
    keep_ours : of what both have changed, whether the project's value stays; else the file's is taken.
    goals : names of the events of a log that are its goal, from which conversions are counted; none of them: nothing is counted; None:
        those chosen at an earlier import of the log, else what is called a purchase, a booking, a sign-up or the like.

    beside : ids of the records (``project.table("import")``) of files that arrive together with this one: not earlier versions of it,
        however much their headers are the same.

    Raises
    ------
    ReadError : ``cancelled``.

    Returns
    -------
    ImportPlan. When one of the tables is the plan of this project as an exported workbook holds it, with the ids of its actions,
    only what was changed in it since is taken over.

    Examples
    --------
    >>> book = analysis.read("touchpoints.xlsx")  # doctest: +SKIP
    >>> project = project.apply(project.plan_import(book.tables).commands)  # doctest: +SKIP
    """
    builder = Builder(project, journey or project.first_journey, file=file, author=author, remove_gone=remove_gone, same_people=same_people)
    builder.former, builder.keep_ours, builder.wanted_goals = former, keep_ours, goals
    every = list(tables)
    own = own_plan(project, every)  # of our own workbook only the plan comes back: its other sheets are results
    wanted = [own] if own else [table for table in every if (asked_for(table) or not table.hidden) and table.kind in _GATHER]
    skipped = [{"name": t.name, "sheet": t.sheet, "kind": t.kind, "rows": len(t)} for t in every if t not in wanted]
    usable = [Discreet(table) if own is None and table.kind in _CELL_BY_CELL else table for table in wanted]
    records = records_of(project, usable, file, beside)
    currencies = settle(builder, usable) if own is None else []
    read = _gathered(builder, usable, _gatherers(own), records, Steps(on_progress, cancel))
    if own is None:
        note_gone(builder, read)
    return _told(builder, skipped, currencies)


def _gathered(
    builder: Builder, tables: list[Any], gatherers: list[tuple[str, Gatherer]], records: dict[int, str], steps: Steps
) -> list[tuple[Any, str, dict[str, set[str]]]]:
    """Gather the tables, kind after kind: each with its record and what it names."""
    work = [(table, gather) for kind, gather in gatherers for table in tables if table.kind == kind]
    read = []
    for done, (table, gather) in enumerate(work):
        builder.on_step = lambda share, done=done: steps.at((done + share) / len(work))
        builder.at(0.0)
        _gather(builder, table, gather, builder.file, records[id(table)])
        read.append((table, records[id(table)], builder.brought))
    return read


def _told(builder: Builder, skipped: list[dict[str, Any]], currencies: list[dict[str, Any]]) -> ImportPlan:
    """What the builder has gathered, as frames."""
    changes = pd.concat([pd.DataFrame(builder.changes, columns=list(CHANGES)), *builder.many], ignore_index=True)
    unassigned = pd.DataFrame(builder.unassigned, columns=["kind", "label", "rows", "sheet", "suggestions"])
    return ImportPlan(
        builder.finished(), _summary(changes, unassigned), changes, unassigned, skipped,
        left_out=pd.DataFrame(builder.left_out, columns=list(LEFT_OUT)),
        cells=pd.DataFrame(builder.cells, columns=list(CHANGES)), cell_count=builder.cell_count,
        asked=pd.DataFrame(builder.asked, columns=list(ASKED)), currencies=pd.DataFrame(currencies, columns=list(CURRENCIES)),
        conflicts=pd.DataFrame(builder.conflicts, columns=list(CONFLICTS)), goals=list(dict.fromkeys(builder.goals)),
        goal_choices=list(dict.fromkeys(builder.goal_choices)),
        unread=pd.DataFrame(builder.unread, columns=list(UNREAD)), twice=pd.DataFrame(builder.twice, columns=list(TWICE)),
        revision=builder.project.revision,
    )  # fmt: skip


def _gatherers(own: Any | None) -> list[tuple[str, Gatherer]]:
    return list(_GATHER.items()) if own is None else [(own.kind, add_own_plan)]


def asked_for(table: Any) -> bool:
    """Whether a table of a hidden sheet is wanted all the same."""
    return bool(table.corrections.shown)


def _gather(builder: Builder, table: Any, gather: Gatherer, file: str, record: str) -> None:
    before = len(builder.commands)
    builder.brought, builder.labels, builder.series, builder.kept_goals = {}, Labels(), [], None
    rows = gather(builder, table, record)
    detail: dict[str, Any] = {"reading": remembered(table)} | (listed(table, builder.brought) if gather is not add_own_plan else {})
    detail |= {"labels": kept} if (kept := builder.labels.kept()) else {}
    detail |= {"series": builder.series} if builder.series else {}
    detail |= {"goals": builder.kept_goals} if builder.kept_goals is not None else {}
    known = builder.project.table("import").get(record)
    if known is None or len(builder.commands) > before or any(known.detail.get(name) != detail.get(name) for name in _TOLD):
        values = {
            "file": file or table.name,
            "sheet": table.sheet,
            "kind": table.kind,
            "fingerprint": fingerprint(table),
            "mapping": dict(table.mapping),
            "rows": rows,
            "at": builder.now,
            "author": builder.author,
            "detail": detail,
        }
        builder.commands.insert(before, Put("import", record, values))


def _summary(changes: pd.DataFrame, unassigned: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for kind in _SHOWN:
        lines = changes[changes["kind"] == kind]
        missing = int((unassigned["kind"] == kind).sum())
        if len(lines) or missing:
            status = lines["status"] if kind in ("answer", "contact") else lines.drop_duplicates(["id", "status"])["status"]
            counts = {name: int((status == ("gone" if name == "removed" else name)).sum()) for name in SUMMARY[1:5]}
            rows.append({"kind": kind} | counts | {"unassigned": missing})
    return pd.DataFrame(rows, columns=list(SUMMARY))
