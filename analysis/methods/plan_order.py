"""The order of the action plan (D24)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.methods.frames import columns_of, folded, need, numbers, whole

#: quick wins first; money pits last and greyed
_PLACES = {"quick_win": 0, "big_bet": 1, "fill_in": 2, "money_pit": 4}
_WITHOUT = 3


def plan_order(actions: Any, title: str = "action", by_hand: str = "position") -> pd.DataFrame:
    """Sort actions by priority, keeping what the user has placed by hand.

    Parameters
    ----------
    actions : any frame with ``title``; quadrant, score (relevance) and pain_points (how many it answers) when there
        are any.
    title : column of the action's title.
    by_hand : column with the place (1, 2 …) that the user gave, where they gave one.

    Returns
    -------
    The actions in order, with order (1 … n), placed_by_hand (bool) and greyed (money pits).

    Notes
    -----
    Quick wins, then big bets, fill-ins, actions without a quadrant, and money pits last; within a group by relevance,
    then by the number of pain points answered, then by title. Actions placed by hand keep their place; the others fill
    the rest in order.

    Examples
    --------
    >>> plan_order(pd.DataFrame({"action": ["a", "b"], "quadrant": ["big_bet", "quick_win"]}))["action"].tolist()
    ['b', 'a']
    """
    need(actions, [title])
    table, there = whole(actions), columns_of(actions)

    def column(name: str) -> Any:
        return numbers(table[name]) if name in there else np.full(len(table), np.nan)

    quadrant = table["quadrant"] if "quadrant" in there else pd.Series(None, index=table.index, dtype="str")
    keys = pd.DataFrame(
        {
            "group": [_PLACES.get(code, _WITHOUT) if pd.notna(code) else _WITHOUT for code in quadrant],
            "score": -column("score"),
            "pains": -np.nan_to_num(column("pain_points")),
            "title": [folded(name) for name in table[title]],
        }
    ).sort_values(["group", "score", "pains", "title"], kind="stable", na_position="last")
    wished = column(by_hand)
    order = _seated(keys.index.tolist(), wished)
    result = table.iloc[order].copy()
    result["order"] = np.arange(1, len(result) + 1)
    result["placed_by_hand"] = ~np.isnan(wished[order]) if len(order) else np.array([], dtype=bool)
    result["greyed"] = (quadrant.iloc[order] == "money_pit").fillna(False).to_numpy(dtype=bool)
    return result


def _seated(order: list[int], wished: Any) -> list[int]:
    """Rows in their wished place where they have one, the rest filling the gaps in the given order."""
    seats: dict[int, int] = {}
    for row in sorted((row for row in order if not np.isnan(wished[row])), key=lambda row: float(wished[row])):
        seat = min(max(int(wished[row]), 1), len(order))
        while seat in seats:
            seat = seat % len(order) + 1
        seats[seat] = row
    others = iter(row for row in order if np.isnan(wished[row]))
    return [seats[seat] if seat in seats else next(others) for seat in range(1, len(order) + 1)]
