"""The PDF report: the same findings for reading, A4, tagged, with contents, page numbers, bookmarks and vector charts.

Set by typst. Users' texts go to it as JSON, never as markup.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis.errors import NotFound
from analysis.language import date
from analysis.project.blobs import is_picture
from analysis.project.project import Project
from analysis.reports.content import Content
from analysis.reports.document.blocks import legible, settled
from analysis.reports.document.parts import parts_of
from analysis.reports.palette import brand, tint
from analysis.reports.typeset import typeset
from analysis.workshop.minutes import Minutes

TEMPLATE = Path(__file__).with_name("report.typ")


def build(
    project: Project,
    language: str = "fr",
    *,
    today: dt.date | None = None,
    people: Mapping[str, str] | None = None,
    meetings: Sequence[Minutes] = (),
) -> bytes:
    """The project as a PDF, in ``"fr"`` or ``"en"``, with the ``meetings`` (minutes of workshops); see :func:`analysis.reports.export`."""
    content = Content(project, language, today or dt.date.today(), people or {}, meetings)
    day = dt.datetime.combine(content.today, dt.time(), dt.UTC)
    return typeset(TEMPLATE, _data(content), timestamp=int(day.timestamp()))


def _data(content: Content) -> dict[str, Any]:
    t, settings, colour = content.t, content.project.settings, brand(content.project.settings.colour)
    return {
        "title": legible(settings.name), "client": legible(settings.client), "language": content.language,
        "subtitle": t("Customer journey: map, priorities and action plan"), "contents": t("Contents"),
        "filtered": legible(content.filtered),
        "day_told": date(content.today, content.language, "long"),
        "year": content.today.year, "month": content.today.month, "day": content.today.day,
        "fonts": [*([content.font] if content.font else []), "Figtree"],
        "colour": colour, "light": tint(colour, 0.12), "logo": _logo(content.project), "parts": settled(parts_of(content)),
    }  # fmt: skip


def _logo(project: Project) -> list[int] | None:
    """The bytes of the client's logo; a file that is no picture is left out."""
    try:
        data = project.blob(project.settings.logo) if project.settings.logo else b""
    except NotFound:
        return None
    return list(data) if is_picture(data) else None
