"""Deliverables: project in, bytes out. Nothing is worked out until it is asked for.

The kinds are registered in :data:`KINDS`; each maker is imported only when it is called, so that ``import analysis`` stays light.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from analysis.errors import CannotExport
from analysis.project.project import Project
from analysis.reports.everything import Cancelled as Cancelled
from analysis.reports.everything import bundle as bundle
from analysis.reports.privacy import Privacy as Privacy

#: kind → module of this package that has ``build(project, language, **options) -> bytes``
KINDS = {
    "xlsx": "workbook",
    "pptx": "slides",
    "pdf": "document",
    "ipynb": "notebook",
    "csv": "csv_file",
    "png": "png",
    "svg": "svg",
    "ics": "calendar",
}


#: the smallest chart
_SPECK = '{"mark":"point","data":{"values":[{"a":1}]},"encoding":{"x":{"field":"a","type":"quantitative"}}}'


def warm() -> None:
    """Import the makers and start what draws, so that the first file is made as fast as the others. For a thread; can be called again."""
    from analysis.studio import studio

    studio.draw(_SPECK, "svg", 1.0)
    for module in ("typst", *(f"analysis.reports.{name}" for name in KINDS.values())):
        import_module(module)


def export(project: Project, kind: str, language: str = "fr", **options: Any) -> bytes:
    """A deliverable of the project, as the bytes of a file.

    Parameters
    ----------
    project : what to tell.
    kind : one of `KINDS`.
    language : ``"fr"`` or ``"en"``.
    options : of the kind; every kind takes ``today`` (a date, for the cover) and ``people`` (author id → name).

    Raises
    ------
    CannotExport : no such kind (code ``unknown_export``), or nothing to fill it with (``nothing_to_export``).

    Examples
    --------
    >>> export(Project.new("Shop", language="en"), "xlsx", "en")[:2]
    b'PK'
    """
    if kind not in KINDS:
        raise CannotExport(kind=kind, kinds=", ".join(KINDS))
    build: Callable[..., bytes] = import_module(f"analysis.reports.{KINDS[kind]}").build
    return build(project, language, **options)
