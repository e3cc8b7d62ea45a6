"""Pictures of charts: PNG and SVG, made on this machine without a browser or a network."""

from __future__ import annotations

import copy
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from analysis.charts.palette import INK, PAPER, PICTURE_INK
from analysis.errors import CannotExport

_FONTS = Path(__file__).parent.parent / "fonts"
KINDS = ("png", "svg")


def image(
    chart: Any, kind: str = "png", language: str = "en", scale: float = 2, ink: str = PICTURE_INK, paper: str | None = PAPER
) -> bytes:
    """A chart as a picture.

    Parameters
    ----------
    chart : any chart of `analysis.charts`.
    kind : ``"png"`` or ``"svg"``.
    language : kept by the chart itself; used where a chart came without its language.
    scale : pixels per point of a PNG: 2 is sharp on screens and slides.
    ink, paper : colour of texts and of the ground; ``paper=None`` leaves the ground transparent.

    Returns
    -------
    The bytes of the file.

    Raises
    ------
    CannotExport : another kind of picture is asked for.
    """
    if kind not in KINDS:
        raise CannotExport(kind=kind, kinds=", ".join(KINDS))
    spec = json.dumps(_with_locale(chart.to_dict(), language)).replace(f'"{INK}"', json.dumps(ink))
    spec = json.dumps(json.loads(spec) | {"background": paper or "transparent"})
    converter = _converter()
    if kind == "svg":
        svg: str = converter.vegalite_to_svg(spec)
        return svg.encode()
    png: bytes = converter.vegalite_to_png(spec, scale=scale)
    return png


def _with_locale(spec: dict[str, Any], language: str) -> dict[str, Any]:
    from analysis.charts.finish import locale, look

    spec = copy.deepcopy(spec)
    config = spec.setdefault("config", {})
    if "locale" not in config:
        spec["config"] = look() | config | {"locale": locale(language).to_dict()}
    return spec


@lru_cache(maxsize=1)
def _converter() -> Any:
    """The converter, once, knowing the product's font."""
    import vl_convert

    vl_convert.register_font_directory(str(_FONTS))
    return vl_convert
