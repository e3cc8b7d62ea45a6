"""Indicators over time are shown as a line each, where indicators are shown, and before and after a day."""

from __future__ import annotations

import datetime as dt

from analysis import Project, read
from analysis.project import Put
from analysis.project.indicators import indicator_lines
from tests.pages.conftest import Visit

KPIS = "Indicateur;Point de contact;Mois;Valeur\n" + "".join(
    f"{name};Site web;{month:02d}/2026;{start + step * month}\n"
    for name, start, step in (("NPS", 30, 1), ("Panier abandonné", 70, -2))
    for month in range(1, 7)
)


def followed() -> Project:
    project = Project.new("Essai", language="fr")
    return project.apply(project.plan_import(read(KPIS.encode(), "kpi.csv").tables, file="kpi.csv").commands)


def lines(app):
    return next(frame.value for frame in app.dataframe if "Dans le temps" in frame.value)


def test_a_line_is_where_it_stands_and_how_it_got_there() -> None:
    found = indicator_lines(followed(), dt.date(2026, 4, 1)).set_index("indicator")
    assert found.loc["NPS", ["value", "change", "before", "n_before", "after", "n_after"]].tolist() == [36, 5, 32, 3, 35, 3]
    assert found.loc["Panier abandonné", "figures"] == [68, 66, 64, 62, 60, 58]


def test_the_data_page_shows_each_indicator_over_time(visit: Visit) -> None:
    shown = lines(visit("data", followed()))
    assert shown[["Indicateur", "Porte sur", "Dernier chiffre"]].to_numpy().tolist() == [
        ["NPS", "Site web", "36"], ["Panier abandonné", "Site web", "58"],
    ]  # fmt: skip
    assert list(shown["Dans le temps"].iloc[0]) == [31, 32, 33, 34, 35, 36]


def test_before_and_after_holds_the_indicators_of_a_project_without_answers(visit: Visit) -> None:
    app = visit("priorities", followed())
    app.button_group(key="priorities_view").set_value("change").run()
    app.date_input(key="followed_day").set_value(dt.date(2026, 4, 1)).run()
    assert not app.exception
    assert lines(app)[["Indicateur", "Avant", "Après"]].to_numpy().tolist() == [
        ["NPS", "32 (n\u00a0=\u00a03)", "35 (n\u00a0=\u00a03)"], ["Panier abandonné", "66 (n\u00a0=\u00a03)", "60 (n\u00a0=\u00a03)"],
    ]  # fmt: skip


def test_an_action_shows_the_indicator_that_it_is_measured_by(visit: Visit) -> None:
    project = followed()
    touchpoint = project.touchpoints["id"].iloc[0]
    facts = {"title": "Alléger le panier", "touchpoint": touchpoint, "kpi": "panier abandonné", "start_date": dt.date(2026, 4, 1)}
    app = visit("plan", project.apply(Put("action", "a_1", facts)), _opened_action="a_1")
    assert lines(app)[["Indicateur", "Avant", "Après"]].to_numpy().tolist() == [
        ["Panier abandonné", "66 (n\u00a0=\u00a03)", "60 (n\u00a0=\u00a03)"],
    ]  # fmt: skip
