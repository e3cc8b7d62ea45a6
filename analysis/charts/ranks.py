"""How firm a ranking is: the range of ranks of each item as a bar, its rank now as a mark (D22)."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

import altair as alt
import pandas as pd

from analysis.charts.finish import finish
from analysis.charts.palette import ACCENT, HALO, INK, MUTED, WARNING
from analysis.charts.text import marked, name_room, shortened, with_chosen
from analysis.language import N_, Translator, translator
from analysis.methods.frames import taken

#: firmness → colour, shape (colour is never alone), name
_LOOKS = {
    "solid": (ACCENT, "circle", N_("Solid")),
    "fragile": (WARNING, "diamond", N_("Fragile")),
    "out": (MUTED, "square", N_("Out of reach")),
}
#: so many items at most
MOST = 25
_ROW = 24


def ranks(
    stability: Any, language: str = "en", *, k: int = 5, item: str = "touchpoint", ranked_by: str = "", chosen: Collection[str] = (),
    width: float = 760,
) -> Any:  # fmt: skip
    """Draw the 90 % range of ranks of each item, best first.

    Parameters
    ----------
    stability : frame with ``item``, rank, low, high, firmness (see :func:`analysis.rank_stability`). k : size of the top, drawn as a line.
    ranked_by : what the ranking is called, for the caption. chosen : items to be marked, drawn also where they are far down.

    Returns
    -------
    An Altair chart. ``usermeta``: shown, solid, fragile (numbers, among the first k).

    Raises
    ------
    MissingColumns.
    """
    t = translator(language)
    frame = taken(stability, [item, "rank", "low", "high", "firmness"])
    frame = frame[frame["firmness"].isin(list(_LOOKS))].sort_values("rank", kind="stable")
    first = frame[frame["rank"] <= k]
    solid, fragile = (int((first["firmness"] == code).sum()) for code in ("solid", "fragile"))
    title = t.n("{n} of the first {k} is solid", "{n} of the first {k} are solid", solid, k=k)
    scored = len(frame)
    caption = [
        t("Ranked by: {name}.", name=ranked_by) if ranked_by else "",
        t("Bars hold nine draws in ten, marks the rank today; circle: solid, diamond: fragile, square: out of reach."),
        t("Left of the dashed line: the first {k} of {n}.", k=k, n=scored),
    ]
    if len(frame) > MOST:
        caption.append(t("The first {n} are drawn.", n=MOST))
    shown = with_chosen(frame, item, MOST, chosen)
    spoken = "; ".join([title, *(_said(row, item, t) for row in shown.to_dict("records"))])
    notes = {"shown": len(shown), "solid": solid, "fragile": fragile}
    chart = _chart(shown, item, k, chosen, t, width)
    return finish(chart, language, title=title, caption=caption, description=spoken, width=width, notes=notes)


def _said(row: dict[Any, Any], item: str, t: Translator) -> str:
    return t(
        "{name}: rank {rank}, {low} to {high}, {firmness}",
        name=row[item], rank=int(row["rank"]), low=int(row["low"]), high=int(row["high"]), firmness=t(_LOOKS[row["firmness"]][2]),
    )  # fmt: skip


def _chart(shown: pd.DataFrame, item: str, k: int, chosen: Collection[str], t: Translator, width: float) -> Any:
    room = name_room(width, 0.3)
    rows = [
        {"place": f"{n:04d}", "rank": int(row["rank"]), "low": int(row["low"]) - 0.4, "high": int(row["high"]) + 0.4,
         "firmness": row["firmness"], "said": _said(row, item, t)}
        for n, row in enumerate(shown.to_dict("records"))
    ]  # fmt: skip
    names = {row["place"]: shortened(marked(str(name), chosen), room, 12) for row, name in zip(rows, shown[item], strict=True)}
    data = pd.DataFrame(rows, columns=["place", "rank", "low", "high", "firmness", "said"])
    x = alt.Scale(domain=[0.5, max([k + 1.0, *data["high"]]) + 0.3], nice=False)
    expr = f"({json.dumps(names, ensure_ascii=False)})[datum.value]"
    y = alt.Y("place:N", sort=None, title=None, axis=alt.Axis(labelExpr=expr, labelLimit=room + 10, ticks=False, domain=False))
    codes = list(_LOOKS)
    colour = alt.Color("firmness:N", scale=alt.Scale(domain=codes, range=[_LOOKS[code][0] for code in codes]), legend=None)
    shape = alt.Shape("firmness:N", scale=alt.Scale(domain=codes, range=[_LOOKS[code][1] for code in codes]), legend=None)
    base = alt.Chart(data).encode(y=y, color=colour, tooltip=[alt.Tooltip("said:N", title=t("Rank"))])
    axis = alt.Axis(tickMinStep=1, format="d", tickCount=10)
    bars = base.mark_bar(height=10, cornerRadius=5, opacity=0.55)
    bars = bars.encode(x=alt.X("low:Q", scale=x, title=t("Rank"), axis=axis), x2=alt.X2("high:Q"))
    marks = base.mark_point(filled=True, size=110, opacity=1, stroke=HALO, strokeWidth=1).encode(x=alt.X("rank:Q", scale=x), shape=shape)
    line = alt.Chart(pd.DataFrame({"x": [k + 0.5]})).mark_rule(color=INK, strokeDash=[4, 3]).encode(x=alt.X("x:Q", scale=x))
    return (bars + line + marks).properties(width=width, height=max(_ROW * len(rows), 2 * _ROW))
