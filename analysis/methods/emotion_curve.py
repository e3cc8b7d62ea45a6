"""The emotion curve: how customers feel along the journey, from evidence, with its n and its uncertainty (D2, D3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import BadScale, MissingColumns
from analysis.methods.frames import TOLERANCE, Floats, Ints, columns_of, numbers, taken
from analysis.methods.respondents import one_each, summaries
from analysis.methods.scales import EMOTION, outside

#: fewer answers than this are drawn hollow and labelled "few answers"
FEW = 5
#: measures that say nothing about how a customer feels
NOT_FELT = ("importance", "comment", "contact", "converted")


def emotion_curve(
    evidence: Any,
    by: str = "stage",
    order: Iterable[Any] | None = None,
    side: str | None = "customer",
    confidence: float = 0.95,
    assumed: Mapping[Any, float] | pd.Series | None = None,
) -> pd.DataFrame:
    """Mean emotion per stage (or touchpoint), with n, spread and an interval.

    Parameters
    ----------
    evidence : any frame, one row per answer: ``by``, ``emotion`` (−2 … +2; or ``value`` with ``low`` and ``high``, the
        ends of its scale), and, where there are any: ``respondent``, ``side``, ``measure``.
    by : column of the groups.
    order : the groups in order; those without evidence stay, with NA. Default: as they first appear.
    side : ``"customer"`` (and answers whose side is unknown), ``"staff"``, or None for both.
    confidence : of the interval, between 0 and 1.
    assumed : hand-set value per group, kept beside the measured one and shown only where nothing was measured.

    Returns
    -------
    One row per group: ``by``, mean, n (respondents), sd (n − 1), low, high (interval, clipped to −2 … +2); then the
    flags few (n < 5), alike (sd = 0), divided (split feelings), mixed (several scales or measures in one point); then
    assumed, shown, and basis (``measured``, ``assumed`` or NA). ``attrs``: answers (rows used), left_out (rows of
    groups that are not in ``order``), unassigned (rows without a group).

    Raises
    ------
    MissingColumns, BadScale : an emotion outside −2 … +2, or a confidence outside 0 … 1.

    Notes
    -----
    One respondent counts once per group, with the mean of their answers; answers without a key count each. Student's t
    interval from n = 2 on, none when all are alike. *Divided*: of the respondents' means at least two ≤ −1 and two ≥
    +1, and at least 25 % on each side of zero.

    Examples
    --------
    >>> answers = pd.DataFrame({"stage": ["Buy", "Buy", "Use"], "emotion": [1.0, 2.0, None]})
    >>> emotion_curve(answers)[["stage", "mean", "n"]].values.tolist()
    [['Buy', 1.5, 2], ['Use', nan, 0]]
    """
    felt = _felt(evidence, by, side)
    order = None if order is None else list(dict.fromkeys(order))
    codes, labels = _coded(felt[by], order)
    used = (codes >= 0) & ~np.isnan(felt["emotion"].to_numpy())
    respondents = felt["respondent"][used] if "respondent" in felt else None
    found = points(codes[used], felt["emotion"].to_numpy()[used], respondents, len(labels), confidence)
    n, named = found["n"], pd.Series(labels, dtype="str" if all(isinstance(x, str) for x in labels) else None)
    found |= {"few": (n > 0) & (n < FEW), "alike": (n > 1) & (found["sd"] == 0), "divided": found.pop("divided")}
    curve = pd.DataFrame({by: named} | found | {"mixed": _mixed(felt[used], codes[used], len(labels))})
    _with_assumed(curve, by, assumed)
    has_emotion = felt["emotion"].notna().to_numpy()
    unassigned = felt[by].isna().to_numpy() & has_emotion
    curve.attrs = {
        "answers": int(used.sum()),
        "unassigned": int(unassigned.sum()),
        "left_out": int((has_emotion & (codes < 0) & ~unassigned).sum()),
        "side": side,
        "confidence": confidence,
    }
    return curve


def points(codes: Ints, emotions: Floats, respondents: pd.Series | None, size: int, confidence: float = 0.95) -> dict[str, Any]:
    """mean, n, sd, low, high and divided of each of ``size`` groups, as arrays; see `emotion_curve`.

    ``codes``, ``emotions``: the group of each answer, 0, 1, 2…, and how it felt; nothing missing in either.
    """
    groups, means = one_each(codes, emotions, respondents)
    found = summaries(groups, means, size, confidence)
    found |= {end: np.clip(found[end], *EMOTION) for end in ("low", "high")}
    return found | {"divided": _divided(groups, means, size)}


def _felt(evidence: Any, by: str, side: str | None) -> pd.DataFrame:
    """The rows of one side, with their emotion."""
    there = columns_of(evidence)
    scaled = all(column in there for column in ("value", "low", "high"))
    if "emotion" not in there and not scaled:
        raise MissingColumns(columns="emotion")
    frame = taken(evidence, [by], ["emotion", "value", "low", "high", "respondent", "side", "measure"])
    if side is not None and "side" in frame:
        whose = frame["side"].astype("str")
        frame = frame[(whose == side) | (whose.isna() if side == "customer" else False)]
    return frame.assign(emotion=_emotions(frame))


def _emotions(frame: pd.DataFrame) -> Floats:
    """The emotion column, or the value brought to −2 … +2 by its own scale."""
    if "emotion" in frame:
        emotion = numbers(frame["emotion"])
    else:
        low, high, value = (numbers(frame[column]) for column in ("low", "high", "value"))
        with np.errstate(invalid="ignore", divide="ignore"):
            emotion = 4 * (value - low) / (high - low) - 2
        if "measure" in frame:
            emotion[frame["measure"].isin(NOT_FELT).to_numpy()] = np.nan
        emotion[~np.isfinite(emotion)] = np.nan
    beyond = emotion[outside(emotion, *EMOTION)]
    if len(beyond):
        raise BadScale("outside", value=float(beyond[0]), low=EMOTION[0], high=EMOTION[1])
    return emotion


def _coded(values: pd.Series, order: list[Any] | None) -> tuple[Ints, list[Any]]:
    """The group of each row, 0, 1, 2… (−1: none), and the groups."""
    if order is None and isinstance(values.dtype, pd.CategoricalDtype):
        order = list(values.cat.categories)
    if order is None:
        codes, labels = pd.factorize(values)
        return codes.astype(np.int64), list(labels)
    codes, labels = pd.factorize(values)
    place = {label: position for position, label in enumerate(order)}
    moved = np.array([*(place.get(label, -1) for label in labels), -1], dtype=np.int64)
    return moved[codes], order


def _divided(groups: Ints, means: Floats, size: int) -> Any:
    """Split feelings, on the respondents' means."""

    def count(which: Any) -> Any:
        return np.bincount(groups[which], minlength=size)[:size]

    n = np.bincount(groups, minlength=size)[:size]
    ends = (count(means <= -1 + TOLERANCE) >= 2) & (count(means >= 1 - TOLERANCE) >= 2)
    sides = (count(means < -TOLERANCE) >= n / 4) & (count(means > TOLERANCE) >= n / 4)
    return ends & sides


