"""What leaves the server: the question as a phone shows it, the board as it may be projected. Plain values for JSON.

Nothing here can show what is hidden: results come only of rounds that are :attr:`model.Round.visible`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from analysis.workshop.ballots import Ballots
from analysis.workshop.closing import turnout
from analysis.workshop.desk import counted
from analysis.workshop.model import Participant, Round, Workshop
from analysis.workshop.refusals import Refused
from analysis.workshop.results import Figures, ItemResult, Result, Results

Json = dict[str, Any]
#: fewer votes than this would show a single person's
FEWEST_SHOWN = 2


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A room at one revision.

    ``pulse`` goes to every phone: what is open, how many have voted. Its ``key`` changes when a phone has something new to
    fetch, not at each vote. ``board`` goes to the facilitator's screen. ``ends`` and ``paused`` are the timer's; what is left is
    told when it is sent. ``removed`` counts the people who were sent out.
    """

    revision: int
    pulse: Json
    board: Json
    ends: float | None = None
    paused: float | None = None
    removed: int = 0

    def left(self, now: float) -> Json:
        """The timer as a span: a phone's own clock may be wrong."""
        if self.paused is not None:
            return {"left": _tenths(self.paused), "paused": True}
        return {} if self.ends is None else {"left": _tenths(max(0.0, self.ends - now)), "paused": False}


class Views(Results, Ballots):
    """Pictures of a room, each read in one transaction."""

    def snapshot(self, workshop_id: str) -> Snapshot:
        """The room as it is now.

        Raises
        ------
        Refused : it no longer exists (code ``no_room``).
        """
        with self.reading() as connection:
            workshop = self.workshop_in(connection, workshop_id)
            people = self.people_in(connection, workshop_id)
            try:
                round = self.round_in(connection, workshop.current) if workshop.current else None
            except Refused:
                round = None
            seen = turnout(connection, workshop, round, people) if round else None
            result = self._result(connection, round, seen) if round and round.visible else None
        shown = results_json(result) | {"round": result.round.id} if result else None
        counts = {"voted": seen.voted, "of": seen.of} if seen else {"voted": 0, "of": 0}
        removed = sum(person.removed for person in people)
        pulse: Json = {"key": _key(workshop, round, removed), "state": workshop.state} | counts
        if shown is not None and round and round.for_phones:
            pulse["results"] = shown
        board = {
            "rev": workshop.revision, "state": workshop.state, "title": workshop.title, "code": workshop.code, "locked": workshop.locked,
            "dry": workshop.dry_run, "people": sum(not p.removed and p.kind != "facilitator" for p in people),
            "round": round_json(round) if round else None, "finished": seen.finished if seen else 0, "results": shown,
        } | counts  # fmt: skip
        ends, paused = (round.ends, round.left) if round and round.state == "open" else (None, None)
        return Snapshot(workshop.revision, pulse, board, ends, paused, removed)

    def seat(self, workshop_id: str, person: Participant | None) -> Json:
        """What one phone shows: the question that is on, and this person's own answers to it."""
        with self.reading() as connection:
            workshop = self.workshop_in(connection, workshop_id)
            try:
                round = self.round_in(connection, workshop.current) if workshop.current else None
            except Refused:
                round = None
            room = {
                "title": workshop.title,
                "state": workshop.state,
                "side": workshop.side,
                "locked": workshop.locked,
                "dry": workshop.dry_run,
            }
            found: Json = {"room": room, "me": None, "round": None}
            if person is None or person.removed or workshop.state == "ended":
                return found | {"removed": bool(person and person.removed)}
            found["me"] = {"name": person.name, "side": person.side, "votes": bool(round and counted(person, workshop, round))}
            if round is None or round.state == "waiting":
                return found
            found["round"] = round_json(round)
            if round.state == "open":
                votes, texts = self.mine(connection, round, person)
                found["mine"] = {item: _own(row) for item, row in votes.items()}
                found["texts"] = [{"id": row["id"], "item": row["item"], "text": row["text"]} for row in texts if row["text"]]
            return found


def _own(row: Json) -> Json:
    kept = {"count": row["count"]}
    if row["skip"]:
        return kept | {"skip": True}
    return kept | {name: row[name] for name in ("value", "second") if row[name] is not None}


def _key(workshop: Workshop, round: Round | None, removed: int) -> str:
    """What a phone compares to know whether it has to fetch its page anew."""
    shape = (round.id, round.state, round.question, round.items, round.budget, round.choices) if round else ()
    return _short((workshop.state, workshop.title, workshop.side, workshop.facilitator_votes, removed, shape))


def _short(value: Any) -> str:
    """A short name of a value that is the same in every process."""
    return hashlib.sha256(repr(value).encode()).hexdigest()[:10]


def _tenths(value: float) -> float:
    return float(f"{value:.1f}")


def round_json(round: Round) -> Json:
    """A question as it is put to the room; nothing of its answers, and nothing secret."""
    return {
        "id": round.id, "kind": round.kind, "question": round.question, "state": round.state, "low": round.low, "high": round.high,
        "step": round.step, "budget": round.budget, "answer": round.answer, "choices": list(round.choices), "card": round.card,
        "anonymous": round.anonymous, "who": round.who, "show": round.show, "trial": round.trial, "again": bool(round.previous),
        "texts": round.texts, "visible": round.visible,
        "items": [{"id": item.id, "label": item.label, "group": item.group, "kind": item.kind} for item in round.items],
    }  # fmt: skip


def results_json(result: Result) -> Json:
    """Results as they may be projected: where there is a single vote, only that there is one."""
    round, few = result.round, 1 if result.round.trial else FEWEST_SHOWN
    if round.texts:
        texts = [{"item": text.item, "text": text.text, "count": text.count} for text in result.texts]
        return {"texts": texts, "skips": result.skips}
    return {"items": [_item_json(item, few) | _dots(item, result, few) for item in result.divided], "skips": result.skips}


def _item_json(result: ItemResult, few: int) -> Json:
    item = result.item
    shown: Json = {"id": item.id, "label": item.label, "group": item.group, "skips": result.skips, "band": result.band}
    shown |= {"n": result.first.n, "first": _figures_json(result.first, few)}
    if result.second:
        shown["second"] = _figures_json(result.second, few)
    if result.agreement is not None:
        shown["agreement"] = _tenths(result.agreement)
    if result.before and result.before.n >= few:
        shown["before"] = _figures_json(result.before, few)
        if result.before_second:
            shown["before_second"] = _figures_json(result.before_second, few)
    if len(result.sides) > 1 and all(figures.n >= few for figures in result.sides.values()):
        shown["sides"] = {side: _figures_json(figures, few) for side, figures in result.sides.items()}
    return shown


def _dots(item: ItemResult, result: Result, few: int) -> Json:
    """The dots of an item, once several people have placed theirs."""
    return {"total": int(item.total)} if result.round.kind == "dots" and result.turnout.voted >= few else {}


def _figures_json(figures: Figures, few: int) -> Json:
    if figures.n < few:
        return {"n": figures.n, "few": True}
    found: Json = {"n": figures.n, "bins": list(figures.bins)}
    if figures.mean is not None and figures.median is not None:
        found |= {"mean": float(f"{figures.mean:.2f}"), "median": figures.median}
    return found
