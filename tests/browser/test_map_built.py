"""A map of 12 stages and 150 cards made by hand in the page: typed, pasted, dragged, widened, linked, then undone, compared and taken away."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright.sync_api")
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from analysis import Project, Store
from tests.conftest import serving

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MORE = ("Devis", "Livraison", "Prise en main", "Assistance", "Renouvellement", "Départ")
PASTE = """text => {
  let field = document.activeElement;
  while (field.shadowRoot?.activeElement) field = field.shadowRoot.activeElement;
  const clip = new DataTransfer();
  clip.setData("text/plain", text);
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: clip, bubbles: true, composed: true, cancelable: true }));
}"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Store]]:
    folder = tmp_path_factory.mktemp("built")
    (folder / "home").mkdir()
    with serving(folder) as address:
        yield address, Store(f"sqlite:///{Path(folder) / 'home' / 'parcours.sqlite'}")


def middle(found: Locator) -> tuple[float, float]:
    box = found.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def dragged(page: Page, what: Locator, x: float, y: float) -> None:
    page.mouse.move(*middle(what))
    page.mouse.down()
    page.mouse.move(x + 14, y + 4, steps=6)
    page.mouse.move(x, y, steps=4)
    page.mouse.up()


def cell(page: Page, lane: int, stage: int) -> Locator:
    return page.locator(".journey-map .lane").nth(lane).locator(".cell").nth(stage)


def typed(page: Page, *names: str) -> None:
    for name in names:
        page.keyboard.type(name)
        page.keyboard.press("Enter")
    page.keyboard.press("Escape")


def pasted(page: Page, lane: int, stage: int, lines: list[str]) -> None:
    cell(page, lane, stage).locator(":scope > .add").focus()
    page.keyboard.press("Enter")
    page.evaluate(PASTE, "\n".join(f"• {line}" for line in lines))
    page.keyboard.press("Escape")


def build(page: Page) -> None:
    """Six stages more, a touchpoint each, and 150 cards over the five lanes of cards."""
    page.locator(".addstage > .add").click()
    typed(page, *MORE)
    expect(page.locator(".journey-map .head:not(.pending)")).to_have_count(12)
    for stage in range(12):
        cell(page, 0, stage).locator(":scope > .add").focus()
        page.keyboard.press("Enter")
        typed(page, f"Point {stage + 1}")
    for number in range(25):
        pasted(page, 1 + number % 5, number % 12, [f"Carte {number * 6 + line + 1} : ce que vit le client" for line in range(6)])
    expect(page.locator(".journey-map .item.card:not(.pending)")).to_have_count(150)
    expect(page.locator(".journey-map .item.touchpoint:not(.pending)")).to_have_count(12)


def now(place: tuple[str, Store], id: str) -> Project:
    return place[1].load(id)


def test_a_full_map_is_made_edited_by_two_undone_compared_and_taken_away(open_page: Any, place: tuple[str, Store], tmp_path: Path) -> None:
    mine: Page = open_page(place[0])
    mine.goto("/?lang=fr")
    mine.get_by_role("button", name="Partir de zéro").first.click()
    expect(mine.locator(".journey-map .head")).to_have_count(6)
    id = mine.url.split("project=")[1].split("&")[0]
    build(mine)
    project = now(place, id)
    assert [str(name) for name in project.stages["stage"]][6:] == list(MORE)
    assert sorted(int(text.split()[1]) for text in project.cards["text"]) == list(range(1, 151))
    assert not [text for text in project.cards["text"] if text.startswith("•")]

    theirs: Page = open_page(place[0])
    theirs.goto(f"/journey?project={id}&lang=fr")
    expect(theirs.locator(".journey-map .item")).to_have_count(162)
    _moved_widened_and_linked(mine, theirs, now(place, id))
    _both_at_once(mine, theirs)
    _named_and_compared(mine)
    _taken_away(mine, tmp_path)
    assert len(now(place, id).cards) == 150


