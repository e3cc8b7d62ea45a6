"""The emotion curve, drawn.

Measured points have their interval and n; points are hollow below five answers, dashed where assumed; where nothing
is known the line has a gap.
"""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import altair as alt
import numpy as np
import pandas as pd

from analysis.charts.finish import finish
from analysis.charts.palette import EMOTION, EMOTION_NAMES, HALO, INK, emotion_colour, face
from analysis.charts.sources import curve_frame
from analysis.charts.text import fitting_size, in_lines, shortened
from analysis.errors import MissingColumns
from analysis.language import Translator, number, signed, translator

if TYPE_CHECKING:
    from analysis.project import Project

#: what the names and faces at the left need
MARGIN = 110
Y = alt.Y("value:Q", scale=alt.Scale(domain=[-2.35, 2.35], nice=False), axis=None)


def emotion(
    curve: pd.DataFrame | Project,
    language: str = "en",
    *,
    by: str | None = None,
    width: float = 760,
    height: float = 320,
    title: str | None = None,
) -> Any:
    """Draw an emotion curve.

    Parameters
    ----------
    curve : what `analysis.emotion_curve` gives, or a project (its first journey): one row per stage (or touchpoint) in order,
        with mean or value (−2 … +2), and n, low, high, few, divided, assumed, basis or provenance where there are any;
        ``attrs`` may hold ``levels`` and ``faces``, own words and faces (codes of `palette.FACES`) of the five levels, lowest first.
    language : ``"fr"`` or ``"en"``.
    by : column of the names; default stage, touchpoint, or the first.
    width, height : of the plot, in pixels. title : in place of the finding.

    Returns
    -------
    An Altair chart.
    """
    t = translator(language)
    frame = curve_frame(curve)
    levels, faces = (_five(frame.attrs.get(name)) for name in ("levels", "faces"))
    points = curve_points(frame, by)
    points = worded(points, t, language)
    layers = curve_layers(points, t, width, levels, faces)
    slot = width / max(len(points), 1)
    chart = (
        alt.layer(*layers, *_names(points, slot))
        .resolve_axis(x="independent", y="independent")
        .resolve_scale(shape="independent")
        .properties(width=width + MARGIN, height=height)
    )
    return finish(
        chart,
        language,
        title=title if title is not None else finding(points, t, language),
        caption=_caption(points, t),
        description=_description(points, t, language),
        width=width + MARGIN,
    )


def _five(own: Any) -> list[str]:
    """One text a level of emotion; empty where there is none of its own."""
    return [str(text).strip() for text in own] if isinstance(own, list | tuple) and len(own) == len(EMOTION) else [""] * len(EMOTION)


def curve_points(curve: pd.DataFrame, by: str | None = None) -> pd.DataFrame:
    """Any curve in one form: name, value, n, low, high, basis (measured, voted, assumed), few, divided, position (0, 1 …)."""
    name = by or next((column for column in ("stage", "touchpoint") if column in curve), str(curve.columns[0]))
    shown = next((column for column in ("shown", "value", "mean") if column in curve), None)
    if shown is None or name not in curve:
        raise MissingColumns(columns="mean" if shown is None else name)

    def floats(column: str) -> Any:
        return curve[column].astype("Float64").to_numpy(float, na_value=np.nan) if column in curve else np.full(len(curve), np.nan)

    def flags(column: str) -> Any:
        return curve[column].fillna(False).to_numpy(bool) if column in curve else np.zeros(len(curve), bool)

    basis = next((curve[column] for column in ("basis", "provenance") if column in curve), None)
    points = pd.DataFrame({"name": curve[name].astype(str).to_numpy(), "value": floats(shown), "n": floats("n")})
    points["low"], points["high"] = floats("low"), floats("high")
    points["basis"] = "measured" if basis is None else basis.astype(object).where(basis.notna(), "measured").to_numpy()
    points["divided"] = flags("divided")
    points["few"] = flags("few") if "few" in curve else (points["n"] < 5).to_numpy()
    points.loc[points["basis"] == "assumed", ["low", "high"]] = np.nan
    points["few"] &= points["basis"] != "assumed"
    points["position"] = np.arange(len(points)) + 0.5
    return points


