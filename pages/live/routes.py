"""The addresses of a workshop: the phones' under ``/p/CODE``, the facilitator's board under ``/live/ID``."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import lru_cache
from typing import Any

import anyio.to_thread
import sqlalchemy as sa
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse

from analysis.errors import ParcoursError
from analysis.project.views import emotion_faces, emotion_levels
from analysis.workshop import Refused, Workshop
from analysis.workshop.answers import answer_from
from analysis.workshop.codes import hashed, is_token, new_token, normalised
from analysis.workshop.model import Participant
from pages.live.html import address, assets, filled, framed, html, spoken
from pages.live.hub import Hub
from pages.live.pace import Pace
from pages.live.words import phone_words, words
from pages.shell import workspace

COOKIE = "parcours_phone"
#: seconds that a phone is known
_LASTS = 14 * 3600
#: bytes that a request may bring
_LARGEST = 4096
_STATUS = {
    "no_room": 404, "no_round": 404, "too_fast": 429, "not_joined": 401, "removed": 403, "locked": 403, "full": 403, "facilitator": 403,
    "other_side": 403, "bad_request": 400, "unknown_item": 400, "outside": 400, "too_long": 413, "ended": 410,
}  # fmt: skip
_hub: Hub | None = None
_pace = Pace()


@asynccontextmanager
async def on_air(engine: Callable[[], sa.Engine]) -> AsyncIterator[None]:
    """What the server's lifespan holds open while it runs."""
    global _hub
    _hub = Hub(await anyio.to_thread.run_sync(engine))
    try:
        async with _hub.running():
            yield
    finally:
        _hub = None


class _OffAir(RuntimeError):
    """The server is about to stop, or could not open its database."""


def hub() -> Hub:
    if _hub is None:
        raise _OffAir
    return _hub


# --- who asks ---------------------------------------------------------------------------------------------------


def token_of(request: Request) -> str:
    """The secret of the phone, or ``""``."""
    kept = request.cookies.get(COOKIE, "")
    return kept if is_token(kept) else ""


async def room_of(request: Request) -> Workshop:
    """The room of the code in the address.

    Raises
    ------
    Refused : code ``no_room``, or ``too_fast`` for who has tried too many.
    """
    attempts, where = hub().attempts, address(request)
    if not attempts.allowed(where):
        raise Refused("too_fast")
    code = normalised(request.path_params["code"])
    try:
        if not code:
            raise Refused("no_room")
        return await hub().room(code)
    except Refused:
        attempts.wrong(where)
        await asyncio.sleep(attempts.delay(where))
        raise


async def person_of(request: Request, room: Workshop) -> Participant | None:
    token = token_of(request)
    person = await anyio.to_thread.run_sync(hub().people.find, room.id, hashed(token)) if token else None
    if person is not None and not person.removed:
        hub().attempts.trust(address(request))
    return person


