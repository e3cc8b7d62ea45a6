"""Which answers are a persona's: those that name it, else those that its rule on the respondents' attributes takes ("Âge < 30")."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.language import N_

if TYPE_CHECKING:
    from analysis.project.project import Project

#: comparison → what it is called
COMPARISONS = {
    "=": N_("is"),
    "!=": N_("is not"),
    "<": N_("is less than"),
    "<=": N_("is at most"),
    ">": N_("is more than"),
    ">=": N_("is at least"),
    "contains": N_("contains"),
}


def attributes(evidence: pd.DataFrame) -> list[str]:
    """What is known of respondents: the headers of the sheet, without the prefix of the columns."""
    return [name.removeprefix("attr:") for name in evidence.columns if name.startswith("attr:")]


def numbers(values: pd.Series) -> pd.Series:
    """The number in each text, or NA: “35 ans” is 35, “1 200,50 €” is 1200.5."""
    text = values.astype("string").str.replace(r"[\s\u00a0\u202f]", "", regex=True).str.replace(",", ".", regex=False)
    return pd.to_numeric(text.str.extract(r"(-?\d+(?:\.\d+)?)", expand=False), errors="coerce")


def matching(evidence: pd.DataFrame, rule: dict[str, Any]) -> pd.Series:
    """Whether each answer fits a rule ``{"column", "comparison", "value"}``; an unknown column fits nobody.

    Numbers are compared as numbers when the rule's value is one, texts without regard to case.
    """
    column = f"attr:{rule.get('column', '')}"
    if column not in evidence or rule.get("comparison") not in COMPARISONS or str(rule.get("value", "")).strip() == "":
        return pd.Series(False, index=evidence.index)
    values, wanted, comparison = evidence[column].astype("string"), str(rule["value"]).strip(), rule["comparison"]
    if comparison == "contains":
        return values.str.contains(re.escape(wanted), case=False, na=False).astype(bool)
    threshold = numbers(pd.Series([wanted], dtype="string")).iloc[0] if re.search(r"\d", wanted) else float("nan")
    if comparison in ("=", "!=") and pd.isna(threshold):
        same = (values.str.strip().str.casefold() == wanted.casefold()).fillna(False).astype(bool)
        return same if comparison == "=" else (~same & values.notna()).astype(bool)
    found = numbers(values)
    compared = {"=": found.eq, "!=": found.ne, "<": found.lt, "<=": found.le, ">": found.gt, ">=": found.ge}[comparison](threshold)
    return (compared & found.notna()).astype(bool)


def with_personas(project: Project, evidence: pd.DataFrame) -> pd.DataFrame:
    """The evidence with each answer's persona: the one its sheet names, else the first whose rule takes it."""
    personas = sorted(project.table("persona").items(), key=lambda item: (item[1].order, item[0]))
    if not personas or evidence.empty:
        return evidence
    persona = evidence["persona"]
    for _, known in personas:
        if known.rule:
            persona = persona.mask(persona.isna() & matching(evidence, known.rule), known.name)
    return evidence.assign(persona=persona.astype("string"))


def persona_curves(project: Project, journey: str, personas: list[str]) -> pd.DataFrame:
    """The emotion of each stage as each persona's answers give it: persona, stage_id, mean, n, sd, low, high, few, divided."""
    from analysis.methods import emotion_curve

    stages = [id for id, _ in project.stages_of(journey)]
    evidence = project.evidence
    parts = []
    for id in personas:
        own = evidence[evidence["persona"] == project.table("persona")[id].name]
        parts.append(emotion_curve(own, by="stage_id", order=stages).assign(persona=id))
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=["persona", "stage_id", "mean", "n"])
