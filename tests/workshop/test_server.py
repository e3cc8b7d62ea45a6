"""A room on the air: a real server, spoken to as phones and intruders would."""

from __future__ import annotations

import json
import re
import sqlite3
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from analysis import Project, Store
from analysis.charts.palette import FACES
from analysis.project import edits
from analysis.workshop import Item, Rooms, Round, Workshop
from analysis.workshop.agenda import make_round
from analysis.workshop.model import LONGEST_TEXT
from analysis.workshop.people import People
from analysis.workshop.results import Results
from tests.conftest import serving
from tests.workshop.phones import Listener, Phone


@dataclass
class Stage:
    """A server and its database."""

    address: str
    store: Store
    file: Path

    def __post_init__(self) -> None:
        self.rooms = Rooms(self.store.engine)
        self.project = self.store.create(Project.new("Shop", language="en"), author="anne")

    def room(self, *rounds: Round, **values: Any) -> tuple[Workshop, list[Round]]:
        """An open room whose first round is open."""
        agenda = rounds or (emotion(),)
        made = self.rooms.create(self.project, "Tuesday", author="anne", rounds=agenda, language="en", **values)
        opened = self.rooms.open(made.id)
        found = self.rooms.rounds(made.id)
        self.rooms.start(found[0].id)
        return opened, found


def emotion(**values: Any) -> Round:
    return make_round("emotion", [Item("s1", "Purchase"), Item("s2", "Return")], language="en", **values)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("stage")
    file = folder / "home" / "parcours.sqlite"
    with serving(folder) as address:
        store = Store(f"sqlite:///{file.as_posix()}")
        yield Stage(address, store, file)
        store.engine.dispose()


# Coming in


def test_a_phone_joins_votes_and_finds_its_votes_again_after_a_reload(stage: Stage) -> None:
    room, (round,) = stage.room()
    phone = Phone(stage.address, room.code).join()
    assert phone.vote(round.id, "s1", 1.5, count=3) == 200
    again = Phone(stage.address, room.code)
    again.cookie = phone.cookie
    assert again.state()["mine"] == {"s1": {"count": 3, "value": 1.5}}
    assert again.join().state()["me"]["side"] == "customer"


def test_a_phones_secret_is_never_readable_by_scripts_and_stays_in_its_room(stage: Stage) -> None:
    room, _ = stage.room()
    phone = Phone(stage.address, room.code)
    phone.ask("GET", "")
    cookie = phone.cookie_line
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert f"Path=/p/{room.code}" in cookie


def test_the_code_is_understood_in_small_letters_and_typed_at_the_entrance(stage: Stage) -> None:
    room, _ = stage.room()
    phone = Phone(stage.address, room.code.lower())
    assert phone.ask("GET", "")[0] == 302
    assert phone.answered["location"] == f"/p/{room.code}"
    assert phone.ask("GET", f"//p?code={room.code[:3]}+{room.code[3:].lower()}")[0] == 303
    assert phone.answered["location"] == f"/p/{room.code}"


def test_everybody_hears_how_many_have_voted_and_the_board_hears_the_results(stage: Stage) -> None:
    room, (round,) = stage.room()
    phones = [Phone(stage.address, room.code).join() for _ in range(3)]
    pulse = Listener(stage.address, f"/p/{room.code}/events", phones[0].cookie)
    board = Listener(stage.address, f"/live/{room.id}/board")
    pulse.wait(lambda heard: (heard["voted"], heard["of"]) == (0, 3))
    for phone in phones[:2]:
        phone.vote(round.id, "s1", -1.0)
    pulse.wait(lambda heard: heard["voted"] == 2)
    assert not any("results" in heard for heard in pulse.heard)
    assert not any(heard["results"] for heard in board.heard)
    stage.rooms.reveal(round.id)
    shown = board.wait(lambda heard: heard["results"])
    assert next(item for item in shown["results"]["items"] if item["id"] == "s1")["n"] == 2
    assert pulse.wait(lambda heard: "results" in heard)["results"] == shown["results"]
    pulse.close()
    board.close()


