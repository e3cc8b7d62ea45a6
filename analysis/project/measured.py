"""What the answers say, per touchpoint and stage. Worked out again only when answers, their links or places have changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.project.answers import Flags, Floats, Ints, Placed, placed_answers
from analysis.project.figures import VOTES, Figure, optional

if TYPE_CHECKING:
    from analysis.project.project import Project

Found = dict[tuple[str, str], Figure]


def measured_figures(project: Project) -> Found:
    """(target id, criterion) → the figure measured from answers: satisfaction, emotion and importance of touchpoints, emotion of stages.

    Votes are left out: they stand in a layer of their own, with their provenance.
    """
    evidence = project.evidence_in_order()
    if not evidence:
        return {}
    links = tuple((id, meta.blob, meta.source or meta.title, tuple(meta.touchpoints.items())) for id, meta in evidence)
    stages = tuple(tuple(meta.stages.items()) for _, meta in evidence)
    home = project.stage_of_touchpoint
    places = {kind: {id: place for place, id in enumerate(project.table(kind))} for kind in ("touchpoint", "stage")}
    ids = {kind: tuple(found) for kind, found in places.items()}

    def placed() -> list[Placed]:
        return [one for one in placed_answers(project, places, home) if (one.meta.source or one.meta.title) != VOTES]

    key = (links, ids["touchpoint"])
    of_touchpoints = project.remembered("measured touchpoints", key, lambda: _of_touchpoints(placed(), ids["touchpoint"]))
    key_of_stages = (links, stages, tuple(home.items()), ids)
    of_stages = project.remembered("measured stages", key_of_stages, lambda: _of_stages(placed(), ids["stage"]))
    return {**of_touchpoints, **of_stages}


def _of_touchpoints(placed: list[Placed], ids: tuple[str, ...]) -> Found:
    found: Found = {}
    for criterion in ("satisfaction", "emotion"):
        rows = [one.answers.felt & one.answers.measured_as(criterion) & (one.touchpoint >= 0) for one in placed]
        found |= _curve(placed, rows, [one.touchpoint for one in placed], ids, criterion)
    return found | dict(_importance(placed, ids))


def _of_stages(placed: list[Placed], ids: tuple[str, ...]) -> Found:
    rows = [one.answers.felt & (one.stage >= 0) for one in placed]
    return _curve(placed, rows, [one.stage for one in placed], ids, "emotion")


def _curve(placed: list[Placed], rows: list[Flags], where: list[Ints], ids: tuple[str, ...], criterion: str) -> Found:
    from analysis.methods import emotion_curve

    if not any(flags.any() for flags in rows):
        return {}
    people = _people(placed)
    frame = pd.DataFrame({
        "place": _joined(where, rows),
        "emotion": _joined([one.answers.feeling for one in placed], rows),
        "respondent": _joined(people, rows),
    })  # fmt: skip
    curve = emotion_curve(frame, by="place", side=None)
    return {(ids[row["place"]], criterion): _figure(row) for row in curve.to_dict("records") if row["mean"] == row["mean"]}


def _joined(parts: list[Any], rows: list[Flags]) -> Any:
    return np.concatenate([part[flags] for part, flags in zip(parts, rows, strict=True)])


def _people(placed: list[Placed]) -> list[Floats]:
    """Who gave each answer, as a number that is the same in all blocks; NaN where it is not known."""
    numbers: dict[str, int] = {}
    people = []
    for one in placed:
        table = [numbers.setdefault(label, len(numbers)) for label in one.answers.respondent.labels]
        people.append(np.array([*table, np.nan], dtype=np.float64)[one.answers.respondent.codes])
    return people


def _figure(row: dict[Any, Any]) -> Figure:
    return Figure(
        float(row["mean"]), "measured", "measured", n=int(row["n"]), sd=optional(row["sd"]), low=optional(row["low"]),
        high=optional(row["high"]), divided=bool(row["divided"]),
    )  # fmt: skip


def _importance(placed: list[Placed], ids: tuple[str, ...]) -> Iterator[tuple[tuple[str, str], Figure]]:
    rows = [one.answers.customer & ~np.isnan(one.answers.tens) & (one.touchpoint >= 0) for one in placed]
    if not any(flags.any() for flags in rows):
        return
    places, tens = [one.touchpoint for one in placed], [one.answers.tens for one in placed]
    frame = pd.DataFrame({"place": _joined(places, rows), "tens": _joined(tens, rows)})
    for place, group in frame.groupby("place")["tens"].agg(["mean", "std", "size"]).iterrows():
        figure = Figure(float(group["mean"]), "measured", "measured", n=int(group["size"]), sd=optional(group["std"]))
        yield (ids[int(str(place))], "importance"), figure
