"""The order of a plan that was edited in Excel: the numbers that somebody typed anew, not the rows, which a sort moves about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.project.edits import reorder_actions
from analysis.project.importing.builder import CHANGED, Builder


def add_order(
    builder: Builder, sheet: str, numbers: Mapping[str, tuple[float, str]], exported: Sequence[str], now: Mapping[str, str]
) -> None:
    """Take over an order that was typed into the numbers of the plan; said action by action.

    Parameters
    ----------
    numbers : id → the number that stands in the file, and its cell. exported : ids in the order in which the file was written.
    now : id → title, in the order of today. Actions that the file does not hold keep their places.

    Rows are only sorted to be looked at: as long as their numbers say the former order, nothing changes. Of two with one number the one
    that was moved up comes first, the one that was moved down last.
    """
    held = [id for id in exported if id in numbers and id in now]
    rank = {id: place for place, id in enumerate(held, start=1)}

    def place(id: str) -> tuple[float, int, int]:
        typed = numbers[id][0]
        return typed, (typed > rank[id]) - (typed < rank[id]), rank[id]

    wanted = sorted(held, key=place)
    today = [id for id in now if id in rank]
    if wanted in (held, today) or (builder.keep_ours and today != held):
        return
    fill = iter(wanted)
    order = [next(fill) if id in rank else id for id in now]
    builder.commands += reorder_actions(order)
    places = {id: at for at, id in enumerate(now, start=1)}
    for at, id in enumerate(order, start=1):
        if places[id] != at:
            _say(builder, id, now[id], places[id], at, sheet, numbers[id][1] if id in numbers else "")


def _say(builder: Builder, id: str, title: str, before: int, after: int, sheet: str, cell: str) -> None:
    """An action that goes to another place is no longer one that stays as it is."""
    builder.changes[:] = [line for line in builder.changes if not (line["id"] == id and line["status"] == "unchanged")]
    builder.changes.append(
        {"kind": "action", "id": id, "item": title, "field": "order", "before": before, "after": after, "status": CHANGED, "sheet": sheet,
         "cell": cell}
    )  # fmt: skip
