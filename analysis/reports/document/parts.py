"""The parts of the report, in the order in which they are read."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.language import date, money, number, percent, signed
from analysis.reports import words
from analysis.reports.captions import pareto_caption
from analysis.reports.content import Content
from analysis.reports.document.blocks import cards, finding, note, part, picture, table, terms, text
from analysis.reports.findings import (
    counts,
    emotion_finding,
    matrix_finding,
    pareto_finding,
    plan_finding,
    ranking_finding,
    summary,
)
from analysis.reports.rules import provenance_legend, rules_of, sources_of

#: cards of one cell, rows of one table: the rest is counted, the workbook has it
CARDS, RANKED, CAUSES, ANSWERS, ACTIONS = 12, 30, 25, 60, 150
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
    return [*found, _evidence(content), *_rules(content)]


def _cell(value: Any, told: Any) -> str:
    return "–" if value is None or pd.isna(value) else str(told(value))


def _findings(content: Content) -> Part:
    t = content.t
    facts = " · ".join(f"{count} {what}" for count, what in counts(content))
    return part(t("What we found"), [text(facts), cards(summary(content))])


def _journeys(content: Content) -> list[Part]:
    """Stage by stage: how it feels, what stands on each lane."""
    t, journey = content.t, content.project.first_journey
    stages = content.stages(journey)
    title = t("The journey: {stages} stages, {touchpoints} touchpoints", stages=len(stages), touchpoints=len(content.numbers))
    drawn = picture(content, "journey", t("Map of the journey; its content follows stage by stage."), most=4, title="") if stages else None
    parts = [part(title, [drawn], wide=True), part(t("Stage by stage"), [])]
    feelings = {row["stage_id"]: row for row in content.emotions(journey).to_dict("records")}
    return [*parts, *(_stage(content, journey, id, stage, dict(feelings[id])) for id, stage in stages)]


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
    headers = [t("Stage"), t("Emotion"), t("Respondents (n)"), t("Standard deviation"), t("95 % interval"), t("Provenance")]
    return part(
        t("How customers feel"),
        [finding(emotion_finding(content)), drawn, table(headers, (3, 1.2, 1.5, 1.5, 2, 1.5), told, right=(1, 2, 3, 4))],
    )


def _interval(row: dict[Any, Any], language: str) -> str:
    return "–" if pd.isna(row["low"]) else f"{signed(float(row['low']), language)} … {signed(float(row['high']), language)}"


def _pareto(content: Content) -> Part:
    t, language, found = content.t, content.language, content.pareto
    title = t("What weighs most")
    if found is None or content.counted is None:
        return part(title, [finding(pareto_finding(content)), text(pareto_caption(content))])
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
        t("Touchpoint"),
        content.counted_name,
        t("Share"),
        t("Cumulative share"),
        t("Vital few"),
    ]
    drawn = picture(content, "pareto", pareto_finding(content), width=WIDTH, height=HEIGHT, title="")
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
        return part(
            title, [finding(matrix_finding(content)), text(t("Give the touchpoints an impact and an effort from 1 to 10 to place them."))]
        )
    drawn = picture(content, "matrix", matrix_finding(content), width=WIDTH - 40, height=420, title="")
    rows = []
    for code in ("quick_win", "big_bet", "fill_in", "money_pit"):
        names = [f"{row['number']} {row['touchpoint']}" for row in frame[frame["quadrant"] == code].to_dict("records")]
        rows.append([content.quadrant(code) or code, number(len(names), content.language), ", ".join(_first(content, names)) or "–"])
    rule = t("A value on the cut line counts as high. Cut at {impact} for impact and {effort} for effort.", **content.matrix_cut)
    headers = [t("Quadrant"), t("Number"), t("Touchpoints")]
    return part(title, [finding(matrix_finding(content)), drawn, note(rule), table(headers, (1.5, 1, 7), rows, right=(1,))])


def _ranking(content: Content) -> Part:
    t, language = content.t, content.language
    rows = content.priorities.dropna(subset=["relevance"]).head(RANKED)
    told = [
        [
            number(int(row["rank"]), language),
            str(row["number"]),
            str(row["touchpoint"]),
            _cell(row["stage"], str),
            number(float(row["relevance"]), language, 1),
            _cell(row["impact"], lambda v: number(v, language)),
            _cell(row["effort"], lambda v: number(v, language)),
            _cell(row["reach"], lambda v: percent(v, language)),
        ]
        for row in rows.to_dict("records")
    ]
    headers = [t("Rank"), t("Ref."), t("Touchpoint"), t("Stage"), t("Relevance score"), t("Impact"), t("Effort"), t("Reach")]
    rest = int(content.priorities["relevance"].notna().sum()) - len(rows)
    more = note(t.n("{n} more touchpoint is in the workbook.", "{n} more touchpoints are in the workbook.", rest)) if rest > 0 else None
    told_table = table(headers, (0.9, 0.9, 4, 2.2, 1.6, 1.2, 1.2, 1.6), told, right=(0, 4, 5, 6, 7))
    return part(t("Ranking"), [finding(ranking_finding(content)), told_table, more])


def _plan(content: Content) -> Part:
    t, language = content.t, content.language
    actions = content.project.actions
    told = []
    for position, row in enumerate(actions.head(ACTIONS).to_dict("records"), start=1):
        due = "–" if pd.isna(row["due_date"]) else date(pd.Timestamp(row["due_date"]).date(), language, "short")
        told.append(
            [
                number(position, language),
                str(row["action"]),
                _cell(row["touchpoint"], str),
                _cell(row["quadrant"], lambda c: content.quadrant(c) or c),
                _cell(row["owner"], str),
                due,
                words.word(words.STATUSES, row["status"], t) or "–",
                _cell(row["kpi"], str),
            ]
        )
    headers = [t("No."), t("Action"), t("Touchpoint"), t("Quadrant"), t("Owner"), t("Due date"), t("Status"), t("Indicator")]
    rest = len(actions) - ACTIONS
    more = note(t.n("{n} more action is in the workbook.", "{n} more actions are in the workbook.", rest)) if rest > 0 else None
    return part(
        t("Action plan"),
        [finding(plan_finding(content)), table(headers, (0.7, 3.9, 2.4, 1.9, 1.8, 1.8, 2, 2), told, right=(0,), size=8), more],
    )


def _evidence(content: Content) -> Part:
    t, language = content.t, content.language
    rows = content.evidence_summary
    told = [
        [
            _cell(row["source"], str),
            words.word(words.MEASURES, row["measure"], t) or "–",
            _cell(row["stage"], str),
            _cell(row["touchpoint"], str),
            number(int(row["answers"]), language),
            _cell(row["mean"], lambda v: number(v, language, 2)),
            _ends(row, language),
            number(int(row["comments"]), language),
        ]
        for row in rows.head(ANSWERS).to_dict("records")
    ]
    headers = [t("Source"), t("Measure"), t("Stage"), t("Touchpoint"), t("Answers"), t("Mean"), t("Scale"), t("Comments")]
    rest = len(rows) - ANSWERS
    more = note(t.n("{n} more line is in the workbook.", "{n} more lines are in the workbook.", rest)) if rest > 0 else None
    block = table(headers, (2.4, 2, 2.1, 2.2, 1.5, 1.4, 1.2, 2.1), told, right=(4, 5, 6, 7), size=8)
    return part(t("Evidence"), [block or text(t("No answers of customers yet: every figure is assumed.")), more])


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
