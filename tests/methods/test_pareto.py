"""The vital few, on the reference cases and at the edges of the rule."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import analysis
from analysis.errors import BadScale, MissingColumns, NegativeValues

#: complaints of the optician's inventory
LAMBERT = {
    "Affiche en vitrine": 2,
    "Publication Instagram": 1,
    "Bouche-à-oreille": 0,
    "Avis Google": 9,
    "Site web : page « Nos marques »": 17,
    "Appel téléphonique": 24,
    "Comparateur de mutuelles": 8,
    "Accueil en boutique": 2,
    "Essayage des montures": 3,
    "Devis et tiers payant": 31,
    "Paiement en caisse": 4,
    "Prise de rendez-vous en ligne": 19,
    "Atelier de montage": 14,
    "SMS « lunettes prêtes »": 0,
    "Ajustage gratuit": 0,
    "Service après-vente": 22,
    "Courriel de rappel à 24 mois": 5,
    "Demande d'avis par SMS": 3,
    "Parrainage": 2,
}
#: deaths by cancer, United States, 2010 (National Vital Statistics Reports 61(4)): the SAS/QC manual's example
CDC = {
    "Lip, oral cavity and pharynx": 8474,
    "Esophagus": 14490,
    "Stomach": 11390,
    "Colon, rectum and anus": 52622,
    "Liver and intrahepatic bile ducts": 20305,
    "Pancreas": 36888,
    "Larynx": 3691,
    "Trachea, bronchus and lung": 158318,
    "Skin": 9154,
    "Breast": 41435,
    "Cervix": 3939,
    "Uterus": 8402,
    "Ovary": 14572,
    "Prostate": 28561,
    "Kidney and renal pelvis": 13219,
    "Bladder": 14731,
    "Meninges, brain, other central nervous system": 14164,
    "Hodgkin's disease": 1231,
    "Non-Hodgkin's lymphoma": 20294,
    "Leukemia": 22569,
    "Multiple myeloma and immunoproliferative": 11428,
    "Other lymphoid, hematopoietic and related": 68,
    "All other and unspecified": 64798,
}


def items(values: dict[str, float]) -> pd.DataFrame:
    return pd.DataFrame({"item": list(values), "amount": list(values.values())})


def test_seven_of_the_optician_s_nineteen_touchpoints_carry_82_per_cent() -> None:
    table = analysis.pareto(items(LAMBERT), "item", "amount")
    assert len(table) == 19
    assert table.attrs["total"] == 166
    assert round(100 * table.loc[4, "cumulative"], 1) == 68.1
    assert table.attrs["vital_count"] == 7
    assert round(100 * table.attrs["vital_share"], 1) == 81.9
    assert table.loc[:6, "label"].tolist() == [
        "Devis et tiers payant",
        "Appel téléphonique",
        "Service après-vente",
        "Prise de rendez-vous en ligne",
        "Site web : page « Nos marques »",
        "Atelier de montage",
        "Avis Google",
    ]
    assert not table.attrs["flat"]
    assert table.attrs["positive"] == 16


def test_the_columns_and_their_names() -> None:
    table = analysis.pareto(items({"a": 3, "b": 1}), "item", "amount")
    assert list(table.columns) == ["label", "value", "rank", "share", "cumulative", "vital"]
    assert table["rank"].tolist() == [1, 2]
    assert table["share"].tolist() == [0.75, 0.25]
    assert table["cumulative"].tolist() == [0.75, 1.0]
    assert {"vital_count", "vital_share", "flat", "other_share"} <= set(table.attrs)


def test_the_sas_manual_s_23_causes_in_plain_order() -> None:
    table = analysis.pareto(items(CDC), "item", "amount")
    assert (len(table), table.attrs["total"]) == (23, 574_743)
    assert table.attrs["vital_count"] == 10
    assert round(100 * table.attrs["vital_share"], 2) == 80.13
    assert not table.attrs["flat"]


def test_the_sas_manual_s_23_causes_with_all_other_last() -> None:
    table = analysis.pareto(items(CDC), "item", "amount", other="All other and unspecified")
    assert table["label"].iloc[-1] == "All other and unspecified"
    assert table.attrs["vital_count"] == 14
    assert round(100 * table.attrs["vital_share"], 2) == 80.66
    assert not table["vital"].iloc[-1]
    assert round(table.attrs["other_share"], 4) == round(64798 / 574743, 4)
    assert table.attrs["big_other"]
    assert table.attrs["flat"]  # 14 of 22


def test_ten_equal_items_need_eight_and_are_flat() -> None:
    table = analysis.pareto(items({f"item {n}": 1 for n in range(10)}), "item", "amount")
    assert table.attrs["vital_count"] == 8
    assert table.attrs["flat"]
    assert table.attrs["tied"] == ["item 8", "item 9"]


def test_flat_is_judged_among_the_items_above_zero() -> None:
    table = analysis.pareto(pd.DataFrame({"item": list("abcdefghij"), "n": [20] * 5 + [0] * 5}), "item", "n")
    assert (table.attrs["vital_count"], table.attrs["positive"], table.attrs["flat"]) == (4, 5, True)  # 4 of 5, not of 10
    steep = analysis.pareto(pd.DataFrame({"item": list("abcde"), "n": [60, 15, 9, 8, 8]}), "item", "n")
    assert (steep.attrs["vital_count"], steep.attrs["flat"]) == (3, False)  # 3 of 5 are 60 %, not more


def test_other_is_big_when_it_is_among_the_three_largest() -> None:
    third = analysis.pareto(pd.DataFrame({"item": ["a", "b", "Other", "c"], "n": [50, 40, 30, 10]}), "item", "n", other="Other")
    fourth = analysis.pareto(pd.DataFrame({"item": ["a", "b", "c", "Other"], "n": [50, 40, 35, 30]}), "item", "n", other="Other")
    assert (third.attrs["big_other"], fourth.attrs["big_other"]) == (True, False)


def test_sums_that_only_floats_miss_still_reach_the_line() -> None:
    # ten times 0.1 sums to 0.9999999999999999 in floats: eight of them must be 80 %
    assert analysis.pareto(items({f"{n}": 0.1 for n in range(10)}), "item", "amount").attrs["vital_count"] == 8
    assert analysis.pareto(items({"a": 0.3, "b": 0.5, "c": 0.2}), "item", "amount").attrs["vital_count"] == 2


def test_ties_are_ordered_by_label_without_case_or_accents() -> None:
    table = analysis.pareto(items({"Été": 1, "zone": 1, "eta": 1, "Accueil": 1, "œuvre": 1, "old": 1}), "item", "amount")
    assert table["label"].tolist() == ["Accueil", "eta", "Été", "œuvre", "old", "zone"]


def test_an_other_too_large_leaves_no_vital_few() -> None:
    table = analysis.pareto(items({"a": 10, "b": 5, "Autre": 85}), "item", "amount", other="autre")
    assert not table.attrs["reachable"]
    assert table.attrs["vital_count"] == 0
    assert not table["vital"].any()
    assert table.attrs["other_share"] == 0.85


def test_occurrences_are_summed_or_counted() -> None:
    rows = pd.DataFrame({"cause": ["wait", "price", "wait"], "lost": [10.0, 50.0, 15.0]})
    assert analysis.pareto(rows, "cause", "lost")["value"].tolist() == [50.0, 25.0]
    assert analysis.pareto(rows, "cause")["value"].tolist() == [2.0, 1.0]


def test_missing_amounts_are_not_zeros() -> None:
    rows = pd.DataFrame({"cause": ["a", "b", None], "n": pd.array([3, None, 4], dtype="Int64")})
    table = analysis.pareto(rows, "cause", "n")
    assert table["label"].tolist() == ["a"]
    assert table.attrs["missing"] == ["b"]
    assert table.attrs["unlabelled"] == 4


def test_zero_rows_are_listed_and_never_vital() -> None:
    table = analysis.pareto(items({"a": 1, "b": 0}), "item", "amount", threshold=1.0)
    assert table["vital"].tolist() == [True, False]


def test_nothing_to_share_out() -> None:
    table = analysis.pareto(items({"a": 0, "b": 0}), "item", "amount")
    assert table.attrs["vital_count"] == 0
    assert table["share"].isna().all()
    empty = analysis.pareto(items({}), "item", "amount")
    assert len(empty) == 0
    assert empty.attrs["vital_count"] == 0
    assert analysis.pareto(items({"only": 5}), "item", "amount").attrs["vital_count"] == 1


def test_negative_values_are_refused_by_name_in_both_languages() -> None:
    with pytest.raises(NegativeValues) as caught:
        analysis.pareto(items({"refund": -3, "a": 1}), "item", "amount")
    assert caught.value.code == "negative_values"
    assert "refund" in caught.value.message("en")


def test_what_cannot_be_is_named() -> None:
    with pytest.raises(MissingColumns, match="lost"):
        analysis.pareto(items({"a": 1}), "item", "lost")
    with pytest.raises(BadScale):
        analysis.pareto(items({"a": 1}), "item", "amount", threshold=80)
    with pytest.raises(BadScale) as caught:
        analysis.pareto(pd.DataFrame({"item": ["a"], "amount": ["many"]}), "item", "amount")
    assert caught.value.code == "not_a_number"


@given(
    st.lists(st.integers(0, 1000), min_size=1, max_size=30),
    st.floats(0.05, 1.0),
)
@settings(max_examples=100, deadline=None)
def test_the_vital_few_reach_the_line_and_one_fewer_does_not(values: list[int], threshold: float) -> None:
    table = analysis.pareto(pd.DataFrame({"k": [f"k{n}" for n in range(len(values))], "v": values}), "k", "v", threshold)
    total, count = sum(values), table.attrs["vital_count"]
    if total == 0:
        assert count == 0
        return
    assert table["value"].head(count).sum() >= threshold * total * (1 - 1e-9)
    assert table["value"].head(count - 1).sum() < threshold * total
    assert table["cumulative"].is_monotonic_increasing
    assert table["value"].is_monotonic_decreasing
    assert table["vital"].sum() == count


def test_stable_items_stay_among_the_vital_few_and_close_ones_swing() -> None:
    stays = analysis.pareto_stability(items(LAMBERT), "item", "amount").set_index("label")["stays"]
    assert stays["Devis et tiers payant"] == 1.0
    assert 0.3 < stays["Avis Google"] < 0.95  # 9 complaints, next to 8
    assert stays["Ajustage gratuit"] == 0.0
    again = analysis.pareto_stability(items(LAMBERT), "item", "amount").set_index("label")["stays"]
    assert stays.equals(again)


def test_resampling_draws_rows_when_an_item_has_several_and_nothing_from_a_cost() -> None:
    rows = pd.DataFrame({"cause": ["a"] * 50 + ["b"] * 2, "lost": [1.5] * 52})
    table = analysis.pareto_stability(rows, "cause", "lost")
    assert (table.attrs["unit"], table.attrs["n"]) == ("rows", 52)
    assert table["stays"].tolist()[0] == 1.0
    costs = analysis.pareto_stability(items({"a": 10.5, "b": 3.25}), "item", "amount")
    assert costs.attrs["unit"] is None
    assert costs["stays"].isna().all()


def test_as_many_rows_are_drawn_as_there_are() -> None:
    # 6 rows of a, 4 of b: b carries half of ten rows alone when it has six of them or more, P(Bin(10, 0.4) ≥ 6) = 0.1662
    rows = pd.DataFrame({"cause": ["a"] * 6 + ["b"] * 4, "lost": [1.5] * 10})
    table = analysis.pareto_stability(rows, "cause", "lost", threshold=0.5, draws=5_000)
    assert table["stays"].tolist() == pytest.approx([0.8338, 0.1662], abs=0.02)


def test_resampling_keeps_other_out() -> None:
    table = analysis.pareto_stability(items(CDC), "item", "amount", other="All other and unspecified", draws=50)
    assert table["stays"].iloc[-1] == 0
    assert len(analysis.pareto_stability(items({}), "item", "amount")) == 0


def test_nobody_stays_among_the_vital_few_where_other_is_too_large_for_any() -> None:
    rows = pd.DataFrame({"cause": ["a", "b", "Other"], "n": [60, 40, 900]})
    assert analysis.pareto_stability(rows, "cause", "n", other="Other")["stays"].tolist() == [0.0, 0.0, 0.0]


def test_one_bar_alone_is_not_flat() -> None:
    assert not analysis.pareto(pd.DataFrame({"cause": ["Prix"], "n": [7]}), "cause", "n").attrs["flat"]
