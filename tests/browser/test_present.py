"""The presentation in Chromium: keys, the speaker's window, phones, live edits, and that everything on a slide can be read."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright.sync_api")
from playwright.sync_api import Page, expect

import analysis
from analysis import Project, Store
from analysis.language import translator
from analysis.project import edits
from analysis.project.planning import plan_touchpoints
from tests.conftest import ENGLISH, PHONE, serving

pytestmark = pytest.mark.browser
OPTIQUE = Path(__file__).parent.parent / "reading" / "optique_lambert.xlsx"
LONG = "Rindfleischetikettierungsüberwachungsauf"
SIZES = [(1440, 900), (1024, 768), (1920, 1080)]
#: kind of the slides, in their order
STORY = ["cover", "journey", "stage", "stage", "stage", "stage", "curve", "stage", "stage"]
STORY += ["curve", "matrix", "pareto", "firmness", "plan", "facts", "facts"]

#: what is wrong on the slide that is shown: outside the window, cut off, too small, one label on another
FAULTS = """() => {
  const deck = [...document.querySelectorAll('*')].map((n) => n.shadowRoot?.querySelector('.deck')).find(Boolean);
  const slide = deck.querySelector('.slide');
  const bad = [], limit = innerHeight / 900 * 19;
  for (const el of slide.querySelectorAll('*')) {
    if (el.closest('[hidden], .sr') || ![...el.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim())) continue;
    const r = el.getBoundingClientRect(), text = el.textContent.slice(0, 40), matrix = el.ownerSVGElement && el.getScreenCTM();
    const size = parseFloat(getComputedStyle(el).fontSize) * (matrix ? Math.hypot(matrix.a, matrix.b) : 1);
    if (r.left < -1 || r.top < -1 || r.right > innerWidth + 1 || r.bottom > innerHeight + 1) bad.push(['outside', text]);
    if (size < limit && innerHeight / innerWidth < 0.7) bad.push(['small', text, size]);
    for (let a = el.parentElement; a && a !== deck; a = a.parentElement) {
      const q = a.getBoundingClientRect();
      if (getComputedStyle(a).overflow !== 'visible' && (r.bottom > q.bottom + 2 || r.right > q.right + 2)) bad.push(['cut off', text]);
    }
  }
  const body = slide.querySelector('.body');
  if (body && body.scrollHeight > body.clientHeight + 1) bad.push(['too long', body.scrollHeight, body.clientHeight]);
  const labels = [...slide.querySelectorAll('svg.chart text')].map((e) => [e.textContent, e.getBoundingClientRect()]);
  labels.forEach(([text, a], i) => labels.slice(0, i).forEach(([other, b]) => {
    const across = Math.min(a.right, b.right) - Math.max(a.left, b.left), down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (across > 2 && down > 0.3 * Math.min(a.height, b.height)) bad.push(['on each other', text, other]);
  }));
  return bad;
}"""


def optique(language: str, hard: bool = False) -> Project:
    """The optician's project with a plan; ``hard``: with words of 40 letters and emoji everywhere."""
    project = Project.new("Optique Lambert", language=language, client="Lambert & fils")
    project = project.apply(project.plan_import(analysis.read(OPTIQUE).tables).commands)
    project = project.apply(plan_touchpoints(project, list(project.touchpoints["id"].head(5)), translator(language)))
    if hard:
        for kind, field in (("stage", "name"), ("touchpoint", "name"), ("card", "text"), ("action", "title")):
            for n, (id, entity) in enumerate(list(project.table(kind).items())):
                words = [LONG, f"{getattr(entity, field)} 👩‍👩‍👧 {LONG}", f"😀🎉 {getattr(entity, field)}"][n % 3]
                project = project.apply(edits.change(kind, id, **{field: words}))
    return project


class Wall:
    """A server with two projects, and the store behind it."""

    def __init__(self, address: str, store: Store) -> None:
        self.address, self.store = address, store
        self.easy = store.create(optique("fr"), author="test")
        self.hard = store.create(optique("fr", hard=True), author="test")


@pytest.fixture(scope="module")
def wall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wall]:
    folder = tmp_path_factory.mktemp("wall")
    (folder / "home").mkdir()
    store = Store(f"sqlite:///{folder / 'home' / 'parcours.sqlite'}")
    built = Wall("", store)
    with serving(folder) as address:
        built.address = address
        yield built


def present(page: Page, project: str, language: str = "fr", **query: int) -> None:
    page.goto(f"/present?project={project}&lang={language}" + "".join(f"&{name}={value}" for name, value in query.items()))
    expect(page.locator(".deck h1").first).to_be_visible()
    page.keyboard.press("Home")


