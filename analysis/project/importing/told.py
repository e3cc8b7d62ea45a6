"""Cells as texts: as they are compared, and as they are shown to people."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pandas as pd

from analysis.project.importing.names import folded

#: white space of spreadsheets; the non-breaking spaces of French typography stay
_BREAKS = re.compile(r"[ \t\r\n\f\v]+")


def parted(known: dict[str, Any], fresh: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """(field, before, after) of what differs; the columns that have no field of ours one by one, under their headers."""
    for name, value in fresh.items():
        old = known.get(name)
        if name == "extra":
            earlier = old or {}
            yield from ((header, earlier.get(header), text) for header, text in value.items() if earlier.get(header) != text)
        else:
            yield name, old, value


def cleaned(value: Any) -> str:
    """The text of a cell; missing is empty."""
    if value is None or (not isinstance(value, list | tuple) and pd.isna(value)):
        return ""
    if isinstance(value, float):
        value += 0.0  # −0 is 0
    return _BREAKS.sub(" ", str(value)).strip(" \u00a0\u202f")


def shown(value: Any) -> str:
    """The text of a cell for a person to read: a day has no hour."""
    return cleaned(value.date() if isinstance(value, dt.datetime) and value.time() == dt.time() else value)


def same(first: str, second: str) -> bool:
    return folded(first) == folded(second)
