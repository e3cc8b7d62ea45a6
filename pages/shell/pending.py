"""A file that was read and waits for its review: its tables as recognised or corrected."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import Any

from analysis.project.importing.memory import Recollection
from analysis.project.importing.nameless import guessed

#: numbers files, so that no two have widgets of one key
_NUMBERS = itertools.count(1)


@dataclass
class Pending:
    """A file that was read: its tables as recognised or corrected, which of them are wanted.

    ``data`` holds the bytes of a text file while the import is open, since another encoding or separator may be asked for.
    """

    name: str
    book: Any
    tables: list[Any]
    data: bytes = b""
    #: bytes that were uploaded
    size: int = 0
    turn: int = field(default_factory=lambda: next(_NUMBERS))
    wanted: list[bool] = field(default_factory=list)
    plan: Any = None
    #: sheets whose earlier corrections were applied, for which project; None: not asked yet
    recalled: dict[int, Recollection] = field(default_factory=dict)
    asked: str | None = None
    #: tables without a header whose columns were guessed, and those of them about which the visitor has said yes
    guessed: set[int] = field(default_factory=set)
    agreed: set[int] = field(default_factory=set)
    #: steps of the review: whether the visitor has them before the eyes, and whether something in them was doubtful
    opened: dict[str, tuple[bool, bool]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for index, table in enumerate(self.tables):
            found = guessed(table)
            if found is not None:
                self.tables[index] = found
                self.guessed.add(index)
        self.wanted = [_useful(table) for table in self.tables]

    def to_agree(self, index: int) -> bool:
        """Whether the visitor is still to be asked about a guess."""
        return index in self.guessed - self.agreed and not self.tables[index].header_rows

    def chosen(self) -> list[Any]:
        return [table for table, wanted in zip(self.tables, self.wanted, strict=True) if wanted]

    def replace(self, index: int, table: Any) -> None:
        """Take a corrected table in place of the one that was read."""
        before = self.tables[index]
        self.tables[index] = table
        if table.kind == "unknown":
            self.wanted[index] = False
        elif before.kind == "unknown":
            self.wanted[index] = not table.hidden

    def reread(self, book: Any) -> None:
        """Another reading of the same bytes."""
        self.book, self.plan, self.recalled, self.asked = book, None, {}, None
        self.tables, self.guessed, self.agreed = list(book.tables), set(), set()
        self.__post_init__()
        self.turn = next(_NUMBERS)  # the choices of the earlier reading are nobody's


def _useful(table: Any) -> bool:
    return table.kind != "unknown" and not table.hidden
