"""Which row is the header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.reading.blocks import LABEL, VALUE, Block, find_block, signature
from analysis.reading.cells import BLANK, SPACES, TEXT, Ints
from analysis.reading.dates import parse_date
from analysis.reading.grid import Grid
from analysis.reading.headers import guesses, is_question, known, normalise
from analysis.reading.lanes import heads_row
from analysis.reading.numbers import parse_number
from analysis.reading.periods import is_period
from analysis.reading.rows import DATA, Kinds, is_unit, mark, says
from analysis.reading.words import degree

#: a header lies in the first rows, under titles and explanations
_SEARCH = 60
_BELOW = 25
_LEAD = 5
#: a header is told by this many columns
_WIDE = 400
#: as many dates side by side are the names of columns, where figures stand under them
_SERIES = 3
#: lines that are a list, the most of them that are looked at, and words that make a sentence
_FEWEST, _LONGEST_LIST, _SENTENCE = 3, 20_000, 4
#: what the header of such a list says it holds
_OF_LISTS = frozenset("comment answer description pain delight opportunity action need thought touchpoint step".split())  # noqa: SIM905
#: longer texts that ask nothing are explanations, not headers
_LONGEST = 140
#: a row that scores as much looks like a header, whatever stands under it
_TELLS = 2.5
#: how sure a guess of a header is that is more than one word of it
_LIKE = 0.65
_CODE = re.compile(r"^(?:Q|QU|V|VAR|Question|Item|SQ)[ _.-]?\d{1,3}[a-z]?$", re.I)
_ANSWER_KIND = re.compile(r"^(?:open-ended response|réponse ouverte|response|réponse)$", re.I)


@dataclass
class Layout:
    """Rows of the header (none: the file has no header) and the kind of every row."""

    header: list[int]
    kinds: Kinds
    confidence: float

    @property
    def data(self) -> Ints:
        return np.flatnonzero(self.kinds == DATA)


def lay_out(grid: Grid, header: list[int] | None = None) -> Layout:
    """Find the header and mark every row.

    Parameters
    ----------
    grid : the sheet.
    header : positions of the header rows where the user has said so.
    """
    if header is not None:
        rows, confidence = header, 1.0
    else:
        rows, confidence = find_header(grid)
    return Layout(rows, mark(grid, rows), confidence)


def find_header(grid: Grid) -> tuple[list[int], float]:
    """Positions of the header rows and how sure that is.

    Words that files use as headers decide where there are some; elsewhere the labels over the first figures do.
    """
    if grid.header is None:
        grid.header = _settled_header(grid)
    rows, confidence = grid.header
    return list(rows), confidence


def _settled_header(grid: Grid) -> tuple[list[int], float]:
    lead = int(np.argmax(grid.filled > 0))
    if lead > _LEAD:  # a table far down is looked at as if it stood at the top
        rows, confidence = _settled_header(grid.part(lead, grid.height))
        return [row + lead for row in rows], confidence
    if _is_list(grid):
        return [], 0.7
    rows, confidence = _found_header(grid)
    if len(rows) > 1 and is_unit(grid, rows[-1]) and _hits(grid, rows[-2]) >= 2:
        rows = rows[:-1]
    return _with_subheaders(grid, _with_wording(grid, _with_parts(grid, _with_groups(grid, rows)))), confidence


def _is_list(grid: Grid) -> bool:
    """Whether a sheet is one column of sentences, the first of which is one like the others and heads nothing."""
    if grid.height > _LONGEST_LIST or np.count_nonzero([(column.kinds != BLANK).any() for column in grid.columns]) != 1:
        return False
    texts = [text for row in np.flatnonzero(grid.filled).tolist() if (text := "".join(grid.row_texts(row)).strip())]
    first = normalise(texts[0]) if texts else ""
    if not are_sentences(texts) or known(texts[0]) or is_question(texts[0]) or texts[0].endswith(":"):
        return False
    names = any(found.field in _OF_LISTS for word in re.split(r"[\s']+", first) if len(word) > 3 for found in guesses(word)[:1])
    return texts[0].endswith((".", "!", "…")) or (len(first.split()) >= _SENTENCE and not names)


def are_sentences(texts: Sequence[str]) -> bool:
    """Whether texts are what people wrote: sentences of some words, nearly all different.

    >>> are_sentences(["Very kind staff indeed", "Too long a wait at the till", "I come back"]), are_sentences(["Paris", "Lyon", "Metz"])
    (True, False)
    """
    words = [len(text.split()) for text in texts]
    if len(words) < _FEWEST or len(set(texts)) < 0.9 * len(words):
        return False
    return sum(words) >= _SENTENCE * len(words) and sum(n >= _SENTENCE - 1 for n in words) >= 0.6 * len(words)


def _found_header(grid: Grid) -> tuple[list[int], float]:
    if (top := _over_periods(grid)) is not None:
        return [top], 0.9
    if heads := _over_side_labels(grid):
        return heads, 0.7
    block = find_block(grid)
    scores = {row: header_score(grid, row) for row in range(min(grid.height, _SEARCH)) if grid.filled[row]}
    best = max(scores, key=lambda row: (scores[row], -row), default=None)
    hits = _hits(grid, best) if best is not None else 0
    if block and block.rows and (full := _full_labels_above(grid, block)) is not None:
        return full, 0.8
    if block and best in block.rows:
        return block.rows, 0.95 if hits >= 2 else 0.9
    # figures without a row of labels over them: a row that looks like a header is it
    told = best is not None and (hits or _may_head(grid, best)) and scores[best] >= _TELLS
    if block is not None and (hits < 2 or (hits == 2 and block.rows)) and not (told and not block.rows):
        return block.rows, 0.8 if block.rows else 0.4
    if best is None or scores[best] <= 0:
        return _lonely_header(grid), 0.3
    return _with_repeats(grid, best), min(0.99, 0.5 + scores[best] / 10)


def _may_head(grid: Grid, row: int) -> bool:
    """Whether most cells of a row mean a field, if not word for word: “Accueil - note”, “Accueil - commentaire”."""
    texts = [text for text in _first_texts(grid, row) if text]
    likely = sum(bool(found) and found[0].confidence >= _LIKE for found in map(guesses, texts))
    return likely >= 2 and likely >= 0.6 * len(texts)


def _over_side_labels(grid: Grid) -> list[int]:
    """The rows over a sheet whose first column, not its first row, holds the names of fields: of stages, if one says so."""
    rows = np.flatnonzero(grid.filled >= 2).tolist()
    if not 3 <= len(rows) <= 60 or grid.width < 3:
        return []
    for side in (0, 1):  # names of groups of lanes may stand before their names
        labels = {row: text for row in rows[1:] if (text := grid.text(row, side).strip())}
        if side and 2 * sum(bool(grid.text(row, 0).strip()) for row in rows[1:]) > len(labels) + 1:
            break
        down = sum(heads_row(text) for text in labels.values())
        across = sum(known(text) for text in grid.row_texts(rows[0])[side + 1 :] if text)
        fewest = 2 if down == len(labels) == 2 and not side and not grid.text(rows[0], 0).strip() else 3
        if down >= max(fewest, 0.6 * len(labels)) and len(labels) >= 0.4 * len(rows[1:]) and across < down and across <= 2:
            return _heads_of_grid(grid, rows, side)
    return []


def _over_periods(grid: Grid) -> int | None:
    """The row of a dashboard that names its columns, some of them after months or days: dates over figures are headers, not values."""
    for row in np.flatnonzero(grid.filled[:_LEAD] >= _SERIES + 1).tolist():
        texts = grid.row_texts(row)
        dated = [column for column, text in enumerate(texts) if text and (is_period(text) or parse_date(text) is not None)]
        labels = [text for column, text in enumerate(texts) if text and _is_label(grid, row, column, text) and column not in dated]
        below = [other for other in _rows_below(grid, row)[:6] if grid.filled[other] > 1]
        if len(dated) < _SERIES or len({texts[column] for column in dated}) < len(dated) or not below or not any(map(known, labels)):
            continue
        under = [text for other in below for column in dated if (text := grid.text(other, column).strip(SPACES))]
        next_ones = sum(parse_number(grid.text(below[0], column).strip(SPACES)) is not None for column in dated)
        if next_ones and under and sum(parse_number(text) is not None for text in under) >= 0.8 * len(under):
            return int(row)
    return None


def _heads_of_grid(grid: Grid, rows: list[int], side: int) -> list[int]:
    """Of the rows above the first lane, the one that is headed "stages", else the nearest with a blank corner, else the first that is wide.

    Where the corner is blank in two rows, the upper one with fewer names, its stages stand over their steps.
    """
    over: list[int] = []
    for row in rows:
        text = grid.text(row, side).strip()
        first = guesses(text) if text else ()
        if first and first[0].field == "stage" and first[0].confidence >= 0.87:
            return [int(row)]
        if text and heads_row(text) and over:
            break
        over.append(row)
    wide = [row for row in over if grid.filled[row] >= 0.5 * (grid.width - side - 1)] or over[:1]
    blank = [row for row in wide if not grid.text(row, side).strip()]
    if not blank:
        return [int(wide[0])]
    above = [row for row in over if row < blank[-1] and not grid.text(row, side).strip()]
    return [int(above[-1]), int(blank[-1])] if above and _stands_over(grid, above[-1], blank[-1]) else [int(blank[-1])]


def _stands_over(grid: Grid, upper: int, lower: int) -> bool:
    """Two labels at least, each over a label of the next row, the first over the first, and fewer of them."""
    high = [column for column, text in enumerate(grid.row_texts(upper)) if text]
    low = [column for column, text in enumerate(grid.row_texts(lower)) if text]
    return 2 <= len(high) < len(low) and set(high) <= set(low) and high[0] == low[0] and lower == upper + 1


def _full_labels_above(grid: Grid, block: Block) -> list[int] | None:
    """A first row of labels as wide as the table is its header, though the first rows under it hold words too."""
    top = int(np.flatnonzero(grid.filled)[0])
    low = block.rows[0]
    if top >= low or (grid.filled[top:low] == 0).any():
        return None
    marks = signature(grid, top)
    wide = grid.filled[top : block.first + 20].max()
    words = [normalise(text) for text in grid.row_texts(top) if text]
    if VALUE in marks or LABEL not in marks or len(words) < max(2, 0.9 * wide) or len(set(words)) < len(words):
        return None
    return [top] if low - top > 1 or _reads_as_values(grid, block, low) else [top, *block.rows]


def _reads_as_values(grid: Grid, block: Block, row: int) -> bool:
    """Fewer than two columns of figures have a word in this row: then it is a first row of data."""
    below = [signature(grid, other) for other in range(block.first, min(block.first + 20, grid.height)) if grid.filled[other]]
    if len(below) < 2:
        return True
    marks = signature(grid, row)
    figures = [column for column in range(len(marks)) if sum(mark[column] == VALUE for mark in below) >= 0.8 * len(below)]
    return sum(marks[column] == LABEL for column in figures) < 2


def _hits(grid: Grid, row: int) -> int:
    """How many of a row's cells are headers of the vocabulary, or questions."""
    texts = [text for column, text in enumerate(_first_texts(grid, row)) if text and _is_label(grid, row, column, text)]
    return sum(known(text) or (is_question(text) and bool(guesses(text))) for text in texts)


