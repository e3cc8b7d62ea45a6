"""In which money amounts are: the project takes the currency of the first file that brings any; another currency is never mixed in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from analysis.fields import FIELDS
from analysis.project.commands import Put
from analysis.project.importing.builder import Builder
from analysis.project.model import SETTINGS
from analysis.project.project import Project

CURRENCIES = ("header", "sheet", "currency", "status", "rows")
#: the project counts in it from now on; its amounts were left out, since the project counts in another
TAKEN, LEFT_OUT = "taken", "left_out"
_CODES = {
    "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR", "£": "GBP", "gbp": "GBP", "us$": "USD", "usd": "USD", "ca$": "CAD",
    "$ca": "CAD", "cad": "CAD", "$": "USD", "¥": "JPY", "jpy": "JPY", "chf": "CHF", "fcfa": "XOF", "xof": "XOF", "mad": "MAD",
}  # fmt: skip
_IN_HEADER = re.compile(r"us\$|ca\$|\$ca|[€£¥$]|(?<![a-z])(?:eur|euros?|gbp|usd|cad|chf|jpy|fcfa|xof|mad)(?![a-z])", re.IGNORECASE)
_KINDS = ("touchpoints", "actions", "kpis")
_MONEY = ("cost", "running_cost", "lost_value")


def money_columns(table: Any) -> dict[str, str]:
    """Column of the frame → its header, for the columns with amounts.

    Two columns of one field (two yearly costs) keep their own names and are amounts all the same.
    """
    fields = {header: FIELDS.get(field or "") for header, field in table.mapping.items()}
    return {column: header for header, column in table.columns.items() if (field := fields.get(header)) and field.type == "money"}


def currency_of(table: Any, column: str, header: str) -> str | None:
    """The currency that the user has said, else that of the cells, else of the header: “Coût (€)”."""
    told = table.currencies.get(column)
    found = _IN_HEADER.search(header)
    return told or (_CODES.get(found[0].casefold()) if found else None)


def settle(builder: Builder, tables: Iterable[Any]) -> list[dict[str, Any]]:
    """Choose the project's currency, mark the columns that are in another, and say both."""
    found = [
        (table, column, header, currency_of(table, column, header), int(table.frame[column].notna().sum()))
        for table in tables if table.kind in _KINDS for column, header in money_columns(table).items()
    ]  # fmt: skip
    told = Counter({currency: rows for *_, currency, rows in found if currency and rows})
    settings = builder.project.settings
    ours, said = settings.currency, []
    if told and ours not in told and not has_money(builder.project):
        ours = told.most_common(1)[0][0]
        builder.currency = ours
        builder.commands.append(Put("project", SETTINGS, {"currency": ours}))
    for table, column, header, currency, rows in found:
        if currency and currency != ours:
            builder.foreign.add((id(table), column))
        if currency and rows and (currency != ours or ours != settings.currency):
            status = TAKEN if currency == ours else LEFT_OUT
            said.append(dict(zip(CURRENCIES, (header, table.sheet, currency, status, rows), strict=True)))
    return said


def has_money(project: Project) -> bool:
    """Whether the project has amounts already."""
    scores = (score.criterion in _MONEY and score.value is not None for score in project.table("score").values())
    amounts = [action.cost for action in project.table("action").values()] + [card.lost_value for card in project.table("card").values()]
    return any(scores) or any(amount is not None for amount in amounts)
