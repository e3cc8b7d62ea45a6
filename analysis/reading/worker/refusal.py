"""What the worker says when it will not or cannot read a file."""

from __future__ import annotations


class Refusal(Exception):
    """``code`` is one of ReadError's; ``reason`` picks the sentence (see ``analysis.reading.refusals``)."""

    def __init__(self, code: str, reason: str | None = None, **values: object) -> None:
        super().__init__(code, reason)
        self.code = code
        self.reason = reason or code
        self.values = values
