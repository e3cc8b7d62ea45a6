"""The Present page as AppTest sees it, where a presentation stands, and what phones that follow are given."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.routing import Match

import analysis
from analysis import Project, Store
from analysis.project import edits
from analysis.project.journeys import copy_journey
from analysis.project.priorities import firm_ranking
from analysis.reports.privacy import Privacy
from pages.live import follow
from pages.live.addresses import routes
from pages.presenting import show
from pages.presenting.choice import Choice, read
from pages.presenting.deck import ClockReset, FollowAsked, Left, TellAsked, Went, keys, parse_event, texts
from pages.presenting.link import follow_link
from pages.presenting.told import slides_of

OPTIQUE = Path(__file__).parent.parent / "reading" / "optique_lambert.xlsx"


@pytest.fixture
def optique(home: Path) -> str:
    """The optician's project in this test's store: its id."""
    project = Project.new("Optique Lambert", language="fr")
    project = project.apply(project.plan_import(analysis.read(OPTIQUE).tables).commands)
    return Store().create(project, author="test")


def get(path: str, **headers: str) -> tuple[int, str]:
    """Status and text of an address of the phones' routes."""
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": "GET", "path": path, "root_path": "", "query_string": b"", "headers": raw, "scheme": "http"}
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(Starlette(routes=routes())(scope, receive, send))
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent).decode()


def on_phone(code: str) -> dict[str, Any]:
    """The first thing that a phone which comes in is sent."""

    async def coming() -> Any:
        stream = follow._stream(code)
        async for part in stream:
            if part.startswith(b"data: "):
                await stream.aclose()  # type: ignore[attr-defined]
                return json.loads(part[6:])
        return None

    return asyncio.run(coming())  # type: ignore[no-any-return]


# --- the page ---------------------------------------------------------------------------------------------------


def test_without_a_project_the_visitor_is_sent_home(app: Any) -> None:
    app.switch_page("present.py").run()
    assert not app.exception


def test_the_page_opens_on_a_full_project(home: Path, optique: str) -> None:
    from streamlit.testing.v1 import AppTest

    from tests.conftest import ROOT

    app = AppTest.from_file(str(ROOT / "pages" / "_router.py"), default_timeout=90).run()
    app.switch_page("present.py").run()
    assert not app.exception
    assert show.show_of(optique).language == "fr"


def test_the_page_opens_on_an_empty_project(home: Path) -> None:
    from streamlit.testing.v1 import AppTest

    from tests.conftest import ROOT

    Store().create(Project.new("Vide"), author="test")
    app = AppTest.from_file(str(ROOT / "pages" / "_router.py"), default_timeout=90).run()
    app.switch_page("present.py").run()
    assert not app.exception


def test_every_key_is_told_in_both_languages() -> None:
    assert [what for _, what in keys("fr")][:2] == ["Diapositive suivante", "Diapositive précédente"]
    assert len(keys("fr")) == len(keys("en")) == 10
    assert texts("fr")["low_point"] == "Point bas"


# --- what the browser says --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "event"),
    [
        ({"kind": "go", "slide": "matrix", "blank": True}, Went("matrix", True)),
        ({"kind": "go", "slide": "elsewhere", "blank": False}, None),
        ({"kind": "go", "slide": "matrix", "blank": "yes"}, None),
        ({"kind": "leave", "page": "back"}, Left("back")),
        ({"kind": "leave", "page": "https://example.org"}, None),
        ({"kind": "follow", "on": True}, FollowAsked(True)),
        ({"kind": "timer"}, ClockReset()),
        ({"kind": "delete"}, None),
        ({}, None),
    ],
)
def test_only_what_exists_is_taken_from_a_browser(raw: dict[str, Any], event: object) -> None:
    assert parse_event(raw, {"cover", "matrix"}) == event


# --- where it stands --------------------------------------------------------------------------------------------


def test_a_move_is_seen_by_every_window() -> None:
    before = show.show_of("pr_move")
    after = show.move("pr_move", "matrix", blank=False, language="en")
    assert after.revision == before.revision + 1
    assert show.show_of("pr_move") == after
    assert show.show_of("pr_other").slide is None


def test_the_clock_starts_anew_only_when_asked() -> None:
    started = show.show_of("pr_clock").started
    assert show.move("pr_clock", "cover", blank=False, language="fr").started == started
    assert show.restart_clock("pr_clock").started > started


def test_a_code_is_long_new_each_time_and_void_when_switched_off() -> None:
    first = show.let_follow("pr_code", True).code
    assert re.fullmatch(f"[{show.ALPHABET}]{{12}}", first)
    assert show.let_follow("pr_code", True).code == first  # switching on twice changes nothing
    found = show.by_code(first)
    assert found is not None
    assert found.project == "pr_code"
    show.let_follow("pr_code", False)
    assert show.by_code(first) is None
    assert show.by_code("") is None
    assert show.let_follow("pr_code", True).code != first
    show.let_follow("pr_code", False)


