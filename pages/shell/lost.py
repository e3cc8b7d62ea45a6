"""An address that is no page leads to the first page: what Streamlit says instead, it says in English only."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from starlette.responses import RedirectResponse
from starlette.routing import BaseRoute

from pages.shell.web import ASGIApp, Receive, Scope, Send, is_screen

_SCREENS = frozenset(file.stem for file in Path(__file__).parent.parent.glob("*.py") if not file.stem.startswith("_")) - {"home"}
#: where a company's sign-in comes back to
_SIGN_IN = frozenset({"oauth2callback", "auth"})


class Lost:
    """Sends a browser that asks for ``/home``, or for what does not exist, to ``/``."""

    def __init__(self, app: ASGIApp, *, routes: Iterable[BaseRoute]) -> None:
        own = {str(getattr(route, "path", "")).strip("/").partition("/")[0] for route in routes}
        self.app, self.known = app, _SCREENS | _SIGN_IN | own | {""}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not is_screen(scope) or scope["path"].strip("/").partition("/")[0] in self.known:
            await self.app(scope, receive, send)
            return
        query = scope.get("query_string", b"").decode("latin-1")
        await RedirectResponse("/" + (f"?{query}" if query else ""))(scope, receive, send)
