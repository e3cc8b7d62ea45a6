"""Sources, provenance and rules, in words: every deliverable ends with them."""

from __future__ import annotations

import pandas as pd

from analysis.language import date
from analysis.project.evidence import LOGGED
from analysis.project.filter_words import filter_notes
from analysis.reports import words
from analysis.reports.content import Content


def sources_of(content: Content) -> list[tuple[str, str]]:
    """What the project was made from: (source, what it brought)."""
    t, project = content.t, content.project
    found = []
    for record in project.table("import").values():
        place = words.once(" – ".join(part for part in (record.file, record.sheet) if part))
        said = [t.n("{n} row", "{n} rows", record.rows)]
        read = pd.to_datetime(record.at[:10], errors="coerce") if record.at else pd.NaT
        if not pd.isna(read):
            said.append(t("read on {day}", day=date(read.date(), content.language, "long")))
        found.append((place, ", ".join(said)))
    for source, rows in _answers(content):
        found.append((source, rows))
    return found or [(t("None yet"), t("Everything here was entered by hand: it is assumed."))]


def _answers(content: Content) -> list[tuple[str, str]]:
    """Sources of answers, with how many people answered and when."""
    t, evidence = content.t, content.project.evidence
    told = []
    for source, rows in evidence.groupby("source", sort=False, dropna=False):
        if rows["measure"].isin(LOGGED).all():  # the lines of a log: nobody was asked
            said = [t.n("{n} contact", "{n} contacts", int((rows["measure"] == "contact").sum()))]
            people = rows["respondent"].nunique()
            said += [t.n("{n} customer", "{n} customers", people)] if people else []
        else:
            asked = rows[~rows["measure"].isin(LOGGED)]
            people = asked["respondent"].nunique()
            said = [t.n("{n} answer", "{n} answers", len(asked))]
            said += [t.n("{n} respondent", "{n} respondents", people)] if people else []
        days = rows["date"].dropna()
        if len(days):
            first, last = (date(day.date(), content.language) for day in (days.min(), days.max()))
            said.append(t("from {first} to {last}", first=first, last=last))
        told.append((t("Answers") if pd.isna(source) or not source else words.once(str(source)), ", ".join(said)))
    return told


def provenance_legend(content: Content) -> list[tuple[str, str]]:
    t = content.t
    return [
        (t("measured"), t("Mean of people's answers, with their number n and their spread. Fewer than 5 answers: read with care.")),
        (t("voted"), t("Given by a group in a workshop, with the number of votes n and their spread.")),
        (t("assumed"), t("Set by hand, or read from a file or a word: an opinion of the team, to be checked with customers.")),
    ]


def _without_score(content: Content) -> str:
    t = content.t
    if content.method == "relevance":
        return t("No score below 60% of the weight.")
    return t("A touchpoint that lacks one of these figures has no score.")


def rules_of(content: Content) -> list[tuple[str, str]]:
    """How each figure is worked out: (what, rule)."""
    t = content.t
    kept = ". ".join(filter(None, [content.filtered, " ".join(filter_notes(content.project, content.language))]))
    return [
        *([(t("Filter in force"), kept)] if kept else []),
        (t("Missing values"), t("An empty cell is a value that nobody knows. It is never 0 and counts in no mean.")),
        (
            t("Emotion"),
            t("From −2 (very bad) to +2 (very good), linear between the ends of the question's scale. One respondent counts once a stage."),
        ),
        (t("Matrix"), content.matrix_rule),
        (content.score_name, content.score_rule + " " + _without_score(content)),
        (
            t("Pareto"),
            t("The vital few are the smallest leading group whose sum reaches {share}% of the total.", share=100 * content.threshold),
        ),
        (
            t("Order of the plan"),
            t("Quick wins, big bets by relevance, fill-ins, actions without a quadrant, money pits last; an order made by hand is kept."),
        ),
    ]
