"""Today's map and tomorrow's in two columns, with what differs marked by a word and a line, not by colour alone."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from analysis import Project
from analysis.language import Translator, signed
from analysis.project.beside import side_by_side
from analysis.project.journeys import CHANGES
from analysis.project.views import lane_name
from pages.shell import session

_SIDES = ("as_is", "to_be")


def beside(project: Project, to_be: str) -> None:
    """Both maps, stage by stage."""
    t = session.t()
    before = project.table("journey")[to_be].source or project.first_journey
    found = side_by_side(project, to_be, before)
    if st.toggle(t("Only what changes"), key="beside_changed"):
        found = _changed(found)
    names = {lane.type: lane.name for lane in project.table("lane").values() if lane.journey in (before, to_be)}
    titles = [project.table("journey")[id].title for id in (before, to_be)]
    head = "".join(f'<th scope="col">{escape(title)}</th>' for title in titles)
    body = "".join(_stage(rows, names, t) for _, rows in found.groupby("stage", sort=True))
    st.html(f'<table class="parcours-beside"><thead><tr><td></td>{head}</tr></thead>{body}</table>')


def _changed(found: pd.DataFrame) -> pd.DataFrame:
    """The lanes that hold a difference, each below the name of its stage."""
    differs = found[(found["change"] != "")]
    places = set(zip(differs["stage"], differs["lane"], strict=True))
    stages = {stage for stage, _ in places}
    kept = [
        (stage, lane) in places or (lane == "stage" and stage in stages) for stage, lane in zip(found["stage"], found["lane"], strict=True)
    ]
    return found[kept]


def _stage(rows: pd.DataFrame, names: dict[str, str], t: Translator) -> str:
    """One stage: its name on both sides, its emotion, then a line a lane."""
    lines = []
    for lane, own in rows.groupby("lane", sort=False):
        cells = "".join(_cell(own[own["side"] == side], str(lane), t) for side in _SIDES)
        label = {"stage": "", "emotion": t("Emotion")}.get(str(lane)) if lane in ("stage", "emotion") else None
        told = lane_name(str(lane), names.get(str(lane), ""), t.language) if label is None else label
        kind = ' class="stage"' if lane == "stage" else ""
        lines.append(f'<tr{kind}><th scope="row">{escape(told)}</th>{cells}</tr>')
    if "stage" not in set(rows["lane"]):
        lines.insert(0, f'<tr class="stage"><th></th><td colspan="2">{escape(t("Unassigned"))}</td></tr>')
    return f"<tbody>{''.join(lines)}</tbody>"


def _cell(rows: pd.DataFrame, lane: str, t: Translator) -> str:
    return f"<td>{''.join(_item(row['item'], row['change'], row['side'], lane, t) for row in rows.to_dict('records')) or '–'}</td>"


def _item(item: object, change: str, side: str, lane: str, t: Translator) -> str:
    """One item, with the word for what happens to it."""
    text = signed(float(item), t.language) if lane == "emotion" and isinstance(item, int | float) else str(item)
    shown = change if not (lane == "emotion" and side == "as_is") else ""
    mark = f" <small>{escape(t(CHANGES[shown]))}</small>" if shown else ""
    return f'<div class="{escape(shown) or "same"}"><span>{escape(text)}</span>{mark}</div>'
