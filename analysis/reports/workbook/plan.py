"""The action plan, with drop-downs, colours of statuses and due dates that have passed."""

from __future__ import annotations

import pandas as pd
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill

from analysis.language import money
from analysis.methods import DECISIONS
from analysis.project.answering import answered_in_words
from analysis.project.forecast import budget_of, returns, under_budget
from analysis.project.plan import needs_in_words
from analysis.reports import words
from analysis.reports.content import Content
from analysis.reports.palette import STATUS_COLOURS
from analysis.reports.workbook.cells import Pen
from analysis.reports.workbook.lists import SPARE, Lists, offer
from analysis.reports.workbook.ranking import Ranking
from analysis.reports.workbook.tables import Column, Placed, add_sheet, write_table

#: days before a due date from which it is shown as near
NEAR = 14


def write(pen: Pen, content: Content, ranking: Ranking, lists: Lists) -> Placed:
    t = content.t
    sheet = add_sheet(
        pen,
        t("Action plan"),
        t(
            "Quick wins first, then big bets by relevance, fill-ins, actions without a quadrant, money pits last; an "
            "order made by hand is kept."
        ),
    )
    frame = frame_of(content)
    placed = write_table(pen, sheet, "Plan", columns_of(content), frame, frozen=2)
    for row, score in enumerate(frame["score"], start=placed.first):
        lookup = ranking.looked_up(f"{placed.letters['number']}{row}", "score" if content.method == "relevance" else "method_score")
        pen.formula(sheet, row, placed.position("score"), lookup, None if pd.isna(score) else round(float(score), 6), "score/1")
    _drop_downs(content, placed, lists)
    _colours(content, placed)
    return placed


def frame_of(content: Content) -> pd.DataFrame:
    frame = content.project.actions
    budget = budget_of(content.project)
    decisions = None if budget is None else under_budget(content.project, budget)["decision"].map(DECISIONS).map(content.t).to_numpy()
    brings = returns(content.project).set_index("id")
    return frame.assign(
        **{name: frame["id"].map(brings[name]) for name in ("p10", "p50", "p90")},
        payback=100 * frame["id"].map(brings["payback_share"]),
        position=range(1, len(frame) + 1),
        decision=pd.Series(decisions, index=frame.index, dtype="string"),
        revision=content.project.whole.revision or None,
        needs=needs_in_words(content.project),
        answers=answered_in_words(content.project),
        number=frame["touchpoint_id"].map(content.numbers).astype("string"),
        quadrant=content.quadrants(frame["quadrant"]),
        status=words.in_words(frame["status"], words.STATUSES, content.t),
    )


def columns_of(content: Content) -> list[Column]:
    t = content.t
    columns = [
        Column("position", t("No."), "score", 6),
        Column("action", t("Action"), "wrap", 38),
        Column("status", t("Status"), width=13),
        Column("owner", t("Owner"), width=18),
        Column("start_date", t("Start"), "date", 12),
        Column("due_date", t("Due date"), "date", 12),
        Column("quadrant", t("Quadrant"), width=15),
        Column("score", content.score_name, "score", 11),
        Column("impact", t("Impact"), "score", 9),
        Column("effort", t("Effort"), "score", 9),
        Column("cost", t("Cost"), "money", 12),
        Column("number", t("Ref."), width=8),
        Column("touchpoint", t("Touchpoint"), "wrap", 26),
        Column("stage", t("Stage"), "wrap", 16),
        Column("kpi", t("Indicator"), "wrap", 22),
        Column("kpi_baseline", t("Baseline"), "number", 10),
        Column("kpi_target", t("Target"), "number", 10),
        Column("reason", t("Why"), "wrap", 38),
        Column("accountable", t("Accountable")),
        Column("consulted", t("Consulted"), "wrap"),
        Column("informed", t("Informed"), "wrap"),
        Column("needs", t("Depends on"), "wrap", 30),
        Column("progress", t("Progress"), "percent", 10),
    ]
    extra = {
        "answers": Column("answers", t("Pain points and quotes it answers"), "wrap", 38),
        "team": Column("team", t("Team"), "wrap"),
        "remedy": Column("remedy", t("Remedy"), "wrap", 34),
        "description": Column("description", t("Description"), "wrap", 34),
        "p10": Column("p10", t("Return of the first year: low (P10)"), "money", 14),
        "p50": Column("p50", t("Return of the first year: middle (P50)"), "money", 14),
        "p90": Column("p90", t("Return of the first year: high (P90)"), "money", 14),
        "payback": Column("payback", t("Chance to pay back within a year"), "percent", 13),
        "decision": Column("decision", _decision_header(content), width=16),
        "cost_low": Column("cost_low", t("Cost, at least"), "money", 12),
        "cost_high": Column("cost_high", t("Cost, at most"), "money", 12),
        "effect_low": Column("effect_low", t("Effect, at least (points)"), "number", 12),
        "effect_high": Column("effect_high", t("Effect, at most (points)"), "number", 12),
        "confidence": Column("confidence", t("Confidence"), "percent", 10),
        "notes": Column("notes", t("Notes"), "wrap", 30),
    }
    used = frame_of(content)
    told = columns + [column for key, column in extra.items() if used[key].notna().any()]
    # by which an edited workbook is read again, and told from what the app has changed since
    return [*told, Column("id", t("Id"), width=9), Column("revision", t("Revision"), width=10)]


def _decision_header(content: Content) -> str:
    budget = budget_of(content.project)
    amount = money(budget, content.language, content.project.settings.currency)
    return content.t("Under the budget of {amount}", amount=amount)


def _drop_downs(content: Content, placed: Placed, lists: Lists) -> None:
    t, ends = content.t, (placed.first, placed.last)
    offer(
        placed.sheet, lists, "status", placed.position("status"), *ends, strict=True, sentence=t("Choose one of the statuses of the list.")
    )
    offer(placed.sheet, lists, "owner", placed.position("owner"), *ends, strict=False, sentence="")


def _colours(content: Content, placed: Placed) -> None:
    """Statuses in their colour; a date that has passed in red, one that comes soon in orange, unless the action is over."""
    rules, first = placed.sheet.conditional_formatting, placed.first
    status, due = (f"${placed.letters[key]}{first}" for key in ("status", "due_date"))
    names = {code: content.t(text).replace('"', '""') for code, text in words.STATUSES.items()}

    def area(key: str) -> str:
        return f"{placed.letters[key]}{first}:{placed.letters[key]}{placed.last + SPARE}"

    for code, name in names.items():
        colour = PatternFill("solid", bgColor=STATUS_COLOURS[code])
        rules.add(area("status"), FormulaRule([f'{status}="{name}"'], fill=colour, stopIfTrue=False))
    over = f'{status}<>"{names["done"]}",{status}<>"{names["dropped"]}"'
    late = FormulaRule(
        [f"AND(ISNUMBER({due}),{due}<TODAY(),{over})"],
        font=Font(color="B3261E", bold=True),
        stopIfTrue=True,
        fill=PatternFill("solid", bgColor="FBE3E1"),
    )
    near = FormulaRule(
        [f"AND(ISNUMBER({due}),{due}<=TODAY()+{NEAR},{over})"],
        font=Font(color="8A4B00", bold=True),
        stopIfTrue=True,
        fill=PatternFill("solid", bgColor="FFF1D6"),
    )
    for rule in (late, near):
        rules.add(area("due_date"), rule)
