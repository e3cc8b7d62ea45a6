"""In which phase of a journey customers usually meet a touchpoint, told by its name: the words of the field, in both languages.

The phases are the six default stages, with delivery and use between purchase and loyalty, where many journeys have stages of their own.
"""

from __future__ import annotations

from functools import lru_cache

from analysis.project.importing.names import folded

#: in the order in which customers go through them
PHASES = ("awareness", "consideration", "decision", "purchase", "delivery", "use", "loyalty", "advocacy")
#: what stages are called
_STAGES = {
    "awareness": "sensibilisation|prise de conscience|découverte|notoriété|inspiration|besoin|envie|envie de venir|awareness"
    "|discovery|discover|need|attract|attirer|prospection|acquisition|becoming aware",
    "consideration": "considération|recherche|information|renseignement|exploration|comparaison|évaluation|choix|consideration"
    "|research|search|compare|evaluation|evaluate|choice|explore|avant achat|avant vente|préachat|pre purchase"
    "|before purchase|préparation|interest|intérêt|choosing|looking for|browsing",
    "decision": "décision|conseil|essai|devis|négociation|sélection|decision|advice|trial|quote|negotiation|selection|convert",
    "purchase": "achat|commande|paiement|réservation|souscription|caisse|passage en caisse|vente|contractualisation|purchase|buy"
    "|order|checkout|payment|booking|subscription|sale|conversion|transaction|ordering|buying|subscribing|signing up"
    "|avant le séjour|before the stay",
    "delivery": "livraison|réception|installation|mise en service|mise en place|prise en main|arrivée|delivery|shipping"
    "|onboarding|set up|setup|setting up|going live|arrival|receive",
    "use": "utilisation|usage|usage quotidien|expérience|séjour|repas|après vente|après achat|service client|service|support"
    "|assistance|aide|retour et aide|suivi|use|experience|stay|after sale|post purchase|after purchase"
    "|after the purchase|help|care|vie du contrat|après l’achat",
    "loyalty": "fidélisation|fidélité|rétention|renouvellement|relation|loyalty|retention|renewal|renewing|engagement"
    "|après le séjour|after the stay",
    "advocacy": "recommandation|prescription|ambassadeur|partage|advocacy|recommend|referral|advocate|promotion",
}  # fmt: skip
#: what touchpoints are called, or what their names contain
_TOUCHPOINTS = {
    "awareness": "publicité|pub|affiche|affichage|spot|campagne|réseau social|réseaux sociaux|facebook|instagram|tiktok|linkedin"
    "|youtube|pinterest|influenceur|créateur de contenu|presse|article|blog|podcast|salon|foire|événement"
    "|bouche à oreille|entourage|recherche google|moteur de recherche|résultat de recherche|référencement|flyer"
    "|prospectus|vitrine|annonce|radio|télévision|tv|livre blanc|sponsoring|page google|fiche google"
    "|fiche d’établissement|social media|social network|advertising|advert|ad|ads|billboard|influencer|press"
    "|trade show|fair|event|word of mouth|google search|search engine|search result|seo|sea|leaflet|shop window"
    "|white paper|sponsorship|banner|bannière",
    "consideration": "site|site web|site internet|site vitrine|site officiel|page d’accueil|page web|landing page|catalogue|brochure"
    "|fiche produit|comparateur|avis en ligne|avis google|newsletter|infolettre|tutoriel|faq|foire aux questions"
    "|photo|page d’information|showroom|parking|stationnement|accès|itinéraire|horaire|application|appli"
    "|application mobile|filtre|guide|simulateur|rayon|présentation des produits|signalétique|accueil|entrée|magasin"
    "|boutique|agence|renseignement|information|visite|carte en ligne|menu|choix des produits|gamme|website|web site"
    "|homepage|home page|product page|comparison|online review|review|tutorial|car park|directions|opening hour|app"
    "|mobile app|filter|simulator|shelf|shelves|signage|welcome|reception|entrance|store|shop|branch|range",
    "decision": "conseil|conseil vendeur|conseiller|vendeur|devis|proposition commerciale|démonstration|démo|essai|essayage"
    "|cabine|rendez vous|appel commercial|premier appel|tchat|chat|chatbot|négociation|prix|tarif|étiquette|stock"
    "|disponibilité|promotion|promo|offre commerciale|avis sur les produits|échantillon|serveur|personnel|équipe"
    "|advice|adviser|advisor|assistant|salesperson|sales rep|staff|quote|proposal|demonstration|demo|trial"
    "|fitting room|appointment|sales call|live chat|negotiation|price|pricing|tag|availability|sample|waiter",
    "purchase": "caisse|paiement|panier|commande|bon de commande|prise de commande|achat|réservation|souscription|contrat"
    "|signature|inscription|création de compte|facture|facturation|billetterie|billet|file d’attente"
    "|attente en caisse|guichet|addition|règlement|confirmation|e mail de confirmation|financement|formulaire|dossier"
    "|encaissement|tunnel de commande|checkout|till|payment|basket|cart|order|ordering|purchase|booking|subscription"
    "|contract|signing|sign up|account creation|invoice|billing|ticketing|ticket|queue|counter|bill"
    "|confirmation email|financing|form",
    "delivery": "livraison|livreur|colis|retrait|point relais|click and collect|drive|suivi de commande|suivi du colis"
    "|suivi de livraison|emballage|expédition|installation|mise en service|réunion de lancement|formation"
    "|prise en main|paramétrage|déballage|montage|enregistrement à la réception|delivery|courier|parcel|pick up"
    "|pickup|collection point|order tracking|tracking|packaging|shipping|onboarding|kick off|training|setup|set up"
    "|configuration|unboxing|assembly|check in",
    "use": "service client|service clientèle|service après vente|sav|support|assistance|hotline|centre d’appel"
    "|centre d’appels|plateforme téléphonique|réclamation|retour|retour produit|retour des produits"
    "|échange et remboursement|remboursement|réparation|garantie|dépannage|entretien|maintenance|notice|mode d’emploi"
    "|espace client|compte client|sinistre|incident|panne|utilisation|usage|séjour|repas|plat|chambre|ménage"
    "|petit déjeuner|wifi|documentation|suivi|aide|aide en ligne|qualité du produit|produit|indemnisation|téléphone"
    "|standard|propreté|ambiance|customer service|customer care|customer support|after sale|after sales service|help"
    "|help desk|helpdesk|call center|call centre|complaint|return|exchange and refund|refund|repair|warranty"
    "|troubleshooting|manual|instruction|customer account|my account|claim|outage|stay|meal|dish|room|housekeeping"
    "|breakfast|follow up|phone|telephone|product quality|product|cleanliness|atmosphere",
    "loyalty": "carte de fidélité|fidélité|programme de fidélité|point de fidélité|club|offre personnalisée|renouvellement"
    "|relance|anniversaire|remerciement|abonnement|résiliation|offre de retour|bilan annuel|point de suivi|échéance"
    "|vente privée|carte de membre|loyalty|loyalty card|loyalty program|loyalty programme|personal offer|renewal"
    "|reminder|birthday|thank you|cancellation|membership|win back",
    "advocacy": "parrainage|recommandation|recommandation à un proche|avis laissé|avis laissé en ligne|dépôt d’avis"
    "|demande d’avis|avis client|avis|questionnaire de satisfaction|enquête|enquête de satisfaction|témoignage"
    "|communauté|ambassadeur|partage|réponse aux avis|referral|recommendation|review request|leaving a review"
    "|satisfaction survey|survey|testimonial|community|ambassador|sharing",
}  # fmt: skip
#: words that say nothing of where a touchpoint stands
_EMPTY = frozenset({
    "avec", "pour", "dan", "chez", "leur", "notre", "votre", "vou", "nou", "your", "with", "from", "their",
    "client", "customer", "online", "ligne",
})  # fmt: skip


