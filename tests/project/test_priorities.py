"""Ranking, what-if, what is missing, how firm it is."""

from __future__ import annotations

import pandas as pd
import pytest

import analysis
from analysis.language import translator
from analysis.project import edits
from analysis.project.commands import Put
from analysis.project.evidence import pack
from analysis.project.matrix import items_of, matrix_view, placed_at
from analysis.project.priorities import (
    CRITERIA,
    DEFAULT_WEIGHTS,
    cut_line,
    firm_ranking,
    left_out,
    narrowed,
    priorities,
    quadrant_names,
    unscored,
    weighable,
    weights_of,
    what_if,
)
from tests.pages.boutique import CALL, FAIR, QUOTE, REVIEWS, SITE, boutique

en, fr = translator("en"), translator("fr")


def test_a_touchpoint_is_scored_by_its_five_criteria() -> None:
    """Site: (3 · 8/9 + 2 · 0.75 + 2 · 0.8 + 2 · 7/9 + 1 · 0.5) / 10, its cost being the middle one of five."""
    frame = priorities(boutique()).set_index("id")
    assert frame.at[SITE, "relevance"] == pytest.approx(100 * (3 * 8 / 9 + 1.5 + 1.6 + 2 * 7 / 9 + 0.5) / 10)
    assert frame.at[SITE, "rank"] == 1
    assert frame.at[SITE, "present"] == 1
    assert pd.isna(frame.at[REVIEWS, "rank"])


def test_a_place_gained_is_positive_and_a_place_lost_negative() -> None:
    frame = what_if(boutique(), {"satisfaction": 1.0}).set_index("id")
    assert frame.at[QUOTE, "rank"] == 1
    assert frame.at[QUOTE, "moved"] == frame.at[QUOTE, "before"] - 1 == 1
    assert frame.at[SITE, "moved"] == -1
    assert pd.isna(frame.at[REVIEWS, "moved"])


def test_nobody_moves_under_the_weights_that_are_kept() -> None:
    assert what_if(boutique(), DEFAULT_WEIGHTS)["moved"].dropna().eq(0).all()


def test_a_criterion_that_is_the_same_for_all_is_left_out_and_said() -> None:
    project = boutique()
    same = [command for id in project.table("touchpoint") for command in edits.set_score(id, "fit", 5.0, author="a")]
    frame = priorities(project.apply(same))
    assert left_out(frame, en) == "Left out, since it tells no two touchpoints apart: Fit to persona and stage."
    assert left_out(priorities(project), en) == ""


def test_criteria_without_any_figure_are_not_offered_unless_they_are_usual_or_weighted() -> None:
    assert weighable(boutique()) == ["impact", "satisfaction", "reach", "fit", "cost", "effort", "pain_points", "complaints"]
    assert "importance" in weighable(boutique().apply(edits.set_weights({"importance": 2.0})))
    assert set(weighable(boutique())) <= set(CRITERIA)


def test_what_lacks_a_score_is_listed_in_the_order_of_the_journey() -> None:
    assert unscored(boutique())["id"].tolist() == [REVIEWS]
    assert unscored(boutique(), ["impact", "complaints", "cost"])["id"].tolist() == [REVIEWS]
    missing = unscored(boutique().apply([edits.set_score(CALL, "impact", None, author="a", layer="file")[0]]))
    assert missing[["id", "missing"]].values.tolist() == [[CALL, 1], [REVIEWS, 2]]


def test_a_filter_that_accepts_nothing_in_particular_accepts_all() -> None:
    frame = priorities(boutique())
    assert len(narrowed(frame, stage=[], family=[])) == 6
    assert set(narrowed(frame, owner=["Anne"])["id"]) == {SITE, CALL}
    assert narrowed(frame, owner=["Anne"]).attrs["matrix"]["cut"] == frame.attrs["matrix"]["cut"]


def test_the_matrix_says_where_it_is_cut() -> None:
    project = boutique()
    assert cut_line(priorities(project), en) == "Cut at the middle of the scales (5.5). A value on the line counts as high."
    assert "impact 6, effort 3" in cut_line(priorities(project, cut="median"), en)
    assert cut_line(priorities(project), fr).startswith("Coupure au milieu des échelles (5,5)")


