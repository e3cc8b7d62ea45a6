"""Running a workshop: the room and its code, the timer, the agenda, people, texts, a second round."""

from __future__ import annotations

import random

import pytest

from analysis.workshop import Item, Refused
from analysis.workshop.agenda import make_round, propose
from analysis.workshop.attempts import PER_CODE, Attempts
from analysis.workshop.codes import ALPHABET, new_code, normalised
from analysis.workshop.password import Password
from analysis.workshop.rooms import CODE_LASTS
from analysis.workshop.simulation import simulated
from tests.workshop.conftest import Clock, Room, code_of


def refused(action, *arguments, **values) -> str:  # type: ignore[no-untyped-def]
    with pytest.raises(Refused) as refusal:
        action(*arguments, **values)
    return refusal.value.code


# The room and its code


def test_a_code_has_six_letters_none_of_which_looks_like_another_and_spells_no_word() -> None:
    codes = {new_code() for _ in range(300)}
    assert len(codes) == 300
    assert all(len(code) == 6 and set(code) <= set(ALPHABET) for code in codes)
    assert not set(ALPHABET) & set("O0QD1IL2Z5S8BUVAEY") - {"V"}


def test_a_code_is_understood_however_it_is_typed() -> None:
    assert normalised(" h7k-mrt ") == "H7KMRT"
    assert normalised("H7K MRT") == "H7KMRT"
    assert normalised("H7KMR") == ""
    assert normalised("<script>") == ""


def test_a_code_is_good_for_twelve_hours_and_no_longer_once_the_workshop_is_over(room: Room, clock: Clock) -> None:
    room.open()
    code = room.workshop.code
    assert room.rooms.by_code(code.lower()).id == room.workshop.id
    clock.now += CODE_LASTS + 1
    assert refused(room.rooms.by_code, code) == "no_room"
    fresh = room.rooms.open(room.workshop.id)
    assert fresh.code != code
    room.rooms.end(room.workshop.id)
    assert refused(room.rooms.by_code, fresh.code) == "no_room"


def test_a_locked_room_lets_nobody_else_in_but_those_who_are_in_stay(room: Room) -> None:
    round, person = room.open(), room.join()
    room.rooms.lock(room.workshop.id)
    assert refused(room.join) == "locked"
    assert room.people.join(room.workshop.id, person.token).id == person.id
    assert room.vote(round, person, 0, 1.0) is None


def test_somebody_who_is_sent_out_no_longer_votes_nor_counts_in_the_open_round(room: Room) -> None:
    first = room.open()
    joker = room.join()
    room.vote(first, joker, 0, -2.0)
    room.rooms.reveal(first.id)
    second = room.open(room.emotion())
    room.vote(second, joker, 0, -2.0)
    room.vote(second, room.join(), 0, 2.0)
    room.people.remove(room.workshop.id, joker.id)
    assert code_of(room.vote(second, joker, 0, -2.0)) == "removed"
    assert refused(room.people.join, room.workshop.id, joker.token) == "removed"
    assert room.mean(second) == 2.0
    assert room.results.of(first.id).items[0].first.mean == -2.0  # a closed round stays as it is


def test_ending_closes_the_open_round_and_deletes_nothing(room: Room) -> None:
    round = room.open()
    room.vote(round, room.join(), 0, 1.0)
    room.rooms.end(room.workshop.id)
    assert room.rooms.round(round.id).state == "closed"
    assert room.mean(round) == 1.0


def test_a_workshop_without_rounds_does_not_open(room: Room) -> None:
    empty = room.rooms.create(room.project_id, "Empty", author="anne")
    assert refused(room.rooms.open, empty.id) == "no_rounds"


def test_another_browser_can_help_or_take_over(room: Room) -> None:
    assert room.rooms.facilitate(room.workshop.id, "ben").facilitators == ("anne", "ben")
    assert room.rooms.facilitate(room.workshop.id, "ben", lead=True).facilitators == ("ben", "anne")


# The timer


def left(room: Room) -> dict[str, object]:
    return room.views.snapshot(room.workshop.id).left(room.clock.now)


