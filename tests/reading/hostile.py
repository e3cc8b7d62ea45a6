"""Files that want to harm, or that were harmed, made on the spot: name → bytes."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator

NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = f'<styleSheet {NS}><cellXfs count="1"><xf numFmtId="0"/></cellXfs></styleSheet>'
ROWS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Étape</t></is></c><c r="B1" t="inlineStr"><is><t>Impact</t></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>Achat</t></is></c><c r="B2"><v>7</v></c></row>'
    '<row r="3"><c r="A3" t="inlineStr"><is><t>Usage</t></is></c><c r="B3"><v>4</v></c></row>'
)


def sheet_xml(rows: str = ROWS, before: str = "", after: str = "") -> str:
    return f"<worksheet {NS}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>"


def parts(sheet: str | None = None, strings: str | None = None, **changed: str | None) -> dict[str, str]:
    made = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        '<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {NS} xmlns:r="{REL}"><sheets><sheet name="Feuille" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{REL}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{REL}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": STYLES,
        "xl/worksheets/sheet1.xml": sheet or sheet_xml(),
    }
    if strings is not None:
        made["xl/sharedStrings.xml"] = strings
        made["xl/_rels/workbook.xml.rels"] = made["xl/_rels/workbook.xml.rels"].replace(
            "</Relationships>",
            f'<Relationship Id="rId3" Type="{REL}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        )
    for name, content in changed.items():
        key = name.replace("__", "/")
        if content is None:
            made.pop(key, None)
        else:
            made[key] = content
    return made


def zipped(made: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in made.items():
            archive.writestr(name, content)
    return stream.getvalue()


def bomb(name: str, head: str, unit: str, tail: str, megabytes: int, made: dict[str, str]) -> bytes:
    """A workbook with one part of many megabytes, written piece by piece."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for other, content in made.items():
            if other != name:
                archive.writestr(other, content)
        with archive.open(name, "w", force_zip64=True) as part:
            part.write(head.encode())
            block = (unit * (1_000_000 // len(unit) + 1)).encode()
            for _ in range(megabytes):
                part.write(block)
            part.write(tail.encode())
    return stream.getvalue()


def cell(reference: str, value: str = "1") -> str:
    return f'<c r="{reference}"><v>{value}</v></c>'


def _sst_bomb() -> bytes:
    return bomb("xl/sharedStrings.xml", f"<sst {NS}>", "<si><t>a</t></si>", "</sst>", 1100, parts(strings="x"))


def _space_bomb() -> bytes:
    return bomb(
        "xl/worksheets/sheet1.xml", f"<worksheet {NS}><sheetData>", " ", "</sheetData></worksheet>", 1100, parts()
    )


def _rows_bomb() -> bytes:
    return bomb(
        "xl/worksheets/sheet1.xml", f"<worksheet {NS}><sheetData>", "<row/>", "</sheetData></worksheet>", 290, parts()
    )


def _ods(content: str) -> bytes:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    body = f"<office:document-content {spaces}><office:body><office:spreadsheet>{content}</office:spreadsheet></office:body></office:document-content>"
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": body})


def _ods_cell(text: str, repeated: str = "") -> str:
    return f'<table:table-cell {repeated} office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def _repeat_bomb() -> bytes:
    rows = f'<table:table-row table:number-rows-repeated="1048576">{_ods_cell("x", "table:number-columns-repeated=" + chr(34) + "16384" + chr(34))}</table:table-row>'
    return _ods(f'<table:table table:name="F">{rows}</table:table>')


def _repeat_rows() -> bytes:
    head = f"<table:table-row>{_ods_cell('Étape')}{_ods_cell('Impact')}</table:table-row>"
    row = f"<table:table-row>{_ods_cell('Achat')}{_ods_cell('7')}</table:table-row>"
    tail = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>'
    return _ods(f'<table:table table:name="F">{head}{row}{row}{tail}</table:table>')


def _deep() -> bytes:
    return zipped(parts(sheet_xml("<a>" * 200_000 + "</a>" * 200_000)))


def _entities() -> bytes:
    lol = (
        '<!DOCTYPE x [<!ENTITY a "lol">'
        + "".join(f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9))
        + "]>"
    )
    made = parts()
    made["xl/workbook.xml"] = lol + made["xl/workbook.xml"].replace("Feuille", "&j;")
    return zipped(made)


def _xxe() -> bytes:
    return zipped(
        parts(
            '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
            + sheet_xml('<row r="1"><c r="A1" t="str"><v>&e;</v></c></row>')
        )
    )


def _quadratic() -> bytes:
    strings = f'<!DOCTYPE x [<!ENTITY a "{"a" * 50_000}">]><sst {NS}><si><t>{"&a;" * 10_000}</t></si></sst>'
    return zipped(parts(strings=strings))


def _merges(count: int) -> bytes:
    merges = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(5, count))
    return zipped(parts(sheet_xml(after=f"<mergeCells>{merges}</mergeCells>")))