def test_whoever_is_sent_out_hears_no_more(stage: Stage) -> None:
    room, (round,) = stage.room()
    phone = Phone(stage.address, room.code).join()
    stream = Listener(stage.address, f"/p/{room.code}/events", phone.cookie)
    stream.wait(lambda heard: heard["of"] == 1)
    people = People(stage.store.engine)
    people.remove(room.id, people.all(room.id)[0].id)
    assert stream.ended()
    assert phone.vote(round.id, "s1", 1.0) == 403
    assert Listener(stage.address, f"/p/{room.code}/events", phone.cookie).status == 401


# Rule 9: what requests may not do


def test_without_having_joined_nothing_of_the_room_is_told(stage: Stage) -> None:
    room, (round,) = stage.room()
    stranger = Phone(stage.address, room.code)
    stranger.ask("GET", "")
    assert stranger.state()["round"] is None
    assert stranger.vote(round.id, "s1", 1.0) == 403 or stranger.vote(round.id, "s1", 1.0) == 401
    assert Listener(stage.address, f"/p/{room.code}/events", stranger.cookie).status == 401


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{" * 3000, "application/json", 400),
        (b"x" * 5000, "application/json", 413),
        (b"[" * 4000, "application/json", 400),
        (b'"vote"', "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b'{"round":"r","item":"s1","count":1,"value":NaN}', "application/json", 400),
        (b'{"round":"r","item":"s1","count":1,"value":1}', "text/plain", 400),
        (b"round=r&item=s1", "application/x-www-form-urlencoded", 400),
    ],
)
def test_a_request_that_is_not_a_vote_is_refused_whatever_it_is(stage: Stage, body: bytes, kind: str, status: int) -> None:
    room, _ = stage.room()
    phone = Phone(stage.address, room.code).join()
    assert phone.ask("POST", "/vote", body, **{"content-type": kind})[0] == status


def test_a_text_that_looks_like_a_page_stays_a_text(stage: Stage) -> None:
    room, (round,) = stage.room(make_round("text", [Item("s1", "Purchase")], language="en"))
    phone = Phone(stage.address, room.code).join()
    text = "<img src=x onerror=alert(1)>"
    assert phone.ask("POST", "/vote", {"round": round.id, "item": "s1", "count": 1, "id": "t", "text": text})[0] == 200
    assert phone.ask("POST", "/vote", {"round": round.id, "item": "s1", "count": 2, "id": "u", "text": "x" * (LONGEST_TEXT + 1)})[0] == 413
    assert phone.state()["texts"][0]["text"] == text
    assert phone.answered["content-type"] == "application/json"


def test_the_page_loads_nothing_from_elsewhere_and_runs_no_script_but_its_own(stage: Stage) -> None:
    room, _ = stage.room()
    phone = Phone(stage.address, room.code)
    _, page = phone.ask("GET", "")
    assert "script-src 'self';" in phone.answered["content-security-policy"]
    assert "default-src 'none'" in phone.answered["content-security-policy"]
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", page)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_whole_phone_page_is_under_30_kb(stage: Stage, language: str) -> None:
    room, _ = stage.room()
    phone = Phone(stage.address, room.code, **{"accept-language": language})
    _, page = phone.ask("GET", "")
    assert f'<html lang="{language}">' in page
    files = re.findall(r'(?:src|href)="(/p/[^"]+)"', page)
    sizes = [len(page.encode())]
    for file in files:
        phone.code = file.removeprefix("/p/")
        sizes.append(len(phone.ask("GET", "")[1].encode()))
        assert "immutable" in phone.answered["cache-control"]
    assert len(files) == 2
    assert sum(sizes) < 30_000


