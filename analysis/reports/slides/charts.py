"""Native charts of PowerPoint: their data opens with “Edit data”. The combined Pareto chart is made by its XML."""

from __future__ import annotations

import copy
from typing import Any

import pandas as pd
from lxml import etree
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_LINE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Pt

from analysis.language import number
from analysis.reports import words
from analysis.reports.captions import pareto_caption
from analysis.reports.fitting import plain
from analysis.reports.findings import emotion_finding, matrix_finding, pareto_finding, ranking_finding
from analysis.reports.labels import place_labels
from analysis.reports.palette import GRID, INK, MUTED, QUADRANT_COLOURS, VITAL, tint
from analysis.reports.slides.deck import Box, Deck, describe

BARS, NAMED, RANKED = 20, 40, 12
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_SIDES = {"r": XL_LABEL_POSITION.RIGHT, "l": XL_LABEL_POSITION.LEFT, "t": XL_LABEL_POSITION.ABOVE, "b": XL_LABEL_POSITION.BELOW}
_CORNERS = {"quick_win": (0, 0), "big_bet": (1, 0), "fill_in": (0, 1), "money_pit": (1, 1)}


def _rgb(colour: str) -> Any:
    return RGBColor.from_string(colour)


def _cut(text: object, length: int) -> str:
    told = " ".join(plain(text).split())
    return told if len(told) <= length else told[: length - 1].rstrip() + "…"


def _font(deck: Deck, font: Any, size: float, colour: str = INK, bold: bool = False) -> None:
    font.size, font.bold = Pt(size), bold
    font.color.rgb = _rgb(colour)
    if deck.font:
        font.name = deck.font


def _axis(deck: Deck, axis: Any, title: str | None, low: float | None, high: float | None, step: float | None, form: str, grid: bool) -> None:
    axis.has_major_gridlines, axis.has_minor_gridlines = grid, False
    if grid:
        axis.major_gridlines.format.line.color.rgb = _rgb(GRID)
    if low is not None and high is not None:
        axis.minimum_scale, axis.maximum_scale = low, high
    if step is not None:
        axis.major_unit = step
    axis.format.line.color.rgb = _rgb(GRID)
    _font(deck, axis.tick_labels.font, 11, MUTED)
    if form:
        axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = form, False
    axis.has_title = bool(title)
    if title:
        axis.axis_title.text_frame.text = title
        _font(deck, axis.axis_title.text_frame.paragraphs[0].runs[0].font, 11, MUTED)


# --- emotion ----------------------------------------------------------------------------------------------------


def emotion(deck: Deck) -> None:
    """The curve; gaps stay gaps, assumed points are hollow diamonds."""
    content, t = deck.content, deck.content.t
    rows = content.emotions(content.project.first_journey)
    rule = t("Mean emotion from −2 to +2, one respondent one voice; filled: measured or voted, with n; hollow: few answers; diamond: assumed.")
    slide, area = deck.slide(emotion_finding(content), rule)
    if not rows["value"].notna().any():
        return _nothing(deck, slide, area, t("Drag the points of the journey map, or import a survey, to draw the curve."))
    chart_box, note = area.below(area.height - 22)
    data = CategoryChartData(number_format="0.0")
    data.categories = [_category(content, dict(row)) for row in rows.to_dict("records")]
    data.add_series(t("Emotion"), [None if pd.isna(value) else round(float(value), 3) for value in rows["value"]])
    frame = slide.shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, *chart_box.emu, data)
    describe(frame, rule)
    chart = frame.chart
    chart.has_legend, chart.has_title = False, False
    _axis(deck, chart.value_axis, None, -2, 2, 1, "+0;-0;0", True)
    _axis(deck, chart.category_axis, None, None, None, None, "", False)
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    _font(deck, chart.category_axis.tick_labels.font, 12)
    _curve(deck, chart.plots[0], rows)
    deck.write(slide, note, [rule], (11, 10, 9), colour=MUTED)


