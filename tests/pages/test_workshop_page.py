"""The facilitator's screens, in process."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from analysis import Project, Store
from analysis.project import edits
from analysis.project.database import default_url
from analysis.workshop import Rooms
from analysis.workshop import reach as network
from analysis.workshop.agenda import propose
from analysis.workshop.ballots import Ballots
from analysis.workshop.people import People
from analysis.workshop.simulation import simulated
from launcher import _parser
from pages.live import door, reach
from tests.conftest import ROOT


class Desk:
    """The page over a project with a workshop in it."""

    def __init__(self) -> None:
        self.store = Store(default_url())
        project = Project.new("Optique Lambert", language="en", stages=["Before", "After"])
        first = project.stages_of(project.first_journey)[0][0]
        project = project.apply(edits.add_touchpoints(project, project.first_journey, first, ["Window", "Website"]))
        self.project = self.store.create(project, author="x")
        self.rooms = Rooms(self.store.engine)

    def prepared(self) -> str:
        agenda = propose(self.store.load(self.project), language="en")
        return self.rooms.create(self.project, "Tuesday", author="x", rounds=agenda, language="en").id

    def page(self, **query: str) -> Any:
        from streamlit.testing.v1 import AppTest

        app = AppTest.from_file(str(ROOT / "pages" / "_router.py"), default_timeout=90)
        for name, value in {"lang": "en", "project": self.project, **query}.items():
            app.query_params[name] = value
        app = app.run()
        found = app.switch_page("workshop.py").run()
        assert not found.exception
        return found


@pytest.fixture
def desk(home: Path) -> Desk:
    return Desk()


def button(app: Any, label: str) -> Any:
    return next(found for found in app.button if found.label == label)


def labels(app: Any) -> list[str]:
    return [found.label for found in app.button]


def test_a_newcomer_is_told_what_a_workshop_is_and_prepares_one_with_one_click(desk: Desk) -> None:
    app = desk.page()
    assert "A room votes from its phones" in app.info[0].value
    button(app, "Prepare a workshop").click().run()
    assert not app.exception
    (made,) = desk.rooms.of_project(desk.project)
    assert made.title == "Workshop"
    assert [round.kind for round in desk.rooms.rounds(made.id)] == ["emotion", "emotion", "text", "impact_effort", "dots", "text"]
    assert "Open the room" in labels(app)


def test_opening_the_room_leads_to_the_board_and_its_first_round(desk: Desk) -> None:
    app = desk.page(workshop=desk.prepared(), view="prepare")
    button(app, "Open the room").click().run()
    assert not app.exception
    assert any(label.startswith("Next: Does your phone work?") for label in labels(app))
    (made,) = desk.rooms.of_project(desk.project)
    assert len(made.code) == 6


def test_a_round_is_opened_paused_given_a_minute_closed_and_revealed(desk: Desk) -> None:
    workshop = desk.prepared()
    desk.rooms.open(workshop)
    trial, emotion, *_ = desk.rooms.rounds(workshop)
    desk.rooms.reveal(desk.rooms.start(trial.id).id)
    app = desk.page(workshop=workshop, view="run")
    for label, state in (("Next: How does the customer feel at this stage?", "open"), ("Pause", "open"), ("Resume", "open")):
        button(app, label).click().run()
        assert desk.rooms.round(emotion.id).state == state
    before = desk.rooms.round(emotion.id).ends or 0
    button(app, "+1 minute").click().run()
    assert (desk.rooms.round(emotion.id).ends or 0) - before == pytest.approx(60)
    button(app, "Close the vote").click().run()
    assert desk.rooms.round(emotion.id).state == "closed"
    button(app, "Reveal").click().run()
    assert desk.rooms.round(emotion.id).state == "revealed"


def test_results_are_shown_as_what_they_would_change_and_taken_in_with_one_click(desk: Desk) -> None:
    workshop = desk.prepared()
    desk.rooms.open(workshop)
    emotion = desk.rooms.start(desk.rooms.rounds(workshop)[1].id)
    people = People(desk.store.engine).add_simulated(workshop, 8)
    Ballots(desk.store.engine).cast(simulated(emotion, people, random.Random(2)))
    desk.rooms.reveal(emotion.id)
    app = desk.page(workshop=workshop, view="run")
    table = app.dataframe[0].value
    assert table["Of"].tolist() == ["Before", "After"]
    assert table["Now"].tolist() == ["–", "–"]
    button(app, "Take in 2 changes").click().run()
    assert not app.exception
    assert desk.store.load(desk.project).emotions()["provenance"].tolist() == ["voted", "voted"]
    assert desk.rooms.round(emotion.id).accepted
    assert any("These results are in the project" in message.value for message in app.success)


def test_a_dry_run_is_a_copy_with_simulated_people_that_cannot_change_the_project(desk: Desk) -> None:
    workshop = desk.prepared()
    app = desk.page(workshop=workshop, view="prepare")
    button(app, "Dry run").click().run()
    assert not app.exception
    copy = next(found for found in desk.rooms.of_project(desk.project) if found.dry_run)
    people = People(desk.store.engine).all(copy.id)
    assert len(people) == 12
    assert desk.rooms.get(workshop).state == "draft"
    emotion = desk.rooms.start(desk.rooms.rounds(copy.id)[1].id)
    Ballots(desk.store.engine).cast(simulated(emotion, people, random.Random(2)))
    desk.rooms.reveal(emotion.id)
    app = desk.page(workshop=copy.id, view="run")
    assert any("A dry run cannot change the project." in caption.value for caption in app.caption)
    assert not any(label.startswith("Take in") for label in labels(app))


def test_backstage_types_a_vote_for_somebody_without_a_phone(desk: Desk) -> None:
    workshop = desk.prepared()
    desk.rooms.open(workshop)
    emotion = desk.rooms.start(desk.rooms.rounds(workshop)[1].id)
    People(desk.store.engine).add_in_room(workshop, "Front row", "customer")
    app = desk.page(workshop=workshop, view="backstage")
    assert "do not put this window on the projector" in app.warning[0].value
    next(field for field in app.number_input if field.label.startswith("Before")).set_value(2)
    button(app, "Keep this vote").click().run()
    assert not app.exception
    assert People(desk.store.engine).turnout(desk.rooms.round(emotion.id)).voted == 1


def test_the_minutes_page_lists_what_was_held_and_hides_what_was_not_revealed(desk: Desk) -> None:
    workshop = desk.prepared()
    desk.rooms.open(workshop)
    emotion = desk.rooms.start(desk.rooms.rounds(workshop)[1].id)
    desk.rooms.close(emotion.id)
    app = desk.page(workshop=workshop, view="after")
    assert any("This round was not revealed" in text.value for text in app.markdown)
    assert "Reveal" in labels(app)


def test_a_workshop_of_another_project_is_not_shown(desk: Desk) -> None:
    other = desk.store.create(Project.new("Other", language="en"), author="x")
    foreign = desk.rooms.create(other, "Secret", author="x").id
    app = desk.page(workshop=foreign, view="run")
    assert "Secret" not in [title.value for title in app.title]


# Where phones find the server


def test_on_this_computer_only_the_page_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reach, "shared", lambda: False)
    assert not reach.reachable()


def test_shared_the_code_leads_to_this_computers_address_on_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door.st, "get_option", {"server.address": "0.0.0.0", "server.port": 8501}.get)
    monkeypatch.setattr(reach, "lan_address", lambda: "192.168.1.20")
    assert reach.reachable()
    assert reach.origin() == "http://192.168.1.20:8501"
    assert reach.qr(reach.origin()).startswith("data:image/svg+xml")


@pytest.mark.parametrize(
    ("bound", "shared"), [("127.0.0.1", False), ("localhost", False), ("0.0.0.0", True), ("192.168.1.20", True), ("", True)]
)
def test_the_door_is_shut_whenever_the_server_listens_beyond_this_computer(
    monkeypatch: pytest.MonkeyPatch, bound: str, shared: bool
) -> None:
    monkeypatch.setattr(door.st, "get_option", lambda name: bound)
    assert door.shared() is shared


def test_start_py_prints_the_address_and_its_qr_code(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(network, "lan_address", lambda: "192.168.1.20")
    network.main("8501")
    address, *code = capsys.readouterr().out.splitlines()
    assert address == "http://192.168.1.20:8501"
    assert len([line for line in code if "█" in line]) > 10


def test_without_a_network_start_py_is_told_no_address(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(network, "lan_address", lambda: "")
    network.main("8501")
    assert capsys.readouterr().out == ""


def test_share_is_an_option_of_start_py_and_sharing_is_never_the_default() -> None:
    assert _parser().parse_args(["--share"]).share is True
    assert _parser().parse_args([]).share is False
