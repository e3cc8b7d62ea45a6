"""Moments of truth under the map: what the figures propose, with the reason; people decide."""

from __future__ import annotations

from typing import Any, Literal

import pandas as pd
import streamlit as st

from analysis import Project
from analysis.language import N_, Translator, number, signed
from analysis.project import moments
from pages.shell import session, workspace
from pages.shell.markdown import quoted
from pages.shell.synced import own, put

_WHAT = N_(
    "A touchpoint that decides the customer’s opinion. The score weighs importance and impact against how it feels today, from −3 to 9."
)
#: proposals that are listed; the rest is counted
_MOST = 12


def moments_fold(project: Project) -> None:
    """The fold: proposals, accepted and refused moments, and a way to mark any other touchpoint."""
    if not project.table("touchpoint"):
        return
    t, found = session.t(), moments.moments(project)
    open_ones = found[found["proposed"] & (found["decision"] == "")]
    label = t("Moments of truth") + (" · " + t.n("{n} proposal", "{n} proposals", len(open_ones)) if len(open_ones) else "")
    with st.expander(label, icon=":material/star:", key="moments"):
        st.caption(t(_WHAT))
        _list(open_ones, t, t("Proposed by the figures"), {"accepted": t("Accept"), "refused": t("Refuse")})
        if open_ones.empty:
            st.caption(_why_none(found, t))
        _list(found[found["decision"] == "accepted"], t, t("Accepted"), {"": t("Not any more")})
        _list(found[found["decision"] == "refused"], t, t("Refused"), {"": t("Propose again")})
        _mark_another(found, t)


def _why_none(found: pd.DataFrame, t: Translator) -> str:
    if found["importance"].notna().any():
        return t("The figures propose nothing more.")
    return t("Nothing is proposed yet: score the importance and the impact of touchpoints, and set or measure how they feel.")


def _list(rows: pd.DataFrame, t: Translator, title: str, choices: dict[str, str]) -> None:
    if rows.empty:
        return
    st.markdown(f"**{title}**")
    for row in rows.head(_MOST).to_dict("records"):
        _row(row, t, choices)
    if len(rows) > _MOST:
        st.caption(t("and {n} more", n=len(rows) - _MOST))


def _row(row: dict[Any, Any], t: Translator, choices: dict[str, str]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(gap=None, width="stretch"):
            st.markdown(f"**{quoted(str(row['touchpoint']))}**" + (f" · {quoted(str(row['stage']))}" if pd.notna(row["stage"]) else ""))
            st.caption(" ".join(part for part in (_figures(row, t), moments.reasons(row["reason"], t)) if part))
        for decision, name in choices.items():
            kind: Literal["secondary", "tertiary"] = "secondary" if decision == "accepted" else "tertiary"
            st.button(
                name,
                key=f"moment_{row['id']}_{decision or 'open'}",
                type=kind,
                on_click=decide,
                args=(row["id"], decision, row["touchpoint"]),
            )


def _figures(row: dict[Any, Any], t: Translator) -> str:
    parts = [t("score {value}", value=number(row["moment_score"], t.language, 1))] if pd.notna(row["moment_score"]) else []
    parts += [t("importance {value}", value=number(row["importance"], t.language))] if pd.notna(row["importance"]) else []
    parts += [t("impact {value}", value=number(row["impact"], t.language))] if pd.notna(row["impact"]) else []
    parts += [t("emotion {value}", value=signed(row["emotion"], t.language))] if pd.notna(row["emotion"]) else []
    sentence = ", ".join(parts)
    return sentence[:1].upper() + sentence[1:] + "." if sentence else ""


def decide(id: str, decision: str, name: str) -> None:
    """Keep what was decided; one edit of the history."""
    if decision == "accepted":
        workspace.edit(moments.decide(id, decision), "Accept the moment of truth “{name}”", name=name)
    elif decision == "refused":
        workspace.edit(moments.decide(id, decision), "Refuse the moment of truth “{name}”", name=name)
    else:
        workspace.edit(moments.decide(id, decision), "Leave the moment of truth “{name}” open", name=name)


def _mark_another(found: pd.DataFrame, t: Translator) -> None:
    others = found[(found["decision"] != "accepted") & ~(found["proposed"] & (found["decision"] == ""))].sort_values("touchpoint")
    names = dict(zip(others["id"], others["touchpoint"], strict=True))
    if not names:
        return

    def marked() -> None:
        if id := st.session_state.get("mark_moment"):
            decide(id, "accepted", names[id])
            put("mark_moment", None)

    st.selectbox(
        t("Mark another touchpoint"),
        list(names),
        index=None,
        key=own("mark_moment", None),
        format_func=names.__getitem__,
        on_change=marked,
        placeholder=t("Choose…"),
    )
