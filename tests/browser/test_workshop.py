"""A workshop in Chromium: one facilitator, three phones, a whole agenda; then phones that lose the network, or their clock."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from analysis import Project, Store
from analysis.project import edits
from analysis.workshop import Item, Rooms
from analysis.workshop.agenda import make_round
from analysis.workshop.results import Results
from tests.conftest import ENGLISH, FRENCH, PHONE, serving

pytestmark = pytest.mark.browser
LANGUAGES = {"fr": FRENCH, "en": ENGLISH}
WORDS = {
    "fr": {
        "prepare": "Préparer un atelier", "open": "Ouvrir la salle", "voted": "Ont voté : {n} sur 3", "customer": "client",
        "send": "Envoyer", "saved": "Enregistré", "next": "Suivant", "done": "Terminé", "end": "Terminer l’atelier",
        "minutes": "Compte rendu", "skip": "Ne sait pas", "taken": "Ces résultats sont dans le projet", "over": "Cet atelier est terminé",
    },
    "en": {
        "prepare": "Prepare a workshop", "open": "Open the room", "voted": "{n} of 3 have voted", "customer": "a customer",
        "send": "Send", "saved": "Saved", "next": "Next", "done": "Done", "end": "End the workshop",
        "minutes": "Minutes of the workshop", "skip": "Don't know", "taken": "These results are in the project",
        "over": "This workshop is over",
    },
}  # fmt: skip


@dataclass
class House:
    """A server, its store, and a project with two stages and two touchpoints."""

    address: str
    store: Store
    project: str

    def room(self, **values: Any) -> tuple[str, str]:
        """An open room with an open round on two stages: its code and the round's id."""
        rooms = Rooms(self.store.engine)
        items = [Item("s1", "Purchase"), Item("s2", "Return")]
        made = rooms.create(self.project, "Tuesday", author="x", rounds=[make_round("emotion", items, language="en", **values)])
        code, (round,) = rooms.open(made.id).code, rooms.rounds(made.id)
        rooms.start(round.id)
        return code, round.id

    def counted(self, round: str) -> list[int]:
        """Votes per item, once revealed."""
        Rooms(self.store.engine).reveal(round)
        return [item.first.n for item in Results(self.store.engine).of(round).items]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder: Path = tmp_path_factory.mktemp("house")
    with serving(folder) as address:
        store = Store(f"sqlite:///{(folder / 'home' / 'parcours.sqlite').as_posix()}")
        project = Project.new("Optique Lambert", language="fr", stages=["Achat", "Retour"])
        (first, _), (second, _) = project.stages_of(project.first_journey)
        for stage, name in ((first, "Vitrine"), (second, "Service")):
            project = project.apply(edits.add_touchpoints(project, project.first_journey, stage, [name]))
        yield House(address, store, store.create(project, author="x"))
        store.engine.dispose()


def expect(locator: Any) -> Any:
    from playwright.sync_api import expect as real

    return real(locator)


# The whole agenda


class Course:
    """What the facilitator and the phones do, in one language."""

    def __init__(self, house: House, open_page: Any, language: str) -> None:
        self.words, self.language = WORDS[language], language
        self.desk = open_page(house.address, **LANGUAGES[language])
        self.desk.set_default_timeout(30_000)
        self.desk.goto(f"/workshop?project={house.project}&lang={language}")
        self.desk.get_by_role("button", name=self.words["prepare"]).click()
        self.desk.get_by_role("button", name=self.words["open"], exact=True).click()
        code = self.desk.locator(".board .code")
        expect(code).to_have_text(re.compile(r"^\w{3} \w{3}$"), timeout=60_000)
        self.code = code.inner_text().replace(" ", "")
        self.phones = [self.phone(house, open_page) for _ in range(3)]

    def phone(self, house: House, open_page: Any) -> Any:
        phone = open_page(house.address, **(LANGUAGES[self.language] | PHONE))
        phone.goto(f"/p/{self.code}")
        phone.get_by_role("button", name=self.words["customer"], exact=True).click()
        return phone

    def step(self, key: str) -> None:
        self.desk.locator(f".st-key-{key} button").first.click()

    def all_voted(self) -> None:
        expect(self.desk.locator(".board .many").first).to_have_text(self.words["voted"].format(n=3), timeout=45_000)
        assert self.desk.locator(".board .results").count() == 0, "results before the reveal"

    def saved(self, phone: Any) -> None:
        expect(phone.locator("#sent")).to_contain_text(self.words["saved"])

    def reveal(self) -> Any:
        self.step("close")
        self.step("reveal")
        results = self.desk.locator(".board .results")
        expect(results).to_be_visible(timeout=45_000)
        return results

    def take_in(self) -> None:
        self.desk.locator("[class*='st-key-accept_'] button").first.click()
        expect(self.desk.get_by_text(self.words["taken"]).first).to_be_visible(timeout=45_000)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.slow
