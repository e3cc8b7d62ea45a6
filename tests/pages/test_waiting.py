"""What waits to be imported outlives a reload of the page; what could not be taken is said until it has been read."""

from __future__ import annotations

import weakref
from types import SimpleNamespace
from typing import Any

import pytest
import streamlit as st

from analysis import Store
from analysis.language import translator
from pages.shell import refused, shelf
from pages.shell.shelf import SHELF, Shelf, Waiting
from pages.shell.uploads import MEGABYTE
from tests.pages.conftest import Visit, texts
from tests.pages.test_data import INVENTORY, drop, intake_of, opened, widget


@pytest.fixture(autouse=True)
def empty_shelf(monkeypatch: pytest.MonkeyPatch) -> Any:
    SHELF.held.clear()
    monkeypatch.setattr(SHELF, "open", lambda visit: False)
    yield
    SHELF.held.clear()


@pytest.fixture
def anne(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every visit is of one browser, each with a number of its own."""
    from pages.shell import intake, session

    visits = iter(range(1000))
    monkeypatch.setattr(session, "author", lambda: "anne")
    monkeypatch.setattr(intake, "here", lambda: st.session_state.setdefault("_number", str(next(visits))))


def reloaded(app: Any, page: str = "data") -> Any:
    """The same page in a new visit, as after F5."""
    from streamlit.testing.v1 import AppTest

    from tests.conftest import ROOT

    again = AppTest.from_file(str(ROOT / "pages" / "_router.py"), default_timeout=90)
    for key, values in app.query_params.items():
        again.query_params[key] = values
    again.run()
    again.switch_page(f"{page}.py").run()
    assert not again.exception
    return again


def test_a_file_still_waits_with_its_corrections_after_the_page_was_reloaded(anne: None, app: Any) -> None:
    drop(app, "a.csv", "Étape;Point de contact;Poids\nAchat;Caisse;7\nAchat;Site;3\n")
    app.text_input(key="new_name").set_value("Ma boutique").run()
    opened(app, "Colonnes")
    widget(app.selectbox, "Poids").set_value("importance").run()
    app = reloaded(app)
    assert intake_of(app).tables[0].mapping["Poids"] == "importance"
    assert app.text_input(key="new_name").value == "Ma boutique"
    assert "même si la page est rechargée" in texts(app)
    app.button(key="import").click().run()
    assert not app.exception
    assert Store().projects()["name"].tolist() == ["Ma boutique"]
    assert not SHELF.held


def test_home_says_what_waits_and_leads_back_to_it(anne: None, app: Any) -> None:
    drop(app, "a.csv", INVENTORY)
    app = reloaded(app, "home")
    assert "**a.csv** attend d’être importé" in texts(app)


def test_what_was_dropped_on_a_project_waits_on_that_project_alone(anne: None, visit: Visit, store: Store) -> None:
    app = visit("data")
    drop(app, "a.csv", INVENTORY)
    other = visit("data")
    assert not other.session_state["_waiting"].files
    app.query_params["project"] = app.project_id
    assert [file.name for file in reloaded(app).session_state["_waiting"].files] == ["a.csv"]


def test_another_browser_finds_nothing(app: Any) -> None:
    drop(app, "a.csv", INVENTORY)  # without a cookie each visit is somebody
    assert "a.csv" not in texts(reloaded(app))


def test_what_is_not_wanted_does_not_come_back(anne: None, app: Any) -> None:
    drop(app, "a.csv", INVENTORY)
    app.button(key="forget").click().run()
    assert "a.csv" not in texts(reloaded(app))


class File:
    def __init__(self, size: int) -> None:
        self.size = size


def test_the_shelf_keeps_what_fits_and_what_is_not_too_old(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Shelf(open=lambda visit: False)
    for n in range(4):
        kept.keep(Waiting("anne", str(n), files=[File(40 * 1024 * 1024)]))
    assert [one.session for one in kept.held] == ["2", "3"]
    assert kept.take("bachir", "9", None) is None
    monkeypatch.setattr(shelf, "PATIENCE", -1)
    assert kept.take("anne", "9", None) is None


def test_the_shelf_leaves_a_visit_that_is_still_open_alone() -> None:
    kept = Shelf(open=lambda visit: visit == "1")
    kept.keep(Waiting("anne", "1", files=[File(1)]))
    assert kept.take("anne", "2", None) is None
    kept.open = lambda visit: False
    assert kept.take("anne", "2", None) is not None
    assert kept.held[0].session == "2"


# What could not be taken


@pytest.mark.parametrize(("name", "start", "said"), [
    ("rapport.pdf", b"%PDF-1.7\n" + b"x" * 300, "C’est un document PDF"),
    ("photo.png", bytes.fromhex("89504e470d0a1a0a") + b"x" * 300, "C’est une image"),
    ("notes.parcours", b"", "Ce fichier est vide"),
])  # fmt: skip
def test_a_file_of_any_type_is_told_by_its_content_until_it_has_been_read(app: Any, name: str, start: bytes, said: str) -> None:
    drop(app, name, start)
    assert f"**{name}** — {said}" in texts(app)
    assert app.title[0].value == "D’un tableur à un plan d’action"
    app.run()
    assert said in texts(app)
    app.button(key="refusals_read").click().run()
    assert said not in texts(app)


def test_a_file_that_the_browser_keeps_back_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[tuple[str, str]] = []
    monkeypatch.setattr(refused, "refused", lambda name, sentence: said.append((name, sentence)))
    monkeypatch.setattr(refused.session, "t", lambda: translator("fr"))
    assert refused.take({"files": [{"name": "grand.csv", "size": "53.5MB"}, {"name": "b.csv", "size": "30.0MB"}], "alone": True})
    assert said[0][0] == "grand.csv"
    assert said[0][1].startswith("Ce fichier pèse 54 Mo et la limite est de 50 Mo. Découpez-le")
    assert "200 Mo au plus peuvent être déposés ensemble" in said[1][1]
    assert not refused.take(["x"])
    assert not refused.take({"files": [{"name": 3}], "alone": 1})
    assert len(said) == 2


def test_what_waits_has_a_limit_for_a_visit_and_for_all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "_EVERY", weakref.WeakSet())
    mine, others = Waiting("anne", "s1"), Waiting("paul", "s2")
    mine.files.append(SimpleNamespace(size=190 * MEGABYTE))
    assert [mine.full(5 * MEGABYTE), mine.full(15 * MEGABYTE)] == ["", "visit"]
    others.files.append(SimpleNamespace(size=100 * MEGABYTE))
    assert [mine.full(5 * MEGABYTE), others.full(20 * MEGABYTE)] == ["", "server"]
    mine.files.clear()
    assert others.full(20 * MEGABYTE) == ""


def test_a_file_for_which_there_is_no_room_is_told_and_not_read(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Waiting, "full", lambda waiting, more: "server" if more > 100 else "")
    app.file_uploader[0].upload("grand.csv", b"Etape;Point de contact\n" * 9, "text/csv")
    app.run()
    assert "les fichiers d’autres personnes" in " ".join(one.value for one in app.error)
    assert not any(one.label == "Importer" for one in app.button)
    app.file_uploader[0].upload("petit.csv", b"Etape;Point de contact;Impact\nAchat;Caisse;3\n", "text/csv")
    app.run()
    assert any(one.label == "Importer" for one in app.button)
