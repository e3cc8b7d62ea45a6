"""Sentences that say what a chart shows, with the real counts."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from analysis.language import N_, listed, money, percent
from analysis.reports import words
from analysis.reports.content import Content

#: touchpoints without a stage that are named
MOST_WAITING = 6
#: what is counted, after “carry 82 %”
OF = {
    "complaints": N_("of the complaints"),
    "unhappy": N_("of the unhappy answers"),
    "conversion": N_("of the influence on conversion"),
    "pain_points": N_("of the pain points"),
    "lost_value": N_("of the lost value"),
    "reach": N_("of the reach"),
    "cost": N_("of the cost"),
    "relevance": N_("of the relevance score"),
    "score_gap": N_("of the importance that is not satisfied"),
    "running_cost": N_("of the yearly cost"),
    "frequency": N_("of the frequency"),
}


def pareto_caption(content: Content, shown: int | None = None) -> str:
    """“7 of 19 touchpoints carry 82 % of complaints”, and what a reader should know before believing it.

    ``shown``: how many bars the chart has, when it has fewer than the table.
    """
    from analysis.reports.findings import pareto_finding

    t, table = content.t, content.pareto
    if table is None:
        return t("Nothing to count yet: add pain points, complaints or scores to the touchpoints.")
    facts = table.attrs
    what = words.word(OF, content.counted, t) or ""
    share = 100 * facts["vital_share"]
    parts = [
        t.n(
            "{n} of {items} touchpoints carries {share} {what}.",
            "{n} of {items} touchpoints carry {share} {what}.",
            facts["vital_count"],
            items=facts["items"],
            share="–" if math.isnan(share) else percent(share, content.language),
            what=what,
        )
    ]
    if content.grouped != "touchpoint" or not facts["reachable"]:
        parts = [f"{pareto_finding(content)}."]
    elif facts["flat"]:
        parts.append(t("It is spread evenly: the rule of 80/20 does not apply here."))
    if facts["tied"]:
        parts.append(t("Tied with the last of them: {names}.", names=listed([str(name) for name in facts["tied"][:3]], content.language)))
    if shown is not None and shown < facts["positive"]:
        parts.append(t("The chart shows the first {shown}, the table all.", shown=shown))
    return " ".join(parts)


def unplaced(content: Content, names: list[str]) -> str:
    """What stands in no stage yet."""
    t, shown = content.t, names[:MOST_WAITING]
    if rest := len(names) - len(shown):
        shown.append(t.n("{n} more", "{n} more", rest))
    return t("In no stage yet: {names}.", names=listed(shown, content.language))


def return_range(content: Content, found: Any) -> str:
    """What an action may bring in its first year, never a bare number: “€1,200 … €8,000”; “–” where it is not known."""
    if pd.isna(found["p10"]) or pd.isna(found["p90"]):
        return "–"
    currency = content.project.settings.currency
    return " … ".join(money(float(found[end]), content.language, currency) for end in ("p10", "p90"))
