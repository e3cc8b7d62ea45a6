"""Weights → score → rank, alive: whoever changes a weight sees the ranking change, by the rule of the relevance score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from openpyxl.formatting.rule import DataBarRule
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from analysis.methods.frames import numbers
from analysis.methods.relevance import ENOUGH, mid_rank, relevance_details
from analysis.project.criteria import against_of, own_criteria, scales_of
from analysis.project.rankings import RANKINGS
from analysis.reports.content import Content
from analysis.reports.workbook.cells import Pen
from analysis.reports.workbook.tables import Column, Placed, add_sheet, write_table

WEIGHTS, COUNTING, HEADER = 4, 5, 7
#: offered with a weight of 0 where the project has figures of them
_OFFERED = ("impact", "satisfaction", "reach", "fit", "cost", "effort", "importance")
_KINDS = {
    "reach": "percent",
    "satisfaction": "signed",
    "emotion": "signed",
    "cost": "money",
    "running_cost": "money",
    "lost_value": "money",
    "conversion": "percent",
}


#: criterion → ends of its scale
Scales = Mapping[str, tuple[float, float]]


@dataclass(frozen=True)
class Ranking:
    """Where the live ranking stands."""

    placed: Placed

    def looked_up(self, cell: str, key: str) -> str:
        """A formula: the ``key`` (score or rank) of the touchpoint whose reference stands in ``cell``."""
        return f'=IFERROR(INDEX({self.placed.far(key)},MATCH({cell},{self.placed.far("number")},0)),"")'


def criteria_of(content: Content) -> dict[str, float]:
    """criterion → weight: the project's, and at 0 what else could be weighed."""
    frame = content.touchpoints
    offered = [name for name in (*_OFFERED, *own_criteria(content.project)) if frame[name].notna().any()]
    return {name: content.weights.get(name, 0.0) for name in [*content.weights, *offered] if name in frame}


def prepare(pen: Pen, content: Content) -> Ranking:
    """Write the sheet of the ranking."""
    t, weights = content.t, criteria_of(content)
    rule = t(
        "Change a weight (yellow cells, 0 to 10): scores and ranks follow. A criterion that is the same for all does not count; "
        "below 60% of the weight present there is no score."
    )
    if content.method != "relevance":
        rule = t("Ranks follow {method}: {rule}", method=content.score_name, rule=content.score_rule) + " " + rule
    sheet = add_sheet(pen, t("Ranking"), rule)
    columns = _columns(content, list(weights))
    frame = _with_present(content)
    placed = write_table(pen, sheet, "Ranking", columns, frame, header=HEADER, frozen=2)
    _weights(pen, content, placed, weights)
    if len(frame):
        for row, record in enumerate(frame.to_dict("records"), start=placed.first):
            _formulas(pen, placed, row, list(weights), record, content.method)
        _shares(pen, content, placed, frame, list(weights))
        bars = DataBarRule(start_type="num", start_value=0, end_type="num", end_value=100, color="FF9CC9C4")
        sheet.conditional_formatting.add(placed.area("score", absolute=False), bars)
    return Ranking(placed)


def _with_present(content: Content) -> pd.DataFrame:
    frame = content.priorities
    scales = scales_of(content.project, content.weights)
    present = relevance_details(frame, content.weights, scales=scales, reverse=against_of(content.project))["present"]
    return frame.assign(present=present.to_numpy() * 100)


def _columns(content: Content, names: list[str]) -> list[Column]:
    t = content.t
    titles = {name: content.criterion(name) for name in names}
    method = RANKINGS[content.method]
    needed = [name for name in method.needs if name not in names]
    return [
        Column("number", t("Ref.")),
        Column("touchpoint", t("Touchpoint"), "wrap"),
        Column("stage", t("Stage"), "wrap"),
        *(Column(name, titles[name], _KINDS.get(name, "number"), 13) for name in names),
        *(Column(name, content.criterion(name), _KINDS.get(name, "number"), 13) for name in needed),
        *(Column(f"share:{name}", t("{criterion}, 0 to 1", criterion=titles[name]), "score", 13) for name in names),
        Column("present", t("Weight present"), "percent"),
        Column("score", t("Relevance score"), "score", 12),
        *([Column("method_score", content.score_name, "score", 12)] if method.needs else []),
        Column("live_rank", t("Rank"), "score"),
    ]


def _weights(pen: Pen, content: Content, placed: Placed, weights: dict[str, float]) -> None:
    """The yellow cells, and below them which weights really count."""
    sheet, t = placed.sheet, content.t
    pen.put(sheet, WEIGHTS, 2, t("Weights"), "label")
    pen.put(sheet, COUNTING, 2, t("Weights that count"), "note")
    rule = DataValidation(type="decimal", operator="between", formula1="0", formula2="10", showErrorMessage=True)
    rule.errorTitle, rule.error = sheet.title, t("A weight goes from 0 to 10.")
    counted, scales = _counted(content, weights), scales_of(content.project, weights)
    for name, weight in weights.items():
        cell = pen.put(sheet, WEIGHTS, placed.position(name), weight, "input")
        rule.add(cell)
        given, area = f"{placed.letters[name]}{WEIGHTS}", placed.area(name)
        alone, width = (given, _width(name, scales)) if name in scales else ("0", 1.0)
        formula = (
            f"=IF({given}<=0,0,IF(COUNT({area})=0,{given},IF(COUNT({area})=1,{alone},"
            f"IF(MAX({area})-MIN({area})<={1e-9 * width:g},0,{given}))))"
        )
        pen.formula(sheet, COUNTING, placed.position(f"share:{name}"), formula, counted[name], "note")
    sheet.add_data_validation(rule)


