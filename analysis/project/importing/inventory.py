"""Tables with a touchpoint a row: inventories, exported plans of touchpoints."""

from __future__ import annotations

from typing import Any, cast

import pandas as pd

from analysis.methods import word_emotion
from analysis.project.criteria import own_criteria
from analysis.project.figures import score_id
from analysis.project.importing import words
from analysis.project.importing.builder import Builder, cleaned
from analysis.project.importing.labels import key_of
from analysis.project.importing.money import money_columns
from analysis.project.importing.names import folded
from analysis.project.importing.rest import Rest
from analysis.project.importing.steps import step_column, step_of
from analysis.project.model import PREFIXES, new_id

#: field of the table → criterion of a score
SCORES = {
    "impact": "impact", "effort": "effort", "importance": "importance", "fit": "fit", "reach": "reach",
    "satisfaction": "satisfaction", "rating": "satisfaction", "emotion_score": "emotion",
    "complaints": "complaints", "rational": "rational", "emotional": "emotional", "behavioural": "behavioural",
    "touchpoint_value": "touchpoint_value", "conversion_rate": "conversion",
    "effort_days": "effort_days",
}  # fmt: skip
#: field of the table → kind of card
CARDS = {
    "pain": "pain_point", "delight": "delight", "thought": "thought", "opportunity": "opportunity", "need": "motivation", "step": "action",
    "backstage": "backstage", "system": "system", "comment": "quote",
}  # fmt: skip
#: of these, what stands on the map without a touchpoint
LOOSE = frozenset({"pain", "delight", "opportunity", "need", "thought"})
#: where a row keeps the step of its stage, once its column is known to name steps and not what customers do
STEP = "\x00step"
TEXTS = {"channel": "channel", "team": "team", "owner": "owner", "description": "description"}
#: fields that are read here; the order of the rows tells the order
_USED = frozenset({
    *SCORES, *CARDS, *TEXTS, "touchpoint", "stage", "id", "family", "lifecycle", "online", "direct", "duration", "moment_of_truth",
    "emotion", "order",
})  # fmt: skip


def add_inventory(builder: Builder, table: Any, record: str) -> int:
    """Gather every row; returns how many of them name a touchpoint, or bring a card where the sheet names none."""
    frame: pd.DataFrame = table.frame
    if "touchpoint" not in frame:
        return _add_loose_cards(builder, table, record)
    count = 0
    claimed, steps, rest = _claimed(builder, frame), step_column(table), Rest(builder, table, _USED)
    for position, row in zip(frame.index, cast(list[dict[str, Any]], frame.to_dict("records")), strict=True):
        row[STEP] = row.pop(steps, None) if steps else None
        name = cleaned(row.get("touchpoint"))
        if name:
            _add_row(builder, table, record, position, row, name, claimed, rest)
            count += 1
        else:
            builder.leave(table, position, "no_name")
    return count


def _add_loose_cards(builder: Builder, table: Any, record: str) -> int:
    """Pain points, ideas and the like of a sheet that names no touchpoint: cards of the stage that their row tells, if any."""
    count = 0
    for position, row in zip(table.frame.index, cast(list[dict[str, Any]], table.frame.to_dict("records")), strict=True):
        told = [(field, kind, text) for field, kind in CARDS.items() if field in LOOSE for text in words.texts_of(row.get(field))]
        stage = builder.stage(row.get("stage"), sheet=table.sheet) if told else None
        for field, kind, text in told:
            add_card(builder, table, record, kind, text, stage, None, **(_counted(row) if field == "pain" else {}))
        if not told:
            builder.leave(table, position, "no_name")
        count += bool(told)
    return count


def _counted(row: dict[str, Any]) -> dict[str, float]:
    """How often a pain point was met, where a column counts that."""
    found = (row.get(field) for field in ("complaints", "count"))
    counts = [float(value) for value in found if value is not None and not isinstance(value, str | bool) and pd.notna(value)]
    return {"count": counts[0]} if counts else {}


