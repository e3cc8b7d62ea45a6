"""Notes that people attached to cells are kept with them and listed, whatever program wrote the file."""

from __future__ import annotations

import io
import zipfile

import openpyxl
from openpyxl.comments import Comment

import analysis


def workbook() -> bytes:
    made = openpyxl.Workbook()
    sheet = made.active
    for row in ([], ["Étape", "Point de contact", "Impact"], ["Achat", "Caisse", 7], ["Achat", "Site", 4]):
        sheet.append(row)
    sheet["C3"].comment = Comment("À revoir avec Marc", "Léa")
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def test_a_note_is_kept_with_its_cell_and_listed():
    book = analysis.read(workbook(), "carte.xlsx")
    table = book.tables[0]
    address = table.cell(0, "impact")
    assert (address, address.note) == ("C3", "À revoir avec Marc")
    assert table.cell(1, "impact").note == ""
    told = book.problems[book.problems.code == "cell_note"]
    assert told[["cell", "header", "value"]].to_numpy().tolist() == [["C3", "Impact", "À revoir avec Marc"]]
    assert "À revoir avec Marc" not in table.raw.to_numpy().ravel().tolist()


def test_a_thread_of_comments_is_one_note_and_its_placeholder_is_none():
    thread = (
        '<ThreadedComments xmlns="x"><threadedComment ref="C3" id="{1}"><text>Qui s’en charge ?</text></threadedComment>'
        '<threadedComment ref="C3" id="{2}" parentId="{1}"><text>Marc</text></threadedComment></ThreadedComments>'
    )
    source, stream = zipfile.ZipFile(io.BytesIO(workbook())), io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name.endswith("sheet1.xml.rels"):
                tag = '<Relationship Id="rIdT" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment" Target="../threadedComments/t1.xml"/>'
                content = content.replace(b"</Relationships>", tag.encode() + b"</Relationships>")
            target.writestr(name, content.replace("À revoir".encode(), b"[Threaded comment] Your version of Excel").replace(b"&#192; revoir", b"[Threaded comment] Your version"))
        target.writestr("xl/threadedComments/t1.xml", thread)
    assert analysis.read(stream.getvalue(), "carte.xlsx").tables[0].cell(0, "impact").note == "Qui s’en charge ?\nMarc"


def test_notes_merged_cells_and_hidden_rows_of_an_ods_are_seen():
    content = """<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:dc="d"><office:body><office:spreadsheet><table:table table:name="Carte">
<table:table-row><table:table-cell><text:p>Étape</text:p></table:table-cell><table:table-cell><text:p>Point de contact</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell table:number-rows-spanned="2"><text:p>Achat</text:p></table:table-cell><table:table-cell><office:annotation><dc:creator>Léa</dc:creator>
<dc:date>2026-03-12T00:00:00</dc:date><text:p>À revoir</text:p></office:annotation><text:p>Caisse</text:p></table:table-cell></table:table-row>
<table:table-row table:visibility="filter"><table:covered-table-cell/><table:table-cell><text:p>Site</text:p></table:table-cell></table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    book = analysis.read(stream.getvalue(), "carte.ods")
    table = book.tables[0]
    assert table.frame.to_numpy().tolist() == [["Achat", "Caisse"], ["Achat", "Site"]]
    assert table.cell(0, "touchpoint").note == "À revoir"
    assert {"cell_note", "hidden_rows"} <= set(book.problems.code)
