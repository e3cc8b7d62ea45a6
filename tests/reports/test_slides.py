"""The slides, read back with python-pptx."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from typing import Any

import openpyxl
import pytest
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.util import Inches, Pt
from report_samples import TODAY, project_of

import analysis
from analysis.project.blobs import key_of
from analysis.project.commands import Change, Put
from analysis.project.edits import add_touchpoints, change, set_score
from analysis.project.model import SETTINGS
from analysis.project.project import Project
from analysis.reports.content import Content
from analysis.reports.document.parts import parts_of
from analysis.reports.findings import basis_finding
from analysis.reports.fitting import LINE, fitted, wrapped
from analysis.reports.privacy import Privacy, discreet
from analysis.reports.roles import roles_of
from analysis.reports.slides.template import kept


def deck(project: Project, language: str = "fr", **options: Any) -> Any:
    return Presentation(io.BytesIO(analysis.export(project, "pptx", language, today=TODAY, **options)))


def shapes_of(presentation: Any) -> Iterator[tuple[int, Any]]:
    for number, slide in enumerate(presentation.slides, start=1):
        for shape in slide.shapes:
            yield number, shape


@pytest.fixture(scope="module")
def shown(shop: Project) -> Any:
    return deck(shop)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["shop", "attack", "empty", "big"])
def test_a_deck_has_ten_to_fourteen_slides_each_with_a_title(name: str, shop: Project, attack: Project) -> None:
    project = {"shop": shop, "attack": attack, "empty": Project.new("Vide"), "big": project_of(300, answers=500)}[name]
    presentation = deck(project)
    assert 10 <= len(presentation.slides) <= 14
    assert all(slide.shapes.title is not None and slide.shapes.title.text_frame.text.strip() for slide in presentation.slides)


def test_titles_are_findings(shop: Project, shown: Any) -> None:
    titles = [slide.shapes.title.text_frame.text for slide in shown.slides]
    assert any(title.startswith("Le point bas est") for title in titles)
    assert any("concentrent" in title for title in titles)
    assert any("gains rapides" in title for title in titles)


@pytest.mark.parametrize("name", ["shop", "attack"])
def test_nothing_stands_outside_the_slide_and_texts_fit_their_shapes(name: str, shop: Project, attack: Project) -> None:
    presentation = deck({"shop": shop, "attack": attack}[name])
    for number, shape in shapes_of(presentation):
        assert shape.left >= 0
        assert shape.top >= 0
        assert shape.left + shape.width <= presentation.slide_width + Pt(1), (number, shape.name)
        assert shape.top + shape.height <= presentation.slide_height + Pt(1), (number, shape.name)
        if shape.has_text_frame and shape.text_frame.text and not shape.is_placeholder:
            needed = _height(shape)
            assert needed <= shape.height.pt + 2, (number, shape.text_frame.text[:60], needed, shape.height.pt)


def _height(shape: Any) -> float:
    frame = shape.text_frame
    width = shape.width.pt - frame.margin_left.pt - frame.margin_right.pt
    return sum(
        sum(len(wrapped(line, width, size, bool(paragraph.runs[0].font.bold))) for line in paragraph.text.split("\v")) * size * LINE
        for paragraph in frame.paragraphs
        if paragraph.runs and (size := paragraph.runs[0].font.size.pt)
    )


def test_the_map_is_made_of_shapes_and_not_a_picture(shop: Project, shown: Any) -> None:
    names = {touchpoint.name for touchpoint in shop.table("touchpoint").values()}
    texts = {shape.text_frame.text for _, shape in shapes_of(shown) if shape.has_text_frame}
    assert sum(any(text.endswith(name) for text in texts) for name in names) >= 15
    assert not any(shape.shape_type == 13 for _, shape in shapes_of(shown))


def charts_of(presentation: Any) -> dict[int, Any]:
    return {number: shape.chart for number, shape in shapes_of(presentation) if shape.has_chart}


def test_charts_are_native_and_hold_the_figures_of_the_library(shop: Project, shown: Any) -> None:
    charts = list(charts_of(shown).values())
    kinds = {name for chart in charts for name in ("lineChart", "scatterChart", "barChart") if chart._chartSpace.xpath(f".//c:{name}")}
    assert kinds == {"lineChart", "scatterChart", "barChart"}
    curve = next(chart for chart in charts if len(chart.plots) == 1 and chart._chartSpace.xpath(".//c:lineChart"))
    values = [None if value is None else round(value, 3) for value in curve.plots[0].series[0].values]
    known = shop.emotions()["value"]
    assert values == [None if value is None else round(float(value), 3) for value in known.astype(object).where(known.notna(), None)]
    assert curve._chartSpace.xpath('.//c:dispBlanksAs[@val="gap"]')


def test_an_emotion_near_zero_is_written_0_and_the_minus_is_a_minus(shop: Project) -> None:
    stage = next(iter(shop.table("stage")))
    project = shop.apply(set_score(stage, "emotion", -0.04, author="anne"))
    chart = next(chart for chart in charts_of(deck(project)).values() if chart._chartSpace.xpath(".//c:lineChart") and len(chart.plots) == 1)
    assert 0.0 in list(chart.plots[0].series[0].values)
    assert [node.get("formatCode") for node in chart._chartSpace.xpath(".//c:dLbls/c:numFmt")] == ["+0.0;\u22120.0;0"]


def test_what_has_no_stage_and_what_a_number_stands_for_is_said() -> None:
    project = project_of(90, answers=0)
    waiting = next(iter(project.table("placement")))
    project = project.apply(Change("placement", waiting, {"stage": None}))
    texts = [shape.text_frame.text for _, shape in shapes_of(deck(project)) if shape.has_text_frame]
    assert any(text.startswith("Sans étape pour l’instant\u00a0: T") for text in texts)
    shown = [run.text for _, shape in shapes_of(deck(project)) if shape.has_chart for run in _labels(shape.chart)]
    numbers = {label.split(" ")[0] for label in shown if re.fullmatch(r"T\d\d( \+\d+)?", label)}
    assert numbers
    [key] = [text for text in texts if text.startswith("Une valeur sur la ligne")]
    assert all(f"{number} " in key for number in numbers)


def _labels(chart: Any) -> list[Any]:
    return chart._chartSpace.xpath(".//c:dLbl//a:t")


def test_emoji_have_a_font_that_prints_them(shop: Project) -> None:
    stage = next(iter(shop.table("stage")))
    presentation = deck(shop.apply(change("stage", stage, name="Ravi 😀 !")))
    runs = [
        run
        for _, shape in shapes_of(presentation)
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
        if "😀" in run.text
    ]
    assert runs
    assert {(run.text, run.font.name) for run in runs} == {("😀", "Segoe UI Symbol")}


def test_a_share_of_all_or_nothing_is_said_in_words(shop: Project) -> None:
    empty = Project.new("Vide", language="fr")
    project = empty.apply(add_touchpoints(empty, empty.first_journey, None, ["Site"]))
    [id] = project.table("touchpoint")
    project = project.apply(set_score(id, "impact", 7, author="anne"))
    assert basis_finding(Content(project, "fr")) == "Le seul chiffre est supposé\u00a0: il n’est ni mesuré ni voté"
    assert "%" not in basis_finding(Content(project, "en"))


def test_the_pareto_chart_has_its_cumulative_line_on_a_second_axis_to_100_percent(shop: Project, shown: Any) -> None:
    chart = next(chart for chart in charts_of(shown).values() if len(chart.plots) == 2)
    space = chart._chartSpace
    assert [float(node.get("val")) for node in space.xpath(".//c:valAx/c:scaling/c:max")] == [
        float(shop.touchpoints["complaints"].sum()),
        1.0,
    ]
    line = space.xpath(".//c:lineChart/c:ser")[0]
    shares = [float(node.text) for node in line.xpath("./c:val//c:v")]
    table = analysis.pareto(shop.touchpoints, "touchpoint", "complaints")
    assert shares == pytest.approx(table.loc[table["value"] > 0, "cumulative"].tolist(), abs=1e-6)
    axes = [node.get("val") for node in space.xpath(".//c:valAx/c:axId | .//c:catAx/c:axId")]
    assert len(set(axes)) == 4


def test_the_plan_is_a_native_table_over_several_slides(shop: Project, shown: Any) -> None:
    tables = [shape.table for _, shape in shapes_of(shown) if shape.has_table]
    plans = [table for table in tables if table.cell(0, 1).text_frame.text == "Action"]
    assert len(plans) >= 2
    rows = sum(len(table.rows) - 1 for table in plans)
    assert rows == len(shop.actions)


def test_who_answers_for_what_and_what_waits_for_what_has_a_slide_and_a_table_in_the_report(shop: Project) -> None:
    first, second, *_ = shop.actions["id"]
    one, two = (str(title) for title in shop.actions["action"][:2])
    project = shop.apply(
        [Change("action", first, {"accountable": "Zoé", "informed": "Bob, Ana"}), Change("action", second, {"depends_on": [first]})]
    )
    presentation = deck(project)
    tables = [[[cell.text_frame.text for cell in row.cells] for row in shape.table.rows] for _, shape in shapes_of(presentation) if shape.has_table]
    (rows,) = [rows for rows in tables if rows[0][-1] == "Dépend du n°"]
    assert rows[0][-3:] == ["Responsable final (A)", "Informé (I)", "Dépend du n°"]
    assert [row[:2] + row[-3:] for row in rows[1:]] == [["1", one, "Zoé", "Bob, Ana", ""], ["2", two, "", "", "1"]]
    titles = [shape.text_frame.text for _, shape in shapes_of(presentation) if shape.has_text_frame]
    assert f"1 action sur {len(shop.actions)} dit qui en répond, 1 en attend une autre" in titles
    content = Content(project, "fr", today=TODAY)
    (told,) = [block for part in parts_of(content) for block in part["blocks"] if block.get("headers", [""])[-1] == "Dépend du n°"]
    assert [row[-3:] for row in told["rows"]] == [["Zoé", "Bob, Ana", ""], ["", "", "1"]]
    assert "Zoé" not in str(roles_of(Content(discreet(project, Privacy(staff=False), "fr"), "fr")))
    assert roles_of(Content(shop, "fr"))[2] == []


def numbers_of_roles(presentation: Any) -> tuple[list[list[str]], list[str]]:
    """The numbers of the actions on each slide of roles, and what these slides say beside their table."""
    pages, said = [], []
    for slide in presentation.slides:
        grids = [shape.table for shape in slide.shapes if shape.has_table and "Responsable final (A)" in [c.text_frame.text for c in shape.table.rows[0].cells]]
        for grid in grids:
            pages.append([row.cells[0].text_frame.text for row in list(grid.rows)[1:]])
            said += [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
            assert all(shape.top + shape.height <= presentation.slide_height for shape in slide.shapes)
    return pages, said


def test_roles_of_a_long_plan_go_on_over_further_slides_and_what_finds_no_room_is_said(shop: Project) -> None:
    def planned(count: int) -> Project:
        return shop.apply([Put("action", f"a_long_{n:02}", {"title": f"Action {n}", "accountable": "Zoé"}) for n in range(count)])

    pages, said = numbers_of_roles(deck(planned(40)))
    told = [int(n) for page in pages for n in page]
    assert (len(told), told, len(pages)) == (40, sorted(told), 3)
    assert [text for text in said if text.endswith("(2 sur 3)")]
    assert not [text for text in said if "classeur" in text]
    pages, said = numbers_of_roles(deck(planned(90)))
    left = 90 - sum(map(len, pages))
    assert left > 0
    assert f"{left} autres actions sont dans le classeur." in said
    content = Content(planned(160), "fr", today=TODAY)
    blocks = [block for part in parts_of(content) for block in part["blocks"]]
    assert sum("10 autres actions sont dans le classeur." in str(block) for block in blocks) == 1


def test_a_name_that_a_cut_line_would_strike_through_goes_to_another_side_or_stands_on_the_ground_of_the_slide() -> None:
    from analysis.reports.labels import place_labels

    alone = [(0.48, 0.9, "Fiche produit", "T1")]
    assert [(label.side, label.struck) for label in place_labels(alone, 20, 10)] == [("r", False)]
    assert [(label.side, label.struck) for label in place_labels(alone, 20, 10, lines=(0.5, 0.5))] == [("l", False)]
    crowded = [(0.5, 0.5, "Site", "T1")]
    assert [label.struck for label in place_labels(crowded, 20, 10, lines=(0.5, 0.5))] == [True]


@pytest.mark.slow
def test_what_does_not_fit_is_counted() -> None:
    texts = [shape.text_frame.text for _, shape in shapes_of(deck(project_of(300, answers=0))) if shape.has_text_frame]
    assert any(text == "et 48 de plus" for text in texts)


def test_the_clients_colour_is_made_dark_enough_for_white_text(shop: Project) -> None:
    project = shop.apply(Change("project", SETTINGS, {"colour": "#FFD500"}))
    data = analysis.export(project, "pptx", today=TODAY)
    arrow = next(
        shape for _, shape in shapes_of(Presentation(io.BytesIO(data))) if shape.has_text_frame and shape.text_frame.text == "Achat"
    )
    assert str(arrow.fill.fore_color.rgb) == "887100"


@pytest.mark.slow
def test_the_clients_logo_stands_on_the_cover(shop: Project) -> None:
    picture = analysis.export(shop, "png", chart="pareto")
    key = key_of(picture)
    project = shop.apply(Change("project", SETTINGS, {"logo": key}, payloads={key: picture}))
    cover = deck(project).slides[0]
    (logo,) = [shape for shape in cover.shapes if shape.shape_type == 13]
    assert logo.width <= Pt(151)
    broken = shop.apply(Change("project", SETTINGS, {"logo": key_of(b"no")}, payloads={key_of(b"no"): b"no"}))
    assert not [shape for shape in deck(broken).slides[0].shapes if shape.shape_type == 13]


def template() -> bytes:
    """A template of another size, with a slide of its own that must not be kept."""
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Inches(10), Inches(7.5)
    slide = presentation.slides.add_slide(presentation.slide_layouts[5])
    slide.shapes.title.text_frame.text = "Slide of the template"
    out = io.BytesIO()
    presentation.save(out)
    return out.getvalue()


def test_a_template_gives_its_layouts_and_loses_its_slides(shop: Project) -> None:
    presentation = deck(shop, template=template())
    assert presentation.slide_width == Inches(10)
    titles = [slide.shapes.title.text_frame.text for slide in presentation.slides]
    assert "Slide of the template" not in titles
    assert titles[0] == "Optique Lambert"
    assert 10 <= len(titles) <= 16
    for number, shape in shapes_of(presentation):
        assert shape.left + shape.width <= presentation.slide_width + Pt(1), (number, shape.name)
        assert shape.top + shape.height <= presentation.slide_height + Pt(1), (number, shape.name)


def changed(change: Callable[[Any], None]) -> bytes:
    """A template of PowerPoint's own, changed."""
    presentation = Presentation()
    change(presentation)
    out = io.BytesIO()
    presentation.save(out)
    return out.getvalue()


