"""The Pareto chart: bars up to the total, the cumulative curve from the top right corner of the first bar, the line at the threshold."""

from __future__ import annotations

import json
import math
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from analysis.charts.finish import either, finish
from analysis.charts.palette import ACCENT, INK, MUTED, WARNING
from analysis.charts.sources import is_project, pareto_frame
from analysis.charts.text import lines_of, marked, shortened, text_width
from analysis.errors import MissingColumns
from analysis.language import N_, Translator, compact, listed, number, percent, percent_sign, translator

if TYPE_CHECKING:
    from analysis.project import Project

#: what the two axes need
MARGIN = 140
#: a bar narrower than this has its name upright; names upright need so many pixels each
_SLANTED, _NAMED = 17.0, 13.0
#: share of the plot that slanted names may push it to the right; where it would be more they stand upright
_HANGING = 0.15
#: bars that can be told apart, however many the vital few are
BARS = 40
#: measure → what the vital few carry
MEASURES = {
    "complaints": N_("{share} of complaints"),
    "pain_points": N_("{share} of pain points"),
    "cost": N_("{share} of the cost"),
    "running_cost": N_("{share} of the running cost"),
    "lost_value": N_("{share} of the lost value"),
    "conversions": N_("{share} of conversions"),
    "conversion": N_("{share} of conversions"),
    "reach": N_("{share} of the reach"),
    "score": N_("{share} of the score"),
    "relevance": N_("{share} of the score"),
    "comments": N_("{share} of comments"),
    "incidents": N_("{share} of the critical incidents"),
    "unhappy": N_("{share} of the unhappy answers"),
    "score_gap": N_("{share} of the importance that is not satisfied"),
}
#: measure → name of the axis
AXES = {
    "complaints": N_("Complaints"),
    "pain_points": N_("Pain points"),
    "cost": N_("Cost"),
    "running_cost": N_("Running cost"),
    "lost_value": N_("Lost value"),
    "conversions": N_("Conversions"),
    "conversion": N_("Conversions"),
    "reach": N_("Reach"),
    "score": N_("Score"),
    "relevance": N_("Score"),
    "comments": N_("Comments"),
    "incidents": N_("Critical incidents"),
    "unhappy": N_("Unhappy answers"),
    "score_gap": N_("Importance − satisfaction, both 0 to 10"),
}
#: what is ranked → singular and plural of the finding
ITEMS = {
    "touchpoint": (N_("{vital} of {items} touchpoints carries {what}"), N_("{vital} of {items} touchpoints carry {what}")),
    "stage": (N_("{vital} of {items} stages carries {what}"), N_("{vital} of {items} stages carry {what}")),
    "channel": (N_("{vital} of {items} channels carries {what}"), N_("{vital} of {items} channels carry {what}")),
    "family": (N_("{vital} of {items} families carries {what}"), N_("{vital} of {items} families carry {what}")),
    "owner": (N_("{vital} of {items} owners carries {what}"), N_("{vital} of {items} owners carry {what}")),
    "persona": (N_("{vital} of {items} personas carries {what}"), N_("{vital} of {items} personas carry {what}")),
    "theme": (N_("{vital} of {items} themes carries {what}"), N_("{vital} of {items} themes carry {what}")),
    "cause": (N_("{vital} of {items} causes carries {what}"), N_("{vital} of {items} causes carry {what}")),
    "group": (N_("{vital} of {items} groups carries {what}"), N_("{vital} of {items} groups carry {what}")),
    "item": (N_("{vital} of {items} items carries {what}"), N_("{vital} of {items} items carry {what}")),
}


def item_of(by: str) -> str:
    """What the finding calls a bar of this grouping of `analysis.project.measures`: a key of `ITEMS`."""
    from analysis.project.filters import SEGMENTS

    return by if by in ITEMS else "group" if ":" in by or by in SEGMENTS else "item"


