"""No file, however hostile, stops the reading, fills the memory or shows a traceback."""

# ruff: noqa: PT017
from __future__ import annotations

import time

import pytest

import analysis
from analysis import ReadError

from . import hostile

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
}  # fmt: skip
READ = {
    "corners.xlsx", "corner_rows.xlsx", "corner_columns.xlsx", "dimension_lies.xlsx", "rows_out_of_order.xlsx", "style_out_of_range.xlsx",
    "merge_everything.xlsx", "merges_200k.xlsx", "styles_500k.xlsx", "backslashes.xlsx", "prefix.xlsx", "formatted_blanks.xlsx",
    "one_cell_40k.xlsx", "junk_before.xlsx", "named_csv.csv", "quotes_1M.csv", "quote_unclosed.csv", "field_200k.csv", "formulas.csv",
    "control_z.csv", "nul_inside.csv", "huge_numbers.csv", "odd_dates.csv", "digits_of_the_world.csv", "zip_traversal.zip",
}  # fmt: skip
LONG = {"columns_16384.xlsx", "million_short_lines.csv", "tables_inside_tables.html"} | {
    n for n in hostile.MAKERS if n.startswith("bomb_")
}


@pytest.mark.parametrize("name", [pytest.param(n, marks=pytest.mark.slow) if n in LONG else n for n in hostile.MAKERS])
def test_it_is_read_or_refused_with_a_sentence(name):
    data = hostile.MAKERS[name]()
    start = time.process_time()
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
    assert time.process_time() - start < 10  # of the processor: tests run beside others


def test_rows_out_of_order_are_put_in_order():
    raw = analysis.read(hostile.MAKERS["rows_out_of_order.xlsx"](), "x.xlsx").tables[0].raw
    assert raw.to_numpy().tolist() == [["11", "12"], ["", ""], ["3", "33"]]


def test_cells_a_million_rows_apart_are_both_there_under_their_address():
    book = analysis.read(hostile.MAKERS["corners.xlsx"](), "x.xlsx")
    table = book.tables[0]
    assert sorted(text for text in table.raw.to_numpy().ravel() if text) == ["1", "1"]
    assert table.grid.address(len(table.raw) - 1, table.raw.shape[1] - 1) == "XFD1048576"


def test_an_unclosed_quote_swallows_no_row():
    table = analysis.read(hostile.MAKERS["quote_unclosed.csv"](), "x.csv").tables[0]
    assert len(table.raw) == 2002


def test_a_formula_is_only_a_text_and_the_guard_of_exports_is_taken_off():
    table = analysis.read(hostile.MAKERS["formulas.csv"](), "x.csv").tables[0]
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
