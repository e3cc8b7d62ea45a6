"""The sheet of a stage: its goal, its emotion with what stands behind it, the answers as a chart, and what people wrote."""

from __future__ import annotations

from typing import Any, cast

import pandas as pd
import streamlit as st

from analysis import Project
from analysis.charts.distribution import distribution
from analysis.language import Translator, signed
from analysis.project.views import emotion_levels
from pages.sheets import parts, voices
from pages.shell import session


def draw(project: Project, id: str) -> None:
    t, stage = session.t(), project.table("stage")[id]
    parts.text(t("Name"), "stage", id, "name", stage.name)
    parts.text(t("What the customer wants here"), "stage", id, "goal", stage.goal, lines=2)
    parts.section(t("Emotion"))
    parts.figure(project, id, "emotion", t("Emotion (−2 to +2)"))
    _reading(project, id, stage.journey, t)
    answers = project.evidence
    answers = answers[answers["stage_id"] == id]
    felt = answers[(answers["side"] != "staff")]["emotion"].dropna()
    if len(felt):
        people = answers.loc[felt.index, "respondent"].nunique()
        said = t.n("{n} answer", "{n} answers", len(felt)) + (" · " + t.n("{n} respondent", "{n} respondents", people) if people else "")
        chart = distribution(felt, t.language, levels=emotion_levels(project, t.language), title=said)
        st.vega_lite_chart(None, chart.to_dict(validate=False), theme=None, width="stretch", key=f"sheet_answers_{id}")
    else:
        st.caption(t("No answer stands behind this point: it is what somebody set, or what the touchpoints of the stage give."))
    voices.quote_list(answers[answers["text"].notna()], f"sheet_quotes_{id}", t)


def _reading(project: Project, id: str, journey: str, t: Translator) -> None:
    """The interval, and what to know about the point."""
    row = project.emotions(journey).set_index("stage_id").loc[id]
    said = []
    if pd.notna(row["low"]) and pd.notna(row["high"]):
        low, high = (signed(float(cast(Any, row[end])), t.language) for end in ("low", "high"))
        said.append(t("95% interval from {low} to {high}.", low=low, high=high))
    if row["few"]:
        said.append(t("Fewer than five answers."))
    if row["divided"]:
        said.append(t("Customers are divided here."))
    if row["alike"]:
        said.append(t("Everybody answered the same."))
    if said:
        st.caption(" ".join(said))
