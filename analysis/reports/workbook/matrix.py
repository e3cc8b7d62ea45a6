"""The impact/effort matrix: its items, its cut lines that can be moved, its chart."""

from __future__ import annotations

from itertools import zip_longest

import pandas as pd
from openpyxl.utils import get_column_letter

from analysis.language import number
from analysis.project.priorities import AXES
from analysis.reports.content import Content
from analysis.reports.labels import Frame, place_labels
from analysis.reports.workbook.cells import Pen
from analysis.reports.workbook.charts import HEIGHT, WIDTH, Dot, matrix_chart
from analysis.reports.workbook.tables import Column, Placed, add_sheet, write_table

CUT, HEADER = 4, 6
#: Excel draws at most 255 series; beyond this many names nothing can be read anyway
LABELLED = 60
_CHART_COLUMN, _LONGEST_NAME = 9, 32
#: axis → column of the table
_SIDES = {"effort": "right", "impact": "up"}


def write(pen: Pen, content: Content) -> None:
    t, frame = content.t, content.placed
    sheet = add_sheet(pen, t("Matrix"), t(
        "{up} against {right}. A value on the cut line counts as high. Change a cut (yellow cells): quadrants and lines follow.",
        up=content.axis_names[0], right=content.axis_names[1],
    ))  # fmt: skip
    across, upwards = _frames(content)
    lines = across.share(content.matrix_cut["effort"]), upwards.share(content.matrix_cut["impact"])
    labels = place_labels(_points(frame.head(LABELLED), across, upwards), WIDTH * 0.88, HEIGHT * 0.95, lines=lines)
    shown = frame.assign(
        quadrant_name=content.quadrants(frame["quadrant"]),
        label=[(label and label.text) or name for label, name in zip_longest(labels, frame["touchpoint"])],
    )
    placed = write_table(pen, sheet, "Matrix", _columns(content), shown, header=HEADER, frozen=2, charted=True)
    _cuts(pen, content, placed, shown)
    if len(frame):
        dots = [
            Dot(placed.first + row, code, labels[row].side) for row, code in enumerate(frame["quadrant"][:LABELLED])
        ]  # fmt: skip
        rest = range(placed.first + LABELLED, placed.last + 1) if len(frame) > LABELLED else None
        helper = _helper(pen, content, placed)
        chart = matrix_chart(placed, dots, rest, helper, _titles(content), _frames(content))
        sheet.add_chart(chart, f"{get_column_letter(_CHART_COLUMN)}{HEADER}")


def _frames(content: Content) -> tuple[Frame, Frame]:
    """The axes, to the right and upwards."""
    ends = content.matrix.attrs["scale"]
    return Frame.of(*ends["effort"]), Frame.of(*ends["impact"])


def _points(frame: pd.DataFrame, across: Frame, upwards: Frame) -> list[tuple[float, float, str, str]]:
    columns = (frame[name].tolist() for name in ("right", "up", "touchpoint", "number"))
    return [(across.share(x), upwards.share(y), shortened(str(name)), str(number)) for x, y, name, number in zip(*columns, strict=True)]


def shortened(name: str) -> str:
    """A name that can stand beside its point."""
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1].rstrip() + "…"


def _columns(content: Content) -> list[Column]:
    t = content.t
    return [
        Column("number", t("Ref."), width=7), Column("touchpoint", t("Touchpoint"), "wrap", 30),
        Column("right", content.axis_names[1], "score", 11), Column("up", content.axis_names[0], "score", 11),
        Column("quadrant_name", t("Quadrant"), width=16), Column("method_score", content.score_name, "score/1", 11),
        Column("label", t("Name on the chart"), "text", 20),
    ]  # fmt: skip


def _cuts(pen: Pen, content: Content, placed: Placed, frame: pd.DataFrame) -> None:
    """The cut lines in yellow cells, and the quadrant of each item as a formula of them."""
    sheet, t = placed.sheet, content.t
    pen.put(sheet, CUT, 2, t("Cut lines ({rule})", rule=_rule(content)), "label")
    sheet.row_dimensions[CUT].height = 30
    cells = {}
    for axis, key in _SIDES.items():
        pen.put(sheet, CUT, placed.position(key), content.matrix_cut[axis], "input")
        cells[axis] = f"${placed.letters[key]}${CUT}"
    names = {
        code: '"' + (content.quadrant(code) or code).replace('"', '""') + '"' for code in ("quick_win", "big_bet", "fill_in", "money_pit")
    }
    for row, name in enumerate(frame["quadrant_name"], start=placed.first):
        effort, impact = (f"{placed.letters[key]}{row}" for key in _SIDES.values())
        formula = (
            f"=IF(AND(ISNUMBER({impact}),ISNUMBER({effort})),IF({impact}>={cells['impact']},"
            f"IF({effort}>={cells['effort']},{names['big_bet']},{names['quick_win']}),"
            f'IF({effort}>={cells["effort"]},{names["money_pit"]},{names["fill_in"]})),"")'
        )
        pen.formula(sheet, row, placed.position("quadrant_name"), formula, name, "text")


def _rule(content: Content) -> str:
    t = content.t
    return t("median of the items") if content.cut == "median" else t("middle of the scale")


def _helper(pen: Pen, content: Content, placed: Placed) -> tuple[int, int]:
    """The ends of the two cut lines, below the chart, as formulas of the yellow cells."""
    row, column, sheet = HEADER + 37, _CHART_COLUMN, placed.sheet
    pen.put(sheet, row - 1, column, content.t("Ends of the cut lines (to the right, upwards)"), "note")
    effort, impact = (f"${placed.letters[key]}${CUT}" for key in _SIDES.values())
    cut, (across, upwards) = content.matrix_cut, _frames(content)
    ends = [(across.low, impact), (across.high, impact), (effort, upwards.low), (effort, upwards.high)]
    for offset, (x, y) in enumerate(ends):
        for side, value in enumerate((x, y)):
            if isinstance(value, str):
                pen.formula(sheet, row + offset, column + side, f"={value}", cut["impact" if value == impact else "effort"], "note")
            else:
                pen.put(sheet, row + offset, column + side, value, "note")
    return row, column


def _titles(content: Content) -> dict[str, str]:
    t, frame = content.t, content.placed
    counts = frame["quadrant"].value_counts()
    told = " · ".join(f"{content.quadrant(code)} {number(int(counts.get(code, 0)), content.language)}" for code in
                      ("quick_win", "big_bet", "fill_in", "money_pit"))  # fmt: skip
    unplaced = len(content.priorities) - len(frame)
    parts = [told]
    if unplaced:
        parts.append(
            t.n("{n} touchpoint without both values is not placed", "{n} touchpoints without both values are not placed", unplaced)
        )
    if frame.duplicated(["right", "up"]).any():
        parts.append(t("some share the same spot"))
    return {
        "title": _title(content),
        "caption": "; ".join(parts), "effort": content.axis_titles[1], "impact": content.axis_titles[0], "rest": t("Other touchpoints"),
    }  # fmt: skip


def _title(content: Content) -> str:
    if content.axes == AXES:
        return content.t("Impact and effort: quick wins top left, big bets top right, fill-ins bottom left, money pits bottom right")
    return content.t("{up} and {right}", up=content.axis_names[0], right=content.axis_names[1])
