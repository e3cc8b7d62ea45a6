"""Everything about one thing of the map, in a window: a touchpoint, a card, a stage with the answers behind it."""

from __future__ import annotations

from typing import Any, cast

import streamlit as st

from analysis import Project
from analysis.language import N_, Translator, date, number, percent, signed
from analysis.project import edits
from analysis.project.figures import Figure
from analysis.project.model import FAMILIES
from analysis.project.views import UNASSIGNED
from pages.components.journey_events import CARD_COLOURS
from pages.shell import session, workspace

FAMILY_NAMES = {
    "marketing": N_("Marketing"),
    "sales": N_("Sales"),
    "customer_service": N_("Customer service"),
    "post_purchase": N_("Post-purchase"),
    "indirect": N_("Indirect"),
}
#: criteria that a person scores, 1 to 10
SCORED = {"impact": N_("Impact"), "effort": N_("Effort"), "importance": N_("Importance"), "fit": N_("Fit with the persona")}
#: other figures that are shown with where they come from
SHOWN = {
    "satisfaction": N_("Satisfaction"),
    "emotion": N_("Emotion"),
    "reach": N_("Reach"),
    "complaints": N_("Complaints"),
    "cost": N_("Cost of the improvement"),
    "running_cost": N_("Yearly cost"),
}
_COLOUR_NAMES = {
    "": N_("Colour of the lane"), "amber": N_("Amber"), "green": N_("Green"), "blue": N_("Blue"), "violet": N_("Violet"),
    "rose": N_("Rose"), "grey": N_("Grey"),
}  # fmt: skip


def open_sheet(what: str, id: str) -> None:
    """Open the window of a touchpoint (by its placement or its own id), a card or a stage."""
    t, project = session.t(), workspace.store().load(workspace.project_id())
    if what == "touchpoint":
        placement = project.table("placement").get(id)
        target = placement.touchpoint if placement else id
        if target in project.table("touchpoint"):
            st.dialog(t("Touchpoint"), width="large")(_touchpoint)(target)
    elif what == "card" and id in project.table("card"):
        st.dialog(t("Card"))(_card)(id)
    elif what == "stage" and id != UNASSIGNED and id in project.table("stage"):
        st.dialog(t("Stage"), width="large")(_stage)(id)


def provenance(figure: Figure, t: Translator) -> str:
    """Where a figure comes from, in words: “measured, n = 214”, “assumed, Touchpoints!F5”."""
    language = t.language
    if figure.provenance == "measured":
        return t("measured, n = {n}", n=figure.n or 0)
    if figure.provenance == "voted":
        return t("voted, n = {n}", n=figure.n or 0)
    words = t("set by hand") if figure.layer == "hand" else t("assumed")
    hidden = [f"{t('measured') if other.provenance == 'measured' else t('voted')} {number(other.value, language)}" for other in figure.others
              if other.provenance != "assumed"]  # fmt: skip
    source = figure.source if figure.layer in ("file", "words") else ""
    return ", ".join(part for part in (words, *hidden, source) if part)


def _touchpoint(id: str) -> None:
    t, project = session.t(), workspace.store().load(workspace.project_id())
    touchpoint = project.table("touchpoint").get(id)
    if touchpoint is None:
        st.info(t("This no longer exists: somebody may have deleted it."))
        return
    _text(t("Name"), "touchpoint", id, "name", touchpoint.name)
    left, right = st.columns(2)
    with left:
        _choice(t("Family"), id, "family", touchpoint.family, FAMILY_NAMES, t)
        _text(t("Channel"), "touchpoint", id, "channel", touchpoint.channel)
    with right:
        _text(t("Responsible"), "touchpoint", id, "owner", touchpoint.owner)
        _text(t("Team"), "touchpoint", id, "team", touchpoint.team)
    _scores(project, id, t)
    _cards_of(project, id, t)


def _text(label: str, kind: str, id: str, field: str, value: str) -> None:
    key = f"sheet_{id}_{field}"

    def changed() -> None:
        wanted = st.session_state[key].strip()
        if wanted or field != "name":
            workspace.edit(edits.change(kind, id, **{field: wanted}), "Change “{field}”", field=field)

    st.text_input(label, value=value, key=key, on_change=changed, max_chars=500)


def _choice(label: str, id: str, field: str, value: str, names: dict[str, str], t: Translator) -> None:
    key = f"sheet_{id}_{field}"
    options = ["", *FAMILIES, *([value] if value and value not in FAMILIES else [])]

    def changed() -> None:
        workspace.edit(edits.change("touchpoint", id, **{field: st.session_state[key]}), "Change “{field}”", field=field)

    st.selectbox(
        label,
        options,
        index=options.index(value),
        key=key,
        on_change=changed,
        format_func=lambda v: t(names[v]) if v in names else v or "–",
    )