def worded(points: pd.DataFrame, t: Translator, language: str) -> pd.DataFrame:
    """The texts of labels and tooltips, and the colours."""
    known = points["value"].notna()
    points["colour"] = [emotion_colour(value) if ok else "#8A8A8A" for value, ok in zip(points["value"], known, strict=True)]
    points["figure"] = [signed(value, language) for value in points["value"]]
    points["note"] = [_note(row, t, language) for row in points.to_dict("records")]
    points["interval"] = [
        f"{signed(low, language)} … {signed(high, language)}" if low == low else "–"
        for low, high in zip(points["low"], points["high"], strict=True)
    ]
    points["answers"] = [number(n, language, 0) if n == n else "–" for n in points["n"]]
    return points


def _note(row: Mapping[Any, Any], t: Translator, language: str) -> str:
    """What stands under a point."""
    if row["value"] != row["value"]:
        return t("no data")
    if row["basis"] == "assumed":
        return t("assumed")
    parts = [] if row["n"] != row["n"] else [f"n = {number(row['n'], language, 0)}"]
    if row["few"]:
        parts.append(t("few answers"))
    if row["divided"]:
        parts.append(t("divided"))
    return " · ".join(parts)


def curve_layers(points: pd.DataFrame, t: Translator, width: float, levels: Sequence[str], faces: Sequence[str]) -> list[Any]:
    """Bands, axis, line, intervals and points of a curve, one unit of x per point."""
    x = alt.X("position:Q", scale=alt.Scale(domain=[0, max(len(points), 1)], nice=False), axis=None)
    known = points[points["value"].notna()]
    tooltip = [
        alt.Tooltip("name:N", title=t("Stage")),
        alt.Tooltip("figure:N", title=t("Emotion (−2 to +2)")),
        alt.Tooltip("answers:N", title=t("Answers")),
        alt.Tooltip("interval:N", title=t("95% interval")),
        alt.Tooltip("note:N", title=t("Remark")),
    ]
    solid, dashed = segments(known)
    base = alt.Chart(known)
    shape = alt.Shape(
        "basis:N", scale=alt.Scale(domain=["measured", "voted", "assumed"], range=["circle", "circle", "diamond"]), legend=None
    )
    dots = [base.mark_point(filled=False, size=270, stroke=HALO, strokeWidth=1.5, opacity=0.5).encode(x=x, y=Y, shape=shape)]
    for hollow in (False, True):
        some = known[(known["few"] | (known["basis"] == "assumed")) == hollow]
        dots.append(
            alt.Chart(some)
            .mark_point(filled=True, size=190, strokeWidth=2.4, opacity=1, fillOpacity=0.12 if hollow else 1)
            .encode(
                x=x, y=Y, fill=alt.Fill("colour:N", scale=None), stroke=alt.Stroke("colour:N", scale=None), tooltip=tooltip,
                shape=shape,
            )
        )  # fmt: skip
    unknown = points[points["value"].isna()].assign(value=0.0)
    step = max(0.02, min(0.09, 5 * len(points) / width))
    return [
        *_ground(t, levels, faces),
        *(_line(segments, dash) for segments, dash in ((solid, None), (dashed, [5, 4])) if len(segments)),
        alt.Chart(_whiskers(known, step))
        .mark_rule(strokeWidth=2, opacity=0.75)
        .encode(x=alt.X("x:Q", axis=None), x2="x2:Q", y=alt.Y("y:Q", axis=None), y2="y2:Q", stroke=alt.Stroke("colour:N", scale=None)),
        *dots,
        *_figures(known, x, width / max(len(points), 1)),
        alt.Chart(unknown).mark_text(text="?", fontSize=16, opacity=0.6, dy=-10).encode(x=x, y=Y, tooltip=tooltip),
    ]


