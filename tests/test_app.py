"""The app in process, and what its server lets through."""

from __future__ import annotations

import asyncio
import http.client
import subprocess
import sys
from typing import Any
from urllib.parse import urlsplit

import pytest
import streamlit as st
from starlette.requests import Request
from streamlit.testing.v1 import AppTest

from pages._router import SCREENS
from pages.shell.identity import COOKIE, author, fingerprint, known, new_secret
from pages.shell.language import accepted, language
from pages.shell.security import content_security_policy, host_of
from pages.shell.uploads import MEGABYTE, VISIT, Ledger, UploadAllowance
from tests.conftest import ROOT

# The app, in process


def titles(app: Any) -> list[str]:
    return [title.value for title in app.title]


def menu(app: Any) -> list[str]:
    return [page["page_name"] for page in app._registered_pages.values()]


def test_the_first_page_is_shown_without_an_exception(app: Any) -> None:
    assert not app.exception
    assert titles(app) == ["D’un tableur à un plan d’action"]


def test_the_file_that_streamlit_is_told_to_run_shows_the_same_page() -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=90).run()
    assert not app.exception
    assert titles(app) == ["D’un tableur à un plan d’action"]


def test_every_page_of_the_registry_runs_for_a_newcomer(app: Any) -> None:
    for screen in SCREENS:
        if screen.file.exists():
            app.switch_page(f"{screen.name}.py").run()
            assert not app.exception, screen.name


def test_the_choice_in_the_sidebar_changes_the_language_at_once(app: Any) -> None:
    app.get_by_key("language_switch").set_value("en").run()
    assert titles(app) == ["From a spreadsheet to an action plan"]
    assert menu(app)[0] == "Home"
    app.get_by_key("language_switch").set_value("fr").run()
    assert menu(app)[0] == "Accueil"
    assert titles(app) == ["D’un tableur à un plan d’action"]


def test_a_link_may_say_the_language_and_the_visitor_may_change_it_after(app: Any) -> None:
    app.query_params["lang"] = "en"
    assert titles(app.run()) == ["From a spreadsheet to an action plan"]
    app.get_by_key("language_switch").set_value("fr").run()
    assert titles(app.run()) == ["D’un tableur à un plan d’action"]


def test_a_language_that_does_not_exist_is_ignored(app: Any) -> None:
    app.query_params["lang"] = "tlh"
    assert titles(app.run()) == ["D’un tableur à un plan d’action"]


@pytest.mark.parametrize(
    ("cookies", "locale", "header", "expected"),
    [
        ({}, None, "", "fr"),
        ({}, "en-US", "", "en"),
        ({}, "fr-CH", "en", "fr"),
        ({"parcours_lang": "fr"}, "en-US", "en", "fr"),
        ({"parcours_lang": "xx"}, "en-US", "", "en"),
        ({}, "de-DE", "de-DE, en;q=0.8, fr;q=0.5", "en"),
        ({}, "de-DE", "de", "fr"),
    ],
)
def test_language_of_a_first_visit(
    cookies: dict[str, str], locale: str | None, header: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(st, "context", Context(cookies, locale, {"Accept-Language": header}))
    monkeypatch.setattr(st, "query_params", {})
    monkeypatch.setattr(st, "session_state", {})
    assert language() == expected


class Context:
    def __init__(
        self, cookies: dict[str, str], locale: str | None = None, headers: dict[str, str] | None = None
    ) -> None:
        self.cookies, self.locale, self.headers = cookies, locale, headers or {}


def test_languages_of_a_browser_are_taken_in_its_order_of_preference() -> None:
    assert accepted("de, en;q=0.5, fr-CH;q=0.8, x;q=oops") == ["de", "fr-CH", "en"]


# Who is there


def test_the_history_never_shows_the_cookie_of_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    secret = new_secret()
    monkeypatch.setattr(st, "context", Context({COOKIE: secret}))
    assert author() == fingerprint(secret)
    assert len(author()) == 12
    assert secret[:6] not in author()


def test_without_cookies_a_visit_is_one_person_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "context", Context({}))
    monkeypatch.setattr(st, "session_state", {})
    assert author() == author()


def test_a_made_up_cookie_is_not_taken() -> None:
    assert known(new_secret())
    assert not known("admin")
    assert not known("a" * 22 + "\n")


# What the server lets through


def ask(address: str, path: str = "/", **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    answer.read()
    return answer


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "LOCALHOST:1234"])
def test_names_of_this_computer_are_answered(server: str, host: str) -> None:
    assert ask(server, Host=host).status == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "192.168.0.7", "0.0.0.0", ""])
def test_any_other_name_is_refused_also_when_it_points_here(server: str, host: str) -> None:
    assert ask(server, Host=host).status == 403


