"""Whole columns at once: texts cleaned, rows joined, people turned into pseudonyms. What a loop over 100,000 rows would cost seconds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.project.importing.builder import cleaned
from analysis.project.importing.privacy import TO_MASK, masked

TEXT = pd.StringDtype("pyarrow")


def texts(column: pd.Series) -> pd.Series:
    """:func:`~analysis.project.importing.builder.cleaned` of every cell; missing is empty.

    >>> texts(pd.Series([" Caisse  1 ", None], dtype="string")).tolist()
    ['Caisse 1', '']
    """
    if isinstance(column.dtype, pd.StringDtype):
        found = pc.fill_null(pa.array(column.astype(TEXT).array), "")
        found = pc.utf8_trim(pc.replace_substring_regex(found, r"[ \t\r\n\f\v]+", " "), characters=" \u00a0\u202f")
    elif column.dtype == object:
        found = pa.array([cleaned(value) for value in column], pa.large_string())
    else:  # numbers, dates, yes and no: few values many times
        codes, values = pd.factorize(column)
        found = pa.array([*map(cleaned, values), ""], pa.large_string()).take(pa.array(codes % (len(values) + 1)))
    return pd.Series(pd.array(found, dtype=TEXT), index=column.index)


def filled(column: pd.Series) -> pd.Series:
    """The cleaned texts, empty ones missing, as they may be kept."""
    found = masked_texts(texts(column))
    return found.mask(found == "")


def masked_texts(column: pd.Series) -> pd.Series:
    """The texts with e-mail addresses, telephone numbers and addresses of computers replaced."""
    doubtful = column.str.contains(TO_MASK, regex=True, na=False).to_numpy(dtype=bool)
    if not doubtful.any():
        return column
    found = column.copy()
    found[doubtful] = pd.array([masked(text) for text in column[doubtful]], dtype=cast(Any, column.dtype))
    return found


def contents(frame: pd.DataFrame) -> pd.Series:
    """Each row as one text, its cells cleaned and joined."""
    cells = [pa.array(texts(frame.iloc[:, place]).array) for place in range(frame.shape[1])]
    joined = pc.binary_join_element_wise(*cells, pa.scalar("\x1f", pa.large_string()))
    return pd.Series(pd.array(joined, dtype=TEXT), index=frame.index)


def numbered(values: pd.Series) -> npt.NDArray[np.int64]:
    """0 for the first row of each value, 1 for the second…"""
    codes, _ = pd.factorize(values)
    return np.asarray(pd.Series(codes).groupby(codes).cumcount(), dtype=np.int64)


def pseudonyms(names: Iterable[str], secret: bytes) -> pd.Series:
    """Keyed hashes of names (HMAC-SHA-256): the same name gives the same pseudonym in this project only.

    The two halves of the key are hashed once, and not once a name: half the time for 100,000 names.
    """
    key = (secret if len(secret) <= 64 else hashlib.sha256(secret).digest()).ljust(64, b"\0")
    inner, outer = hashlib.sha256(bytes(byte ^ 0x36 for byte in key)).copy, hashlib.sha256(bytes(byte ^ 0x5C for byte in key)).copy

    def pseudonym(name: str) -> str:
        first, last = inner(), outer()
        first.update(name.encode())
        last.update(first.digest())
        return last.hexdigest()[:20]

    return pd.Series(pd.array([pseudonym(name) for name in names], dtype=TEXT))