def pareto(
    table: pd.DataFrame | Project,
    language: str = "en",
    *,
    measure: str = "",
    item: str = "touchpoint",
    most: int = 20,
    bars: int = BARS,
    chosen: Collection[str] = (),
    width: float = 760,
    height: float = 380,
    title: str | None = None,
) -> Any:
    """Draw a Pareto chart.

    Parameters
    ----------
    table : what `analysis.pareto` gives; or a project, whose touchpoints (or the column ``item``) are ranked by ``measure``.
    language : ``"fr"`` or ``"en"``.
    measure : what is summed: a known one (complaints, pain_points, cost, lost_value, conversions, reach, score, comments) or its name in
        the user's words. item : what is ranked: touchpoint, stage, channel, persona, theme, cause or item.
    most : bars drawn before the tail is merged into "Other", last, for display only.
    bars : the most of all, however many the vital few are.
    chosen : items to be marked, their bars ringed; so is the bar of the merged tail that holds some of them, which the caption names.
    width, height : of the plot, in pixels. title : in place of the finding.

    Returns
    -------
    An Altair chart; ``usermeta["merged"]`` lists the items in the merged tail, ``usermeta["zero"]`` those without any, which are not drawn.
    """
    if is_project(table) and not measure:
        measure = "pain_points"
    table = pareto_frame(table, measure, item)
    if not {"label", "value", "vital"} <= set(table):
        raise MissingColumns(columns="label, value, vital")
    t = translator(language)
    facts = _facts(table)
    rows, merged = _bars(table, facts, most, bars, t)
    inside = [name for name in merged if name in chosen]
    rows["chosen"] = [name in chosen or (kind == "other" and inside != []) for name, kind in zip(rows["label"], rows["kind"], strict=True)]
    notes = {"merged": merged, "zero": table.loc[table["value"] == 0, "label"].astype(str).tolist()}
    axis = t(AXES[measure]) if measure in AXES else measure
    layers = _layers(rows, facts, t, language, axis, width, height) if len(rows) else [_nothing(t)]
    chart = alt.layer(*layers).resolve_axis(x="independent", y="independent").properties(width=width + MARGIN, height=height)
    said = finding(facts, t, language, measure, item)
    unseen = int(table["vital"].to_numpy(bool)[table["label"].astype(str).isin(merged).to_numpy(bool)].sum())
    finished = finish(
        chart,
        language,
        title=said if title is None else title,
        caption=[*_caption(facts, notes, t, language), *_in_tail(unseen, t), *_hidden(inside, t), *_unnamed(len(rows), width, t)],
        description=_description(rows, said, t, language),
        width=width + MARGIN,
        notes=notes,
    )
    finished.padding = {"left": 6 + _overhang(rows, width), "right": 6, "top": 6, "bottom": 6}
    return finished


def _facts(table: pd.DataFrame) -> dict[str, Any]:
    """The attributes of the table, worked out again where a frame has lost them."""
    vital, total = table["vital"].to_numpy(bool), float(table["value"].sum())
    found: dict[str, Any] = {
        "vital_count": int(vital.sum()),
        "vital_share": float(table["value"][vital].sum() / total) if total > 0 else float("nan"),
        "total": total,
        "threshold": 0.8,
        "items": len(table),
        "flat": False,
        "reachable": True,
        "other": None,
        "other_share": 0.0,
        "big_other": False,
        "tied": [],
    }
    return found | {key: table.attrs[key] for key in found if key in table.attrs}


def _bars(table: pd.DataFrame, facts: dict[str, Any], most: int, bars: int, t: Translator) -> tuple[pd.DataFrame, list[str]]:
    """The bars, left to right, the tail merged with Other when it is long; and what was merged."""
    rows = table.loc[table["value"] > 0, ["label", "value", "vital"]].assign(label=lambda f: f["label"].astype(str))
    rest = rows["label"] == facts["other"] if facts["other"] is not None else pd.Series(False, index=rows.index)
    named, other = rows[~rest], rows[rest]
    kept = max(most, min(facts["vital_count"], bars))
    merged = named["label"].iloc[kept:].tolist() if len(named) > kept + 1 else []
    if merged:
        tail = float(named["value"].iloc[kept:].sum() + other["value"].sum())
        label = t.n("Other ({n} item)", "Other ({n} items)", len(merged))
        if len(other):
            label = t("{names} and {n} more", names=facts["other"], n=len(merged))
        other = pd.DataFrame({"label": [label], "value": [tail], "vital": [False]})
        named = named.iloc[:kept]
    drawn = pd.concat([named.assign(kind="rest"), other.assign(kind="other")], ignore_index=True)
    drawn.loc[drawn["vital"].astype(bool), "kind"] = "vital"
    drawn["left"], drawn["right"], drawn["centre"] = drawn.index + 0.09, drawn.index + 0.91, drawn.index + 0.5
    drawn["running"] = drawn["value"].cumsum()
    return drawn, merged


