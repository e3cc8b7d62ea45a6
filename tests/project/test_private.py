"""What is kept of an import holds nobody's e-mail address, number, name or address: looked for byte by byte."""

from __future__ import annotations

import io
import sqlite3
import zlib
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest

import analysis
from analysis.project import Project, Store

CALL = "rappeler Zoé au +33 6 45 67 89 01 ou zoe.secret@exemple.fr (poste 82.64.99.99)"
SHEETS = {
    "Points": [["Étape", "Point de contact", "Impact (1-10)", "Commentaire", "Fournisseur", "Responsable"], ["Achat", "Caisse", 7, CALL, CALL, "Anne"],
               ["Achat", "Site", 5, "", "", "Paul"], ["Après", "Livraison", 4, "", "", "Anne"]],
    "Réponses": [["Nom", "E-mail", "Téléphone", "Adresse IP", "Adresse postale", "Date", "Point de contact", "Satisfaction (1-5)", "Commentaire"]]
    + [[f"Zoltan Kowalczyk{n}", f"zoltan{n}@exemple.fr", f"06 45 67 89 {n:02d}", f"82.64.99.{n}", f"{n} rue des Lilas, 69002 Lyon",
        f"2026-03-{n:02d}", ["Caisse", "Site"][n % 2], n % 5 + 1, CALL] for n in range(10, 25)],
    "Tickets": [["Ticket", "Client", "Objet", "Description", "Statut", "Date"]]
    + [[n, f"Zoltan Kowalczyk{n}", f"Souci {CALL}", CALL, "Ouvert", f"2026-03-{n:02d}"] for n in range(10, 20)],
    "Actions": [["Action", "Point de contact", "Responsable", "Échéance", "Statut", "Notes"], [f"Former, {CALL}", "Caisse", "Anne", "2026-12-01", "À faire", CALL],
                ["Refaire le site", "Site", "Paul", "2026-11-01", "En cours", ""]],
    "Personas": [["Persona", "Objectifs", "Freins"], ["Zoé, pressée", CALL, CALL], ["Paul, fidèle", "payer moins", ""]],
    "Journal": [["user_email", "event", "timestamp", "ip"]]
    + [[f"zoltan{n % 5}@exemple.fr", ["visite", "panier", "achat"][n % 3], f"2026-03-{n:02d} 10:00:00", f"82.64.99.{n}"] for n in range(10, 28)],
    "Carte": [["", "Découverte", "Achat", "Après"], ["Actions du client", "cherche", "paie", CALL], ["Points de contact", "Site", "Caisse", "SAV"],
              ["Pensées", CALL, "vite", "encore ?"], ["Irritants", "trop long", CALL, "attente"]],
}  # fmt: skip
RAW = ["6 45 67 89", "06 45 67 89", "zoe.secret", "zoltan1", "Kowalczyk", "82.64.99", "rue des Lilas"]


def workbook() -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.remove(book.worksheets[0])
    for name, rows in SHEETS.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(out)
    return out.getvalue()


def layers(data: bytes) -> Iterator[bytes]:
    """The bytes as they are, and unpacked."""
    yield data
    if data[:4] == b"PAR1":
        yield pq.read_table(io.BytesIO(data)).to_pandas().to_csv().encode()
    try:
        yield zlib.decompress(data)
    except zlib.error:
        return


def everything(folder: Path) -> Iterator[bytes]:
    """All that is kept: each file byte by byte, and each value of each table unpacked."""
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        yield from layers(file.read_bytes())
        if file.suffix == ".sqlite":
            database = sqlite3.connect(file)
            for (table,) in database.execute("select name from sqlite_master where type = 'table'").fetchall():
                for row in database.execute(f'select * from "{table}"'):
                    yield from (layer for value in row if isinstance(value, bytes) for layer in layers(value))
            database.close()


@pytest.mark.parametrize("again", [False, True], ids=["imported", "imported twice and undone"])
def test_nothing_of_a_person_is_found_in_what_is_kept(tmp_path: Path, again: bool) -> None:
    store = Store(f"sqlite:///{tmp_path / 'parcours.sqlite'}")
    id = store.create(Project.new("Boutique", language="fr"), author="anne")
    book = analysis.read(workbook(), "boutique.xlsx")
    assert {table.kind for table in book.tables} >= {"touchpoints", "survey", "actions", "personas", "events", "journey_grid"}
    for _ in range(2 if again else 1):
        plan = store.load(id).plan_import(book.tables, file="boutique.xlsx")
        store.apply(id, plan.commands, author="anne", expected=plan.revision)
    if again:
        store.undo(id, author="anne")
    kept = list(everything(tmp_path))
    store.save_copy(id)
    store.engine.dispose()
    assert sum(b"Caisse" in one for one in kept) > 0  # it is looked for in the right place
    assert {word: sum(word.encode() in one for one in kept) for word in RAW} == dict.fromkeys(RAW, 0)


def test_what_was_masked_is_no_change_when_the_file_comes_again() -> None:
    project = Project.new("Boutique", language="fr")
    book = analysis.read(workbook(), "boutique.xlsx")
    project = project.apply(project.plan_import(book.tables, file="boutique.xlsx").commands)
    found = project.plan_import(analysis.read(workbook(), "boutique.xlsx").tables, file="boutique.xlsx")
    assert found.summary[["new", "changed", "removed"]].to_numpy().sum() == 0


def test_the_owners_of_a_plan_are_kept() -> None:
    project = Project.new("Boutique", language="fr")
    project = project.apply(project.plan_import(analysis.read(workbook(), "boutique.xlsx").tables, file="boutique.xlsx").commands)
    assert set(project.actions["owner"]) == {"Anne", "Paul"}
    assert "[☎] ou [@] (poste [IP])" in project.actions["action"].iloc[0]


def told_by(header: str, field: str = "Satisfaction accueil (1-5)") -> tuple[Project, str]:
    """A survey with a column of names under a header, imported; all that its answers hold, as text."""
    people = ["Zoé Müller", "Inès Cœur", "Paul Légé", "Noël Dupré"]
    rows = "".join(f"2026-03-{day:02d};{people[day % 4]};{day % 5 + 1};avis {day}\n" for day in range(1, 25))
    book = analysis.read(f"Date;{header};{field};Commentaire\n{rows}".encode(), "enquete.csv")
    assert book.tables[0].kind == "survey"
    project = Project.new("Boutique", language="fr")
    project = project.apply(project.plan_import(book.tables).commands)
    return project, project.evidence.to_csv() + project.stages.to_csv()


@pytest.mark.parametrize(
    "header",
    ["Votre nom", "Votre prénom", "Vos nom et prénom", "Nom / Prénom", "Quel est votre nom ?", "Comment vous appelez-vous ?", "Participant",
     "Interviewé(e)", "Pseudo", "Identité", "Your name", "What is your name? (optional)"],
)  # fmt: skip
def test_a_column_that_asks_people_for_their_name_is_not_kept(header: str) -> None:
    project, kept = told_by(header)
    assert [name for name in ("Müller", "Cœur", "Légé", "Dupré") if name in kept] == []
    assert (project.evidence["measure"] == "comment").sum() == 24


@pytest.mark.parametrize("header", ["Nom du magasin", "Name of the store", "Nom de l’agence", "Vendeur préféré"])
def test_a_column_that_names_something_else_is_kept(header: str) -> None:
    assert "Zoé Müller" in told_by(header)[1]