def test_the_timer_pauses_goes_on_and_takes_a_minute_more(room: Room, clock: Clock) -> None:
    round = room.open(room.emotion(seconds=120))
    clock.now += 30
    assert left(room) == {"left": 90.0, "paused": False}
    room.rooms.pause(round.id)
    clock.now += 600
    assert left(room) == {"left": 90.0, "paused": True}
    room.rooms.resume(round.id)
    clock.now += 10
    room.rooms.add_time(round.id)
    assert left(room) == {"left": 140.0, "paused": False}


def test_at_zero_the_round_stays_open_until_the_facilitator_closes_it(room: Room, clock: Clock) -> None:
    round = room.open(room.emotion(seconds=60))
    clock.now += 300
    assert left(room) == {"left": 0.0, "paused": False}
    assert room.vote(round, room.join(), 0, 1.0) is None
    room.rooms.add_time(round.id)
    assert left(room) == {"left": 60.0, "paused": False}


def test_a_phone_is_told_a_span_so_its_own_clock_does_not_matter(room: Room, clock: Clock) -> None:
    room.open(room.emotion(seconds=60))
    pulse = room.views.snapshot(room.workshop.id).pulse
    assert not any(isinstance(value, float) and value > 1e9 for value in pulse.values())


# The agenda


def test_the_agenda_is_made_from_the_project(room: Room) -> None:
    agenda = propose(room.project, language="en")
    assert [round.kind for round in agenda] == ["emotion", "emotion", "text", "impact_effort", "dots", "text"]
    assert agenda[0].trial
    assert [item.label for item in agenda[1].items][:2] == ["Awareness", "Consideration"]
    assert [(item.label, item.group) for item in agenda[3].items][:1] == [("Window", "Awareness")]


def test_rounds_are_put_in_order_and_one_round_is_open_at_a_time(room: Room) -> None:
    first = room.open()
    second, third = (room.rooms.add(room.workshop.id, room.emotion(question=text)) for text in ("B", "C"))
    room.rooms.arrange(room.workshop.id, [third.id, first.id, second.id])
    assert [round.id for round in room.rooms.rounds(room.workshop.id)] == [third.id, first.id, second.id]
    assert refused(room.rooms.start, second.id) == "busy"
    assert refused(room.rooms.drop, first.id) == "started"
    room.rooms.drop(second.id)
    assert len(room.rooms.rounds(room.workshop.id)) == 2


def test_a_second_round_stands_right_after_the_first_and_asks_only_what_divides(room: Room) -> None:
    first = room.open()
    room.rooms.add(room.workshop.id, room.emotion(question="Later"))
    for value in (-2.0, -2.0, 2.0, 2.0):
        person = room.join()
        room.vote(first, person, 0, value)
        room.vote(first, person, 1, 1.0)
    result = room.reveal(first)
    divided = [item.item.id for item in result.divided if item.band == "must"]
    assert divided == [first.items[0].id]
    again = room.rooms.again(first.id, divided)
    assert [round.id for round in room.rooms.rounds(room.workshop.id)][:2] == [first.id, again.id]
    again = room.rooms.start(again.id)
    for value in (1.0, 1.0, 1.5):
        room.vote(again, room.join(), 0, value)
    (item,) = room.reveal(again).items
    assert item.before is not None
    assert (item.before.mean, item.before.n) == (0.0, 4)
    assert item.first.mean == pytest.approx(3.5 / 3)
    assert room.results.of(first.id).items[0].first.mean == 0.0  # the first is kept


# Texts


def test_texts_are_hidden_and_merged_before_they_are_shown(room: Room) -> None:
    round = room.open(room.texts())
    for text in ("Queue", "Long queue", "Idiots"):
        room.write(round, room.join(), text)
    room.rooms.close(round.id)
    by_text = {text.text: text.id for text in room.moderation.texts(round.id)}
    room.moderation.hide(round.id, [by_text["Idiots"]])
    room.moderation.merge(round.id, [by_text["Long queue"], by_text["Queue"]])
    shown = room.reveal(round).texts
    assert [(text.text, text.count) for text in shown] == [("Long queue", 2)]
    room.moderation.split(round.id, [by_text["Queue"]])
    room.moderation.hide(round.id, [by_text["Idiots"]], hidden=False)
    assert {text.text for text in room.results.of(round.id).texts} == {"Queue", "Long queue", "Idiots"}


