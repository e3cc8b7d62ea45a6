"""Both components can be drawn by a page."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest


def _page() -> None:
    from pages.components.journey_map import journey_map
    from pages.components.matrix import matrix

    journey_map(
        {
            "stages": [{"id": "s1", "name": "Discover", "emotion": {"value": None}}],
            "lanes": [{"id": "l1", "kind": "cards", "name": "Actions"}],
            "touchpoints": [],
            "cards": [{"id": "c1", "lane": "l1", "stage": "s1", "text": "Looks around", "order": 1}],
        },
        language="fr",
        key="map",
        on_event=print,
    )
    matrix(
        {
            "items": [{"id": "a", "label": "Text message", "impact": 8, "effort": 2}],
            "impact": {"low": 1, "high": 10, "cut": 5.5},
            "effort": {"low": 1, "high": 10, "cut": 5.5},
        },
        language="fr",
        key="matrix",
        on_event=print,
    )


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_page_draws_the_map_and_the_matrix() -> None:
    app = AppTest.from_function(_page, default_timeout=90).run()
    assert not app.exception
