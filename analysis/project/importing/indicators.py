"""Tables of indicators: a card on the lane of indicators, figures of touchpoints that the map knows, baseline and target of actions."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pandas as pd

from analysis.language import N_, number, translator
from analysis.project.importing import words
from analysis.project.importing.builder import Builder, cleaned
from analysis.project.importing.grid import show_lane
from analysis.project.importing.inventory import found_or_made, put_score
from analysis.project.importing.names import folded
from analysis.project.importing.periods import period_start
from analysis.project.model import PREFIXES, new_id
from analysis.reading.durations import has_parts
from analysis.reading.headers import guesses

#: field that an indicator's name means → criterion of a touchpoint
_CRITERIA = {"reach": "reach", "conversion_rate": "conversion", "complaints": "complaints"}
_PERCENT = ("reach", "conversion")
#: series that an import keeps, and figures of each
_MOST_SERIES, _MOST_POINTS = 500, 600
#: a figure with its unit
_WRITTEN = re.compile(r"[-+−]?\d[\d\s.,\u00a0\u202f]*(?P<unit>%|€|\$|£|[a-zA-Zµ]{1,4}|jours?|heures?|points?|clients?|days?|hours?)$")
_Key = tuple[str, str, str]


def add_kpis(builder: Builder, table: Any, record: str) -> int:
    """Gather indicators, one a row; of a series over time the last value counts, and all of it is kept with the import."""
    frame: pd.DataFrame = table.frame
    if "kpi" not in frame:
        for position in frame.index:
            builder.leave(table, position, "no_indicator")
        return 0
    months = _months(table)
    frame = _in_order(frame)
    series: dict[_Key, list[tuple[dt.date, float]]] = {}
    latest: dict[tuple[str, str, str], tuple[Any, dict[Any, Any]]] = {}
    told = 0
    for position, row in zip(frame.index, frame.to_dict("records"), strict=True):
        name = row["kpi"] = cleaned(row["kpi"]).rstrip(" \u00a0:")
        if name and any(_number(row.get(field)) is not None for field in ("kpi_value", "kpi_baseline", "kpi_target")):
            row["unit"] = cleaned(row.get("unit")) or _unit_of(table, position, _told(row))
            key = folded(name), folded(cleaned(row.get("touchpoint"))), folded(cleaned(row.get("stage")))
            latest[key] = (position, row)
            told += 1
            series.setdefault(key, []).extend(_points(row, months))
        else:
            builder.leave(table, position, "no_indicator")
    known = {_place(one): one for one in _kept(builder, record)}
    for key, (position, row) in latest.items():
        touchpoint, stage = _add(builder, table, record, position, row)
        _keep_series(known, row, touchpoint, stage, series[key])
    builder.series = list(known.values())[:_MOST_SERIES]
    return told


def _unit_of(table: Any, position: Any, field: str) -> str:
    """What stands beside the figure in its cell, where no column gives the unit: “86 %”, “12 500 €”, “6 min”."""
    text = str(table.grid.text(int(table.source_rows[position]), table.place_of(field))).strip()
    found = _WRITTEN.match(text)
    return found["unit"] if found else "min" if has_parts(text) else ""


def _in_order(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows by their date or period, those without one first."""
    when = [_when(row) or dt.date.min for row in frame.reindex(columns=["date", "period"]).to_dict("records")]
    return frame.iloc[sorted(range(len(when)), key=when.__getitem__)]


def _when(row: dict[Any, Any]) -> dt.date | None:
    return period_start(row.get("date")) or period_start(row.get("period"))


def _months(table: Any) -> dict[str, dt.date]:
    """Columns of the frame that are headed by a period, as where each month has a column of its own."""
    return {column: day for header, column in table.columns.items() if (day := period_start(header)) is not None}


def _points(row: dict[Any, Any], months: dict[str, dt.date]) -> list[tuple[dt.date, float]]:
    """The figures of a row that have a period."""
    across = [(day, value) for column, day in months.items() if (value := _number(row.get(column))) is not None]
    day, value = _when(row), _number(row.get("kpi_value"))
    return across or ([(day, value)] if day is not None and value is not None else [])


def _kept(builder: Builder, record: str) -> list[dict[str, Any]]:
    """What earlier imports of the sheet have kept."""
    known = builder.project.table("import").get(record)
    return [dict(one) for one in known.detail.get("series", ())] if known is not None else []


def _place(series: dict[str, Any]) -> tuple[str, str | None, str | None]:
    return folded(series["name"]), series.get("touchpoint"), series.get("stage")


def _keep_series(known: dict[Any, dict[str, Any]], row: dict[Any, Any], touchpoint: str | None, stage: str | None, points: Any) -> None:
    """Join the figures to those that an earlier file told of the same indicator; of one period the new figure holds."""
    if not points:
        return
    fresh = {"name": cleaned(row["kpi"]), "unit": cleaned(row.get("unit")), "touchpoint": touchpoint, "stage": stage}
    before = dict(known.get(_place(fresh), {}).get("points", ()))
    told = before | {day.isoformat(): value for day, value in points}
    known[_place(fresh)] = fresh | {"points": [[day, told[day]] for day in sorted(told)][-_MOST_POINTS:]}


