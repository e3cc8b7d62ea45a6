"""Actions proposed from quick wins and pain points, with the remedy that is known for the touchpoint's type (D24)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.language import Translator, listed, number, signed, translator
from analysis.methods.frames import folded, need
from analysis.methods.impact_effort import QUADRANTS, impact_effort
from analysis.methods.plan_order import plan_order
from analysis.methods.remedies import REMEDIES, Remedy, remedy_for
from analysis.methods.remedy_words import types_of

if TYPE_CHECKING:
    from analysis.project import Project

#: cards that call for an action
PAIN_LANES = ("pain_point", "frustration", "critical_incident")
#: at or below this emotion a touchpoint calls for an action by itself
LOW = -1.0
#: characters of a pain point in a title
MOST_TEXT = 90
COLUMNS = (
    "action", "touchpoint", "touchpoint_id", "stage", "stage_id", "quadrant", "score", "impact", "effort", "kpi", "reason", "remedy",
    "pain_points", "cards", "order", "greyed",
)  # fmt: skip


def propose_actions(project: Project, language: str = "fr", most: int = 3) -> pd.DataFrame:
    """Propose actions for a project, each with its reason; nothing is changed until the user accepts one.

    Parameters
    ----------
    project : the project.
    language : ``"fr"`` or ``"en"``: of the actions, their reasons and their KPIs.
    most : proposals for one touchpoint at most.

    Returns
    -------
    In the order of the plan: action (the remedy, in words), touchpoint, touchpoint_id, stage, stage_id, quadrant, score (relevance,
    or that of the ranking that the project keeps), impact, effort, kpi (that it moves), reason, remedy (its code), pain_points (how many
    it answers), cards (their ids), order (1 …), greyed (money pits).
    What the plan already holds is left out.

    Notes
    -----
    Quick wins, touchpoints with pain points and touchpoints at −1 or below on the emotion scale get proposals. The remedy comes from
    the library (`analysis.methods.remedies`), by the type of the touchpoint and by what the pain point says; where no known difficulty
    can be told from what it says, the action is to find its cause.
    """
    from analysis.project.priorities import priorities
    from analysis.project.rankings import ranking_of

    touchpoints = priorities(project, method=ranking_of(project)).rename(columns={"method_score": "score"})
    cards = project.cards[project.cards["id"].isin(project.cards_of_today)]
    return proposals(touchpoints, cards, language, known=_known(project), most=most)


def _known(project: Project) -> set[tuple[str, str]]:
    """What the plan holds already: (touchpoint or stage id, remedy code or folded title)."""
    found = set()
    for action in project.table("action").values():
        home = action.touchpoint or action.stage or ""
        found |= {(home, action.remedy), (home, folded(action.title))}
    return found


def proposals(
    touchpoints: pd.DataFrame,
    cards: pd.DataFrame | None = None,
    language: str = "fr",
    *,
    known: Iterable[tuple[str, str]] = (),
    most: int = 3,
) -> pd.DataFrame:
    """Propose actions from plain frames; see `propose_actions`.

    Parameters
    ----------
    touchpoints : one row per touchpoint: touchpoint; id, stage, stage_id, channel, family, impact, effort, quadrant, score, complaints,
        experience or emotion, provenance and n where there are any.
    cards : one row per card: text, lane, and touchpoint_id or touchpoint, or stage_id or stage; id, count.
    known : what is planned already, as (touchpoint id, remedy code).

    Raises
    ------
    MissingColumns
    """
    need(touchpoints, ["touchpoint"])
    t, planned = translator(language), set(known)
    frame = _complete(touchpoints)
    pains, loose = _pains(cards, frame)
    rows: list[dict[str, Any]] = []
    for touchpoint in frame.to_dict("records"):
        mine = pains.get(touchpoint["id"], [])
        if mine or touchpoint["quadrant"] == "quick_win" or _low(touchpoint):
            rows += _for_touchpoint(touchpoint, mine, t, planned, most)
    rows += _for_stages(loose, t, planned, most)
    table = pd.DataFrame(rows, columns=list(COLUMNS[:-2]))
    return plan_order(table).drop(columns="placed_by_hand")[list(COLUMNS)].reset_index(drop=True)


def _complete(touchpoints: pd.DataFrame) -> pd.DataFrame:
    """The frame with every column that is used, None where missing, and a quadrant."""
    frame = touchpoints.reset_index(drop=True)
    if "quadrant" not in frame and {"impact", "effort"} <= set(frame):
        frame = impact_effort(frame)
    frame = frame.reindex(columns=[*dict.fromkeys([*frame.columns, *_USED])])
    frame["id"] = frame["id"].astype(object).where(frame["id"].notna(), frame["touchpoint"])
    return frame.astype(object).where(frame.notna(), None)


_USED = (
    "id", "touchpoint", "stage", "stage_id", "channel", "family", "impact", "effort", "quadrant", "score", "complaints", "experience",
    "emotion", "provenance", "n",
)  # fmt: skip

Pain = Mapping[Any, Any]


def _pains(cards: pd.DataFrame | None, touchpoints: pd.DataFrame) -> tuple[dict[str, list[Pain]], list[Pain]]:
    """The painful cards of each touchpoint, and those that only have a stage."""
    of: dict[str, list[Pain]] = {}
    loose: list[Pain] = []
    if cards is None or cards.empty:
        return of, loose
    need(cards, ["text", "lane"])
    ids = dict(zip(touchpoints["touchpoint"], touchpoints["id"], strict=True))
    some = cards[cards["lane"].isin(PAIN_LANES)]
    for card in some.astype(object).where(some.notna(), None).to_dict("records"):
        home = card.get("touchpoint_id") or ids.get(card.get("touchpoint"))
        if home is not None:
            of.setdefault(home, []).append(card)
        elif card.get("stage") or card.get("stage_id"):
            loose.append(card)
    return of, loose


def _low(touchpoint: Mapping[Any, Any]) -> bool:
    felt = _felt(touchpoint)
    return felt is not None and felt <= LOW


def _felt(touchpoint: Mapping[Any, Any]) -> float | None:
    felt = touchpoint["experience"] if touchpoint["experience"] is not None else touchpoint["emotion"]
    return None if felt is None else float(felt)


def _grouped(types: list[str], pains: list[Pain], most: int) -> list[tuple[Remedy, list[Pain]]]:
    """Remedies with the pain points that each answers, the most frequent first; without pain points, the type's first advice."""
    if not pains:
        return [(remedy_for(types), [])]
    found: dict[str, tuple[Remedy, list[Pain]]] = {}
    for pain in pains:
        remedy = remedy_for(types, str(pain["text"]))
        found.setdefault(remedy.code, (remedy, []))[1].append(pain)
    weighed = sorted(found.values(), key=lambda entry: (-sum(map(_weight, entry[1])), entry[0] is REMEDIES[-1]))
    return weighed[:most]


