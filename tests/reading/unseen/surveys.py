"""Surveys as the tools export them."""
# ruff: noqa: UP012  (the same form for every file, whatever its letters)

from __future__ import annotations

from . import case


@case("google_forms.csv")
def _():
    return (
        '"Horodateur","Comment évaluez-vous l\'accueil ? (1 à 5)","Sur une échelle de 0 à 10, recommanderiez-vous notre institut ?","Qu\'est-ce qui vous a déplu ?","Vous êtes…"\n'
        '"2026/03/01 6:14:21 PM UTC+1","4","9","Rien","Une cliente régulière"\n"2026/03/02 9:05:00 AM UTC+1","2","3","L\'attente\nà la caisse","Une nouvelle cliente"\n"2026/03/02 9:30:10 AM UTC+1","","10","","Une cliente régulière"\n'
    ).encode(), {0: {
        "kind": "survey", "rows": {"data": 3}, "columns": {"date": ["2026-03-01 18:14:21", "2026-03-02 09:05:00", "2026-03-02 09:30:10"], "nps": [9, 3, 10]},
        "questions": {"Comment évaluez-vous l'accueil ? (1 à 5)": [4, 2, None]},
    }}  # fmt: skip


@case("google_forms_grille.csv")
def _():
    return (
        "Timestamp,How satisfied are you with the following? [Booking],How satisfied are you with the following? [Check-in],How satisfied are you with the following? [Room],Any comments?\n"
        "3/1/2026 18:14:21,Very satisfied,Satisfied,Neutral,Nice\n3/14/2026 9:05:00,Dissatisfied,Very dissatisfied,Satisfied,\n3/15/2026 10:00:00,Satisfied,,N/A,Cold\n"
    ).encode(), {0: {
        "kind": "survey", "touchpoints": ["Booking", "Check-in", "Room"],
        "questions": {"How satisfied are you with the following? [Booking]": [5, 2, 4], "How satisfied are you with the following? [Check-in]": [4, 1, None], "How satisfied are you with the following? [Room]": [3, 4, None]},
        "columns": {"date": ["2026-03-01 18:14:21", "2026-03-14 09:05:00", "2026-03-15 10:00:00"]},
    }}  # fmt: skip


@case("typeform.csv")
def _():
    return (
        "#,Quelle note donnez-vous à la livraison ?,Recommanderiez-vous la boutique à un ami ?,Pourquoi cette note ?,Votre téléphone,Start Date (UTC),Submit Date (UTC),Network ID\n"
        "k3j2h4,4,8,Rapide,'+33612345678,2026-03-01 10:00:00,2026-03-01 10:02:11,aa11\nz8y7x6,2,5,\"Cassé, hélas\",'+33698765432,2026-03-02 11:00:00,2026-03-02 11:01:01,bb22\n"
    ).encode(), {0: {"kind": "survey", "columns": {"nps": [8, 5], "comment": ["Rapide", "Cassé, hélas"]}, "questions": {"Quelle note donnez-vous à la livraison ?": [4, 2]}}}  # fmt: skip


@case("surveymonkey_matrice.csv")
def _():
    return (
        "Respondent ID,Collector ID,Start Date,End Date,IP Address,Please rate each step of your visit,,,How likely is it that you would recommend us?,What could we improve?\n"
        ",,,,,Booking,Reception,Payment,Response,Open-Ended Response\n"
        "118000001,4430,03/12/2026 10:00:00 AM,03/12/2026 10:03:00 AM,81.2.69.142,Good,Very good,Poor,9,Nothing\n118000002,4430,03/13/2026 10:00:00 AM,03/13/2026 10:04:00 AM,81.2.69.143,Fair,Good,Good,6,Parking\n"
    ).encode(), {0: {
        "kind": "survey", "rows": {"header": 2, "data": 2}, "touchpoints": ["Booking", "Reception", "Payment"],
        "questions": {"Please rate each step of your visit Booking": [4, 3], "Please rate each step of your visit Reception": [5, 4], "Please rate each step of your visit Payment": [2, 4]},
        "columns": {"nps": [9, 6]},
    }}  # fmt: skip


