"""Every chart: its finding, its rule, its language, and that it can be drawn."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

import analysis
from analysis import charts
from analysis.charts.journey import draw
from analysis.errors import CannotExport, MissingColumns
from tests.methods.test_pareto import CDC, LAMBERT

STAGES = ["Sensibilisation", "Considération", "Décision", "Achat", "Fidélisation", "Recommandation"]


def items(n: int, seed: int = 1) -> pd.DataFrame:
    random = np.random.default_rng(seed)
    names = [f"{name} {turn}".removesuffix(" 0") for turn in range(5) for name in LAMBERT][:n]
    return pd.DataFrame(
        {
            "touchpoint": names,
            "impact": random.integers(1, 11, n),
            "effort": random.integers(1, 11, n),
            "cost": random.integers(0, 20_000, n),
            "reach": random.uniform(0, 100, n),
            "touchpoint_value": random.uniform(0, 100, n),
        }
    )


def curve() -> pd.DataFrame:
    evidence = pd.DataFrame(
        {
            "stage": ["Sensibilisation"] * 6 + ["Décision"] * 3 + ["Achat"] * 8,
            "emotion": [1, 1, 2, 0, 1, 1, -1, -2, -1, -2, -2, -1, 2, 2, 1, -1, 2],
        }
    )
    return analysis.emotion_curve(evidence, order=STAGES, assumed={"Fidélisation": 1.5})


def gaps() -> pd.DataFrame:
    rows = [("Devis", "staff", value) for value in (5, 5, 4, 5)] + [("Devis", "customer", value) for value in (1, 2, 2, 1, 3)]
    rows += [("Accueil", "staff", 3), ("Accueil", "customer", 4), ("Site", "staff", 2)]
    frame = pd.DataFrame(rows, columns=["touchpoint", "side", "value"])
    return analysis.perception_gap(frame.assign(low=1, high=5))


def importance(answers: int = 200) -> pd.DataFrame:
    random = np.random.default_rng(2)
    frame = pd.DataFrame(
        {
            "touchpoint": random.choice(list(LAMBERT), answers),
            "stage": random.choice(STAGES, answers),
            "value": random.integers(1, 11, answers).astype(float),
        }
    )
    return analysis.importance_heatmap(frame, STAGES)


def complaints() -> pd.DataFrame:
    return analysis.pareto(pd.DataFrame({"i": list(LAMBERT), "v": list(LAMBERT.values())}), "i", "v")


def view(stages: int = 3, cards: int = 4) -> dict[str, Any]:
    felt = [
        {"value": 1.0, "provenance": "measured", "n": 12, "low": 0.5, "high": 1.5, "few": False, "divided": True},
        {"value": -1.5, "provenance": "assumed", "few": False},
        {"value": None},
    ]
    return {
        "stages": [{"id": f"s{n}", "name": f"Étape {n}", "goal": "Choisir sans se tromper", "emotion": felt[n % 3]} for n in range(stages)],
        "lanes": [
            {"id": "l0", "kind": "touchpoints", "name": "Points de contact", "icon": "touchpoints", "collapsed": False},
            {"id": "l1", "kind": "cards", "name": "Irritants", "icon": "pain_point", "collapsed": False},
            {"id": "l2", "kind": "cards", "name": "Pensées", "icon": "thought", "collapsed": False},
        ],
        "touchpoints": [
            {"id": "t1", "stage": "s0", "name": "Site web : page « Nos marques »", "channel": "Site web", "emotion": -2.0,
             "moment_of_truth": True, "pain_points": 2},
            {"id": "t2", "stage": "s0", "name": "Boutique", "channel": None, "emotion": None,
             "moment_of_truth": False, "pain_points": None},
        ],
        "cards": [
            {"id": f"c{n}", "lane": "l1", "stage": "s1", "text": "Attente de 6 minutes en moyenne, personne le samedi " * (n + 1),
             "span": 1 + n % 2, "count": n, "colour": ""}
            for n in range(cards)
        ],
    }  # fmt: skip


CHARTS: dict[str, Callable[[str], Any]] = {
    "emotion": lambda language: charts.emotion(curve(), language),
    "pareto": lambda language: charts.pareto(complaints(), language, measure="complaints"),
    "matrix": lambda language: charts.matrix(analysis.impact_effort(items(19)), language),
    "touchpoints": lambda language: charts.touchpoints(analysis.touchpoint_matrix(items(19)), language),
    "heatmap": lambda language: charts.heatmap(importance(), language),
    "gap": lambda language: charts.gap(gaps(), language),
    "journey": lambda language: draw(view(), language),
}


def title(chart: Any) -> str:
    return " ".join(chart.to_dict()["title"]["text"])


def caption(chart: Any) -> str:
    return " ".join(chart.to_dict()["title"].get("subtitle", []))


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_tells_its_finding_and_can_be_drawn(name: str, language: str) -> None:
    chart = CHARTS[name](language)
    spec = chart.to_dict()
    assert title(chart)
    assert caption(chart)
    assert spec["description"]
    assert spec["background"] == "transparent"
    assert spec["config"]["locale"]["number"]["decimal"] == ("," if language == "fr" else ".")
    svg = charts.image(chart, "svg", language).decode()
    assert svg.startswith("<svg")
    assert "currentColor" not in svg
    assert "undefined" not in svg
    assert "NaN" not in svg


@pytest.mark.parametrize("name", CHARTS)
def test_no_text_of_a_chart_needs_a_letter_that_the_font_lacks(name: str) -> None:
    for language in ("fr", "en"):
        text = json.dumps(CHARTS[name](language).to_dict(), ensure_ascii=False)
        assert not set(text) & set("→≥≤●○◇Δ★✓\u2009")


def test_seven_of_nineteen_touchpoints_carry_82_per_cent_of_complaints() -> None:
    assert title(CHARTS["pareto"]("en")) == "7 of 19 touchpoints carry 82% of complaints"
    assert title(CHARTS["pareto"]("fr")) == "7 points de contact sur 19 concentrent 82\u00a0% des réclamations"


def test_the_pareto_curve_starts_at_the_top_right_corner_of_the_first_bar_and_the_axis_ends_at_the_total() -> None:
    spec = CHARTS["pareto"]("en").to_dict()
    bars, line = spec["layer"][0], spec["layer"][1]
    rows = spec["datasets"][bars["data"]["name"]] if "data" in bars else spec["datasets"][spec["data"]["name"]]
    assert bars["encoding"]["y"]["scale"]["domain"] == [0, 166.0]
    assert line["encoding"]["x"]["field"] == "right"
    assert line["encoding"]["y"]["field"] == "running"
    assert (rows[0]["value"], rows[0]["running"]) == (31, 31)
    assert rows[-1]["running"] == 166
    assert len(rows) == 16  # three are at zero


def test_zero_items_and_merged_tails_are_said() -> None:
    chart = CHARTS["pareto"]("en")
    assert chart.to_dict()["usermeta"]["zero"] == ["Ajustage gratuit", "Bouche-à-oreille", "SMS « lunettes prêtes »"]
    assert "3 items at zero are not drawn" in caption(chart)
    short = charts.pareto(complaints(), "en", most=8)
    assert len(short.to_dict()["usermeta"]["merged"]) == 8


def test_chosen_touchpoints_are_marked_on_the_pareto_chart_and_named_where_the_tail_holds_them() -> None:
    chart = charts.pareto(complaints(), "fr", most=8, chosen=("Appel téléphonique", "Parrainage"))
    spec = chart.to_dict()
    rows = spec["datasets"][spec["layer"][0].get("data", spec.get("data"))["name"]]
    assert [row["label"] for row in rows if row["chosen"]] == ["Appel téléphonique", "Autres (8 éléments)"]
    assert "▸ Appel téléphonique" in json.dumps(spec["layer"][0]["encoding"]["x"], ensure_ascii=False)
    assert "Parmi les éléments choisis, dans «\u00a0Autres\u00a0»\u00a0: Parrainage." in caption(chart)
    assert "choisis" not in caption(charts.pareto(complaints(), "fr", most=8))


def test_flat_and_unreachable_paretos_say_so() -> None:
    ten = analysis.pareto(pd.DataFrame({"i": [f"i{n}" for n in range(10)], "v": 1}), "i", "v")
    assert title(charts.pareto(ten, "en", item="item")) == "80/20 does not apply here: 8 of 10 items carry 80% of the total"
    assert "“i8” and “i9” have the same value" in caption(charts.pareto(ten, "en"))
    other = analysis.pareto(pd.DataFrame({"i": ["a", "Autre"], "v": [10, 90]}), "i", "v", other="Autre")
    assert "Autre" in title(charts.pareto(other, "fr"))
    assert "90\u00a0%" in title(charts.pareto(other, "fr"))
    cdc = analysis.pareto(pd.DataFrame({"i": list(CDC), "v": list(CDC.values())}), "i", "v", other="All other and unspecified")
    assert "among the three largest" in caption(charts.pareto(cdc, "en", measure="deaths", item="cause"))


def test_the_matrix_names_the_quick_wins_and_prints_every_quadrant() -> None:
    frame = pd.DataFrame({"touchpoint": ["Devis", "Accueil", "Site"], "impact": [9, 8, 2], "effort": [9, 2, None]})
    chart = charts.matrix(analysis.impact_effort(frame), "fr")
    assert title(chart) == "1 gain rapide sur 2\u00a0: Accueil"
    text = json.dumps(chart.to_dict(), ensure_ascii=False)
    for name in ("Gain rapide", "Projet majeur", "Tâche de fond", "À éviter"):
        assert name in text
    assert "5,5" in caption(chart)
    assert "Non placé, il manque une valeur\u00a0: Site" in caption(chart)
    assert chart.to_dict()["usermeta"]["unplaced"] == ["Site"]


def test_the_user_s_own_quadrant_names_are_used() -> None:
    chart = charts.matrix(analysis.impact_effort(items(3)), "en", names={"quick_win": "Do now"})
    assert "Do now" in json.dumps(chart.to_dict())


def test_sizes_stand_on_the_axis_in_their_own_words() -> None:
    frame = items(4).assign(effort=["S", "M", "L", "S"])
    scale = {"impact": (1, 10), "effort": ("S", "M", "L")}
    chart = charts.matrix(analysis.impact_effort(frame, scale=scale), "en", scale=scale)
    assert chart.to_dict()["layer"][0]["encoding"]["x"]["axis"]["labelExpr"] == '["S", "M", "L"][datum.value - 1]'


def test_eighty_items_get_numbers_and_a_key() -> None:
    chart = charts.matrix(analysis.impact_effort(items(80)), "fr")
    spec = chart.to_dict()
    assert spec["usermeta"]["numbered"]
    assert "Parrainage 3" in json.dumps(spec, ensure_ascii=False)
    assert charts.image(chart, "png", "fr", scale=1).startswith(b"\x89PNG")


def test_the_emotion_curve_finds_the_low_and_the_high_point() -> None:
    assert title(CHARTS["emotion"]("en")) == "The low point is “Décision” (−1.3), the high point “Fidélisation” (+1.5)"
    said = caption(CHARTS["emotion"]("en"))
    for part in ("17 answers", "Hollow", "assumed", "Divided", "A gap"):
        assert part in said
    whole = json.dumps(CHARTS["emotion"]("en").to_dict(), ensure_ascii=False)
    assert "few answers" in whole
    assert "no data" in whole


def test_a_curve_with_nothing_known_says_so() -> None:
    empty = analysis.emotion_curve(pd.DataFrame({"stage": ["A"], "emotion": [None]}))
    assert title(charts.emotion(empty, "fr")) == "On ne sait encore rien de ce que ressentent les clients"


def test_a_gap_in_the_curve_is_not_bridged() -> None:
    from analysis.charts.emotion import curve_points, segments

    points = curve_points(pd.DataFrame({"stage": list("ABCD"), "mean": [1, None, 2, 1], "n": [9, 0, 9, 9]}))
    solid, dashed = segments(points[points["value"].notna()])
    assert solid[["position", "to"]].to_numpy().tolist() == [[2.5, 3.5]]
    assert len(dashed) == 0


def test_the_project_s_own_emotions_can_be_drawn() -> None:
    project = analysis.Project.new("Essai", language="fr")
    assert title(charts.emotion(project.emotions(), "fr"))
    assert title(charts.journey(project))
    assert charts.image(charts.journey(project, language="en"), "svg")


def test_the_largest_clear_gap_is_the_title_and_lone_sides_are_told() -> None:
    chart = CHARTS["gap"]("en")
    assert title(chart) == "Customers rate “Devis” 3.0 points lower than staff do"  # 1.75 and −1.2
    assert chart.to_dict()["usermeta"]["one_sided"] == ["Site"]


def test_when_only_one_side_answered_there_is_no_gap_to_tell() -> None:
    lone = gaps()[lambda table: table["gap"].isna()]
    chart = charts.gap(lone, "en")
    assert title(chart) == "No touchpoint is rated by both staff and customers yet"
    assert charts.image(chart, "svg")


def test_a_project_or_a_raw_frame_can_be_drawn_directly() -> None:
    project = analysis.Project.new("Essai", language="fr")
    for draw_it in (charts.emotion, charts.matrix, charts.pareto, charts.touchpoints, charts.heatmap, charts.gap):
        assert title(draw_it(project, "fr"))
    assert title(charts.matrix(items(5), "en")) == title(charts.matrix(analysis.impact_effort(items(5)), "en"))
    assert title(charts.touchpoints(items(5), "en"))


def test_the_heatmap_names_what_matters_most() -> None:
    table = pd.DataFrame({"touchpoint": ["A", "B"], "stage": ["x", "x"], "mean": [9.5, 7.0], "n": [2, 30], "few": [True, False]})
    chart = charts.heatmap(table, "en")
    assert title(chart) == "“B” matters most, in “x” (7.0 of 10)"  # two answers do not make a finding
    assert "1 hatched cell" in caption(chart)


def test_a_journey_counts_the_cards_that_it_has_no_room_for() -> None:
    chart = draw(view(cards=12), "fr", most=5)
    assert chart.to_dict()["usermeta"]["hidden"] == 7
    assert "+ 7 de plus" in json.dumps(chart.to_dict(), ensure_ascii=False)


def test_a_journey_draws_only_the_lanes_that_were_asked_for() -> None:
    text = json.dumps(draw(view(), "fr", lanes=["pain_point"]).to_dict(), ensure_ascii=False)
    assert "Irritants" in text
    assert "Points de contact" not in text


@pytest.mark.parametrize(
    "empty",
    [
        lambda: charts.pareto(analysis.pareto(pd.DataFrame({"i": [], "v": []}), "i", "v"), "fr"),
        lambda: charts.matrix(analysis.impact_effort(items(3).head(0)), "fr"),
        lambda: charts.touchpoints(analysis.touchpoint_matrix(items(3).head(0)), "fr"),
        lambda: charts.heatmap(importance().head(0), "fr"),
        lambda: charts.gap(gaps().head(0), "fr"),
        lambda: charts.emotion(curve().head(0), "fr"),
        lambda: draw({"stages": [], "lanes": [], "touchpoints": [], "cards": []}, "fr"),
    ],
)
def test_nothing_to_draw_is_said_not_broken(empty: Callable[[], Any]) -> None:
    chart = empty()
    assert title(chart)
    assert charts.image(chart, "png", "fr", scale=1).startswith(b"\x89PNG")


def test_wrong_frames_and_kinds_are_named() -> None:
    with pytest.raises(MissingColumns, match="quadrant"):
        charts.matrix(pd.DataFrame({"touchpoint": ["a"]}), "fr")
    with pytest.raises(MissingColumns):
        charts.pareto(pd.DataFrame({"label": ["a"]}), "fr")
    with pytest.raises(MissingColumns):
        charts.heatmap(pd.DataFrame({"x": [1]}), "fr")
    with pytest.raises(MissingColumns):
        charts.gap(pd.DataFrame({"x": [1]}), "fr")
    with pytest.raises(CannotExport):
        charts.image(CHARTS["pareto"]("fr"), "gif")


def test_what_is_chosen_is_marked_and_drawn_wherever_it_stands() -> None:
    frame = items(40)
    last = frame["touchpoint"].iloc[39]
    frame = frame.assign(method_score=100.0 - frame.index, rank=frame.index + 1, low=frame.index + 1, high=frame.index + 2, firmness="out")
    drawn = [
        charts.ranking(frame, "fr", chosen=[last]),
        charts.ranks(frame, "fr", chosen=[last]),
        charts.heatmap(importance(), "fr", most=1, chosen=[importance()["touchpoint"].iloc[-1]]),
        charts.gap(gaps(), "fr", most=1, chosen=[str(gaps().iloc[1, 0])]),
    ]
    for chart in drawn:
        assert json.dumps(chart.to_dict(), ensure_ascii=False).count("▸") in (1, 2)  # once in each layer that has the axis
    ringed = charts.touchpoints(analysis.touchpoint_matrix(frame), "fr", chosen=[last]).to_dict()
    assert [row["label"] for rows in ringed["datasets"].values() for row in rows if row.get("chosen")] == [last]
    assert "▸" not in json.dumps(charts.ranks(frame, "fr").to_dict(), ensure_ascii=False)


def test_a_chart_of_one_s_own_gets_the_locale_of_its_language_in_pictures() -> None:
    import altair as alt

    own = alt.Chart(pd.DataFrame({"x": [1.5], "t": ["a"]})).mark_text().encode(text=alt.Text("x:Q", format=".1f"))
    assert ">1,5<" in charts.image(own, "svg", "fr").decode()
    assert ">1.5<" in charts.image(own, "svg", "en").decode()


def test_an_assumed_point_is_a_diamond_and_not_a_face() -> None:
    spec = CHARTS["emotion"]("en").to_dict()
    assert spec["resolve"]["scale"]["shape"] == "independent"
    assert CHARTS["journey"]("en").to_dict()["resolve"]["scale"]["shape"] == "independent"
