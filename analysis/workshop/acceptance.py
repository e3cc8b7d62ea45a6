"""Results into the project: scores with provenance *voted*, answers for the comparison of staff and customers, cards, the plan.

One round is one edit: what :func:`acceptance` lists is what one undo takes back. No single vote reaches the project's log: a
score holds mean, n and spread; the answers are a block without voters, times or order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

import pandas as pd

from analysis.errors import NotFound
from analysis.language import N_
from analysis.project import Project
from analysis.project.commands import Command, Put
from analysis.project.edits import add_action, add_cards, reorder_actions, set_score
from analysis.project.evidence import pack, unpack
from analysis.project.figures import score_id
from analysis.project.frames import typed_frame
from analysis.workshop.model import SIDES, Item, Round
from analysis.workshop.refusals import Refused
from analysis.workshop.results import Figures, ItemResult, Result

#: label of the edit in the project's history
LABEL = N_("Take in the votes: {round}")
COLUMNS = {
    "what": "string",  # score, card, action, order
    "target": "string",
    "criterion": "string",
    "before": "Float64",
    "provenance": "string",  # of the value before
    "after": "Float64",
    "n": "Int64",
    "sd": "Float64",
    "text": "string",
    "override": "boolean",  # a value set by hand stays in front of the voted one
}


@dataclass(frozen=True)
class Acceptance:
    """``changes``: one row a change, before and after; ``commands``: to be applied together."""

    commands: list[Command]
    changes: pd.DataFrame


def acceptance(project: Project, result: Result, *, author: str, leave_out: frozenset[str] = frozenset()) -> Acceptance:
    """What taking in a round would change, and the commands that do it. What is in the project already is left out, so that
    taking in twice changes nothing, and what an undo took out is offered again.

    Parameters
    ----------
    result : of a revealed round.
    leave_out : ids of items (or texts) that are not wanted.

    Raises
    ------
    Refused : the round is not revealed (code ``not_revealed``).
    """
    round = result.round
    if round.state != "revealed":
        raise Refused("not_revealed")
    rows: list[dict[str, Any]] = []
    commands: list[Command] = []
    maker = {"text": _cards, "dots": _dots}.get(round.kind, _figures if round.kind in _CRITERIA else None)
    if maker and not round.trial:
        for made, row in maker(project, result, author, leave_out):
            commands += made
            rows += [row] if row else []
    return Acceptance(commands, _frame(rows))


_CRITERIA = {"emotion": ("emotion",), "importance": ("importance",), "impact_effort": ("impact", "effort")}
_Made = Iterator[tuple[list[Command], dict[str, Any] | None]]


def _figures(project: Project, result: Result, author: str, leave_out: frozenset[str]) -> _Made:
    """Voted scores. Where customers voted, the map shows theirs; otherwise everybody's."""
    criteria = _CRITERIA[result.round.kind]
    kept = [item for item in result.items if item.item.id not in leave_out and _there(project, item.item)]
    for item in kept:
        parts = [_for_map(item.first, item.sides)] + ([_for_map(item.second, item.second_sides)] if item.second else [])
        for criterion, figures in zip(criteria, parts, strict=True):
            if figures.mean is not None and not _known(project, result.round, item.item, criterion, figures):
                yield _score(project, result.round, item.item, criterion, figures, author)
    evidence = _evidence(project, result.round, kept) if result.round.kind in ("emotion", "importance") else []
    if evidence:
        yield evidence, None


def _known(project: Project, round: Round, item: Item, criterion: str, figures: Figures) -> bool:
    """Whether this very vote is in the project."""
    score = project.table("score").get(score_id(item.id, criterion, "vote"))
    voted = (float(f"{figures.mean:.4f}"), figures.n, round.question)
    return score is not None and (score.value, score.n, score.source) == voted


def _for_map(everybody: Figures, sides: dict[str, Figures]) -> Figures:
    return sides.get("customer", everybody)


def _score(
    project: Project, round: Round, item: Item, criterion: str, figures: Figures, author: str
) -> tuple[list[Command], dict[str, Any]]:
    value = float(f"{figures.mean:.4f}")
    sd = None if figures.sd is None else float(f"{figures.sd:.4f}")
    commands = set_score(item.id, criterion, value, author=author, layer="vote", n=figures.n, sd=sd, source=round.question)
    known = project.figures.get((item.id, criterion))
    row = {
        "what": "score", "target": item.label, "criterion": criterion, "before": known.value if known else None,
        "provenance": known.provenance if known else None, "after": value, "n": figures.n, "sd": sd,
        "override": bool(known and known.layer in ("hand", "measured")),
    }  # fmt: skip
    return commands, row


