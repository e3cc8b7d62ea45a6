"""Event logs: who met which touchpoint, and how often. Kept like answers, so that names without a place wait in the same tray."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.project.evidence import block
from analysis.project.importing.answers import keep_block
from analysis.project.importing.builder import Builder
from analysis.project.importing.columns import filled, pseudonyms, texts
from analysis.project.importing.long import LongForm

#: the column that names what was met, the most telling first
_WHERE = ("touchpoint", "event", "url", "channel", "source", "campaign")
_WHO = ("customer_id", "email", "id", "person_name", "ip")
#: a measure of its own: how often somebody met a touchpoint
CONTACT = "contact"


def add_events(builder: Builder, table: Any, record: str) -> int:
    """Gather a log, one line a person and touchpoint; returns how many events it counted."""
    frame: pd.DataFrame = table.frame
    where = next((name for name in _WHERE if name in frame), None)
    met = filled(frame[where]) if where is not None else pd.Series(pd.NA, index=frame.index, dtype="string")
    told = met.notna().to_numpy(dtype=bool)
    for position in frame.index[~told]:
        builder.leave(table, position, "no_name")
    if not told.any():
        return 0
    form = LongForm(_contacts(builder, frame[told], met[told], np.flatnonzero(told) + 1), pd.Series(dtype="string"), False)
    builder.at(0.5)
    keep_block(builder, table, record, form)
    return int(told.sum())


def _contacts(builder: Builder, frame: pd.DataFrame, met: pd.Series, rows: Any) -> pd.DataFrame:
    """One line a person and touchpoint: how often, and since when. Without a column that tells people apart, a row is a person."""
    who = next((name for name in _WHO if name in frame and frame[name].notna().mean() > 0.5), None)
    names = texts(frame[who]) if who is not None else pd.Series([f"\x1d{row}" for row in rows], dtype="string")
    codes, people = pd.factorize(names)
    events = pd.DataFrame({"person": codes, "touchpoint_label": met.to_numpy(), "row": rows})
    if "date" in frame:
        events["date"] = frame["date"].to_numpy()
    if "stage" in frame:
        events["stage_label"] = filled(frame["stage"]).to_numpy()
    counted = events.groupby(["person", "touchpoint_label"], sort=False, as_index=False).agg(
        value=("row", "size"), **{name: (name, "first") for name in events.columns if name not in ("person", "touchpoint_label")}
    )
    known = pseudonyms([str(name) for name in people], bytes.fromhex(builder.project.settings.key))
    counted["respondent"] = known.take(counted["person"].to_numpy(dtype=int)).to_numpy()
    return block(counted.drop(columns="person").assign(measure=CONTACT))
