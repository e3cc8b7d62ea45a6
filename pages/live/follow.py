"""Following a presentation on a phone: a light page that shows what is on screen, and nothing else.

A page needs no session of Streamlit; it is told of changes by server-sent events.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from analysis import ParcoursError
from analysis.language import translator
from pages.presenting.choice import read
from pages.presenting.show import Show, by_code
from pages.presenting.told import mark_of, slides_of
from pages.shell import workspace

#: seconds between two looks, and between two signs of life on a quiet stream
EVERY, BEAT = 0.4, 12.0
#: how many phones may follow one presentation
MOST = 500
_HERE = Path(__file__).parent
_listening: dict[str, int] = {}


# --- what a phone is shown --------------------------------------------------------------------------------------


def on_screen(show: Show) -> dict[str, Any]:
    """What the screen shows now, as a phone reads it: title, lead, a small table, place. Never notes, never other slides."""
    revision = workspace.store().revision(show.project)
    told = slides_of(show.project, revision, show.language, read(show.told), shown=show.slide)
    index = next((i for i, slide in enumerate(told) if slide.id == show.slide), 0)
    slide = told[index]
    words = _words(show.language)
    if show.blank:
        return {"language": show.language, "blank": True, "title": words["blank"], "lead": "", "head": [], "rows": [], "place": ""}
    return {
        "language": show.language,
        "blank": False,
        "title": slide.title,
        "lead": slide.lead,
        "head": list(slide.head),
        "rows": [list(row) for row in slide.rows],
        "place": " · ".join(filter(None, [f"{index + 1} / {len(told)}", mark_of(show.project, show.language, read(show.told))])),
    }


@lru_cache(maxsize=4)
def _words(language: str) -> dict[str, str]:
    t = translator(language)
    return {
        "blank": t("The screen is black for a moment."),
        "over": t("The presentation is no longer followed."),
        "away": t("Looking for the screen…"),
        "name": t("Presentation"),
        "wait": t("One moment…"),
    }


class _Glance:
    """The latest look at each presentation, shared by its phones: a room of them costs one look."""

    def __init__(self) -> None:
        self.seen: dict[str, tuple[float, int, bytes]] = {}
        self.lock = asyncio.Lock()

    async def __call__(self, show: Show) -> bytes:
        async with self.lock:
            at, revision, found = self.seen.get(show.code, (0.0, -1, b""))
            if revision != show.revision or time.monotonic() - at > EVERY:
                told = await anyio.to_thread.run_sync(on_screen, show)
                found = json.dumps(told, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
                if len(self.seen) > MOST:
                    self.seen.clear()
                self.seen[show.code] = (time.monotonic(), show.revision, found)
            return found


# --- addresses --------------------------------------------------------------------------------------------------


async def page(request: Request) -> Response:
    """The page of a phone; 404 with a sentence when its code is void."""
    show = by_code(request.path_params["code"])
    language = show.language if show else _spoken(request)
    words = _words(language)
    if show is None:
        return _html(_filled("follow_over.html", lang=language, title=words["name"], text=words["over"]), 404)
    data = json.dumps(words | {"code": show.code}, ensure_ascii=False).replace("<", "\\u003c")
    return _html(_filled("follow.html", lang=language, title=words["name"], text=words["wait"], code=show.code).replace("{data}", data))


async def events(request: Request) -> Response:
    """What is on screen, each time it changes; ends when the code is void."""
    show = by_code(request.path_params["code"])
    if show is None:
        return Response(status_code=204)  # tells an EventSource not to come back
    if _listening.get(show.code, 0) >= MOST:
        return Response(status_code=503, headers={"retry-after": "5"})
    return StreamingResponse(
        _stream(show.code), media_type="text/event-stream", headers={"cache-control": "no-store", "x-accel-buffering": "no"}
    )


async def _stream(code: str) -> AsyncIterator[bytes]:
    glance, known, told_at = _glance(), b"", time.monotonic()
    _listening[code] = _listening.get(code, 0) + 1
    try:
        yield b"retry: 1500\n\n"
        while (show := by_code(code)) is not None:
            try:
                found = await glance(show)
            except ParcoursError:  # the project was deleted meanwhile
                break
            if found != known:
                known, told_at = found, time.monotonic()
                yield b"data: " + found + b"\n\n"
            elif time.monotonic() - told_at > BEAT:
                told_at = time.monotonic()
                yield b": here\n\n"
            await asyncio.sleep(EVERY)
        yield b"event: over\ndata: {}\n\n"
    finally:
        _listening[code] -= 1
        if not _listening[code]:
            del _listening[code]


_glances: WeakKeyDictionary[asyncio.AbstractEventLoop, _Glance] = WeakKeyDictionary()


def _glance() -> _Glance:
    """One for each event loop, since its lock belongs to it."""
    return _glances.setdefault(asyncio.get_running_loop(), _Glance())


async def script(request: Request) -> Response:
    """The page's script; it holds nothing of anybody."""
    return Response(_text("follow.js"), media_type="text/javascript", headers={"cache-control": "no-cache"})


def _spoken(request: Request) -> str:
    """The first language of the phone that we speak, else French."""
    from pages.shell.language import accepted

    wishes = (wish.split("-")[0].lower() for wish in accepted(request.headers.get("accept-language", "")))
    return next((wish for wish in wishes if wish in ("fr", "en")), "fr")


def _html(text: str, status: int = 200) -> Response:
    headers = {"cache-control": "no-store", "x-robots-tag": "noindex"}
    return Response(text, status, headers, media_type="text/html")


@lru_cache(maxsize=8)
def _text(name: str) -> str:
    return (_HERE / name).read_text("utf-8")


def _filled(name: str, **values: str) -> str:
    """A page with its ``{placeholders}`` filled; all of them are words of ours, escaped all the same."""
    text = _text(name).replace("{style}", _text("follow.css"))
    for key, value in values.items():
        text = text.replace(f"{{{key}}}", escape(value))
    return text
