"""Words of sheets → keys of the project: families, channels' side, statuses. What is not known is kept as it is written."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from analysis.project.importing.builder import cleaned
from analysis.project.importing.names import folded
from analysis.reading.words import is_missing, plain

_FAMILIES = {
    "marketing": "marketing communication publicite advertising awareness media pub",
    "sales": "sale vente commercial commerce achat vendeur purchase",
    "customer_service": "service client|customer service|sav|support|assistance|relation client|aftersale|after sale|customer care"
    "|service apre vente",
    "post_purchase": "post achat|post purchase|postachat|apre achat|fidelisation|loyalty|retention",
    "indirect": "indirect|bouche a oreille|word of mouth|avis|review|presse|press|reputation|influenceur|influencer|earned",
}
_ONLINE = {"en ligne", "online", "digital", "numerique", "web", "internet", "oui", "yes", "1", "vrai", "true"}
_OFFLINE = {
    "hor ligne",
    "offline",
    "physique",
    "physical",
    "non",
    "no",
    "0",
    "faux",
    "false",
    "magasin",
    "papier",
    "in person",
    "en personne",
}
_DIRECT = {"direct", "owned", "possede", "interne", "oui", "yes", "1", "vrai", "true", "paid", "paye"}
_INDIRECT = {"indirect", "earned", "gagne", "externe", "non", "no", "0", "faux", "false"}
_PHASES = {
    "emerging": "emergent emergence emerging nouveau new lancement launch",
    "growing": "croissance growing growth",
    "mature": "maturite mature maturity",
    "declining": "declin declining decline",
}
#: words of a status, as they are folded; a feminine or plural ending is one of theirs too
_STATUSES = {
    "proposed": "propose|proposed|proposition|idee|idea|a valider|a l etude|a etudier|a decider|suggested|to be decided|backlog",
    "to_do": "a faire|to do|todo|planifie|planned|prevu|programme|scheduled|non commence|pas commence|pas demarre|not started|open|ouvert"
    "|nouveau|nouvelle|new|a lancer|a demarrer|valide|approved|en attente|waiting|pending|on hold|en pause|reporte|postponed|non|no"
    "|faux|false|0",
    "in_progress": "en cour|en cours de realisation|in progress|doing|commence|started|demarre|lance|launched|entame|wip|ongoing|under way"
    "|underway|running|en retard",
    "done": "fait|done|termine|fini|finished|completed|complete|clo|closed|cloture|realise|acheve|livre|delivered|solde|ok|oui|yes"
    "|vrai|true|x|100",
    "dropped": "abandonne|dropped|abandoned|annule|cancelled|canceled|rejete|rejected|refuse|refused|stopped|stoppe|arrete|sans suite",
}
#: what is written where there is nothing to say
_NOTHING_SAID = {"ras", "r.a.s", "rien", "rien a signaler", "aucun", "aucune", "neant", "nothing", "nothing to report", "none", "nil"}


#: what stands in brackets; an ending that a word of a status may have
_ASIDE, _FEMININE = re.compile(r"\(.*?\)"), re.compile(r"es?$", re.IGNORECASE)


def _keyed(table: dict[str, str], text: str) -> str | None:
    wanted = folded(text)
    for key, words in table.items():
        known = words.split("|") if "|" in words else words.split()
        if wanted == key.replace("_", " ") or wanted in {folded(word) for word in known}:
            return key
    return None


def family(text: str) -> str:
    """The key of a family of touchpoints, or the text itself.

    >>> family("Post-achat"), family("Service client"), family("Nos partenaires")
    ('post_purchase', 'customer_service', 'Nos partenaires')
    """
    return _keyed(_FAMILIES, text) or text.strip()


def phase(text: str) -> str:
    return _keyed(_PHASES, text) or text.strip()


def status(text: str) -> str:
    """The key of an action's status; what is not known is still to do."""
    return known_status(text) or "to_do"


def known_status(text: str) -> str | None:
    """The key of an action's status, as people write it; None for a word that is none.

    >>> known_status("TERMINÉE"), known_status("En cours (50 %)"), known_status("à voir")
    ('done', 'in_progress', None)
    """
    said = _ASIDE.sub(" ", text).strip()
    return _keyed(_STATUSES, said) or _keyed(_STATUSES, _FEMININE.sub("", said))


def online(value: Any) -> bool | None:
    """Whether a cell says online (True), offline (False) or neither."""
    return _either(value, _ONLINE, _OFFLINE)


def direct(value: Any) -> bool | None:
    return _either(value, _DIRECT, _INDIRECT)


def _either(value: Any, yes: set[str], no: set[str]) -> bool | None:
    if value is None or pd.isna(value):
        return None
    if isinstance(value, bool):
        return value
    wanted = folded(str(value))
    return True if wanted in {folded(w) for w in yes} else False if wanted in {folded(w) for w in no} else None


def affirmed(value: Any) -> bool:
    """Whether a cell says yes: oui, x, ✓, 1…"""
    if value is None or pd.isna(value):
        return False
    return (
        value is True
        or folded(str(value)) in {"oui", "ye", "yes", "vrai", "true", "1", "x", "o", "y"}
        or str(value).strip() in {"✓", "✔", "★", "●"}
    )


def texts_of(value: Any) -> list[str]:
    """The several texts of a cell: split at line breaks, “;” and “•”.

    A sign that stands for nothing (“-”, “n/a”, “RAS”) is no text.

    >>> texts_of("Prix introuvables ; pages lentes")
    ['Prix introuvables', 'pages lentes']
    """
    if value is None or (not isinstance(value, list | tuple) and pd.isna(value)):
        return []
    parts = value if isinstance(value, list | tuple) else re.split(r"[\n\r;•]+", str(value))
    told = [part.strip(" \t-–·*\u00a0\u202f") for part in parts]
    return [part for part in told if part and not is_missing(part) and plain(part) not in _NOTHING_SAID]


def said_of(value: Any) -> str:
    """The text of a cell; nothing for a sign that stands for nothing, such as “n/a”.

    >>> said_of(" Julie "), said_of("N/A")
    ('Julie', '')
    """
    text = cleaned(value)
    return "" if is_missing(text) else text
