"""What indicators were, period after period, as the tables that were imported say."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.project.frames import typed_frame

if TYPE_CHECKING:
    from analysis.project.project import Project

COLUMNS = {
    "indicator": "string", "unit": "string", "touchpoint_id": "string", "stage_id": "string", "date": "datetime64[us]", "value": "Float64",
}  # fmt: skip
LINES = {
    "indicator": "string", "unit": "string", "touchpoint_id": "string", "stage_id": "string", "first": "datetime64[us]",
    "last": "datetime64[us]", "value": "Float64", "change": "Float64", "before": "Float64", "n_before": "Int64", "after": "Float64",
    "n_after": "Int64", "figures": "object",
}  # fmt: skip


def indicator_series(project: Project) -> pd.DataFrame:
    """Every figure of every indicator that has a period.

    Parameters
    ----------
    project : of a filtered project, the periods that begin within its dates, and the indicators of its stages.

    Returns
    -------
    One row a figure: indicator, unit, touchpoint_id and stage_id (NA: none, or gone since), date (first day of the period), value (in
    its unit). Sorted by indicator, place and date. A period that two files tell holds the figure of the file imported last.

    Examples
    --------
    >>> from analysis import Project
    >>> indicator_series(Project.new("Shop", language="en")).empty
    True
    """
    found: dict[tuple[str, str | None, str | None, str], dict[str, Any]] = {}
    for record in sorted(project.whole.table("import").values(), key=lambda record: record.at):
        for series in record.detail.get("series", ()):
            place = _there(project, "touchpoint", series.get("touchpoint")), _there(project, "stage", series.get("stage"))
            for day, value in series.get("points", ()):
                found[str(series["name"]).casefold(), *place, day] = {
                    "indicator": series["name"], "unit": series.get("unit") or None, "touchpoint_id": place[0], "stage_id": place[1],
                    "date": pd.Timestamp(day), "value": value,
                }  # fmt: skip
    table = typed_frame([row for row in found.values() if _within(project, row)], COLUMNS)
    return table.sort_values(["indicator", "touchpoint_id", "stage_id", "date"], kind="stable", ignore_index=True)


def indicator_lines(project: Project, day: dt.date | None = None) -> pd.DataFrame:
    """Each indicator that has figures of two periods or more, in a line: where it stands and how it got there.

    Parameters
    ----------
    project : as for :func:`indicator_series`.
    day : the first day of “after”.

    Returns
    -------
    One row an indicator and place: indicator, unit, touchpoint_id, stage_id, first and last (dates), value (the last), change (last −
    first), before and after (means of the periods that begin before the day and from that day on; NA without one), n_before, n_after,
    figures (list of float, in order).

    Examples
    --------
    >>> from analysis import Project
    >>> indicator_lines(Project.new("Shop", language="en")).empty
    True
    """
    rows = []
    told = indicator_series(project)
    for place, own in told.groupby(["indicator", "touchpoint_id", "stage_id"], sort=False, dropna=False):
        if len(own) > 1:
            rows.append(dict(zip(("indicator", "touchpoint_id", "stage_id"), place, strict=True)) | _line(own, day))
    return typed_frame(rows, LINES)


def _line(own: pd.DataFrame, day: dt.date | None) -> dict[str, Any]:
    figures = [float(value) for value in own["value"]]
    late = (own["date"] >= pd.Timestamp(day)).tolist() if day else []
    before, after = ([value for value, is_late in zip(figures, late, strict=False) if is_late is side] for side in (False, True))
    return {
        "unit": own["unit"].iloc[-1], "first": own["date"].iloc[0], "last": own["date"].iloc[-1], "value": figures[-1],
        "change": figures[-1] - figures[0], "before": sum(before) / len(before) if before else None, "n_before": len(before),
        "after": sum(after) / len(after) if after else None, "n_after": len(after), "figures": figures,
    }  # fmt: skip


def _there(project: Project, kind: str, id: str | None) -> str | None:
    return id if id in project.whole.table(kind) else None


def _within(project: Project, row: dict[str, Any]) -> bool:
    """Whether the filter of a project leaves a figure."""
    if project.filtering is None:
        return True
    wanted, day = project.filtering.filter, row["date"].date()
    placed = row["stage_id"] is None or not wanted.stages or row["stage_id"] in wanted.stages
    return placed and (wanted.start or dt.date.min) <= day <= (wanted.end or dt.date.max)
