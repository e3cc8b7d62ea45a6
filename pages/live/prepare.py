"""Prepare: the agenda, round by round, and who comes in how."""

from __future__ import annotations

from typing import Any

import streamlit as st

from analysis.errors import ParcoursError
from analysis.language import N_, Translator
from analysis.workshop import Item, Round, Workshop
from analysis.workshop.agenda import NAMES, QUESTIONS, SOURCES, items_of, make_round, most_pressing
from analysis.workshop.simulation import PEOPLE
from pages.live import office
from pages.shell import session, workspace

WHO = {"all": N_("Everybody"), "staff": N_("The team only"), "customer": N_("Customers only")}
SHOW = {
    "reveal": N_("Once revealed, on the screen and the phones"),
    "screen": N_("Once revealed, on the screen only"),
    "live": N_("As votes come in"),
}
SIDE = {"ask": N_("Each says: team or customer"), "staff": N_("Everybody is of the team"), "customer": N_("Everybody is a customer")}
SOURCE_NAMES = {
    "stages": N_("Stages"),
    "touchpoints": N_("Touchpoints"),
    "pain_points": N_("Pain points"),
    "actions": N_("Actions of the plan"),
    "own": N_("A list of your own"),
    "none": "",
}
CARDS = {"pain_point": N_("Pain points"), "opportunity": N_("Ideas (opportunities)")}
ANSWERS = {"choice": N_("One of several answers"), "scale": N_("A scale from 1 to 10"), "text": N_("In words")}


def prepare(workshop: Workshop) -> None:
    """The whole screen."""
    t, rooms = session.t(), office.rooms()
    agenda = rooms.rounds(workshop.id)
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.subheader(t("Agenda"), anchor=False)
        if not agenda:
            st.info(t("Add a first round."), icon=":material/playlist_add:")
        for position, round in enumerate(agenda):
            _listed(workshop, agenda, position, round, t)
        _minutes(agenda, t)
    with right:
        _add(workshop, t)
        _settings(workshop, t)
        _begin(workshop, agenda, t)


def _minutes(agenda: list[Round], t: Translator) -> None:
    total = sum(round.seconds or 0 for round in agenda) // 60
    if total:
        st.caption(t.n("About {n} minute of voting, without the talking.", "About {n} minutes of voting, without the talking.", total))


def _listed(workshop: Workshop, agenda: list[Round], position: int, round: Round, t: Translator) -> None:
    """One round: what it asks, and moving, changing or dropping it while it has not begun."""
    rooms, order = office.rooms(), [known.id for known in agenda]
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        with st.container(gap=None, width="stretch"):
            st.markdown(f"**{position + 1}.** {t(NAMES[round.kind])}" + (f" · {t('try-out')}" if round.trial else ""))
            st.text(round.question)
            st.caption(_facts(round, t))
        for step, icon, help in ((-1, ":material/arrow_upward:", t("Earlier")), (1, ":material/arrow_downward:", t("Later"))):
            target = position + step
            moved = order.copy()
            if 0 <= target < len(order):
                moved[position], moved[target] = moved[target], moved[position]
            st.button("", icon=icon, help=help, key=f"move{step}_{round.id}", disabled=not 0 <= target < len(order), type="tertiary",
                      on_click=rooms.arrange, args=(workshop.id, moved))  # fmt: skip
        with st.popover("", icon=":material/edit:", help=t("Change")):
            _edit(round, t)
        st.button("", icon=":material/delete:", help=t("Take off the agenda"), key=f"drop_{round.id}", type="tertiary",
                  disabled=round.state != "waiting", on_click=office.attempt, args=(rooms.drop, round.id))  # fmt: skip


def _facts(round: Round, t: Translator) -> str:
    words = []
    if len(round.items) > 1:
        words.append(t.n("{n} item", "{n} items", len(round.items)))
    if round.kind == "dots":
        words.append(t.n("{n} dot each", "{n} dots each", round.budget))
    if round.seconds:
        words.append(t("{n} min", n=round.seconds / 60))
    words.append(t("anonymous") if round.anonymous else t("with names"))
    if round.who != "all":
        words.append(t(WHO[round.who]))
    if round.show != "reveal":
        words.append(t(SHOW[round.show]))
    return " · ".join(words)


