"""A light pass over the parts of an .xlsx for what the fast reader does not tell: formats, errors, extents.

It reads start tags with regular expressions, in pieces, and builds no tree: 50 MB of XML take a fraction of a second.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO

from analysis.reading.worker.notes import notes_of
from analysis.reading.worker.refusal import Refusal
from analysis.reading.worker.styles import Styles, attributes

_PIECE = 1_000_000
#: of a large sheet, titles and header are looked at more closely than the rest
_FIRST = 250_000
_SAMPLE, _STRIDE = 20_000, 1_000_000
#: above this many bytes of XML, bold is looked up at the top of the sheet only
_LARGE = 6_000_000
#: with more styles than this that mean something, one pass over all is quicker than one for each
_FEW_STYLES = 4
_BEFORE = re.compile(rb'(?m)r="([A-Z]{1,3})(\d{1,7})"$')
_REFERENCE = re.compile(rb'(?:^|\s)r="([A-Z]{1,3})(\d{1,7})"')


def column_number(letters: str | bytes) -> int:
    """``A`` → 0, ``AA`` → 26."""
    number = 0
    for letter in letters if isinstance(letters, bytes) else letters.encode("ascii", "replace"):
        number = number * 26 + letter - 64
    return number - 1


class Extent:
    """How far the cells of a sheet reach and how many there are."""

    def __init__(self) -> None:
        self.rows = 0
        self.columns = 0
        self.cells = 0


class SheetPass:
    """Facts of one sheet part."""

    def __init__(self) -> None:
        self.extent = Extent()
        self.formats: list[tuple[int, int, str]] = []
        #: column, rows and meaning where many cells below each other have the same format
        self.runs: list[tuple[int, list[int], str]] = []
        self.bold: list[tuple[int, int]] = []
        self.errors: list[tuple[int, int, str]] = []
        self.uncomputed: list[tuple[int, int]] = []
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[tuple[int, int]] = []
        self.frozen = 0
        self.notes: list[list[int | str]] = []


class Package:
    """The zip of a workbook."""

    def __init__(self, data: bytes) -> None:
        self.zip = zipfile.ZipFile(BytesIO(data))
        self.names = {self._key(name): name for name in self.zip.namelist()}
        self._refuse_entities()
        self.styles = Styles(self.read("xl/styles.xml"))
        self.parts = self._sheet_parts()

    @staticmethod
    def _key(name: str) -> str:
        return name.replace("\\", "/").lstrip("/").lower()

    def read(self, name: str, limit: int = 60_000_000) -> bytes:
        """A part by its name, whatever its case and slashes; nothing when it is not there."""
        real = self.names.get(self._key(name))
        if real is None:
            return b""
        with self.zip.open(real) as part:
            return part.read(limit)

    def _refuse_entities(self) -> None:
        """No workbook needs a document type; those that have one want to harm."""
        for key, name in self.names.items():
            if key.endswith((".xml", ".rels")):
                with self.zip.open(name) as part:
                    head = part.read(1024).replace(b"\x00", b"")
                if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                    raise Refusal("corrupt", "entities")

    def _sheet_parts(self) -> dict[str, str]:
        """Sheet name → part."""
        targets = {}
        for tag in re.findall(rb"<(?:\w+:)?Relationship\s([^>]*)>", self.read("xl/_rels/workbook.xml.rels")):
            found = attributes(tag)
            target = found.get("Target", "")
            targets[found.get("Id", "")] = target.lstrip("/") if target.startswith("/") else posixpath.normpath("xl/" + target)
        parts = {}
        for tag in re.findall(rb"<(?:\w+:)?sheet\s([^>]*)>", self.read("xl/workbook.xml")):
            found = attributes(tag)
            if found.get("id") in targets:
                parts[found.get("name", "")] = targets[found["id"]]
        return parts

    def pieces(self, part: str) -> Iterator[bytes]:
        """The part in pieces that never cut a cell in two."""
        real = self.names.get(self._key(part))
        if real is None:
            return
        rest = b""
        size = _PIECE if self.zip.getinfo(real).file_size < _LARGE else _FIRST
        with self.zip.open(real) as stream:
            while block := stream.read(size):
                size = _PIECE
                block = rest + block
                cut = _before_a_cell(block)
                rest, block = (block[cut:], block[:cut]) if cut > 0 else (b"", block)
                yield block
                if len(rest) > 8 * _PIECE:
                    yield rest
                    rest = b""
        yield rest

    def look(self, part: str) -> SheetPass:
        """Everything that a fast reader leaves out of one sheet."""
        found = SheetPass()
        real = self.names.get(self._key(part))
        size = self.zip.getinfo(real).file_size if real else 0
        patterns: _Patterns | None = None
        for number, piece in enumerate(self.pieces(part)):
            if patterns is None:
                prefix = re.search(rb"<(\w+:)?worksheet\b", piece)
                patterns = _Patterns((prefix[1] or b"") if prefix else b"", self.styles)
            patterns.look(piece, found, bold=size < _LARGE or number == 0)
            if number == 0:
                patterns.head(piece, found)
        found.notes = notes_of(self, part)
        return found


def _before_a_cell(block: bytes) -> int:
    """Where a piece can end: before a cell or a row, or before any tag where there is neither."""
    cut = max(block.rfind(b"<c "), block.rfind(b"<row "))
    return cut if cut > 0 else max(block.rfind(b":c "), block.rfind(b"<"))


class _Patterns:
    def __init__(self, prefix: bytes, styles: Styles) -> None:
        p = re.escape(prefix)
        self.styles = styles
        self.row = re.compile(rb"<" + p + rb"row\s([^>]*)>")
        self.row_number = re.compile(rb"<" + p + rb'row\s(?:[^>]*?\s)?r="(\d{1,7})"')
        self.cell = b"<" + prefix + b"c "
        self.beyond_z = re.compile(rb' r="([A-Z]{2,3})\d')
        self.formula = re.compile(rb"<" + p + rb"f[ >/]")
        self.special = self._of(styles.meanings)
        self.emphatic = self._of({**styles.meanings, **dict.fromkeys(styles.bold, "")})
        value = rb"(?:<" + p + rb"f[^>]*/>|<" + p + rb"f[^>]*>[^<]*</" + p + rb"f>)?\s*<" + p + rb"v>([^<]*)</"
        self.error = re.compile(rb"<" + p + rb"c\s(?=[^>]*\st=\"e\")([^>]*)>\s*" + value)
        self.uncomputed = re.compile(
            rb"<" + p + rb"c\s([^>]*)>\s*(?:<" + p + rb"f[^>]*/>|<" + p + rb"f[^>]*>[^<]*</" + p + rb"f>)\s*"
            rb"(?:<" + p + rb"v\s*/>|<" + p + rb"v>\s*</" + p + rb"v>)?\s*</" + p + rb"c>"
        )

    @staticmethod
    def _of(styles: dict[int, str]) -> re.Pattern[bytes] | None:
        """Finds the style attribute only: cells that have none of these cost nothing."""
        if not styles:
            return None
        numbers = b"|".join(b"%d" % number for number in sorted(styles)[:5000])
        return re.compile(rb' s="(' + numbers + rb')"')

    def look(self, piece: bytes, found: SheetPass, *, bold: bool) -> None:
        self._extent(piece, found.extent, exact=bold)
        if bold:
            for match in self.emphatic.finditer(piece) if self.emphatic else ():
                self._style(piece, match, found)
        else:
            self._formats(piece, found)
        if b't="e"' in piece:
            for match in self.error.finditer(piece):
                if at := _address(match[1]):
                    found.errors.append((*at, match[2].decode("utf-8", "replace")))
        if self.formula.search(piece):
            for match in self.uncomputed.finditer(piece):
                if at := _address(match[1]):
                    found.uncomputed.append(at)
        if b'hidden="' in piece:
            for tag in self.row.findall(piece):
                seen = attributes(tag)
                if seen.get("hidden") in ("1", "true") and seen.get("r", "").isdigit():
                    found.hidden_rows.append(int(seen["r"]) - 1)

    def _formats(self, piece: bytes, found: SheetPass) -> None:
        """Formats of a large sheet: cut at each style attribute, for the address stands just before it."""
        if len(self.styles.meanings) > _FEW_STYLES:
            for match in self.special.finditer(piece) if self.special else ():
                self._style(piece, match, found)
            return
        for style, said in self.styles.meanings.items():
            mark = b' s="%d"' % style
            fragments = piece.split(mark)[:-1]
            heads = [fragment[-14:] for fragment in fragments]
            cells = _BEFORE.findall(b"\n".join(heads))
            if cells and len(cells) == len(fragments):
                names, rows = zip(*cells, strict=True)
                if len(set(names)) == 1:
                    found.runs.append((_column(names[0]), list(map(int, rows)), said))
                else:
                    found.formats += [(int(row) - 1, _column(name), said) for name, row in cells]
                continue
            for match in re.finditer(rb' s="(%d)"' % style, piece):
                self._style(piece, match, found)

    def _style(self, piece: bytes, match: re.Match[bytes], found: SheetPass) -> None:
        end = match.start()
        start = piece.rfind(b"<", max(end - 60, 0), end)
        if not piece.startswith(self.cell, start):
            return
        at = _address(piece[start:end]) or _address(piece[start : piece.find(b">", start)])
        if at is None:
            return
        style = int(match[1])
        if said := self.styles.meanings.get(style):
            found.formats.append((*at, said))
        if style in self.styles.bold:
            found.bold.append(at)

    def _extent(self, piece: bytes, extent: Extent, *, exact: bool) -> None:
        """Rows and columns that are used; of a large sheet the last row of each piece, and samples of it, stand for all.

        A far cell that this misses makes the fast reader give up; the careful one is tried then.
        """
        extent.cells += piece.count(self.cell) if exact else self._about(piece)
        rows = self.row_number.findall(piece if exact else piece[piece.rfind(b"row ") - 5 :])
        if rows:
            extent.rows = max(extent.rows, max(map(int, rows)))
        extent.columns = max(extent.columns, 26)
        looked = piece if exact else b"".join(_samples(piece))
        if self.beyond_z.search(looked):
            widest = max(map(column_number, set(self.beyond_z.findall(looked))))
            extent.columns = max(extent.columns, widest + 1)

    def _about(self, piece: bytes) -> int:
        """Cells of a piece of a large sheet, from samples all over it: the limit is one of millions."""
        samples = _samples(piece)
        return sum(sample.count(self.cell) for sample in samples) * len(piece) // max(sum(map(len, samples)), 1)

    def head(self, piece: bytes, found: SheetPass) -> None:
        """What stands before the rows: frozen panes, hidden columns."""
        top = piece[: piece.find(b"sheetData")]
        if pane := re.search(rb'ySplit="(\d+)[^"]*"', top):
            found.frozen = int(pane[1]) if b'state="frozen' in top else 0
        for tag in re.findall(rb"<(?:\w+:)?col\s([^>]*)>", top):
            seen = attributes(tag)
            if seen.get("hidden") in ("1", "true") and seen.get("min", "").isdigit() and seen.get("max", "").isdigit():
                found.hidden_columns.append((int(seen["min"]) - 1, int(seen["max"]) - 1))


def _samples(piece: bytes) -> list[bytes]:
    return [piece[place : place + _SAMPLE] for place in range(0, len(piece), _STRIDE)]


@lru_cache(maxsize=1024)
def _column(letters: bytes) -> int:
    return column_number(letters)


def _address(tag: bytes) -> tuple[int, int] | None:
    reference = _REFERENCE.search(tag)
    if not reference:
        return None
    return int(reference[2]) - 1, _column(reference[1])
