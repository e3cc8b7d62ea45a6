"""A dry run: simulated people vote, so that a facilitator can walk through the whole agenda before anybody comes."""

from __future__ import annotations

import random
from collections.abc import Sequence

from analysis.language import N_, translator
from analysis.workshop.answers import Answer
from analysis.workshop.closing import WHOLE
from analysis.workshop.model import Participant, Round

PEOPLE = 12
#: share of answers that are "don't know"
SKIPS = 0.08
_TEXTS = (
    N_("I wait without knowing why"),
    N_("I have to repeat everything to each person"),
    N_("The price is not clear"),
    N_("Nobody calls me back"),
    N_("I cannot find it on my phone"),
    N_("The staff are kind and take their time"),
)


def simulated(round: Round, people: Sequence[Participant], rng: random.Random, *, language: str = "fr") -> list[Answer]:
    """One answer of each of these people to each item of a round; each item has a tendency of its own, some divide the room."""
    answers: list[Answer] = []
    tendency = {item.id: (rng.random(), rng.random() < 0.3) for item in round.items}
    for person in people:
        if round.who not in ("all", person.side):
            continue
        if round.texts:
            answers += _words(round, person, rng, language)
        elif round.kind == "dots":
            answers += _dots(round, person, rng)
        else:
            answers += [_rating(round, person, item.id, *tendency[item.id], rng) for item in round.items]
    return answers


def _answer(round: Round, person: Participant, item: str, **values: object) -> Answer:
    return Answer(round.workshop, person.token, round.id, item, 1, **values)  # type: ignore[arg-type]


def _rating(round: Round, person: Participant, item: str, centre: float, divided: bool, rng: random.Random) -> Answer:
    if rng.random() < SKIPS:
        return _answer(round, person, item, skip=True)
    if divided:
        centre = rng.choice((0.1, 0.9))
    first, second = _value(round, centre, rng), _value(round, 1 - centre, rng)
    return _answer(round, person, item, value=first, second=second if round.pair else None)


def _value(round: Round, centre: float, rng: random.Random) -> float:
    steps = int((round.high - round.low) / round.step + 0.5)
    position = min(steps, max(0, int(rng.gauss(centre * steps, steps / 7) + 0.5)))
    return round.low + position * round.step


def _dots(round: Round, person: Participant, rng: random.Random) -> list[Answer]:
    if not round.items or rng.random() < SKIPS:
        return [_answer(round, person, WHOLE, skip=True)]
    weights = [1 / (position + 1) for position in range(len(round.items))]
    counts: dict[str, int] = {}
    for item in rng.choices(round.items, weights, k=round.budget):
        counts[item.id] = counts.get(item.id, 0) + 1
    return [_answer(round, person, item, value=float(n)) for item, n in counts.items()]


def _words(round: Round, person: Participant, rng: random.Random, language: str) -> list[Answer]:
    t = translator(language)
    places = [item.id for item in round.items] or [WHOLE]
    most = 1 if round.kind == "question" else 2
    return [
        _answer(round, person, rng.choice(places), text=t(text), text_id=f"{person.id}-{n}")
        for n, text in enumerate(rng.sample(_TEXTS, rng.randint(1, most)))
    ]
