"""Atelier Lumen, vêtements en ligne : ce que contient l'exemple français."""

from __future__ import annotations

NAME = "Atelier Lumen"
TITLE = "Atelier Lumen – parcours d'achat en ligne"
LANGUAGE, CURRENCY = "fr", "EUR"
SHEETS = ("Points de contact", "Enquête clientes", "Plan d'action", "Personas", "Équipe et clientes")

TOUCHPOINT_HEADERS = [
    "Étape", "Point de contact", "Canal", "Famille", "En ligne / hors ligne", "Influence sur la conversion (1-10)", "Effort (1-10)",
    "Importance (1-10)", "Adéquation au persona (1-10)", "Couverture (%)", "Coût de l'amélioration (€)", "Coût annuel (€)",
    "Satisfaction (1 à 5)", "Ressenti", "Irritants", "Points forts", "Nb réclamations", "Équipe", "Responsable",
]  # fmt: skip

#: étape : une ligne par point de contact, dans l'ordre des colonnes ci-dessus
TOUCHPOINTS = {
    "Découverte": """
Publicité Instagram|Réseaux sociaux|Marketing|En ligne|6|4|5|8|46|2500|18000|3,4|curieux|Mannequins toutes de la même taille||3|Marketing|Inès Carpentier
Vidéos d'une créatrice partenaire|Réseaux sociaux|Marketing|En ligne|7|5|6|9|21|6000|9600|4,2|enthousiaste||On voit le tombé du tissu en mouvement|1|Marketing|Inès Carpentier
Annonce sur Google|Moteur de recherche|Marketing|En ligne|7|4|7|7|58|3200|14400|3,3|neutre|La page d'arrivée ne correspond pas à l'annonce||6|Marketing|Hugo Mallet
Bouche-à-oreille entre amies|Indirect|Indirect|Hors ligne|9|7|8|8|34|||4,6|enchanté||Une amie a porté la pièce, on lui fait confiance|0||
Article dans un magazine de mode|Presse|Indirect|En ligne|4|6|3|5|9|1500|2400|3,9|intéressé|||0|Marketing|Inès Carpentier
Boutique éphémère à Lyon|Boutique|Vente|Hors ligne|5|9|5|6|4|15000|22000|4,4|ravi|Ouverte dix jours seulement|Toucher les matières avant d'acheter|2|Vente|Claire Vasseur
""",
    "Sélection": """
Page d'accueil du site|Site web|Vente|En ligne|6|5|6|7|81|4000|6000|3,5|intéressé|Trop de nouveautés mises en avant à la fois||4|Produit web|Thomas Guérin
Filtres et recherche|Site web|Vente|En ligne|7|4|7|7|64|3500|1200|2,9|agacé|Le filtre par taille montre des articles épuisés ; Pas de filtre par matière||17|Produit web|Thomas Guérin
Fiche produit|Site web|Vente|En ligne|9|5|9|9|78|5200|3600||hésitant|Photos sur un seul gabarit ; Composition écrite en tout petit|Gros plans sur la matière|29|Produit web|Sarah Benali
Guide des tailles|Site web|Vente|En ligne|9|3|9|9|55|1800|600||perdu|Tableau en centimètres, illisible sur mobile ; Les tailles varient d'une coupe à l'autre||41|Produit web|Sarah Benali
Avis clientes|Site web|Indirect|En ligne|8|3|8|8|49|900|1500||rassuré|Les avis ne disent pas la taille de la cliente|Photos de vraies clientes|5|Marketing|Inès Carpentier
Conseil par messagerie|Chat|Service client|En ligne|6|6|6|7|12|4800|11000||soulagé|Personne après 18 h|Réponse précise sur la coupe|9|Service client|Nadia Roussel
""",
    "Commande": """
Panier|Site web|Vente|En ligne|8|3|8|7|38|1400|800|3,0|hésitant|Frais de port découverts à la fin||22|Produit web|Thomas Guérin
Création de compte|Site web|Vente|En ligne|8|2|6|5|31|1100|600|2,2|frustré|Compte obligatoire pour commander ; Mot de passe refusé sans explication||33|Produit web|Thomas Guérin
Paiement|Site web|Vente|En ligne|9|4|9|7|29|3900|7200||inquiet|Pas de paiement en trois fois ; La double authentification échoue sur mobile||26|Produit web|Thomas Guérin
Code promotionnel|Site web|Marketing|En ligne|5|2|5|6|18|700|300|2,5|agacé|Le champ vide donne envie de partir chercher un code||14|Marketing|Hugo Mallet
E-mail de confirmation|E-mail|Post-achat|En ligne|4|2|6|6|28|500|400|4,1|rassuré||Récapitulatif clair, avec photo|2|Service client|Nadia Roussel
Relance de panier abandonné|E-mail|Marketing|En ligne|7|2|4|6|24|900|1200|3,1|neutre|Envoyée le lendemain, trop tard||1|Marketing|Hugo Mallet
""",
    "Livraison": """
Suivi de colis|E-mail|Post-achat|En ligne|7|4|8|7|27|2600|3000||inquiet|Le lien mène au site du transporteur, en anglais ; Aucune nouvelle pendant trois jours||38|Logistique|Marc Delage
Livraison à domicile|Transporteur|Post-achat|Hors ligne|7|8|8|6|17|9500|31000||agacé|Créneau annoncé non respecté||19|Logistique|Marc Delage
Point relais|Point relais|Post-achat|Hors ligne|5|5|6|6|11|1200|8700|4,0|satisfait|Relais saturé avant Noël||6|Logistique|Marc Delage
Message du transporteur|SMS|Indirect|En ligne|3|6|4|4|22|600|1900|2,8|méfiant|On le prend pour une arnaque||7|Logistique|Marc Delage
Déballage du colis|Colis|Post-achat|Hors ligne|6|3|7|9|28|2200|8400||ravi||Papier de soie et mot écrit à la main ; Sachet de lavande|1|Logistique|Marc Delage
""",
    "Retours et service": """
Demande de retour en ligne|Site web|Service client|En ligne|8|4|9|7|14|4200|1800||agacé|Étiquette à imprimer soi-même ; Motif de retour obligatoire et mal traduit||24|Service client|Nadia Roussel
Remboursement ou échange|Compte client|Service client|En ligne|8|5|9|7|13|3400|900||inquiet|Quatorze jours sans nouvelle|Échange expédié le jour même|31|Service client|Nadia Roussel
Service client par téléphone|Téléphone|Service client|Hors ligne|6|7|8|6|8|12000|38000||frustré|Neuf minutes d'attente en moyenne|Une fois en ligne, la conseillère décide|21|Service client|Nadia Roussel
Service client par e-mail|E-mail|Service client|En ligne|5|4|7|6|10|2900|16000|3,0|déçu|Réponses toutes faites||16|Service client|Nadia Roussel
Retouche chez une couturière partenaire|Atelier|Service client|Hors ligne|4|7|6|8|2|7800|5400|4,7|enchanté||La pièce tombe enfin juste|0|Service client|Claire Vasseur
""",
    "Fidélité": """
Lettre d'information|E-mail|Marketing|En ligne|5|3|4|6|41|800|3600|3,2|lassé|Trois envois par semaine||11|Marketing|Hugo Mallet
Programme de fidélité|Compte client|Marketing|En ligne|7|6|6|7|19|5600|9000||mitigé|Points qui expirent sans prévenir|Accès aux ventes privées|8|Marketing|Inès Carpentier
Parrainage|E-mail|Indirect|En ligne|8|3|5|8|6|1600|2000|4,0|content|||1|Marketing|Inès Carpentier
Demande d'avis après achat|E-mail|Indirect|En ligne|6|2|5|7|26|400|600|3,4|neutre|Arrive avant le colis||3|Marketing|Inès Carpentier
Réparation et seconde main|Site web|Post-achat|En ligne|5|8|6|9|3|14000|7000|4,5|fier||Redonner une vie à une veste aimée|0|Produit web|Sarah Benali
""",
}

