"""A full map, 12 stages and 150 cards, worked on by two people: nothing of either is lost, and each sees the other's hand soon."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright.sync_api")
from playwright.sync_api import Page, expect

from analysis import Project, Store
from benchmarks.map import full_map
from tests.conftest import ENGLISH, FRENCH, serving
from tests.test_theme import luminance

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LANGUAGES = {"fr": FRENCH, "en": ENGLISH}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Store]]:
    folder = tmp_path_factory.mktemp("big")
    (folder / "home").mkdir()
    with serving(folder) as address:
        yield address, Store(f"sqlite:///{folder / 'home' / 'parcours.sqlite'}")


@pytest.fixture
def kept(place: tuple[str, Store]) -> tuple[str, Store, str]:
    """The server's address, its store, and a full map of this test's own."""
    return *place, place[1].create(full_map(stages=12, lanes=10, cards=150, touchpoints=24), author="Anne")


def visit(open_page: Any, kept: tuple[str, Store, str], language: str = "fr", **context: Any) -> Page:
    page: Page = open_page(kept[0], **LANGUAGES[language], **context)
    page.goto(f"/journey?project={kept[2]}&lang={language}")
    expect(page.locator(".journey-map .item")).to_have_count(174, timeout=60_000)
    page.wait_for_timeout(1000)
    return page


def now(kept: tuple[str, Store, str]) -> Project:
    return kept[1].load(kept[2])


def moves(kept: tuple[str, Store, str]) -> int:
    return sum("Move the card" in str(label) for label in kept[1].history(kept[2], limit=400)["label"])


def test_forty_moves_while_somebody_else_writes_are_all_kept(open_page: Any, kept: tuple[str, Store, str]) -> None:
    mine, theirs = visit(open_page, kept), visit(open_page, kept)
    card = mine.locator(".journey-map .item.card").first
    id = card.get_attribute("data-id")
    card.focus()
    theirs.locator(".journey-map .cell > .add").last.focus()
    theirs.keyboard.press("Enter")
    for turn in range(40):
        mine.keyboard.press("Alt+ArrowRight" if turn % 2 == 0 else "Alt+ArrowLeft")
        if turn % 4 == 0:
            theirs.keyboard.type(f"Theirs {turn}")
            theirs.keyboard.press("Enter")
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and (moves(kept) < 40 or len(now(kept).cards) < 160):
        mine.wait_for_timeout(250)
    mine.wait_for_timeout(1500)
    assert moves(kept) == 40
    assert sorted(text for text in now(kept).cards["text"] if text.startswith("Theirs")) == sorted(f"Theirs {n}" for n in range(0, 40, 4))
    expect(mine.locator(f'.journey-map .item[data-id="{id}"]')).to_be_focused()


def test_the_second_screen_shows_an_edit_within_a_moment(open_page: Any, kept: tuple[str, Store, str]) -> None:
    mine, theirs = visit(open_page, kept), visit(open_page, kept)
    card = mine.locator(".journey-map .item.card").first
    seconds = []
    for turn in range(5):
        text = f"Reworded {turn}"
        card.focus()
        mine.keyboard.press("Enter")
        mine.keyboard.press("Control+A")
        mine.keyboard.type(text)
        start = time.monotonic()
        mine.keyboard.press("Enter")
        expect(theirs.locator(".journey-map .item.card", has_text=text)).to_have_count(1)
        seconds.append(time.monotonic() - start)
        mine.wait_for_timeout(300)
    middle = sorted(seconds)[2]
    print(f"second screen: median {middle:.2f} s of " + ", ".join(f"{one:.2f}" for one in seconds))
    assert middle < 4  # 1 s is the aim on a quiet machine; the tests share theirs


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1440, 1000), (1024, 900), (390, 844)], ids=["1440", "1024", "390"])
def test_the_full_map_fits_every_screen(
    open_page: Any, kept: tuple[str, Store, str], size: tuple[int, int], scheme: str, language: str, tmp_path: Path
) -> None:
    page = visit(open_page, kept, language, viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    expect(page.locator("html")).to_have_attribute("lang", language)
    foreign = {"fr": ("Touchpoints", "Everybody", "This map"), "en": ("Points de contact", "Tout le monde", "Cette carte")}[language]
    seen = page.locator("[data-testid=stMain]").inner_text()
    assert not [word for word in foreign if word in seen]
    chosen = page.locator("[data-testid=stMain] button[data-selected=true]").first
    ink = chosen.evaluate("node => getComputedStyle(node).color")
    ground = page.evaluate("getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor")
    assert contrast_of(ink, ground) >= 4.5
    page.screenshot(path=tmp_path / "map.png")


def contrast_of(ink: str, ground: str) -> float:
    """Of two CSS colours as the browser computes them."""
    high, low = sorted((luminance(hexed(ink)), luminance(hexed(ground))), reverse=True)
    return (high + 0.05) / (low + 0.05)


def hexed(colour: str) -> str:
    numbers = [float(part) for part in re.findall(r"[\d.]+", colour)[:3]]
    scale = 255 if colour.startswith("color(") else 1
    return "#" + "".join(f"{round(number * scale):02X}" for number in numbers)
