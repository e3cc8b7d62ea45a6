"""What every method does at its door: take any frame, name the columns that are missing, read numbers.

pandas, Polars, PyArrow and DuckDB are taken alike (Narwhals turns them into pandas, only the columns that are used).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import narwhals as nw
import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.errors import BadScale, MissingColumns
from analysis.language import N_

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


class Facts(dict[Any, Any]):
    """Facts that go with a frame, as one entry of its ``attrs``: pandas copies those deeply, and hands these on as they are."""

    def __deepcopy__(self, memo: dict[int, Any]) -> Facts:
        return self


#: sums and cut lines are compared with this relative tolerance, so that 0.1 + 0.2 reaches 0.3
TOLERANCE = 1e-9


def columns_of(frame: Any) -> list[str]:
    """The column names of any frame that Narwhals understands."""
    if isinstance(frame, pd.DataFrame):
        return list(frame.columns)
    return list(nw.from_native(frame).collect_schema().names())


def need(frame: Any, columns: Iterable[str]) -> None:
    """Raise `MissingColumns`, naming them, unless the frame has all of ``columns``."""
    there = set(columns_of(frame))
    absent = [column for column in columns if column not in there]
    if absent:
        raise MissingColumns(columns=", ".join(map(str, absent)))


def taken(frame: Any, needed: Sequence[str], optional: Sequence[str] = ()) -> pd.DataFrame:
    """The used columns of any frame, as pandas, in the order asked; optional ones only when they are there.

    Raises
    ------
    MissingColumns : a needed column is not there.
    """
    need(frame, needed)
    there = set(columns_of(frame))
    wanted = [*dict.fromkeys([*needed, *(column for column in optional if column in there)])]
    if isinstance(frame, pd.DataFrame):
        return frame[wanted]
    return _to_pandas(frame, wanted)


def whole(frame: Any) -> pd.DataFrame:
    """A pandas copy of all the columns, for methods that add some to the caller's frame."""
    if isinstance(frame, pd.DataFrame):
        return frame.copy()
    return _to_pandas(frame, columns_of(frame))


def _to_pandas(frame: Any, columns: list[str]) -> pd.DataFrame:
    found: pd.DataFrame = nw.from_native(frame).lazy().select(columns).collect().to_pandas()
    return found


def numbers(values: Any) -> Floats:
    """The values as floats; whatever is missing or infinite is NaN.

    Raises
    ------
    BadScale : (code ``not_a_number``) a text that is not a number: never taken for a missing value.
    """
    series = values if isinstance(values, pd.Series) else pd.Series(values)
    found = series if pd.api.types.is_numeric_dtype(series.dtype) else _read(series)
    array = found.to_numpy(dtype=float, na_value=np.nan, copy=True)
    array[~np.isfinite(array)] = np.nan
    return np.asarray(array, dtype=float)


def _read(series: pd.Series) -> pd.Series:
    """Numbers written as texts or objects; a text that is none is refused."""
    found = pd.to_numeric(series, errors="coerce")
    lost = found.isna() & series.notna()
    texts = [str(value) for value in series[lost] if str(value).strip().casefold() not in ("", "nan")]
    if texts:
        raise BadScale("not_a_number", N_("“{value}” is not a number."), value=texts[0])
    return found


def folded(text: Any) -> str:
    """Case and accents folded, so that French and English machines order labels alike."""
    return _folded(str(text))


@lru_cache(maxsize=20_000)
def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe"))
    return "".join(mark for mark in plain if not unicodedata.combining(mark)).casefold().strip()


def at_least(values: Floats, line: float) -> npt.NDArray[np.bool_]:
    """``values >= line``, a value on the line counting as high; NaN is neither."""
    with np.errstate(invalid="ignore"):
        return np.asarray(values >= line - TOLERANCE * max(1.0, abs(line)))
