"""The theme can be read: every text on every ground that it stands on."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from tests.conftest import ROOT

CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
GROUNDS = ("backgroundColor", "secondaryBackgroundColor")
WHITE = "#FFFFFF"


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """1 (the same) to 21 (black on white)."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def section(name: str) -> dict[str, Any]:
    found = CONFIG["theme"]
    for part in name.split("."):
        found = found[part]
    return found


def test_contrast_is_measured_as_wcag_measures_it() -> None:
    assert contrast("#000000", WHITE) == pytest.approx(21)
    assert contrast("#777777", WHITE) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", ["light", "dark", "light.sidebar", "dark.sidebar"])
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", ["textColor", "linkColor"])
def test_texts_and_links_can_be_read(name: str, ground: str, text: str) -> None:
    colours = section(name)
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_label_of_a_primary_button_can_be_read(name: str) -> None:
    """Streamlit writes it in white."""
    assert contrast(section(name)["primaryColor"], WHITE) >= 4.5


@pytest.mark.parametrize("name", ["light.sidebar", "dark.sidebar"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_the_chosen_language_can_be_read_in_the_sidebar(name: str, ground: str) -> None:
    """Streamlit writes what is chosen in the primary colour."""
    colours = section(name)
    assert contrast(colours["primaryColor"], colours[ground]) >= 4.5


@pytest.mark.parametrize("name", ["light", "dark"])
def test_colours_of_charts_stand_out_from_the_page(name: str) -> None:
    """3:1 is what WCAG asks of graphics."""
    colours = section(name).get("chartCategoricalColors") or CONFIG["theme"]["chartCategoricalColors"]
    for colour in colours:
        assert contrast(colour, section(name)["backgroundColor"]) >= 3, colour


def test_the_font_is_here_with_its_licence() -> None:
    for face in CONFIG["theme"]["fontFaces"]:
        assert (ROOT / "pages" / face["url"].removeprefix("app/")).is_file(), face["url"]
    assert "SIL Open Font License" in (ROOT / "pages" / "static" / "fonts" / "LICENSE-Figtree.txt").read_text("utf-8")


def test_the_settings_that_keep_the_server_fast_and_silent_are_set() -> None:
    assert CONFIG["runner"]["postScriptGC"] is False
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["server"]["showEmailPrompt"] is False
    assert CONFIG["server"]["maxUploadSize"] == 50
    assert CONFIG["server"]["address"] == "127.0.0.1"
