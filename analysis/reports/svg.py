"""A chart as SVG."""

from __future__ import annotations

from typing import Any

from analysis.project.project import Project
from analysis.reports.pictures import picture


def build(project: Project, language: str = "fr", *, chart: str = "journey", **options: Any) -> bytes:
    """One chart of the project as SVG; see :data:`analysis.reports.pictures.CHARTS`."""
    return picture(project, language, "svg", chart, **options)
