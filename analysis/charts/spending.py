"""What the plan costs against its budget: the whole plan, and the best set under the budget."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from analysis.charts.finish import finish
from analysis.charts.palette import ACCENT, HALO, INK
from analysis.charts.text import text_width
from analysis.language import N_, Translator, money, translator
from analysis.methods.frames import taken

#: dark enough for white words
_GREY = "#65727A"
#: decision → colour, name
_PARTS = {
    "kept": ("#4F6FC4", N_("Already running")),
    "chosen": (ACCENT, N_("Chosen")),
    "not_chosen": (_GREY, N_("Not chosen")),
    "blocked": (_GREY, N_("Not chosen")),
}


def spending(decided: pd.DataFrame, language: str = "en", *, currency: str = "EUR", width: float = 760) -> Any:
    """Draw the cost of the plan and of the best set against the budget line.

    Parameters
    ----------
    decided : what :func:`analysis.best_under_budget` gives, with its ``attrs``. currency : code of the money.

    Returns
    -------
    An Altair chart: two bars, one for the whole plan and one for the best set, and a line at the budget.

    Raises
    ------
    MissingColumns.
    """
    t = translator(language)
    facts = {str(name): value for name, value in decided.attrs.items()}
    budget = money(facts["budget"], language, currency)
    frame = taken(decided, ["decision", "cost"])
    sums = frame.groupby("decision")["cost"].sum()
    rows = []
    for bar, kinds in ((t("Whole plan"), tuple(_PARTS)), (t("Best set"), ("kept", "chosen"))):
        for kind in kinds:
            if amount := float(sums.get(kind, 0) or 0):
                name = t(_PARTS[kind][1])
                shown = money(amount, language, currency)
                said = t("{name}: {value}", name=name, value=shown)
                rows.append({"bar": bar, "cost": amount, "kind": kind, "said": said, "shown": shown})
    spoken = ". ".join([_title(facts, t, currency), *(f"{row['bar']}: {row['said']}" for row in rows)])
    caption = [
        t("Cost of the plan by what the budget allows; the dashed line is the budget, {budget}.", budget=budget),
        t("The set is exact: no other one brings a higher sum of scores for this money."),
    ]  # fmt: skip
    return finish(
        _chart(rows, facts["budget"], t, width),
        language,
        title=_title(facts, t, currency),
        caption=caption,
        description=spoken,
        width=width,
    )


def _title(facts: dict[str, Any], t: Translator, currency: str) -> str:
    if facts["over"]:
        return t("What already runs costs {over} more than the budget", over=money(facts["over"], t.language, currency))
    return t(
        "The best set costs {cost}, {left} of the budget is left",
        cost=money(facts["cost"], t.language, currency), left=money(facts["left"], t.language, currency),
    )  # fmt: skip


def _chart(rows: list[dict[str, Any]], budget: float, t: Translator, width: float) -> Any:
    order = [t("Whole plan"), t("Best set")]
    ends = dict.fromkeys(order, 0.0)
    for row in rows:
        row["start"], ends[row["bar"]] = ends[row["bar"]], ends[row["bar"]] + row["cost"]
        row["end"] = ends[row["bar"]]
    top = max(budget, *ends.values()) * 1.05 or 1.0
    for row in rows:  # named in its bar where there is room, else the amount alone; in the tooltip anyway
        room = row["cost"] / top * 0.8 * width - 12
        row["label"] = next((said for said in (row["said"], row["shown"]) if text_width(said, 11.5) < room), "")
    for row in rows:  # beside the budget line, which would strike it through
        start, wide = row["start"], (text_width(row["label"], 11.5) + 16) * top / (0.8 * width)
        row["from"] = budget if start < budget < start + wide and budget + wide < row["end"] else start
    data = pd.DataFrame(rows, columns=["bar", "kind", "said", "start", "end", "label", "from"])
    scale = alt.Scale(domain=[0, top], nice=False)
    colours = alt.Scale(domain=list(_PARTS), range=[colour for colour, _ in _PARTS.values()])
    y = alt.Y("bar:N", sort=order, title=None, scale=alt.Scale(domain=order), axis=alt.Axis(ticks=False, domain=False))
    x = alt.X("start:Q", scale=scale, title=None, axis=alt.Axis(tickCount=5, format=",d"))
    bars = alt.Chart(data).mark_bar(height=26, stroke=HALO, strokeWidth=1)
    bars = bars.encode(
        x=x, x2=alt.X2("end:Q"), y=y,
        color=alt.Color("kind:N", scale=colours, legend=None), tooltip=[alt.Tooltip("said:N", title=t("Cost"))]
    )
    words = alt.Chart(data).mark_text(align="left", dx=8, color="#FFFFFF", fontSize=11.5, fontWeight=600)
    words = words.encode(x=alt.X("from:Q", scale=scale), y=y, text=alt.Text("label:N"))
    rule = alt.Chart(pd.DataFrame({"budget": [budget]})).mark_rule(color=INK, strokeDash=[5, 3], strokeWidth=2)
    return alt.layer(bars, words, rule.encode(x=alt.X("budget:Q", scale=scale)), width=width, height=110)
