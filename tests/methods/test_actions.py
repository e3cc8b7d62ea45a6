"""Actions proposed from quick wins and pain points, with known remedies."""

from __future__ import annotations

import pandas as pd
import pytest

import analysis
from analysis.errors import MissingColumns
from analysis.language import translator
from analysis.methods import proposals, remedies
from analysis.methods.frames import folded
from analysis.methods.remedies import REMEDIES, remedy_for
from analysis.methods.remedy_words import PAINS, TYPES, pains_of, types_of

#: touchpoints and pain points of the optician's inventory, and the remedy that one expects
OPTICIAN = [
    ("Affiche en vitrine", "Magasin", "Peu visible depuis le trottoir d'en face", "print_place"),
    ("Avis Google", "Indirect", "Réponses aux avis négatifs absentes depuis 6 mois", "reviews_answer"),
    ("Site web : page « Nos marques »", "Site web", "Prix introuvables", "price_public"),
    ("Site web : page « Nos marques »", "Site web", "pages lentes sur mobile", "web_speed"),
    ("Comparateur de mutuelles", "Site web", "Tableau illisible", "comparison_simple"),
    ("Essayage des montures", "Magasin", "Miroirs trop bas", "shop_comfort"),
    ("Devis et tiers payant", "Magasin", "Reste à charge incompris", "quote_plain"),
    ("Devis et tiers payant", "Magasin", "devis refait deux fois", "quote_once"),
    ("Prise de rendez-vous en ligne", "Site web", "Créneaux faux, double réservation", "booking_sync"),
    ("Atelier de montage", "Magasin", "Délai de 12 jours annoncé à 7", "delivery_promise"),
    ("Service après-vente", "Téléphone", "Dossier à réexpliquer à chaque appel", "service_history"),
    ("Courriel de rappel à 24 mois", "E-mail", "Même message pour tous", "loyalty_segment"),
    ("Demande d'avis par SMS", "SMS", "Envoyée trop tôt", "reviews_moment"),
    ("Parrainage", "E-mail", "Offre peu connue", "referral_offer"),
]
ENGLISH = [
    ("Checkout", "Web site", "Delivery fees only show at the end", "checkout_costs"),
    ("Live chat", "Chat", "Nobody answers in the evening", "chat_trained"),
    ("Newsletter", "E-mail", "Too many mails, always the same", "email_less"),
    ("Product page", "Web site", "Pages load slowly on mobile", "web_speed"),
    ("Customer service", "Phone", "I had to explain my case again at each call", "service_history"),
    ("Google Ads", "Online advertising", "The landing page is not what was promised", "ads_landing"),
    ("Delivery", "Carrier", "No news of my parcel, where is it?", "delivery_tracking"),
    ("Returns", "Post", "Refund took a month", "returns_free"),
]


@pytest.mark.parametrize(("name", "channel", "pain", "code"), [*OPTICIAN, *ENGLISH])
def test_the_remedy_fits_the_touchpoint_and_what_hurts(name: str, channel: str, pain: str, code: str) -> None:
    assert remedy_for(types_of(name, channel), pain).code == code


def test_the_library_is_large_unambiguous_and_in_both_languages() -> None:
    assert len(REMEDIES) >= 60
    assert len({remedy.code for remedy in REMEDIES}) == len(REMEDIES)
    assert len({remedy.title for remedy in REMEDIES}) == len(REMEDIES)
    french = remedies("fr")
    assert (french["remedy"] != remedies("en")["remedy"]).all()
    t = translator("fr")
    assert all(t(remedy.kpi) for remedy in REMEDIES)
    for remedy in REMEDIES[:-1]:
        assert set(remedy.types) <= {*TYPES, "any"}, remedy.code
        assert set(remedy.pains) <= set(PAINS), remedy.code


def test_every_type_of_touchpoint_has_a_remedy_of_its_own() -> None:
    for kind in TYPES:
        assert remedy_for([kind]).code != "listen", kind


def test_an_unknown_touchpoint_is_to_be_listened_to() -> None:
    assert remedy_for(types_of("Zzz")).code == "listen"
    assert pains_of("") == []


def touchpoints() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "id": ["t1", "t2", "t3", "t4"],
            "touchpoint": ["Devis et tiers payant", "Appel téléphonique", "Bouche-à-oreille", "Atelier de montage"],
            "stage": ["Décision", "Considération", "Sensibilisation", "Achat"],
            "stage_id": ["s3", "s2", "s1", "s4"],
            "channel": ["Magasin", "Téléphone", "Indirect", None],
            "impact": [10.0, 7, None, 2],
            "effort": [6.0, 2, 6, 9],
            "score": [80.0, 60, 40, 20],
            "complaints": [31.0, 24, 0, None],
            "experience": [-1.6, 0.2, 2.0, -1.0],
            "provenance": ["measured", "assumed", "assumed", "assumed"],
            "n": [207.0, None, None, None],
        }
    )


def cards() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "id": ["c1", "c2", "c3", "c4", "c5"],
            "lane": ["pain_point", "pain_point", "delight", "frustration", "pain_point"],
            "touchpoint_id": ["t1", "t1", "t3", None, None],
            "stage_id": ["s3", "s3", "s1", "s2", None],
            "stage": ["Décision", "Décision", "Sensibilisation", "Considération", None],
            "text": ["Reste à charge incompris", "jargon du devis", "merci", "Le site est trop lent", "nulle part"],
            "count": [5.0, None, None, None, None],
        }
    )


