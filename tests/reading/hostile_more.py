"""More files that want to harm: sizes that lie, archives inside archives, one huge line or cell, links outward, odd signs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from .hostile import NS, REL, ROWS, cell, parts, sheet_xml, zipped


def _nested(depth: int) -> bytes:
    inside = zipped({"a.csv": "a,b\n1,2\n"})
    for _ in range(depth):
        inside = zipped({"a.zip": inside})
    return inside


def _hundred_thousand() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for number in range(100_000):
            archive.writestr(f"{number}.csv", "a,b\n")
    return stream.getvalue()


def _many_sheets(count: int) -> bytes:
    names = range(1, count + 1)
    listed = "".join(f'<sheet name="F{n}" sheetId="{n}" r:id="rId{n + 9}"/>' for n in names)
    related = "".join(f'<Relationship Id="rId{n + 9}" Type="{REL}/worksheet" Target="worksheets/s{n}.xml"/>' for n in names)
    made = parts(**{"xl__workbook.xml": f'<workbook {NS} xmlns:r="{REL}"><sheets>{listed}</sheets></workbook>', "xl__worksheets__sheet1.xml": None})
    made["xl/_rels/workbook.xml.rels"] = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{related}</Relationships>'
    return zipped(made | {f"xl/worksheets/s{n}.xml": sheet_xml() for n in names})


def _formulas(what: str, rows: int = 5) -> bytes:
    body = "".join(f'<row r="{n}"><c r="A{n}">{what.format(n=n)}<v>{n}</v></c><c r="B{n}"><v>2</v></c></row>' for n in range(4, 4 + rows))
    return zipped(parts(sheet_xml(ROWS + body)))


def _links() -> bytes:
    made: dict[str, str | bytes] = dict(parts(sheet_xml(ROWS + '<row r="4"><c r="A4"><f>[1]Feuil1!A1</f><v>3</v></c></row>')))
    made["xl/externalLinks/externalLink1.xml"] = f'<externalLink {NS}><externalBook r:id="rId1" xmlns:r="{REL}"/></externalLink>'
    made["xl/externalLinks/_rels/externalLink1.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{REL}/externalLinkPath" Target="http://127.0.0.1:9/x.xlsx" TargetMode="External"/></Relationships>'
    )
    return zipped(made)


#: name → maker. What each must come to is in test_hostile.py.
MORE: dict[str, Callable[[], bytes]] = {
    "dimension_billions.xlsx": lambda: zipped(parts(sheet_xml(before='<dimension ref="A1:ZZZZZ9999999999"/>'))),
    "row_number_billions.xlsx": lambda: zipped(parts(sheet_xml(ROWS + '<row r="4000000000"><c r="A4000000000"><v>1</v></c></row>'))),
    "zip_100k_members.zip": _hundred_thousand,
    "zip_50_deep.zip": lambda: _nested(50),
    "one_cell_10MB.xlsx": lambda: zipped(parts(sheet_xml(ROWS + f'<row r="4"><c r="A4" t="inlineStr"><is><t>{"né " * 3_300_000}</t></is></c></row>'))),
    "links_outward.xlsx": _links,
    "dde.csv": lambda: b"a;b\n=DDE(\"cmd\";\"/C calc\";\"x\");1\n=WEBSERVICE(\"http://127.0.0.1:9/\");2\n",
    "dde.xlsx": lambda: _formulas("<f>cmd|'/C calc'!A{n}</f>"),
    "shared_formulas_in_a_ring.xlsx": lambda: _formulas('<f t="shared" si="0" ref="A4:A99">A{n}+A4</f>', 96),
    "sheets_2000.xlsx": lambda: _many_sheets(2000),
    "sheets_5000.xlsx": lambda: _many_sheets(5000),
    "one_line_45MB.csv": lambda: b"x" * 45_000_000,
    "one_line_of_words_45MB.csv": lambda: b"mot " * 11_000_000,
    "one_column_of_quotes.csv": lambda: b'"""\n' * 200_000,
    "nul_everywhere.csv": lambda: b"a\x00;b\x00\n" + b"1;2\x00\n" * 1000,
    "right_to_left.csv": lambda: "\u202eÉtape\u202c;\u200fImpact\u200e (1-10)\n\u2067Achat\u2069;7\nUsage;\u200e4\n".encode(),
    "ebcdic.csv": lambda: "Etape;Point de contact;Impact\nAchat;Caisse;7\nUsage;SAV;4\n".encode("cp037"),
    "vertical_tabs.csv": lambda: b"a;b\x0b1;2\x0c3;4\x1c5;6\n" * 50,
    "line_separators.csv": lambda: "a;b\u20281;2\u2029\n\x853;4\n".encode(),
    "every_sign.csv": lambda: ";".join(chr(n) for n in range(1, 0x3000) if chr(n) not in ';"\r\n').encode() + b"\n1;2\n",
    "far_columns.xlsx": lambda: zipped(parts(sheet_xml("".join(f'<row r="{n}">{cell(f"A{n}")}{cell(f"XFD{n}")}</row>' for n in range(1, 2000))))),
    "wide_2000.csv": lambda: (";".join(f"c{n}" for n in range(2000)) + "\n").encode() + (b"1;" * 1999 + b"1\n") * 300,
    "bracket_bomb.csv": lambda: b"a;b\n" + b"(" * 50_000 + b";" + b"1 " * 50_000 + b"\n2;3\n",
    "digit_bomb.csv": lambda: b"Note;Date\n" + (b"1" * 60 + b";" + b"1/" * 40 + b"\n") * 3000,
    "header_bomb.csv": lambda: (b"(" * 5000 + b"1 = a, " * 3000 + b";" + b"satisfaction de la " * 2000 + b"\n1;2\n3;4\n"),
}  # fmt: skip