#: étape → ce que la cliente y cherche
GOALS = {
    "Découverte": "Trouver une marque qui dure plus d'une saison",
    "Sélection": "Choisir la bonne coupe dans la bonne taille",
    "Commande": "Payer vite et sans mauvaise surprise",
    "Livraison": "Recevoir à temps, sans y penser",
    "Retours et service": "Changer de taille sans perdre d'argent",
    "Fidélité": "Retrouver la même qualité la fois suivante",
}
MAP_HEADERS = ["Actions client", "Pensées", "Opportunités"]
#: point de contact | ce que fait la cliente | ce qu'elle pense | ce qu'on pourrait faire
MAP = """
Publicité Instagram|Fait défiler Instagram le soir|« Encore une marque éthique ? À voir. »|Montrer chaque pièce sur trois morphologies
Annonce sur Google||| Accueillir chaque annonce par la page de la pièce montrée
Bouche-à-oreille entre amies|Demande à une amie où elle a trouvé sa robe||
Boutique éphémère à Lyon||| Proposer un rendez-vous vidéo avec une conseillère
Filtres et recherche|Ouvre six onglets et compare les coupes||
Fiche produit||« La photo est belle, mais sur moi ? »|Afficher les frais de port dès la fiche produit
Guide des tailles|Mesure une robe qui lui va déjà|« Je fais un 38 ou un 40 chez eux ? »|Dire « taille petit » ou « taille grand » d'après les retours
Avis clientes|Lit les avis les plus récents||Indiquer la taille portée dans chaque avis
Panier|Hésite devant les frais de port|« Je réfléchis jusqu'à demain. »|
Création de compte||« Pourquoi créer un compte pour une seule robe ? »|Permettre de commander sans compte
Paiement|||Ajouter le paiement en trois fois
Code promotionnel|Cherche un code promotionnel||
Suivi de colis|Vérifie le suivi deux fois par jour|« J'espère l'avoir pour samedi. »|Tenir le suivi sur notre site, en français ; Prévenir avant le retard et non après
Déballage du colis|Essaie devant le miroir de l'entrée||
Demande de retour en ligne|Imprime l'étiquette au bureau|« Si c'est simple, je recommanderai. »|Déposer le retour en point relais avec un simple code
Remboursement ou échange||« Ils ont reçu mon colis, oui ou non ? »|Accuser réception du retour le jour même
Service client par téléphone|Appelle pour savoir où en est le remboursement||
Lettre d'information|Range les e-mails sans les ouvrir|« Trois messages par semaine, c'est trop. »|Laisser choisir le rythme des e-mails
Programme de fidélité|||Rappeler les points un mois avant leur fin
Réparation et seconde main|Prête sa veste à sa sœur, qui commande la sienne||
"""

