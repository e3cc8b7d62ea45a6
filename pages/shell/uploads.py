"""How much a visit may upload. Streamlit limits each file, but not how many: any client could fill the memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.requests import ClientDisconnect
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from pages.shell.web import ASGIApp, Message, Receive, Scope, Send, header, refuse

MEGABYTE = 1024 * 1024
VISIT = 200 * MEGABYTE
#: of all visits together: a client that opens one visit after the other fills no memory either
SERVER = 1000 * MEGABYTE
_PATH = "/_stcore/upload_file/"
_FULL = "This visit has uploaded its 200 MB, or the server holds all that it can."


def here() -> str:
    """The visit of this run, as Streamlit numbers it; "" where there is none."""
    context = get_script_run_ctx(suppress_warning=True)
    return context.session_id if context else ""


def still_open(session: str) -> bool:
    """Whether a visit has its page open."""
    return runtime.exists() and runtime.get_instance().is_active_session(session)


@dataclass
class Ledger:
    """Bytes that each visit holds, file by file, and whose visits they are; Streamlit frees them at its end."""

    open: Callable[[str], bool] = still_open
    held: dict[tuple[str, str], int] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)

    def room(self, session: str, author: str) -> int:
        """Bytes still free for a visit; two tabs of one browser share the allowance, and all visits the server's."""
        self._forget_closed(session)
        theirs = {name for name, owner in self.owners.items() if owner == author} | {session}
        held = list(self.held.items())
        return min(VISIT - sum(size for (name, _), size in held if name in theirs), SERVER - sum(size for _, size in held))

    def add(self, session: str, file: str, author: str, size: int) -> None:
        self.owners[session] = author
        self.held[session, file] = self.held.get((session, file), 0) + size

    def drop(self, session: str, file: str) -> None:
        self.held.pop((session, file), None)

    def _forget_closed(self, current: str) -> None:
        for name in [name for name in list(self.owners) if name != current and not self.open(name)]:
            self.owners.pop(name, None)
            for key in [key for key in list(self.held) if key[0] == name]:
                self.held.pop(key, None)


#: of this server
LEDGER = Ledger()


def release(*files: UploadedFile) -> None:
    """Let the bytes of uploaded files go, now rather than at the end of the visit, and give their room back.

    Taking the uploader off the page does not do it: Streamlit keeps what was uploaded until the visit ends.
    """
    context = get_script_run_ctx()
    manager = context.uploaded_file_mgr if context else None
    if context is None or not isinstance(manager, MemoryUploadedFileManager):
        return
    for file in files:
        manager.remove_file(session_id=context.session_id, file_id=file.file_id)
        LEDGER.drop(context.session_id, file.file_id)


class TooMuch(Exception):
    """The visit's allowance is used up."""


class UploadAllowance:
    """Counts what arrives, as it arrives, and answers 413 when a visit has had its 200 MB."""

    def __init__(self, app: ASGIApp, ledger: Ledger | None = None) -> None:
        self.app = app
        self.ledger = LEDGER if ledger is None else ledger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or _PATH not in scope["path"] or scope["method"] not in {"PUT", "DELETE"}:
            await self.app(scope, receive, send)
            return
        session, _, file = scope["path"].partition(_PATH)[2].partition("/")
        if scope["method"] == "DELETE":
            await self._delete(scope, receive, send, session, file)
        else:
            await self._put(scope, receive, send, session, file)

    async def _delete(self, scope: Scope, receive: Receive, send: Send, session: str, file: str) -> None:
        status = Status(send)
        await self.app(scope, receive, status)
        if status.succeeded:
            self.ledger.drop(session, file)

    async def _put(self, scope: Scope, receive: Receive, send: Send, session: str, file: str) -> None:
        author = str(scope.get("parcours.author", ""))
        before = self.ledger.held.get((session, file), 0)
        announced = header(scope, "content-length")
        if self.ledger.room(session, author) < (int(announced) if announced.isdigit() else 0):
            await refuse(scope, receive, send, 413, _FULL)
            return

        arrived = 0

        async def counted() -> Message:
            nonlocal arrived
            message = await receive()
            size = len(message.get("body", b""))
            if size > self.ledger.room(session, author):
                raise TooMuch
            arrived += size
            self.ledger.add(session, file, author, size)
            return message

        status = Status(send)
        try:
            await self.app(scope, counted, status)
        except TooMuch:
            if not status.started:
                await refuse(scope, receive, send, 413, _FULL)
        except ClientDisconnect:
            pass  # the visitor has closed the page, or lost the network: nobody waits for an answer
        finally:
            self._settle(session, file, before, arrived, status.succeeded)

    def _settle(self, session: str, file: str, before: int, arrived: int, kept: bool) -> None:
        """A refused file takes no room; one that replaced another of the same name took the other's."""
        self.ledger.drop(session, file)
        if size := (arrived if kept else before):
            self.ledger.held[session, file] = size


class Status:
    """``send`` that remembers what was answered."""

    def __init__(self, send: Send) -> None:
        self.send = send
        self.code = 0

    @property
    def started(self) -> bool:
        return self.code != 0

    @property
    def succeeded(self) -> bool:
        return 200 <= self.code < 300

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.code = message["status"]
        await self.send(message)
