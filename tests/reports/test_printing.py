"""What is hung on a wall or handed out: nothing cut, sharp on A3, in the language."""

from __future__ import annotations

import io
import struct

import pytest
from pypdf import PdfReader

from analysis import Project
from analysis.errors import CannotExport
from analysis.project import edits
from analysis.reports.printing import ballots, canvas, map_picture
from analysis.templates import template

LONG = "Le client attend au téléphone sans savoir combien de temps, rappelle le lendemain, raconte son histoire à une autre personne, et finit par écrire"
A3 = (1190.55, 841.89)


@pytest.fixture(scope="module")
def shop() -> Project:
    project = template("online_shop", "fr")
    stage = project.stages["id"][3]
    texts = [f"{LONG} ({n})" for n in range(12)]
    return project.apply(edits.add_cards(project, project.first_journey, "pain_point", stage, texts))


def text(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


def pages(data: bytes) -> list[tuple[float, float]]:
    return [(round(float(p.mediabox.width), 2), round(float(p.mediabox.height), 2)) for p in PdfReader(io.BytesIO(data)).pages]


def test_the_map_is_one_a3_sheet_with_every_card_in_full(shop):
    data = map_picture(shop, kind="pdf", language="fr")
    assert [sorted(page) for page in pages(data)] == [sorted(A3)]
    told = text(data)
    assert "(11)" in told
    assert "de plus" not in told
    assert told.replace(" ", "").count("finitparécrire") == 12


def test_the_svg_holds_every_word_and_asks_nobody_for_anything(shop):
    svg = map_picture(shop, kind="svg", language="fr").decode()
    assert svg.startswith("<svg")
    assert "Opportunités" in svg
    assert 'href="http' not in svg


def test_the_png_has_three_hundred_dots_an_inch_on_a3():
    data = map_picture(template("hotel", "en"), kind="png", language="en")
    width, height = struct.unpack(">II", data[16:24])
    assert 4900 <= max(width, height) <= 5100


def test_another_kind_is_refused(shop):
    with pytest.raises(CannotExport):
        map_picture(shop, kind="bmp")


def test_the_canvas_has_the_stages_and_lanes_but_no_card(shop):
    data = canvas(shop, language="fr")
    told = text(data)
    assert pages(data) == [A3]
    assert all(stage in told for stage in shop.stages["stage"])
    assert {"Irritants", "Ravi"} <= set(told.split())
    assert LONG[:20] not in told


def test_the_ballots_ask_for_an_emotion_a_stage_and_two_scores_a_touchpoint(shop):
    data = ballots(shop, language="fr")
    told = text(data)
    assert all(width == 595.28 for width, _ in pages(data))
    assert all(name in told for name in ("Panier", "Suivi du colis"))
    assert told.count("Frustré") >= 1
    assert "10" in told


def test_ballots_of_an_empty_project_are_one_page():
    assert len(pages(ballots(Project.new("Vide"), language="en"))) == 1


def test_markup_in_a_name_is_printed_as_it_is():
    project = Project.new("#panic() *x*", language="en", stages=["$a$ #b", "<c>"])
    assert "#panic() *x*" in text(canvas(project, language="en"))
    assert "$a$ #b" in text(ballots(project, language="en"))


def test_fifteen_stages_and_twenty_lanes_still_make_one_sheet():
    project = Project.new("Grand", stages=[f"Étape {n}" for n in range(1, 16)])
    for type in ("goal", "feeling", "channel", "motivation", "frustration", "quote", "backstage", "system", "time", "kpi", "step"):
        project = project.apply(edits.add_lane(project, project.first_journey, type))
    assert len(pages(canvas(project))) == 1
    assert "Étape 15" in text(canvas(project))
