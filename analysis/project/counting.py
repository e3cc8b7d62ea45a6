"""What there is to be counted: one row a card, an answer, or a touchpoint with its figure; where it belongs, and what it brings itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd

from analysis.project.answers import Flags, placed_answers
from analysis.project.evidence_key import evidence_key
from analysis.project.figures import VOTES
from analysis.project.filter_choices import choices

if TYPE_CHECKING:
    from analysis.project.project import Project

#: measures that are counted from answers
OF_ANSWERS = ("unhappy", "comments")
#: kind of a card that is counted
_LANES = {"pain_points": "pain_point", "incidents": "critical_incident"}
#: what one line of a source said of one place
_LINE = ["evidence_id", "row", "touchpoint_id", "stage_id"]


def occurrences(project: Project, measure: str) -> pd.DataFrame:
    """What a measure counts: id and stage_id (of the touchpoint; a card or answer has a stage of its own), value; one row an occurrence.

    Cards bring persona, cause and text; answers date, persona, text and the columns of `segments`.
    """
    return _SOURCES.get(measure, _figure)(project, measure)


def segments(project: Project) -> list[str]:
    """Columns of the answers that part the respondents in a few groups: ``attr:<header>``, segment, source."""
    return list(choices(project).segments)


def themes(texts: pd.Series) -> pd.Series:
    """The kind of difficulty that each text speaks of (a code of `analysis.methods.THEMES`), NA where it speaks of none.

    >>> themes(pd.Series(["Trop d’attente", "Bonjour", None], dtype="string")).tolist()
    ['wait', <NA>, <NA>]
    """
    from analysis.methods import theme_of

    known = {text: theme_of(text) for text in texts.dropna().unique()}
    return texts.map(known).astype("string")


def _figure(project: Project, measure: str) -> pd.DataFrame:
    frame = project.touchpoints
    return pd.DataFrame({"id": frame["id"], "stage_id": frame["stage_id"], "value": frame[measure]})


def _relevance(project: Project, measure: str) -> pd.DataFrame:
    from analysis.project.priorities import priorities

    frame = priorities(project)
    return pd.DataFrame({"id": frame["id"], "stage_id": frame["stage_id"], "value": frame["relevance"]})


def _score_gap(project: Project, measure: str) -> pd.DataFrame:
    """What satisfaction lacks of importance, both brought to 0–10; 0 where it lacks nothing, NA where either is not known."""
    frame = project.touchpoints
    lacking = 10 * (frame["importance"] - 1) / 9 - 10 * (frame["satisfaction"] + 2) / 4
    return pd.DataFrame({"id": frame["id"], "stage_id": frame["stage_id"], "value": lacking.clip(lower=0)})


def _cards(project: Project, measure: str) -> pd.DataFrame:
    """One row a card, in its own stage; touchpoints without any stand at zero, since cards are counted and not estimated."""
    kind = _LANES[measure]
    cards = [card for card in project.cards_of_today.values() if card.kind == kind]
    if not cards:
        return pd.DataFrame({"id": pd.Series(dtype="string"), "stage_id": pd.Series(dtype="string"), "value": pd.Series(dtype="Float64")})
    home, personas = project.stage_of_touchpoint, project.table("persona")
    found = pd.DataFrame(
        {
            "id": [card.touchpoint for card in cards],
            "stage_id": [card.stage or home.get(card.touchpoint or "") for card in cards],
            "value": 1.0,
            "persona": [personas[card.persona].name if card.persona and card.persona in personas else None for card in cards],
            "cause": [card.cause.strip() or None for card in cards],
            "text": [card.text for card in cards],
        }
    )
    free = project.touchpoints[["id", "stage_id"]].assign(value=0.0)
    return pd.concat([found, free], ignore_index=True)


def surely_counts(project: Project, measure: str) -> bool:
    """Whether a customer's answer that names a touchpoint counts, as the numbers of the answers tell: no row is made to know it.

    False says nothing: the measure may count none, or answers of stages alone.
    """
    if measure not in OF_ANSWERS:
        return False
    evidence = [(id, meta) for id, meta in project.evidence_in_order() if (meta.source or meta.title) != VOTES]
    places = {"touchpoint": {id: place for place, id in enumerate(project.table("touchpoint"))}, "stage": {}}
    for one in placed_answers(project, evidence, places, {}):
        counted = one.answers.wrote if measure == "comments" else one.answers.feeling <= -1
        if (counted & one.answers.customer & (one.touchpoint >= 0)).any():
            return True
    return False


def _answers(project: Project, measure: str) -> pd.DataFrame:
    """One row a customer's answer that counts, as `remembered` until the answers change."""
    key = (evidence_key(project), project.table("persona"))
    make = {"unhappy": _unhappy, "comments": _comments}[measure]
    return project.remembered(f"counted {measure}", key, lambda: make(project))


def _unhappy(project: Project) -> pd.DataFrame:
    """A customer's answer at or below -1 on the emotion scale, with what the same line of the source says in words."""
    rows = project.evidence
    unhappy = _of_customers(rows) & (rows["emotion"] <= -1).fillna(False).to_numpy(dtype=bool)
    found = rows.loc[unhappy, [*dict.fromkeys([*_LINE, *_told(project, rows)])]].reset_index(drop=True)
    said = rows.loc[_wrote(rows), [*_LINE, "text"]]
    if len(found) and len(said):
        words = said.groupby(_LINE, dropna=False, sort=False)["text"].agg(" ".join) if said.duplicated(_LINE).any() else said
        beside = found[_LINE].merge(words.reset_index()[[*_LINE, "text"]], on=_LINE, how="left")["text"]
        found["text"] = found["text"].fillna(beside)
    return _placed(project, found)


def _comments(project: Project) -> pd.DataFrame:
    """Everything that a customer wrote."""
    rows = project.evidence
    return _placed(project, rows.loc[_of_customers(rows) & _wrote(rows), [*_LINE, *_told(project, rows)]].reset_index(drop=True))


def _wrote(rows: pd.DataFrame) -> Flags:
    return (rows["measure"] == "comment").fillna(False).to_numpy(dtype=bool) & rows["text"].notna().to_numpy(dtype=bool)


def _of_customers(rows: pd.DataFrame) -> pd.Series:
    """Neither of staff nor voted in a workshop."""
    kept = (rows["side"] != "staff").fillna(True) & (rows["source"] != VOTES).fillna(True)
    return kept.astype(bool)


def _placed(project: Project, found: pd.DataFrame) -> pd.DataFrame:
    own = {"id": found["touchpoint_id"], "stage_id": found["stage_id"], "value": 1.0}
    return pd.DataFrame(own | {name: found[name] for name in _told(project, found)})


def _told(project: Project, rows: pd.DataFrame) -> list[str]:
    """Columns that an answer brings itself."""
    return ["date", "persona", "text", *(name for name in segments(project) if name in rows.columns)]


_SOURCES: dict[str, Callable[[Project, str], pd.DataFrame]] = {
    "relevance": _relevance,
    "score_gap": _score_gap,
    "pain_points": _cards,
    "incidents": _cards,
    "unhappy": _answers,
    "comments": _answers,
}