def answering(handler: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    """A refusal becomes an answer with its code and sentence; a database that is busy asks the phone to come back."""

    async def handle(request: Request) -> Response:
        try:
            response = await handler(request)
        except Refused as reason:
            body = {"code": reason.code, "message": reason.message(spoken(request))}
            response = JSONResponse(body, _STATUS.get(reason.code, 409))
        except (sa.exc.SQLAlchemyError, _OffAir):
            response = JSONResponse({"code": "busy", "message": words(spoken(request))["error"]}, 503, {"retry-after": "1"})
        except ClientDisconnect:
            response = Response(status_code=400)
        response.headers["cache-control"] = "no-store"
        return response

    return handle


async def body_of(request: Request) -> Any:
    """The request's JSON, small and an object.

    Raises
    ------
    Refused : code ``bad_request``, or ``too_long`` for more than 4 kB.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise Refused("bad_request")  # a form of another site cannot send this without asking first
    data = b""
    async for part in request.stream():
        data += part
        if len(data) > _LARGEST:
            raise Refused("too_long")
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Refused("bad_request") from error
    if not isinstance(found, dict):
        raise Refused("bad_request")
    return found


# --- phones -----------------------------------------------------------------------------------------------------


@answering
async def page(request: Request) -> Response:
    """The page itself; a phone gets its secret here, so that joining twice is joining once."""
    try:
        room = await room_of(request)
    except Refused as reason:
        return _entrance(request, reason.code)
    path = f"/p/{room.code}"
    if request.url.path != path:
        return RedirectResponse(path + (f"?{request.url.query}" if request.url.query else ""), 302)
    language = spoken(request, room.language)
    own = await anyio.to_thread.run_sync(_emotions_of, room.project, language)
    response = html(_page(language, room.code, own))
    if not token_of(request):
        response.set_cookie(COOKIE, new_token(), _LASTS, path=path, secure=request.url.scheme == "https", httponly=True, samesite="lax")
    return response


@answering
async def entrance(request: Request) -> Response:
    """Where a code is typed."""
    code = request.query_params.get("code", "")
    if code:
        return RedirectResponse(f"/p/{normalised(code) or 'unknown'}", 303)
    return _entrance(request, "")


def _entrance(request: Request, problem: str) -> Response:
    return html(_entrance_page(spoken(request), problem), {"": 200, "too_fast": 429}.get(problem, 404))


@answering
async def state(request: Request) -> Response:
    """What this phone shows now."""
    room = await room_of(request)
    person = await person_of(request, room)
    return JSONResponse(await anyio.to_thread.run_sync(hub().views.seat, room.id, person))


@answering
async def join(request: Request) -> Response:
    """Come in."""
    room, token = await room_of(request), token_of(request)
    raw = await body_of(request)
    if not token:
        raise Refused("not_joined")
    if not hub().attempts.join(room.id):
        raise Refused("too_fast")
    side, author = str(raw.get("side", ""))[:10], request.scope.get("parcours.author", "")
    person = await hub().written(lambda: hub().people.join(room.id, hashed(token), side=side, author=author))
    hub().attempts.trust(address(request))
    return JSONResponse(await anyio.to_thread.run_sync(hub().views.seat, room.id, person))


@answering
async def name(request: Request) -> Response:
    """Say who one is, where a round asks for it."""
    room = await room_of(request)
    raw, person = await body_of(request), await person_of(request, room)
    if person is None:
        raise Refused("not_joined")
    if not _pace.allows(person.token):
        raise Refused("too_fast")
    named = await hub().written(lambda: hub().people.name(person, raw.get("name")))
    return JSONResponse(await anyio.to_thread.run_sync(hub().views.seat, room.id, named))


@answering
async def vote(request: Request) -> Response:
    """Take one answer; the answer to it is sent when it is on the disk."""
    room, token = await room_of(request), token_of(request)
    if not token:
        raise Refused("not_joined")
    if not _pace.allows(token):
        raise Refused("too_fast")
    refusal = await hub().cast(answer_from(await body_of(request), workshop=room.id, token=hashed(token)))
    if refusal is not None:
        raise refusal
    return JSONResponse({"ok": True})


@answering
async def events(request: Request) -> Response:
    """What a phone follows: which question is on, how many have voted, how much time is left."""
    room = await room_of(request)
    person = await person_of(request, room)
    if person is None or person.removed:
        raise Refused("not_joined")

    async def belongs() -> bool:
        found = await anyio.to_thread.run_sync(hub().people.find, room.id, person.token)
        return found is not None and not found.removed

    channel = await hub().channel(room.id)
    return _stream(channel.listen("phones", belongs))


# --- the facilitator --------------------------------------------------------------------------------------------


@answering
async def board(request: Request) -> Response:
    """What the facilitator's screen follows. The door (:mod:`door`) lets nobody else come this far."""
    channel = await hub().channel(request.path_params["workshop"])
    return _stream(channel.listen("board"))


def _stream(messages: AsyncIterator[bytes]) -> Response:
    return StreamingResponse(messages, media_type="text/event-stream", headers={"x-accel-buffering": "no"})


# --- files ------------------------------------------------------------------------------------------------------


async def asset(request: Request) -> Response:
    """The page's script and style; their address holds a hash of their content, so they are kept for good."""
    found = assets().get(request.path_params["file"])
    if found is None:
        return Response(status_code=404)
    content, kind = found
    return Response(content, media_type=kind, headers={"cache-control": "public, max-age=31536000, immutable"})


#: a face of the project's own on the phone's disc of 40 × 40; its path is one of the house's
_OWN_FACE = (
    "<path fill='none' stroke='#fff' stroke-width='.15' stroke-linecap='round' transform='translate(20 20)scale(16)' d='{path}'/>"
)


def _emotions_of(project: str, language: str) -> tuple[tuple[str, str], ...]:
    """What the project calls the five levels of emotion (“e-2” … “e2”) and draws for them (“f-2” …), where it has its own."""
    from analysis.charts.palette import FACES, look  # its package takes a second to load, and the first page waits for this module

    try:
        found = workspace.store().load(project)
    except ParcoursError:
        return ()
    levels = emotion_levels(found, language) if any(found.settings.views.get("levels") or ()) else []
    names = [(f"e{step - 2}", name) for step, name in enumerate(levels)]
    faces = [(f"f{step - 2}", _OWN_FACE.format(path=look(step, code))) for step, code in enumerate(emotion_faces(found)) if code in FACES]
    return (*names, *faces)


@lru_cache(maxsize=64)
def _page(language: str, code: str, own: tuple[tuple[str, str], ...] = ()) -> str:
    told = {"code": code, "lang": language, "words": phone_words(language) | dict(own)}
    data = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return filled("page.html", {"lang": language, "title": words(language)["code_title"]}, raw={"data": data.replace("<", "\\u003c")})


@lru_cache(maxsize=16)
def _entrance_page(language: str, problem: str) -> str:
    told = words(language)
    values = {"title": told["code_title"], "label": told["code_label"], "go": told["join"], "problem": told.get(problem, "")}
    return framed("entrance.html", {"lang": language} | values)
