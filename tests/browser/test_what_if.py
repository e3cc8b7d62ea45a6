"""Five “what if” questions in a row on the big sample, without leaving the page; and a plan moved by hand."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from analysis import Store
from analysis.project import edits
from benchmarks.big import big_sample
from tests.conftest import ENGLISH, PHONE, serving
from tests.pages.boutique import QUOTE, SITE, boutique

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Store]]:
    folder = tmp_path_factory.mktemp("what_if")
    with serving(folder) as address:
        store = Store(f"sqlite:///{folder / 'home' / 'parcours.sqlite'}")
        yield address, store
        store.engine.dispose()


def settled(page: Any) -> None:
    page.wait_for_timeout(150)
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=30_000)


def at(page: Any, path: str) -> None:
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=30_000)
    settled(page)


@pytest.mark.slow
def test_a_consultants_five_what_ifs_are_answered_in_a_row_on_one_page(place: tuple[str, Store], open_page: Any) -> None:
    address, store = place
    id = store.create(big_sample(), author="anne")
    page = open_page(address, **ENGLISH)
    at(page, f"/priorities?project={id}")
    view(page, "Ranking")
    expect(page.locator(".st-key-what_if")).to_have_count(0)
    asked: list[tuple[str, Any, str]] = [
        ("What if cost counted double?", lambda: slide(page, "Cost of the improvement ↓", 2), "Cost of the improvement: weight 1 → 2"),
        ("And with loyal customers only?", lambda: loyal(page), "Segment: Loyal · n = 2,155"),
        ("And in the last quarter?", lambda: quarter(page), "Segment: Loyal · 1 Jul 2026 to 30 Sept 2026"),
        ("With a budget of 20 k€?", lambda: budget(page), "of the budget is left"),
        ("If the effort of this one were 4?", lambda: effort(page), "Use: phone 236, Effort 6 → 4"),
    ]
    took = []
    for question, act, answer in asked:
        start = time.perf_counter()
        act()
        expect(page.get_by_test_id("stMain")).to_contain_text(answer)
        took.append(time.perf_counter() - start)
        print(f"{question} {answer} ({took[-1]:.2f} s on the screen)")
    print(f"median on the screen {statistics.median(took):.2f} s")
    assert page.url.split("?")[0].endswith("/priorities")
    expect(page.get_by_test_id("stMain")).to_contain_text("Use: phone 236 becomes “Quick win”")
    kept = store.load(id)
    assert kept.settings.weights == {}  # nothing is kept until it is accepted
    assert kept.figures["t_236", "effort"].value == 6
    assert "budget" not in kept.settings.views
    page.locator(".st-key-weights_back button").click()
    settled(page)
    expect(page.locator(".st-key-what_if")).to_have_count(0)


def view(page: Any, name: str) -> None:
    page.get_by_test_id("stMain").get_by_text(name, exact=True).first.click()
    settled(page)


def slide(page: Any, name: str, steps: int) -> None:
    slider = page.get_by_role("slider", name=name)
    slider.focus()
    for _ in range(steps):
        slider.press("ArrowRight")
    settled(page)


def loyal(page: Any) -> None:
    page.get_by_role("button", name="Filter").first.click()
    page.get_by_role("combobox", name="Segment").click()
    page.get_by_role("option", name="Segment").click()
    settled(page)
    page.locator(".st-key-only_values_attr-Segment [role=combobox]").first.click()
    page.get_by_role("option", name="Loyal").click()
    page.keyboard.press("Escape")
    settled(page)


def quarter(page: Any) -> None:
    page.locator(".st-key-only_quarter").get_by_text("Q3 2026").click()
    settled(page)
    page.get_by_role("heading", level=1).click()


def budget(page: Any) -> None:
    view(page, "Budget")
    page.get_by_role("textbox", name="Budget").fill("20 k")
    page.keyboard.press("Enter")
    settled(page)


def effort(page: Any) -> None:
    view(page, "Impact/effort matrix")
    bubble = page.get_by_test_id("stMain").get_by_role("button", name=re.compile("^Use: phone 236,")).first
    bubble.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="What if…").click()
    page.get_by_role("textbox", name="Effort").fill("4")
    page.keyboard.press("Enter")
    settled(page)


# The board


def planned() -> Any:
    project = boutique("en")
    return project.apply(
        [*edits.add_action("Show the prices", touchpoint=SITE), *edits.add_action("Shorten the quote", touchpoint=QUOTE, due_date="2020-01-01")]
    )


def status(store: Store, id: str) -> dict[str, str]:
    return {action.title: action.status for action in store.load(id).table("action").values()}


def eventually(page: Any, what: Any, wanted: Any) -> None:
    for _ in range(300):
        if what() == wanted:
            return
        page.wait_for_timeout(100)
    assert what() == wanted


@pytest.fixture
def board(place: tuple[str, Store], open_page: Any) -> Any:
    """``board(**context)``: the board of a fresh plan, its store and the project's id."""

    def opening(**context: Any) -> tuple[Any, Store, str]:
        address, store = place
        id = store.create(planned(), author="anne")
        page = open_page(address, **(ENGLISH | context))
        at(page, f"/plan?project={id}")
        page.get_by_test_id("stMain").get_by_text("By status", exact=True).first.click()
        expect(page.locator(".plan-board .card").first).to_be_visible(timeout=20_000)
        return page, store, id

    return opening


def middle(found: Any) -> tuple[float, float]:
    box = found.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + min(box["height"] / 2, 60)


