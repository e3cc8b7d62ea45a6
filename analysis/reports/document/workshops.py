"""The minutes of the workshops, as a part of the report."""

from __future__ import annotations

from typing import Any

from analysis.language import Translator
from analysis.reports.content import Content
from analysis.reports.document.blocks import Block, cards, note, part, table, terms, text
from analysis.workshop.minutes import Minutes
from analysis.workshop.minutes_page import day_of, people_told, question_of, results_told, texts_told, turnout_told
from analysis.workshop.model import Round


def workshops(content: Content) -> list[dict[str, Any]]:
    """Who was there, then round by round what came out and what was decided; nothing where no workshop was held."""
    t = content.t
    if not content.meetings:
        return []
    parts = [part(t("Workshops"), [])]
    for minutes in content.meetings:
        lead = [text(day_of(minutes, content.language)), text(people_told(minutes, t))]
        parts.append(part(minutes.workshop.title, lead, level=2))
        parts += [_round(minutes, round, t) for round in minutes.rounds if round.id in minutes.turnouts]
    return parts


def _round(minutes: Minutes, round: Round, t: Translator) -> dict[str, Any]:
    result = minutes.results.get(round.id)
    blocks: list[Block | None] = [note(turnout_told(minutes, round, t))]
    if result is None:
        blocks.append(text(t("This round was not revealed: its results are not told.")))
    elif round.texts:
        blocks.append(terms([(label or t("Texts"), "\n".join(f"– {one}" for one in texts)) for label, texts in texts_told(result, t)]))
    else:
        heads, rows = results_told(result, t)
        widths = [3.2, *[1.1] * (len(heads) - 2), 3] if len(heads) > 2 else [5, 1]
        blocks.append(table(heads, widths, [[cell for cell, _ in row] for row in rows], right=range(1, len(heads))))
    if round.note:
        blocks.append(cards([(t("Decided"), round.note)]))
    return part(f"{minutes.number(round)}. {question_of(round, t)}", blocks, level=3)
