"""Guessing a code or a password takes too long: attempts are counted per address, per code, and in all.

A whole room shares one address, so an address that holds somebody who has joined is never shut out; its wrong attempts are
only slowed down.
"""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable

MINUTE = 60.0
PER_ADDRESS = 20
IN_ALL = 120
#: people who may join one room in a minute: a full room at once, and no more
PER_CODE = 600
#: addresses and codes that are remembered
_REMEMBERED = 5000


class Attempts:
    """Wrong attempts of the last minute, in memory. ``clock`` gives seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, per_address: int = PER_ADDRESS, in_all: int = IN_ALL) -> None:
        self._clock = clock
        self._per_address, self._in_all = per_address, in_all
        self._wrong: OrderedDict[str, deque[float]] = OrderedDict()
        self._all: deque[float] = deque(maxlen=in_all)
        self._joined: OrderedDict[str, deque[float]] = OrderedDict()
        self._trusted: OrderedDict[str, float] = OrderedDict()

    def allowed(self, address: str) -> bool:
        """Whether this address may try once more now."""
        if self.trusted(address):
            return True
        return self._recent(self._wrong, address) < self._per_address and _since(self._all, self._clock()) < self._in_all

    def delay(self, address: str) -> float:
        """Seconds to wait before answering a wrong attempt of an address that is not shut out."""
        return min(2.0, 0.05 * self._recent(self._wrong, address))

    def wrong(self, address: str) -> None:
        """Somebody at this address tried a code that no room has."""
        _note(self._wrong, address, self._clock())
        self._all.append(self._clock())

    def join(self, code: str) -> bool:
        """Count one more who wants to join a room; False: too many in this minute."""
        if self._recent(self._joined, code) >= PER_CODE:
            return False
        _note(self._joined, code, self._clock(), PER_CODE)
        return True

    def trust(self, address: str) -> None:
        """Somebody who has joined is at this address."""
        self._trusted[address] = self._clock()
        self._trusted.move_to_end(address)
        while len(self._trusted) > _REMEMBERED:
            self._trusted.popitem(last=False)

    def trusted(self, address: str) -> bool:
        """Whether somebody who has joined was here in the last twelve hours."""
        return self._clock() - self._trusted.get(address, -1e9) < 12 * 3600

    def _recent(self, counts: OrderedDict[str, deque[float]], key: str) -> int:
        return _since(counts[key], self._clock()) if key in counts else 0


def _since(moments: deque[float], now: float) -> int:
    while moments and now - moments[0] > MINUTE:
        moments.popleft()
    return len(moments)


def _note(counts: OrderedDict[str, deque[float]], key: str, now: float, most: int = 200) -> None:
    counts.setdefault(key, deque(maxlen=most)).append(now)
    counts.move_to_end(key)
    while len(counts) > _REMEMBERED:
        counts.popitem(last=False)
