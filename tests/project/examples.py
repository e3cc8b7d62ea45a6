"""A small project whose every figure is known: two stages, three touchpoints, seven answers."""

from __future__ import annotations

import pandas as pd

from analysis.project import Project, Put
from analysis.project.evidence import pack

J, FIND, BUY = "j_map", "s_find", "s_buy"
SITE, SHOP, MAIL = "t_site", "t_shop", "t_mail"

#: who answered what: four customers rate the site 1–5, two the shop, one employee rates the site
ANSWERS = pd.DataFrame(
    [
        ("Web site", "satisfaction", 1, 1, 5, "r1", "customer", "slow"),
        ("Web site", "satisfaction", 2, 1, 5, "r2", "customer", None),
        ("Web site", "satisfaction", 5, 1, 5, "r3", "customer", "lovely"),
        ("Web site", "satisfaction", 4, 1, 5, "r4", "customer", None),
        ("Shop", "satisfaction", 5, 1, 5, "r1", "customer", None),
        ("Shop", "satisfaction", 3, 1, 5, "r2", "customer", None),
        ("Web site", "satisfaction", 5, 1, 5, "s1", "staff", None),
    ],
    columns=["touchpoint_label", "measure", "value", "low", "high", "respondent", "side", "text"],
)


def shop(answers: pd.DataFrame | None = ANSWERS) -> Project:
    """The project; ``answers`` None leaves the survey out."""
    project = Project.new("Shop", language="en", stages=["Find", "Buy"])
    return project.apply(_renamed(project)).apply(_contents()).apply(_survey(answers) if answers is not None else [])


def _renamed(project: Project) -> list[Put]:
    """The same project with ids that a test can name."""
    from analysis.project import Remove

    born = project.first_journey
    return [  # type: ignore[list-item]
        Put("journey", J, {"title": "Today", "order": -1}),
        *(
            Put("stage", id, {"journey": J, "name": name, "order": order})
            for order, (id, name) in enumerate([(FIND, "Find"), (BUY, "Buy")])
        ),
        *(
            Put("lane", f"l_{kind}", {"journey": J, "type": kind, "order": order})
            for order, kind in enumerate(["touchpoints", "pain_point"])
        ),
        Remove("journey", born),
    ]


def _contents() -> list[Put]:
    places = [("p_site", SITE, FIND, 0), ("p_shop", SHOP, BUY, 0), ("p_mail", MAIL, BUY, 1)]
    return [
        *(Put("touchpoint", id, {"name": name}) for id, name in [(SITE, "Web site"), (SHOP, "Shop"), (MAIL, "E-mail")]),
        *(Put("placement", id, {"journey": J, "touchpoint": t, "stage": s, "order": order}) for id, t, s, order in places),
        Put("card", "c_slow", {"journey": J, "kind": "pain_point", "stage": FIND, "touchpoint": SITE, "text": "Slow pages"}),
        Put("card", "c_queue", {"journey": J, "kind": "pain_point", "stage": BUY, "text": "Queues"}),
        Put("action", "a_speed", {"title": "Speed up", "touchpoint": SITE, "cards": ["c_slow"]}),
    ]


def _survey(answers: pd.DataFrame) -> list[Put]:
    key, data = pack(answers)
    links = {"Web site": SITE, "Shop": SHOP, "Unknown": None}
    return [Put("evidence", "e_survey", {"blob": key, "rows": len(answers), "title": "Survey", "touchpoints": links}, payloads={key: data})]
