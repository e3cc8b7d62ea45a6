"""Questions of a survey: what each column measures, on which scale, and which touchpoint it is about."""

from __future__ import annotations

import re
from dataclasses import dataclass

from analysis.reading.headers import guesses, is_question, normalise

#: measures that a question can ask for
MEASURES = ("satisfaction", "nps", "ces", "importance", "rating", "emotion", "comment")
_ABOUT = re.compile(r"^\s*(?:Q?\d+[.)\s]\s*)?(?P<what>[^:?]{2,80}?)\s*(?:\s[:–—-]|:)\s+(?P<rest>.{3,})$", re.S)
_BRACKETED = re.compile(r"\[(?P<what>[^\]]{2,80})\]\s*$")
_INSIDE = re.compile(
    r"(?:satisf\w+|content\w*|apprécié|happy|pleased)(?:[(·.⋅][es·.()]{1,5})?\s+(?:are you\s+|êtes-vous\s+|vous\s+)?"
    r"(?:(?:with|about|of|regarding|(?:vis[- ]à[- ]vis|à propos|à l['’]égard|au sujet) d(?:e la|e l['’]|e votre|e vos|es|u|e)"
    r"|quant (?:à la|à l['’]|aux|au|à)|envers|de la|de l['’]|de votre|de vos|des|du|de|d['’]|par|avec|concernant)\s*)"
    r"(?P<what>[^?(\[]{3,60}?)\s*(?:\?|\(|\[|$)",
    re.I,
)
#: “How satisfied are you with the following? - Mobile app”: after the question, what each column of it is about
_AFTER = re.compile(r"\?\s*(?:[-–—:|>/]\s*)?(?P<what>[^\W\d][^?\d()\[\]]{1,80})$")
#: “How satisfied are you with: - Delivery”
_DASHED = re.compile(r":\s*[-–—]\s+(?P<what>[^\W\d][^?:()\[\]]{1,80})$")
_INSTRUCTS = re.compile(
    r"^(?:note[rz]|merci|veuillez|please|rate|precise|pourquoi|why|group|groupe|other|autre|si |if |sur |on a|from|de \d|commentaire"
    r"|comments?|score|scale|echelle)"
)
#: what stands before the name of a thing in a sentence, and is none of it; “La Poste” begins with a capital
_ARTICLE = re.compile(r"^(?:the|la|les?|l['’]|nos|notre|our)(?:\s+|(?<=['’]))(?=[^\W\d_]{3})")
#: “Êtes-vous satisfait de : la caisse ?”: the colon parts a question from what it is about
_OPENED = re.compile(r"(?<=\b(?:de|du|of|by))\s*:\s*|(?<=\b(?:with|avec|from))\s*:\s*", re.I)
#: words that stand for what the columns of a grid name one by one
_PLACEHOLDER = re.compile(
    r"^(?:(?:each|all|any|every|chacun|chacune|chaque|tous|toutes|the|of|de|des|du|les?|la|l'|nos|our|ces|these|this|elements?|points?|aspects?|items?|"
    r"criteres?|domaines?|areas?|statements?|affirmations?|services?|prestations?|following|suivante?s?|ci dessous|below)\s*)+$"
)
#: “Q1 - Attente”: the number of a question is not what it is about
_NUMBERED = re.compile(r"^(?:q|question)?\s*\d{1,3}$", re.I)
#: words that name the whole rather than one touchpoint
GENERAL = frozenset(
    [
        "client",
        "clients",
        "customer",
        "customers",
        "finale",
        "final",
        "moyenne",
        "moyen",
        "average",
        "mean",
        "total",
        "totale",
        "level",
        "niveau",
        "nps",
        "csat",
        "sur",
        "de",
        "la",
        "le",
        "globale",
        "overall",
        "generale",
        "general",
        "global",
        "enseigne",
        "marque",
        "company",
        "service",
        "services",
        "entreprise",
        "produit",
        "product",
        "note",
        "score",
        "experience",
        "globalement",
    ]
)


@dataclass(frozen=True)
class Question:
    """What a column of a survey asks.

    Parameters
    ----------
    touchpoint : the touchpoint that is named in the question, or nothing when it is about the whole.
    measure : satisfaction, nps, ces, importance, rating, emotion or comment.
    low, high : ends of the scale of the answers; nothing for texts.
    stage : the stage that a row over the header names, where one does.
    """

    touchpoint: str | None
    measure: str
    low: float | None = None
    high: float | None = None
    stage: str | None = None


def subject_of(header: str) -> str | None:
    """The touchpoint that a question names.

    >>> subject_of("Accueil en boutique : quelle est votre satisfaction ? (1 à 5)")
    'Accueil en boutique'
    >>> subject_of("How satisfied are you with the delivery?")
    'delivery'
    """
    for pattern in (_DASHED, _BRACKETED, _AFTER, _ABOUT, _INSIDE):
        found = pattern.search(header if pattern is _DASHED else _OPENED.sub(" ", header))
        if found:
            what = " ".join(found["what"].split()).strip(" «»\"'“”")
            if pattern is _AFTER and _INSTRUCTS.match(normalise(what)):
                continue
            if _PLACEHOLDER.match(normalise(what)):
                continue
            if what and not _NUMBERED.match(what) and not set(normalise(what).split()) <= GENERAL and not names_measure(what):
                return _ARTICLE.sub("", what)
    return None


def names_measure(text: str) -> bool:
    """ "Satisfaction : …" names a measure, not a touchpoint; a “quote” is what somebody said, but a price as well."""
    return normalise(text) != "quote" and any(guess.field in MEASURES and guess.confidence > 0.9 for guess in guesses(text))


def measures(header: str, field: str | None) -> bool:
    """Is this column a question with a measure?"""
    return field in MEASURES and (
        is_question(header) or subject_of(header) is not None or field in ("nps", "satisfaction", "ces", "comment")
    )
