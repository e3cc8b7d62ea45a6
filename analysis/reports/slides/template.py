"""The client's own PowerPoint file: checked, and kept without its slides, which nobody meant to give away."""

from __future__ import annotations

import io
import re
from typing import Any

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE

from analysis.errors import CannotExport
from analysis.project.blobs import is_template, key_of

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
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


def light(presentation: Any) -> bool:
    """Whether dark ink can be read on the slides: the master's ground is white or nearly so, or the theme's light one."""
    master = presentation.slide_master.element
    ground = master.find(f"{{{_P}}}cSld/{{{_P}}}bg")
    grounds = [ground, *(layout.element.find(f"{{{_P}}}cSld/{{{_P}}}bg") for layout in presentation.slide_layouts)]
    return all(_pale(one, presentation) for one in grounds if one is not None)


def _pale(ground: Any, presentation: Any) -> bool:
    """Whether a ground is a plain colour that is pale; a picture or a gradient is not known to be."""
    plain = ground.find(f"{{{_P}}}bgPr/{{{_A}}}solidFill")
    found = ground.find(f"{{{_P}}}bgRef") if plain is None else plain
    colour = None if found is None or not len(found) else found[0]
    if colour is None or (plain is None and int(found.get("idx", "0")) % 1000 > 1):
        return False
    if colour.tag == f"{{{_A}}}srgbClr":
        return _bright(colour.get("val"))
    name = colour.get("val", "")
    mapped = presentation.slide_master.element.find(f"{{{_P}}}clrMap")
    return _bright(_theme_colour(presentation, mapped.get(name, name) if mapped is not None else name))


def _bright(colour: str | None) -> bool:
    if not colour or not re.fullmatch("[0-9A-Fa-f]{6}", colour):
        return False
    red, green, blue = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    return 0.299 * red + 0.587 * green + 0.114 * blue >= 225


def _theme_colour(presentation: Any, name: str) -> str | None:
    """A colour of the theme, ``lt1`` or the like, as six hexadecimal digits."""
    theme = presentation.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME).blob.decode("utf-8", "replace")
    found = re.search(rf"<a:{re.escape(name)}>\s*<a:(?:srgbClr val|sysClr [^>]*lastClr)=\"([0-9A-Fa-f]{{6}})\"", theme)
    return found[1] if found else None
