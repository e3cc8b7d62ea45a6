"""What surrounds every page, in a real browser."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from pages._router import SCREENS
from tests.conftest import ENGLISH, FRENCH, ROOT, serving

pytestmark = pytest.mark.browser

THERE = [screen for screen in SCREENS if screen.file.exists()]
with_menu = pytest.mark.skipif(len(THERE) < 2, reason="a single page has no menu")

FRENCH_TITLE, ENGLISH_TITLE = "D’un tableur à un plan d’action", "From a spreadsheet to an action plan"


def cookies(page: Any) -> dict[str, dict[str, Any]]:
    return {cookie["name"]: cookie for cookie in page.context.cookies()}


def background(page: Any, selector: str) -> tuple[int, ...]:
    colour = page.locator(selector).first.evaluate("element => getComputedStyle(element).backgroundColor")
    return tuple(int(number) for number in re.findall(r"\d+", colour)[:3])


def test_a_french_browser_is_greeted_in_french(page: Any) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", name=FRENCH_TITLE)).to_be_visible()
    expect(page).to_have_title("Accueil")
    expect(page.locator("html")).to_have_attribute("lang", "fr")


def test_an_english_browser_is_greeted_in_english(page_en: Any) -> None:
    page_en.goto("/")
    expect(page_en.get_by_role("heading", name=ENGLISH_TITLE)).to_be_visible()
    expect(page_en).to_have_title("Home")
    expect(page_en.locator("html")).to_have_attribute("lang", "en")


def test_switching_the_language_changes_the_page_its_title_and_the_next_visit(page: Any) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", name=FRENCH_TITLE)).to_be_visible()
    page.get_by_test_id("stSidebar").get_by_text("English", exact=True).click()
    expect(page.get_by_role("heading", name=ENGLISH_TITLE)).to_be_visible()
    expect(page).to_have_title("Home")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.reload()
    expect(page.get_by_role("heading", name=ENGLISH_TITLE)).to_be_visible()


def test_a_link_says_the_language_until_the_visitor_says_otherwise(page: Any) -> None:
    page.goto("/?lang=en")
    expect(page.get_by_role("heading", name=ENGLISH_TITLE)).to_be_visible()
    page.get_by_test_id("stSidebar").get_by_text("Français", exact=True).click()
    expect(page.get_by_role("heading", name=FRENCH_TITLE)).to_be_visible()
    assert "lang=" not in page.url


def test_a_person_keeps_the_same_cookie_and_no_script_can_read_it(page: Any) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", name=FRENCH_TITLE)).to_be_visible()
    first = cookies(page)["parcours_id"]
    page.reload()
    expect(page.get_by_role("heading", name=FRENCH_TITLE)).to_be_visible()
    assert cookies(page)["parcours_id"]["value"] == first["value"]
    assert first["httpOnly"]
    assert first["sameSite"] == "Lax"
    assert "parcours_id" not in page.evaluate("document.cookie")


@with_menu
def test_the_menu_changes_its_language_with_the_page(page: Any) -> None:
    page.goto("/")
    menu = page.get_by_test_id("stSidebarNav")
    expect(menu.get_by_text("Accueil", exact=True)).to_be_visible()
    page.get_by_test_id("stSidebar").get_by_text("English", exact=True).click()
    expect(menu.get_by_text("Home", exact=True)).to_be_visible()
    expect(menu.get_by_text("Accueil", exact=True)).to_have_count(0)


@pytest.mark.parametrize("screen", THERE, ids=lambda screen: screen.name)
@pytest.mark.slow
def test_any_page_can_be_the_very_first_of_a_fresh_server(screen: Any, fresh_server: str, open_page: Any) -> None:
    """Streamlit would open it past the router, were there a folder `pages` beside its main script.

    Without a project, a page that shows one sends its visitor home.
    """
    page = open_page(fresh_server, **ENGLISH)
    page.goto("/" if screen.name == "home" else f"/{screen.name}")
    expect(page).to_have_title(re.compile(f"^({screen.title}|Home)$"))
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_test_id("stSidebar").get_by_text("Français", exact=True)).to_be_visible()


def test_the_policy_that_the_page_is_served_with_refuses_nothing_of_its_own(page: Any) -> None:
    refused: list[str] = []
    page.on(
        "console", lambda message: refused.append(message.text) if "Content Security Policy" in message.text else None
    )
    answer = page.goto("/")
    expect(page.get_by_role("heading", name=FRENCH_TITLE)).to_be_visible()
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert not refused


def test_a_dark_system_gets_a_dark_page(open_page: Any, server: str) -> None:
    page = open_page(server, color_scheme="dark")
    page.goto("/")
    expect(page.get_by_role("heading", name=FRENCH_TITLE)).to_be_visible()
    assert background(page, "[data-testid=stApp]") == (0x11, 0x18, 0x1B)


def test_a_light_system_gets_a_light_page_with_the_sidebar_in_the_brand_colour(page: Any) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", name=FRENCH_TITLE)).to_be_visible()
    assert background(page, "[data-testid=stApp]") == (0xFD, 0xFC, 0xFA)
    assert background(page, "[data-testid=stSidebar]") == (0x10, 0x33, 0x3B)


def test_the_text_is_set_in_the_font_that_we_ship(page: Any) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", name=FRENCH_TITLE)).to_be_visible()
    assert "Figtree" in page.get_by_role("heading", name=FRENCH_TITLE).evaluate("it => getComputedStyle(it).fontFamily")
    assert page.evaluate("document.fonts.load('16px Figtree').then(found => found.every(face => face.status == 'loaded') && found.length)")


def test_nothing_of_streamlit_is_offered_to_the_visitor(page: Any) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", name=FRENCH_TITLE)).to_be_visible()
    expect(page.get_by_text("Deploy")).to_have_count(0)


def test_on_a_phone_the_page_fits_and_the_sidebar_opens(phone: Any) -> None:
    phone.goto("/")
    expect(phone.get_by_role("heading", name=FRENCH_TITLE)).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    phone.get_by_test_id("stExpandSidebarButton").click()
    expect(phone.get_by_test_id("stSidebar").get_by_text("English", exact=True)).to_be_visible()


def test_a_page_that_breaks_says_so_in_the_visitors_language(tmp_path: Path, browser: Any) -> None:
    """In a copy of the app, one page of which is made to break."""
    copy = tmp_path / "copy"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".venv*", ".git", "tests", ".*_cache", "__pycache__"))
    (copy / "pages" / "home.py").write_text("secret = 'the third drawer'\nraise ValueError(secret)\n", "utf-8")
    with serving(tmp_path, root=copy) as address:
        context = browser.new_context(base_url=address, **FRENCH)
        page = context.new_page()
        page.goto("/")
        expect(page.get_by_text("Un problème est survenu sur cette page.")).to_be_visible()
        expect(page.get_by_text("third drawer")).to_have_count(0)
        context.close()
    assert "ValueError: the third drawer" in (tmp_path / "server.log").read_text("utf-8")


def test_no_field_says_press_enter_in_english(page: Any) -> None:
    page.goto("/?lang=fr")
    page.get_by_role("button", name="Partir de zéro").click()
    expect(page.get_by_role("heading", name="Parcours", exact=True)).to_be_visible()
    page.get_by_test_id("stSidebarNav").get_by_role("link", name="Personas").click()
    field = page.get_by_label("Ajouter un persona")
    field.press_sequentially("Marie")
    expect(page.get_by_test_id("InputInstructions")).to_be_hidden()
    assert field.input_value() == "Marie"
