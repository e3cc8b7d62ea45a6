"""A boutique with six touchpoints whose figures are written out, for the tests of the decision pages."""

from __future__ import annotations

from analysis.project import Command, Project, Put, edits

SITE, QUOTE, CALL, LETTER, FAIR, REVIEWS = "t_site", "t_quote", "t_call", "t_letter", "t_fair", "t_reviews"

#: touchpoint → name, stage (0…5), family, owner, then impact, effort, reach, fit, satisfaction, cost, complaints
TOUCHPOINTS = {
    SITE: ("Site web", 0, "marketing", "Anne", (9, 2, 80, 8, -1, 1000, 12)),
    QUOTE: ("Devis", 2, "sales", "Bachir", (8, 7, 40, 9, -2, 8000, 5)),
    CALL: ("Appel", 1, "customer_service", "Anne", (6, 3, 30, 6, 1, 500, 3)),
    LETTER: ("Newsletter", 0, "marketing", "Chloé", (3, 2, 60, 4, 1, 200, 0)),
    FAIR: ("Salon", 1, "marketing", "Chloé", (3, 8, 5, 3, 0, 12000, None)),
    REVIEWS: ("Avis", 5, "indirect", "", (None, None, None, None, None, None, None)),
}
CRITERIA = ("impact", "effort", "reach", "fit", "satisfaction", "cost", "complaints")


def boutique(language: str = "fr") -> Project:
    """The project: five touchpoints with scores, one without, four pain points on two of them."""
    project = Project.new("La Boutique", language=language)
    return project.apply([*_touchpoints(project), *_pains(project)])


def _touchpoints(project: Project) -> list[Command]:
    journey = project.first_journey
    stages = [id for id, _ in project.stages_of(journey)]
    commands: list[Command] = []
    for order, (id, (name, stage, family, owner, values)) in enumerate(TOUCHPOINTS.items()):
        commands.append(Put("touchpoint", id, {"name": name, "family": family, "owner": owner}))
        commands.append(Put("placement", f"p_{id}", {"journey": journey, "touchpoint": id, "stage": stages[stage], "order": float(order)}))
        for criterion, value in zip(CRITERIA, values, strict=True):
            if value is not None:
                commands += edits.set_score(id, criterion, value, author="file", layer="file", source="Points!C3")
    return commands


def _pains(project: Project) -> list[Command]:
    journey = project.first_journey
    texts = [(SITE, "Prix introuvables"), (SITE, "Pages lentes"), (SITE, "Pas de photos"), (QUOTE, "Trop d’attente")]
    return [
        Put("card", f"c_{n}", {"journey": journey, "kind": "pain_point", "touchpoint": id, "text": text})
        for n, (id, text) in enumerate(texts)
    ]
