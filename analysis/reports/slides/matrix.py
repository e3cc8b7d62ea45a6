"""The impact/effort matrix as a native scatter chart, a series an item."""

from __future__ import annotations

from typing import Any, cast

import pandas as pd
from lxml import etree
from pptx.chart.data import XyChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE
from pptx.enum.text import PP_ALIGN
from pptx.util import Pt

from analysis.language import number
from analysis.reports.findings import matrix_finding
from analysis.reports.labels import Frame, place_labels
from analysis.reports.palette import MUTED, QUADRANT_COLOURS
from analysis.reports.slides.deck import Box, Deck, describe
from analysis.reports.slides.plot import A, C, cut, dress, dress_axis, nothing, rgb

#: items that are named; with fewer than so many all have room; characters of a name, which more than a fifth of the chart would break
NAMED, FEW, LONGEST = 40, 12, 26
_SIDES = {"r": XL_LABEL_POSITION.RIGHT, "l": XL_LABEL_POSITION.LEFT, "t": XL_LABEL_POSITION.ABOVE, "b": XL_LABEL_POSITION.BELOW}
_CORNERS = {"quick_win": (0, 0), "big_bet": (1, 0), "fill_in": (0, 1), "money_pit": (1, 1)}


def slide(deck: Deck) -> None:
    """Each item is a series with its name; quadrants are named in their corner."""
    content, t = deck.content, deck.content.t
    frame = content.placed
    lines = content.matrix_cut
    rule, frames = content.matrix_rule, {axis: Frame.of(*content.matrix.attrs["scale"][axis]) for axis in ("impact", "effort")}
    across, upwards = frames["effort"], frames["impact"]
    page, area = deck.slide(matrix_finding(content), rule)
    if frame.empty:
        nothing(deck, page, area, content.matrix_lack)
        return
    chart_box, note = area.below(area.height - (22 if len(frame) <= FEW else 36))
    data = XyChartData(number_format="General")
    level, plumb = lines["impact"], lines["effort"]
    for points in ([(across.low, level), (across.high, level)], [(plumb, upwards.low), (plumb, upwards.high)]):
        line = data.add_series(t("Cut line"))
        for x, y in points:
            line.add_data_point(x, y)
    named, rest = frame.head(NAMED), frame.iloc[NAMED:]
    for row in named.to_dict("records"):
        data.add_series(cut(row["touchpoint"], 60)).add_data_point(float(row["right"]), float(row["up"]))
    for spot, group in rest.groupby(["right", "up"]):  # a series a spot: at most a hundred
        others = t.n("{n} other touchpoint", "{n} other touchpoints", len(group))
        data.add_series(others).add_data_point(*map(float, cast(tuple[float, float], spot)))
    shown = page.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER, *chart_box.emu, data)
    describe(shown, matrix_finding(content) + " " + rule)
    chart = shown.chart
    chart.has_legend, chart.has_title = False, False
    up, right = content.axis_titles
    dress_axis(deck, chart.category_axis, right, across.low, across.high, across.step, across.numbers, False)
    dress_axis(deck, chart.value_axis, up, upwards.low, upwards.high, upwards.step, upwards.numbers, False)
    plot_box = _plot_area(chart, chart_box)
    key = _points(deck, chart, named, plot_box, (across, upwards))
    _corners(deck, page, plot_box)
    deck.write(page, note, [" ".join([_placing(deck, rule), *key])], (11, 10, 9, 8), colour=MUTED)


def _placing(deck: Deck, rule: str) -> str:
    content, t = deck.content, deck.content.t
    unplaced = len(content.priorities) - len(content.placed)
    parts = [rule]
    if unplaced:
        parts.append(
            t.n("{n} touchpoint without both values is not placed", "{n} touchpoints without both values are not placed", unplaced) + "."
        )
    if len(content.placed) > NAMED:
        parts.append(t("The {n} first of the ranking are named, the others are grey.", n=NAMED))
    return " ".join(parts)


