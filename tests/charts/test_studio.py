"""Pictures are made in a process of their own, and here where it cannot be had."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from analysis.studio import Studio, drawn

SPEC = json.dumps({
    "$schema": "https://vega.github.io/schema/vega-lite/v6.json", "data": {"values": [{"a": 1}]}, "mark": "point",
    "encoding": {"x": {"field": "a", "type": "quantitative"}},
})  # fmt: skip


@pytest.fixture
def studio() -> Iterator[Studio]:
    made = Studio(kept=60)
    yield made
    made.close()


def test_a_picture_is_the_same_wherever_it_is_made(studio: Studio) -> None:
    assert studio.draw(SPEC, "svg", 1).result(60) == drawn(SPEC, "svg", 1)
    first = studio.process_id
    assert studio.draw(SPEC, "png", 1).result(60).startswith(b"\x89PNG")
    assert studio.process_id == first


def test_what_is_no_chart_is_refused_and_the_next_picture_is_made(studio: Studio) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        studio.draw('{"mark": 5}', "svg", 1).result(60)
    assert studio.draw(SPEC, "svg", 1).result(60).startswith(b"<svg")


def test_a_process_that_dies_costs_no_picture(studio: Studio) -> None:
    studio.draw(SPEC, "svg", 1).result(60)
    assert studio._process is not None
    studio._process.kill()
    assert studio.draw(SPEC, "svg", 1).result(60).startswith(b"<svg")
