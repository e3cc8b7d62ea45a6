"""Letters and minutes: text without a table, told by how it greets and how it ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from analysis.reading.cells import BLANK, TEXT
from analysis.reading.headers import known
from analysis.reading.words import plain

if TYPE_CHECKING:
    from analysis.reading.table import Table

_GREETS = re.compile(
    r"^(?:bonjour|bonsoir|salut|madame|monsieur|mesdames|messieurs|chere?s?\b|hello|hi\b|dear\b|good (?:morning|afternoon|evening)"
    r"|cordialement|bien (?:cordialement|a (?:vous|toi))|merci d(?:e|') |a bientot|best regards|kind regards|regards|sincerely"
    r"|yours\b|best wishes|compte rendu|compte-rendu|minutes of|objet\s*:|subject\s*:)"
)
_ENDS = (".", "!", "?", ":", ",", ";", "…")
#: lines of a letter; a sheet with more of them is a list
_MOST_LINES, _LONG, _WORDS = 200, 6, 4


def is_letter(tables: Sequence[Table]) -> bool:
    """Whether a file holds sentences and no table: a greeting or an ending, and lines that are mostly sentences.

    Lists of remarks without a header greet nobody, and stay.
    """
    kinds = {table.kind for table in tables if table.kind != "comments" or table.header_rows}  # sentences that nothing heads
    if kinds - {"unknown"} or any(table.transposed or len(table.grid.columns) > 8 for table in tables):
        return False
    lines = [text for table in tables for text in _lines(table)]
    if not 2 <= len(lines) <= _MOST_LINES or any(table.grid.height > 4 * _MOST_LINES or not _all_text(table) for table in tables):
        return False
    greets = any(_GREETS.match(plain(line[:80])) for line in lines)
    told = [line for line in lines if len(line.split()) >= _WORDS]
    sentences = [line for line in told if len(line.split()) >= _LONG or line.rstrip().endswith(_ENDS)]
    return greets and len(told) >= 2 and len(sentences) >= 0.6 * len(lines) - 2 and len(sentences) >= 0.8 * len(told)


def _lines(table: Table) -> list[str]:
    texts = (table.grid.row_texts(row) for row in range(min(table.grid.height, 4 * _MOST_LINES)))
    return [", ".join(filter(None, line)) for line in texts if any(line)]


def _all_text(table: Table) -> bool:
    """No figure and no date anywhere, and no header that files use."""
    kinds = all(((column.kinds == TEXT) | (column.kinds == BLANK)).all() for column in table.grid.columns)
    return kinds and not any(known(header) for header in table.mapping)
