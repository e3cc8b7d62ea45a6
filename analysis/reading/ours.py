"""A workbook that Parcours wrote, read again: which of its sheets hold results rather than an inventory.

Its cover, its charts and its summaries look like tables of touchpoints; taken for such, they would bring each touchpoint several times.
"""

from __future__ import annotations

from collections.abc import Iterable

from analysis.language import LANGUAGES, N_, translator
from analysis.reading.grid import Grid

#: titles of the sheets that only show what was worked out
_RESULTS = (
    N_("Cover"), N_("Ranking"), N_("Matrix"), N_("Pareto"), N_("Emotion"), N_("NPS, CSAT, CES"), N_("Evidence"), N_("Verbatims"),
    N_("Scores"), N_("Lists"),
)  # fmt: skip
#: those that are read: what a person would add to or correct
_READ = (N_("Action plan"), N_("Touchpoints"))
#: a title before the name of a journey
_MAP = N_("Map: {journey}")
#: somebody may have deleted some of our sheets; this many of our titles in one language are no coincidence
_ENOUGH = 6


def mark_results(grids: Iterable[Grid]) -> None:
    """Mark the sheets of results of one of our workbooks (``facts["results"]``); other files are left as they are."""
    grids = list(grids)
    titles = {grid.name for grid in grids}
    for language in LANGUAGES:
        t = translator(language)
        results, read = ({t(title) for title in some} for some in (_RESULTS, _READ))
        if len(titles & (results | read)) >= _ENOUGH:
            before = " ".join(t(_MAP, journey="").replace(":", " ").split()) + " "
            for grid in grids:
                grid.facts["results"] = grid.name in results or grid.name.startswith(before)
            return
