from __future__ import annotations

import io
from pathlib import Path

import pytest

#: files that may not be shipped lie beside the repository (or beside its worktrees); tests skip where they are absent
OUTSIDE = [folder / "shared" / "data" for folder in Path(__file__).parents[3:5]]


@pytest.fixture
def outside():
    """A file of ../shared/data, or a skip."""

    def find(name: str) -> Path:
        for folder in OUTSIDE:
            if (folder / name).exists():
                return folder / name
        pytest.skip(f"{name} is not here")

    return find


@pytest.fixture
def workbook():
    """Rows → the bytes of an .xlsx; ``dress(sheet)`` may format it."""
    import openpyxl

    def make(rows, dress=None, title="Feuille") -> bytes:
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = title
        for row in rows:
            sheet.append(row)
        if dress:
            dress(sheet)
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()

    return make