def _known(words: dict[str, str]) -> dict[tuple[str, ...], str]:
    """Words in a row, folded → phase; of two that claim the same ones the first."""
    found: dict[tuple[str, ...], str] = {}
    for phase, names in words.items():
        for name in names.split("|"):
            found.setdefault(tuple(folded(name).split()), phase)
    return found


@lru_cache(maxsize=1)
def _vocabulary() -> tuple[dict[tuple[str, ...], str], dict[tuple[str, ...], str]]:
    return _known(_STAGES), _known(_TOUCHPOINTS)


def _told(name: str, known: dict[tuple[str, ...], str]) -> str | None:
    """The phase of the most words in a row that a name contains; of as many, of those that come first."""
    words = folded(name).split()
    for length in range(min(len(words), 5), 0, -1):
        for start in range(len(words) - length + 1):
            if (phase := known.get(tuple(words[start : start + length]))) is not None:
                return phase
    return None


def phase_of_stage(name: str) -> str | None:
    """The phase that a stage is about, by its name; None where no word tells.

    >>> phase_of_stage("Après-vente"), phase_of_stage("Chapter 2")
    ('use', None)
    """
    stages, touchpoints = _vocabulary()
    return _told(name, stages) or _told(name, touchpoints)


def phase_of_touchpoint(name: str) -> str | None:
    """The phase in which customers usually meet a touchpoint, by its name; None where no word tells.

    >>> phase_of_touchpoint("Attente en caisse"), phase_of_touchpoint("Customer service by phone"), phase_of_touchpoint("Bluebell")
    ('purchase', 'use', None)
    """
    stages, touchpoints = _vocabulary()
    return _told(name, touchpoints) or _told(name, stages)


def telling_words(name: str) -> set[str]:
    """The words of a name by which it can be known again.

    >>> sorted(telling_words("Livraison à domicile"))
    ['domicile', 'livraison']
    """
    return {word for word in folded(name).split() if len(word) > 3 and word not in _EMPTY}
