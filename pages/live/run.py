"""Run: the board that may be projected, and above it what the facilitator does next. Never a single person's vote."""

from __future__ import annotations

import streamlit as st

from analysis.language import Translator
from analysis.workshop import Round, Workshop
from pages.live import office
from pages.live.accept import accept
from pages.live.board import board
from pages.live.reach import reachable
from pages.shell import session

#: seconds between two looks at what a co-facilitator has done
EVERY = 1.0
_SEEN = "_workshop_seen"


def run(workshop: Workshop) -> None:
    """The whole screen."""
    t = session.t()
    if workshop.state != "open":
        _opening(workshop, t)
        return
    _others(workshop, t)
    agenda = office.rooms().rounds(workshop.id)
    st.session_state[_SEEN] = _shape(workshop, agenda)
    _controls(workshop.id)
    board(workshop, t, key=f"board_{workshop.id}")
    _reach(workshop, t)
    shown = next((round for round in agenda if round.id == workshop.current), None)
    if shown is not None and shown.state == "revealed" and not shown.trial:
        _after_reveal(workshop, shown, t)
    _agenda(workshop, agenda, t)


def _opening(workshop: Workshop, t: Translator) -> None:
    over = workshop.state == "ended"
    st.info(
        t("This workshop is over. Its rounds and results are kept; opened again, it gets another code.")
        if over
        else t("The room is not open yet: open it, and phones can join."),
        icon=":material/meeting_room:",
    )
    label = t("Open the room again") if over else t("Open the room")
    st.button(label, type="primary", on_click=lambda: office.attempt(office.rooms().open, workshop.id), key="open_room")


def _others(workshop: Workshop, t: Translator) -> None:
    """Somebody who comes to help is asked how."""
    if session.author() in workshop.facilitators:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(t("Somebody else has begun this workshop."), width="stretch")
        st.button(t("Facilitate together"), on_click=_facilitate, args=(workshop.id,))
        st.button(t("Take over"), on_click=_facilitate, args=(workshop.id, True))


def _facilitate(id: str, lead: bool = False) -> None:
    office.attempt(office.rooms().facilitate, id, session.author(), lead=lead)


def _reach(workshop: Workshop, t: Translator) -> None:
    """Why phones cannot come in, and what to do."""
    if reachable():
        with st.expander(t("A phone cannot open the address?"), icon=":material/wifi_off:"):
            st.markdown(isolated(t))
        return
    st.warning(
        t(
            "Phones cannot reach this computer yet: stop Parcours and start it with "
            "`python start.py --share`, then open the room again here."
        ),
        icon=":material/wifi_off:",
    )
    with st.expander(t("And if the room's Wi-Fi keeps devices apart?")):
        st.markdown(isolated(t))


def isolated(t: Translator) -> str:
    return t(
        "Many guest networks keep devices apart: then no phone reaches this computer. Share the connection of a phone "
        "(or of this computer) and let everybody join that network, ask for a network without client isolation, "
        "run Parcours on a server that everybody reaches, or type the votes of the room yourself, backstage."
    )


def _shape(workshop: Workshop, agenda: list[Round]) -> tuple[object, ...]:
    """What the screen around the board depends on; not the votes, which the board follows by itself."""
    return (
        workshop.state,
        workshop.code,
        workshop.current,
        workshop.locked,
        tuple((r.id, r.state, r.accepted, r.ends, r.left) for r in agenda),
    )


@st.fragment(run_every=EVERY)
def _controls(workshop_id: str) -> None:
    """The next step, always in the same place."""
    t, rooms = session.t(), office.rooms()
    workshop = office.current()
    if workshop is None:
        st.rerun()
    agenda = rooms.rounds(workshop_id)
    if _shape(workshop, agenda) != st.session_state.get(_SEEN):
        st.rerun()
    shown = next((round for round in agenda if round.id == workshop.current), None)
    with st.container(horizontal=True, vertical_alignment="center", key="controls"):
        _step(workshop, shown, agenda, t)
        st.space("stretch")
        locked = t("Unlock the room") if workshop.locked else t("Lock the room")
        icon = ":material/lock_open:" if workshop.locked else ":material/lock:"
        st.button(locked, icon=icon, on_click=office.attempt, args=(rooms.lock, workshop_id, not workshop.locked), key="lock")
        st.link_button(t("Backstage"), office.address(workshop, "backstage"), icon=":material/theater_comedy:",
                       help=t("Texts, people, votes typed for others: in a window of its own, not for the projector."))  # fmt: skip


