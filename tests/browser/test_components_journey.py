"""The journey map in Chromium: what a facilitator's hands do, and what Python hears of it."""

from __future__ import annotations

import re
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
    """An English map of its own, 1440 × 1000; fails on any script error."""
    context = chromium.new_context(viewport={"width": 1440, "height": 1000}, base_url=server)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page, errors = context.new_page(), list[str]()
    page.on("pageerror", lambda error: errors.append(str(error)))
    show(page, request.node.name)
    yield page
    context.close()
    assert not errors


def show(page: Page, board: str, more: str = "") -> None:
    page.goto(f"/?board={board}{more}")
    expect(page.locator(".journey-map .point").first).to_be_visible(timeout=45_000)


def heard(page: Page, text: str) -> None:
    expect(page.get_by_test_id("stCode")).to_contain_text(text)


def centre(page: Page, selector: str) -> tuple[float, float]:
    box = page.locator(selector).bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2, steps=4)
    page.mouse.move(*end, steps=4)
    page.mouse.up()


def point(stage: str) -> str:
    return f'.point[data-id="{stage}"]'


def card(id: str) -> str:
    return f'.item.card[data-id="{id}"]'


def cell(lane: str, stage: str) -> str:
    return f'.cell[data-lane="{lane}"][data-stage="{stage}"]'


LEVEL = (268 - 34 - 62) / 4  # pixels from one level to the next


def test_a_measured_emotion_dragged_down_becomes_an_assumption_and_can_be_taken_back(page: Page) -> None:
    x, y = centre(page, point("s1"))  # measured +1.6
    drag(page, (x, y), (x, y + LEVEL * 2.1))
    heard(page, "EmotionSet")
    heard(page, "stage='s1', value=-0.5")
    expect(page.locator(point("s1"))).to_have_attribute("aria-valuetext", re.compile(r"−0.5, assumed, measured: \+1.6"))
    expect(page.locator('.slot[data-stage="s1"] .ghostpoint')).to_be_visible()
    page.locator('.slot[data-stage="s1"] .reset').click()
    heard(page, "EmotionReset")
    expect(page.locator(point("s1"))).to_have_attribute("aria-valuenow", "1.6")


def test_an_emotion_is_dragged_with_a_finger_and_the_page_does_not_scroll(chromium: Browser, server: str) -> None:
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, base_url=server
    )
    page = context.new_page()
    show(page, "finger")
    x, y = centre(page, point("s0"))  # measured +0.4
    touch = context.new_cdp_session(page)
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 9):
        touch.send(
            "Input.dispatchTouchEvent",
            {"type": "touchMove", "touchPoints": [{"x": x, "y": y - LEVEL * 1.6 * step / 8}]},
        )
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    heard(page, "stage='s0', value=2.0")
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == 0
    context.close()


def test_a_card_is_moved_with_a_finger_after_a_short_press(chromium: Browser, server: str) -> None:
    context = chromium.new_context(
        viewport={"width": 820, "height": 1100}, has_touch=True, is_mobile=True, base_url=server
    )
    page = context.new_page()
    show(page, "press")
    start, end = centre(page, card("c0")), centre(page, cell("actions", "s1"))
    touch = context.new_cdp_session(page)
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": start[0], "y": start[1]}]})
    page.wait_for_timeout(400)
    for step in range(1, 9):
        x, y = (start[i] + (end[i] - start[i]) * step / 8 for i in (0, 1))
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y}]})
        page.wait_for_timeout(20)
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    heard(page, "CardMoved")
    heard(page, "stage='s1'")
    context.close()


def test_arrows_on_an_emotion_are_sent_once_when_the_keys_rest(page: Page) -> None:
    page.locator(point("s2")).focus()
    for _ in range(3):
        page.keyboard.press("ArrowUp")  # -1.3 → -1, -0.5, 0
    heard(page, "stage='s2', value=0.0")
    assert page.get_by_test_id("stCode").inner_text().count("EmotionSet") == 1
    expect(page.locator(point("s2"))).to_be_focused()


def test_a_stage_without_answers_is_a_gap_until_somebody_sets_it(page: Page) -> None:
    assert page.locator('.slot[data-stage="s5"].none').count() == 1
    x, y = centre(page, point("s5"))
    drag(page, (x, y), (x, y + LEVEL))
    heard(page, "stage='s5', value=-1.0")
    assert page.locator('.slot[data-stage="s5"].none').count() == 0


