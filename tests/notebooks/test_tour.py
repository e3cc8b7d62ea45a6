"""The tour runs from top to bottom as it stands, and is kept without its output."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

TOUR = Path(__file__).parents[2] / "notebooks" / "tour.ipynb"


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_the_tour_runs_from_top_to_bottom() -> None:
    from nbclient import NotebookClient

    book = nbformat.read(TOUR, as_version=4)
    NotebookClient(book, timeout=200, kernel_name="python3", resources={"metadata": {"path": str(TOUR.parent)}}).execute()
    shown = "\n".join(str(output.get("text", "")) for cell in book.cells for output in cell.get("outputs", []))
    assert "touchpoints carry" in shown


def test_the_tour_is_kept_without_output() -> None:
    book = nbformat.read(TOUR, as_version=4)
    nbformat.validate(book)
    assert not any(cell.get("outputs") for cell in book.cells)
