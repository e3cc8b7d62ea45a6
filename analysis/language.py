"""French and English: messages, numbers, dates, money. Per call, never process-wide: two people on one server differ.

English is written in the code and is the message id; ``locales/fr/*.po`` hold the French, one catalogue a layer.
A test collects every message of the code and holds that each has its French.

>>> translator("fr")("Undo")
'Annuler'
>>> number(1234.5, "fr")
'1\\u202f234,5'
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.messages.pofile import read_po
from babel.numbers import format_compact_decimal, format_currency, format_decimal, get_currency_name, get_currency_symbol

LANGUAGES = ("fr", "en")
#: English dates are day first and metric, as the product is made in Europe.
_LOCALES = {"fr": "fr_FR", "en": "en_GB"}
_CATALOGUES = Path(__file__).parent / "locales"
MISSING = "–"


def N_(text: str) -> str:  # noqa: N802 - the usual name of "mark for translation, translate later"
    """Mark a text for translation where it stands; it is translated where it is shown."""
    return text


@lru_cache(maxsize=8)
def _catalogue(language: str) -> dict[str, Any]:
    """Every message of a language: id → text, or id → [singular, plural]."""
    messages: dict[str, Any] = {}
    for path in sorted((_CATALOGUES / language).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                if message.id and message.string and not message.fuzzy:
                    plural = isinstance(message.id, tuple | list)
                    messages[message.id[0] if plural else str(message.id)] = message.string
    return messages


class Translator:
    """Gives the texts of one language: ``t("Undo")``, ``t("{n} rows", n=3)``, ``t.n("{n} row", "{n} rows", n)``."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else "en"
        self._messages = {} if self.language == "en" else _catalogue(self.language)

    def __call__(self, text: str, /, **values: Any) -> str:
        """``text`` in the language, its ``{placeholders}`` filled; numbers are written the language's way."""
        found = self._messages.get(text, text)
        return self._fill(found[0] if isinstance(found, list | tuple) else found, values)

    def n(self, singular: str, plural: str, n: float, /, **values: Any) -> str:
        """The singular or the plural, as the language counts: French treats 0 as singular, English does not."""
        one = abs(n) < 2 if self.language == "fr" else n == 1
        found = self._messages.get(singular, (singular, plural))
        text = (found[0] if one else found[-1]) if isinstance(found, list | tuple) else found
        return self._fill(text, {"n": n} | values)

    def _fill(self, text: str, values: dict[str, Any]) -> str:
        if not values:
            return text
        shown = {name: self._shown(value) for name, value in values.items()}
        return text.format_map(shown)

    def _shown(self, value: Any) -> Any:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return value
        return number(value, self.language)


@lru_cache(maxsize=8)
def translator(language: str = "en") -> Translator:
    """The texts of ``"fr"`` or ``"en"`` (any other language: English)."""
    return Translator(language)


@lru_cache(maxsize=8)
def _locale(language: str) -> Locale:
    return Locale.parse(_LOCALES.get(language, "en_GB"))


def _absent(value: Any) -> bool:
    return value is None or value != value or (isinstance(value, float) and not math.isfinite(value))


def number(value: float | None, language: str, decimals: int | None = None) -> str:
    """``1 234,5`` or ``1,234.5``; ``decimals`` fixes how many, otherwise up to two are shown. Missing: ``–``."""
    if value is None or _absent(value):
        return MISSING
    pattern = "#,##0.##" if decimals is None else "#,##0" + ("." + "0" * decimals if decimals else "")
    return _decimal(value, pattern, language)


@lru_cache(maxsize=8192)
def _decimal(value: float, pattern: str, language: str) -> str:
    """The same figures come again and again on a page, and Babel takes its time."""
    return str(format_decimal(value, format=pattern, locale=_locale(language)))


def signed(value: float | None, language: str, decimals: int = 1) -> str:
    """``+1,5``, ``−0,5``, ``0``: for the emotion scale, with a real minus sign."""
    if value is None or _absent(value):
        return MISSING
    rounded = round(float(value), decimals)
    sign = "+" if rounded > 0 else "−" if rounded < 0 else ""
    return sign + _decimal(abs(rounded), "#,##0." + "#" * max(decimals, 1), language)


def interval(low: str, high: str, language: str) -> str:
    """Two ends that are already words: ``[+0,2 ; +1,5]`` in French, whose comma is taken, ``[+0.2, +1.5]`` in English."""
    return f"[{low}\u00a0; {high}]" if language == "fr" else f"[{low}, {high}]"


def percent(value: float | None, language: str, decimals: int = 0) -> str:
    """A percentage kept in percent: ``62.5`` → ``62,5 %`` in French, ``62.5%`` in English."""
    if value is None or _absent(value):
        return MISSING
    return number(value, language, decimals) + percent_sign(language)


def percent_sign(language: str) -> str:
    """What follows the number: a sign with a space that does not break in French, the sign alone in English."""
    return "\u00a0%" if language == "fr" else "%"


def percent_format(language: str, decimals: str = "") -> str:
    """The same as a format of Excel and PowerPoint; ``decimals``: ``.0`` for one.

    >>> percent_format("en", ".0")
    '0.0%'
    """
    sign = percent_sign(language)
    return f"0{decimals}" + (f'"{sign[:-1]}"%' if sign[:-1] else sign)


def money(value: float | None, language: str, currency: str = "EUR", decimals: int = 0) -> str:
    """``1 800 €`` or ``€1,800``."""
    if value is None or _absent(value):
        return MISSING
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    pattern = pattern + "\u00a0¤" if language == "fr" else "¤" + pattern
    return str(format_currency(value, currency, format=pattern, locale=_locale(language), currency_digits=False))


def compact(value: float | None, language: str) -> str:
    """A short form for crowded places: ``12 k``."""
    if value is None or _absent(value):
        return MISSING
    return str(format_compact_decimal(value, locale=_locale(language), fraction_digits=1))


def currency_symbol(currency: str, language: str) -> str:
    return str(get_currency_symbol(currency, locale=_locale(language)))


def currency_name(currency: str, language: str) -> str:
    """``dollar des États-Unis`` or ``US Dollar``."""
    return str(get_currency_name(currency, locale=_locale(language)))


_FIRST_OF_MONTH = re.compile(r"\b1[ \u00a0](?=[^\W\d])")


def date(value: dt.date | None, language: str, style: str = "medium") -> str:
    """``12 sept. 2026``; ``style`` is Babel's: short, medium, long, full, or a pattern. French writes ``1er sept. 2026``."""
    if value is None or value != value:
        return MISSING
    written = str(format_date(value, style, locale=_locale(language)))
    first = language == "fr" and value.day == 1 and style != "short"
    return _FIRST_OF_MONTH.sub("1er ", written) if first else written


def moment(value: dt.datetime | None, language: str, style: str = "short") -> str:
    """A date with its time."""
    return MISSING if value is None or value != value else str(format_datetime(value, style, locale=_locale(language)))


def punctuate(text: str, language: str) -> str:
    """French typography: a non-breaking space before ``: ; ? !`` and inside « ». English is left as it is."""
    if language != "fr":
        return text
    for mark in (":", ";", "?", "!", "»"):
        text = text.replace(" " + mark, "\u00a0" + mark)
    return text.replace("« ", "«\u00a0")


def listed(items: list[str], language: str) -> str:
    """``a, b et c``."""
    if len(items) < 2:
        return "".join(items)
    return ", ".join(items[:-1]) + (" et " if language == "fr" else " and ") + items[-1]


Translate = Callable[..., str]
