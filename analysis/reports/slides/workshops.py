"""What was asked in the workshops, how many voted, what came out and what was decided."""

from __future__ import annotations

from analysis.language import Translator
from analysis.reports.slides.deck import Deck
from analysis.reports.slides.tables import Row, more, pages_of, scaled, table
from analysis.workshop.disagreement import BANDS
from analysis.workshop.minutes import Minutes
from analysis.workshop.minutes_page import question_of, turnout_told
from analysis.workshop.model import Round


def slide(deck: Deck) -> None:
    """One slide, where a workshop was held; the report has all of it."""
    content, t = deck.content, deck.content.t
    rows: list[Row] = [
        ([question_of(round, t), turnout_told(minutes, round, t), _came_out(minutes, round, t), round.note], None)
        for minutes in content.meetings
        for round in minutes.rounds
        if round.id in minutes.turnouts
    ]
    if not rows:
        return
    voters = max(seen.voted for minutes in content.meetings for seen in minutes.turnouts.values())
    title = t.n("What a room of {n} person said", "What a room of {n} people said", voters)
    page, area = deck.slide(title, t("Votes were anonymous unless a round asked for names; what was not revealed is not told."))
    widths, size = scaled(deck, (250, 140, 270, 204)), 11.0
    shown = pages_of(rows, widths, size, area.height - 18)[0]
    table(deck, page, area, [t("Question"), t("Turnout"), t("What came out"), t("Decided")], widths, shown, -1, size)
    rest = len(rows) - len(shown)
    more(deck, page, area, t.n("{n} more round is in the report.", "{n} more rounds are in the report.", rest), rest)


def _came_out(minutes: Minutes, round: Round, t: Translator) -> str:
    """The first items of the result: where the room was divided most, or what it gave most dots, or wrote."""
    result = minutes.results.get(round.id)
    if result is None:
        return t("Not revealed")
    if round.texts:
        return " · ".join(text.text for text in result.texts[:3])
    if round.choices:
        counts = sorted(zip(round.choices, result.items[0].first.bins, strict=False), key=lambda pair: -pair[1]) if result.items else []
        return " · ".join(f"{choice} ({n})" for choice, n in counts[:3])
    if round.kind == "dots":
        return " · ".join(f"{item.item.label} ({int(item.total)})" for item in result.divided[:3])
    told = [item for item in result.divided if item.band]
    return " · ".join(f"{item.item.label} ({t(BANDS[item.band])})" for item in told[:2] if item.band)