def _lonely_header(grid: Grid) -> list[int]:
    """A sheet that ends with a row of labels, titles at most above it, is a header without data."""
    rows = np.flatnonzero(grid.filled).tolist()[-_SEARCH:]
    if len(rows) != 1 and (len(rows) > 6 or grid.filled[rows[-1]] < 3 or (grid.filled[rows[:-1]] > 1).any()):
        return []
    rows = rows[-1:]
    texts = [(column, text) for column, text in enumerate(grid.row_texts(rows[0])) if text]
    labels = [text for column, text in texts if _is_label(grid, rows[0], column, text)]
    return rows if len(labels) == len(texts) > 1 else []


def _with_repeats(grid: Grid, row: int) -> list[int]:
    """The header row with the rows directly around it that say the same; printed on every page, the first one is meant."""
    words = [normalise(text) for text in grid.row_texts(row)]
    if len([word for word in words if word]) > 2:
        row = next((other for other in range(row) if grid.filled[other] == grid.filled[row] and says(grid, other, words)), row)
    rows = [row]
    while rows[-1] + 1 < grid.height and says(grid, rows[-1] + 1, words):
        rows.append(rows[-1] + 1)
    while rows[0] > 0 and says(grid, rows[0] - 1, words):
        rows.insert(0, rows[0] - 1)
    return rows


