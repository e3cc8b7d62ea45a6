"""The first touchpoints of the ranking as native bars."""

from __future__ import annotations

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.text import MSO_ANCHOR

from analysis.language import listed
from analysis.project.rankings import RANKINGS
from analysis.reports.findings import ranking_finding
from analysis.reports.palette import INK, MUTED, tint
from analysis.reports.slides.deck import Deck, describe
from analysis.reports.slides.plot import cut, dress, dress_axis, nothing, rgb

RANKED = 12


def slide(deck: Deck) -> None:
    """The first twelve by what the project ranks by, as bars, best on top."""
    content = deck.content
    rows, rule = content.ranked.head(RANKED), content.score_rule
    page, area = deck.slide(ranking_finding(content), rule)
    if rows.empty:
        nothing(deck, page, area, _lack(deck))
        return
    chart_box, note = area.below(area.height - 34)
    shown = "0" if float(rows["method_score"].max()) > 30 else "0.0"
    data = CategoryChartData(number_format=shown)
    turned = rows.iloc[::-1]
    data.categories = [cut(name, 44) for name in turned["touchpoint"]]
    data.add_series(content.score_name, [round(float(score), 1) for score in turned["method_score"]])
    frame = page.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *chart_box.emu, data)
    describe(frame, ranking_finding(content) + " " + rule)
    chart = frame.chart
    chart.has_legend, chart.has_title = False, False
    if content.method == "relevance":
        dress_axis(deck, chart.value_axis, None, 0, 100, 20, "0", True)
    else:
        dress_axis(deck, chart.value_axis, None, 0, None, None, shown, True)
    dress_axis(deck, chart.category_axis, None, None, None, None, "", False)
    dress(deck, chart.category_axis.tick_labels.font, 12)
    plot = chart.plots[0]
    plot.gap_width, plot.has_data_labels = 35, True
    dress(deck, plot.data_labels.font, 12, INK, True)
    plot.data_labels.number_format, plot.data_labels.number_format_is_linked = shown, False
    bars = plot.series[0]
    bars.format.fill.solid()
    bars.format.fill.fore_color.rgb = rgb(tint(deck.colour, 0.55))
    for position in range(max(0, len(rows) - 3), len(rows)):
        fill = bars.points[position].format.fill
        fill.solid()
        fill.fore_color.rgb = rgb(deck.colour)
    deck.write(page, note, [rule], (11, 10, 9), colour=MUTED, anchor=MSO_ANCHOR.BOTTOM)


def _lack(deck: Deck) -> str:
    """What a ranking needs, while there is none."""
    content, t = deck.content, deck.content.t
    if content.method == "relevance":
        return t("Score at least 60% of the weighted criteria of a touchpoint to rank it.")
    needed = listed([content.criterion(code) for code in RANKINGS[content.method].needs], content.language)
    return t("Score the touchpoints by all of these to rank them: {names}.", names=needed)
