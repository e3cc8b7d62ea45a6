"""What the answers say, per touchpoint and stage. Worked out again only when answers, their links or places have changed."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.project.answers import Flags, Floats, Ints, Placed, placed_answers
from analysis.project.figures import VOTES, Figure, Found

if TYPE_CHECKING:
    from analysis.project.project import Project


def measured_figures(project: Project) -> Found:
    """(target id, criterion) → the figure measured from answers: satisfaction, emotion and importance of touchpoints, emotion of stages.

    Votes are left out: they stand in a layer of their own, with their provenance.
    """
    evidence = [(id, meta) for id, meta in project.evidence_in_order() if (meta.source or meta.title) != VOTES]
    if not evidence:
        return {}
    links = tuple((id, meta.blob, tuple(meta.touchpoints.items())) for id, meta in evidence)
    stage_links = tuple(tuple(meta.stages.items()) for _, meta in evidence)
    linked = dict.fromkeys(target for _, meta in evidence for target in meta.touchpoints.values() if target)
    home = {id: project.stage_of_touchpoint[id] for id in linked if id in project.stage_of_touchpoint}
    stages = dict.fromkeys([target for each in stage_links for _, target in each if target] + list(home.values()))
    ids = {"touchpoint": tuple(linked), "stage": tuple(stages)}

    def placed() -> list[Placed]:
        places = {kind: {id: place for place, id in enumerate(found)} for kind, found in ids.items()}
        return placed_answers(project, evidence, places, home)

    of_touchpoints = project.remembered("measured touchpoints", links, lambda: _of_touchpoints(placed(), ids["touchpoint"]))
    key = (links, stage_links, tuple(home.items()))
    of_stages = project.remembered("measured stages", key, lambda: _of_stages(placed(), ids["stage"]))
    return project.remembered("measured", (of_touchpoints, of_stages), lambda: {**of_touchpoints, **of_stages})


def _of_touchpoints(placed: list[Placed], ids: tuple[str, ...]) -> Found:
    found: Found = {}
    where, people = [one.touchpoint for one in placed], _people(placed)
    for criterion in ("satisfaction", "emotion"):
        rows = [one.answers.felt & one.answers.measured_as(criterion) & (one.touchpoint >= 0) for one in placed]
        found |= _curve(placed, rows, where, people, ids, criterion)
    staff = [one.answers.staff_satisfied & (one.touchpoint >= 0) for one in placed]
    found |= _curve(placed, staff, where, people, ids, "satisfaction_staff")
    found |= dict(_importance(placed, people, ids)) | dict(_importance(placed, people, ids, staff=True))
    return found | dict(_met(placed, people, ids)) | dict(_converted(placed, people, ids))


def _logged(placed: list[Placed], people: list[Floats], measure: str) -> pd.DataFrame:
    """Lines of event logs: place of the touchpoint (−1: none), person (a number), value; empty where no log says this."""
    rows = [one.answers.measured_as(measure) for one in placed]
    if not any(flags.any() for flags in rows):
        return pd.DataFrame(columns=["place", "person", "value"])
    values = [one.answers.frame["value"].to_numpy(dtype=float, na_value=0.0) for one in placed]
    places = [one.touchpoint for one in placed]
    return pd.DataFrame({"place": _joined(places, rows), "person": _joined(people, rows), "value": _joined(values, rows)})


def _met(placed: list[Placed], people: list[Floats], ids: tuple[str, ...]) -> Iterator[tuple[tuple[str, str], Figure]]:
    """Of event logs: the share of the people who met each touchpoint, with its 95 % interval (Wilson), and how often it was met."""
    from analysis.methods import wilson

    frame = _logged(placed, people, "contact")
    everybody = int(frame["person"].nunique())
    for place, group in frame[frame["place"] >= 0].groupby("place"):
        id, met = ids[int(str(place))], int(group["person"].nunique())
        low, high = wilson(met, everybody)
        yield (id, "reach"), Figure(100 * met / everybody, "measured", "measured", n=everybody, low=100 * low, high=100 * high)
        yield (id, "frequency"), Figure(float(group["value"].sum()), "measured", "measured", n=met)


def _converted(placed: list[Placed], people: list[Floats], ids: tuple[str, ...]) -> Iterator[tuple[tuple[str, str], Figure]]:
    """Of event logs: of the people who met each touchpoint, the share who reached the goal then or later (95 % interval: Wilson)."""
    from analysis.methods import wilson

    frame = _logged(placed, people, "converted")
    for place, group in frame[frame["place"] >= 0].groupby("place"):
        reached = group.groupby("person")["value"].max()  # several labels of one touchpoint: one of them is enough
        low, high = wilson(int(reached.sum()), len(reached))
        share = 100 * float(reached.mean())
        yield (ids[int(str(place))], "conversion"), Figure(share, "measured", "measured", n=len(reached), low=100 * low, high=100 * high)


def _of_stages(placed: list[Placed], ids: tuple[str, ...]) -> Found:
    rows = [one.answers.felt & (one.stage >= 0) for one in placed]
    return _curve(placed, rows, [one.stage for one in placed], _people(placed), ids, "emotion")


def _curve(
    placed: list[Placed], rows: list[Flags], where: list[Ints], people: list[Floats], ids: tuple[str, ...], criterion: str
) -> Found:
    from analysis.methods.emotion_curve import points

    if not any(flags.any() for flags in rows):
        return {}
    codes, places = pd.factorize(_joined(where, rows))
    felt = _joined([one.answers.feeling for one in placed], rows)
    found = points(codes.astype(np.int64), felt, pd.Series(_joined(people, rows)), len(places))
    columns = zip(*(found[name].tolist() for name in ("mean", "n", "sd", "low", "high", "divided")), strict=True)
    return {(ids[place], criterion): _figure(*row) for place, row in zip(places.tolist(), columns, strict=True)}


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


def _figure(mean: float, n: int, sd: float, low: float = math.nan, high: float = math.nan, divided: bool = False) -> Figure:
    sd_, low_, high_ = (None if math.isnan(value) else value for value in (sd, low, high))
    return Figure(mean, "measured", "measured", n=n, sd=sd_, low=low_, high=high_, divided=divided)


def _importance(
    placed: list[Placed], people: list[Floats], ids: tuple[str, ...], *, staff: bool = False
) -> Iterator[tuple[tuple[str, str], Figure]]:
    """Of touchpoints, on 1–10: the mean over people, each counted once, as in the heatmap and in the gap between staff and customers."""
    from analysis.methods.respondents import one_each

    rows = [(one.answers.staff if staff else one.answers.customer) & ~np.isnan(one.answers.tens) & (one.touchpoint >= 0) for one in placed]
    if not any(flags.any() for flags in rows):
        return
    places, tens = _joined([one.touchpoint for one in placed], rows), _joined([one.answers.tens for one in placed], rows)
    places, tens = one_each(places.astype(np.int64), tens, pd.Series(_joined(people, rows)))
    found = pd.Series(tens).groupby(places).agg(["mean", "size", "std"])
    for place, *row in zip(found.index.tolist(), *(found[name].tolist() for name in found.columns), strict=True):
        yield (ids[place], "importance_staff" if staff else "importance"), _figure(*row)
