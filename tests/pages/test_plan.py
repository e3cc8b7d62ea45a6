"""The action plan, as a person works on it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest

from analysis import Project, Store
from analysis.project import edits
from analysis.project.commands import Change
from pages.components.plan_board import CardMoved, UndoAsked
from pages.decide import board, planning, table
from pages.decide.grid import Shown, same
from tests.pages.boutique import QUOTE, SITE, boutique
from tests.pages.conftest import Visit, again, texts

YESTERDAY = (dt.datetime.now(dt.UTC).date() - dt.timedelta(days=2)).isoformat()


def planned() -> Project:
    """The boutique with three actions: the quick win, the big bet (late), one without a touchpoint."""
    project = boutique("en")
    return project.apply(
        [
            *edits.add_action("Shorten the quote", touchpoint=QUOTE, due_date=YESTERDAY, cost=4000.0, owner="Bachir"),
            *edits.add_action("Show the prices", touchpoint=SITE, status="in_progress", cost=1200.5, cards=["c_0"]),
            *edits.add_action("Thank the loyal ones", status="done"),
        ]
    )


def order(store: Store, app: Any) -> list[str]:
    return list(store.load(app.project_id).actions["action"])


def id_of(store: Store, app: Any, title: str) -> str:
    frame = store.load(app.project_id).actions
    return str(frame.loc[frame["action"] == title, "id"].iloc[0])


# What is seen


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("view", ["table", "board", "proposals"])
def test_every_view_of_the_plan_is_drawn_in_both_languages(visit: Visit, view: str, language: str) -> None:
    app = visit("plan", planned(), language, plan_view=view)
    assert [title.value for title in app.title] == [{"fr": "Plan d’action", "en": "Action plan"}[language]]


def test_an_empty_plan_says_what_to_do(visit: Visit) -> None:
    app = visit("plan", language="en")
    assert "The plan is still empty" in texts(app)
    assert app.text_input(key="new_action").placeholder == "What is to be done"


def test_the_plan_says_where_it_stands(visit: Visit) -> None:
    app = visit("plan", planned(), "en")
    assert {metric.label: metric.value for metric in app.metric} == {
        "To do": "1", "In progress": "1", "Done": "1", "Late": ":red[1]", "Total cost": "€5,200",
    }  # fmt: skip


def test_quick_wins_come_first_and_what_has_no_quadrant_last(visit: Visit, store: Store) -> None:
    app = visit("plan", planned(), "en")
    assert order(store, app) == ["Show the prices", "Shorten the quote", "Thank the loyal ones"]


# Working on it


def test_an_action_is_written_in_one_line(visit: Visit, store: Store) -> None:
    app = visit("plan", language="en")
    app.text_input(key="new_action").set_value("  Call back within a day ")
    next(button for button in app.button if button.label == "Add").click().run()
    assert order(store, app) == ["Call back within a day"]


def test_an_action_moves_up_and_the_order_is_marked_as_made_by_hand(visit: Visit, store: Store) -> None:
    app = visit("plan", planned(), "en")
    app.selectbox(key="opened_action").set_value(id_of(store, app, "Shorten the quote")).run()
    app.button(key="action_up").click().run()
    assert order(store, app) == ["Shorten the quote", "Show the prices", "Thank the loyal ones"]
    assert "Order made by hand" in texts(app)
    app.button(key="forget_order").click().run()
    assert order(store, app) == ["Show the prices", "Shorten the quote", "Thank the loyal ones"]


def test_the_first_action_cannot_move_further_up(visit: Visit, store: Store) -> None:
    app = visit("plan", planned(), "en")
    app.selectbox(key="opened_action").set_value(id_of(store, app, "Show the prices")).run()
    assert app.button(key="action_up").disabled
    assert not app.button(key="action_down").disabled


def test_a_removed_action_comes_back_with_undo(visit: Visit, store: Store) -> None:
    app = visit("plan", planned(), "en")
    app.selectbox(key="opened_action").set_value(id_of(store, app, "Show the prices")).run()
    app.button(key="action_remove").click().run()
    assert "Show the prices" not in order(store, app)
    again(app).button(key="undo").click().run()
    assert order(store, app)[0] == "Show the prices"


def test_a_field_of_the_details_is_kept_when_it_is_left(visit: Visit, store: Store) -> None:
    app = visit("plan", planned(), "fr")
    id = id_of(store, app, "Shorten the quote")
    app.selectbox(key="opened_action").set_value(id).run()
    app.text_input(key=f"action_{id}_cost").set_value("12 500,75 €").run()
    app.text_input(key=f"action_{id}_owner").set_value("Zoé").run()
    app.date_input(key=f"action_{id}_due_date").set_value(dt.date(2027, 3, 1)).run()
    action = store.load(app.project_id).table("action")[id]
    assert (action.cost, action.owner, action.due_date) == (12500.75, "Zoé", dt.date(2027, 3, 1))


def test_the_details_are_whole_where_the_action_names_an_indicator_that_has_no_figures_yet(visit: Visit, store: Store) -> None:
    app = visit("plan", planned(), "en")
    id = id_of(store, app, "Shorten the quote")
    store.apply(app.project_id, [Change("action", id, {"kpi": "Quotes that are signed"})], author="anne")
    app.selectbox(key="opened_action").set_value(id).run()
    assert not again(app).exception
    assert app.text_input(key=f"action_{id}_kpi").value == "Quotes that are signed"
    assert app.text_input(key=f"action_{id}_effect_low").value == ""


def test_what_is_not_a_number_is_refused_and_the_field_shows_the_truth(visit: Visit, store: Store) -> None:
    app = visit("plan", planned(), "en")
    id = id_of(store, app, "Shorten the quote")
    app.selectbox(key="opened_action").set_value(id).run()
    app.text_input(key=f"action_{id}_cost").set_value("a lot").run()
    assert "“a lot” is not a number." in texts(app)
    assert app.text_input(key=f"action_{id}_cost").value == "4,000"
    app.text_input(key=f"action_{id}_effort").set_value("12").run()
    assert "12 is outside the scale 1 to 10." in texts(app)


def test_a_year_that_nobody_plans_for_is_refused_in_the_users_language_and_any_other_is_kept(visit: Visit, store: Store) -> None:
    app = visit("plan", planned(), "fr")
    id = id_of(store, app, "Show the prices")
    app.selectbox(key="opened_action").set_value(id).run()
    field = app.date_input(key=f"action_{id}_due_date")
    assert (field.min, field.max) == (dt.date(1000, 1, 1), dt.date(2999, 12, 31))  # whatever is typed reaches us
    field.set_value(dt.date(2060, 3, 1)).run()
    assert store.load(app.project_id).table("action")[id].due_date == dt.date(2060, 3, 1)
    app.date_input(key=f"action_{id}_due_date").set_value(dt.date(2206, 3, 1)).run()
    assert "On ne planifie rien pour l’an 2206\u00a0: tapez une année de 1990 à 2100." in texts(app)
    assert store.load(app.project_id).table("action")[id].due_date == dt.date(2060, 3, 1)
    assert app.date_input(key=f"action_{id}_due_date").value == dt.date(2060, 3, 1)


def test_an_undo_is_seen_in_the_details(visit: Visit, store: Store) -> None:
    app = visit("plan", planned(), "en")
    id = id_of(store, app, "Shorten the quote")
    app.selectbox(key="opened_action").set_value(id).run()
    app.text_input(key=f"action_{id}_owner").set_value("Zoé").run()
    app.button(key="undo").click().run()
    assert app.text_input(key=f"action_{id}_owner").value == "Bachir"


def test_who_types_while_somebody_renames_keeps_the_details_open_and_every_link(visit: Visit, store: Store) -> None:
    app = visit("plan", planned(), "en")
    quote, prices = id_of(store, app, "Shorten the quote"), id_of(store, app, "Show the prices")
    app.selectbox(key="opened_action").set_value(quote).run()
    app.multiselect(key=f"action_{quote}_depends_on").set_value([prices]).run()
    place = store.load(app.project_id).table("action")[quote].touchpoint
    before = app._tree.get_widget_states()
    app.text_input(key=f"action_{quote}_owner").set_value("Zoé")
    said = app._tree.get_widget_states()  # by a browser that has not heard of the new names
    for kind, which, name in (("action", prices, "Prices at once"), ("action", quote, "Halve it"), ("touchpoint", place, "Quotation")):
        store.apply(app.project_id, edits.rename(kind, which, name), author="zoe")
    app._run(before)
    revision = store.revision(app.project_id)
    app._run(said)
    action = store.load(app.project_id).table("action")[quote]
    assert (action.title, action.owner, action.touchpoint, action.depends_on) == ("Halve it", "Zoé", place, [prices])
    assert app.selectbox(key="opened_action").value == quote
    assert store.revision(app.project_id) == revision + 1  # nothing but the owner was an edit


# What is proposed


def buttons(app: Any, label: str) -> list[Any]:
    return [button for button in app.button if button.label == label]


def test_an_accepted_proposal_is_in_the_plan_and_the_others_stay_on_the_screen(visit: Visit, store: Store) -> None:
    app = visit("plan", language="en")
    before = len(buttons(app, "Accept"))
    buttons(app, "Accept")[0].click().run()
    assert len(store.load(app.project_id).table("action")) == 1
    assert len(buttons(again(app), "Accept")) == before - 1
    assert app.get_by_key("plan_view").value == "proposals"


def test_a_proposal_can_be_accepted_and_edited_at_once(visit: Visit, store: Store) -> None:
    app = visit("plan", language="en")
    buttons(app, "Accept and edit")[0].click().run()
    (id,) = store.load(app.project_id).table("action")
    assert app.selectbox(key="opened_action").value == id


def test_a_dismissed_proposal_can_be_called_back(visit: Visit, store: Store) -> None:
    app = visit("plan", language="en")
    before = len(buttons(app, "Dismiss"))
    buttons(app, "Dismiss")[0].click().run()
    assert len(buttons(app, "Dismiss")) == before - 1
    app.button(key="proposals_back").click().run()
    assert len(buttons(app, "Dismiss")) == before
    assert store.load(app.project_id).actions.empty


def test_all_quick_wins_are_accepted_in_one_step(visit: Visit, store: Store) -> None:
    app = visit("plan", language="en")
    app.button(key="take_wins").click().run()
    assert set(store.load(app.project_id).actions["quadrant"]) == {"quick_win"}
    again(app).button(key="undo").click().run()
    assert store.load(app.project_id).actions.empty


# The table: AppTest cannot type into it, so what Streamlit hands over is given by hand


def shown() -> Shown:
    return Shown(1, ("a", "b"), pd.DataFrame({"title": ["One", "Two"], "cost": ["1 200", None]}), {})


def test_each_edit_of_the_table_is_handed_on_once() -> None:
    table = shown()
    assert list(table.fresh({0: {"title": "First"}})) == [("a", "title", "First")]
    assert list(table.fresh({0: {"title": "First"}})) == []
    assert list(table.fresh({0: {"title": "First"}, 1: {"cost": "300"}})) == [("b", "cost", "300")]
    assert list(table.fresh({0: {"title": "One again"}, 1: {"cost": "300"}})) == [("a", "title", "One again")]


def test_a_row_that_is_not_there_is_passed_over() -> None:
    assert list(shown().fresh({7: {"title": "Ghost"}})) == []


def test_the_editor_stays_while_it_shows_what_the_project_holds() -> None:
    table, held = shown(), pd.DataFrame({"title": ["First", "Two"], "cost": ["1 200", None]})
    list(table.fresh({0: {"title": "First"}}))
    assert table.stands(["a", "b"], held)


def test_the_editor_is_replaced_after_an_undo_a_new_order_or_a_refusal() -> None:
    table, undone = shown(), shown().frame
    list(table.fresh({0: {"title": "First"}}))
    assert not table.stands(["a", "b"], undone)
    assert not table.stands(["b", "a"], pd.DataFrame({"title": ["First", "Two"], "cost": ["1 200", None]}))


def test_a_missing_value_an_empty_text_and_a_day_are_compared_as_people_see_them() -> None:
    one = pd.DataFrame({"due": [pd.Timestamp("2026-11-21"), pd.NaT], "owner": [None, ""]})
    other = pd.DataFrame({"due": ["2026-11-21T00:00:00.000", None], "owner": ["", None]})
    assert same(one, other)


@pytest.fixture
def typing(store: Store, monkeypatch: pytest.MonkeyPatch) -> str:
    """Somebody at the French table: the id of its project."""
    id = store.create(planned(), author="anne")
    monkeypatch.setattr("pages.shell.workspace.store", lambda: store)
    monkeypatch.setattr("pages.shell.workspace.project_id", lambda: id)
    monkeypatch.setattr("pages.shell.session.author", lambda: "zoe")
    monkeypatch.setattr("pages.shell.session.language", lambda: "fr")
    return id


def test_a_paste_over_several_cells_is_one_step_to_undo(typing: str, store: Store) -> None:
    first, second, third = store.load(typing).actions["id"]
    table._typed([(first, "cost", "1,5 k"), (second, "status", "Terminé"), (third, "due_date", "2027-01-15T00:00:00.000")])
    actions = store.load(typing).table("action")
    assert (actions[first].cost, actions[second].status, actions[third].due_date) == (1500.0, "done", dt.date(2027, 1, 15))
    before = store.undo(typing, author="zoe").table("action")
    assert (before[first].cost, before[second].status, before[third].due_date) == (1200.5, "to_do", None)


def test_nothing_of_a_paste_is_kept_when_one_cell_is_refused(typing: str, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr("pages.shell.workspace.tell", lambda error: said.append(error.message("fr")))
    first, second, _ = store.load(typing).actions["id"]
    planning.keep([(first, "owner", "Zoé"), (second, "cost", "douze")])
    assert said == ["«\u00a0douze\u00a0» n’est pas un nombre."]
    assert store.load(typing).table("action")[first].owner == ""


# Details


def test_an_action_about_no_touchpoint_opens_too(visit: Visit, store: Store) -> None:
    app = visit("plan", planned(), "en")
    app.selectbox(key="opened_action").set_value(id_of(store, app, "Thank the loyal ones")).run()
    assert not app.exception


# The board


def test_a_card_of_the_board_says_whom_and_when_and_that_it_is_late(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []
    monkeypatch.setattr(board, "board", lambda model, **options: seen.append(model))
    visit("plan", planned(), "en", plan_view="board")
    card = next(card for card in seen[-1]["cards"] if card["facts"] == "Devis · Bachir · €4,000")
    assert card["late"]
    assert card["due"].startswith("late, due")
    assert [column["id"] for column in seen[-1]["columns"]] == ["proposed", "to_do", "in_progress", "done", "dropped"]


def test_a_card_moved_to_another_column_has_another_status_and_an_undo_takes_it_back(
    typing: str, store: Store
) -> None:
    first = next(id for id, action in store.load(typing).table("action").items() if action.status == "to_do")
    board.happened(CardMoved("moved", "n-1", first, "done"))
    assert store.load(typing).table("action")[first].status == "done"
    board.happened(UndoAsked("undo", "n-2"))
    assert store.load(typing).table("action")[first].status == "to_do"


def test_details_open_from_the_board(visit: Visit, store: Store) -> None:
    app = visit("plan", planned(), "en", plan_view="board")
    id = id_of(store, app, "Show the prices")
    app.selectbox(key="opened_action").set_value(id).run()
    answered = app.multiselect(key=f"action_{id}_cards")
    assert answered.value == ["c_0"]
    assert any("Prix introuvables" in line for line in answered.options)
    assert "Appel" in app.selectbox(key=f"action_{id}_touchpoint").options



# Who, what for, and what waits for what


def test_several_people_are_informed_but_exactly_one_is_accountable(visit: Visit, store: Store) -> None:
    app = visit("plan", planned(), "en")
    id = id_of(store, app, "Shorten the quote")
    app.selectbox(key="opened_action").set_value(id).run()
    assert "Nobody is accountable yet" in texts(app)
    app.text_input(key=f"action_{id}_informed").set_value("Zoé, Bob; Inès").run()
    app.text_input(key=f"action_{id}_accountable").set_value("Zoé and Bob").run()
    assert "2 people are accountable" in texts(app)
    app.text_input(key=f"action_{id}_accountable").set_value("Zoé").run()
    assert "accountable:" not in texts(app)
    assert "accountable yet" not in texts(app)
    action = store.load(app.project_id).table("action")[id]
    assert (action.informed, action.accountable) == ("Zoé, Bob; Inès", "Zoé")


def test_an_action_answers_pain_points_chosen_by_hand(visit: Visit, store: Store) -> None:
    app = visit("plan", planned(), "en")
    id = id_of(store, app, "Shorten the quote")
    app.selectbox(key="opened_action").set_value(id).run()
    project = store.load(app.project_id)
    said = next(i for i, card in project.table("card").items() if card.kind == "pain_point" and card.touchpoint == QUOTE)
    app.multiselect(key=f"action_{id}_cards").set_value([said]).run()
    assert store.load(app.project_id).table("action")[id].cards == [said]


def test_a_circle_is_refused_and_dates_that_do_not_go_together_are_said(visit: Visit, store: Store) -> None:
    app = visit("plan", planned(), "en")
    quote, prices = (id_of(store, app, title) for title in ("Shorten the quote", "Show the prices"))
    app.selectbox(key="opened_action").set_value(prices).run()
    app.multiselect(key=f"action_{prices}_depends_on").set_value([quote]).run()
    app.date_input(key=f"action_{prices}_start_date").set_value(dt.date(2020, 1, 6)).run()
    assert "Starts before “Shorten the quote”, which it needs, is due" in texts(app)
    app.selectbox(key="opened_action").set_value(quote).run()
    assert "Show the prices: starts before “Shorten the quote”" in texts(app)
    app.multiselect(key=f"action_{quote}_depends_on").set_value([prices]).run()
    assert "An action cannot wait for itself: Shorten the quote → Show the prices → Shorten the quote." in texts(app)
    assert store.load(app.project_id).table("action")[quote].depends_on == []
    assert app.multiselect(key=f"action_{quote}_depends_on").value == []


def test_progress_says_which_feedback_led_to_which_action_and_gives_the_text_for_customers(visit: Visit) -> None:
    app = visit("plan", planned(), "en", plan_view="progress")
    assert "have an action that answers them" in texts(app)
    assert "We are working on it: Show the prices." in app.code[0].value