@pytest.mark.parametrize(("path", "where"), [("/home?lang=fr", "/?lang=fr"), ("/jounrey", "/"), ("/admin/", "/"), ("//evil.example", "/")])
def test_an_address_that_is_no_page_leads_home_and_nowhere_else(server: str, path: str, where: str) -> None:
    answer = ask(server, path, Accept="text/html")
    assert answer.status == 307
    assert answer.headers["location"] == where


@pytest.mark.parametrize("path", ["/", "/journey", "/journey?project=x", "/present", "/p/ABCDEF", "/_stcore/health"])
def test_addresses_of_pages_and_rooms_are_let_through(server: str, path: str) -> None:
    assert ask(server, path, Accept="text/html").status != 307


def test_another_site_cannot_open_the_stream(server: str) -> None:
    upgrade = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec_WebSocket_Version": "13",
        "Sec_WebSocket_Key": "AAAAAAAAAAAAAAAAAAAAAA==",
    }
    assert ask(server, "/_stcore/stream", Origin="http://evil.example", **upgrade).status == 403
    assert ask(server, "/_stcore/stream", Origin="null", **upgrade).status == 403
    assert ask(server, "/_stcore/stream", Origin=server, **upgrade).status == 101


def test_every_answer_forbids_what_a_browser_must_not_do(server: str) -> None:
    for path in ("/", "/_stcore/health"):
        answer = ask(server, path)
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["content-security-policy"] == content_security_policy()


def test_the_policy_names_no_other_host_and_no_eval() -> None:
    policy = content_security_policy()
    assert "http" not in policy
    assert "unsafe-eval" not in policy
    script = next(rule for rule in policy.split("; ") if rule.startswith("script-src"))
    assert "unsafe-inline" not in script


def test_only_a_page_sets_the_identity_cookie(server: str) -> None:
    page = ask(server, Accept="text/html")
    assert page.headers["set-cookie"].startswith("parcours_id=")
    assert "HttpOnly" in page.headers["set-cookie"]
    assert "parcours" not in (ask(server, "/_stcore/health", Accept="*/*").headers["set-cookie"] or "")


def test_a_known_person_keeps_the_cookie_and_a_made_up_one_is_replaced(server: str) -> None:
    secret = new_secret()
    assert (
        ask(server, Accept="text/html", Cookie=f"parcours_id={secret}")
        .headers["set-cookie"]
        .startswith(f"parcours_id={secret};")
    )
    assert "parcours_id=admin" not in ask(server, Accept="text/html", Cookie="parcours_id=admin").headers["set-cookie"]


def test_a_link_with_a_language_is_remembered(server: str) -> None:
    cookies = ask(server, "/?lang=en", Accept="text/html").headers.get_all("set-cookie")
    assert any(cookie.startswith("parcours_lang=en;") for cookie in cookies)
    assert not any(
        "parcours_lang" in cookie
        for cookie in ask(server, "/?lang=x", Accept="text/html").headers.get_all("set-cookie")
    )


def test_hosts_are_read_with_and_without_port() -> None:
    assert host_of("[::1]:8501") == "::1"
    assert host_of("Localhost.") == "localhost"
    assert host_of("user@evil.example:80") == "evil.example"
    assert host_of("[") == ""


# How much may be uploaded


