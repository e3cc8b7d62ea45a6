"""Names that mean the same thing: labels of answers given their place, touchpoints that are one made one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from analysis.errors import InvalidCommand
from analysis.project import edits
from analysis.project.commands import Change, Command, Put, Remove
from analysis.project.evidence import unpack
from analysis.project.figures import score_id
from analysis.project.importing.names import Names, folded
from analysis.project.model import PREFIXES, Placement, new_id, plain
from analysis.project.project import Project

#: facts of a touchpoint that a merged one may fill in
_FACTS = ("code", "family", "channel", "online", "direct", "team", "owner", "staff", "time", "phase", "description", "moment_of_truth")
_SCORE = ("value", "low", "high", "n", "sd", "text", "source", "author", "at")


@dataclass(frozen=True)
class OpenLabel:
    """A name in the answers that is nobody's: ``kind`` touchpoint or stage, the number of answers under it."""

    kind: str
    label: str
    answers: int


def open_labels(project: Project) -> list[OpenLabel]:
    """Names of touchpoints and stages in the answers that the map does not know, the most used first.

    >>> open_labels(Project.new("Shop"))
    []
    """
    found: dict[tuple[str, str], int] = {}
    for _, block in project.evidence_in_order():
        own = None
        for kind, links in (("touchpoint", block.touchpoints), ("stage", block.stages)):
            for label, target in links.items():
                if target is None or target not in project.table(kind):
                    own = unpack(project.blob(block.blob)) if own is None else own
                    mine = own[(own[f"{kind}_label"] == label) & (own["measure"] != "converted")]
                    count = len(mine[["row", "respondent"]].drop_duplicates())  # somebody's score and comment in a row are one answer
                    found[kind, label] = found.get((kind, label), 0) + count
    return sorted((OpenLabel(kind, label, n) for (kind, label), n in found.items()), key=lambda one: (-one.answers, one.label))


def assign_labels(project: Project, kind: str, labels: Iterable[str], target: str) -> list[Command]:
    """Say that these names mean one touchpoint or stage, in every block of answers that uses them.

    Raises
    ------
    InvalidCommand : ``target`` is not in the project (code ``gone``).
    """
    if target not in project.table(kind):
        raise InvalidCommand("gone")
    return _links(project, kind, set(labels), target)


def _links(project: Project, kind: str, labels: set[str], target: str) -> list[Command]:
    commands: list[Command] = []
    for id, block in project.evidence_in_order():
        known: Mapping[str, str | None] = getattr(block, f"{kind}s")
        free = [label for label in known if label in labels and (known[label] is None or known[label] not in project.table(kind))]
        if free:
            commands.append(Change("evidence", id, {f"{kind}s.{label}": target for label in free}))
    return commands


def create_from_labels(project: Project, kind: str, labels: Iterable[str], *, name: str = "", stage: str | None = None) -> list[Command]:
    """Make a touchpoint (in ``stage``, or unassigned) or a stage of these names, and give it their answers.

    ``name`` is the first of the names unless said otherwise.
    """
    wanted = list(labels)
    journey = project.first_journey
    name = name.strip() or wanted[0]
    if kind == "stage":
        made = edits.add_stage(project, journey, name)
        return [*made, *_links(project, kind, set(wanted), made[0].id)]
    id = new_id(PREFIXES["touchpoint"])
    order = max((p.order for _, p in project.placements_of(journey) if p.stage == stage), default=-1.0) + 1.0
    place = {"journey": journey, "touchpoint": id, "stage": stage, "order": order}
    return [Put("touchpoint", id, {"name": name}), Put("placement", new_id(PREFIXES["placement"]), place),
            *_links(project, kind, set(wanted), id)]  # fmt: skip


def look_alikes(project: Project) -> list[tuple[str, str]]:
    """Pairs of touchpoints whose names could mean the same thing: (id, id), each pair once."""
    touchpoints = project.table("touchpoint")
    pairs = []
    names = Names()
    by_fold: dict[str, str] = {}
    for id, touchpoint in touchpoints.items():
        same = by_fold.get(folded(touchpoint.name)) or names.find(touchpoint.name)
        if same:
            pairs.append((same, id))
        by_fold.setdefault(folded(touchpoint.name), id)
        names.add(id, touchpoint.name)
    return pairs