def _dark(presentation: Any) -> None:
    ground = presentation.slide_master.background.fill
    ground.solid()
    ground.fore_color.rgb = RGBColor(16, 32, 64)


def test_on_a_dark_template_charts_and_texts_have_a_white_ground(shop: Project) -> None:
    dark, light = deck(shop, template=changed(_dark)), deck(shop, template=changed(lambda presentation: None))
    for slide in list(dark.slides)[1:]:
        paper = slide.shapes[1]
        assert paper.name == "Paper", slide.shapes.title.text_frame.text
        assert all(shape.top >= paper.top and shape.left >= paper.left for shape in list(slide.shapes)[2:])
    assert not any(shape.name == "Paper" for _, shape in shapes_of(light))


def _only(*names: str) -> Callable[[Any], None]:
    def keep(presentation: Any) -> None:
        for layout in list(presentation.slide_layouts):
            if layout.name not in names:
                presentation.slide_layouts.remove(layout)

    return keep


def test_a_template_whose_only_title_stands_in_the_middle_leaves_room_below_it(shop: Project) -> None:
    presentation = deck(shop, template=changed(_only("Title Slide")))
    for slide in list(presentation.slides)[1:]:
        assert slide.shapes.title.top + slide.shapes.title.height < presentation.slide_height / 3