def _step(workshop: Workshop, shown: Round | None, agenda: list[Round], t: Translator) -> None:
    rooms = office.rooms()
    if shown is not None and shown.state == "open":
        st.button(t("Close the vote"), type="primary", on_click=office.attempt, args=(rooms.close, shown.id), key="close")
        st.button(t("Close and reveal"), on_click=office.attempt, args=(rooms.reveal, shown.id), key="close_reveal")
        _timer(shown, t)
        return
    if shown is not None and shown.state == "closed":
        st.button(t("Reveal"), type="primary", on_click=office.attempt, args=(rooms.reveal, shown.id), key="reveal")
        return
    coming = _next(agenda, shown)
    if coming is None:
        st.button(t("End the workshop"), type="primary", on_click=_end, args=(workshop.id,), key="end")
    elif shown is not None and shown.id == coming.id:
        st.button(t("Open the vote"), type="primary", on_click=office.attempt, args=(rooms.start, coming.id), key="start")
    else:
        st.button(t("Next: {question}", question=_short(coming.question)), type="primary", on_click=office.attempt,
                  args=(rooms.start, coming.id), key="start")  # fmt: skip


def _timer(shown: Round, t: Translator) -> None:
    rooms = office.rooms()
    if shown.left is not None:
        st.button(t("Resume"), icon=":material/play_arrow:", on_click=office.attempt, args=(rooms.resume, shown.id), key="resume")
    elif shown.ends is not None:
        st.button(t("Pause"), icon=":material/pause:", on_click=office.attempt, args=(rooms.pause, shown.id), key="pause")
    st.button(t("+1 minute"), icon=":material/more_time:", on_click=office.attempt, args=(rooms.add_time, shown.id), key="minute")


def _next(agenda: list[Round], shown: Round | None) -> Round | None:
    """The round that is due: the first after the shown one that has not begun, else the first at all."""
    waiting = [round for round in agenda if round.state == "waiting"]
    after = [round for round in waiting if shown is None or round.position >= shown.position]
    return next(iter(after or waiting), None)


def _end(workshop: str) -> None:
    office.attempt(office.rooms().end, workshop)
    office.show(workshop, "after")


def _short(text: str) -> str:
    return text if len(text) <= 48 else text[:47] + "…"


def _after_reveal(workshop: Workshop, shown: Round, t: Translator) -> None:
    """What to do with results: talk, vote again, write down, take in."""
    result = office.attempt(office.results().of, shown.id)
    if result is None:
        return
    divided = [item for item in result.divided if item.band in ("must", "discuss")]
    with st.container(border=True):
        note = st.text_input(t("What was decided (for the minutes)"), value=shown.note, key=f"note_{shown.id}", max_chars=500)
        if note.strip() != shown.note:
            office.attempt(office.rooms().decide, shown.id, note)
        if divided:
            label = t.n("Second round on the item that divides", "Second round on the {n} items that divide", len(divided))
            st.button(label, icon=":material/replay:", on_click=_again, args=(shown.id, [item.item.id for item in divided]), key="again")
    accept(workshop, result)


def _again(round: str, items: list[str]) -> None:
    made = office.attempt(office.rooms().again, round, items)
    if made is not None:
        office.attempt(office.rooms().start, made.id)


def _agenda(workshop: Workshop, agenda: list[Round], t: Translator) -> None:
    """Every round and where it stands; another one can be taken first, or shown again."""
    states = {"waiting": t("to come"), "open": t("open"), "closed": t("closed"), "revealed": t("revealed")}
    with st.expander(t("Agenda"), icon=":material/list:"):
        for number, round in enumerate(agenda, start=1):
            with st.container(horizontal=True, vertical_alignment="center"):
                taken = f" · {t('taken in')}" if round.accepted else ""
                st.text(f"{number}. {round.question} · {states[round.state]}{taken}", width="stretch")
                if round.id != workshop.current and not any(other.state == "open" for other in agenda):
                    st.button(t("Show"), key=f"show_{round.id}", on_click=office.attempt, args=(office.rooms().show, round.id))
        st.button(t("End the workshop"), on_click=_end, args=(workshop.id,), key="end_early")
