"""Headers told by how they are made: “Ouvert le”, “Résolu le”, “N° de dossier”, “Budget 2026”, “TouchpointID”."""

from __future__ import annotations

import re

_OPENED = (
    "ouvert|cree|recu|signale|soumis|depose|enregistre|saisi|emis|declare|envoye|demande|publie|poste|survenu|opened|created|received|reported"
    "|submitted|raised|logged|registered|entered|sent|requested|posted|published|occurred"
)
_BEGUN = "demarre|commence|debute|lance|started|begun|launched"
_CLOSED = "ferme|clos|cloture|resolu|traite|termine|acheve|closed|resolved|solved|completed|finished|ended|fixed"
_WHEN = r"(?:le|at|on|time|date|datetime|timestamp)"
_DAY = r"^date (?:et heure )?(?:de |d'|du |de la |de l')?"
_BEGINNINGS = (
    "ouverture|creation|reception|signalement|depot|soumission|enregistrement|saisie|emission|declaration|envoi|demande|appel|incident|plainte"
    "|reclamation|publication|evenement|survenue|constat"
)
_ENDINGS = "fermeture|cloture|resolution|traitement|solution"
_DUE = r"(?:livraison|fin|cloture|mise en service|mise en ligne|realisation|end|delivery|completion|launch|release|go live|finish)"
_MEANT = r"(?:cible|prevue?|visee?|souhaitee?|attendue?|estimee?|limite|butoir|max|target|planned|expected|due)"
#: field → how a moment of it is called
_MOMENTS = (
    ("date", re.compile(rf"^(?:.+ )?(?:{_OPENED})e?s? {_WHEN}$|^date (?:{_OPENED})$|^(?:{_OPENED})e?s?$|{_DAY}(?:{_BEGINNINGS})(?: .+)?$")),
    ("start_date", re.compile(rf"^(?:.+ )?(?:{_BEGUN})e?s? {_WHEN}$|^(?:date )?(?:de )?(?:demarrage|debut|lancement|start) {_MEANT}$")),
    ("due_date", re.compile(rf"^(?:date )?(?:de |d')?{_DUE} {_MEANT}$|^(?:target|planned|expected|estimated) {_DUE}(?: date)?$")),
    ("end_date", re.compile(rf"^(?:.+ )?(?:{_CLOSED})e?s? {_WHEN}$|^date (?:{_CLOSED})$|{_DAY}(?:{_ENDINGS})(?: .+)?$")),
)
_THINGS = (
    "reponse|repondant|response|respondent|questionnaire|ticket|reclamation|dossier|demande|commande|incident|cas|facture|contrat|avis"
    "|plainte|sav|intervention|bon|devis|sinistre|signalement|case|order|request|issue|complaint|record|claim|conversation|call|appel"
)
_CODES = re.compile(
    rf"^(?:n°|n|no|nr|num|numero|ref|reference|code) ?(?:de |du |d'|de la )?(?:{_THINGS})s?$"
    rf"|^(?:{_THINGS})s? (?:key|number|no|nr|num|n°|#|ref|reference|code)$"
)
_NAMES_OF = re.compile(
    r"^(?:noms?|intitules?|libelles?|titres?|designation) (?:du |de la |de l'|des |de |d')(?P<of>\S.+)$"
    r"|^(?P<before>\S.+) (?:name|title|label)s?$"
)
_COUNTS = re.compile(
    r"^(?:nb|nbre|nombre|number|no|n|count|total|effectif)s? (?:de |d'|des |of )?[a-z]{4,}.*$"
    r"|^(?:.+ )?(?:sessions|users|utilisateurs|clients|customers|repondants|respondents|visiteurs|visitors|usagers|patients|comptes"
    r"|accounts|commandes|orders|tickets|reponses|responses|visites|visits|appels|calls|adherents|members|contacts)(?: [a-z]+s)?$"
)
_SOMEBODY = r"(?:il|elle|ils|elles|on|je|le client|les clients|l'usager|le patient|they|he|she|i|we|the customer|customers?|users?)"
#: field → what a clause about somebody says: “ce qu'il cherche”, “what annoys them”
_CLAUSES = (
    (
        "pain",
        r"freine\w*|bloque\w*|enerve\w*|agace\w*|derange\w*|gene\w*|n'aime\w* pas|ne (?:marche\w*|fonctionne\w*|va|plait|convient) pas"
        r"|deteste\w*|annoys?|frustrates?|blocks?|hates?",
    ),
    ("emotion", r"ressent\w*|eprouve\w*|feels?"),
    ("thought", r"pense\w*|se di[ts]\w*|thinks?"),
    ("need", r"cherche\w*|veut|veulent|veux|attend\w*|espere\w*|souhaite\w*|desire\w*|wants?|needs?|expects?|looks? for|seeks?"),
    (
        "delight",
        r"(?:marche\w*|fonctionne\w*|va) bien|marche\w*|fonctionne\w*|works?|aime\w*|plait|plaisent|apprecie\w*"
        r"|likes?|loves?|enjoys?|delights?",
    ),
    ("step", r"fait|font|fais|vit|vivent|vis|does|do"),
)
_CLAUSE = re.compile(r"^(?:ce qu[ei]|ce qu'|qu'est ce qu[ei']|what|how)\b")
_YEAR = re.compile(r"^(?P<rest>.*[a-z%)]) ?\(?(?:fy ?)?(?P<year>(?:19|20)\d\d)\)?$")
_YEAR_FIRST = re.compile(r"^(?:fy ?)?(?:20)?(?P<year>\d\d) (?P<rest>[a-z].*)$")
_CAMEL = re.compile(r"(?<=[a-zà-ÿ\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-zà-ÿ])")