def test_a_card_is_dragged_to_another_stage_and_lane(page: Page) -> None:
    drag(page, centre(page, card("c3")), centre(page, cell("thoughts", "s3")))
    heard(page, "CardMoved")
    heard(page, "id='c3', stage='s3', lane='thoughts', before=None, after=None")
    expect(page.locator(f"{cell('thoughts', 's3')} {card('c3')}")).to_be_visible()


def test_cards_are_reordered_within_a_cell_by_mouse(page: Page) -> None:
    box = page.locator(card("c1")).bounding_box()
    assert box is not None
    drag(page, centre(page, card("c2")), (box["x"] + 40, box["y"] + 3))
    heard(page, "id='c2', stage='s1', lane='actions', before='c1', after=None")


def test_a_touchpoint_cannot_be_dropped_on_a_lane_of_cards(page: Page) -> None:
    drag(page, centre(page, '.item.touchpoint[data-id="p0"]'), centre(page, cell("actions", "s4")))
    page.wait_for_timeout(400)
    assert "TouchpointMoved" not in page.get_by_test_id("stCode").inner_text()
    drag(page, centre(page, '.item.touchpoint[data-id="p0"]'), centre(page, '.item.touchpoint[data-id="p8"]'))
    heard(page, "TouchpointMoved")


def test_a_stage_is_dragged_to_another_place(page: Page) -> None:
    start, target = centre(page, '.head[data-id="s0"]'), page.locator('.head[data-id="s2"]').bounding_box()
    assert target is not None
    drag(page, start, (target["x"] + target["width"] - 8, start[1]))
    heard(page, "StageMoved(kind='move_stage'")
    heard(page, "id='s0', before='s3'")


def test_the_keyboard_walks_moves_renames_and_deletes(page: Page) -> None:
    page.locator(card("c1")).focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(card("c2"))).to_be_focused()
    page.keyboard.press("Alt+ArrowRight")
    heard(page, "id='c2', stage='s2', lane='actions'")
    expect(page.locator(card("c2"))).to_be_focused()
    page.keyboard.press("F2")
    page.keyboard.type("Asks a very good friend")
    page.keyboard.press("Enter")
    heard(page, "text='Asks a very good friend'")
    expect(page.locator(card("c2"))).to_be_focused()
    page.keyboard.press("Delete")
    heard(page, "Removed(kind='delete_card'")
    expect(page.locator(card("c2"))).to_have_count(0)
    page.keyboard.press("Control+z")
    heard(page, "UndoAsked")
    expect(page.locator(card("c2"))).to_be_visible()


def test_enter_keeps_a_new_card_and_leaves_the_field_open_for_the_next(page: Page) -> None:
    page.locator(cell("delights", "s2")).hover()
    page.locator(f"{cell('delights', 's2')} > .add").click()
    page.keyboard.type("Everything explained")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("twice")
    page.keyboard.press("Enter")
    page.keyboard.type("No hidden fee")
    page.keyboard.press("Enter")
    page.keyboard.type("given up")
    page.keyboard.press("Escape")
    heard(page, r"texts=('Everything explained\ntwice',)")
    heard(page, "texts=('No hidden fee',)")
    assert "given up" not in page.get_by_test_id("stCode").inner_text()
    expect(page.locator(f"{cell('delights', 's2')} .item.card")).to_have_count(2)


def test_markup_in_a_text_is_only_text(page: Page) -> None:
    page.locator(f"{cell('delights', 's3')} > .add").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("<img src=x onerror=alert(1)> & <b>bold</b>")
    page.keyboard.press("Enter")
    expect(page.locator(f"{cell('delights', 's3')} .body").first).to_have_text(
        "<img src=x onerror=alert(1)> & <b>bold</b>"
    )
    assert page.locator(".journey-map img, .journey-map .body b").count() == 0


def test_an_empty_journey_offers_its_first_stage(page: Page) -> None:
    page.goto("/?board=nothing&empty=1")
    expect(page.locator(".nothing")).to_contain_text("no stage yet")
    page.locator(".addstage > .add").click()
    page.keyboard.type("Discover")
    page.keyboard.press("Enter")
    heard(page, "name='Discover', before=None")
    page.keyboard.press("Escape")
    expect(page.locator(".head .name")).to_have_text("Discover")
    expect(page.locator(".nothing")).to_be_hidden()


