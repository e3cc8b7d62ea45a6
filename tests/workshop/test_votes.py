"""Votes that are sent twice, late, out of bounds, or by two tabs of one phone."""

from __future__ import annotations

from typing import Any

import pytest

from analysis.workshop import Refused
from analysis.workshop.answers import answer_from, clean
from analysis.workshop.model import MOST_TEXTS
from tests.workshop.conftest import Room, code_of


def test_a_vote_that_is_sent_twice_counts_once(room: Room) -> None:
    round, person = room.open(), room.join()
    answer = room.answer(round, person, round.items[0].id, value=2.0)
    assert room.ballots.cast([answer, answer]) == [None, None]
    assert room.ballots.cast([answer]) == [None]
    assert room.reveal(round).items[0].first.n == 1


def test_an_older_vote_that_arrives_late_does_not_undo_a_newer_one(room: Room) -> None:
    round, person = room.open(), room.join()
    room.vote(round, person, 0, 2.0, count=7)
    assert room.vote(round, person, 0, -2.0, count=6) is None  # the phone may forget it
    assert room.mean(round) == 2.0


def test_an_older_vote_does_not_come_back_after_it_was_taken_back(room: Room) -> None:
    round, person = room.open(), room.join()
    room.vote(round, person, 0, 2.0, count=5)
    room.vote(round, person, 0, gone=True, count=6)
    room.vote(round, person, 0, 2.0, count=5)
    assert room.reveal(round).items[0].first.n == 0


def test_two_tabs_of_one_phone_are_one_voter(room: Room) -> None:
    round, person = room.open(), room.join()
    first = room.answer(round, person, round.items[0].id, value=1.0, count=3)
    second = room.answer(round, person, round.items[0].id, value=-1.0, count=4)
    room.ballots.cast([second, first])  # the tabs overtake each other
    assert room.people.turnout(room.rooms.round(round.id)).voted == 1
    assert room.mean(round) == -1.0


def test_joining_twice_from_one_phone_is_joining_once(room: Room) -> None:
    room.open()
    people = [room.people.join(room.workshop.id, "a" * 64, side="staff") for _ in range(2)]
    assert people[0].id == people[1].id
    assert len(room.people.all(room.workshop.id)) == 1


def test_a_text_that_is_sent_twice_is_kept_once_and_can_be_reworded(room: Room) -> None:
    round, person = room.open(room.texts()), room.join()
    room.write(round, person, "Long queus", id="t1")
    room.write(round, person, "Long queues", id="t1")
    assert [text.text for text in room.reveal(round).texts] == ["Long queues"]


def test_a_person_writes_so_many_texts_and_no_more(room: Room) -> None:
    round, person = room.open(room.texts()), room.join()
    outcomes = [code_of(room.write(round, person, f"Text {n}")) for n in range(MOST_TEXTS + 1)]
    assert outcomes == [""] * MOST_TEXTS + ["too_many"]


def test_a_latecomer_can_join_an_open_round(room: Room) -> None:
    round = room.open()
    room.vote(round, room.join(), 0, 1.0)
    assert room.vote(round, room.join(), 0, 2.0) is None


@pytest.mark.parametrize("value", [2.5, -3.0, 0.25, 1e308])
def test_a_value_that_the_scale_does_not_have_is_refused(room: Room, value: float) -> None:
    round = room.open()
    assert code_of(room.vote(round, room.join(), 0, value)) == "outside"


@pytest.mark.parametrize(
    "raw",
    [
        {"value": float("nan")},
        {"value": float("inf")},
        {"value": "2"},
        {"value": True},
        {"value": [2]},
        {"round": None},
        {"round": "r" * 41},
        {"round": "../etc"},
        {"count": 0},
        {"count": -1},
        {"count": 2**31},
        {"count": True},
        {"count": "1"},
        {"item": 5},
        {"skip": "yes"},
        {"text": 7},
        {"id": "<b>"},
    ],
)
def test_a_request_that_makes_no_sense_is_refused_before_it_reaches_anything(raw: dict[str, Any]) -> None:
    good = {"round": "r_1", "item": "s_1", "count": 1, "value": 1.0}
    with pytest.raises(Refused):
        answer_from(good | raw, workshop="w", token="t")


@pytest.mark.parametrize("raw", [None, [], "vote", 3])
def test_a_request_is_an_object(raw: Any) -> None:
    with pytest.raises(Refused):
        answer_from(raw, workshop="w", token="t")


def test_impact_without_effort_is_not_an_answer(room: Room) -> None:
    round = room.open(room.impact_effort())
    assert code_of(room.vote(round, room.join(), 0, 4.0)) == "bad_request"
    assert room.vote(round, room.join(), 0, 4.0, second=8.0) is None


def test_a_text_is_not_an_answer_to_a_scale_nor_a_number_to_a_text(room: Room) -> None:
    round = room.open()
    assert code_of(room.write(round, room.join(), "hello", round.items[0].id)) == "bad_request"
    room.rooms.close(round.id)
    words = room.open(room.texts())
    assert code_of(room.vote(words, room.join(), 0, 1.0)) == "bad_request"


def test_a_text_loses_what_is_not_text_and_is_bounded() -> None:
    assert clean("  two\u202e  words\x00\r\n\r\n here ") == "two words\nhere"
    with pytest.raises(Refused):
        clean("x" * 281)


def test_an_empty_text_is_refused(room: Room) -> None:
    round = room.open(room.texts())
    assert code_of(room.write(round, room.join(), "  ")) == "empty"


def test_nothing_can_be_voted_before_a_round_opens_or_in_a_round_that_is_gone(room: Room) -> None:
    room.workshop = room.rooms.open(room.workshop.id)
    round, person = room.rooms.rounds(room.workshop.id)[0], room.join()
    assert code_of(room.vote(round, person, 0, 1.0)) == "not_open"
    room.rooms.drop(round.id)
    assert code_of(room.vote(round, person, 0, 1.0)) == "no_round"


def test_a_round_for_customers_does_not_take_the_teams_votes(room: Room) -> None:
    round = room.open(room.emotion(who="customer"))
    assert code_of(room.vote(round, room.join("staff"), 0, 1.0)) == "other_side"
    assert room.vote(round, room.join("customer"), 0, 1.0) is None
    assert room.people.turnout(room.rooms.round(round.id)).of == 1


def test_a_vote_of_a_hundred_is_one_transaction(room: Room) -> None:
    round = room.open()
    people = [room.join() for _ in range(100)]
    before = room.rooms.get(room.workshop.id).revision
    answers = [room.answer(round, person, round.items[0].id, value=1.0) for person in people]
    assert room.ballots.cast(answers) == [None] * 100
    assert room.rooms.get(room.workshop.id).revision == before + 1
    assert room.people.turnout(room.rooms.round(round.id)).voted == 100


def test_one_bad_vote_does_not_spoil_those_it_travels_with(room: Room) -> None:
    round, anne, ben = room.open(), room.join(), room.join()
    good, bad = room.answer(round, anne, round.items[0].id, value=1.0), room.answer(round, ben, "nothing", value=1.0)
    assert [code_of(outcome) for outcome in room.ballots.cast([bad, good])] == ["unknown_item", ""]