def _evidence(project: Project, round: Round, items: list[ItemResult]) -> list[Command]:
    """The answers side by side, for the gap between staff and customers: values only, sorted, so nothing tells who or when.

    A second round replaces the answers to the items that it asked again.
    """
    id = f"e_{(round.root or round.id).partition('_')[2]}"
    old = project.table("evidence").get(id)
    links: dict[str, dict[str, str | None]] = {"touchpoint": dict(old.touchpoints) if old else {}, "stage": dict(old.stages) if old else {}}
    kept = _kept(project, old.blob, {item.item.id for item in items}, links) if old else pd.DataFrame()
    rows = [row for item in items for row in _answers(round, item, links)]
    if not rows:
        return []
    frame = pd.concat([kept, pd.DataFrame(rows)], ignore_index=True) if len(kept) else pd.DataFrame(rows)
    key, data = pack(frame)
    values = {
        "blob": key,
        "rows": len(frame),
        "title": round.question,
        "source": "vote",
        "kind": "workshop",
        "touchpoints": links["touchpoint"],
        "stages": links["stage"],
        "order": float(len(project.table("evidence"))) if not old else old.order,
    }
    return [Put("evidence", id, values, payloads={key: data})]


def _kept(project: Project, blob: str, asked_again: set[str], links: dict[str, dict[str, str | None]]) -> pd.DataFrame:
    try:
        frame = unpack(project.blob(blob))
    except NotFound:
        return pd.DataFrame()
    again = [frame[f"{kind}_label"].isin([label for label, id in links[kind].items() if id in asked_again]) for kind in links]
    return frame[~(again[0] | again[1])]


def _answers(round: Round, result: ItemResult, links: dict[str, dict[str, str | None]]) -> list[dict[str, Any]]:
    kind = "stage" if result.item.kind == "stage" else "touchpoint"
    label = _label(result.item, links[kind])
    links[kind][label] = result.item.id
    known = {"side": "", "measure": round.kind, "low": round.low, "high": round.high, f"{kind}_label": label}
    return [
        known | {"side": side, "value": round.low + position * round.step}
        for side in SIDES
        if side in result.sides
        for position, n in enumerate(result.sides[side].bins)
        for _ in range(n)
    ]


def _label(item: Item, taken: dict[str, str | None]) -> str:
    """The item's name; two items of one name get their stage, or their id, beside it."""
    names = (item.label, f"{item.label} ({item.group})" if item.group else "", f"{item.label} ({item.id})")
    return next(name for name in names if name and taken.get(name) in (None, item.id))


def _cards(project: Project, result: Result, author: str, leave_out: frozenset[str]) -> _Made:
    """A card a text, on its stage; a text that speaks for several says how many."""
    round, stages = result.round, {item.id: item for item in result.round.items}
    journey = round.journey if round.journey in project.table("journey") else project.first_journey
    for text in result.texts:
        id = _own_id("c", round.id, text.id)
        if text.id in leave_out or id in project.table("card"):
            continue
        stage = text.item if text.item in project.table("stage") else None
        facts = {"side": text.side, "source": "vote"} | ({"count": float(text.count)} if text.count > 1 else {})
        made = _named(id, add_cards(project, journey, round.card or "pain_point", stage, [text.text], **facts))
        project = project.apply(made)  # so that the next card of this cell comes after it
        target = stages[text.item].label if text.item in stages else None
        yield made, {"what": "card", "target": target, "criterion": round.card or "pain_point", "text": text.text, "n": text.count}


def _dots(project: Project, result: Result, author: str, leave_out: frozenset[str]) -> _Made:
    """Actions are put in the order of their dots; anything else that got dots becomes an action of the plan."""
    chosen = [item for item in result.divided if item.item.id not in leave_out]
    actions = [item for item in chosen if item.item.kind == "action" and item.item.id in project.table("action")]
    if actions:
        voted = [item.item.id for item in actions]
        rest = [id for id in project.actions["id"] if id not in set(voted)]
        if [*voted, *rest] != project.actions["id"].tolist():
            yield reorder_actions([*voted, *rest]), None
            for position, item in enumerate(actions, start=1):
                yield [], {"what": "order", "target": item.item.label, "after": float(position), "n": int(item.total)}
    for item in chosen:
        id = _own_id("a", result.round.id, item.item.id)
        if item.item.kind != "action" and item.total > 0 and id not in project.table("action"):
            made = _named(id, _new_action(project, result.round, item))
            yield made, {"what": "action", "target": item.item.label, "n": int(item.total)}


def _own_id(prefix: str, *parts: str) -> str:
    """Always the same of the same parts; the phone's own id of a text cannot be told from it."""
    return f"{prefix}_{sha256(chr(0).join(parts).encode()).hexdigest()[:12]}"


def _named(id: str, made: list[Command]) -> list[Command]:
    """The same, under an id that a second taking in recognises."""
    return [replace(command, id=id) for command in made]


def _new_action(project: Project, round: Round, result: ItemResult) -> list[Command]:
    item, card = result.item, project.table("card").get(result.item.id)
    facts: dict[str, Any] = {"reason": round.question, "notes": f"{int(result.total)} ●"}
    if item.kind == "touchpoint" and item.id in project.table("touchpoint"):
        facts["touchpoint"] = item.id
    if card is not None:
        facts |= {"cards": [item.id], "touchpoint": card.touchpoint, "stage": card.stage}
    return add_action(item.label, **facts)


def _there(project: Project, item: Item) -> bool:
    return item.id in project.table(item.kind)


def _frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    return typed_frame(rows, COLUMNS)