def at(page: Page) -> int:
    return int(page.locator(".deck .count").inner_text().split("/")[0])


def expect_at(page: Page, number: int) -> None:
    expect(page.locator(".deck .count")).to_have_text(re.compile(rf"^{number} / "))


def kind(page: Page) -> str:
    return str(page.locator(".deck .screen .slide").get_attribute("class")).split()[1]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_keys_go_through_every_slide_and_back(open_page: Any, wall: Wall, language: str) -> None:
    page = open_page(wall.address, **(ENGLISH if language == "en" else {}))
    present(page, wall.easy, language)
    seen = [kind(page)]
    for number, key in zip(range(2, len(STORY) + 1), ["ArrowRight", "PageDown", "Space", "ArrowDown"] * 4, strict=False):
        page.keyboard.press(key)
        expect_at(page, number)
        seen.append(kind(page))
    assert seen == STORY
    page.keyboard.press("ArrowRight")  # the last one stays
    expect_at(page, len(STORY))
    page.keyboard.press("PageUp")
    expect_at(page, len(STORY) - 1)
    page.keyboard.press("End")
    expect_at(page, len(STORY))
    page.keyboard.press("1")
    page.keyboard.press("1")
    expect(page.locator(".digits")).to_contain_text("11")
    page.keyboard.press("Enter")
    expect_at(page, 11)
    assert kind(page) == "matrix"
    page.keyboard.press("Home")
    expect_at(page, 1)
    expect(page.locator(".deck")).to_have_attribute("aria-label", {"fr": "Présentation", "en": "Presentation"}[language])


def test_b_blanks_and_the_next_key_shows_again(open_page: Any, wall: Wall) -> None:
    page = open_page(wall.address)
    present(page, wall.easy)
    page.keyboard.press("b")
    expect(page.locator(".deck > .curtain")).to_be_visible()
    page.keyboard.press("b")
    expect(page.locator(".deck > .curtain")).to_be_hidden()
    page.keyboard.press("b")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".deck > .curtain")).to_be_hidden()


def test_nothing_of_the_app_is_seen_and_escape_goes_back(open_page: Any, wall: Wall) -> None:
    page = open_page(wall.address)
    present(page, wall.easy)
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    expect(page.get_by_test_id("stHeader")).to_be_hidden()
    box = page.locator(".deck").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 1280, "height": 800}
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Écran noir, et retour")
    page.keyboard.press("Escape")  # closes the panel only
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.locator(".journey-map")).to_be_visible()
    expect(page.get_by_test_id("stHeader")).to_be_visible()


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("project", ["easy", "hard"])
def test_nothing_is_cut_off_too_small_or_on_top_of_something_else(open_page: Any, wall: Wall, size: tuple[int, int], project: str) -> None:
    language = "en" if size[0] == 1920 else "fr"
    page = open_page(wall.address, viewport={"width": size[0], "height": size[1]}, color_scheme="dark" if size[0] == 1024 else "light")
    present(page, getattr(wall, project), language)
    faults = {}
    for number in range(1, len(STORY) + 1):
        expect_at(page, number)
        page.wait_for_timeout(300)  # the slide has come in
        if found := page.evaluate(FAULTS):
            faults[f"{number} {kind(page)}"] = found
        page.keyboard.press("ArrowRight")
    assert not faults


def test_body_text_can_be_read_at_five_metres(open_page: Any, wall: Wall) -> None:
    page = open_page(wall.address, viewport={"width": 1440, "height": 900})
    present(page, wall.easy)
    for number in range(1, len(STORY) + 1):
        expect_at(page, number)
        assert float(page.locator(".screen .slide").evaluate("node => parseFloat(getComputedStyle(node).fontSize)")) >= 28
        page.keyboard.press("ArrowRight")


def test_the_speakers_window_follows_and_leads(open_page: Any, wall: Wall) -> None:
    screen, desk = open_page(wall.address), open_page(wall.address)
    present(screen, wall.easy)
    present(desk, wall.easy, notes=1)
    screen.keyboard.press("ArrowRight")
    screen.keyboard.press("ArrowRight")
    expect_at(desk, 3)
    expect(desk.locator(".speech h2")).to_have_text("« Sensibilisation » est le point haut : +0,7")
    expect(desk.locator(".say")).to_contain_text("Point de contact le plus bas")
    expect(desk.locator(".mini.next h1")).to_contain_text("Considération")
    expect(screen.locator(".deck .say")).to_have_count(0)
    desk.keyboard.press("ArrowRight")
    expect_at(screen, 4)
    desk.keyboard.press("b")
    expect(screen.locator(".deck > .curtain")).to_be_visible()
    desk.wait_for_timeout(1200)
    assert desk.locator(".timer").inner_text() != "00:00"
    desk.get_by_role("button", name="Remettre à zéro").click()
    expect(desk.locator(".timer")).to_have_text(re.compile(r"00:0[01]"))


