"""The best set of actions under a budget; every expected set was worked out by hand."""

from __future__ import annotations

from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import ParcoursError, best_under_budget


def decided(budget: float, **columns: list[object]) -> list[str]:
    return list(best_under_budget(pd.DataFrame(columns), budget)["decision"])


def test_two_cheaper_actions_beat_the_best_single_one() -> None:
    # 60 for 10 alone, or 50 + 40 = 90 for 6 + 5 = 11
    plan = pd.DataFrame({"score": [60, 50, 40], "cost": [10, 6, 5]})
    found = best_under_budget(plan, 11)
    assert list(found["decision"]) == ["not_chosen", "chosen", "chosen"]
    assert (found.attrs["value"], found.attrs["cost"], found.attrs["left"], found.attrs["over"]) == (90, 11, 0, 0)


def test_taking_the_best_value_for_money_first_would_be_wrong() -> None:
    # value per euro: 3, 2.5, 2.5; greedy takes the first (6 of 10 left: 4), then nothing fits: 18; the two others give 25
    assert decided(10, score=[18, 12.5, 12.5], cost=[6, 5, 5]) == ["not_chosen", "chosen", "chosen"]


def test_an_action_comes_with_what_it_needs() -> None:
    # b (90) needs a (1): together 91 for 10; c alone 50 for 10
    assert decided(10, id=["a", "b", "c"], score=[1, 90, 50], cost=[6, 4, 10], depends_on=[[], ["a"], []]) == [
        "chosen", "chosen", "not_chosen",
    ]  # fmt: skip
    # one euro less and the pair no longer fits; b alone is not allowed
    assert decided(9, id=["a", "b"], score=[1, 90], cost=[6, 4], depends_on=[[], ["a"]]) == ["chosen", "not_chosen"]


def test_what_runs_is_kept_and_counts() -> None:
    found = best_under_budget(pd.DataFrame({"score": [5, 80, 70], "cost": [7, 6, 3], "status": ["in_progress", "to_do", "to_do"]}), 10)
    assert list(found["decision"]) == ["kept", "not_chosen", "chosen"]
    assert found.attrs["cost"] == 10


def test_when_what_runs_already_costs_too_much_nothing_is_added_and_it_is_said() -> None:
    found = best_under_budget(pd.DataFrame({"score": [5, 80], "cost": [12, 0], "status": ["done", "to_do"]}), 10)
    assert list(found["decision"]) == ["kept", "not_chosen"]
    assert found.attrs["over"] == 2
    assert found.attrs["left"] == 0


def test_an_action_without_a_cost_is_listed_not_chosen_and_neither_is_what_needs_it() -> None:
    ids, needs = ["a", "b", "c", "d"], [[], ["a"], ["b"], []]
    assert decided(100, id=ids, score=[90, 90, 90, 1], cost=[None, 1, 1, 1], depends_on=needs) == ["no_cost", "blocked", "blocked", "chosen"]


def test_what_runs_holds_nobody_up_whatever_it_needed_itself() -> None:
    needs = [[], ["a"], ["b"]]
    found = decided(10, id=["a", "b", "c"], score=[1, 1, 9], cost=[None, 2, 3], status=["to_do", "in_progress", "to_do"], depends_on=needs)
    assert found == ["no_cost", "kept", "chosen"]


def test_a_dropped_action_stays_dropped_and_blocks_what_needs_it() -> None:
    found = decided(100, id=["a", "b"], score=[90, 90], cost=[1, 1], status=["dropped", "to_do"], depends_on=[[], ["a"]])
    assert found == ["dropped", "blocked"]


def test_of_two_equally_good_sets_the_cheaper_one() -> None:
    assert decided(10, score=[50, 50], cost=[10, 8]) == ["not_chosen", "chosen"]


def test_cents_do_not_push_a_set_over_the_line() -> None:
    assert decided(0.3, score=[1, 1], cost=[0.1, 0.2]) == ["chosen", "chosen"]


def test_a_negative_budget_is_refused_in_both_languages() -> None:
    with pytest.raises(ParcoursError) as refused:
        best_under_budget(pd.DataFrame({"score": [1], "cost": [1]}), -5)
    assert refused.value.code == "negative"
    assert "budget" in refused.value.message("fr")


@st.composite
def plans(draw: st.DrawFn) -> tuple[pd.DataFrame, int]:
    """Up to twelve actions; each may need some of those before it; some have no cost, some run, are done or dropped."""
    count = draw(st.integers(1, 12))
    rows = [
        {
            "id": str(n),
            "score": draw(st.one_of(st.none(), st.integers(0, 20))),
            "cost": draw(st.one_of(st.none(), st.integers(0, 15))),
            "status": draw(st.sampled_from(["proposed", "to_do", "to_do", "to_do", "in_progress", "done", "dropped"])),
            "depends_on": draw(st.lists(st.sampled_from([str(other) for other in range(n)]), unique=True, max_size=2)) if n else [],
        }
        for n in range(count)
    ]
    return pd.DataFrame(rows), draw(st.integers(0, 60))


def by_trying_every_set(plan: pd.DataFrame, budget: int) -> tuple[float, float]:
    """(value, cost) of the best set, the cheapest of the best, found without any solver."""
    rows = {row["id"]: row for row in plan.to_dict("records")}
    kept = {id for id, row in rows.items() if row["status"] in ("in_progress", "done")}
    free = [id for id, row in rows.items() if id not in kept and row["status"] != "dropped" and pd.notna(row["cost"])]
    worth = lambda ids: sum(0 if pd.isna(rows[id]["score"]) else rows[id]["score"] for id in ids)  # noqa: E731
    price = lambda ids: sum(0 if pd.isna(rows[id]["cost"]) else rows[id]["cost"] for id in ids)  # noqa: E731
    best = (worth(kept), -price(kept))
    for size in range(len(free) + 1):
        for chosen in combinations(free, size):
            ids = kept | set(chosen)
            if price(ids) <= budget and all(other in ids for id in chosen for other in rows[id]["depends_on"]):
                best = max(best, (worth(ids), -price(ids)))
    return best[0], -best[1]


@given(plans())
@settings(max_examples=60, deadline=None)
def test_it_is_as_good_and_as_cheap_as_trying_every_set(case: tuple[pd.DataFrame, int]) -> None:
    plan, budget = case
    found = best_under_budget(plan, budget)
    assert (found.attrs["value"], found.attrs["cost"]) == by_trying_every_set(plan, budget)
    inside = set(found.loc[found["decision"].isin(["chosen", "kept"]), "id"])
    chosen = found[found["decision"] == "chosen"]
    assert all(set(needed) <= inside for needed in chosen["depends_on"])