def test_a_card_is_dragged_to_another_column_with_the_mouse_and_an_undo_takes_it_back(board: Any) -> None:
    page, store, id = board()
    card = page.locator(".plan-board .card", has_text="Show the prices")
    card.scroll_into_view_if_needed()
    (x, y), (to, down) = middle(card), middle(page.locator('.plan-board [data-column="in_progress"]'))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 20, y + 4, steps=4)
    page.mouse.move(to, down, steps=10)
    page.mouse.up()
    eventually(page, lambda: status(store, id)["Show the prices"], "in_progress")
    expect(page.locator('[data-column="in_progress"] .card', has_text="Show the prices")).to_be_visible()
    page.locator(".st-key-undo button").first.click()
    eventually(page, lambda: status(store, id)["Show the prices"], "to_do")


def test_the_arrow_keys_move_a_card_and_enter_opens_it(board: Any) -> None:
    page, store, id = board()
    card = page.locator(".plan-board .card", has_text="Shorten the quote")
    expect(card.locator(".due.late")).to_be_visible()
    card.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    eventually(page, lambda: status(store, id)["Shorten the quote"], "done")
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-details")).to_be_visible(timeout=10_000)


def test_a_finger_drags_a_card_by_its_handle(board: Any) -> None:
    page, store, id = board(**PHONE)
    handle = page.locator(".plan-board .card", has_text="Show the prices").locator(".handle")
    handle.scroll_into_view_if_needed()
    (x, y), goal = middle(handle), page.locator('.plan-board [data-column="proposed"]')
    touch = page.context.new_cdp_session(page)
    send = lambda kind, points: touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})  # noqa: E731
    send("touchStart", [{"x": x, "y": y}])
    for step in range(1, 9):
        send("touchMove", [{"x": x - 3 * step, "y": y + step}])
    for _ in range(60):  # at the rim the board comes along
        box = goal.bounding_box()
        if box and box["x"] > -60:
            break
        send("touchMove", [{"x": 14, "y": y + 8}])
        page.wait_for_timeout(16)
    send("touchMove", [{"x": max(goal.bounding_box()["x"], 0) + 60, "y": y + 8}])
    page.wait_for_timeout(60)
    send("touchEnd", [])
    eventually(page, lambda: status(store, id)["Show the prices"], "proposed")


def test_without_dragging_a_card_changes_its_status_by_its_list_and_its_details_come_into_sight(board: Any) -> None:
    page, store, id = board(**PHONE)
    card = page.locator(".plan-board .card", has_text="Show the prices")
    card.locator("select").select_option("in_progress")
    eventually(page, lambda: status(store, id)["Show the prices"], "in_progress")
    card.get_by_role("button", name="Details").tap()
    expect(page.locator(".st-key-details").get_by_label("Action", exact=True)).to_be_in_viewport(timeout=10_000)


def test_a_renamed_action_keeps_its_details_open_and_what_waits_for_it(board: Any) -> None:
    page, store, id = board()
    by_title = {action.title: key for key, action in store.load(id).table("action").items()}
    store.apply(id, edits.change("action", by_title["Shorten the quote"], depends_on=[by_title["Show the prices"]]), author="anne")
    page.locator(".plan-board .card", has_text="Shorten the quote").get_by_role("button", name="Details").click()
    details = page.locator(".st-key-details")
    expect(details.get_by_test_id("stMultiSelect").first).to_contain_text("Show the prices")
    settled(page)
    store.apply(id, edits.rename("action", by_title["Show the prices"], "Prices on the first page"), author="zoe")
    details.get_by_label("Action", exact=True).fill("Halve the quote")
    page.keyboard.press("Tab")
    details.get_by_label("Description").fill("One page, one total")
    page.keyboard.press("Tab")
    details.get_by_label("Team").fill("Sales")
    page.keyboard.press("Tab")
    kept = lambda: store.load(id).table("action")[by_title["Shorten the quote"]]  # noqa: E731
    eventually(page, lambda: (kept().title, kept().description, kept().team), ("Halve the quote", "One page, one total", "Sales"))
    assert kept().depends_on == [by_title["Show the prices"]]
    expect(details.get_by_test_id("stMultiSelect").first).to_contain_text("Prices on the first page")


# Choosing several on the matrix with a finger


def test_a_finger_draws_around_several_bubbles_and_they_go_into_the_plan(place: tuple[str, Store], open_page: Any) -> None:
    address, store = place
    id = store.create(boutique("en"), author="anne")
    page = open_page(address, **(ENGLISH | PHONE))
    at(page, f"/priorities?project={id}")
    page.get_by_role("button", name="Choose several").click()
    frame = page.locator(".impact-matrix svg").first
    frame.scroll_into_view_if_needed()
    box = frame.bounding_box()
    touch = page.context.new_cdp_session(page)
    send = lambda kind, points: touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})  # noqa: E731
    left, right, top, low = box["x"] + 40, box["x"] + box["width"] - 12, box["y"] + 15, box["y"] + box["height"] * 0.52
    send("touchStart", [{"x": left, "y": top}])
    for x, y in ((right, top), (right, low), (left, low), (left, top + 2)):
        send("touchMove", [{"x": x, "y": y}])
        page.wait_for_timeout(40)
    send("touchEnd", [])
    button = page.get_by_role("button", name="Add 3 to the plan")
    expect(button).to_be_visible(timeout=10_000)
    button.click()
    eventually(page, lambda: len(store.load(id).actions), 3)