def _scores(project: Project, id: str, t: Translator) -> None:
    st.markdown(f"##### {t('Scores')}")
    for start in range(0, len(SCORED), 2):
        for column, criterion in zip(st.columns(2), list(SCORED)[start : start + 2], strict=False):
            with column:
                _score(project, id, criterion, t)
    lines = [
        f"| {t(label)} | {_value(criterion, figure, project, t)} | {provenance(figure, t)} |"
        for criterion, label in SHOWN.items()
        if (figure := project.figures.get((id, criterion))) is not None
    ]
    if lines:
        st.markdown("\n".join([f"| | {t('Value')} | {t('Where it comes from')} |", "|---|---|---|", *lines]))


def _value(criterion: str, figure: Figure, project: Project, t: Translator) -> str:
    from analysis.language import money

    if criterion in ("satisfaction", "emotion"):
        return signed(figure.value, t.language)
    if criterion == "reach":
        return percent(figure.value, t.language)
    if criterion in ("cost", "running_cost"):
        return money(figure.value, t.language, project.settings.currency)
    return number(figure.value, t.language)


def _score(project: Project, id: str, criterion: str, t: Translator) -> None:
    figure, key = project.figures.get((id, criterion)), f"sheet_{id}_{criterion}"

    def changed() -> None:
        value = st.session_state[key]
        commands = (
            edits.set_score(id, criterion, value, author=session.author()) if value is not None else edits.withdraw(project, id, criterion)
        )
        workspace.edit(commands, "Score “{field}”", field=criterion)

    st.number_input(
        t(SCORED[criterion]) + " (1–10)", min_value=1, max_value=10, step=1, value=round(figure.value) if figure else None, key=key, on_change=changed,
        placeholder=t("not scored"), help=provenance(figure, t) if figure else None,
    )  # fmt: skip


def _cards_of(project: Project, id: str, t: Translator) -> None:
    from analysis.project.views import LANE_NAMES

    cards = [card for card in project.table("card").values() if card.touchpoint == id]
    if cards:
        st.markdown(f"##### {t('Cards')}")
        for card in cards:
            st.text(f"{t(LANE_NAMES.get(card.kind, card.kind))} — {card.text}")
    quotes = project.evidence
    quotes = quotes[(quotes["touchpoint_id"] == id) & quotes["text"].notna()]
    if len(quotes):
        st.markdown(f"##### {t.n('{n} comment', '{n} comments', len(quotes))}")
        for row in quotes.head(8).to_dict("records"):
            st.text(f"« {row['text']} » {date(row['date'], t.language) if row['date'] == row['date'] else ''}")


def _card(id: str) -> None:
    t, project = session.t(), workspace.store().load(workspace.project_id())
    card = project.table("card").get(id)
    if card is None:
        st.info(t("This no longer exists: somebody may have deleted it."))
        return
    key = f"sheet_{id}"
    touchpoints = {None: "–"} | {i: touchpoint.name for i, touchpoint in project.table("touchpoint").items()}

    def save(field: str) -> Any:
        def changed() -> None:
            value = st.session_state[f"{key}_{field}"]
            if field != "text" or value.strip():
                workspace.edit(edits.change("card", id, **{field: value}), "Change a card")

        return changed

    st.text_area(t("Text"), value=card.text, key=f"{key}_text", on_change=save("text"), max_chars=2000)
    st.selectbox(
        t("About the touchpoint"), list(touchpoints), index=list(touchpoints).index(card.touchpoint), key=f"{key}_touchpoint",
        format_func=touchpoints.__getitem__, on_change=save("touchpoint"),
    )  # fmt: skip
    st.number_input(t("How often it was said"), min_value=0.0, step=1.0, value=card.count, key=f"{key}_count", on_change=save("count"))
    st.selectbox(
        t("Colour"), CARD_COLOURS, index=CARD_COLOURS.index(card.colour) if card.colour in CARD_COLOURS else 0, key=f"{key}_colour",
        format_func=lambda c: t(_COLOUR_NAMES[c]), on_change=save("colour"),
    )  # fmt: skip


def _stage(id: str) -> None:
    t, project = session.t(), workspace.store().load(workspace.project_id())
    stage = project.table("stage").get(id)
    if stage is None:
        st.info(t("This no longer exists: somebody may have deleted it."))
        return
    _text(t("Name"), "stage", id, "name", stage.name)
    _text(t("What the customer wants here"), "stage", id, "goal", stage.goal)
    figure = project.figures.get((id, "emotion"))
    if figure is not None:
        st.markdown(f"**{t('Emotion')}** {signed(figure.value, t.language)} — {provenance(figure, t)}")
    answers = project.evidence
    answers = answers[answers["stage_id"] == id]
    felt = answers["emotion"].dropna()
    if len(felt):
        counts = felt.astype(float).round().value_counts().reindex([-2, -1, 0, 1, 2], fill_value=0)
        total = int(counts.sum())
        lines = [
            f"| {signed(cast(float, level), t.language)} | {number(n, t.language)} | {percent(100 * n / total, t.language)} |"
            for level, n in counts.items()
        ]
        st.markdown("\n".join([f"| {t('Emotion')} | {t('Answers')} | {t('Share')} |", "|---|---:|---:|", *lines]))
    for text in answers["text"].dropna().head(8):
        st.text(f"« {text} »")