def _for_touchpoint(
    touchpoint: Mapping[Any, Any], pains: list[Pain], t: Translator, planned: set[tuple[str, str]], most: int
) -> list[dict[str, Any]]:
    types = types_of(touchpoint["touchpoint"], touchpoint["channel"] or "", touchpoint["family"] or "")
    rows = []
    for remedy, answered in _grouped(types, pains, most):
        title = t(remedy.title)
        if {(touchpoint["id"], remedy.code), (touchpoint["id"], folded(title))} & planned:
            continue
        rows.append(_row(touchpoint, remedy, answered, t) | {"reason": " ".join(_reasons(touchpoint, answered, t))})
    return rows


def _for_stages(pains: list[Pain], t: Translator, planned: set[tuple[str, str]], most: int) -> list[dict[str, Any]]:
    """Proposals for pain points that hang on a stage."""
    stages: dict[str, list[Pain]] = {}
    for pain in pains:
        stages.setdefault(str(pain.get("stage_id") or pain.get("stage")), []).append(pain)
    rows = []
    for id, members in stages.items():
        home = dict.fromkeys(_USED) | {"stage": members[0].get("stage"), "stage_id": members[0].get("stage_id")}
        found: dict[str, tuple[Remedy, list[Pain]]] = {}
        for pain in members:
            remedy = remedy_for(types_of(str(pain["text"])), str(pain["text"]))
            found.setdefault(remedy.code, (remedy, []))[1].append(pain)
        for remedy, answered in list(found.values())[:most]:
            if (id, remedy.code) not in planned:
                rows.append(_row(home, remedy, answered, t) | {"reason": " ".join(_reasons(home, answered, t))})
    return rows


