"""What to do first, as a person sees it."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest

from analysis import Project, Store, perception_gap
from analysis.project import edits
from analysis.project.commands import Put
from analysis.project.evidence import pack
from analysis.project.priorities import axes_of, priorities
from analysis.project.sides import both_sides
from pages.components.matrix import Moved, OpenAsked, Selected, UndoAsked
from pages.decide import matrix, ranking, selection, tables, trial, weights
from tests.pages.boutique import CALL, QUOTE, REVIEWS, SITE, boutique
from tests.pages.conftest import Visit, again, texts

VIEWS = ("matrix", "pareto", "ranking", "firmness", "reach", "importance", "gaps")


def shown(app: Any, n: int = 0) -> pd.DataFrame:
    return app.dataframe[n].value


# Every view, both languages, whatever the project holds


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_drawn_in_both_languages(visit: Visit, view: str, language: str) -> None:
    app = visit("priorities", language=language, priorities_view=view)
    assert [title.value for title in app.title] == [{"fr": "Priorités", "en": "Priorities"}[language]]


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_of_touchpoints_without_any_score_says_what_to_do(visit: Visit, view: str) -> None:
    project = Project.new("Nue", language="en").apply([Put("touchpoint", "t_1", {"name": "Site"})])
    visit("priorities", project, "en", priorities_view=view)


def test_a_project_without_touchpoints_says_where_they_come_from(visit: Visit) -> None:
    app = visit("priorities", Project.new("Vide"), "en")
    assert "Nothing to rank yet" in texts(app)
    assert {"Bring a file", "Open the map"} <= {button.label for button in app.button}


# Matrix


def test_the_matrix_says_its_quick_wins(visit: Visit) -> None:
    app = visit("priorities", language="en")
    assert "2 quick wins of 5: Site web, Appel" in texts(app)


def test_a_touchpoint_without_scores_is_listed_to_be_filled_in(visit: Visit) -> None:
    app = visit("priorities", language="en")
    assert "1 touchpoint lacks a score" in [expander.label for expander in app.expander]


def test_the_median_as_cut_is_kept_with_the_project(visit: Visit, store: Store) -> None:
    app = visit("priorities", language="en")
    app.radio(key="matrix_cut").set_value("median").run()
    assert store.load(app.project_id).settings.views["cut"] == "median"
    assert not app.exception


def test_a_quadrant_takes_the_name_that_the_team_gives_it_and_its_usual_one_back(visit: Visit, store: Store) -> None:
    app = visit("priorities", language="en")
    app.text_input(key="quadrant_money_pit").set_value("Not now").run()
    assert store.load(app.project_id).settings.views["quadrants"] == {"money_pit": "Not now"}
    app.text_input(key="quadrant_money_pit").set_value("").run()
    assert store.load(app.project_id).settings.views["quadrants"] == {}
    assert app.text_input(key="quadrant_money_pit").value == "Money pit"


@pytest.fixture
def hand(store: Store, monkeypatch: pytest.MonkeyPatch) -> str:
    """A hand on the matrix, without a browser: the id of its project."""
    id = store.create(boutique(), author="anne")
    state: dict[str, Any] = {}
    monkeypatch.setattr("pages.shell.workspace.store", lambda: store)
    monkeypatch.setattr("pages.shell.workspace.project_id", lambda: id)
    monkeypatch.setattr("pages.shell.session.author", lambda: "zoe")
    monkeypatch.setattr(selection.st, "session_state", state)
    return id


def test_a_dragged_bubble_sets_both_scores_by_hand_in_one_step(hand: str, store: Store) -> None:
    matrix.happened(Moved("moved", "n-1", QUOTE, effort=4.0, impact=9.5))
    figures = store.load(hand).figures
    assert (figures[QUOTE, "effort"].value, figures[QUOTE, "impact"].value) == (4.0, 9.5)
    assert figures[QUOTE, "impact"].layer == "hand"
    assert [other.value for other in figures[QUOTE, "impact"].others] == [8.0]
    back = store.undo(hand, author="zoe").figures
    assert (back[QUOTE, "effort"].value, back[QUOTE, "impact"].value) == (7.0, 8.0)


def test_a_score_that_the_drag_did_not_change_keeps_where_it_comes_from(hand: str, store: Store) -> None:
    matrix.happened(Moved("moved", "n-1", QUOTE, effort=3.0, impact=8.0))
    figures = store.load(hand).figures
    assert (figures[QUOTE, "effort"].layer, figures[QUOTE, "impact"].layer) == ("hand", "file")


def test_a_touchpoint_of_the_tray_gets_its_first_scores_by_a_drag(hand: str, store: Store) -> None:
    matrix.happened(Moved("moved", "n-1", REVIEWS, effort=2.0, impact=7.0))
    assert store.load(hand).touchpoints.set_index("id").loc[REVIEWS, ["impact", "effort"]].tolist() == [7.0, 2.0]


def test_what_is_dragged_while_trying_is_kept_only_when_accepted_and_undo_takes_the_last_one_back(hand: str, store: Store) -> None:
    selection.st.session_state["_trying"] = True
    before = store.load(hand)
    matrix.happened(Moved("moved", "n-1", QUOTE, effort=4.0, impact=9.5))
    matrix.happened(Moved("moved", "n-2", CALL, effort=9.0, impact=6.0))
    assert store.load(hand).figures[QUOTE, "effort"].value == 7.0
    tried = trial.of(before)
    assert [tried.figures[QUOTE, "impact"].value, tried.figures[CALL, "effort"].value] == [9.5, 9.0]
    matrix.happened(UndoAsked("undo", "n-3"))
    assert set(trial.scores(before)) == {(QUOTE, "effort"), (QUOTE, "impact")}
    matrix.happened(Moved("moved", "n-4", QUOTE, effort=7.0, impact=8.0))  # back where it was
    assert trial.scores(before) == {}
    matrix.happened(UndoAsked("undo", "n-5"))
    assert store.load(hand).revision == before.revision


def test_while_a_weight_is_tried_a_drag_is_tried_too(hand: str, store: Store) -> None:
    weights.standing(store.load(hand))
    selection.st.session_state["weight_cost"] = 9.0
    matrix.happened(Moved("moved", "n-1", QUOTE, effort=4.0, impact=9.5))
    assert store.load(hand).figures[QUOTE, "effort"].value == 7.0
    assert set(trial.scores(store.load(hand))) == {(QUOTE, "effort"), (QUOTE, "impact")}


def test_the_matrix_says_whether_a_drag_is_kept(visit: Visit) -> None:
    app = visit("priorities", language="en")
    assert not app.toggle(key="trying").value
    app.toggle(key="trying").set_value(True).run()
    assert app.session_state["_trying"] is True
    assert not app.exception


@pytest.mark.parametrize("view", ["ranking", "firmness", "reach", "importance", "gaps", "pareto"])
def test_what_is_chosen_in_one_view_is_shown_and_can_be_planned_in_every_other(visit: Visit, view: str) -> None:
    app = visit("priorities", examined(), "en", priorities_view=view, _chosen_touchpoints=[SITE])
    assert "**Site web**" in texts(app)
    assert app.button(key="to_plan").label == "Add to the plan"


def test_choosing_among_the_vital_few_leaves_what_was_chosen_elsewhere(visit: Visit) -> None:
    app = visit("priorities", language="en", priorities_view="pareto", _chosen_touchpoints=[CALL])
    app.button_group(key="vital_few").set_value([QUOTE]).run()
    assert app.session_state["_chosen_touchpoints"] == [CALL, QUOTE]
    app.button_group(key="vital_few").set_value([]).run()
    assert app.session_state["_chosen_touchpoints"] == [CALL]
    assert "▸ Appel" in str(json.loads(app.get("vega_lite_chart")[0].proto.spec))


@pytest.mark.parametrize("view", ["reach", "importance", "gaps"])
def test_a_touchpoint_is_chosen_where_the_chart_cannot_be_clicked(visit: Visit, view: str) -> None:
    app = visit("priorities", examined(), "en", priorities_view=view)
    app.multiselect(key=f"chosen_{view}").set_value([QUOTE]).run()
    assert app.session_state["_chosen_touchpoints"] == [QUOTE]
    assert "**Devis**" in texts(app)


def examined() -> Project:
    """The boutique with values, and with what customers and staff say is important to them."""
    project = boutique("en")
    rows = [
        {"row": n, "touchpoint_label": name, "stage_label": "Purchase", "side": side, "measure": "importance", "value": value, "low": 1,
         "high": 10, "respondent": f"{side}{n}"}
        for n, (name, side, value) in enumerate(
            (name, side, value) for name in ("Site web", "Devis") for side, value in (("customer", 9), ("customer", 7), ("staff", 4))
        )
    ]  # fmt: skip
    key, data = pack(pd.DataFrame(rows))
    purchase = project.stages.set_index("stage").loc["Purchase", "id"]
    links = {"touchpoints": {"Site web": SITE, "Devis": QUOTE}, "stages": {"Purchase": purchase}}
    values = [command for id in (SITE, QUOTE) for command in edits.set_score(id, "touchpoint_value", 40.0, author="Ada")]
    return project.apply([Put("evidence", "e_1", {"blob": key, "rows": len(rows), "title": "Answers"} | links, {key: data}), *values])


def test_the_gaps_behind_the_chart_say_what_was_measured_and_how_sure_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.shell.session.language", lambda: "en")
    table = tables.gaps(perception_gap(both_sides(examined())))
    assert table["Measure"].tolist() == ["Importance (1 to 10)"] * 2
    assert table["Gap"].tolist() == ["+4", "+4"]
    assert table["95% interval"].tolist() == ["", ""]  # one answer of staff says nothing of its spread


def test_the_360_matrix_is_cut_at_the_medians_when_the_team_says_so(visit: Visit, store: Store) -> None:
    app = visit("priorities", examined(), "en", priorities_view="reach")
    app.radio(key="reach_cut").set_value("median").run()
    assert store.load(app.project_id).settings.views["reach_cut"] == "median"
    assert "Cut at the medians (60 and 40); a value on the line counts as high." in texts(app)  # reach 80 and 40, values 40 and 40


def test_the_table_of_a_matrix_of_other_axes_shows_those(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.shell.session.language", lambda: "en")
    project = boutique("en").apply(edits.set_view(boutique("en"), axis_up="fit"))
    table = tables.matrix(priorities(project, axes=axes_of(project)), project)
    assert table.columns.tolist()[2:4] == ["Fit to persona and stage", "Effort"]
    assert table["Fit to persona and stage"].tolist()[:2] == ["9", "8"]


def test_firmness_says_its_finding_once(visit: Visit) -> None:
    app = visit("priorities", language="en", priorities_view="firmness")
    assert texts(app).count("of the first 2 ") == 1


def test_weights_are_moved_beside_the_firmness_too(visit: Visit, store: Store) -> None:
    app = visit("priorities", language="en", priorities_view="firmness", weights_fold=True)
    first = shown(app)["touchpoint"].tolist()
    app.slider(key="weight_reach").set_value(10.0).run()
    app.slider(key="weight_impact").set_value(0.0).run()
    assert shown(app)["touchpoint"].tolist() != first
    assert store.load(app.project_id).settings.weights == {}


def test_what_is_chosen_on_the_matrix_is_chosen_in_every_view(hand: str, store: Store) -> None:
    matrix.happened(Selected("select", "n-1", (CALL, SITE)))
    assert selection.get(store.load(hand)) == [CALL, SITE]
    matrix.happened(OpenAsked("open", "n-2", CALL))
    assert selection.st.session_state["_open_sheet"] == ("touchpoint", CALL)


def test_a_chosen_touchpoint_goes_into_the_plan_with_its_reason(visit: Visit, store: Store) -> None:
    app = visit("priorities", language="en", _chosen_touchpoints=[SITE])
    assert "**Site web**" in texts(app)
    app.button(key="to_plan").click().run()
    action = store.load(app.project_id).actions.iloc[0]
    assert action["touchpoint"] == "Site web"
    assert "Pain point" in action["reason"]
    assert "Quick win: impact 9, effort 2." in action["reason"]
    assert app.button(key="to_plan").disabled


# Filters


def test_a_filter_keeps_only_the_touchpoints_of_a_family(visit: Visit) -> None:
    app = visit("priorities", language="en", priorities_view="ranking")
    app.multiselect(key="filter_family").set_value(["marketing"]).run()
    assert sorted(shown(app)["touchpoint"]) == ["Newsletter", "Salon", "Site web"]
    assert "3 of 6 touchpoints shown" in texts(app)
    assert shown(app)["rank"].tolist()[0] == 1


# Pareto


def test_the_pareto_chart_says_its_finding_and_lists_what_is_at_zero(visit: Visit) -> None:
    app = visit("priorities", language="en", priorities_view="pareto")
    said = texts(app)
    assert "2 of 4 touchpoints carry 85% of complaints" in said
    assert "At zero: Newsletter." in said


def test_the_line_can_be_moved_and_is_kept(visit: Visit, store: Store) -> None:
    app = visit("priorities", language="en", priorities_view="pareto")
    app.slider(key="threshold").set_value(95).run()
    assert store.load(app.project_id).settings.views["threshold"] == 0.95
    assert "3 of 4 touchpoints" in texts(app)


def test_another_measure_and_another_grouping(visit: Visit, store: Store) -> None:
    app = visit("priorities", language="en", priorities_view="pareto")
    app.selectbox(key="pareto_measure").set_value("pain_points").run()
    assert "2 of 6 touchpoints carry 100% of pain points" in texts(app)
    app.selectbox(key="pareto_by_pain_points").set_value("family").run()
    assert not app.exception
    assert store.load(app.project_id).settings.views["pareto_measure"] == "pain_points"


def test_a_percentage_is_only_shared_out_by_touchpoint(visit: Visit) -> None:
    app = visit("priorities", language="en", priorities_view="pareto")
    app.selectbox(key="pareto_measure").set_value("reach").run()
    assert app.selectbox(key="pareto_by_reach").disabled


# Ranking


def test_the_best_touchpoint_comes_first_and_the_one_without_scores_has_no_rank(visit: Visit) -> None:
    table = shown(visit("priorities", language="en", priorities_view="ranking"))
    assert table["touchpoint"].tolist()[0] == "Site web"
    assert pd.isna(table["rank"].iloc[-1])
    assert table["touchpoint"].iloc[-1] == "Avis"
    assert table["present"].iloc[-1] == "0%"


def test_moving_a_weight_ranks_again_at_once_and_keeps_nothing(visit: Visit, store: Store) -> None:
    app = visit("priorities", language="en", priorities_view="ranking")
    for name in ("impact", "reach", "fit", "cost"):
        app.slider(key=f"weight_{name}").set_value(0.0)
    app.slider(key="weight_satisfaction").set_value(10.0).run()
    table = shown(app)
    assert table["touchpoint"].tolist()[0] == "Devis"
    assert table["moved"].tolist()[0].startswith("▲")
    assert "becomes first" in texts(app)
    assert store.load(app.project_id).settings.weights == {}


def test_the_weights_that_are_tried_can_be_kept_or_left(visit: Visit, store: Store) -> None:
    app = visit("priorities", language="en", priorities_view="ranking")
    app.slider(key="weight_impact").set_value(8.0).run()
    app.button(key="weights_back").click().run()
    assert app.slider(key="weight_impact").value == 3.0
    app.slider(key="weight_impact").set_value(8.0).run()
    app.button(key="weights_keep").click().run()
    assert store.load(app.project_id).settings.weights["impact"] == 8.0
    assert "what_if" not in texts(app)
    app.button(key="weights_default").click().run()
    assert app.slider(key="weight_impact").value == 3.0


def test_an_arrow_says_how_far_a_touchpoint_has_moved() -> None:
    assert [ranking._arrow(value) for value in (2, -1, 0, pd.NA)] == ["▲ 2", "▼ 1", "", ""]


def test_an_undo_of_the_weights_moves_the_sliders_back(visit: Visit, store: Store) -> None:
    app = visit("priorities", language="en", priorities_view="ranking")
    app.slider(key="weight_impact").set_value(8.0).run()
    app.button(key="weights_keep").click().run()
    app.button(key="undo").click().run()
    assert again(app).slider(key="weight_impact").value == 3.0


def test_the_table_of_firmness_agrees_with_the_sentences_above_it(visit: Visit) -> None:
    app = visit("priorities", language="en", priorities_view="firmness")
    shares = dict(zip(app.dataframe[0].value["touchpoint"], app.dataframe[0].value["share"], strict=True))
    said = texts(app)
    assert all(share == round(share) for share in shares.values())  # a bar cuts decimals off, a sentence rounds them
    assert any(f"**{name}** — among the first in {share:.0f}% of the draws" in said for name, share in shares.items())


def test_a_bar_of_the_pareto_chart_opens_a_second_one_inside_it(visit: Visit) -> None:
    app = visit("priorities", language="en", priorities_view="pareto")
    bar = app.selectbox(key="inside_bar_complaints_touchpoint")
    bar.set_value(bar.options[0]).run()
    again(app)
    assert texts(app).count("####") >= 2


def test_a_fragile_priority_says_what_would_put_it_out(visit: Visit) -> None:
    project = boutique("en")
    second, third = priorities(project).iloc[1], priorities(project).iloc[2]
    for name in ("impact", "reach", "fit", "satisfaction", "cost"):  # the third one is made almost as good as the second
        value = float(second[name]) - (0.1 if name == "fit" else 0.0)
        project = project.apply(edits.set_score(str(third["id"]), name, value, author="anne"))
    seen = texts(visit("priorities", project, language="en", priorities_view="firmness"))
    assert "What would put a fragile one out" in seen


# Own criteria and other rankings


def test_a_criterion_is_added_filled_in_ranked_by_and_taken_away_again(visit: Visit, store: Store) -> None:
    app = visit("priorities", language="en", priorities_view="ranking")
    app.text_input(key="criterion_new").set_value("Strategy")
    app.text_input(key="criterion_new_high").set_value("5")
    next(button for button in app.button if button.label == "Add").click().run()
    assert not app.exception
    assert app.slider(key="weight_own_strategy").value == 1.0
    assert store.load(app.project_id).settings.criteria["own_strategy"]["high"] == 5
    assert "6 touchpoints lack a score" in [expander.label for expander in app.expander]
    app.text_input(key="criterion_name_own_strategy").set_value("Our strategy").run()
    assert store.load(app.project_id).settings.criteria["own_strategy"]["name"] == "Our strategy"
    app.button(key="criterion_remove_own_strategy").click().run()
    assert store.load(app.project_id).settings.criteria == {}
    app.button(key="undo").click().run()
    assert app.slider(key="weight_own_strategy").value == 1.0


def test_ranked_by_rice_the_missing_confidence_is_asked_for(visit: Visit, store: Store) -> None:
    app = visit("priorities", language="en", priorities_view="ranking")
    app.selectbox(key="ranking_method").set_value("rice").run()
    assert not app.exception
    assert "6 touchpoints have no score: one of their figures is not known." in texts(app)
    assert "6 touchpoints lack a score" in [expander.label for expander in app.expander]
    app.button(key="weights_keep").click().run()
    assert store.load(app.project_id).settings.views["ranking"] == "rice"
    app.button(key="undo").click().run()
    assert app.selectbox(key="ranking_method").value == "relevance"


def test_the_ranking_is_a_chart_that_says_who_is_first(visit: Visit) -> None:
    assert "“Site web” comes first with 78" in texts(visit("priorities", language="en", priorities_view="ranking"))


# A survey alone, without any touchpoint


def survey() -> Project:
    from tests.project.test_measures import survey

    return survey()


def test_a_survey_alone_is_counted_by_stage_and_says_what_other_views_need(visit: Visit) -> None:
    app = visit("priorities", survey(), "en")
    assert app.selectbox(key="pareto_by_unhappy").options == ["Stage", "Theme", "Place"]
    assert shown(app)["Stage"].tolist() == ["Order", "Use"]
    app.session_state["priorities_view"] = "ranking"
    assert "The ranking weighs touchpoints against each other; there is no touchpoint here yet." in texts(again(app))


def test_the_comments_of_a_survey_are_counted_by_theme_in_french(visit: Visit) -> None:
    app = visit("priorities", survey(), "fr", pareto_by_unhappy="theme")
    assert shown(app)["Thème"].tolist() == ["Attente", "Prix et frais"]