def _plot_area(chart: Any, box: Box) -> Box:
    """Fix the plot area, so that the names of the quadrants stand in its corners in every program."""
    left, top, wide, high = 0.055, 0.02, 0.935, 0.86
    plot = chart._chartSpace.find(f".//{{{C}}}plotArea")
    old = plot.find(f"{{{C}}}layout")
    if old is not None:
        plot.remove(old)
    layout = etree.Element(f"{{{C}}}layout")
    manual = etree.SubElement(layout, f"{{{C}}}manualLayout")
    for name, value in (("layoutTarget", "inner"), ("xMode", "edge"), ("yMode", "edge"), ("x", left), ("y", top), ("w", wide), ("h", high)):
        etree.SubElement(manual, f"{{{C}}}{name}", val=str(value))
    plot.insert(0, layout)
    return Box(box.left + left * box.width, box.top + top * box.height, wide * box.width, high * box.height)


def _points(deck: Deck, chart: Any, named: pd.DataFrame, plot: Box, frames: tuple[Frame, Frame]) -> list[str]:
    """Dots and names; gives what the numbers stand for, where there was no room for names."""
    series = list(chart.plots[0].series)
    for line in series[:2]:
        line.marker.style = XL_MARKER_STYLE.NONE
        line.format.line.color.rgb, line.format.line.width, line.format.line.dash_style = rgb(MUTED), Pt(1.25), MSO_LINE.DASH
    rows = named.to_dict("records")
    across, upwards = frames
    known = [(across.share(row["right"]), upwards.share(row["up"]), cut(row["touchpoint"], LONGEST), str(row["number"])) for row in rows]
    drawn = (across.share(deck.content.matrix_cut["effort"]), upwards.share(deck.content.matrix_cut["impact"]))
    labels = place_labels(known, plot.width / 28.35 / 1.25, plot.height / 28.35 / 1.25, (3.8, 0.7), drawn)  # at 10 points, not 8
    for one, row, label in zip(series[2:], rows, labels, strict=False):
        _dot(one, QUADRANT_COLOURS[row["quadrant"]], 10)
        if label.side is None:
            continue
        told = one.points[0].data_label
        told.position = _SIDES[label.side]
        told.text_frame.text = label.text
        told.text_frame.word_wrap = False  # a broken name would lie on its neighbours
        dress(deck, told.text_frame.paragraphs[0].runs[0].font, 10)
        if label.struck:
            _over_the_line(told)
    for one in series[2 + len(rows) :]:
        _dot(one, "C3CAD0", 5)
    numbered = [row for row, label in zip(rows, labels, strict=True) if label.side and label.text.split(" +")[0] == str(row["number"])]
    return [" · ".join(f"{row['number']} {cut(row['touchpoint'], 40)}" for row in numbered) + "."] if numbered else []


def _over_the_line(label: Any) -> None:
    """The name on the ground of the slide, so that the cut line passes behind it."""
    shape = etree.Element(f"{{{C}}}spPr")
    ground = etree.SubElement(etree.SubElement(shape, f"{{{A}}}solidFill"), f"{{{A}}}schemeClr")
    ground.set("val", "bg1")
    label._dLbl.find(f"{{{C}}}tx").addnext(shape)


def _dot(series: Any, colour: str, size: int) -> None:
    series.format.line.fill.background()
    series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, size
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = rgb(colour)
    series.marker.format.line.color.rgb = rgb("FFFFFF")


def _corners(deck: Deck, slide: Any, plot: Box) -> None:
    counts = deck.content.placed["quadrant"].value_counts()
    for code, (right, low) in _CORNERS.items():
        text = f"{deck.content.quadrant(code)} ({number(int(counts.get(code, 0)), deck.content.language)})"
        box = Box(plot.left + 6 + right * (plot.width - 232), plot.top + 4 + low * (plot.height - 28), 220, 20)
        deck.write(slide, box, [text], (14, 12), bold=True, colour=QUADRANT_COLOURS[code], align=PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT)