def _with_subheaders(grid: Grid, rows: list[int]) -> list[int]:
    """The rows that survey systems put around the questions: kinds of answers, choices, import numbers."""
    if not rows:
        return rows
    rows = list(rows)
    if rows[-1] + 2 < grid.height and is_import_row(grid, rows[-1] + 2):
        rows += [rows[-1] + 1, rows[-1] + 2]
    while rows[-1] + 1 < grid.height and _is_subheader(grid, rows[-1] + 1):
        rows.append(rows[-1] + 1)
    if is_import_row(grid, rows[-1]) and rows[0] > 0 and grid.filled[rows[0] - 1] >= 0.8 * grid.filled[rows[0]]:
        rows.insert(0, rows[0] - 1)
    return rows


def _with_groups(grid: Grid, rows: list[int]) -> list[int]:
    """A row right above the header whose labels each stand over several of its columns."""
    if not rows or rows[0] == 0 or len(rows) > 1:
        return rows
    above = rows[0] - 1
    both = {left for top, left, bottom, right in grid.merges if top == above and bottom == rows[0] and left == right}
    labels = [column for column, text in enumerate(grid.row_texts(above)) if text and column not in both]
    under = [column for column, text in enumerate(grid.row_texts(rows[0])) if text]
    if len(labels) < 2 or len(labels) >= len(under) or not set(labels) <= set(under):
        return rows
    merged = {left for top, left, bottom, right in grid.merges if top == bottom == above and right > left}
    drawn = len(merged & set(labels)) >= 2 or (not grid.merges and labels[0] > under[0] and len(under) - len(labels) >= 2)
    plain = all(_is_label(grid, above, column, grid.text(above, column).strip()) for column in labels)
    told = _hits(grid, rows[0]) >= 2 or (bool(both) and len(merged & set(labels)) >= 2)
    return [above, *rows] if drawn and plain and told else rows