def test_quick_wins_pain_points_and_low_emotions_get_proposals_in_the_order_of_the_plan() -> None:
    plan = proposals(touchpoints(), cards(), "fr")
    assert plan["touchpoint_id"].tolist()[:2] == ["t2", "t1"]  # quick win, then big bet
    assert plan["touchpoint_id"].tolist()[-1] == "t4"  # a money pit, last and greyed
    assert plan["greyed"].tolist()[-1]
    assert "t3" not in plan["touchpoint_id"].tolist()  # delighted, and no quick win
    assert plan["order"].tolist() == [1, 2, 3, 4]


def test_pain_points_with_the_same_remedy_make_one_action_that_answers_both() -> None:
    plan = proposals(touchpoints(), cards(), "fr").set_index("touchpoint_id")
    assert plan.loc["t1", "remedy"] == "quote_plain"
    assert plan.loc["t1", "cards"] == ["c1", "c2"]
    assert plan.loc["t1", "pain_points"] == 2
    assert plan.loc["t1", "kpi"] == "Taux d’acceptation des devis"


def test_the_reason_quotes_the_customer_and_gives_the_figures() -> None:
    french = proposals(touchpoints(), cards(), "fr").set_index("touchpoint_id")
    assert french.loc["t1", "reason"] == (
        "Irritants\u00a0: «\u00a0Reste à charge incompris\u00a0» et «\u00a0jargon du devis\u00a0». "
        "Projet majeur\u00a0: impact 10, effort 6. Émotion −1,6, sur 207 réponses. 31 réclamations."
    )
    english = proposals(touchpoints(), cards(), "en").set_index("touchpoint_id")
    assert english.loc["t2", "reason"] == "Quick win: impact 7, effort 2. 24 complaints."
    assert english.loc["t4", "reason"] == "Money pit: impact 2, effort 9. Emotion −1, assumed."


def test_a_pain_point_that_only_has_a_stage_is_answered_there() -> None:
    plan = proposals(touchpoints(), cards(), "en")
    row = plan[plan["touchpoint_id"].isna()].iloc[0]
    assert (row["stage"], row["remedy"], row["cards"]) == ("Considération", "web_speed", ["c4"])


def test_what_is_planned_already_is_not_proposed_again() -> None:
    plan = proposals(touchpoints(), cards(), "fr", known=[("t1", "quote_plain")])
    assert "t1" not in plan["touchpoint_id"].tolist()


def test_names_alone_are_enough_and_nothing_gives_nothing() -> None:
    assert len(proposals(pd.DataFrame({"touchpoint": ["Chat"]}), None, "en")) == 0
    assert len(proposals(pd.DataFrame({"touchpoint": []}), None, "en")) == 0
    one = proposals(pd.DataFrame({"touchpoint": ["Chat"], "impact": [9], "effort": [2]}), None, "en")
    assert one["remedy"].tolist() == ["chat_common"]
    with pytest.raises(MissingColumns, match="touchpoint"):
        proposals(pd.DataFrame({"name": ["Chat"]}))


def test_an_empty_project_has_nothing_to_propose() -> None:
    plan = analysis.propose_actions(analysis.Project.new("Essai", language="fr"), "fr")
    assert len(plan) == 0
    assert {"action", "touchpoint", "reason", "kpi", "quadrant"} <= set(plan)


def two_pains() -> pd.DataFrame:
    return cards().assign(text=["Reste à charge incompris", "devis refait deux fois", "merci", "Le site est trop lent", "nulle part"])


def test_two_difficulties_of_a_touchpoint_get_an_action_each_up_to_the_most() -> None:
    both = proposals(touchpoints(), two_pains(), "fr")
    assert both.loc[both["touchpoint_id"] == "t1", "remedy"].tolist() == ["quote_plain", "quote_once"]
    one = proposals(touchpoints(), two_pains(), "fr", most=1)
    assert one.loc[one["touchpoint_id"] == "t1", "remedy"].tolist() == ["quote_plain"]  # five customers said it


def test_an_action_written_by_hand_in_the_same_words_is_not_proposed_again() -> None:
    title = "réécrire le DEVIS en mots simples : ce qui est payé, par qui, ce qui reste à charge"
    plan = proposals(touchpoints(), cards(), "fr", known=[("t1", folded(title))])
    assert "t1" not in plan["touchpoint_id"].tolist()


def test_against_what_nobody_knows_the_action_is_to_find_the_cause_of_what_is_said_most() -> None:
    said = cards().assign(text=["Vert pomme", "Bleu ciel", "merci", "", ""], count=[1, 4, None, None, None])
    plan = proposals(touchpoints(), said, "fr").set_index("touchpoint_id")
    assert plan.loc["t1", "action"] == "Supprimer la cause de «\u00a0Bleu ciel\u00a0»\u00a0: observer cinq clients à ce moment, corriger, vérifier"
    assert plan.loc["t1", "cards"] == ["c1", "c2"]