@case("limesurvey.csv")
def _():
    return (
        '"id. ID de la réponse","submitdate. Date de soumission","lastpage. Dernière page","startlanguage. Langue de départ","Q1[SQ001]. Quelle est votre satisfaction concernant : [Prise de rendez-vous]","Q1[SQ002]. Quelle est votre satisfaction concernant : [Salle d\'attente]","Q2. Commentaire libre"\n'
        '"1","2026-03-01 10:00:00","3","fr","4","2","Trop chaud"\n"2","2026-03-02 10:00:00","3","fr","5","1",""\n"3","","1","fr","","",""\n'
    ).encode(), {0: {
        "kind": "survey", "rows": {"data": 3}, "touchpoints": ["Prise de rendez-vous", "Salle d'attente"],
        "questions": {"Q1[SQ001]. Quelle est votre satisfaction concernant : [Prise de rendez-vous]": [4, 5, None], "Q1[SQ002]. Quelle est votre satisfaction concernant : [Salle d'attente]": [2, 1, None]},
    }}  # fmt: skip


@case("sphinx.csv")
def _():
    return (
        "CLE;DATE_SAISIE;Satisfaction_accueil;Satisfaction_delai;Satisfaction_prix;Recommandation_0_10;Suggestions\n"
        "1;02/03/2026;Tout à fait satisfait;Plutôt satisfait;Pas du tout satisfait;8;\n2;13/03/2026;Plutôt satisfait;Plutôt pas satisfait;Plutôt satisfait;4;Ouvrir le lundi\n3;14/03/2026;Non réponse;Tout à fait satisfait;Plutôt satisfait;10;\n"
    ).encode("cp1252"), {0: {
        "kind": "survey", "rows": {"data": 3},
        "questions": {"Satisfaction_accueil": [5, 4, None], "Satisfaction_delai": [4, 2, 5], "Satisfaction_prix": [1, 4, 4]}, "columns": {"nps": [8, 4, 10]},
    }}  # fmt: skip


@case("microsoft_forms.xlsx")
def _():
    import datetime as dt

    from .books import book

    rows = [
        ["ID", "Heure de début", "Heure de fin", "Adresse de messagerie", "Nom", "Quelle est votre satisfaction vis-à-vis de la livraison ?", "Quelle est la probabilité que vous nous recommandiez à un ami ou un collègue ?", "Un commentaire ?"],
        [1, dt.datetime(2026, 3, 1, 10, 0), dt.datetime(2026, 3, 1, 10, 4), "anonymous", None, "Très satisfait", 9, "Bravo"],
        [2, dt.datetime(2026, 3, 2, 10, 0), dt.datetime(2026, 3, 2, 10, 3), "anonymous", None, "Insatisfait", 2, None],
    ]  # fmt: skip
    return book({"Form1": rows}), {0: {
        "kind": "survey", "columns": {"satisfaction": [5, 2], "nps": [9, 2], "comment": ["Bravo", None]}, "touchpoints": ["livraison"],
    }}  # fmt: skip


@case("enquete_longue.csv")
def _():
    return (
        "date;client;point de contact;note /10;verbatim\n2026-03-01;C1;Accueil;8;aimable\n2026-03-01;C1;Caisse;4;lent\n2026-03-02;C2;Accueil;9;\n2026-03-02;C2;Caisse;NR;\n"
    ).encode(), {0: {"kind": "survey", "rows": {"data": 4}, "columns": {"touchpoint": ["Accueil", "Caisse", "Accueil", "Caisse"], "rating": [8, 4, 9, None]}, "scales": {"rating": (0, 10)}}}  # fmt: skip


@case("enquete_large_par_etape.csv")
def _():
    return (
        "Répondant;Date;Accueil : satisfaction (1-5);Conseil : satisfaction (1-5);Caisse : satisfaction (1-5);Commentaire général\n"
        "R1;01/03/2026;5;4;2;rien\nR2;15/03/2026;4;NSP;3;\nR3;16/03/2026;3;5;1;trop d'attente en caisse\n"
    ).encode(), {0: {
        "kind": "survey", "touchpoints": ["Accueil", "Conseil", "Caisse"],
        "questions": {"Accueil : satisfaction (1-5)": [5, 4, 3], "Conseil : satisfaction (1-5)": [4, None, 5], "Caisse : satisfaction (1-5)": [2, 3, 1]},
    }}  # fmt: skip


@case("groupe_nps.csv")
def _():
    return (
        "Response date,NPS score,NPS group,Customer comment,Store\n2026-03-01,9,Promoter,Great,Lyon\n2026-03-02,3,Detractor,Slow,Paris\n2026-03-03,7,Passive,,Lyon\n"
    ).encode(), {0: {"kind": "survey", "columns": {"nps": [9, 3, 7], "nps_group": ["Promoter", "Detractor", "Passive"], "comment": ["Great", "Slow", None]}}}  # fmt: skip