def _mixed(used: pd.DataFrame, codes: Ints, size: int) -> Any:
    """Groups whose answers come from several measures or scales."""
    kinds = [column for column in ("measure", "low", "high") if column in used]
    if not kinds or used.empty:
        return np.zeros(size, dtype=bool)
    kind = np.zeros(len(used), dtype=np.int64)
    for column in kinds:
        found, uniques = pd.factorize(used[column])
        kind = kind * (len(uniques) + 1) + found + 1
    span = int(kind.max()) + 1
    pairs = np.unique(codes * span + kind) // span
    return np.bincount(pairs, minlength=size)[:size] > 1


def _with_assumed(curve: pd.DataFrame, by: str, assumed: Mapping[Any, float] | pd.Series | None) -> None:
    """Add the hand-set values, and which value is shown on what basis."""
    given = {} if assumed is None else dict(assumed.items())
    mean, set_by_hand = curve["mean"].to_numpy(), np.full(len(curve), np.nan)
    if given and len(curve):
        set_by_hand = numbers([given.get(label, np.nan) for label in curve[by]])
    beyond = set_by_hand[outside(set_by_hand, *EMOTION)]
    if len(beyond):
        raise BadScale("outside", value=float(beyond[0]), low=EMOTION[0], high=EMOTION[1])
    basis = np.where(~np.isnan(mean), "measured", np.where(~np.isnan(set_by_hand), "assumed", None))  # type: ignore[call-overload]
    shown = np.where(np.isnan(mean), set_by_hand, mean)
    curve[["assumed", "shown"]] = np.column_stack([set_by_hand, shown])
    curve["basis"] = pd.Series(basis, index=curve.index, dtype="str")
