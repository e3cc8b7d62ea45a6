"""What a round says: agreement, sides, order; what is taken into the project; what the minutes tell."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pytest
from openpyxl import load_workbook

from analysis.project import edits
from analysis.workshop import Item
from analysis.workshop.acceptance import acceptance
from analysis.workshop.agenda import actions_of, cards_of, make_round
from analysis.workshop.disagreement import agreement, band, random_agreement
from analysis.workshop.minutes import Secretary, as_csv, results_table
from analysis.workshop.minutes_page import headed, minutes_page, votes_workbook
from tests.workshop.conftest import Room


def vote_all(room: Room, round, values, side: str = "customer", item: int = 0) -> None:  # type: ignore[no-untyped-def]
    for value in values:
        person = room.join(side)
        given = value if isinstance(value, tuple) else (value,)
        more = {"second": given[1]} if len(given) > 1 else {}
        assert room.vote(round, person, item, given[0], **more) is None


# Agreement


def test_agreement_is_one_minus_the_spread_over_half_the_scale() -> None:
    assert agreement([2, 2, 2], -2, 2) == 100
    assert agreement([-2, -2, 2, 2], -2, 2) == 0
    assert agreement([1, 5, 9], 1, 9) == pytest.approx(100 * (1 - 3.265986 / 4), abs=1e-3)


def test_two_votes_have_no_agreement() -> None:
    assert agreement([-2, 2], -2, 2) is None
    assert band(None, -2, 2, 0.5) is None


def test_bands_are_told_by_the_distance_from_a_room_that_votes_at_random() -> None:
    chance = random_agreement(1, 10, 1)
    assert chance == pytest.approx(36.17, abs=0.01)
    assert band(chance, 1, 10, 1) == "must"
    assert band(chance + 0.1, 1, 10, 1) == "discuss"
    assert band(chance + 20, 1, 10, 1) == "discuss"
    assert band(chance + 20.1, 1, 10, 1) == "fine"


def test_the_most_divided_item_comes_first(room: Room) -> None:
    round = room.open()
    vote_all(room, round, [1.0, 1.0, 1.0, 1.5], item=0)
    vote_all(room, round, [-2.0, -2.0, 2.0, 2.0], item=1)
    result = room.reveal(round)
    assert [item.item.id for item in result.divided] == [round.items[1].id, round.items[0].id]
    assert [item.band for item in result.divided] == ["must", "fine"]


def test_median_mean_n_and_distribution_of_an_item(room: Room) -> None:
    round = room.open()
    vote_all(room, round, [-2.0, 0.0, 0.5, 1.5])
    figures = room.reveal(round).items[0].first
    assert (figures.n, figures.mean, figures.median) == (4, 0.0, 0.25)
    assert figures.bins == (1, 0, 0, 0, 1, 1, 0, 1, 0)
    assert figures.sd == pytest.approx(1.4720, abs=1e-4)


def test_dots_are_counted_and_the_item_with_most_comes_first(room: Room) -> None:
    round = room.open(room.dots(budget=3))
    anne, ben = room.join(), room.join()
    room.vote(round, anne, 2, 3)
    room.vote(round, ben, 0, 1)
    room.vote(round, ben, 2, 2)
    result = room.reveal(round)
    assert [(item.item.label, item.total) for item in result.divided] == [("Eye test", 5), ("Window", 1), ("Website", 0)]


def test_a_question_among_choices_counts_each_and_has_no_mean(room: Room) -> None:
    round = room.open(make_round("question", question="Next step?", choices=("Test", "Buy", "Stop")))
    for choice in (0, 2, 2):
        room.vote(round, room.join(), 0, choice)
    figures = room.reveal(round).items[0].first
    assert (figures.bins, figures.mean, figures.agreement) == ((1, 0, 2), None, None)


def test_team_and_customers_are_kept_apart(room: Room) -> None:
    round = room.open()
    vote_all(room, round, [2.0, 1.0], "staff")
    vote_all(room, round, [-1.0, -2.0], "customer")
    sides = room.reveal(round).items[0].sides
    assert {side: figures.mean for side, figures in sides.items()} == {"staff": 1.5, "customer": -1.5}


# Into the project


def take_in(room: Room, round, **values):  # type: ignore[no-untyped-def]
    made = acceptance(room.project, room.reveal(round), author="anne", **values)
    room.store.apply(room.project_id, made.commands, author="anne", label="Take in the votes: {round}")
    return made


def test_voted_emotions_go_onto_the_map_as_voted_with_n_and_spread(room: Room) -> None:
    round = room.open()
    vote_all(room, round, [-2.0, -1.0, -1.5])
    made = take_in(room, round)
    (change,) = made.changes.to_dict("records")
    assert (change["what"], change["target"], change["criterion"]) == ("score", "Awareness", "emotion")
    assert (change["after"], change["n"], change["sd"]) == (-1.5, 3, 0.5)
    curve = room.project.emotions()
    assert curve["value"].iloc[0] == -1.5
    assert (curve["provenance"].iloc[0], curve["n"].iloc[0]) == ("voted", 3)
    assert pd.isna(curve["value"].iloc[1])  # nobody voted there: missing stays missing


def test_one_undo_takes_a_whole_round_out_again(room: Room) -> None:
    round = room.open(room.impact_effort())
    for item in (0, 1):
        vote_all(room, round, [(8, 3), (9, 2)], item=item)
    before = room.project.entities
    take_in(room, round)
    assert room.project.touchpoints["impact"].iloc[0] == 8.5
    room.store.undo(room.project_id, author="anne")
    after = room.project.entities
    assert {kind: dict(table) for kind, table in after.items() if table} == {k: dict(t) for k, t in before.items() if t}


def test_impact_and_effort_place_a_touchpoint_on_the_matrix(room: Room) -> None:
    round = room.open(room.impact_effort())
    vote_all(room, round, [(8, 3), (10, 1), (9, 2)])
    made = take_in(room, round)
    assert list(made.changes["criterion"]) == ["impact", "effort"]
    window = room.project.touchpoints.iloc[0]
    assert (window["impact"], window["effort"]) == (9, 2)
    figure = room.project.figures[window["id"], "impact"]
    assert (figure.provenance, figure.n, figure.sd) == ("voted", 3, 1.0)


def test_a_value_set_by_hand_stays_in_front_and_the_table_says_so(room: Room) -> None:
    stage = room.stages[0].id
    room.store.apply(room.project_id, edits.set_score(stage, "emotion", 2.0, author="anne"), author="anne")
    round = room.open()
    vote_all(room, round, [-1.0, -1.0])
    made = take_in(room, round)
    assert made.changes[["before", "after", "override", "provenance"]].values.tolist() == [[2.0, -1.0, True, "assumed"]]
    curve = room.project.emotions().iloc[0]
    assert (curve["value"], curve["measured"]) == (2.0, -1.0)


def test_the_customers_votes_draw_the_map_and_both_sides_are_kept_for_the_gap(room: Room) -> None:
    touchpoints = [item for item in room.dots().items if item.label == "Window"]
    round = room.open(make_round("importance", touchpoints, language="en"))
    vote_all(room, round, [9, 9, 10], "staff")
    vote_all(room, round, [4, 5, 3], "customer")
    made = take_in(room, round)
    assert made.changes["after"].tolist() == [4.0]
    evidence = room.project.evidence
    assert set(evidence["source"]) == {"vote"}
    assert evidence.groupby("side")["value"].mean().to_dict() == {"customer": 4.0, "staff": pytest.approx(28 / 3)}
    from analysis import perception_gap

    gap = perception_gap(evidence).iloc[0]
    assert (gap["touchpoint"], gap["n_staff"], gap["n_customer"]) == ("Window", 3, 3)
    assert gap["gap"] == pytest.approx(4 - 28 / 3)


def test_the_answers_that_are_kept_say_neither_who_nor_when(room: Room) -> None:
    round = room.open()
    vote_all(room, round, [2.0, -1.0, 0.5])
    take_in(room, round)
    evidence = room.project.evidence
    assert evidence["respondent"].isna().all()
    assert evidence["date"].isna().all()
    assert evidence["value"].tolist() == [-1.0, 0.5, 2.0]


def test_voted_answers_do_not_count_as_measured_ones(room: Room) -> None:
    round = room.open()
    vote_all(room, round, [1.0, 1.0])
    take_in(room, round)
    assert room.project.measured == {}
    assert room.project.figures[round.items[0].id, "emotion"].layer == "vote"


def test_a_second_round_replaces_the_answers_to_what_it_asked_again_and_leaves_the_rest(room: Room) -> None:
    first = room.open()
    vote_all(room, first, [-2.0, 2.0], item=0)
    vote_all(room, first, [1.0], item=1)
    take_in(room, first)
    again = room.rooms.start(room.rooms.again(first.id, [first.items[0].id]).id)
    vote_all(room, again, [0.5, 0.5])
    take_in(room, again)
    evidence = room.project.evidence
    assert sorted(zip(evidence["stage"], evidence["value"], strict=True)) == [
        ("Awareness", 0.5),
        ("Awareness", 0.5),
        ("Consideration", 1.0),
    ]
    assert room.project.emotions()["value"].tolist()[:2] == [0.5, 1.0]


def test_texts_become_cards_on_their_stage_and_say_how_many_they_speak_for(room: Room) -> None:
    round = room.open(room.texts())
    stage = room.stages[1].id
    for text in ("Queue", "Long queue"):
        room.write(round, room.join("staff"), text, stage)
    room.write(round, room.join(), "Rude tone", room.stages[0].id)
    texts = {text.text: text.id for text in room.moderation.texts(round.id)}
    room.moderation.merge(round.id, [texts["Long queue"], texts["Queue"]])
    take_in(room, round)
    cards = room.project.cards.sort_values("stage").to_dict("records")
    assert [(card["text"], card["stage"], card["lane"], card["side"]) for card in cards] == [
        ("Rude tone", "Awareness", "pain_point", "customer"),
        ("Long queue", "Consideration", "pain_point", "staff"),
    ]
    assert cards[1]["count"] == 2


def test_ideas_become_opportunities(room: Room) -> None:
    round = room.open(room.texts(card="opportunity"))
    room.write(round, room.join(), "Open at noon", room.stages[0].id)
    take_in(room, round)
    assert room.project.cards["lane"].tolist() == ["opportunity"]


def test_dots_on_actions_put_the_plan_in_their_order(room: Room) -> None:
    for title in ("Repaint", "Train", "Call back"):
        room.store.apply(room.project_id, edits.add_action(title), author="anne")
    actions = actions_of(room.project)
    round = room.open(make_round("dots", actions, language="en"))
    wanted = {item.label: item.id for item in actions}
    room.vote(round, room.join(), wanted["Train"], 3)
    room.vote(round, room.join(), wanted["Call back"], 1)
    take_in(room, round)
    assert room.project.actions["action"].tolist() == ["Train", "Call back", "Repaint"]


def test_dots_on_a_pain_point_make_an_action_that_answers_it(room: Room) -> None:
    project = room.project
    room.store.apply(
        room.project_id, edits.add_cards(project, project.first_journey, "pain_point", room.stages[0].id, ["Queue", "Noise"]), author="anne"
    )
    cards = cards_of(room.project)
    round = room.open(make_round("dots", cards, language="en"))
    room.vote(round, room.join(), 0, 2)
    made = take_in(room, round)
    assert made.changes["what"].tolist() == ["action"]
    (action,) = room.project.table("action").values()
    assert (action.title, action.cards, action.stage) == ("Queue", [cards[0].id], room.stages[0].id)


def test_what_is_left_out_stays_out(room: Room) -> None:
    round = room.open()
    vote_all(room, round, [1.0, 1.0], item=0)
    vote_all(room, round, [2.0, 2.0], item=1)
    made = take_in(room, round, leave_out=frozenset([round.items[0].id]))
    assert made.changes["target"].tolist() == ["Consideration"]
    assert room.project.evidence["stage"].unique().tolist() == ["Consideration"]


def test_an_item_that_somebody_has_removed_from_the_project_is_passed_over(room: Room) -> None:
    round = room.open()
    vote_all(room, round, [1.0, 1.0], item=0)
    vote_all(room, round, [2.0, 2.0], item=1)
    room.store.apply(room.project_id, edits.remove_stage(room.project, round.items[0].id), author="ben")
    assert take_in(room, round).changes["target"].tolist() == ["Consideration"]


def test_taking_in_twice_changes_nothing_and_what_was_undone_is_offered_again(room: Room) -> None:
    feelings = room.open()
    vote_all(room, feelings, [-2.0, -1.0, 1.0])
    assert len(take_in(room, feelings).changes) == 1
    assert acceptance(room.project, room.reveal(feelings), author="anne").changes.empty
    texts = room.open(room.texts())
    for words in ("Too long", "Nobody answers"):
        room.write(texts, room.join(), words, room.stages[0].id)
    assert sorted(take_in(room, texts).changes["text"]) == ["Nobody answers", "Too long"]
    assert acceptance(room.project, room.reveal(texts), author="anne").commands == []
    room.store.undo(room.project_id, author="anne")
    assert len(acceptance(room.project, room.reveal(texts), author="anne").changes) == 2


def test_a_try_out_brings_nothing(room: Room) -> None:
    round = room.open(make_round("emotion", [Item("answer", "")], trial=True))
    vote_all(room, round, [1.0, 2.0])
    assert acceptance(room.project, room.reveal(round), author="anne").commands == []


# Minutes


def test_minutes_tell_each_round_what_was_decided_and_who_gave_a_name(room: Room) -> None:
    round = room.open(room.emotion(anonymous=False))
    room.vote(round, room.people.name(room.join(), "Zoë"), 0, 1.0)
    room.vote(round, room.people.name(room.join(), "Ben <b>"), 0, 2.0)
    room.reveal(round)
    room.rooms.decide(round.id, "Ask again in spring")
    page = minutes_page(Secretary(room.store.engine).minutes(room.workshop.id), "fr").decode()
    for text in ("Ask again in spring", "Zoë", "Ben &lt;b&gt;", "+1,5", "2\u00a0personnes ont participé", "Ont voté"):
        assert text.replace("2\u00a0", "2 ") in page.replace("2\u00a0", "2 ")
    assert "<b>Décision</b>" in page


def test_the_votes_come_as_a_workbook_and_as_a_csv_that_opens_in_french(room: Room) -> None:
    round = room.open(room.impact_effort())
    vote_all(room, round, [(8, 3), (9, 2)])
    words = room.rooms.reveal(round.id) and room.open(room.texts())
    room.write(words, room.join(), "=1+1", room.stages[0].id)
    room.rooms.reveal(words.id)
    secretary = Secretary(room.store.engine)
    votes, minutes = secretary.votes(room.workshop.id), secretary.minutes(room.workshop.id)
    rows = list(csv.reader(io.StringIO(as_csv(headed(votes, "fr"), "fr").decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:4] == ["Tour", "Nature", "Question", "Élément"]
    assert [row[6:8] for row in rows[1:3]] == [["8", "3"], ["9", "2"]]
    assert rows[3][8] == "'=1+1"
    book = load_workbook(io.BytesIO(votes_workbook(minutes, votes, "en")))
    assert book.sheetnames == ["Results", "Votes"]
    assert book["Votes"].cell(4, 9).value == "=1+1"
    assert book["Votes"].cell(4, 9).data_type == "s"
    table = results_table(minutes)
    assert table[["scale", "mean", "n"]].values.tolist()[:2] == [["impact", 8.5, 2], ["effort", 2.5, 2]]