def _ends(name: str, scales: Scales) -> tuple[float, float]:
    """The scale of a criterion as the sheet writes it: a percentage from 0 to 1."""
    low, high = scales[name]
    return (low / 100, high / 100) if _KINDS.get(name) == "percent" else (low, high)


def _width(name: str, scales: Scales) -> float:
    low, high = _ends(name, scales)
    return high - low


def _counted(content: Content, weights: dict[str, float]) -> dict[str, float]:
    left_out = content.priorities.attrs.get("relevance", {}).get("left_out", {})
    return {name: 0.0 if name in left_out else weight for name, weight in weights.items()}


def _formulas(pen: Pen, placed: Placed, row: int, names: list[str], record: dict[Any, Any], method: str) -> None:
    """Share of weight present, score and rank of one touchpoint."""
    first, last = placed.letters[f"share:{names[0]}"], placed.letters[f"share:{names[-1]}"]
    counting, shares = f"${first}${COUNTING}:${last}${COUNTING}", f"{first}{row}:{last}{row}"
    present = f"{placed.letters['present']}{row}"
    pen.formula(
        placed.sheet,
        row,
        placed.position("present"),
        f"=IF(SUM({counting})=0,0,SUMPRODUCT({counting},--ISNUMBER({shares}))/SUM({counting}))",
        float(record["present"]) / 100,
        "percent/0",
    )
    pen.formula(
        placed.sheet,
        row,
        placed.position("score"),
        f'=IF({present}<{ENOUGH}-0.000000001,"",ROUND(100*SUMPRODUCT({counting},{shares})/({present}*SUM({counting})),6))',
        _rounded(record["relevance"]),
        "score/1",
    )
    ranked = "score"
    if method in _METHODS:
        ranked = "method_score"
        formula = _by_method(placed, row, method)
        pen.formula(placed.sheet, row, placed.position(ranked), formula, _rounded(record["method_score"]), "score/1")
    by = f"{placed.letters[ranked]}{row}"
    pen.formula(
        placed.sheet,
        row,
        placed.position("live_rank"),
        f'=IF(ISNUMBER({by}),RANK({by},{placed.area(ranked)}),"")',
        record["rank"],
        "score/0",
    )


def _rounded(value: Any) -> float | None:
    return None if value is None or pd.isna(value) else round(float(value), 6)


#: ranking → the same as the app's `method_scores`, of the cells of one line; a percentage of Excel goes from 0 to 1
_METHODS = {
    "rice": 'IF({effort}>0,100*{reach}*{impact}*({confidence}/10)/{effort},"")',
    "ice": "{impact}*{confidence}*(11-{effort})",
    "opportunity": "10*({importance}-1)/9+MAX(10*({importance}-1)/9-10*({satisfaction}+2)/4,0)",
}


def _by_method(placed: Placed, row: int, method: str) -> str:
    """RICE, ICE or opportunity of one touchpoint; nothing where one of its figures is missing."""
    cells = {name: f"{placed.letters[name]}{row}" for name in RANKINGS[method].needs}
    there = "+".join(f"ISNUMBER({cell})" for cell in cells.values())
    return f'=IF({there}={len(cells)},IFERROR(ROUND({_METHODS[method].format(**cells)},6),""),"")'


def _shares(pen: Pen, content: Content, placed: Placed, frame: pd.DataFrame, names: list[str]) -> None:
    """Each criterion brought to 0–1, turned where less is better."""
    scales, reverse = scales_of(content.project, names), against_of(content.project)
    for name in names:
        values = numbers(frame[name])
        against, column = name in reverse, placed.position(f"share:{name}")
        if name in scales:
            low, high = scales[name]
            known = (values - low) / (high - low)
        else:
            known = mid_rank(values)
        known = 1 - known if against else known
        for row, result in enumerate(known, start=placed.first):
            cell = f"{placed.letters[name]}{row}"
            share = _share(cell, name, placed.area(name), scales)
            turned = f"1-{share}" if against else share
            pen.formula(placed.sheet, row, column, f'=IF(ISNUMBER({cell}),{turned},"")', None if np.isnan(result) else result, "score/2")


def _share(cell: str, name: str, area: str, scales: Scales) -> str:
    if name not in scales:  # money and counts by mid-rank among the items
        return f"IF(COUNT({area})>1,(_xlfn.RANK.AVG({cell},{area},1)-1)/(COUNT({area})-1),0)"
    return f"({cell}-({_ends(name, scales)[0]:g}))/{_width(name, scales):g}"


def move_here(pen: Pen, ranking: Ranking) -> None:
    """Put the sheet after the ones written so far."""
    sheets: list[Worksheet] = pen.book._sheets
    sheets.remove(ranking.placed.sheet)
    sheets.append(ranking.placed.sheet)
