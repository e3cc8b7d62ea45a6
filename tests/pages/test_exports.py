"""Deliverables: what is offered, and what the buttons build."""

from __future__ import annotations

import io
import threading
import time
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PIL import Image
from pptx import Presentation

import analysis
from analysis import Project, Store
from analysis.reports import KINDS, Privacy, bundle
from analysis.reports.everything import Cancelled
from pages.decide.deliverables import KNOWN, building, bundling, file_name, people
from tests.pages.boutique import boutique
from tests.pages.conftest import Visit, texts


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_is_drawn_in_both_languages(visit: Visit, language: str) -> None:
    app = visit("exports", language=language)
    assert [title.value for title in app.title] == [{"fr": "Livrables", "en": "Deliverables"}[language]]
    assert {"fr": "Classeur Excel", "en": "Excel workbook"}[language] in texts(app)


def test_every_kind_that_the_library_makes_has_its_card_and_its_sentence(visit: Visit) -> None:
    app = visit("exports", language="en")
    offered = {button.key for button in app.download_button}
    assert {f"download_{kind}" for kind in KINDS} | {"download_parcours"} == offered
    assert app.button(key="make_zip").label == "Make the zip"
    assert all(KNOWN[kind].inside for kind in KINDS if kind not in ("png", "svg"))


def test_the_language_of_the_files_is_that_of_the_page_until_another_is_chosen(visit: Visit) -> None:
    app = visit("exports", language="en")
    assert app.get_by_key("export_language").value == "en"
    app.get_by_key("export_language").set_value("fr").run()
    assert app.get_by_key("export_language").value == "fr"
    assert not app.exception


def test_an_empty_project_says_that_its_files_will_be_empty(visit: Visit) -> None:
    assert "The project is still empty" in texts(visit("exports", Project.new("Vide"), "en"))