def _moved_widened_and_linked(mine: Page, theirs: Page, project: Project) -> None:
    mine.mouse.wheel(0, -9000)
    card = cell(mine, 1, 0).locator(".item").first
    id = card.get_attribute("data-id")
    card.scroll_into_view_if_needed()
    dragged(mine, card, *middle(cell(mine, 1, 1)))
    expect(cell(theirs, 1, 1).locator(f'.item[data-id="{id}"]')).to_have_count(1)
    mine.locator(f'.item[data-id="{id}"]').focus()
    mine.keyboard.press("Alt+Shift+ArrowRight")
    expect(theirs.locator(f'.spans .item[data-id="{id}"]')).to_have_count(1)
    mine.keyboard.press("o")
    sheet = mine.get_by_role("dialog")
    sheet.get_by_role("combobox", name=re.compile("Concerne le point de contact")).click()
    mine.get_by_role("option", name="Point 2", exact=True).click()
    expect(theirs.locator(f'.item[data-id="{id}"] .chip.link')).to_have_text("Point 2")
    mine.keyboard.press("Escape")
    expect(sheet).to_have_count(0)


def _both_at_once(mine: Page, theirs: Page) -> None:
    """Each rewords five cards of one lane in turn, and takes the last of their own back."""
    for turn in range(5):
        for page, who, at in ((mine, "La mienne", 2 * turn), (theirs, "La leur", 2 * turn + 1)):
            page.locator(".journey-map .lane").nth(2).locator(".item").nth(at).focus()
            page.keyboard.press("Enter")
            page.keyboard.press("Control+A")
            typed(page, f"{who} {turn}")
    both = [f"{who} {turn}" for turn in range(5) for who in ("La mienne", "La leur")]
    for page in (mine, theirs):
        expect(page.locator(".journey-map .lane").nth(2).locator(".item .body").nth(9)).to_have_text("La leur 4")
        assert page.locator(".journey-map .lane").nth(2).locator(".item .body").all_inner_texts()[:10] == both
    for page in (mine, theirs):
        page.locator(".journey-map .lane").nth(2).locator(".item").first.focus()
        page.keyboard.press("Control+z")
    for page in (mine, theirs):
        lane = page.locator(".journey-map .lane").nth(2)
        expect(lane).not_to_contain_text("La mienne 4")
        expect(lane).not_to_contain_text("La leur 4")
        expect(lane).to_contain_text("La leur 3")


def _named_and_compared(page: Page) -> None:
    page.mouse.wheel(0, -9000)
    page.locator(".st-key-history button:visible").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Nommer cette version").fill("Avant l’atelier")
    page.keyboard.press("Enter")
    expect(dialog.get_by_text("Avant l’atelier", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    point = page.locator(".journey-map .point").first
    point.focus()
    page.keyboard.press("ArrowUp")
    expect(point).to_have_attribute("aria-valuetext", re.compile("0,5"))
    page.wait_for_timeout(1500)
    page.locator(".st-key-history button:visible").first.click()
    dialog.get_by_role("button", name="Comparer").first.click()
    expect(dialog.get_by_text("1 différence", exact=True)).to_be_visible()
    expect(dialog.get_by_test_id("stDataFrame")).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def _taken_away(page: Page, folder: Path) -> None:
    page.get_by_role("button", name="Images").click()
    taken = {}
    for kind in ("PDF", "PNG", "SVG"):
        name = re.compile(rf"La carte.*\({kind}\)")
        with page.expect_download(timeout=60_000) as download:
            page.get_by_role("button", name=name).click()
        download.value.save_as(folder / kind)
        taken[kind] = (folder / kind).read_bytes()
    sheets = PdfReader(io.BytesIO(taken["PDF"])).pages
    assert [sorted((round(float(s.mediabox.width)), round(float(s.mediabox.height)))) for s in sheets] == [[842, 1191]]
    text = "".join(sheets[0].extract_text().split())
    assert all(f"Carte{number}:" in text for number in (1, 80, 150))
    assert taken["PNG"].startswith(b"\x89PNG")
    assert "Renouvellement" in taken["SVG"].decode()
