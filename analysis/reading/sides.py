"""Who says something of a touchpoint: those who work there, or their customers."""

from __future__ import annotations

import re

from analysis.reading.words import plain

_STAFF = re.compile(r"^(?:l')?(?:equipes?|staff|team|internes?|collaborat\w+|employe\w*|salarie\w*|personnel)$")
_CUSTOMERS = re.compile(r"^(?:clients?|clientes?|customers?|externes?|usagers?|patients?|guests?|visiteurs?)$")


def is_staff(word: str) -> bool:
    """Whether a word names those who work there.

    >>> is_staff("Équipe"), is_staff("Team"), is_staff("Cliente")
    (True, True, False)
    """
    return bool(_STAFF.match(plain(word)))


def is_customer(word: str) -> bool:
    """Whether a word names customers."""
    return bool(_CUSTOMERS.match(plain(word)))
