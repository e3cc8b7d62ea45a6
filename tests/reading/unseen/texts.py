"""Text files: separators, encodings, quotes, amounts, dates."""
# ruff: noqa: UP012  (the same form for every file, whatever its letters)

from __future__ import annotations

import io
import zipfile

from . import case

NB, NNB = "\u00a0", "\u202f"


@case("sous_totaux_au_milieu.csv")
def _():
    return (
        "Étape;Point de contact;Réclamations;Coût (€)\n"
        "Découverte;Vitrine;3;120\nDécouverte;Site internet;7;80\nSous-total Découverte;;10;200\n"
        "Achat;Caisse;12;40\nAchat;Conseil en magasin;8;60\nSous-total Achat;;20;100\n"
        "TOTAL GÉNÉRAL;;30;300\n\nNB : les réclamations viennent du cahier de la boutique.\nSource : relevé de mars 2026\n"
    ).encode("cp1252"), {0: {
        "kind": "touchpoints", "rows": {"header": 1, "data": 4, "total": 3, "note": 2},
        "columns": {"stage": ["Découverte", "Découverte", "Achat", "Achat"], "complaints": [3, 7, 12, 8], "cost": [120, 80, 40, 60]},
    }}  # fmt: skip


@case("colonnes_vides.csv")
def _():
    return (
        "Point de contact;;Canal;;Importance (1 à 5);\nAccueil;;Magasin;;5;\nStandard;;Téléphone;;3;\nDevis;;E-mail;;4;\n"
    ).encode(), {0: {
        "kind": "touchpoints", "columns": {"touchpoint": ["Accueil", "Standard", "Devis"], "channel": ["Magasin", "Téléphone", "E-mail"], "importance": [5, 3, 4]},
        "scales": {"importance": (1, 5)},
    }}  # fmt: skip


@case("mots_comme_notes.csv")
def _():
    return (
        "Date;Point de contact;Satisfaction;Commentaire\n"
        "03/03/2026;Accueil;Plutôt satisfait;RAS\n14/03/2026;Accueil;Bof;un peu d'attente\n15/03/2026;Caisse;Très bien;\n"
        "16/03/2026;Caisse;n/a;\n17/03/2026;SAV;NSP;\n18/03/2026;SAV;ne sait pas;\n19/03/2026;SAV;Pas terrible;trop long\n20/03/2026;SAV;Nul;\n"
    ).encode(), {0: {"kind": "survey", "columns": {"satisfaction": [4, 2, 5, None, None, None, 2, 1]}, "scales": {"satisfaction": (1, 5)}}}  # fmt: skip


@case("notes_sur_cinq.csv")
def _():
    return (
        "Point de contact;Note des clients;Effort sur 10\nTerrasse;4,5/5;3\nComptoir;3/5;8\nLivraison;2,5 / 5;10\nSite;4 sur 5;1\n"
    ).encode(), {0: {"kind": "touchpoints", "columns": {"rating": [4.5, 3, 2.5, 4], "effort": [3, 8, 10, 1]}, "scales": {"effort": (0, 10)}}}  # fmt: skip


@case("montants_francais.csv")
def _():
    return (
        "Point de contact;Étape;Part des clients;Coût de mise en place;Coût annuel;Écart\n"
        f"Salon;Découverte;80 %;12 k€;1{NB}234,50 €;(120)\nSite;Achat;12,5{NB}%;1,2 M€;1{NNB}234{NNB}567,00{NB}€;-35\nAppli;Usage;3%;900 €;0 €;+12\n"
    ).encode(), {0: {
        "kind": "touchpoints", "columns": {"reach": [80, 12.5, 3], "cost": [12000, 1200000, 900], "running_cost": [1234.5, 1234567, 0], "Écart": [-120, -35, 12]},
    }}  # fmt: skip


@case("dates_de_toutes_sortes.csv")
def _():
    return (
        "Action;Responsable;Début;Échéance;Statut\nRefaire l'enseigne;Anne;3 mars 24;03/04/2024;fait\nFormer l'équipe;Bob;15 avr. 24;25/04/2024;en cours\n"
        "Changer de caisse;Anne;1er juin 2024;30/06/24;à faire\nSite mobile;Chloé;lundi 2 septembre 2024;2024-10-01;à faire\n"
    ).encode(), {0: {
        "kind": "actions",
        "columns": {"start_date": ["2024-03-03", "2024-04-15", "2024-06-01", "2024-09-02"], "due_date": ["2024-04-03", "2024-04-25", "2024-06-30", "2024-10-01"]},
    }}  # fmt: skip


