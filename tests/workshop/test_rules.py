"""The rules that must hold in a workshop, each as somebody in the room would say it."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa

from analysis.workshop import Refused, tables
from analysis.workshop.acceptance import acceptance
from analysis.workshop.closing import WHOLE
from analysis.workshop.minutes import Secretary, as_csv, results_table
from analysis.workshop.minutes_page import minutes_page, votes_workbook
from analysis.workshop.results import Result
from tests.workshop.conftest import Room, code_of

# 1. Nothing of the answers leaves before the reveal


def everything_said(room: Room) -> str:
    """All that the projected board, a stranger's phone and exports say of a room."""
    snapshot = room.views.snapshot(room.workshop.id)
    stranger = room.views.seat(room.workshop.id, None)
    secretary = Secretary(room.store.engine)
    minutes = secretary.minutes(room.workshop.id)
    votes = secretary.votes(room.workshop.id)
    texts = [as_csv(votes, "en").decode(), as_csv(results_table(minutes), "en").decode(), minutes_page(minutes, "en").decode()]
    copy = room.store.save_copy(room.project_id).decode("latin-1")
    return json.dumps([snapshot.pulse, snapshot.board, stranger]) + "".join(texts) + copy


@pytest.mark.parametrize("closed", [False, True], ids=["open", "closed"])
def test_before_the_reveal_nobody_is_told_a_total_a_distribution_or_somebody_elses_text(room: Room, closed: bool) -> None:
    round = room.open(room.texts())
    for text in ("We queue for ages", "Prices are hidden"):
        room.write(round, room.join(), text)
    watcher = room.people.join(room.workshop.id, "f" * 64, side="customer")
    if closed:
        room.rooms.close(round.id)
    snapshot = room.views.snapshot(room.workshop.id)
    assert "results" not in snapshot.pulse
    assert snapshot.board["results"] is None
    assert "queue" not in json.dumps(room.views.seat(room.workshop.id, watcher))
    assert "queue" not in everything_said(room)
    assert "Prices" not in everything_said(room)
    with pytest.raises(Refused) as refusal:
        room.results.of(round.id)
    assert refusal.value.code == "hidden"


def test_figures_stay_in_until_the_reveal_and_come_out_with_it(room: Room) -> None:
    round = room.open()
    for value in (-2.0, 1.5, 1.5):
        room.vote(round, room.join(), 0, value)
    assert room.views.snapshot(room.workshop.id).board["results"] is None
    room.rooms.reveal(round.id)
    shown = room.views.snapshot(room.workshop.id)
    first = next(item for item in shown.board["results"]["items"] if item["id"] == round.items[0].id)
    assert first["first"] == {"n": 3, "bins": [1, 0, 0, 0, 0, 0, 0, 2, 0], "mean": 0.33, "median": 1.5}
    assert shown.pulse["results"] == shown.board["results"]


def test_a_round_that_the_facilitator_set_to_live_shows_itself_while_open(room: Room) -> None:
    round = room.open(room.emotion(show="live"))
    for value in (1.0, 2.0):
        room.vote(round, room.join(), 0, value)
    assert room.views.snapshot(room.workshop.id).pulse["results"]["items"][0]["n"] == 2


def test_a_round_for_the_screen_only_is_not_sent_to_phones_even_once_revealed(room: Room) -> None:
    round = room.open(room.emotion(show="screen"))
    for value in (1.0, 2.0):
        room.vote(round, room.join(), 0, value)
    room.rooms.reveal(round.id)
    snapshot = room.views.snapshot(room.workshop.id)
    assert "results" not in snapshot.pulse
    assert snapshot.board["results"]["items"][0]["n"] == 2


def test_what_people_were_told_of_a_round_does_not_change_under_their_votes(room: Room) -> None:
    round = room.open()
    for change in ({"show": "live"}, {"anonymous": False}, {"who": "staff"}):
        with pytest.raises(Refused) as refusal:
            room.rooms.edit(round.id, **change)
        assert refusal.value.code == "started"


