"""Where staff and customers disagree, drawn as pairs of points (D8)."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from analysis.charts.finish import finish
from analysis.charts.palette import INK, MUTED
from analysis.charts.text import shortened
from analysis.errors import MissingColumns
from analysis.language import N_, Translator, number, signed, translator

CUSTOMER, STAFF = "#17857B", "#C2570C"
#: measure → its name and the ends of its axis
MEASURES = {
    "satisfaction": (N_("Satisfaction (−2 to +2)"), (-2.0, 2.0)),
    "importance": (N_("Importance (1 to 10)"), (1.0, 10.0)),
    "emotion": (N_("Emotion (−2 to +2)"), (-2.0, 2.0)),
    "nps": (N_("Recommendation (−2 to +2)"), (-2.0, 2.0)),
    "ces": (N_("Ease (−2 to +2)"), (-2.0, 2.0)),
}
ROW, _NAMES, _FIGURES = 30, 210, 130


def gap(table: pd.DataFrame, language: str = "en", *, most: int = 25, width: float = 760, title: str | None = None) -> Any:
    """Draw the gaps between staff and customers, one panel a measure.

    Parameters
    ----------
    table : what `analysis.perception_gap` gives.
    language : ``"fr"`` or ``"en"``. most : gaps drawn in each panel, the largest first. width : of the whole chart.
    title : in place of the finding.

    Returns
    -------
    An Altair chart. Gaps whose interval holds 0 are greyed; ``usermeta["one_sided"]`` lists what only one side rated.
    """
    if not {"measure", "staff", "customer", "gap"} <= set(table):
        raise MissingColumns(columns="measure, staff, customer, gap")
    t = translator(language)
    by = str(table.columns[0])
    rows = table[table["gap"].notna()].assign(name=table[by].astype(str))
    lone = table.loc[table["gap"].isna(), by].astype(str).tolist()
    said = finding(rows, t, language)
    panels = [_panel(part.head(most), measure, width, t, language) for measure, part in rows.groupby("measure", sort=False)]
    chart = alt.vconcat(*panels, spacing=18) if panels else alt.Chart(pd.DataFrame({"text": [said]})).mark_text(opacity=0.7).encode(text="text:N")
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


def _panel(rows: pd.DataFrame, measure: Any, width: float, t: Translator, language: str) -> Any:
    name, ends = MEASURES.get(str(measure), (str(measure), (-2.0, 2.0)))
    rows = rows.reset_index(drop=True)
    rows["clear"] = rows["clear"].astype(bool) if "clear" in rows else True
    rows["at"] = rows.index + 0.5
    rows["shown"] = [shortened(text, _NAMES - 16, 12) for text in rows["name"]]
    rows["figure"] = [_figure(row, language) for row in rows.to_dict("records")]
    digits = 1
    rows["one"] = [f"{number(v, language, digits)} (n = {number(n, language)})" for v, n in zip(rows["staff"], rows["n_staff"], strict=True)]
    rows["two"] = [f"{number(v, language, digits)} (n = {number(n, language)})" for v, n in zip(rows["customer"], rows["n_customer"], strict=True)]
    plot = max(width - _NAMES - _FIGURES, 200)
    y = alt.Y("at:Q", scale=alt.Scale(domain=[len(rows), 0], nice=False), axis=None)
    room = (ends[1] - ends[0]) * 0.04
    x = alt.Scale(domain=[ends[0] - room, ends[1] + room], nice=False, zero=False)
    ticks = [ends[0] + step for step in range(int(ends[1] - ends[0]) + 1)]
    axis = alt.Axis(title=t(name), values=ticks, grid=True, orient="bottom")
    base = alt.Chart(rows)
    tooltip = [
        alt.Tooltip("name:N", title=" "), alt.Tooltip("two:N", title=t("Customers")), alt.Tooltip("one:N", title=t("Staff")),
        alt.Tooltip("figure:N", title=t("Gap")),
    ]  # fmt: skip
    faded = alt.condition("datum.clear", alt.value(1), alt.value(0.5))

    def colour(own: str) -> Any:
        return alt.condition("datum.clear", alt.value(own), alt.value(MUTED))

    layers = [
        base.mark_rule(strokeWidth=3, stroke=INK).encode(
            x=alt.X("staff:Q", scale=x, axis=axis), x2="customer:Q", y=y, opacity=alt.condition("datum.clear", alt.value(0.35), alt.value(0.15)), tooltip=tooltip
        ),
        base.mark_point(shape="square", filled=True, size=120, opacity=1).encode(x=alt.X("staff:Q", scale=x, axis=axis), y=y, fill=colour(STAFF), tooltip=tooltip),
        base.mark_point(shape="circle", filled=True, size=150, opacity=1).encode(x=alt.X("customer:Q", scale=x, axis=axis), y=y, fill=colour(CUSTOMER), tooltip=tooltip),
        base.mark_text(align="right", dx=-10).encode(x=alt.value(0), y=y, text="shown:N", opacity=faded),
        base.mark_text(align="left", dx=12, fontWeight=600).encode(x=alt.value(plot), y=y, text="figure:N", opacity=faded),
    ]
    return alt.layer(*layers).resolve_axis(y="independent").properties(width=plot, height=ROW * len(rows) + 4)


def _figure(row: dict[str, Any], language: str) -> str:
    text = signed(row["gap"], language)
    if row.get("low") == row.get("low") and row.get("low") is not None:
        text += f"  [{signed(row['low'], language)} ; {signed(row['high'], language)}]"
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
