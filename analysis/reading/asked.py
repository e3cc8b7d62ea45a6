"""What a survey asks that its headers do not name: remarks in free words, yes or no, and whether one would recommend."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from analysis.reading.column import Typed
from analysis.reading.headers import Guess, is_question, normalise
from analysis.reading.recognise import Sample
from analysis.reading.words import degree, is_missing, is_unknown, plain, yes_or_no

_SCORED = frozenset({"satisfaction", "rating", "nps", "ces", "emotion_score", "importance"})
_GROUPS = re.compile(
    r"^(?:promoters?|passives?|neutrals?|detractors?|promoteur(?:s|\(s\))?|passif(?:s|\(s\))?|neutres?|detracteur(?:s|\(s\))?)$"
)
_NPS = re.compile(r"(?:^|[\W_])(?:e?nps|net promoter)(?:[\W_]|$)", re.I)
#: words of headers over what people write
_WRITES = re.compile(
    r"\b(?:comments|commentaires?|remarques?|feedback|suggestions?|verbatims?|avis|improve\w*|ameliorer\w*|pourquoi|why|raisons?|reasons?"
    r"|precise\w*|tell us|say|dire|mot|anything|autre|other|expliqu\w+|explain|souhait\w*|attent\w*|plu|deplu|liked?|disliked?|aime\w*"
    r"|best|worst|points? forts?|points? faibles?|idees?|ideas?|message|reponse ouverte|open ended)\b"
)
#: shorter texts are choices, and so are those that come back
_LONG, _DIFFERENT = 12, 0.6
#: so many different words of a mark are degrees
_JUDGED = 0.7
#: what a yes or a no tells of how it went
_JUDGES = re.compile(
    r"^(?:avez vous (?:ete|trouve|obtenu|recu|pu|eu|su|apprecie|compris|beneficie|ressenti|rencontre)"
    r"|(?:le|la|les|l'|nos|votre|vos|cet|cette|ce)\b.*\b(?:est il|est elle|sont ils|sont elles|etait il|etait elle|etaient ils"
    r"|etaient elles|a t il|a t elle|ont ils|ont elles|vous a\b|vous ont)"
    r"|did (?:you (?:find|get|receive|feel|understand|experience|encounter|have)|our|the|we|it)\b|was |were |is the|are the|is our|are our"
    r"|has (?:your|the|our)|have we|were you (?:able|greeted|satisfied|happy|helped)|etes vous satisfait|etes vous content"
    r"|votre (?:demande|probleme)|would you (?:use|buy|come|visit|order|return|choose|recommend)"
    r"|reviendrez vous|reviendriez vous|recommanderiez vous|referiez vous|conseilleriez vous)"
)
#: of these a yes is bad news
_TROUBLE = re.compile(
    r"\b(?:problem\w*|problemes?|difficult\w*|incidents?|issues?|trouble|complain\w*|reclamations?|litige|retards?|erreurs?|errors?)\b"
)
_SOLVED = re.compile(r"\b(?:resol\w+|solved?|regle\w*|traite\w*|fixed?)\b")
_NUMBER = re.compile(r"^\s*(?:Q\s*)?\d{1,2}\s*[.):–—-]\s*", re.I)
_FEWEST = 5
#: headers over what an answer counts for, not over answers
_WEIGHTS = re.compile(
    r"^(?:(?:poids|ponderation|weight(?:ing|s)?|wgt|coeff?(?:icient)?)(?: (?:de|d'|of|the|la|le|des)* ?"
    r"(?:redressement|ponderation|weighting|reponses?|repondants?|answers?|responses?|respondents?|sondage|survey|enquete|final|total))?"
    r"|(?:survey|response|respondent|final|sample) weights?|redressement)$"
)


def weights(headers: Sequence[str], found: Sequence[Guess | None], samples: Sequence[Sample]) -> list[int]:
    """Which columns say what each answer counts for, in a table of answers.

    Whoever weighs answers wants means that are weighed; here every answer counts as one, so that has to be said.
    """
    if not any(guess and guess.field in _SCORED - {"importance"} for guess in found):
        return []
    return [n for n, header in enumerate(headers) if _WEIGHTS.match(normalise(header)) and samples[n].numbers >= 0.9]



def with_nps(headers: Sequence[str], found: list[Guess | None], samples: Sequence[Sample], name: str) -> list[Guess | None]:
    """The guesses, where a score from 0 to 10 is the likelihood to recommend: beside “promoter, detractor”, or in an export of NPS."""
    fields = {guess.field for guess in found if guess}
    groups = next((n for n, seen in enumerate(samples) if _are_groups(seen)), None)
    found = list(found)
    if groups is not None and "nps_group" not in fields:
        found[groups] = Guess("nps_group", 0.9)
    named = any(seen.distinct == 1 and plain(seen.words[0]) == "nps" for seen in samples if seen.words)
    told = groups is not None or named or _NPS.search(name)
    marks = ("rating", "satisfaction") if "question" in fields else ("rating", "satisfaction", "answer")
    scores = [n for n, guess in enumerate(found) if guess and guess.field in marks and _to_ten(samples[n])]
    if told and "nps" not in fields and len(scores) == 1:
        found[scores[0]] = Guess("nps", 0.9)
    return found


def _are_groups(seen: Sample) -> bool:
    words = {plain(word) for word in seen.words if word and not is_missing(word)}
    return 2 <= len(words) <= 4 and all(_GROUPS.match(word) for word in words)


def _to_ten(seen: Sample) -> bool:
    """Whole figures from 0 to 10, some beyond 5."""
    told = [word for word in seen.words if word and not is_missing(word) and not is_unknown(word)]
    figures = [int(float(word)) for word in told if re.fullmatch(r"(?:\d|10)(?:\.0)?", word)]
    return bool(figures) and len(figures) >= 0.95 * len(told) and max(figures) > 5


def with_remarks(headers: Sequence[str], found: list[Guess | None], samples: Sequence[Sample]) -> list[Guess | None]:
    """The guesses of a survey, where columns of long and different texts under a question are what people wrote."""
    found = [Guess("comment", 0.6) if guess and guess.field == "rating" and _same_word(header, seen) else guess
             for header, guess, seen in zip(headers, found, samples, strict=True)]  # fmt: skip
    if not any(guess and guess.field in _SCORED for guess in found):
        alone = len(headers) == 1 and found[0] is None and remarks(headers[0], samples[0])
        return [Guess("comment", 0.7)] if alone else found
    return [
        Guess("comment", 0.65) if (guess is None or _loose(guess)) and remarks(header, seen) else guess
        for header, guess, seen in zip(headers, found, samples, strict=True)
    ]


def _loose(guess: Guess) -> bool:
    return guess.confidence < 0.8 and guess.field not in _SCORED


def _same_word(header: str, seen: Sample) -> bool:
    """“Votre avis ?” that all answer with “ok”, or one with “Très bien”, another with “Un peu bruyant”: no mark."""
    words = {plain(word) for word in seen.words if word and not is_missing(word)}
    if not seen.textual or seen.filled < 2 or not _WRITES.search(normalise(header)):
        return False
    return (len(words) == 1 and seen.filled >= _FEWEST) or sum(degree(word) is not None for word in words) < _JUDGED * len(words)


def remarks(header: str, seen: Sample) -> bool:
    """Whether a column holds what people wrote: long and different texts, under a question or a word that asks for some."""
    told = [word for word in seen.words if word and not is_missing(word)]
    if not told or not seen.textual or not (is_question(header) or _WRITES.search(normalise(header))):
        return False
    spaced = sum(" " in word for word in told) / len(told)
    return seen.length >= _LONG and len(set(told)) >= _DIFFERENT * len(told) and spaced >= 0.5


def with_yes_no(headers: Sequence[str], found: list[Guess | None], samples: Sequence[Sample]) -> tuple[list[Guess | None], list[int]]:
    """The guesses, and which questions answered with yes or no were taken for judgments: what share says yes is a score.

    Only questions about how something went (“Avez-vous trouvé…?”, “Was the room clean?”); who somebody is stays a fact about them.
    """
    free = [guess is None or guess.confidence < 0.85 for guess in found]
    taken = [n for n, header in enumerate(headers) if free[n] and is_yes_no(header, samples[n])]
    taken += [n for n, seen in enumerate(samples) if n not in taken and free[n] and _are_thumbs(seen)]
    # “Recommande ?” that is answered with yes or no is no mark from 0 to 10, and “Satisfait ?” none from 1 to 5
    marked = ("nps", "satisfaction", "rating")
    taken += [n for n, guess in enumerate(found) if n not in taken and guess and guess.field in marked and _are_yes_no(samples[n])]
    found = list(found)
    for n in taken:
        found[n] = Guess("satisfaction", 0.65)
    return found, taken


def is_yes_no(header: str, seen: Sample) -> bool:
    """Whether a column answers how something went with yes or no."""
    text = normalise(_NUMBER.sub("", header))
    if not is_question(header) or not _JUDGES.match(text):
        return False
    return seen.filled >= _FEWEST and (set(seen.words) - {""} == {"0", "1"} or _are_yes_no(seen))


def _are_thumbs(seen: Sample) -> bool:
    """Thumbs up and down, whatever stands over them."""
    told = {word for word in seen.words if word and not is_missing(word)}
    return seen.filled > 1 and any("👍" in word for word in told) and all(word[0] in "👍👎" for word in told)


def _are_yes_no(seen: Sample) -> bool:
    told = {word for word in seen.words if word and not is_missing(word) and not is_unknown(word)}
    return len(told) <= 6 and not told <= {"0", "1"} and {yes_or_no(word) for word in told} == {True, False}


def as_yes_no(typed: Typed) -> None:
    """Puts the answers of such a question on a scale of their own, 0 (no) to 1 (yes), changed in place.

    Placed on 1 to 5 they would be pooled with marks: a share of satisfied people would count a yes as a 5.
    """
    if not typed.numeric:  # “Y” and “N” are no words of degree
        said = [None if pd.isna(word) else yes_or_no(str(word)) for word in typed.values]
        told = [word for word, answer in zip(typed.values, said, strict=True) if answer is None and not pd.isna(word)]
        if any(not is_missing(str(word)) and not is_unknown(str(word)) for word in told):
            return
        typed.values = pd.Series(pd.array(said, dtype="Int64"))
        typed.scale, typed.numeric = (0.0, 1.0), True
        typed.doubts = [doubt for doubt in typed.doubts if doubt[0] != "no_scores"]
        return
    if typed.scale == (1.0, 5.0) and typed.values.dropna().isin([1, 5]).all():
        typed.values = ((typed.values - 1) / 4).astype("Int64")
        typed.scale = (0.0, 1.0)
        typed.doubts = [doubt for doubt in typed.doubts if doubt[0] != "words_as_score"]


def yes_is_bad(header: str) -> bool:
    """Whether a yes to this question is bad news.

    >>> yes_is_bad("Did you have any problems?"), yes_is_bad("Did we solve your problem?")
    (True, False)
    """
    text = normalise(header)
    return bool(_TROUBLE.search(text)) and not _SOLVED.search(text)


#: “Client satisfait ?”, “Are you happy?”: of no thing in particular
_OF_ALL = re.compile(
    r"^(?:(?:le|la|les|the|etes|etiez|vous|are|were|was|is|you|clients?|clientes?|customers?|patients?|usagers?|guests?|globalement"
    r"|overall) )*"
    r"(?:satisfaite?s?|satisfied|contente?s?|happy)(?: (?:o n|y n|oui non|yes no))?$"
)


def is_of_all(header: str) -> bool:
    """Whether a question that is answered with yes or no is about the whole.

    >>> is_of_all("Client satisfait ?"), is_of_all("Satisfied? (Y/N)"), is_of_all("Was the room clean?")
    (True, True, False)
    """
    return bool(_OF_ALL.match(" ".join(re.sub(r"[^a-z0-9]+", " ", plain(header)).split())))


def plain_question(header: str) -> str:
    """A question as the name of what it is about, where only the whole of it says that: without its number and its mark.

    >>> plain_question("Q3. Avez-vous trouvé ce que vous cherchiez ?")
    'Avez-vous trouvé ce que vous cherchiez'
    """
    return " ".join(_NUMBER.sub("", header).split()).rstrip(" ?:.!*")
