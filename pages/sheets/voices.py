"""What was said of a touchpoint: incidents, pain points and other cards, comments."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from analysis import Project
from analysis.language import N_, Translator, date, money, signed
from analysis.project import edits
from analysis.project.model import Card
from analysis.project.views import LANE_NAMES, lane_name
from pages.sheets import parts
from pages.shell import workspace
from pages.shell.markdown import quoted

INCIDENTS = ("positive_incident", "critical_incident")
SIDES = {"customer": N_("A customer"), "staff": N_("Staff")}
_COMMENTS = 8


def _cards_of(project: Project, touchpoint: str) -> list[tuple[str, Card]]:
    """Its cards on the maps of today; where this visit looks at a target map, those of that map alone."""
    looked_at = st.session_state.get("journey")
    shown = project.table("journey").get(str(looked_at))
    if shown is not None and shown.state == "to_be":
        cards = {id: card for id, card in project.table("card").items() if card.journey == looked_at}
    else:
        cards = project.cards_of_today
    return [(id, card) for id, card in cards.items() if card.touchpoint == touchpoint]


def incidents(project: Project, id: str, placement: str | None, t: Translator) -> None:
    """Positive and critical incidents, and a line to record another one."""
    parts.section(t("Incidents"))
    own = [(i, card) for i, card in _cards_of(project, id) if card.kind in INCIDENTS]
    for i, card in sorted(own, key=lambda item: (item[1].kind, item[1].order)):
        _line(project, i, card, t, icon="thumb_up" if card.kind == INCIDENTS[0] else "report")
    if placement is not None:
        _record(id, placement, t)


def _record(id: str, placement: str, t: Translator) -> None:
    with st.form(f"sheet_incident_{id}", clear_on_submit=True, border=False):
        kind, side = st.columns(2)
        kinds = {INCIDENTS[1]: t("Critical incident"), INCIDENTS[0]: t("Positive incident")}
        chosen = kind.selectbox(t("What happened"), list(kinds), format_func=kinds.__getitem__)
        by = side.selectbox(t("Told by"), list(SIDES), format_func=lambda code: t(SIDES[code]))
        text = st.text_input(t("The incident"), max_chars=2000, placeholder=t("What happened, in a sentence"))
        cause = st.text_input(t("Its cause"), max_chars=2000, placeholder=t("If it is known"))
        if st.form_submit_button(t("Record"), icon=":material/add:") and text.strip():
            _keep(id, placement, chosen, text, {"side": by, "cause": cause.strip()})
            st.rerun(scope="fragment")


def _keep(id: str, placement: str, kind: str, text: str, facts: dict[str, Any]) -> None:
    head = workspace.store().load(workspace.project_id())
    place = head.table("placement").get(placement)
    if place is not None:
        lane = edits.add_lane(head, place.journey, kind)
        cards = edits.add_cards(head, place.journey, kind, place.stage, [text], touchpoint=id, **facts)
        workspace.edit([*lane, *cards], "Record an incident")


def cards(project: Project, id: str, t: Translator) -> None:
    """Pain points first, then the other cards, lane by lane."""
    own: dict[str, list[tuple[str, Card]]] = {}
    for i, card in _cards_of(project, id):
        if card.kind not in INCIDENTS:
            own.setdefault(card.kind, []).append((i, card))
    if own:
        parts.section(t("Cards"))
    lanes = {lane.type: lane.name for lane in project.table("lane").values()}
    for kind in sorted(own, key=lambda kind: (kind != "pain_point", list(LANE_NAMES).index(kind) if kind in LANE_NAMES else 99)):
        st.markdown(f"**{quoted(lane_name(kind, lanes.get(kind, ''), t.language))}**")
        for i, card in own[kind]:
            _line(project, i, card, t)


def _line(project: Project, id: str, card: Card, t: Translator, icon: str = "") -> None:
    """One card with its facts, and the way to its own sheet."""
    from pages import sheets

    facts = [t(SIDES[card.side])] if card.side in SIDES else []
    facts += [t("said {n} times", n=card.count)] if card.count else []
    facts += [t("lost value {value}", value=money(card.lost_value, t.language, project.settings.currency))] if card.lost_value else []
    facts += [t("cause: {cause}", cause=card.cause)] if card.cause else []
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(gap=None, width="stretch"):
            st.markdown((f":material/{icon}: " if icon else "") + quoted(card.text))
            if facts:
                st.caption(quoted(" · ".join(facts)))
        parts.opener(
            "", f"sheet_card_{id}", lambda: sheets.ask("card", id), icon=":material/edit:", type="tertiary", help=t("Open the card")
        )


def comments(project: Project, id: str, t: Translator) -> None:
    """What people wrote about it, the newest first."""
    found = project.evidence
    quote_list(found[(found["touchpoint_id"] == id) & found["text"].notna()], f"sheet_comments_{id}", t)


def quote_list(found: pd.DataFrame, key: str, t: Translator) -> None:
    """Comments as they were written, with their date; the rest on demand."""
    if found.empty:
        return
    parts.section(t.n("{n} comment", "{n} comments", len(found)))
    newest = found.sort_values("date", ascending=False, na_position="last", kind="stable")
    most = len(newest) if len(newest) > _COMMENTS and st.toggle(t("Show all"), key=key) else _COMMENTS
    for row in newest.head(min(most, 200)).to_dict("records"):
        facts = [date(row["date"], t.language)] if pd.notna(row["date"]) else []
        facts += [t(SIDES[str(row["side"])])] if row["side"] == "staff" else []
        felt = "" if pd.isna(row["emotion"]) else t("emotion {value}", value=signed(float(row["emotion"]), t.language))
        st.text(t("“{text}”", text=row["text"]))
        if line := " · ".join(part for part in (*facts, felt) if part):
            st.caption(line)