@case("dates_en_numeros_d_excel.csv")
def _():
    return (
        "Date;Client;Note de recommandation (0 à 10);Pourquoi ?\n45323;C1;9;accueil\n45324;C2;4;prix\n45330;C3;10;tout\n45331;C4;7;\n"
    ).encode(), {0: {"kind": "survey", "columns": {"date": ["2024-02-01", "2024-02-02", "2024-02-08", "2024-02-09"], "nps": [9, 4, 10, 7]}}}  # fmt: skip


@case("retours_a_la_ligne.csv")
def _():
    return (
        '"Point de contact";"Irritants";"Impact (1-10)"\r\n"Accueil ""VIP""";"attente;\nbruit";"8"\r\n"Parking";"complet\r\nloin\r\npayant";"6"\r\n"Caisse";"";"4"\r\n'
    ).encode(), {0: {
        "kind": "touchpoints", "columns": {"touchpoint": ['Accueil "VIP"', "Parking", "Caisse"], "pain": ["attente;\nbruit", "complet\r\nloin\r\npayant", None], "impact": [8, 6, 4]},
    }}  # fmt: skip


_STAGES = "Étape{0}Point de contact{0}Effort (1-5)\nAvant{0}Réservation en ligne{0}2\nPendant{0}Arrivée à l'hôtel{0}4\nAprès{0}Facture{0}1\n"
_READ = {0: {
    "kind": "touchpoints",
    "columns": {"stage": ["Avant", "Pendant", "Après"], "touchpoint": ["Réservation en ligne", "Arrivée à l'hôtel", "Facture"], "effort": [2, 4, 1]},
}}  # fmt: skip


def _encoded(name, separator, encoding):
    @case(name)
    def _():
        return _STAGES.format(separator).encode(encoding), _READ


_encoded("tabulations.tsv", "\t", "utf-8")
_encoded("barres.txt", "|", "utf-8")
_encoded("texte_unicode_d_excel.txt", "\t", "utf-16")
_encoded("utf16_sans_marque.csv", ";", "utf-16-le")
_encoded("windows.csv", ";", "cp1252")
_encoded("marque.csv", ",", "utf-8-sig")


@case("vieux_mac.csv")
def _():
    text = (
        "Étape;Point de contact;Irritants\nDécouverte;Vitrine décorée;éclairage trop léger à l'entrée\nÀ l'achat;Cabine d'essayage;rideau cassé, étroit\n"
        "Après;Réclamation;délai trop élevé, très gêné\n"
    )
    return text.replace("\n", "\r").encode("mac_roman"), {0: {
        "kind": "touchpoints", "columns": {"stage": ["Découverte", "À l'achat", "Après"], "touchpoint": ["Vitrine décorée", "Cabine d'essayage", "Réclamation"]},
    }}  # fmt: skip


@case("latin9.csv")
def _():
    return (
        "Étape;Point de contact;Coût (€)\nAchat;Cœur de magasin;1 200,50 €\nUsage;Hôtesse;35 €\n"
    ).encode("iso-8859-15"), {0: {"columns": {"cost": [1200.5, 35]}, "headers": ["Étape", "Point de contact", "Coût (€)"]}}  # fmt: skip


@case("largeur_fixe.txt")
def _():
    return (
        "Etape        Point de contact     Impact   Effort\nDecouverte   Vitrine              7        2\n"
        "Achat        Caisse rapide        9        4\nUsage        Service apres vente  5        8\n"
    ).encode(), {0: {"kind": "touchpoints", "columns": {"stage": ["Decouverte", "Achat", "Usage"], "touchpoint": ["Vitrine", "Caisse rapide", "Service apres vente"], "impact": [7, 9, 5], "effort": [2, 4, 8]}}}  # fmt: skip


@case("espaces.txt")
def _():
    return (
        'date client nps commentaire\n2026-03-01 C1 9 "très bon accueil"\n2026-03-02 C2 3 "trop long"\n2026-03-03 C3 10 ""\n'
    ).encode(), {0: {"kind": "survey", "columns": {"nps": [9, 3, 10], "comment": ["très bon accueil", "trop long", None]}}}  # fmt: skip


