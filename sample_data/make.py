"""Makes the samples anew: `python sample_data/make.py`. The same every time: seeds, ids and moments are fixed.

The clean workbooks go through the same reading and import as any file; what the team decided afterwards is added by hand.
"""

from __future__ import annotations

import random
import secrets
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from unittest.mock import patch

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from content import harbourline, lumen  # noqa: E402
from workbooks import MADE, clean, messy, piped  # noqa: E402

import analysis  # noqa: E402
from analysis.project import Change, Project, Store, edits, log  # noqa: E402
from analysis.project.commands import Command  # noqa: E402

SAMPLES = {"fr": (lumen, "atelier_lumen"), "en": (harbourline, "harbourline")}
MOMENT = f"{MADE.isoformat()}+00:00"


@contextmanager
def fixed(seed: str) -> Iterator[None]:
    """Ids that are the same every time."""
    draw = random.Random(seed)
    with patch.object(secrets, "token_hex", lambda n=16: draw.randbytes(n).hex()):
        yield


def build(content: ModuleType, workbook: Path) -> Project:
    """The project: the workbook imported, then what people decided about it."""
    with fixed(content.NAME):
        project = Project.new(content.TITLE, language=content.LANGUAGE, client=content.NAME, currency=content.CURRENCY)
        plan = project.plan_import(analysis.read(workbook).tables, file=workbook.name, author=content.NAME)
        project = project.apply(plan.commands)
        project = project.apply(decided(project, content))
    return at_one_moment(project)


def decided(project: Project, content: ModuleType) -> list[Command]:
    """The goals of the stages, an emotion set by hand, moments of truth accepted, and which pain points each action answers."""
    stages = {stage.name: id for id, stage in project.table("stage").items()}
    touchpoints = {touchpoint.name: id for id, touchpoint in project.table("touchpoint").items()}
    name, emotion = content.BY_HAND["stage"]
    commands = edits.set_score(stages[name], "emotion", emotion, author=content.NAME)
    commands += [Change("stage", stages[known], {"goal": goal}) for known, goal in content.GOALS.items()]
    commands += [Change("touchpoint", touchpoints[known], {"moment_of_truth": "accepted"}) for known in content.BY_HAND["accepted"]]
    for id, action in project.table("action").items():
        pains = [i for i, card in project.table("card").items() if card.kind == "pain_point" and card.touchpoint == action.touchpoint]
        commands.append(Change("action", id, {"cards": pains}))
    return [*commands, *planned(project, content)]


def planned(project: Project, content: ModuleType) -> list[Command]:
    """Who stands for what in each action, what it may bring and cost, what it needs first; the budget, and what all returns rest on."""
    ids = {action.title: id for id, action in project.table("action").items()}
    fields = ("effect_low", "effect_high", "confidence", "cost_low", "cost_high")
    commands: list[Command] = []
    for title, accountable, consulted, informed, *amounts, needs in piped(content.PLAN):
        values = {"accountable": accountable, "consulted": consulted or "", "informed": informed or ""}
        numbers = {name: float(amount) for name, amount in zip(fields, amounts, strict=True) if amount is not None}
        commands.append(Change("action", ids[title], values | numbers | {"depends_on": [ids[one] for one in (needs or "").split("; ") if one]}))
    (low, high), (least, most) = content.MONEY["customers"], content.MONEY["conversion"]
    forecast = {"customers_low": low, "customers_high": high, "conversion_low": least, "conversion_high": most}
    return [*commands, *edits.set_view(project, budget=content.MONEY["budget"], forecast=forecast)]


def at_one_moment(project: Project) -> Project:
    """The same project, as if all of it had been done at the moment of the sample."""
    entities = {
        kind: {id: replace(e, **{name: MOMENT for name in ("at", "created") if getattr(e, name, "")}) for id, e in table.items()}
        for kind, table in project.entities.items()
    }
    return project.with_entities(entities)


def copy_of(project: Project) -> bytes:
    """The project as a .parcours file."""
    with tempfile.TemporaryDirectory() as folder, patch.object(log, "now", lambda: MOMENT):
        store = Store(f"sqlite:///{Path(folder) / 'sample.sqlite'}")
        data = store.save_copy(store.create(project, author=project.settings.client))
        store.engine.dispose()
    return data


def make(folder: Path = HERE) -> None:
    for content, name in SAMPLES.values():
        clean(content, folder / f"{name}.xlsx")
        (folder / f"{name}.parcours").write_bytes(copy_of(build(content, folder / f"{name}.xlsx")))
    messy(lumen, folder / "atelier_lumen_brouillon.xlsx")


if __name__ == "__main__":
    make()