def _add(builder: Builder, table: Any, record: str, position: Any, row: dict[Any, Any]) -> tuple[str | None, str | None]:
    """Gather an indicator; returns the touchpoint and stage that it is about."""
    name, named = cleaned(row["kpi"]), words.said_of(row.get("touchpoint"))
    stage = builder.stage(row.get("stage"), sheet=table.sheet, create=builder.pristine)
    touchpoint = found_or_made(builder, table, named, stage) if named else None
    if touchpoint is not None:
        stage = builder.homes.get(touchpoint) or stage
    _add_card(builder, table, record, position, row, name, stage, touchpoint)
    _add_score(builder, table, position, row, name, touchpoint)
    _complete_actions(builder, table, position, row, name, touchpoint)
    return touchpoint, stage


def _add_card(
    builder: Builder, table: Any, record: str, position: Any, row: dict[Any, Any], name: str, stage: str | None, touchpoint: str | None
) -> None:
    """One card an indicator and place; the next import of the sheet changes its text."""
    show_lane(builder, "kpi")
    source = f"{record}#{touchpoint or stage or ''}#kpi#{folded(name)[:80]}"
    text = said(builder.project.language, name, row)
    for id, card in builder.project.table("card").items():
        if card.source == source:
            builder.put("card", id, {"text": text}, item=name, sheet=table.sheet, cells={"text": table.cell(position, _told(row))})
            return
    values = {"journey": builder.journey, "kind": "kpi", "stage": stage, "touchpoint": touchpoint, "text": text, "source": source}
    order = builder.order("card", builder.journey, "kpi", stage)
    builder.put("card", new_id(PREFIXES["card"]), values | {"order": order}, item=text, sheet=table.sheet)


def said(language: str, name: str, row: dict[Any, Any]) -> str:
    """What the card of an indicator says: “Conversion rate: 2.5% (target 3%)”."""
    t = translator(language)
    unit = cleaned(row.get("unit"))
    value, baseline, target = (_number(row.get(field)) for field in ("kpi_value", "kpi_baseline", "kpi_target"))

    def written(amount: float) -> str:
        tail = unit if unit == "%" and t.language == "en" else f"\u00a0{unit}" if unit else ""
        return number(amount, t.language) + tail

    parts = [t(N_("from {value}"), value=written(baseline))] if baseline is not None else []
    parts += [t(N_("target {value}"), value=written(target))] if target is not None else []
    beside = f" ({', '.join(parts)})" if parts else ""
    return (t(N_("{name}: {value}"), name=name, value=written(value)) if value is not None else name) + beside


def _add_score(builder: Builder, table: Any, position: Any, row: dict[Any, Any], name: str, touchpoint: str | None) -> None:
    """An indicator that the map knows as a figure of its touchpoints: its reach, its conversion, its complaints."""
    value, meant = _number(row.get("kpi_value")), guesses(name)
    criterion = _CRITERIA.get(meant[0].field) if meant and meant[0].confidence >= 0.9 else None
    if touchpoint is None or value is None or criterion is None:
        return
    if criterion in _PERCENT and (cleaned(row.get("unit")) not in ("%", "") or not 0 <= value <= 100):
        return
    ends = (0.0, 100.0) if criterion in _PERCENT else (None, None)
    values = {"value": value, "low": ends[0], "high": ends[1], "text": ""}
    named = builder.project.table("touchpoint").get(touchpoint)
    put_score(builder, table, touchpoint, criterion, "file", values, named.name if named else name, table.cell(position, "kpi_value"))


def _complete_actions(builder: Builder, table: Any, position: Any, row: dict[Any, Any], name: str, touchpoint: str | None) -> None:
    """Actions that are measured by the indicator learn where it stands and where it should be; what was typed there stays."""
    facts = {
        "kpi_baseline": _number(row.get("kpi_baseline")) if _number(row.get("kpi_baseline")) is not None else _number(row.get("kpi_value")),
        "kpi_target": _number(row.get("kpi_target")),
    }
    for id, action in builder.project.table("action").items():
        if folded(action.kpi) == folded(name) and action.touchpoint in (touchpoint, None):
            fresh = {field: value for field, value in facts.items() if value is not None and getattr(action, field) is None}
            if fresh:
                builder.put("action", id, fresh, item=action.title, sheet=table.sheet)


def _told(row: dict[Any, Any]) -> str:
    return next(field for field in ("kpi_value", "kpi_baseline", "kpi_target") if _number(row.get(field)) is not None)


def _number(value: Any) -> float | None:
    return None if value is None or isinstance(value, str | bool | dt.date) or pd.isna(value) else float(value)
