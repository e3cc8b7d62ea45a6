"""Backstage: what only the facilitator sees, in a window of its own. Texts before they are shown, people, typed votes."""

from __future__ import annotations

import streamlit as st

from analysis.language import N_, Translator
from analysis.workshop import Participant, Round, Workshop
from analysis.workshop.answers import answer_from
from analysis.workshop.closing import WHOLE
from analysis.workshop.codes import new_token
from analysis.workshop.moderation import Text
from pages.live import office
from pages.live.reach import origin, qr
from pages.shell import session
from pages.shell.markdown import quoted

EVERY = 2.0
KINDS = {"phone": N_("phone"), "room": N_("without a phone"), "simulated": N_("simulated"), "facilitator": N_("facilitator")}
SIDES = {"staff": N_("team"), "customer": N_("customer")}


def backstage(workshop: Workshop) -> None:
    """The whole window."""
    t = session.t()
    st.title(t("Backstage"), anchor=False)
    st.warning(t("Only for you: do not put this window on the projector."), icon=":material/visibility_off:")
    shown = next((round for round in office.rooms().rounds(workshop.id) if round.id == workshop.current), None)
    texts, votes, people, together = st.tabs([t("Texts"), t("Votes for others"), t("People"), t("Facilitate together")])
    with texts:
        _moderate(workshop.id)
    with votes:
        _type_votes(workshop, shown, t)
    with people:
        _people(workshop, t)
    with together:
        _together(workshop, t)


# --- texts ------------------------------------------------------------------------------------------------------


@st.fragment(run_every=EVERY)
def _moderate(workshop_id: str) -> None:
    """Texts as they come in, to hide, merge or correct before the room reads them."""
    t = session.t()
    workshop = office.rooms().get(workshop_id)
    shown = next((round for round in office.rooms().rounds(workshop_id) if round.id == workshop.current), None)
    if shown is None or not shown.texts:
        st.caption(t("The round that is on has no texts."))
        return
    found = office.moderation().texts(shown.id)
    st.markdown(f"**{quoted(shown.question)}** · " + t.n("{n} text", "{n} texts", len(found)))
    labels = {item.id: item.label for item in shown.items} | {WHOLE: t("Without a stage")}
    chosen = [text.id for text in found if st.session_state.get(f"text_{text.id}")]
    _text_tools(shown.id, chosen, found, t)
    for text in found:
        _text(text, labels, {other.id: other.text for other in found}, t)


def _text_tools(round: str, chosen: list[str], found: list[Text], t: Translator) -> None:
    moderation = office.moderation()
    with st.container(horizontal=True):
        st.button(t("Hide"), disabled=not chosen, key="hide", on_click=moderation.hide, args=(round, chosen))
        st.button(t("Show again"), disabled=not chosen, key="unhide", on_click=moderation.hide, args=(round, chosen, False))
        st.button(
            t("Merge into the first"),
            disabled=len(chosen) < 2,
            key="merge",
            on_click=office.attempt,
            args=(moderation.merge, round, chosen),
        )
        st.button(t("Separate"), disabled=not chosen, key="split", on_click=moderation.split, args=(round, chosen))
        if len(chosen) == 1:
            known = next(text for text in found if text.id == chosen[0])
            with st.popover(t("Correct")):
                fresh = st.text_area(t("Text"), known.text, max_chars=280, key=f"correct_{known.id}")
                st.button(t("Keep"), key="keep_text", on_click=office.attempt, args=(moderation.correct, round, known.id, fresh))


def _text(text: Text, labels: dict[str, str], others: dict[str, str], t: Translator) -> None:
    marks = [labels.get(text.item, ""), t(SIDES[text.side]) if text.side in SIDES else ""]
    marks += [t("hidden")] if text.hidden else []
    marks += [t("said by “{text}”", text=others.get(text.merged, ""))] if text.merged else []
    marks += [t("typed")] if text.typed else []
    shown = quoted(text.text)
    st.checkbox(f"~~{shown}~~" if text.hidden else shown, key=f"text_{text.id}", help=" · ".join(mark for mark in marks if mark))
    st.caption(" · ".join(quoted(mark) for mark in marks if mark))


# --- votes typed for people without a phone ---------------------------------------------------------------------


