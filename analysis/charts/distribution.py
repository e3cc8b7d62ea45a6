"""The answers behind one point of the curve: how many at each of the five levels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from analysis.charts.finish import finish
from analysis.charts.palette import EMOTION, EMOTION_NAMES, HALO, emotion_step
from analysis.language import number, percent, signed, translator


def distribution(
    felt: Any, language: str = "en", *, levels: Sequence[str] | None = None, width: float = 420, title: str | None = None
) -> Any:
    """Draw how answers spread over the five levels of emotion, the best on top.

    Parameters
    ----------
    felt : values from −2 to +2, one an answer; missing ones are left out. Each counts at its nearest level, halves outwards.
    language : ``"fr"`` or ``"en"``. levels : names of the five levels, lowest first; by default those of the house.
    width : of the plot in pixels. title : of the chart; by default the number of answers.

    Returns
    -------
    An Altair chart. ``usermeta`` holds counts, the number of answers at each level, lowest first.
    """
    t = translator(language)
    steps = [emotion_step(float(value)) for value in pd.Series(felt).dropna()]
    counts = [steps.count(step) for step in range(5)]
    names = list(levels or [t(name) for name in EMOTION_NAMES])
    rows = [
        {"level": f"{names[step]} ({signed(step - 2, language)})", "n": counts[step], "colour": EMOTION[step], "order": -step,
         "said": _said(counts[step], len(steps), language)}
        for step in range(5)
    ]  # fmt: skip
    base = alt.Chart(pd.DataFrame(rows)).encode(
        y=alt.Y("level:N", sort=alt.SortField("order"), title=None, axis=alt.Axis(ticks=False, domain=False, labelLimit=200)),
        x=alt.X("n:Q", axis=None, scale=alt.Scale(domain=[0, max([*counts, 1]) * 1.3], nice=False)),
    )
    bars = base.mark_bar(cornerRadius=3, height=16, stroke=HALO, strokeOpacity=0.35).encode(color=alt.Color("colour:N", scale=None))
    labels = base.mark_text(align="left", dx=5).encode(text=alt.Text("said:N"))
    heading = t.n("{n} answer", "{n} answers", len(steps)) if title is None else title
    spoken = heading + ": " + "; ".join(f"{row['level']} {row['said']}" for row in rows)
    chart = (bars + labels).properties(width=width, height=alt.Step(24))
    return finish(chart, language, title=heading, description=spoken, width=width, notes={"counts": counts})


def _said(count: int, total: int, language: str) -> str:
    if not count:
        return ""
    return f"{number(count, language)} · {percent(100 * count / total, language)}"
