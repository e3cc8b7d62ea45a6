"""How much a file may ask for before it is refused."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Limits of one call of :func:`analysis.read`.

    Parameters
    ----------
    bytes : largest file, in bytes.
    seconds : time before the reading is given up, to which ``seconds_per_megabyte`` is added for each MB of the file.
    memory : most memory the reading process may take, in bytes; small files get less.
    cells : most cells of a file, blank ones not counted.

    Examples
    --------
    >>> Limits(bytes=1_000_000).seconds
    10.0
    """

    bytes: int = 50_000_000
    seconds: float = 10.0
    seconds_per_megabyte: float = 1.0
    memory: int = 2_000_000_000
    cells: int = 20_000_000

    def time_for(self, size: int) -> float:
        """Seconds granted to a file of ``size`` bytes."""
        return self.seconds + self.seconds_per_megabyte * size / 1_000_000
