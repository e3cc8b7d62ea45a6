"""The first and the last slides: cover, sources, rules; and what an empty project shows."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.language import date
from analysis.presentation.slide import Slide, cut
from analysis.presentation.stages import line_of
from analysis.presentation.telling import Telling
from analysis.project.filter_words import filter_line
from analysis.project.views import journey_facts, who_answered
from analysis.reports.content import Content
from analysis.reports.rules import provenance_legend, rules_of, sources_of

#: how many sources fit a slide
MOST = 6


def nothing(telling: Telling) -> Slide:
    """What to do while there is nothing to show."""
    t = telling.t
    ways = [{"page": "data", "label": t("Bring a file")}, {"page": "journey", "label": t("Open the map")}]
    lead = t("Bring the file in which you keep your touchpoints, or write them on the map. The slides make themselves.")
    return Slide("empty", "empty", t("Nothing to present yet"), lead, {"ways": ways, "name": telling.project.name}, notes=(lead,))


def cover(telling: Telling, parts: list[str]) -> Slide:
    """Project, client, date, and how much there is."""
    t, settings, facts = telling.t, telling.project.settings, journey_facts(telling.project, telling.journey)
    told = [
        (facts["stages"], t.n("{n} stage", "{n} stages", facts["stages"])),
        (facts["touchpoints"], t.n("{n} touchpoint", "{n} touchpoints", facts["touchpoints"])),
        (facts["pain_points"], t.n("{n} pain point", "{n} pain points", facts["pain_points"])),
        (facts["respondents"] + facts["counted"], who_answered(facts, t)),
    ]
    known = [text for n, text in told if n]
    lead = " · ".join(
        part
        for part in (
            settings.client if settings.client != settings.name else "",
            date(telling.today, telling.language, "long"),
            filter_line(telling.project, telling.language),
        )
        if part
    )
    notes = [settings.description] if settings.description else []
    notes += [t("What follows: {titles}", titles=" – ".join(dict.fromkeys(parts)))]
    return Slide(
        "cover",
        "cover",
        settings.name,
        lead,
        {"facts": known, "strip": line_of(telling)},
        (),
        tuple((text,) for text in known),
        tuple(notes),
    )


def sources(telling: Telling) -> Iterator[Slide]:
    """What everything rests on: files and answers, and how much was measured."""
    t, content = telling.t, Content(telling.project, telling.language, telling.today)
    found = sources_of(content)
    facts = journey_facts(telling.project, telling.journey)
    if people := facts["respondents"]:
        title = t.n("This rests on the answers of {n} person", "This rests on the answers of {n} people", people)
    elif facts["counted"]:
        title = t.n("This rests on {n} counted answer", "This rests on {n} counted answers", facts["counted"])
    else:
        title = t("All of this is assumed: to be checked with customers")
    known = [row for row in telling.emotions if row["value"] is not None]
    measured = sum(row["provenance"] != "assumed" for row in known)
    lead = t.n("{n} of {total} stages measured", "{n} of {total} stages measured", measured, total=len(telling.emotions)) if known else ""
    items = [(cut(name, 70), cut(what, 110)) for name, what in found[:MOST]]
    if quote := telling.quote_of_all():  # what customers wrote about no stage in particular stands nowhere else
        heard = t("“{text}”", text=quote["text"])
        items.append((t("Heard"), f"{heard} {quote['source']}".strip()))
    legend = [(name, what) for name, what in provenance_legend(content)]
    shown = items + (legend if len(items) < 4 else [])
    yield Slide(
        "sources",
        "facts",
        title,
        lead,
        {"items": [list(item) for item in shown]},
        (t("Source"), t("What it brought")),
        tuple(items),
        tuple(t("{name}: {what}", name=name, what=what) for name, what in legend),
    )


def rules(telling: Telling) -> Iterator[Slide]:
    """How each figure is worked out."""
    if not telling.project.table("touchpoint"):
        return
    t, content = telling.t, Content(telling.project, telling.language, telling.today)
    items = rules_of(content)
    yield Slide(
        "rules",
        "facts",
        t("How each figure is worked out"),
        "",
        {"items": [list(item) for item in items], "small": True},
        (t("Figure"), t("How it is worked out")),
        tuple(items),
        tuple(t("{name}: {what}", name=name, what=what) for name, what in provenance_legend(content)),
    )
