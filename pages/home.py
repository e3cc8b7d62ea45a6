"""Home: a newcomer's first screen, and the projects of everybody else."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis import ParcoursError, Project, language, samples
from analysis.templates import template, templates
from pages.shell import intake, session, workspace
from pages.shell.blanks import blanks
from pages.shell.markdown import quoted

t = session.t()


def start(project: Project, page: str) -> None:
    """Keep a new project and show it."""
    workspace.open_project(workspace.store().create(project, author=session.author()))
    workspace.leave(page)


def welcome() -> None:
    """One sentence, a drop zone, an example, an empty start."""
    st.title(t("From a spreadsheet to an action plan"), anchor=False)
    st.markdown(t("Drop the Excel file in which you keep your touchpoints, your survey or your customers’ comments: "
                  "a journey map, priorities and an action plan come out of it."))  # fmt: skip
    intake.restore(None, None)
    intake.reminder()
    with st.container(key="dropzone"):
        intake.receive()
        blanks()
    example, empty, copy = st.columns(3)
    with example.container(border=True, height="stretch", vertical_alignment="distribute"):
        with st.container(gap=None):
            st.markdown(f"**{t('Try the example')}**")
            st.caption(t("A complete project of an invented company, to look around in."))
        if st.button(t("Try the example"), icon=":material/explore:", width="stretch", type="secondary"):
            start(samples.open_sample(session.language()), "journey")
    with empty.container(border=True, height="stretch", vertical_alignment="distribute"):
        with st.container(gap=None):
            st.markdown(f"**{t('Start empty')}**")
            st.caption(t("Six stages, ready to be renamed and filled by hand, or a journey of your trade to be adapted."))
        if st.button(t("Start empty"), icon=":material/note_add:", width="stretch", type="secondary"):
            start(Project.new(t("My customer journey"), language=session.language()), "journey")
        with st.popover(t("Start from a ready journey"), icon=":material/auto_stories:", width="stretch"):
            ready()
    with copy.container(border=True, height="stretch", vertical_alignment="distribute"):
        with st.container(gap=None):
            st.markdown(f"**{t('Open a project file')}**")
            st.caption(t("A .parcours file that was saved here or on another computer."))
        with st.popover(t("Open a project file"), icon=":material/folder_open:", width="stretch"):
            file = st.file_uploader(t("Project file (.parcours)"), type="parcours", key="copy")
            if file is not None:
                _open_copy(file.getvalue())


def ready() -> None:
    """The templates: stages, touchpoints and what customers commonly meet, without any score."""
    for name, title, description in templates(session.language()):
        with st.container(gap=None):
            if st.button(title, key=f"template_{name}", width="stretch"):
                start(template(name, session.language()), "journey")
            st.caption(description)


def _open_copy(data: bytes) -> None:
    try:
        workspace.open_project(workspace.store().open_copy(data, author=session.author()))
    except ParcoursError as error:
        st.error(error.message(session.language()))
        return
    workspace.leave("journey")


def shelf(projects: pd.DataFrame) -> None:
    """The projects, the last changed first."""
    st.subheader(t("Your projects"), anchor=False)
    archived = int(projects["archived"].sum())
    shown = st.toggle(t.n("Show {n} archived project", "Show {n} archived projects", archived), key="archived") if archived else False
    with st.container(gap="small"):
        for row in projects[~projects["archived"] | shown].itertuples():
            _card(row)


def _card(row: object) -> None:
    id, name = str(row.id), str(row.name)  # type: ignore[attr-defined]
    facts = [t.n("{n} touchpoint", "{n} touchpoints", int(row.touchpoints)), t("changed {when}", when=_when(str(row.updated)))]  # type: ignore[attr-defined]
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        with st.container(width="stretch", gap=None):
            st.markdown(f"**{quoted(name)}**" + (f" :small[:gray[{t('archived')}]]" if row.archived else ""))  # type: ignore[attr-defined]
            st.caption(" · ".join(facts))
        if st.button(t("Open"), key=f"open_{id}", icon=":material/arrow_forward:"):
            workspace.open_project(id)
            workspace.leave("journey")
        with st.popover("", icon=":material/more_vert:", help=t("More"), key=f"more_{id}", on_change="rerun"):
            _more(id, name, bool(row.archived))  # type: ignore[attr-defined]


def _more(id: str, name: str, archived: bool) -> None:
    store, author = workspace.store(), session.author()

    def rename() -> None:
        wanted = st.session_state[f"name_{id}"].strip()
        if wanted and wanted != name:
            store.rename(id, wanted, author=author)

    st.text_input(t("Name"), value=name, key=f"name_{id}", on_change=rename, max_chars=120)

    def duplicate() -> None:
        store.duplicate(id, author=author, name=t("{name} (copy)", name=name))

    st.button(t("Duplicate"), key=f"copy_{id}", icon=":material/content_copy:", width="stretch",
              on_click=duplicate)  # fmt: skip
    st.download_button(t("Save a copy"), data=lambda: store.save_copy(id), file_name=f"{_file_name(name)}.parcours", key=f"save_{id}",
                       icon=":material/save:", width="stretch", on_click="ignore")  # fmt: skip
    put_away = t("Take out of the archive") if archived else t("Archive")
    st.button(put_away, key=f"archive_{id}", icon=":material/archive:", width="stretch", on_click=lambda: store.archive(id, not archived))

    def shut() -> None:
        st.session_state[f"more_{id}"] = False  # or it would stay open behind the question

    if st.button(t("Delete for good"), key=f"delete_{id}", icon=":material/delete_forever:", width="stretch", on_click=shut):
        _confirm(id, name)


@st.dialog(" ")
def _confirm(id: str, name: str) -> None:
    st.markdown(t("Delete **{name}** for good, with its history? This cannot be undone.", name=quoted(name)))

    def delete() -> None:
        workspace.store().delete(id)
        if workspace.opened() == id:
            workspace.close_project()

    yes, no = st.columns(2)
    if yes.button(t("Delete for good"), type="primary", width="stretch", on_click=delete):
        st.rerun()
    if no.button(t("Keep it"), width="stretch"):
        st.rerun()


def _when(moment: str) -> str:
    then = pd.Timestamp(moment).tz_convert(st.context.timezone or "UTC")
    return language.moment(
        then.to_pydatetime().replace(tzinfo=None), session.language(), "medium" if session.language() == "en" else "short"
    )


def _file_name(name: str) -> str:
    return "".join(c if c.isalnum() or c in " -_" else "_" for c in name).strip() or "projet"


known = workspace.store().projects()
welcome()
if not known.empty:
    shelf(known)