def test_the_facilitators_own_window_reads_texts_early_and_never_says_whose_they_are(room: Room) -> None:
    round = room.open(room.texts())
    person = room.join()
    room.write(round, person, "We queue for ages")
    (seen,) = room.moderation.texts(round.id)
    assert seen.text == "We queue for ages"
    assert person.id not in repr(seen)
    assert not hasattr(seen, "voter")


def test_an_export_leaves_out_rounds_that_were_not_revealed(room: Room) -> None:
    round = room.open()
    for value in (-2.0, 1.5):
        room.vote(round, room.join(), 0, value)
    room.rooms.close(round.id)
    secretary = Secretary(room.store.engine)
    assert secretary.votes(room.workshop.id).empty
    minutes = secretary.minutes(room.workshop.id)
    assert results_table(minutes).empty
    assert [sealed.id for sealed in minutes.sealed] == [round.id]
    assert votes_workbook(minutes, secretary.votes(room.workshop.id), "en")[:2] == b"PK"
    sealed = Result(room.rooms.round(round.id), minutes.turnouts[round.id])
    with pytest.raises(Refused) as refusal:
        acceptance(room.project, sealed, author="anne")
    assert refusal.value.code == "not_revealed"


# 2. Only how many have voted is public


def test_everybody_is_told_how_many_have_voted_and_nothing_else(room: Room) -> None:
    round = room.open()
    people = [room.join() for _ in range(4)]
    for person in people[:3]:
        room.vote(round, person, 0, 1.0)
    pulse = room.views.snapshot(room.workshop.id).pulse
    assert (pulse["voted"], pulse["of"]) == (3, 4)
    assert set(pulse) == {"key", "state", "voted", "of"}


# 3. Nobody can change or remove another's vote


def test_a_vote_can_be_changed_by_who_made_it_until_the_round_closes(room: Room) -> None:
    round, person = room.open(), room.join()
    room.vote(round, person, 0, -2.0)
    room.vote(round, person, 0, 1.0)
    room.rooms.close(round.id)
    assert code_of(room.vote(round, person, 0, 2.0)) == "closed"
    assert room.mean(round) == 1.0


def test_two_people_never_touch_each_others_votes(room: Room) -> None:
    round, anne, ben = room.open(), room.join(), room.join()
    room.vote(round, anne, 0, 2.0)
    room.vote(round, ben, 0, -1.0)
    room.vote(round, ben, 0, gone=True)
    assert room.mean(round) == 2.0


def test_somebody_elses_text_cannot_be_overwritten_or_taken_back_by_knowing_its_id(room: Room) -> None:
    round, anne, ben = room.open(room.texts()), room.join(), room.join()
    room.write(round, anne, "Mine", id="text-1")
    assert code_of(room.write(round, ben, "Not yours any more", id="text-1")) == "bad_request"
    assert code_of(room.write(round, ben, "", id="text-1", gone=True)) == "bad_request"
    assert [text.text for text in room.reveal(round).texts] == ["Mine"]


def test_a_phone_without_a_place_in_the_room_cannot_vote(room: Room) -> None:
    round, person = room.open(), room.join()
    stranger = type(person)(**{name: getattr(person, name) for name in person.__slots__} | {"token": "0" * 64})
    assert code_of(room.vote(round, stranger, 0, 1.0)) == "not_joined"


def test_the_budget_of_dots_is_kept_by_the_server(room: Room) -> None:
    round, person = room.open(room.dots(budget=3)), room.join()
    assert room.vote(round, person, 0, 2) is None
    assert code_of(room.vote(round, person, 1, 2)) == "over_budget"
    assert room.vote(round, person, 1, 1) is None
    assert [item.total for item in room.reveal(round).items] == [2, 1, 0]


def test_a_budget_cannot_be_outrun_by_sending_everything_at_once(room: Room) -> None:
    round, person = room.open(room.dots(budget=3)), room.join()
    answers = [room.answer(round, person, item.id, value=2) for item in round.items]
    assert [code_of(outcome) for outcome in room.ballots.cast(answers)] == ["", "over_budget", "over_budget"]


def test_each_round_has_a_budget_of_its_own(room: Room) -> None:
    first, person = room.open(room.dots(budget=1)), room.join()
    room.vote(first, person, 0, 1)
    room.rooms.reveal(first.id)
    second = room.open(room.dots(budget=1))
    assert room.vote(second, person, 0, 1) is None


