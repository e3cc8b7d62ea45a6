"""Workbooks of Excel 97 and binary ones: percentages, money and errors are told as in .xlsx."""

from __future__ import annotations

import io
import struct

import xlwt

import analysis
from analysis.reading.worker import binary


def old(rows, formats) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Feuil1")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            style = xlwt.easyxf(num_format_str=formats.get(column, "General") if number else "General")
            if value is not None:
                sheet.write(number, column, value, style)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_percentages_and_money_of_an_xls_are_what_excel_shows():
    rows = [["Étape", "Point de contact", "Part des clients", "Coût"], ["Achat", "Caisse", 0.8, 1200.5], ["Usage", "SAV", 0.125, 90], ["Usage", "Site", 1, 0]]
    book = analysis.read(old(rows, {2: "0.0%", 3: '#,##0.00 "€"'}), "inventaire.xls")
    table = book.tables[0]
    assert table.kind == "touchpoints"
    assert table.frame["reach"].tolist() == [80, 12.5, 100]
    assert table.currencies["cost"] == "EUR"
    assert table.raw.iloc[2, 2] == "12.5%"
    assert "formats_unknown" not in set(book.problems["code"])


def test_an_error_of_an_xls_is_not_a_blank_cell():
    made = xlwt.Workbook()
    sheet = made.add_sheet("Feuil1")
    for number, row in enumerate([["Point de contact", "Impact (1-10)"], ["Caisse", 7], ["SAV", 0], ["Site", 4]]):
        for column, value in enumerate(row):
            if value:
                sheet.write(number, column, value)
    sheet.row(2).set_cell_error(1, 42)  # #N/A
    stream = io.BytesIO()
    made.save(stream)
    book = analysis.read(stream.getvalue(), "x.xls")
    assert book.tables[0].raw.iloc[2, 1] == "#N/A"
    assert book.problems.set_index("cell").loc["B3", "code"] == "error_cell"


def test_shares_under_a_header_that_says_so_are_percentages():
    table = analysis.read(b"Magasin;Taux de retour\nLyon;0,12\nParis;0,055\nNice;0,3\n", "x.csv").tables[0]
    assert table.frame.iloc[:, 1].tolist() == [12, 5.5, 30]


def record(number: int, body: bytes) -> bytes:
    code = bytes((number,)) if number < 128 else bytes((number & 0x7F | 0x80, number >> 7))
    return code + bytes((len(body),)) + body


def test_the_styles_of_an_xlsb_are_told_cell_by_cell():
    text = '0.0" %"'
    styles = (
        record(44, struct.pack("<HI", 164, len("0.0%")) + "0.0%".encode("utf-16-le")) + record(44, struct.pack("<HI", 165, len(text)) + text.encode("utf-16-le"))
        + record(617, struct.pack("<I", 3)) + record(47, struct.pack("<HH", 0, 0) + bytes(12)) + record(47, struct.pack("<HH", 0, 164) + bytes(12))
        + record(47, struct.pack("<HH", 0, 165) + bytes(12)) + record(618, b"")
    )  # fmt: skip
    said = binary._said(styles)
    assert said == ["", "percent", "literal_percent"]
    sheet = (
        record(0, struct.pack("<I", 4) + bytes(13)) + record(2, struct.pack("<III", 1, 1, 0)) + record(5, struct.pack("<IId", 2, 0, 3.5))
        + record(3, struct.pack("<IIB", 3, 0, 42))
    )  # fmt: skip
    found = binary._cells(sheet, said)
    assert found.formats == [(4, 1, "percent")]
    assert found.errors == [(4, 3, "#N/A")]