def _layers(rows: pd.DataFrame, facts: dict[str, Any], t: Translator, language: str, axis: str, width: float, height: float) -> list[Any]:
    total, count = facts["total"], len(rows)
    rows["amount"] = _amounts(rows["value"].tolist(), width / count, language)
    rows["exact"] = [number(value, language) for value in rows["value"]]
    rows["part"] = [percent(100 * value / total, language, 1) for value in rows["value"]]
    rows["sum"] = [percent(100 * value / total, language, 1) for value in rows["running"]]
    x = alt.Scale(domain=[0, count], nice=False)
    y = alt.Scale(domain=[0, total], nice=False)
    left = alt.Axis(
        title=axis or None,
        tickCount=5,
        grid=True,
        labelExpr="datum.value >= 10000 ? format(datum.value, '.3~s') : format(datum.value, ',')",
    )
    tooltip = [
        alt.Tooltip("label:N", title=" "),
        alt.Tooltip("exact:N", title=axis or t("Value")),
        alt.Tooltip("part:N", title=t("Share of the total")),
        alt.Tooltip("sum:N", title=t("Cumulative share")),
    ]
    base = alt.Chart(rows)
    bars = base.mark_rect(cornerRadiusTopLeft=3, cornerRadiusTopRight=3, stroke=INK).encode(
        x=alt.X("left:Q", scale=x, axis=_labels(rows, width)),
        x2=alt.X2("right:Q"),
        y=alt.Y("value:Q", scale=y, axis=left),
        y2=alt.Y2Datum(0),
        color=alt.Color("kind:N", scale=alt.Scale(domain=["vital", "rest", "other"], range=[ACCENT, MUTED, MUTED]), legend=None),
        fillOpacity=either(alt.FillOpacityValue, "datum.kind == 'other'", 0.45, 1),
        strokeWidth=either(alt.StrokeWidthValue, "datum.chosen", 2.5, 0),
        tooltip=tooltip,
    )
    right = alt.Axis(
        orient="right", title=t("Cumulative share"), values=[total * share for share in (0, 0.2, 0.4, 0.6, 0.8, 1)], grid=False,
        labelExpr=f"format(datum.value / {total!r} * 100, '.0f') + '{percent_sign(language)}'",
    )  # fmt: skip
    on_right = alt.Y("running:Q", scale=y, axis=right)
    line = base.mark_line(stroke=WARNING, strokeWidth=2.2).encode(x=alt.X("right:Q", scale=x, axis=None), y=on_right)
    dots = base.mark_point(filled=True, fill=WARNING, size=38, opacity=1).encode(
        x=alt.X("right:Q", scale=x, axis=None), y=alt.Y("running:Q", scale=y, axis=None), tooltip=tooltip
    )
    values = base.mark_text(dy=-7, fontSize=11, fontWeight=600).encode(
        x=alt.X("centre:Q", scale=x, axis=None), y=alt.Y("value:Q", scale=y, axis=None), text=alt.Text("amount:N")
    )
    return [bars, line, dots, values, *_cut(rows, facts, t, language, x, y)]


def _cut(rows: pd.DataFrame, facts: dict[str, Any], t: Translator, language: str, x: Any, y: Any) -> list[Any]:
    """The threshold line, and where the vital few end."""
    goal, count = facts["threshold"] * facts["total"], len(rows)
    line = pd.DataFrame({"goal": [goal], "text": [t("{share} line", share=percent(100 * facts["threshold"], language))], "at": [0.05]})
    above = facts["threshold"] > 0.93
    layers = [
        alt.Chart(line).mark_rule(stroke=INK, strokeDash=[6, 4], opacity=0.6).encode(y=alt.Y("goal:Q", scale=y, axis=None)),
        alt.Chart(line).mark_text(align="left", dy=10 if above else -8, fontSize=11, opacity=0.85).encode(
            x=alt.X("at:Q", scale=x, axis=None), y=alt.Y("goal:Q", scale=y, axis=None), text=alt.Text("text:N")
        ),
    ]  # fmt: skip
    end = facts["vital_count"]
    if not end or end > count:  # the last of them is in the tail
        return layers
    share = percent(100 * facts["vital_share"], language)
    mark = pd.DataFrame({"x": [end], "at": [end - 0.09], "y": [facts["vital_share"] * facts["total"]], "text": [f"{share}"]})
    layers.append(  # above the line, also at its very end: beside the plot there is room for it
        alt.Chart(mark).mark_text(align="right", dx=-8, dy=-9, fontWeight=700, fontSize=14, color=WARNING).encode(
            x=alt.X("at:Q", scale=x, axis=None), y=alt.Y("y:Q", scale=y, axis=None), text=alt.Text("text:N")
        )
    )  # fmt: skip
    if end < count:
        layers.append(
            alt.Chart(mark).mark_rule(stroke=ACCENT, strokeWidth=1.5, strokeDash=[2, 3]).encode(x=alt.X("x:Q", scale=x, axis=None))
        )
    return layers