# 4. Changing a budget or an item never wipes votes


def test_lowering_the_budget_keeps_the_dots_that_are_placed_and_only_lets_them_go_down(room: Room) -> None:
    round, person = room.open(room.dots(budget=5)), room.join()
    room.vote(round, person, 0, 4)
    round = room.rooms.edit(round.id, budget=2)
    assert code_of(room.vote(round, person, 1, 1)) == "over_budget"
    assert room.vote(round, person, 0, 3) is None
    assert room.reveal(round).items[0].total == 3


def test_an_item_that_is_taken_away_and_put_back_still_has_its_votes(room: Room) -> None:
    round = room.open()
    room.vote(round, room.join(), 1, 2.0)
    fewer = room.rooms.edit(round.id, items=round.items[:1])
    assert code_of(room.vote(fewer, room.join(), round.items[1].id, 1.0)) == "unknown_item"
    room.rooms.edit(round.id, items=round.items)
    assert room.mean(round, 1) == 2.0


def test_rewording_a_question_keeps_its_votes(room: Room) -> None:
    round = room.open()
    room.vote(round, room.join(), 0, 2.0)
    assert room.rooms.edit(round.id, question="How do you feel here?").question == "How do you feel here?"
    assert room.mean(round) == 2.0


# 5. The facilitator is not counted unless voting


def test_the_facilitators_own_phone_page_is_not_counted_and_cannot_vote(room: Room) -> None:
    round = room.open()
    facilitator, guest = room.join(author="anne"), room.join(author="ben")
    assert code_of(room.vote(round, facilitator, 0, 2.0)) == "facilitator"
    room.vote(round, guest, 0, 1.0)
    turnout = room.people.turnout(room.rooms.round(round.id))
    assert (turnout.voted, turnout.of) == (1, 1)


def test_a_facilitator_who_says_so_votes_like_anybody(room: Room) -> None:
    round = room.open()
    room.rooms.change(room.workshop.id, facilitator_votes=True)
    assert room.vote(round, room.join(author="anne"), 0, 2.0) is None
    assert room.people.turnout(room.rooms.round(round.id)).of == 1


# 6. Skips are counted apart


def test_dont_know_is_an_answer_that_is_counted_apart_and_never_a_zero(room: Room) -> None:
    round = room.open()
    room.vote(round, room.join(), 0, 2.0)
    room.vote(round, room.join(), 0, skip=True)
    item = room.reveal(round).items[0]
    assert (item.first.n, item.first.mean, item.skips) == (1, 2.0, 1)


def test_no_dot_at_all_is_counted_as_such_and_a_dot_takes_it_back(room: Room) -> None:
    round, anne, ben = room.open(room.dots()), room.join(), room.join()
    room.vote(round, anne, WHOLE, skip=True)
    room.vote(round, ben, WHOLE, skip=True)
    room.vote(round, ben, 0, 1)
    result = room.reveal(round)
    assert (result.skips, result.items[0].total, result.turnout.voted) == (1, 1, 2)


# 8. Anonymous


def raw_votes(room: Room) -> list[dict]:
    with room.store.engine.connect() as connection:
        return [dict(row) for row in connection.execute(sa.select(tables.votes)).mappings()]


def test_an_anonymous_vote_hangs_on_a_hash_while_open_and_on_nothing_once_closed(room: Room) -> None:
    round, person = room.open(), room.join()
    room.vote(round, person, 0, 2.0)
    room.vote(round, person, 1, -1.0)
    held = {row["voter"] for row in raw_votes(room)}
    assert len(held) == 1
    assert not held & {person.id, person.token}
    room.rooms.close(round.id)
    loose = {row["voter"] for row in raw_votes(room)}
    assert len(loose) == 2  # not even the two answers of one person hang together
    assert not loose & held
    assert room.rooms.round(round.id).salt == ""


