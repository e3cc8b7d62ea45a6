"""The tools above the map: which journey, which lanes, which curves."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import pandas as pd
import streamlit as st

from analysis import Project
from analysis.charts.palette import EMOTION, EMOTION_NAMES, FACES, face
from analysis.language import N_, Translator, signed
from analysis.project import edits
from analysis.project.journeys import copy_journey, shown_journey
from analysis.project.segments import persona_curves
from analysis.project.views import LANE_NAMES, emotion_faces, lane_name, lanes_of
from pages.shell import session, workspace
from pages.shell.echoes import aside
from pages.shell.synced import meant, named, own, put, synced

MAP, COMPARE = N_("Map"), N_("Differences")
_MOST_CURVES = 5
_MARKERS = ("square", "triangle", "diamond", "cross", "circle")
_DASHES = ("dash", "dot", "dashdot", "long", "solid")


def journey_of(project: Project) -> str:
    """The journey that this visit looks at."""
    chosen = meant("journey")
    return str(chosen) if chosen in project.table("journey") else shown_journey(project)


def choose_journey(project: Project, t: Translator) -> None:
    """Several journeys: which one is shown."""
    journeys = {id: journey.title for id, journey in project.journeys_in_order()}
    if len(journeys) > 1:
        st.segmented_control(
            t("Journey"), list(journeys), format_func=named("journey", journeys), key=synced("journey", journey_of(project), hidden=True),
            required=True, label_visibility="collapsed",
        )  # fmt: skip


def more(project: Project, t: Translator) -> None:
    """What is done with the journey as a whole."""
    journey = journey_of(project)
    entity = project.table("journey")[journey]
    with aside(t("This map"), icon=":material/tune:", key="this_map"):
        st.text_input(t("Title"), key=synced(f"title_{journey}", entity.title), on_change=_rename, args=(journey,), max_chars=120)
        if entity.state == "as_is":
            st.button(
                t("Draw tomorrow’s map from it"),
                icon=":material/content_copy:",
                key="to_be",
                on_click=_copy,
                args=(project, journey),
                width="stretch",
                help=t("A copy to be changed: both are then compared, and each difference is linked to the action that brings it."),
            )
        _levels(project, t)
        if len(project.table("journey")) > 1:
            st.button(
                t("Delete this map"),
                icon=":material/delete:",
                key="drop_journey",
                on_click=_drop,
                args=(journey, entity.title),
                width="stretch",
            )


def _levels(project: Project, t: Translator) -> None:
    """The project's own words for the five levels of emotion."""
    st.markdown(f"**{t('Names and faces of the emotions')}**")
    own, faces = project.settings.views.get("levels") or [""] * 5, emotion_faces(project)
    for step in (4, 3, 2, 1, 0):
        usual = t(EMOTION_NAMES[step])
        label, key = f"{signed(step - 2, t.language)} · {usual}", f"level_{step}_{own[step]}"
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.html(_drawn(step, faces[step]), width=34)
            st.text_input(
                label, value=own[step], key=key, placeholder=usual,
                on_change=_rename_level, args=(step, key), label_visibility="collapsed", max_chars=40, width=130,
            )  # fmt: skip
            _choose_face(step, faces[step], label, t)


def _drawn(step: int, chosen: str) -> str:
    """The face of a level as a picture in its colour: an image, since a page takes no drawing of ours as it is."""
    stroke = f'fill="none" stroke="{EMOTION[step]}" stroke-width=".15" stroke-linecap="round" stroke-linejoin="round"'
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1.1 -1.1 2.2 2.2" width="30" height="30">'
        f'<circle r="1.1" fill="#fff"/><path d="{face(step, chosen)}" {stroke}/></svg>'
    )
    return f'<img alt="" width="30" height="30" src="data:image/svg+xml;base64,{b64encode(drawing.encode()).decode()}">'


def _choose_face(step: int, chosen: str, label: str, t: Translator) -> None:
    """What is drawn for a level: its own face or another one, or a sign (weather, thumbs)."""
    key = f"face_{step}_{chosen}"
    names = {"": t("Usual")} | {code: t(name) for code, (name, _) in FACES.items()}
    st.selectbox(
        t("Face of {level}", level=label), list(names), index=list(names).index(chosen) if chosen in names else 0, key=key,
        format_func=names.__getitem__, on_change=_set_face, args=(step, key), label_visibility="collapsed", width=124,
    )  # fmt: skip


def _set_face(step: int, key: str) -> None:
    chosen, head = st.session_state[key], workspace.store().load(workspace.project_id())
    faces = emotion_faces(head)
    faces[step] = chosen
    workspace.edit(edits.set_view(head, faces=faces if any(faces) else None), "Change the face of an emotion")


def _rename_level(step: int, key: str) -> None:
    head = workspace.store().load(workspace.project_id())
    words = list(head.settings.views.get("levels") or [""] * 5)
    words[step] = st.session_state[key].strip()
    workspace.edit(edits.set_view(head, levels=words if any(words) else None), "Rename an emotion")


def _rename(journey: str) -> None:
    title = st.session_state[f"title_{journey}"].strip()
    if title:
        workspace.edit(edits.rename("journey", journey, title), "Rename the map “{name}”", name=title)


