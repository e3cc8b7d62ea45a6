"""What is hung on a wall or handed out: the map as a picture on A3, an empty canvas, paper ballots for a room without screens.

Set by typst; texts of users go to it as JSON, never as markup.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from analysis.charts.palette import EMOTION, LANES, MUTED, PICTURE_INK, face
from analysis.errors import CannotExport
from analysis.language import N_, Translator, translator
from analysis.project.filter_words import filter_line
from analysis.project.project import Project
from analysis.project.views import emotion_faces, emotion_levels, lane_name, lanes_of
from analysis.reports.document.blocks import legible
from analysis.reports.typeset import typeset

_HERE = Path(__file__).parent
KINDS = ("png", "svg", "pdf")
#: pixels across the long side of an A3 sheet at 300 dots an inch, and the most that a picture may hold
_A3, _MOST_PIXELS = 4961, 90e6
#: nothing is cut on paper: as many cards and lines as there are
_EVERYTHING = 10_000


def map_picture(project: Project, journey: str | None = None, kind: str = "png", language: str = "fr") -> bytes:
    """The whole map as a picture, every card of every shown lane in full.

    Parameters
    ----------
    journey : id of the journey; by default the first as-is one.
    kind : ``"png"`` (sharp on A3: 300 dots an inch unless the map is too large for that), ``"svg"``, or ``"pdf"`` (one A3 sheet,
        upright or turned, drawn as vectors).

    Raises
    ------
    CannotExport : another kind of picture.
    """
    if kind not in KINDS:
        raise CannotExport(kind=kind, kinds=", ".join(KINDS))
    from analysis.charts import image
    from analysis.charts import journey as drawn
    from analysis.charts.journey import sheet_width

    width = sheet_width(project, journey, language)
    chart = drawn(project, journey, language, width=width, most=_EVERYTHING, lines=_EVERYTHING, title=_title(project, journey, language))
    if kind == "png":
        width, height = _size(chart)
        scale = min(max(2.0, _A3 / max(width, height)), (_MOST_PIXELS / (width * height)) ** 0.5)
        return image(chart, "png", language, scale=scale)
    svg = image(chart, "svg", language)
    if kind == "svg":
        return svg
    width, height = _size(chart)
    title = _title(project, journey, language)
    return _set(
        "picture.typ", {"svg": svg.decode(), "turned": width >= height, "title": title, "alt": str(chart.description or title)}, language
    )


def _size(chart: Any) -> tuple[float, float]:
    spec = chart.to_dict(validate=False)
    return float(spec["width"]), float(spec["height"]) + 80  # the title and the rule stand above


def canvas(project: Project, journey: str | None = None, language: str = "fr") -> bytes:
    """An empty map to be filled by hand: the stages and lanes of a journey as a grid on A3, with the axis of emotion. A PDF."""
    journey, t = journey or project.first_journey, translator(language)
    lanes = [lane for _, lane in lanes_of(project, journey) if not lane.collapsed]
    data = {
        "title": _title(project, journey), "subtitle": t("To be filled together, with pens and sticky notes"), "emotion": t("Emotion"),
        "stages": [{"name": legible(stage.name), "goal": legible(stage.goal)} for _, stage in project.stages_of(journey)],
        "lanes": [{"name": legible(lane_name(lane.type, lane.name, language)), "colour": _colour(lane.type)} for lane in lanes],
        "levels": _levels(project, language), "persona": t("Persona:"), "date": t("Date:"), "room": t("With:"),
    }  # fmt: skip
    return _set("canvas.typ", data, language)


def ballots(project: Project, journey: str | None = None, language: str = "fr") -> bytes:
    """Paper ballots for a room without screens: an emotion per stage, then impact and effort per touchpoint. A PDF of A4 pages."""
    journey, t = journey or project.first_journey, translator(language)
    stages = project.stages_of(journey)
    data = {
        "title": _title(project, journey), "levels": _levels(project, language), "dont_know": t("Don’t know"),
        "stages": [legible(stage.name) for _, stage in stages],
        "groups": [group for group in _groups(project, journey, t) if group["names"]],
        **{name: t(text) for name, text in _BALLOT.items()},
    }  # fmt: skip
    return _set("ballots.typ", data, language)


_BALLOT = {
    "feel": N_("How do you feel at each stage?"),
    "feel_how": N_("Tick one face a line. Leave out what does not concern you."),
    "score": N_("What matters, and what would it take?"),
    "score_how": N_(
        "Circle a number from 1 (low) to 10 (high). "
        "Impact: how much it would change for customers. Effort: the work it takes."
    ),
    "impact": N_("Impact"), "effort": N_("Effort"), "touchpoint": N_("Touchpoint"), "stage": N_("Stage"),
    "ideas": N_("A pain point or an idea:"), "ballot": N_("Ballot no."),
}  # fmt: skip


def _groups(project: Project, journey: str, t: Translator) -> list[dict[str, Any]]:
    """Touchpoints by stage, those without one last."""
    stages: list[tuple[str | None, str]] = [*((id, stage.name) for id, stage in project.stages_of(journey)), (None, t("Unassigned"))]
    names = {id: legible(touchpoint.name) for id, touchpoint in project.table("touchpoint").items()}
    placed = [place for _, place in project.placements_of(journey)]
    return [{"stage": legible(name), "names": [names[p.touchpoint] for p in placed if p.stage == id]} for id, name in stages]


def _levels(project: Project, language: str) -> list[dict[str, str]]:
    """The five levels, the best first, each with its face."""
    names, faces = emotion_levels(project, language), emotion_faces(project)
    return [
        {"name": legible(names[step]), "face": _face(step, faces[step]), "value": f"{step - 2:+d}".replace("-", "−").replace("+0", "0")}
        for step in (4, 3, 2, 1, 0)
    ]


def _face(step: int, chosen: str = "") -> str:
    """The face of a level as an SVG picture; drawn, since no font has the same everywhere."""
    shape = f'<path d="{face(step, chosen)}" fill="none" stroke="{EMOTION[step]}" stroke-width="0.14" stroke-linecap="round"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1.1 -1.1 2.2 2.2">{shape}</svg>'


def _colour(type: str) -> str:
    return LANES.get("touchpoint" if type == "touchpoints" else type, MUTED)


def _title(project: Project, journey: str | None, language: str = "") -> str:
    """What the sheet is of; with a ``language`` also its filter, which an empty canvas has no need of."""
    title = project.table("journey")[journey or project.first_journey].title
    filtered = filter_line(project, language) if language else ""
    return legible(" · ".join(part for part in (project.name, title, filtered) if part))


def _set(template: str, data: dict[str, Any], language: str) -> bytes:
    told = data | {"language": translator(language).language, "ink": PICTURE_INK}
    return typeset(_HERE / template, told)


__all__ = ["KINDS", "ballots", "canvas", "map_picture"]