@case("apostrophes.csv")
def _():
    return (
        "'Étape','Point de contact','Irritants'\n'Achat','Caisse','attente, bruit'\n'Usage','SAV','l''attente'\n'Usage','Notice','illisible'\n"
    ).encode(), {0: {"kind": "touchpoints", "columns": {"touchpoint": ["Caisse", "SAV", "Notice"], "pain": ["attente, bruit", "l'attente", "illisible"]}}}  # fmt: skip


@case("apostrophes_et_guillemets.csv")
def _():
    return (
        "id,'comment','score'\n1,'the \"best\" shop, really',9\n2,'don''t know, maybe',5\n3,'\"ok\"',7\n"
    ).encode(), {0: {"columns": {"comment": ['the "best" shop, really', "don't know, maybe", '"ok"']}, "rows": {"data": 3}}}  # fmt: skip


@case("archive.zip")
def _():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Requêtes.csv", "Requêtes les plus fréquentes,Clics,Impressions,CTR\nopticien lyon,120,2400,5%\nlunettes,60,3000,2%\n")
        archive.writestr("Pages.csv", "Page,Clics,Impressions,CTR\nhttps://a.fr/,90,1000,9%\nhttps://a.fr/rdv,30,600,5%\n")
        archive.writestr("__MACOSX/._Pages.csv", b"\x00\x05\x16\x07")
    return stream.getvalue(), {0: {"kind": "kpis", "rows": {"data": 2}}, 1: {"rows": {"data": 2}}, "tables": 2}


@case("ligne_d_unites.csv")
def _():
    return (
        "Point de contact;Part des clients;Coût;Délai de réponse\n;%;€;jours\nAccueil;45;200;1\nTéléphone;20;50;2\nCourrier;5;15;8\n"
    ).encode(), {0: {"kind": "touchpoints", "rows": {"unit": 1, "data": 3}, "columns": {"reach": [45, 20, 5], "cost": [200, 50, 15]}}}  # fmt: skip


@case("oui_non_et_croix.csv")
def _():
    return (
        "Étape;Point de contact;Moment de vérité;En ligne;Prioritaire\nAchat;Caisse;Oui;;x\nUsage;Appli;non;x;\nUsage;Atelier;OUI;;x\nFin;Avis;Non;x;\n"
    ).encode(), {0: {"kind": "touchpoints", "columns": {"moment_of_truth": [True, False, True, False]}}}  # fmt: skip


@case("etape_en_tete_de_groupe.csv")
def _():
    return (
        "Phase;Étape du parcours;Touchpoint;Émotion;Irritants\nAVANT;S'informer;Google;🙂;\n;;Instagram;😐;pas à jour\n;Réserver;Téléphone;😡;ne répond pas\n"
        "PENDANT;Arriver;Parking;🙁;complet\n;;Hall;😀;\n"
    ).encode(), {0: {
        "kind": "touchpoints", "columns": {
            "stage": ["S'informer", "S'informer", "Réserver", "Arriver", "Arriver"], "touchpoint": ["Google", "Instagram", "Téléphone", "Parking", "Hall"],
            "pain": [None, "pas à jour", "ne répond pas", "complet", None],
        },
    }}  # fmt: skip


@case("deux_tableaux.csv")
def _():
    return (
        "Parcours client - Garage Lebon\n\nÉtape;Point de contact;Impact (1-10)\nDevis;Téléphone;6\nDevis;E-mail;4\nRéparation;Atelier;9\n\n\n"
        "Plan d'action\n\nAction;Responsable;Échéance;Statut\nRépondre sous 24 h;Léa;15/05/2026;en cours\nAfficher les prix;Max;30/05/2026;à faire\n"
    ).encode(), {"tables": 2, 0: {"kind": "touchpoints", "rows": {"data": 3}, "columns": {"impact": [6, 4, 9]}}, 1: {"kind": "actions", "rows": {"data": 2}, "columns": {"due_date": ["2026-05-15", "2026-05-30"]}}}  # fmt: skip


@case("english_inventory.csv")
def _():
    return (
        'Stage,Touchpoint,Channel,Owner,"Impact (1-10)","Effort (1-10)",Setup cost,"% of customers",Pain points\n'
        'Awareness,Shop window,Store,Ann,6,3,"$1,200.50",40%,"dull; dusty"\nPurchase,Till,Store,Bob,8,5,"$300",95%,queue\nLoyalty,Newsletter,Email,Ann,4,2,$0,12.5%,\n'
    ).encode(), {0: {
        "kind": "touchpoints", "columns": {"impact": [6, 8, 4], "effort": [3, 5, 2], "cost": [1200.5, 300, 0], "reach": [40, 95, 12.5], "owner": ["Ann", "Bob", "Ann"]},
    }}  # fmt: skip