def _damaged(where: Callable[[bytes], bytes]) -> bytes:
    return where(zipped(parts()))


def _ole(*names: str) -> bytes:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504
    return head + b"".join(name.encode("utf-16-le").ljust(128, b"\x00") for name in names) + b"\x00" * 1024


def _wrong_crc(data: bytes) -> bytes:
    at = data.find(b"PK\x01\x02") + 16
    return data[:at] + struct.pack("<I", 0xDEADBEEF) + data[at + 4 :]


def _many_members() -> bytes:
    made: dict[str, str | bytes] = dict(parts())
    made |= {f"junk/{number}.xml": "" for number in range(20_000)}
    return zipped(made, zipfile.ZIP_STORED)


#: name → maker. What each must come to is in test_hostile.py.
MAKERS: dict[str, Callable[[], bytes]] = {
    "bomb_shared_strings.xlsx": _sst_bomb,
    "bomb_white_space.xlsx": _space_bomb,
    "bomb_empty_rows.xlsx": _rows_bomb,
    "bomb_gzip.csv.gz": lambda: _gzip_bomb(),
    "bomb_repeat.ods": _repeat_bomb,
    "repeat_rows.ods": _repeat_rows,
    "no_mimetype.ods": lambda: _without_mimetype(),
    "corners.xlsx": lambda: zipped(parts(sheet_xml(f'<row r="1">{cell("A1")}</row><row r="1048576">{cell("XFD1048576")}</row>'))),
    "corner_rows.xlsx": lambda: zipped(parts(sheet_xml(ROWS + f'<row r="1048576">{cell("A1048576")}</row>'))),
    "corner_columns.xlsx": lambda: zipped(parts(sheet_xml(ROWS + f'<row r="4">{cell("XFD4")}</row>'))),
    "beyond_the_grid.xlsx": lambda: zipped(parts(sheet_xml(f'<row r="9999999">{cell("ZZZ9999999")}</row>'))),
    "columns_16384.xlsx": lambda: zipped(parts(sheet_xml("".join(f'<row r="{r}">' + "<c><v>1</v></c>" * 16384 + "</row>" for r in (1, 2, 3))))),
    "deep_xml.xlsx": _deep,
    "entities.xlsx": _entities,
    "outside_entity.xlsx": _xxe,
    "quadratic.xlsx": _quadratic,
    "merge_everything.xlsx": lambda: zipped(parts(sheet_xml(after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'))),
    "merges_200k.xlsx": lambda: _merges(200_000),
    "styles_500k.xlsx": lambda: zipped(parts(xl__styles=None) | {"xl/styles.xml": STYLES.replace("<xf ", '<xf fontId="0" numFmtId="0"/>' * 500_000 + "<xf ")}),
    "attribute_50MB.xlsx": lambda: zipped(parts(sheet_xml(before=f'<sheetPr codeName="{"a" * 50_000_000}"/>'))),
    "dimension_lies.xlsx": lambda: zipped(parts(sheet_xml(before='<dimension ref="A1:XFD1048576"/>'))),
    "rows_out_of_order.xlsx": lambda: zipped(parts(sheet_xml(f'<row r="3">{cell("A3", "3")}{cell("B3", "33")}</row><row r="1">{cell("A1", "11")}{cell("B1", "12")}</row>'))),
    "bad_references.xlsx": lambda: zipped(parts(sheet_xml(ROWS.replace('r="B2"', 'r="??"')))),
    "string_out_of_range.xlsx": lambda: zipped(parts(sheet_xml(ROWS + '<row r="4"><c r="A4" t="s"><v>99</v></c><c r="B4"><v>5</v></c></row>'), strings=f"<sst {NS}/>")),
    "style_out_of_range.xlsx": lambda: zipped(parts(sheet_xml(ROWS.replace('r="B2"', 'r="B2" s="999"')))),
    "no_sheets.xlsx": lambda: zipped(parts(**{"xl__workbook.xml": f"<workbook {NS}><sheets/></workbook>"})),
    "missing_sheet.xlsx": lambda: zipped(parts(**{"xl__worksheets__sheet1.xml": None})),
    "target_outside.xlsx": lambda: zipped({k: v.replace("worksheets/sheet1.xml", "../../../../etc/passwd") if k.endswith("workbook.xml.rels") else v for k, v in parts().items()}),
    "target_on_the_net.xlsx": lambda: zipped({k: v.replace('Target="worksheets/sheet1.xml"', 'Target="http://127.0.0.1:9/x.xml" TargetMode="External"') if k.endswith("workbook.xml.rels") else v for k, v in parts().items()}),
    "backslashes.xlsx": lambda: zipped({k.replace("/", "\\"): v for k, v in parts().items()}),
    "prefix.xlsx": lambda: zipped(parts(f'<x:worksheet {NS.replace("xmlns", "xmlns:x")}><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>')),
    "formatted_blanks.xlsx": lambda: zipped(parts(sheet_xml(ROWS + "".join(f'<row r="{n}"><c r="A{n}" s="0"/><c r="B{n}" s="0"/></row>' for n in range(4, 100_000))))),
    "one_cell_40k.xlsx": lambda: zipped(parts(sheet_xml(ROWS + f'<row r="4"><c r="A4" t="inlineStr"><is><t>{"é" * 40_000}</t></is></c></row>'))),
    "only_spaces.xlsx": lambda: zipped(parts(sheet_xml('<row r="1"><c r="A1" t="inlineStr"><is><t xml:space="preserve">   </t></is></c></row>'))),
    "empty_sheet.xlsx": lambda: zipped(parts(sheet_xml(""))),
    "many_members.xlsx": _many_members,
    "cut_short.xlsx": lambda: _damaged(lambda data: data[: len(data) // 2]),
    "last_10_gone.xlsx": lambda: _damaged(lambda data: data[:-10]),
    "bad_deflate.xlsx": lambda: _damaged(lambda data: data[:400] + b"\xff" * 300 + data[700:]),
    "wrong_crc.xlsx": lambda: _damaged(_wrong_crc),
    "junk_before.xlsx": lambda: b"junk" * 100 + zipped(parts()),
    "lzma.xlsx": lambda: zipped(dict(parts()), zipfile.ZIP_LZMA),
    "utf16_parts.xlsx": lambda: zipped({k: v.encode("utf-16") if k.startswith("xl/worksheets") else v for k, v in parts().items()}),
    "named_csv.csv": lambda: zipped(parts()),
    "docx_named.xlsx": lambda: zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}),
    "pptx_named.xlsx": lambda: zipped({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<p/>"}),
    "numbers_named.xlsx": lambda: zipped({"Index/Document.iwa": "x", "Metadata/Properties.plist": "x"}),
    "password.xlsx": lambda: _ole("Root Entry", "EncryptedPackage", "EncryptionInfo"),
    "word_old.xls": lambda: _ole("Root Entry", "WordDocument"),
    "ole_broken.xls": lambda: _ole("Root Entry", "Workbook"),
    "biff_broken.xls": lambda: b"\x09\x08\x10\x00\x00\x06\x05\x00" + b"\xff" * 5000,
    "frames.xls": lambda: b"<html><head></head><frameset rows='*'><frame src='sheet001.htm'></frameset></html>",
    "page_without_table.html": lambda: b"<!DOCTYPE html><html><body><p>Bonjour</p></body></html>",
    "table_100k_span.html": lambda: b"<table><tr><td colspan=99999999>a</td></tr><tr><td>b</td></tr></table>",
    "tables_inside_tables.html": lambda: b"<table><tr><td>" * 20_000,
    "spreadsheetml_broken.xls": lambda: b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet>',
    "spreadsheetml_entities.xls": lambda: b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table><Row><Cell><Data>&a;</Data></Cell></Row></Table></Worksheet></Workbook>',
    "picture.csv": lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 10,
    "document.csv": lambda: b"%PDF-1.7\n" + b"x" * 1000,
    "database.csv": lambda: b"SQLite format 3\x00" + b"\x00" * 4096,
    "json.csv": lambda: b'{"a": [1, 2, 3]}',
    "noise.csv": lambda: bytes((n * 7919 + n // 3) % 256 for n in range(50_000)),
    "nothing.csv": lambda: b"",
    "zeros.csv": lambda: b"\x00" * 10_000,
    "spaces.csv": lambda: b"   \r\n \r\n",
    "quotes_1M.csv": lambda: b'"' * 1_000_000,
    "quotes_each_line.csv": lambda: b'a,"b\n' * 20_000,
    "quote_unclosed.csv": lambda: b'a,b\n1,"2\n' + b"3,4\n" * 2000,
    "one_line_5MB.csv": lambda: b"a," * 2_500_000,
    "separators_only.csv": lambda: b";;;;;;;;;;\n" * 50_000,
    "million_short_lines.csv": lambda: b"1\n" * 1_000_000,
    "ragged_bomb.csv": lambda: b"a\n" * 20_000 + b"," * 20_000,
    "field_200k.csv": lambda: b"a,b\n1," + b"x" * 200_000 + b"\n2,y\n",
    "formulas.csv": lambda: b"a,b\n=cmd|' /C calc'!A0,@x\n'+33612345678,-5\n",
    "control_z.csv": lambda: b"a,b\r\n1,2\r\n\x1a",
    "nul_inside.csv": lambda: b"a,b\n1,\x002\n\x003,4\n",
    "surrogates.csv": lambda: b"a,b\n\xed\xa0\x80,2\n",
    "digits_of_the_world.csv": lambda: "Note;Impact\n٣;７\n४;²\n½;Ⅷ\n".encode(),
    "huge_numbers.csv": lambda: b"a,b\n1e400,9" + b"9" * 400 + b"\n-1e999,1e-400\n",
    "odd_dates.csv": lambda: b"date,b\n00/00/0000,1\n31/02/2026,2\n99/99/9999,3\n29/02/2100,4\n",
    "zip_of_zip.zip": lambda: zipped({"a.zip": zipped({"b.csv": "a,b"}), "c.csv": "a,b\n1,2\n"}),
    "zip_of_nothing.zip": lambda: zipped({"readme.md": "x"}),
    "zip_traversal.zip": lambda: zipped({"../../evil.csv": "a,b\n1,2\n"}),
}  # fmt: skip


def _gzip_bomb() -> bytes:
    maker = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(maker.compress(b"0" * 1_000_000) for _ in range(1100)) + maker.flush()


def _without_mimetype() -> bytes:
    with zipfile.ZipFile(io.BytesIO(_repeat_rows())) as archive:
        return zipped({"content.xml": archive.read("content.xml")})


def every() -> Iterator[tuple[str, bytes]]:
    for name, maker in MAKERS.items():
        yield name, maker()
