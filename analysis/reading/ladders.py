"""Words of one scale read together: of “never, sometimes, often, always” or “poor, fair, good, very good” no word alone says its degree."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from analysis.reading.words import _table, degree, plain, without_gender, without_pictures

#: what stands before the same word on the steps of a scale, and the degree that it gives, 1 to 5
_STRENGTHS = {
    word: strength
    for strength, words in (
        (1.0, "tres peu|pas du tout|absolument pas|not at all|pas|not"),
        (2.0, "peu|pas tres|plutot pas|pas assez|pas vraiment|not very|not so|not really|not quite|slightly|a little|un peu"),
        (3.0, "moyennement|moderately|somewhat|relativement"),
        (4.0, "plutot|assez|fairly|quite|rather|mostly|"),
        (5.0, "tres|tout a fait|extremement|vraiment|totalement|parfaitement|very|extremely|completely|totally|highly"),
    )
    for word in words.split("|")
}
_WORST = ("tres peu", "pas du tout", "absolument pas", "not at all")
_BEFORE = re.compile(rf"^(?:({'|'.join(sorted(filter(None, _STRENGTHS), key=len, reverse=True))})\s+)?(\S.*)$")
#: prefixes that turn a word into its contrary: “unsafe”, “inutile”, “impoli”, “dissatisfying”
_CONTRARY = ("un", "in", "im", "dis", "mal")
_NUMBERED = re.compile(r"^\d{1,2}\s*[-–:=.)(]\s*([^\d].*?)\)?$")
_YES = ("oui", "yes")
_SAID = re.compile(r"^(?P<said>oui|non|yes|no)\b(?P<rest>.*)$")
_PARTLY = re.compile(r"\b(?:en partie|partiellement|partly|partially|in part|un peu|a little|to some extent|parfois|sometimes)\b")
_HALF = re.compile(
    r"\b(?:en partie|partiellement|partly|partially|in part|un peu|a little|to some extent|parfois|sometimes|plutot|somewhat|mostly|rather"
    r"|pas vraiment|not really|pas tout a fait|not quite|assez|probably|sans doute|peut etre)\b"
)
_WHOLE = re.compile(
    r"\b(?:tout a fait|totalement|absolument|completement|definitely|completely|absolutely|totally|pas du tout|not at all|tres)\b"
)
_LONGEST = 60
#: scales of initials (“SA, A, N, D, SD”) need three of them to be told
_INITIALS = 3


def ladder(words: Iterable[str]) -> dict[str, float]:
    """The degree from 1 to 5 of each different word of a column, where they belong to one scale; nothing where each word tells by itself.

    The steps of a scale are as far from each other: a fourth of five steps is a 4, a third of four 3.67.

    >>> ladder(["Souvent", "Jamais", "Toujours"])["Souvent"], ladder(["Very safe", "Unsafe", "Safe"])["Unsafe"], ladder(["Bon", "Mauvais"])
    (3.6667, 2.0, {})
    >>> ladder(["Très satisfait", "Satisfait", "Peu satisfait", "Pas satisfait"])["Pas satisfait"]
    1.0
    >>> ladder(["Très satisfait", "Satisfait", "Peu satisfait", "Insatisfait"])["Insatisfait"]
    1.0
    """
    steps = {word: _step(word) for word in words if word.strip() and len(word) <= _LONGEST}
    used = set(steps.values())
    if len(used) < 2 or len(used) > 9:
        return {}
    alone = [degree(step) for step in used]
    if None not in alone and len(set(alone)) == len(used):
        return {}
    found = _of_known(frozenset(used)) or (_of_yes_and_no(used) if None in alone else {}) or _of_one_word(used)
    return {word: found[step] for word, step in steps.items()} if found else {}


def _step(word: str) -> str:
    text = without_gender(plain(without_pictures(word)))
    numbered = _NUMBERED.match(text)
    return " ".join((numbered[1] if numbered else text).replace(",", " ").split())


@lru_cache(maxsize=1)
def _known() -> list[tuple[str, ...]]:
    return [tuple(_step(word) for word in [first, *rest.split("\t")]) for first, rest in _table("scales.tsv")]


@lru_cache(maxsize=4096)
def _of_known(used: frozenset[str]) -> dict[str, float]:
    """The shortest known scale that has all these words."""
    fitting = [steps for steps in _known() if used <= set(steps) and (len(used) > 2 or max(map(len, steps)) > _INITIALS)]
    steps = min(fitting, key=len, default=())
    return {step: round(1 + 4 * place / (len(steps) - 1), 4) for place, step in enumerate(steps)}


def _of_yes_and_no(used: set[str]) -> dict[str, float]:
    """The degrees of “yes definitely, yes somewhat, no”: how much of a yes or a no each is."""
    parts = {step: found for step in used if (found := _SAID.match(step))}
    if len(parts) < len(used) or len(used) < 3 or len({found["said"] in _YES for found in parts.values()}) < 2:
        return {}
    degrees = {}
    for step, found in parts.items():
        half, whole = bool(_HALF.search(found["rest"])), bool(_WHOLE.search(found["rest"]))
        yes = found["said"] in _YES
        firmer = any((other["said"] in _YES) == yes and _WHOLE.search(other["rest"]) for other in parts.values())
        middle = (3.0 if _PARTLY.search(found["rest"]) else 4.0) if yes else 2.0
        degrees[step] = middle if half else (5.0 if yes else 1.0) if whole or not firmer else (4.0 if yes else 2.0)
    return degrees if len(set(degrees.values())) == len(degrees) else {}


def _of_one_word(used: set[str]) -> dict[str, float]:
    """The degrees of “very safe, safe, unsafe, very unsafe”: one word, more or less of it, or its contrary."""
    middle = {step for step in used if degree(step) == 3}
    used = used - middle
    parts = {step: (found[1] or "", found[2]) for step in used if (found := _BEFORE.match(step))}
    roots = {root for _, root in parts.values()}
    root = min(roots, key=lambda one: (len(one), one), default="")
    contrary = {prefix + root for prefix in _CONTRARY}
    if len(root) < 3 or not roots <= {root} | contrary or len(parts) < max(len(used), 2):
        return {}
    worst = any(said == root and before in _WORST for before, said in parts.values())
    strengths = _STRENGTHS | (dict.fromkeys(("pas", "not"), 1.6667) if worst else {})
    degrees = {step: strengths[before] if said == root else 6 - strengths[before] for step, (before, said) in parts.items()}
    weak = any(said == root and strengths[before] == 2 for before, said in parts.values())
    if weak and not any(said != root and before for before, said in parts.values()):  # below “peu satisfait”, “insatisfait” is the worst
        degrees |= {step: 1.0 for step, (_, said) in parts.items() if said != root}
    degrees |= dict.fromkeys(middle, 3.0)
    return degrees if len(set(degrees.values())) == len(degrees) and (len(used) > 2 or len(roots) > 1) else {}
