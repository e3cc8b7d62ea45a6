"""The impact/effort matrix in Chromium: what hands do, what Python hears, and that labels never overlap."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

pytest.importorskip("playwright.sync_api")
from components_server import running_app, started_browser
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    yield from running_app()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    yield from started_browser()


@pytest.fixture
def page(chromium: Browser, server: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """An English matrix of its own, 1280 × 1200; fails on any script error."""
    context = chromium.new_context(viewport={"width": 1280, "height": 1200}, base_url=server)
    page, errors = context.new_page(), list[str]()
    page.on("pageerror", lambda error: errors.append(str(error)))
    show(page, request.node.name)
    yield page
    context.close()
    assert not errors


def show(page: Page, board: str, more: str = "") -> None:
    page.goto(f"/?what=matrix&board={board}{more}")
    expect(page.locator(".bubble").first).to_be_visible(timeout=45_000)


def heard(page: Page, text: str) -> None:
    expect(page.get_by_test_id("stCode")).to_contain_text(text)


def bubble(id: str) -> str:
    return f'.bubble[data-id="{id}"]'


def spot(page: Page, id: str) -> tuple[float, float]:
    box = page.locator(f"{bubble(id)} .disc").bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def unit(page: Page) -> tuple[float, float]:
    """Pixels of one step of effort and of impact, from two bubbles that nobody moves."""
    (x1, y1), (x2, y2) = spot(page, "i0"), spot(page, "i6")  # (impact 8, effort 3) and (8.5, 9)
    return (x2 - x1) / 6, (y1 - y2) / 0.5


def test_a_bubble_is_dragged_by_mouse_and_lands_on_a_half(page: Page) -> None:
    x, y = spot(page, "i9")  # impact 6.5, effort 8
    dx, dy = unit(page)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 3 * dx, y, steps=4)
    page.mouse.move(x - 4.1 * dx, y - 1.9 * dy, steps=4)
    expect(page.locator(".badge")).to_have_text("Impact 8.5 · Effort 4 · Quick win")
    page.mouse.up()
    heard(page, "id='i9', effort=4.0, impact=8.5")
    expect(page.locator(bubble("i9"))).to_have_attribute(
        "aria-label", "Home delivery, Impact 8.5, Effort 4, Quick win, Delivery, n = 19"
    )


def test_a_bubble_is_dragged_with_a_finger(chromium: Browser, server: str) -> None:
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, base_url=server
    )
    page = context.new_page()
    show(page, "finger")
    x, y = spot(page, "i9")
    touch = context.new_cdp_session(page)
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 9):
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y + 10 * step}]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    heard(page, "id='i9', effort=8.0")
    context.close()


def test_arrows_move_a_bubble_and_are_sent_once(page: Page) -> None:
    page.locator(bubble("i1")).focus()  # impact 7.5, effort 2
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowUp")
    heard(page, "id='i1', effort=3.0, impact=8.5")
    assert page.get_by_test_id("stCode").inner_text().count("Moved") == 1
    expect(page.locator(bubble("i1"))).to_be_focused()
    page.keyboard.press("Control+ArrowRight")
    expect(page.locator(bubble("i1"))).not_to_be_focused()
    expect(page.locator(".bubble:focus")).to_have_count(1)


def test_an_item_without_its_values_comes_from_the_tray(page: Page) -> None:
    chip = page.locator('.chip[data-chip="i11"]').bounding_box()
    assert chip is not None
    x, y = spot(page, "i4")  # impact 6, effort 6
    dx, _ = unit(page)
    page.mouse.move(chip["x"] + 30, chip["y"] + 12)
    page.mouse.down()
    page.mouse.move(x, y, steps=5)
    page.mouse.move(x + dx, y, steps=3)
    page.mouse.up()
    heard(page, "id='i11', effort=7.0, impact=6.0")
    expect(page.locator(".tray")).to_be_hidden()


def test_the_tray_works_by_keyboard(page: Page) -> None:
    page.locator('.chip[data-chip="i11"]').focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowUp")
    heard(page, "id='i11', effort=4.0, impact=6.0")


def test_clicks_choose_and_a_lasso_chooses_several(page: Page) -> None:
    page.locator(bubble("i1")).click()
    heard(page, "ids=('i1',)")
    page.locator(bubble("i2")).click(modifiers=["Control"])
    heard(page, "ids=('i1', 'i2')")
    (x, y), (dx, dy) = spot(page, "i8"), unit(page)
    page.mouse.move(x - 1.5 * dx, y - 1.5 * dy)
    page.mouse.down()
    for across, down in ((1.5, -1.5), (1.5, 1.5), (-1.5, 1.5), (-1.5, -1.4)):
        page.mouse.move(x + across * dx, y + down * dy, steps=4)
    page.mouse.up()
    heard(page, "ids=('i7', 'i8')")
    page.keyboard.press("Escape")
    heard(page, "ids=()")


def test_items_on_one_spot_are_fanned_out_and_it_is_said(page: Page) -> None:
    (x1, y1), (x2, y2) = spot(page, "i7"), spot(page, "i8")
    assert abs(x1 - x2) + abs(y1 - y2) > 15
    expect(page.locator(".under")).to_contain_text("Items on the same spot are fanned out")


def cut(page: Page) -> tuple[float, float]:
    """Where the two cut lines are, in pixels."""
    boxes = [line.bounding_box() for line in page.locator("svg .cut").all()]
    upright, flat = sorted((box for box in boxes if box), key=lambda box: box["width"])
    return upright["x"] + upright["width"] / 2, flat["y"] + flat["height"] / 2


def struck(page: Page) -> list[str]:
    """Labels that a cut line goes through."""
    x, y = cut(page)
    labels = [(label.text_content(), label.bounding_box()) for label in page.locator(".words .label").all()]
    return [
        str(text) for text, box in labels
        if box and (box["x"] + 1 < x < box["x"] + box["width"] - 1 or box["y"] + 3 < y < box["y"] + box["height"] - 3)
    ]  # fmt: skip


def astray(page: Page) -> list[str]:
    """Bubbles whose middle lies in a quadrant that is not theirs; one that was moved for lack of room must not even reach over the line."""
    x, y = cut(page)
    found = page.locator(".bubble").evaluate_all(
        "nodes => nodes.map(n => [n.item.label, n.item.impact >= 5.5, n.item.effort >= 5.5, n.querySelector('.disc').getBoundingClientRect(),"
        " /same spot|même endroit/.test(n.querySelector('title').textContent)])"
        ".map(([name, up, right, b, moved]) => [name, up, right, b.left, b.top, b.right, b.bottom, moved])"
    )
    wrong = []
    for name, high, far, left, top, right, bottom, moved in found:
        room = 0 if moved else (right - left) / 2
        across = left + room + 2 >= x if far else right - room - 2 <= x
        down = bottom - room - 2 <= y if high else top + room + 2 >= y
        if not (across and down):
            wrong.append(name)
    return wrong


def overlaps(page: Page) -> list[str]:
    """Pairs of labels whose boxes share more than a pixel."""
    labels = page.locator(".words .label").evaluate_all(
        "nodes => nodes.map(n => [n, n.getBoundingClientRect()])"
        ".map(([n, b]) => [n.textContent, b.left, b.top, b.right, b.bottom])"
    )
    return [
        f"{a[0]} / {b[0]}"
        for a, b in itertools.combinations(labels, 2)
        if min(a[3], b[3]) - max(a[1], b[1]) > 1 and min(a[4], b[4]) - max(a[2], b[2]) > 2
    ]


@pytest.mark.parametrize(("width", "more"), [(1280, 0), (1280, 68), (1024, 40), (360, 0), (360, 68)])
def test_labels_never_overlap_and_every_item_is_named(page: Page, width: int, more: int) -> None:
    page.set_viewport_size({"width": width, "height": 1200})
    show(page, f"crowd{width}-{more}", f"&more={more}&lang=fr")
    page.wait_for_timeout(500)
    assert overlaps(page) == []
    assert struck(page) == []
    assert astray(page) == []
    named, numbered = page.locator(".words .label").count(), page.locator("ol.key li").count()
    assert named + numbered == 11 + more
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_reader_can_choose_but_not_move(page: Page) -> None:
    show(page, "reader", "&readonly=1")
    x, y = spot(page, "i9")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 80, y - 40, steps=4)
    page.mouse.up()
    page.locator(bubble("i9")).focus()
    page.keyboard.press("o")
    heard(page, "OpenAsked")
    assert "Moved" not in page.get_by_test_id("stCode").inner_text()
