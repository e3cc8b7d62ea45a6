"""What every deliverable says, worked out once: the workbook, the slides and the document show the same figures."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.language import Translator, listed, number, translator
from analysis.methods import impact_effort
from analysis.project.criteria import criteria_of, scales_of
from analysis.project.filter_words import filter_line
from analysis.project.measures import MEASURES, amounts, default_grouping, default_measure, grouping_name, label_name, vital_few
from analysis.project.model import Stage
from analysis.project.priorities import AXES, axes_of, cut_of, priorities, quadrant_names, weights_of
from analysis.project.project import Project
from analysis.project.rankings import RANKINGS, ranking_of
from analysis.project.views import lane_name
from analysis.reports import words

if TYPE_CHECKING:
    from analysis.workshop.minutes import Minutes

#: what stands for an author who has given no name
_UNNAMED = re.compile(r"[0-9a-f]{12}")


@dataclass
class Content:
    """A project as it is told in one language.

    Parameters
    ----------
    project : what is told.
    language : ``"fr"`` or ``"en"``.
    today : the date on the cover; by default the day it is made.
    people : author id → name, for scores set by hand.
    meetings : minutes of the workshops to tell of.
    """

    project: Project
    language: str = "fr"
    today: dt.date = field(default_factory=dt.date.today)
    people: Mapping[str, str] = field(default_factory=dict)
    meetings: Sequence[Minutes] = ()

    @cached_property
    def t(self) -> Translator:
        return translator(self.language)

    def person(self, author: str) -> str | None:
        """The name of an author; None for somebody who has given none."""
        return self.people.get(author) or (None if _UNNAMED.fullmatch(author) else author or None)

    @property
    def font(self) -> str:
        """The client's font; empty without one."""
        return self.project.settings.font

    @property
    def views(self) -> dict[str, Any]:
        return dict(self.project.settings.views)

    @property
    def filtered(self) -> str:
        """The filter in one line, for covers and footers: nobody takes these figures for the whole. Empty without one."""
        return filter_line(self.project, self.language)

    @property
    def cut(self) -> str:
        return cut_of(self.project)

    @property
    def threshold(self) -> float:
        """Share of the total that the vital few carry, 0 to 1."""
        given = self.views.get("threshold", 0.8)
        return float(given) if isinstance(given, int | float) and 0 < given <= 1 else 0.8

    # --- touchpoints ----------------------------------------------------------------------------------------

    @cached_property
    def numbers(self) -> dict[str, str]:
        """touchpoint id → its short reference, T01, T02… in the order of the journey."""
        ids = [str(id) for id in self.project.touchpoints["id"]]
        width = max(2, len(str(len(ids))))
        return {id: f"T{position:0{width}d}" for position, id in enumerate(ids, start=1)}

    @cached_property
    def priorities(self) -> pd.DataFrame:
        """Touchpoints with quadrant, relevance and rank, best first, and their ``number``."""
        frame = priorities(self.project, method=self.method, axes=self.axes)
        return frame.assign(number=frame["id"].map(self.numbers).astype("string"))

    @cached_property
    def touchpoints(self) -> pd.DataFrame:
        """The same rows in the order of the journey."""
        place = {id: position for position, id in enumerate(self.numbers)}
        frame = self.priorities
        return frame.sort_values("id", key=lambda ids: ids.map(place), ignore_index=True)

    @cached_property
    def weights(self) -> dict[str, float]:
        return weights_of(self.project)

    def criterion(self, code: str) -> str:
        """What a criterion is called; the user's own as they wrote it."""
        known = criteria_of(self.project).get(code)
        return known.name if known and known.own else words.word(words.CRITERIA, code, self.t) or code

    # --- the ranking ----------------------------------------------------------------------------------------

    @cached_property
    def method(self) -> str:
        """By what the project ranks: a code of `analysis.project.rankings.RANKINGS`."""
        return ranking_of(self.project)

    @cached_property
    def ranked(self) -> pd.DataFrame:
        """The touchpoints that have a rank, best first; ``method_score`` is what they are ranked by."""
        return self.priorities.dropna(subset=["method_score"])

    @property
    def score_name(self) -> str:
        """What touchpoints are ranked by, as a header."""
        return self.t("Relevance score") if self.method == "relevance" else self.t(RANKINGS[self.method].name)

    @property
    def score_rule(self) -> str:
        """How that score comes about, with the weights where there are any."""
        t = self.t
        if self.method != "relevance":
            return t(RANKINGS[self.method].rule)
        given = {code: weight for code, weight in self.weights.items() if weight}
        known = criteria_of(self.project)
        against = [self.criterion(code) for code in given if known[code].against]
        weights = ", ".join(f"{self.criterion(code)} {number(weight, self.language)}" for code, weight in given.items())
        rule = t("Score from 0 to 100, weighted mean of what is known ({weights}).", weights=weights)
        return f"{rule} {t('Less is better for: {names}.', names=listed(against, self.language))}" if against else rule

    # --- the matrix -----------------------------------------------------------------------------------------

    @cached_property
    def axes(self) -> tuple[str, str]:
        """The criteria that the matrix shows upwards and to the right."""
        return axes_of(self.project)

    @cached_property
    def matrix(self) -> pd.DataFrame:
        """The touchpoints in the order of the journey with their quadrant, as `analysis.impact_effort` gives them."""
        return impact_effort(self.project.touchpoints, *self.axes, scale=scales_of(self.project, self.axes), cut=self.cut)

    @cached_property
    def placed(self) -> pd.DataFrame:
        """Touchpoints that have both values of the matrix, best first; ``up`` and ``right`` are those values."""
        frame = self.priorities
        frame = frame[frame["quadrant"].notna()].reset_index(drop=True)
        return frame.assign(up=frame[self.axes[0]], right=frame[self.axes[1]])

    @cached_property
    def matrix_cut(self) -> dict[str, float]:
        """Where the matrix is cut: ``impact`` (upwards) and ``effort`` (to the right)."""
        found: dict[str, float] = self.matrix.attrs["cut"]
        return found

    @property
    def axis_names(self) -> tuple[str, str]:
        """What the matrix shows upwards and to the right."""
        return self.criterion(self.axes[0]), self.criterion(self.axes[1])

    @property
    def axis_titles(self) -> tuple[str, str]:
        """The same with the ends of their scales."""
        ends = self.matrix.attrs["scale"]
        up, right = (
            self.t("{criterion} ({low} to {high})", criterion=name, low=ends[axis][0], high=ends[axis][1])
            for name, axis in zip(self.axis_names, AXES, strict=True)
        )
        return up, right

    @property
    def matrix_rule(self) -> str:
        """How the matrix is cut, in words."""
        t, cut, (up, right) = self.t, self.matrix_cut, self.axis_names
        if self.axes == AXES:
            return t("A value on the cut line counts as high. Cut at {impact} for impact and {effort} for effort.", **cut)
        return t(
            "A value on the cut line counts as high. Cut at {up} for “{up_name}” and {right} for “{right_name}”.",
            up=cut["impact"], up_name=up, right=cut["effort"], right_name=right,
        )  # fmt: skip

    @property
    def matrix_lack(self) -> str:
        """What to do while the matrix has nothing to show."""
        if self.axes == AXES:
            return self.t("Give the touchpoints an impact and an effort from 1 to 10 to place them.")
        up, right = self.axis_names
        return self.t("Score the touchpoints by “{up}” and “{right}” to place them.", up=up, right=right)

    def quadrant(self, code: Any) -> str | None:
        """The name of a quadrant: the user's own, or the usual one."""
        return quadrant_names(self.project, self.language).get(str(code))

    def quadrants(self, codes: pd.Series) -> pd.Series:
        """The names of a column of quadrants."""
        names = [None if pd.isna(code) else self.quadrant(code) for code in codes]
        return pd.Series(names, index=codes.index, dtype="string")

    # --- the Pareto chart -----------------------------------------------------------------------------------

    @cached_property
    def counted(self) -> str | None:
        """What the Pareto chart counts, as on its page; None when the project has nothing to count."""
        return default_measure(self.project)

    @property
    def counted_name(self) -> str:
        return self.t(MEASURES[self.counted].name) if self.counted else self.t("Value")

    @property
    def counted_unit(self) -> str:
        """count, money, percent or points."""
        return MEASURES[self.counted].unit if self.counted else "count"

    @cached_property
    def grouped(self) -> str:
        """By what it is counted, as on the page that nobody has changed: a code of `analysis.project.measures.GROUPINGS`."""
        return default_grouping(self.project, self.counted) if self.counted else "touchpoint"

    @property
    def grouped_name(self) -> str:
        return grouping_name(self.grouped, self.language)

    @cached_property
    def amounts(self) -> pd.DataFrame:
        """What the Pareto chart adds up: id, label, value."""
        if self.counted is None:
            return pd.DataFrame({"id": [], "label": [], "value": []})
        return amounts(self.project, self.counted, self.grouped)

    @cached_property
    def pareto(self) -> pd.DataFrame | None:
        """The ranked causes with their ``number``; None when nothing can be counted."""
        if self.counted is None:
            return None
        table = vital_few(self.project, self.counted, self.grouped, threshold=self.threshold)
        if not (table["value"] > 0).any():  # nothing of it belongs to a group
            return None
        attrs = dict(table.attrs)
        named = [label_name(str(label), self.grouped, self.t) for label in table["label"]]
        table = table.assign(number=table["id"].map(self.numbers), label=named)
        table.attrs.update(attrs)
        return table

    # --- journeys -------------------------------------------------------------------------------------------

    @cached_property
    def journeys(self) -> list[tuple[str, str]]:
        """(id, title) of every journey, the first as-is one first."""
        first = self.project.first_journey
        found = [(id, journey.title) for id, journey in self.project.journeys_in_order()]
        return sorted(found, key=lambda item: item[0] != first)

    def emotions(self, journey: str) -> pd.DataFrame:
        return self.project.emotions(journey)

    def stages(self, journey: str) -> list[tuple[str, Stage]]:
        return self.project.stages_of(journey)

    def lanes(self, journey: str) -> list[tuple[str, str]]:
        """(type, name) of the lanes that are shown, in their order."""
        found = [lane for lane in self.project.table("lane").values() if lane.journey == journey and not lane.hidden]
        return [(lane.type, lane_name(lane.type, lane.name, self.language)) for lane in sorted(found, key=lambda lane: lane.order)]

    def cell(self, journey: str, lane: str, stage: str | None) -> list[str]:
        """The texts of one cell of the map, in their order; ``stage`` None: what is not assigned yet."""
        if lane == "touchpoints":
            found = self.project.table("touchpoint")
            placed = [p.touchpoint for _, p in self._placements[journey] if p.stage == stage]
            return [f"{self.numbers[id]} {found[id].name}" for id in placed]
        return self._cards.get((journey, lane, stage), [])

    @cached_property
    def _placements(self) -> dict[str, Any]:
        return {id: self.project.placements_of(id) for id, _ in self.project.journeys_in_order()}

    @cached_property
    def _cards(self) -> dict[tuple[str, str, str | None], list[str]]:
        cells: dict[tuple[str, str, str | None], list[str]] = {}
        for _, card in sorted(self.project.table("card").items(), key=lambda item: (item[1].order, item[0])):
            cells.setdefault((card.journey, card.kind, card.stage), []).append(card.text)
        return cells

    # --- evidence -------------------------------------------------------------------------------------------

    @cached_property
    def evidence_summary(self) -> pd.DataFrame:
        """One row a source, side, measure, stage and touchpoint.

        source, side, measure, stage, touchpoint, answers (given), empty, respondents, mean, sd, low, high (of the source's scale),
        emotion (mean on -2…2), first, last (dates), comments.
        """
        return summarised(self.answers)

    @cached_property
    def answers(self) -> pd.DataFrame:
        """The answers; a sheet that has the name of its file is named once."""
        evidence = self.project.evidence
        names = {name: words.once(str(name)) for name in evidence["source"].dropna().unique()}
        return evidence.assign(source=evidence["source"].map(names).astype("string"))


KEYS = ["source", "side", "measure", "stage", "touchpoint", "low", "high"]


def summarised(evidence: pd.DataFrame, keys: Sequence[str] = KEYS) -> pd.DataFrame:
    """Answers counted and averaged, see `Content.evidence_summary`. A comment has no value: its texts are counted."""
    groups = evidence.groupby(list(keys), dropna=False, sort=False)
    table = groups.agg(
        rows=("measure", "size"), answers=("value", "count"), comments=("text", "count"), respondents=("respondent", "nunique"),
        mean=("value", "mean"), sd=("value", "std"), emotion=("emotion", "mean"), first=("date", "min"), last=("date", "max"),
    ).reset_index()  # fmt: skip
    table["empty"] = table["rows"] - table[["answers", "comments"]].max(axis=1)
    table["respondents"] = table["respondents"].where(table["respondents"] > 0, pd.NA).astype("Int64")
    order = [name for name in ("source", "side", "measure", "stage", "touchpoint") if name in keys]
    return table.sort_values(order, kind="stable", na_position="first", ignore_index=True)
