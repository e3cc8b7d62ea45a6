"""What a chart is drawn from: the frame that it is given or, for a whole project, the one that the project's own figures make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.errors import MissingColumns

if TYPE_CHECKING:
    from analysis.project import Project


def is_project(source: pd.DataFrame | Project) -> bool:
    """Whether a chart was given a project rather than a frame."""
    return not isinstance(source, pd.DataFrame)


def curve_frame(source: pd.DataFrame | Project) -> pd.DataFrame:
    """An emotion curve; a project's is that of its first journey."""
    return source if isinstance(source, pd.DataFrame) else source.emotions()


def matrix_frame(source: pd.DataFrame | Project, scale: Any = None) -> pd.DataFrame:
    """Items with their quadrant of impact and effort."""
    from analysis.methods import impact_effort

    frame = source if isinstance(source, pd.DataFrame) else source.touchpoints
    if "quadrant" in frame:
        return frame
    if not {"impact", "effort"} <= set(frame):
        raise MissingColumns(columns="quadrant")
    return impact_effort(frame) if scale is None else impact_effort(frame, scale=scale)


def reach_frame(source: pd.DataFrame | Project) -> pd.DataFrame:
    """Touchpoints with their quadrant of reach and value."""
    from analysis.methods import touchpoint_matrix

    frame = source if isinstance(source, pd.DataFrame) else source.touchpoints
    if "quadrant" in frame:
        return frame
    if not {"reach", "touchpoint_value"} <= set(frame):
        raise MissingColumns(columns="quadrant")
    return touchpoint_matrix(frame)


def pareto_frame(source: pd.DataFrame | Project, measure: str, item: str) -> pd.DataFrame:
    """A ranked table; a project's sums a column of its touchpoints (pain points by default)."""
    from analysis.methods import pareto

    if isinstance(source, pd.DataFrame):
        return source
    frame = source.touchpoints
    column = measure or "pain_points"
    if column not in frame:
        raise MissingColumns(columns=column)
    return pareto(frame[frame[column].notna()], item if item in frame else "touchpoint", column)


def importance_frame(source: pd.DataFrame | Project) -> pd.DataFrame:
    """Importance per touchpoint and stage."""
    from analysis.methods import importance_heatmap

    if isinstance(source, pd.DataFrame):
        return source
    return importance_heatmap(source.evidence, source.stages["stage"].drop_duplicates())


def gap_frame(source: pd.DataFrame | Project) -> pd.DataFrame:
    """Gaps between staff and customers."""
    from analysis.methods import perception_gap

    return source if isinstance(source, pd.DataFrame) else perception_gap(source.evidence)
