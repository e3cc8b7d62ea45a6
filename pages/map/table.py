"""The map's touchpoints as a table: typed into, pasted from Excel, moved and deleted several at once; lists pasted as cards."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from analysis import ParcoursError, Project
from analysis.language import N_, Translator
from analysis.project import edits
from analysis.project import grid as touchpoints
from analysis.project.importing.names import folded
from analysis.project.importing.plan import KIND_NAMES, ImportPlan
from analysis.project.views import lane_name, lanes_of
from pages import sheets
from pages.decide.grid import Edit, grid
from pages.shell import session, workspace
from pages.shell.synced import own, put

_CHOSEN, _NOWHERE, _VIEW = "_table_chosen", "_", "journey_view"


def shown() -> bool:
    """Whether this visit looks at the table."""
    return st.session_state.get(_VIEW) == "table"


def choose_view(t: Translator) -> None:
    """Map or table, kept for the visit."""
    views = {"map": t("Map"), "table": t("Table")}
    st.segmented_control(
        t("View"), list(views), format_func=views.__getitem__, default="map", required=True, key=_VIEW, label_visibility="collapsed",
        persist_state="session",
    )  # fmt: skip


def draw(project: Project, journey: str) -> None:
    """The table with its filters, what is done with the chosen rows, and the two places to paste into."""
    t, language = session.t(), session.language()
    ids, frame = touchpoints.grid_frame(project, journey, language)
    kept = _filtered(project, journey, ids, frame, t)
    rows = [ids[position] for position in kept]
    if ids:
        frame = frame.iloc[kept].reset_index(drop=True)
        chosen = _chosen(rows)
        frame.insert(0, "chosen", [id in chosen for id in rows])
        _act_on(project, journey, [id for id in rows if id in chosen], t)
        grid(
            f"touchpoints_{journey}_{language}", rows, frame, _columns(project, journey, t), on_edits=lambda typed: _typed(journey, typed),
            height=min(35 * len(rows) + 40, 600), alt=t("Touchpoints"),
        )  # fmt: skip
        st.caption(t("Type straight into the table. Scores go from 1 to 10, decimals as your language writes them."))
    left, right = st.columns(2)
    with left:
        _paste_rows(project, journey, t)
    with right:
        _paste_cards(project, journey, t)


# --- which rows -------------------------------------------------------------------------------------------------


def _filtered(project: Project, journey: str, ids: list[str], frame: pd.DataFrame, t: Translator) -> list[int]:
    """Positions of the rows that match the search and the filters."""
    if not ids:
        st.info(t("No touchpoint yet: paste some below, or type them into the map."), icon=":material/lightbulb:")
        return []
    search, stage, family = st.columns([2, 2, 2])
    wanted = folded(
        search.text_input(t("Search"), key="table_search", placeholder=t("Part of a name, channel, owner…"), icon=":material/search:")
    )
    names = [_NOWHERE, *touchpoints.stage_words(project, journey)]
    stages = stage.multiselect(
        t("Stages"),
        names,
        key=f"table_stages_{journey}",
        format_func=lambda w: t("Unassigned") if w == _NOWHERE else w,
        placeholder=t("All"),
    )
    families = family.multiselect(t("Families"), sorted(set(frame["family"].dropna())), key="table_families", placeholder=t("All"))
    texts = frame[["touchpoint", "channel", "owner", "team"]].fillna("").agg(" ".join, axis=1).map(folded)
    match = texts.str.contains(wanted, regex=False) if wanted else pd.Series(True, index=frame.index)
    if stages:
        match &= frame["stage"].fillna(_NOWHERE).isin(stages)
    if families:
        match &= frame["family"].isin(families)
    return [int(position) for position in frame.index[match]]


def _chosen(rows: list[str]) -> set[str]:
    return set(st.session_state.get(_CHOSEN, ())) & set(rows)


def _columns(project: Project, journey: str, t: Translator) -> dict[str, Any]:
    make, lists = st.column_config, touchpoints.choices(t.language)
    stages = list(touchpoints.stage_words(project, journey))
    named = {column: t(name) for column, name in touchpoints.COLUMNS.items()}
    columns: dict[str, Any] = {"chosen": make.CheckboxColumn("✓", width=40, help=t("Choose rows to move or delete them together."))}
    for column, name in named.items():
        if column == "stage":
            columns[column] = make.SelectboxColumn(name, options=stages, width=150)
        elif column in lists:
            columns[column] = make.SelectboxColumn(name, options=list(lists[column]), width=120)
        else:
            score = column in touchpoints.SCORES
            columns[column] = make.TextColumn(
                name, width=95 if score else 240 if column == "touchpoint" else 120, max_chars=12 if score else 300
            )
    return columns


# --- edits ------------------------------------------------------------------------------------------------------


def _typed(journey: str, cells: list[Edit]) -> None:
    """What was typed or pasted into cells, as one edit."""
    chosen = set(st.session_state.get(_CHOSEN, ()))
    for id, column, value in cells:
        if column == "chosen":
            (chosen.add if value else chosen.discard)(id)
    st.session_state[_CHOSEN] = sorted(chosen)
    typed = [(id, column, value) for id, column, value in cells if column != "chosen"]
    if typed:
        head, ids = workspace.store().load(workspace.project_id()), list(dict.fromkeys(id for id, _, _ in typed))
        rows: dict[int, dict[str, Any]] = {}
        for id, column, value in typed:
            rows.setdefault(ids.index(id), {})[column] = value
        language, author = session.language(), session.author()
        _keep(touchpoints.apply_edits(head, ids, {"edited_rows": rows}, journey=journey, language=language, author=author), len(typed))


def _keep(applied: touchpoints.Applied, cells: int) -> None:
    if applied.commands:
        workspace.edit(applied.commands, "Change {n} cells of the table", n=cells)
    for error in applied.refused[:3]:
        workspace.tell(error)


def _act_on(project: Project, journey: str, chosen: list[str], t: Translator) -> None:
    """What is done with the chosen rows together."""
    with st.container(horizontal=True, vertical_alignment="center", key="table_actions"):
        st.markdown(t.n("**{n}** chosen", "**{n}** chosen", len(chosen)), width="content")
        words = {**touchpoints.stage_words(project, journey), t("Unassigned"): None}
        with st.popover(t("Move to a stage"), icon=":material/move_item:", disabled=not chosen):
            for word, stage in words.items():
                st.button(
                    word, key=f"move_{stage or _NOWHERE}", width="stretch", type="tertiary", on_click=_move, args=(chosen, stage, word)
                )
        st.button(t("Delete"), icon=":material/delete:", key="table_delete", disabled=not chosen, on_click=_delete, args=(chosen,))
        if len(chosen) == 1 and st.button(t("Open"), icon=":material/open_in_new:", key="table_open"):
            sheets.ask("touchpoint", chosen[0])
        if chosen:
            st.button(t("Choose none"), key="table_none", type="tertiary", on_click=_choose, args=([],))
        else:
            everyone = [id for id, _ in project.placements_of(journey)]
            unassigned = [id for id, place in project.placements_of(journey) if place.stage is None]
            st.button(t("Choose all"), key="table_all", type="tertiary", on_click=_choose, args=(everyone,))
            if unassigned:
                label = t.n("Choose the one without a stage", "Choose the {n} without a stage", len(unassigned))
                st.button(label, key="table_unassigned", type="tertiary", on_click=_choose, args=(unassigned,))


def _choose(ids: list[str]) -> None:
    st.session_state[_CHOSEN] = ids


def _move(ids: list[str], stage: str | None, name: str) -> None:
    head = workspace.store().load(workspace.project_id())
    if workspace.edit(touchpoints.move(head, ids, stage), "Move {n} touchpoints to “{name}”", n=len(ids), name=name):
        _choose([])


def _delete(ids: list[str]) -> None:
    head = workspace.store().load(workspace.project_id())
    if workspace.edit(touchpoints.delete(head, ids), "Delete {n} touchpoints", n=len(ids)):
        _choose([])


# --- pasting ----------------------------------------------------------------------------------------------------

_HOW = N_(
    "Copy the rows in Excel, best with their headers, and paste them here. "
    "Without headers, the columns are taken in the order of the table above."
)


def _paste_rows(project: Project, journey: str, t: Translator) -> None:
    """Rows of a spreadsheet: read, shown, then imported."""
    with st.expander(t("Paste rows from Excel"), icon=":material/content_paste:", key="paste_rows"):
        st.caption(t(_HOW))
        text = st.text_area(t("Rows"), key=own("pasted_rows", ""), height=120, label_visibility="collapsed", placeholder=_example(t))
        if not text.strip():
            return
        try:
            book = touchpoints.pasted(text, t.language)
        except ParcoursError as error:
            st.error(error.message(t.language))
            return
        plan = _planned(project, book, journey)
        for table in book.tables:
            st.dataframe(table.frame.astype("string"), hide_index=True, height=min(35 * len(table.frame) + 38, 220))
        if plan.summary.empty:
            st.warning(t("No touchpoint was recognised in these rows: paste them with their headers."), icon=":material/help:")
            return
        st.caption(" · ".join(_line(row, t) for row in plan.summary.to_dict("records")))
        st.button(t("Import"), key="import_pasted", type="primary", icon=":material/check:", on_click=_import, args=(plan, book, journey))


def _example(t: Translator) -> str:
    return "\t".join(t(touchpoints.COLUMNS[column]) for column in ("touchpoint", "stage", "family", "channel", "impact", "effort"))


def _line(row: dict[Any, Any], t: Translator) -> str:
    kind = t(KIND_NAMES.get(str(row["kind"]), str(row["kind"])))
    return t("{kind}: {new} new, {changed} changed", kind=kind, new=int(row["new"]), changed=int(row["changed"]))


def _planned(project: Project, book: Any, journey: str) -> ImportPlan:
    return project.plan_import(book.tables, file=session.t()("Pasted rows"), author=session.author(), journey=journey)


def _import(plan: ImportPlan, book: Any, journey: str) -> None:
    """Keep what was shown; planned anew when the project has changed since, and shown again when that makes a difference."""
    store, id = workspace.store(), workspace.project_id()
    try:
        if plan.revision != store.revision(id):
            again = _planned(store.load(id), book, journey)
            plan = again if again.summary.equals(plan.summary) else plan
        store.apply(id, plan.commands, author=session.author(), label=(N_("Import pasted rows"), {}), expected=plan.revision)
        put("pasted_rows", "")
    except ParcoursError as error:
        workspace.tell(error)


def _paste_cards(project: Project, journey: str, t: Translator) -> None:
    """A list of texts, one card a line, on a lane of a stage or in the parking lot."""
    with st.expander(t("Paste a list as cards"), icon=":material/playlist_add:", key="paste_cards"):
        lanes = {
            lane.type: lane_name(lane.type, lane.name, t.language) for _, lane in lanes_of(project, journey) if lane.type != "touchpoints"
        }
        if not lanes:
            st.caption(t("Show a lane of cards first: “Lanes”, above the map."))
            return
        stages: dict[str | None, str] = {None: t("Unassigned")} | {id: stage.name for id, stage in project.stages_of(journey)}
        lane = st.selectbox(t("Lane"), list(lanes), format_func=lanes.__getitem__, key=f"cards_lane_{journey}")
        stage = st.selectbox(t("Stage"), list(stages), format_func=stages.__getitem__, key=f"cards_stage_{journey}")
        text = st.text_area(t("One text a line"), key=own("pasted_cards", ""), height=120)
        found = touchpoints.lines(text)
        label = t.n("Add {n} card", "Add {n} cards", len(found))
        st.button(label, key="add_pasted", type="primary", disabled=not found, on_click=_add_cards, args=(journey, lane, stage, found))


def _add_cards(journey: str, lane: str, stage: str | None, texts: list[str]) -> None:
    head = workspace.store().load(workspace.project_id())
    if workspace.edit(edits.add_cards(head, journey, lane, stage, texts), "Add cards ({n})", n=len(texts)):
        put("pasted_cards", "")