#: point de contact → (moyenne, écart) des notes de 1 à 5, et part des répondantes concernées
RATED = {
    "Fiche produit": (3.9, 0.8, 0.96),
    "Guide des tailles": (2.6, 0.9, 0.82),
    "Avis clientes": (4.2, 0.7, 0.74),
    "Conseil par messagerie": (3.9, 1.0, 0.24),
    "Paiement": (2.3, 0.9, 0.93),
    "Suivi de colis": (2.5, 1.0, 0.95),
    "Livraison à domicile": (3.2, 1.0, 0.61),
    "Déballage du colis": (4.5, 0.6, 0.9),
    "Demande de retour en ligne": (3.0, 1.7, 0.34),
    "Remboursement ou échange": (2.9, 1.9, 0.31),
    "Service client par téléphone": (2.8, 1.5, 0.2),
    "Programme de fidélité": (3.4, 0.5, 0.0),
}
#: étape dont les avis sont partagés : ces points sont notés soit très haut, soit très bas par une même personne
SPLIT = ("Demande de retour en ligne", "Remboursement ou échange", "Service client par téléphone")
#: point de contact que presque personne n'a encore noté
RARE = ("Programme de fidélité", 4)
SEGMENTS = {"Première commande": 0.38, "Cliente régulière": 0.4, "Cliente fidèle": 0.22}
SEGMENT_HEAD = "Ancienneté"
DATE_HEAD = "Date de réponse"
RATING_HEAD = "{name} : quelle est votre satisfaction ? (1 = pas du tout, 5 = tout à fait)"
NPS_HEAD = "Recommanderiez-vous Atelier Lumen à une amie ? (0 à 10)"
COMMENT_HEAD = "Pourquoi cette note ?"
RESPONDENTS, FROM, DAYS = 236, "2026-03-02", 180

