"""Projects for the tests of the deliverables: a small one that reads like a real one, a big one, one with hostile texts."""

from __future__ import annotations

import datetime as dt
import random

import pandas as pd

from analysis.project.commands import Command, Put
from analysis.project.edits import add_action, add_cards, add_touchpoints, set_score
from analysis.project.evidence import pack
from analysis.project.project import Project

TODAY = dt.date(2026, 9, 15)
NAMES = [
    "Site web",
    "Publicité Instagram",
    "Newsletter",
    "Conseil en magasin",
    "Essayage virtuel",
    "Devis",
    "Mutuelle",
    "Paiement en caisse",
    "SMS de retrait",
    "Livraison",
    "Ajustage",
    "Appel de suivi",
    "Avis Google",
    "Parrainage",
    "Réclamation",
    "Garantie",
]
FAMILIES = ["marketing", "sales", "customer_service", "post_purchase", "indirect"]
STATUSES = ["proposed", "to_do", "in_progress", "done", "dropped"]


def project_of(count: int, *, language: str = "fr", seed: int = 1, answers: int = 200, name: str = "Optique Lambert") -> Project:
    """A project of ``count`` touchpoints with scores, cards, answers and actions; two stages in six have no emotion."""
    draw = random.Random(seed)
    project = Project.new(name, language=language, client="Maison Lambert")
    journey = project.first_journey
    stages = [id for id, _ in project.stages_of(journey)]
    for position in range(count):
        stage = stages[position * len(stages) // max(count, 1)]
        family = draw.choice(FAMILIES)
        label = NAMES[position % len(NAMES)] + (f" {position // len(NAMES) + 1}" if position >= len(NAMES) else "")
        project = project.apply(
            add_touchpoints(project, journey, stage, [label], family=family, channel="web", owner=draw.choice(["Anne", "Bruno", ""]))
        )
    project = project.apply([command for id in project.table("touchpoint") for command in _scores(draw, id)])
    project = project.apply(_cards(draw, project, journey))
    project = project.apply(_actions(draw, project))
    return with_answers(project, stages[:4], answers, draw) if answers else project


def _scores(draw: random.Random, id: str) -> list[Command]:
    values = {
        "impact": draw.randint(1, 10),
        "effort": draw.randint(1, 10),
        "importance": draw.randint(1, 10),
        "reach": draw.randint(1, 100),
        "cost": draw.choice([500, 1200, 8000, 25000]),
        "satisfaction": draw.choice([-2, -1, 0, 1, 2]),
        "complaints": draw.randint(0, 60),
    }
    kept = {name: value for name, value in values.items() if draw.random() > 0.1}
    return [
        command
        for name, value in kept.items()
        for command in set_score(id, name, value, author="Ada", layer="file", source="inventaire.xlsx")
    ]


def _cards(draw: random.Random, project: Project, journey: str) -> list[Command]:
    commands: list[Command] = []
    for id, stage in project.stage_of_touchpoint.items():
        for kind in ("pain_point", "action", "thought", "delight", "opportunity"):
            if draw.random() < 0.5:
                commands += add_cards(project, journey, kind, stage, [f"{kind} n° {draw.randint(1, 99)} : trop d'attente"], touchpoint=id)
    return commands


def _actions(draw: random.Random, project: Project) -> list[Command]:
    commands: list[Command] = []
    for position, id in enumerate(list(project.table("touchpoint"))[:: max(1, len(project.table("touchpoint")) // 40)]):
        commands += add_action(
            f"Raccourcir l'attente au point {position + 1}",
            touchpoint=id,
            owner=draw.choice(["Anne", "Bruno"]),
            status=STATUSES[position % 5],
            start_date=dt.date(2026, 9, 1),
            due_date=dt.date(2026, 9, 1) + dt.timedelta(days=7 * position),
            cost=draw.choice([None, 1500.0, 4000.0]),
            kpi="Délai moyen (min)",
            kpi_baseline=12,
            kpi_target=5,
            reason="Point de douleur le plus cité",
        )
    return commands


def with_answers(project: Project, stages: list[str], rows: int, draw: random.Random) -> Project:
    """The project with a survey block about these stages and their touchpoints."""
    home = [(t, s) for t, s in project.stage_of_touchpoint.items() if s in stages]
    frame = pd.DataFrame(
        [
            {
                "row": i + 2,
                "touchpoint_label": (pair := draw.choice(home))[0],
                "stage_label": pair[1],
                "side": "customer",
                "measure": draw.choice(["satisfaction", "comment"]),
                "value": draw.choice([1, 2, 3, 4, 5, None]),
                "low": 1,
                "high": 5,
                "respondent": f"r{draw.randint(1, rows)}",
                "date": pd.Timestamp(2026, 6, 1) + pd.Timedelta(days=draw.randint(0, 60)),
                "text": draw.choice([None, "Personne ne répond au téléphone."]),
            }
            for i in range(rows)
        ]
    )
    frame.loc[frame["measure"] == "comment", "value"] = None
    key, data = pack(frame)
    values = {
        "blob": key,
        "rows": len(frame),
        "title": "Enquête",
        "source": "enquete_2026.xlsx",
        "touchpoints": {t: t for t, _ in home},
        "stages": {s: s for s in stages},
    }
    return project.apply([Put("evidence", "e_survey", values, payloads={key: data})])


HOSTILE = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+33612345678",
    "-12,5",
    "- puce",
    "@anne",
    "\t=1+1",
    "#N/A",
    "_x0041_",
    "a\x07b",
    "😀 " * 20,
    "Anticonstitutionnellement" * 2,
    "'=1",
    "<b>&amp;</b>",
    "ligne 1\nligne 2",
    "é" * 15_000,
]


def hostile() -> Project:
    """A project whose every text tries something."""
    project = Project.new('=HYPERLINK("http://x") 😀', language="fr", client="@client", stages=["=1+1", "=1+1", "+a", "[:*?/]", "😀" * 20])
    journey = project.first_journey
    for position, (stage, _) in enumerate(project.stages_of(journey)):
        project = project.apply(add_touchpoints(project, journey, stage, HOSTILE[position::5], channel="=1", owner="@anne"))
    for id in project.table("touchpoint"):
        project = project.apply(set_score(id, "impact", 5, author="=a") + set_score(id, "effort", 5, author="=a", source="=b", text="=c"))
    stage = project.stages_of(journey)[0][0]
    project = project.apply(add_cards(project, journey, "pain_point", stage, HOSTILE))
    for text in HOSTILE:
        project = project.apply(add_action(text, owner=text[:200], kpi=text, reason=text))
    return project
