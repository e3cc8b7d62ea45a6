"""Deciding, in a real browser: dragging bubbles, trying weights, typing into the plan, taking files away."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import expect

from analysis import Project, Store
from analysis.project import edits
from tests.conftest import ENGLISH, PHONE, serving
from tests.pages.boutique import QUOTE, REVIEWS, SITE, boutique

pytestmark = pytest.mark.browser


class Place:
    """A server with the boutique in it, and its store."""

    def __init__(self, address: str, folder: Path) -> None:
        self.address = address
        self.store = Store(f"sqlite:///{folder / 'home' / 'parcours.sqlite'}")

    def add(self, project: Project) -> str:
        return self.store.create(project, author="anne")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("decide")
    with serving(folder) as address:
        found = Place(address, folder)
        yield found
        found.store.engine.dispose()


@pytest.fixture
def open_at(place: Place, open_page: Any) -> Any:
    """``open_at("plan", id)``: an English desk (or ``**context``) on a page of a project, drawn."""

    def opening(page: str, id: str, **context: Any) -> Any:
        found = open_page(place.address, **(ENGLISH | context))
        found.goto(f"/{page}?project={id}")
        expect(found.get_by_role("heading", level=1)).to_be_visible()
        return found

    return opening


def bubble(page: Any, name: str) -> Any:
    return page.get_by_test_id("stMain").get_by_role("button", name=re.compile(f"^{name}")).first


def eventually(page: Any, what: Any, wanted: Any) -> None:
    """Wait until the store holds it: the edit is kept by the server, not by the page."""
    for _ in range(300):
        if what() == wanted:
            return
        page.wait_for_timeout(100)
    assert what() == wanted


def settled(page: Any) -> None:
    """Wait until the page has been drawn again after an act."""
    page.wait_for_timeout(400)
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=60_000)


def scores(place: Place, id: str, touchpoint: str) -> tuple[Any, Any]:
    row = place.store.load(id).touchpoints.set_index("id").loc[touchpoint]
    return row["impact"], row["effort"]


# The matrix


def test_a_bubble_moved_by_keyboard_is_kept_and_undone(place: Place, open_at: Any) -> None:
    id = place.add(boutique("en"))
    page = open_at("priorities", id)
    item = bubble(page, "Devis")
    item.focus()
    page.keyboard.press("ArrowUp")
    eventually(page, lambda: scores(place, id, QUOTE), (8.5, 7))
    assert place.store.load(id).figures[QUOTE, "impact"].layer == "hand"
    page.locator(".st-key-undo button").first.click()
    eventually(page, lambda: scores(place, id, QUOTE), (8, 7))


def test_a_bubble_dragged_with_the_mouse_changes_its_quadrant(place: Place, open_at: Any) -> None:
    id = place.add(boutique("en"))
    page = open_at("priorities", id)
    expect(page.get_by_text("2 quick wins of 5")).to_be_visible()
    box = bubble(page, "Devis").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 100, y, steps=6)
    page.mouse.move(x - 330, y, steps=12)
    page.mouse.up()
    expect(page.get_by_text("3 quick wins of 5")).to_be_visible()
    assert scores(place, id, QUOTE)[1] < 5.5


def test_a_chosen_bubble_goes_into_the_plan(place: Place, open_at: Any) -> None:
    id = place.add(boutique("en"))
    page = open_at("priorities", id)
    bubble(page, "Site web").click()
    page.get_by_role("button", name="Add to the plan").click()
    expect(page.get_by_text("1 action added to the plan.")).to_be_visible()
    assert place.store.load(id).actions["touchpoint"].tolist() == ["Site web"]


def test_a_move_of_somebody_else_is_seen_without_reloading(place: Place, open_at: Any) -> None:
    id = place.add(boutique("en"))
    page = open_at("priorities", id)
    expect(page.get_by_text("2 quick wins of 5")).to_be_visible()
    place.store.apply(
        id, [*edits.set_score(REVIEWS, "impact", 9.0, author="b"), *edits.set_score(REVIEWS, "effort", 2.0, author="b")], author="b"
    )
    expect(page.get_by_text("3 quick wins of 6")).to_be_visible()


# Ranking and Pareto


def test_a_weight_moved_by_keyboard_ranks_again_and_is_kept_when_accepted(place: Place, open_at: Any) -> None:
    id = place.add(boutique("en"))
    page = open_at("priorities", id)
    page.get_by_role("radio", name="Ranking").or_(page.get_by_text("Ranking", exact=True)).first.click()
    slider = page.get_by_role("slider", name="Satisfaction ↓")
    slider.focus()
    slider.press("End")
    expect(page.get_by_text("What if")).to_be_visible()
    page.get_by_role("button", name="Keep these weights").click()
    expect(page.get_by_text("What if")).to_have_count(0)
    assert place.store.load(id).settings.weights["satisfaction"] == 10.0


def test_the_picture_of_a_chart_is_made_when_it_is_asked_for(place: Place, open_at: Any) -> None:
    id = place.add(boutique("en"))
    page = open_at("priorities", id)
    page.get_by_text("Pareto chart", exact=True).click()
    expect(page.get_by_text("2 of 4 touchpoints carry 85% of complaints")).to_be_visible()
    settled(page)
    with page.expect_download(timeout=60_000) as caught:
        page.get_by_role("button", name="PNG", exact=True).click()
    assert Path(caught.value.path()).read_bytes().startswith(b"\x89PNG")
    assert caught.value.suggested_filename == "La Boutique - Pareto chart.png"


# The plan


def test_an_owner_typed_into_the_table_is_kept_and_survives_an_undo_of_another(place: Place, open_at: Any) -> None:
    project = boutique("en")
    id = place.add(
        project.apply([*edits.add_action("Show the prices", touchpoint=SITE), *edits.add_action("Shorten the quote", touchpoint=QUOTE)])
    )
    page = open_at("plan", id)
    owner = lambda n: place.store.load(id).actions["owner"].fillna("").tolist()[n]  # noqa: E731
    type_into(page, row=0, x=500, text="Anne")
    eventually(page, lambda: owner(0), "Anne")
    type_into(page, row=1, x=500, text="Bachir")
    eventually(page, lambda: (owner(0), owner(1)), ("Anne", "Bachir"))
    page.locator(".st-key-undo button").first.click()
    eventually(page, lambda: (owner(0), owner(1)), ("Anne", ""))


def type_into(page: Any, *, row: int, x: int, text: str) -> None:
    """Type into a cell of the grid, which is a canvas: a click, Enter, the text, Tab."""
    grid = page.get_by_test_id("stDataFrame").first
    grid.scroll_into_view_if_needed()
    box = grid.bounding_box()
    page.mouse.click(box["x"] + x, box["y"] + 35 * (row + 1) + 17)
    page.keyboard.press("Enter")
    page.wait_for_timeout(200)
    page.keyboard.press("Control+A")
    page.keyboard.type(text, delay=30)
    page.keyboard.press("Tab")


# Deliverables


@pytest.mark.slow
def test_the_workbook_is_in_the_language_that_was_chosen_for_the_files(place: Place, open_at: Any) -> None:
    id = place.add(boutique("en"))
    page = open_at("exports", id)
    page.get_by_test_id("stMain").get_by_text("Français", exact=True).click()
    settled(page)
    with page.expect_download(timeout=60_000) as caught:
        page.locator(".st-key-download_xlsx button").first.click()
    book = openpyxl.load_workbook(io.BytesIO(Path(caught.value.path()).read_bytes()))
    assert "Points de contact" in book.sheetnames


def test_the_project_file_opens_again(place: Place, open_at: Any) -> None:
    id = place.add(boutique("en"))
    page = open_at("exports", id)
    with page.expect_download(timeout=60_000) as caught:
        page.locator(".st-key-download_parcours button").click()
    again = place.store.open_copy(Path(caught.value.path()).read_bytes(), author="zoe")
    assert len(place.store.load(again).touchpoints) == 6


# Small screens


@pytest.mark.parametrize("name", ["priorities", "plan", "exports"])
def test_on_a_phone_each_page_fits(place: Place, open_at: Any, name: str) -> None:
    page = open_at(name, place.add(boutique("en")), **PHONE)
    page.wait_for_timeout(500)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("gap", [0, 12, 30, 60])
def test_proposals_accepted_one_right_after_the_other_are_all_in_the_plan(place: Place, open_at: Any, gap: int) -> None:
    """The second click asks for a run while the first one's is about to begin, or in its callback."""
    id = place.add(boutique())
    page = open_at("plan", id)
    accept = page.get_by_role("button", name="Accept", exact=True)
    expect(accept.nth(2)).to_be_visible()
    settled(page)
    before, many = len(place.store.load(id).actions), accept.count()
    page.evaluate(
        """async gap => {
            const found = [...document.querySelectorAll('button')].filter(b => b.innerText.trim().split('\\n').pop() === 'Accept');
            for (const button of found) { button.click(); await new Promise(done => setTimeout(done, gap)); }
        }""",
        gap,
    )
    eventually(page, lambda: len(place.store.load(id).actions), before + many)
