"""The Pareto chart as a native chart: bars, cumulative line and threshold, combined by its XML since the API has no such chart."""

from __future__ import annotations

import copy
from typing import Any

import pandas as pd
from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION

from analysis.language import percent_format
from analysis.reports.captions import pareto_caption
from analysis.reports.findings import pareto_finding
from analysis.reports.palette import MUTED, VITAL
from analysis.reports.slides.deck import Deck, describe
from analysis.reports.slides.plot import C, cut, dress, dress_axis, nothing, rgb

#: bars that can be read; the rest is one bar
BARS = 20


def slide(deck: Deck) -> None:
    """Bars on the left, cumulative share and threshold on the right from 0 to 100 %: one scale."""
    content, t, table = deck.content, deck.content.t, deck.content.pareto
    page, area = deck.slide(pareto_finding(content), pareto_caption(content))
    if table is None or content.counted is None:
        nothing(deck, page, area, pareto_caption(content))
        return
    rows = _with_rest(table, t, content.grouped)
    name = content.counted_name
    chart_box, note = area.below(area.height - 22)
    data = CategoryChartData(number_format="General")
    data.categories = [cut(label, 32) for label in rows["label"]]
    data.add_series(name, [float(value) for value in rows["value"]])
    shares = percent_format(content.language)
    data.add_series(t("Cumulative share"), [round(float(share), 6) for share in rows["cumulative"]], number_format=shares)
    data.add_series(t("Threshold"), [content.threshold] * len(rows), number_format=shares)
    frame = page.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *chart_box.emu, data)
    describe(frame, pareto_finding(content) + " " + pareto_caption(content))
    chart = frame.chart
    chart.has_title, chart.has_legend = False, True
    chart.legend.include_in_layout, chart.legend.position = False, XL_LEGEND_POSITION.TOP
    dress(deck, chart.legend.font, 11, MUTED)
    dress_axis(deck, chart.value_axis, name, 0, float(table.attrs["total"]), None, "#,##0", False)
    dress_axis(deck, chart.category_axis, None, None, None, None, "", False)
    dress(deck, chart.category_axis.tick_labels.font, 10)
    _bars(chart, int(table.attrs["vital_count"]))
    _combine(chart, deck.colour, t("Cumulative share"), shares)
    deck.write(page, note, [pareto_caption(content)], (11, 10, 9), colour=MUTED)


def _with_rest(table: pd.DataFrame, t: Any, by: str) -> pd.DataFrame:
    """The largest causes, and what is left as one bar at the end: the line reaches 100 %."""
    positive = table.loc[table["value"] > 0, ["label", "value", "cumulative"]]
    if len(positive) <= BARS + 1:
        return positive
    rest = positive.iloc[BARS:]
    label = t.n("{n} other touchpoint", "{n} other touchpoints", len(rest))
    label = label if by == "touchpoint" else t.n("{n} other", "{n} others", len(rest))
    last = pd.DataFrame({"label": [label], "value": [rest["value"].sum()], "cumulative": [1.0]})
    return pd.concat([positive.head(BARS), last], ignore_index=True)


def _bars(chart: Any, vital: int) -> None:
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 25, 0
    bars = plot.series[0]
    bars.format.fill.solid()
    bars.format.fill.fore_color.rgb = rgb("B8C4CC")
    for position in range(min(vital, BARS, len(list(bars.values)))):
        fill = bars.points[position].format.fill
        fill.solid()
        fill.fore_color.rgb = rgb(VITAL)


def _combine(chart: Any, colour: str, title: str, shares: str) -> None:
    """Move the second and third series to a line chart on a second axis from 0 to 100 %."""
    plot = chart._chartSpace.find(f".//{{{C}}}plotArea")
    bars = plot.find(f"{{{C}}}barChart")
    lines = etree.Element(f"{{{C}}}lineChart")
    etree.SubElement(lines, f"{{{C}}}grouping", val="standard")
    etree.SubElement(lines, f"{{{C}}}varyColors", val="0")
    for series, look, marked in zip(bars.findall(f"{{{C}}}ser")[1:], (colour, MUTED), (True, False), strict=True):
        bars.remove(series)
        lines.append(_as_line(series, look, marked))
    etree.SubElement(lines, f"{{{C}}}marker", val="1")
    for axis in ("50010", "50020"):
        etree.SubElement(lines, f"{{{C}}}axId", val=axis)
    bars.addnext(lines)
    category, value = plot.find(f"{{{C}}}catAx"), plot.find(f"{{{C}}}valAx")
    second = copy.deepcopy(value)
    value.addnext(_hidden_axis(category))
    value.addnext(second)
    _second_axis(second, title, shares)


def _as_line(series: Any, colour: str, marked: bool) -> Any:
    for name in ("invertIfNegative", "spPr"):
        for found in series.findall(f"{{{C}}}{name}"):
            series.remove(found)
    dash = "" if marked else '<a:prstDash val="dash"/>'
    width = 28575 if marked else 15875
    shape = (
        f'<c:spPr xmlns:c="{C}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        f'<a:ln w="{width}"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>{dash}</a:ln></c:spPr>'
    )
    dot = f'<c:symbol val="circle"/><c:size val="6"/>{_fill(colour)}' if marked else '<c:symbol val="none"/>'
    marker = f'<c:marker xmlns:c="{C}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">{dot}</c:marker>'
    title = series.find(f"{{{C}}}tx")
    title.addnext(etree.fromstring(shape))
    title.getnext().addnext(etree.fromstring(marker))
    etree.SubElement(series, f"{{{C}}}smooth", val="0")
    return series


def _fill(colour: str) -> str:
    return f'<c:spPr><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></c:spPr>'


def _hidden_axis(category: Any) -> Any:
    axis = copy.deepcopy(category)
    axis.find(f"{{{C}}}axId").set("val", "50010")
    axis.find(f"{{{C}}}delete").set("val", "1")
    axis.find(f"{{{C}}}crossAx").set("val", "50020")
    return axis


def _second_axis(axis: Any, title: str, shares: str) -> None:
    axis.find(f"{{{C}}}axId").set("val", "50020")
    axis.find(f"{{{C}}}crossAx").set("val", "50010")
    axis.find(f"{{{C}}}axPos").set("val", "r")
    axis.find(f"{{{C}}}scaling/{{{C}}}max").set("val", "1")
    axis.find(f"{{{C}}}numFmt").set("formatCode", shares)
    crosses = axis.find(f"{{{C}}}crosses")
    crosses.set("val", "max")
    for found in axis.findall(f"{{{C}}}majorUnit"):
        axis.remove(found)
    place = axis.find(f"{{{C}}}crossBetween")
    if place is None:
        place = crosses
    place.addnext(etree.Element(f"{{{C}}}majorUnit", val="0.2"))
    for text in axis.iterfind(f".//{{{C}}}title//{{http://schemas.openxmlformats.org/drawingml/2006/main}}t"):
        text.text = title