def merge_touchpoints(project: Project, keep: str, others: Iterable[str]) -> list[Command]:
    """Make one touchpoint of several: answers, cards, actions, places and figures of the others become those of ``keep``.

    Where both have a figure or a fact, that of ``keep`` stands. The names of the others are remembered, so that a later import
    of the same sheet does not bring them back.

    Raises
    ------
    InvalidCommand : a touchpoint is not in the project (``gone``), or there is nothing to merge (``invalid``).

    Examples
    --------
    >>> project = project.apply(merge_touchpoints(project, "t_1", ["t_2"]))  # doctest: +SKIP
    """
    gone = [id for id in dict.fromkeys(others) if id != keep]
    touchpoints = project.table("touchpoint")
    if not gone:
        raise InvalidCommand("invalid")
    if any(id not in touchpoints for id in [keep, *gone]):
        raise InvalidCommand("gone")
    return [
        *_facts(touchpoints, keep, gone), *_evidence(project, keep, gone), *_pointing(project, keep, gone),
        *_scores(project, keep, gone), *_places(project, keep, gone), *(Remove("touchpoint", id) for id in gone),
    ]  # fmt: skip


def _facts(touchpoints: Mapping[str, Any], keep: str, gone: list[str]) -> list[Command]:
    known = touchpoints[keep]
    names = [name for id in gone for name in (touchpoints[id].name, touchpoints[id].code, *touchpoints[id].aliases) if name]
    values: dict[str, Any] = {"aliases": list(dict.fromkeys([*known.aliases, *names]))}
    for field in _FACTS:
        if getattr(known, field) in ("", None):
            told = [getattr(touchpoints[id], field) for id in gone]
            values |= next(({field: value} for value in told if value not in ("", None)), {})
    for id in reversed(gone):
        values |= {f"extra.{header}": text for header, text in touchpoints[id].extra.items() if header not in known.extra}
    return [Change("touchpoint", keep, values)]


def _evidence(project: Project, keep: str, gone: list[str]) -> list[Command]:
    commands: list[Command] = []
    for id, block in project.evidence_in_order():
        moved = {f"touchpoints.{label}": keep for label, target in block.touchpoints.items() if target in gone}
        if moved:
            commands.append(Change("evidence", id, moved))
    return commands


def _pointing(project: Project, keep: str, gone: list[str]) -> list[Command]:
    return [
        Change(kind, id, {"touchpoint": keep})
        for kind in ("card", "action")
        for id, entity in project.table(kind).items()
        if entity.touchpoint in gone
    ]


def _scores(project: Project, keep: str, gone: list[str]) -> list[Command]:
    scores = project.table("score")
    commands: dict[str, Command] = {}
    for place in gone:
        for score in scores.values():
            id = score_id(keep, score.criterion, score.layer)
            if score.target == place and id not in scores and id not in commands:
                values = {name: plain(getattr(score, name)) for name in _SCORE}
                commands[id] = Put("score", id, {"target": keep, "criterion": score.criterion, "layer": score.layer} | values)
    return list(commands.values())


def _places(project: Project, keep: str, gone: list[str]) -> list[Command]:
    """In a journey where only the others stood, the kept one takes the place of the first; an unassigned one takes their stage."""
    placed: dict[str, tuple[str, Placement]] = {p.journey: (id, p) for id, p in project.table("placement").items() if p.touchpoint == keep}
    commands: list[Command] = []
    for place in (p for p in project.table("placement").values() if p.touchpoint in gone):
        if place.journey not in placed:
            id = new_id(PREFIXES["placement"])
            values = {"journey": place.journey, "touchpoint": keep, "stage": place.stage, "order": place.order}
            commands.append(Put("placement", id, values))
            placed[place.journey] = (id, place)
        elif placed[place.journey][1].stage is None and place.stage is not None:
            id = placed[place.journey][0]
            commands.append(Change("placement", id, {"stage": place.stage, "order": place.order}))
            placed[place.journey] = (id, place)
    return commands
