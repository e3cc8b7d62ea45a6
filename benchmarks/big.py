"""A big project, the same every time: 300 touchpoints over 12 stages, 50,000 answers of 5,000 people, 400 cards, 40 actions.

Every view of the priorities has something to show: touchpoints have a value for the 360° matrix, customers say what matters to them
in which stage, and staff say what they think of it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.project import Project, Put
from analysis.project.commands import Command
from analysis.project.evidence import pack
from analysis.project.figures import score_id

STAGES = ("Need", "Search", "Compare", "Visit", "Advice", "Offer", "Order", "Payment", "Delivery", "Use", "Help", "Renewal")
CHANNELS = ("Web site", "E-mail", "Phone", "Shop", "Mobile app", "Social media")
FAMILIES = ("marketing", "sales", "customer_service", "post_purchase", "indirect")
LANES = ("pain_point", "delight", "thought", "action", "opportunity")
JOURNEY = "j_big"


def big_sample(touchpoints: int = 300, answers: int = 50_000, cards: int = 400, actions: int = 40, seed: int = 7) -> Project:
    """The project; the figures are those of the budgets of the design."""
    draw = np.random.default_rng(seed)
    born = Project.new("Big sample", language="en", stages=["Need"])
    commands = [*_map(), *_touchpoints(draw, touchpoints), *_cards(draw, touchpoints, cards), *_actions(draw, touchpoints, actions)]
    project = born.apply(commands).apply(_survey(draw, touchpoints, answers))
    other = np.random.default_rng(seed + 1)
    return project.apply([*_value(other, touchpoints), *_sides(other, touchpoints, answers // 10)])


def _map() -> list[Command]:
    return [
        Put("journey", JOURNEY, {"title": "Today", "order": -1}),
        *(Put("stage", f"s_{n:02}", {"journey": JOURNEY, "name": name, "order": float(n)}) for n, name in enumerate(STAGES)),
        *(Put("lane", f"l_{n}", {"journey": JOURNEY, "type": lane, "order": float(n)}) for n, lane in enumerate(("touchpoints", *LANES))),
    ]


def _touchpoints(draw: np.random.Generator, count: int) -> list[Command]:
    commands: list[Command] = []
    for n in range(count):
        id, stage = f"t_{n:03}", f"s_{n * len(STAGES) // count:02}"
        channel = CHANNELS[n % len(CHANNELS)]
        values = {"name": f"{STAGES[n * len(STAGES) // count]}: {channel.lower()} {n}", "channel": channel, "family": FAMILIES[n % 5]}
        commands.append(Put("touchpoint", id, values | {"online": n % 3 > 0, "owner": f"Owner {n % 12}", "team": f"Team {n % 5}"}))
        commands.append(Put("placement", f"p_{n:03}", {"journey": JOURNEY, "touchpoint": id, "stage": stage, "order": float(n)}))
        commands += _scores(draw, id)
    return commands


def _scores(draw: np.random.Generator, id: str) -> list[Command]:
    drawn = {criterion: float(draw.integers(1, 11)) for criterion in ("impact", "effort", "importance", "fit")}
    drawn |= {"reach": float(draw.integers(1, 100)), "cost": float(draw.integers(1, 90) * 100), "complaints": float(draw.geometric(0.05))}
    drawn |= {"satisfaction": float(draw.integers(-4, 5) / 2)}
    return [
        Put("score", score_id(id, name, "file"), {"target": id, "criterion": name, "layer": "file", "value": value, "source": "big.xlsx"})
        for name, value in drawn.items()
    ]


def _cards(draw: np.random.Generator, touchpoints: int, count: int) -> list[Command]:
    commands: list[Command] = []
    for n in range(count):
        touchpoint = int(draw.integers(touchpoints))
        stage = f"s_{touchpoint * len(STAGES) // touchpoints:02}"
        values = {"journey": JOURNEY, "kind": LANES[n % len(LANES)], "stage": stage, "touchpoint": f"t_{touchpoint:03}", "order": float(n)}
        commands.append(Put("card", f"c_{n:03}", values | {"text": f"Something that was said about touchpoint {touchpoint}, number {n}"}))
    return commands


def _actions(draw: np.random.Generator, touchpoints: int, count: int) -> list[Command]:
    chosen = draw.choice(touchpoints, size=count, replace=False)
    return [
        Put("action", f"a_{n:02}", {"title": f"Improve touchpoint {t}", "touchpoint": f"t_{t:03}", "owner": f"Owner {n % 12}",
                                    "due_date": f"2026-{n % 12 + 1:02}-15", "cost": float(n * 100)})
        for n, t in enumerate(chosen.tolist())
    ]  # fmt: skip


def _survey(draw: np.random.Generator, touchpoints: int, count: int) -> list[Command]:
    respondents = max(count // 10, 1)
    who, where = draw.integers(respondents, size=count), draw.integers(touchpoints, size=count)
    measure = draw.choice(np.array(["satisfaction", "nps", "comment"]), size=count, p=[0.8, 0.1, 0.1])
    value = np.where(measure == "nps", draw.integers(0, 11, size=count), np.clip(np.round(draw.normal(3.4, 1.1, size=count)), 1, 5))
    words = np.array(["slow", "friendly", "unclear", "quick", "helpful", "expensive", "lovely", "broken"])
    frame = pd.DataFrame({
        "row": np.arange(1, count + 1),
        "touchpoint_label": np.where(measure == "nps", None, np.char.add("Touchpoint ", where.astype(str)).astype(object)),
        "segment": np.array(["New", "Regular", "Loyal"])[who % 3],
        "measure": measure,
        "value": np.where(measure == "comment", np.nan, value),
        "low": np.where(measure == "nps", 0, 1),
        "high": np.where(measure == "nps", 10, 5),
        "respondent": np.char.add("r", who.astype(str)),
        "date": pd.Timestamp("2026-01-01") + pd.to_timedelta(draw.integers(0, 250, size=count), unit="D"),
        "text": np.where(measure == "comment", np.char.add(draw.choice(words, size=count), " service"), None),
        "attr:Segment": np.array(["New", "Regular", "Loyal"])[who % 3],
    })  # fmt: skip
    key, data = pack(frame)
    links = {f"Touchpoint {n}": f"t_{n:03}" for n in range(touchpoints)}
    return [
        Put("evidence", "e_big", {"blob": key, "rows": count, "title": "Survey", "source": "Survey", "touchpoints": links}, {key: data})
    ]


def _value(draw: np.random.Generator, touchpoints: int) -> list[Command]:
    """What each touchpoint gives: useful, pleasant, leading on, in percent."""
    return [
        Put("score", score_id(f"t_{n:03}", name, "file"),
            {"target": f"t_{n:03}", "criterion": name, "layer": "file", "value": float(draw.integers(5, 96)), "source": "big.xlsx"})
        for n in range(touchpoints) for name in ("rational", "emotional", "behavioural")
    ]  # fmt: skip


def _sides(draw: np.random.Generator, touchpoints: int, count: int) -> list[Command]:
    """What matters in which stage, and how good it is, said by customers and by staff."""
    where, staff = draw.integers(touchpoints, size=count), draw.random(count) < 0.4
    matters = ~staff | (draw.random(count) < 0.5)
    frame = pd.DataFrame({
        "row": np.arange(1, count + 1),
        "touchpoint_label": np.char.add("Touchpoint ", where.astype(str)),
        "stage_label": np.array(STAGES)[np.clip(where * len(STAGES) // touchpoints + draw.integers(-1, 2, size=count), 0, len(STAGES) - 1)],
        "side": np.where(staff, "staff", "customer"),
        "measure": np.where(matters, "importance", "satisfaction"),
        "value": np.where(matters, draw.integers(1, 11, size=count), draw.integers(1, 6, size=count)),
        "low": 1,
        "high": np.where(matters, 10, 5),
        "respondent": np.char.add(np.where(staff, "staff", "r"), draw.integers(1, 500, size=count).astype(str)),
    })  # fmt: skip
    key, data = pack(frame)
    links = {"touchpoints": {f"Touchpoint {n}": f"t_{n:03}" for n in range(touchpoints)},
             "stages": {name: f"s_{n:02}" for n, name in enumerate(STAGES)}}  # fmt: skip
    facts = {"blob": key, "rows": count, "title": "Both sides", "source": "Both sides", "order": 1.0}
    return [Put("evidence", "e_sides", facts | links, {key: data})]
