"""The project: a value. Reading it gives frames, applying commands gives another project."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

import pandas as pd

from analysis.errors import NotFound
from analysis.language import N_, translator
from analysis.project import frames
from analysis.project.commands import Command, Delta, Put, apply_commands, replay
from analysis.project.evidence import of_people, pack, unpack
from analysis.project.figures import Figure, figures
from analysis.project.measured import measured_figures
from analysis.project.model import DEFAULT_LANES, KINDS, SETTINGS, Card, Evidence, Journey, Placement, Settings, Stage, Step, new_id

if TYPE_CHECKING:
    from analysis.project.answers import Flags
    from analysis.project.filters import Filter, Filtering
    from analysis.project.importing import ImportPlan

DEFAULT_STAGES = (N_("Awareness"), N_("Consideration"), N_("Decision"), N_("Purchase"), N_("Loyalty"), N_("Advocacy"))
Made = TypeVar("Made")
_NONE: Mapping[str, Any] = MappingProxyType({})


class Project:
    """Everything known about a customer journey, as a value.

    ``entities`` maps kind → id → entity; ``revision`` counts the edits that the store has kept. Blobs (evidence blocks,
    pictures) are fetched by key when they are needed. ``filtering``: what a filter has left, on what `filtered` gives, whose
    ``revision`` is a number of its own; None on a whole project.

    >>> project = Project.new("Shop", language="en")
    >>> list(project.stages["stage"])
    ['Awareness', 'Consideration', 'Decision', 'Purchase', 'Loyalty', 'Advocacy']
    """

    def __init__(
        self,
        entities: Mapping[str, Mapping[str, Any]],
        *,
        revision: int = 0,
        blobs: Mapping[str, bytes] | None = None,
        fetch: Callable[[str], bytes] | None = None,
    ) -> None:
        self.entities: Mapping[str, Mapping[str, Any]] = MappingProxyType({kind: entities.get(kind, _NONE) for kind in KINDS})
        self.revision = revision
        self._blobs = dict(blobs or {})
        self._fetch = fetch
        self._memory: dict[str, tuple[Any, Any]] = {}
        self.filtering: Filtering | None = None
        #: of a filtered project: key of a block → the block it is cut from, and which rows of it
        self.cuts: Mapping[str, tuple[str, Flags]] = {}
        #: filter → the project it gave, shared by the revisions of a project
        self.views: OrderedDict[Filter, Project] = OrderedDict()

    @classmethod
    def new(
        cls, name: str, *, language: str = "fr", client: str = "", currency: str = "EUR", stages: Sequence[str] | None = None
    ) -> Project:
        """An empty project: one as-is journey with the six default stages (or ``stages``) and the default lanes.

        Raises
        ------
        InvalidCommand : the name is empty (code ``empty_name``).
        """
        t = translator(language)
        journey = new_id("j")
        created = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        settings = {"name": name.strip(), "language": language, "client": client, "currency": currency, "created": created}
        commands: list[Command] = [Put("project", SETTINGS, settings), Put("journey", journey, {"title": t("Current journey")})]
        for order, stage in enumerate(stages if stages is not None else [t(text) for text in DEFAULT_STAGES]):
            commands.append(Put("stage", new_id("s"), {"journey": journey, "name": stage, "order": float(order)}))
        for order, lane in enumerate(DEFAULT_LANES):
            commands.append(Put("lane", new_id("l"), {"journey": journey, "type": lane, "order": float(order)}))
        return cls({}).apply(commands)

    # --- change -------------------------------------------------------------------------------------------------

    def apply(self, commands: Command | Iterable[Command]) -> Project:
        """The project after these commands; this one stays as it is. All or none are applied.

        Raises
        ------
        InvalidCommand : a command that does not fit.
        """
        return self.applied(commands)[0]

    def applied(self, commands: Command | Iterable[Command]) -> tuple[Project, list[Delta]]:
        """The project after these commands, and what changed, field by field."""
        listed = list(commands) if isinstance(commands, Iterable) else [commands]
        entities, deltas = apply_commands(self.entities, listed)
        payloads = {key: data for command in listed for key, data in getattr(command, "payloads", {}).items()}
        return (self.with_entities(entities, payloads) if deltas else self), deltas

    def replayed(self, deltas: Iterable[Delta]) -> Project:
        """The project after deltas that are known to fit (a log)."""
        return self.with_entities(replay(self.entities, deltas))

    def kept(self, revision: int, fetch: Callable[[str], bytes]) -> Project:
        """The same project, told which revision of a store it is; the store has its contents. What was computed stays."""
        self.revision = revision
        self._fetch = fetch
        self._blobs = {}
        return self

    def with_entities(self, entities: Mapping[str, Mapping[str, Any]], payloads: Mapping[str, bytes] | None = None) -> Project:
        """A project of these entities that keeps what was computed from those that are the same."""
        project = Project(entities, revision=self.revision, blobs={**self._blobs, **(payloads or {})}, fetch=self._fetch)
        project._memory = dict(self._memory)
        project.filtering, project.cuts, project.views = self.filtering, self.cuts, self.views
        kinds = ("evidence", "touchpoint", "stage", "placement", "journey", "persona")
        if all(entities.get(kind) is self.entities.get(kind) for kind in kinds):
            # what is costly depends on these only: an edit of a card or a score keeps it
            project.__dict__ |= {name: self.__dict__[name] for name in ("_evidence", "measured") if name in self.__dict__}
        return project

    def remembered(self, name: str, key: Any, make: Callable[[], Made], update: Callable[[Any, Made], Made] | None = None) -> Made:
        """What ``make`` gives; what it gave before, here or in the project this one came from, as long as ``key`` is the same.

        ``update`` makes it from the former key and what it gave, where that is quicker.
        """
        found = self._memory.get(name)
        if found is None or found[0] != key:
            made: Made = make() if found is None or update is None else update(*found)
            found = self._memory[name] = (key, made)
        value: Made = found[1]
        return value

    def blob(self, key: str) -> bytes:
        """The content of a block or picture.

        Raises
        ------
        NotFound : no content has this key.
        """
        if key in self.cuts:
            return pack(self.block(key))[1]
        if key not in self._blobs:
            if self._fetch is None:
                raise NotFound
            return self._fetch(key)
        return self._blobs[key]

    def block(self, key: str) -> pd.DataFrame:
        """The answers of a block.

        Raises
        ------
        NotFound : no content has this key.
        """
        if key not in self.cuts:
            return of_people(unpack(self.blob(key)))
        whole, rows = self.cuts[key]
        return of_people(unpack(self.blob(whole))[rows].reset_index(drop=True))

    # --- filter -------------------------------------------------------------------------------------------------

    def filtered(self, filter: Filter) -> Project:
        """The project as a filter shows it; see :func:`analysis.project.filters.filtered`."""
        from analysis.project.filters import filtered

        return filtered(self, filter)

    @property
    def whole(self) -> Project:
        """The project without its filter: what commands are made from."""
        return self.filtering.whole if self.filtering else self

    # --- read ---------------------------------------------------------------------------------------------------

    @property
    def settings(self) -> Settings:
        found: Settings = self.entities["project"][SETTINGS]
        return found

    @property
    def name(self) -> str:
        return self.settings.name

    @property
    def language(self) -> str:
        return self.settings.language

    def table(self, kind: str) -> Mapping[str, Any]:
        """id → entity of one kind."""
        return self.entities.get(kind, {})

    def journeys_in_order(self) -> list[tuple[str, Journey]]:
        return _ordered(self.table("journey"))

    @cached_property
    def first_journey(self) -> str:
        """The id of the first as-is journey."""
        journeys = self.journeys_in_order()
        return next((id for id, journey in journeys if journey.state == "as_is"), journeys[0][0] if journeys else "")

    def stages_of(self, journey: str) -> list[tuple[str, Stage]]:
        return [(id, stage) for id, stage in _ordered(self.table("stage")) if stage.journey == journey]

    def steps_of(self, stage: str) -> list[tuple[str, Step]]:
        return [(id, step) for id, step in _ordered(self.table("step")) if step.stage == stage]

    @cached_property
    def step_places(self) -> dict[str, int]:
        """step id → its place among all steps in their order; what is in no step comes after ``len`` of these."""
        return {id: place for place, (id, _) in enumerate(_ordered(self.table("step")))}

    def in_steps(self, item: Any) -> tuple[int, float]:
        """What the placements and cards of a stage are sorted by: their step, those in none last, then their own order."""
        return self.step_places.get(item.step or "", len(self.step_places)), item.order

    def placements_of(self, journey: str) -> list[tuple[str, Placement]]:
        """Placements of a journey in the order of its stages and steps, the unassigned last."""
        position = {id: index for index, (id, _) in enumerate(self.stages_of(journey))}
        found = [(id, p) for id, p in self.table("placement").items() if p.journey == journey]
        return sorted(found, key=lambda item: (position.get(item[1].stage or "", len(position)), self.in_steps(item[1]), item[0]))

    @cached_property
    def cards_of_today(self) -> dict[str, Card]:
        """Cards of the maps of today: a target map is a copy, and its cards are plans; counted too, everything would count twice.

        Without any map of today, all cards.
        """
        future = {id for id, journey in self.table("journey").items() if journey.state == "to_be"}
        if len(future) == len(self.table("journey")):
            future = set()
        return {id: card for id, card in self.table("card").items() if card.journey not in future}

    def count_cards(self, kind: str, journey: str | None = None) -> dict[str, int]:
        """touchpoint id → number of cards of a kind on the maps of today, or on the target map ``journey``.

        A card that says it stands for several counts once: ``count`` is its own figure.
        """
        counts: dict[str, int] = {}
        target = journey is not None and self.table("journey")[journey].state == "to_be"
        own = [card for card in self.table("card").values() if card.journey == journey] if target else self.cards_of_today.values()
        for card in own:
            if card.kind == kind and card.touchpoint:
                counts[card.touchpoint] = counts.get(card.touchpoint, 0) + 1
        return counts

    def evidence_in_order(self) -> list[tuple[str, Evidence]]:
        return _ordered(self.table("evidence"))

    @cached_property
    def stage_of_touchpoint(self) -> dict[str, str]:
        """touchpoint id → its stage in the first as-is journey."""
        return {p.touchpoint: p.stage for _, p in reversed(self.placements_of(self.first_journey)) if p.stage}

    @cached_property
    def figures(self) -> dict[tuple[str, str], Figure]:
        """(target, criterion) → the figure that holds."""
        return figures(self)

    @cached_property
    def measured(self) -> dict[tuple[str, str], Figure]:
        """(target, criterion) → the figure measured from answers, whatever stands before it."""
        return measured_figures(self)

    @cached_property
    def _evidence(self) -> pd.DataFrame:
        return frames.evidence_frame(self)

    @cached_property
    def touchpoints_key(self) -> tuple[Any, ...]:
        """What the frame of touchpoints depends on: as long as it is the same, so is what is worked out from the frame."""
        tables = [self.entities[kind] for kind in ("touchpoint", "placement", "stage", "step", "journey")]
        return (*tables, self.settings.criteria, self.figures, self.count_cards("pain_point"))

    @cached_property
    def _touchpoints(self) -> pd.DataFrame:
        return self.remembered("touchpoints", self.touchpoints_key, lambda: frames.touchpoints_frame(self))

    @cached_property
    def actions_key(self) -> tuple[Any, ...]:
        """What the frame of actions depends on, as `touchpoints_key`."""
        from analysis.project.priorities import cut_of, weights_of
        from analysis.project.rankings import ranking_of

        return self.entities["action"], self.touchpoints_key, weights_of(self), cut_of(self), ranking_of(self)

    @cached_property
    def _actions(self) -> pd.DataFrame:
        from analysis.project.plan import actions_frame

        return self.remembered("actions", self.actions_key, lambda: actions_frame(self))

    @property
    def touchpoints(self) -> pd.DataFrame:
        """One row a touchpoint (DESIGN §4); see :func:`analysis.project.frames.touchpoints_frame`."""
        return self._touchpoints.copy(deep=False)

    @property
    def stages(self) -> pd.DataFrame:
        return frames.stages_frame(self)

    @property
    def steps(self) -> pd.DataFrame:
        return frames.steps_frame(self)

    @property
    def journeys(self) -> pd.DataFrame:
        return frames.journeys_frame(self)

    @property
    def cards(self) -> pd.DataFrame:
        return frames.cards_frame(self)

    @property
    def scores(self) -> pd.DataFrame:
        return frames.scores_frame(self)

    @property
    def evidence(self) -> pd.DataFrame:
        """One row an answer (DESIGN §4)."""
        return self._evidence.copy(deep=False)

    @property
    def actions(self) -> pd.DataFrame:
        """The action plan in its order."""
        return self._actions.copy(deep=False)

    @property
    def personas(self) -> pd.DataFrame:
        return frames.personas_frame(self)

    def emotions(self, journey: str | None = None) -> pd.DataFrame:
        """The emotion curve of a journey as it is drawn, with provenance; see :func:`analysis.project.frames.emotions_frame`."""
        return frames.emotions_frame(self, journey or self.first_journey)

    def plan_import(self, tables: Any, **options: Any) -> ImportPlan:
        """What importing these tables would change; nothing is changed yet. See :mod:`analysis.project.importing`."""
        from analysis.project.importing import plan_import

        return plan_import(self.whole, tables, **options)


def _ordered(table: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return sorted(table.items(), key=lambda item: (item[1].order, item[0]))