def _edit(round: Round, t: Translator) -> None:
    """Everything that may still change; what people were told stays once the round has begun."""
    begun = round.state != "waiting"
    with st.form(f"edit_{round.id}", border=False):
        values: dict[str, Any] = {"question": st.text_input(t("Question"), round.question, max_chars=200)}
        values |= _options(round.kind, t, key=round.id, known=round, begun=begun)
        labels = {item.id: item.label for item in round.items}
        if len(labels) > 1:
            kept = st.multiselect(t("Items"), list(labels), default=list(labels), format_func=labels.__getitem__, placeholder=t("Choose…"))
            values["items"] = tuple(item for item in round.items if item.id in kept)
        kept_now = st.form_submit_button(t("Keep"), type="primary") and values["question"].strip()
    if kept_now and office.attempt(office.rooms().edit, round.id, **values) is not None:
        st.rerun()


def _options(kind: str, t: Translator, *, key: str, known: Round | None = None, begun: bool = False) -> dict[str, Any]:
    """What every kind of round can be told: time, budget, who votes, named or not, who sees what when."""
    minutes = (known.seconds or 0) / 60 if known else 0.0
    found: dict[str, Any] = {}
    if kind == "dots":
        found["budget"] = int(st.number_input(t("Dots per person"), 1, 50, known.budget if known else 3, key=f"budget_{key}"))
    if known is not None:
        found["seconds"] = int(60 * st.number_input(t("Minutes (0: no timer)"), 0, 120, round_up(minutes), key=f"minutes_{key}")) or None
    who = st.selectbox(t("Who votes"), list(WHO), list(WHO).index(known.who) if known else 0, format_func=lambda w: t(WHO[w]),
                       key=f"who_{key}", disabled=begun)  # fmt: skip
    anonymous = st.checkbox(
        t("Anonymous: nobody can tell who voted what"), known.anonymous if known else True, key=f"anonymous_{key}", disabled=begun
    )
    show = st.selectbox(t("Results are shown"), list(SHOW), list(SHOW).index(known.show) if known else 0,
                        format_func=lambda s: t(SHOW[s]), key=f"show_when_{key}", disabled=begun)  # fmt: skip
    return found if begun else found | {"who": who, "anonymous": anonymous, "show": show}


def round_up(minutes: float) -> int:
    return int(minutes + 0.999)


def _add(workshop: Workshop, t: Translator) -> None:
    """Another round."""
    with st.expander(t("Add a round"), icon=":material/add:", expanded=False):
        kind = st.selectbox(t("Kind"), list(NAMES), format_func=lambda k: t(NAMES[k]), key="new_kind")
        project = workspace.store().load(workspace.project_id())
        values: dict[str, Any] = {"journey": project.first_journey}
        items: list[Item] = []
        if kind == "question":
            values |= _own_answer(t)
        else:
            items = _items(kind, project, t)
        if kind == "text":
            values["card"] = st.segmented_control(t("They go to"), list(CARDS), default="pain_point", required=True,
                                                  format_func=lambda c: t(CARDS[c]), key="new_card")  # fmt: skip
        usual = "" if kind == "question" else t(QUESTIONS[values.get("card") or kind])
        question = st.text_input(t("Question"), placeholder=usual, key=f"new_question_{kind}", max_chars=200)
        values |= _options(kind, t, key=f"new_{kind}")
        if st.button(t("Add to the agenda"), type="primary", key="add_round"):
            _added(workshop, kind, items, question, values, t)


def _added(workshop: Workshop, kind: str, items: list[Item], question: str, values: dict[str, Any], t: Translator) -> None:
    if kind == "question" and not question.strip():
        st.warning(t("Write your question first."))
    elif kind == "question" and values.get("answer") == "choice" and len(values.get("choices", ())) < 2:
        st.warning(t("Write at least two answers, one a line."))
    elif kind not in ("question", "text") and not items:
        st.warning(t("Choose what is voted on."))
    else:
        made = make_round(kind, items, language=workshop.language, question=question, **values)
        if office.attempt(office.rooms().add, workshop.id, made) is not None:
            st.rerun()


