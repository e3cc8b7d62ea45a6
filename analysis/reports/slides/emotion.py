"""The emotion curve as a native chart: gaps stay gaps, what is assumed is a hollow diamond on a dashed line."""

from __future__ import annotations

from typing import Any

import pandas as pd
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_LINE
from pptx.util import Pt

from analysis.language import number
from analysis.reports import words
from analysis.reports.findings import emotion_finding
from analysis.reports.palette import INK, MUTED
from analysis.reports.slides.deck import Deck, describe
from analysis.reports.slides.plot import cut, dress, dress_axis, nothing, rgb


def slide(deck: Deck) -> None:
    """The curve; gaps stay gaps, assumed points are hollow diamonds."""
    content, t = deck.content, deck.content.t
    rows = content.emotions(content.project.first_journey)
    rule = t(
        "Mean emotion from −2 to +2, one respondent one voice; filled: measured or voted, with n; hollow: few answers; diamond: assumed."
    )
    page, area = deck.slide(emotion_finding(content), rule)
    if not rows["value"].notna().any():
        nothing(deck, page, area, t("Drag the points of the journey map, or import a survey, to draw the curve."))
        return
    chart_box, note = area.below(area.height - 22)
    data = CategoryChartData(number_format="0.0")
    data.categories = [_category(content, dict(row)) for row in rows.to_dict("records")]
    data.add_series(t("Emotion"), [_drawn(value) for value in rows["value"]])
    frame = page.shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, *chart_box.emu, data)
    describe(frame, rule)
    chart = frame.chart
    chart.has_legend, chart.has_title = False, False
    dress_axis(deck, chart.value_axis, None, -2, 2, 1, "+0;\u22120;0", True)
    dress_axis(deck, chart.category_axis, None, None, None, None, "", False)
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    dress(deck, chart.category_axis.tick_labels.font, 12)
    _curve(deck, chart.plots[0], rows)
    deck.write(page, note, [rule], (11, 10, 9), colour=MUTED)


def _drawn(value: Any) -> float | None:
    """A figure of the curve; what is written as 0 is 0, so that no program writes −0.0."""
    if pd.isna(value):
        return None
    return round(float(value), 3) if abs(float(value)) >= 0.05 else 0.0


def _category(content: Any, row: dict[Any, Any]) -> str:
    name = cut(row["stage"], 34)
    if pd.isna(row["value"]):
        return name + "\n" + str(content.t("no data"))
    if row["provenance"] == "assumed":
        return name + "\n" + str(words.word(words.PROVENANCES, "assumed", content.t))
    return name + (f"\nn = {number(int(row['n']), content.language)}" if pd.notna(row["n"]) else "")


def _curve(deck: Deck, plot: Any, rows: pd.DataFrame) -> None:
    series = plot.series[0]
    series.smooth = False
    series.format.line.color.rgb, series.format.line.width = rgb(deck.colour), Pt(2.75)
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format, labels.number_format_is_linked = "+0.0;\u22120.0;0", False
    labels.position = XL_LABEL_POSITION.ABOVE
    dress(deck, labels.font, 14, INK, True)
    for position, row in enumerate(rows.to_dict("records")):
        if pd.isna(row["value"]):
            continue
        assumed, point = row["provenance"] == "assumed", series.points[position]
        marker = point.marker
        marker.style = XL_MARKER_STYLE.DIAMOND if assumed else XL_MARKER_STYLE.CIRCLE
        marker.size = 13
        marker.format.fill.solid()
        marker.format.fill.fore_color.rgb = rgb("FFFFFF" if assumed or bool(row["few"]) else deck.colour)
        marker.format.line.color.rgb, marker.format.line.width = rgb(deck.colour), Pt(2)
        point.format.line.color.rgb, point.format.line.width = rgb(deck.colour), Pt(2.75)
        if assumed:
            point.format.line.dash_style = MSO_LINE.DASH