def _category(content: Any, row: dict[Any, Any]) -> str:
    name = _cut(row["stage"], 34)
    if pd.isna(row["value"]):
        return name + "\n" + str(content.t("no data"))
    if row["provenance"] == "assumed":
        return name + "\n" + str(words.word(words.PROVENANCES, "assumed", content.t))
    return name + (f"\nn = {int(row['n'])}" if pd.notna(row["n"]) else "")


def _curve(deck: Deck, plot: Any, rows: pd.DataFrame) -> None:
    series = plot.series[0]
    series.smooth = False
    series.format.line.color.rgb, series.format.line.width = _rgb(deck.colour), Pt(2.75)
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format, labels.number_format_is_linked = "+0.0;-0.0;0", False
    labels.position = XL_LABEL_POSITION.ABOVE
    _font(deck, labels.font, 14, INK, True)
    for position, row in enumerate(rows.to_dict("records")):
        if pd.isna(row["value"]):
            continue
        assumed, point = row["provenance"] == "assumed", series.points[position]
        marker = point.marker
        marker.style = XL_MARKER_STYLE.DIAMOND if assumed else XL_MARKER_STYLE.CIRCLE
        marker.size = 13
        marker.format.fill.solid()
        marker.format.fill.fore_color.rgb = _rgb("FFFFFF" if assumed or bool(row["few"]) else deck.colour)
        marker.format.line.color.rgb, marker.format.line.width = _rgb(deck.colour), Pt(2)
        point.format.line.color.rgb, point.format.line.width = _rgb(deck.colour), Pt(2.75)
        if assumed:
            point.format.line.dash_style = MSO_LINE.DASH


def _nothing(deck: Deck, slide: Any, area: Box, sentence: str) -> None:
    deck.shape(slide, Box(area.left, area.top + 20, area.width, 90), deck.light, sentence, (18, 16, 14), align=PP_ALIGN.CENTER, margin=16)


# --- matrix -----------------------------------------------------------------------------------------------------


def matrix(deck: Deck) -> None:
    """Each item is a series with its name; quadrants are named in their corner."""
    content, t = deck.content, deck.content.t
    frame = content.placed
    cut = content.matrix_cut
    rule = t("A value on the cut line counts as high. Cut at {impact} for impact and {effort} for effort.", **cut)
    slide, area = deck.slide(matrix_finding(content), rule)
    if frame.empty:
        return _nothing(deck, slide, area, t("Give the touchpoints an impact and an effort from 1 to 10 to place them."))
    chart_box, note = area.below(area.height - 22)
    data = XyChartData(number_format="General")
    for points in ([(0, cut["impact"]), (11, cut["impact"])], [(cut["effort"], 0), (cut["effort"], 11)]):
        line = data.add_series(t("Cut line"))
        for x, y in points:
            line.add_data_point(x, y)
    named, rest = frame.head(NAMED), frame.iloc[NAMED:]
    for row in named.to_dict("records"):
        data.add_series(_cut(row["touchpoint"], 60)).add_data_point(float(row["effort"]), float(row["impact"]))
    for (effort, impact), group in rest.groupby(["effort", "impact"]):  # a series a spot: at most a hundred
        others = t.n("{n} other touchpoint", "{n} other touchpoints", len(group))
        data.add_series(others).add_data_point(float(effort), float(impact))
    shown = slide.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER, *chart_box.emu, data)
    describe(shown, matrix_finding(content) + " " + rule)
    chart = shown.chart
    chart.has_legend, chart.has_title = False, False
    ends = '[<1]"";[>10]"";0'
    _axis(deck, chart.category_axis, t("Effort (1 to 10)"), 0, 11, 1, ends, False)
    _axis(deck, chart.value_axis, t("Impact (1 to 10)"), 0, 11, 1, ends, False)
    plot_box = _plot_area(chart, chart_box)
    _points(deck, chart, named, plot_box)
    _corners(deck, slide, plot_box)
    deck.write(slide, note, [_placing(deck, rule)], (11, 10, 9), colour=MUTED)


