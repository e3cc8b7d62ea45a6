"""CSV, calendar and pictures."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable

import icalendar
import openpyxl
import pytest
from report_samples import HOSTILE, TODAY

import analysis
from analysis.project.edits import add_action, change
from analysis.project.project import Project
from analysis.reports.csv_file import DIALECTS, field, guarded


def rows(data: bytes, separator: str = ";") -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=separator))


def test_french_excel_gets_semicolons_a_decimal_comma_and_a_mark_of_utf8(shop: Project) -> None:
    data = analysis.export(shop, "csv", table="touchpoints", today=TODAY)
    assert data.startswith(b"\xef\xbb\xbf")
    header, first, *_ = rows(data)
    assert header[:3] == ["Réf.", "Point de contact", "Étape"]
    score = first[header.index("Score de pertinence")]
    assert "," in score
    assert float(score.replace(",", ".")) == pytest.approx(62.5397, abs=1e-3)
    assert any(title.endswith("(%)") for title in header)


def test_the_plain_kind_has_commas_points_and_iso_dates(shop: Project) -> None:
    data = analysis.export(shop, "csv", "en", table="plan", today=TODAY)
    assert not data.startswith(b"\xef\xbb\xbf")
    header, first, *_ = rows(data, ",")
    assert dt.date.fromisoformat(first[header.index("Due date")]) >= dt.date(2026, 9, 1)


def test_every_table_can_be_had_even_of_an_empty_project() -> None:
    empty = Project.new("Vide")
    for table in ("plan", "touchpoints", "scores", "emotion", "pareto", "evidence"):
        assert len(rows(analysis.export(empty, "csv", table=table))[0]) > 4


def test_an_unknown_table_names_those_that_exist(shop: Project) -> None:
    with pytest.raises(analysis.CannotExport) as caught:
        analysis.export(shop, "csv", table="budget")
    assert "touchpoints" in caught.value.message("fr")


def test_no_cell_of_a_csv_is_taken_for_a_formula(attack: Project) -> None:
    for row in rows(analysis.export(attack, "csv", table="plan", today=TODAY))[1:]:
        for cell in row:
            assert not cell.lstrip().startswith(("=", "@")), cell


@pytest.mark.parametrize(
    ("text", "written"),
    [("=1+1", "'=1+1"), ("- puce", "'- puce"), ("@anne", "'@anne"), ("\t=1", "'\t=1"), ("＝1", "'＝1"), ("\u200b=1", "'\u200b=1"),
     ("-12,5", "-12,5"), ("+33612345678", "+33612345678"), ("12,5 %", "12,5 %"), ("café", "café")],
)  # fmt: skip
def test_a_text_is_guarded_unless_it_is_a_plain_number(text: str, written: str) -> None:
    assert guarded(text) == written


def test_numbers_never_pass_through_the_guard_and_missing_is_empty() -> None:
    assert field(-12.5, DIALECTS["excel_fr"]) == "-12,5"
    assert field(None, DIALECTS["excel_fr"]) == ""
    assert field(float("nan"), DIALECTS["plain"]) == ""
    assert field('dit "oui"; non', DIALECTS["excel_fr"]) == '"dit ""oui""; non"'


# --- calendar ---------------------------------------------------------------------------------------------------


def unfolded(data: bytes) -> list[str]:
    return data.decode().replace("\r\n ", "").split("\r\n")


def test_each_due_date_is_an_all_day_event_with_a_stable_uid(shop: Project) -> None:
    one, two = (analysis.export(shop, "ics", today=day) for day in (TODAY, TODAY + dt.timedelta(days=3)))
    uids = [line for line in unfolded(one) if line.startswith("UID:")]
    assert uids == [line for line in unfolded(two) if line.startswith("UID:")]
    actions = shop.actions
    assert len(set(uids)) == len(actions[actions["due_date"].notna() & (actions["status"] != "dropped")])
    starts = [line for line in unfolded(one) if line.startswith("DTSTART;VALUE=DATE:")]
    ends = [line for line in unfolded(one) if line.startswith("DTEND;VALUE=DATE:")]
    for start, end in zip(starts, ends, strict=True):
        assert dt.date.fromisoformat(end[-8:]) - dt.date.fromisoformat(start[-8:]) == dt.timedelta(days=1)


def test_lines_of_the_calendar_are_short_end_in_crlf_and_cut_no_character() -> None:
    project = Project.new("Été", language="fr").apply(add_action("é😀, ; \\ " * 40 + "\nfin", due_date=dt.date(2026, 12, 24)))
    data = analysis.export(project, "ics", today=TODAY)
    lines = data.split(b"\r\n")
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in lines)
    for line in lines:
        line.decode()
    summary = next(line for line in unfolded(data) if line.startswith("SUMMARY:"))
    assert summary == "SUMMARY:" + ("é😀\\, \\; \\\\ " * 40 + "\\nfin")
    assert b"\n" not in data.replace(b"\r\n", b"")


def test_a_calendar_program_reads_days_texts_and_what_was_done() -> None:
    project = Project.new("Été", language="fr")
    project = project.apply(add_action("Réparer l’accueil, puis; le\nsite 😀", due_date=dt.date(2026, 3, 29), owner="Zoé"))
    [id] = project.table("action")
    project = project.apply(change("action", id, status="done"))
    calendar = icalendar.Calendar.from_ical(analysis.export(project, "ics", today=TODAY))
    [event] = calendar.walk("VEVENT")
    assert not event.errors
    # a whole day, also the one on which the clocks change: it has no hour, so it needs no time zone
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (dt.date(2026, 3, 29), dt.date(2026, 3, 30))
    assert event.decoded("DTSTAMP") == dt.datetime.combine(TODAY, dt.time(), dt.UTC)
    assert str(event["UID"]) == f"{id}@parcours"
    assert str(event["SUMMARY"]) == "✓ Réparer l’accueil, puis; le\nsite 😀"
    assert str(event["DESCRIPTION"]).split("\n")[:2] == ["Statut\u00a0: Terminé", "Responsable\u00a0: Zoé"]


@pytest.mark.slow
def test_french_libreoffice_reads_the_numbers_of_a_french_csv_as_numbers(shop: Project, libreoffice: Callable[..., bytes]) -> None:
    data = analysis.export(shop, "csv", "fr", table="touchpoints", today=TODAY)
    french = "xlsx --infilter=CSV:59,34,76,1,,1036"  # ; " UTF-8, French numbers
    sheet = openpyxl.load_workbook(io.BytesIO(libreoffice(data, "csv", french))).active
    header = [cell.value for cell in sheet[1]]
    column = next(place for place, name in enumerate(header) if name.startswith("Couverture")) + 1
    reach = [sheet.cell(row, column).value for row in range(2, sheet.max_row + 1)]
    known = shop.touchpoints["reach"].dropna().tolist()
    assert [value for value in reach if value is not None] == pytest.approx(known)
    names = [sheet.cell(row, header.index("Point de contact") + 1).value for row in range(2, sheet.max_row + 1)]
    assert names == shop.touchpoints["touchpoint"].tolist()


def test_a_plan_without_due_dates_says_that_there_is_nothing_to_export() -> None:
    with pytest.raises(analysis.CannotExport) as caught:
        analysis.export(Project.new("Vide"), "ics")
    assert caught.value.code == "nothing_to_export"


def test_hostile_texts_stay_inside_their_property() -> None:
    project = Project.new("x")
    for text in HOSTILE:
        project = project.apply(add_action(text + "\r\nBEGIN:VEVENT", due_date=dt.date(2026, 1, 1)))
    assert analysis.export(project, "ics", today=TODAY).count(b"\r\nBEGIN:VEVENT\r\n") == len(HOSTILE)


# --- pictures ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("chart", ["journey", "emotion", "matrix", "pareto"])
def test_each_chart_is_a_picture_in_both_kinds(shop: Project, chart: str) -> None:
    assert analysis.export(shop, "png", chart=chart).startswith(b"\x89PNG")
    svg = analysis.export(shop, "svg", "en", chart=chart)
    assert svg.startswith(b"<svg")


def test_a_chart_with_nothing_to_draw_says_so() -> None:
    with pytest.raises(analysis.CannotExport) as caught:
        analysis.export(Project.new("Vide"), "svg", chart="pareto")
    assert caught.value.code == "nothing_to_export"
    with pytest.raises(analysis.CannotExport) as caught:
        analysis.export(Project.new("Vide"), "svg", chart="pie")
    assert "pareto" in str(caught.value)
