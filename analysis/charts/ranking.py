"""The ranking as bars: the score of each touchpoint, best first, with the places it gained or lost."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

import altair as alt
import pandas as pd

from analysis.charts.finish import either, finish
from analysis.charts.palette import ACCENT, MUTED
from analysis.charts.text import marked, name_room, shortened, with_chosen
from analysis.language import Translator, number, percent, translator
from analysis.methods.frames import taken

#: so many items at most
MOST = 25
_ROW = 26


def ranking(
    frame: Any, language: str = "en", *, score: str = "method_score", item: str = "touchpoint", name: str = "", rule: str = "",
    top: float | None = 100, chosen: Collection[str] = (), width: float = 760,
) -> Any:  # fmt: skip
    """Draw scores as bars, best first.

    Parameters
    ----------
    frame : with ``item``, rank and ``score`` (see :func:`analysis.project.priorities.priorities`); moved (places gained, negative:
        lost) and present (share of the weight that is known) where there are any. Items without a rank are counted, not drawn.
    name : of the score. rule : how it is made, for the caption. top : the end of the axis; None: the highest score.
    chosen : items to be marked, drawn also where they are far down.

    Returns
    -------
    An Altair chart. ``usermeta``: shown, scored, unscored (numbers).

    Raises
    ------
    MissingColumns.
    """
    t = translator(language)
    every = taken(frame, [item, "rank", score], ["moved", "present"])
    scored = every[every["rank"].notna()].sort_values(["rank", item], kind="stable")
    shown = with_chosen(scored, item, MOST, chosen)
    said = _finding(scored, item, score, top, t)
    caption = [rule, t("{n} of {all} have a score.", n=len(scored), all=len(every))]
    if len(scored) > MOST:
        caption.append(t("The first {n} are drawn.", n=MOST))
    rows = [_row(row, item, score, t) for row in shown.to_dict("records")]
    spoken = "; ".join([said, *(f"{row['name']}: {row['figure']}" for row in rows[:12])])
    notes = {"shown": len(shown), "scored": len(scored), "unscored": len(every) - len(scored)}
    chart = _chart(rows, top, name or t("Score"), chosen, t, width)
    return finish(chart, language, title=said, caption=caption, description=spoken, width=width, notes=notes)


def _finding(scored: pd.DataFrame, item: str, score: str, top: float | None, t: Translator) -> str:
    """Who is first, and by how much."""
    if scored.empty:
        return t("No touchpoint has a score yet")
    decimals = 0 if top in (100, 1000) else 1
    first = scored.iloc[0]
    value = number(float(first[score]), t.language, decimals)
    level = int((scored["rank"] == 1).sum())
    if level > 1:
        return t("{n} share the first place, with {value}", n=level, value=value)
    if len(scored) == 1:
        return t("“{name}” is the only one with a score: {value}", name=first[item], value=value)
    gap = float(first[score]) - float(scored.iloc[1][score])
    ahead = number(gap, t.language, 1 if gap >= 0.1 else 2)
    return t("“{name}” comes first with {value}, {ahead} ahead of “{next}”", name=first[item], value=value, ahead=ahead,
             next=scored.iloc[1][item])  # fmt: skip


def _row(row: dict[Any, Any], item: str, score: str, t: Translator) -> dict[str, Any]:
    moved = row.get("moved")
    places = 0 if moved is None or pd.isna(moved) else int(moved)
    arrow = f" ▲ {places}" if places > 0 else f" ▼ {-places}" if places < 0 else ""
    present = row.get("present")
    return {
        "name": str(row[item]), "rank": int(row["rank"]), "score": float(row[score]),
        "figure": number(float(row[score]), t.language, 1) + arrow,
        "known": "" if present is None or pd.isna(present) else percent(100 * float(present), t.language), "first": int(row["rank"]) <= 5,
    }  # fmt: skip


def _chart(rows: list[dict[str, Any]], top: float | None, name: str, chosen: Collection[str], t: Translator, width: float) -> Any:
    room = name_room(width, 0.34)
    data = pd.DataFrame(rows, columns=["name", "rank", "score", "figure", "known", "first"])
    data["place"] = [f"{n:04d}" for n in range(len(data))]
    names = {row["place"]: f"{row['rank']}. {shortened(marked(row['name'], chosen), room - 24, 12)}" for row in data.to_dict("records")}
    y = alt.Y(
        "place:N", sort=None, title=None,
        axis=alt.Axis(labelExpr=f"({json.dumps(names, ensure_ascii=False)})[datum.value]", labelLimit=room, ticks=False, domain=False),
    )  # fmt: skip
    end = top or max([1e-9, *data["score"]])
    x = alt.X("score:Q", scale=alt.Scale(domain=[0, end * 1.12], nice=False), title=name, axis=alt.Axis(tickCount=5, format="~s"))
    tooltip = [
        alt.Tooltip("name:N", title=" "), alt.Tooltip("rank:Q", title=t("Rank")), alt.Tooltip("figure:N", title=name),
        alt.Tooltip("known:N", title=t("Weight known")),
    ]  # fmt: skip
    base = alt.Chart(data).encode(y=y, tooltip=tooltip)
    bars = base.mark_bar(height=16, cornerRadiusEnd=3).encode(x=x, color=either(alt.ColorValue, "datum.first", ACCENT, MUTED))
    words = base.mark_text(align="left", dx=6, fontWeight=600).encode(x=x, text=alt.Text("figure:N"))
    return alt.layer(bars, words, width=width, height=max(_ROW * len(rows), 2 * _ROW))
