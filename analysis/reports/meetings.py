"""Workshops as deliverables tell them: what the minutes hold, less what must not be shown. What was not revealed is not in them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pandas as pd
import sqlalchemy as sa

from analysis.project.project import Project
from analysis.reports.privacy import Privacy, swapping
from analysis.workshop.minutes import Minutes, Secretary, as_csv
from analysis.workshop.minutes_page import headed, minutes_page, votes_workbook
from analysis.workshop.model import Item, Round, Workshop
from analysis.workshop.rooms import Rooms


class Meetings:
    """The workshops of a project that were held: minutes, and the votes as tables.

    Parameters
    ----------
    engine : of the store. project, id : whose workshops. privacy, language : as for :func:`analysis.reports.privacy.discreet`.
    """

    def __init__(self, engine: sa.Engine, id: str, project: Project, privacy: Privacy, language: str) -> None:
        self.secretary = Secretary(engine)
        self.privacy, self.language = privacy, language
        self.told = swapping(project, privacy, language)
        self.held = held(engine, id)

    def minutes(self) -> list[Minutes]:
        """Of each workshop in which a round was held, the first one first; tries are left out."""
        found = (self.minutes_of(workshop.id) for workshop in self.held)
        return [minutes for minutes in found if minutes.turnouts]

    def minutes_of(self, workshop: str) -> Minutes:
        """Of one workshop, by its id."""
        return self._discreet(self.secretary.minutes(workshop))

    def files(self, folder: str = "") -> dict[str, Callable[[], bytes]]:
        """Path → what makes the file: the minutes as a page, the votes as Excel and CSV."""
        found: dict[str, Callable[[], bytes]] = {}
        for number, minutes in enumerate(self.minutes(), start=1):
            stem = f"{folder}{stem_of(minutes.workshop.title, number)}"
            found[f"{stem}.html"] = partial(self.page, minutes)
            found[f"{stem}-votes.xlsx"] = partial(self.workbook, minutes)
            found[f"{stem}-votes.csv"] = partial(self.csv, minutes)
        return found

    def page(self, minutes: Minutes) -> bytes:
        """The minutes as a page that browsers, Word and LibreOffice open."""
        return minutes_page(minutes, self.language)

    def workbook(self, minutes: Minutes) -> bytes:
        """Results and votes as an Excel workbook."""
        return votes_workbook(minutes, self.votes(minutes), self.language)

    def csv(self, minutes: Minutes) -> bytes:
        """The votes as CSV."""
        return as_csv(headed(self.votes(minutes), self.language), self.language)

    def votes(self, minutes: Minutes) -> pd.DataFrame:
        """The votes of the revealed rounds; names and texts only where they may be shown."""
        frame = self.secretary.votes(minutes.workshop.id)
        if not self.privacy.staff:
            frame = frame.assign(name=pd.Series(pd.NA, index=frame.index, dtype="string"))
        if not self.privacy.verbatims:
            written = {number for number, round in enumerate(minutes.rounds, start=1) if round.texts}
            frame = frame[~frame["round"].isin(written)].reset_index(drop=True)
        texts = ["question", "item", "stage", "answer", "name"]
        return frame.assign(**{name: frame[name].map(self.told, na_action="ignore").astype("string") for name in texts})

    def _discreet(self, minutes: Minutes) -> Minutes:
        """Names go with the staff's names, texts with the verbatims, the client's name everywhere."""
        rounds = tuple(self._round(round) for round in minutes.rounds)
        known = {round.id: round for round in rounds}
        results = {}
        for id, result in minutes.results.items():
            texts = [replace(text, text=self.told(text.text)) for text in result.texts] if self.privacy.verbatims else []
            items = [replace(item, item=self._item(item.item)) for item in result.items]
            results[id] = replace(result, round=known[id], texts=tuple(texts), items=tuple(items))
        people = tuple(replace(one, name=self.told(one.name) if self.privacy.staff else "") for one in minutes.people)
        workshop = replace(minutes.workshop, title=self.told(minutes.workshop.title))
        return replace(minutes, workshop=workshop, people=people, rounds=rounds, results=results)

    def _round(self, round: Round) -> Round:
        choices = tuple(self.told(choice) for choice in round.choices)
        items = tuple(self._item(item) for item in round.items)
        return replace(round, question=self.told(round.question), note=self.told(round.note), choices=choices, items=items)

    def _item(self, item: Item) -> Item:
        return replace(item, label=self.told(item.label), group=self.told(item.group))


def held(engine: sa.Engine, project: str) -> list[Workshop]:
    """The workshops of a project to which people came, the first one first; dry runs are left out."""
    return [workshop for workshop in reversed(Rooms(engine).of_project(project)) if workshop.opened and not workshop.dry_run]


def stem_of(title: str, number: int) -> str:
    """Name of a workshop's files.

    >>> stem_of("Mardi : l'accueil", 2)
    '2-Mardi-l-accueil'
    """
    plain = "".join(c if c.isalnum() else "-" for c in title)
    return f"{number}-" + ("-".join(part for part in plain.split("-") if part) or "workshop")[:50]