def _row(touchpoint: Mapping[Any, Any], remedy: Remedy, answered: list[Pain], t: Translator) -> dict[str, Any]:
    return {
        "action": _title(remedy, answered, t), "touchpoint": touchpoint["touchpoint"], "touchpoint_id": touchpoint["id"],
        "stage": touchpoint["stage"], "stage_id": touchpoint["stage_id"], "quadrant": touchpoint["quadrant"],
        "score": _number(touchpoint["score"]), "impact": _number(touchpoint["impact"]), "effort": _number(touchpoint["effort"]),
        "kpi": t(remedy.kpi), "remedy": remedy.code,
        "pain_points": len(answered), "cards": [pain["id"] for pain in answered if pain.get("id") is not None],
    }  # fmt: skip


def _title(remedy: Remedy, answered: list[Pain], t: Translator) -> str:
    """The remedy in words; where none is known against what is said, the first thing that is said."""
    if remedy.code != REMEDIES[-1].code or not answered:
        return t(remedy.title)
    first = max(answered, key=_weight)
    return t("Remove the cause of “{pain}”: watch five customers here, correct it, look again", pain=short(str(first["text"])))


def short(text: str) -> str:
    """A text that fits into a title."""
    return text if len(text) <= MOST_TEXT else text[: MOST_TEXT - 1].rsplit(" ", 1)[0] + "…"


def _weight(pain: Pain) -> float:
    return float(pain.get("count") or 1)


def _number(value: Any) -> float:
    return np.nan if value is None else float(value)


def _reasons(touchpoint: Mapping[Any, Any], answered: list[Pain], t: Translator) -> list[str]:
    """Why this action: what customers say, how they feel, what it would bring. Sentences."""
    language, said = t.language, []
    if answered:
        quotes = [f"«\u00a0{pain['text']}\u00a0»" if language == "fr" else f"“{pain['text']}”" for pain in answered[:3]]
        said.append(t.n("Pain point: {texts}.", "Pain points: {texts}.", len(answered), texts=listed(quotes, language)))
    if touchpoint["quadrant"]:
        named = t(QUADRANTS[touchpoint["quadrant"]])
        impact, effort = number(touchpoint["impact"], language), number(touchpoint["effort"], language)
        said.append(t("{quadrant}: impact {impact}, effort {effort}.", quadrant=named, impact=impact, effort=effort))
    felt = _felt(touchpoint)
    if felt is not None and felt <= LOW:
        said.append(_feeling(touchpoint, felt, t))
    if touchpoint["complaints"]:
        said.append(t.n("{n} complaint.", "{n} complaints.", float(touchpoint["complaints"])))
    return said


def _feeling(touchpoint: Mapping[Any, Any], felt: float, t: Translator) -> str:
    value = signed(felt, t.language)
    if touchpoint["provenance"] in ("measured", "voted") and touchpoint["n"]:
        return t("Emotion {value}, on {n} answers.", value=value, n=int(touchpoint["n"]))
    return t("Emotion {value}, assumed.", value=value)
