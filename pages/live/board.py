"""The board: what the room looks at. A small component that follows the server by itself, so nothing flickers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

from analysis.language import N_, Translator
from analysis.workshop.codes import spaced
from analysis.workshop.model import Workshop
from pages.live.reach import origin, qr

_HERE = Path(__file__).parent
WORDS = {
    "join_at": N_("Join at"),
    "code": N_("Code"),
    "people": N_("in the room"),
    "voted": N_("{voted} of {of} have voted"),
    "finished": N_("{n} have answered everything"),
    "open": N_("Voting is open"),
    "closed": N_("Voting is closed"),
    "waiting": N_("Not open yet"),
    "locked": N_("The room is locked"),
    "over": N_("This workshop is over"),
    "dry": N_("Dry run: nobody real votes, nothing is kept"),
    "trial": N_("Try-out"),
    "again": N_("Second round"),
    "paused": N_("Timer paused"),
    "time_up": N_("Time is up"),
    "full": N_("Full screen"),
    "lost": N_("Reconnecting…"),
    "n": N_("{n} votes"),
    "n_one": N_("1 vote"),
    "skips": N_("{n} don't know"),
    "nothing": N_("{n} said: nothing"),
    "no_votes": N_("no vote"),
    "one_vote": N_("a single vote: not shown"),
    "mean": N_("mean"),
    "median": N_("median"),
    "before": N_("first round"),
    "agree": N_("agreement {n}%"),
    "must": N_("must discuss"),
    "discuss": N_("discuss"),
    "fine": N_("fine"),
    "divided_first": N_("Most divided first"),
    "most_first": N_("Most dots first"),
    "impact": N_("Impact"),
    "effort": N_("Effort"),
    "staff": N_("team"),
    "customer": N_("customers"),
    "dots": N_("{n} dots"),
    "dots_one": N_("1 dot"),
    "no_texts": N_("Nothing was sent."),
    "several": N_("said {n} times"),
    "low": N_("low"),
    "high": N_("high"),
    "worst": N_("very unhappy"),
    "best": N_("very happy"),
    "whole": N_("Without a stage"),
}

_component = st.components.v2.component(
    "workshop_board",
    html='<div class="board" role="region"></div>',
    css=(_HERE / "board.css").read_text("utf-8"),
    js=(_HERE / "board.js").read_text("utf-8"),
)


def board(workshop: Workshop, t: Translator, *, key: str) -> None:
    """Draw the board of a workshop: code and QR, the question, how many have voted, the timer, and results once revealed."""
    link = f"{origin()}/p/{workshop.code}" if workshop.code else ""
    data: dict[str, Any] = {
        "url": f"/live/{workshop.id}/board",
        "code": spaced(workshop.code),
        "where": f"{origin()}/p".partition("://")[2] if workshop.code else "",
        "link": link,
        "qr": qr(link) if link else "",
        "language": t.language,
        "text": {name: t(text) for name, text in WORDS.items()},
    }
    _component(data=data, key=key)
