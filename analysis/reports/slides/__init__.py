"""The slides: ten to fourteen that a consultant would show, findings as titles, charts and tables that can be edited."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence

from analysis.errors import NotFound
from analysis.project.project import Project
from analysis.reports.content import Content
from analysis.reports.fonts import measured_in
from analysis.reports.slides import emotion, journey, matrix, opening, pareto, ranking, tables, workshops
from analysis.reports.slides.deck import Deck
from analysis.workshop.minutes import Minutes


def build(
    project: Project,
    language: str = "fr",
    *,
    template: bytes | None = None,
    today: dt.date | None = None,
    people: Mapping[str, str] | None = None,
    meetings: Sequence[Minutes] = (),
) -> bytes:
    """The project as a PowerPoint file.

    Parameters
    ----------
    meetings : minutes of workshops, for a slide of their own.
    template : a .pptx whose layouts, fonts and colours are used; its own slides are left out. By default the project's, where it has one.

    Raises
    ------
    CannotExport : the template is not a .pptx (code ``bad_template``).
    """
    content = Content(project, language, today or dt.date.today(), people or {}, meetings)
    deck = Deck.open(content, template or _own(project))
    with measured_in(deck.font or deck.theme_font):
        _fill(deck)
    out = io.BytesIO()
    deck.presentation.save(out)
    return out.getvalue()


def _own(project: Project) -> bytes | None:
    """The project's template; None without one, or where it is not at hand."""
    try:
        return project.blob(project.settings.template) if project.settings.template else None
    except NotFound:
        return None


def _fill(deck: Deck) -> None:
    opening.cover(deck)
    opening.summary(deck)
    opening.basis(deck)
    journey.maps(deck)
    emotion.slide(deck)
    tables.pains(deck)
    pareto.slide(deck)
    matrix.slide(deck)
    ranking.slide(deck)
    tables.plan(deck)
    tables.roles(deck)
    workshops.slide(deck)
    tables.rules(deck)