def _labels(rows: pd.DataFrame, width: float) -> Any:
    """Names under the bars: in lines where there is room, else slanted, else upright; every second, third… one where even that is too many.

    The full name stands in the tooltip and in the table behind the chart.
    """
    slot = _plot(width) / len(rows)
    flat, texts = _below(_names(rows), slot)
    if slot < _SLANTED or not (flat or _hanging(texts, width)[0] <= _HANGING * _plot(width)):
        return _upright(rows, slot)
    return alt.Axis(
        title=None, values=[index + 0.5 for index in range(len(rows))], grid=False, labelAngle=0 if flat else -42, labelFontSize=11.5,
        labelAlign="center" if flat else "right", labelBaseline="top" if flat else "middle", labelLimit=400,
        labelExpr=f"{json.dumps(texts, ensure_ascii=False)}[floor(datum.value)]",
    )  # fmt: skip


def _below(names: list[str], slot: float) -> tuple[bool, list[Any]]:
    """Whether the names have room in lines below their bars, and how they are written there or on the slant."""
    wrapped = [lines_of(name, slot - 6, 11.5, most=3) for name in names]
    flat = slot >= 62 and all(not _broken(name, lines) for name, lines in zip(names, wrapped, strict=True))
    return flat, list(wrapped) if flat else [shortened(name, 190, 11.5) for name in names]


def _overhang(rows: pd.DataFrame, width: float) -> int:
    """Pixels on the left that slanted names need beyond what Vega leaves them.

    It sees how far the longest name hangs out of the picture, makes the bars narrower by as much, and does not look again; but with
    its bar the name moves to the left too.
    """
    slot = _plot(width) / max(len(rows), 1)
    if slot < _SLANTED or not len(rows):
        return 0
    flat, texts = _below(_names(rows), slot)
    out, needed = (0.0, 0.0) if flat else _hanging(texts, width)
    return 0 if out > _HANGING * _plot(width) else math.ceil(needed)


def _hanging(texts: list[str], width: float) -> tuple[float, float]:
    """How far slanted names hang out on the left of the plot, and what is missing there once the bars have become narrower."""
    out = needed = 0.0
    for place, text in enumerate(texts):
        reach, share = 0.8 * text_width(text, 11.5), (place + 0.5) / len(texts)  # on the slant: 0.74 of it, and the height of a line
        over = reach - share * _plot(width)
        if over > 0:
            out, needed = max(out, over), max(needed, over * share + 0.06 * reach)
    return out, needed


def _upright(rows: pd.DataFrame, slot: float) -> Any:
    every = skipped(slot)
    texts = [shortened(name, 130, 10.5) for name in _names(rows)]
    return alt.Axis(
        title=None, values=[index + 0.5 for index in range(0, len(rows), every)], grid=False, labelAngle=-90, labelFontSize=10.5,
        labelAlign="right", labelBaseline="middle", labelLimit=400,
        labelExpr=f"{json.dumps(texts, ensure_ascii=False)}[floor(datum.value)]",
    )  # fmt: skip


def _names(rows: pd.DataFrame) -> list[str]:
    """What stands under the bars, chosen ones with their mark."""
    return [marked(name, [name] if chosen else []) for name, chosen in zip(rows["label"], rows["chosen"], strict=True)]


def _plot(width: float) -> float:
    """What the bars really get: on a phone a page squeezes the chart, axes and all, into its width."""
    return width if width >= 500 else 0.72 * width


def skipped(slot: float) -> int:
    """Of how many bars, so many pixels wide, one is named.

    >>> skipped(20), skipped(8), skipped(3)
    (1, 2, 5)
    """
    return max(1, math.ceil(_NAMED / slot))


