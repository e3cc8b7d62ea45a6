"""A filter in words: what is kept, of how many answers, and what a filter cannot leave out."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import TYPE_CHECKING

from analysis.fields import label as field_label
from analysis.language import date, listed, number, translator

if TYPE_CHECKING:
    from analysis.project.filters import Filter
    from analysis.project.project import Project

#: stages, or values of a segment, that are named; more are counted
NAMED = 2


def filter_parts(project: Project, filter: Filter, language: str) -> list[str]:
    """What a filter keeps, part by part: stages, persona, segment, period.

    >>> from analysis import Project
    >>> from analysis.project.filters import Filter
    >>> filter_parts(Project.new("Shop"), Filter(start=dt.date(2024, 1, 1), end=dt.date(2024, 12, 31)), "en")
    ['2024']
    """
    t, whole, parts = translator(language), project.whole, []
    known = filter.known(whole)
    if known.stages:
        order = {id: stage.order for id, stage in whole.table("stage").items()}
        names = [whole.table("stage")[id].name for id in sorted(known.stages, key=lambda id: order[id])]
        parts.append(listed(names, language) if len(names) <= NAMED else t.n("{n} stage", "{n} stages", len(names)))
    if known.persona:
        parts.append(whole.table("persona")[known.persona].name)
    if known.segment:
        column, values = known.segment
        shown = ", ".join(values[:NAMED]) + (f" +{len(values) - NAMED}" if len(values) > NAMED else "")
        parts.append(t("{column}: {values}", column=segment_name(column, language), values=shown))
    return parts + ([period_words(known.start, known.end, language)] if known.start or known.end else [])


def segment_name(column: str, language: str) -> str:
    """What a column of respondents is called: the header of the sheet, or the library's word for what it is."""
    t = translator(language)
    return {"segment": t("Segment"), "source": t("Source")}.get(column, field_label(column.removeprefix("attr:"), language))


def period_words(start: dt.date | None, end: dt.date | None, language: str) -> str:
    """A period as one says it: a year, a month, from one day to another.

    >>> period_words(dt.date(2024, 2, 1), dt.date(2024, 2, 29), "en")
    'February 2024'
    """
    t = translator(language)
    if start and end:
        whole_months = start.day == 1 and end.day == calendar.monthrange(end.year, end.month)[1] and start.year == end.year
        if whole_months and (start.month, end.month) == (1, 12):
            return str(start.year)
        if whole_months and start.month == end.month:
            return date(start, language, "LLLL y")
        return t("{start} to {end}", start=date(start, language), end=date(end, language))
    if start:
        return t("since {day}", day=date(start, language))
    return t("until {day}", day=date(end, language))


def filter_line(project: Project, language: str) -> str:
    """The filter of a project in one line: “Filtered: Delivery · 2024 · n = 312”; empty when nothing is filtered."""
    if project.filtering is None:
        return ""
    t, found = translator(language), project.filtering
    parts = [*filter_parts(project, found.filter, language), f"n\u00a0=\u00a0{number(found.people, language, 0)}"]
    return t("Filtered: {what}", what=" · ".join(parts))


def filter_notes(project: Project, language: str) -> list[str]:
    """What to know of filtered figures, a sentence each: how many answers they rest on, what was left out, what was not filtered."""
    if project.filtering is None:
        return []
    t, found = translator(language), project.filtering
    told = {"n": number(found.answers, language, 0), "total": number(found.total, language, 0)}
    said = [
        t("{n} of {total} answers (n).", **told) if found.unnamed else
        t("{n} of {total} answers, given by {people} people (n).", **told, people=number(found.people, language, 0))
    ]  # fmt: skip
    if found.total and not found.answers:
        said.append(t("No answer fits: what is left is assumed or voted."))
    if found.undated:
        said.append(t.n("{n} answer without a date is left out.", "{n} answers without a date are left out.", found.undated))
    if found.unplaced:
        said.append(t.n("{n} answer without a stage is left out.", "{n} answers without a stage are left out.", found.unplaced))
    chosen = found.filter
    if chosen.persona or chosen.segment or chosen.start or chosen.end:
        said.append(t("Values set by hand, read from a file or voted belong to no persona and no day: only stages filter them."))
    return said
