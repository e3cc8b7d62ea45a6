"""What a person corrects in a table: each correction gives a new table and keeps the earlier ones."""

from __future__ import annotations

import pytest

import analysis
from analysis.errors import InvalidCommand
from analysis.reading import again as again_as
from analysis.reading import corrections as correct

SHEET = """Suivi des contacts;;;
Étape;Point de contact;Impact;Coût
Achat;Caisse;4;100
Achat;Site;2;50
;Total;6;150
Note : provisoire;;;
"""


@pytest.fixture
def table():
    return analysis.read(SHEET.encode(), "suivi.csv").tables[0]


def test_another_header_row_names_the_columns_anew():
    text = "Contacts;Étapes;Note\nPoint de contact;Étape;Impact\nCaisse;Achat;7\nSite;Achat;3\n"
    table = analysis.read(text.encode(), "a.csv", header=1).tables[0]
    assert list(table.mapping) == ["Contacts", "Étapes", "Note"]
    after = correct.with_header(table, 1)
    assert after.mapping == {"Point de contact": "touchpoint", "Étape": "stage", "Impact": "impact"}
    assert list(after.rows) == ["note", "header", "data", "data"]
    assert list(table.rows) == ["header", "data", "data", "data"]


def test_a_row_is_moved_between_the_groups_and_back(table):
    assert list(table.rows) == ["note", "header", "data", "data", "total", "note"]
    more = correct.with_rows(table, {4: "data"})
    assert list(more.frame["touchpoint"]) == ["Caisse", "Site", "Total"]
    less = correct.with_rows(more, {4: "total", 2: "aside"})
    assert list(less.rows) == ["note", "header", "aside", "data", "total", "note"]
    assert list(less.frame["touchpoint"]) == ["Site"]
    assert list(less.frame["impact"]) == [2]


def test_a_row_moved_to_the_header_is_the_header(table):
    after = correct.with_rows(table, {0: "header", 1: "note"})
    assert after.header_rows == [0]
    assert after.rows.iloc[0] == "header"
    assert after.rows.iloc[1] == "note"


def test_corrections_add_up(table):
    after = correct.with_kind(correct.with_scale(correct.with_rows(table, {4: "data"}), "Impact", 0, 20), "actions")
    after = correct.with_field(after, "Point de contact", "action")
    assert (after.kind, after.scales["impact"], len(after.frame)) == ("actions", (0.0, 20.0), 3)
    assert list(after.frame["action"]) == ["Caisse", "Site", "Total"]


def test_the_scale_that_was_said_holds_and_what_lies_outside_is_listed(table):
    after = correct.with_scale(table, "Impact", 1, 3)
    assert after.scales["impact"] == (1, 3)
    outside = [problem for problem in after.noted.listed() if problem["code"] == "outside_scale"]
    assert [(problem["cell"], problem["value"]) for problem in outside] == [("C3", "4")]
    assert list(after.frame["impact"]) == [4, 2]


def test_a_reversed_scale_is_asked_and_never_turned_silently():
    text = "Étape;Point de contact;Facilité (1-10)\nAchat;Caisse;9\nAchat;Site;2\n"
    table = analysis.read(text.encode(), "a.csv").tables[0]
    table = correct.with_field(table, "Facilité (1-10)", "effort")
    assert table.reversed == ["Facilité (1-10)"]
    after = correct.with_scale(table, "Facilité (1-10)", 1, 10, reversed=True)
    assert after.reversed == []
    assert after.scales["effort"] == (10, 1)
    assert list(after.frame["effort"]) == [9, 2]


def test_the_order_of_day_and_month_is_decided_for_the_whole_column():
    text = "Date;Commentaire\n03/04/2026;Bien\n05/06/2026;Moins bien\n"
    table = analysis.read(text.encode(), "a.csv").tables[0]
    assert table.frame["date"].dt.month.tolist() == [4, 6]
    after = correct.with_date_order(table, "Date", day_first=False)
    assert after.frame["date"].dt.month.tolist() == [3, 5]
    assert not [problem for problem in after.noted.listed() if problem["code"] == "day_order"]


def test_a_currency_is_said_and_amounts_stay(table):
    after = correct.with_currency(table, "Coût", "chf")
    assert after.currencies["cost"] == "CHF"
    assert list(after.frame["cost"]) == [100, 50]


