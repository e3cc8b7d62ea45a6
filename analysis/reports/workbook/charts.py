"""Native charts of Excel, drawn from cells of the sheet they stand on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.chart import BarChart, LineChart, Reference, ScatterChart, Series
from openpyxl.chart.data_source import NumDataSource, NumRef, StrRef
from openpyxl.chart.error_bar import ErrorBars
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.marker import DataPoint, Marker
from openpyxl.chart.series import SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties, RegularTextRun, RichTextProperties
from openpyxl.utils import quote_sheetname

from analysis.reports.labels import Frame
from analysis.reports.palette import GRID, INK, MUTED, QUADRANT_COLOURS, VITAL
from analysis.reports.workbook.tables import Placed

WIDTH, HEIGHT = 25.0, 14.0


def text_of(size: int = 900, colour: str = INK, bold: bool = False, turned: int | None = None) -> RichText:
    """The look of a chart's text, in hundredths of a point."""
    look = CharacterProperties(sz=size, b=bold, solidFill=colour)
    body = RichTextProperties(rot=turned, vert="horz") if turned is not None else RichTextProperties()
    return RichText(bodyPr=body, p=[Paragraph(pPr=ParagraphProperties(defRPr=look), endParaRPr=look)])


def title_of(text: str, size: int = 1100, colour: str = INK, bold: bool = False) -> Title:
    look = CharacterProperties(sz=size, b=bold, solidFill=colour)
    lines = [Paragraph(pPr=ParagraphProperties(defRPr=look), r=[RegularTextRun(rPr=look, t=line)]) for line in text.splitlines() or [""]]
    return Title(tx=Text(rich=RichText(p=lines)), overlay=False)


def line_of(colour: str | None, width: float = 1.0, dash: str | None = None) -> GraphicalProperties:
    """A line of ``width`` points; no colour, no line."""
    if colour is None:
        return GraphicalProperties(noFill=True, ln=LineProperties(noFill=True))
    return GraphicalProperties(ln=LineProperties(solidFill=colour, w=round(width * 12_700), prstDash=dash))


def filled(colour: str, edge: str | None = None) -> GraphicalProperties:
    line = LineProperties(solidFill=edge, w=12_700) if edge else LineProperties(noFill=True)
    return GraphicalProperties(solidFill=colour, ln=line)


def axis(axis: Any, title: str | None, low: float | None, high: float | None, step: float | None, number_format: str, grid: bool) -> None:
    """Ends, steps and look of an axis. openpyxl hides axes of newer Excel unless told not to."""
    axis.delete = False
    axis.title = title_of(title, 900, MUTED) if title else None
    axis.scaling.min, axis.scaling.max = low, high
    axis.majorUnit = step
    axis.number_format = number_format
    axis.numFmt.sourceLinked = False
    axis.majorTickMark = axis.minorTickMark = None
    axis.txPr = text_of(900, MUTED)
    axis.graphicalProperties = line_of(GRID)
    if grid:
        axis.majorGridlines.spPr = line_of(GRID, 0.5)
    else:
        axis.majorGridlines = None


def emotion_chart(placed: Placed, rows: range, title: str, caption: str, assumed: Sequence[bool], few: Sequence[bool], colour: str) -> Any:
    """The emotion curve: gaps stay gaps, what is assumed is dashed and hollow, bars show the 95 % interval.

    ``rows`` are those of the journey in the sheet; ``assumed`` and ``few`` say it for each.
    """
    sheet = placed.sheet
    chart = LineChart()
    chart.add_data(Reference(sheet, min_col=placed.position("value"), min_row=rows.start, max_row=rows.stop - 1), titles_from_data=False)
    chart.set_categories(Reference(sheet, min_col=placed.position("stage"), min_row=rows.start, max_row=rows.stop - 1))
    series = chart.series[0]
    series.tx = SeriesLabel(v=title)
    series.smooth = False
    series.graphicalProperties = line_of(colour, 2.25)
    series.marker = Marker(symbol="circle", size=9, spPr=filled(colour, colour))
    series.dPt = [_hollow(index, colour, dashed) for index, dashed in enumerate(assumed) if dashed or few[index]]
    series.errBars = _intervals(placed, rows)
    series.dLbls = _values("+0.0;-0.0;0", "r")
    chart.title = title_of(f"{title}\n{caption}")
    chart.legend = None
    chart.display_blanks = "gap"
    axis(chart.y_axis, None, -2, 2, 1, "+0;-0;0", True)
    axis(chart.x_axis, None, None, None, None, "General", False)
    chart.x_axis.tickLblPos = "low"
    chart.width, chart.height = WIDTH, 9.5
    return chart


def _hollow(index: int, colour: str, dashed: bool) -> DataPoint:
    """A point with few answers is hollow; an assumed one is a hollow diamond and the line that leads to it is dashed."""
    line = line_of(colour, 2.0, "sysDash") if dashed else line_of(colour, 2.25)
    symbol = "diamond" if dashed else "circle"
    return DataPoint(idx=index, marker=Marker(symbol=symbol, size=10 if dashed else 9, spPr=filled("FFFFFF", colour)), spPr=line)


def _intervals(placed: Placed, rows: range) -> ErrorBars:
    ends = {}
    for side, key in (("plus", "above"), ("minus", "below")):
        letter = placed.letters[key]
        area = f"{quote_sheetname(placed.sheet.title)}!${letter}${rows.start}:${letter}${rows.stop - 1}"
        ends[side] = NumDataSource(numRef=NumRef(f=area))
    return ErrorBars(errDir="y", errBarType="both", errValType="cust", noEndCap=False, spPr=line_of(MUTED, 1.0), **ends)


