"""Importance of touchpoints over the phases of the decision, drawn as a heatmap (D21)."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from analysis.charts.finish import either, finish
from analysis.charts.palette import PICTURE_INK
from analysis.charts.sources import importance_frame
from analysis.charts.text import fitting_size, in_lines, marked, shortened
from analysis.errors import MissingColumns
from analysis.language import Translator, number, translator

if TYPE_CHECKING:
    from analysis.project import Project

ROW = 30
HEAD = 32
_NAMES = 210
#: narrower than this, names have less room and stages stand at a slant above their columns
NARROW, _SHORT, _SLANT = 560, 112, 64


def heatmap(
    table: pd.DataFrame | Project, language: str = "en", *, width: float = 760, most: int = 60, title: str | None = None,
    chosen: Collection[str] = (),
) -> Any:  # fmt: skip
    """Draw an importance heatmap.

    Parameters
    ----------
    table : what `analysis.importance_heatmap` gives: touchpoint, stage, mean (1–10), n, few; or a project.
    language : ``"fr"`` or ``"en"``. width : of the whole chart, names included.
    most : touchpoints drawn, the most important first; the others are counted in the caption.
    title : in place of the finding. chosen : touchpoints to be marked, drawn also where they matter less.

    Returns
    -------
    An Altair chart. Cells with fewer than five answers are hatched, cells without answers empty.
    """
    table = importance_frame(table)
    if not {"touchpoint", "stage", "mean", "n"} <= set(table):
        raise MissingColumns(columns="touchpoint, stage, mean, n")
    t = translator(language)
    stages = list(dict.fromkeys(table["stage"].astype(str)))
    peak = table.assign(touchpoint=table["touchpoint"].astype(str)).groupby("touchpoint", sort=False)["mean"].max()
    ranked = peak.dropna().sort_values(ascending=False, kind="stable").index.tolist()
    names = ranked[:most] + [name for name in ranked[most:] if name in chosen]
    cells = _cells(table, names, stages, language, t)
    narrow = width < NARROW
    grid = max(width - (_SHORT if narrow else _NAMES) - 10, (30 if narrow else 60) * len(stages))
    said = finding(cells, t, language)
    chart = _grid(cells, names, stages, grid, narrow, chosen, t) if len(cells) else _nothing(t)
    few = int(cells["few"].sum()) if len(cells) else 0
    caption = [t("Mean importance from 1 to 10, customers' answers; n below the figure. An empty cell: nobody answered.")]
    if few:
        caption.append(t.n("{n} hatched cell: fewer than five answers.", "{n} hatched cells: fewer than five answers.", few))
    left_out = [name for name in ranked if name not in names]
    if left_out:
        caption.append(
            t.n("{n} less important touchpoint is not drawn.", "{n} less important touchpoints are not drawn.", len(left_out))
        )
    return finish(
        chart, language, title=said if title is None else title, caption=caption, width=width,
        description=t("Heatmap of importance.") + f" {said}.", notes={"left_out": left_out},
    )  # fmt: skip


def _cells(table: pd.DataFrame, names: list[str], stages: list[str], language: str, t: Translator) -> pd.DataFrame:
    rows = table.assign(touchpoint=table["touchpoint"].astype(str), stage=table["stage"].astype(str))
    rows = rows[rows["touchpoint"].isin(names) & rows["mean"].notna()].copy()
    rows["few"] = rows["n"] < 5
    rows["x"], rows["y"] = rows["stage"].map(stages.index).astype(float), rows["touchpoint"].map(names.index).astype(float)
    rows["figure"] = [number(mean, language, 1) for mean in rows["mean"]]
    rows["count"] = [f"n = {number(n, language, 0)}" for n in rows["n"]]
    rows["note"] = [t("few answers") if few else "" for few in rows["few"]]
    return rows


def _grid(
    cells: pd.DataFrame, names: list[str], stages: list[str], width: float, narrow: bool, chosen: Collection[str], t: Translator
) -> Any:
    above, left = (_SLANT, _SHORT) if narrow else (HEAD, _NAMES)
    height, slot = ROW * len(names) + above, width / len(stages)
    x, y = alt.Scale(domain=[0, len(stages)], nice=False), alt.Scale(domain=[len(names), -above / ROW], nice=False)
    cells = cells.assign(x2=cells["x"] + 1, y2=cells["y"] + 1, cx=cells["x"] + 0.5, cy=cells["y"] + 0.5)
    cells["light"] = cells["mean"] > 6.4
    base = alt.Chart(cells)
    across, down = alt.X("cx:Q", scale=x, axis=None), alt.Y("cy:Q", scale=y, axis=None)
    tooltip = [
        alt.Tooltip("touchpoint:N", title=t("Touchpoint")), alt.Tooltip("stage:N", title=t("Stage")),
        alt.Tooltip("figure:N", title=t("Importance")), alt.Tooltip("count:N", title=t("Answers")),
        alt.Tooltip("note:N", title=t("Remark")),
    ]  # fmt: skip
    colour = alt.Color("mean:Q", scale=alt.Scale(domain=[1, 5.5, 10], range=["#E4F1EF", "#6DB8AE", "#0B5A53"]), legend=None)
    tiles = base.mark_rect(stroke="#FFFFFF", strokeOpacity=0.6, strokeWidth=2).encode(
        x=alt.X("x:Q", scale=x, axis=None), x2=alt.X2("x2:Q"), y=alt.Y("y:Q", scale=y, axis=None), y2=alt.Y2("y2:Q"),
        color=colour, tooltip=tooltip,
    )  # fmt: skip
    ink = either(alt.ColorValue, "datum.light", "#FFFFFF", PICTURE_INK)
    figures = base.mark_text(fontSize=11 if narrow else 12.5, fontWeight=700, dy=-5)
    figures = figures.encode(x=across, y=down, text=alt.Text("figure:N"), color=ink)
    counts = base.mark_text(fontSize=8 if narrow else 10, dy=8).encode(x=across, y=down, text=alt.Text("count:N"), color=ink)
    size = 10.5 if narrow else fitting_size(stages, slot - 6, 12, 8.5, bold=True) or 8.5
    said = [shortened(stage, 1.25 * above, size) if narrow else in_lines(stage, slot - 6, size, most=2, bold=True) for stage in stages]
    heads = pd.DataFrame({"cx": [n + 0.5 for n in range(len(stages))], "text": said})
    heads["cy"] = [-0.12 - 0.43 * text.count("\n") for text in heads["text"]]
    slant = {"angle": 315, "align": "left", "baseline": "middle"} if narrow else {"baseline": "bottom"}
    beside = [shortened(marked(name, chosen), left - 16, 12) for name in names]
    sides = pd.DataFrame({"cy": [n + 0.5 for n in range(len(names))], "text": beside})
    head = (
        alt.Chart(heads).mark_text(**slant, fontWeight=600, fontSize=size, lineHeight=13).encode(x=across, y=down, text=alt.Text("text:N"))
    )
    side = alt.Chart(sides).mark_text(align="right", fontSize=12, dx=-8).encode(x=alt.value(0), y=down, text=alt.Text("text:N"))
    hatch = _hatch(cells[cells["few"]], slot)
    strokes = [
        alt.Chart(hatch).mark_rule(strokeWidth=1.1, opacity=0.55).encode(
            x=alt.X("x:Q", scale=x, axis=None), x2=alt.X2("x2:Q"), y=alt.Y("y:Q", scale=y, axis=None), y2=alt.Y2("y2:Q"),
            color=either(alt.ColorValue, "datum.light", "#FFFFFF", PICTURE_INK),
        )
    ] if len(hatch) else []  # fmt: skip
    return (
        alt.layer(tiles, *strokes, figures, counts, head, side)
        .resolve_axis(x="independent", y="independent")
        .properties(width=width + left, height=height)
    )


def _hatch(cells: pd.DataFrame, slot: float) -> pd.DataFrame:
    """Slanted strokes inside cells, every 9 pixels, cut off at the cell's edges; the middle stays free for the figure."""
    rows = []
    for cell in cells.to_dict("records"):
        start = -ROW
        while start < slot:
            left, right = max(start, 2.0), min(start + ROW, slot - 2)
            if right > left and not (right > slot / 2 - 20 and left < slot / 2 + 20):
                bottom, top = (left - start) / ROW, (right - start) / ROW
                rows.append({
                    "x": cell["x"] + left / slot, "x2": cell["x"] + right / slot,
                    "y": cell["y"] + 1 - bottom, "y2": cell["y"] + 1 - top, "light": cell["light"],
                })  # fmt: skip
            start += 9
    return pd.DataFrame(rows)


def _nothing(t: Translator) -> Any:
    return (
        alt.Chart(pd.DataFrame({"text": [t("No answer about importance yet")]})).mark_text(fontSize=14, opacity=0.7).encode(text="text:N")
    )


def finding(cells: pd.DataFrame, t: Translator, language: str) -> str:
    """The title: what matters most, and when."""
    if cells.empty:
        return t("No answer about importance yet")
    top = cells.sort_values(["few", "mean"], ascending=[True, False], kind="stable").iloc[0]
    return t(
        "“{touchpoint}” matters most, in “{stage}” ({mean} of 10)",
        touchpoint=top["touchpoint"],
        stage=top["stage"],
        mean=number(top["mean"], language, 1),
    )
