"""What the reading tells about a file: scales that differ, headings, letters encoded twice, columns without a field."""

from __future__ import annotations

import io
import os
import sys
import threading
import zipfile

import pytest

import analysis
from analysis import ReadError
from analysis.reading.watch import Watch, memory_of


def table_of(text: str):
    return analysis.read(text.encode(), "file.csv")


def codes(book) -> dict[str, list[str]]:
    return book.problems.groupby("code")["cell"].apply(list).to_dict()


def test_words_and_numbers_in_one_column_are_on_one_scale():
    book = table_of("Touchpoint,Stage,Satisfaction (0-10)\nCaisse,Achat,8\nSite,Achat,Bon\nRetour,Après,Très satisfait\nSAV,Après,12\n")
    assert book.tables[0].frame["satisfaction"].tolist() == [8.0, 7.5, 10.0, 12.0]
    assert book.tables[0].scales["satisfaction"] == (0.0, 10.0)
    assert codes(book)["words_with_numbers"] == ["C3"]
    assert codes(book)["outside_scale"] == ["C5"]


def test_marks_out_of_ten_among_marks_out_of_five_are_reported():
    book = table_of("Touchpoint,Stage,Note\nCaisse,Achat,4/5\nSite,Achat,8/10\nRetour,Après,3/5\n")
    assert book.tables[0].frame["rating"].isna().tolist() == [False, True, False]
    assert codes(book)["scales_mixed"] == ["C3"]
    assert "8/10" in book.problems_in("fr").query("code == 'scales_mixed'")["message"].iloc[0]


def test_a_row_with_only_a_stage_names_the_stage_of_the_rows_under_it():
    book = table_of(
        "Point de contact;Canal;Impact;Effort\nDécouverte;;;\nVitrine;Magasin;4;5\nSite;Web;3;2\nAchat;;;\nCaisse;Magasin;5;1\n"
    )
    table = book.tables[0]
    assert table.frame["stage"].tolist() == ["Découverte", "Découverte", "Achat"]
    assert table.frame["touchpoint"].tolist() == ["Vitrine", "Site", "Caisse"]
    assert table.rows.tolist() == ["header", "note", "data", "data", "note", "data"]
    assert table.cell(2, "stage") == "A5"
    assert table.cell(2, "touchpoint") == "A6"
    assert codes(book)["stage_row"] == ["A2", "A5"]


def test_a_touchpoint_without_figures_is_no_stage():
    table = table_of("Point de contact;Canal;Impact;Effort\nVitrine;Magasin;4;5\nSite;;;\nCaisse;Magasin;5;1\n").tables[0]
    assert table.frame["touchpoint"].tolist() == ["Vitrine", "Site", "Caisse"]


def test_letters_encoded_twice_are_put_right():
    text = "Étape;Point de contact;Coût (€)\nDécouverte;Vitrine d’été;3\nAchat;Reçu;5\n"
    book = analysis.read(text.encode().decode("cp1252").encode(), "file.csv")
    assert book.tables[0].frame["stage"].tolist() == ["Découverte", "Achat"]
    assert book.tables[0].mapping["Coût (€)"] == "cost"
    assert "double_encoded" in codes(book)


def test_text_that_speaks_of_letters_encoded_twice_is_left_alone():
    text = "Étape;Commentaire\nAchat;Le « é » s'affiche « Ã© » à la réception\n"
    assert "Ã©" in table_of(text).tables[0].raw.iloc[1, 1]


def test_one_windows_line_leaves_the_others_as_they_are():
    lines = ["Étape;Point de contact"] + [f"Découverte;Vitrine n° {n}" for n in range(30)]
    data = "\n".join(lines).encode() + "\nRéassurance;Été\n".encode("cp1252")
    book = analysis.read(data, "file.csv")
    assert book.tables[0].frame["stage"].tolist()[-2:] == ["Découverte", "Réassurance"]
    assert "mixed_encoding" in codes(book)