# --- phones -----------------------------------------------------------------------------------------------------


def test_a_phone_sees_the_slide_on_screen_and_nothing_else(optique: str) -> None:
    told = slides_of(optique, Store().revision(optique), "fr")
    matrix = next(slide for slide in told if slide.kind == "matrix")
    code = show.let_follow(optique, True).code
    show.move(optique, matrix.id, blank=False, language="fr")
    seen = on_phone(code)
    assert seen["title"] == matrix.title
    assert seen["place"] == f"{told.index(matrix) + 1} / {len(told)}"
    sent = json.dumps(seen, ensure_ascii=False)
    assert not [slide.title for slide in told if slide.id != matrix.id and slide.title in sent]
    assert not [note for note in matrix.notes if note in sent]


def test_a_black_screen_is_black_on_phones_too(optique: str) -> None:
    code = show.let_follow(optique, True).code
    show.move(optique, "matrix", blank=True, language="fr")
    seen = on_phone(code)
    assert seen["title"] == "L’écran est noir pour un moment."
    assert (seen["lead"], seen["rows"], seen["place"]) == ("", [], "")


def test_an_edit_of_the_project_reaches_the_phone(optique: str) -> None:
    code = show.let_follow(optique, True).code
    show.move(optique, "cover", blank=False, language="fr")
    assert on_phone(code)["title"] == "Optique Lambert"
    Store().rename(optique, "Lambert, vue d’ensemble", author="test")
    assert on_phone(code)["title"] == "Lambert, vue d’ensemble"


def test_the_phone_page_is_light_and_brings_nothing_from_elsewhere(optique: str) -> None:
    code = show.let_follow(optique, True).code
    (status, page), (_, script) = get(f"/p/{code}"), get(f"/p/{code}/follow.js")
    assert status == 200
    assert len(page) + len(script) < 12_000
    assert not re.findall(r"(?:src|href)=\"(?:https?:)?//", page)
    assert "Optique" not in page  # what is on screen comes over the stream only
    assert get(f"/p/{code.lower()}")[0] == 200


def test_a_void_code_is_answered_with_a_sentence_and_no_stream(optique: str) -> None:
    code = show.let_follow(optique, True).code
    show.let_follow(optique, False)
    status, text = get(f"/p/{code}", accept_language="en-GB")
    assert status == 404
    assert "The presentation is no longer followed." in text
    assert get(f"/p/{code}/screen")[0] == 204


def test_codes_of_workshops_are_left_to_them() -> None:
    asked = {"type": "http", "method": "GET", "headers": []}

    def taker(code: str) -> str:
        return next(route.path for route in routes() if route.matches(asked | {"path": f"/p/{code}"})[0] == Match.FULL)  # type: ignore[attr-defined]

    assert [taker("HC3F4K"), taker("HC3F4KHC3F4K")] == ["/p/{code}", "/p/{code:presentation}"]


def test_texts_of_a_project_reach_a_phone_as_data(home: Path) -> None:
    project = Project.new("<script>alert(1)</script>", language="en")
    project = project.apply(edits.add_touchpoints(project, project.first_journey, None, ["<img src=x>"]))
    id = Store().create(project, author="test")
    code = show.let_follow(id, True).code
    assert "<script>alert" not in get(f"/p/{code}")[1]
    assert on_phone(code)["title"] == "<script>alert(1)</script>"


def test_the_qr_code_is_drawn_from_the_link() -> None:
    found = follow_link("HC3F4KHC3F4K")
    assert found["link"].endswith("/p/HC3F4KHC3F4K")
    assert found["path"].startswith("M3 3h1v1h-1z")  # the corner of the first finder, after the quiet zone
    assert found["size"] >= 25 + 6


# --- what is told -----------------------------------------------------------------------------------------------


def test_a_filter_chosen_elsewhere_holds_on_the_wall_and_on_the_phones(home: Path, optique: str) -> None:
    project = Store().load(optique)
    stage = project.stages_of(project.first_journey)[0]
    choice = Choice(analysis.Filter(stages=(stage[0],)))
    told = slides_of(optique, project.revision, "fr", choice)
    assert [slide.title for slide in told if slide.kind == "stage"] != []
    assert {slide.id for slide in told if slide.kind == "stage"} == {f"stage:{stage[0]}"}
    assert f"Filtré\u00a0: {stage[1].name}" in told[0].lead
    show.choose(optique, choice.written())
    code = show.let_follow(optique, True).code
    assert f"Filtré\u00a0: {stage[1].name}" in on_phone(code)["place"]
    show.let_follow(optique, False)