def _placing(deck: Deck, rule: str) -> str:
    content, t = deck.content, deck.content.t
    unplaced = len(content.priorities) - len(content.placed)
    parts = [rule]
    if unplaced:
        parts.append(t.n("{n} touchpoint without both values is not placed", "{n} touchpoints without both values are not placed", unplaced) + ".")
    if len(content.placed) > NAMED:
        parts.append(t("The {n} first by relevance are named, the others are grey.", n=NAMED))
    return " ".join(parts)


def _plot_area(chart: Any, box: Box) -> Box:
    """Fix the plot area, so that the names of the quadrants stand in its corners in every program."""
    left, top, wide, high = 0.055, 0.02, 0.935, 0.86
    plot = chart._chartSpace.find(f".//{{{_C}}}plotArea")
    old = plot.find(f"{{{_C}}}layout")
    if old is not None:
        plot.remove(old)
    layout = etree.Element(f"{{{_C}}}layout")
    manual = etree.SubElement(layout, f"{{{_C}}}manualLayout")
    for name, value in (("layoutTarget", "inner"), ("xMode", "edge"), ("yMode", "edge"), ("x", left), ("y", top), ("w", wide), ("h", high)):
        etree.SubElement(manual, f"{{{_C}}}{name}", val=str(value))
    plot.insert(0, layout)
    return Box(box.left + left * box.width, box.top + top * box.height, wide * box.width, high * box.height)


def _points(deck: Deck, chart: Any, named: pd.DataFrame, plot: Box) -> None:
    series = list(chart.plots[0].series)
    for line in series[:2]:
        line.marker.style = XL_MARKER_STYLE.NONE
        line.format.line.color.rgb, line.format.line.width, line.format.line.dash_style = _rgb(MUTED), Pt(1.25), MSO_LINE.DASH
    rows = named.to_dict("records")
    known = [(float(row["effort"]) / 11, float(row["impact"]) / 11, _cut(row["touchpoint"], 30), str(row["number"])) for row in rows]
    labels = place_labels(known, plot.width / 28.35 / 1.25, plot.height / 28.35 / 1.25)  # labels are at 10 points, not 8
    for one, row, label in zip(series[2:], rows, labels, strict=False):
        _dot(one, QUADRANT_COLOURS[row["quadrant"]], 10)
        if label.side is None:
            continue
        told = one.points[0].data_label
        told.position = _SIDES[label.side]
        told.text_frame.text = label.text
        _font(deck, told.text_frame.paragraphs[0].runs[0].font, 10)
    for one in series[2 + len(rows) :]:
        _dot(one, "C3CAD0", 5)


def _dot(series: Any, colour: str, size: int) -> None:
    series.format.line.fill.background()
    series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, size
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = _rgb(colour)
    series.marker.format.line.color.rgb = _rgb("FFFFFF")


def _corners(deck: Deck, slide: Any, plot: Box) -> None:
    counts = deck.content.placed["quadrant"].value_counts()
    for code, (right, low) in _CORNERS.items():
        text = f"{deck.content.quadrant(code)} ({number(int(counts.get(code, 0)), deck.content.language)})"
        box = Box(plot.left + 6 + right * (plot.width - 232), plot.top + 4 + low * (plot.height - 28), 220, 20)
        deck.write(slide, box, [text], (14, 12), bold=True, colour=QUADRANT_COLOURS[code], align=PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT)


# --- Pareto -----------------------------------------------------------------------------------------------------


