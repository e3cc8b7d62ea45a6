"""What an earlier import of a sheet brought and the sheet no longer has: said, and left alone unless the user wants it gone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from analysis.project.importing.builder import Builder

#: kinds in the order in which they are removed: what hangs on a touchpoint before the touchpoint
KINDS = {"score": "scores", "card": "cards", "action": "actions", "persona": "personas", "touchpoint": "touchpoints", "step": "steps"}
#: kind of table → kinds of things that are its own: what it merely speaks of (the touchpoints of a survey) does not go with a row
OWN = {
    "touchpoints": {"touchpoint", "score", "card", "step"}, "journey_grid": {"touchpoint", "score", "card", "step"}, "actions": {"action"},
    "personas": {"persona"}, "kpis": {"card", "score"},
}  # fmt: skip
Brought = Mapping[str, set[str]]


def listed(table: Any, brought: Brought) -> dict[str, list[str]]:
    """What a record keeps of what its sheet brought."""
    own = OWN.get(table.kind, set())
    return {name: sorted(brought[kind]) for kind, name in KINDS.items() if kind in own and brought.get(kind)}


def note_gone(builder: Builder, tables: Iterable[tuple[Any, str, Brought]]) -> None:
    """Compare what each table (with its record) brought the last time with what the whole file has now."""
    every = list(tables)
    here: dict[str, set[str]] = {kind: set().union(*(brought.get(kind, ()) for _, _, brought in every)) for kind in KINDS}
    gone = [(kind, id, table) for table, record, _ in every for kind, id in _before(builder, record) if id not in here[kind]]
    lost = {id for kind, id, _ in gone if kind == "touchpoint"}
    for kind in KINDS:
        for id, table in {id: table for other, id, table in gone if other == kind}.items():
            entity = builder.project.table(kind).get(id)
            if entity is not None and not (kind == "score" and entity.target in lost):  # its scores go with a touchpoint
                builder.remove(kind, id, item=_called(builder, kind, entity), sheet=table.sheet, command=builder.remove_gone)


def _before(builder: Builder, record: str) -> Iterable[tuple[str, str]]:
    """(kind, id) of everything that the record's last import brought."""
    known = builder.project.table("import").get(record)
    if known is None:
        return
    for kind, name in KINDS.items():
        yield from ((kind, id) for id in known.detail.get(name, ()))
    if "cards" not in known.detail:  # imported by a version that kept no list: a card's source names its record
        yield from (("card", id) for id, card in builder.project.table("card").items() if card.source.startswith(f"{record}#"))


def _called(builder: Builder, kind: str, entity: Any) -> str:
    """What a thing is called in the list of changes."""
    if kind != "score":
        return str(getattr(entity, {"card": "text", "action": "title"}.get(kind, "name")))
    target = builder.project.table("touchpoint").get(entity.target) or builder.project.table("stage").get(entity.target)
    return f"{target.name if target else ''} · {entity.criterion}"