def test_a_cost_is_paid_once_or_every_year(table):
    assert "running_cost" in correct.with_period(table, "Coût", yearly=True).frame
    assert "cost" in correct.with_period(correct.with_period(table, "Coût", yearly=True), "Coût", yearly=False).frame


def test_a_column_left_out_is_gone_from_the_frame_and_stays_in_raw(table):
    after = correct.leaving_out(table, "Coût")
    assert list(after.frame) == ["stage", "touchpoint", "impact"]
    assert "100" in after.raw.to_numpy()
    assert "Coût" in correct.with_field(after, "Coût", None).frame


def test_a_table_on_its_side_is_turned():
    text = "Point de contact;Caisse;Site;Appel\nÉtape;Achat;Achat;Après\nImpact;4;2;5\nCanal;Magasin;Web;Téléphone\n"
    table = analysis.read(text.encode(), "a.csv").tables[0]
    after = correct.turned(table)
    assert list(after.frame["touchpoint"]) == ["Caisse", "Site", "Appel"]
    assert list(after.frame["impact"]) == [4, 2, 5]
    assert after.cell(1, "impact") == "C3"
    assert correct.turned(after).raw.equals(table.raw)


def test_what_was_corrected_holds_for_the_next_file_of_the_same_form(table):
    after = correct.leaving_out(correct.with_scale(correct.with_field(table, "Impact", "importance"), "Impact", 0, 20), "Coût")
    kept = again_as.remembered(after)
    next_month = analysis.read(SHEET.replace("Caisse", "Comptoir").encode(), "suivi_2.csv").tables[0]
    again = again_as.recalled(next_month, kept)
    assert list(again.frame) == ["stage", "touchpoint", "importance"]
    assert again.scales["importance"] == (0, 20)
    assert list(again.frame["touchpoint"]) == ["Comptoir", "Site"]
    other = analysis.read(b"Client;Ville\nAnne;Lyon\nPaul;Nice\n", "clients.csv").tables[0]
    assert again_as.recalled(other, kept) is None


def test_a_remembered_header_row_is_found_again(table):
    kept = again_as.remembered(correct.with_header(table, 2))
    again = again_as.recalled(analysis.read(SHEET.encode(), "suivi.csv").tables[0], kept)
    assert again.header_rows == [2]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda table: correct.with_kind(table, "recipe"),
        lambda table: correct.with_rows(table, {99: "data"}),
        lambda table: correct.with_rows(table, {1: "dinner"}),
        lambda table: correct.with_scale(table, "Impact", 5, 1),
        lambda table: correct.with_field(table, "Prix", "cost"),
        lambda table: correct.with_currency(table, "Coût", "euros"),
    ],
)
def test_a_correction_that_means_nothing_is_refused(table, wrong):
    with pytest.raises(InvalidCommand):
        wrong(table)


def test_what_is_not_corrected_is_as_sure_as_it_was_and_read_as_it_was():
    rows = [f"1{n}/03/2026;{'Oui' if n % 2 else 'Non'};{1 + n % 5};{'Lyon' if n % 3 else 'Metz'}" for n in range(8)]
    text = "\n".join(["Date;Avez-vous trouvé ce que vous cherchiez ?;Satisfaction (1-5);Ville", *rows])
    table = analysis.read(text.encode(), "enquete.csv").tables[0]
    asked = list(table.mapping)[1]
    for changed in (correct.with_field(table, "Ville", "persona"), correct.leaving_out(table, "Ville")):
        assert changed.confidence == table.confidence | {"Ville": 1.0 if changed.mapping["Ville"] else 0.0}
        assert table.scales[asked] == changed.scales[asked] == (0, 1)  # yes and no are still no marks from 1 to 5
        assert changed.questions[asked] == table.questions[asked]
    assert correct.with_field(table, asked, "satisfaction").confidence[asked] == 1.0  # said so: sure
    counted = analysis.read("Question;Très satisfait;Satisfait;Pas satisfait;Avis\nAccueil;4;3;2;bien\nPrix;1;0;5;cher".encode(), "compte.csv").tables[0]
    assert len(correct.leaving_out(counted, "Avis").tallied) == len(counted.tallied) == 5