def test_a_text_merged_while_the_round_is_open_stays_merged_once_it_is_closed(room: Room) -> None:
    round = room.open(room.texts())
    for text in ("Queue", "Long queue"):
        room.write(round, room.join(), text)
    first, second = room.moderation.texts(round.id)
    room.moderation.merge(round.id, [first.id, second.id])
    assert [text.count for text in room.reveal(round).texts] == [2]


# People without a phone, dry runs


def test_a_vote_typed_for_somebody_without_a_phone_is_marked_as_typed(room: Room) -> None:
    round = room.open()
    person = room.people.add_in_room(room.workshop.id, "Front row", "customer")
    raw = {"round": round.id, "item": round.items[0].id, "count": 1, "value": 1.0}
    from analysis.workshop.answers import answer_from

    assert room.ballots.cast([answer_from(raw, workshop=room.workshop.id, token=person.token, typed=True)]) == [None]
    room.rooms.reveal(round.id)
    from analysis.workshop.minutes import Secretary

    assert Secretary(room.store.engine).votes(room.workshop.id)["typed"].tolist() == [True]


def test_simulated_people_answer_every_kind_of_round(room: Room) -> None:
    room.workshop = room.rooms.open(room.workshop.id)
    people = room.people.add_simulated(room.workshop.id, 12)
    own = make_round("question", question="Lunch?", choices=("Yes", "No"))
    for made in (room.emotion(), room.impact_effort(), room.dots(), room.texts(), make_round("importance", [Item("x", "X")]), own):
        round = room.rooms.start(room.rooms.add(room.workshop.id, made).id)
        answers = simulated(round, people, random.Random(1), language="en")
        assert [code_of(outcome) for outcome in room.ballots.cast(answers)] == [""] * len(answers)
        assert room.reveal(round).turnout.voted == 12


# The door and its guesses


def test_guessing_is_stopped_after_twenty_wrong_codes_a_minute_from_one_address() -> None:
    clock = Clock()
    attempts = Attempts(clock)
    for _ in range(20):
        assert attempts.allowed("10.0.0.9")
        attempts.wrong("10.0.0.9")
    assert not attempts.allowed("10.0.0.9")
    assert attempts.allowed("10.0.0.8")
    clock.now += 61
    assert attempts.allowed("10.0.0.9")


def test_guessing_from_many_addresses_is_stopped_as_well() -> None:
    attempts = Attempts(Clock())
    for n in range(120):
        attempts.wrong(f"10.0.{n}.1")
    assert not attempts.allowed("10.9.9.9")


def test_a_room_that_shares_an_address_is_never_locked_out_by_one_of_them() -> None:
    attempts = Attempts(Clock())
    attempts.trust("10.0.0.1")
    for _ in range(500):
        attempts.wrong("10.0.0.1")
    assert attempts.allowed("10.0.0.1")
    assert attempts.delay("10.0.0.1") == 2.0  # but guessing from there is slow


def test_a_code_takes_a_whole_room_in_a_minute_and_then_no_more() -> None:
    attempts = Attempts(Clock())
    assert all(attempts.join("w") for _ in range(PER_CODE))
    assert not attempts.join("w")
    assert attempts.join("another")


def test_the_password_is_kept_as_argon2_and_its_sessions_end(room: Room, clock: Clock) -> None:
    password = Password(room.store.engine, clock)
    assert not password.exists()
    assert refused(password.choose, "short") == "password_short"
    password.choose("correct horse")
    assert password.check("correct horse")
    assert not password.check("correct horse ")
    assert (password._get("password") or "").startswith("$argon2id$")
    session = password.session()
    assert password.valid(session)
    assert not password.valid(session[:-1] + ("0" if session[-1] != "0" else "1"))
    assert not password.valid("")
    later = password.session()
    clock.now += 15 * 3600
    assert not password.valid(later)
    clock.now -= 15 * 3600
    password.choose("another horse")
    assert not password.valid(session)