def test_nothing_is_built_before_the_click_and_then_the_project_as_it_is(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.shell.workspace.store", lambda: store)
    id = store.create(boutique(), author="anne")
    build = building(id, "xlsx", "fr", Privacy(), {})
    store.rename(id, "Après le clic", author="anne")
    book = openpyxl.load_workbook(io.BytesIO(build()))
    cells = [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    assert any("Après le clic" in cell for cell in cells)


@pytest.mark.slow
def test_everything_comes_in_one_zip(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.shell.workspace.store", lambda: store)
    id = store.create(boutique(), author="anne")
    names = zipfile.ZipFile(io.BytesIO(bundling(id, "fr", Privacy())())).namelist()
    assert {name.rpartition(".")[2] for name in names} >= {"xlsx", "pptx", "pdf", "csv", "png", "svg"}


def test_the_zip_holds_the_project_file_only_when_everything_may_be_shown(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pages.shell.workspace.store", lambda: store)
    monkeypatch.setattr("pages.decide.deliverables.bundle", partial(bundle, kinds=["csv"]))
    id = store.create(boutique(), author="anne")

    def copies(privacy: Privacy) -> list[bytes]:
        with zipfile.ZipFile(io.BytesIO(bundling(id, "fr", privacy)())) as archive:
            return [archive.read(name) for name in archive.namelist() if name.endswith(".parcours")]

    [copy] = copies(Privacy())
    there = Store(f"sqlite:///{tmp_path}/elsewhere.sqlite")
    assert there.load(there.open_copy(copy)).table("touchpoint") == store.load(id).table("touchpoint")
    for hidden in ("client", "staff", "verbatims"):
        assert copies(Privacy(**{hidden: False})) == []


def test_a_file_of_answers_without_touchpoints_is_not_called_empty(visit: Visit) -> None:
    read = analysis.read(b"Note;Date\n9;2026-01-03\n3;2026-01-04\n10;2026-02-01\n7;2026-02-02\n", "nps.csv")
    table = read.tables[0].recast({"Note": "nps", "Date": "date"})
    project = Project.new("NPS")
    project = project.apply(project.plan_import([table]).commands)
    assert len(project.evidence) == 4
    assert not project.table("touchpoint")
    assert "The project is still empty" not in texts(visit("exports", project, "en"))


def test_names_of_the_staff_stay_out_of_a_file_when_they_are_not_to_be_shown(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.shell.workspace.store", lambda: store)
    id = store.create(boutique(), author="anne")
    table = {"table": "touchpoints"}
    assert "Bachir" in building(id, "csv", "fr", Privacy(), table)().decode("utf-8-sig")
    assert "Bachir" not in building(id, "csv", "fr", Privacy(staff=False), table)().decode("utf-8-sig")


def until(app: Any, what: Callable[[Any], bool]) -> None:
    """Run again until it holds, for a minute at most."""
    for _ in range(300):
        if what(app):
            return
        time.sleep(0.2)
        app.run()
    raise AssertionError(texts(app))


def test_the_zip_is_made_beside_the_page_and_downloaded_when_it_is_there(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[float, str]] = []

    def quick(*args: Any, progress: Any, **options: Any) -> bytes:
        return bundle(*args, kinds=["csv"], progress=lambda share, file: (seen.append((share, file)), progress(share, file)), **options)

    monkeypatch.setattr("pages.decide.deliverables.bundle", quick)
    app = visit("exports", language="en")
    app.button(key="make_zip").click().run()
    until(app, lambda app: any(button.key == "download_zip" for button in app.download_button))
    assert seen[0] == (0.0, "csv/plan.csv")
    assert seen[-1] == (1.0, "")
    app.get_by_key("export_staff").set_value(False).run()  # another choice is another zip
    assert app.button(key="make_zip")


def test_the_zip_can_be_stopped(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, stopped = threading.Event(), threading.Event()

    def slow(*args: Any, cancelled: Any, **options: Any) -> bytes:
        begun.set()
        while not cancelled():
            time.sleep(0.05)
        stopped.set()
        raise Cancelled("cancelled")

    monkeypatch.setattr("pages.decide.deliverables.bundle", slow)
    app = visit("exports", language="fr")
    app.button(key="make_zip").click().run()
    assert begun.wait(20)
    app.button(key="stop_zip").click().run()
    until(app, lambda app: "Arrêté\u00a0: aucun fichier n’a été gardé." in texts(app))
    assert stopped.wait(20)
    assert app.button(key="make_zip").label == "Fabriquer le zip"


def test_a_zip_that_fails_says_so_in_a_sentence(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any, **options: Any) -> bytes:
        raise RuntimeError("Traceback: /secret/path")

    monkeypatch.setattr("pages.decide.deliverables.bundle", broken)
    app = visit("exports", language="fr")
    app.button(key="make_zip").click().run()
    until(app, lambda app: bool(app.warning))
    assert "secret" not in texts(app)
    assert app.warning[0].value.startswith("Un problème est survenu")


def test_the_clients_look_is_kept_with_the_project_and_can_be_taken_back(visit: Visit, store: Store) -> None:
    app = visit("exports", language="en")
    next(one for one in app.text_input if one.label == "Client’s name").set_value("Lambert & fils").run()
    app.color_picker[0].set_value("#aa3300").run()
    next(one for one in app.selectbox if one.label == "Font").set_value("Georgia").run()
    kept = store.load(app.project_id).settings
    assert (kept.client, kept.colour, kept.font) == ("Lambert & fils", "#aa3300", "Georgia")
    app.button(key="house_no_colour").click().run()
    assert store.load(app.project_id).settings.colour == ""
    assert not app.exception


def test_a_logo_and_a_template_reach_the_slides(visit: Visit, store: Store) -> None:
    app = visit("exports", language="en")
    with io.BytesIO() as drawn, io.BytesIO() as made:
        Image.new("RGBA", (300, 100), (170, 51, 0, 255)).save(drawn, "PNG")
        Presentation().save(made)  # 4:3, with the layouts of PowerPoint
        picture, template = drawn.getvalue(), made.getvalue()
    app.file_uploader(key="house_logo_").upload("logo.png", picture, "image/png").run()
    app.file_uploader(key="house_template_").upload("client.pptx", template, "application/octet-stream").run()
    project = store.load(app.project_id)
    assert project.settings.logo
    assert project.settings.template
    deck = Presentation(io.BytesIO(building(app.project_id, "pptx", "en", Privacy(), {})()))
    assert deck.slide_width == Presentation(io.BytesIO(template)).slide_width
    secret = Presentation(io.BytesIO(building(app.project_id, "pptx", "en", Privacy(client=False), {})()))
    assert secret.slide_width != deck.slide_width  # a template tells whose it is
    app.button(key="house_no_template").click().run()
    assert store.load(app.project_id).settings.template == ""


def test_a_template_that_is_none_is_refused_on_the_page(visit: Visit, store: Store) -> None:
    app = visit("exports", language="fr")
    app.file_uploader(key="house_template_").upload("client.pptx", b"not a presentation", "application/octet-stream").run()
    assert "Ce modèle ne peut pas servir" in texts(app)
    assert store.load(app.project_id).settings.template == ""


def test_what_may_be_shown_is_asked_and_given_to_the_files(visit: Visit) -> None:
    app = visit("exports", language="en")
    assert [toggle.label for toggle in app.toggle] == ["Show the client’s name", "Show the names of the staff", "Show what people wrote"]
    assert all(toggle.value for toggle in app.toggle)


def test_a_calendar_without_due_dates_is_not_offered_and_says_why(visit: Visit) -> None:
    app = visit("exports", language="en")
    assert "No action has a due date yet." in texts(app)
    assert next(button for button in app.download_button if button.key == "download_ics").disabled


def test_authors_are_called_by_their_name_where_they_have_said_it(store: Store) -> None:
    store.name_person("file", "Anne Morel")
    project = boutique()
    assert people(project, store) == {"file": "Anne Morel"}


def test_the_name_of_a_file_holds_nothing_that_a_system_refuses() -> None:
    import datetime as dt

    assert file_name("Étude : phase 1/2 ?", dt.date(2026, 11, 21)) == "Étude _ phase 1_2 _ 2026-11-21"
    assert file_name("...", dt.date(2026, 11, 21)) == "Project 2026-11-21"
