"""What to do first, on slides: matrix, Pareto chart, firmness of the ranking, plan."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from analysis.errors import ParcoursError
from analysis.language import N_, date, listed, money, number, percent
from analysis.methods import FIRMNESS
from analysis.presentation.slide import Slide, cut
from analysis.presentation.telling import Telling, plain
from analysis.project.criteria import criterion_name
from analysis.project.matrix import matrix_view
from analysis.project.measures import MEASURES, default_grouping, default_measure, grouping_name, label_name, vital_few, written
from analysis.project.planning import STATUS_NAMES, progress
from analysis.project.priorities import AXES, axes_of, cut_line, firm_ranking, priorities, quadrant_names
from analysis.project.rankings import RANKINGS, ranking_of

#: how many bubbles have their name beside them, how many bars a chart has, how many rows fit a slide
LABELLED, BARS, FIRM_ROWS, PLAN_ROWS, PLAN_SLIDES = 10, 9, 7, 6, 4
_QUADRANTS = ("quick_win", "big_bet", "fill_in", "money_pit")
#: what is counted, after “carry 82 %”
_OF = {
    "complaints": N_("of the complaints"),
    "pain_points": N_("of the pain points"),
    "unhappy": N_("of the unhappy answers"),
    "lost_value": N_("of the lost value"),
    "cost": N_("of the cost"),
    "running_cost": N_("of the yearly cost"),
    "frequency": N_("of the frequency"),
    "conversion": N_("of the influence on conversion"),
    "reach": N_("of the reach"),
    "relevance": N_("of the relevance score"),
    "score_gap": N_("of the importance that is not satisfied"),
}


# --- matrix -----------------------------------------------------------------------------------------------------


def matrix(telling: Telling) -> Iterator[Slide]:
    """Impact against effort, the quick wins named."""
    t, project = telling.t, telling.project
    axes, method = axes_of(project), ranking_of(project)
    frame = priorities(project, method=method, axes=axes)
    placed = frame[frame["quadrant"].notna()]
    if placed.empty:
        return
    view = matrix_view(telling.project, frame, telling.language)
    items = _bubbles(placed, {item["id"]: item for item in view["items"]})
    names = quadrant_names(telling.project, telling.language)
    wins = [item for item in items if item["quadrant"] == "quick_win"]
    first = [item["label"] for item in wins[:3]] if len(wins) > 3 else []
    lead = _first(telling, first, method)
    up, right = (t("Impact"), t("Effort")) if axes == AXES else (criterion_name(project, code, t) for code in axes)
    data = {
        "items": items,
        "impact": view["impact"],
        "effort": view["effort"],
        "quadrants": names,
        "axes": {"impact": up, "effort": right},
    }
    shown = wins or [item for item in items if item["quadrant"] == "big_bet"]
    rows = tuple((item["label"], number(item["impact"], telling.language), number(item["effort"], telling.language)) for item in shown[:12])
    yield Slide(
        "matrix",
        "matrix",
        _matrix_title(telling, wins, names),
        lead,
        data,
        (names[shown[0]["quadrant"]] if shown else "", up, right),
        rows,
        tuple(_matrix_notes(telling, frame, items, names)),
    )


def _first(telling: Telling, names: list[str], method: str) -> str:
    """Which come first, and by what."""
    if not names:
        return ""
    t, told = telling.t, listed(names, telling.language)
    if method == "relevance":
        return t("First by relevance: {names}", names=told)
    return t("First by {method}: {names}", method=t(RANKINGS[method].name), names=told)


def _bubbles(placed: pd.DataFrame, known: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """The placed items, those to do first at the top; only so many have their name drawn."""
    rank = {quadrant: place for place, quadrant in enumerate(_QUADRANTS)}
    order = placed.assign(place=placed["quadrant"].map(rank)).sort_values(["place", "rank"], na_position="last", kind="stable")
    return [
        {
            "id": row["id"],
            "label": cut(known[row["id"]]["label"], 48),
            "impact": known[row["id"]]["impact"],
            "effort": known[row["id"]]["effort"],
            "quadrant": str(row["quadrant"]),
            "named": index < LABELLED,
        }
        for index, row in enumerate(order[["id", "quadrant"]].to_dict("records"))
    ]


def _matrix_title(telling: Telling, wins: list[dict[str, Any]], names: dict[str, str]) -> str:
    t = telling.t
    if not wins:
        return t("Nothing is both strong and easy: no “{quadrant}”", quadrant=names["quick_win"])
    if len(wins) == 1:
        return t("Start with “{name}”: strong and easy", name=wins[0]["label"])
    return t.n("{n} improvement is strong and easy", "{n} improvements are strong and easy", len(wins))


def _matrix_notes(telling: Telling, frame: pd.DataFrame, items: list[dict[str, Any]], names: dict[str, str]) -> Iterator[str]:
    t = telling.t
    yield cut_line(frame, t)
    if waiting := len(frame) - len(items):
        yield t.n("{n} touchpoint is not placed yet", "{n} touchpoints are not placed yet", waiting)
    for quadrant in _QUADRANTS:
        found = [item["label"] for item in items if item["quadrant"] == quadrant]
        if found:
            yield t("{quadrant} ({n}): {names}", quadrant=names[quadrant], n=len(found), names=listed(found[:12], telling.language))


# --- Pareto -----------------------------------------------------------------------------------------------------


def pareto(telling: Telling) -> Iterator[Slide]:
    """The vital few of what the project counts."""
    project, t = telling.project, telling.t
    measure = default_measure(project)
    if measure is None:
        return
    kept = project.settings.views.get("threshold", 0.8)
    try:
        line = float(kept) if isinstance(kept, int | float) and 0 < kept <= 1 else 0.8
        table = vital_few(project, measure, by := default_grouping(project, measure), threshold=line)
    except ParcoursError:  # negative amounts: a Pareto chart of them means nothing
        return
    facts = table.attrs
    table = table.assign(label=[label_name(str(label), by, t) for label in table["label"]])
    table.attrs.update(facts)
    bars = table[table["value"] > 0]
    if len(bars) < 2:
        return

    def said(value: Any) -> str:
        return written(value, measure, telling.language, project.settings.currency)

    shown = [_bar(row, telling, said) for row in bars.head(BARS).to_dict("records")]
    rest = bars.iloc[BARS:]
    data = {
        "bars": shown,
        "threshold": round(100 * facts["threshold"], 1),
        "measure": t(MEASURES[measure].name),
        "threshold_text": percent(100 * facts["threshold"], telling.language),
        "rest": t.n(
            "and {n} more: {share}", "and {n} more: {share}", len(rest), share=percent(100 * float(rest["share"].sum()), telling.language)
        )
        if len(rest)
        else "",
        "cumulative": t("Cumulated share"),
    }
    head = (grouping_name(by, telling.language), t(MEASURES[measure].name), t("Cumulated share"))
    rows = tuple((bar["label"], bar["written"], bar["sum"]) for bar in shown)
    yield Slide(
        "pareto",
        "pareto",
        _pareto_title(telling, facts, measure),
        _pareto_lead(telling, facts),
        data,
        head,
        rows,
        tuple(_pareto_notes(telling, table, said)),
    )


def _bar(row: dict[Any, Any], telling: Telling, said: Any) -> dict[str, Any]:
    cumulative = 100 * float(row["cumulative"])
    return {
        "label": cut(str(row["label"]), 60),
        "share": round(100 * float(row["share"]), 2),
        "cumulative": round(cumulative, 2),
        "written": said(row["value"]),
        "sum": percent(cumulative, telling.language),
        "vital": bool(row["vital"]),
    }


def _pareto_title(telling: Telling, facts: dict[Any, Any], measure: str) -> str:
    from analysis.charts.pareto import finding, item_of

    t = telling.t
    if facts["by"] != "touchpoint" or not facts["reachable"]:
        return finding({str(name): value for name, value in facts.items()}, t, telling.language, measure, item_of(facts["by"]))
    return t.n(
        "{n} of {items} touchpoints carries {share} {what}",
        "{n} of {items} touchpoints carry {share} {what}",
        facts["vital_count"],
        items=facts["items"],  # as on the page and in the files
        share=percent(100 * facts["vital_share"], telling.language),
        what=t(_OF[measure]),
    )


def _pareto_lead(telling: Telling, facts: dict[Any, Any]) -> str:
    return telling.t("It is spread evenly: the rule of 80/20 does not apply here.") if facts["flat"] else ""


def _pareto_notes(telling: Telling, table: pd.DataFrame, said: Any) -> Iterator[str]:
    t = telling.t
    yield t("The line adds the bars up. Those before the threshold are the vital few: look at their causes first.")
    vital = table[table["vital"].fillna(False).astype(bool)]
    yield listed([f"{row['label']} ({said(row['value'])})" for row in vital.head(12).to_dict("records")], telling.language)
    if table.attrs["tied"]:
        yield t("Tied with the last of them: {names}.", names=listed([str(name) for name in table.attrs["tied"][:3]], telling.language))


# --- firmness ---------------------------------------------------------------------------------------------------


def firmness(telling: Telling) -> Iterator[Slide]:
    """Which of the first priorities hold when weights and scores vary."""
    t, found = telling.t, firm_ranking(telling.project)
    k = found.attrs["k"]
    if len(found) < 3 or not k:
        return
    first = found[found["rank"] <= k]
    solid = int((first["firmness"] == "solid").sum())
    items = [_ranked(row, telling) for row in found.head(FIRM_ROWS).to_dict("records")]
    title = t.n("{n} of the first {k} is solid", "{n} of the first {k} are solid", solid, k=k)
    lead = "" if solid == len(first) else t("Measure the fragile ones before spending money on them")
    rows = tuple((f"{item['rank']}. {item['name']}", item["range"], item["firmness"]) for item in items)
    method, draws = found.attrs["method"], found.attrs["draws"]
    drawn = t("The ranking is worked out {n} times with weights and scores that vary by what is not known about them.", n=draws)
    if method != "relevance":
        drawn = t(
            "The ranking by {method} is worked out {n} times with figures that vary by what is not known about them.",
            method=t(RANKINGS[method].name), n=draws,
        )  # fmt: skip
    notes = (
        drawn,
        t("Solid: among the first {k} in at least 80% of the draws. Fragile: in 20 to 80%. Out of reach: in fewer.", k=k),
    )
    yield Slide(
        "firmness",
        "firmness",
        title,
        lead,
        {"items": items, "k": k, "last": max(item["high"] for item in items), "among": t("Among the first {k}", k=k)},
        (t("Touchpoint"), t("Range of ranks"), t("Firmness")),
        rows,
        notes,
    )


def _ranked(row: dict[Any, Any], telling: Telling) -> dict[str, Any]:
    low, high, t = int(row["low"]), int(row["high"]), telling.t
    return {
        "rank": int(row["rank"]),
        "name": cut(str(row["touchpoint"]), 60),
        "low": low,
        "high": high,
        "code": str(row["firmness"]),
        "firmness": t(FIRMNESS[row["firmness"]]),
        "share": round(100 * float(row["top_share"]), 1),
        "written": percent(100 * float(row["top_share"]), telling.language),
        "range": str(low) if low == high else t("{low} to {high}", low=low, high=high),
    }


# --- plan -------------------------------------------------------------------------------------------------------


def plan(telling: Telling) -> Iterator[Slide]:
    """The actions in their order, a few a slide."""
    actions = telling.project.actions
    live = actions[actions["status"] != "dropped"]
    if live.empty:
        return
    t, facts = telling.t, progress(actions, telling.today)
    rows = [_action(row, telling) for row in live.to_dict("records")]
    shown = rows[: PLAN_ROWS * PLAN_SLIDES]
    each = -(-len(shown) // -(-len(shown) // PLAN_ROWS))  # slides of even length
    parts = [shown[start : start + each] for start in range(0, len(shown), each)]
    head = (t("Action"), t("Owner"), t("Due"), t("Status"))
    for index, part in enumerate(parts):
        left = len(rows) - len(shown) if index == len(parts) - 1 else 0
        data = {"head": list(head), "rows": part, "more": t.n("and {n} more in the plan", "and {n} more in the plan", left) if left else ""}
        table = tuple((row["action"], row["owner"], row["due"], row["status"]) for row in part)
        yield Slide(
            f"plan:{index + 1}",
            "plan",
            _plan_title(telling, facts),
            _plan_lead(telling, facts, index, len(parts)),
            data,
            head,
            table,
            tuple(t("{action}: {reason}", action=row["action"], reason=row["reason"]) for row in part if row["reason"]),
        )


def _action(row: dict[Any, Any], telling: Telling) -> dict[str, Any]:
    t, due = telling.t, plain(row["due_date"])
    status = plain(row["status"]) or "proposed"
    day = due.date() if due is not None else None
    return {
        "action": cut(str(row["action"]), 90),
        "owner": cut(plain(row["owner"]) or "–", 40),
        "due": date(day, telling.language, "medium"),
        "status": t(STATUS_NAMES[status]),
        "code": status,
        "late": day is not None and day < telling.today and status != "done",
        "quadrant": plain(row["quadrant"]),
        "reason": plain(row["reason"]) or "",
    }


def _plan_title(telling: Telling, facts: dict[str, Any]) -> str:
    t = telling.t
    if facts["late"]:
        return t.n("{n} action of {total} is late", "{n} actions of {total} are late", facts["late"], total=facts["total"])
    if facts["done"]:
        return t.n("{n} action of {total} is done", "{n} actions of {total} are done", facts["done"], total=facts["total"])
    return t.n("{n} action to take, in this order", "{n} actions to take, in this order", facts["total"])


def _plan_lead(telling: Telling, facts: dict[str, Any], index: int, parts: int) -> str:
    t, said = telling.t, []
    if facts["cost"]:
        said.append(t("{cost} in all", cost=money(facts["cost"], telling.language, telling.project.settings.currency)))
        if facts["unpriced"]:
            said.append(t.n("{n} without a cost", "{n} without a cost", facts["unpriced"]))
    if parts > 1:
        said.append(t("part {n} of {total}", n=index + 1, total=parts))
    return " · ".join(said)