COMMENTS = {
    "low": """
Le guide des tailles est incompréhensible, j'ai commandé deux fois avant d'avoir la bonne.
Remboursement reçu au bout de trois semaines et deux relances.
Suivi de colis bloqué pendant quatre jours, aucune explication.
J'ai attendu dix minutes au téléphone pour m'entendre dire d'envoyer un e-mail.
Le paiement a échoué trois fois sur mon téléphone.
Obligée de créer un compte pour une seule robe, j'ai failli abandonner.
La couleur reçue ne ressemble pas aux photos.
Frais de port affichés à la toute fin, c'est agaçant.
Une étiquette de retour à imprimer en 2026, vraiment ?
Le livreur n'est jamais passé dans le créneau annoncé.
On reçoit trois messages publicitaires par semaine.
Taille 40 trop petite, taille 42 trop grande, je ne sais plus quoi prendre.
Personne ne répond au tchat après le travail, c'est pourtant là que je commande.
""",
    "middle": """
Belles matières, mais les tailles sont à revoir.
Livraison correcte, emballage soigné, suivi à améliorer.
La robe est jolie, les photos pourraient la montrer sur d'autres silhouettes.
Rien à redire sur la qualité, un peu cher avec le port.
J'aimerais savoir quelle taille portent les clientes qui donnent leur avis.
Bon site, mais les filtres montrent des articles épuisés.
Échange rapide, remboursement moins.
Le point relais était plein, sinon tout va bien.
""",
    "high": """
Le paquet est arrivé avec un petit mot écrit à la main, j'ai adoré.
Tissu magnifique, finitions parfaites, je recommande les yeux fermés.
La conseillère m'a aidée à choisir la coupe, elle ne s'est pas trompée.
Échange expédié le jour même, bravo !
Ma veste a été reprise et réparée, c'est rare aujourd'hui.
Les avis avec photos m'ont décidée.
Deuxième commande, toujours aussi bien coupé.
On sent que l'équipe aime ce qu'elle fait.
Emballage superbe, on dirait un cadeau.
""",
}

ACTION_HEADERS = [
    "Action",
    "Point de contact",
    "Étape",
    "Responsable",
    "Équipe",
    "Date de début",
    "Échéance",
    "Coût (€)",
    "Statut",
    "Indicateur",
    "Description",
]
ACTIONS = """
Refaire le guide des tailles : conseil en une phrase, mesures en images|Guide des tailles|Sélection|Sarah Benali|Produit web|2026-09-21|2026-10-30|1800|En cours|Retours pour erreur de taille|Deux questions (taille habituelle, coupe aimée) et une réponse, sur mobile d'abord
Ouvrir la commande sans compte|Création de compte|Commande|Thomas Guérin|Produit web|2026-10-05|2026-11-06|1100|À faire|Abandons à l'étape du compte|Compte proposé après le paiement, en un clic
Afficher les frais de port dès la fiche produit|Panier|Commande|Thomas Guérin|Produit web|2026-09-28|2026-10-16|1400|À faire|Abandon de panier|
Tenir le suivi de colis sur notre site|Suivi de colis|Livraison|Marc Delage|Logistique|2026-10-12|2026-12-04|2600|À faire|Appels « où est mon colis »|Quatre étapes en français, message avant le retard
Indiquer la taille portée dans chaque avis|Avis clientes|Sélection|Inès Carpentier|Marketing|2026-09-14|2026-09-30|900|Terminé|Part des avis avec taille|
Accuser réception des retours le jour même|Remboursement ou échange|Retours et service|Nadia Roussel|Service client|2026-10-19|2026-11-20|3400|À faire|Délai de remboursement|
Avancer la relance de panier à une heure|Relance de panier abandonné|Commande|Hugo Mallet|Marketing|2026-09-21|2026-10-02|900|En cours|Paniers repris|
"""

PERSONA_HEADERS = ["Persona", "Description", "Besoins", "Irritants", "Canaux", "Verbatim"]
PERSONAS = """
Camille, 29 ans, compare tout|Chargée de projet à Nantes, commande le soir sur son téléphone|Être sûre de la taille avant de payer|Les frais découverts à la fin|Instagram, site sur mobile|« Si je doute de la taille, je ferme l'onglet. »
Françoise, 57 ans, fidèle|Enseignante à Dijon, achète deux belles pièces par saison|Retrouver la même coupe d'une année sur l'autre|Les points de fidélité qui disparaissent|Site sur ordinateur, téléphone|« J'aime quand quelqu'un me répond vraiment. »
"""