def _broken(label: str, lines: list[str]) -> bool:
    """Whether wrapping cut a word or the end."""
    return " ".join(lines) != label


def _nothing(t: Translator) -> Any:
    return alt.Chart(pd.DataFrame({"text": [t("Nothing to share out yet")]})).mark_text(fontSize=14, opacity=0.7).encode(text="text:N")


def _amounts(values: list[float], slot: float, language: str) -> list[str]:
    """What stands above the bars: in full where it fits, short where it must, nothing where it cannot."""
    whole = [number(value, language, 0 if value >= 100 else None) for value in values]
    for texts in (whole, [compact(value, language) for value in values]):
        if max(text_width(text, 11, bold=True) for text in texts) <= slot - 3:
            return texts
    return [""] * len(values)


def _amount(value: float, language: str) -> str:
    return compact(value, language) if value >= 10_000 else number(value, language)


def finding(facts: dict[str, Any], t: Translator, language: str, measure: str, item: str) -> str:
    """The title."""
    if not facts["total"] > 0:
        return t("Nothing to share out yet")
    goal = percent(100 * facts["threshold"], language)
    if not facts["reachable"]:
        share = percent(100 * facts["other_share"], language)
        return t("“{other}” is so large ({share}) that the named items cannot reach {goal}", other=facts["other"], share=share, goal=goal)
    share = percent(100 * facts["vital_share"], language)
    known = MEASURES.get(measure)
    what = t(known, share=share) if known else t("{share} of the total", share=share)
    if measure and not known:
        what = t("{share} of the total ({measure})", share=share, measure=measure)
    singular, plural = ITEMS.get(item, ITEMS["item"])
    count = facts["vital_count"]
    text = t(singular if count == 1 else plural, vital=count, items=facts["items"], what=what)
    return t("80/20 does not apply here: {text}", text=text) if facts["flat"] else text


def _caption(facts: dict[str, Any], notes: dict[str, Any], t: Translator, language: str) -> list[str]:
    if not facts["total"] > 0:
        return []
    goal = percent(100 * facts["threshold"], language)
    said = [
        t("In colour: the vital few, the smallest leading set whose sum reaches {goal} of the total.", goal=goal)
        + " "
        + t("Total: {total}.", total=_amount(facts["total"], language))
    ]
    if facts["tied"]:
        names = listed([f"“{name}”" if language == "en" else f"«\u00a0{name}\u00a0»" for name in facts["tied"][:3]], language)
        said.append(
            t.n(
                "{names} has the same value as the last of them.",
                "{names} have the same value as the last of them.",
                len(facts["tied"][:3]),
                names=names,
            )
        )
    if facts["flat"]:
        said.append(t("More than 60% of the items are needed: try another grouping (stage, channel, cause)."))
    if facts["big_other"] and facts["reachable"]:
        said.append(t("“{other}” is among the three largest: split it up to see what it holds.", other=facts["other"]))
    if notes["zero"]:
        said.append(t.n("{n} item at zero is not drawn.", "{n} items at zero are not drawn.", len(notes["zero"])))
    return said


def _in_tail(unseen: int, t: Translator) -> list[str]:
    """How many of the vital few have no bar of their own."""
    if not unseen:
        return []
    return [
        t.n(
            "{n} of the vital few has no bar of its own: it is in the last.",
            "{n} of the vital few have no bar of their own: they are in the last.",
            unseen,
        )
    ]


def _hidden(inside: list[str], t: Translator) -> list[str]:
    """Which of the chosen items are part of the merged tail."""
    return [t("Of the chosen ones in “Other”: {names}.", names=listed(inside, t.language))] if inside else []


def _unnamed(count: int, width: float, t: Translator) -> list[str]:
    """That not every bar has its name below it, and where the names are."""
    every = skipped(_plot(width) / count) if count else 1
    return [t("One bar in {n} is named; the others say their name when pointed at, and in the table.", n=every)] if every > 1 else []


def _description(rows: pd.DataFrame, said: str, t: Translator, language: str) -> str:
    parts = [f"{label} {number(value, language)}" for label, value in zip(rows["label"][:12], rows["value"][:12], strict=True)]
    return t("Pareto chart.") + f" {said}. " + "; ".join(parts) + ("…" if len(rows) > 12 else ".")
