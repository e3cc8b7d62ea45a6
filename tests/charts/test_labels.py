"""Labels never overlap, and pairs on the same spot fan out."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.charts.labels import Label, fanned, place
from analysis.charts.text import fitting_size, lines_of, shortened, text_width

AREA = (760.0, 520.0)


def box(label: Label, size: float = 12) -> tuple[float, float, float, float]:
    return label.x, label.y - size / 2, label.x + label.width, label.y + size / 2


def overlaps(one: tuple[float, ...], two: tuple[float, ...]) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


@pytest.mark.parametrize("count", [1, 3, 20, 80])
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_no_label_overlaps_another_or_a_point(count: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    spots = [(80 + 66.0 * x, 40 + 48.0 * y) for x, y in zip(random.integers(0, 10, count), random.integers(0, 10, count), strict=True)]
    points, _ = fanned(spots)
    found = place(points, [f"Prise de rendez-vous en ligne {n}" for n in range(count)], AREA)
    boxes = [box(label) for label in found.labels]
    assert len(boxes) == count
    for one, two in combinations(boxes, 2):
        assert not overlaps(one, two)
    for x, y in points:
        assert not any(overlaps((x - 6, y - 6, x + 6, y + 6), other) for other in boxes)
    for left, top, right, bottom in boxes:
        assert left >= 0
        assert top >= 0
        assert right <= AREA[0]
        assert bottom <= AREA[1]


def test_few_items_keep_their_names_and_many_get_numbers() -> None:
    near = [(100.0 + 20 * n, 100.0) for n in range(4)]
    assert not place(near, list("abcd"), AREA).numbered
    crowd = [(300.0 + 18 * (n % 6), 200.0 + 18 * (n // 6)) for n in range(36)]
    found = place(crowd, ["Un nom de point de contact assez long"] * 36, AREA)
    assert found.numbered
    assert [label.text for label in found.labels] == [str(n) for n in range(1, 37)]


def test_a_label_that_moved_away_has_a_leader_line() -> None:
    column = [(20.0, 100.0), (34.0, 100.0), (48.0, 100.0), (27.0, 88.0), (41.0, 88.0), (27.0, 112.0), (41.0, 112.0)]
    found = place(column, [f"Nom {n}" for n in range(7)], AREA)
    assert any(label.leader for label in found.labels)


def test_names_of_quadrants_stay_free() -> None:
    taken = (0.0, 0.0, 120.0, 30.0)
    found = place([(60.0, 40.0)], ["Devis"], AREA, taken=[taken])
    assert not overlaps(box(found.labels[0]), taken)


def test_points_on_the_same_spot_fan_out_without_touching() -> None:
    points, moved = fanned([(100.0, 100.0)] * 5 + [(300.0, 100.0)], radii=7)
    assert moved == [0, 1, 2, 3, 4]
    assert points[5] == (300.0, 100.0)
    for (x, y), (u, v) in combinations(points[:5], 2):
        assert np.hypot(x - u, y - v) >= 14
    pair, _ = fanned([(10.0, 10.0), (10.0, 10.0)])
    assert pair[0][1] == pytest.approx(pair[1][1])


@given(st.lists(st.tuples(st.floats(20, 740), st.floats(20, 500)), max_size=12))
@settings(max_examples=40, deadline=None)
def test_every_point_gets_exactly_one_label_wherever_it_lies(points: list[tuple[float, float]]) -> None:
    found = place(points, [f"n° {n}" for n in range(len(points))], AREA)
    assert len(found.labels) == len(points)


def test_texts_are_measured_broken_and_shortened() -> None:
    assert text_width("Écran", 10) == pytest.approx(text_width("Ecran", 10))
    assert text_width("W", 10) > text_width("i", 10)
    assert lines_of("Site web : page « Nos marques »", 90, 12) == ["Site web\u00a0: page", "«\u00a0Nos marques\u00a0»"]
    assert lines_of("a b c", 1000, 12) == ["a b c"]
    assert all(text_width(line, 12) <= 60 for line in lines_of("Anticonstitutionnellement vrai", 60, 12))
    assert lines_of("un deux trois quatre cinq six", 40, 12, most=2)[-1].endswith("…")
    assert shortened("Prise de rendez-vous en ligne", 80, 12).endswith("…")
    assert fitting_size(["Recommandation"], 60, 12, 5) == pytest.approx(60 / text_width("Recommandation", 1), abs=0.3)
    assert fitting_size(["Recommandation"], 20, 12, 9) is None


def test_a_fan_stays_in_its_own_quadrant() -> None:
    """Six items at (100, 100), just above a cut at 110: the ring of radius 17 would reach below it."""
    room = (0.0, 0.0, 200.0, 110.0)
    points, moved = fanned([(100.0, 100.0)] * 6, radii=7, rooms=[room] * 6)
    assert moved == [0, 1, 2, 3, 4, 5]
    assert max(y for _, y in points) <= 110 - 7
    for (x, y), (u, v) in combinations(points, 2):
        assert np.hypot(x - u, y - v) >= 14


def test_a_name_stands_beside_a_cut_line_and_not_on_it() -> None:
    line = (0.0, 99.0, AREA[0], 101.0)
    found = place([(100.0, 100.0), (300.0, 96.0)], ["Devis", "Livraison"], AREA, avoid=[line])
    assert not found.numbered
    assert not any(overlaps(box(label), line) for label in found.labels)


LONG = "Demande de rendez-vous avec confirmation par courrier électronique"
CUTS = {760.0: [(411.0, 0.0, 413.0, 520.0), (0.0, 259.0, 760.0, 261.0)], 300.0: [(162.0, 0.0, 164.0, 520.0), (0.0, 259.0, 300.0, 261.0)]}


def crowd(count: int, together: bool, width: float) -> list[tuple[float, float]]:
    """So many touchpoints on whole scores, or all on one."""
    random = np.random.default_rng(count)
    step = width / 11
    spots = [(width / 2, 200.0)] * count if together else [
        (step * x, 45.0 * y) for x, y in zip(random.integers(1, 11, count), random.integers(1, 11, count), strict=True)
    ]  # fmt: skip
    return fanned(spots)[0]


@pytest.mark.parametrize("width", [760.0, 300.0])
@pytest.mark.parametrize("together", [False, True])
@pytest.mark.parametrize("name", ["Devis", LONG])
@pytest.mark.parametrize("count", [25, 80])
def test_eighty_labels_lie_neither_on_each_other_nor_on_a_point_nor_a_name_on_a_cut_line(
    count: int, name: str, together: bool, width: float
) -> None:
    points = crowd(count, together, width)
    found = place(points, [f"{name} {n}" for n in range(count)], (width, 520.0), taken=[(8, 6, 90, 26)], avoid=CUTS[width])
    beside = [(index, box(label)) for index, label in enumerate(found.labels) if label.anchor != points[index]]
    for (_, one), (_, two) in combinations(beside, 2):
        assert not overlaps(one, two)
    for index, other in beside:
        assert not any(overlaps((x - 6, y - 6, x + 6, y + 6), other) for x, y in points)
        assert not overlaps((8, 6, 90, 26), other)
        if index not in found.keyed:
            assert not any(overlaps(line, other) for line in CUTS[width])
    assert {index for index, _ in beside} | set(found.keyed) == set(range(count))  # a number alone may stand on its point


def test_names_that_find_no_place_become_numbers_and_the_others_stay_names() -> None:
    near = [(380.0 + 17 * (n % 4), 200.0 + 17 * (n // 4)) for n in range(16)]
    far = [(60.0 + 170 * (n % 4), 40.0 + 440 * (n // 4)) for n in range(8)]
    wide = [(40.0 + 100 * n, 330.0) for n in range(7)] + [(40.0 + 100 * n, 100.0) for n in range(7)]
    found = place([*near, *far, *wide], [f"{LONG} {n}" for n in range(38)], AREA)
    assert 0 < len(found.keyed) < 19
    assert [found.labels[index].text for index in found.keyed] == [str(n + 1) for n in range(len(found.keyed))]
    assert all(label.text.startswith("Demande") for index, label in enumerate(found.labels) if index not in found.keyed)


def test_many_on_one_spot_stay_near_it_without_touching() -> None:
    points, moved = fanned([(300.0, 200.0)] * 40, radii=7)
    assert len(moved) == 40
    assert max(np.hypot(x - 300, y - 200) for x, y in points) < 70
    assert min(np.hypot(x - u, y - v) for (x, y), (u, v) in combinations(points, 2)) >= 14