def test_a_facilitator_and_three_phones_go_through_a_whole_agenda(house: House, open_page: Any, language: str) -> None:
    course = Course(house, open_page, language)
    words, phones = course.words, course.phones

    course.step("start")  # the try-out is live
    for phone in phones:
        phone.locator(".faces label").nth(3).click()
        course.saved(phone)
    expect(course.desk.locator(".board .results")).to_be_visible(timeout=45_000)
    course.step("close_reveal")

    course.step("start")  # emotion per stage
    for place, phone in enumerate(phones):
        expect(phone.locator("h1")).to_have_text("Achat")  # the try-out had faces as well
        phone.locator(".faces label").nth((0, 0, 4)[place]).click()
        phone.get_by_role("button", name=words["next"], exact=True).click()
        if place == 2:
            phone.get_by_role("button", name=words["skip"], exact=True).click()
        else:
            phone.locator(".faces label").nth(4).click()
        course.saved(phone)
    course.all_voted()
    results = course.reveal()
    expect(results.locator(".band.must")).to_have_count(1)
    expect(phones[0].locator(".result")).to_have_count(2)
    course.take_in()

    course.step("start")  # pain points
    for place, phone in enumerate(phones):
        phone.locator("#text").fill(f"<b>{place}</b> & attente")
        phone.get_by_role("button", name=words["send"], exact=True).click()
        course.saved(phone)
    course.all_voted()
    expect(course.reveal().locator(".card")).to_have_count(3)
    assert course.desk.locator(".board .card b").count() == 0

    course.step("start")  # impact and effort, by touch and by slider
    for phone in phones:
        for _ in range(2):
            phone.locator(".pad").tap(position={"x": 80, "y": 40})
            phone.locator(".ways .main").click()
        course.saved(phone)
    course.all_voted()
    expect(course.reveal().locator(".chart")).to_have_count(4)
    course.take_in()

    course.step("start")  # dots
    for phone in phones:
        for _ in range(3):
            phone.locator("[data-of^='+']").first.click()
        expect(phone.locator("[data-of^='+']").first).to_be_disabled()
        course.saved(phone)
    course.all_voted()
    expect(course.reveal().locator(".dots li").first).to_contain_text("9")

    course.step("start")  # ideas
    phones[0].locator("#text").fill("Ouvrir à midi")
    phones[0].get_by_role("button", name=words["send"], exact=True).click()
    course.saved(phones[0])
    course.step("close_reveal")
    course.step("end")
    expect(course.desk.get_by_role("button", name=words["minutes"])).to_be_visible(timeout=45_000)
    for phone in phones:
        expect(phone.locator("h1")).to_contain_text(words["over"], timeout=45_000)
    project = house.store.load(house.project)
    assert project.touchpoints["impact"].notna().all()
    assert project.emotions()["provenance"].iloc[0] == "voted"
    house.store.undo(house.project, author=house.store.history(house.project)["author"].iloc[0])


# One phone and its troubles