def _type_votes(workshop: Workshop, shown: Round | None, t: Translator) -> None:
    """Somebody without a phone tells the facilitator, who types; the vote is marked as typed."""
    with st.form("person", border=False, clear_on_submit=True), st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(t("Somebody without a phone"), max_chars=60, placeholder=t("Name or seat"))
        side = st.selectbox(t("Side"), list(SIDES), format_func=lambda s: t(SIDES[s]), disabled=workshop.side != "ask")
        if st.form_submit_button(t("Add")):
            given = side if workshop.side == "ask" else workshop.side
            office.attempt(office.people().add_in_room, workshop.id, name, given)
    here = [person for person in office.people().all(workshop.id) if person.kind == "room" and not person.removed]
    if not here:
        st.caption(t("Add the people who have no phone, then type their votes here."))
    elif shown is None or shown.state != "open":
        st.caption(t("No round is open."))
    else:
        person = st.selectbox(t("Vote of"), here, format_func=lambda p: p.name)
        _ballot(shown, person, t)


def _ballot(shown: Round, person: Participant, t: Translator) -> None:
    with st.form(f"ballot_{shown.id}_{person.id}", clear_on_submit=True):
        st.markdown(f"**{quoted(shown.question)}**")
        raw = _texts_of(shown, t) if shown.texts else _values_of(shown, t)
        if st.form_submit_button(t("Keep this vote"), type="primary"):
            _cast(shown, person, raw, t)


def _values_of(shown: Round, t: Translator) -> list[dict[str, object]]:
    """A field a value; empty: not answered."""
    found: list[dict[str, object]] = []
    for item in shown.items:
        label = quoted(item.label or shown.question)
        if shown.choices:
            options = list(range(len(shown.choices)))
            found.append({"item": item.id, "value": st.selectbox(label, options, None, format_func=lambda n: shown.choices[n])})
            continue
        ends = (int(shown.low), int(shown.high))
        names = [f"{label} · {t('Impact')}", f"{label} · {t('Effort')}"] if shown.pair else [label]
        given = [st.number_input(name, *ends, value=None, step=1, key=f"type_{shown.id}_{item.id}_{n}") for n, name in enumerate(names)]
        found.append({"item": item.id} | dict(zip(("value", "second"), given, strict=False)))
    return found


def _texts_of(shown: Round, t: Translator) -> list[dict[str, object]]:
    labels = {item.id: item.label for item in shown.items}
    item = st.selectbox(t("Stage"), list(labels), format_func=labels.__getitem__) if labels else WHOLE
    return [{"item": item, "text": st.text_area(t("Text"), max_chars=280), "id": new_token()}]


def _cast(shown: Round, person: Participant, raw: list[dict[str, object]], t: Translator) -> None:
    """Hand the answers in, under the next count, so that typing again replaces what was typed before."""
    ballots = office.ballots()
    with ballots.reading() as connection:
        votes, texts = ballots.mine(connection, shown, person)
    count = max([row["count"] for row in [*votes.values(), *texts]], default=0) + 1
    kept = [given for given in raw if all(value not in (None, "") for name, value in given.items() if name != "item")]
    answers = [
        office.attempt(answer_from, {**given, "round": shown.id, "count": count}, workshop=shown.workshop, token=person.token, typed=True)
        for given in kept
    ]
    refused = [reason for reason in ballots.cast([answer for answer in answers if answer]) if reason]
    for reason in refused[:1]:
        st.error(reason.message(t.language))
    if kept and not refused:
        st.toast(t("Kept, marked as typed."))


# --- people -----------------------------------------------------------------------------------------------------


def _people(workshop: Workshop, t: Translator) -> None:
    """Who is here, as far as they said; somebody can be sent out."""
    here = [person for person in office.people().all(workshop.id) if not person.removed]
    st.caption(
        t.n("{n} person", "{n} people", len(here)) + " · " + t("sending somebody out also takes their votes out of the round that is open")
    )
    for number, person in enumerate(here, start=1):
        with st.container(horizontal=True, vertical_alignment="center"):
            name = person.name or t("Person {n}", n=number)
            st.text(f"{name} · {t(SIDES[person.side])} · {t(KINDS[person.kind])}", width="stretch")
            st.button(t("Send out"), key=f"out_{person.id}", on_click=office.attempt, args=(office.people().remove, workshop.id, person.id))


def _together(workshop: Workshop, t: Translator) -> None:
    """Hand over: whoever opens this address facilitates as well."""
    st.markdown(
        t("Whoever opens this address (and knows the facilitator's password, where there is one) can facilitate with you or take over.")
    )
    link = f"{origin()}{office.address(workshop, 'run')}"
    st.code(link, language=None, wrap_lines=True)
    st.image(qr(link), width=220)
    st.caption(t.n("{n} browser facilitates.", "{n} browsers facilitate.", len(workshop.facilitators)))
