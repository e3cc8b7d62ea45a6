"""The parts of the report, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from analysis.language import date, money, number, percent, signed
from analysis.project.forecast import returns
from analysis.reports import words
from analysis.reports.captions import pareto_caption, return_range, unplaced
from analysis.reports.content import KEYS, Content, summarised
from analysis.reports.document.blocks import cards, finding, note, part, picture, table, terms, text
from analysis.reports.document.workshops import workshops
from analysis.reports.findings import (
    counts,
    emotion_finding,
    journey_title,
    matrix_finding,
    pareto_finding,
    plan_finding,
    ranking_finding,
    summary,
)
from analysis.reports.indices import NAMES, indices_of, told
from analysis.reports.roles import roles_finding, roles_of
from analysis.reports.rules import provenance_legend, rules_of, sources_of

#: cards of one cell, rows of one table: the rest is counted, the workbook has it
CARDS, RANKED, CAUSES, ANSWERS, ACTIONS = 12, 30, 22, 60, 150
#: stages of a map and names of a matrix that can be read on a page
STAGES, NAMED = 7, 24
INDICES = 6
#: width and height of a chart, in pixels: its texts come out at the size of the page's
WIDTH, HEIGHT = 600, 300

Part = dict[str, Any]


def parts_of(content: Content) -> list[Part]:
    found = [
        _findings(content),
        *_journeys(content),
        _emotion(content),
        _pareto(content),
        _matrix(content),
        _ranking(content),
        _plan(content),
    ]
    return [*found, _evidence(content), *workshops(content), *_rules(content)]


def _cell(value: Any, told: Any) -> str:
    return "–" if value is None or pd.isna(value) else str(told(value))


def _findings(content: Content) -> Part:
    t = content.t
    facts = " · ".join(f"{count} {what}" for count, what in counts(content))
    rows = [
        [t(NAMES[row["measure"]]), _cell(row["source"], str), told(row, t), number(int(row["n"]), content.language)]
        for row in _asked(content)
    ]
    headers = [t("Index"), t("Source"), t("Score and 95% interval"), t("Answers")]
    return part(t("What we found"), [text(facts), cards(summary(content)), table(headers, (2.4, 3, 2.4, 1), rows, right=(3,))])


def _asked(content: Content) -> list[dict[Any, Any]]:
    """NPS, CSAT and CES of the customers over all stages."""
    found = indices_of(content)
    return found[found["stage"].isna() & (found["side"] != "staff")].head(INDICES).to_dict("records")


def _journeys(content: Content) -> list[Part]:
    """Stage by stage: how it feels, what stands on each lane."""
    t, journey = content.t, content.project.first_journey
    stages = content.stages(journey)
    title = journey_title(content)
    feelings = {row["stage_id"]: row for row in content.emotions(journey).to_dict("records")}
    parts = [part(title, [drawn], wide=True, again=position > 0) for position, drawn in enumerate(_maps(content, journey))]
    waiting = content.cell(journey, "touchpoints", None)
    parts = [*(parts or [part(title, [])]), part(t("Stage by stage"), [note(unplaced(content, waiting)) if waiting else None])]
    return [*parts, *(_stage(content, journey, id, stage, dict(feelings[id])) for id, stage in stages)]


def _maps(content: Content, journey: str) -> list[Any]:
    """The map as pictures of a page each, as many stages and cards on one as can be read."""
    ids = [id for id, _ in content.stages(journey)]
    lanes = [lane for lane, _ in content.lanes(journey) if any(content.cell(journey, lane, id) for id in ids)]
    pages = -(-len(ids) // STAGES)
    room = -(-len(ids) // pages) if pages else 0
    alt, most = content.t("Map of the journey; its content follows stage by stage."), max(2, min(5, 12 // max(1, len(lanes))))
    return [
        picture(content, "journey", alt, most=most, title="", stages=ids[start : start + room]) for start in range(0, len(ids), room or 1)
    ]


def _stage(content: Content, journey: str, id: str, stage: Any, feeling: dict[Any, Any]) -> Part:
    t = content.t
    rows = [[t("Customer's goal"), stage.goal]] if stage.goal else []
    for lane, name in content.lanes(journey):
        texts = content.cell(journey, lane, id)
        if texts:
            rows.append([f"{name} ({number(len(texts), content.language)})", "\n".join(_first(content, texts))])
    return part(stage.name, [note(_feeling(content, feeling)), table([t("Lane"), t("Content")], (1, 3.6), rows, size=9)], level=2)


def _first(content: Content, texts: list[str]) -> list[str]:
    if len(texts) <= CARDS:
        return texts
    return [*texts[: CARDS - 1], content.t("and {n} more", n=len(texts) - CARDS + 1)]


def _feeling(content: Content, row: dict[Any, Any]) -> str:
    t, language = content.t, content.language
    if pd.isna(row["value"]):
        return t("Emotion: nothing is known yet")
    provenance = words.word(words.PROVENANCES, row["provenance"], t)
    said = f"{signed(float(row['value']), language)} ({provenance}"
    said += f", n = {number(int(row['n']), language)})" if pd.notna(row["n"]) else ")"
    return t("{name}: {value}", name=t("Emotion"), value=said)


def _emotion(content: Content) -> Part:
    t, language = content.t, content.language
    rows = content.emotions(content.project.first_journey)
    known = rows["value"].notna().any()
    drawn = picture(content, "emotion", emotion_finding(content), width=WIDTH, height=HEIGHT, title="") if known else None
    told = [
        [
            row["stage"],
            _cell(row["value"], lambda v: signed(v, language)),
            _cell(row["n"], lambda v: number(int(v), language)),
            _cell(row["sd"], lambda v: number(v, language, 2)),
            _interval(row, language),
            words.word(words.PROVENANCES, None if pd.isna(row["provenance"]) else row["provenance"], t) or "–",
        ]
        for row in rows.to_dict("records")
    ]
    headers = [t("Stage"), t("Emotion"), t("Respondents (n)"), t("Standard deviation"), t("95% interval"), t("Provenance")]
    grid = table(headers, (3, 1.2, 1.5, 1.5, 2, 1.5), told, right=(1, 2, 3, 4)) if known else None
    return part(t("How customers feel"), [finding(emotion_finding(content)), drawn, grid], short=not known)


def _interval(row: dict[Any, Any], language: str) -> str:
    return "–" if pd.isna(row["low"]) else f"{signed(float(row['low']), language)} … {signed(float(row['high']), language)}"


def _pareto(content: Content) -> Part:
    t, language, found = content.t, content.language, content.pareto
    title = t("What weighs most")
    if found is None or content.counted is None:
        return part(title, [finding(pareto_finding(content)), text(pareto_caption(content))], short=True)
    rows = found[found["value"] > 0].head(CAUSES)
    told = [
        [
            number(int(row["rank"]), language),
            str(row["label"]),
            _amount(content, row["value"]),
            percent(100 * row["share"], language, 1),
            percent(100 * row["cumulative"], language, 1),
            t("yes") if row["vital"] else t("no"),
        ]
        for row in rows.to_dict("records")
    ]
    headers = [
        t("Rank"),
        content.grouped_name,
        content.counted_name,
        t("Share"),
        t("Cumulative share"),
        t("Vital few"),
    ]
    drawn = picture(content, "pareto", pareto_finding(content), width=WIDTH, height=HEIGHT, title="", most=CAUSES, bars=CAUSES)
    blocks = [finding(pareto_finding(content)), drawn, note(pareto_caption(content))]
    return part(title, [*blocks, table(headers, (0.8, 4, 1.6, 1.2, 1.6, 1.2), told, right=(0, 2, 3, 4))])


def _amount(content: Content, value: float) -> str:
    if content.counted_unit == "money":
        return money(value, content.language, content.project.settings.currency)
    return percent(value, content.language) if content.counted_unit == "percent" else number(value, content.language)


def _matrix(content: Content) -> Part:
    t, frame = content.t, content.placed
    title = t("Where to start: impact and effort")
    if frame.empty:
        todo = text(content.matrix_lack)
        return part(title, [finding(matrix_finding(content)), todo], short=True)
    drawn = picture(content, "matrix", matrix_finding(content), width=WIDTH - 40, height=420, title="", most=NAMED)
    rows = []
    for code in ("quick_win", "big_bet", "fill_in", "money_pit"):
        names = [f"{row['number']} {row['touchpoint']}" for row in frame[frame["quadrant"] == code].to_dict("records")]
        rows.append([content.quadrant(code) or code, number(len(names), content.language), ", ".join(_first(content, names)) or "–"])
    rule = content.matrix_rule
    if len(frame) > NAMED:
        rule += " " + t("The {n} first of the ranking are drawn.", n=NAMED)
    headers = [t("Quadrant"), t("Number"), t("Touchpoints")]
    return part(title, [finding(matrix_finding(content)), drawn, note(rule), table(headers, (1.5, 1, 7), rows, right=(1,))])


def _ranking(content: Content) -> Part:
    t, language = content.t, content.language
    rows = content.ranked.head(RANKED)
    told = [
        [
            number(int(row["rank"]), language),
            str(row["number"]),
            str(row["touchpoint"]),
            _cell(row["stage"], str),
            number(float(row["method_score"]), language, 1),
            _cell(row["impact"], lambda v: number(v, language)),
            _cell(row["effort"], lambda v: number(v, language)),
            _cell(row["reach"], lambda v: percent(v, language)),
        ]
        for row in rows.to_dict("records")
    ]
    headers = [t("Rank"), t("Ref."), t("Touchpoint"), t("Stage"), content.score_name, t("Impact"), t("Effort"), t("Reach")]
    rest = len(content.ranked) - len(rows)
    more = note(t.n("{n} more touchpoint is in the workbook.", "{n} more touchpoints are in the workbook.", rest)) if rest > 0 else None
    told_table = table(headers, (0.9, 0.9, 4, 2.2, 1.6, 1.2, 1.2, 1.6), told, right=(0, 4, 5, 6, 7))
    return part(
        t("Ranking"), [finding(ranking_finding(content)), told_table, more, note(content.score_rule) if told else None], short=not told
    )


def _plan(content: Content) -> Part:
    t, actions = content.t, content.project.actions
    brings = returns(content.project).set_index("id") if len(actions) else None
    columns = _columns(content, brings)
    rows = [
        [told(position, row) for _, _, told in columns] for position, row in enumerate(actions.head(ACTIONS).to_dict("records"), start=1)
    ]
    used = [at for at, (title, _, _) in enumerate(columns) if title in (t("No."), t("Action")) or any(row[at] != "–" for row in rows)]
    grid = table(
        [columns[at][0] for at in used], [columns[at][1] for at in used], [[row[at] for at in used] for row in rows], right=(0,), size=8
    )
    more = _more_actions(content, len(actions))
    shown = any(columns[at][0] == t("Return of the first year") for at in used)
    rule = note(t("Return of the first year: gains less cost; four times in five it lies in the range.")) if shown and rows else None
    return part(t("Action plan"), [finding(plan_finding(content)), grid, more, rule, *_roles(content)], short=not rows)


def _roles(content: Content) -> list[Any]:
    """Who does what, and what waits for what, where somebody said so."""
    headers, widths, rows = roles_of(content)
    grid = table(headers, widths, rows[:ACTIONS], right=(0,), size=8)
    return [finding(roles_finding(content)), grid, _more_actions(content, len(rows))] if rows else []


def _more_actions(content: Content, count: int) -> Any:
    """Says how many actions are left out; None where all are there."""
    rest = count - ACTIONS
    return note(content.t.n("{n} more action is in the workbook.", "{n} more actions are in the workbook.", rest)) if rest > 0 else None


def _columns(content: Content, brings: Any) -> list[tuple[str, float, Any]]:
    """Title, width and text of each column of the plan; a column without any text is left out."""
    t, language = content.t, content.language
    return [
        (t("No."), 0.7, lambda position, row: number(position, language)),
        (t("Action"), 3.9, lambda position, row: str(row["action"])),
        (t("Touchpoint"), 2.4, lambda position, row: _cell(row["touchpoint"], str)),
        (t("Quadrant"), 1.9, lambda position, row: _cell(row["quadrant"], lambda c: content.quadrant(c) or c)),
        (t("Owner"), 1.8, lambda position, row: _cell(row["owner"], str)),
        (t("Due date"), 1.8, lambda position, row: _cell(row["due_date"], lambda d: date(pd.Timestamp(d).date(), language, "short"))),
        (t("Status"), 2, lambda position, row: words.word(words.STATUSES, row["status"], t) or "–"),
        (t("Indicator"), 2, lambda position, row: _cell(row["kpi"], str)),
        (t("Return of the first year"), 2.4, lambda position, row: return_range(content, brings.loc[row["id"]])),
    ]


def _evidence(content: Content) -> Part:
    """Source by source; what is too long to read is put together, the workbook has it touchpoint by touchpoint."""
    t, language = content.t, content.language
    rows, keys = content.evidence_summary, list(KEYS)
    for left_out in ("touchpoint", "stage"):
        if len(rows) > ANSWERS:
            keys.remove(left_out)
            rows = summarised(content.answers, keys)
    columns: dict[str, tuple[str, float, Callable[[dict[Any, Any]], str]]] = {
        "source": (t("Source"), 2.4, lambda row: _cell(row["source"], str)),
        "measure": (t("Measure"), 2, lambda row: words.word(words.MEASURES, row["measure"], t) or "–"),
        "stage": (t("Stage"), 2.1, lambda row: _cell(row["stage"], str)),
        "touchpoint": (t("Touchpoint"), 2.2, lambda row: _cell(row["touchpoint"], str)),
        "answers": (t("Answers"), 1.5, lambda row: number(int(row["answers"]), language)),
        "mean": (t("Mean"), 1.4, lambda row: _cell(row["mean"], lambda v: number(v, language, 2))),
        "scale": (t("Scale"), 1.2, lambda row: _ends(row, language)),
        "comments": (t("Comments"), 2.1, lambda row: number(int(row["comments"]), language)),
    }
    shown = [told for name, told in columns.items() if name in keys or name not in KEYS]
    lines = [[told(row) for _, _, told in shown] for row in rows.head(ANSWERS).to_dict("records")]
    right = range(len(shown) - 4, len(shown))
    block = table([title for title, _, _ in shown], [width for _, width, _ in shown], lines, right=right, size=8)
    more = note(t("The workbook has it touchpoint by touchpoint.")) if len(content.evidence_summary) > len(lines) else None
    return part(t("Evidence"), [block or text(t("No answers of customers yet: every figure is assumed.")), more], short=not lines)


def _ends(row: dict[Any, Any], language: str) -> str:
    return "–" if pd.isna(row["low"]) else f"{number(row['low'], language)}–{number(row['high'], language)}"


def _rules(content: Content) -> list[Part]:
    t = content.t
    return [
        part(t("Sources and rules"), []),
        part(t("Sources"), [terms(sources_of(content))], level=2),
        part(t("Where a figure comes from"), [terms(provenance_legend(content))], level=2),
        part(t("How to read it"), [terms(rules_of(content))], level=2),
    ]