@pytest.fixture
def joined(house: House, open_page: Any) -> Any:
    """``joined(code)``: an English phone in the room."""

    def joining(code: str, script: str = "") -> Any:
        phone = open_page(house.address, **(ENGLISH | PHONE))
        if script:
            phone.add_init_script(script)
        phone.goto(f"/p/{code}")
        phone.get_by_role("button", name="a customer", exact=True).click()
        expect(phone.locator(".faces")).to_be_visible()
        return phone

    return joining


def test_a_vote_made_without_network_is_kept_and_sent_once_when_it_is_back(house: House, joined: Any) -> None:
    code, round = house.room()
    phone = joined(code)
    phone.context.set_offline(True)
    phone.locator(".faces label").nth(4).click()
    expect(phone.locator("#sent")).to_contain_text("kept on this phone")
    phone.get_by_role("button", name="Next", exact=True).click()
    phone.locator(".faces label").nth(1).click()
    phone.context.set_offline(False)
    expect(phone.locator("#sent")).to_contain_text("Saved", timeout=45_000)
    assert house.counted(round) == [1, 1]


def test_a_page_closed_without_network_sends_its_vote_when_it_is_opened_again(house: House, joined: Any) -> None:
    code, round = house.room()
    phone = joined(code)
    phone.context.set_offline(True)
    phone.locator(".faces label").nth(4).click()
    expect(phone.locator("#sent")).to_contain_text("kept on this phone")
    context = phone.context
    phone.goto("about:blank")
    context.set_offline(False)
    again = context.new_page()
    again.goto(f"{house.address}/p/{code}")
    expect(again.locator("#sent")).to_contain_text("Saved", timeout=45_000)
    expect(again.locator(".faces input").nth(4)).to_be_checked()
    assert house.counted(round) == [1, 0]


#: what the server says of the room is older than the vote, and arrives after it
LATE = """(() => {
  const open = XMLHttpRequest.prototype.open, send = XMLHttpRequest.prototype.send;
  XMLHttpRequest.prototype.open = function (method, path) { this.late = path.endsWith("/state"); this.vote = path.endsWith("/vote"); return open.apply(this, arguments); };
  XMLHttpRequest.prototype.send = function (body) {
    const done = this.onload;
    if (this.late) this.onload = () => setTimeout(done, 2000);
    if (this.vote) setTimeout(() => send.call(this, body), 700); else send.call(this, body);
  };
})()"""


def test_an_older_word_of_the_server_does_not_hide_the_vote_that_was_kept(house: House, joined: Any) -> None:
    code, round = house.room()
    phone = joined(code)
    phone.context.set_offline(True)
    phone.locator(".faces label").nth(4).click()
    expect(phone.locator("#sent")).to_contain_text("kept on this phone")
    context = phone.context
    phone.goto("about:blank")
    context.set_offline(False)
    again = context.new_page()
    again.add_init_script(LATE)
    again.goto(f"{house.address}/p/{code}")
    expect(again.locator("#sent")).to_contain_text("Saved")
    expect(again.locator(".faces input").nth(4)).to_be_checked()
    assert house.counted(round) == [1, 0]


def test_a_reload_comes_back_to_the_same_place_with_the_same_votes(house: House, joined: Any) -> None:
    code, _ = house.room()
    phone = joined(code)
    phone.locator(".faces label").nth(0).click()
    phone.get_by_role("button", name="Next", exact=True).click()
    phone.locator(".faces label").nth(3).click()
    expect(phone.locator("#sent")).to_contain_text("Saved")
    phone.reload()
    expect(phone.locator("h1")).to_have_text("Return")
    expect(phone.locator(".faces input").nth(3)).to_be_checked()


