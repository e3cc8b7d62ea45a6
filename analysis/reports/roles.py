"""Who does what in the plan (RACI), and which actions wait for which: told beside the plan, whose rows have no room for it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.language import number
from analysis.methods.plan_dates import needed
from analysis.reports.content import Content

#: beyond who does it, which the plan itself says
_ROLES = ("accountable", "consulted", "informed")


def roles_of(content: Content) -> tuple[list[str], list[float], list[list[str]]]:
    """Headers, widths and rows: the actions that name a role or need another one, by their number in the plan; no row where none does.

    An action that is needed is named by its number too. Columns that nobody has filled are left out.
    """
    t, actions = content.t, content.project.actions
    places = {str(id): number(place, content.language) for place, id in enumerate(actions["id"], start=1)}
    columns = [
        (t("No."), 0.7), (t("Action"), 4.2), (f"{t('Owner')} (R)", 1.9), (f"{t('Accountable')} (A)", 1.9),
        (f"{t('Consulted')} (C)", 2.1), (f"{t('Informed')} (I)", 2.1), (t("Depends on no."), 1.3),
    ]  # fmt: skip
    rows = [_row(row, places) for row in actions.to_dict("records")]
    told = [row for row in rows if any(row[3:])]
    used = [at for at in range(len(columns)) if at < 2 or any(row[at] for row in told)]
    return [columns[at][0] for at in used], [columns[at][1] for at in used], [[row[at] for at in used] for row in told]


def _row(row: dict[Any, Any], places: dict[str, str]) -> list[str]:
    names = ["" if pd.isna(row[name]) else str(row[name]) for name in ("owner", *_ROLES)]
    first = [place for id, place in places.items() if id in needed(row)]  # in the order of the plan
    return [places[str(row["id"])], str(row["action"]), *names, ", ".join(first)]


def roles_finding(content: Content) -> str:
    """For how many actions somebody answers, and how many wait for another one."""
    t, actions = content.t, content.project.actions
    answered = int(actions["accountable"].notna().sum())
    waiting = sum(bool(needed(row)) for row in actions.to_dict("records"))
    said = t.n(
        "{n} of {all} actions names who answers for it", "{n} of {all} actions name who answers for them", answered, all=len(actions)
    )  # fmt: skip
    waits = t.n("{n} waits for another one", "{n} wait for another one", waiting)
    return ", ".join([said, waits]) if waiting else said
