"""Figures with words around them: ``env. 20``, ``> 50``, ``10-15``, ``150 €/mois``, ``4/5 (bien)``, ``Note : 4``, ``une dizaine``.

Only for columns whose field is a figure, and each is reported with what it was read as: none of these says exactly one number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from analysis.reading.durations import parse_duration
from analysis.reading.numbers import Number, parse_number
from analysis.reading.words import plain

APPROXIMATE, BOUND, RANGE, PER_PERIOD, REMARK, FREE = "approximate", "bound", "range_middle", "per_period", "remark", "free"
_LONGEST = 60
_ABOUT = re.compile(
    r"^(?:~|≈|≃|±|\+/-|env(?:iron)?\b\.?|autour de|a peu pres|approx(?:imativement|imately)?\b\.?|approx\.|around|about|ca\.|circa|c\.|"
    r"presque|pres de|quasiment|almost|nearly|roughly)\s*"
)
_ABOUT_AFTER = re.compile(
    r"\s*(?:env(?:iron)?\.?|approx(?:imativement)?\.?|a peu pres|\(env(?:iron)?\.?\)|\(approx\.?\)|\(estim\w*\)|\(est\.?\))$"
)
_OVER = re.compile(
    r"^(?:>=?|≥|⩾|<=?|≤|⩽|\+ de|- de|plus (?:de|d')|moins (?:de|d')|au moins|au plus|jusqu'a|a partir de|des|min(?:imum)?\.?|"
    r"max(?:imum)?\.?|more than|less than|over|under|at least|at most|up to|from|below|above)\s*"
)
_OVER_AFTER = re.compile(r"\s*(?:\+|et plus|ou plus|et \+|or more|and more|minimum|mini?\.?|maximum|maxi?\.?|au moins|ou moins|or less)$")
_RANGE = re.compile(
    r"^(?:entre |de |between |from )?(?P<low>\S.*?)\s*(?:-|–|—|à|\ba\b|\bet\b|\bou\b|\bto\b|\band\b|\bor\b|\.\.+|…|→)\s*(?P<high>\S.*)$"
)
_PERIODS = (
    (re.compile(r"\s*(?:/|par|per|a)\s?(?:mois|month|m\.?)(?=\s|$)|\s*(?:mensuels?|monthly)(?=\s|$)"), 12.0),
    (re.compile(r"\s*(?:/|par|per|a)\s?(?:an|annee|year|yr)(?=\s|$)|\s*(?:annuels?|yearly|annually)(?=\s|$)"), 1.0),
    (re.compile(r"\s*(?:/|par|per|a)\s?(?:trimestre|trim\.?|quarter)(?=\s|$)|\s*(?:trimestriels?|quarterly)(?=\s|$)"), 4.0),
    (re.compile(r"\s*(?:/|par|per|a)\s?(?:semaine|sem\.?|week|wk)(?=\s|$)|\s*(?:hebdomadaires?|weekly)(?=\s|$)"), 52.0),
    (re.compile(r"\s*(?:/|par|per|a)\s?(?:jour|j|day|d)(?=\s|$)|\s*(?:journaliers?|daily)(?=\s|$)"), 365.0),
)
_REMARK = re.compile(
    r"^(?P<figure>[^a-z(]*?\d[^a-z(]*?(?:\s?(?:€|%|h|min|k€|eur|euros?|sur \d+|out of \d+))?)\s*"
    r"(?:\((?P<inside>[^)]*[a-z][^)]*)\)|[-–:;,]\s+(?P<after>[a-z].*))$"
)
_LABEL = re.compile(
    r"^(?:note|score|notation|rating|overall|total|valeur|value|niveau|level|cout|prix|montant|nb|nombre)\s*[:=]?\s*(?P<figure>[-+]?\d.*)$"
)
_BRACKETED = re.compile(r"^[a-z][a-z' ]*\((?P<figure>\d{1,3}(?:[.,]\d+)?)\)$")
_UNITS = re.compile(
    r"^(?P<figure>[-+]?\d[\d\s.,]*?)\s?(?:h|hrs?|heures?|hours?|min|mn|minutes?|s|sec|secondes?|seconds?|j|jrs?|jours?|d|days?|sem|semaines?|weeks?"
    r"|mois|months?|ans|years?|clients?|customers?|appels?|calls?|tickets?|visites?|visits?|avis|reviews?|pts?|points?|km|kg|m2|personnes?|people"
    r"|reponses?|commandes?|orders?|fois|times)$"
)
_ANSWER = re.compile(r"^a0?(\d{1,2})$")
_TENS = {
    "dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30, "quarantaine": 40, "cinquantaine": 50,
    "soixantaine": 60, "centaine": 100, "millier": 1000, "dozen": 12, "hundred": 100, "thousand": 1000,
}  # fmt: skip
_FREE = frozenset(["gratuit", "gratuite", "gratuits", "free", "free of charge"])


@dataclass(frozen=True)
class Loose:
    """What a text was read as, and why that is said: one of the codes of this module."""

    number: Number
    why: str
    #: times a year, of an amount per period
    times: float | None = None


def read_loosely(text: str, decimal: str = ".", kind: str = "number") -> Loose | None:
    """A figure among words; nothing where there is none, or where it could be anything.

    Parameters
    ----------
    text : what stands in the cell.
    decimal : the decimal sign of the column.
    kind : type of its field (see :data:`analysis.fields.TYPES`): only money is free or per month, durations have units of their own.

    Examples
    --------
    >>> read_loosely("env. 20").number.value, read_loosely("10-15").number.value, read_loosely("> 50 %").why
    (20.0, 12.5, 'bound')
    >>> read_loosely("150 €/mois", kind="money").times, read_loosely("5 rue Haute"), read_loosely("2-3 jours", kind="duration").number.value
    (12.0, None, 3600.0)
    """
    if not text or len(text) > _LONGEST:
        return None
    words = plain(text)
    if kind == "money" and words in _FREE:
        return Loose(Number(0.0), FREE)
    if (tens := _tens(words)) is not None:
        return Loose(Number(tens), APPROXIMATE)
    if not any(map(str.isdigit, words)):
        return None
    if (exact := _exact(words, decimal, kind)) is not None:
        return Loose(exact, REMARK)
    found = (read(words, decimal, kind) for read in (_around, _between, _per_period, _beside))
    return next((one for one in found if one is not None), None)


def _exact(words: str, decimal: str, kind: str) -> Number | None:
    if kind == "duration":
        minutes = parse_duration(words)
        return Number(minutes) if minutes is not None else None
    return parse_number(words, decimal)


def _tens(words: str) -> float | None:
    found = re.match(r"^(?:environ )?(?:une?|quelques|a|about a) (\w+)s?$", words) or re.match(r"^(\w+)s?$", words)
    return float(_TENS[found[1]]) if found and found[1] in _TENS else None


def _around(words: str, decimal: str, kind: str) -> Loose | None:
    for before, after, why in ((_ABOUT, _ABOUT_AFTER, APPROXIMATE), (_OVER, _OVER_AFTER, BOUND)):
        rest = after.sub("", before.sub("", words)).strip()
        if rest == words:
            continue
        number = _exact(rest, decimal, kind)
        if number is not None:
            return Loose(number, why)
        inner = _between(rest, decimal, kind) or _per_period(rest, decimal, kind)
        if inner is not None:
            return inner
        if kind == "number" and (beside := _beside(rest, decimal, kind)) is not None:
            return replace(beside, why=why)
    return None


def _between(words: str, decimal: str, kind: str) -> Loose | None:
    """The middle of two figures in order; the unit may stand after the second only."""
    found = _RANGE.match(words)
    high = _exact(found["high"], decimal, kind) if found else None
    if found is None or high is None:
        return None
    unit = re.sub(r"^[\d\s.,]+", "", found["high"])
    low = _exact(f"{found['low']} {unit}", decimal, kind) if unit else None
    low = low or _exact(found["low"], decimal, kind)
    if low is None or low.value >= high.value or low.out_of != high.out_of or _are_years(low.value, high.value):
        return None
    return Loose(replace(high, value=(low.value + high.value) / 2), RANGE)


def _are_years(low: float, high: float) -> bool:
    return 1900 <= low <= 2100 and 1900 <= high <= 2100


def _per_period(words: str, decimal: str, kind: str) -> Loose | None:
    if kind != "money":
        return None
    for pattern, times in _PERIODS:
        rest = pattern.sub(" ", words).strip()
        if rest != words and (number := _exact(rest, decimal, kind)) is not None:
            return Loose(number, PER_PERIOD, times)
    return None


def _beside(words: str, decimal: str, kind: str) -> Loose | None:
    """A figure with a remark after it, a label before it, or in brackets after a word; the code of an answer (“A4”)."""
    if kind == "score" and (code := _ANSWER.match(words)):
        return Loose(Number(float(code[1])), REMARK)
    if kind == "number" and (said := _UNITS.match(words)):
        number = _exact(said["figure"].strip(), decimal, kind)
        return Loose(number, REMARK) if number is not None else None
    found = _REMARK.match(words) or _LABEL.match(words) or (_BRACKETED.match(words) if kind == "score" else None)
    number = _exact(found["figure"].strip(), decimal, kind) if found else None
    return Loose(number, REMARK) if number is not None else None