def _figures(known: pd.DataFrame, x: Any, slot: float) -> list[Any]:
    """The figure beside its point, on the side that the curve leaves free (above or below it where it is narrow)."""
    values = known["value"].to_numpy()
    after = np.append(values[1:], np.nan) if len(values) else values
    before = np.insert(values[:-1], 0, np.nan) if len(values) else values
    narrow = slot < 60
    with np.errstate(invalid="ignore"):
        below = ((after > values) | (before > values)) & ~(after < values) & ~(before < values) if narrow else after > values
    return [
        alt.Chart(known[below == under])
        .mark_text(
            align="center" if narrow else "left",
            dx=0 if narrow else 12,
            dy=(18 if narrow else 11) * (1 if under else -1),
            fontWeight=700,
            fontSize=11.5 if narrow else 13.5,
        )
        .encode(x=x, y=Y, text="figure:N")
        for under in (False, True)
    ]


def segments(known: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Lines between neighbours that are both known; dashed when one is assumed. Where one is unknown the line breaks."""
    rows: dict[bool, list[dict[str, Any]]] = {False: [], True: []}
    records = known.to_dict("records")
    for one, two in itertools.pairwise(records):
        if two["position"] - one["position"] > 1.01:
            continue
        dash = "assumed" in (one["basis"], two["basis"])
        rows[dash].append({"position": one["position"], "value": one["value"], "to": two["position"], "end": two["value"]})
    columns = ["position", "value", "to", "end"]
    return pd.DataFrame(rows[False], columns=columns), pd.DataFrame(rows[True], columns=columns)


def _line(segments: pd.DataFrame, dash: list[int] | None) -> Any:
    return (
        alt.Chart(segments)
        .mark_rule(strokeWidth=2.2, strokeDash=dash or alt.Undefined, stroke=INK, opacity=0.45)
        .encode(x=alt.X("position:Q", axis=None), x2="to:Q", y=Y, y2="end:Q")
    )


def _whiskers(known: pd.DataFrame, step: float) -> pd.DataFrame:
    """Intervals as strokes: the bar and its two ends."""
    rows = []
    for point in known[known["low"].notna()].to_dict("records"):
        x, low, high = point["position"], point["low"], point["high"]
        strokes = ((x, x, low, high), (x - step, x + step, low, low), (x - step, x + step, high, high))
        rows += [{"x": left, "x2": right, "y": y, "y2": y2, "colour": point["colour"]} for left, right, y, y2 in strokes]
    return pd.DataFrame(rows, columns=["x", "x2", "y", "y2", "colour"])


def _ground(t: Translator, levels: Sequence[str], faces: Sequence[str]) -> list[Any]:
    """Zero line, faint steps, and the five faces with their names."""
    steps = pd.DataFrame({"value": [-2.0, -1, 0, 1, 2], "strength": [0.1, 0.1, 0.4, 0.1, 0.1], "colour": EMOTION, "face": list("01234")})
    labels = json.dumps([own or t(name) for own, name in zip(levels, EMOTION_NAMES, strict=True)], ensure_ascii=False) + "[datum.value + 2]"
    axis = alt.Axis(values=[-2, -1, 0, 1, 2], labelExpr=labels, labelPadding=34, title=None, grid=False)
    base = alt.Chart(steps)
    shapes = alt.Scale(domain=list("01234"), range=[face(step, chosen) for step, chosen in enumerate(faces)])
    return [
        base.mark_rule(stroke=INK, strokeWidth=1).encode(
            y=alt.Y("value:Q", scale=alt.Scale(domain=[-2.35, 2.35], nice=False), axis=axis),
            strokeOpacity=alt.StrokeOpacity("strength:Q", scale=None),
        ),
        base.mark_point(shape="circle", size=270, filled=True, fill=HALO, opacity=1, xOffset=-17).encode(y=Y, x=alt.value(0)),
        base.mark_point(size=210, filled=False, strokeWidth=1.8, opacity=1, xOffset=-17).encode(
            y=Y, x=alt.value(0), shape=alt.Shape("face:N", scale=shapes, legend=None), stroke=alt.Stroke("colour:N", scale=None)
        ),
    ]


def _names(points: pd.DataFrame, slot: float) -> list[Any]:
    """The names below the plot, with n and remarks below them; slanted, without remarks, where they are many."""
    x = alt.X("position:Q", scale=alt.Scale(domain=[0, max(len(points), 1)], nice=False), axis=None)
    size = fitting_size(points["name"], slot - 6, 12.5, 9.5, bold=True)
    if size is None:
        rows = points.assign(lines=[shortened(name, 190, 11.5) for name in points["name"]])
        text = alt.Chart(rows).mark_text(align="right", baseline="middle", angle=315, fontSize=11.5)
        return [text.encode(x=x, y=alt.value(alt.ExprRef("height + 8")), text="lines:N")]
    lines = [in_lines(name, slot - 6, size, most=3, bold=True) for name in points["name"]]
    remarks = [in_lines(note.replace(" · ", "\n"), slot - 4, 11, most=3) for note in points["note"]]
    rows = points.assign(
        lines=pd.Series(lines, index=points.index, dtype=object), remarks=pd.Series(remarks, index=points.index, dtype=object)
    )
    below = 10 + 15 * max((text.count("\n") + 1 for text in lines), default=1)
    base = alt.Chart(rows).encode(x=x)
    return [
        base.mark_text(baseline="top", fontSize=size, fontWeight=600, lineHeight=15).encode(
            y=alt.value(alt.ExprRef("height + 8")), text="lines:N"
        ),
        base.mark_text(baseline="top", fontSize=11, lineHeight=14, opacity=0.75).encode(
            y=alt.value(alt.ExprRef(f"height + {below}")), text="remarks:N"
        ),
    ]


def finding(points: pd.DataFrame, t: Translator, language: str) -> str:
    """The title: where it hurts, and where it pleases."""
    known = points[points["value"].notna()]
    if known.empty:
        return t("Nothing is known yet about how customers feel")
    low, high = known.iloc[int(known["value"].argmin())], known.iloc[int(known["value"].argmax())]
    if len(known) == 1 or math.isclose(low["value"], high["value"], abs_tol=0.05):
        return t("Customers feel the same all along: {value}", value=signed(low["value"], language))
    return t(
        "The low point is “{low}” ({down}), the high point “{high}” ({up})",
        low=low["name"], down=signed(low["value"], language), high=high["name"], up=signed(high["value"], language),
    )  # fmt: skip


def _caption(points: pd.DataFrame, t: Translator) -> list[str]:
    known = points[points["value"].notna()]
    measured = known[known["basis"] != "assumed"]
    said = []
    if len(measured):
        total = int(np.nansum(measured["n"]))
        rule = t("Mean emotion from −2 to +2; the bars are 95% intervals.")
        said.append(rule + (" " + t.n("{n} answer.", "{n} answers.", total) if total else ""))
    marks = []
    if known["few"].any():
        marks.append(t("Hollow: fewer than five answers."))
    if (known["basis"] == "assumed").any():
        marks.append(t("Diamonds and dashes: assumed, not measured."))
    if known["divided"].any():
        marks.append(t("Divided: some are delighted, others frustrated."))
    if len(known) < len(points):
        marks.append(t("A gap: nothing is known."))
    return [*said, " ".join(marks)]


def _description(points: pd.DataFrame, t: Translator, language: str) -> str:
    rows = [f"{row['name']} {row['figure']} ({row['note']})" for row in points.to_dict("records")]
    return t("Emotion curve.") + " " + finding(points, t, language) + ". " + "; ".join(rows) + "."
