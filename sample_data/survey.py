"""Answers of invented customers, drawn with a fixed seed."""

from __future__ import annotations

import datetime as dt
import random
from types import ModuleType
from typing import Any


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines()]


def headers(content: ModuleType) -> list[str]:
    rated = [content.RATING_HEAD.format(name=name) for name in content.RATED]
    return [content.DATE_HEAD, content.SEGMENT_HEAD, *rated, content.NPS_HEAD, content.COMMENT_HEAD]


def answers(content: ModuleType) -> list[list[Any]]:
    """One row a respondent, in the order of :func:`headers`; None: not answered."""
    draw = random.Random(f"{content.NAME} 2026")
    asked_rare = set(draw.sample(range(content.RESPONDENTS), content.RARE[1]))
    rows = [_row(content, draw, number in asked_rare) for number in range(content.RESPONDENTS)]
    return sorted(rows, key=lambda row: row[0])


def both_sides(content: ModuleType) -> list[list[Any]]:
    """What the team and the customers say of the same touchpoints, one row a person, stage and touchpoint; None: not asked."""
    draw = random.Random(f"{content.NAME} both sides")
    asked = [line.split("|") for line in lines(content.JUDGED)]
    rows = []
    for place, (side, people) in enumerate(content.SIDES):
        for number in range(1, people + 1):
            lean = draw.gauss(0, 0.5)
            for stage, touchpoint, customers, staff, seen in asked:
                importance = _tenth(draw, (staff, customers)[place], lean)
                rows.append([f"{side[0]}{number:02}", side, stage, touchpoint, importance, None if place else _tenth(draw, seen, lean)])
    return rows


def _tenth(draw: random.Random, mean: str, lean: float) -> int | None:
    """An answer from 1 to 10 around a mean."""
    return max(1, min(10, round(draw.gauss(float(mean.replace(",", ".")) + lean, 0.9)))) if mean.strip() else None


def _row(content: ModuleType, draw: random.Random, asked_rare: bool) -> list[Any]:
    start = dt.datetime.fromisoformat(content.FROM)
    when = start + dt.timedelta(days=draw.randrange(content.DAYS), hours=draw.randrange(8, 23), minutes=draw.randrange(60))
    segment = draw.choices(list(content.SEGMENTS), list(content.SEGMENTS.values()))[0]
    mood, happy = draw.gauss(0, 0.5), draw.random() < 0.5
    rated = [_rating(content, draw, name, mood, happy, asked_rare) for name in content.RATED]
    given = [rating for rating in rated if rating is not None]
    overall = sum(given) / len(given) + draw.gauss(0, 0.6) if given else 3.0
    nps = max(0, min(10, round(2.3 * overall + 0.1 + (0.8 if segment == list(content.SEGMENTS)[2] else 0))))
    return [when, segment, *rated, nps, _comment(content, draw, nps)]


def _rating(content: ModuleType, draw: random.Random, name: str, mood: float, happy: bool, asked_rare: bool) -> int | None:
    mean, spread, share = content.RATED[name]
    rare = name == content.RARE[0]
    if not (asked_rare if rare else draw.random() < share) or (not rare and draw.random() < 0.03):
        return None
    if name in content.SPLIT and spread > 1.4:
        return draw.choice([4, 5, 5]) if happy else draw.choice([1, 1, 2])
    return max(1, min(5, round(draw.gauss(mean + mood, spread))))


def _comment(content: ModuleType, draw: random.Random, nps: int) -> str | None:
    if draw.random() > 0.58:
        return None
    mood = "low" if nps <= 6 else "middle" if nps <= 8 else "high"
    return draw.choice(lines(content.COMMENTS[mood]))
