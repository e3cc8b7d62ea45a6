"""Closing the loop (D30): which feedback led to which action, and what to tell customers about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.language import N_, Translator, listed, translator
from analysis.project.frames import typed_frame

if TYPE_CHECKING:
    from analysis.project.project import Project

#: feedback that waits for an answer when no action gives one
WAITING = ("pain_point", "frustration", "critical_incident")
COLUMNS = {"feedback": "string", "touchpoint": "string", "stage": "string", "action": "string", "status": "string", "card_id": "string"}
#: parts of the text, in their order: statuses → heading, and how an action is told
_PARTS = (
    (("done",), N_("What is done"), N_("You told us: {said}. We did it: {action}.")),
    (("in_progress",), N_("What is under way"), N_("You told us: {said}. We are working on it: {action}.")),
    (("to_do",), N_("What comes next"), N_("You told us: {said}. We are going to act: {action}.")),
)


def feedback(project: Project) -> pd.DataFrame:
    """Which feedback led to which action.

    Returns
    -------
    One row for each piece of feedback and action that answers it, in the order of the plan, dropped actions aside; then the pain points,
    frustrations and critical incidents that no action answers yet: feedback, touchpoint, stage, action (NA: none yet), status, card_id.
    """
    cards = project.whole.table("card")
    live = [row for row in project.actions.to_dict("records") if row["status"] != "dropped"]
    table = project.table("action")
    rows = [_row(project, id, row) for row in live for id in table[str(row["id"])].cards if id in cards]
    answered = {row["card_id"] for row in rows}
    left = [id for id, card in project.cards_of_today.items() if card.kind in WAITING and id not in answered and card.text.strip()]
    return typed_frame([*rows, *(_row(project, id, None) for id in left)], COLUMNS)


def _row(project: Project, id: str, action: dict[Any, Any] | None) -> dict[str, Any]:
    whole = project.whole
    card = whole.table("card")[id]
    touchpoint, stage = whole.table("touchpoint").get(card.touchpoint or ""), whole.table("stage").get(card.stage or "")
    return {
        "feedback": " ".join(card.text.split()),
        "touchpoint": touchpoint.name if touchpoint else None, "stage": stage.name if stage else None,
        "action": action and action["action"], "status": action and action["status"], "card_id": id,
    }  # fmt: skip


def summary(project: Project, language: str) -> str:
    """A text to send back to customers: what they said, and what was done, is under way or planned.

    Only what customers said and what is done about it: no owner, no cost, no date that could be missed. Proposed actions are not
    promised. Empty when no action answers anything.
    """
    t, rows = translator(language), feedback(project)
    parts = [part for statuses, name, line in _PARTS if (part := _part(rows[rows["status"].isin(statuses)], name, line, t))]
    return "\n\n".join([t("What you told us, and what we do about it"), *parts, t("Thank you: please go on telling us.")]) if parts else ""


def _part(rows: pd.DataFrame, name: str, line: str, t: Translator) -> str:
    quote = "«\u00a0{}\u00a0»" if t.language == "fr" else "“{}”"
    lines = [
        "• " + t(line, said=listed([quote.format(text.rstrip(" .")) for text in said], t.language), action=str(action).rstrip(" ."))
        for action, said in rows.groupby("action", sort=False)["feedback"]
    ]
    return "\n".join([t(name), *lines]) if lines else ""