def test_several_pasted_lines_make_one_card_each(page: Page) -> None:
    page.evaluate("navigator.clipboard.writeText('• Slow lift\\r\\n- Cold room\\n\\n3. No plug\\n')")
    page.locator(cell("pain_points", "s4")).hover()
    page.locator(f"{cell('pain_points', 's4')} > .add").click()
    page.keyboard.press("Control+v")
    heard(page, "texts=('Slow lift', 'Cold room', 'No plug')")
    expect(page.locator(f"{cell('pain_points', 's4')} .item.card")).to_have_count(3)


def test_what_is_being_typed_survives_the_edits_of_others(page: Page) -> None:
    page.locator(f"{cell('actions', 's1')} > .add").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("Half a sent")
    page.evaluate("""() => document.querySelector('[data-testid=stButton] button').click()""")
    expect(page.locator(cell("actions", "s1"))).to_contain_text("From somebody else")
    page.wait_for_timeout(1500)
    field = page.locator("textarea.field")
    expect(field).to_be_focused()
    expect(field).to_have_value("Half a sent")
    page.keyboard.type("ence")
    page.locator(".toolbar").click(position={"x": 600, "y": 10})  # leaving the field keeps the text
    heard(page, "texts=('Half a sentence',)")


def test_renaming_a_card_that_somebody_deletes_keeps_the_text_as_a_new_card(page: Page, server: str) -> None:
    other = page.context.new_page()
    other.goto(page.url)
    page.locator(card("c1")).dblclick()
    page.keyboard.type("My own words")
    other.locator(card("c1")).focus()
    other.keyboard.press("Delete")
    expect(other.locator(card("c1"))).to_have_count(0)
    page.wait_for_timeout(2500)
    expect(page.locator("textarea.field")).to_have_value("My own words")
    page.keyboard.press("Enter")
    heard(page, "lane='actions', texts=('My own words',)")


def test_a_stage_gets_a_name_a_goal_and_a_neighbour(page: Page) -> None:
    page.locator(".addstage > .add").click()
    page.keyboard.type("Repair")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    heard(page, "name='Repair', before=None")
    expect(page.locator(".head .name").last).to_have_text("Repair")
    page.locator('.head[data-id="s4"]').focus()
    page.keyboard.press("g")
    page.keyboard.type("See well")
    page.keyboard.press("Enter")
    heard(page, "GoalSet(kind='set_goal'")
    page.keyboard.press("Delete")
    heard(page, "Removed(kind='delete_stage'")
    expect(page.locator('.head[data-id="s4"]')).to_have_count(0)


def test_the_menu_colours_and_widens_a_card(page: Page) -> None:
    page.locator(card("c3")).hover()
    page.locator(f"{card('c3')} .more").click()
    page.locator('.menu .swatch[data-colour="violet"]').click()
    heard(page, "colour='violet'")
    page.keyboard.press("Alt+Shift+ArrowRight")
    heard(page, "CardSpanned")
    box, column = page.locator(card("c3")).bounding_box(), page.locator(".head").first.bounding_box()
    assert box is not None
    assert column is not None
    assert box["width"] > 1.9 * column["width"]


def test_quick_acts_in_a_row_all_arrive(page: Page) -> None:
    page.locator(card("c0")).focus()
    for _ in range(4):
        page.keyboard.press("Alt+ArrowRight")
    heard(page, "id='c0', stage='s4'")
    assert page.get_by_test_id("stCode").inner_text().count("CardMoved") == 4


def test_sixty_acts_without_a_pause_are_all_heard_once(page: Page) -> None:
    page.locator(card("c0")).focus()
    for turn in range(60):
        page.keyboard.press("Alt+ArrowRight" if turn % 2 == 0 else "Alt+ArrowLeft")
    said = page.get_by_text("60 events, 60 different", exact=True)
    expect(said).to_be_visible(timeout=60_000)  # a busy machine is slow; nothing may be missing
    page.wait_for_timeout(1500)
    expect(said).to_be_visible()
    expect(page.locator(card("c0"))).to_be_focused()


def test_the_map_drawn_anew_by_streamlit_keeps_the_word_that_is_being_typed(page: Page) -> None:
    """A busy browser and many reruns: Streamlit then takes the map away and puts it back, or cleans up after outdated calls."""
    slow = page.context.new_cdp_session(page)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": 6})
    page.locator(f"{cell('delights', 's2')} > .add").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("Half a sent")
    for _ in range(20):
        page.evaluate("() => document.querySelector('[data-testid=stButton] button').click()")
        page.wait_for_timeout(30)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    expect(page.get_by_text("From somebody else").first).to_be_attached(timeout=60_000)
    page.wait_for_timeout(3000)
    expect(page.locator("textarea.field")).to_have_value("Half a sent")
    expect(page.locator("textarea.field")).to_be_focused()
    expect(page.locator(".journey-map .scroller")).to_have_count(1)
    page.keyboard.type("ence")
    page.keyboard.press("Enter")
    heard(page, "texts=('Half a sentence',)")
    expect(page.get_by_text("1 events, 1 different", exact=True)).to_be_visible()


