"""Remedies against what customers say: forty pain points in their words, and what a consultant would answer."""

from __future__ import annotations

import pytest

from analysis.methods import THEMES, theme_of
from analysis.methods.remedies import REMEDIES, remedy_for
from analysis.methods.remedy_words import PAINS, types_of

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


#: of trades that nobody had in mind when the words were collected: touchpoint, channel, pain point → codes that fit
ELSEWHERE = [
    ("Quote", "E-mail", "Three documents and no total", "quote_plain"),
    ("Contract", "E-mail", "Notice period hard to find", "any_find"),
    ("Contract", "E-mail", "Eighteen pages", "contract_short any_steps"),
    ("Discovery call", "Phone", "Asked the same questions as the form", "service_history"),
    ("Price increase letter", "Post", "No word about what has improved", "letter_plain"),
    ("Yearly review meeting", "Video call", "Was cancelled twice", "meeting_kept"),
    ("Help centre", "Web site", "Screenshots of the former portal", "help_update"),
    ("Filtres et recherche", "Site web", "Pas de filtre par matière", "finder_filters"),
    ("Lettre d’information", "E-mail", "Trois envois par semaine", "email_less"),
    ("Création de compte", "Site web", "Mot de passe refusé sans explication", "app_login"),
    ("Programme de fidélité", "Compte client", "Points qui expirent sans prévenir", "loyalty_expiry"),
    ("Message du transporteur", "SMS", "On le prend pour une arnaque", "sender_known"),
    ("Remboursement ou échange", "Compte client", "Quatorze jours sans nouvelle", "returns_news"),
    ("Réservation de chambre", "Site web", "Impossible de modifier les dates sans appeler", "booking_self"),
    ("Accueil téléphonique de la mairie", "Téléphone", "On tombe toujours sur un répondeur", "phone_hours"),
    ("Demande de passeport", "Guichet", "Cinq justificatifs à fournir", "any_steps"),
    ("Discharge", "Hospital", "Nobody told us what to do next", "any_news"),
    ("Test results", "Patient portal", "Results full of medical words", "web_plain any_plain"),
    ("Borne de recharge", "Parking", "Borne hors service une fois sur trois", "any_reliable"),
    ("Commande au drive", "App", "Produits manquants dans la commande", "quality_check"),
    ("Onboarding e-mail", "E-mail", "Five mails in the first week", "email_less"),
    ("Bill", "E-mail", "The bill is different every month and nobody explains why", "billing_clear"),
    ("Newsletter", "E-mail", "Rien d’intéressant pour moi", "email_segment loyalty_segment"),
]  # fmt: skip


@pytest.mark.parametrize(("touchpoint", "channel", "pain", "codes"), ELSEWHERE, ids=[row[2][:40] for row in ELSEWHERE])
def test_the_remedy_answers_in_other_trades_too(touchpoint: str, channel: str, pain: str, codes: str) -> None:
    assert remedy_for(types_of(touchpoint, channel), pain).code in codes.split()


@pytest.mark.parametrize("pain", ["Photos sur un seul gabarit", "Valid for ten days only", "Mannequins toutes de la même taille"])
def test_against_what_nobody_knows_a_remedy_for_it_is_looked_for_and_not_guessed(pain: str) -> None:
    assert remedy_for(types_of("Fiche produit", "Site web"), pain).code == "listen"


def test_a_name_is_not_taken_for_another_type_by_a_part_of_a_word() -> None:
    assert "onboarding" not in types_of("Lettre d’information", "E-mail")
    assert "print" not in types_of("Contract", "E-mail")
    assert "shop" not in types_of("Page d’accueil du site")
    assert types_of("Kick-off", "Video call") == ["meeting"]
    assert types_of("Named adviser", "", "customer_service") == ["sales"]  # a family says something only where nothing else does
    assert types_of("Point mort", "", "customer_service") == ["service"]


def test_each_difficulty_has_a_remedy_wherever_it_is_met() -> None:
    for kind in PAINS:
        assert [remedy.code for remedy in REMEDIES if "any" in remedy.types and kind in remedy.pains], kind
