"""Columns that are ticked: a channel each with crosses under it, or a person each with the letters of a RACI matrix."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from importlib.resources import files

import pandas as pd

from analysis.reading.dates import parse_date
from analysis.reading.headers import Guess, normalise
from analysis.reading.periods import is_period
from analysis.reading.recognise import Sample
from analysis.reading.words import plain, yes_or_no

_MARKS = frozenset(["x", "xx", "✓", "✔", "✔️", "●", "•", "■", "◼", "⚫", "★", "1", "v", "☑", "✅"])
_NO_MARKS = frozenset(["0", "-", "–", "—", "○", "☐", "□", "✗", "✘"])
#: what marks a period of a plan; other signs that are no letters, as bars and arrows, do too
_DRAWN = frozenset([*_MARKS, *_NO_MARKS, "o", "true", "vrai", "oui", "yes"])
_WEEK = re.compile(r"^(?:S|W|Sem\.?|Semaine|Week|Wk)\s?\d{1,2}$", re.I)
_LETTERS = re.compile(r"^[RACIS](?:\s*[/,;+& -]?\s*[RACIS])*$", re.I)
#: letter of a RACI matrix → field of an action
_ROLES = {"r": "owner", "a": "accountable", "c": "consulted", "i": "informed"}
_FEWEST = 2


@lru_cache(maxsize=1)
def _channels() -> frozenset[str]:
    """Names of channels, as headers are normalised."""
    return frozenset((files("analysis.reading") / "vocabulary" / "channels.tsv").read_text("utf-8").splitlines()[1:])


def ticked(headers: Sequence[str], found: list[Guess | None], samples: Sequence[Sample]) -> list[Guess | None]:
    """The guesses, with columns of crosses under names of channels as channels, and columns of R, A, C and I as who does what."""
    marked = [n for n, seen in enumerate(samples) if seen.filled and all(map(_is_mark, seen.words))]
    channels = [n for n in marked if normalise(headers[n]) in _channels()]
    lettered = [n for n, seen in enumerate(samples) if seen.filled and all(_LETTERS.match(word.strip()) for word in seen.words)]
    letters = {word.strip().casefold()[:1] for n in lettered for word in samples[n].words}
    said = {n: "channel" for n in channels if len(channels) >= _FEWEST and 3 * len(channels) > len(marked)}
    if said and 2 * len(channels) > len(marked):
        said |= {n: "channel" for n in marked if min(channels) < n < max(channels)}
    if len(lettered) >= _FEWEST and "r" in letters and len(letters) > 1:
        said |= dict.fromkeys(lettered, "owner")
    others = {field for n, one in enumerate(found) if one and n not in said and (field := one.field) in said.values()}
    return [Guess(said[n], 0.85) if n in said and said[n] not in others else one for n, one in enumerate(found)]


def _is_mark(word: str) -> bool:
    text = plain(word)
    return text in _MARKS or text in _NO_MARKS or yes_or_no(word) is not None


def together(field: str, columns: dict[str, pd.Series]) -> dict[str, pd.Series]:
    """What columns of one field say together: the channels that are ticked in each row, or who does what.

    Parameters
    ----------
    field : ``channel`` or ``owner``.
    columns : header → its texts; nothing is made of columns that hold anything but ticks or letters.

    Examples
    --------
    >>> made = together("channel", {"Web": pd.Series(["x", None]), "Boutique": pd.Series(["x", "X"])})
    >>> made["channel"].tolist()
    ['Web, Boutique', 'Boutique']
    """
    told = {header: [("" if pd.isna(one) else str(one).strip()) for one in values] for header, values in columns.items()}
    words = [word for texts in told.values() for word in texts if word]
    if field == "channel" and words and all(map(_is_mark, words)):
        return {"channel": _joined(told, lambda word: plain(word) in _MARKS or yes_or_no(word) is True)}
    if field == "owner" and words and all(map(_LETTERS.match, words)):
        made = {name: _joined(told, partial(_has, letter)) for letter, name in _ROLES.items()}
        return {name: values for name, values in made.items() if values.notna().any()}
    return {}


def crossed_columns(columns: Mapping[str, pd.Series]) -> dict[str, pd.Series]:
    """Those of the columns that are called after periods and hold nothing but crosses: header → whether each row is crossed.

    >>> list(crossed_columns({"Jan": pd.Series(["x", None]), "Fév": pd.Series([None, "x"]), "Web": pd.Series(["x", "x"])}))
    ['Jan', 'Fév']
    """
    periods = {header: values for header, values in columns.items() if _is_period(header)}
    told = {header: [plain(str(one)) for one in values.dropna() if str(one).strip()] for header, values in periods.items()}
    words = [word for texts in told.values() for word in texts]
    if len(periods) < _FEWEST or not words or not all(word in _DRAWN or not any(map(str.isalnum, word)) for word in words):
        return {}
    return {header: values.map(_is_drawn).astype(bool) for header, values in periods.items()}


def _is_period(header: str) -> bool:
    return is_period(header) or parse_date(header) is not None or bool(_WEEK.match(header.strip()))


def _is_drawn(value: object) -> bool:
    text = "" if value is None or value is pd.NA or value != value else plain(str(value))
    return bool(text) and text not in _NO_MARKS


def when_crossed(crosses: Sequence[pd.Series], spans: Sequence[tuple[dt.datetime, dt.datetime]]) -> dict[str, pd.Series]:
    """Start and due date of each row: the first day of the first period that is crossed, and the last day of the last."""
    rows = list(zip(*crosses, strict=True))
    marked = [[n for n, crossed in enumerate(row) if crossed] for row in rows]
    starts = [spans[places[0]][0] if places else None for places in marked]
    ends = [spans[places[-1]][1] if places else None for places in marked]
    dated = {"start_date": starts, "due_date": ends}
    return {name: pd.Series(pd.to_datetime(pd.Series(days)).astype("datetime64[us]")) for name, days in dated.items()}


def _has(letter: str, word: str) -> bool:
    return letter in word.casefold()


def _joined(told: dict[str, list[str]], counts: Callable[[str], bool]) -> pd.Series:
    rows = zip(*told.values(), strict=True)
    texts = [", ".join(header for header, word in zip(told, row, strict=True) if word and counts(word)) or None for row in rows]
    return pd.Series(texts, dtype=pd.StringDtype("pyarrow"))
