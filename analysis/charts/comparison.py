"""Two Pareto tables side by side, in the order of the first (D19)."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

import altair as alt
import pandas as pd

from analysis.charts.finish import either, finish
from analysis.charts.palette import ACCENT, INK, WARNING
from analysis.charts.text import marked, shortened, with_chosen
from analysis.language import Translator, number, percent, translator
from analysis.methods.frames import taken

#: so many items at most
MOST = 20
_ROW, _BAR = 38, 13


def comparison(table: Any, language: str = "en", *, measure: str = "", chosen: Collection[str] = (), width: float = 760) -> Any:
    """Draw two sets of amounts as pairs of bars, in the order of the first.

    Parameters
    ----------
    table : what `analysis.project.comparing.compared` gives, with its ``attrs``.
    measure : what is counted, in the reader's words.
    chosen : items to be marked, drawn also where they are far down.

    Returns
    -------
    An Altair chart; ``usermeta["shown"]``: how many items are drawn.

    Raises
    ------
    MissingColumns.
    """
    t, facts = translator(language), {str(key): value for key, value in table.attrs.items()}
    frame = taken(table, ["label", "first", "second", "first_share", "second_share", "first_vital", "second_vital"])
    one, two = facts["names"]
    shown = with_chosen(frame, "label", MOST, chosen)
    title = _finding(facts, t)
    caption = [
        t("In the order of {first}; each bar is a share of its own total, so that a longer period does not look worse.", first=one),
        t("{first}: {n} in all; {second}: {m}.", first=one, n=number(facts["first_total"], language), second=two,
          m=number(facts["second_total"], language)),
        t("Full colour: one of its own vital few."),
    ]  # fmt: skip
    if len(frame) > MOST:
        caption.append(t("The first {n} are drawn.", n=MOST))
    spoken = "; ".join([title, *(_said(row, one, two, language) for row in shown.head(12).to_dict("records"))])
    chart = _chart(shown, one, two, measure, chosen, t, width)
    return finish(chart, language, title=title, caption=caption, description=spoken, width=width, notes={"shown": len(shown)})


def _finding(facts: dict[str, Any], t: Translator) -> str:
    one, two = facts["names"]
    if not facts["first_total"] or not facts["second_total"]:
        return t("Nothing was counted for {name}", name=one if not facts["first_total"] else two)
    return t.n(
        "{n} of the {all} vital few of {first} is one of {second} too",
        "{n} of the {all} vital few of {first} are vital few of {second} too",
        facts["both_vital"], all=facts["first_vital"], first=one, second=two,
    )  # fmt: skip


def _said(row: dict[Any, Any], one: str, two: str, language: str) -> str:
    first, second = (percent(100 * row[name], language, 1) for name in ("first_share", "second_share"))
    return f"{row['label']}: {one} {first}, {two} {second}"


def _chart(shown: pd.DataFrame, one: str, two: str, measure: str, chosen: Collection[str], t: Translator, width: float) -> Any:
    room, language = 0.32 * width, t.language
    rows = [
        {"place": f"{place:04d}", "side": name, "share": float(row[f"{side}_share"]), "vital": bool(row[f"{side}_vital"]),
         "label": row["label"], "figure": percent(100 * row[f"{side}_share"], language, 1), "amount": number(float(row[side]), language)}
        for place, row in enumerate(shown.to_dict("records"))
        for side, name in (("first", one), ("second", two))
    ]  # fmt: skip
    data = pd.DataFrame(rows, columns=["place", "side", "share", "vital", "label", "figure", "amount"])
    names = {f"{place:04d}": shortened(marked(str(label), chosen), room, 12) for place, label in enumerate(shown["label"])}
    expr = f"({json.dumps(names, ensure_ascii=False)})[datum.value]"
    y = alt.Y("place:N", sort=None, title=None, axis=alt.Axis(labelExpr=expr, labelLimit=room + 8, ticks=False, domain=False),
              scale=alt.Scale(paddingInner=0.25))  # fmt: skip
    offset = alt.YOffset("side:N", sort=[one, two], scale=alt.Scale(paddingInner=0.1))
    top = max([0.01, *data["share"]]) * 1.16
    axis = alt.Axis(tickCount=5, labelExpr=f"format(datum.value * 100, '.0f') + '{percent(1, language)[1:]}'")
    x = alt.X("share:Q", scale=alt.Scale(domain=[0, top], nice=False), title=t("Share of the total"), axis=axis)
    colour = alt.Color("side:N", scale=alt.Scale(domain=[one, two], range=[ACCENT, WARNING]), legend=alt.Legend(title=None, orient="top"))
    tooltip = [
        alt.Tooltip("label:N", title=" "), alt.Tooltip("side:N", title=t("Compared")), alt.Tooltip("amount:N", title=measure or t("Value")),
        alt.Tooltip("figure:N", title=t("Share of the total")),
    ]  # fmt: skip
    base = alt.Chart(data).encode(y=y, yOffset=offset, tooltip=tooltip)
    bars = base.mark_bar(cornerRadiusEnd=2, stroke=INK, strokeWidth=0).encode(
        x=x, color=colour, fillOpacity=either(alt.FillOpacityValue, "datum.vital", 1, 0.45)
    )
    words = base.mark_text(align="left", dx=5, fontSize=11).encode(x=x, text=alt.Text("figure:N"))
    return alt.layer(bars, words, width=width, height=max(_ROW * len(shown), 2 * _ROW))
