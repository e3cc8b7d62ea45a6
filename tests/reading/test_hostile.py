"""No file, however hostile, stops the reading, fills the memory or shows a traceback."""
# ruff: noqa: PT017

from __future__ import annotations

import contextlib
import time
from pathlib import Path

import pytest

import analysis
from analysis import ReadError
from analysis.reading.process import pool
from analysis.reading.watch import MEMORY_LIMITED, seconds_of
from analysis.studio import studio

from .hostile import MAKERS
from .hostile_more import MORE

#: what each must come to, where it is not simply read: ReadError's code
REFUSED = {
    "bomb_shared_strings.xlsx": "too_large", "bomb_white_space.xlsx": "too_large", "bomb_empty_rows.xlsx": "too_large",
    "bomb_gzip.csv.gz": "too_large", "attribute_50MB.xlsx": "too_large", "many_members.xlsx": "too_large",
    "ragged_bomb.csv": "too_large", "one_line_5MB.csv": "too_large",
    "entities.xlsx": "corrupt", "outside_entity.xlsx": "corrupt", "quadratic.xlsx": "corrupt", "spreadsheetml_entities.xls": "corrupt",
    "spreadsheetml_broken.xls": "corrupt", "cut_short.xlsx": "corrupt", "last_10_gone.xlsx": "corrupt", "ole_broken.xls": "corrupt",
    "biff_broken.xls": "corrupt", "target_outside.xlsx": "corrupt", "target_on_the_net.xlsx": "corrupt",
    "docx_named.xlsx": "unsupported", "pptx_named.xlsx": "unsupported", "numbers_named.xlsx": "unsupported", "word_old.xls": "unsupported",
    "frames.xls": "unsupported", "picture.csv": "unsupported", "document.csv": "unsupported", "database.csv": "unsupported",
    "json.csv": "unsupported", "noise.csv": "unsupported", "zip_of_nothing.zip": "unsupported",
    "password.xlsx": "encrypted", "nothing.csv": "empty", "zeros.csv": "empty", "spaces.csv": "empty", "only_spaces.xlsx": "empty",
    "empty_sheet.xlsx": "empty", "no_sheets.xlsx": "empty", "separators_only.csv": "empty", "page_without_table.html": "not_a_table",
    "zip_100k_members.zip": "too_large", "zip_50_deep.zip": "unsupported", "sheets_5000.xlsx": "too_large",
    "one_line_45MB.csv": "not_a_table", "one_line_of_words_45MB.csv": "not_a_table", "vertical_tabs.csv": "unsupported",
}  # fmt: skip
READ = {
    "corners.xlsx", "corner_rows.xlsx", "corner_columns.xlsx", "dimension_lies.xlsx", "rows_out_of_order.xlsx", "style_out_of_range.xlsx",
    "merge_everything.xlsx", "merges_200k.xlsx", "styles_500k.xlsx", "backslashes.xlsx", "prefix.xlsx", "formatted_blanks.xlsx",
    "one_cell_40k.xlsx", "junk_before.xlsx", "named_csv.csv", "quotes_1M.csv", "quote_unclosed.csv", "field_200k.csv", "formulas.csv",
    "control_z.csv", "nul_inside.csv", "huge_numbers.csv", "odd_dates.csv", "digits_of_the_world.csv", "zip_traversal.zip",
    "dimension_billions.xlsx", "row_number_billions.xlsx", "one_cell_10MB.xlsx", "links_outward.xlsx", "dde.csv", "dde.xlsx",
    "shared_formulas_in_a_ring.xlsx", "sheets_2000.xlsx", "one_column_of_quotes.csv", "nul_everywhere.csv", "right_to_left.csv",
    "far_columns.xlsx", "wide_2000.csv", "bracket_bomb.csv", "digit_bomb.csv", "header_bomb.csv",
}  # fmt: skip
ALL = {**MAKERS, **MORE}
LONG = {"columns_16384.xlsx", "million_short_lines.csv", "tables_inside_tables.html", "sheets_2000.xlsx", "sheets_5000.xlsx", "every_sign.csv"} | {
    n for n in ALL if n.startswith(("bomb_", "zip_100k", "one_line_of", "wide_"))
}
#: of the processor, for the reading process and this one together: what never ends is found, on a busy machine too; how long each file
#: takes is measured by benchmarks/hostile.py
SECONDS, MEGABYTES = 40, 600


@pytest.fixture(autouse=True, scope="module")
def no_other_child() -> None:
    """A process that draws pictures for other tests and is let go in the middle would be counted as the reading one."""
    studio.close()


