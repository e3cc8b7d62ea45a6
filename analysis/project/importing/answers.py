"""Tables of answers: surveys, comments and reviews, tickets. One row of the sheet becomes one line of evidence a measure."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.project.commands import Put
from analysis.project.evidence import LOGGED, counted_alike, pack, unpack
from analysis.project.importing.again import Comparison, compared
from analysis.project.importing.builder import GONE, NEW, Builder
from analysis.project.importing.inventory import make_touchpoint, source_of
from analysis.project.importing.long import LongForm, long_form
from analysis.project.importing.shares import add_shares
from analysis.project.model import PREFIXES, new_id


def add_answers(builder: Builder, table: Any, record: str) -> int:
    """Gather a table of answers as one block of evidence; returns the number of answering rows."""
    form = long_form(builder, table)
    scored = add_shares(builder, table)
    _note_silent(builder, table, form.frame, scored)
    answers = 0 if form.frame.empty else keep_block(builder, table, record, form)
    return answers + int(scored.sum())


def keep_block(builder: Builder, table: Any, record: str, form: LongForm) -> int:
    """Keep answers as a new block, or in the block that an earlier import of the sheet made; returns how many people gave them."""
    known = _block_of(builder, record)
    if known is not None:
        return _merge(builder, table, known, form)
    return _add(builder, table, record, form.frame)


def _note_silent(builder: Builder, table: Any, frame: pd.DataFrame, scored: npt.NDArray[np.bool_]) -> None:
    """Rows without any answer or comment are said, not dropped in silence."""
    silent = np.ones(len(table.frame) + 1, dtype=bool)
    if not frame.empty:
        silent[frame["row"].to_numpy(dtype=np.int64)] = False
    for position in table.frame.index[silent[1:] & ~scored]:
        builder.leave(table, position, "no_answer")


def _block_of(builder: Builder, record: str) -> str | None:
    return next((id for id, meta in builder.project.table("evidence").items() if meta.record == record), None)


def _add(builder: Builder, table: Any, record: str, frame: pd.DataFrame) -> int:
    links = {"touchpoints": _touchpoint_links(builder, table, frame), "stages": _stage_links(builder, table, frame)}
    key, data = pack(frame)
    values = {
        "blob": key, "rows": len(frame), "title": table.name, "source": source_of(builder, table), "kind": table.kind, "record": record,
        "order": builder.order("evidence"),
    }  # fmt: skip
    builder.commands.append(Put("evidence", new_id(PREFIXES["evidence"]), values | links, payloads={key: data}))
    people = pd.unique(frame["respondent"])
    builder.note_many(_people(table), pd.Series(NEW, index=people), table.sheet)
    return len(people)


def _merge(builder: Builder, table: Any, id: str, form: LongForm) -> int:
    """A second import of the same sheet: answers it has already are not doubled, answers it lacks now are kept unless unwanted."""
    meta = builder.project.table("evidence")[id]
    old = counted_alike(unpack(builder.project.blob(meta.blob)), form.frame)
    found = compared(old, form, builder.same_people)
    builder.at(0.9)
    builder.note_many(_people(table), found.status, table.sheet)
    _show(builder, table, form, found)
    _ask(builder, table, form, found)
    if not found.differs and not (builder.remove_gone and (found.status == GONE).any()):
        return int((found.status != GONE).sum())
    kept = old[found.left & ~found.gone] if builder.remove_gone else old[found.left]
    whole = pd.concat([kept, found.frame], ignore_index=True)
    links = {
        "touchpoints": _touchpoint_links(builder, table, found.frame, meta.touchpoints),
        "stages": _stage_links(builder, table, found.frame, meta.stages),
    }
    key, data = pack(whole)
    joined = {name: getattr(meta, name) | {label: to for label, to in links[name].items() if label not in getattr(meta, name)}
              for name in links}  # fmt: skip
    builder.commands.append(Put("evidence", id, {"blob": key, "rows": len(whole)} | joined, payloads={key: data}))
    return int((found.status != GONE).sum())


def _people(table: Any) -> str:
    """Kind of the lines of the comparison: people who answered, or people whom a log met."""
    return "contact" if table.kind == "events" else "answer"


def _show(builder: Builder, table: Any, form: LongForm, found: Comparison) -> None:
    """The cells that differ, for the page: old value, new value, address."""
    builder.cell_count += found.count
    rows = form.frame["row"].to_numpy(dtype=np.int64)
    headers = {column: header for header, column in table.columns.items()}
    for cell in found.cells.to_dict("records"):
        place = table.cell(table.frame.index[rows[cell["line"]] - 1], cell["column"]) if cell["column"] in table.frame else ""
        builder.cells.append({
            "kind": _people(table), "id": cell["person"], "item": cell["item"], "field": headers.get(cell["field"], cell["field"]),
            "before": cell["before"], "after": cell["after"], "status": cell["status"], "sheet": table.sheet, "cell": place,
        })  # fmt: skip


def _ask(builder: Builder, table: Any, form: LongForm, found: Comparison) -> None:
    """Rows that may be edited answers or other people's."""
    rows = form.frame["row"].to_numpy(dtype=np.int64)[found.waiting]
    for row in rows.tolist():
        builder.ask(table, table.frame.index[row - 1])


def _once(frame: pd.DataFrame) -> pd.DataFrame:
    """The answers without the second line that a log has for a contact."""
    return frame[frame["measure"].ne(LOGGED[1]).to_numpy(dtype=bool, na_value=True)]


def _touchpoint_links(
    builder: Builder, table: Any, frame: pd.DataFrame, known: dict[str, str | None] | None = None
) -> dict[str, str | None]:
    counts = _once(frame)["touchpoint_label"].dropna().value_counts(sort=False)
    links: dict[str, str | None] = {}
    nothing_to_match = not len(builder.touchpoints)
    stages = _one_stage(frame)
    for label, rows in counts.items():
        found = (known or {}).get(str(label)) or builder.touchpoint(str(label))
        if found is None and nothing_to_match:
            stage = builder.stage(stages.get(str(label)), sheet=table.sheet, create=builder.pristine)
            found = make_touchpoint(builder, table, str(label), stage)
        if found is None:
            builder.unplaced("touchpoint", str(label), int(rows), table.sheet)
        links[str(label)] = found
    return links


def _one_stage(frame: pd.DataFrame) -> dict[str, str]:
    """Touchpoint → its stage, where all answers about it name one and the same."""
    told = frame[["touchpoint_label", "stage_label"]].dropna().drop_duplicates()
    alone = ~told["touchpoint_label"].duplicated(keep=False)
    return dict(zip(told["touchpoint_label"][alone].astype(str), told["stage_label"][alone].astype(str), strict=True))


def _stage_links(builder: Builder, table: Any, frame: pd.DataFrame, known: dict[str, str | None] | None = None) -> dict[str, str | None]:
    counts = _once(frame)["stage_label"].dropna().value_counts(sort=False)
    links: dict[str, str | None] = {}
    for label, rows in counts.items():
        found = (known or {}).get(str(label)) or builder.stage(label, sheet=table.sheet, create=builder.pristine)
        if found is None:
            builder.unplaced("stage", str(label), int(rows), table.sheet)
        links[str(label)] = found
    return links
