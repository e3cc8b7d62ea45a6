"""Files as small businesses and survey tools write them, made by script, with what must be read from each written down.

``CASES``: name of the file → a function that gives its bytes and what is expected. The expectation names tables by position:
``kind``, ``columns`` (column of the frame → values), ``rows`` (kind of row → how many), ``scales``, ``mapping`` (header → field).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Expected = dict[int, dict[str, Any]]
Case = Callable[[], tuple[bytes, Expected]]
CASES: dict[str, Case] = {}


def case(name: str) -> Callable[[Case], Case]:
    """Register the maker of a file."""

    def keep(make: Case) -> Case:
        assert name not in CASES
        CASES[name] = make
        return make

    return keep


from . import books, offices, surveys, texts  # noqa: E402, F401  # they register their cases
