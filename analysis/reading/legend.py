"""A sheet that says what the codes of another sheet mean: “Q1” is “How satisfied are you with the delivery?”, 1 is “Very dissatisfied”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analysis.reading.grid import Grid
from analysis.reading.headers import is_question, known
from analysis.reading.scales import CODES
from analysis.reading.words import is_unknown

#: longer headers are questions themselves; more lines are data
_CODE, _MOST_LINES = 20, 2000
_NUMBERED = re.compile(r"^-?\d{1,3}$")
_LONGEST = 400


def with_legends(grids: Sequence[Grid]) -> list[Grid]:
    """Give each sheet whose headers are codes the titles that another sheet has for them (``facts["titles"]``); returns the legends."""
    legends = []
    firsts = {id(other): _firsts(other) for other in grids if 2 <= other.width <= 12 and other.height <= _MOST_LINES}
    for grid in grids:
        codes = _codes(grid)
        wanted = {code.casefold() for code in codes}
        for other in grids if len(codes) >= 2 else ():
            if other is grid or len(firsts.get(id(other), set()) & wanted) < 2:
                continue  # looked up once a sheet: a file may have thousands
            titles = _titles(other, codes)
            if len(titles) >= 2 and len(titles) >= 0.4 * len(codes):
                grid.facts["titles"] = titles
                legends.append(other)
                break
    return legends


def _firsts(grid: Grid) -> set[str]:
    """What the lines of a sheet begin with."""
    return {next((text for text in grid.row_texts(row) if text), "").casefold() for row in range(grid.height)}


def _codes(grid: Grid) -> list[str]:
    """Of the first full row of a sheet, the texts that could be codes."""
    for row in range(min(grid.height, 5)):
        texts = [text for text in grid.row_texts(row) if text]
        if len(texts) >= 3:
            return [text for text in texts if len(text) <= _CODE and not is_question(text) and not known(text)]
    return []


def _titles(grid: Grid, codes: Sequence[str]) -> dict[str, str]:
    """Code → its title, with what its lowest and highest value mean where the sheet says so."""
    wanted = {code.casefold(): code for code in codes}
    found: dict[str, str] = {}
    ends: dict[str, dict[int, str]] = {}
    for code, texts in _lines(grid, wanted):
        title = next((text for text in texts if _is_title(text)), "")
        if code not in found and title:
            found[code] = title
            texts = texts[texts.index(title) + 1 :]
        if len(texts) >= 2 and _NUMBERED.match(texts[-2]) and texts[-2] not in CODES and not is_unknown(texts[-1]):
            ends.setdefault(code, {})[int(texts[-2])] = texts[-1]
    return {code: f"{code}. {title}{_ends(ends.get(code, {}))}" for code, title in found.items()}


def _lines(grid: Grid, wanted: dict[str, str]) -> Iterator[tuple[str, list[str]]]:
    """(code, the texts beside it) of each line; a blank cell under a code means the code above."""
    last = ""
    for row in range(grid.height):
        texts = grid.row_texts(row)
        told = [text for text in texts if text]
        if not told:
            continue
        if told[0].casefold() in wanted:
            last = wanted[told[0].casefold()]
            yield last, told[1:]
        elif last and not texts[0] and len(told) > 1:
            yield last, told


def _is_title(text: str) -> bool:
    return len(text) <= _LONGEST and not _NUMBERED.match(text) and len(text) > 2


def _ends(said: dict[int, str]) -> str:
    if len(said) < 2:
        return ""
    low, high = min(said), max(said)
    return f" ({low} = {said[low]}, {high} = {said[high]})"
