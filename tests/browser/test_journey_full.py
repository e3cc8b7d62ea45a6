"""A whole map worked on: tomorrow's map, the sheet of a touchpoint, the table. How it is made by hand: test_map_built.py."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright.sync_api")
from playwright.sync_api import Page, expect

from analysis import Project, Store
from benchmarks.map import full_map
from tests.conftest import PHONE, serving

pytestmark = [pytest.mark.browser, pytest.mark.slow]
POINTS = ".journey-map .point"


@pytest.fixture(scope="module")
def map_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    folder = tmp_path_factory.mktemp("map")
    with serving(folder) as address:
        yield address, folder / "home" / "parcours.sqlite"


@pytest.fixture
def kept(map_server: tuple[str, Path]) -> tuple[str, Store, str]:
    """The server's address, its store, and a project of its own for this test."""
    address, file = map_server
    file.parent.mkdir(exist_ok=True)
    store = Store(f"sqlite:///{file}")
    return address, store, store.create(full_map(stages=12, lanes=10, cards=150, touchpoints=24), author="Anne")


def visit(open_page: Any, kept: tuple[str, Store, str], **context: Any) -> Page:
    page: Page = open_page(kept[0], **context)
    page.goto(f"/journey?project={kept[2]}&lang=fr")
    expect(page.locator(POINTS)).to_have_count(12)
    expect(page.locator(".journey-map .item")).to_have_count(174)
    page.wait_for_timeout(1000)
    return page


def drag_point(page: Page, index: int, pixels: float) -> None:
    point = page.locator(POINTS).nth(index)
    point.scroll_into_view_if_needed()
    box = point.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + pixels / 2, steps=4)
    page.mouse.move(x, y + pixels, steps=4)
    page.mouse.up()


def now(kept: tuple[str, Store, str]) -> Project:
    return kept[1].load(kept[2])


def test_the_map_of_tomorrow_is_drawn_changed_and_compared(open_page: Any, kept: tuple[str, Store, str]) -> None:
    page = visit(open_page, kept)
    page.get_by_role("button", name="Cette carte").click()
    page.get_by_role("button", name="En tirer la carte de demain").click()
    expect(page.get_by_role("heading", name="Ce qui change")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(POINTS)).to_have_count(12)
    drag_point(page, 0, -100)
    expect(page.get_by_role("heading", name="Ce qui change")).to_be_visible()
    project = now(kept)
    assert [journey.state for _, journey in project.journeys_in_order()] == ["as_is", "to_be"]
    assert len(project.cards) == 300


def test_the_sheet_of_a_touchpoint_stays_open_while_it_is_filled_in(open_page: Any, kept: tuple[str, Store, str]) -> None:
    page = visit(open_page, kept)
    page.locator(".journey-map .item:has-text('Touchpoint 1')").first.click()
    page.keyboard.press("o")
    sheet = page.get_by_role("dialog")
    expect(sheet).to_be_visible()
    field = sheet.get_by_label("Impact (1–10)")
    field.fill("7,5")
    field.press("Tab")
    expect(sheet.get_by_label("Impact (1–10)")).to_have_value("7,5")
    page.wait_for_timeout(2500)  # the page has followed the edit
    expect(sheet).to_be_visible()
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    assert 7.5 in set(now(kept).touchpoints["impact"].dropna())


def test_the_table_and_the_sheet_fit_a_phone(open_page: Any, kept: tuple[str, Store, str]) -> None:
    page = visit(open_page, kept, **PHONE)
    page.get_by_text("Tableau", exact=True).click()
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_cell_typed_with_a_decimal_comma_is_kept_as_typed(open_page: Any, kept: tuple[str, Store, str]) -> None:
    page = visit(open_page, kept)
    page.get_by_text("Tableau", exact=True).click()
    grid = page.get_by_test_id("stDataFrame")
    expect(grid).to_be_visible()
    page.wait_for_timeout(1000)
    box = grid.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 41 + 240 + 150 + 120 + 120 + 40, box["y"] + 35 + 17)  # first row, impact
    page.keyboard.press("Enter")
    page.keyboard.press("Control+A")
    page.keyboard.type("6,5", delay=60)
    page.keyboard.press("Tab")
    page.wait_for_timeout(2500)
    assert now(kept).touchpoints["impact"].tolist()[0] == 6.5
