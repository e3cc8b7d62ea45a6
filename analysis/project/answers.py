"""Blocks of answers as numbers: labels, people and measures coded once a block, so that an edit never reads texts again.

A block never changes (its key is the hash of its content), so what is worked out of it alone is kept for all projects; the rows of it
that a filter leaves take their numbers from it.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.project.evidence import FELT, felt
from analysis.project.model import Evidence

if TYPE_CHECKING:
    from analysis.project.project import Project

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Column = TypeVar("Column")

#: blocks kept ready in memory
READY = 24


@dataclass(frozen=True)
class Codes:
    """A column of texts: ``codes`` (−1: missing) point into ``labels``."""

    codes: Ints
    labels: list[str]

    @classmethod
    def of(cls, column: pd.Series) -> Codes:
        codes, labels = pd.factorize(column)
        return cls(codes.astype(np.int64), [str(label) for label in labels])

    def __getitem__(self, rows: Flags) -> Codes:
        """Some of the rows; labels stay, also those that no row has any more."""
        return Codes(self.codes[rows], self.labels)

    def pointed(self, links: Mapping[str, str | None], places: Mapping[str, int]) -> Ints:
        """Where each row's label leads: the place of the id that it is linked to, −1 where there is none."""
        table = [places.get(links.get(label) or "", -1) for label in self.labels]
        return np.array([*table, -1], dtype=np.int64)[self.codes]


def texts(codes: Ints, names: list[str | None]) -> pd.Series:
    """A column of texts from places in a list; −1 is missing."""
    return pd.Series(pd.array([*names, None], dtype="string").take(codes))


def _kept(make: Callable[[Answers], Column]) -> cached_property[Column]:
    """Worked out when first asked for; of some rows of a block, taken from what the block has worked out."""

    def found(answers: Answers) -> Column:
        if answers.cut is None:
            return make(answers)
        block, rows = answers.cut
        column: Any = getattr(block, make.__name__)[rows]
        return cast(Column, column.reset_index(drop=True) if isinstance(column, pd.DataFrame | pd.Series) else column)

    return cached_property(found)


class Answers:
    """One block, or ``cut``: some rows of one. Its ``frame`` and, worked out when first asked for, its columns as numbers."""

    def __init__(self, frame: pd.DataFrame | None = None, *, cut: tuple[Answers, Flags] | None = None) -> None:
        self._frame, self.cut = frame, cut

    @_kept
    def frame(self) -> pd.DataFrame:
        assert self._frame is not None
        return self._frame

    @_kept
    def touchpoint(self) -> Codes:
        return Codes.of(self.frame["touchpoint_label"])

    @_kept
    def stage(self) -> Codes:
        return Codes.of(self.frame["stage_label"])

    @_kept
    def respondent(self) -> Codes:
        return Codes.of(self.frame["respondent"])

    @_kept
    def emotion(self) -> pd.Series:
        """On −2 … 2; NA for what says nothing about how somebody felt."""
        return felt(self.frame)

    @_kept
    def feeling(self) -> Floats:
        return self.emotion.to_numpy(dtype=float, na_value=np.nan)

    @_kept
    def tens(self) -> Floats:
        """Importance on 1 … 10; NaN elsewhere, and for a value outside its scale."""
        rows = self.frame
        width = (rows["high"] - rows["low"]).where(lambda w: w != 0)
        found = 1 + 9 * (rows["value"] - rows["low"]) / width
        found = found.where(found.between(1, 10) & (rows["measure"] == "importance"))
        return found.to_numpy(dtype=float, na_value=np.nan)

    @_kept
    def customer(self) -> Flags:
        return (self.frame["side"] == "customer").to_numpy(dtype=bool, na_value=False)

    @_kept
    def measure(self) -> Codes:
        return Codes.of(self.frame["measure"])

    def measured_as(self, *measures: str) -> Flags:
        wanted = np.array([*(label in measures for label in self.measure.labels), False])
        return wanted[self.measure.codes]

    @_kept
    def felt(self) -> Flags:
        """Customers' answers that say how they felt."""
        return self.customer & self.measured_as(*FELT) & ~np.isnan(self.feeling)

    @_kept
    def wrote(self) -> Flags:
        """Comments, with words in them."""
        return self.measured_as("comment") & self.frame["text"].notna().to_numpy(dtype=bool)

    @_kept
    def staff(self) -> Flags:
        return (self.frame["side"] == "staff").to_numpy(dtype=bool, na_value=False)

    @_kept
    def staff_satisfied(self) -> Flags:
        """What staff think that customers are satisfied with (D8)."""
        return self.staff & self.measured_as("satisfaction") & ~np.isnan(self.feeling)


_ready: OrderedDict[str, Answers] = OrderedDict()
_lock = threading.Lock()


def answers_of(project: Project, key: str) -> Answers:
    """The block of this key."""
    with _lock:
        if key in _ready:
            _ready.move_to_end(key)
            return _ready[key]
    found = _cut(project, key) if key in project.cuts else Answers(project.block(key))
    with _lock:
        _ready[key] = found
        while len(_ready) > READY:
            _ready.popitem(last=False)
    return found


def _cut(project: Project, key: str) -> Answers:
    whole, rows = project.cuts[key]
    return Answers(cut=(answers_of(project, whole), rows))


@dataclass(frozen=True)
class Placed:
    """An evidence of a project: its answers, and where each of them leads (−1: nowhere)."""

    id: str
    meta: Evidence
    answers: Answers
    touchpoint: Ints
    stage: Ints


def placed_answers(
    project: Project, evidence: Iterable[tuple[str, Evidence]], places: Mapping[str, Mapping[str, int]], home: Mapping[str, str]
) -> list[Placed]:
    """Evidence, each with where its answers lead. ``places``: kind → id → its number; ``home``: touchpoint → stage."""
    at_home = np.array([*(places["stage"].get(home.get(id, ""), -1) for id in places["touchpoint"]), -1], dtype=np.int64)
    found = []
    for id, meta in evidence:
        answers = answers_of(project, meta.blob)
        touchpoint = answers.touchpoint.pointed(meta.touchpoints, places["touchpoint"])
        stage = answers.stage.pointed(meta.stages, places["stage"])
        found.append(Placed(id, meta, answers, touchpoint, np.where(stage >= 0, stage, at_home[touchpoint])))
    return found