def test_two_tabs_of_one_phone_are_one_voter_and_the_last_answer_counts(house: House, joined: Any) -> None:
    code, round = house.room()
    first = joined(code)
    second = first.context.new_page()
    second.goto(f"{house.address}/p/{code}")
    first.locator(".faces label").nth(0).click()
    expect(first.locator("#sent")).to_contain_text("Saved")
    second.locator(".faces label").nth(4).click()
    expect(second.locator("#sent")).to_contain_text("Saved")
    expect(second.locator("#count")).to_have_text("1 of 1 have voted")
    Rooms(house.store.engine).reveal(round)
    result = Results(house.store.engine).of(round).items[0].first
    assert (result.n, result.mean) == (1, 2.0)


def test_a_phone_whose_clock_is_wrong_shows_the_time_that_is_left(house: House, joined: Any) -> None:
    code, _ = house.room(seconds=240)
    skewed = "const now = Date.now; Date.now = () => now() + 3 * 3600e3;"
    phone = joined(code, skewed)
    expect(phone.locator("#clock")).to_have_text(re.compile(r"^3:\d\d left$"))


def test_a_round_can_be_answered_with_the_keyboard_alone(house: House, joined: Any) -> None:
    code, round = house.room()
    phone = joined(code)
    phone.locator(".faces input").first.focus()
    phone.keyboard.press("Space")
    phone.keyboard.press("ArrowRight")
    expect(phone.locator("#sent")).to_contain_text("Saved")
    expect(phone.get_by_role("radio", name="Unhappy", exact=True)).to_be_checked()
    phone.get_by_role("button", name="Next", exact=True).focus()
    phone.keyboard.press("Enter")
    expect(phone.locator("h1")).to_be_focused()
    expect(phone.locator("h1")).to_have_text("Return")
    phone.get_by_role("slider").focus()
    phone.keyboard.press("ArrowRight")
    expect(phone.locator(".slider output")).to_have_text("0.5")
    expect(phone.locator("#sent")).to_contain_text("Saved")
    assert house.counted(round) == [1, 1]


def test_a_round_that_closes_meanwhile_tells_the_phone_that_was_away(house: House, joined: Any) -> None:
    code, round = house.room()
    phone = joined(code)
    phone.context.set_offline(True)
    phone.locator(".faces label").nth(4).click()
    assert house.counted(round) == [0, 0]
    phone.context.set_offline(False)
    expect(phone.locator("#sent")).to_have_text("The round was closed before your vote arrived.", timeout=45_000)
    expect(phone.locator(".result")).to_have_count(2)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390])
def test_the_phone_page_fits_its_screen_in_light_and_dark(house: House, open_page: Any, scheme: str, width: int) -> None:
    code, _ = house.room()
    phone = open_page(house.address, **(FRENCH | PHONE | {"viewport": {"width": width, "height": 700}, "color_scheme": scheme}))
    phone.goto(f"/p/{code}?side=staff")
    expect(phone.locator(".faces")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    background = phone.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert background == ("rgb(253, 252, 250)" if scheme == "light" else "rgb(17, 24, 27)")


def test_the_script_is_one_that_old_phones_can_read() -> None:
    script = (Path(__file__).parents[2] / "pages" / "live" / "page.js").read_text("utf-8")
    code = re.sub(r'"(?:[^"\\]|\\.)*"', '""', re.sub(r"//.*", "", script))
    for newer in (
        r"\?\.",
        r"\?\?",
        r"\basync\b",
        r"\bawait\b",
        r"\.\.\.",
        r"\*\*",
        r"`",
        r"\bimport\b",
        r"\bclass\s",
        r"\bfetch\(",
        r"\.append\(",
        r"catch \{",
    ):
        assert not re.search(newer, code), newer


def test_a_phone_says_that_the_workshop_is_over_when_it_is(house: House, joined: Any) -> None:
    code, round = house.room()
    phone = joined(code)
    rooms = Rooms(house.store.engine)
    rooms.reveal(round)
    rooms.end(rooms.round(round).workshop)
    expect(phone.locator("h1")).to_contain_text("This workshop is over", timeout=45_000)
    phone.reload()
    expect(phone.locator("main")).to_contain_text("over")
