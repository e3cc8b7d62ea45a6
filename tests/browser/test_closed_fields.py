"""Fields in a popover that was closed: what they last showed is no edit, whatever is clicked afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from analysis import Store
from analysis.project.priorities import cut_of
from tests.conftest import ENGLISH, serving
from tests.pages.boutique import boutique

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Store]]:
    folder = tmp_path_factory.mktemp("closed")
    with serving(folder) as address:
        store = Store(f"sqlite:///{folder / 'home' / 'parcours.sqlite'}")
        yield address, store
        store.engine.dispose()


def until(page: Any, what: Callable[[], bool]) -> None:
    for _ in range(300):
        if what():
            return
        page.wait_for_timeout(100)
    assert what()


def test_the_cut_of_the_matrix_that_was_undone_stays_undone(place: tuple[str, Store], open_page: Any) -> None:
    address, store = place
    id = store.create(boutique("en"), author="anne")
    page = open_page(address, **ENGLISH)
    page.goto(f"/priorities?project={id}")
    page.locator(".st-key-matrix_settings button").click()
    page.get_by_test_id("stPopoverBody").get_by_text("Median", exact=False).first.click()
    until(page, lambda: cut_of(store.load(id)) == "median")
    page.keyboard.press("Escape")
    page.locator(".st-key-undo button").first.click()
    until(page, lambda: cut_of(store.load(id)) == "midpoint")
    expect(page.locator(".st-key-redo button").first).to_be_enabled()
    page.get_by_text("Only try out", exact=True).click()
    expect(page.get_by_role("switch", name="Only try out")).to_be_checked()
    assert cut_of(store.load(id)) == "midpoint"
    page.locator(".st-key-matrix_settings button").click()
    expect(page.get_by_role("radio", name="Middle of the scale")).to_be_checked()


def test_a_lane_named_in_a_popover_is_added_once(place: tuple[str, Store], open_page: Any) -> None:
    address, store = place
    id = store.create(boutique("en"), author="anne")
    lanes = lambda: [lane.name for lane in store.load(id).table("lane").values() if lane.name]  # noqa: E731
    page = open_page(address, **ENGLISH)
    page.goto(f"/journey?project={id}")
    page.get_by_role("button", name="Lanes").click()
    page.get_by_label("A lane of your own").fill("What it costs us")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    until(page, lambda: bool(lanes()))
    page.get_by_role("button", name="Pictures").click()
    page.keyboard.press("Escape")
    page.get_by_test_id("stMain").get_by_text("Table", exact=True).first.click()
    expect(page.get_by_text("Paste rows from Excel")).to_be_visible()
    assert lanes() == ["What it costs us"]
