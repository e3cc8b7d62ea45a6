"""The plan of an import: what is new, changed, unchanged, gone, without a place; and the commands that would do it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.language import N_
from analysis.project.commands import Command, Put
from analysis.project.importing.answers import add_answers
from analysis.project.importing.builder import Builder
from analysis.project.importing.grid import add_grid
from analysis.project.importing.inventory import add_inventory
from analysis.project.importing.memory import fingerprint, records_of
from analysis.project.importing.others import add_actions, add_personas
from analysis.project.importing.own_plan import CONFLICTS, add_own_plan, own_plan
from analysis.reading.corrections import remembered

if TYPE_CHECKING:
    from analysis.project.project import Project

#: kind of table → how it is gathered, in the order in which kinds need each other
_GATHER: dict[str, Callable[[Builder, Any, str], int]] = {
    "touchpoints": add_inventory,
    "journey_grid": add_grid,
    "personas": add_personas,
    "survey": add_answers,
    "comments": add_answers,
    "actions": add_actions,
}
SUMMARY = ("kind", "new", "changed", "unchanged", "removed", "unassigned")
_SHOWN = ("stage", "touchpoint", "score", "card", "answer", "action", "persona")
CHANGES = ("kind", "id", "item", "field", "before", "after", "status", "sheet", "cell")

LEFT_OUT = ("sheet", "cell", "reason", "content")

#: what people call a line of the summary
KIND_NAMES = {
    "stage": N_("Stages"),
    "touchpoint": N_("Touchpoints"),
    "score": N_("Scores"),
    "card": N_("Cards"),
    "answer": N_("Respondents"),
    "action": N_("Actions"),
    "persona": N_("Personas"),
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
    conflicts : DataFrame id, item, field, exported, file, app: what was changed in an exported plan and in the app since.
    """

    commands: list[Command]
    summary: pd.DataFrame
    changes: pd.DataFrame
    unassigned: pd.DataFrame
    skipped: list[dict[str, Any]] = field(default_factory=list)
    left_out: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(LEFT_OUT)))
    conflicts: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(CONFLICTS)))


def plan_import(
    project: Project, tables: Iterable[Any], *, file: str = "", author: str = "", journey: str | None = None, remove_gone: bool = False,
    former: Callable[[int], Project] | None = None, keep_ours: bool = False,
) -> ImportPlan:  # fmt: skip
    """What importing these tables would change in the project.

    Parameters
    ----------
    tables : tables of :func:`analysis.read`, as recognised or recast; hidden ones and kinds that a map has no use for are skipped.
    file : name of the file, for the provenance of what comes from it.
    journey : the journey that receives stages and touchpoints; by default the first as-is one.
    remove_gone : whether touchpoints and answers that an earlier import of the same sheet brought, and that it no longer has, are
        removed from the project; they stay otherwise.
    former : gives the project as it was at a revision (``lambda n: store.load(id, n)``), so that of a plan that was exported then, only
        what was changed in the file counts, and not what the app has changed since.
    keep_ours : of what both have changed, whether the project's value stays; else the file's is taken.

    Returns
    -------
    ImportPlan. When one of the tables is the plan of this project as an exported workbook holds it, with the ids of its actions,
    only what was changed in it since is taken over.

    Examples
    --------
    >>> book = analysis.read("touchpoints.xlsx")  # doctest: +SKIP
    >>> project = project.apply(project.plan_import(book.tables).commands)  # doctest: +SKIP
    """
    builder = Builder(project, journey or project.first_journey, file=file, author=author, remove_gone=remove_gone)
    builder.former, builder.keep_ours = former, keep_ours
    every = list(tables)
    own = own_plan(project, every)  # of our own workbook only the plan comes back: its other sheets are results
    usable = [own] if own else [table for table in every if (asked_for(table) or not table.hidden) and table.kind in _GATHER]
    skipped = [{"name": t.name, "sheet": t.sheet, "kind": t.kind, "rows": len(t)} for t in every if t not in usable]
    records = records_of(project, usable, file)
    for kind, gather in _GATHER.items() if own is None else [(own.kind, add_own_plan)]:
        for table in [t for t in usable if t.kind == kind]:
            _gather(builder, table, gather, file, records[id(table)])
    changes = pd.DataFrame(builder.changes, columns=list(CHANGES))
    unassigned = pd.DataFrame(builder.unassigned, columns=["kind", "label", "rows", "sheet", "suggestions"])
    left_out = pd.DataFrame(builder.left_out, columns=list(LEFT_OUT))
    conflicts = pd.DataFrame(builder.conflicts, columns=list(CONFLICTS))
    return ImportPlan(builder.finished(), _summary(changes, unassigned), changes, unassigned, skipped, left_out, conflicts)


def asked_for(table: Any) -> bool:
    """Whether a table of a hidden sheet is wanted all the same."""
    return bool(table.corrections.shown)


def _gather(builder: Builder, table: Any, gather: Callable[[Builder, Any, str], int], file: str, record: str) -> None:
    before, noted = len(builder.commands), len(builder.changes)
    rows = gather(builder, table, record)
    detail: dict[str, Any] = {"reading": remembered(table)}
    if table.kind == "touchpoints" and gather is add_inventory:
        own = [line for line in builder.changes[noted:] if line["kind"] == "touchpoint"]
        detail["touchpoints"] = [line["id"] for line in own if line["status"] != "gone"]
    known = builder.project.table("import").get(record)
    if known is None or len(builder.commands) > before or known.detail.get("reading") != detail["reading"]:
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
            status = lines.drop_duplicates(["id", "status"])["status"] if kind != "answer" else lines["status"]
            counts = {name: int((status == ("gone" if name == "removed" else name)).sum()) for name in SUMMARY[1:5]}
            rows.append({"kind": kind} | counts | {"unassigned": missing})
    return pd.DataFrame(rows, columns=list(SUMMARY))
