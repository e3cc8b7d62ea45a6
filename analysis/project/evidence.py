"""Answers of people, kept as columns: one Parquet block an import, one row an answer.

A block names touchpoints and stages as its source does; the project's :class:`~analysis.project.model.Evidence` links those
labels to ids. So assigning, merging or renaming touchpoints never rewrites a block.
"""

from __future__ import annotations

import hashlib
import io
from functools import lru_cache
from typing import Any, cast

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

#: columns of a block; further columns named ``attr:<header>`` hold what else is known of the respondent
COLUMNS: dict[str, str] = {
    "row": "Int64",  # row in the source, 1-based
    "touchpoint_label": "string",
    "stage_label": "string",
    "persona": "string",
    "segment": "string",
    "side": "string",  # customer or staff
    "measure": "string",  # satisfaction nps ces importance emotion comment
    "value": "Float64",  # on its own scale, low to high
    "low": "Float64",
    "high": "Float64",
    "respondent": "string",
    "date": "datetime64[us]",
    "text": "string",
}
#: measures that say how somebody felt
FELT = ("satisfaction", "nps", "ces", "emotion")


def block(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with exactly the columns of a block (missing ones empty), typed."""
    columns = {name: frame[name] if name in frame else pd.Series(pd.NA, index=frame.index) for name in COLUMNS}
    typed = pd.DataFrame(columns, index=frame.index)
    for name, dtype in COLUMNS.items():
        typed[name] = pd.to_datetime(typed[name], errors="coerce").astype("datetime64[us]") if name == "date" else typed[name].astype(cast(Any, dtype))
    for name in frame.columns:
        if str(name).startswith("attr:"):
            typed[name] = frame[name].astype("string")
    typed["side"] = typed["side"].fillna("customer")
    return typed.reset_index(drop=True)


def pack(frame: pd.DataFrame) -> tuple[str, bytes]:
    """A block as Parquet, and the key of its content."""
    table = pa.Table.from_pandas(block(frame), preserve_index=False)
    out = io.BytesIO()
    pq.write_table(table, out, compression="zstd")
    data = out.getvalue()
    return hashlib.sha256(data).hexdigest(), data


def unpack(data: bytes) -> pd.DataFrame:
    """The frame that :func:`pack` wrote."""
    return _unpack(data).copy(deep=False)


@lru_cache(maxsize=32)
def _unpack(data: bytes) -> pd.DataFrame:
    return block(pq.read_table(io.BytesIO(data)).to_pandas())


def felt(frame: pd.DataFrame) -> pd.Series:
    """Each answer on the emotion scale, -2 to 2: linear between the ends of its own scale; NA for importance and comments."""
    width = (frame["high"] - frame["low"]).where(lambda w: w != 0)  # a reversed scale has its worst end first
    emotion = 4 * (frame["value"] - frame["low"]) / width - 2
    return emotion.where(frame["measure"].isin(FELT)).astype("Float64")
