"""A project told on a wall: one finding a slide, as plain values that a page, a phone or a notebook can draw.

>>> from analysis import Project
>>> [slide.kind for slide in slides(Project.new("Shop", language="en"), "en")]
['empty']
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from analysis.presentation import closing, decisions, stages
from analysis.presentation.slide import KINDS as KINDS
from analysis.presentation.slide import Slide as Slide
from analysis.presentation.telling import Telling
from analysis.project import Project

#: with more slides than this, the speaker's programme leaves the stages out
MOST_PARTS = 12

__all__ = ["KINDS", "Slide", "slides"]


def slides(
    project: Project, language: str = "fr", *, journey: str | None = None, today: dt.date | None = None, kept: Iterable[Slide] = ()
) -> list[Slide]:
    """The slides of a project in the order in which they are shown.

    Cover, the journey as a whole, its stages one by one with a closer look at the lowest, the emotion curve, the impact/effort
    matrix, the Pareto chart, how firm the ranking is, the plan, sources and rules. A slide without data is left out; an empty
    project has a single slide that says what to do.

    Parameters
    ----------
    project : what is told.
    language : ``"fr"`` or ``"en"``.
    journey : id of the journey; by default the first as-is one.
    today : the date on the cover, from which actions are late; by default the day it is made.
    kept : slides of an earlier revision that are taken as they are; only ``firmness``, whose draws take long, is.

    Returns
    -------
    `Slide` values; ids stay the same when the project changes, so that a screen keeps its place.

    Examples
    --------
    >>> project = Project.new("Shop", language="en")
    >>> slides(project, "en")[0].title
    'Nothing to present yet'
    """
    telling = Telling(project, language, journey, today or dt.date.today())
    if telling.empty:
        return [closing.nothing(telling)]
    told = list(_body(telling, {slide.id: slide for slide in kept}))
    parts = [slide.title for slide in told if len(told) <= MOST_PARTS or slide.kind != "stage"]
    return [closing.cover(telling, parts), *told]


def _body(telling: Telling, kept: dict[str, Slide]) -> Iterator[Slide]:
    yield from stages.overview(telling)
    yield from stages.one_by_one(telling)
    yield from stages.curve(telling)
    yield from decisions.matrix(telling)
    yield from decisions.pareto(telling)
    yield from [kept["firmness"]] if "firmness" in kept else decisions.firmness(telling)
    yield from decisions.plan(telling)
    yield from closing.sources(telling)
    yield from closing.rules(telling)
