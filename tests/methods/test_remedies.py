"""Remedies against what customers say: forty pain points in their words, and what a consultant would answer."""

from __future__ import annotations

import pytest

from analysis.methods import THEMES, theme_of
from analysis.methods.remedies import PAINS, REMEDIES, remedy_for, types_of

#: touchpoint, channel, pain point → codes that fit, and the theme
SAID = [
    ("Site web", "", "Illisible sur mobile", "web_mobile", "mobile"),
    ("Page produit", "site", "Les pages mettent trop de temps à charger", "web_speed", "performance"),
    ("Site web", "", "On ne trouve pas les tarifs", "price_public web_navigation", "find price"),
    ("Site web", "", "Impossible de trouver le numéro de téléphone dans les menus", "web_navigation", "find"),
    ("Formulaire de contact", "site web", "Beaucoup trop de champs à remplir", "web_forms", "form"),
    ("Panier", "site web", "Il faut créer un compte pour commander", "checkout_steps web_forms", "form"),
    ("Paiement en ligne", "site web", "Pas de paiement en plusieurs fois", "checkout_payment", "payment"),
    ("Panier", "site web", "Les frais de livraison n’apparaissent qu’à la fin", "checkout_costs", "price"),
    ("Paiement", "site web", "Peur de donner sa carte bancaire, site peu rassurant", "checkout_trust data_trust", "trust payment"),
    ("Appel au service client", "téléphone", "20 minutes d’attente avant d’avoir quelqu’un", "phone_callback service_time", "wait"),
    ("Standard téléphonique", "téléphone", "Personne ne répond après 18 h", "phone_hours", "unreachable"),
    ("Service client", "téléphone", "Il faut réexpliquer son problème à chaque interlocuteur", "service_history", "repeat"),
    ("SAV", "e-mail", "Réponse au bout de dix jours", "service_time", "wait"),
    ("Réclamation", "e-mail", "On ne sait jamais où en est le dossier", "service_owner service_proactive", "information"),
    ("Devis", "e-mail", "Devis incompréhensible, plein de jargon", "quote_plain", "unclear"),
    ("Devis", "", "Le devis est arrivé trois semaines après la visite", "quote_fast", "wait"),
    ("Facture", "courrier", "Montant prélevé différent de celui annoncé", "billing_alert", "promise error"),
    ("Livraison", "transporteur", "Colis livré abîmé", "delivery_packing", "quality"),
    ("Livraison", "", "Date de livraison annoncée non tenue", "delivery_promise", "promise"),
    ("Livraison", "", "Aucune nouvelle entre la commande et la livraison", "delivery_tracking", "information"),
    ("Retours", "", "Retour payant et compliqué", "returns_free", "returns"),
    ("Magasin", "boutique", "File d’attente interminable à la caisse", "shop_fast shop_welcome till_fast", "wait"),
    ("Accueil en agence", "agence", "Vendeur désagréable et pressé", "sales_training staff_training shop_welcome", "attitude"),
    ("Boutique", "", "Le modèle vu sur internet est en rupture", "shop_stock", "stock"),
    ("Conseil en magasin", "boutique", "Le conseiller ne connaissait pas le produit", "shop_expert staff_training sales_training", "skill"),
    ("Newsletter", "e-mail", "Trop de mails chaque semaine", "email_less", "frequency"),
    ("Newsletter", "e-mail", "Toujours les mêmes offres pour tout le monde", "email_segment loyalty_segment", "impersonal"),
    ("Prise de rendez-vous en ligne", "site", "Créneau réservé mais inconnu de l’agence", "booking_sync", "booking_error"),
    ("Avis Google", "", "Les avis négatifs restent sans réponse", "reviews_answer", "negative_reviews"),
    ("Programme de fidélité", "", "Personne ne sait à quoi sert la carte", "loyalty_visible", "unknown unclear"),
    ("Web site", "", "The site is unreadable on my phone", "web_mobile", "mobile"),
    ("Checkout", "web", "The page crashes when I pay", "web_speed checkout_trust", "performance"),
    ("Help desk", "phone", "I was transferred four times and had to start again", "service_history", "repeat"),
    ("Live chat", "chat", "The bot never hands over to a human", "chat_common chat_trained", "unreachable"),
    ("Delivery", "", "Parcel two days late and nobody told me", "delivery_tracking delivery_promise service_proactive", "wait information"),
    ("Store", "", "No parking and it is too crowded on Saturdays", "shop_comfort", "comfort"),
    ("Invoice", "", "Hidden fees on the bill", "billing_alert checkout_costs billing_clear quote_plain", "price"),
    ("Onboarding", "app", "I did not understand where to start", "onboarding_steps onboarding_call app_tasks", "unclear"),
    ("Customer survey", "e-mail", "The questionnaire is far too long", "feedback_short", "form wait"),
    ("Online advertising", "", "The ad promises a discount that the page does not show", "ads_landing", "promise"),
    ("Sales call", "phone", "Pushy salesman, I felt under pressure", "sales_training staff_training sales_listen", "attitude"),
    ("Contract", "", "Asked for the same documents three times", "contract_short quote_once", "repeat"),
]  # fmt: skip


@pytest.mark.parametrize(("touchpoint", "channel", "pain", "codes", "theme"), SAID, ids=[row[2][:40] for row in SAID])
def test_the_remedy_answers_what_was_said(touchpoint: str, channel: str, pain: str, codes: str, theme: str) -> None:
    assert remedy_for(types_of(touchpoint, channel), pain).code in codes.split()


@pytest.mark.parametrize(("touchpoint", "channel", "pain", "codes", "theme"), SAID, ids=[row[2][:40] for row in SAID])
def test_its_theme_is_what_it_is_about(touchpoint: str, channel: str, pain: str, codes: str, theme: str) -> None:
    assert theme_of(pain) in theme.split()


@pytest.mark.parametrize(
    ("text", "not_this"),
    [
        ("Je dois chercher partout", "price"),
        ("On ne m’a pas écouté", "price"),
        ("Il faudrait remplacer la vendeuse", "comfort"),
        ("Le modèle de template est laid", "wait"),
        ("Je n’arrive pas à télécharger la facture (upload)", "wait"),
        ("Un accueil inattendu", "wait"),
    ],
)
def test_a_word_inside_another_one_says_nothing(text: str, not_this: str) -> None:
    assert theme_of(text) != not_this


def test_a_text_that_speaks_of_no_difficulty_has_no_theme() -> None:
    assert theme_of("Bonjour") is None
    assert set(THEMES) == set(PAINS)


def test_every_remedy_speaks_of_known_difficulties() -> None:
    assert {pain for remedy in REMEDIES for pain in remedy.pains} <= set(PAINS)
    assert len(REMEDIES) >= 60
