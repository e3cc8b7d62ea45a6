"""Where the labels of a scatter chart go, so that they do not lie on each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

#: height of a line and mean width of a character, in cm, at 8 points
LINE, CHARACTER = 0.36, 0.155
GAP = 0.18


@dataclass(frozen=True)
class Label:
    """What is written at a point, and on which side of it: ``r``, ``l``, ``t`` or ``b``; None: nothing is written.

    ``struck``: a cut line goes through it, for want of another place.
    """

    text: str
    side: str | None
    struck: bool = False


@dataclass(frozen=True)
class Frame:
    """One axis of a matrix: what is drawn of it, in which steps, and how its numbers are written."""

    low: float
    high: float
    step: float
    numbers: str

    @classmethod
    def of(cls, low: float, high: float) -> Frame:
        """An axis for a scale: a step of room at each end, without a number there.

        >>> Frame.of(1, 10)
        Frame(low=0, high=11, step=1, numbers='[<1]"";[>10]"";0')
        """
        width = high - low
        step = 1 if 3 <= width <= 12 else width / 10
        whole = float(step).is_integer() and float(low).is_integer()
        return cls(low - step, high + step, step, f'[<{low:g}]"";[>{high:g}]"";' + ("0" if whole else "0.0"))

    def share(self, value: float) -> float:
        """Where a value stands between the ends, 0 to 1."""
        return (float(value) - self.low) / (self.high - self.low)


@dataclass(frozen=True)
class _Box:
    left: float
    bottom: float
    right: float
    top: float

    def over(self, other: _Box) -> float:
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.top, other.top) - max(self.bottom, other.bottom)
        return width * height if width > 0 and height > 0 else 0.0

    def crossed(self, lines: tuple[float, float] | None) -> int:
        """How many of a plumb and a level line would strike it through."""
        return 0 if lines is None else (self.left < lines[0] < self.right) + (self.bottom < lines[1] < self.top)

    def outside(self, width: float, height: float) -> float:
        beyond = max(0.0, -self.left) + max(0.0, self.right - width) + max(0.0, -self.bottom) + max(0.0, self.top - height)
        return beyond * LINE


def _box(x: float, y: float, text: str, side: str) -> _Box:
    wide = len(text) * CHARACTER
    if side in "rl":
        left = x + GAP if side == "r" else x - GAP - wide
        return _Box(left, y - LINE / 2, left + wide, y + LINE / 2)
    bottom = y + GAP if side == "t" else y - GAP - LINE
    return _Box(x - wide / 2, bottom, x + wide / 2, bottom + LINE)


def place_labels(
    points: Sequence[tuple[float, float, str, str]], width: float, height: float, corners: tuple[float, float] | None = None,
    lines: tuple[float, float] | None = None,
) -> list[Label]:
    """A label for each point: its name where there is room on one of its sides, else its number, else none.

    Where there is a choice a name keeps off the cut lines, which would strike it through. Of several points at one spot the first says
    how many have no label of their own: ``Newsletter +2``.

    Parameters
    ----------
    points : x and y as shares (0 to 1) of the plot, then the name and the number, the most important point first.
    width, height : of the plot, in cm. corners : size of the names that stand in its corners, in cm.
    lines : where the plumb and the level line are drawn, as shares of the plot.

    >>> [label.side for label in place_labels([(0.48, 0.3, "Devis", "T1")], 20, 10)]
    ['r']
    >>> [label.side for label in place_labels([(0.48, 0.3, "Devis", "T1")], 20, 10, lines=(0.5, 0.5))]
    ['l']
    """
    cuts = None if lines is None else (lines[0] * width, lines[1] * height)
    taken = [] if corners is None else _corners(width, height, *corners)
    taken += [_Box(x * width - 0.1, y * height - 0.1, x * width + 0.1, y * height + 0.1) for x, y, _, _ in points]
    labels: list[Label] = []
    for x, y, name, number in points:
        found = _best(x * width, y * height, (name, number), taken, (width, height), cuts)
        if found is None:
            labels.append(Label("", None))
        else:
            label, box = found
            labels.append(label)
            taken.append(box)
    return _with_rest(points, labels)


def _corners(width: float, height: float, wide: float, high: float) -> list[_Box]:
    return [_Box(left, low, left + wide, low + high) for left in (0.0, width - wide) for low in (0.0, height - high)]


def _best(
    x: float, y: float, texts: tuple[str, str], taken: list[_Box], size: tuple[float, float], lines: tuple[float, float] | None
) -> tuple[Label, _Box] | None:
    for text in texts:
        boxes = [(side, _box(x, y, text, side)) for side in "rltb"]
        costs = [sum(box.over(other) for other in taken) + box.outside(*size) for _, box in boxes]
        free = [index for index in range(4) if costs[index] < 0.02]
        if free:
            best = min(free, key=lambda index: (boxes[index][1].crossed(lines), costs[index], index))
            side, box = boxes[best]
            return Label(text, side, box.crossed(lines) > 0), box
    return None


def _with_rest(points: Sequence[tuple[float, float, str, str]], labels: list[Label]) -> list[Label]:
    """The first label of a spot says how many points of that spot have none."""
    told = list(labels)
    first: dict[tuple[float, float], int] = {}
    silent: dict[tuple[float, float], int] = {}
    for position, (x, y, _, _) in enumerate(points):
        if labels[position].side:
            first.setdefault((x, y), position)
        else:
            silent[x, y] = silent.get((x, y), 0) + 1
    for spot, count in silent.items():
        if spot in first:
            label = labels[first[spot]]
            told[first[spot]] = replace(label, text=f"{label.text} +{count}")
    return told
