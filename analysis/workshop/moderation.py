"""The facilitator's own window on texts: read them before the room does, hide, merge, correct. Never what is projected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from analysis.workshop import tables
from analysis.workshop.answers import clean
from analysis.workshop.desk import Desk
from analysis.workshop.refusals import Refused


@dataclass(frozen=True, slots=True)
class Text:
    """A text as the facilitator sees it; never who wrote it."""

    id: str
    item: str
    text: str
    side: str
    typed: bool
    hidden: bool
    merged: str


class Moderation(Desk):
    """Texts of a round, whatever its state; ask only for a signed-in facilitator."""

    def texts(self, round_id: str) -> list[Text]:
        """Every text of a round, by stage then alphabetically: their order says nothing of when they came."""
        table = tables.texts
        with self.reading() as connection:
            round = self.round_in(connection, round_id)
            rows = connection.execute(sa.select(table).where(table.c.round == round_id, table.c.text != "")).mappings().all()
        place = {item.id: index for index, item in enumerate(round.items)}
        found = [Text(**{name: row[name] for name in Text.__slots__}) for row in rows]
        return sorted(found, key=lambda text: (place.get(text.item, len(place)), text.text.casefold(), text.id))

    def hide(self, round_id: str, ids: Sequence[str], hidden: bool = True) -> None:
        """Keep texts from being shown, or show them again. They are not deleted."""
        self._update(round_id, ids, hidden=hidden)

    def merge(self, round_id: str, ids: Sequence[str]) -> None:
        """Let the first of these texts speak for the others."""
        if len(ids) < 2:
            raise Refused("empty")
        table, (first, *others) = tables.texts, ids
        with self.writing(self._workshop(round_id)) as connection:
            spoken_for = sa.or_(table.c.id.in_(others), table.c.merged.in_(others))
            connection.execute(table.update().where(table.c.round == round_id, spoken_for).values(merged=first))
            connection.execute(table.update().where(table.c.round == round_id, table.c.id == first).values(merged="", hidden=False))

    def split(self, round_id: str, ids: Sequence[str]) -> None:
        """Let these texts speak for themselves again, with those they spoke for."""
        table = tables.texts
        with self.writing(self._workshop(round_id)) as connection:
            where = sa.or_(table.c.id.in_(list(ids)), table.c.merged.in_(list(ids)))
            connection.execute(table.update().where(table.c.round == round_id, where).values(merged=""))

    def correct(self, round_id: str, id: str, text: str) -> None:
        """Correct a text: a slip of the finger, a name that must not be shown."""
        shown = clean(text)
        if not shown:
            raise Refused("empty")
        self._update(round_id, [id], text=shown)

    def _update(self, round_id: str, ids: Sequence[str], **values: object) -> None:
        table = tables.texts
        with self.writing(self._workshop(round_id)) as connection:
            connection.execute(table.update().where(table.c.round == round_id, table.c.id.in_(list(ids))).values(**values))

    def _workshop(self, round_id: str) -> str:
        with self.reading() as connection:
            return self.round_in(connection, round_id).workshop
