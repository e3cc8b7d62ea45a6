"""A table without a header: what its columns seem to hold, from their values, for a person to say yes to."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.methods import word_emotion
from analysis.project.importing.names import folded
from analysis.project.importing.words import family

#: fewer rows or columns are a note rather than a table
FEWEST_ROWS, FEWEST_COLUMNS = 3, 2
_MOST = 500
_STAGES = (
    "découverte|sensibilisation|notoriété|recherche|considération|choix|évaluation|comparaison|décision|achat|commande|paiement|livraison"
    "|réception|utilisation|usage|après-vente|sav|service après-vente|fidélisation|fidélité|recommandation|avant|pendant|après|accueil"
    "|awareness|discovery|discover|research|consideration|choose|choice|evaluation|decision|buy|purchase|order|payment|delivery"
    "|onboarding|use|support|after-sales|loyalty|retention|advocacy|before|during|after"
)
_CHANNELS = (
    "web|site|site web|internet|en ligne|e-mail|mail|courriel|téléphone|tél|sms|boutique|magasin|réseaux|réseaux sociaux|instagram|facebook"
    "|courrier|application|appli|chat|presse|salon|indirect|transporteur|agence|papier|website|online|email|phone|shop|store|social|social"
    " media|app|mobile|print|in person|press|branch"
)
_NUMBER = re.compile(r"[-−+]?\d+(?:[.,]\d+)?(?:\s*/\s*\d+)?")
_MONEY = re.compile(r"(?:[€$£]\s*[\d\s.,]+|[\d\s.,]+\s*(?:€|\$|£|k€|eur|euros?))", re.I)
_DATE = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}(?:[ T].*)?")


@dataclass(frozen=True)
class _Column:
    header: str
    told: list[str]
    #: share of the cells that are filled
    filled: float

    def share(self, test: Callable[[str], bool]) -> float:
        return sum(map(test, self.told)) / len(self.told) if self.told else 0.0

    @property
    def repeated(self) -> float:
        return 1 - len(set(self.told)) / len(self.told) if self.told else 0.0

    @property
    def length(self) -> float:
        return sum(map(len, self.told)) / len(self.told) if self.told else 0.0


def guessed(table: Any) -> Any | None:
    """The table with fields for its nameless columns, where they make one that a map has a use for; None otherwise.

    Nothing but the values tells: known names of stages and channels, figures, dates, amounts, feelings, long texts. It is a
    guess, and whoever imports the table is asked.

    Examples
    --------
    >>> guessed(table).mapping  # doctest: +SKIP
    {'A': 'stage', 'B': 'touchpoint', 'C': 'channel', 'D': 'impact', 'E': 'effort'}
    """
    if table.header_rows or table.kind != "unknown" or len(table) < FEWEST_ROWS or len(table.mapping) < FEWEST_COLUMNS:
        return None
    fields = _fields([_column(table, header) for header in table.mapping])
    found = table.recast(fields)
    return found if found.kind != "unknown" else None


def _column(table: Any, header: str) -> _Column:
    rows = table.raw.loc[(table.rows == "data").to_numpy(), table._headers.index(header)].head(_MOST)
    told = [str(value).strip() for value in rows if pd.notna(value) and str(value).strip()]
    return _Column(header, told, len(told) / max(len(rows), 1))


def _fields(columns: Sequence[_Column]) -> dict[str, str | None]:
    found = {column.header: _told_by_values(column) for column in columns}
    found |= dict.fromkeys(_names_too(columns, found))  # “Site web” and “Instagram” are names of touchpoints beside a column of channels
    texts = [column for column in columns if found[column.header] is None and column.told and column.share(_is_number) < 0.5]
    names = next((column for column in texts if column.repeated <= 0.1 and column.filled > 0.9 and column.length <= 40), None)
    if names is not None:
        found[names.header] = "touchpoint"
        before = [column for column in texts if columns.index(column) < columns.index(names)]
        groups = next((column for column in before if column.repeated > 0.1 or column.filled < 0.7), None)
        if groups is not None and "stage" not in found.values():
            found[groups.header] = "stage"
    figures = [column.header for column in columns if found[column.header] == "figure"]
    return _once(found | dict(zip(figures, _figures(len(figures), names is not None), strict=False)))


def _names_too(columns: Sequence[_Column], found: dict[str, str | None]) -> list[str]:
    """Columns of channels that are another's names: all of their texts differ, and there is a surer column or none of names."""
    channels = [column for column in columns if found[column.header] == "channel"]
    surest = max(channels, key=lambda column: (column.share(_is_one_of(_CHANNELS)), column.repeated), default=None)
    others = any(found[column.header] is None for column in columns)
    return [column.header for column in channels if column is not surest or (column.repeated == 0 and not others)]


def _figures(count: int, inventory: bool) -> list[str | None]:
    """What figures of an inventory mostly are, in the order in which people write them; of answers, the first is the score."""
    usual: list[str | None] = ["impact", "effort", "satisfaction"] if inventory and count > 1 else ["satisfaction"]
    return [*usual, *([None] * count)][:count]


def _once(found: dict[str, str | None]) -> dict[str, str | None]:
    """A field is one column's; more columns of irritants are irritants too."""
    taken: set[str] = set()
    for header, field in found.items():
        if field in taken and field != "pain":
            found[header] = None
        taken |= {field} if field else set()
    inventory = "touchpoint" in taken
    return {header: "comment" if field == "pain" and not inventory else field for header, field in found.items()}


def _told_by_values(column: _Column) -> str | None:
    tests: list[tuple[str, Callable[[str], bool], float]] = [
        ("email", lambda text: "@" in text and "." in text.rpartition("@")[2], 0.8),
        ("date", lambda text: bool(_DATE.fullmatch(text)), 0.8),
        ("cost", lambda text: bool(_MONEY.fullmatch(text)), 0.6),
        ("figure", _is_number, 0.8),
        ("stage", _is_one_of(_STAGES), 0.5),
        ("channel", _is_one_of(_CHANNELS), 0.5),
        ("family", lambda text: family(text) != text.strip(), 0.6),
        ("emotion", lambda text: word_emotion(text) is not None, 0.7),
    ]
    for field, test, least in tests:
        if column.share(test) >= least:
            return field
    return "pain" if column.length > 40 else None


def _is_number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text))


def _is_one_of(names: str) -> Callable[[str], bool]:
    known = {folded(name) for name in names.split("|")}
    return lambda text: folded(text) in known