@case("indicateurs_par_mois.csv")
def _():
    return (
        "Indicateur;Objectif;janv. 2026;févr. 2026;mars 2026\nTaux de retour;5 %;7 %;6,5 %;6 %\nPanier moyen;60;52;54;58\nNPS;30;12;18;25\n"
    ).encode(), {0: {"kind": "kpis", "rows": {"data": 3}, "headers": ["Indicateur", "Objectif", "janv. 2026", "févr. 2026", "mars 2026"]}}  # fmt: skip


@case("avis_google.csv")
def _():
    return (
        "Auteur,Note,Date,Avis,Réponse du propriétaire\nMarie D.,5 étoiles,2026-02-01,Très bon accueil,Merci !\nJean P.,2 étoiles,2026-02-15,\"Attente trop longue, dommage\",\nKarim,4 étoiles,2026-03-01,,\n"
    ).encode(), {0: {"kind": "comments", "columns": {"rating": [5, 2, 4], "comment": ["Très bon accueil", "Attente trop longue, dommage", None]}}}  # fmt: skip


@case("tickets.csv")
def _():
    return (
        "Ticket ID;Sujet;Statut;Priorité;Créé le;Première réponse (min);Satisfaction\n1001;Livraison en retard;Résolu;Haute;02/03/2026 09:12;35;Bon\n"
        "1002;Colis abîmé;Ouvert;Urgente;14/03/2026 18:40;120;Mauvais\n1003;Facture;Résolu;Basse;15/03/2026 08:00;10;Bon\n"
    ).encode("cp1252"), {0: {"columns": {"id": ["1001", "1002", "1003"], "date": ["2026-03-02 09:12", "2026-03-14 18:40", "2026-03-15 08:00"]}, "rows": {"data": 3}}}  # fmt: skip


@case("mots_et_chiffres_melanges.csv")
def _():
    return (
        "Point de contact;Satisfaction (1 à 5)\nAccueil;4\nCaisse;Très satisfait\nSAV;2\nSite;5 - Très satisfait\nParking;Peu satisfait\nVitrine;3,5\n"
    ).encode(), {0: {"columns": {"satisfaction": [4, 5, 2, 5, 2, 3.5]}, "scales": {"satisfaction": (1, 5)}}}  # fmt: skip


@case("sans_en_tete.csv")
def _():
    return (
        "2026-03-01,boutique,9,rapide\n2026-03-02,boutique,4,attente\n2026-03-03,site,10,parfait\n"
    ).encode(), {0: {"rows": {"header": 0, "data": 3}}}  # fmt: skip


@case("espaces_autour.csv")
def _():
    return (
        '"Stage" , "Touchpoint" , "Impact (1-10)"\n"Before" , "Phone, fax" , 4\n"After" , "Letter" , 7\n'
    ).encode(), {0: {"kind": "touchpoints", "columns": {"touchpoint": ["Phone, fax", "Letter"], "impact": [4, 7]}}}  # fmt: skip


@case("codes_et_telephones.csv")
def _():
    return (
        "N° client;Nom;Téléphone;Code postal;CA annuel\n00123;Dupont;06 12 34 56 78;01000;1 250 €\n00124;Martin;+33 6 98 76 54 32;75011;980 €\n00200;Petit;0478000000;69003;2 100,75 €\n"
    ).encode(), {0: {"kind": "customers", "columns": {"customer_id": ["00123", "00124", "00200"], "revenue": [1250, 980, 2100.75]}}}  # fmt: skip


@case("echelles_sur_vingt.csv")
def _():
    return (
        "Points de contact;Satisfaction client /10;Importance /5;Note finale sur 20\nAccueil;8;5;16\nCaisse;6,5;4;12\nVitrine;9;2;18\n"
    ).encode(), {0: {"kind": "touchpoints", "columns": {"satisfaction": [8, 6.5, 9], "importance": [5, 4, 2]}, "scales": {"satisfaction": (0, 10), "importance": (1, 5)}}}  # fmt: skip
