"""Bytes → sheets → tables → typed values.

``read`` is the way in. A file is opened in another process (``worker``), comes back as columns of cells (``grid``),
its rows are told apart (``layout``), its columns recognised (``headers``, ``recognise``) and typed (``typed``).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analysis.reading.book import Book as Book
    from analysis.reading.book import read as read
    from analysis.reading.limits import Limits as Limits
    from analysis.reading.process import keep_warm as keep_warm
    from analysis.reading.questions import Question as Question
    from analysis.reading.table import Table as Table

_HOMES = {
    "read": "book",
    "Book": "book",
    "Table": "table",
    "Limits": "limits",
    "keep_warm": "process",
    "Question": "questions",
}
__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'analysis.reading' has no attribute {name!r}")
    found = getattr(import_module(f"analysis.reading.{_HOMES[name]}"), name)
    globals()[name] = found
    return found
