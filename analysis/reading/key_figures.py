"""Sheets of key figures: a label and its figure on each line, under a title or nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.reading.headers import Guess, normalise
from analysis.reading.recognise import Sample

#: what such a sheet, or the header over its labels, is called
_CALLED = re.compile(
    r"\b(?:chiffres? cles?|key (?:figures?|numbers?|metrics)|indicateurs?|kpis?|metrics|tableau de bord|dashboard|en chiffres|in figures)\b"
)
#: how labels of figures begin, or what they are
_FIGURES = re.compile(
    r"^(?:nb|nbre|nombre|taux|part|%|pourcentage|nps|csat|ces|delai|temps|duree|panier|chiffre|ca|moyenne|score|note|satisfaction"
    r"|total|effectif|volume|number|rate|share|percentage|avg|average|mean|revenue|turnover|time|customers?|clients?|visites?|visitors?|orders?"
    r"|commandes?|appels?|calls?|tickets?|reclamations?|complaints?|avis|reviews?|churn|retention|conversion)\b"
    r"|\b(?:rate|score|time|count|nps|csat|taux|moyen|moyenne)s?$"
)
_FIGURE = re.compile(r"^[-+~≈<>€$£]?\s*\d")
_FEWEST, _LONGEST = 3, 60


def with_key_figures(
    headers: Sequence[str], found: list[Guess | None], samples: Sequence[Sample], titles: Sequence[str], headed: bool
) -> list[Guess | None] | None:
    """The guesses of a sheet of labels and their figures, or None for others.

    Parameters
    ----------
    titles : what stands over the table and how it is called, the first column's only text among it.
    headed : whether the table has a header; without one, a title or most of its labels must say that they are figures.
    """
    if len(headers) != 2 or any(guess and guess.confidence >= 0.9 for guess in found):
        return None
    labels, figures = samples
    names = labels.filled >= _FEWEST and labels.textual and labels.distinct == labels.filled and labels.length <= _LONGEST
    if not names or figures.filled < _FEWEST or figures.dates or figures.numbers < 0.5:
        return None
    if not all(_FIGURE.match(word) for word in figures.words):
        return None
    told = sum(bool(_FIGURES.search(normalise(word))) for word in labels.words)
    called = any(_CALLED.search(normalise(title)) for title in ([headers[0]] if headed else [*titles, labels.words[0]]))
    if not called and (headed or 2 * told < labels.filled):
        return None
    return [Guess("kpi", 0.8), Guess("kpi_value", 0.8)]
