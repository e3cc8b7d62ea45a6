"""The Excel workbook: cover, plan, touchpoints, ranking, matrix, Pareto, map, emotions, evidence and scores.

Every data sheet is a real table with filters; charts are Excel's own and draw from the cells beside them.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Mapping

from openpyxl import Workbook
from openpyxl.packaging.custom import IntProperty
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.writer.excel import ExcelWriter

from analysis.project.project import Project
from analysis.reports.content import Content
from analysis.reports.palette import brand
from analysis.reports.workbook import (
    caches,
    cover,
    emotion,
    evidence,
    grid,
    lists,
    matrix,
    pareto,
    plan,
    ranking,
    satisfaction,
    scores,
    touchpoints,
    verbatims,
)
from analysis.reports.workbook.cells import OFFICE_FONT, Pen
from analysis.reports.workbook.results import with_results
from analysis.reports.workbook.theme import themed

#: property of the document, and hidden name, that say which revision of the project this is, for when an edited workbook comes back
REVISION = "parcours_revision"


def build(project: Project, language: str = "fr", *, today: dt.date | None = None, people: Mapping[str, str] | None = None) -> bytes:
    """The project as a workbook, in ``"fr"`` or ``"en"``; see :func:`analysis.reports.export`."""
    content = Content(project, language, today or dt.date.today(), people or {})
    pen = Pen(_book(project, content), language, project.settings.currency, brand(project.settings.colour), content.font or OFFICE_FONT)
    front = pen.book.active
    owners = lists.owners_of(content)
    ranked = ranking.prepare(pen, content)
    listed = lists.prepare(pen, content, owners)
    plan.write(pen, content, ranked, listed)
    touchpoints.write(pen, content, ranked, listed)
    ranking.move_here(pen, ranked)
    matrix.write(pen, content)
    pareto.write(pen, content)
    grid.write(pen, content)
    emotion.write(pen, content)
    satisfaction.write(pen, content)
    evidence.write(pen, content)
    verbatims.write(pen, content)
    scores.write(pen, content)
    lists.move_here(pen, listed)
    cover.write(pen, content, front)
    caches.fill(pen.book, pen.results)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:  # compressed once, when the results stand in it
        ExcelWriter(pen.book, archive).save()
    return with_results(out.getvalue(), pen.results, pen.book.sheetnames)


def _book(project: Project, content: Content) -> Workbook:
    book = Workbook()
    book.active.title = content.t("Cover")
    book.loaded_theme = themed(brand(project.settings.colour))
    book.calculation.fullCalcOnLoad = True
    book.properties.title = project.name
    book.properties.creator = "Parcours"
    book.custom_doc_props.append(IntProperty(name=REVISION, value=project.whole.revision))
    book.defined_names[REVISION] = DefinedName(REVISION, attr_text=str(project.whole.revision), hidden=True)
    return book
