"""A project, a room and its people: what every test of a workshop begins with."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from analysis import Project, Store
from analysis.project import edits
from analysis.workshop import Item, Participant, Refused, Rooms, Round, Workshop
from analysis.workshop.agenda import make_round, stages_of, touchpoints_of
from analysis.workshop.answers import Answer, answer_from
from analysis.workshop.ballots import Ballots
from analysis.workshop.codes import hashed, new_token
from analysis.workshop.moderation import Moderation
from analysis.workshop.people import People
from analysis.workshop.results import Result, Results
from analysis.workshop.views import Views


class Clock:
    """A clock that stands still until told."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


class Room:
    """A workshop with everything around it, and short words for what tests do with it."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.store, self.clock = store, clock
        self.rooms, self.people = Rooms(store.engine, clock), People(store.engine, clock)
        self.ballots, self.views = Ballots(store.engine, clock), Views(store.engine, clock)
        self.results, self.moderation = Results(store.engine, clock), Moderation(store.engine, clock)
        self.counts = itertools.count(1)
        self.project_id = store.create(optician(), author="anne")
        self.workshop: Workshop = self.rooms.create(self.project_id, "Tuesday", author="anne", rounds=[self.emotion()], language="en")

    @property
    def project(self) -> Project:
        return self.store.load(self.project_id)

    @property
    def stages(self) -> list[Item]:
        return stages_of(self.project)

    def emotion(self, **values: Any) -> Round:
        return make_round("emotion", self.stages[:2], language="en", **values)

    def impact_effort(self, **values: Any) -> Round:
        return make_round("impact_effort", touchpoints_of(self.project)[:2], language="en", **values)

    def dots(self, **values: Any) -> Round:
        return make_round("dots", touchpoints_of(self.project), language="en", **values)

    def texts(self, **values: Any) -> Round:
        return make_round("text", self.stages, language="en", **values)

    def open(self, round: Round | None = None) -> Round:
        """A room that is open, with this round (or the first) open in it."""
        self.workshop = self.rooms.open(self.workshop.id)
        chosen = self.rooms.add(self.workshop.id, round) if round else self.rooms.rounds(self.workshop.id)[0]
        return self.rooms.start(chosen.id)

    def join(self, side: str = "customer", author: str = "") -> Participant:
        return self.people.join(self.workshop.id, hashed(new_token()), side=side, author=author)

    def answer(self, round: Round, person: Participant, item: str = "", **values: Any) -> Answer:
        raw = {"round": round.id, "item": item, "count": values.pop("count", None) or next(self.counts), **values}
        return answer_from(raw, workshop=self.workshop.id, token=person.token)

    def vote(self, round: Round, person: Participant, item: str | int = 0, value: Any = None, **values: Any) -> Refused | None:
        """Cast one answer; ``item`` is a place among the round's items, or an id."""
        chosen = round.items[item].id if isinstance(item, int) and round.items else str(item or "")
        given = {"value": value} if value is not None else {}
        return self.ballots.cast([self.answer(round, person, chosen, **given, **values)])[0]

    def write(self, round: Round, person: Participant, text: str, item: str = "", **values: Any) -> Refused | None:
        given = {"text": text, "id": values.pop("id", new_token()[:10]), **values}
        return self.ballots.cast([self.answer(round, person, item, **given)])[0]

    def reveal(self, round: Round) -> Result:
        self.rooms.reveal(round.id)
        return self.results.of(round.id)

    def mean(self, round: Round, item: int = 0) -> float | None:
        return self.reveal(round).items[item].first.mean


def optician() -> Project:
    """A small shop: six stages, three touchpoints."""
    project = Project.new("Optique Lambert", language="en")
    first, second = [id for id, _ in project.stages_of(project.first_journey)[:2]]
    project = project.apply(edits.add_touchpoints(project, project.first_journey, first, ["Window", "Website"]))
    return project.apply(edits.add_touchpoints(project, project.first_journey, second, ["Eye test"]))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(f"sqlite:///{(tmp_path / 'parcours.sqlite').as_posix()}")
    yield opened
    opened.engine.dispose()


@pytest.fixture
def room(store: Store, clock: Clock) -> Room:
    return Room(store, clock)


def code_of(refusal: Refused | None) -> str:
    """The code of a refusal; ``""`` for a vote that was kept."""
    return refusal.code if refusal else ""
