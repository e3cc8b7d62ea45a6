"""What actions may bring in their first year: a range each, never a bare number (D28)."""

from __future__ import annotations

import json
from typing import Any

import altair as alt
import pandas as pd

from analysis.charts.finish import either, finish
from analysis.charts.palette import ACCENT, HALO, INK, WARNING
from analysis.charts.text import name_room, shortened
from analysis.language import Translator, money, percent, translator
from analysis.methods.frames import taken

#: so many actions at most
MOST = 25
_ROW = 30
#: of the width of the ranges, what a share beside its bar takes
_LABEL = 0.12


def returns(frame: Any, language: str = "en", *, currency: str = "EUR", item: str = "action", width: float = 760) -> Any:
    """Draw the return of each action as a range.

    Parameters
    ----------
    frame : with ``item``, p10, p50, p90 and payback_share, as :func:`analysis.project.forecast.returns` gives; rows without a return
        are counted, not drawn. currency : code of the money.

    Returns
    -------
    An Altair chart. ``usermeta``: shown, unknown (numbers).

    Raises
    ------
    MissingColumns.
    """
    t = translator(language)
    every = taken(frame, [item, "p10", "p50", "p90", "payback_share"])
    known = every[every["p50"].notna()].sort_values("p50", ascending=False, kind="stable")
    shown = known.head(MOST)
    said = _finding(known, t)
    caption = [
        t("Customers reached × effect × value of a conversion − cost, 10,000 draws; bars hold eight draws in ten, the mark is the middle."),
        t("The effect comes in as many draws as the confidence says; in the others only the cost remains."),
        t.n("{n} action lacks something for a return.", "{n} actions lack something for a return.", len(every) - len(known))
        if len(every) > len(known) else "",
    ]  # fmt: skip
    rows = [_row(row, item, t, currency) for row in shown.to_dict("records")]
    spoken = "; ".join([said, *(f"{row['name']}: {row['said']}" for row in rows)])
    notes = {"shown": len(shown), "unknown": len(every) - len(known)}
    return finish(_chart(rows, t, width), language, title=said, caption=caption, description=spoken, width=width, notes=notes)


def _finding(known: pd.DataFrame, t: Translator) -> str:
    if known.empty:
        return t("No action has a return yet")
    sure = int((known["payback_share"] >= 0.8).sum())
    return t.n(
        "{n} of {all} actions pays back within a year in at least 80% of the draws",
        "{n} of {all} actions pay back within a year in at least 80% of the draws",
        sure, all=len(known),
    )  # fmt: skip


def _row(row: dict[Any, Any], item: str, t: Translator, currency: str) -> dict[str, Any]:
    low, middle, high = (money(float(row[name]), t.language, currency) for name in ("p10", "p50", "p90"))
    share = percent(100 * float(row["payback_share"]), t.language)
    return {
        "name": str(row[item]), "low": float(row["p10"]), "middle": float(row["p50"]), "high": float(row["p90"]), "share": share,
        "pays": float(row["payback_share"]) >= 0.5, "said": t("{low} to {high}, middle {middle}", low=low, high=high, middle=middle),
    }  # fmt: skip


def _chart(rows: list[dict[str, Any]], t: Translator, width: float) -> Any:
    room = name_room(width, 0.34)
    data = pd.DataFrame(rows, columns=["name", "low", "middle", "high", "share", "pays", "said"])
    data["place"] = [f"{n:04d}" for n in range(len(data))]
    names = {row["place"]: shortened(row["name"], room, 12) for row in data.to_dict("records")}
    expr = f"({json.dumps(names, ensure_ascii=False)})[datum.value]"
    y = alt.Y("place:N", sort=None, title=None, axis=alt.Axis(labelExpr=expr, labelLimit=room + 8, ticks=False, domain=False))
    low, high = min([0.0, *data["low"]]), max([0.0, *data["high"]])
    span = max(high - low, 1.0)
    near = (data["high"] < 0) & (data["high"] > -_LABEL * span)  # its share would stand on the zero line: it goes behind it
    data["beside"] = data["high"].mask(near, 0.0)
    scale = alt.Scale(domain=[low - 0.03 * span, high + (_LABEL + 0.04) * span], nice=False)
    axis = alt.Axis(tickCount=5 if width > 500 else 3, format=",d")
    x = alt.X("low:Q", scale=scale, title=t("Net gain of the first year"), axis=axis)
    tooltip = [
        alt.Tooltip("name:N", title=" "), alt.Tooltip("said:N", title=t("Return in the first year")),
        alt.Tooltip("share:N", title=t("Pays back within a year")),
    ]  # fmt: skip
    base = alt.Chart(data).encode(y=y, tooltip=tooltip)
    colour = either(alt.ColorValue, "datum.pays", ACCENT, WARNING)
    bars = base.mark_bar(height=11, cornerRadius=5, opacity=0.55).encode(x=x, x2=alt.X2("high:Q"), color=colour)
    marks = base.mark_point(filled=True, size=100, opacity=1, stroke=HALO, strokeWidth=1)
    marks = marks.encode(x=alt.X("middle:Q", scale=scale), color=colour)
    words = base.mark_text(align="left", dx=8, fontWeight=600).encode(x=alt.X("beside:Q", scale=scale), text=alt.Text("share:N"))
    zero = alt.Chart(pd.DataFrame({"x": [0.0]})).mark_rule(color=INK, strokeDash=[4, 3]).encode(x=alt.X("x:Q", scale=scale))
    return alt.layer(zero, bars, marks, words, width=width, height=max(_ROW * len(rows), 2 * _ROW))
