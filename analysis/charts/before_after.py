"""How stages and touchpoints felt before a day and from that day on, drawn as pairs of points."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from analysis.charts.finish import either, finish
from analysis.charts.palette import ACCENT, INK, MUTED, WARNING
from analysis.charts.text import shortened
from analysis.language import N_, Translator, date, interval, number, signed, translator
from analysis.methods.frames import taken
from analysis.project.before_after import VERDICTS

if TYPE_CHECKING:
    from analysis.project import Project

#: verdict → colour
_COLOURS = {"better": ACCENT, "worse": WARNING, "unclear": MUTED, "few": MUTED}
_NOTHING = N_("Nothing was answered both before and after that day")
#: rows at most; those that changed clearly first
MOST = 25
_ROW, _NARROW = 30, 500
#: the axis ends at 2; what is written beside a row begins here, and needs so much of the axis
_TEXT, _WIDE_END, _NARROW_END = 2.2, 5.1, 3.2


def before_after(
    table: pd.DataFrame | Project, language: str = "en", *, kind: str = "stage", day: dt.date | None = None, width: float = 760
) -> Any:
    """Draw the emotion before and after a day, a row a stage or touchpoint.

    Parameters
    ----------
    table : what `analysis.before_after` gives, or a project. kind : ``stage`` or ``touchpoint``.
    day : the first day of “after”, when it is a project; by default the median day.
    width : of the whole chart, in pixels.

    Returns
    -------
    An Altair chart. Stages stand in their order, touchpoints by size of their change, clear ones first. ``usermeta``: shown,
    better, worse, missing (without answers on a side).

    Raises
    ------
    MissingColumns.
    """
    t = translator(language)
    if not isinstance(table, pd.DataFrame):
        from analysis.project.before_after import before_after as compared

        table = compared(table, day)
    rows = taken(table, ["kind", "label", "before", "after", "n_before", "n_after", "change", "low", "high", "verdict"])
    rows = rows[rows["kind"] == kind]
    both = rows[rows["change"].notna()]
    if kind == "touchpoint":
        both = _ordered(both)
    shown = both.head(MOST)
    better, worse = (int((both["verdict"] == code).sum()) for code in ("better", "worse"))
    since = table.attrs.get("date", day)
    title = finding(better, worse, len(both), since, t)
    caption = [
        t("Hollow: before {day}; filled: from that day on. −2 frustrated, +2 delighted.", day=date(since, language)) if since else "",
        t("Beside: the change with its 95% interval (Welch), n before and after."),
        t("Greyed: the interval holds 0, or fewer than five answered on a side: it may be chance."),
        t.n("{n} without answers on both sides is not drawn.", "{n} without answers on both sides are not drawn.", len(rows) - len(both))
        if len(rows) > len(both)
        else "",
        t("The {n} clearest are drawn.", n=MOST) if len(both) > MOST else "",
    ]
    notes = {"shown": len(shown), "better": better, "worse": worse, "missing": len(rows) - len(both)}
    spoken = ". ".join([title, *(_said(row, t) for row in shown.to_dict("records"))])
    drawn = _chart(shown, t, width) if len(shown) else _nothing(title)
    return finish(drawn, language, title=title, caption=caption, description=spoken, width=width, notes=notes)


def _nothing(said: str) -> Any:
    return alt.Chart(pd.DataFrame({"text": [said]})).mark_text(fontSize=14, opacity=0.7).encode(text=alt.Text("text:N"))


def _ordered(rows: pd.DataFrame) -> pd.DataFrame:
    """Clear changes first, then those that may be chance, then those with too few answers; the largest first."""
    rank = rows["verdict"].map({"better": 0, "worse": 0, "unclear": 1, "few": 2}).fillna(3)
    return rows.assign(rank=rank, size=-rows["change"].abs()).sort_values(["rank", "size", "label"], kind="stable")


def finding(better: int, worse: int, compared: int, day: dt.date | None, t: Translator) -> str:
    """What changed, in a sentence."""
    if not compared or day is None:
        return t(_NOTHING)
    since = date(day, t.language)
    if not better and not worse:
        return t("No stage or touchpoint has clearly changed since {day}", day=since)
    said = [t.n("{n} clearly better", "{n} clearly better", better)] if better else []
    said += [t.n("{n} clearly worse", "{n} clearly worse", worse)] if worse else []
    return t("Since {day}: {what}, of {total}", day=since, what=", ".join(said), total=compared)


def _said(row: dict[Any, Any], t: Translator) -> str:
    return t(
        "{name}: {before} (n = {n_before}), then {after} (n = {n_after}); {verdict}",
        name=row["label"], before=signed(row["before"], t.language), after=signed(row["after"], t.language), n_before=int(row["n_before"]),
        n_after=int(row["n_after"]), verdict=t(VERDICTS[row["verdict"]]),
    )  # fmt: skip


def _beside(row: dict[Any, Any], t: Translator, narrow: bool) -> str:
    """The change, and in a wide chart its interval and both n."""
    said = signed(row["change"], t.language, 2)
    if narrow:
        return said
    if pd.notna(row["low"]):
        said += "  " + interval(signed(row["low"], t.language, 2), signed(row["high"], t.language, 2), t.language)
    return said + f"   n = {number(row['n_before'], t.language, 0)} → {number(row['n_after'], t.language, 0)}"


def _chart(shown: pd.DataFrame, t: Translator, width: float) -> Any:
    narrow, room = width < _NARROW, 0.26 * width
    records = shown.to_dict("records")
    data = pd.DataFrame(
        {
            "place": [f"{n:04d}" for n in range(len(records))],
            "before": [float(row["before"]) for row in records],
            "after": [float(row["after"]) for row in records],
            "colour": [_COLOURS.get(row["verdict"], MUTED) for row in records],
            "clear": [row["verdict"] in ("better", "worse") for row in records],
            "beside": [_beside(row, t, narrow) for row in records],
            "at": _TEXT,
            "said": [_said(row, t) for row in records],
        }
    )
    names = {place: shortened(str(row["label"]), room, 12) for place, row in zip(data["place"], records, strict=True)}
    y = alt.Y("place:N", sort=None, title=None, axis=alt.Axis(
        labelExpr=f"({json.dumps(names, ensure_ascii=False)})[datum.value]", labelLimit=room + 10, ticks=False, domain=False,
    ))  # fmt: skip
    scale = alt.Scale(domain=[-2, _NARROW_END if narrow else _WIDE_END], nice=False)
    sign = "datum.value > 0 ? '+' + datum.value : datum.value < 0 ? '−' + -datum.value : '0'"
    axis = alt.Axis(values=[-2, -1, 0, 1, 2], labelExpr=sign, title=None, grid=True)
    base = alt.Chart(data).encode(y=y, tooltip=[alt.Tooltip("said:N", title=" ")])
    colour = alt.Color("colour:N", scale=None, legend=None)
    faded = either(alt.OpacityValue, "datum.clear", 1, 0.6)

    def across(name: str) -> Any:
        return alt.X(f"{name}:Q", scale=scale, axis=axis)

    zero = alt.Chart(pd.DataFrame({"x": [0]})).mark_rule(color=INK, opacity=0.35).encode(x=across("x"))
    lines = base.mark_rule(strokeWidth=3, opacity=0.6).encode(x=across("before"), x2=alt.X2("after:Q"), color=colour)
    hollow = base.mark_point(filled=False, size=110, strokeWidth=2, opacity=1).encode(x=across("before"), color=colour)
    filled = base.mark_point(filled=True, size=140, opacity=1).encode(x=across("after"), color=colour)
    words = base.mark_text(align="left", fontWeight=600).encode(x=across("at"), text=alt.Text("beside:N"), opacity=faded)
    return alt.layer(zero, lines, hollow, filled, words, width=width, height=_ROW * len(shown))
