"""What the slides of one project have in common, worked out once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from analysis.charts.palette import emotion_step
from analysis.language import Translator, number, percent, signed, translator
from analysis.presentation.said import Said, said
from analysis.project import Project
from analysis.project.figures import Figure, experience
from analysis.project.model import Card
from analysis.project.views import emotion_levels

#: stages this near to each other have neither a low nor a high point
ALIKE = 0.05


@dataclass(frozen=True, eq=False)
class _Same:
    """A frame as a key: the same one, not an equal one."""

    frame: pd.DataFrame

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.frame is self.frame

    def __hash__(self) -> int:
        return id(self.frame)


class Telling:
    """A project in one language, one of its journeys in particular."""

    def __init__(self, project: Project, language: str, journey: str | None, today: dt.date) -> None:
        self.project, self.language, self.today = project, language, today
        known = project.table("journey")
        self.journey: str = journey if journey is not None and journey in known else project.first_journey

    @cached_property
    def t(self) -> Translator:
        return translator(self.language)

    @property
    def empty(self) -> bool:
        """Whether nothing but the default stages is there."""
        kinds = ("touchpoint", "card", "evidence", "action", "score")
        return not any(self.project.table(kind) for kind in kinds)

    # --- emotions -----------------------------------------------------------------------------------------------

    @cached_property
    def levels(self) -> list[str]:
        """What the five levels are called, lowest first: the project's own words where it has some."""
        return emotion_levels(self.project, self.language)

    @cached_property
    def emotions(self) -> list[dict[str, Any]]:
        """One dictionary a stage in order: the columns of ``Project.emotions``, None for what is missing."""
        frame = self.project.emotions(self.journey)
        return [{str(name): plain(value) for name, value in row.items()} for row in frame.to_dict("records")]

    @cached_property
    def extremes(self) -> tuple[str | None, str | None]:
        """Ids of the lowest and the highest stage; None where all feel the same or fewer than two are known."""
        known = [row for row in self.emotions if row["value"] is not None]
        if len(known) < 2:
            return None, None
        low, high = (pick(known, key=lambda row: row["value"]) for pick in (min, max))
        return (None, None) if high["value"] - low["value"] <= ALIKE else (low["stage_id"], high["stage_id"])

    def felt(self, row: dict[str, Any]) -> dict[str, Any] | None:
        """An emotion ready to be drawn: value, step (0…4), written, name, basis, n, low, high, few, divided, remarks."""
        if row["value"] is None:
            return None
        step = emotion_step(row["value"])
        return {
            "value": round(row["value"], 3),
            "step": step,
            "written": signed(row["value"], self.language),
            "name": self.levels[step],
            "basis": row["provenance"] or "assumed",
            "n": row["n"],
            "low": row["low"],
            "high": row["high"],
            "few": bool(row["few"]),
            "divided": bool(row["divided"]),
            "remarks": self.remarks(row),
            "note": self.basis(row),
        }

    def basis(self, row: dict[str, Any]) -> str:
        """What stands under a point: “n = 185”, “assumed”, “no data”."""
        if row["value"] is None:
            return self.t("no data")
        if row["provenance"] == "assumed":
            return self.t("assumed")
        parts = [f"n\u00a0=\u00a0{number(row['n'], self.language, 0)}"] if row["n"] is not None else []
        parts += [self.t("few answers")] if row["few"] else []
        parts += [self.t("divided")] if row["divided"] else []
        return " · ".join(parts)

    def remarks(self, row: dict[str, Any]) -> list[str]:
        """What a figure rests on, in short lines: answers and spread, interval, what to be careful of."""
        t, language = self.t, self.language
        if row["provenance"] == "assumed":
            told = [t("Assumed by the team: not measured yet")]
            if row.get("measured") is not None:
                told = [
                    t("Set by hand; customers said {value} (n = {n})", value=signed(row["measured"], language), n=row["measured_n"] or 0)
                ]
            return told
        lines = []
        if row["n"] is not None:
            told_n = t.n("{n} answer", "{n} answers", row["n"])
            spread = t("spread {sd}", sd=number(row["sd"], language, 1)) if row["sd"] is not None else ""
            lines.append(" · ".join(part for part in (told_n, spread) if part))
        if row["low"] is not None and row["high"] is not None:
            lines.append(t("95% interval: {low} to {high}", low=signed(row["low"], language), high=signed(row["high"], language)))
        lines += [t("Few answers: read with care")] if row["few"] else []
        lines += [t("Divided: some are delighted, others frustrated")] if row["divided"] else []
        return lines

    def answers(self, stage: str) -> list[dict[str, Any]]:
        """How customers' answers about a stage spread over the five steps, the best first; empty without answers."""
        counts = self._said.steps.get(stage)
        total = sum(counts) if counts else 0
        if not counts or not total:
            return []
        return [
            {
                "step": step,
                "name": self.levels[step],
                "n": counts[step],
                "share": round(100 * counts[step] / total, 1),
                "written": percent(100 * counts[step] / total, self.language),
            }
            for step in (4, 3, 2, 1, 0)
        ]

    @property
    def _said(self) -> Said:
        """What customers answered and wrote, stage by stage; an edit of a score or a card leaves it as it is."""
        rows = self.project.evidence
        return self.project.remembered("said", _Same(self.project._evidence), lambda: said(rows))

    # --- what stands in a stage ---------------------------------------------------------------------------------

    @cached_property
    def _homes(self) -> dict[str, str | None]:
        return {p.touchpoint: p.stage for _, p in self.project.placements_of(self.journey)}

    def cards(self, stage: str, kind: str) -> list[Card]:
        """Cards of a lane in a stage of the journey, those said most often first."""
        home = self._homes
        found = [
            card
            for card in self.project.table("card").values()
            if card.kind == kind and card.journey == self.journey and (card.stage or home.get(card.touchpoint or "") or "") == stage
        ]
        return sorted(found, key=lambda card: (-(card.count or 0), card.order))

    def touchpoints(self, stage: str) -> list[dict[str, Any]]:
        """Touchpoints of a stage in order: id, name, felt (as `felt`, or None), pains, moment (of truth)."""
        return self._touchpoints.get(stage, [])

    @cached_property
    def _touchpoints(self) -> dict[str, list[dict[str, Any]]]:
        project, pains = self.project, self.project.count_cards("pain_point")
        figures, rows = project.figures, dict[str, list[dict[str, Any]]]()
        for _, placement in project.placements_of(self.journey):
            touchpoint = project.table("touchpoint").get(placement.touchpoint)
            if touchpoint is not None:
                figure = experience(project, figures, placement.touchpoint)
                rows.setdefault(placement.stage or "", []).append(
                    {
                        "id": placement.touchpoint,
                        "name": touchpoint.name,
                        "felt": self.felt(_row(figure)) if figure else None,
                        "pains": pains.get(placement.touchpoint, 0),
                        "moment": touchpoint.moment_of_truth == "accepted",
                    }
                )
        return rows

    def quote(self, stage: str) -> dict[str, str] | None:
        """What a customer said there: a quote of the map, else the comment that was made most often."""
        told = [card.text for card in self.cards(stage, "quote") if card.text.strip()]
        if told:
            return {"text": " ".join(told[0].split()), "source": ""}
        found = self._said.quotes.get(stage)
        if found is None:
            return None
        return {"text": found.text, "source": found.source if found.times == 1 else self.t("heard {n} times", n=found.times)}

    def quote_of_all(self) -> dict[str, str] | None:
        """The same of those quotes and comments that belong to no stage."""
        return self.quote("")


def _row(figure: Figure) -> dict[str, Any]:
    """A figure as a row of emotions."""
    people = figure.provenance != "assumed"
    return {
        "value": figure.value,
        "provenance": figure.provenance,
        "n": figure.n,
        "sd": figure.sd,
        "low": figure.low if people else None,
        "high": figure.high if people else None,
        "few": people and (figure.n or 0) < 5,
        "divided": figure.divided,
        "measured": None,
    }


def plain(value: Any) -> Any:
    """A value of a frame as Python's own; None for what is missing."""
    if value is None or pd.isna(value):
        return None
    return value.item() if hasattr(value, "item") else value