def test_a_template_without_any_title_still_names_the_project_and_the_findings(shop: Project) -> None:
    presentation = deck(shop, template=changed(_only("Blank")))
    texts = [[shape.text_frame.text for shape in slide.shapes if shape.has_text_frame] for slide in presentation.slides]
    assert "Optique Lambert" in texts[0]
    assert "Ce que nous avons trouvé" in texts[1]


def test_a_template_of_the_size_of_a_stamp_is_refused() -> None:
    def small(presentation: Any) -> None:
        presentation.slide_width, presentation.slide_height = Pt(200), Pt(100)

    with pytest.raises(analysis.CannotExport) as caught:
        kept(changed(small))
    assert caught.value.code == "small_template"


def test_the_clients_font_is_in_slides_workbook_and_report(shop: Project) -> None:
    project = shop.apply(Change("project", SETTINGS, {"font": "Georgia"}))
    fonts = {run.font.name for _, shape in shapes_of(deck(project)) if shape.has_text_frame for run in _runs(shape) if run.font.name}
    assert fonts == {"Georgia"}
    book = openpyxl.load_workbook(io.BytesIO(analysis.export(project, "xlsx", today=TODAY)))
    assert {cell.font.name for row in book.worksheets[0].iter_rows() for cell in row if cell.value} == {"Georgia"}
    assert analysis.export(project, "pdf", today=TODAY)[:5] == b"%PDF-"


