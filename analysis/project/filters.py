"""One filter over a whole project: stages, a persona, a segment of the respondents, a period. Gives a project like any other.

What people answered is restricted by all four. What somebody set by hand, read from a file or voted belongs to no persona and
to no day, so only its stage can leave it out; `analysis.project.filter_words` says so wherever filtered figures are shown.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.project.answers import Flags, answers_of
from analysis.project.figures import VOTES
from analysis.project.model import LISTS, REFERENCES, Evidence

if TYPE_CHECKING:
    from analysis.project.project import Project

Entities = dict[str, Mapping[str, Any]]

#: views kept ready for one project
READY = 6
#: columns of the evidence, beside ``attr:…``, whose values make a segment
SEGMENTS = ("segment", "source")
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Filter:
    """What is looked at; what is left open holds for everybody.

    ``stages``: ids of stages; those of other journeys that were copied from one of them, or have its name, count as the same.
    ``persona``: id of a persona. ``segment``: a column of the evidence (``segment``, ``source`` or ``attr:<header>``) and the
    values kept. ``start``, ``end``: first and last day, both included.

    >>> bool(Filter()), bool(Filter(start=dt.date(2026, 1, 1)))
    (False, True)
    """

    stages: tuple[str, ...] = ()
    persona: str | None = None
    segment: tuple[str, tuple[str, ...]] | None = None
    start: dt.date | None = None
    end: dt.date | None = None

    def __bool__(self) -> bool:
        return self != Filter()

    def known(self, project: Project) -> Filter:
        """The filter without what the project does not have (any more): a stage, a persona or a column that is gone."""
        stages = tuple(id for id in self.stages if id in project.table("stage"))
        persona = self.persona if self.persona in project.table("persona") else None
        segment = self.segment
        if segment and not (segment[1] and segment[0] in project.evidence.columns):
            segment = None
        return replace(self, stages=stages, persona=persona, segment=segment)


@dataclass(frozen=True)
class Filtering:
    """What a filter has left of a project.

    ``answers`` of ``total`` are kept, given by ``people`` (respondents; an answer whose respondent is not known counts as one);
    of ``unnamed`` answers only a count is known; ``undated`` answers were left out only because they have no date, ``unplaced``
    because they belong to no stage.
    """

    filter: Filter
    whole: Project
    answers: int
    total: int
    people: int
    undated: int
    unplaced: int
    unnamed: int = 0


def filtered(project: Project, filter: Filter) -> Project:
    """The project as a filter shows it: a value that every method, chart and report takes like any other project.

    Parameters
    ----------
    filter : what to look at; parts that the project does not have are passed over, and an empty one gives the project itself.

    Returns
    -------
    A project with ``filtering`` set. Answers fit all parts of the filter; an answer without a date is left out by a period.
    Answers of staff have no persona and no segment, votes of a workshop no day either: they are left out only where they say
    otherwise. Touchpoints, cards, scores and actions follow their stage, and cards their persona. It is to be read: commands
    are made from, and applied to, ``project.whole``.

    Examples
    --------
    >>> from analysis import Project
    >>> shop = Project.new("Shop", language="en")
    >>> buying = shop.stages.loc[3, "id"]
    >>> filtered(shop, Filter(stages=(buying,))).stages["stage"].tolist()
    ['Purchase']
    """
    whole = project.whole
    wanted = filter.known(whole)
    if not wanted:
        return whole
    views = whole.views
    with _lock:
        former = views.get(wanted)
        if former is not None and former.whole is whole and former.revision == _numbered(whole.revision, wanted):
            views.move_to_end(wanted)
            return former
    made = _made(whole, wanted, former)
    with _lock:
        views[wanted] = made
        views.move_to_end(wanted)
        while len(views) > READY:
            views.popitem(last=False)
    return made


def _made(whole: Project, wanted: Filter, former: Project | None) -> Project:
    """The view; what the former one of this filter has worked out is kept where it still holds."""
    from analysis.project.project import Project

    rows = _kept_rows(whole, wanted)
    entities, cuts = _entities(whole, wanted, rows["kept"])
    if former is None:
        view = Project(entities, fetch=whole.blob)
    else:
        same = {kind: former.entities[kind] if former.entities[kind] == table else table for kind, table in entities.items()}
        view = former.with_entities(same)
    view.cuts, view.views = cuts, OrderedDict()
    told = ("answers", "total", "people", "undated", "unplaced", "unnamed")
    view.filtering = Filtering(wanted, whole, *(int(rows[name]) for name in told))
    return view.kept(_numbered(whole.revision, wanted), whole.blob)


def _numbered(revision: int, wanted: Filter) -> int:
    """A revision of its own: what is cached by revision is never taken for that of another filter."""
    return revision + (int(hashlib.sha256(repr(wanted).encode()).hexdigest()[:8], 16) + 1 << 20)


# --- answers ----------------------------------------------------------------------------------------------------


def _kept_rows(whole: Project, wanted: Filter) -> dict[str, Any]:
    """Which rows of the evidence stay, and how many that are."""
    rows = whole.evidence
    votes = (rows["source"] == VOTES).fillna(False).to_numpy(dtype=bool)
    bare = votes | (rows["side"] == "staff").fillna(False).to_numpy(dtype=bool)
    fits = np.ones(len(rows), dtype=bool)
    if wanted.persona:
        fits &= _one_of(rows["persona"], (whole.table("persona")[wanted.persona].name,), bare)
    if wanted.segment:
        fits &= _one_of(rows[wanted.segment[0]], wanted.segment[1], bare)
    placed = np.ones(len(rows), dtype=bool)
    stageless = np.zeros(len(rows), dtype=bool)
    if wanted.stages:
        placed = rows["stage_id"].isin(same_stages(whole, wanted.stages)).to_numpy(dtype=bool)
        stageless = rows["stage_id"].isna().to_numpy(dtype=bool)
    days, undated = _days(rows["date"], wanted, votes)
    kept = fits & placed & days
    return {"kept": kept, "undated": int((fits & placed & undated).sum()), "unplaced": int((fits & stageless & days).sum()),
            **_counted(rows, kept)}  # fmt: skip


def _one_of(column: pd.Series, values: tuple[str, ...], bare: Flags) -> Flags:
    """Which rows have one of the values; ``bare`` ones also when they have none."""
    found = column.isin(values).to_numpy(dtype=bool)
    return found | (bare & column.isna().to_numpy(dtype=bool))


def _days(dates: pd.Series, wanted: Filter, votes: Flags) -> tuple[Flags, Flags]:
    """Which rows fall in the period, and which have no date to tell."""
    missing = dates.isna().to_numpy(dtype=bool)
    kept = np.ones(len(dates), dtype=bool)
    if wanted.start is None and wanted.end is None:
        return kept, np.zeros(len(dates), dtype=bool)
    if wanted.start:
        kept &= (dates >= pd.Timestamp(wanted.start)).to_numpy(dtype=bool)
    if wanted.end:
        kept &= (dates < pd.Timestamp(wanted.end) + pd.Timedelta(days=1)).to_numpy(dtype=bool)
    return (kept & ~missing) | (missing & votes), missing & ~votes


def _counted(rows: pd.DataFrame, kept: Flags) -> dict[str, int]:
    """Answers are what was said: ratings and comments that are not empty."""
    said = (rows["value"].notna() | rows["text"].notna()).to_numpy(dtype=bool)
    who = rows["respondent"][said & kept]
    unnamed = int(who.isna().sum())
    return {"answers": int((said & kept).sum()), "total": int(said.sum()), "people": int(who.nunique()) + unnamed, "unnamed": unnamed}


# --- everything else --------------------------------------------------------------------------------------------


def same_stages(project: Project, stages: tuple[str, ...]) -> set[str]:
    """These stages, and those of other journeys that stand for them: copied from one of them, or of the same name."""
    table = project.table("stage")
    names = {table[id].name.casefold() for id in stages}
    homes = {table[id].journey for id in stages}
    chosen = set(stages)
    origins = chosen | {table[id].origin for id in stages if table[id].origin}
    return chosen | {
        id
        for id, stage in table.items()
        if stage.journey not in homes and (stage.origin in origins or id in origins or stage.name.casefold() in names)
    }


def _entities(whole: Project, wanted: Filter, kept: Flags) -> tuple[Entities, dict[str, tuple[str, Flags]]]:
    """The tables of the view, and which rows of which block its answers are."""
    tables: Entities = dict(whole.entities)
    if wanted.stages:
        tables |= _in_stages(whole, same_stages(whole, wanted.stages))
    if wanted.persona:
        tables["card"] = {id: card for id, card in tables["card"].items() if card.persona in (None, wanted.persona)}
    tables = _without_loose_ends(whole.entities, tables)
    tables["evidence"], cuts = _blocks(whole, tables, kept)
    return tables, cuts


def _in_stages(whole: Project, stages: set[str]) -> Entities:
    """What belongs to these stages: a touchpoint to its stage in the first as-is journey, else to any that it is placed in."""
    home = whole.stage_of_touchpoint
    placed = {p.touchpoint for p in whole.table("placement").values() if p.stage in stages}
    touchpoints = {id: one for id, one in whole.table("touchpoint").items() if home.get(id) in stages or (id not in home and id in placed)}
    cards = {
        id: card
        for id, card in whole.table("card").items()
        if (card.stage or home.get(card.touchpoint or "")) in stages
    }  # fmt: skip
    actions = {id: action for id, action in whole.table("action").items() if _acts_in(action, stages, touchpoints, cards)}
    gone = {id for kind, left in (("touchpoint", touchpoints), ("action", actions)) for id in whole.table(kind) if id not in left}
    gone |= set(whole.table("stage")) - stages
    return {
        "stage": {id: stage for id, stage in whole.table("stage").items() if id in stages},
        "step": {id: step for id, step in whole.table("step").items() if step.stage in stages},
        "touchpoint": touchpoints,
        "placement": {id: p for id, p in whole.table("placement").items() if p.stage in stages and p.touchpoint in touchpoints},
        "card": cards,
        "action": actions,
        "score": {id: score for id, score in whole.table("score").items() if score.target not in gone},
    }


def _acts_in(action: Any, stages: set[str], touchpoints: Mapping[str, Any], cards: Mapping[str, Any]) -> bool:
    """Whether an action is about these stages: by its touchpoint, its own stage, else the pain points it answers."""
    if action.touchpoint:
        return action.touchpoint in touchpoints
    return action.stage in stages if action.stage else any(card in cards for card in action.cards)


def _without_loose_ends(whole: Mapping[str, Mapping[str, Any]], tables: Entities) -> Entities:
    """The tables without references to what they have not kept."""
    gone = {kind: whole[kind].keys() - table.keys() for kind, table in tables.items() if table is not whole[kind]}
    if not any(gone.values()):
        return tables
    return {kind: _pruned(kind, table, gone) for kind, table in tables.items()}


def _pruned(kind: str, table: Mapping[str, Any], gone: Mapping[str, set[str]]) -> Mapping[str, Any]:
    single = {name: gone[to] for name, to in REFERENCES.get(kind, {}).items() if gone.get(to)}
    listed = {name: gone[to] for name, to in LISTS.get(kind, {}).items() if gone.get(to)}
    if not (single or listed):
        return table
    found = {}
    for id, entity in table.items():
        changed: dict[str, Any] = {name: None for name, ids in single.items() if getattr(entity, name) in ids}
        changed |= {
            name: [one for one in getattr(entity, name) if one not in ids]
            for name, ids in listed.items()
            if any(one in ids for one in getattr(entity, name))
        }
        found[id] = replace(entity, **changed) if changed else entity
    return found


def _blocks(whole: Project, tables: Entities, kept: Flags) -> tuple[dict[str, Evidence], dict[str, tuple[str, Flags]]]:
    """The evidence with its links, each block cut to the rows that stay; blocks without any are left out."""
    found: dict[str, Evidence] = {}
    cuts: dict[str, tuple[str, Flags]] = {}
    start = 0
    for id, meta in whole.evidence_in_order():
        rows = kept[start : start + len(answers_of(whole, meta.blob).frame)]
        start += len(rows)
        if not rows.any():
            continue
        blob = meta.blob
        if not rows.all():
            blob = f"{meta.blob}-{hashlib.sha256(np.packbits(rows).tobytes()).hexdigest()[:24]}"
            cuts[blob] = (meta.blob, rows)
        links: dict[str, Any] = {
            "touchpoints": {
                label: target for label, target in meta.touchpoints.items() if target is None or target in tables["touchpoint"]
            },
            "stages": {label: target for label, target in meta.stages.items() if target is None or target in tables["stage"]},
        }
        found[id] = replace(meta, blob=blob, rows=int(rows.sum()), **links)
    return found, cuts