async def _kept(scope: Any, receive: Any, send: Any) -> None:
    """A server that keeps every upload."""
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def _refused(scope: Any, receive: Any, send: Any) -> None:
    """A server that finds each upload wrong."""
    await receive()
    await send({"type": "http.response.start", "status": 403, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def upload(
    allowance: UploadAllowance,
    size: int,
    *,
    session: str = "s",
    file: str = "f",
    method: str = "PUT",
    announce: bool = True,
    who: str = "ann",
) -> int:
    """The status that an upload is answered with; without ``announce`` its length is not told beforehand."""
    sent: list[Any] = []
    chunks = [min(MEGABYTE, size - start) for start in range(0, size, MEGABYTE)] or [0]
    headers = [(b"content-length", str(size).encode())] if announce else []
    scope = {
        "type": "http",
        "method": method,
        "path": f"/_stcore/upload_file/{session}/{file}",
        "headers": headers,
        "parcours.author": who,
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": bytes(chunks.pop(0)), "more_body": bool(chunks)}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(allowance(scope, receive, send))
    return int(sent[0]["status"])


@pytest.fixture
def allowance() -> UploadAllowance:
    return UploadAllowance(_kept, Ledger(open=lambda session: True))


@pytest.mark.parametrize("announce", [True, False])
def test_a_visit_uploads_200_megabytes_and_not_a_byte_more(allowance: UploadAllowance, announce: bool) -> None:
    for number in range(4):
        assert upload(allowance, 50 * MEGABYTE, file=str(number), announce=announce) == 204
    assert upload(allowance, 1, file="one more", announce=announce) == 413


def test_two_tabs_of_one_person_share_the_allowance(allowance: UploadAllowance) -> None:
    assert upload(allowance, 150 * MEGABYTE, session="first") == 204
    assert upload(allowance, 100 * MEGABYTE, session="second") == 413
    assert upload(allowance, 100 * MEGABYTE, session="third", who="bob") == 204


def test_another_cookie_gives_a_visit_no_second_allowance(allowance: UploadAllowance) -> None:
    assert upload(allowance, 150 * MEGABYTE, who="ann") == 204
    assert upload(allowance, 100 * MEGABYTE, file="g", who="nobody") == 413


def test_all_visits_together_have_a_limit_too(allowance: UploadAllowance) -> None:
    for number in range(5):
        assert upload(allowance, 200 * MEGABYTE, session=f"s{number}", who=f"visitor {number}") == 204
    assert upload(allowance, 1, session="one more", who="somebody else") == 413


def test_a_file_taken_back_makes_room(allowance: UploadAllowance) -> None:
    assert upload(allowance, 150 * MEGABYTE, file="a") == 204
    assert upload(allowance, 0, file="a", method="DELETE") == 204
    assert upload(allowance, 150 * MEGABYTE, file="b") == 204


def test_the_same_file_sent_again_counts_once(allowance: UploadAllowance) -> None:
    assert upload(allowance, 90 * MEGABYTE) == 204
    assert upload(allowance, 90 * MEGABYTE) == 204
    assert upload(allowance, 90 * MEGABYTE, file="g") == 204
    assert upload(allowance, 90 * MEGABYTE, file="h") == 413


def test_a_refused_upload_takes_no_room() -> None:
    allowance = UploadAllowance(_refused, Ledger(open=lambda session: True))
    assert upload(allowance, 10) == 403
    assert allowance.ledger.room("s", "ann") == VISIT


def test_an_upload_that_is_cut_off_is_no_error_and_takes_no_room() -> None:
    async def parsing(scope: Any, receive: Any, send: Any) -> None:
        async for _ in Request(scope, receive).stream():
            pass

    allowance = UploadAllowance(parsing, Ledger(open=lambda session: True))
    messages = [{"type": "http.request", "body": bytes(MEGABYTE), "more_body": True}, {"type": "http.disconnect"}]
    sent: list[Any] = []

    async def receive() -> Any:
        return messages.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "PUT", "path": "/_stcore/upload_file/s/f", "headers": [(b"content-length", b"9000000")]}
    asyncio.run(allowance(scope, receive, send))
    assert sent == []
    assert allowance.ledger.room("s", "") == VISIT


def test_a_closed_visit_gives_its_room_back() -> None:
    closed: set[str] = set()
    allowance = UploadAllowance(_kept, Ledger(open=lambda session: session not in closed))
    assert upload(allowance, 190 * MEGABYTE, session="before") == 204
    assert upload(allowance, 190 * MEGABYTE, session="now") == 413
    closed.add("before")
    assert upload(allowance, 190 * MEGABYTE, session="now") == 204


def test_a_file_that_was_read_is_let_go_before_the_visit_ends() -> None:
    app = AppTest.from_function(_reads_and_releases).run()
    app.file_uploader[0].upload("answers.csv", b"stage;score").run()
    assert not app.exception
    assert [text.value for text in app.markdown] == ["11 bytes, 1 kept", "0 kept"]


def _reads_and_releases() -> None:
    import streamlit as st
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    from pages.shell.uploads import release

    def kept() -> int:
        context = get_script_run_ctx()
        assert context is not None
        return len(context.uploaded_file_mgr.get_files(context.session_id, [file.file_id]))

    file = st.file_uploader("file")
    if file is not None:
        st.markdown(f"{len(file.getvalue())} bytes, {kept()} kept")
        release(file)
        st.markdown(f"{kept()} kept")


# Once, at the start


def test_what_is_slow_to_load_is_not_loaded_before_the_server_answers() -> None:
    """A browser needs a second to fetch its scripts: pandas and the database are loaded meanwhile, charts and methods after it."""
    slow = ("pandas", "numpy", "sqlalchemy", "altair", "scipy", "alembic", "openpyxl", "analysis.methods")
    code = f"import sys, app; print([n for n in {slow} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_warming_takes_what_never_dies_out_of_the_collectors_way() -> None:
    code = (
        "import gc, sys; from pages.shell.lifespan import settle; settle(); "
        "print('altair' in sys.modules, gc.get_freeze_count() > 100_000, gc.isenabled())"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "True", "True"]
