"""What a word of feeling is worth on −2 … +2: a published list, French and English, and faces.

A word in a "how they feel" column is an *assumed* emotion of its touchpoint: it never counts as an answer.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import pandas as pd

from analysis.methods.frames import folded

#: value → language → words, in the masculine singular; feminine and plural forms are found as well
_LISTS: dict[int, dict[str, str]] = {
    2: {
        "fr": "ravi, enchanté, émerveillé, enthousiaste, comblé, conquis, ébloui, euphorique, bluffé, emballé, "
        "adore, excellent, "
        "très satisfait, très content, très heureux, fier, exalté, épaté, extraordinaire, parfait, passionné, fan, "
        "tout à fait satisfait",
        "en": "delighted, thrilled, ecstatic, amazed, enthusiastic, overjoyed, excited, love, loves, impressed, "
        "proud, excellent, wowed, "
        "very satisfied, very happy, very pleased, extremely satisfied, perfect, passionate, elated, fan, charmed",
        "face": "😀 😃 😄 😁 😍 🤩 🥰 😊 🎉 ❤️",
    },
    1: {
        "fr": "content, satisfait, heureux, confiant, rassuré, curieux, intéressé, soulagé, serein, motivé, "
        "à l'aise, agréable, joyeux, "
        "optimiste, reconnaissant, surpris agréablement, agréablement surpris, séduit, bien, bon, positif, valorisé, "
        "écouté, accueilli, détendu, calme, impliqué, inspiré, amusé, plutôt satisfait, assez satisfait, facile, "
        "tranquille, aimé, "
        "en confiance, attiré, plein d'espoir, encouragé, reconnu, considéré",
        "en": "happy, satisfied, pleased, confident, reassured, curious, interested, relieved, calm, motivated, "
        "comfortable, glad, hopeful, "
        "optimistic, grateful, pleasantly surprised, good, positive, valued, heard, welcome, welcomed, relaxed, "
        "engaged, inspired, "
        "amused, easy, content, secure, joyful, trusting, encouraged, intrigued, somewhat satisfied, cheerful, "
        "recognised, recognized",
        "face": "🙂 😌 👍 😉",
    },
    0: {
        "fr": "neutre, indifférent, ni satisfait ni insatisfait, mitigé, sans avis particulier, moyen, correct, "
        "surpris, partagé, passif, ok, "
        "étonné, pensif",
        "en": "neutral, indifferent, neither satisfied nor dissatisfied, mixed, okay, ok, average, surprised, so-so, "
        "passive, ambivalent, "
        "fine, pensive",
        "face": "😐 😶 🤔",
    },
    -1: {
        "fr": "inquiet, impatient, agacé, perdu, déçu, insatisfait, mécontent, hésitant, confus, sceptique, stressé, "
        "anxieux, méfiant, "
        "ennuyé, lassé, irrité, gêné, embarrassé, mal à l'aise, dubitatif, contrarié, triste, dépassé, désorienté, "
        "fatigué, "
        "incertain, négatif, mauvais, frileux, nerveux, tendu, découragé, plutôt insatisfait, peu satisfait, "
        "malheureux, préoccupé, isolé, "
        "négligé, difficile, pressé, débordé, incompris, ignoré, démotivé, indécis, abandonné, inconfortable, oublié",
        "en": "worried, impatient, annoyed, lost, disappointed, dissatisfied, unsatisfied, unhappy, hesitant, "
        "confused, sceptical, skeptical, "
        "stressed, anxious, suspicious, bored, irritated, uncomfortable, embarrassed, doubtful, upset, sad, "
        "overwhelmed, tired, uncertain, "
        "unsure, negative, bad, nervous, tense, discouraged, concerned, ignored, neglected, rushed, wary, "
        "disengaged, difficult, "
        "undecided, misunderstood, somewhat dissatisfied, forgotten, insecure",
        "face": "🙁 😕 😟 😒 👎 😰",
    },
    -2: {
        "fr": "frustré, en colère, furieux, exaspéré, énervé, révolté, dégoûté, indigné, outré, désespéré, "
        "scandalisé, haine, trahi, "
        "très insatisfait, très déçu, très mécontent, très énervé, pas du tout satisfait, horrifié, ulcéré, excédé, "
        "humilié, horrible, "
        "terrible, nul, rage, paniqué, écœuré, fâché, à bout, agressé, bloqué",
        "en": "frustrated, angry, furious, exasperated, mad, outraged, disgusted, desperate, betrayed, hate, hates, "
        "enraged, "
        "very dissatisfied, very unhappy, very disappointed, extremely dissatisfied, not at all satisfied, "
        "horrified, humiliated, terrible, awful, "
        "horrible, livid, panicked, infuriated, fed up, helpless, stuck",
        "face": "😡 😠 🤬 😤 😭 😢 😞 😩 💢",
    },
}
#: "pas content", "not happy": the other side, at most by one step from zero
_NOT = re.compile(r"^(?:pas (?:tres |vraiment |du tout )?|peu |not (?:very |really |at all )?|un-?)")
_MORE = re.compile(
    r"^(?:tres |extremement |tellement |vraiment |super |trop |absolument |completement |"
    r"very |extremely |really |so |totally )"
)
_LESS = re.compile(r"^(?:un peu |plutot |assez |legerement |a (?:bit|little) |rather |somewhat |slightly |quite |fairly )")


def emotion_words() -> pd.DataFrame:
    """The published list: word, language (fr, en, face), emotion (−2 … +2), one row each.

    >>> words = emotion_words().set_index("word")["emotion"]
    >>> int(words["ravi"]), int(words["angry"])
    (2, -2)
    """
    rows = [
        (word, language, value)
        for value, languages in _LISTS.items()
        for language, text in languages.items()
        for word in _split(language, text)
    ]
    return pd.DataFrame(rows, columns=["word", "language", "emotion"]).drop_duplicates(["word", "language"], ignore_index=True)


def word_emotion(text: Any) -> float | None:
    """The value of a word of feeling on −2 … +2; None when the list does not know it (never zero).

    Case, accents, feminine and plural do not matter. "Very" and the like push a step further out, "a bit" a step in,
    "not" to the other side. Several words in one cell (``"inquiet, pressé"``) give their mean.

    Examples
    --------
    >>> word_emotion("Enchantée"), word_emotion("not happy"), word_emotion("inquiet / en colère"), word_emotion("NSP")
    (2.0, -1.0, -1.5, None)
    """
    if text is None or text is pd.NA or text != text:
        return None
    known = _word(str(text))
    if known is not None:
        return known
    values = [value for part in re.split(r"[,;/•\n]| et | and | puis | then ", str(text)) if (value := _word(part)) is not None]
    return sum(values) / len(values) if values else None


def words_to_emotion(values: Any) -> pd.Series:
    """`word_emotion` of each value, as floats with NaN; ``attrs["unknown"]`` lists the words that the list does not
    know.

    >>> words_to_emotion(["ravi", None, "xyz"]).tolist()
    [2.0, nan, nan]
    """
    series = values if isinstance(values, pd.Series) else pd.Series(values, dtype=object)
    found = {value: word_emotion(value) for value in series.dropna().unique()}
    result = series.map(lambda value: found.get(value) if pd.notna(value) else None).astype(float).rename("emotion")
    result.attrs["unknown"] = [value for value, emotion in found.items() if emotion is None]
    return result


def _split(language: str, text: str) -> list[str]:
    return text.split() if language == "face" else [word.strip() for word in text.split(",")]


@lru_cache(maxsize=1)
def _known() -> dict[str, float]:
    """Folded word → value."""
    table = emotion_words()
    return {_plain(word): float(value) for word, value in zip(table["word"], table["emotion"], strict=True)}


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", folded(text).replace("’", "'").replace("\ufe0f", "")).strip(" .!?…\"'()«»\u00a0")


def _word(text: str) -> float | None:
    """One word or set phrase, with what stands before it."""
    plain = _plain(text)
    found = _form(plain)
    if found is not None or not plain:
        return found
    for pattern, turn in ((_NOT, _turned), (_MORE, _further), (_LESS, _nearer)):
        rest = pattern.sub("", plain, count=1)
        if rest != plain and (value := _form(rest)) is not None:
            return turn(value)
    return None


def _turned(value: float) -> float:
    return -1.0 if value > 0 else 1.0 if value < -1 else 0.0


def _further(value: float) -> float:
    return max(-2.0, min(2.0, value + (value > 0) - (value < 0)))


def _nearer(value: float) -> float:
    return value - (value > 1) + (value < -1)


def _form(plain: str) -> float | None:
    """The value of a word, also in the feminine or the plural."""
    known = _known()
    forms = [plain, plain.removesuffix("s"), plain.removesuffix("es"), plain.removesuffix("e")]
    forms += [plain.removesuffix(end) + new for end, new in _ENDINGS if plain.endswith(end)]
    return next((known[form] for form in forms if form in known), None)


_ENDINGS = (
    ("euse", "eux"),
    ("euses", "eux"),
    ("ive", "if"),
    ("ives", "if"),
    ("ete", "et"),
    ("etes", "et"),
    ("nne", "n"),
    ("nnes", "n"),
    ("lle", "l"),
    ("lles", "l"),
    ("ere", "er"),
    ("eres", "er"),
)