def _claimed(builder: Builder, frame: pd.DataFrame) -> set[str]:
    """Touchpoints that a row names with their stage or code: they are not free to be taken for one that moved."""
    found = set()
    for row in cast(list[dict[str, Any]], frame.to_dict("records")):
        name = cleaned(row.get("touchpoint"))
        if name:
            stage = builder.known_stage(cleaned(row["stage"])) if cleaned(row.get("stage")) else None
            found.add(builder.touchpoint(name, stage, cleaned(row.get("id"))))
    return {id for id in found if id}


def _moved(builder: Builder, name: str, claimed: set[str]) -> str | None:
    """The touchpoint of that name in another stage, when no other row is about it: somebody moved it in the sheet."""
    free = [id for id in builder.project.table("touchpoint") if id not in claimed]
    found = builder.touchpoints.find(name, among=free)
    if found:
        claimed.add(found)
    return found


def _add_row(
    builder: Builder, table: Any, record: str, position: Any, row: dict[str, Any], name: str, claimed: set[str], rest: Rest
) -> str:
    stage = builder.stage(row.get("stage"), sheet=table.sheet)
    code = cleaned(row.get("id"))
    id = builder.touchpoint(name, stage, code)
    if id is None and (merged := _merged(builder, record, name, code, stage)):
        builder.put("touchpoint", merged, {}, item=name, sheet=table.sheet)
        _add_cards(builder, table, record, row, merged, stage)
        return merged
    id = id or _moved(builder, name, claimed) or new_id(PREFIXES["touchpoint"])
    facts = _facts(row, name, code) | rest.of(id, position)
    if builder.named_already(record, id, code) or builder.memory.touchpoint(builder.project, stage, name) == id:
        del facts["name"]  # the sheet has not changed it: a name that the app has given since stays
    builder.labels.touchpoints[key_of(stage, name)] = id
    cells = {ours: table.cell(position, theirs) for theirs, ours in TEXTS.items() if theirs in table.frame}
    cells |= rest.cells(position)
    builder.put("touchpoint", id, facts, item=name, sheet=table.sheet, cells=cells)
    builder.touchpoints.add(id, name)
    if code:
        builder.codes[code] = id
    _place(builder, table, position, id, stage, name, step_of(builder, stage, row[STEP], sheet=table.sheet))
    _add_scores(builder, table, position, row, id, name)
    _add_cards(builder, table, record, row, id, stage)
    return id


def _merged(builder: Builder, record: str, name: str, code: str, stage: str | None) -> str | None:
    """The touchpoint into which the row's was merged.

    A row of a sheet that the project knows is the one that was merged. In a new sheet the same name in another stage may be
    another touchpoint: it is kept apart, and offered among the duplicates.
    """
    found = builder.merged(name, code)
    known = record in builder.project.table("import")
    return found if found is None or known or stage is None or builder.homes.get(found) in (stage, None) else None


def _facts(row: dict[str, Any], name: str, code: str) -> dict[str, Any]:
    facts: dict[str, Any] = {"name": name}
    if code:
        facts["code"] = code
    facts |= {ours: said for theirs, ours in TEXTS.items() if (said := words.said_of(row.get(theirs)))}
    for field, reader in (("family", words.family), ("lifecycle", words.phase)):
        if cleaned(row.get(field)):
            facts["phase" if field == "lifecycle" else field] = reader(cleaned(row[field]))
    for field, either in (("online", words.online), ("direct", words.direct)):
        answer = either(row.get(field))
        if answer is not None:
            facts[field] = answer
    if row.get("duration") is not None and pd.notna(row.get("duration")) and not isinstance(row["duration"], str):
        facts["time"] = float(row["duration"])
    if words.affirmed(row.get("moment_of_truth")):
        facts["moment_of_truth"] = "accepted"
    return facts


