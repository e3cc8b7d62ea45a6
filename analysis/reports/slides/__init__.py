"""The slides: ten to fourteen that a consultant would show, findings as titles, charts and tables that can be edited."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence

from analysis.project.project import Project
from analysis.reports.content import Content
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
    template : a .pptx whose layouts, fonts and colours are used; its own slides are left out.

    Raises
    ------
    CannotExport : the template is not a .pptx (code ``bad_template``).
    """
    content = Content(project, language, today or dt.date.today(), people or {}, meetings)
    deck = Deck.open(content, template)
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
    workshops.slide(deck)
    tables.rules(deck)
    out = io.BytesIO()
    deck.presentation.save(out)
    return out.getvalue()
