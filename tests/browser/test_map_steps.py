"""Steps of a stage on the real map in Chromium: typed, put in order, filled by menu, keyboard and mouse, deleted, undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright.sync_api")
from playwright.sync_api import Page, expect

from analysis import Project, Store
from analysis.project import edits
from tests.conftest import serving

pytestmark = pytest.mark.browser
CELL = ".lane[data-icon=touchpoints] .cell >> nth=1"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Store]]:
    folder = tmp_path_factory.mktemp("steps")
    with serving(folder) as address:
        (folder / "home").mkdir(exist_ok=True)
        yield address, Store(f"sqlite:///{Path(folder) / 'home' / 'parcours.sqlite'}")


@pytest.fixture
def page(open_page: Any, server: tuple[str, Store]) -> Page:
    """A map whose second stage, Buy, holds three touchpoints."""
    project = Project.new("Shop", language="en", stages=["Choose", "Buy"])
    buy = list(project.stages["id"])[1]
    project = project.apply(edits.add_touchpoints(project, project.first_journey, buy, ["Desk", "Till", "Door"]))
    id = server[1].create(project, author="Anne")
    page: Page = open_page(server[0])
    page.goto(f"/journey?project={id}&lang=en")
    expect(page.locator(".journey-map .item")).to_have_count(3, timeout=45_000)
    page.wait_for_timeout(800)
    return page


def typed(page: Page, *names: str) -> None:
    """Steps of Buy, typed from its header."""
    head = page.locator(".head", has_text="Buy")
    head.focus()
    page.keyboard.press("s")
    for number, name in enumerate(names, start=1):
        page.keyboard.type(name)
        page.keyboard.press("Enter")
        expect(page.locator(".head .step:not(.pending)")).to_have_text(list(names[:number]))
    page.keyboard.press("Escape")
    expect(page.locator(".head .step:not(.pending)")).to_have_text(list(names))
    expect(head).to_be_focused()


def in_step(page: Page, touchpoint: str, step: str) -> None:
    """Put a touchpoint in a step, from its menu."""
    item = page.locator(".item", has_text=touchpoint)
    item.hover()
    item.locator(".more").click()
    page.get_by_role("menuitemradio", name=step, exact=True).click()


def lines(page: Page) -> list[str]:
    """The cell of Buy, top to bottom: labels of steps and names of touchpoints."""
    return page.locator(CELL).evaluate(
        "cell => [...cell.children].filter(c => c.matches('.item, .steplabel')).map(c => (c.querySelector('.label') ?? c).textContent)"
    )


def shows(page: Page, *wanted: str) -> None:
    """The cell comes to look like this, and still does once the server has answered."""
    for _ in range(25):
        if lines(page) == list(wanted):
            break
        page.wait_for_timeout(200)
    page.wait_for_timeout(1500)
    assert lines(page) == list(wanted)


def test_steps_are_typed_and_touchpoints_put_under_them(page: Page) -> None:
    typed(page, "Quote", "Pay")
    in_step(page, "Till", "Quote")
    in_step(page, "Desk", "Pay")
    shows(page, "Quote", "Till", "Pay", "Desk", "No step", "Door")
    expect(page.locator(".item", has_text="Till")).to_have_attribute("aria-label", "Touchpoint: Till, Step: Quote")
    expect(page.locator(".head", has_text="Buy")).to_have_attribute("aria-label", "Buy. Steps: Quote, Pay")
    in_step(page, "Till", "No step")
    shows(page, "Pay", "Desk", "No step", "Door", "Till")
    page.locator(".item", has_text="Till").focus()
    page.keyboard.press("Control+z")
    shows(page, "Quote", "Till", "Pay", "Desk", "No step", "Door")


def test_the_keyboard_walks_renames_reorders_and_deletes_steps(page: Page) -> None:
    typed(page, "Quote", "Pay")
    in_step(page, "Till", "Quote")
    page.locator(".head", has_text="Buy").focus()
    page.keyboard.press("ArrowDown")
    quote = page.get_by_role("group", name="Step 1 of 2: Quote")
    expect(quote).to_be_focused()
    page.keyboard.press("Alt+ArrowRight")
    expect(page.locator(".head .step")).to_have_text(["Pay", "Quote"])
    expect(page.get_by_role("group", name="Step 2 of 2: Quote")).to_be_focused()
    page.keyboard.press("F2")
    page.keyboard.type("Estimate")
    page.keyboard.press("Enter")
    shows(page, "Estimate", "Till", "No step", "Desk", "Door")
    page.keyboard.press("Delete")
    shows(page, "Desk", "Till", "Door")
    expect(page.locator(".head .step")).to_have_text(["Pay"])
    page.keyboard.press("Control+z")
    shows(page, "Estimate", "Till", "No step", "Desk", "Door")


def test_a_touchpoint_walks_from_step_to_step_with_the_keyboard(page: Page) -> None:
    typed(page, "Quote", "Pay")
    in_step(page, "Till", "Quote")
    in_step(page, "Desk", "Pay")
    page.locator(".item", has_text="Till").focus()
    page.keyboard.press("Alt+ArrowDown")
    shows(page, "Pay", "Till", "Desk", "No step", "Door")
    page.locator(".item", has_text="Door").focus()
    page.keyboard.press("Alt+ArrowUp")
    shows(page, "Pay", "Till", "Desk", "Door")


def dragged(page: Page, start: Any, x: float, y: float) -> None:
    box = start.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(x + 20, y + 6, steps=5)
    page.mouse.move(x, y, steps=5)
    page.mouse.up()


def test_dropped_beside_a_touchpoint_of_a_step_another_one_joins_it(page: Page) -> None:
    typed(page, "Quote", "Pay")
    in_step(page, "Till", "Quote")
    in_step(page, "Desk", "Pay")
    till = page.locator(".item", has_text="Till").bounding_box()
    assert till is not None
    dragged(page, page.locator(".item", has_text="Door"), till["x"] + 60, till["y"] + till["height"] - 4)
    shows(page, "Quote", "Till", "Door", "Pay", "Desk")


def test_dropped_on_the_chip_of_a_step_a_touchpoint_goes_into_it(page: Page) -> None:
    typed(page, "Quote", "Pay")
    for touchpoint, step in (("Desk", "Pay"), ("Till", "Quote"), ("Door", "Pay")):
        chip = page.locator(".head .step", has_text=step).bounding_box()
        assert chip is not None
        dragged(page, page.locator(".item", has_text=touchpoint), chip["x"] + chip["width"] / 2, chip["y"] + chip["height"] / 2)
        expect(page.locator(".item", has_text=touchpoint)).to_have_attribute("aria-label", f"Touchpoint: {touchpoint}, Step: {step}")
    shows(page, "Quote", "Till", "Pay", "Desk", "Door")
    head = page.locator(".head", has_text="Choose").bounding_box()
    assert head is not None
    dragged(page, page.locator(".item", has_text="Door"), head["x"] + 40, head["y"] + head["height"] / 2)
    shows(page, "Quote", "Till", "Pay", "Desk")
    expect(page.locator(".lane[data-icon=touchpoints] .cell >> nth=0")).to_contain_text("Door")


def test_steps_typed_as_fast_as_a_hand_can_stay_in_their_order(page: Page) -> None:
    page.locator(".head", has_text="Buy").focus()
    page.keyboard.press("s")
    names = [f"Step {number}" for number in range(8)]
    for name in names:
        page.keyboard.type(name)
        page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.locator(".head .step:not(.pending)")).to_have_text(names)
    page.reload()
    expect(page.locator(".head .step")).to_have_text(names)


def test_a_step_is_dragged_in_front_of_another_and_its_chip_has_a_menu(page: Page) -> None:
    typed(page, "Quote", "Pay")
    first = page.locator(".head .step").first.bounding_box()
    assert first is not None
    dragged(page, page.locator(".head .step").nth(1), first["x"] + 2, first["y"] + first["height"] / 2)
    expect(page.locator(".head .step")).to_have_text(["Pay", "Quote"])
    page.wait_for_timeout(1500)
    page.locator(".head .step", has_text="Quote").click()
    page.get_by_role("menuitem", name="Delete").click()
    expect(page.locator(".head .step")).to_have_text(["Pay"])
