"""Words by which types of touchpoints and kinds of difficulty are told, in French and in English, since a sheet often mixes them."""

# ruff: noqa: E501 - one kind of words a line

from __future__ import annotations

import re
from functools import lru_cache

from analysis.language import N_
from analysis.methods.frames import folded

#: type of touchpoint → what its name, channel or family says; the first that is found is the main type
TYPES = {
    "booking": r"rendez.?vous|\brdv\b|reserv|booking|appointment|agenda|calend|creneau|book a call",
    "review": r"\bavis\b|\breviews?\b(?! meeting)|trustpilot|notation|e.?reputation",
    "referral": r"parrain|referral|recommand|bouche.a.oreille|word.of.mouth|ambassad",
    "influence": r"influenc|presse|press\b|journal|magazine|\bmedia\b|createur|creatrice|\bcreators?\b",
    "till": r"\bcaisse|\btill\b|cash desk|encaiss",
    "checkout": r"panier|checkout|basket|\bcart\b|paiement|payment|commande en ligne|online order|tunnel",
    "quote": r"devis|quote|quotation|tarif|pricing|proposal|proposition commerciale|tiers payant|estimat",
    "billing": r"factur|invoice|billing|\bbills?\b|prelevement|direct debit|releve",
    "contract": r"contrat|contract|signature|souscri|subscri|inscription|sign.?up|enrol|dossier",
    "onboarding": r"onboard|bienvenue|welcome|prise en main|\bformation|training|mise en service|set.?up|demarrage",
    "parcel": r"deballage|unboxing|emballage|packag",
    "delivery": r"livraison|deliver|colis|parcel|expedi|shipping|transport|retrait|relais|\blocker|consigne|pick.?up|click.?(?:and|&|et).?collect|montage|install|fabricat",
    "returns": r"retour|return|echange|exchange|rembours|refund|garantie|warranty",
    "service": r"\bsav\b|service client|apres.?vente|after.?sales|support|reclamation|complaint|customer (?:service|care)|helpdesk|help desk|maintenance|\btickets? (?:ouvert|incident)",
    "loyalty": r"fidel|loyal|\bcarte\b|programme|rappel|reminder|relance|anniversaire|birthday|renouvel|renewal|rachat",
    "feedback": r"enquete|survey|satisfaction|feedback|questionnaire",
    "chat": r"\bchat|messagerie instantanee|\bbot\b|whatsapp|messenger",
    "sms": r"\bsms\b|texto|text message|push",
    "email": r"e.?mail|courriel|newsletter|mailing|infolettre|lettre d.information",
    "social": r"instagram|facebook|linkedin|tiktok|youtube|pinterest|reseaux? socia|social",
    "comparison": r"comparat|comparison|compare|marketplace|simulat|configurat",
    "advertising": r"publicit|\bads?\b|adwords|\bsea\b|bannier|banner|display|campagne|campaign|advert|retarget|\bannonces?\b",
    "print": r"affich|poster|flyer|prospectus|brochure|catalog|vitrine|leaflet|enseigne|radio|\btv\b|television|panneau|billboard|signage",
    "finder": r"filtre|\bfilters?\b|barre de recherche|search (?:bar|box)|site search|recherche (?:interne|produit|sur le site)",
    "search": r"\bseo\b|moteur|google|search(?! bar| box)|referencement|recherche",
    "help": r"centre d.aide|help (?:cent|page|article)|base de connaissance|knowledge base|\bfaq\b|aide en ligne|mode d.emploi|\bnotice\b|user manual",
    "content": r"blog|article|guide|livre blanc|white.?paper|video(?!.?(?:call|conf|appel))|podcast|tutor|case stud|etudes? de cas|temoignage|testimonial",
    "app": r"\bappli|\bapp\b|espace (?:client|personnel)|\bcomptes?\b|\baccount\b|portail|portal|mobile app|log.?in|sign.?in\b|connexion|mot de passe|password",
    "letter": r"courrier|\bletters?\b|\bpost(?:al|e)?\b|direct mail",
    "meeting": r"kick.?off|\bmeetings?\b|reunion|comite|video.?(?:call|conf|appel)|visio|point (?:mensuel|hebdo|annuel|d.etape)|\brevue\b",
    "event": r"salon|evenement|event|webinar|webinaire|conference|portes ouvertes|trade (?:fair|show)|demo",
    "sales": r"\bcommercial(?:e|es|s|aux)?\b|vendeu|sales|conseiller|advis[eo]r|prospect|entretien|rendez.?vous client|\brelance|follow.?up",
    "phone": r"telephon|\bappel|\bphone|(?<!video )\bcall|hotline|standard|\btel\b",
    "shop": r"magasin|boutique|\bshop|\bstore|agence|branch|(?<!page d.)accueil|showroom|rayon|essayage|caisse|guichet|counter|point de vente|hotel|restaurant|cabinet|clinique|clinic",
    "web": r"\bsite|\bweb|\bpage|landing|fiche produit|product page|en ligne|online|internet",
}  # fmt: skip
#: kind of difficulty → what customers say
PAINS = {
    "performance": r"\bplant(?:e|age|er|ent)\b|\bbugs?\b|\bcrash|charg(?:er|ement|ent)\b|\bload(?:s|ing)?\b|\bramer?\b|messages? d.erreur|error message|ne marche|ne fonctionne|(?:not|never|doesn.?t) work|\bbroken link|en panne|pages? lentes?|slow (?:to load)|lenteur du site|\b(?:site|appli|application|page) .{0,14}\blente?s?\b|(?:site|page|app)s? .{0,14}\bslow|slow (?:site|page)|page blanche|\bfreez|hors service|hors d.usage|out of order|deconnect|disconnect|logs? me out|se bloque|\bhangs\b|do(?:es)? not work",
    "mobile": r"\bmobiles?\b|smartphone|\btablette|responsive|petit ecran|small screen|sur (?:mon |le |un )?(?:portable|telephone)\b|on (?:my|a|the) (?:phone|mobile)",
    "access": r"mot de passe|\bpasswords?\b|se connecter|me connecter|connexion impossible|(?:can.?t|cannot|unable to) (?:log|sign) ?in|log.?in (?:fails|page)|identifiants?\b|double authentif|two.?factor|code de verification|verification code|compte bloque|locked out|los(?:e|t) access|plus acces",
    "wait": r"\battent|\battend(?!u)|\bdelai|\bretard|\bwait|\bslow to|\blate\b|\bdelay|\btrop longs?\b|\btrop longue|\btoo long|\bqueue|file d.attente|interminable|\bminutes?\b|(?:bout|apres) (?:de|d.) ?\w+ (?:jours|semaines|mois)|\bsemaines?\b (?:apres|plus tard)|\bdays? later|\bweeks?\b|temps de reponse|response time|\blent(?:e|s|es|eur)?\b|\bslow|(?:\d+|deux|trois|quatre|cinq|six|dix|quinze|two|three|four|five|six|ten) (?:jours|days|heures|hours|semaines|mois) (?:en moyenne|on average|d.attente|pour|avant|to get|for)",
    "unreachable": r"injoign|personne ne repond|ne repond(?:ent)? (?:pas|jamais|plus)|personne (?:le|au|apres|avant)\b|ligne occupee|toujours occupe|unreach|no answer|nobody (?:answers|picks|there)|no one (?:answers|picks|there)|\bsamedis?\b|\bhoraires?\b|opening hours|\bferme(?:e|s|es)?\b|(?:shop|store|office|branch|counter|line|always|often|already) (?:is |was )?closed|closed (?:on|at|during|for|early|in)\b|\bsature|pas de reponse|never hands|(?:un|d.|a) (?:humain|human)|real person|\babsent|seulement le|ouverte?s? .{0,14}seulement|only open|nobody covers|personne ne remplace|pas de remplac|absence|repondeur|voicemail|personne pour|nobody to\b|on hold\b|sans interlocuteur",
    "repeat": r"re.?expliqu|\brepet|recommenc|(?<!en )plusieurs fois(?! sans frais)|(?<!annule )(?<!annulee )(?:deux|trois|quatre|\d) fois(?! par| sans frais)|start again|start over|\brepeat|(?<!cancelled )(?<!canceled )\btwice\b(?! an?\b)|several times|(?:three|four|five) times|each call|chaque appel|chaque interlocuteur|\btransfer|\bbalade|d.un service a l.autre|memes questions|same questions|change(?:s|nt)? (?:a chaque fois|sans cesse|tout le temps|every time|all the time)|jamais le meme|different person",
    "information": r"aucune nouvelle|sans nouvelle|pas de nouvelle|pas d.info|aucune info|manque d.info|tenu au courant|ou en est|no news|nobody told|no one told|not informed|kept informed|\btracking|\bsuivi\b|\bstatut|\bstatus\b|no update|sans (?:me |nous )?(?:prevenir|avertir|informer|expliquer)|without (?:warning|notice|telling|an answer|a word)|(?:mails?|messages?|demandes?|tickets?|courriers?|dossiers?|questions?) (?:restee?s? )?sans reponse|\bexpir|what became|ce qu.(?:il|elle)s? devien|aucun retour|no follow.?up|sans suite|pas de suivi|no word",
    "promise": r"\bannonce(?:e|s|es)?\b|\bpromis(?:e|es|ed|er)?\b|\bpromesse|non tenu|pas tenu|pas respecte|instead of|au lieu|not as described|\bas expected|que prevu|moins que prevu|\bannulee?s?\b|cancell?ed|postponed|\breportee?s?\b|non respecte|trompeu|mislead|did(?: not|n.t) come|never came|(?:pas|jamais) venue?s?\b|no.?show",
    "returns": r"\bretours?\b(?! d)|\brembours|\breturns?\b (?!to)|\brefund|\bechang(?:e|er)\b|\bexchange|\bgarantie|\bwarranty",
    "quality": r"\bdefaut|\bdefectueu|\bcasse|\babim|mauvaise qualite|qualite (?:mediocre|inegale|decev)|\bdamaged|\bdefect|poor quality|\bfaulty|non conforme|\bfragile|arrived broken|(?:plat|repas|cafe|soupe) (?:froid|tiede)|(?:food|meal) .{0,10}cold|(?:produits?|articles?|pieces?) manquant|missing (?:items?|products?|parts?)|incomplet",
    "stock": r"\brupture|\bstocks?\b|indisponib|\bepuise|out of stock|unavailable|\bavailability|plus disponible",
    "negative_reviews": r"avis negatif|mauvais avis|negative review|bad review|avis .{0,20}sans reponse|commentaires? negatif|notes? basse|reviews? .{0,20}unanswered",
    "trust": r"\bconfian|\barnaque|\bsecuri|donnees personnelles|mes donnees|\brgpd|\btrust|\bscam|\bsecure|\bprivacy|\bgdpr|faux avis|\bfake|\bdouteu|\bdoute|\bpeur\b|rassur|\brisk|\brisque|\bafraid|coordonnees bancaires|bank details|\brib\b|hameconn|phishing",
    "booking_error": r"double reserv|faux creneau|\bcreneau|\bagenda|\bcalend|\bslot|\bbooked|double.?book|pas enregistre|not recorded|synchro",
    "payment": r"paiement|\bpayer\b|carte bancaire|means? of payment|\bpayment|pay by|credit card|\bcheque|plusieurs fois sans frais|\binstal?ments",
    "form": r"formulaire|\bchamps?\b|\bforms?\b|\bfields?\b|\bsaisi|\bremplir|\bfill (?:in|out)|(?:creer|ouvrir) un compte|compte obligat|create an account|questionnaire|questions? (?:trop|too)",
    "price": r"\bprix|\bchers?\b|\bcheres?\b|\bcouts?\b|\bcoute|\btarif|\bprices?\b|\bpricing|expensive|\bcosts?\b|reste a charge|reste a payer|\bfrais\b|\bfees?\b|\bsurcout|overpriced|\bpayant",
    "find": r"introuvab|\btrouv(?:e|er|ait|ons)\b|\bcherch|\brecherch|pas visible|\bcache(?:e|s|es)?\b|\bfind\b|\bhidden\b|navigat|\bmenus?\b|\bsearch|\bsignaletique|mal indique|hard to locate|\bfiltres? par|pas de (?:filtre|tri)\b|no (?:filter|search)",
    "unclear": r"incompr|illisib|compliqu|\bcomplex|\bconfus|pas clair|\bflou|\bjargon|\bunclear|(?:not|n.t|never) understand|hard to (?:understand|read)|difficile a (?:comprendre|lire)|\bon s.y perd|je suis perdu|on est perdu|\bi was lost|\bopaque|unreadable|a quoi (?:ca |cela )?sert|what it is for|personne ne comprend|nobody understands|(?:not|never|in)explained|not explained|pas explique|inexplique|sans explication|tout petit|petits caracteres|small print|\btiny\b|trop de (?:choix|nouveautes|options|informations)|too many (?:choices|options)|mal traduit|pas traduit|en anglais|not translated|badly translated|ne compren(?:d|ds|nent) pas|(?:nobody|no one|never) explains|n.explique|(?:medical|technical|legal) words|mots (?:medicaux|techniques|juridiques)|non motive",
    "impersonal": r"meme message|toujours les memes|memes offres|generique|impersonn|pas concern|\bgeneric|impersonal|irrelevant|pour tous\b|pour tout le monde|not for me|same (?:mail|message|offer)s?|toute?s? faite?s?|copie.?colle|copy.?past|\bcanned\b|\brobot|(?:meme|same) (?:session|contenu|content|formation|training|discours|speech)|rien d.interessant|pas interess|not relevant|ne me concern|nothing for me",
    "frequency": r"trop de (?:mails|e.?mails|messages|courriels|sms|newsletters|relances)|trop souvent|\bspam|too many (?:mails|e.?mails|messages|calls)|too often|harcel|\w+ (?:envois|mails|e.?mails|messages|sms|appels|relances) par (?:jour|semaine|mois)|(?:mails?|messages?|calls?) (?:a|per) (?:day|week)|(?:mails?|messages?) every (?:day|week)|(?:\d+|trois|quatre|cinq|six|dix|three|four|five|six|ten) (?:mails|e.?mails|courriels|sms|relances|calls|appels)\b",
    "timing": r"trop tot|trop tard|mauvais moment|too early|too late|too soon|wrong moment|wrong time|arriv\w* (?:apres|avant|after|before)|envoye\w* (?:apres|avant)|sent (?:after|before)",
    "unknown": r"peu connu|inconnu|meconnu|ne connai(?:t|ssent) pas (?!le produit)|not known|\bunknown|unaware|jamais entendu|never heard|peu visible|personne ne sait",
    "attitude": r"desagreab|impoli|(?:accueil|vendeu\w+|ton|personnel|conseill\w+|equipe) .{0,12}froide?s?\b|\bmepris|mal accueil|mauvais accueil|manque d.amabilit|\brude|unfriendly|\battitude|pas aimable|agressi|sous pression|under pressure|\binsistant|\bpushy|condescend|arrogan|\bpresse\b|\bhautain|\bignore[ds]?\b|\bignore(?:e|s|es)?\b|pas bonjour|peu aimable|\bpushed\b|force la main|deborde",
    "skill": r"incompet|mal forme|ne sav(?:ait|aient) pas|pas su\b|mauvais conseil|mal conseill|contradic|untrained|did.?n.?t know|did not know|connaiss(?:ait|aient|ant) pas|wrong (?:advice|answer)|pas competent|knows? nothing",
    "comfort": r"\bmiroir|\bplaces? (?:de|assise)|\bparking|\bbruit|\bbruyant|trop chaud|trop froid|\btoilet|\bsieges?\b|\bseats?\b|inconfort|uncomfort|\bnois[ey]|\bcrowd|trop de monde|\bsale\b|\bdirty|\betroit|\bcramped|wheelchair|fauteuil roulant|poussette|\baccessibilit",
    "error": r"\berreur|\brefait|\berrone|\bfautes?\b|\boubli|\bmistake|\bforgot|\bwrong\b|\bredone|incorrect|dossier perdu|perdu (?:le|mon) dossier|lost (?:my )?file|\blitige|montant .{0,20}different|\berrors?\b",
    "effort": r"(?:\d+|deux|trois|quatre|cinq|six|sept|huit|dix|douze|quinze|vingt|two|three|four|five|six|seven|eight|ten|twelve|fifteen|eighteen|twenty|trop de|trop d.|too many|plusieurs|several) (?:pages|colonnes|columns|etapes|steps|documents|pieces|clics|clicks|justificatifs|ecrans|screens|papiers)|soi.?meme|\byourself\b|a imprimer|have to print|paperasse|paperwork|demarches|fastidieu|tedious|too much work|lourdeur|\btoo long\b|trop longs?\b|trop longue|lettre recommandee|sans (?:appeler|se deplacer)|(?:have|need) to (?:call|come|go)|(?:devoir|faut) (?:appeler|se deplacer|venir)|(?:deux|trois|two|three) (?:rendez.?vous|visits|appointments)|impossible (?:de|d.) ?(?:modifier|changer|annuler|resilier)|cannot (?:change|cancel)",
    "outdated": r"pas a jour|plus a jour|perimee?s?\b|obsolet|out.?of.?date|outdated|ancienne version|old version|\bformer\b|date de \d{4}",
}  # fmt: skip
#: kind of difficulty → what it is called, as a theme
THEMES = {
    "mobile": N_("Use on a telephone"),
    "access": N_("Signing in"),
    "wait": N_("Waiting"),
    "unreachable": N_("Nobody to be reached"),
    "repeat": N_("Having to repeat"),
    "information": N_("No news"),
    "promise": N_("Promises not kept"),
    "returns": N_("Returns and refunds"),
    "quality": N_("Quality and defects"),
    "stock": N_("Out of stock"),
    "negative_reviews": N_("Negative reviews"),
    "trust": N_("Lack of trust"),
    "booking_error": N_("Errors of booking"),
    "payment": N_("Means of payment"),
    "form": N_("Forms and questionnaires"),
    "price": N_("Price and fees"),
    "performance": N_("Breakdowns and slow pages"),
    "find": N_("Hard to find"),
    "unclear": N_("Hard to understand"),
    "impersonal": N_("Not for me"),
    "frequency": N_("Too many messages"),
    "timing": N_("Wrong moment"),
    "unknown": N_("Not known"),
    "attitude": N_("Attitude of staff"),
    "skill": N_("Knowledge of staff"),
    "comfort": N_("Comfort of the place"),
    "error": N_("Mistakes"),
    "effort": N_("Too much effort"),
    "outdated": N_("Out of date"),
}


