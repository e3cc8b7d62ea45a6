"""What would have to change for an item to leave the top, worked out and tried."""

from __future__ import annotations

import pytest

from analysis.project import edits
from analysis.project.priorities import priorities, weights_of
from analysis.project.tipping import tipping_points
from tests.pages.boutique import CALL, QUOTE, SITE, boutique


def test_the_figure_named_brings_the_item_level_with_the_next_one() -> None:
    project = boutique()
    found = tipping_points(project, k=2)
    assert len(found) == 2
    for row in found.dropna().to_dict("records"):
        changed = project.apply(edits.set_score(row["id"], row["criterion"], row["needed"], author="anne"))
        scores = priorities(changed).set_index("touchpoint")["relevance"]
        name = project.table("touchpoint")[row["id"]].name
        assert scores[name] == pytest.approx(scores[row["next"]], abs=0.01)


def test_where_less_is_better_the_figure_has_to_rise() -> None:
    # by satisfaction alone: the quote at −2 (100 points) leaves the first place when it is as good as the site at −1 (75)
    project = boutique()
    project = project.apply(edits.set_weights(dict.fromkeys(weights_of(project), 0.0) | {"satisfaction": 1.0}))
    found = tipping_points(project, k=1)
    assert found[["id", "criterion", "value", "needed", "points"]].values.tolist() == [[QUOTE, "satisfaction", -2.0, -1.0, 25.0]]


def test_nobody_outside_the_top_means_nothing_to_say() -> None:
    assert tipping_points(boutique(), k=50).empty


@pytest.mark.parametrize("method", ["rice", "ice", "opportunity"])
def test_by_another_ranking_the_figure_named_brings_the_item_level_too(method: str) -> None:
    project = boutique()
    for place, id in enumerate((SITE, QUOTE, CALL)):
        figures = {"confidence": 9.0 - place, "importance": 9.0 - 2 * place}
        project = project.apply([command for name, value in figures.items() for command in edits.set_score(id, name, value, author="anne")])
    project = project.apply(edits.set_view(project, ranking=method))
    found = tipping_points(project, k=1)
    assert len(found) == 1
    row = found.to_dict("records")[0]
    changed = project.apply(edits.set_score(row["id"], row["criterion"], row["needed"], author="anne"))
    scores = priorities(changed, method=method).set_index("touchpoint")["method_score"]
    assert scores[project.table("touchpoint")[row["id"]].name] == pytest.approx(scores[row["next"]], rel=0.002)


def test_a_rice_of_360_comes_down_to_the_next_one_when_the_effort_triples() -> None:
    """80 % × 9 × 1 ÷ 2 = 360 against 40 % × 6 × 1 ÷ 2 = 120: with an effort of 6 the first one is at 120 too.

    Its reach would have to fall from 80 to 26.7 (53 % of the scale), its impact from 9 to 3 (67 %), its effort to rise by 44 %.
    """
    project = boutique()
    for id, reach, impact, effort in ((SITE, 80, 9, 2), (QUOTE, 40, 6, 2)):
        for name, value in {"reach": reach, "impact": impact, "effort": effort, "confidence": 10}.items():
            project = project.apply(edits.set_score(id, name, float(value), author="anne"))
    row = tipping_points(project.apply(edits.set_view(project, ranking="rice")), k=1).to_dict("records")[0]
    assert (row["criterion"], row["value"], row["points"]) == ("effort", 2.0, pytest.approx(240.0))
    assert row["needed"] == pytest.approx(6.0, abs=0.01)