def test_phones_show_the_names_and_faces_that_the_project_gave_its_emotions(stage: Stage) -> None:
    room, _ = stage.room()
    _, plain = Phone(stage.address, room.code).ask("GET", "")
    assert "Very happy" in plain
    project = stage.store.load(stage.project)
    own = edits.set_view(project, levels=["Furious", "", "", "", "Over the <moon>"], faces=["", "", "", "", "sun"])
    stage.store.apply(stage.project, own, author="anne")
    _, page = Phone(stage.address, room.code, **{"accept-language": "en"}).ask("GET", "")
    stage.store.undo(stage.project, author="anne")
    told = json.loads(re.findall(r'<script[^>]*id="data"[^>]*>(.*?)</script>', page, re.DOTALL)[0])["words"]
    assert (told["e-2"], told["e-1"], told["e2"]) == ("Furious", "Uneasy", "Over the <moon>")
    assert FACES["sun"][1] in told["f2"]
    assert "f1" not in told
    assert "<moon>" not in page


def test_a_phone_that_sends_without_end_is_slowed_down_and_nobody_else_is(stage: Stage) -> None:
    room, (round,) = stage.room()
    wild, calm = Phone(stage.address, room.code).join(), Phone(stage.address, room.code).join()
    outcomes = [wild.vote(round.id, "s1", 1.0, count=count) for count in range(1, 60)]
    assert outcomes[:30] == [200] * 30
    assert 429 in outcomes
    assert calm.vote(round.id, "s1", 1.0) == 200


# Faults


def test_a_locked_database_makes_votes_wait_and_loses_none(stage: Stage) -> None:
    room, (round,) = stage.room()
    phones = [Phone(stage.address, room.code).join() for _ in range(5)]
    other = sqlite3.connect(stage.file, isolation_level=None)
    other.execute("begin immediate")
    outcomes: list[int] = []
    threads = [threading.Thread(target=lambda phone=phone: outcomes.append(phone.vote(round.id, "s1", 1.0))) for phone in phones]
    for thread in threads:
        thread.start()
    time.sleep(1.5)
    assert outcomes == []  # nothing is said to be kept while it is not
    other.execute("rollback")
    other.close()
    for thread in threads:
        thread.join(20)
    assert outcomes == [200] * 5
    stage.rooms.reveal(round.id)
    assert Results(stage.store.engine).of(round.id).items[0].first.n == 5


def test_a_vote_that_arrives_after_closing_is_told_so(stage: Stage) -> None:
    room, (round,) = stage.room()
    phone = Phone(stage.address, room.code).join()
    stage.rooms.close(round.id)
    status, answer = phone.ask("POST", "/vote", {"round": round.id, "item": "s1", "value": 1.0, "count": 1})
    assert (status, answer) == (409, {"code": "closed", "message": "The round was closed before your vote arrived."})


def test_two_rooms_on_one_server_do_not_hear_each_other(stage: Stage) -> None:
    (ours, _), (theirs, (their_round,)) = stage.room(), stage.room()
    phone = Phone(stage.address, ours.code).join()
    assert phone.vote(their_round.id, "s1", 1.0) == 404
    board = Listener(stage.address, f"/live/{theirs.id}/board")
    board.wait(lambda heard: heard["people"] == 0)
    intruder = Phone(stage.address, theirs.code)
    intruder.cookie = phone.cookie
    assert intruder.state()["me"] is None
    board.close()


def test_a_wrong_code_is_answered_in_a_sentence_and_guessing_does_not_shut_the_room_out(stage: Stage) -> None:
    room, _ = stage.room()
    member = Phone(stage.address, room.code).join()
    guesser = Phone(stage.address, "XXXXXX")
    status, page = guesser.ask("GET", "")
    assert status == 404
    assert "No open workshop has this code" in page
    for _ in range(25):
        guesser.code = "YYYYYY"
        assert guesser.ask("GET", "/state")[0] in (404, 429)
    assert isinstance(member.state()["me"], dict)
    assert Phone(stage.address, room.code).join().state()["me"]["side"] == "customer"
