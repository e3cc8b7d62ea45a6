"""The 360° matrix, drawn: reach against Touchpoint Value (D20)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.charts.finish import finish
from analysis.charts.matrix import board_items, cut_sentence, label_column, placing_notes
from analysis.charts.quadrants import Board, board_chart, names_in
from analysis.charts.sources import reach_frame
from analysis.language import N_, Translator, number, percent, translator
from analysis.methods.touchpoint_matrix import ROLES

if TYPE_CHECKING:
    from analysis.project import Project

CORNERS = {"top left": "hidden_gem", "top right": "pillar", "bottom left": "question", "bottom right": "fix"}
AXIS_X, AXIS_Y = N_("Reach (% of customers)"), N_("Touchpoint Value (0 to 100)")


def touchpoints(
    frame: pd.DataFrame | Project,
    language: str = "en",
    *,
    label: str | None = None,
    size: str | None = "cost",
    size_title: str = "",
    names: Mapping[str, str] | None = None,
    width: float = 760,
    height: float = 520,
    title: str | None = None,
    chosen: Collection[str] = (),
) -> Any:
    """Draw the 360° matrix.

    Parameters
    ----------
    frame : what `analysis.touchpoint_matrix` gives, a frame with reach and touchpoint_value, or a project.
    label, size, size_title, names, width, height, title : as for `analysis.charts.matrix`; bubbles show the cost when there is one.
    chosen : names to be marked, their bubbles ringed.

    Returns
    -------
    An Altair chart; ``usermeta["unplaced"]`` lists the touchpoints without both values.
    """
    frame = reach_frame(frame)
    t = translator(language)
    facts = {"reach": "reach", "value": "touchpoint_value", "cut": {"reach": 50.0, "value": 50.0}, "cut_rule": "midpoint"}
    facts |= {key: frame.attrs[key] for key in facts if key in frame.attrs}
    named = label or label_column(frame)
    size = size if size in frame and frame[size].notna().any() else None
    placed = frame[frame["quadrant"].notna()]
    items = board_items(placed, named, str(facts["reach"]), str(facts["value"]), size, language)
    items["chosen"] = items["label"].isin(list(chosen))
    called = {code: (names or {}).get(code) or t(name) for code, name in ROLES.items()}
    cut: Any = facts["cut"]
    board = Board(
        items, x_range=(-5, 105), y_range=(-6, 106), cut=(cut["reach"], cut["value"]), x_title=t(AXIS_X), y_title=t(AXIS_Y),
        names=called, corners=CORNERS, width=width, height=height, size_title=size_title or (t("cost") if size == "cost" else ""),
        x_ticks=range(0, 101, 10 if width > 500 else 25), y_ticks=range(0, 101, 10), x_labels=f"datum.label + '{percent(1, language)[1:]}'",
    )  # fmt: skip
    chart, drawn = board_chart(board, t)
    unplaced = frame.loc[frame["quadrant"].isna(), named].astype(str).tolist()
    said = finding(items, t)
    rule = cut_sentence(str(facts["cut_rule"]), number(cut["reach"], language), number(cut["value"], language), t)
    bubble = t("Bubble size: {what}.", what=board.size_title or size) if size else ""
    parts = [f"{called[code]}: {names_in(items.loc[items['quadrant'] == code, 'label'].tolist(), 8, t)}" for code in called]
    return finish(
        chart, language, title=said if title is None else title,
        caption=[" ".join(part for part in (rule, bubble) if part), " ".join(placing_notes(drawn, unplaced, t))],
        description=t("Reach and value of touchpoints.") + f" {said}. " + ". ".join(parts) + ".",
        width=width + 60, notes={"unplaced": unplaced, "numbered": drawn["numbered"]},
    )  # fmt: skip


def finding(items: pd.DataFrame, t: Translator) -> str:
    """The title: what to fix, else what to extend."""
    if items.empty:
        return t("No touchpoint has both a reach and a value yet")
    for code, one, many in (
        ("fix", N_("{n} touchpoint reaches many and gives little: {names}"), N_("{n} touchpoints reach many and give little: {names}")),
        ("hidden_gem", N_("{n} hidden gem deserves a wider reach: {names}"), N_("{n} hidden gems deserve a wider reach: {names}")),
        ("pillar", N_("{n} pillar carries the experience: {names}"), N_("{n} pillars carry the experience: {names}")),
    ):
        members = items.loc[items["quadrant"] == code].sort_values("x", ascending=code == "hidden_gem")["label"].tolist()
        if members:
            return t(one if len(members) == 1 else many, n=len(members), names=names_in(members, 3, t))
    return t("No touchpoint reaches half of the customers or gives much value")
