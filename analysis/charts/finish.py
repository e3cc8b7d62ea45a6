"""What every chart gets before it is shown: the finding as its title, the rule below it, the language, the look.

Colours of texts are the page's own (``currentColor``), on a transparent ground: right on light and dark pages alike, in the app and in
a notebook. Pictures replace them (`analysis.charts.image`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import altair as alt
from babel import Locale

from analysis.charts.palette import INK
from analysis.charts.rows import in_rows
from analysis.charts.text import lines_of
from analysis.language import percent_sign

FONT = "Figtree, Source Sans, Source Sans Pro, sans-serif"
TITLE, CAPTION, LABEL = 17, 12.5, 12
#: the width that a chart is given (by itself, or by a page that stretches it) is that of the whole picture; the height is that of the plot
AUTOSIZE = alt.AutoSizeParams(type="fit-x", contains="padding")


def finish(
    chart: Any,
    language: str = "en",
    *,
    title: str = "",
    caption: Sequence[str] = (),
    description: str = "",
    width: float = 760,
    notes: dict[str, Any] | None = None,
) -> Any:
    """Make a chart ready to be shown.

    Parameters
    ----------
    chart : any Altair chart, layered or concatenated.
    language : ``"fr"`` or ``"en"``: numbers and dates of axes and tooltips.
    title : the finding, in a sentence. caption : the rule, n and what to know, one text a line; both are wrapped to ``width`` pixels.
    description : for screen readers; default: title and caption.
    notes : facts that go with the chart (items that could not be placed…), kept as its ``usermeta``.

    Returns
    -------
    The chart, with its title, locale and look.
    """
    chart = chart.copy(deep=False)  # what is set below is new: `properties` would copy the whole chart each time
    said = [text for text in caption if text]
    if title:
        lines = lines_of(title, width - 8, TITLE, bold=True)
        below = [line for text in said for line in lines_of(text, width - 8, CAPTION)]
        chart.title = alt.TitleParams(text=lines, subtitle=below)
    chart.description = description or " ".join([title, *said]).strip() or alt.Undefined
    chart.background, chart.autosize, chart.usermeta = "transparent", AUTOSIZE, notes or alt.Undefined
    chart.config = alt.Config(**look(), locale=locale(language))
    in_rows(chart)
    return chart


def either(channel: Any, test: str, yes: Any, no: Any) -> Any:
    """One of two values of an encoding, as a test of the row says; typed, so that Altair need not search which of its classes it is.

    ``channel``: ``alt.ColorValue``, ``alt.OpacityValue``…
    """
    return channel(no, condition={"test": test, "value": yes})


def noted(chart: Any, text: str) -> Any:
    """A finished chart with one more line below its title: a filter, on a picture that leaves the app."""
    if not text or not isinstance(chart.title, alt.TitleParams):
        return chart
    title = chart.title.copy()
    below = title.subtitle if isinstance(title.subtitle, list) else []
    title.subtitle = [*below, text]
    return chart.properties(title=title)


@lru_cache(maxsize=4)
def locale(language: str) -> Any:
    """Numbers and dates of a language, for Vega."""
    known = Locale.parse("fr_FR" if language == "fr" else "en_GB")
    day, month = known.days["format"], known.months["format"]
    week = [6, 0, 1, 2, 3, 4, 5]
    numbers: dict[str, Any] = (
        {"decimal": ",", "thousands": "\u202f", "currency": ["", "\u00a0€"]}
        if language == "fr"
        else {"decimal": ".", "thousands": ",", "currency": ["€", ""]}
    )
    return alt.Locale(
        number=alt.NumberLocale(grouping=[3], minus="−", percent=percent_sign(language), **numbers),
        time=alt.TimeLocale(
            dateTime="%A %e %B %Y %X", date="%d/%m/%Y", time="%H:%M:%S", periods=["AM", "PM"],
            days=[day["wide"][n] for n in week], shortDays=[day["abbreviated"][n] for n in week],
            months=[month["wide"][n] for n in range(1, 13)], shortMonths=[month["abbreviated"][n] for n in range(1, 13)],
        ),
    )  # fmt: skip


def look() -> dict[str, Any]:
    """The settings that all charts share; they stand above a page's own theme."""
    words = {"labelColor": INK, "titleColor": INK, "labelFont": FONT, "titleFont": FONT, "titleFontWeight": 500, "labelFontSize": LABEL}
    return {
        "font": FONT,
        "background": "transparent",
        "padding": 6,
        "title": {
            "anchor": "start", "align": "left", "frame": "bounds", "color": INK, "font": FONT, "fontSize": TITLE, "fontWeight": 700,
            "lineHeight": 22, "subtitleColor": INK, "subtitleFont": FONT, "subtitleFontSize": CAPTION, "subtitleLineHeight": 17,
            "subtitlePadding": 6, "offset": 16, "limit": 4000, "subtitleFontWeight": 400,
        },
        "axis": words | {
            "titleFontSize": 12.5, "labelOpacity": 0.85, "titleOpacity": 0.85, "domain": False, "ticks": False, "labelLimit": 220,
            "gridColor": INK, "gridOpacity": 0.1, "labelPadding": 6, "titlePadding": 10, "labelFlush": False, "labelOverlap": False,
        },
        "legend": words | {"titleFontSize": 12.5, "orient": "bottom"},
        "header": words,
        "view": {"stroke": None},
        "text": {"lineBreak": "\n", "color": INK, "font": FONT, "fontSize": LABEL},
    }  # fmt: skip
