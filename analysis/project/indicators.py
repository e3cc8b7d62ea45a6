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


def _there(project: Project, kind: str, id: str | None) -> str | None:
    return id if id in project.whole.table(kind) else None


def _within(project: Project, row: dict[str, Any]) -> bool:
    """Whether the filter of a project leaves a figure."""
    if project.filtering is None:
        return True
    wanted, day = project.filtering.filter, row["date"].date()
    placed = row["stage_id"] is None or not wanted.stages or row["stage_id"] in wanted.stages
    return placed and (wanted.start or dt.date.min) <= day <= (wanted.end or dt.date.max)