class Cost:
    """What a reading took: seconds of the processor of both processes, and the most memory of the reading process."""

    def __init__(self) -> None:
        self.before = self._seconds()
        self.reaped = self._reaped()[1]

    def seconds(self) -> float:
        return self._seconds() - self.before

    def megabytes(self) -> float:
        """Of the worker that lives, and of those that ended, if they were the largest so far."""
        waiting = [self._peak(worker.process.pid) for worker in pool._idle]
        ended = self._reaped()[1]
        return max([*waiting, ended if ended > self.reaped else 0.0, 0.0])

    def _seconds(self) -> float:
        waiting = sum(seconds_of(worker.process.pid) or 0.0 for worker in pool._idle)
        return time.process_time() + self._reaped()[0] + waiting

    @staticmethod
    def _reaped() -> tuple[float, float]:
        if not MEMORY_LIMITED:
            return 0.0, 0.0
        import resource

        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024

    @staticmethod
    def _peak(process: int) -> float:
        status = Path(f"/proc/{process}/status")
        lines = status.read_text().splitlines() if status.exists() else []
        return next((float(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


@pytest.mark.parametrize("name", [pytest.param(n, marks=pytest.mark.slow) if n in LONG else n for n in ALL])
def test_it_is_read_or_refused_with_a_sentence(name):
    data = ALL[name]()
    cost = Cost()
    try:
        book = analysis.read(data, name)
    except ReadError as error:
        assert name not in READ
        assert error.code == REFUSED.get(name, error.code)
        assert str(error).endswith(".")
        assert error.message("fr") != str(error)
    else:
        assert name not in REFUSED
        for table in book.tables:
            assert len(table.raw) == len(table.rows)
            assert len(table.frame) == (table.rows == "data").sum()
        book.problems_in("fr")
    assert cost.seconds() < SECONDS
    assert cost.megabytes() < MEGABYTES or again(data, name) < MEGABYTES


def again(data: bytes, name: str) -> float:
    """The memory of a second reading, by a process of its own: a process of other tests that ends meanwhile is counted with the first."""
    pool.close()
    cost = Cost()
    with contextlib.suppress(ReadError):
        analysis.read(data, name)
    return cost.megabytes()


def test_the_cost_counts_the_reading_process_too():
    cost = Cost()
    analysis.read(b"a;b\n1;2\n" * 100_000, "x.csv")
    assert cost.seconds() > 0.05
    assert cost.megabytes() > 20


def test_rows_out_of_order_are_put_in_order():
    raw = analysis.read(MAKERS["rows_out_of_order.xlsx"](), "x.xlsx").tables[0].raw
    assert raw.to_numpy().tolist() == [["11", "12"], ["", ""], ["3", "33"]]


def test_cells_a_million_rows_apart_are_both_there_under_their_address():
    book = analysis.read(MAKERS["corners.xlsx"](), "x.xlsx")
    table = book.tables[0]
    assert sorted(text for text in table.raw.to_numpy().ravel() if text) == ["1", "1"]
    assert table.grid.address(len(table.raw) - 1, table.raw.shape[1] - 1) == "XFD1048576"


def test_an_unclosed_quote_swallows_no_row():
    table = analysis.read(MAKERS["quote_unclosed.csv"](), "x.csv").tables[0]
    assert len(table.raw) == 2002


def test_a_formula_is_only_a_text_and_the_guard_of_exports_is_taken_off():
    table = analysis.read(MAKERS["formulas.csv"](), "x.csv").tables[0]
    assert table.frame["a"].tolist() == ["=cmd|' /C calc'!A0", "+33612345678"]
    assert table.raw.iloc[2, 0] == "'+33612345678"


def test_a_worker_that_dies_is_replaced(monkeypatch):
    from analysis.reading import process

    pool = process.Pool()
    worker = process.Worker()
    pool._idle.append(worker)
    worker.process.kill()
    worker.process.wait()
    about = pool.read(b"a;b\n1;2\n", {}, analysis.Limits())
    assert b'"ok": true' in bytes(about[8:200])
    pool.close()


def test_a_reading_that_takes_too_long_is_stopped():
    limits = analysis.Limits(seconds=0.0001, seconds_per_megabyte=0)
    with pytest.raises(ReadError) as caught:
        analysis.read(b"a;b\n" * 200_000, "x.csv", limits=limits)
    assert caught.value.code == "too_large"
    assert "trop longue" in caught.value.message("fr")


def test_a_file_over_the_limit_is_not_even_read():
    with pytest.raises(ReadError) as caught:
        analysis.read(b"a;b\n" * 1000, "x.csv", limits=analysis.Limits(bytes=1000))
    assert caught.value.code == "too_large"


def test_four_people_can_read_at_once():
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(4) as threads:
        books = list(threads.map(lambda n: analysis.read(f"Étape;Note\nAchat;{n}\n".encode(), "x.csv"), range(8)))
    assert [book.tables[0].raw.iloc[1, 1] for book in books] == [str(n) for n in range(8)]
