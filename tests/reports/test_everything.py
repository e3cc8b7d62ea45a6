"""The zip of everything, and what can be left out of it."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from pptx import Presentation
from pypdf import PdfReader
from report_samples import TODAY

import analysis
from analysis import export
from analysis.errors import CannotExport
from analysis.project.edits import add_action, add_cards
from analysis.project.project import Project
from analysis.reports import Cancelled, Privacy, bundle
from analysis.reports.everything import file_name
from analysis.reports.printing import ballots
from analysis.reports.privacy import discreet

OFFICE = ("xlsx", "pptx", "pdf", "csv", "ipynb", "ics")


def names_of(data: bytes) -> list[str]:
    return zipfile.ZipFile(io.BytesIO(data)).namelist()


def text_of(data: bytes) -> str:
    """Every text of every file of the zip."""
    told = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            told.append(name)
            content = archive.read(name)
            if name.endswith(".xlsx"):
                book = openpyxl.load_workbook(io.BytesIO(content))
                told += [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
            elif name.endswith(".pptx"):
                slides = Presentation(io.BytesIO(content)).slides
                told += [shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame]
                tables = [shape.table for slide in slides for shape in slide.shapes if shape.has_table]
                told += [cell.text_frame.text for table in tables for row in table.rows for cell in row.cells]
            elif name.endswith(".pdf"):
                told += [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
            else:
                told.append(content.decode("utf-8", "replace").replace("\r\n ", ""))
    return "\n".join(told)


@pytest.fixture(scope="module")
def secret(shop: Project) -> Project:
    stage = shop.stages_of(shop.first_journey)[0][0]
    project = shop.apply(add_cards(shop, shop.first_journey, "pain_point", stage, ["Chez Maison Lambert, personne ne rappelle"]))
    return project.apply(add_action("Former Bruno et Anne à l'accueil", owner="Anne, Bruno"))


@pytest.mark.slow
def test_a_zip_holds_every_kind(shop: Project) -> None:
    seen: list[tuple[float, str]] = []
    data = bundle(shop, "en", today=TODAY, kinds=OFFICE, progress=lambda share, name: seen.append((share, name)))
    assert {name.rsplit(".", 1)[1] for name in names_of(data)} == set(OFFICE)
    shares = [share for share, _ in seen]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert "Action plan" in text_of(data)


def test_what_a_project_cannot_fill_is_left_out() -> None:
    names = names_of(bundle(Project.new("Vide"), "fr", kinds=["ics", "csv", "svg"]))
    assert "charts/emotion.svg" in names
    assert not any(name.endswith(".ics") for name in names)
    assert "charts/pareto.svg" not in names


def test_it_can_be_stopped(shop: Project) -> None:
    made: list[str] = []
    with pytest.raises(Cancelled) as caught:
        bundle(shop, progress=lambda _, name: made.append(name), cancelled=lambda: len(made) >= 2, kinds=["csv"])
    assert len(made) == 2
    assert caught.value.message("fr") == "L’export a été arrêté."


def test_an_unknown_kind_is_refused(shop: Project) -> None:
    with pytest.raises(analysis.CannotExport):
        bundle(shop, kinds=["docx"])


@pytest.mark.slow
def test_with_everything_shown_the_names_are_there(secret: Project) -> None:
    text = text_of(bundle(secret, "fr", today=TODAY, kinds=OFFICE))
    assert "Maison Lambert" in text
    assert "Bruno" in text


@pytest.mark.slow
def test_without_the_clients_name_it_stands_nowhere(secret: Project) -> None:
    text = text_of(bundle(secret, "fr", today=TODAY, kinds=OFFICE, privacy=Privacy(client=False)))
    assert "Maison Lambert" not in text
    assert "Chez le client, personne ne rappelle" in text


@pytest.mark.slow
def test_without_the_names_of_staff_people_are_numbered(secret: Project) -> None:
    text = text_of(bundle(secret, "fr", today=TODAY, kinds=OFFICE, privacy=Privacy(staff=False), people={"Ada": "Ada Lovelace"}))
    assert not any(name in text for name in ("Bruno", "Anne", "Ada"))
    assert "Personne 1" in text


def test_without_verbatims_no_answer_is_quoted(secret: Project) -> None:
    assert secret.evidence["text"].notna().any()
    hidden = discreet(secret, Privacy(verbatims=False), "fr")
    assert hidden.evidence["text"].isna().all()
    assert secret.evidence["text"].notna().any()  # a project is a value
    assert hidden.emotions()["value"].equals(secret.emotions()["value"])


def test_a_project_that_may_be_shown_is_left_as_it_is(secret: Project) -> None:
    assert discreet(secret, Privacy(), "fr") is secret


def test_names_are_whole_words() -> None:
    project = Project.new("Plan annexe", client="Anne")
    assert discreet(project, Privacy(client=False), "fr").name == "Plan annexe"


def test_file_names_are_plain() -> None:
    assert file_name('=HYPERLINK("x") 😀') == "HYPERLINK-x"
    assert file_name("😀") == "parcours"


class PanicException(BaseException):
    """As PyO3 raises it for a fault inside a library written in Rust: no ``Exception``."""


def panicking(*_: object, **__: object) -> bytes:
    raise PanicException("index out of bounds")


def test_a_fault_inside_the_typesetter_is_one_sentence_and_not_the_end(secret: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("typst.compile", panicking)
    for make in (lambda: export(secret, "pdf", "fr", today=TODAY), lambda: ballots(secret, None, "fr")):
        with pytest.raises(CannotExport) as refusal:
            make()
        assert refusal.value.code == "not_set"
        assert refusal.value.message("fr").startswith("Le PDF n’a pas pu être créé")


def test_whoever_stops_the_program_while_a_pdf_is_made_stops_it(secret: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object, **__: object) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr("typst.compile", stopped)
    with pytest.raises(KeyboardInterrupt):
        export(secret, "pdf", "fr", today=TODAY)


def test_the_other_files_of_the_zip_are_not_lost_for_a_report_that_cannot_be_set(secret: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("typst.compile", panicking)
    with zipfile.ZipFile(io.BytesIO(bundle(secret, "en", today=TODAY, kinds=["pdf", "csv"]))) as archive:
        names = archive.namelist()
        assert "csv/plan.csv" in names
        assert not any(name.endswith(".pdf") for name in names)
        assert archive.read(next(name for name in names if name.endswith(".pdf.txt"))).decode().startswith("The PDF could not be made")