def pareto(deck: Deck) -> None:
    """Bars on the left, cumulative share and threshold on the right from 0 to 100 %: one scale."""
    content, t, table = deck.content, deck.content.t, deck.content.pareto
    slide, area = deck.slide(pareto_finding(content), pareto_caption(content))
    if table is None or content.counted is None:
        return _nothing(deck, slide, area, pareto_caption(content))
    rows = _with_rest(table, t)
    name = words.word(words.CRITERIA, content.counted, t) or content.counted
    chart_box, note = area.below(area.height - 22)
    data = CategoryChartData(number_format="General")
    data.categories = [_cut(label, 32) for label in rows["label"]]
    data.add_series(name, [float(value) for value in rows["value"]])
    data.add_series(t("Cumulative share"), [round(float(share), 6) for share in rows["cumulative"]], number_format="0%")
    data.add_series(t("Threshold"), [content.threshold] * len(rows), number_format="0%")
    frame = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *chart_box.emu, data)
    describe(frame, pareto_finding(content) + " " + pareto_caption(content))
    chart = frame.chart
    chart.has_title, chart.has_legend = False, True
    chart.legend.include_in_layout, chart.legend.position = False, XL_LEGEND_POSITION.TOP
    _font(deck, chart.legend.font, 11, MUTED)
    _axis(deck, chart.value_axis, name, 0, float(table.attrs["total"]), None, "#,##0", False)
    _axis(deck, chart.category_axis, None, None, None, None, "", False)
    _font(deck, chart.category_axis.tick_labels.font, 10)
    _bars(chart, int(table.attrs["vital_count"]))
    _combine(chart, deck.colour, t("Cumulative share"))
    deck.write(slide, note, [pareto_caption(content)], (11, 10, 9), colour=MUTED)


def _with_rest(table: pd.DataFrame, t: Any) -> pd.DataFrame:
    """The largest causes, and what is left as one bar at the end: the line reaches 100 %."""
    positive = table.loc[table["value"] > 0, ["label", "value", "cumulative"]]
    if len(positive) <= BARS + 1:
        return positive
    rest = positive.iloc[BARS:]
    label = t.n("{n} other touchpoint", "{n} other touchpoints", len(rest))
    last = pd.DataFrame({"label": [label], "value": [rest["value"].sum()], "cumulative": [1.0]})
    return pd.concat([positive.head(BARS), last], ignore_index=True)


def _bars(chart: Any, vital: int) -> None:
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 25, 0
    bars = plot.series[0]
    bars.format.fill.solid()
    bars.format.fill.fore_color.rgb = _rgb("B8C4CC")
    for position in range(min(vital, BARS, len(list(bars.values)))):
        fill = bars.points[position].format.fill
        fill.solid()
        fill.fore_color.rgb = _rgb(VITAL)


def _combine(chart: Any, colour: str, title: str) -> None:
    """Move the second and third series to a line chart on a second axis from 0 to 100 %."""
    plot = chart._chartSpace.find(f".//{{{_C}}}plotArea")
    bars = plot.find(f"{{{_C}}}barChart")
    lines = etree.Element(f"{{{_C}}}lineChart")
    etree.SubElement(lines, f"{{{_C}}}grouping", val="standard")
    etree.SubElement(lines, f"{{{_C}}}varyColors", val="0")
    for series, look, marked in zip(bars.findall(f"{{{_C}}}ser")[1:], (colour, MUTED), (True, False), strict=True):
        bars.remove(series)
        lines.append(_as_line(series, look, marked))
    etree.SubElement(lines, f"{{{_C}}}marker", val="1")
    for axis in ("50010", "50020"):
        etree.SubElement(lines, f"{{{_C}}}axId", val=axis)
    bars.addnext(lines)
    category, value = plot.find(f"{{{_C}}}catAx"), plot.find(f"{{{_C}}}valAx")
    second = copy.deepcopy(value)
    value.addnext(_hidden_axis(category))
    value.addnext(second)
    _second_axis(second, title)


def _as_line(series: Any, colour: str, marked: bool) -> Any:
    for name in ("invertIfNegative", "spPr"):
        for found in series.findall(f"{{{_C}}}{name}"):
            series.remove(found)
    dash = "" if marked else '<a:prstDash val="dash"/>'
    width = 28575 if marked else 15875
    shape = (
        f'<c:spPr xmlns:c="{_C}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        f'<a:ln w="{width}"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>{dash}</a:ln></c:spPr>'
    )
    dot = f'<c:symbol val="circle"/><c:size val="6"/>{_fill(colour)}' if marked else '<c:symbol val="none"/>'
    marker = f'<c:marker xmlns:c="{_C}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">{dot}</c:marker>'
    title = series.find(f"{{{_C}}}tx")
    title.addnext(etree.fromstring(shape))
    title.getnext().addnext(etree.fromstring(marker))
    etree.SubElement(series, f"{{{_C}}}smooth", val="0")
    return series


