"""The review keeps what the hand has opened, says what becomes of a column, and takes nobody's address for a link."""

from __future__ import annotations

from analysis.project import Store, edits
from pages.review.header import asked
from pages.shell.markdown import quoted
from tests.pages.test_data import INVENTORY, filled

DATES = "Point de contact;Étape;Impact (1-5);Vu le;Prestataire\nCaisse;Achat;3;03/04/2026;Dupont\nSite;Achat;4;05/06/2026;Martin\n"
ANSWERS = "Date;Point de contact;Étape;Impact (1-5);Commentaire\n" + "".join(
    f"2026-03-{day:02d};{['Caisse', 'Site', 'Retrait'][day % 3]};Achat;{day % 5 + 1};avis {day}\n" for day in range(1, 13)
)


def drop(app, text, name="points.csv"):
    app.file_uploader[0].upload(name, text.encode(), "text/csv")
    return app.run()


def step(app, start):
    return next(one for one in app.expander if one.label.startswith(start))


def test_columns_stay_open_when_their_last_question_is_answered(app):
    drop(app, DATES)
    order = next(one for one in app.radio if one.label.startswith("Les dates"))
    assert any("1 question sur les colonnes" in one.value for one in app.caption)
    title = step(app, "Colonnes").label
    order.set_value(True).run()
    assert not any("question" in one.value for one in app.caption)
    assert step(app, "Colonnes").label == title  # the same step: another title would close an open list and lose the place
    assert any(one.label.startswith("Les dates") and one.value for one in app.radio)


def test_a_column_without_a_field_says_what_becomes_of_it(app):
    drop(app, DATES)
    box = next(one for one in app.selectbox if "Prestataire" in one.label and one.label.startswith("Champ"))
    assert "gardée telle quelle" in box.options
    kind = next(one for one in app.selectbox if one.label.startswith("Ce que contient"))
    kind.set_value("actions").run()
    box = next(one for one in app.selectbox if "Prestataire" in one.label and one.label.startswith("Champ"))
    assert "gardée dans les notes" in box.options


def test_rows_that_give_other_figures_of_one_touchpoint_are_offered_as_answers(app):
    drop(app, ANSWERS)
    assert any("9 chiffres sont donnés deux fois" in one.value for one in app.markdown)
    next(one for one in app.button if one.label == "La lire comme une enquête").click()
    app.run()
    assert not any("donnés deux fois" in one.value for one in app.markdown)
    assert not any(one.label == "La lire comme une enquête" for one in app.button)


def test_an_address_is_parted_so_that_the_page_makes_no_link_of_it():
    assert quoted("anne@exemple.fr www.exemple.fr https://exemple.fr @anne").count("\u2060") == 3


def imported_beside(store, project, text):
    """Another tab imports a file into the project."""
    import analysis

    found = store.load(project).plan_import(analysis.read(text.encode(), "autre.csv").tables, file="autre.csv")
    store.apply(project, found.commands, author="paul", label=("Import {file}", {"file": "autre.csv"}))


def test_what_another_tab_has_imported_meanwhile_is_not_doubled(visit, store):
    app = visit("data", filled(("points.csv", INVENTORY)))
    text = "Étape;Point de contact;Impact (1-10)\nAchat;Guichet;5\nAchat;Drive;6\n"
    drop(app, text, "nouveau.csv")
    app.selectbox(key="target").set_value(app.project_id).run()
    imported_beside(store, app.project_id, text)
    app.button(key="import").click().run()
    assert any("a changé entre-temps" in one.value for one in app.info)
    names = list(store.load(app.project_id).touchpoints["touchpoint"])
    assert names.count("Drive") == 1


def test_a_click_on_one_of_two_header_rows_makes_it_the_header_alone():
    assert asked([0, 1], [1], chosen=0, end=1) == [1]
    assert asked([0, 1], [0], chosen=0, end=1) == [0]
    assert asked([1], [4], chosen=1, end=1) == [4]
    assert asked([0, 1], [], chosen=0, end=1) == [0, 1]  # nothing was clicked or chosen
    assert asked([0], [], chosen=0, end=2) == [0, 1, 2]
    assert asked([0, 1], [], chosen=-1, end=1) == []
    assert asked([], [], chosen=2, end=-1) == [2]


def just_before(monkeypatch, happens):
    """Something happens between the click and the keeping, later than anything can be looked at; once."""
    apply, left = Store.apply, [happens]

    def applied(self, *args, **kwargs):
        while left:
            left.pop()()
        return apply(self, *args, **kwargs)

    monkeypatch.setattr(Store, "apply", applied)


def test_what_another_tab_imports_in_the_very_instant_is_not_doubled(visit, store, monkeypatch):
    app = visit("data", filled(("points.csv", INVENTORY)))
    text = "Étape;Point de contact;Impact (1-10)\nAchat;Guichet;5\nAchat;Drive;6\n"
    drop(app, text, "nouveau.csv")
    app.selectbox(key="target").set_value(app.project_id).run()
    just_before(monkeypatch, lambda: imported_beside(store, app.project_id, text))
    app.button(key="import").click().run()
    assert any("a changé entre-temps" in one.value for one in app.info)
    names = list(store.load(app.project_id).touchpoints["touchpoint"])
    assert (names.count("Guichet"), names.count("Drive")) == (1, 1)


def test_an_edit_elsewhere_in_the_very_instant_does_not_stop_the_import(visit, store, monkeypatch):
    app = visit("data", filled(("points.csv", INVENTORY)))
    drop(app, "Étape;Point de contact;Impact (1-10)\nAchat;Guichet;5\n", "nouveau.csv")
    app.selectbox(key="target").set_value(app.project_id).run()
    touchpoint = next(iter(store.load(app.project_id).table("touchpoint")))
    effort = edits.set_score(touchpoint, "effort", 3, author="paul")
    just_before(monkeypatch, lambda: store.apply(app.project_id, effort, author="paul", label=("Set a score", {})))
    app.button(key="import").click().run()
    after = store.load(app.project_id).touchpoints.set_index("id")
    assert "Guichet" in list(after["touchpoint"])
    assert after.loc[touchpoint, "effort"] == 3


def test_a_change_elsewhere_in_the_project_does_not_stop_the_import(visit, store):
    app = visit("data", filled(("points.csv", INVENTORY)))
    drop(app, "Étape;Point de contact;Impact (1-10)\nAchat;Guichet;5\n", "nouveau.csv")
    app.selectbox(key="target").set_value(app.project_id).run()
    head = store.load(app.project_id)
    touchpoint = next(iter(head.table("touchpoint")))
    store.apply(app.project_id, edits.set_score(touchpoint, "effort", 3, author="paul"), author="paul", label=("Set a score", {}))
    app.button(key="import").click().run()
    assert "Guichet" in list(store.load(app.project_id).touchpoints["touchpoint"])
