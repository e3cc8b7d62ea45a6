"""What an import is gathering: names known so far, commands, and what each would change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from analysis.project.commands import Command, Put, Remove
from analysis.project.importing.labels import Labels, key_of
from analysis.project.importing.names import Names, folded, unnumbered
from analysis.project.importing.told import cleaned as cleaned
from analysis.project.importing.told import parted, shown
from analysis.project.importing.told import same as same
from analysis.project.model import LISTS, PREFIXES, REFERENCES, new_id, plain
from analysis.project.project import Project

#: what a line of the comparison can be
NEW, CHANGED, UNCHANGED, GONE = "new", "changed", "unchanged", "gone"
#: kind → the field that a new one is about
_SAYS = {"score": "value", "placement": "stage"}


#: of so many rows it is said what they hold; the others are counted
_MOST_LEFT_OUT = 500


@dataclass
class Builder:
    """Gathers the commands of one import. Everything is looked up here first, so that two sheets of one file meet."""

    project: Project
    journey: str
    file: str = ""
    author: str = ""
    commands: list[Command] = field(default_factory=list)
    #: one line a thing or field: kind, id, item, field, before, after, status, sheet, cell
    changes: list[dict[str, Any]] = field(default_factory=list)
    #: the same, for things that come by the thousand
    many: list[pd.DataFrame] = field(default_factory=list)
    #: names without a place: kind, label, rows, sheet, suggestions
    unassigned: list[dict[str, Any]] = field(default_factory=list)
    #: rows that bring nothing: sheet, cell, reason (no_name, no_answer), content
    left_out: list[dict[str, Any]] = field(default_factory=list)
    #: cells of answers that differ, as in ``changes``, and how many there are beyond those listed
    cells: list[dict[str, Any]] = field(default_factory=list)
    cell_count: int = 0
    #: figures that the file gives twice, and otherwise: sheet, item, field, cell and value of both; the later one holds
    twice: list[dict[str, Any]] = field(default_factory=list)
    #: rows that may be of people whom the project knows: sheet, cell, content
    asked: list[dict[str, Any]] = field(default_factory=list)
    #: what to do with them: True, the people are known; False, they are others; None, they wait
    same_people: bool | None = None
    #: whether what the same sheet brought earlier and no longer has goes from the project
    remove_gone: bool = False
    #: revision → the project as it was then, where it is kept somewhere
    former: Callable[[int], Project] | None = None
    #: of what a file and the app have both changed, whether the app's stays
    keep_ours: bool = False
    #: what event logs call the goal that conversions are counted from
    goals: list[str] = field(default_factory=list)
    #: what may be called so, the most frequent first; what somebody has chosen (None: nothing said); of the log in hand, what to keep of it
    goal_choices: list[str] = field(default_factory=list)
    wanted_goals: Collection[str] | None = None
    kept_goals: list[str] | None = None
    #: cells that were not understood and change nothing: sheet, cell, item, field, content
    unread: list[dict[str, Any]] = field(default_factory=list)
    #: what both have changed: id, item, field, exported, file, app
    conflicts: list[dict[str, Any]] = field(default_factory=list)
    #: kind → id → fields as they will be
    state: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    #: stage without the number before it → how files write it: “1. Achat” and “4. Achat” are two
    numbered: dict[str, str] = field(default_factory=dict)
    #: (id of the table, column) of amounts in a currency that is not the project's
    foreign: set[tuple[int, str]] = field(default_factory=set)
    #: kind → ids that the table in hand names
    brought: dict[str, set[str]] = field(default_factory=dict)
    #: what the table in hand calls what it names
    labels: Labels = field(default_factory=Labels)
    #: of the table in hand, what its indicators were, period after period
    series: list[dict[str, Any]] = field(default_factory=list)
    #: told how far it is with a table, 0 to 1; may raise to stop
    on_step: Callable[[float], None] | None = None

    def __post_init__(self) -> None:
        self.currency = self.project.settings.currency
        self.now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        self.pristine = self._is_pristine()
        self.stages = Names({} if self.pristine else {id: stage.name for id, stage in self.project.stages_of(self.journey)})
        self.touchpoints = Names({id: t.name for id, t in self.project.table("touchpoint").items()})
        self.aliases = {folded(name): id for id, t in self.project.table("touchpoint").items() for name in t.aliases}
        self.codes = {t.code: id for id, t in self.project.table("touchpoint").items() if t.code}
        self.homes = {p.touchpoint: p.stage for _, p in self.project.placements_of(self.journey)}
        self._orders: dict[Any, float] = {}
        self._steps: dict[str, Names] = {}
        self.memory = Labels.of(self.project)

    def _is_pristine(self) -> bool:
        """Nothing but the stages it was born with: those give way to the stages of the file."""
        return not any(self.project.table(kind) for kind in ("touchpoint", "card", "evidence", "action", "score"))

    # --- entities -----------------------------------------------------------------------------------------------

    def put(
        self, kind: str, id: str, values: dict[str, Any], *, item: str = "", sheet: str = "", cells: dict[str, str] | None = None
    ) -> str:
        """Create or change; only what differs becomes a command. Says which: new, changed, unchanged."""
        self.brought.setdefault(kind, set()).add(id)
        known = self.state.setdefault(kind, {}).get(id) or self._known(kind, id)
        if known is None:
            self.commands.append(Put(kind, id, values))
            self._note(kind, id, item, NEW, sheet=sheet, **self._told(kind, values, cells or {}))
            self.state[kind][id] = dict(values)
            return NEW
        fresh = {name: value for name, value in values.items() if plain(known.get(name)) != plain(value)}
        if fresh:
            self.commands.append(Put(kind, id, fresh))
        if self._known(kind, id) is not None:  # what the file itself has brought is new, however often it names it
            self._note_fields(kind, id, item, known, fresh, sheet, cells or {})
        self.state[kind][id] = {**known, **fresh}
        return CHANGED if fresh else UNCHANGED

    def _note_fields(
        self, kind: str, id: str, item: str, known: dict[str, Any], fresh: dict[str, Any], sheet: str, cells: dict[str, str]
    ) -> None:
        """A line for each field that differs, or the one that says that none does."""
        for name, old, value in parted(known, fresh):
            before, after = (self._called(kind, name, one) for one in (old, value))
            self._note(kind, id, item, CHANGED, field=name, before=before, after=after, sheet=sheet, cell=cells.get(name, ""))
        if not fresh:
            self._note(kind, id, item, UNCHANGED, sheet=sheet)

    def _told(self, kind: str, values: dict[str, Any], cells: dict[str, str]) -> dict[str, Any]:
        """What a new thing says, where its name does not say it: the figure of a score, the stage of a touchpoint."""
        field = _SAYS.get(kind)
        return {} if field is None else {"after": self._called(kind, field, values.get(field)), "cell": cells.get(field, "")}

    def _known(self, kind: str, id: str) -> dict[str, Any] | None:
        entity = self.project.table(kind).get(id)
        return None if entity is None else {name: getattr(entity, name) for name in entity.__dataclass_fields__}

    def _called(self, kind: str, field: str, value: Any) -> Any:
        """A value as people know it: what an id refers to by its name."""
        if isinstance(value, list) and field in LISTS.get(kind, {}):
            return [getattr(self.project.table(LISTS[kind][field]).get(id), "title", id) for id in value]
        target = REFERENCES.get(kind, {}).get(field)
        if target is None or value is None:
            return value
        made = self.state.get(target, {}).get(value) or {}
        return made.get("name") or getattr(self.project.table(target).get(value), "name", value)

    def remove(self, kind: str, id: str, *, item: str = "", sheet: str = "", command: bool = True) -> None:
        if command:
            self.commands.append(Remove(kind, id))
        self._note(kind, id, item, GONE, sheet=sheet)

    def _note(self, kind: str, id: str, item: str, status: str, **facts: Any) -> None:
        line = {"kind": kind, "id": id, "item": item, "field": "", "before": None, "after": None, "status": status, "sheet": "", "cell": ""}
        self.changes.append(line | facts)

    def note_many(self, kind: str, status: pd.Series, sheet: str) -> None:
        """One line a thing, of many at once. ``status``: id → new, changed, unchanged or gone."""
        line = dict.fromkeys(("item", "field", "cell"), "") | {"before": None, "after": None}
        ids = status.index.astype(object)
        self.many.append(pd.DataFrame({"kind": kind, "id": ids, "status": status.to_numpy(), "sheet": sheet} | line))

    def at(self, share: float) -> None:
        """Say how far the table in hand is."""
        if self.on_step is not None:
            self.on_step(share)

    def order(self, *place: Any) -> float:
        """The next order at the end of a place (a journey's stages, a cell of the map…)."""
        if place not in self._orders:
            self._orders[place] = self._last_order(place)
        self._orders[place] += 1.0
        return self._orders[place]

    def _last_order(self, place: tuple[Any, ...]) -> float:
        kind, *where = place
        names = {
            "stage": ("journey",), "step": ("stage",), "placement": ("journey", "stage"), "card": ("journey", "kind", "stage"),
        }.get(kind, ())  # fmt: skip
        orders = [
            entity.order
            for entity in self.project.table(kind).values()
            if all(getattr(entity, name) == value for name, value in zip(names, where, strict=False)) and entity.order is not None
        ]
        return max(orders, default=-1.0)

    # --- names --------------------------------------------------------------------------------------------------

    def stage(self, label: Any, *, sheet: str = "", create: bool = True) -> str | None:
        """The stage that a label means; a new one is made for a label that is nobody's."""
        text = cleaned(label)
        if not text:
            return None
        found = self.known_stage(text)
        if found is None and create:
            found = new_id(PREFIXES["stage"])
            if self.pristine and not len(self.stages):
                self._make_room()
            name = self._without_number(text)
            values = {"journey": self.journey, "name": name, "order": self.order("stage", self.journey)}
            self.put("stage", found, values, item=name, sheet=sheet)
            self.stages.add(found, name)
        if found is not None:
            self.labels.stages[folded(text)] = found
        return found

    def known_stage(self, text: str) -> str | None:
        """The stage that is called so, or was called so by a file, or nearly so."""
        name = self._without_number(text)
        return self.stages.exact(text) or self._remembered_stage(text) or self.stages.exact(name) or self.stages.find(name)

    def _without_number(self, text: str) -> str:
        """The name of a stage without its number, unless another number stands before the same name."""
        name = unnumbered(text)
        return name if name == text or self.numbered.setdefault(folded(name), text) == text else text

    def _remembered_stage(self, text: str) -> str | None:
        """The stage of the journey that a file called so, whatever it is called by now."""
        known = self.project.table("stage").get(self.memory.stages.get(folded(text), ""))
        return self.memory.stages[folded(text)] if known is not None and known.journey == self.journey else None

    def step(self, stage: str, label: Any, *, sheet: str = "") -> str | None:
        """The step of a stage that a label means; a new one is made for a label that is nobody's."""
        text = cleaned(label)
        if not text:
            return None
        if stage not in self._steps:
            self._steps[stage] = Names({id: step.name for id, step in self.project.steps_of(stage)})
        found = self._steps[stage].exact(text) or self.memory.step(self.project, stage, text) or self._steps[stage].find(text)
        if found is None:
            found = new_id(PREFIXES["step"])
            self.put("step", found, {"stage": stage, "name": text, "order": self.order("step", stage)}, item=text, sheet=sheet)
            self._steps[stage].add(found, text)
        self.brought.setdefault("step", set()).add(found)
        self.labels.steps[key_of(stage, text)] = found
        return found

    def _make_room(self) -> None:
        """The default stages of an untouched project go, without a word: nobody chose them."""
        self._replaced = [id for id, _ in self.project.stages_of(self.journey)]

    def finished(self) -> list[Command]:
        """The commands in the order in which they apply."""
        return [*self.commands, *(Remove("stage", id) for id in getattr(self, "_replaced", []))]

    def touchpoint(self, name: str, stage: str | None = None, code: str = "") -> str | None:
        """The touchpoint that is meant: by its code, else by name within the stage, else by a name that is unique."""
        if code and code in self.codes:
            return self.codes[code]
        if stage is not None:
            here = [id for id, home in self.homes.items() if home in (stage, None)]
            exact = self.touchpoints.exact(name, among=here)
            return exact or self.memory.touchpoint(self.project, stage, name) or self.touchpoints.find(name, among=here)
        exact = self.touchpoints.exact(name) or self.memory.touchpoint(self.project, None, name)
        return exact or self.touchpoints.find(name) or self.merged(name)

    def merged(self, name: str, code: str = "") -> str | None:
        """The touchpoint into which one of that name or code was merged."""
        return self.aliases.get(folded(name)) or (self.aliases.get(folded(code)) if code else None)

    def named_already(self, record: str, id: str, code: str = "") -> bool:
        """Whether a touchpoint has its name from elsewhere: only its own sheet, or its code, may spell it anew."""
        if id in self.state.get("touchpoint", {}):
            return True
        return not code and id in self.project.table("touchpoint") and record not in self.project.table("import")

    def leave(self, table: Any, position: Any, reason: str) -> None:
        """Say that a row of the sheet brings nothing; the first filled cell tells which one it is."""
        self._say_row(self.left_out, table, position, {"reason": reason})

    def said_twice(self, earlier: dict[str, Any], value: float, **facts: str) -> None:
        """Say that a row gives another figure than an earlier row of the file, which it replaces."""
        first = str(earlier.get("source", "")).rpartition(" · ")[2].rpartition("!")[2]
        self.twice.append({"first_cell": first, "first": earlier.get("value"), "value": value} | facts)

    def ask(self, table: Any, position: Any) -> None:
        """Say that it cannot be told whether a row is of somebody whom the project knows."""
        self._say_row(self.asked, table, position, {})

    def _say_row(self, into: list[dict[str, Any]], table: Any, position: Any, facts: dict[str, Any]) -> None:
        if len(into) >= _MOST_LEFT_OUT:
            into.append({"sheet": table.sheet, "cell": "", "content": ""} | facts)
            return
        filled = [name for name in table.frame.columns if cleaned(table.frame.at[position, name])]
        column = filled[0] if filled else table.frame.columns[0]
        content = " | ".join(shown(table.frame.at[position, name]) for name in filled)[:300]
        into.append({"sheet": table.sheet, "cell": table.cell(position, column), "content": content} | facts)

    def unplaced(self, kind: str, label: str, rows: int, sheet: str) -> None:
        names = self.touchpoints if kind == "touchpoint" else self.stages
        line = {"kind": kind, "label": label, "rows": rows, "sheet": sheet, "suggestions": names.suggestions(label)}
        self.unassigned.append(line)
