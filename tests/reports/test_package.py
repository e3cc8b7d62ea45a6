"""What makes Office offer a repair: duplicate names and ids, parts that are missing, tables that do not fit their cells."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterable
from typing import Any

import openpyxl
import pytest
from lxml import etree
from openpyxl.utils import range_boundaries
from report_samples import TODAY

import analysis
from analysis.project.project import Project

_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
#: functions that need a prefix in the file, without which Excel says #NAME?
_TOO_NEW = re.compile(r"(?<![.\w])(XLOOKUP|FILTER|SORT|UNIQUE|LET|IFS|CONCAT|TEXTJOIN|MAXIFS|MINIFS|SWITCH|STDEV\.S|RANK\.EQ)\(")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture(scope="module", params=["shop", "attack", "empty"])
def told(request: Any, shop: Project, attack: Project) -> Project:
    return {"shop": shop, "attack": attack, "empty": Project.new("Vide", language="fr")}[request.param]


@pytest.fixture(scope="module", params=["xlsx", "pptx"])
def package(request: Any, told: Project) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(analysis.export(told, request.param, "fr", today=TODAY)))


@pytest.fixture(scope="module")
def workbook(told: Project) -> bytes:
    return analysis.export(told, "xlsx", "fr", today=TODAY)


def doubled(values: Iterable[Any]) -> list[Any]:
    return [value for value, count in Counter(values).items() if count > 1]


@pytest.mark.slow
def test_no_part_is_there_twice_and_each_is_well_formed(package: zipfile.ZipFile) -> None:
    assert doubled(name.casefold() for name in package.namelist()) == []
    for name in package.namelist():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(package.read(name))


@pytest.mark.slow
def test_each_part_has_a_type_and_each_relation_a_target(package: zipfile.ZipFile) -> None:
    names = set(package.namelist())
    types = etree.fromstring(package.read("[Content_Types].xml"))
    known = {one.get("PartName").lstrip("/") for one in types.iter(_TYPES + "Override")}
    endings = {one.get("Extension").casefold() for one in types.iter(_TYPES + "Default")}
    assert known <= names
    assert [name for name in names - known if name.rpartition(".")[2].casefold() not in endings and name != "[Content_Types].xml"] == []
    for rels in (name for name in names if name.endswith(".rels")):
        relations = list(etree.fromstring(package.read(rels)).iter(_RELS))
        assert doubled(one.get("Id") for one in relations) == [], rels
        home = posixpath.dirname(posixpath.dirname(rels))
        for one in relations:
            if one.get("TargetMode") != "External":
                target = one.get("Target")
                path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(home, target))
                assert path in names, (rels, target)


@pytest.mark.slow
def test_no_two_shapes_of_a_slide_or_drawing_have_one_id(package: zipfile.ZipFile) -> None:
    for name in package.namelist():
        if re.fullmatch(r"ppt/slides/slide\d+\.xml|xl/drawings/drawing\d+\.xml", name):
            root = etree.fromstring(package.read(name))
            assert doubled(one.get("id") for one in root.iter("{*}cNvPr")) == [], name


@pytest.mark.slow
def test_tables_have_names_of_their_own_and_headers_that_are_their_cells(workbook: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    tables = [(sheet, table) for sheet in book for table in sheet.tables.values()]
    assert doubled(table.id for _, table in tables) == []
    assert doubled(table.displayName.casefold() for _, table in tables) == []
    assert not {table.displayName.casefold() for _, table in tables} & {name.casefold() for name in book.defined_names}
    for sheet, table in tables:
        left, top, right, bottom = range_boundaries(table.ref)
        assert bottom > top, table.name
        headers = [sheet.cell(top, column).value for column in range(left, right + 1)]
        assert headers == [column.name for column in table.tableColumns], table.name
        assert doubled(str(header).casefold() for header in headers) == [], table.name
        assert doubled(column.id for column in table.tableColumns) == []
        for merged in sheet.merged_cells.ranges:
            assert merged.isdisjoint(openpyxl.worksheet.cell_range.CellRange(table.ref)), table.name


@pytest.mark.slow
def test_styles_names_and_texts_are_such_as_excel_takes(workbook: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(workbook)) as package:
        styles = etree.fromstring(package.read("xl/styles.xml"))
        formats = len(styles.find(_MAIN + "cellXfs"))
        dressed = len(styles.find(_MAIN + "dxfs"))
        for name in package.namelist():
            if name.startswith("xl/worksheets/sheet"):
                sheet = etree.fromstring(package.read(name))
                assert all(int(cell.get("s", 0)) < formats for cell in sheet.iter(_MAIN + "c")), name
                assert all(int(rule.get("dxfId", 0)) < max(dressed, 1) for rule in sheet.iter(_MAIN + "cfRule")), name
                priorities = [rule.get("priority") for rule in sheet.iter(_MAIN + "cfRule")]
                assert doubled(priorities) == [], name
                for rule in sheet.iter(_MAIN + "dataValidation"):
                    assert len(rule.get("error") or "") <= 255
                    assert len(rule.get("errorTitle") or "") <= 32
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    assert doubled(title.casefold() for title in book.sheetnames) == []
    assert all(len(title) <= 31 and not set(title) & set("[]:*?/\\") for title in book.sheetnames)


@pytest.mark.slow
def test_charts_say_what_they_show_to_whoever_cannot_read_cells(package: zipfile.ZipFile) -> None:
    for name in package.namelist():
        if re.match(r"(xl|ppt)/charts/chart", name):
            root = etree.fromstring(package.read(name))
            for kind, cache in (("numRef", "numCache"), ("strRef", "strCache")):
                for reference in root.iter("{*}" + kind):
                    held = reference.find("{*}" + cache)
                    assert held is not None, (name, reference.findtext("{*}f"))
                    assert len(list(held.iter("{*}pt"))) <= int(held.find("{*}ptCount").get("val"))
            for parts in ([one.get("val") for one in root.iter("{*}axId") if one.getparent().tag.endswith("Ax")],
                          [one.find("{*}idx").get("val") for one in root.iter("{*}ser")]):  # fmt: skip
                assert doubled(parts) == [], name


@pytest.mark.slow
def test_lengths_and_names_are_within_what_excel_takes(workbook: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(workbook)) as package:
        roots = {name: etree.fromstring(package.read(name)) for name in package.namelist() if name.endswith(".xml")}
    for name, root in roots.items():
        assert all(len(one.text or "") <= 255 for rule in root.iter(_MAIN + "dataValidation") for one in rule), name
        assert all(len(one.text or "") <= 8192 for one in root.iter(_MAIN + "f")), name
        assert all(re.fullmatch(r"(_xlnm\.)?[A-Za-z_\\][\w.\\]{0,254}", one.get("name")) for one in root.iter(_MAIN + "definedName")), name
        blanks = [one for one in root.iter(_MAIN + "t") if one.text and one.text != one.text.strip()]
        assert all(one.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve" for one in blanks), name
        formulas = [one.text or "" for one in root.iter(_MAIN + "f")]
        assert not any(_TOO_NEW.search(formula) for formula in formulas), name


@pytest.mark.slow
def test_conditional_formats_lie_in_the_sheet_and_overlap_no_table_edge(workbook: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    for sheet in book:
        for ranged in sheet.conditional_formatting:
            for part in str(ranged.sqref).split():
                left, top, right, bottom = range_boundaries(part)
                assert 1 <= left <= right <= 16_384, sheet.title
                assert 1 <= top <= bottom <= 1_048_576, sheet.title
            assert all(rule.formula or rule.type in ("dataBar", "colorScale") for rule in ranged.rules)


def test_the_workbook_says_which_revision_it_was_made_of() -> None:
    project = Project.new("Vide", language="fr").kept(12, lambda key: b"")
    book = openpyxl.load_workbook(io.BytesIO(analysis.export(project, "xlsx", "fr", today=TODAY)))
    assert {one.name: one.value for one in book.custom_doc_props.props} == {"parcours_revision": 12}
    assert book.defined_names["parcours_revision"].attr_text == "12"
    assert any("Révision 12 du projet." in str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row)