def _values(number_format: str, side: str) -> DataLabelList:
    labels = DataLabelList(numFmt=number_format, dLblPos=side, showVal=True, showSerName=False, showCatName=False, showLegendKey=False,
                           showPercent=False)  # fmt: skip
    labels.txPr = text_of(900, INK, bold=True)
    return labels


@dataclass(frozen=True)
class Dot:
    """A bubble of the matrix: the row it stands in, its quadrant, the side of its label (None: no label)."""

    row: int
    quadrant: str
    side: str | None


def matrix_chart(
    placed: Placed, dots: Sequence[Dot], rest: range | None, helper: tuple[int, int], titles: dict[str, str],
    frames: tuple[Frame, Frame],
) -> Any:  # fmt: skip
    """Effort on x, impact on y; one series an item, so that each has its name; the cut lines are two series of two points.

    ``helper`` is the first cell (row, column) of the cut lines: impact across, effort up, each x then y. ``rest`` are the rows of
    the items without a label, drawn as one series.
    """
    chart = ScatterChart()
    chart.style = 2
    chart.scatterStyle = "lineMarker"
    row, column = helper
    for first in (row, row + 2):
        chart.series.append(_cut_line(placed.sheet, first, column))
    if rest is not None:
        chart.series.append(_cloud(placed, rest, titles["rest"]))
    for dot in dots:
        chart.series.append(_item(placed, dot))
    chart.title = title_of(f"{titles['title']}\n{titles['caption']}")
    chart.legend = None
    for one, name, frame in ((chart.x_axis, "effort", frames[0]), (chart.y_axis, "impact", frames[1])):
        axis(one, titles[name], frame.low, frame.high, frame.step, frame.numbers, False)
    chart.width, chart.height = WIDTH, 17.0
    return chart


def _cut_line(sheet: Any, row: int, column: int) -> Series:
    across, up = (Reference(sheet, min_col=column + side, min_row=row, max_row=row + 1) for side in (0, 1))
    series = Series(up, across, title=None)
    series.marker = Marker(symbol="none")
    series.graphicalProperties = line_of(MUTED, 1.0, "dash")
    series.smooth = False
    return series


def _item(placed: Placed, dot: Dot) -> Series:
    x, y = (Reference(placed.sheet, min_col=placed.position(key), min_row=dot.row) for key in ("right", "up"))
    series = Series(y, x)
    label = f"{quote_sheetname(placed.sheet.title)}!${placed.letters['label']}${dot.row}"
    series.tx = SeriesLabel(strRef=StrRef(f=label))
    series.marker = Marker(symbol="circle", size=9, spPr=filled(QUADRANT_COLOURS[dot.quadrant], "FFFFFF"))
    series.graphicalProperties = line_of(None)
    series.smooth = False
    if dot.side:
        series.dLbls = DataLabelList(dLblPos=dot.side, showSerName=True, showVal=False, showCatName=False, showLegendKey=False,
                                     showPercent=False)  # fmt: skip
        series.dLbls.txPr = text_of(800)
    return series


def _cloud(placed: Placed, rows: range, name: str) -> Series:
    x, y = (Reference(placed.sheet, min_col=placed.position(key), min_row=rows.start, max_row=rows.stop - 1) for key in ("right", "up"))
    series = Series(y, x, title=name)
    series.marker = Marker(symbol="circle", size=5, spPr=filled("C3CAD0"))
    series.graphicalProperties = line_of(None)
    series.smooth = False
    return series


def pareto_chart(placed: Placed, shown: int, vital: int, total: float, titles: dict[str, str], colour: str, number_format: str) -> Any:
    """Bars on the left, cumulative share and threshold on the right from 0 to 100 %; the left axis ends at the total: one scale."""
    sheet, first, last = placed.sheet, placed.first, placed.first + shown - 1
    names = Reference(sheet, min_col=placed.position("label"), min_row=first, max_row=last)
    bars = BarChart()
    bars.type, bars.gapWidth = "col", 30
    bars.add_data(Reference(sheet, min_col=placed.position("value"), min_row=first, max_row=last), titles_from_data=False)
    bars.set_categories(names)
    bars.series[0].tx = SeriesLabel(v=titles["value"])
    bars.series[0].graphicalProperties = filled("B8C4CC")
    bars.series[0].dPt = [DataPoint(idx=index, spPr=filled(VITAL)) for index in range(min(vital, shown))]
    lines = LineChart()
    for key, name, look, marker in (
        ("cumulative", titles["cumulative"], line_of(colour, 2.0), Marker(symbol="circle", size=5, spPr=filled(colour))),
        ("threshold", titles["threshold"], line_of(MUTED, 1.25, "dash"), Marker(symbol="none")),
    ):
        lines.add_data(Reference(sheet, min_col=placed.position(key), min_row=first, max_row=last), titles_from_data=False)
        series = lines.series[-1]
        series.tx, series.graphicalProperties, series.marker, series.smooth = SeriesLabel(v=name), look, marker, False
    lines.set_categories(names)
    axis(bars.x_axis, None, None, None, None, "General", False)
    bars.x_axis.txPr = text_of(800, INK, turned=-2_700_000 if shown > 6 else 0)
    axis(bars.y_axis, titles["value"], 0, total, None, number_format, False)
    axis(lines.y_axis, titles["cumulative"], 0, 1, 0.2, titles["percent"], True)
    lines.y_axis.axId = 200
    lines.y_axis.crosses = "max"
    bars += lines
    bars.title = title_of(f"{titles['title']}\n{titles['caption']}")
    bars.legend.position = "b"
    bars.width, bars.height = WIDTH, 15.0
    return bars
