"""The first touchpoints by relevance as native bars."""

from __future__ import annotations

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.text import MSO_ANCHOR

from analysis.language import number
from analysis.reports import words
from analysis.reports.findings import ranking_finding
from analysis.reports.palette import INK, MUTED, tint
from analysis.reports.slides.deck import Deck, describe
from analysis.reports.slides.plot import cut, dress, dress_axis, nothing, rgb

RANKED = 12


def slide(deck: Deck) -> None:
    """The first twelve by relevance, as bars, best on top."""
    content, t = deck.content, deck.content.t
    rows = content.priorities.dropna(subset=["relevance"]).head(RANKED)
    weights = ", ".join(
        f"{words.word(words.CRITERIA, name, t)} {number(weight, content.language)}" for name, weight in content.weights.items() if weight
    )
    rule = t("Score from 0 to 100, weighted ({weights}); effort, cost and satisfaction count against.", weights=weights)
    page, area = deck.slide(ranking_finding(content), rule)
    if rows.empty:
        nothing(deck, page, area, t("Score at least 60% of the weighted criteria of a touchpoint to rank it."))
        return
    chart_box, note = area.below(area.height - 34)
    data = CategoryChartData(number_format="0")
    turned = rows.iloc[::-1]
    data.categories = [cut(name, 44) for name in turned["touchpoint"]]
    data.add_series(t("Relevance score"), [round(float(score), 1) for score in turned["relevance"]])
    frame = page.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *chart_box.emu, data)
    describe(frame, ranking_finding(content) + " " + rule)
    chart = frame.chart
    chart.has_legend, chart.has_title = False, False
    dress_axis(deck, chart.value_axis, None, 0, 100, 20, "0", True)
    dress_axis(deck, chart.category_axis, None, None, None, None, "", False)
    dress(deck, chart.category_axis.tick_labels.font, 12)
    plot = chart.plots[0]
    plot.gap_width, plot.has_data_labels = 35, True
    dress(deck, plot.data_labels.font, 12, INK, True)
    plot.data_labels.number_format, plot.data_labels.number_format_is_linked = "0", False
    bars = plot.series[0]
    bars.format.fill.solid()
    bars.format.fill.fore_color.rgb = rgb(tint(deck.colour, 0.55))
    for position in range(max(0, len(rows) - 3), len(rows)):
        fill = bars.points[position].format.fill
        fill.solid()
        fill.fore_color.rgb = rgb(deck.colour)
    deck.write(page, note, [rule], (11, 10, 9), colour=MUTED, anchor=MSO_ANCHOR.BOTTOM)
