"""Where staff and customers disagree, drawn as pairs of points (D8)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from analysis.charts.finish import either, finish
from analysis.charts.palette import INK, MUTED
from analysis.charts.sources import gap_frame
from analysis.charts.text import marked, shortened, text_width, with_chosen
from analysis.errors import MissingColumns
from analysis.language import N_, Translator, interval, number, signed, translator

if TYPE_CHECKING:
    from analysis.project import Project

CUSTOMER, STAFF = "#17857B", "#C2570C"
#: measure → its name and the ends of its axis
MEASURES = {
    "satisfaction": (N_("Satisfaction (−2 to +2)"), (-2.0, 2.0)),
    "importance": (N_("Importance (1 to 10)"), (1.0, 10.0)),
    "emotion": (N_("Emotion (−2 to +2)"), (-2.0, 2.0)),
    "nps": (N_("Recommendation (−2 to +2)"), (-2.0, 2.0)),
    "ces": (N_("Ease (−2 to +2)"), (-2.0, 2.0)),
}
ROW, FOOT, _NAMES, _FIGURES = 30.0, 56.0, 220.0, 150.0
#: narrower than this, names and figures stand above their pair of points
NARROW, _TALL, _SIDE = 560.0, 52.0, 14.0


@dataclass(frozen=True, slots=True)
class _Room:
    """How a row is laid out, in pixels."""

    width: float

    @property
    def narrow(self) -> bool:
        return self.width < NARROW

    @property
    def row(self) -> float:
        return _TALL if self.narrow else ROW

    @property
    def left(self) -> float:
        return _SIDE if self.narrow else _NAMES

    @property
    def right(self) -> float:
        return _SIDE if self.narrow else _FIGURES

    @property
    def points(self) -> float:
        """Where in its row a pair of points stands, 0 to 1."""
        return 0.72 if self.narrow else 0.5

    def across(self, value: float, ends: tuple[float, float]) -> float:
        return self.left + (value - ends[0]) / (ends[1] - ends[0]) * (self.width - self.left - self.right)


def gap(
    table: pd.DataFrame | Project, language: str = "en", *, most: int = 25, width: float = 760, title: str | None = None,
    chosen: Collection[str] = (),
) -> Any:  # fmt: skip
    """Draw the gaps between staff and customers, one panel a measure.

    Parameters
    ----------
    table : what `analysis.perception_gap` gives, or a project.
    language : ``"fr"`` or ``"en"``. most : gaps drawn in each panel, the largest first. width : of the whole chart.
    title : in place of the finding. chosen : names to be marked, drawn also where their gap is small.

    Returns
    -------
    An Altair chart. Gaps whose interval holds 0 are greyed; ``usermeta["one_sided"]`` lists what only one side rated.
    """
    table = gap_frame(table)
    if not {"measure", "staff", "customer", "gap"} <= set(table):
        raise MissingColumns(columns="measure, staff, customer, gap")
    t = translator(language)
    by = str(table.columns[0])
    rows = table[table["gap"].notna()]
    rows = rows.assign(name=rows[by].astype(str))
    lone = table.loc[table["gap"].isna(), by].astype(str).tolist()
    said = finding(rows, t, language)
    parts = [(str(measure), with_chosen(part, "name", most, chosen)) for measure, part in rows.groupby("measure", sort=False)]
    chart = _scene(parts, width, chosen, t, language) if parts else _nothing(said)
    grey = "clear" in rows and not rows["clear"].astype(bool).all()
    caption = [
        t("Gap = customers − staff, both on one scale. Circle: customers; square: staff."),
        t("Greyed: the 95% interval of the gap holds 0, or too few answers for one.") if grey else "",
        t.n("{n} is rated by one side only.", "{n} are rated by one side only.", len(lone)) if lone else "",
    ]
    return finish(
        chart, language, title=said if title is None else title, caption=caption, width=width,
        description=t("Gaps between staff and customers.") + f" {said}.", notes={"one_sided": lone},
    )  # fmt: skip


def _nothing(said: str) -> Any:
    return alt.Chart(pd.DataFrame({"text": [said]})).mark_text(fontSize=14, opacity=0.7).encode(text=alt.Text("text:N"))


def _scene(parts: list[tuple[str, pd.DataFrame]], width: float, chosen: Collection[str], t: Translator, language: str) -> Any:
    """The panels below each other, in pixels: a wider page spreads them, and texts keep their place."""
    top, panels, ticks, room = 0.0, [], [], _Room(width)
    for measure, rows in parts:
        name, ends = MEASURES.get(measure, (measure, (-2.0, 2.0)))
        panels.append(_panel(rows, ends, top, room, chosen, language))
        top += room.row * len(rows)
        ticks += [
            {"x": room.across(value, ends), "y": top - room.row * len(rows), "y2": top, "ty": top + 12, "text": number(value, language)}
            for value in range(int(ends[0]), int(ends[1]) + 1)
        ]
        ticks.append({"x": room.across(sum(ends) / 2, ends), "y": top, "y2": top, "ty": top + 32, "text": t(name)})
        top += FOOT
    frame = pd.concat(panels, ignore_index=True)
    return alt.layer(*_axis(ticks, top, width), *_pairs(frame, top, room, t)).properties(width=width, height=top)


def _panel(
    rows: pd.DataFrame, ends: tuple[float, float], top: float, room: _Room, chosen: Collection[str], language: str
) -> pd.DataFrame:
    """The rows of one measure, with where they stand and what they say."""
    rows = rows.reset_index(drop=True)
    records = rows.to_dict("records")
    figures = [_figure(row, language, short=room.narrow) for row in records]
    names = [room.width - 2 * _SIDE - text_width(figure, 12, bold=True) - 10 if room.narrow else _NAMES - 26 for figure in figures]
    return rows.assign(
        clear=rows["clear"].astype(bool) if "clear" in rows else True,
        at=[top + room.row * (index + room.points) for index in rows.index],
        words=[top + room.row * (index + (0.3 if room.narrow else 0.5)) for index in rows.index],
        shown=[shortened(marked(text, chosen), space, 12) for text, space in zip(rows["name"], names, strict=True)],
        figure=figures,
        sx=[room.across(value, ends) for value in rows["staff"]],
        cx=[room.across(value, ends) for value in rows["customer"]],
        one=[_answer(row["staff"], row.get("n_staff"), language) for row in records],
        two=[_answer(row["customer"], row.get("n_customer"), language) for row in records],
    )


def _answer(mean: float, n: Any, language: str) -> str:
    return number(mean, language, 1) + ("" if n is None else f" (n = {number(n, language)})")


def _x(name: str, width: float) -> Any:
    return alt.X(f"{name}:Q", scale=alt.Scale(domain=[0, width], nice=False), axis=None)


def _y(name: str, height: float) -> Any:
    return alt.Y(f"{name}:Q", scale=alt.Scale(domain=[height, 0], nice=False), axis=None)


def _axis(ticks: list[dict[str, Any]], height: float, width: float) -> list[Any]:
    base = alt.Chart(pd.DataFrame(ticks))
    return [
        base.mark_rule(stroke=INK, opacity=0.12).encode(x=_x("x", width), y=_y("y", height), y2=alt.Y2("y2:Q")),
        base.mark_text(opacity=0.85).encode(x=_x("x", width), y=_y("ty", height), text=alt.Text("text:N")),
    ]


def _pairs(frame: pd.DataFrame, height: float, room: _Room, t: Translator) -> list[Any]:
    """A line between two points a row, with the name and the gap beside it, or above it where there is no room."""
    width = room.width
    ends = (4.0, width - 4.0) if room.narrow else (_NAMES - 14, width - _FIGURES + 14)
    frame = frame.assign(left=ends[0], right=ends[1])
    base, words = (alt.Chart(frame).encode(y=_y(name, height)) for name in ("at", "words"))
    tooltip = [
        alt.Tooltip("name:N", title=" "), alt.Tooltip("two:N", title=t("Customers")), alt.Tooltip("one:N", title=t("Staff")),
        alt.Tooltip("figure:N", title=t("Gap")),
    ]  # fmt: skip
    faded = either(alt.OpacityValue, "datum.clear", 1, 0.5)
    names, figures = words.mark_text(align="left" if room.narrow else "right"), words.mark_text(
        align="right" if room.narrow else "left", fontWeight=600
    )
    faint = either(alt.OpacityValue, "datum.clear", 0.35, 0.15)

    def colour(own: str) -> Any:
        return either(alt.FillValue, "datum.clear", own, MUTED)

    return [
        base.mark_rule(strokeWidth=3, stroke=INK).encode(x=_x("sx", width), x2=alt.X2("cx:Q"), opacity=faint, tooltip=tooltip),
        base.mark_point(shape="square", filled=True, size=120, opacity=1).encode(x=_x("sx", width), fill=colour(STAFF), tooltip=tooltip),
        base.mark_point(shape="circle", filled=True, size=150, opacity=1).encode(x=_x("cx", width), fill=colour(CUSTOMER), tooltip=tooltip),
        names.encode(x=_x("left", width), text=alt.Text("shown:N"), opacity=faded),
        figures.encode(x=_x("right", width), text=alt.Text("figure:N"), opacity=faded),
    ]


def _figure(row: Mapping[Any, Any], language: str, *, short: bool = False) -> str:
    """The gap with its interval; the gap alone where there is no room."""
    text = signed(row["gap"], language)
    if not short and row.get("low") == row.get("low") and row.get("low") is not None:
        text += "  " + interval(signed(row["low"], language), signed(row["high"], language), language)
    return text


def finding(rows: pd.DataFrame, t: Translator, language: str) -> str:
    """The title: the largest clear gap."""
    if rows.empty:
        return t("No touchpoint is rated by both staff and customers yet")
    clear = rows[rows["clear"].astype(bool)] if "clear" in rows else rows
    if clear.empty:
        return t("Staff and customers do not clearly disagree on anything")
    top = clear.iloc[0]
    size = number(abs(top["gap"]), language, 1)
    pattern = {
        (True, True): N_("“{name}” matters {size} points less to customers than staff think"),
        (True, False): N_("“{name}” matters {size} points more to customers than staff think"),
        (False, True): N_("Customers rate “{name}” {size} points lower than staff do"),
        (False, False): N_("Customers rate “{name}” {size} points higher than staff do"),
    }[top["measure"] == "importance", bool(top["gap"] < 0)]
    return t(pattern, name=top["name"], size=size)
