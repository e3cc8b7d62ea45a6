"""Names as people write them: matched in spite of accents, case, plurals and small slips."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import zip_longest

#: from here on two names are taken for the same, when they are long enough for a slip to be one
CLOSE = 0.88
SHORTEST = 5
#: words that are left out of names, but for accents and plurals; letters that a word with a slip has at least, and its likeness
_SMALL = frozenset(["de", "du", "des", "le", "la", "les", "au", "aux", "en", "et", "un", "une", "the", "of", "to", "in", "on", "at", "and"])
_WORD, _ALIKE = 4, 0.78


def folded(text: str) -> str:
    """A name without accents, case, punctuation, double spaces and plural endings.

    >>> folded("Avis  clients : « Google »") == folded("avis client Google")
    True
    """
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae"))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    words = re.findall(r"[^\W_]+", plain)
    return " ".join(word[:-1] if len(word) > 3 and word[-1] in "sx" else word for word in words)


_NUMBER = re.compile(r"^\s*(?:\d{1,2}|[IVX]{1,4})\s*(?:[.)]|[-–—:](?=\s))\s*(?=[^\W\d_])")


def unnumbered(name: str) -> str:
    """The name of a stage without its number in the order.

    >>> unnumbered("1. Je cherche"), unnumbered("2 – Achat"), unnumbered("24/7"), unnumbered("1er contact"), unnumbered("3-en-1")
    ('Je cherche', 'Achat', '24/7', '1er contact', '3-en-1')
    """
    return _NUMBER.sub("", name)


class Names:
    """Names of one kind, each with its id; finds the one that another spelling means.

    >>> Names({"s1": "Fidélisation"}).find("fidelisation")
    's1'
    """

    def __init__(self, names: Mapping[str, str] | Iterable[tuple[str, str]] = ()) -> None:
        self._ids: dict[str, list[str]] = {}
        for id, name in dict(names).items():
            self.add(id, name)

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, id: str, name: str) -> None:
        self._ids.setdefault(folded(name) or name, []).append(id)

    def find(self, name: str, among: Iterable[str] | None = None) -> str | None:
        """The id of the name that is meant, or None. ``among`` narrows the choice; several equally good ones are nobody's."""
        return self.exact(name, among) or self._nearest(folded(name) or name, among)

    def exact(self, name: str, among: Iterable[str] | None = None) -> str | None:
        """The id of the name but for accents, case and plurals, or None."""
        exact = self._narrowed(self._ids.get(folded(name) or name, []), among)
        return exact[0] if exact else None

    def _narrowed(self, ids: list[str], among: Iterable[str] | None) -> list[str]:
        if among is None:
            return ids
        allowed = set(among)
        return [id for id in ids if id in allowed]

    def _nearest(self, wanted: str, among: Iterable[str] | None) -> str | None:
        if len(wanted) < SHORTEST:
            return None
        close: list[tuple[float, str]] = []
        for known, ids in self._ids.items():
            if abs(len(known) - len(wanted)) > 3 or _digits(known) != _digits(wanted):
                continue  # other digits are never a slip: known without comparing letters
            pair = SequenceMatcher(None, known, wanted)
            likeness = pair.ratio() if pair.quick_ratio() >= CLOSE else 0.0
            allowed = self._narrowed(ids, among) if likeness >= CLOSE else []
            if allowed and is_slip(known, wanted):
                close.append((likeness, allowed[0]))
        close.sort(reverse=True)
        return close[0][1] if close and (len(close) == 1 or close[0][0] > close[1][0]) else None

    def suggestions(self, name: str, limit: int = 3) -> list[str]:
        """Ids of the names that come nearest, best first: for a person to choose from."""
        wanted = folded(name)
        words = set(wanted.split())
        scored = []
        for known, ids in self._ids.items():
            shared = len(words & set(known.split())) / max(1, min(len(words), len(known.split())))
            likeness = max(SequenceMatcher(None, known, wanted).ratio(), 0.9 * shared)
            if likeness >= 0.5:
                scored.append((likeness, ids[0]))
        return [id for _, id in sorted(scored, reverse=True)[:limit]]


@lru_cache(maxsize=4096)
def _digits(text: str) -> str:
    return "".join(re.findall(r"\d+", text))


def is_slip(one: str, other: str) -> bool:
    """Whether two folded names that look alike differ by the slip of a finger, and not by a word of their own.

    A word may be misspelt, parted or joined, or be a small one that is left out; what tells two things apart is no slip.

    >>> is_slip("paiment en ligne", "paiement en ligne"), is_slip("e mail d accueil", "email d accueil")
    (True, True)
    >>> is_slip("formulaire a", "formulaire b"), is_slip("etape 1", "etape 2"), is_slip("service apre vente nord", "service apre vente sud")
    (False, False, False)
    """
    if one.replace(" ", "") == other.replace(" ", ""):
        return True
    left, right = ([word for word in name.split() if word not in _SMALL] for name in (one, other))
    return all(a == b or (a is not None and b is not None and _misspelt(a, b)) for a, b in zip_longest(left, right))


def _misspelt(one: str, other: str) -> bool:
    """Whether two words are one with a letter or two wrong; digits and the shortest words have none."""
    if min(len(one), len(other)) < _WORD or not (one + other).isalpha():
        return False
    return SequenceMatcher(None, one, other).ratio() >= _ALIKE
