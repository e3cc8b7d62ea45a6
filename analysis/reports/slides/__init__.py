"""The slides: ten to fourteen that a consultant would show, findings as titles, charts and tables that can be edited."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping

from analysis.project.project import Project
from analysis.reports.content import Content
from analysis.reports.slides import emotion, journey, matrix, opening, pareto, ranking, tables
from analysis.reports.slides.deck import Deck


def build(
    project: Project,
    language: str = "fr",
    *,
    template: bytes | None = None,
    today: dt.date | None = None,
    people: Mapping[str, str] | None = None,
) -> bytes:
    """The project as a PowerPoint file.

    Parameters
    ----------
    template : a .pptx whose layouts, fonts and colours are used; its own slides are left out.

    Raises
    ------
    CannotExport : the template is not a .pptx (code ``bad_template``).
    """
    content = Content(project, language, today or dt.date.today(), people or {})
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
    tables.rules(deck)
    out = io.BytesIO()
    deck.presentation.save(out)
    return out.getvalue()