def _copy(project: Project, journey: str) -> None:
    title = session.t()("Target journey")
    commands, copy = copy_journey(project.whole, journey, title, author=session.author())
    if workspace.edit(commands, "Draw tomorrow’s map"):
        put("journey", copy)


def _drop(journey: str, title: str) -> None:
    st.session_state.pop("journey", None)
    workspace.edit(edits.remove("journey", journey), "Delete the map “{name}”", name=title)


# --- lanes ------------------------------------------------------------------------------------------------------


def lanes(project: Project, t: Translator) -> None:
    """Which lanes are shown; the library's and the user's own."""
    journey = journey_of(project)
    known = {lane.type: (id, lane) for id, lane in lanes_of(project, journey, hidden=True)}
    with aside(t("Lanes"), icon=":material/table_rows:", key="lanes"):
        for type in [*known, *(type for type in LANE_NAMES if type not in known)]:
            id, lane = known.get(type, ("", None))
            name = lane_name(type, lane.name if lane else "", t.language)
            shown = lane is not None and not lane.hidden
            st.checkbox(name, value=shown, key=f"lane_{journey}_{type}_{shown}", on_change=_show_lane, args=(journey, type, id, not shown))
        st.text_input(
            t("A lane of your own"), key=own("own_lane", ""), on_change=_own_lane, args=(journey,), placeholder=t("Its name"), max_chars=60
        )


def _show_lane(journey: str, type: str, id: str, show: bool) -> None:
    head = workspace.store().load(workspace.project_id())
    workspace.edit(edits.add_lane(head, journey, type) if show else edits.change("lane", id, hidden=True), "Show or hide a lane")


def _own_lane(journey: str) -> None:
    name = st.session_state["own_lane"].strip()
    if name:
        head = workspace.store().load(workspace.project_id())
        workspace.edit(edits.add_lane(head, journey, "", name), "Add the lane “{name}”", name=name)
        put("own_lane", "")


# --- personas ---------------------------------------------------------------------------------------------------


def persona_of(project: Project) -> str | None:
    """The persona by whom this visit looks at the map, the filter's first of all; None: everybody."""
    if filtered := filtered_persona(project):
        return filtered
    chosen = meant("map_persona")
    return str(chosen) if chosen in project.table("persona") else None


def filtered_persona(project: Project) -> str | None:
    """The persona to whom the filter restricts everything."""
    return project.filtering.filter.persona if project.filtering else None


def choose_persona(project: Project, t: Translator) -> None:
    """Whose map: cards of a persona beside everybody's, and their curve. A persona of the filter leaves nothing to choose."""
    if filtered_persona(project):
        return
    names = {"": t("Everybody")} | {
        id: persona.name for id, persona in sorted(project.table("persona").items(), key=lambda item: item[1].order)
    }
    if len(names) > 1:
        st.selectbox(
            t("Persona"), list(names), key="map_persona", format_func=named("map_persona", names), label_visibility="collapsed", width=170,
            help=t("Shows the cards of one persona beside everybody’s, and draws their curve."),
        )  # fmt: skip


# --- curves -----------------------------------------------------------------------------------------------------


def choose_curves(project: Project, t: Translator) -> None:
    """Which further curves are drawn: personas, the other journey."""
    options = _curve_options(project)
    if options:
        with st.popover(t("Curves"), icon=":material/show_chart:"):
            st.multiselect(
                t("Also draw"),
                list(options),
                key="curves",
                format_func=named("curves", options),
                max_selections=_MOST_CURVES,
                placeholder=t("Choose…"),
            )


def _curve_options(project: Project) -> dict[str, str]:
    here = journey_of(project)
    personas = {f"persona:{id}": persona.name for id, persona in project.table("persona").items() if not filtered_persona(project)}
    return personas | {f"journey:{id}": journey.title for id, journey in project.journeys_in_order() if id != here}


def curves(project: Project) -> list[dict[str, Any]]:
    """The chosen curves as the map draws them, each with a dash and a mark of its own: colour is not needed to tell them."""
    options = _curve_options(project)
    own = persona_of(project)
    wanted = [*([f"persona:{own}"] if own else []), *(meant("curves") or [])]
    chosen = [key for key in dict.fromkeys(wanted) if key in options][:_MOST_CURVES]
    return [
        {"id": key, "name": options[key], "values": _values(project, key), "dash": _DASHES[i % 5], "marker": _MARKERS[i % 5]}
        for i, key in enumerate(chosen)
    ]


def _values(project: Project, key: str) -> list[float | None]:
    kind, _, id = key.partition(":")
    here = journey_of(project)
    if kind == "persona":
        found = persona_curves(project, here, [id]).set_index("stage_id")["mean"]
        return [_plain(found.get(stage)) for stage, _ in project.stages_of(here)]
    other = project.emotions(id)
    stages = project.table("stage")
    by_origin = {stages[id].origin or id: value for id, value in zip(other["stage_id"], other["value"], strict=True)}
    return [_plain(by_origin.get(stage, by_origin.get(entity.origin))) for stage, entity in project.stages_of(here)]


def _plain(value: Any) -> float | None:
    return None if value is None or pd.isna(value) else float(value)
