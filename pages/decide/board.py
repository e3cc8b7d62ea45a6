"""The plan as a board: a column for each status, cards moved from one to the next."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis import Project
from analysis.language import date, money
from analysis.project.model import STATUSES
from analysis.project.planning import STATUS_NAMES, late
from pages.components.plan_board import BoardEvent, BoardView, CardMoved, CardOpened, RedoAsked, UndoAsked, board
from pages.decide import details, planning
from pages.shell import session, workspace

_COLOURS = {"proposed": "#7B61C9", "to_do": "#4F6FC4", "in_progress": "#C2570C", "done": "#17857B", "dropped": "#8A8A8A"}


def draw(project: Project) -> None:
    board(view(project), language=session.language(), key=f"board_{workspace.project_id()}", on_event=happened)
    details.draw(project)


def happened(event: BoardEvent) -> None:
    """Carry out what a hand did on the board."""
    if isinstance(event, CardMoved):
        planning.keep([(event.id, "status", event.column)])
    elif isinstance(event, CardOpened):
        planning.open_action(event.id)
    elif isinstance(event, UndoAsked):
        workspace.undo()
    elif isinstance(event, RedoAsked):
        workspace.redo()


def view(project: Project) -> BoardView:
    """The board as it is drawn: every status has its column, so that a card can be put there."""
    t, actions = session.t(), project.actions
    over = late(actions, planning.today())
    return {
        "columns": [{"id": status, "name": t(STATUS_NAMES[status]), "colour": _COLOURS[status]} for status in STATUSES],
        "cards": [_card(row, project, late=bool(is_late)) for row, is_late in zip(actions.to_dict("records"), over, strict=True)],
        "opened": planning.opened(project),
    }


def _card(row: dict[Any, Any], project: Project, *, late: bool) -> Any:
    t = session.t()
    facts = [str(row[name]) for name in ("touchpoint", "owner") if pd.notna(row[name])]
    facts += [money(float(row["cost"]), t.language, project.settings.currency)] if pd.notna(row["cost"]) else []
    due = "" if pd.isna(row["due_date"]) else date(row["due_date"].date(), t.language)
    said = "" if not due else t("late, due {date}", date=due) if late else t("due {date}", date=due)
    progress = None if pd.isna(row["progress"]) else float(row["progress"])
    return {
        "id": str(row["id"]), "column": str(row["status"]), "title": str(row["action"]), "facts": " · ".join(facts), "due": said,
        "late": late, "progress": progress,
    }  # fmt: skip