def types_of(name: str, channel: str = "", family: str = "") -> list[str]:
    """The types of a touchpoint, those that its name tells first, then those of its channel; else of its family.

    >>> types_of("Prise de rendez-vous en ligne", "Site web")[0]
    'booking'
    """
    found: list[str] = []
    for text in (name, channel):
        plain = folded(text)
        found += [kind for kind, pattern in _compiled(True).items() if pattern.search(plain) and kind not in found]
    plain = folded(family.replace("_", " "))  # says too little to be heard beside them
    return found or [kind for kind, pattern in _compiled(True).items() if pattern.search(plain)]


def pains_of(text: str) -> list[str]:
    """The kinds of difficulty that a text speaks of.

    >>> pains_of("Attente de 6 min en moyenne, personne le samedi")
    ['wait', 'unreachable']
    """
    plain = folded(text)
    return [kind for kind, pattern in _compiled(False).items() if pattern.search(plain)]


@lru_cache(maxsize=20_000)
def theme_of(text: str) -> str | None:
    """The kind of difficulty that a text speaks of most (a code of ``THEMES``), of equal ones the first of the list; None: of none.

    >>> theme_of("Attente de 6 min en moyenne, personne le samedi")
    'unreachable'
    """
    plain = folded(text)
    found = {kind: sum(1 for _ in pattern.finditer(plain)) for kind, pattern in _compiled(False).items()}
    most = max(found, key=lambda kind: found[kind])
    return most if found[most] else None


@lru_cache(maxsize=2)
def _compiled(types: bool) -> dict[str, re.Pattern[str]]:
    return {kind: re.compile(pattern) for kind, pattern in (TYPES if types else PAINS).items()}
