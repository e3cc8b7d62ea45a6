"""The client's own PowerPoint file: checked, and kept without its slides, which nobody meant to give away."""

from __future__ import annotations

import io
from typing import Any

from pptx import Presentation

from analysis.errors import CannotExport
from analysis.project.blobs import is_template, key_of

#: what the smallest and the largest slide measure, in points; a deck of 14 slides fits no stamp
SMALLEST, LARGEST = (480.0, 300.0), (2000.0, 2000.0)


def opened(data: bytes) -> Any:
    """The presentation without its slides.

    Raises
    ------
    CannotExport : no .pptx, damaged, without any layout or too small to hold a slide (codes ``bad_template``, ``small_template``).
    """
    if not is_template(data):
        raise CannotExport("bad_template")
    try:
        presentation = Presentation(io.BytesIO(data))
        wide, high = presentation.slide_width.pt, presentation.slide_height.pt
        _without_slides(presentation)
        layouts = len(presentation.slide_layouts)
    except Exception as error:  # python-pptx tells damaged files in many ways
        raise CannotExport("bad_template") from error
    if not layouts:
        raise CannotExport("bad_template")
    if wide < SMALLEST[0] or high < SMALLEST[1] or wide > LARGEST[0] or high > LARGEST[1]:
        raise CannotExport("small_template")
    return presentation


def kept(data: bytes) -> tuple[str, bytes]:
    """The template as a project keeps it, with the key of its content; see `opened` for what is refused."""
    out = io.BytesIO()
    opened(data).save(out)
    return key_of(out.getvalue()), out.getvalue()


def _without_slides(presentation: Any) -> None:
    """Take the template's own slides out, their parts and the sections that name them included."""
    ids = presentation.slides._sldIdLst
    for entry in list(ids):
        presentation.part.drop_rel(entry.rId)
        ids.remove(entry)
    for extension in presentation.part._element.xpath("//*[local-name()='ext'][*[local-name()='sectionLst']]"):
        extension.getparent().remove(extension)