def test_firmness_is_drawn_anew_only_where_it_can_be_seen(home: Path, optique: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from analysis.presentation import decisions

    drawn = []
    monkeypatch.setattr(decisions, "firm_ranking", lambda project: drawn.append(1) or firm_ranking(project))
    store = Store()
    first = slides_of(optique, store.revision(optique), "fr", shown="cover")
    [id] = [id for id, one in store.load(optique).table("touchpoint").items() if one.name == "Avis Google"]
    for score in (1, 2, 3):  # three edits while the cover is on screen
        store.apply(optique, edits.set_score(id, "impact", score, author="test"), author="test")
        told = slides_of(optique, store.revision(optique), "fr", shown="cover")
    assert drawn == [1]
    assert [slide.id for slide in told] == [slide.id for slide in first]
    matrix = next(slide for slide in told if slide.id == "matrix")
    assert [item["impact"] for item in matrix.data["items"] if item["id"] == id] == [3]  # all the rest is of this revision
    before, now = (
        next(slide for slide in slides_of(optique, store.revision(optique), "fr", shown=shown) if slide.id == "firmness")
        for shown in ("cover", "pareto")  # from the Pareto chart one key leads to it
    )
    assert drawn == [1, 1]
    assert now.data != before.data
    assert now == next(slide for slide in slides_of(optique, store.revision(optique), "fr") if slide.id == "firmness")


def test_the_clients_name_is_not_told_where_it_must_not_be(home: Path) -> None:
    store = Store()
    id = store.create(Project.new("Parcours de Lambert", client="Lambert").apply(edits.add_action("Appeler Lambert")), author="test")
    store.apply(id, edits.add_touchpoints(store.load(id), store.load(id).first_journey, None, ["Boutique Lambert"]), author="test")
    hidden = Choice(privacy=Privacy(client=False))
    told = json.dumps([slide.plain() for slide in slides_of(id, 2, "fr", hidden)], ensure_ascii=False)
    assert "Lambert" not in told
    assert "le client" in told


def test_another_journey_is_told_when_it_is_chosen(home: Path, optique: str) -> None:
    store = Store()
    commands, copy = copy_journey(store.load(optique), store.load(optique).first_journey, "Demain", author="test")
    project = store.apply(optique, commands, author="test")
    stages = {f"stage:{id}" for id, _ in project.stages_of(copy)}
    told = {slide.id for slide in slides_of(optique, project.revision, "fr", Choice(journey=copy)) if slide.kind == "stage"}
    assert told
    assert told <= stages


@pytest.mark.parametrize(
    ("raw", "event"),
    [
        ({"kind": "tell", "journey": "j_1", "persona": None, "client": False}, TellAsked("j_1", None, False)),
        ({"kind": "tell", "journey": "j_1", "persona": "pe_1", "client": True}, TellAsked("j_1", "pe_1", True)),
        ({"kind": "tell", "journey": "j_9", "persona": None, "client": True}, None),
        ({"kind": "tell", "journey": "j_1", "persona": "pe_9", "client": True}, None),
        ({"kind": "tell", "journey": "j_1", "persona": None}, None),
    ],
)
def test_only_a_journey_and_a_persona_of_the_project_can_be_asked_for(raw: dict[str, Any], event: object) -> None:
    assert parse_event(raw, {"cover"}, {"j_1"}, {"pe_1"}) == event


@pytest.mark.parametrize(
    "choice",
    [
        Choice(),
        Choice(analysis.Filter(stages=("s_1",), segment=("attr:Âge", ("20–30", "40+"))), "j_1"),
        Choice(analysis.Filter(persona="pe_1", start=dt.date(2024, 1, 1)), privacy=Privacy(client=False, staff=False)),
    ],
)
def test_what_is_told_can_be_written_down_and_read_again(choice: Choice) -> None:
    assert read(choice.written()) == choice
    assert read("") == Choice()
    assert read(show.choose("pr_written", choice.written()).told) == choice


ELSEWHERE = """
import sys
from pages.presenting import show
show.let_follow(sys.argv[1], True)
show.choose(sys.argv[1], "j_2")
show.move(sys.argv[1], "stage:s_3", blank=True, language="en")
print(show.show_of(sys.argv[1]).code)
"""


def test_a_server_that_restarts_before_an_audience_goes_on_where_it_was(home: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", ELSEWHERE, "pr_restart"], check=True, capture_output=True, text=True, timeout=60,
        cwd=Path(show.__file__).parents[2], env=os.environ | {"PARCOURS_HOME": str(home)},
    )  # fmt: skip
    code = ended.stdout.strip()  # that process is over: what follows is this one's, which has never heard of it
    found = show.show_of("pr_restart")
    assert (found.slide, found.blank, found.told, found.language, found.code) == ("stage:s_3", True, "j_2", "en", code)
    assert len(code) == show.LENGTH
    assert show.by_code(code) == found
