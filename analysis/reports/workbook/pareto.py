"""The Pareto chart: few touchpoints carry most of it, or they do not, and then it says so."""

from __future__ import annotations

import pandas as pd

from analysis.reports.captions import pareto_caption
from analysis.reports.content import Content
from analysis.reports.workbook.cells import Pen
from analysis.reports.workbook.charts import pareto_chart
from analysis.reports.workbook.tables import Column, add_sheet, with_decimals, write_table

#: bars that can be read on a chart; the table has them all
BARS = 40
_KINDS = {"count": "number", "money": "money", "percent": "percent", "points": "score", "tens": "score/1"}


def write(pen: Pen, content: Content) -> None:
    t, table = content.t, content.pareto
    sheet = add_sheet(pen, t("Pareto"), pareto_caption(content))
    placed = write_table(pen, sheet, "Pareto", columns_of(content), frame_of(content), frozen=2, charted=True)
    if table is None:
        return
    name, kind = content.counted_name, _KINDS[content.counted_unit]
    shown = min(BARS, int((table["value"] > 0).sum()))
    total = float(table.attrs["total"]) / (100 if kind == "percent" else 1)
    titles = {
        "title": t("Pareto: {measure}", measure=name), "caption": pareto_caption(content, shown=shown), "value": name,
        "cumulative": t("Cumulative share"), "threshold": t("Threshold"), "percent": pen.number_format("percent/0"),
    }  # fmt: skip
    number_format = pen.number_format(with_decimals(kind, [round(total)]))
    chart = pareto_chart(placed, shown, table.attrs["vital_count"], total, titles, pen.colour, number_format)
    sheet.add_chart(chart, "K4")


def frame_of(content: Content) -> pd.DataFrame:
    """One row a cause, largest first; percentages in percent."""
    table = content.pareto
    if table is None:
        return pd.DataFrame({"rank": []})
    yes, no = content.t("yes"), content.t("no")
    return pd.DataFrame(table).assign(
        share=table["share"] * 100, cumulative=table["cumulative"] * 100, threshold=content.threshold * 100,
        vital=[yes if flag else no for flag in table["vital"]],
    )  # fmt: skip


def columns_of(content: Content) -> list[Column]:
    t = content.t
    name, kind = content.counted_name, _KINDS[content.counted_unit]
    return [
        Column("rank", t("Rank"), "score", 8), Column("label", content.grouped_name, "wrap", 34), Column("value", name, kind, 13),
        Column("share", t("Share"), "percent", 10), Column("cumulative", t("Cumulative share"), "percent", 12),
        Column("vital", t("Vital few"), width=10), Column("number", t("Ref."), width=7), Column("threshold", t("Threshold"), "percent", 10),
    ]  # fmt: skip