def _with_parts(grid: Grid, rows: list[int]) -> list[int]:
    """A row right under the header whose labels stand under its groups only: the parts of each group."""
    if len(rows) != 1 or rows[0] + 2 >= grid.height:
        return rows
    header, under = rows[0], rows[0] + 1
    upper, lower = grid.row_texts(header), grid.row_texts(under)
    grouped = _grouped(grid, header, upper, lower)
    labels = [column for column, text in enumerate(lower) if text]
    alone = [column for column, text in enumerate(upper) if text and column not in grouped]
    if len(labels) < 2 or not alone or not set(labels) <= grouped:
        return rows
    plain = all(_is_label(grid, under, column, lower[column]) for column in labels) and not is_unit(grid, under)
    return [header, under] if plain and VALUE not in signature(grid, under) else rows


def _grouped(grid: Grid, header: int, upper: list[str], lower: list[str]) -> set[int]:
    """The columns over which a label of the header stands together with others: merged, or blank beside it with labels under both."""
    merged = [(left, right) for top, left, bottom, right in grid.merges if top == bottom == header and right > left]
    found = {column for left, right in merged for column in range(left, right + 1)}
    for column in range(1, len(upper)):
        if not upper[column] and lower[column] and lower[column - 1] and (upper[column - 1] or column - 1 in found):
            found |= {column - 1, column}
    return found


def is_import_row(grid: Grid, row: int) -> bool:
    """``{"ImportId":"QID1"}``: the third header row of Qualtrics."""
    texts = [text for text in grid.row_texts(row) if text]
    return bool(texts) and sum(text.startswith('{"ImportId"') for text in texts) > 0.5 * len(texts)


def _with_wording(grid: Grid, rows: list[int]) -> list[int]:
    """A header of codes (“Q1, Q2, Q3”) with the row under it that says in words what each asks, none of which stands further below."""
    if len(rows) != 1 or rows[0] + 3 >= grid.height:
        return rows
    header, under = rows[0], rows[0] + 1
    codes = [column for column, text in enumerate(grid.row_texts(header)) if text and _CODE.match(text)]
    words = {column: text for column, text in enumerate(grid.row_texts(under)) if text}
    worded = all(_is_label(grid, under, column, text) and degree(text) is None for column, text in words.items())
    whole = words.keys() >= set(codes) and len(set(words.values())) == len(words)
    if len(codes) < 2 or 2 * len(codes) < grid.filled[header] or not worded or not whole:
        return rows
    cells = {column: {grid.text(row, column).strip() for row in _rows_below(grid, under)[:_BELOW]} for column in words}
    again = any(text in cells[column] for column, text in words.items())
    judged = any(parse_number(cell) is not None or degree(cell) is not None for column in codes for cell in cells[column] if cell)
    return [header, under] if judged and not again else rows


