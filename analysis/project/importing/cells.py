"""Two blocks of answers compared cell by cell, as whole columns: a cell is a number, texts are read only where they differ."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Hashes = npt.NDArray[np.uint64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

#: what is known of a person beside the answers; columns named ``attr:…`` join them
_FACTS = ("date", "stage_label", "persona", "side")
_ODD, _OTHER = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD6E8FEB86659FD93)


@dataclass(frozen=True)
class Cells:
    """What a block says: one entry a cell. ``names[name]`` is ``(column or measure, label, occurrence)`` or ``(fact,)``.

    ``told`` is a hash of the cell's value, ``line`` the line of the block that it stands in.
    """

    frame: pd.DataFrame
    people: pd.Index
    names: list[tuple[Any, ...]]
    person: Ints
    name: Ints
    told: Hashes
    line: Ints

    @cached_property
    def columns(self) -> dict[str, Any]:
        """The columns of the block, to read single cells of."""
        return {str(name): self.frame[name].array for name in self.frame}

    def value(self, entry: int) -> Any:
        """The value of a cell, as it is shown."""
        name, line = self.names[self.name[entry]], int(self.line[entry])
        if len(name) == 1:
            return self.columns[name[0]][line]
        number = self.columns["value"][line]
        return self.columns["text"][line] if pd.isna(number) else number

    def field(self, entry: int) -> str:
        """What a cell is called when no column of a sheet stands for it."""
        return str(self.names[self.name[entry]][0]).removeprefix("attr:").removesuffix("_label")


def cells_of(frame: pd.DataFrame) -> Cells:
    """The cells of a block."""
    person, people = pd.factorize(frame["respondent"])
    question, labels = _questions(frame)
    times = _times(person.astype(np.int64) * len(labels) + question)
    names: list[tuple[Any, ...]] = [(*label, n) for n in range(int(times.max(initial=0)) + 1) for label in labels]
    parts = [(person, question + len(labels) * times, _answers(frame), np.arange(len(frame)))]
    first = np.flatnonzero(~pd.Series(person).duplicated().to_numpy())
    facts = [name for name in frame.columns if name in _FACTS or str(name).startswith("attr:")]
    for fact in facts:
        told = frame[fact].iloc[first].notna().to_numpy(dtype=bool)
        lines = first[told]
        if len(lines):
            parts.append((person[lines], np.full(len(lines), len(names)), _hashed(frame[fact].iloc[lines]), lines))
            names.append((str(fact),))
    who, what, told_, line = (np.concatenate(part) for part in zip(*parts, strict=True))
    return Cells(frame, pd.Index(people), names, who.astype(np.int64), what.astype(np.int64), told_, line)


def _questions(frame: pd.DataFrame) -> tuple[Ints, list[tuple[str, str]]]:
    """The number of each line's question, and what each question is: a measure and a touchpoint."""
    measure, measures = pd.factorize(frame["measure"].fillna(""))
    touchpoint, touchpoints = pd.factorize(frame["touchpoint_label"].fillna(""))
    question, pairs = pd.factorize(measure.astype(np.int64) * len(touchpoints) + touchpoint)
    names, places = list(map(str, measures)), list(map(str, touchpoints))
    return question, [(names[pair // len(places)], places[pair % len(places)]) for pair in map(int, pairs)]


def _times(key: Ints) -> Ints:
    """Which occurrence of a question for a person an answer is; nearly always the first."""
    if not pd.Series(key).duplicated().any():
        return np.zeros(len(key), dtype=np.int64)
    return np.asarray(pd.Series(key).groupby(key).cumcount(), dtype=np.int64)


def _answers(frame: pd.DataFrame) -> Hashes:
    values = frame["value"].to_numpy(dtype=np.float64, na_value=np.nan)
    numbers = np.asarray(pd.util.hash_array(values), dtype=np.uint64)
    return np.where(np.isnan(values), _hashed(frame["text"]), numbers)


def _hashed(values: pd.Series) -> Hashes:
    if values.dtype.kind == "M":
        return np.asarray(pd.util.hash_array(values.to_numpy().astype("datetime64[us]").view(np.int64)), dtype=np.uint64)
    codes, texts = pd.factorize(values)
    hashed = np.asarray(pd.util.hash_array(np.array([*map(str, texts), ""], dtype=object), categorize=False), dtype=np.uint64)
    return hashed[codes]


def aligned(old: Cells, new: Cells) -> tuple[Ints, Ints, int]:
    """For the entries of each, the number of their name; the same name has the same number in both."""
    numbers = {name: number for number, name in enumerate(old.names)}
    places = [numbers.setdefault(name, len(numbers)) for name in new.names]
    return old.name, np.array(places, dtype=np.int64)[new.name], len(numbers)


@dataclass(frozen=True)
class Difference:
    """Entries of the new cells that differ (with their old entry, or -1 where the cell was empty), and of the old that are gone."""

    changed: Ints
    before: Ints
    lost: Ints


def difference(old: Cells, new: Cells, pairs: Ints) -> Difference:
    """What the people of both say differently.

    Parameters
    ----------
    pairs : for each person of ``new``, the place of the same person in ``old``; -1 for somebody new.
    """
    old_name, new_name, count = aligned(old, new)
    keys = pd.Index(old.person * count + old_name)
    known = pairs[new.person] >= 0
    found = np.where(known, keys.get_indexer(pd.Index(pairs[new.person] * count + new_name)), -1)
    same = (found >= 0) & (old.told[np.maximum(found, 0)] == new.told)
    changed = np.flatnonzero(known & ~same)
    met = np.zeros(len(old.person), dtype=bool)
    met[found[found >= 0]] = True
    there = np.zeros(len(old.people) + 1, dtype=bool)
    there[pairs] = True  # -1 marks the last, which is nobody
    return Difference(changed, found[changed], np.flatnonzero(~met & there[:-1][old.person]))


# --- who is who, without ids ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Matched:
    """For each person of the new block: the same person in the old one (-1: nobody), and whom it may be (-1) when that is not certain."""

    sure: Ints
    maybe: Ints


def matched(old: Cells, new: Cells, pairs: Ints, *, telling: float, overlap: float) -> Matched:
    """Look for the people that are left over on both sides among each other, by date and by all cells but one.

    Parameters
    ----------
    pairs : what is known already, as in :func:`difference`.
    telling : share of rows that must be told apart by what two rows have in common, for these to be one person's.
    overlap : share of the old people that must be known already, for a doubt to be worth a question.
    """
    old_name, new_name, count = aligned(old, new)
    both = np.intersect1d(old_name, new_name)  # a column that came or went says nothing of who is who
    sums = [_sums(cells, name, both) for cells, name in ((old, old_name), (new, new_name))]
    sure, maybe = pairs.copy(), np.full(len(pairs), -1, dtype=np.int64)
    _pair(sums[0][1], sums[1][1], sure)  # the same content to the letter
    date = next((n for n, name in enumerate(old.names) if name == ("date",)), -1)
    keys = [_terms(cells, name, date, sums[place][0]) for place, (cells, name) in enumerate(((old, old_name), (new, new_name)))]
    if date >= 0 and _unique(keys[0]) >= telling and _unique(keys[1]) >= telling:
        _pair(keys[0], keys[1], sure, only_single=True)
    same_file = (sure >= 0).sum() >= overlap * max(len(old.people), 1)
    for name in (n for n in range(count) if n != date and n in both):
        left = [sums[0][1] - _terms(old, old_name, name, sums[0][0]), sums[1][1] - _terms(new, new_name, name, sums[1][0])]
        if _unique(left[0]) >= telling:
            _pair(left[0], left[1], sure, only_single=True)
        elif same_file:
            _pair(left[0], left[1], maybe, taken=sure)
    maybe[sure >= 0] = -1
    return Matched(sure, maybe)


def _mixed(cells: Cells, name: Ints) -> Hashes:
    mixed = (cells.told ^ ((name.astype(np.uint64) + np.uint64(1)) * _OTHER)) * _ODD
    return np.asarray(mixed ^ (mixed >> np.uint64(29)), dtype=np.uint64) * _OTHER


def _sums(cells: Cells, name: Ints, used: Ints) -> tuple[Hashes, Hashes]:
    """Each cell as a number that depends on its name and value, and their sum for each person: equal for equal content."""
    mixed = np.where(np.isin(name, used), _mixed(cells, name), np.uint64(0))
    total = np.zeros(len(cells.people), dtype=np.uint64)
    np.add.at(total, cells.person, mixed)
    return mixed, total


def _terms(cells: Cells, names: Ints, name: int, mixed: Hashes) -> Hashes:
    """What one name adds to the sum of each person; 0 for those who say nothing there."""
    own = names == name
    terms = np.zeros(len(cells.people), dtype=np.uint64)
    terms[cells.person[own]] = mixed[own]
    return terms


def _unique(keys: Hashes) -> float:
    """The share of people who have a key of their own."""
    return float((~pd.Series(keys).duplicated(keep=False)).mean()) if len(keys) else 0.0


def _pair(old: Hashes, new: Hashes, into: Ints, *, only_single: bool = False, taken: Ints | None = None) -> None:
    """Write into ``into`` who of the old people each free new one is: the first with the same key, the second with the second…"""
    used = np.zeros(len(old), dtype=bool)
    for known in (into, into if taken is None else taken):
        used[known[known >= 0]] = True
    free_new = np.flatnonzero((into < 0) & (True if taken is None else taken < 0))
    free_old = np.flatnonzero(~used)
    if not len(free_new) or not len(free_old):
        return
    left = pd.DataFrame({"key": new[free_new], "new": free_new})
    right = pd.DataFrame({"key": old[free_old], "old": free_old})
    left["n"], right["n"] = left.groupby("key").cumcount(), right.groupby("key").cumcount()
    if only_single:
        left, right = (side[~side["key"].duplicated(keep=False)] for side in (left, right))
    found = left.merge(right, on=["key", "n"])
    into[found["new"].to_numpy()] = found["old"].to_numpy()
