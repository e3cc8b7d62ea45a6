"""The Data page in Chromium: a header row clicked in the preview, a column given its field, a large file that can be stopped."""

from __future__ import annotations

import contextlib

import pytest
from playwright.sync_api import TimeoutError, expect

pytestmark = pytest.mark.browser

SHEET = """Suivi 2026;Relevé;Valeurs;Divers
Poids;Étape;Point de contact;Remarque
7;Achat;Caisse;rien
3;Achat;Site;rien
5;Après;Retour;rien
"""


def drop(page, name: str, data: bytes) -> None:
    page.locator("input[type=file]").first.set_input_files({"name": name, "mimeType": "text/csv", "buffer": data})


def open_list(page, name: str):
    """Open the choices of a field; a list closes when the page is still scrolling to it, as any list does."""
    field = page.get_by_role("combobox", name=name)
    for _ in range(30):
        if page.get_by_role("option").count():
            return field
        field.click()
        page.wait_for_timeout(400)
    raise AssertionError(f"{name} does not open")


def click_row(page, row: int, said: str) -> None:
    """Click a row of the preview until the page says what came of it: the table may still be on its way to its place."""
    for _ in range(10):
        box = page.get_by_test_id("stDataFrame").first.bounding_box()
        if box:
            page.mouse.click(box["x"] + 20, box["y"] + 35 * (row + 0.5))
        with contextlib.suppress(TimeoutError):
            page.get_by_text(said).first.wait_for(timeout=6000)
            return
    raise AssertionError(f"row {row}: never {said}")


def test_a_field_in_hand_is_not_drawn_anew_when_the_comparison_comes_to_its_end(page):
    page.goto("/?lang=fr")
    rows = "".join(f"Point {n};Achat;{n % 10};{n % 7};remarque {n}\n" for n in range(4000))
    drop(page, "suivi.csv", f"Point de contact;Étape;Impact;Effort;Zut\n{rows}".encode())
    page.locator("summary", has_text="Colonnes (5)").click()
    field = page.get_by_role("combobox", name="Champ de « Zut »")
    field.focus()
    field.evaluate("field => { field.inHand = true; }")
    expect(page.get_by_role("button", name="Importer", exact=True)).to_be_visible(timeout=120_000)  # what the import does is shown now
    assert field.evaluate("field => field.inHand && field === document.activeElement")


def test_a_header_row_is_clicked_and_a_column_given_its_field(page):
    page.set_viewport_size({"width": 1280, "height": 1400})  # rows are clicked by their place
    page.goto("/?lang=fr")
    drop(page, "suivi.csv", SHEET.encode())
    expect(page.get_by_role("button", name="Importer", exact=True)).to_be_visible()
    page.locator("summary", has_text="Ligne d’en-tête").click()
    # the first row is as wrong as can be, to see it taken; the table then moves down, under a question
    click_row(page, 1, "5 lignes = 4 de données + 1 d’en-tête")
    expect(page.get_by_text("De quoi parle ce tableau")).to_be_visible()
    click_row(page, 2, "5 lignes = 3 de données + 1 de notes + 1 d’en-tête")
    page.locator("summary", has_text="Colonnes (4)").click()
    open_list(page, "Champ de « Poids »").fill("Importance")
    page.get_by_role("option", name="Importance", exact=True).click()
    page.get_by_role("button", name="Importer", exact=True).click()
    expect(page.get_by_role("heading", name="Parcours")).to_be_visible()
    expect(page.get_by_text("3 points de contact").first).to_be_visible()


@pytest.mark.slow
def test_a_large_file_shows_how_far_it_is_and_can_be_stopped(page):
    lines = "".join(f"{n},2026-09-{n % 28 + 1:02d},{n % 11},{n % 5 + 1},Réponse {n} du client sur son achat\n" for n in range(300_000))
    page.goto("/?lang=fr")
    drop(page, "enquete.csv", ("Numéro,Date,NPS,Satisfaction (1-5),Commentaire\n" + lines).encode())
    expect(page.get_by_text("Mo ·").first).to_be_visible()
    page.get_by_role("button", name="Arrêter").first.click()
    expect(page.get_by_text("Mo ·")).to_have_count(0)
    expect(page.locator("input[type=file]").first).to_be_attached()


def test_a_file_that_is_too_large_is_told_beside_the_good_one_which_outlives_a_reload(page, tmp_path):
    large, small = tmp_path / "grand.csv", tmp_path / "suivi.csv"
    large.write_bytes(b"a;b\n" + b"1;2\n" * (51 * 1024 * 1024 // 4))
    small.write_text(SHEET, "utf-8")
    page.goto("/?lang=fr")
    page.locator("input[type=file]").first.wait_for(state="attached")
    page.locator("input[type=file]").first.set_input_files([large, small])
    expect(page.get_by_role("button", name="Importer", exact=True)).to_be_visible()
    expect(page.get_by_text("la limite est de 50 Mo")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="suivi.csv")).to_be_visible()
    page.get_by_role("button", name="Ne pas importer").click()
    expect(page.locator("input[type=file]").first).to_be_attached()
