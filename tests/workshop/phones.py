"""Phones without a browser: plain HTTP over a real connection, as any client could speak it."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit


class Phone:
    """One phone: keeps its cookie, asks, listens."""

    def __init__(self, address: str, code: str, **headers: str) -> None:
        self.host, self.code = urlsplit(address).netloc, code
        self.headers = {"accept": "text/html", "accept-language": "en"} | headers
        self.cookie = self.cookie_line = ""

    def ask(self, method: str, path: str, body: Any = None, timeout: float = 30, **headers: str) -> tuple[int, Any]:
        """Status and content (JSON where it is JSON)."""
        connection = http.client.HTTPConnection(self.host, timeout=timeout)
        given = self.headers | ({"cookie": self.cookie} if self.cookie else {}) | headers
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        if body is not None and "content-type" not in given:
            given["content-type"] = "application/json"
        try:
            connection.request(method, path[1:] if path.startswith("//") else f"/p/{self.code}{path}", data, given)
            answer = connection.getresponse()
            for name, value in answer.getheaders():
                if name == "set-cookie" and value.startswith("parcours_phone"):
                    self.cookie, self.cookie_line = value.partition(";")[0], value
            content = answer.read()
            self.answered: dict[str, str] = {}
            for name, value in answer.getheaders():
                self.answered[name.lower()] = ", ".join(filter(None, [self.answered.get(name.lower()), value]))
            kind = answer.headers.get("content-type", "")
            return answer.status, json.loads(content) if "json" in kind else content.decode("utf-8", "replace")
        finally:
            connection.close()

    def join(self, side: str = "customer") -> Phone:
        assert self.ask("GET", "")[0] == 200
        status, seat = self.ask("POST", "/join", {"side": side})
        assert status == 200, seat
        return self

    def vote(self, round: str, item: str, value: float, count: int = 1, timeout: float = 30) -> int:
        return self.ask("POST", "/vote", {"round": round, "item": item, "value": value, "count": count}, timeout)[0]

    def state(self) -> Any:
        return self.ask("GET", "/state")[1]


class Listener:
    """Follows a stream in a thread of its own; ``heard`` are its messages."""

    def __init__(self, address: str, path: str, cookie: str = "") -> None:
        self.heard: list[Any] = []
        self.status = 0
        self._connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
        self._connection.request("GET", path, headers={"cookie": cookie} if cookie else {})
        self._answer = self._connection.getresponse()
        self.status = self._answer.status
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        try:
            while line := self._answer.readline():
                if line.startswith(b"data: {"):
                    self.heard.append(json.loads(line[6:]))
        except (OSError, ValueError, http.client.HTTPException, AttributeError):
            return

    def wait(self, when: Callable[[Any], bool], seconds: float = 10) -> Any:
        """The first message, past or to come, for which ``when`` holds."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            found = next((message for message in list(self.heard) if when(message)), None)
            if found is not None:
                return found
            time.sleep(0.02)
        raise AssertionError(f"not heard within {seconds} s: {self.heard[-2:]}")

    def ended(self, seconds: float = 10) -> bool:
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def close(self) -> None:
        self._connection.close()