def _place(builder: Builder, table: Any, position: Any, id: str, stage: str | None, name: str, step: str | None = None) -> None:
    """Put the touchpoint in its stage and step; one that the user has moved since stays there unless the sheet says a stage or step."""
    placed = {p.touchpoint: i for i, p in builder.project.placements_of(builder.journey)}
    builder.labels.homes[id] = [stage, step]
    if id in placed and builder.memory.same_place(id, stage, step):
        return
    if id in placed:
        _move(builder, table, position, placed[id], id, stage, step, name)
    elif id not in builder.homes:
        place_anew(builder, table, id, stage, name, step)
        if stage is None:
            builder.unplaced("stage", name, 1, table.sheet)
    builder.homes[id] = stage


def _move(builder: Builder, table: Any, position: Any, placement: str, id: str, stage: str | None, step: str | None, name: str) -> None:
    """A touchpoint of the map to the stage and step that the sheet says, if it says any."""
    moved: dict[str, Any] = {}
    if stage is not None and builder.homes.get(id) != stage:
        moved = {"stage": stage, "step": step, "order": builder.order("placement", builder.journey, stage)}
    elif step is not None and builder.project.table("placement")[placement].step != step:
        moved = {"step": step}
    if moved:
        cells = {ours: table.cell(position, ours) for ours in ("stage", "step") if ours in table.columns.values()}
        builder.put("placement", placement, moved, item=name, sheet=table.sheet, cells=cells)


def place_anew(builder: Builder, table: Any, touchpoint: str, stage: str | None, name: str, step: str | None = None) -> None:
    """A touchpoint that the journey has not shown so far, last in its stage."""
    values: dict[str, Any] = {"journey": builder.journey, "touchpoint": touchpoint, "stage": stage}
    values |= {"step": step} if step else {}
    values |= {"order": builder.order("placement", builder.journey, stage)}
    builder.put("placement", new_id(PREFIXES["placement"]), values, item=name, sheet=table.sheet)


def make_touchpoint(builder: Builder, table: Any, label: str, stage: str | None = None) -> str:
    """A touchpoint that answers, actions or indicators name before any inventory does; without a stage it waits among the unassigned."""
    id = new_id(PREFIXES["touchpoint"])
    builder.put("touchpoint", id, {"name": label}, item=label, sheet=table.sheet)
    place_anew(builder, table, id, stage, label)
    builder.homes[id] = stage
    builder.aliases[folded(label)] = id  # “caisse” and “Caisse” are one; “Form A” and “Form B” are no slip of each other
    return id


def found_or_made(builder: Builder, table: Any, label: str, stage: str | None = None) -> str:
    """The touchpoint that an action or an indicator names; one that nobody knows is made, and said to be without a place."""
    found = (builder.touchpoint(label, stage) if stage else None) or builder.touchpoint(label)
    if found is None:
        builder.unplaced("touchpoint", label, 1, table.sheet)
        found = make_touchpoint(builder, table, label)
    return found


def _add_own_scores(builder: Builder, table: Any, position: Any, row: dict[str, Any], id: str, name: str) -> None:
    """A column that is called like one of the user's own criteria holds scores of it."""
    for code, criterion in own_criteria(builder.project).items():
        header = next((str(column) for column in table.frame.columns if folded(str(column)) == folded(criterion.name)), None)
        value = row.get(header) if header else None
        if header is None or value is None or isinstance(value, str | bool) or pd.isna(value):
            continue
        low, high = table.scales.get(header) or criterion.ends or (None, None)
        values = {"value": float(value), "low": low, "high": high, "text": ""}
        put_score(builder, table, id, code, "file", values, name, table.cell(position, header))


