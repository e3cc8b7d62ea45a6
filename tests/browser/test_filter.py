"""One filter over the app, in a real browser: chosen on the map, it holds on every page and in the files, survives a reload, and goes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from playwright.sync_api import expect

from analysis import Project, Store
from analysis.project import Put
from analysis.project.evidence import pack
from tests.conftest import serving

pytestmark = pytest.mark.browser

#: stage → grades in 2017 (the first half), then in 2018
GRADES = {"Order": ([3, 4, 2, 5, 3, 2, 4, 3], [9, 10, 8, 9, 10, 9]), "First Payment": ([6, 7, 5, 6, 6], [2, 3, 1, 2, 2, 3, 1])}


def telecom() -> Project:
    """NPS answers by stage as a telecom operator's survey gives them: no touchpoint, a date each."""
    project = Project.new("Télécom", language="fr", stages=list(GRADES))
    ids = dict(zip(project.stages["stage"], project.stages["id"], strict=True))
    rows = [
        (stage, grade, f"{stage}{year}{n}", f"{year}-0{1 + n % 9}-15")
        for stage, halves in GRADES.items()
        for year, grades in zip((2017, 2018), halves, strict=True)
        for n, grade in enumerate(grades)
    ]
    frame = pd.DataFrame(rows, columns=["stage_label", "value", "respondent", "date"]).assign(measure="nps", low=0, high=10)
    key, data = pack(frame)
    evidence = {"blob": key, "rows": len(rows), "title": "NPS", "source": "NPS", "stages": ids}
    return project.apply(Put("evidence", "e_nps", evidence, {key: data}))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Address of a server, and the id of its project."""
    folder = tmp_path_factory.mktemp("filter")
    with serving(folder) as address:
        store = Store(f"sqlite:///{Path(folder) / 'home' / 'parcours.sqlite'}")
        yield address, store.create(telecom(), author="anne")
        store.engine.dispose()


def choose_year(page: Any, year: str) -> None:
    page.get_by_role("button", name="Filtrer").click()
    page.locator(".st-key-only_year").get_by_text(year, exact=True).click()
    expect(banner(page)).to_contain_text(f"Filtré\u00a0: {year}")
    page.keyboard.press("Escape")


def banner(page: Any) -> Any:
    return page.locator(".st-key-filtered")


def people(page: Any) -> Any:
    """How many respondents the page speaks of."""
    return page.get_by_test_id("stMain")


def test_a_period_holds_on_every_page_survives_a_reload_and_goes(open_page: Any, place: tuple[str, str]) -> None:
    address, id = place
    page = open_page(address)
    page.goto(f"/journey?project={id}")
    expect(people(page)).to_contain_text("26 répondants")
    choose_year(page, "2018")
    expect(people(page)).to_contain_text("13 répondants")
    assert "from=2018-01-01" in page.url

    page.get_by_role("link", name="Priorités").click()
    expect(banner(page)).to_contain_text("n\u00a0=\u00a013")
    expect(people(page)).to_contain_text("des réponses mécontentes")

    page.reload()
    expect(banner(page)).to_contain_text("2018")

    page.get_by_role("link", name="Livrables").click()
    expect(people(page)).to_contain_text("13 répondants")
    with page.expect_download() as got:
        page.locator(".st-key-download_xlsx button").first.click()
    book = openpyxl.load_workbook(io.BytesIO(Path(got.value.path()).read_bytes()))
    cover = [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    assert "Filtré\u00a0: 2018 · n\u00a0=\u00a013" in cover

    banner(page).get_by_role("button", name="Tout afficher").click()
    expect(banner(page)).to_have_count(0)
    expect(people(page)).to_contain_text("26 répondants")
    assert "from=" not in page.url


def test_what_is_undone_beside_a_closed_choice_does_not_come_back_with_the_next_click(open_page: Any, place: tuple[str, str]) -> None:
    address, id = place
    page = open_page(address)
    page.goto(f"/priorities?project={id}")
    view = page.get_by_test_id("stMain")
    expect(view).to_contain_text("des réponses mécontentes")
    choose_year(page, "2018")
    banner(page).get_by_role("button", name="Tout afficher").click()
    expect(banner(page)).to_have_count(0)
    view.get_by_text("Classement", exact=True).first.click()
    expect(view).to_contain_text("Le classement compare")
    view.get_by_text("Pareto", exact=True).first.click()
    expect(view).to_contain_text("des réponses mécontentes")
    assert "from=" not in page.url
    expect(banner(page)).to_have_count(0)
    page.get_by_role("button", name="Filtrer").click()
    page.locator(".st-key-only_year").get_by_text("2017", exact=True).click()
    page.keyboard.press("Escape")  # closed before its other fields have heard of it
    expect(banner(page)).to_contain_text("Filtré\u00a0: 2017")
    view.get_by_text("Classement", exact=True).first.click()
    expect(view).to_contain_text("Le classement compare")
    page.get_by_role("link", name="Parcours").click()
    expect(people(page)).to_contain_text("13 répondants")
    expect(banner(page)).to_contain_text("Filtré\u00a0: 2017")


def test_a_link_shows_somebody_else_the_same(open_page: Any, place: tuple[str, str]) -> None:
    address, id = place
    page = open_page(address)
    page.goto(f"/journey?project={id}&from=2017-01-01&to=2017-12-31")
    expect(banner(page)).to_contain_text("2017 · n\u00a0=\u00a013")


def test_before_and_after_a_day(open_page: Any, place: tuple[str, str]) -> None:
    address, id = place
    page = open_page(address)
    page.goto(f"/priorities?project={id}")
    page.get_by_test_id("stMain").get_by_text("Avant et après", exact=True).first.click()
    expect(page.get_by_test_id("stMain")).to_contain_text("1 nettement mieux, 1 nettement moins bien")
    expect(page.locator(".st-key-compared_figures")).to_contain_text("n = 13 → 13")


def test_the_wall_shows_the_filter_and_another_can_be_told(open_page: Any, place: tuple[str, str]) -> None:
    address, id = place
    page = open_page(address)
    page.goto(f"/present?project={id}&from=2018-01-01&to=2018-12-31")
    expect(page.locator(".deck .filtered")).to_have_text("Filtré\u00a0: 2018 · n\u00a0=\u00a013")
    page.keyboard.press("c")
    panel = page.get_by_role("dialog", name="Ce qui est présenté")
    expect(panel.get_by_role("button", name="Parcours actuel")).to_have_attribute("aria-pressed", "true")
    panel.get_by_role("button", name="Montrer le nom du client").click()
    expect(panel.get_by_role("button", name="Montrer le nom du client")).to_have_attribute("aria-pressed", "false")