def test_the_file_itself_no_longer_holds_the_key_of_a_closed_round(room: Room, tmp_path: Path) -> None:
    round = room.open()
    room.vote(round, room.join(), 0, 2.0)
    (row,) = raw_votes(room)
    salt = room.rooms.round(round.id).salt
    room.rooms.close(round.id)
    content = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    assert row["voter"].encode() not in content
    assert salt.encode() not in content


def test_votes_keep_neither_time_nor_order(room: Room, tmp_path: Path) -> None:
    round = room.open(room.emotion(anonymous=False))
    for name, value in (("Zoe", 1.0), ("Adam", 2.0), ("Mia", -1.0)):
        person = room.people.name(room.join(), name)
        assert room.vote(round, person, 0, value) is None
    room.rooms.close(round.id)
    assert not {"at", "time", "created", "date"} & set(tables.votes.c.keys())
    assert {row["count"] for row in raw_votes(room)} == {0}
    with sqlite3.connect(tmp_path / "parcours.sqlite") as connection, pytest.raises(sqlite3.OperationalError):
        connection.execute("select rowid from workshop_vote")  # no row number, so no order of arrival


def test_votes_never_enter_the_projects_log(room: Room) -> None:
    before = len(room.store.history(room.project_id))
    round = room.open()
    people = [room.join() for _ in range(3)]
    for person in people:
        room.vote(round, person, 0, 1.5)
    result = room.reveal(round)
    assert len(room.store.history(room.project_id)) == before
    made = acceptance(room.project, result, author="anne")
    room.store.apply(room.project_id, made.commands, author="anne")
    log = json.dumps([repr(command) for command in made.commands])
    assert not any(row["voter"] in log for row in raw_votes(room))
    assert not any(person.id in log or person.token in log for person in people)
    assert len(room.store.history(room.project_id)) == before + 1


def test_an_anonymous_round_stays_anonymous_in_every_export(room: Room) -> None:
    round = room.open()
    for name in ("Zoe", "Adam"):
        room.vote(round, room.people.name(room.join(), name), 0, 1.0)
    room.rooms.reveal(round.id)
    votes = Secretary(room.store.engine).votes(room.workshop.id)
    assert votes["name"].isna().all()
    assert b"Zoe" not in as_csv(votes, "en")


def test_a_round_with_names_asks_for_one_and_tells_them_in_its_export_only(room: Room) -> None:
    round, person = room.open(room.emotion(anonymous=False)), room.join()
    assert code_of(room.vote(round, person, 0, 1.0)) == "needs_name"
    room.vote(round, room.people.name(person, "Zoe"), 0, 1.0)
    room.rooms.reveal(round.id)
    assert Secretary(room.store.engine).votes(room.workshop.id)["name"].tolist() == ["Zoe"]
    assert "Zoe" not in json.dumps(room.views.snapshot(room.workshop.id).board)


def test_a_single_vote_is_never_put_on_the_screen(room: Room) -> None:
    round = room.open()
    room.vote(round, room.join(), 0, 2.0)
    room.rooms.reveal(round.id)
    shown = room.views.snapshot(room.workshop.id).board["results"]["items"]
    first = next(item for item in shown if item["id"] == round.items[0].id)
    assert first["first"] == {"n": 1, "few": True}


# 10. Two workshops at once


def test_two_workshops_at_once_do_not_see_each_other(room: Room, store, clock) -> None:  # type: ignore[no-untyped-def]
    other = Room(store, clock)
    ours, theirs = room.open(), other.open()
    assert room.workshop.code != other.workshop.code
    person = room.join()
    stray = room.answer(theirs, person, theirs.items[0].id, value=2.0)  # our phone, their round
    assert code_of(room.ballots.cast([stray])[0]) == "no_round"
    forged = other.answer(theirs, person, theirs.items[0].id, value=2.0)  # our phone, their room
    assert code_of(room.ballots.cast([forged])[0]) == "not_joined"
    room.vote(ours, person, 0, 1.0)
    assert other.views.snapshot(other.workshop.id).pulse["voted"] == 0
    assert other.people.all(other.workshop.id) == []
    before = other.rooms.get(other.workshop.id).revision
    room.vote(ours, person, 0, 2.0)
    assert other.rooms.get(other.workshop.id).revision == before
