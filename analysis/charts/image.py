"""Pictures of charts: PNG and SVG, made on this machine without a browser or a network."""

from __future__ import annotations

import copy
import json
from concurrent.futures import Future
from typing import Any

from analysis import studio
from analysis.charts.palette import INK, PAPER, PICTURE_INK
from analysis.errors import CannotExport

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
    return image_later(chart, kind, language, scale, ink, paper).result()


def image_later(
    chart: Any, kind: str = "png", language: str = "en", scale: float = 2, ink: str = PICTURE_INK, paper: str | None = PAPER
) -> Future[bytes]:
    """The same, made beside what goes on here: ask for ``.result()`` where the bytes are needed."""
    if kind not in KINDS:
        raise CannotExport(kind=kind, kinds=", ".join(KINDS))
    # checked when the chart was made; checking it again would take as long as drawing it
    spec = json.dumps(_with_locale(chart.to_dict(validate=False), language)).replace(f'"{INK}"', json.dumps(ink))
    return studio.studio.draw(json.dumps(json.loads(spec) | {"background": paper or "transparent"}), kind, scale)


def _with_locale(spec: dict[str, Any], language: str) -> dict[str, Any]:
    from analysis.charts.finish import locale, look

    spec = copy.deepcopy(spec)
    config = spec.setdefault("config", {})
    if "locale" not in config:
        spec["config"] = look() | config | {"locale": locale(language).to_dict()}
    return spec
