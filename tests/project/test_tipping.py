"""What would have to change for an item to leave the top, worked out and tried."""

from __future__ import annotations

import pytest

from analysis.project import edits
from analysis.project.priorities import priorities
from analysis.project.tipping import tipping_points
from tests.pages.boutique import boutique


def test_the_figure_named_brings_the_item_level_with_the_next_one() -> None:
    project = boutique()
    found = tipping_points(project, k=2)
    assert len(found) == 2
    for row in found.dropna().to_dict("records"):
        changed = project.apply(edits.set_score(row["id"], row["criterion"], row["needed"], author="anne"))
        scores = priorities(changed).set_index("touchpoint")["relevance"]
        name = project.table("touchpoint")[row["id"]].name
        assert scores[name] == pytest.approx(scores[row["next"]], abs=0.01)


def test_nobody_outside_the_top_means_nothing_to_say() -> None:
    assert tipping_points(boutique(), k=50).empty
