"""The PDF report, read back with pypdf."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pypdf import PdfReader
from report_samples import TODAY

import analysis
from analysis.project.commands import Change
from analysis.project.edits import add_action
from analysis.project.project import Project
from analysis.reports.document.blocks import legible


def read(project: Project, language: str = "fr") -> PdfReader:
    return PdfReader(io.BytesIO(analysis.export(project, "pdf", language, today=TODAY)))


@pytest.fixture(scope="module")
def report(shop: Project) -> PdfReader:
    return read(shop)


def words_of(reader: PdfReader) -> str:
    return "\n".join(page.extract_text() for page in reader.pages).replace("\u200b", "").replace("\u2060", "")


def test_the_report_is_tagged_and_says_its_language_and_title(report: PdfReader) -> None:
    root: Any = report.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "fr"
    assert report.metadata is not None
    assert report.metadata.title == "Optique Lambert"


def test_bookmarks_lead_to_every_part(report: PdfReader) -> None:
    titles = [entry["/Title"] for entry in report.outline if not isinstance(entry, list)]
    assert any("Plan d’action" in title for title in titles)
    assert any("Ce que nous avons trouvé" in title for title in titles)


def test_pages_are_a4_and_numbered(report: PdfReader) -> None:
    for page in report.pages:
        assert sorted(round(float(side)) for side in (page.mediabox.width, page.mediabox.height)) == [595, 842]
    assert f"2 / {len(report.pages)}" in report.pages[1].extract_text().replace("\u2060", "")


def test_charts_are_vectors(report: PdfReader) -> None:
    assert not any(page.images for page in report.pages)


def test_the_findings_stand_in_the_report(shop: Project, report: PdfReader) -> None:
    text = words_of(report)
    assert "gains rapides" in text
    assert all(stage.name in text for _, stage in shop.stages_of(shop.first_journey))
    assert "mesurés ou votés" in text


def test_users_texts_are_never_read_as_markup() -> None:
    text = "*a* $x^2$ [b] <c> _d_ @e #f"
    told = words_of(read(Project.new("Vide").apply(add_action(text))))
    assert "".join(text.split()) in "".join(told.split())


@pytest.mark.slow
@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_empty_project_and_a_hostile_one_are_set_too(attack: Project, language: str) -> None:
    assert 6 <= len(read(Project.new("Vide"), language).pages) <= 8  # what has nothing to say shares a page
    assert "=1+1" in words_of(read(attack, language))


def test_long_words_can_be_broken_and_long_texts_are_cut() -> None:
    assert legible("a" * 40).replace("\u200b", "") == "a" * 40
    assert "\u200b" in legible("a" * 40)
    assert "\u200b" not in legible("anticonstitution")
    assert len(legible("mot " * 5000)) <= 2_000


def test_emoji_of_every_kind_are_set(shop: Project) -> None:
    touchpoint = next(iter(shop.table("touchpoint")))
    for name in ("👩\u200d👩\u200d👧 famille", "🇫🇷 site", "☎\ufe0f appel", "👍🏽 merci"):
        told = words_of(read(shop.apply(Change("touchpoint", touchpoint, {"name": name}))))
        assert name.split()[1] in told