def test_quadrants_have_the_names_of_the_team_else_of_the_language() -> None:
    project = boutique()
    named = project.apply(edits.set_view(project, quadrants={"quick_win": "À faire lundi"}))
    assert quadrant_names(named, "en") == {
        "quick_win": "À faire lundi",
        "big_bet": "Big bet",
        "fill_in": "Fill-in",
        "money_pit": "Money pit",
    }


def test_the_matrix_is_ready_for_a_browser() -> None:
    import json

    project = boutique()
    view = matrix_view(project, priorities(project), "fr")
    json.dumps(view, allow_nan=False)
    items = {item["id"]: item for item in view["items"]}
    assert (items[SITE]["impact"], items[SITE]["effort"]) == (9.0, 2.0)
    assert (items[REVIEWS]["impact"], items[REVIEWS]["size"]) == (None, None)
    assert view["impact"] == {"low": 1, "high": 10, "cut": 5.5, "step": 0.5}
    assert len(view["groups"]) == 4


def test_only_placed_touchpoints_go_into_the_finding() -> None:
    assert sorted(items_of(priorities(boutique()))["label"]) == ["Appel", "Devis", "Newsletter", "Salon", "Site web"]


def test_a_bubble_put_back_where_it_was_changes_nothing() -> None:
    assert placed_at(boutique(), SITE, impact=9.0, effort=2.0, author="zoe") == []


def test_the_first_ranks_are_solid_fragile_or_out_of_reach() -> None:
    table = firm_ranking(boutique(), draws=400)
    assert table.attrs["k"] == 2
    assert table["id"].tolist()[0] == SITE
    assert dict(zip(table["id"], table["firmness"], strict=True))[FAIR] == "out"
    assert table["firmness"].iloc[0] == "solid"
    assert firm_ranking(boutique(), draws=400).equals(table)


def test_a_project_without_scores_has_no_firm_ranking() -> None:
    from analysis import Project

    assert firm_ranking(Project.new("Vide")).empty


def test_firmness_counts_with_the_standard_error_of_what_was_measured_however_few_answered() -> None:
    # satisfaction: the site 5, 4, 3 → 2, 1, 0: mean 1, sd 1, n 3; the quote 1, 2, 1, 2 → −2, −1, −2, −1: mean −1.5, sd 1/√3, n 4
    project = boutique()
    rows = [("Site web", value) for value in (5, 4, 3)] + [("Devis", value) for value in (1, 2, 1, 2)]
    frame = pd.DataFrame(
        {"touchpoint_label": [name for name, _ in rows], "value": [float(value) for _, value in rows], "low": 1.0, "high": 5.0,
         "measure": "satisfaction", "side": "customer", "respondent": [f"r{n}" for n in range(len(rows))]}
    )  # fmt: skip
    key, data = pack(frame)
    values = {"blob": key, "rows": len(frame), "title": "Survey", "touchpoints": {"Site web": SITE, "Devis": QUOTE}}
    project = project.apply([Put("evidence", "e_1", values, payloads={key: data})])
    project = project.apply(edits.set_weights(dict.fromkeys(weights_of(project), 0.0) | {"satisfaction": 1.0}))
    found = firm_ranking(project).set_index("id")
    touchpoints = project.touchpoints.set_index("id")
    assert touchpoints.loc[[SITE, QUOTE], "satisfaction"].tolist() == [1.0, -1.5]
    error, n = pd.Series(None, index=touchpoints.index, dtype=float), pd.Series(None, index=touchpoints.index, dtype=float)
    error[SITE], error[QUOTE], n[SITE], n[QUOTE] = 1 / 3**0.5, 1 / 3**0.5 / 2, 3, 4
    errors = {"satisfaction": error.tolist(), "satisfaction_n": n.tolist()}
    wanted = analysis.rank_stability(touchpoints, {"satisfaction": 1}, errors=errors)
    assert found[["low", "high", "top_share"]].equals(wanted.loc[found.index, ["low", "high", "top_share"]])
