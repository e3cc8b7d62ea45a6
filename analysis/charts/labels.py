"""Labels that never overlap: names beside their points, with leader lines where they had to move; numbers with a key when names do not fit.

Plain geometry in pixels, without any drawing: the charts, the drag component and the exports place labels the same way.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.charts.text import shortened, text_width
from analysis.methods.frames import Floats

Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True)
class Label:
    """Where a label stands. ``x`` is its left edge, ``y`` its middle; ``leader`` tells that it moved away from its point."""

    text: str
    x: float
    y: float
    width: float
    leader: bool
    anchor: tuple[float, float]  # the point of the label that its leader line ends at


@dataclass(frozen=True)
class Placement:
    """All labels of a chart. ``keyed``: the places of those that are numbers, 1, 2, 3…, whose names stand in a key."""

    labels: list[Label]
    keyed: tuple[int, ...] = ()

    @property
    def numbered(self) -> bool:
        """Whether any of them is a number."""
        return bool(self.keyed)


def place(
    points: Sequence[tuple[float, float]],
    texts: Sequence[str],
    area: tuple[float, float],
    radii: Sequence[float] | float = 7,
    size: float = 12,
    widest: float = 190,
    taken: Sequence[Box] = (),
    avoid: Sequence[Box] = (),
) -> Placement:
    """Find a place for each label, so that none overlaps another, a point, or the border.

    Parameters
    ----------
    points : x, y of each item, in pixels from the top left.
    texts : its name.
    area : width and height of the plot.
    radii : of the points. size : of the font, in pixels. widest : a longer name is shortened with ….
    taken : boxes that must stay free (left, top, right, bottom), the names of quadrants, say. avoid : boxes that names do not stand on
        either, cut lines, say; leader lines may cross them, and so may a number that finds no other place.

    Returns
    -------
    Placement: names when all fit; else numbers (``"1"``, ``"2"`` …, in the order given) for those that find no place, and for all when
    that is more than half of them.

    Notes
    -----
    Crowded points choose first. Candidates go outwards in rings, right and left before above and below; the first that is free is taken.
    """
    each = [radii] * len(points) if isinstance(radii, int | float) else list(radii)
    best: dict[int, Label] = {}
    for width in (widest, widest * 0.68):
        names = [shortened(text, width, size) for text in texts]
        if _more_than(area, names, each, size):
            continue
        orders = _orders(points, names)
        for order in orders:
            found = _placed(points, names, area, each, size, _Ground.of(taken), 5.5, order, avoid, whole=True)
            if len(found) == len(points):
                return Placement([found[index] for index in range(len(points))])
        best = max(best, _placed(points, names, area, each, size, _Ground.of(taken), 5.5, orders[0], avoid), key=len)
    return _with_numbers(points, best if 2 * len(best) >= len(points) else {}, area, each, size, taken)


def _with_numbers(
    points: Sequence[tuple[float, float]], named: dict[int, Label], area: tuple[float, float], radii: Sequence[float], size: float,
    taken: Sequence[Box],
) -> Placement:  # fmt: skip
    """The names that were placed, and numbers for the other points; where more points than pixels are, a number stands on its point."""
    rest = [index for index in range(len(points)) if index not in named]
    numbers = [str(rest.index(index) + 1) if index not in named else "" for index in range(len(points))]
    order = [index for index in _crowded_first(points, numbers) if index not in named]
    ground = _Ground.of(taken)
    for index, label in named.items():
        ground.add(points[index], label, size)
    # they may stand on a cut line: where there is hardly room for numbers there is none beside it
    found = _placed(points, numbers, area, radii, size, ground, 9, order, (), whole=not named) | named
    if len(found) < len(points) and not named:
        found = {}  # some beside and some on their points would read as those of their neighbours
    labels = [found.get(index) or _centred(points[index], numbers[index], size) for index in range(len(points))]
    return Placement(labels, tuple(rest))


def _more_than(area: tuple[float, float], texts: Sequence[str], radii: Sequence[float], size: float) -> bool:
    """Whether texts and points, side by side without any gap, would cover more than there is: then no order needs to be tried."""
    letters = sum(text_width(text, size) + 4 for text in texts) * size * 1.24
    return letters + sum(math.pi * r * r for r in radii) > area[0] * area[1]


def _centred(point: tuple[float, float], text: str, size: float) -> Label:
    width = text_width(text, size)
    return Label(text, point[0] - width / 2, point[1], width, False, point)


@dataclass
class _Ground:
    """What labels must keep clear of beside the points: boxes, and leader lines."""

    used: list[Box]
    lines: list[tuple[tuple[float, float], tuple[float, float]]]

    @classmethod
    def of(cls, taken: Sequence[Box]) -> _Ground:
        return cls(list(taken), [])

    def add(self, point: tuple[float, float], label: Label, size: float) -> None:
        self.used.append(_box(label, size))
        if label.leader:
            self.lines.append((point, label.anchor))


def _placed(
    points: Sequence[tuple[float, float]],
    texts: Sequence[str],
    area: tuple[float, float],
    radii: Sequence[float],
    size: float,
    ground: _Ground,
    far: float,
    order: Sequence[int],
    avoid: Sequence[Box] = (),
    whole: bool = False,
) -> dict[int, Label]:
    """point → its label, for each point of the order that finds a place; the ground knows them afterwards. ``whole``: all or soon none."""
    bubbles: list[Box] = [(x - r - 1, y - r - 1, x + r + 1, y + r + 1) for (x, y), r in zip(points, radii, strict=True)]
    blocks = np.array([*bubbles, *avoid], dtype=float).reshape(-1, 4)
    found: dict[int, Label] = {}
    for index in order:
        label = _free(points[index], texts[index], radii[index], size, area, blocks, ground.used, ground.lines, far)
        if label is not None:
            found[index] = label
            ground.add(points[index], label, size)
        elif whole:
            break
    return found


def _orders(points: Sequence[tuple[float, float]], texts: Sequence[str]) -> list[list[int]]:
    """Orders worth trying: crowded points first, then from the left, from the right, from the top."""
    indices = range(len(points))
    return [
        _crowded_first(points, texts),
        sorted(indices, key=lambda index: (points[index][0], points[index][1])),
        sorted(indices, key=lambda index: (-points[index][0], points[index][1])),
        sorted(indices, key=lambda index: (points[index][1], points[index][0])),
    ]


def _crowded_first(points: Sequence[tuple[float, float]], texts: Sequence[str]) -> list[int]:
    x, y = np.array(points, dtype=float).reshape(-1, 2).T
    crowd = (1 / (1 + np.hypot((x[:, None] - x) / 3, y[:, None] - y))).sum(axis=1).round(9).tolist()
    return sorted(range(len(points)), key=lambda index: (-crowd[index], -len(texts[index]), index))


def _free(
    point: tuple[float, float],
    text: str,
    radius: float,
    size: float,
    area: tuple[float, float],
    blocks: Floats,
    used: Sequence[Box],
    lines: Sequence[tuple[tuple[float, float], tuple[float, float]]],
    far: float,
) -> Label | None:
    for label in _candidates(point, text, radius, size, far):
        box = _box(label, size)
        if box[0] < 0 or box[1] < 0 or box[2] > area[0] or box[3] > area[1]:
            continue
        if any(_overlap(box, other) for other in used) or _overlaps(box, blocks):
            continue
        if any(_crosses(line, box) for line in lines):
            continue
        leader = (point, label.anchor)
        if label.leader and (any(_crosses(leader, other) for other in used) or any(_meet(leader, line) for line in lines)):
            continue
        return label
    return None


def _candidates(point: tuple[float, float], text: str, radius: float, size: float, far: float) -> Iterator[Label]:
    """Places around a point, nearest first."""
    x, y = point
    width, half = text_width(text, size), size * 0.62
    near = radius + 4
    yield Label(text, x + near, y, width, False, (x + near, y))
    yield Label(text, x - near - width, y, width, False, (x - near, y))
    yield Label(text, x - width / 2, y - near - half, width, False, (x, y - near))
    yield Label(text, x - width / 2, y + near + half, width, False, (x, y + near))
    ring = 1.0
    while ring <= far:
        distance = near + ring * size * 1.15
        for angle in (0, 180, -35, 35, -145, 145, -65, 65, -115, 115, -90, 90):
            across, down = math.cos(math.radians(angle)), math.sin(math.radians(angle))
            u, v = x + distance * across, y + distance * down
            left = u - width if across < -0.3 else u if across > 0.3 else u - width / 2
            end = (u, v) if abs(across) > 0.3 else (u, v - math.copysign(half, down))
            yield Label(text, left, v, width, True, end)
        ring += 0.5


def _box(label: Label, size: float) -> Box:
    return label.x - 2, label.y - size * 0.62, label.x + label.width + 2, label.y + size * 0.62


def _overlap(one: Box, two: Box) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


def _overlaps(box: Box, boxes: Floats) -> bool:
    """Whether a box overlaps any of many."""
    left, top, right, bottom = boxes.T
    return bool(((box[0] < right) & (left < box[2]) & (box[1] < bottom) & (top < box[3])).any())


def _crosses(line: tuple[tuple[float, float], tuple[float, float]], box: Box) -> bool:
    """Whether a line passes through a box (Liang and Barsky)."""
    (x, y), (u, v) = line
    low, high = 0.0, 1.0
    for move, start, least, most in ((u - x, x, box[0], box[2]), (v - y, y, box[1], box[3])):
        if move == 0:
            if not least < start < most:
                return False
            continue
        one, two = sorted(((least - start) / move, (most - start) / move))
        low, high = max(low, one), min(high, two)
    return low < high - 1e-9


def _meet(one: tuple[tuple[float, float], tuple[float, float]], two: tuple[tuple[float, float], tuple[float, float]]) -> bool:
    """Whether two lines cross."""

    def side(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    return side(*one, two[0]) * side(*one, two[1]) < 0 and side(*two, one[0]) * side(*two, one[1]) < 0


#: so many discs stand on one circle
_CIRCLE = 6


def fanned(
    points: Sequence[tuple[float, float]], radii: Sequence[float] | float = 7, closer_than: float = 1.0, rooms: Sequence[Box] | None = None
) -> tuple[list[tuple[float, float]], list[int]]:
    """Spread the points that share a spot on a small circle around it, or many of them on circles within each other.

    ``rooms`` : for each point the box in which its whole disc stays (its quadrant); a circle that would leave it is shifted back in.

    Returns the points, and the indices of those that were moved.
    """
    each = [radii] * len(points) if isinstance(radii, int | float) else list(radii)
    spots: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index, (x, y) in enumerate(points):
        spots[round(x / closer_than), round(y / closer_than)].append(index)
    result, moved = list(points), []
    for members in spots.values():
        if len(members) < 2:
            continue
        widest = max(each[member] for member in members) + 1.5
        for (across, down), member in zip(_fan(len(members), widest), members, strict=True):
            result[member] = (points[member][0] + across, points[member][1] + down)
        if rooms is not None:
            _shift_in(result, members, each, rooms)
        moved += members
    return result, sorted(moved)


def _fan(count: int, radius: float) -> list[tuple[float, float]]:
    """Where so many discs stand around one spot without touching: on a circle; many of them on circles around each other, to stay near."""
    if count <= _CIRCLE:
        ring = max(radius / math.sin(math.pi / count), radius)
        start = math.pi / 2 * (count > 2)
        return [(ring * math.cos(turn - start), ring * math.sin(turn - start)) for turn in (2 * math.pi * n / count for n in range(count))]
    found = [(0.0, 0.0)]
    for circle in range(1, count):
        there = min(6 * circle, count - len(found))
        turns = [2 * math.pi * n / max(there, 1) for n in range(there)]
        found += [(2 * radius * circle * math.cos(turn), 2 * radius * circle * math.sin(turn)) for turn in turns]
    return found


def _shift_in(points: list[tuple[float, float]], members: Sequence[int], radii: Sequence[float], rooms: Sequence[Box]) -> None:
    """Move points of one spot together by as little as brings all of their discs into their rooms."""
    move = []
    for axis in (0, 1):
        low = max(rooms[m][axis] + radii[m] + 1 - points[m][axis] for m in members)
        high = min(rooms[m][axis + 2] - radii[m] - 1 - points[m][axis] for m in members)
        move.append(max(low, 0.0) if low > 0 else min(high, 0.0))
    for member in members:
        points[member] = (points[member][0] + move[0], points[member][1] + move[1])
