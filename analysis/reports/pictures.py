"""Charts as pictures: PNG at twice the size, SVG."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from analysis.errors import CannotExport
from analysis.project.commands import Change
from analysis.project.priorities import cut_of, quadrant_names
from analysis.project.project import Project
from analysis.reports.content import Content

#: characters of a text on a chart; measuring longer ones would take long and show nothing more
LONGEST = 160

#: chart → what draws it
CHARTS = ("journey", "emotion", "matrix", "pareto", "touchpoints", "heatmap", "gap")


def chart_of(content: Content, name: str, **options: Any) -> Any:
    """A chart of the project, as an Altair chart.

    Raises
    ------
    CannotExport : no such chart, or nothing to draw (code ``nothing_to_export``).
    """
    makers: dict[str, Callable[..., Any]] = {
        "journey": _journey, "emotion": _emotion, "matrix": _matrix, "pareto": _pareto, "touchpoints": _touchpoints, "heatmap": _heatmap,
        "gap": _gap,
    }  # fmt: skip
    if name not in makers:
        raise CannotExport(kind=name, kinds=", ".join(CHARTS))
    return makers[name](Content(tamed(content.project), content.language, content.today, content.people), **options)


def tamed(project: Project) -> Project:
    """The project with its longest texts cut to what a chart could ever show; the same one when there are none."""
    commands = [
        Change(kind, id, {field: text[: LONGEST - 1] + "…"})
        for kind, field in (("touchpoint", "name"), ("stage", "name"), ("card", "text"))
        for id, entity in project.table(kind).items()
        if len(text := getattr(entity, field)) > LONGEST
    ]
    return project.apply(commands) if commands else project


def picture(project: Project, language: str, kind: str, chart: str, **options: Any) -> bytes:
    from analysis.charts import image
    from analysis.charts.finish import noted

    content = Content(project, language, options.pop("today", None) or dt.date.today(), options.pop("people", None) or {})
    return image(noted(chart_of(content, chart, **options), content.filtered), kind, language)


def _journey(content: Content, journey: str | None = None, **options: Any) -> Any:
    from analysis import charts

    if not content.stages(journey or content.project.first_journey):
        raise CannotExport("nothing_to_export")
    return charts.journey(content.project, journey or content.project.first_journey, content.language, **options)


def _emotion(content: Content, journey: str | None = None, **options: Any) -> Any:
    from analysis import charts

    return charts.emotion(content.emotions(journey or content.project.first_journey), content.language, **options)


def _matrix(content: Content, most: int | None = None, **options: Any) -> Any:
    """``most``: only so many, the first by relevance."""
    from analysis import charts
    from analysis.project.priorities import AXES

    frame = content.matrix
    if most is not None and len(content.placed) > most:
        facts, first = dict(frame.attrs), set(content.placed["id"].head(most))
        frame = frame[frame["id"].isin(first)].reset_index(drop=True)
        frame.attrs.update(facts)
    axes = None if content.axes == AXES else content.axis_names
    return charts.matrix(frame, content.language, names=quadrant_names(content.project, content.language), axes=axes, **options)


def _pareto(content: Content, **options: Any) -> Any:
    from analysis import charts
    from analysis.charts.pareto import item_of

    if content.pareto is None or content.counted is None:
        raise CannotExport("nothing_to_export")
    return charts.pareto(content.pareto, content.language, measure=content.counted, item=item_of(content.grouped), **options)


def _touchpoints(content: Content, **options: Any) -> Any:
    from analysis import charts
    from analysis.methods import touchpoint_matrix

    placed = touchpoint_matrix(content.project.touchpoints, cut=cut_of(content.project, "reach_cut"))
    return charts.touchpoints(placed, content.language, **options)


def _heatmap(content: Content, **options: Any) -> Any:
    from analysis import charts
    from analysis.methods import importance_heatmap

    evidence = content.project.evidence
    if not (evidence["measure"] == "importance").any():
        raise CannotExport("nothing_to_export")
    return charts.heatmap(importance_heatmap(evidence), content.language, **options)


def _gap(content: Content, **options: Any) -> Any:
    from analysis import charts
    from analysis.methods import perception_gap
    from analysis.project.sides import both_sides

    gaps = perception_gap(both_sides(content.project))
    if gaps.empty:
        raise CannotExport("nothing_to_export")
    return charts.gap(gaps, content.language, **options)
