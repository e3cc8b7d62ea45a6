"""The findings as sentences: what a consultant would say aloud before showing the chart."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from analysis.language import date, listed, number, percent
from analysis.project.evidence import LOGGED
from analysis.reports import words
from analysis.reports.content import Content


def emotion_finding(content: Content, journey: str | None = None) -> str:
    """Where it hurts, where it pleases."""
    from analysis.charts.emotion import curve_points, finding

    points = curve_points(content.emotions(journey or content.project.first_journey))
    return finding(points, content.t, content.language)


def matrix_finding(content: Content) -> str:
    """The quick wins, by name."""
    from analysis.charts.matrix import finding

    frame = content.placed.rename(columns={"right": "x", "up": "y", "touchpoint": "label"})
    return finding(frame, content.quadrant("quick_win") or "", content.t)


def pareto_finding(content: Content) -> str:
    """How many carry how much."""
    from analysis.charts.pareto import finding, item_of

    if content.pareto is None:
        return content.t("Nothing to share out yet")
    return finding(
        {str(name): value for name, value in content.pareto.attrs.items()}, content.t, content.language, content.counted or "",
        item_of(content.grouped),
    )  # fmt: skip


def ranking_finding(content: Content) -> str:
    """Which touchpoints come first."""
    t = content.t
    first = content.ranked.head(3)
    if first.empty:
        return t("No touchpoint has enough figures for a score yet")
    return t("First to work on: {names}", names=listed([str(name) for name in first["touchpoint"]], content.language))


def pain_finding(content: Content) -> str:
    """Which stage has most pain points."""
    t = content.t
    counts = Counter(card.stage for card in content.project.cards_of_today.values() if card.kind == "pain_point" and card.stage)
    if not counts:
        return t("No pain point has been noted yet")
    stage, most = counts.most_common(1)[0]
    return t.n(
        "{n} pain point of {total} stands in “{stage}”", "{n} pain points of {total} stand in “{stage}”", most,
        total=sum(counts.values()), stage=content.project.table("stage")[stage].name,
    )  # fmt: skip


def journey_title(content: Content) -> str:
    """How long the journey is."""
    t, stages = content.t, len(content.stages(content.project.first_journey))
    touchpoints = t.n("{n} touchpoint", "{n} touchpoints", len(content.numbers))
    return t.n("The journey: {n} stage, {touchpoints}", "The journey: {n} stages, {touchpoints}", stages, touchpoints=touchpoints)


def plan_finding(content: Content) -> str:
    """How much is planned, how far it is, what comes next."""
    t, actions = content.t, content.project.actions
    if actions.empty:
        return t("The action plan is still empty")
    open_ = actions[~actions["status"].isin(["done", "dropped"])]
    parts = [t.n("{n} action", "{n} actions", len(actions)), t.n("{n} still open", "{n} still open", len(open_))]
    late = open_["due_date"] < pd.Timestamp(content.today)
    if late.any():
        parts.append(t.n("{n} overdue", "{n} overdue", int(late.sum())))
    coming = open_.loc[~late & open_["due_date"].notna(), "due_date"]
    if len(coming):
        parts.append(t("next due date {day}", day=date(coming.min().date(), content.language, "long")))
    return ", ".join(parts)


def basis_finding(content: Content) -> str:
    """What share of the figures was measured."""
    t, found = content.t, content.project.figures
    if not found:
        return t("No figure is known yet")
    solid = sum(figure.provenance != "assumed" for figure in found.values())
    if solid == len(found):
        return t.n("The {n} figure is measured or voted", "All {n} figures are measured or voted", len(found))
    if not solid:
        return t.n(
            "The {n} figure is assumed: it was neither measured nor voted",
            "All {n} figures are assumed: none was measured or voted",
            len(found),
        )
    return t(
        "{share} of the {n} figures are measured or voted, the others assumed",
        share=percent(100 * solid / len(found), content.language), n=len(found),
    )  # fmt: skip


def summary(content: Content) -> list[tuple[str, str]]:
    """The findings of the whole, in the order of the story: (about what, sentence). What has nothing to say is left out."""
    t = content.t
    told = []
    if content.emotions(content.project.first_journey)["value"].notna().any():
        told.append((t("Emotion"), emotion_finding(content)))
    if content.pareto is not None:
        told.append((content.counted_name, pareto_finding(content)))
    if len(content.placed):
        told.append((content.quadrant("quick_win") or t("Matrix"), matrix_finding(content)))
    if len(content.ranked):
        told.append((t("Priorities"), ranking_finding(content)))
    if len(content.project.actions):
        told.append((t("Action plan"), plan_finding(content)))
    told.append((t("How sure"), basis_finding(content)))
    return told


def counts(content: Content) -> list[tuple[str, str]]:
    """The big numbers: (number, what)."""
    t, project, language = content.t, content.project, content.language
    evidence = project.evidence[~project.evidence["measure"].isin(LOGGED)]  # the contacts of a log are no answers
    pains = sum(card.kind == "pain_point" for card in project.cards_of_today.values())
    found = [
        (len(content.stages(project.first_journey)), t("stages")),
        (len(project.table("touchpoint")), t("touchpoints")),
        (len(evidence), t("answers")),
        (int(evidence["respondent"].nunique()), t("respondents")),
        (pains, t("pain points")),
        (len(project.actions), t("actions")),
    ]
    counted = bool(evidence["respondent"].isna().any())
    return [(number(count, language), what) for count, what in found if count or what != t("respondents") or not counted]


def status_counts(content: Content) -> list[tuple[str, int]]:
    """How many actions have each status, in the order of the statuses."""
    known = content.project.actions["status"].value_counts()
    return [(content.t(text), int(known.get(code, 0))) for code, text in words.STATUSES.items()]