#: action | répond du résultat | consultés | informés | effet en points, de … à … | confiance % | coût, de … à … | dépend de
PLAN = """
Refaire le guide des tailles : conseil en une phrase, mesures en images|Élodie Faure|Nadia Roussel, Inès Carpentier|Service client|0.3|0.9|70|1500|2300|Indiquer la taille portée dans chaque avis
Ouvrir la commande sans compte|Élodie Faure|Hugo Mallet|Service client, Comptabilité|0.3|1|80|900|1500|Avancer la relance de panier à une heure
Afficher les frais de port dès la fiche produit|Élodie Faure|Marc Delage|Service client|0.2|0.8|75|1200|1600|
Tenir le suivi de colis sur notre site|Marc Delage|Nadia Roussel|Tous|0.05|0.3|60|2200|3600|
Indiquer la taille portée dans chaque avis|Inès Carpentier|Sarah Benali|Service client|0.1|0.4|80|||
Accuser réception des retours le jour même|Nadia Roussel|Marc Delage|Comptabilité|0.1|0.5|65|2800|4500|
Avancer la relance de panier à une heure|Hugo Mallet|Thomas Guérin||0.2|0.6|85|||
"""
#: le budget du plan, les clients d'une année et ce que rapporte une commande, de … à …
MONEY = {"budget": 9000.0, "customers": (38000.0, 46000.0), "conversion": (24.0, 34.0)}

#: ce que l'équipe a décidé dans l'atelier, après l'import
BY_HAND = {"stage": ("Découverte", 0.8), "accepted": ["Guide des tailles", "Déballage du colis", "Remboursement ou échange"]}

#: ce que vaut un point de contact : sa valeur rationnelle, émotionnelle et comportementale, de 0 à 100
VALUE_HEADERS = ["Valeur rationnelle (0-100)", "Valeur émotionnelle (0-100)", "Valeur comportementale (0-100)"]
VALUES = """
Publicité Instagram|35|58|41
Bouche-à-oreille entre amies|72|86|81
Annonce sur Google|48|30|52
Boutique éphémère à Lyon|70|88|66
Page d'accueil du site|62|55|58
Filtres et recherche|44|32|51
Fiche produit|71|64|73
Guide des tailles|31|24|38
Avis clientes|80|69|78
Conseil par messagerie|76|72|68
Panier|49|35|54
Création de compte|28|18|22
Paiement|42|25|48
E-mail de confirmation|78|57|50
Suivi de colis|38|30|36
Livraison à domicile|55|41|47
Point relais|74|52|63
Déballage du colis|66|94|83
Demande de retour en ligne|52|37|45
Remboursement ou échange|47|33|40
Service client par téléphone|54|46|49
Retouche chez une couturière partenaire|82|91|76
Lettre d'information|33|29|26
Programme de fidélité|58|49|61
Parrainage|69|71|74
Réparation et seconde main|73|87|64
"""
#: qui a répondu pour l'équipe et pour les clientes, et comment l'enquête les appelle
SIDE_HEADERS = ["Répondant", "Qui répond", "Étape", "Point de contact", "Importance (1-10)", "Satisfaction (1-10)"]
SIDES = (("Équipe", 8), ("Cliente", 26))
#: étape | point de contact | importance pour les clientes | pour l'équipe | satisfaction des clientes selon l'équipe (1-10)
JUDGED = """
Sélection|Fiche produit|8,6|8,3|7,6
Sélection|Guide des tailles|9,3|6,2|6,4
Sélection|Avis clientes|8,1|5,9|7,2
Sélection|Conseil par messagerie|5,7|7,4|7,8
Commande|Panier|7,4|7,0|6,3
Commande|Création de compte|5,1|7,8|6,0
Commande|Paiement|8,9|8,8|7,4
Commande|Guide des tailles|7,8|4,6|
Livraison|Suivi de colis|9,0|6,4|6,9
Livraison|Livraison à domicile|8,2|7,9|6,1
Livraison|Déballage du colis|6,6|8,9|8,7
Retours et service|Demande de retour en ligne|8,8|6,6|6,0
Retours et service|Remboursement ou échange|9,4|7,3|5,9
Retours et service|Service client par téléphone|6,0|7,9|6,6
Retours et service|Suivi de colis|7,1|4,4|
"""