def test_a_change_in_the_project_appears_while_presenting(open_page: Any, wall: Wall) -> None:
    id = wall.store.create(optique("fr"), author="test")
    page = open_page(wall.address)
    present(page, id)
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    expect_at(page, 3)
    project = wall.store.load(id)
    stage = project.stages_of(project.first_journey)[0][0]
    start = time.monotonic()
    wall.store.apply(id, edits.add_cards(project, project.first_journey, "pain_point", stage, ["Irritant tout neuf"]), author="other")
    expect(page.locator(".screen")).to_contain_text("Irritant tout neuf")
    took = time.monotonic() - start
    print(f"seen after {took:.2f} s")
    assert took < 5  # 0.7 s between two looks and one run of the page: within a second on a machine at rest
    expect_at(page, 3)


def test_a_phone_follows_what_is_on_screen_until_it_is_switched_off(open_page: Any, wall: Wall) -> None:
    screen = open_page(wall.address)
    present(screen, wall.easy)
    screen.keyboard.press("q")
    link = screen.locator(".panel .link")
    expect(link).to_contain_text("/p/")
    expect(screen.locator(".panel .qr")).to_be_visible()
    phone = open_page(wall.address, **PHONE)
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.goto("/p/" + link.inner_text().split("/p/")[1])
    expect(phone.locator("h1")).to_have_text("Optique Lambert")
    screen.keyboard.press("Escape")
    screen.keyboard.press("End")
    screen.keyboard.press("ArrowLeft")
    expect(phone.locator("h1")).to_have_text("Tout ceci repose sur les réponses de 214 personnes")
    expect(phone.locator("#place")).to_have_text(f"{len(STORY) - 1} / {len(STORY)}")
    assert "Pareto" not in phone.locator("body").inner_text()
    screen.keyboard.press("b")
    expect(phone.locator("h1")).to_have_text("L’écran est noir pour un moment.")
    screen.keyboard.press("b")
    screen.keyboard.press("q")
    screen.get_by_role("button", name="Fermer aux téléphones").click()
    expect(phone.locator("h1")).to_have_text("Cette présentation n’est plus ouverte aux téléphones.")
    assert len(asked) <= 6
    phone.reload()
    expect(phone.locator("h1")).to_have_text("Cette présentation n’est plus ouverte aux téléphones.")


def test_a_finger_turns_the_slides(open_page: Any, wall: Wall) -> None:
    page = open_page(wall.address, **PHONE)
    present(page, wall.easy)
    wire = page.context.new_cdp_session(page)
    page.wait_for_timeout(1000)  # touches of the first moments are dropped by the browser
    for start, end, number in ((330, 60, 2), (330, 60, 3), (60, 330, 2)):
        wire.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": start, "y": 400}]})
        wire.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": (start + end) / 2, "y": 400}]})
        wire.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": end, "y": 400}]})
        wire.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        expect_at(page, number)


def test_an_empty_project_leads_to_where_files_are_brought(open_page: Any, wall: Wall) -> None:
    id = wall.store.create(Project.new("Vide", language="fr"), author="test")
    page = open_page(wall.address)
    present(page, id)
    expect(page.locator(".deck h1")).to_have_text("Rien à présenter pour l’instant")
    page.get_by_role("button", name="Apporter un fichier").click()
    expect(page).to_have_url(re.compile("/data"))


def test_what_opens_in_a_popover_shows_the_project_and_changes_nothing(open_page: Any, wall: Wall) -> None:
    page = open_page(wall.address)
    touchpoint = next(iter(wall.store.load(wall.easy).table("touchpoint")))
    for route, button in (("exports", "Aux couleurs du client"), ("priorities", "Réglages")):
        page.goto(f"/{route}?project={wall.easy}&lang=fr")
        opener = page.get_by_role("button", name=re.compile(button)).locator("visible=true").first
        expect(opener).to_be_visible()
        wall.store.apply(wall.easy, edits.set_score(touchpoint, "impact", 4 + len(route) % 3, author="zoe"), author="zoe")
        page.wait_for_timeout(2500)  # the page has run again while it was closed
        revision = wall.store.revision(wall.easy)
        opener.click()
        page.wait_for_timeout(1500)
        assert wall.store.revision(wall.easy) == revision
    page.goto(f"/exports?project={wall.easy}&lang=fr")
    page.get_by_role("button", name="Aux couleurs du client").click()
    expect(page.get_by_label("Nom du client", exact=True)).to_have_value("Lambert & fils")