def _add_scores(builder: Builder, table: Any, position: Any, row: dict[str, Any], id: str, name: str) -> None:
    _add_money(builder, table, position, row, id, name)
    for field, criterion in SCORES.items():
        value = row.get(field)
        if value is None or isinstance(value, str) or pd.isna(value):
            continue
        low, high = table.scales.get(field) or _usual(field)
        cell = table.cell(position, field)
        values = {"value": float(value), "low": low, "high": high, "text": ""}
        put_score(builder, table, id, criterion, "file", values, name, cell)
    _add_own_scores(builder, table, position, row, id, name)
    felt = cleaned(row.get("emotion"))
    if felt:
        value = word_emotion(felt)
        if value is not None:
            put_score(
                builder,
                table,
                id,
                "emotion",
                "words",
                {"value": value, "low": -2.0, "high": 2.0, "text": felt},
                name,
                table.cell(position, "emotion"),
            )


def _add_money(builder: Builder, table: Any, position: Any, row: dict[str, Any], touchpoint: str, name: str) -> None:
    """What a touchpoint costs, once and every year; several columns of one of them add up. Amounts in another currency stay out."""
    for criterion in ("cost", "running_cost"):
        mine = [column for column, header in money_columns(table).items() if table.mapping[header] == criterion]
        amounts = {
            column: float(row[column])
            for column in mine
            if (id(table), column) not in builder.foreign and not isinstance(row[column], str) and pd.notna(row[column])
        }
        if amounts:
            values = {"value": sum(amounts.values()), "low": None, "high": None, "text": ""}
            put_score(builder, table, touchpoint, criterion, "file", values, name, table.cell(position, next(iter(amounts))))


def _usual(field: str) -> tuple[float | None, float | None]:
    from analysis.fields import FIELDS

    scale = FIELDS[field].scale if field in FIELDS else None
    return scale or (None, None)


def put_score(builder: Builder, table: Any, id: str, criterion: str, layer: str, values: dict[str, Any], name: str, cell: str) -> None:
    """A figure of a touchpoint, with the cell that it was read from."""
    score = score_id(id, criterion, layer)
    earlier = builder.state.get("score", {}).get(score)
    if earlier is not None and earlier.get("value") != values["value"]:
        builder.said_twice(earlier, values["value"], item=name, field=criterion, sheet=table.sheet, cell=cell)
    known = builder.project.table("score").get(score)
    same = known is not None and all(getattr(known, key) == value for key, value in values.items())
    if not same:  # where and when it was read changes only with the value
        values |= {"source": source_of(builder, table, cell), "author": builder.author, "at": builder.now}
    label = f"{name} · {criterion}"
    builder.put(
        "score",
        score,
        {"target": id, "criterion": criterion, "layer": layer} | values,
        item=label,
        sheet=table.sheet,
        cells={"value": cell},
    )


def source_of(builder: Builder, table: Any, cell: str = "") -> str:
    """“file · sheet!cell”, as people find it again."""
    place = f"{table.sheet}!{cell}" if table.sheet and cell else table.sheet or cell
    return " · ".join(part for part in (builder.file or table.name, place) if part)


def _add_cards(builder: Builder, table: Any, record: str, row: dict[str, Any], id: str, stage: str | None) -> None:
    for field, kind in CARDS.items():
        for text in words.texts_of(row.get(field)):
            add_card(builder, table, record, kind, text, stage, id)


def add_card(
    builder: Builder, table: Any, record: str, kind: str, text: str, stage: str | None, touchpoint: str | None, **facts: Any
) -> None:
    """A card, once: the same text of the same cell of the same sheet is known by its source, even after the user reworded it."""
    source = f"{record}#{touchpoint or stage or ''}#{kind}#{folded(text)[:80]}"
    for i, card in builder.project.table("card").items():
        alike = (card.kind, card.touchpoint, folded(card.text)) == (kind, touchpoint, folded(text)) and card.stage == stage
        if card.source == source or alike:
            builder.put("card", i, {"kind": card.kind}, item=text, sheet=table.sheet)
            return
    values = {"journey": builder.journey, "kind": kind, "stage": stage, "touchpoint": touchpoint, "text": text, "source": source}
    values |= {"order": builder.order("card", builder.journey, kind, stage)} | facts
    builder.put("card", new_id(PREFIXES["card"]), values, item=text, sheet=table.sheet)
