"""Several tables on one sheet: a second header, after a blank line or repeated, starts a table of its own."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pyarrow.compute as pc

from analysis.reading.blocks import LABEL, VALUE, signature
from analysis.reading.cells import BLANK, SPACES, TEXT, Ints
from analysis.reading.grid import Grid
from analysis.reading.headers import guesses, known, normalise
from analysis.reading.kinds import kind_of
from analysis.reading.layout import find_header, header_score

#: a header that comes back more often than this is printed again on every page
_PAGES = 3
_CANDIDATES = 60
_BESIDE = 8
_SURE = 3.0
#: so many different fields make a header of a row whose other words nobody knows
_TOLD = 3
_LIKELY = 0.85


def split(grid: Grid) -> list[Grid]:
    """The tables of a sheet, as grids that know where they stand."""
    return [part for block in _blocks(grid) for part in _below_each_other(block)]


def _blocks(grid: Grid) -> list[Grid]:
    """Tables that stand beside each other, with a blank column between: each with a header of its own."""
    used = [bool((column.kinds != BLANK).any()) for column in grid.columns]
    edges = [column for column in range(grid.width + 1) if (column < grid.width and used[column]) != (column > 0 and used[column - 1])]
    ranges = list(zip(edges[::2], edges[1::2], strict=True))
    if not 2 <= len(ranges) <= _BESIDE or any(right - left < 2 for left, right in ranges):
        return [grid]
    blocks = [grid.beside(left, right) for left, right in ranges]
    heads = [find_header(block)[0] for block in blocks]
    pairs = list(zip(blocks, heads, strict=True))
    if all(head and _has_title(block, head) for block, head in pairs):
        return blocks
    if not all(head and _is_header(block, head[-1]) for block, head in pairs):
        return [grid]
    return blocks if _stand_alone(blocks, heads) else [grid]


def _has_title(block: Grid, head: list[int]) -> bool:
    """A line of one text stands just over a header that files use a word of, and names stand under it."""
    titled = head[0] > 0 and block.filled[head[0] - 1] == 1
    return titled and any(map(known, filter(None, block.row_texts(head[-1])))) and not _names_nothing(block, head[-1])


def _stand_alone(blocks: list[Grid], heads: list[list[int]]) -> bool:
    """Each block has a title, repeats words of another's header, or ends elsewhere and is about another thing: no columns of one table.

    A block of figures as high as its neighbour names nothing: its rows are those of the neighbour.
    """
    alike = {(head[-1], int(np.flatnonzero(block.filled)[-1])) for block, head in zip(blocks, heads, strict=True)}
    if len(alike) == 1 and any(
        _names_nothing(block, head[-1]) for block, head in zip(blocks[1:], heads[1:], strict=True)
    ):
        return False
    if all(head[0] > 0 and any(block.filled[row] == 1 for row in range(head[0])) for block, head in zip(blocks, heads, strict=True)):
        return True
    words = [[text for text in block.row_texts(head[-1]) if text] for block, head in zip(blocks, heads, strict=True)]
    ends = {int(np.flatnonzero(block.filled)[-1]) for block in blocks}
    again = len({word for line in words for word in line}) < sum(map(len, words)) - 1
    return again or (len(ends) == len(blocks) and len({_about(line) for line in words}) == len(blocks))


def _names_nothing(block: Grid, header: int) -> bool:
    """No text under the header."""
    return not any((column.kinds[header + 1 :] == TEXT).any() for column in block.columns)


def _about(words: list[str]) -> str:
    fields = [found[0].field if (found := guesses(word)) else None for word in words]
    return kind_of(fields, words, 10)


def _is_header(grid: Grid, row: int) -> bool:
    """Most of its cells are words that files use as headers."""
    labels = [text for text in grid.row_texts(row) if text]
    hits = sum(map(known, labels))
    return hits >= 2 and hits >= 0.6 * len(labels)


def _names(grid: Grid, row: int) -> int:
    """How many of its cells are words that files use as headers, or as good as: other fields each."""
    found = [guesses(text) for text in grid.row_texts(row) if text]
    return len({guess[0].field for guess in found if guess and guess[0].confidence >= _LIKELY})


def _below_each_other(grid: Grid) -> list[Grid]:
    header, _ = find_header(grid)
    if not header or grid.height < 4:
        return [grid]
    header = _earlier(grid, header) or header
    starts = sorted({*_repeated(grid, header), *_further(grid, header)} - set(_again(grid, header)))
    if not starts:
        return [grid]
    edges = [0, *[_with_titles(grid, start, header[-1]) for start in starts], grid.height]
    parts = [grid.part(top, bottom) for top, bottom in pairwise(edges) if bottom > top]
    return [part for part in parts if part.filled.any()]


def _earlier(grid: Grid, header: list[int]) -> list[int] | None:
    """A first table above the one whose header was found, with rows of its own and a blank line under them."""
    blanks = np.flatnonzero(grid.filled[: header[0]] == 0)
    for row in range(min(header[0] - 2, _CANDIDATES)):
        end = blanks[blanks > row + 1]
        body = grid.filled[row + 1 : end[0]] if len(end) else np.array([])
        whole = grid.filled[row] >= 2 and len(body) and (body >= 2).all()
        if whole and (_is_header(grid, row) or _names(grid, row) >= _TOLD) and header_score(grid, row) >= _SURE:
            return [row]
    return None


def repeats(grid: Grid, header: list[int]) -> Ints:
    """Rows below the header that say the same."""
    words = [(column, grid.text(header[-1], column).strip(SPACES)) for column in range(grid.width)]
    words = [(column, word) for column, word in words if word and grid.columns[column].texts is not None]
    if len(words) < 2:
        return np.array([], dtype=np.int64)
    same = np.zeros(grid.height, dtype=np.int64)
    for column, word in words[:8]:
        texts = pc.utf8_trim(grid.columns[column].texts, characters=SPACES)
        same += pc.equal(texts, word).to_numpy(zero_copy_only=False).astype(np.int64)
    rows = np.flatnonzero(same >= max(2, 0.8 * len(words[:8])))
    return rows[rows > header[-1]]


def _again(grid: Grid, header: list[int]) -> list[int]:
    """Rows that say all of the header again without a title of their own: one table, whose header was written several times."""
    words = [normalise(text) for text in grid.row_texts(header[-1])]
    if len([word for word in words if word]) < 3 or len(header) > 1:
        return []
    same = [row for row in repeats(grid, header).tolist() if [normalise(text) for text in grid.row_texts(row)] == words]
    return [row for row in same if not _titled(grid, row)]


def _titled(grid: Grid, row: int) -> bool:
    """Whether a line of one text stands over this one, blank lines between or not."""
    above = next((other for other in range(row - 1, -1, -1) if grid.filled[other]), None)
    return above is not None and grid.filled[above] == 1


def _repeated(grid: Grid, header: list[int]) -> list[int]:
    rows = repeats(grid, header).tolist()
    return rows if 0 < len(rows) <= _PAGES and rows[0] > header[-1] + 1 else []


def _further(grid: Grid, header: list[int]) -> list[int]:
    """Rows after a blank one that are headers themselves."""
    after = np.flatnonzero((grid.filled[:-1] <= 1) & (grid.filled[1:] >= 2)) + 1
    found = []
    for row in after[after > header[-1] + 2].tolist()[:_CANDIDATES]:
        marks = signature(grid, row)
        if VALUE in marks or marks.count(LABEL) < 2 or row + 1 >= grid.height or grid.filled[row + 1] < 2:
            continue
        if not _blank_before(grid, row):
            continue
        labels = [grid.text(row, column).strip() for column, mark in enumerate(marks) if mark == LABEL]
        hits = sum(map(known, labels))
        figures = VALUE in signature(grid, row + 1)
        if header_score(grid, row) >= _SURE and (figures or hits >= 0.6 * len(labels)) and (hits >= 2 or figures):
            found.append(row)
    return found


def _blank_before(grid: Grid, row: int) -> bool:
    """A blank line or a comment stands just above, maybe with a title between."""
    above = grid.filled[max(row - 3, 0) : row]
    return bool((above == 0).any()) or grid.text(row - 1, 0).startswith("#")


def _with_titles(grid: Grid, start: int, lowest: int) -> int:
    """Titles and blank lines over a header belong to its table."""
    top = start
    while top - 1 > lowest + 1 and grid.filled[top - 1] <= 1 and start - top < 6:
        top -= 1
    return top