def _fill(colour: str) -> str:
    return f'<c:spPr><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></c:spPr>'


def _hidden_axis(category: Any) -> Any:
    axis = copy.deepcopy(category)
    axis.find(f"{{{_C}}}axId").set("val", "50010")
    axis.find(f"{{{_C}}}delete").set("val", "1")
    axis.find(f"{{{_C}}}crossAx").set("val", "50020")
    return axis


def _second_axis(axis: Any, title: str) -> None:
    axis.find(f"{{{_C}}}axId").set("val", "50020")
    axis.find(f"{{{_C}}}crossAx").set("val", "50010")
    axis.find(f"{{{_C}}}axPos").set("val", "r")
    axis.find(f"{{{_C}}}scaling/{{{_C}}}max").set("val", "1")
    axis.find(f"{{{_C}}}numFmt").set("formatCode", "0%")
    crosses = axis.find(f"{{{_C}}}crosses")
    crosses.set("val", "max")
    for found in axis.findall(f"{{{_C}}}majorUnit"):
        axis.remove(found)
    place = axis.find(f"{{{_C}}}crossBetween")
    if place is None:
        place = crosses
    place.addnext(etree.Element(f"{{{_C}}}majorUnit", val="0.2"))
    for text in axis.iterfind(f".//{{{_C}}}title//{{http://schemas.openxmlformats.org/drawingml/2006/main}}t"):
        text.text = title


# --- ranking ----------------------------------------------------------------------------------------------------


def ranking(deck: Deck) -> None:
    """The first twelve by relevance, as bars, best on top."""
    content, t = deck.content, deck.content.t
    rows = content.priorities.dropna(subset=["relevance"]).head(RANKED)
    weights = ", ".join(
        f"{words.word(words.CRITERIA, name, t)} {number(weight, content.language)}" for name, weight in content.weights.items() if weight
    )
    rule = t("Score from 0 to 100, weighted ({weights}); effort, cost and satisfaction count against.", weights=weights)
    slide, area = deck.slide(ranking_finding(content), rule)
    if rows.empty:
        return _nothing(deck, slide, area, t("Score at least 60 % of the weighted criteria of a touchpoint to rank it."))
    chart_box, note = area.below(area.height - 34)
    data = CategoryChartData(number_format="0")
    turned = rows.iloc[::-1]
    data.categories = [_cut(name, 44) for name in turned["touchpoint"]]
    data.add_series(t("Relevance score"), [round(float(score), 1) for score in turned["relevance"]])
    frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *chart_box.emu, data)
    describe(frame, ranking_finding(content) + " " + rule)
    chart = frame.chart
    chart.has_legend, chart.has_title = False, False
    _axis(deck, chart.value_axis, None, 0, 100, 20, "0", True)
    _axis(deck, chart.category_axis, None, None, None, None, "", False)
    _font(deck, chart.category_axis.tick_labels.font, 12)
    plot = chart.plots[0]
    plot.gap_width, plot.has_data_labels = 35, True
    _font(deck, plot.data_labels.font, 12, INK, True)
    plot.data_labels.number_format, plot.data_labels.number_format_is_linked = "0", False
    bars = plot.series[0]
    bars.format.fill.solid()
    bars.format.fill.fore_color.rgb = _rgb(tint(deck.colour, 0.55))
    for position in range(max(0, len(rows) - 3), len(rows)):
        fill = bars.points[position].format.fill
        fill.solid()
        fill.fore_color.rgb = _rgb(deck.colour)
    deck.write(slide, note, [rule], (11, 10, 9), colour=MUTED, anchor=MSO_ANCHOR.BOTTOM)
