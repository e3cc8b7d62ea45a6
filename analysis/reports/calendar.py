"""Due dates as a calendar file (.ics, RFC 5545) that Outlook, Google and Apple take: one all-day event an action."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.errors import CannotExport
from analysis.project.project import Project
from analysis.reports import words
from analysis.reports.content import Content

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
#: octets of a line, RFC 5545 §3.1
WIDEST = 75


def build(project: Project, language: str = "fr", *, today: dt.date | None = None, people: Mapping[str, str] | None = None) -> bytes:
    """The due dates of the plan; an action that was dropped has none. An action keeps its UID: importing again updates.

    Raises
    ------
    CannotExport : no action has a due date (code ``nothing_to_export``).
    """
    content = Content(project, language, today or dt.date.today(), people or {})
    actions = project.actions
    due = actions[actions["due_date"].notna() & (actions["status"] != "dropped")]
    if due.empty:
        raise CannotExport("nothing_to_export")
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Parcours//Parcours//" + language.upper(),
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:" + escaped(project.name),
    ]
    for row in due.to_dict("records"):
        lines += _event(content, dict(row))
    lines.append("END:VCALENDAR")
    return "".join(folded(line) + "\r\n" for line in lines).encode()


def _event(content: Content, row: dict[Any, Any]) -> list[str]:
    day = pd.Timestamp(row["due_date"]).date()
    status = words.word(words.STATUSES, row["status"], content.t) or ""
    return [
        "BEGIN:VEVENT",
        f"UID:{row['id']}@parcours",
        f"DTSTAMP:{content.today:%Y%m%d}T000000Z",
        f"SEQUENCE:{content.project.whole.revision}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + dt.timedelta(days=1):%Y%m%d}",
        "SUMMARY:" + escaped(("✓ " if row["status"] == "done" else "") + row["action"]),
        "DESCRIPTION:" + escaped(_description(content, row, status)),
        "CATEGORIES:" + escaped(status),
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _description(content: Content, row: dict[Any, Any], status: str) -> str:
    t = content.t
    facts = [
        (t("Status"), status),
        (t("Owner"), row["owner"]),
        (t("Touchpoint"), row["touchpoint"]),
        (t("Stage"), row["stage"]),
        (t("Indicator"), row["kpi"]),
        (t("Why"), row["reason"]),
    ]
    return "\n".join(t("{name}: {value}", name=name, value=str(value)) for name, value in facts if value and not pd.isna(value))


def escaped(text: str) -> str:
    """Text of a property: backslash, comma, semicolon and line break are escaped.

    >>> escaped("a,b;c\\nd")
    'a\\\\,b\\\\;c\\\\nd'
    """
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    for mark, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(mark, written)
    return text


def folded(line: str) -> str:
    """A line of at most 75 octets; what follows stands on lines that start with a space. No character is cut in two."""
    parts, part, size = [], "", 0
    for character in line:
        width = len(character.encode())
        if size + width > WIDEST:
            parts.append(part)
            part, size = " ", 1
        part, size = part + character, size + width
    return "\r\n".join([*parts, part])