def _own_answer(t: Translator) -> dict[str, Any]:
    answer = st.segmented_control(
        t("Answered by"), list(ANSWERS), default="choice", required=True, format_func=lambda a: t(ANSWERS[a]), key="new_answer"
    )
    if answer != "choice":
        return {"answer": answer}
    lines = st.text_area(t("Answers, one a line"), key="new_choices", max_chars=1000).splitlines()
    return {"answer": "choice", "choices": tuple(line.strip()[:120] for line in lines if line.strip())[:12]}


def _items(kind: str, project: Any, t: Translator) -> list[Item]:
    """What is voted on: chosen from the project, or a list of one's own."""
    sources = [source for source in SOURCES[kind] if source == "own" or items_of(project, source)]
    if not sources:
        st.caption(t("The project has nothing to vote on yet: add touchpoints to its map."))
        return []
    source = sources[0]
    if len(sources) > 1:
        source = st.segmented_control(t("Vote on"), sources, default=sources[0], required=True,
                                      format_func=lambda s: t(SOURCE_NAMES[s]), key=f"source_{kind}") or sources[0]  # fmt: skip
    if source == "own":
        lines = st.text_area(t("Items, one a line"), key=f"own_{kind}", max_chars=4000).splitlines()
        return [Item(f"own{n}", line.strip()[:200]) for n, line in enumerate(lines) if line.strip()][:60]
    offered = items_of(project, source)
    usual = most_pressing(project) if source == "touchpoints" else offered
    by_id = {item.id: item for item in offered}
    kept = st.multiselect(t("Items"), list(by_id), default=[item.id for item in usual if item.id in by_id],
                          format_func=lambda i: by_id[i].label, key=f"items_{kind}_{source}", placeholder=t("Choose…"))  # fmt: skip
    return [item for item in offered if item.id in kept]


def _settings(workshop: Workshop, t: Translator) -> None:
    """Name, who comes, and whether the facilitator votes."""
    with st.expander(t("The room"), icon=":material/tune:"):
        rooms = office.rooms()
        key = workshop.id

        def changed(name: str) -> None:
            office.attempt(rooms.change, workshop.id, **{name: st.session_state[f"{name}_{key}"]})

        st.text_input(t("Name of the workshop"), workshop.title, key=f"title_{key}", max_chars=80, on_change=changed, args=("title",))
        st.selectbox(
            t("Who comes"),
            list(SIDE),
            list(SIDE).index(workshop.side),
            key=f"side_{key}",
            on_change=changed,
            args=("side",),
            format_func=lambda s: t(SIDE[s]),
            help=t("The two sides are kept apart, to compare how each sees the journey."),
        )
        st.toggle(
            t("I vote as well"),
            workshop.facilitator_votes,
            key=f"facilitator_votes_{key}",
            on_change=changed,
            args=("facilitator_votes",),
            help=t("Otherwise your own browser is not counted, even if it opens the phones' page."),
        )


def _begin(workshop: Workshop, agenda: list[Round], t: Translator) -> None:
    with st.container(border=True):
        if workshop.state == "open":
            st.button(t("Go to the board"), type="primary", on_click=office.show, args=(workshop.id, "run"), key="to_board")
            return
        st.markdown(t("Opening the room gives it a code. Phones join by the code or its QR; nothing is voted before you open a round."))
        with st.container(horizontal=True):
            label = t("Open the room") if workshop.state == "draft" else t("Open the room again")
            st.button(label, type="primary", key="open_room", disabled=not agenda, on_click=_open, args=(workshop.id,))
            st.button(t("Dry run"), key="dry_run", disabled=not agenda, icon=":material/science:", on_click=_dry_run, args=(workshop,),
                      help=t("A copy of this workshop in which simulated people vote. Nothing of it reaches the project."))  # fmt: skip


def _open(id: str) -> None:
    if office.attempt(office.rooms().open, id) is not None:
        office.show(id, "run")


def _dry_run(workshop: Workshop) -> None:
    """A copy with simulated people."""
    rooms, t = office.rooms(), session.t()
    try:
        copy = rooms.create(workshop.project, workshop.title, author=session.author(), rounds=rooms.rounds(workshop.id),
                            language=workshop.language, side="ask", dry_run=True)  # fmt: skip
        rooms.open(copy.id)
        office.people().add_simulated(copy.id, PEOPLE)
    except ParcoursError as reason:
        workspace.tell(reason)
        return
    office.show(copy.id, "run")
    st.toast(t("Simulated people have joined. Open a round and watch them vote."), icon=":material/science:")