def _runs(shape: Any) -> Iterator[Any]:
    for paragraph in shape.text_frame.paragraphs:
        yield from paragraph.runs


def test_a_template_that_is_no_powerpoint_file_is_refused_with_a_sentence(shop: Project) -> None:
    with pytest.raises(analysis.CannotExport) as caught:
        analysis.export(shop, "pptx", template=b"%PDF-1.7")
    assert caught.value.code == "bad_template"


def test_a_long_word_takes_a_smaller_size_rather_than_being_broken() -> None:
    size, texts = fitted(["Recommandation"], 90, 40, (14, 12, 10))
    assert (size, texts) == (10, ["Recommandation"])


def test_a_renamed_stage_is_renamed_in_the_deck(shop: Project) -> None:
    stage = shop.stages_of(shop.first_journey)[0][0]
    texts = [s.text_frame.text for _, s in shapes_of(deck(shop.apply(change("stage", stage, name="Découverte")))) if s.has_text_frame]
    assert "Découverte" in texts


@pytest.mark.slow
def test_libreoffice_opens_the_deck_page_for_page(shop: Project, attack: Project, libreoffice: Callable[..., bytes]) -> None:
    from pypdf import PdfReader

    for project in (shop, attack):
        data = analysis.export(project, "pptx", today=TODAY)
        pages = PdfReader(io.BytesIO(libreoffice(data, "pptx", "pdf"))).pages
        assert len(pages) == len(Presentation(io.BytesIO(data)).slides)