def _is_subheader(grid: Grid, row: int) -> bool:
    texts = [text for text in grid.row_texts(row) if text]
    return is_import_row(grid, row) or any(_ANSWER_KIND.match(text) for text in texts)


def header_score(grid: Grid, row: int) -> float:
    """How much a row looks like a header: words of files, text over other things, width."""
    cells = [(column, text) for column, text in enumerate(_first_texts(grid, row)) if text]
    below = _rows_below(grid, row)
    if not below:
        return -1.0
    width = min(float(np.median([grid.filled[other] for other in below])), _WIDE)
    if width >= 2 and len(cells) < 2:
        return -1.0
    words = [text for column, text in cells if _is_label(grid, row, column, text)]
    share = len(words) / len(cells)
    score = 2 * share - 1.2 + min(len(cells) / max(width, 1), 1.2)
    score += 0.8 * len({normalise(text) for text in words}) / len(cells) - 0.8
    hits = sum(1 for text in words if known(text)) + sum(0.5 for text in words if is_question(text) and guesses(text))
    score += min(hits, 6) * (0.7 if hits >= 2 else 0.4) * max(share, 0.3)
    score += 1.5 * _break(grid, cells, below)
    score += 0.4 * (sum((row, column) in grid.bold for column, _ in cells) > len(cells) / 2)
    score += 0.6 * (bool(grid.facts.get("frozen")) and grid.sheet_row(row) == grid.facts["frozen"])
    score -= 1.5 * (1 - share) if share < 0.9 else 0
    score -= 2.0 * sum(len(text) > _LONGEST and "?" not in text for _, text in cells) / len(cells)
    first = not grid.filled[:row].any()  # most files do have a header, and it is their first row
    score -= (1.3 if first else 3.0) * _alike(grid, row, below)
    score -= 2.0 * _comes_back(grid, row, cells)
    score -= 0.02 * row
    return score


def _comes_back(grid: Grid, row: int, cells: list[tuple[int, str]]) -> float:
    """Share of the cells whose text stands again in its column, as answers do: more than half of a header never does."""
    if grid.width > _WIDE:
        return 0.0
    others = [grid.row_texts(other) for other in range(min(grid.height, _SEARCH)) if other != row and grid.filled[other]]
    others = [line for line in others if any(line[column] != text for column, text in cells)]  # without the header, written again
    again = sum(any(line[column] == text for line in others) for column, text in cells) / len(cells)
    return again if again > 0.5 else 0.0


def _first_texts(grid: Grid, row: int) -> list[str]:
    """The texts of a row; of very wide sheets the first columns tell enough."""
    return grid.row_texts(row) if grid.width <= _WIDE else [grid.text(row, column).strip(SPACES) for column in range(_WIDE)]


def _rows_below(grid: Grid, row: int) -> list[int]:
    end = min(grid.height, row + 1 + _BELOW)
    return [other for other in range(row + 1, end) if grid.filled[other]]


def _is_label(grid: Grid, row: int, column: int, text: str) -> bool:
    """Text that is no value: not a number, a date, an amount, an e-mail address."""
    if grid.columns[column].kinds[row] != TEXT:
        return False
    if text in ("TRUE", "FALSE"):
        return False
    return parse_number(text) is None and parse_date(text) is None and "@" not in text and len(text) < 300


def _break(grid: Grid, cells: list[tuple[int, str]], below: list[int]) -> float:
    """Share of the columns where a label stands over values of another kind."""
    changes = 0
    for column, _ in cells:
        kinds = grid.columns[column].kinds[below]
        filled = kinds[kinds != BLANK]
        if not len(filled):
            continue
        if (filled != TEXT).mean() > 0.5:
            changes += 1
        else:
            texts = [grid.text(row, column).strip(SPACES) for row in below[:8]]
            values = [text for text in texts if text]
            changes += sum(1 for text in values if parse_number(text) or parse_date(text)) > len(values) * 0.5
    return changes / max(len(cells), 1)


def _alike(grid: Grid, row: int, below: list[int]) -> float:
    """Share of the cells that hold a figure or a date over figures or dates: a row of data, whatever its words."""
    marks = signature(grid, row)
    under = [signature(grid, other) for other in below[:8]]
    same = sum(1 for column, mark in enumerate(marks) if mark == VALUE and sum(m[column] == VALUE for m in under) > 0.5 * len(under))
    return same / max(len(marks.replace(" ", "")), 1)
