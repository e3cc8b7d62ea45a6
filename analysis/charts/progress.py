"""The plan over time: what was planned and what was done, day by day."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from analysis.charts.finish import finish
from analysis.charts.palette import ACCENT, INK, MUTED
from analysis.language import Translator, date, money, number, translator
from analysis.methods.frames import taken

#: what is drawn → column of the whole, column of what is done
_WHAT = {"actions": ("total", "done"), "cost": ("cost", "cost_done")}


def progress(frame: Any, language: str = "en", *, what: str = "actions", currency: str = "EUR", width: float = 760) -> Any:
    """Draw how the plan has grown and been carried out.

    Parameters
    ----------
    frame : what :func:`analysis.project.progress.plan_over_time` gives.
    what : ``actions`` (their number) or ``cost``. currency : code of the money.

    Returns
    -------
    An Altair chart: a line for the whole plan, an area for what is done.

    Raises
    ------
    MissingColumns.
    """
    t, (whole, part) = translator(language), _WHAT[what]
    table = taken(frame, ["date", whole, part]).rename(columns={whole: "whole", part: "part"})
    table = table.assign(date=pd.to_datetime(table["date"]), whole=table["whole"].astype(float), part=table["part"].astype(float))

    def shown(value: float) -> str:
        return money(value, language, currency) if what == "cost" else number(value, language)

    said = _finding(table, t, what, shown)
    caption = [
        t("State of the plan at the end of each day on which it changed, from the log of the project; dropped actions do not count."),
        t("Line: the whole plan; area: what is done."),
    ]
    days = [date(day.date(), language) for day in table["date"]]
    rows = table.assign(
        day=days, said_whole=[shown(value) for value in table["whole"]], said_part=[shown(value) for value in table["part"]]
    )
    spoken = "; ".join([said, *(f"{r['day']}: {r['said_part']} / {r['said_whole']}" for r in rows.tail(12).to_dict("records"))])
    name = t("Cost") if what == "cost" else t("Actions")
    return finish(_chart(rows, name, t, width), language, title=said, caption=caption, description=spoken, width=width)


def _finding(table: pd.DataFrame, t: Translator, what: str, shown: Any) -> str:
    if table.empty:
        return t("No action has been planned yet")
    now, first = table.iloc[-1], table.iloc[0]
    done, whole = shown(float(now["part"])), shown(float(now["whole"]))
    text = (
        t("{done} of {total} of the cost is for actions that are done", done=done, total=whole)
        if what == "cost"
        else t.n("{n} of {total} actions is done", "{n} of {total} actions are done", float(now["part"]), total=whole)
    )
    since = date(first["date"].date(), t.language)
    gain = float(now["part"]) - float(first["part"])
    return text + (", " + t("{gain} more since {date}", gain=shown(gain), date=since) if gain > 0 and len(table) > 1 else "")


def _chart(rows: pd.DataFrame, name: str, t: Translator, width: float) -> Any:
    tooltip = [
        alt.Tooltip("day:N", title=t("Date")), alt.Tooltip("said_whole:N", title=t("Whole plan")),
        alt.Tooltip("said_part:N", title=t("Done")),
    ]  # fmt: skip
    top = max([1.0, *rows["whole"]]) * 1.12
    y = alt.Scale(domain=[0, top], nice=False)
    x = alt.X("date:T", title=None, axis=alt.Axis(tickCount=max(3, int(width // 130)), format="%d/%m/%Y"))
    base = alt.Chart(rows).encode(x=x, tooltip=tooltip)
    axis = alt.Axis(tickMinStep=1, tickCount=5, format="~s")
    area = base.mark_area(interpolate="step-after", fill=ACCENT, opacity=0.35).encode(y=alt.Y("part:Q", scale=y, title=name, axis=axis))
    done = base.mark_line(interpolate="step-after", stroke=ACCENT, strokeWidth=2.5).encode(y=alt.Y("part:Q", scale=y))
    whole = base.mark_line(interpolate="step-after", stroke=INK, strokeWidth=2, strokeDash=[6, 3]).encode(y=alt.Y("whole:Q", scale=y))
    dots = base.mark_point(filled=True, size=55, opacity=1, fill=MUTED).encode(y=alt.Y("whole:Q", scale=y))
    last = base.mark_point(filled=True, size=55, opacity=1, fill=ACCENT).encode(y=alt.Y("part:Q", scale=y))
    return (area + done + whole + dots + last).properties(width=width, height=240)