def moment_field(text: str) -> str | None:
    """The date that a normalised header names by what happened then.

    >>> moment_field("ouvert le"), moment_field("date de resolution"), moment_field("date cible")
    ('date', 'end_date', None)
    """
    return next((field for field, pattern in _MOMENTS if pattern.match(text)), None)


def clause_field(text: str) -> str | None:
    """The field of a normalised header that is a clause about somebody.

    >>> clause_field("ce qu'il cherche"), clause_field("ce qui le freine"), clause_field("what they feel"), clause_field("ce que vend Ana")
    ('need', 'pain', 'emotion', None)
    """
    if not _CLAUSE.match(text) or len(text) > 45:
        return None
    ended = rf"(?:$| (?:le|la|les|them|him|her|{_SOMEBODY})\b)"
    return next((field for field, verbs in _CLAUSES if re.search(rf"\b(?:{verbs}){ended}", text)), None)


def named_thing(text: str) -> str:
    """What a normalised header gives the names of; nothing for others.

    >>> named_thing("nom du persona"), named_thing("stage name"), named_thing("intitule de l'action"), named_thing("nom")
    ('persona', 'stage', 'action', '')
    """
    found = _NAMES_OF.match(text)
    return (found["of"] or found["before"]) if found else ""


def counts_things(text: str) -> bool:
    """Whether a normalised header is a number of people, visits or cases: figures under it are counts, not identifiers.

    >>> counts_things("nb repondants"), counts_things("engaged sessions"), counts_things("client")
    (True, True, False)
    """
    return bool(_COUNTS.match(text))


def is_code(text: str) -> bool:
    """Whether a normalised header numbers things of daily business.

    >>> is_code("issue key"), is_code("n° reclamation"), is_code("n° de telephone")
    (True, True, False)
    """
    return bool(_CODES.match(text))


def without_year(text: str) -> tuple[str, int] | None:
    """A normalised header without the year at its end or start, and that year.

    >>> without_year("objectif 2026"), without_year("fy25 target"), without_year("2026")
    (('objectif', 2026), ('target', 2025), None)
    """
    found = _YEAR.match(text) or (_YEAR_FIRST.match(text) if text[:2] in ("fy", "20") else None)
    return (found["rest"].strip(" ("), int(found["year"]) % 100 + 2000) if found else None


def parted(header: str) -> str | None:
    """A header of words written together, with spaces between them.

    >>> parted("TouchpointID"), parted("OrderDate"), parted("Date")
    ('Touchpoint ID', 'Order Date', None)
    """
    if " " in header or not 4 <= len(header) <= 60 or not header.isalnum():
        return None
    made = _CAMEL.sub(" ", header)
    return made if made != header else None
