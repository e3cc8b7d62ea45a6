"""Every address that is not Streamlit's, and who answers it.

Those who answer are imported when they are first asked: with them come the database and pandas, and the browser need not wait
for these to open.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from importlib import import_module

from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from pages.presenting.codes import ALPHABET, LENGTH
from pages.shell.lifespan import ready

#: what a phone opens, for a workshop or a presentation
PHONES = "/p"


class _Code(Convertor[str]):
    """The codes of presentations, told from those of workshops by their length; typed in small letters too."""

    regex = f"[{ALPHABET}{ALPHABET.lower()}]{{{LENGTH}}}"

    def convert(self, value: str) -> str:
        return value.upper()

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("presentation", _Code())


def routes() -> list[BaseRoute]:
    """To be served beside Streamlit's own pages; a presentation's before a workshop's, whose code may be of any length."""
    presentation, room = f"{PHONES}/{{code:presentation}}", f"{PHONES}/{{code}}"
    return [
        Route(presentation, _of("follow", "page")),
        Route(f"{presentation}/screen", _of("follow", "events")),
        Route(f"{presentation}/follow.js", _of("follow", "script")),
        Route(PHONES, _of("routes", "entrance")),
        Route(f"{PHONES}/-/{{file}}", _of("routes", "asset")),
        Route(room, _of("routes", "page")),
        *(Route(f"{room}/{name}", _of("routes", name)) for name in ("state", "events")),
        *(Route(f"{room}/{name}", _of("routes", name), methods=["POST"]) for name in ("join", "name", "vote")),
        Route("/live/{workshop}/board", _of("routes", "board")),
        Route("/enter", _of("entering", "enter"), methods=["GET", "POST"]),
    ]


def _of(module: str, name: str) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        await ready()
        answering: Callable[[Request], Awaitable[Response]] = getattr(import_module(f"pages.live.{module}"), name)
        return await answering(request)

    return answer
