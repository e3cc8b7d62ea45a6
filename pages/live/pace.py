"""How fast one phone may send: thirty answers at once, then five a second. A finger on a slider stays far below."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

BURST, PER_SECOND = 30.0, 5.0
_REMEMBERED = 5000


class Pace:
    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allows(self, phone: str) -> bool:
        """Whether this phone may send now; it counts as sent."""
        now = self._clock()
        left, at = self._left.pop(phone, (BURST, now))
        left = min(BURST, left + (now - at) * PER_SECOND)
        self._left[phone] = (max(0.0, left - 1), now)
        while len(self._left) > _REMEMBERED:
            self._left.popitem(last=False)
        return left >= 1
