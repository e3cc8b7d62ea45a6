"""The files that can be taken away, each with a sentence of what is inside."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import streamlit as st

from analysis import Filter, Project, Store, export
from analysis.language import LANGUAGES, N_, translator
from analysis.project.views import journey_facts, who_answered
from analysis.reports import KINDS, Privacy, bundle, warm
from analysis.reports.csv_file import TABLES
from analysis.reports.everything import TOLD
from analysis.reports.meetings import Meetings, held, stem_of
from analysis.reports.privacy import discreet
from pages.decide.house import house
from pages.decide.planning import today
from pages.decide.zipping import zipping
from pages.shell import session, workspace
from pages.shell.language import NAMES
from pages.shell.synced import synced


@dataclass(frozen=True, slots=True)
class Deliverable:
    """A kind of file: what it is called, what is inside, its MIME type."""

    name: str
    inside: str
    icon: str
    mime: str


_OFFICE = "application/vnd.openxmlformats-officedocument."
KNOWN = {
    "xlsx": Deliverable(
        N_("Excel workbook"),
        N_(
            "Plan, touchpoints, scores and a summary of the answers, each a real Excel table with filters; emotion curve, impact/effort "
            "matrix and Pareto chart as Excel charts that can be edited."
        ),
        "table_view", _OFFICE + "spreadsheetml.sheet",
    ),
    "pptx": Deliverable(
        N_("Slides"), N_("Map, matrix, Pareto chart and plan as slides; the charts can be edited in PowerPoint."), "slideshow",
        _OFFICE + "presentationml.presentation",
    ),
    "pdf": Deliverable(N_("PDF report"), N_("The whole study as a document to print or send."), "picture_as_pdf", "application/pdf"),
    "csv": Deliverable(N_("CSV"), N_("One table for other software; in French it opens right in Excel."), "csv", "text/csv"),
    "ics": Deliverable(N_("Calendar"), N_("Due dates of the plan, for Outlook, Google Calendar and others."), "event", "text/calendar"),
    "ipynb": Deliverable(
        N_("Notebook"), N_("Every figure of the study, worked out again step by step in Python."), "code", "application/x-ipynb+json"
    ),
}  # fmt: skip
#: of one chart each: `pictures`
ELSEWHERE = ("png", "svg")
_LANGUAGE = "export_language"
_SHOWN = {"client": N_("Show the client’s name"), "staff": N_("Show the names of the staff"), "verbatims": N_("Show what people wrote")}
_TABLES = {
    "plan": N_("Action plan"), "touchpoints": N_("Touchpoints"), "scores": N_("Scores"), "emotion": N_("Emotion curve"),
    "pareto": N_("Pareto chart"), "evidence": N_("Answers"), "satisfaction": N_("NPS, CSAT, CES"), "verbatims": N_("Verbatims"),
}  # fmt: skip
#: the charts of every project; the others stand on their pages
_CHARTS = {"journey": N_("Journey map"), "emotion": N_("Emotion curve"), "matrix": N_("Impact/effort matrix"), "pareto": N_("Pareto chart")}
#: kind → whether this project can fill it, and what is missing where it cannot
_READY: dict[str, tuple[Callable[[Project], bool], str]] = {
    "ics": (lambda project: bool(project.actions["due_date"].notna().any()), N_("No action has a due date yet.")),
}


def deliverables(project: Project) -> None:
    """A card for each kind that the library makes, and one for the project itself."""
    t = session.t()
    _warmed()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        st.segmented_control(
            t("Language of the files"), LANGUAGES, key=synced(_LANGUAGE, st.session_state.get(_LANGUAGE) or t.language), required=True,
            format_func=NAMES.__getitem__, persist_state="session",
        )  # fmt: skip
        house(project)
    _privacy()
    if _empty(project):
        st.info(t("The project is still empty: the files will be too."), icon=":material/info:")
    cards: list[Callable[[Project], None]] = [partial(_card, kind=kind) for kind in KINDS if kind not in ELSEWHERE]
    cards += [pictures, workshops, everything, project_file]
    for start in range(0, len(cards), 2):
        for column, card in zip(st.columns(2, gap="medium"), cards[start : start + 2], strict=False):
            with column:
                card(project)


@cache
def _warmed() -> None:
    """Who looks at this page wants a file soon: what makes it is imported meanwhile, once a server."""
    threading.Thread(target=warm, name="warm", daemon=True).start()


def _empty(project: Project) -> bool:
    """Whether there is nothing to put in a file: no touchpoint, card, action or answer."""
    return not any(project.table(kind) for kind in ("touchpoint", "card", "action", "evidence"))


def _privacy() -> None:
    """What may be read in the files; everything by default."""
    t = session.t()
    with st.container(horizontal=True, gap="medium"):
        for name, label in _SHOWN.items():
            st.toggle(t(label), key=f"export_{name}", value=st.session_state.get(f"export_{name}", True), persist_state="session")


def shown() -> Privacy:
    """The choice of `_privacy`, as the library takes it."""
    return Privacy(**{name: bool(st.session_state.get(f"export_{name}", True)) for name in _SHOWN})


def _card(project: Project, *, kind: str) -> None:
    t = session.t()
    known = KNOWN.get(kind, Deliverable(kind.upper(), "", "draft", "application/octet-stream"))
    ready, why = _READY.get(kind, (lambda project: True, ""))
    with st.container(border=True, key=f"deliverable_{kind}", height="stretch"):
        st.markdown(f"#### :material/{known.icon}: {t(known.name)}")
        st.markdown(t(known.inside) if known.inside else "")
        options = _csv() if kind == "csv" else {}
        st.caption(_amounts(project) if ready(project) else t(why))
        build = building(workspace.project_id(), kind, _language(), shown(), options, _filter(project))
        st.download_button(
            t("Download"), data=build, mime=known.mime, key=f"download_{kind}",
            file_name=f"{file_name(project.name)}{_part(project)}.{kind}",
            type="primary" if kind == "xlsx" else "secondary", icon=":material/download:", on_click="ignore",
            disabled=not ready(project), help=t("Built when you click; a large project takes a few seconds."),
        )  # fmt: skip


def _csv() -> dict[str, Any]:
    """Which table."""
    t = session.t()
    return {"table": st.selectbox(t("Table"), TABLES, key="csv_table", format_func=lambda code: t(_TABLES[code]))}


def _language() -> str:
    return str(st.session_state.get(_LANGUAGE) or session.language())


def _part(project: Project) -> str:
    """A file of filtered figures says so in its name: “ (filtered)”."""
    t = session.t()
    return f" ({t('filtered')})" if project.filtering else ""


def _filter(project: Project) -> Filter:
    return project.filtering.filter if project.filtering else Filter()


def building(
    id: str, kind: str, language: str, privacy: Privacy, options: dict[str, Any], filter: Filter | None = None
) -> Callable[[], bytes]:
    """What the button calls when it is clicked: the project as it is then, as the filter shows it, less what must not be shown."""
    day, store = today(), workspace.store()

    def build() -> bytes:
        project = store.load(id).filtered(filter or Filter())
        names = people(project, store) if privacy.staff else {}
        told = {"meetings": Meetings(store.engine, id, project, privacy, language).minutes()} if kind in TOLD else {}
        built: bytes = export(discreet(project, privacy, language), kind, language, today=day, people=names, **told, **options)
        return built

    return build


def people(project: Project, store: Store) -> dict[str, str]:
    """author id → name, for those who set a score and have said their name."""
    authors = {str(score.author) for score in project.table("score").values() if score.author}
    names = {author: store.person(author) for author in authors}
    return {author: name for author, name in names.items() if name != author}


def _amounts(project: Project) -> str:
    """How much there is to put in, in the language of the page."""
    t, facts = session.t(), journey_facts(project)
    return " · ".join(
        [
            t.n("{n} touchpoint", "{n} touchpoints", facts["touchpoints"]),
            t.n("{n} action", "{n} actions", len(project.table("action"))),
            who_answered(facts, t),
        ]
    )


def pictures(project: Project) -> None:
    """One chart as a picture."""
    t = session.t()
    with st.container(border=True, key="deliverable_pictures", height="stretch"):
        st.markdown(f"#### :material/image: {t('Pictures of the charts')}")
        st.markdown(t("One chart at twice the size of a screen (PNG), or as a drawing that stays sharp at any size (SVG)."))
        chart = st.selectbox(t("Chart"), _CHARTS, key="picture_chart", format_func=lambda code: t(_CHARTS[code]))
        with st.container(horizontal=True):
            for kind, mime in (("png", "image/png"), ("svg", "image/svg+xml")):
                st.download_button(
                    kind.upper(), mime=mime, key=f"download_{kind}", icon=":material/download:", on_click="ignore",
                    data=building(workspace.project_id(), kind, _language(), shown(), {"chart": chart}, _filter(project)),
                    file_name=f"{file_name(project.name)}{_part(project)} - {t(_CHARTS[chart])}.{kind}",
                )  # fmt: skip


def workshops(project: Project) -> None:
    """Minutes of the workshops, and the votes; nothing of a round that was not revealed."""
    t, store, id = session.t(), workspace.store(), workspace.project_id()
    found = {workshop.id: workshop for workshop in reversed(held(store.engine, id))}
    with st.container(border=True, key="deliverable_workshops", height="stretch"):
        st.markdown(f"#### :material/how_to_vote: {t('Minutes of the workshops')}")
        st.markdown(t("Who was there as far as named, the rounds with their results, the ideas and the decisions; the votes as tables."))
        if not found:
            st.caption(t("No workshop has been held yet."))
            return
        chosen = next(iter(found))
        if len(found) > 1:
            chosen = st.selectbox(t("Workshop"), list(found), key="minutes_workshop", format_func=lambda one: found[one].title)
        if found[chosen].state == "open":
            st.caption(t("The room is still open. What is not revealed is not in the minutes."))
        stem, makers = (
            stem_of(found[chosen].title, list(reversed(found)).index(chosen) + 1),
            (
                ("page", t("Minutes of the workshop"), ".html", "text/html", ":material/description:"),
                ("workbook", t("Votes (Excel)"), "-votes.xlsx", KNOWN["xlsx"].mime, ":material/table:"),
                ("csv", t("Votes (CSV)"), "-votes.csv", "text/csv", ":material/csv:"),
            ),
        )
        with st.container(horizontal=True):
            for make, label, ending, mime, icon in makers:
                st.download_button(
                    label, data=telling(id, chosen, make, _language(), shown()), file_name=stem + ending, mime=mime, icon=icon,
                    key=f"download_minutes_{make}", on_click="ignore",
                )  # fmt: skip


def telling(id: str, workshop: str, make: str, language: str, privacy: Privacy) -> Callable[[], bytes]:
    """As `building`, for the minutes and votes of a workshop."""
    store = workspace.store()

    def build() -> bytes:
        meetings = Meetings(store.engine, id, store.load(id), privacy, language)
        made = {"page": meetings.page, "workbook": meetings.workbook, "csv": meetings.csv}[make]
        return made(meetings.minutes_of(workshop))

    return build


def everything(project: Project) -> None:
    """All the files in one."""
    t = session.t()
    with st.container(border=True, key="deliverable_zip", height="stretch"):
        st.markdown(f"#### :material/inventory_2: {t('Everything at once')}")
        st.markdown(t("Every file of this page and every chart as a picture, in one zip."))
        if shown() != Privacy():
            st.caption(t("Without the project file, which would show everything."))
        id, language, privacy, filter = workspace.project_id(), _language(), shown(), _filter(project)
        of = (id, workspace.store().revision(id), language, privacy, filter)
        zipping(of, bundling(id, language, privacy, filter), f"{file_name(project.name)}{_part(project)}.zip")


def bundling(id: str, language: str, privacy: Privacy, filter: Filter | None = None) -> Callable[..., bytes]:
    """As `building`, for all of them; it takes ``progress`` and ``cancelled``."""
    day, store, t = today(), workspace.store(), translator(language)

    def build(**watched: Any) -> bytes:
        project = store.load(id).filtered(filter or Filter())
        meetings = Meetings(store.engine, id, project, privacy, language)
        extra = meetings.files(f"{t('workshops')}/")
        if privacy == Privacy():
            extra[f"{file_name(project.name, day)}.parcours"] = lambda: store.save_copy(id)
        return bundle(
            project, language, privacy=privacy, today=day, people=people(project, store), meetings=meetings.minutes(), extra=extra,
            **watched,
        )  # fmt: skip

    return build


def project_file(project: Project) -> None:
    """The project itself, with its history, to be opened elsewhere."""
    t, id = session.t(), workspace.project_id()
    store = workspace.store()
    with st.container(border=True, key="deliverable_parcours", height="stretch"):
        st.markdown(f"#### :material/folder_zip: {t('Project file')}")
        st.markdown(t("The whole project with its history, in one file: keep it as a backup, or open it in Parcours on another computer."))
        st.download_button(
            t("Download"), data=lambda: store.save_copy(id), file_name=f"{file_name(project.name)}.parcours", mime="application/zip",
            key="download_parcours", icon=":material/download:", on_click="ignore",
        )  # fmt: skip


def file_name(name: str, day: dt.date | None = None) -> str:
    """The project's name as a file's: nothing that a system refuses, and the day.

    >>> file_name("Optique / Lambert", dt.date(2026, 11, 21))
    'Optique _ Lambert 2026-11-21'
    """
    plain = "".join(c if c.isalnum() or c in " -–_.,'’()" else "_" for c in name).strip(" .") or translator("en")("Project")
    return f"{plain} {(day or today()).isoformat()}"
