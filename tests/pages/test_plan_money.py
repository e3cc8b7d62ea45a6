"""The timeline, the budget and the return of an action, as a person sees them on the plan's page."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from analysis import Store
from analysis.project import edits
from analysis.project.commands import Change
from analysis.project.forecast import set_budget
from tests.pages.boutique import boutique
from tests.pages.conftest import Visit, again, texts
from tests.pages.test_plan import id_of, planned


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("view", ["timeline", "budget"])
def test_timeline_and_budget_are_drawn_in_both_languages(visit: Visit, view: str, language: str) -> None:
    app = visit("plan", planned(), language, plan_view=view)
    assert not app.exception


def test_the_timeline_says_what_is_overdue(visit: Visit) -> None:
    app = visit("plan", planned(), "en", plan_view="timeline")
    assert "1 of 1 actions is overdue" in plain(app)


def test_the_timeline_follows_every_edit_that_they_show(visit: Visit, store: Store) -> None:
    app = visit("plan", planned(), "en", plan_view="timeline")
    first, second = (id_of(store, app, title) for title in ("Shorten the quote", "Show the prices"))

    def drawn(*values: tuple[str, dict[str, Any]]) -> dict[str, Any]:
        store.apply(app.project_id, [Change("action", id, changed) for id, changed in values], author="anne")
        spec: dict[str, Any] = json.loads(again(app).get("vega_lite_chart")[0].proto.spec)
        return spec["usermeta"]

    dated = {"start_date": dt.date(2020, 1, 6), "due_date": dt.date(2020, 2, 5)}
    assert (drawn((first, dated), (second, dated))["shown"], drawn((first, {"notes": "x"}))["arrows"]) == (2, 0)
    assert drawn((second, {"depends_on": [first]}))["arrows"] == 1
    assert drawn((first, {"status": "done"}))["overdue"] == 1
    assert drawn((first, {"status": "dropped"}))["shown"] == 1


def test_a_budget_marks_the_best_set(visit: Visit, store: Store) -> None:
    app = visit("plan", planned(), "en", plan_view="budget")
    app.text_input(key="plan_budget").set_value("5,000").run()
    again(app)
    assert store.load(app.project_id).settings.views["budget"] == 5000
    # 1,200.50 runs already; 4,000 more would be 5,200.50
    assert "The best set costs €1,200, €3,800 of the budget is left" in plain(app)
    app.text_input(key="plan_budget").set_value("6,000").run()
    assert "The best set costs €5,200, €800 of the budget is left" in plain(again(app))


def test_a_budget_that_is_no_number_is_refused_with_a_sentence(visit: Visit, store: Store) -> None:
    app = visit("plan", planned(), "en", plan_view="budget")
    app.text_input(key="plan_budget").set_value("a lot").run()
    assert "is not a number" in plain(app)
    assert "budget" not in store.load(app.project_id).settings.views


def plain(app: Any) -> str:
    return texts(app).replace("\u00a0", " ")


def opened(visit: Visit, store: Store) -> tuple[Any, str]:
    app = visit("plan", planned(), "en")
    id = id_of(store, app, "Shorten the quote")
    app.selectbox(key="opened_action").set_value(id).run()
    return app, id


def test_the_details_name_what_the_return_lacks_then_give_a_range(visit: Visit, store: Store) -> None:
    app, id = opened(visit, store)
    assert "missing: effect (points of conversion), value of a conversion, customers a year" in plain(app)
    for name, text in (("customers_low", "10,000"), ("customers_high", "10,000"), ("conversion_low", "50"), ("conversion_high", "50")):
        app.text_input(key=f"assumed_{name}").set_value(text).run()
    for name, text in (("effect_low", "1"), ("effect_high", "3")):
        app.text_input(key=f"action_{id}_{name}").set_value(text).run()
    # 10,000 × 40 % × 1 to 3 points × 50 − 4,000: −2,000 … 2,000, even odds
    assert "pays back within a year in 50% of draws" in plain(again(app))


def test_who_is_accountable_and_what_an_action_depends_on_is_kept(visit: Visit, store: Store) -> None:
    app, id = opened(visit, store)
    other = id_of(store, app, "Show the prices")
    app.text_input(key=f"action_{id}_accountable").set_value("Chloé").run()
    app.multiselect(key=f"action_{id}_depends_on").set_value([other]).run()
    kept = store.load(app.project_id).table("action")[id]
    assert (kept.accountable, kept.depends_on) == ("Chloé", [other])


def test_an_action_without_a_score_is_said_to_count_for_nothing(visit: Visit, store: Store) -> None:
    project = boutique("en").apply(edits.add_action("Thank the loyal ones", cost=100.0))
    app = visit("plan", project.apply(set_budget(project, "5000", "en")), "en", plan_view="budget")
    assert "1 action has no score: it counts as bringing nothing" in texts(app)
