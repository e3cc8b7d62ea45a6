"""The user's own criteria, and other ways of ranking."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import analysis
from analysis import Project
from analysis.errors import InvalidCommand
from analysis.language import translator
from analysis.project import edits
from analysis.project.criteria import add_criterion, change_criterion, criterion_name, own_criteria, remove_criterion
from analysis.project.entry import typed_scores
from analysis.project.priorities import axes_of, axis_choices, firm_ranking, priorities, unscored, weighable, weights_of, what_if
from analysis.project.proposals import call_back, open_proposals, put_aside
from analysis.project.rankings import PRESETS, RANKINGS, method_scores, ranking_of
from analysis.project.tipping import tipping_points
from tests.pages.boutique import CALL, FAIR, LETTER, QUOTE, SITE, boutique

en = translator("en")
CODE = "own_strategic_fit"


def with_own(**options: object) -> Project:
    """Strategic fit from 1 to 5: site 1, quote 5, call 3."""
    project = boutique("en")
    project = project.apply(add_criterion(project, "Strategic fit", low=1, high=5, weight=3.0, **options))
    cells = [(SITE, CODE, "1"), (QUOTE, CODE, "5"), (CALL, CODE, "3")]
    return project.apply(typed_scores(cells, "en", author="anne", project=project))


def test_a_criterion_of_ones_own_is_weighed_on_its_own_scale() -> None:
    """Quote without it: (3 · 7/9 + 2 · 1 + 2 · 0.4 + 2 · 8/9 + 1 · 0.25) of 10; with it at its best, 3 of 13 more."""
    before = priorities(boutique("en")).set_index("id").at[QUOTE, "relevance"] * 10
    frame = priorities(with_own()).set_index("id")
    assert frame.at[QUOTE, "relevance"] == pytest.approx((before + 3 * 100) / 13)
    assert frame.at[QUOTE, "rank"] == 1
    assert frame.at[LETTER, "present"] == pytest.approx(10 / 13)


def test_less_is_better_turns_it_round() -> None:
    frame = priorities(with_own(against=True)).set_index("id")
    assert frame.at[SITE, "rank"] == 1
    turned = with_own().apply(change_criterion(with_own(), CODE, against=True))
    assert priorities(turned)["id"].tolist() == priorities(with_own(against=True))["id"].tolist()


def test_an_amount_without_a_scale_is_counted_by_rank() -> None:
    project = boutique("en")
    project = project.apply(add_criterion(project, "Days", low=None, high=None, against=True))
    cells = [(SITE, "own_days", "3"), (QUOTE, "own_days", "400"), (CALL, "own_days", "5")]
    project = project.apply(typed_scores(cells, "en", author="a", project=project))
    only = priorities(project, {"own_days": 1.0}).set_index("id")["relevance"]
    assert [only[id] for id in (SITE, CALL, QUOTE)] == [100, 50, 0]
    with pytest.raises(InvalidCommand):
        typed_scores([(SITE, "own_days", "-3")], "en", author="a", project=project)


def test_another_scale_loses_no_score_and_another_name_no_figure() -> None:
    project = with_own()
    wider = project.apply(change_criterion(project, CODE, low=0, high=100))
    assert wider.touchpoints.set_index("id")[CODE][[SITE, CALL, QUOTE]].tolist() == [0, 50, 100]
    assert priorities(wider)["relevance"].equals(priorities(project)["relevance"])
    named = project.apply(change_criterion(project, CODE, name="Strategy"))
    assert criterion_name(named, CODE, en) == "Strategy"
    assert priorities(named)["rank"].equals(priorities(project)["rank"])


def test_a_removed_criterion_takes_its_weight_and_scores_along() -> None:
    project = with_own()
    after = project.apply(remove_criterion(project, CODE))
    assert not own_criteria(after)
    assert CODE not in weights_of(after)
    assert CODE not in after.touchpoints.columns
    assert not [score for score in after.table("score").values() if score.criterion == CODE]


def test_removing_a_criterion_is_undone_in_one_step(tmp_path: object) -> None:
    store = analysis.Store(f"sqlite:///{tmp_path}/p.sqlite")
    id = store.create(with_own(), author="anne")
    store.apply(id, remove_criterion(store.load(id), CODE), author="anne")
    back = store.undo(id, author="anne")
    assert priorities(back)["relevance"].equals(priorities(with_own())["relevance"])
    store.engine.dispose()


@pytest.mark.parametrize(
    ("name", "low", "high"), [("", 1, 10), ("Strategic FIT", 1, 10), ("Other", 5, 5), ("Other", 9, 2), ("Other", 1, None)]
)
def test_a_name_that_is_taken_and_a_scale_that_is_none_are_refused(name: str, low: float, high: float | None) -> None:
    with pytest.raises(InvalidCommand):
        add_criterion(with_own(), name, low=low, high=high)


def test_two_people_who_add_a_criterion_at_once_keep_both() -> None:
    start = boutique("en")
    one, other = add_criterion(start, "Image"), add_criterion(start, "Risk", against=True)
    assert {c.name for c in own_criteria(start.apply(one).apply(other)).values()} == {"Image", "Risk"}


def test_a_score_off_the_scale_of_ones_own_criterion_is_refused() -> None:
    project = with_own()
    with pytest.raises(InvalidCommand):
        project.apply(typed_scores([(FAIR, CODE, "6")], "en", author="a", project=project))


def test_what_lacks_a_score_of_ones_own_criterion_is_listed() -> None:
    assert LETTER in unscored(with_own(), [CODE])["id"].tolist()
    assert SITE not in unscored(with_own(), [CODE])["id"].tolist()


def test_its_scores_say_where_they_come_from() -> None:
    figure = with_own().figures[QUOTE, CODE]
    assert (figure.provenance, figure.layer, figure.author) == ("assumed", "hand", "anne")


def test_firmness_and_tipping_points_follow_it() -> None:
    project = with_own()
    assert firm_ranking(project, draws=100)["id"].tolist()[0] == QUOTE
    assert tipping_points(project, 1)["id"].tolist() == [QUOTE]
    assert CODE in weighable(project)


def test_a_column_of_a_sheet_that_is_called_like_it_holds_its_scores() -> None:
    book = openpyxl.Workbook()
    book.active.append(["Étape", "Point de contact", "Impact", "Effort", "Image de marque"])
    book.active.append(["Découverte", "Site web", 9, 2, 4])
    book.active.append(["Achat", "Devis", 8, 7, 2])
    out = io.BytesIO()
    book.save(out)
    project = with_own().apply(change_criterion(with_own(), CODE, name="Image de marque"))
    after = project.apply(project.plan_import(analysis.read(out.getvalue(), name="p.xlsx").tables, file="p.xlsx").commands)
    read = [figure.value for (_, code), figure in after.figures.items() if code == CODE and figure.layer == "file"]
    assert sorted(read) == [2, 4]


def test_a_criterion_can_be_an_axis_of_the_matrix() -> None:
    project = with_own()
    assert CODE in axis_choices(project)[0]
    assert axes_of(project) == ("impact", "effort")
    after = project.apply(edits.set_view(project, axis_up=CODE))
    assert axes_of(after) == (CODE, "effort")
    frame = priorities(after, axes=axes_of(after)).set_index("id")
    assert frame["quadrant"][[SITE, QUOTE, CALL]].tolist() == ["fill_in", "big_bet", "quick_win"]  # 3 of 1–5 is on the cut: high


# RICE, ICE, opportunity


def test_rice_ice_and_opportunity_by_hand() -> None:
    one = pd.DataFrame(
        {"reach": [80.0], "impact": [9.0], "confidence": [5.0], "effort": [2.0], "importance": [10.0], "satisfaction": [-1.0]}
    )
    assert float(method_scores(one, "rice")["score"].iloc[0]) == pytest.approx(80 * 9 * 0.5 / 2)
    assert float(method_scores(one, "ice")["score"].iloc[0]) == 9 * 5 * 9
    assert float(method_scores(one, "opportunity")["score"].iloc[0]) == 17.5
    assert method_scores(one.assign(effort=float("nan")), "rice")["score"].isna().all()
    assert float(method_scores(one.assign(effort=float("nan")), "rice")["present"].iloc[0]) == 0.75


def test_what_if_by_another_method_says_who_moves_and_the_kept_one_is_the_measure() -> None:
    project = boutique("en")
    cells = [(SITE, "confidence", "2"), (QUOTE, "confidence", "10"), (CALL, "confidence", "10")]
    project = project.apply(typed_scores(cells, "en", author="a", project=project))
    frame = what_if(project, weights_of(project), "rice").set_index("id")
    # site 80·9·0.2/2 = 72, quote 40·8·1/7 = 45.7, call 30·6·1/3 = 60
    assert frame["method_score"][[SITE, QUOTE, CALL]].round(1).tolist() == [72.0, 45.7, 60.0]
    assert frame["rank"][[SITE, CALL, QUOTE]].tolist() == [1, 2, 3]
    kept = project.apply(edits.set_view(project, ranking="rice"))
    assert ranking_of(kept) == "rice"
    assert what_if(kept, weights_of(kept), "rice")["moved"].dropna().eq(0).all()


def test_every_preset_speaks_of_known_criteria() -> None:
    project = boutique("en")
    for name, weights in PRESETS.values():
        assert en(name)
        assert priorities(project, weights)["relevance"].notna().any()
    assert all(set(ranking.needs) <= set(project.touchpoints.columns) for ranking in RANKINGS.values())


# Proposals


def test_two_people_who_dismiss_a_proposal_at_once_both_keep_theirs_dismissed() -> None:
    project = boutique("en")
    first, second = open_proposals(project, "en")["key"].tolist()[:2]
    one, other = put_aside(project, [first]), put_aside(project, [second])  # both saw the project before the other's edit
    after = project.apply(one).apply(other)
    assert {first, second}.isdisjoint(open_proposals(after, "en")["key"])
    assert open_proposals(after.apply(call_back(after)), "en").attrs["aside"] == 0


def test_what_an_earlier_version_dismissed_stays_dismissed() -> None:
    project = boutique("en")
    first = open_proposals(project, "en")["key"].iloc[0]
    old = project.apply(edits.set_view(project, dismissed=[first]))
    assert open_proposals(old, "en").attrs["aside"] == 1
    assert open_proposals(old.apply(call_back(old)), "en").attrs["aside"] == 0


# People's time and the Touchpoint Value as criteria


def test_person_days_weigh_by_rank_and_speak_against(tmp_path: Path) -> None:
    path = tmp_path / "points.csv"
    path.write_text("Point de contact;Étape;Impact;Effort;Jours-homme\nSite;Achat;8;3;40\nDevis;Achat;8;3;5\nAppel;Achat;8;3;12\n", "utf-8")
    project = Project.new("Boutique")
    project = project.apply(project.plan_import(analysis.read(path).tables).commands)
    days = project.touchpoints.set_index("touchpoint")["effort_days"]
    assert days.to_dict() == {"Site": 40.0, "Devis": 5.0, "Appel": 12.0}
    assert "effort_days" in weighable(project)
    frame = priorities(project, {"effort_days": 1.0}).set_index("touchpoint")
    assert frame["relevance"].to_dict() == {"Devis": 100.0, "Appel": 50.0, "Site": 0.0}


def test_what_already_gives_much_needs_less_work() -> None:
    project = boutique("en")
    given = [(SITE, "touchpoint_value", 80.0), (QUOTE, "touchpoint_value", 20.0), (CALL, "rational", 30.0), (CALL, "emotional", 50.0)]
    for id, part, value in given:
        project = project.apply(edits.set_score(id, part, value, author="Ada"))
    assert {"touchpoint_value", "rational", "emotional"} <= set(weighable(project))
    scores = priorities(project, {"touchpoint_value": 1.0}).set_index("id")["relevance"]
    assert [scores[QUOTE], scores[CALL], scores[SITE]] == pytest.approx([80, 60, 20])  # 100 less the value, the call's being the mean of its parts
