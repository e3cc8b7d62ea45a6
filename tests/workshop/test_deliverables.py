"""Workshops in the deliverables: what was revealed is told, what was not is nowhere, and the privacy switch holds for minutes too."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import load_workbook
from pptx import Presentation
from pypdf import PdfReader

import analysis
from analysis.project.edits import change
from analysis.project.model import SETTINGS
from analysis.reports import Privacy, bundle
from analysis.reports.meetings import Meetings, stem_of
from tests.workshop.conftest import Room


def meetings(room: Room, language: str = "en", **shown: bool) -> Meetings:
    return Meetings(room.store.engine, room.project_id, room.project, Privacy(**shown), language)


def report(room: Room, language: str = "en", **shown: bool) -> str:
    data = analysis.export(room.project, "pdf", language, meetings=meetings(room, language, **shown).minutes())
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def held(room: Room) -> None:
    """A named round that is revealed, with a decision, and one that was only closed."""
    round = room.open(room.emotion(anonymous=False))
    for name, value in (("Nadia", 2), ("Paul", -2), ("Lou", 1.5)):
        assert room.vote(round, room.people.name(room.join(), name), 0, value) is None
    room.rooms.close(round.id)
    room.reveal(round)
    room.rooms.decide(round.id, "Call everybody back")
    secret = room.open(room.texts())
    assert room.write(secret, room.join(), "A secret idea", secret.items[0].id) is None
    room.rooms.close(secret.id)


def test_the_report_tells_who_was_there_the_results_and_what_was_decided(room: Room) -> None:
    held(room)
    told = report(room)
    for text in ("Workshops", "Tuesday", "Nadia", "3 of 3 voted", "Call everybody back", "This round was not revealed"):
        assert text in told, text


def test_the_slides_have_one_slide_of_workshops_only_where_one_was_held(room: Room) -> None:
    before = len(Presentation(io.BytesIO(analysis.export(room.project, "pptx", "en"))).slides)
    held(room)
    deck = Presentation(io.BytesIO(analysis.export(room.project, "pptx", "en", meetings=meetings(room).minutes())))
    assert len(deck.slides) == before + 1
    cells = [cell.text_frame.text for shape in deck.slides[-2].shapes if shape.has_table for row in shape.table.rows for cell in row.cells]
    assert "Call everybody back" in cells
    assert "Not revealed" in cells


def test_what_was_not_revealed_is_in_no_file_of_the_zip(room: Room) -> None:
    held(room)
    found = meetings(room)
    data = bundle(room.project, "en", kinds=["pdf", "pptx"], meetings=found.minutes(), extra=found.files("workshops/"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        pages = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(archive.read("Optique-Lambert.pdf"))).pages)
        page = archive.read("workshops/1-Tuesday.html").decode()
        book = load_workbook(io.BytesIO(archive.read("workshops/1-Tuesday-votes.xlsx")))
        cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
        csv = archive.read("workshops/1-Tuesday-votes.csv").decode()
    assert names[-3:] == ["workshops/1-Tuesday.html", "workshops/1-Tuesday-votes.xlsx", "workshops/1-Tuesday-votes.csv"]
    assert "Nadia" in cells
    for text in (pages, page, csv, *map(str, cells)):
        assert "A secret idea" not in text


def test_without_names_nobody_is_named_and_without_verbatims_no_text_is_told(room: Room) -> None:
    held(room)
    room.reveal(room.rooms.rounds(room.workshop.id)[-1])
    assert "A secret idea" in report(room)
    assert "A secret idea" not in report(room, verbatims=False)
    assert "Nadia" not in report(room, staff=False)
    found = meetings(room, staff=False, verbatims=False)
    (minutes,) = found.minutes()
    for data in (found.page(minutes), found.csv(minutes)):
        assert "Nadia" not in data.decode()
        assert "A secret idea" not in data.decode()


def test_the_clients_name_is_hidden_in_the_minutes_too(room: Room) -> None:
    room.store.apply(room.project_id, change("project", SETTINGS, client="Maison Lambert"), author="anne")
    held(room)
    (first, *_) = [round for round in room.rooms.rounds(room.workshop.id) if round.note]
    room.rooms.decide(first.id, "Maison Lambert will call back")
    assert "Maison Lambert" in report(room)
    assert "the client will call back" in report(room, client=False)
    assert "Maison Lambert" not in meetings(room, client=False).page(meetings(room, client=False).minutes()[0]).decode()


@pytest.mark.parametrize(("title", "stem"), [("Mardi : l'accueil", "1-Mardi-l-accueil"), ("???", "1-workshop")])
def test_the_files_of_a_workshop_have_names_that_every_system_takes(title: str, stem: str) -> None:
    assert stem_of(title, 1) == stem