def test_a_lane_is_folded_and_counts_its_cards(page: Page) -> None:
    page.locator('.title[data-id="pain_points"] .fold').click()
    heard(page, "LaneCollapsed")
    expect(page.locator(f"{cell('pain_points', 's3')} > .folded")).to_have_text("2")
    expect(page.locator(card("c10"))).to_be_hidden()


def test_the_question_mark_lists_the_shortcuts(page: Page) -> None:
    page.locator(card("c0")).focus()
    page.keyboard.press("?")
    expect(page.locator("dialog.help")).to_be_visible()
    expect(page.locator("dialog.help tr")).to_have_count(14)
    page.keyboard.press("Escape")
    expect(page.locator("dialog.help")).to_be_hidden()


def test_a_reader_can_open_but_not_change(page: Page) -> None:
    show(page, "reader", "&readonly=1")
    page.locator(card("c0")).focus()
    page.keyboard.press("Delete")
    page.keyboard.press("Enter")
    heard(page, "OpenAsked(kind='open'")
    assert "Removed" not in page.get_by_test_id("stCode").inner_text()
    expect(page.locator(".add").first).to_be_hidden()


def test_escape_lets_go_of_a_dragged_card(page: Page) -> None:
    page.mouse.move(*centre(page, card("c3")))
    page.mouse.down()
    page.mouse.move(*centre(page, cell("thoughts", "s3")), steps=5)
    page.keyboard.press("Escape")
    page.mouse.up()
    page.wait_for_timeout(300)
    assert "CardMoved" not in page.get_by_test_id("stCode").inner_text()


def test_two_equal_edits_in_a_row_are_both_heard(page: Page) -> None:
    for _ in range(2):
        expect(page.locator('.title[data-id="delights"] .name')).to_have_text("Delights")
        page.locator('.title[data-id="delights"] .name').dblclick()
        page.keyboard.type("Joys")
        page.keyboard.press("Enter")
        page.locator(card("c0")).focus()
        page.keyboard.press("Control+z")
    shown = page.get_by_test_id("stCode")
    expect(shown).to_contain_text(re.compile(r"(NameChanged.*UndoAsked.*){2}", re.DOTALL))


def test_the_map_scrolls_under_a_card_held_at_its_edge(page: Page) -> None:
    show(page, "edge", "&big=1")
    x, y = centre(page, card("c1"))
    area = page.locator(".scroller").bounding_box()
    assert area is not None
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(area["x"] + area["width"] - 12, y, steps=5)
    expect(page.locator('.head[data-id="s12"]')).to_be_in_viewport()
    page.mouse.up()
    heard(page, "CardMoved")


def test_the_scroll_stays_when_others_edit(page: Page) -> None:
    page.set_viewport_size({"width": 800, "height": 700})
    scroller = page.locator(".scroller")
    scroller.evaluate("node => { node.scrollLeft = 240; node.scrollTop = 260 }")
    page.evaluate("() => document.querySelector('[data-testid=stButton] button').click()")
    expect(page.locator(cell("actions", "s1"))).to_contain_text("From somebody else")
    assert scroller.evaluate("node => [node.scrollLeft, node.scrollTop]") == [240, 260]


def test_a_large_map_takes_less_than_ten_milliseconds_of_script_per_move(page: Page) -> None:
    show(page, "large", "&big=1")
    expect(page.locator(".item.card")).to_have_count(400)
    start, end = centre(page, card("c1")), centre(page, cell("l1", "s4"))
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")

    def script_seconds() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return next(float(metric["value"]) for metric in metrics if metric["name"] == "ScriptDuration")

    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(start[0] + 20, start[1] + 20)
    before, moves = script_seconds(), 60
    for step in range(moves):
        share = step / moves
        page.mouse.move(start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share)
    spent = (script_seconds() - before) / moves * 1000
    page.mouse.up()
    heard(page, "CardMoved")
    print(f"{spent:.2f} ms of script per pointer move")
    assert spent < 10, f"{spent:.1f} ms of script per pointer move"
