"""What kinds of tables and groups of rows are called on the page."""

from __future__ import annotations

from typing import Any

from analysis.language import N_, Translator

KINDS = {
    "touchpoints": N_("Inventory of touchpoints"), "survey": N_("Survey"), "comments": N_("Comments, reviews, tickets"),
    "events": N_("Event log"), "kpis": N_("Indicators"), "customers": N_("Customers"), "actions": N_("Action list"),
    "personas": N_("Personas"), "journey_grid": N_("Journey grid"), "unknown": N_("Not recognised"),
}  # fmt: skip
#: kinds that a map uses; the others are said to be left out
USED = frozenset({"touchpoints", "survey", "comments", "actions", "personas", "journey_grid", "kpis", "events", "customers"})
#: what a row can be moved to
GROUPS = {
    "data": N_("Data to import"), "total": N_("Totals"), "note": N_("Notes and titles"), "unit": N_("Units"), "aside": N_("Set aside"),
    "header": N_("Header"), "blank": N_("Blank rows"),
}  # fmt: skip
REASONS = {
    "no_name": N_("Nothing is named in this row: no touchpoint, action or persona."),
    "no_answer": N_("This row holds no score and no comment."),
    "no_indicator": N_("No indicator with a figure stands in this row."),
    "no_customer": N_("Nobody with this identifier has answered, and no segment is named."),
}


def balance(table: Any, t: Translator, silent: int = 0) -> str:
    """“33 rows = 19 of data + 7 totals + 3 notes + 3 blank + 1 header”: always true. ``silent``: rows of data that bring nothing."""
    counts = table.rows.value_counts()
    parts = [t("{n} of data", n=int(counts.get("data", 0)) - silent)]
    parts += [t.n("{n} that brings nothing", "{n} that bring nothing", silent)] if silent else []
    parts += [said for kind, said in _counted(counts.to_dict(), t).items() if counts.get(kind, 0)]
    return t.n("{n} row", "{n} rows", int(counts.sum())) + " = " + " + ".join(parts)


def _counted(counts: dict[str, int], t: Translator) -> dict[str, str]:
    """Each group of rows with how many it has."""
    n = {kind: int(counts.get(kind, 0)) for kind in GROUPS}
    return {
        "total": t.n("{n} total", "{n} totals", n["total"]),
        "note": t.n("{n} note", "{n} notes", n["note"]),
        "unit": t.n("{n} row of units", "{n} rows of units", n["unit"]),
        "aside": t.n("{n} set aside", "{n} set aside", n["aside"]),
        "blank": t.n("{n} blank", "{n} blank", n["blank"]),
        "header": t.n("{n} header", "{n} headers", n["header"]),
    }


def shortened(text: str, most: int = 40) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