def test_columns_without_a_field_and_rows_that_are_too_long_are_told():
    book = table_of("Étape;Point de contact;Impact;Influence sur la conversion;Bidule\nAchat;Caisse;4;5;a\nAchat;Site;3;2;b;plus\n")
    assert codes(book)["second_column"] == ["D1"]
    assert codes(book)["not_recognised"] == ["E1"]
    assert codes(book)["ragged"] == ["F3"]
    assert book.tables[0].frame["Bidule"].tolist() == ["a", "b"]


CONTENT = """<?xml version="1.0"?><office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet>
<table:table table:name="Points"><table:table-row><table:table-cell><text:p>Étape</text:p></table:table-cell><table:table-cell>
<text:p>Point de contact</text:p></table:table-cell><table:table-cell><text:p>Couverture</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="2"><table:table-cell><text:p>Achat</text:p></table:table-cell><table:table-cell><text:p>Caisse</text:p>
</table:table-cell><table:table-cell office:value-type="percentage" office:value="0.625"><text:p>62,5 %</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"""


def test_a_bare_opendocument_sheet_is_read_with_its_percentages():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("content.xml", CONTENT)
    table = analysis.read(stream.getvalue(), "points.ods").tables[0]
    assert table.raw.shape == (3, 3)
    assert table.frame["reach"].tolist() == [62.5, 62.5]
    assert table.cell(1, "reach") == "C3"


def test_a_row_repeated_without_end_is_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("content.xml", CONTENT.replace('repeated="2"', 'repeated="99999999"'))
    with pytest.raises(ReadError) as wrong:
        analysis.read(stream.getvalue(), "points.ods")
    assert wrong.value.code == "too_large"


def test_the_reading_tells_how_far_it_is_and_can_be_cancelled():
    told: list[float] = []
    data = b"Stage,Touchpoint\nBuy,Till\n"
    analysis.read(data, "file.csv", on_progress=told.append)
    assert told == [0.0, 0.6, 1.0]
    stop = threading.Event()
    stop.set()
    with pytest.raises(ReadError) as wrong:
        analysis.read(data, "file.csv", cancel=stop)
    assert wrong.value.code == "cancelled"
    assert wrong.value.message("fr") == "La lecture a été annulée. Rien n'a été importé."


def test_a_process_that_takes_too_much_memory_is_ended():
    import subprocess

    process = subprocess.Popen([sys.executable, "-c", "x = bytearray(200_000_000); input()"], stdin=subprocess.PIPE)
    watch = Watch(process, 60, 100_000_000, None)
    watch.start()
    watch.join(50)
    assert watch.reason == "memory"
    assert process.wait(20) != 0
    assert (memory_of(os.getpid()) or 0) > 10_000_000


def test_a_comment_with_a_figure_in_it_is_no_address():
    rows = "".join(f"Caisse;{n % 5 + 1};Réponse {10000 + n} du client\n" for n in range(20))
    assert analysis.read(("Point de contact;Note (1-5);Commentaire\n" + rows).encode(), "a.csv").tables[0].personal == {}
    rows = "".join(f"Caisse;{n % 5 + 1};{n} rue de Lyon 69002 Lyon\n" for n in range(20))
    assert "address" in analysis.read(("Point de contact;Note (1-5);Lieu\n" + rows).encode(), "a.csv").tables[0].personal.values()


def test_a_list_of_indicators_does_not_lie_on_its_side():
    rows = "".join(f"{name};Site;{month:02d}/2026;{month};20\n" for name in ("NPS", "Taux de conversion", "CSAT") for month in range(1, 4))
    table = analysis.read(("Indicateur;Point de contact;Mois;Valeur;Cible\n" + rows).encode(), "kpi.csv").tables[0]
    assert (table.kind, table.transposed) == ("kpis", False)


def test_what_an_archive_holds_beside_tables_is_said():
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("avis/points.csv", "Étape;Point de contact\nAchat;Caisse\nAchat;Site\n")
        made.writestr("lisezmoi.pdf", "%PDF-1.7")
        made.writestr("faux.xlsx", "%PDF-1.7 " + "x" * 200)
        made.writestr("__MACOSX/._points.csv", "x")
    problems = analysis.read(archive.getvalue(), "exports.zip").problems
    assert sorted(problems.loc[problems["code"] == "skipped_member", "value"]) == ["faux", "lisezmoi.pdf"]
