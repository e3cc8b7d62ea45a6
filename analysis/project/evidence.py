"""Answers of people, kept as columns: one Parquet block an import, one row an answer.

A block names touchpoints and stages as its source does; the project's :class:`~analysis.project.model.Evidence` links those
labels to ids. So assigning, merging or renaming touchpoints never rewrites a block.
"""

from __future__ import annotations

import hashlib
import io
import threading
from typing import Any, cast

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from cachetools import LRUCache, cached

#: columns of a block; further columns named ``attr:<header>`` hold what else is known of the respondent
COLUMNS: dict[str, str] = {
    "row": "Int64",  # row in the source, 1-based
    "touchpoint_label": "string",
    "stage_label": "string",
    "persona": "string",
    "segment": "string",
    "side": "string",  # customer or staff
    "measure": "string",  # satisfaction nps ces importance emotion comment; of event logs contact converted
    "value": "Float64",  # on its own scale, low to high
    "low": "Float64",
    "high": "Float64",
    "respondent": "string",
    "date": "datetime64[us]",
    "text": "string",
}
#: lines of event logs: how often somebody met a touchpoint, and whether (1 or 0) they reached the goal then or later; nobody was asked
LOGGED = ("contact", "converted")
#: measures that say how somebody felt
FELT = ("satisfaction", "nps", "ces", "emotion")


def block(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with exactly the columns of a block (missing ones empty), typed."""
    columns = {name: frame[name] if name in frame else pd.Series(pd.NA, index=frame.index) for name in COLUMNS}
    typed = pd.DataFrame(columns, index=frame.index)
    for name, dtype in COLUMNS.items():
        column = pd.to_datetime(typed[name], errors="coerce") if name == "date" else typed[name]
        typed[name] = column.astype(cast(Any, dtype))
    for name in frame.columns:
        if str(name).startswith("attr:"):
            typed[name] = frame[name].astype("string")
    typed["side"] = typed["side"].fillna("customer")
    return typed.reset_index(drop=True)


def pack(frame: pd.DataFrame) -> tuple[str, bytes]:
    """A block as Parquet, and the key of its content."""
    table = pa.Table.from_pandas(block(frame), preserve_index=False)
    out = io.BytesIO()
    repeated = [name for name in table.column_names if name != "row"]
    pq.write_table(table, out, compression="zstd", use_dictionary=repeated, write_statistics=False)  # nobody filters a block by them
    data = out.getvalue()
    return hashlib.sha256(data).hexdigest(), data


def unpack(data: bytes) -> pd.DataFrame:
    """The frame that :func:`pack` wrote."""
    return _unpack(data).copy(deep=False)


#: after the pseudonym of an answer that a file only counted: it is no person's, though a second import knows it again
COUNTED = "#"


def of_people(frame: pd.DataFrame) -> pd.DataFrame:
    """The answers of a block; those that a file only counted are of nobody who is known, so that no figure takes them for people."""
    if not str(frame["respondent"].iloc[0] if len(frame) else "").endswith(COUNTED):
        return frame
    return frame.assign(respondent=frame["respondent"].mask(frame["respondent"].str.endswith(COUNTED).fillna(False)))


def counted_alike(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """The answers of an earlier import, under names of the same making as those of a later one."""
    counted = [bool(len(frame)) and str(frame["respondent"].iloc[0]).endswith(COUNTED) for frame in (old, new)]
    return old.assign(respondent=old["respondent"] + COUNTED) if counted == [False, True] else old


def _held(frame: pd.DataFrame) -> int:
    return int(frame.memory_usage(index=False).sum())


#: bytes of unpacked blocks that are kept at hand; the block of a file of a million answers takes 200 MB
ROOM = 300_000_000
_CACHE: LRUCache[Any, pd.DataFrame] = LRUCache(ROOM, getsizeof=_held)


@cached(_CACHE, lock=threading.Lock())
def _unpack(data: bytes) -> pd.DataFrame:
    return block(pq.read_table(io.BytesIO(data)).to_pandas(ignore_metadata=True))


#: what a block of a copy may hold: answers, columns, and characters when it is unpacked
MOST_ROWS, MOST_COLUMNS, MOST_TEXT = 2_000_000, 500, 400_000_000


def check_block(data: bytes) -> None:
    """Refuse a block that is not one, or that would unpack to more than is kept in memory.

    Raises
    ------
    ValueError : (or an error of pyarrow) not a block.
    """
    file = pq.ParquetFile(io.BytesIO(data))
    schema = file.schema_arrow
    groups = [file.metadata.row_group(place) for place in range(file.metadata.num_row_groups)]
    if len(schema) > MOST_COLUMNS or file.metadata.num_rows > MOST_ROWS or sum(group.total_byte_size for group in groups) > MOST_TEXT:
        raise ValueError("too large")
    texts = [field.name for field in schema if _is_text(field.type)]
    if any(pa.types.is_nested(field.type) or pa.types.is_binary(field.type) for field in schema):
        raise ValueError("not a block")
    rows = characters = 0
    for batch in pq.ParquetFile(io.BytesIO(data), read_dictionary=texts).iter_batches(batch_size=65_536):
        rows += batch.num_rows
        characters += sum(_characters(batch.column(name)) for name in texts)
        if rows > MOST_ROWS or characters > MOST_TEXT:
            raise ValueError("too large")
    _unpack(data)


def _is_text(type: pa.DataType) -> bool:
    if pa.types.is_dictionary(type):
        type = type.value_type
    return bool(pa.types.is_string(type) or pa.types.is_large_string(type))


def _characters(column: pa.Array) -> int:
    """How long the texts of a column would be, without writing each of them out."""
    if not pa.types.is_dictionary(column.type):
        return int(pc.sum(pc.binary_length(column)).as_py() or 0)
    lengths = pc.binary_length(column.dictionary)
    return int(pc.sum(pc.take(lengths, column.indices)).as_py() or 0)


def felt(frame: pd.DataFrame) -> pd.Series:
    """Each answer on the emotion scale, -2 to 2: linear between the ends of its own scale; NA for importance and comments."""
    width = (frame["high"] - frame["low"]).where(lambda w: w != 0)  # a reversed scale has its worst end first
    emotion = 4 * (frame["value"] - frame["low"]) / width - 2
    inside = emotion.between(-2 - 1e-9, 2 + 1e-9)  # an answer outside its scale is reported by the import, never used
    return emotion.where(inside & frame["measure"].isin(FELT)).clip(-2, 2).astype("Float64")
