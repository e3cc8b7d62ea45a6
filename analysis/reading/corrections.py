"""What a person corrects in a table that was read. Each correction gives a new table and keeps the earlier ones.

Nothing is changed in place and nothing is lost: the cells stay as they are, only what they are taken for changes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from analysis.errors import InvalidCommand
from analysis.fields import FIELDS
from analysis.reading.kinds import KINDS
from analysis.reading.rows import DATA, EMPTY, HEADER, NOTE, TOTAL, UNIT

if TYPE_CHECKING:
    from analysis.reading.table import Table

#: what a row can be moved to
ROWS = (HEADER, DATA, TOTAL, NOTE, UNIT, "aside")
#: fields of one-off and of yearly money
ONCE, YEARLY = "cost", "running_cost"


@dataclass(frozen=True)
class Corrections:
    """Everything that was corrected in one table; columns are named by their header in the file.

    Attributes
    ----------
    kind : the kind of table, where the user has said so.
    rows : position in ``table.raw`` → header data total note unit aside.
    left_out : headers of columns that are not wanted.
    scales : header → (low, high); the worst end first when the scale is reversed.
    day_first : header → whether the day comes before the month.
    currencies : header → ISO code.
    shares : header → whether figures below 1 are shares (0.09: 9 %), or percentages as they stand (0.09 %).
    turned : whether rows and columns were exchanged.
    shown : whether a table of a hidden sheet is wanted all the same.
    told : headers of the columns of which the user has said what they hold; the others are as sure as they were found.
    found : the headers as they were before the first correction, by which a file of the same form is known again.
    """

    kind: str | None = None
    rows: Mapping[int, str] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()
    scales: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    day_first: Mapping[str, bool] = field(default_factory=dict)
    currencies: Mapping[str, str] = field(default_factory=dict)
    shares: Mapping[str, bool] = field(default_factory=dict)
    turned: bool = False
    shown: bool = False
    told: frozenset[str] = frozenset()
    found: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        return replace(self, found=(), told=frozenset()) != Corrections()


def with_header(table: Table, *rows: int) -> Table:
    """Take other rows for the header; fields are recognised anew.

    Parameters
    ----------
    rows : positions in ``table.raw``, from 0; none: the table has no header.

    Examples
    --------
    >>> with_header(table, 3).mapping  # doctest: +SKIP
    {'Étape': 'stage', 'Point de contact': 'touchpoint'}
    """
    _check_rows(table, rows)
    kept = {row: kind for row, kind in table.corrections.rows.items() if row not in rows and kind != HEADER}
    return table.corrected(changing(table, rows=kept), header=sorted(set(rows)), mapping=None)


def with_kind(table: Table, kind: str) -> Table:
    """Take the table for another kind (one of :data:`analysis.reading.kinds.KINDS`).

    Raises
    ------
    InvalidCommand : no such kind.
    """
    if kind not in KINDS:
        raise InvalidCommand("invalid")
    return table.corrected(changing(table, kind=kind))


def with_rows(table: Table, kinds: Mapping[int, str]) -> Table:
    """Move rows between data, total, note, unit, header and “set aside”.

    A row that becomes the header joins the header rows; one that was the header and becomes another thing leaves them.

    Raises
    ------
    InvalidCommand : no such row or group.
    """
    _check_rows(table, kinds)
    if not set(kinds.values()) <= set(ROWS):
        raise InvalidCommand("invalid")
    heads = set(table.header_rows)
    wanted = (heads | {row for row, kind in kinds.items() if kind == HEADER}) - {row for row, kind in kinds.items() if kind != HEADER}
    moved = {**table.corrections.rows, **{row: kind for row, kind in kinds.items() if kind != HEADER}}
    moved = {row: kind for row, kind in moved.items() if row not in wanted}
    if wanted == heads:
        return table.corrected(changing(table, rows=moved))
    return table.corrected(changing(table, rows=moved), header=sorted(wanted), mapping=None)


def with_field(table: Table, header: str, name: str | None) -> Table:
    """Say what a column holds; nothing: it is kept under its own header. A column that was left out comes back."""
    _check_header(table, header)
    if name is not None and name not in FIELDS:
        raise InvalidCommand("invalid")
    noted = changing(table, left_out=table.corrections.left_out - {header}, told=table.corrections.told | {header})
    return table.corrected(noted, mapping={**table.mapping, header: name})


def leaving_out(table: Table, header: str) -> Table:
    """Leave a column out; its cells stay in ``raw``."""
    _check_header(table, header)
    noted = changing(table, left_out=table.corrections.left_out | {header}, told=table.corrections.told | {header})
    return table.corrected(noted, mapping={**table.mapping, header: None})


def with_scale(table: Table, header: str, low: float, high: float, *, reversed: bool = False) -> Table:
    """Say on which scale a column's figures were given; ``reversed``: its low end is the best answer.

    The figures stay as they are written. A reversed scale is kept with its worst end first, (5, 1).

    Raises
    ------
    InvalidCommand : the low end is not below the high one.
    """
    _check_header(table, header)
    if not low < high:
        raise InvalidCommand("invalid")
    ends = (float(high), float(low)) if reversed else (float(low), float(high))
    return table.corrected(changing(table, scales={**table.corrections.scales, header: ends}))


def with_date_order(table: Table, header: str, *, day_first: bool) -> Table:
    """Say whether a column's dates are day/month or month/day; the whole column is read that way."""
    _check_header(table, header)
    return table.corrected(changing(table, day_first={**table.corrections.day_first, header: day_first}))


def with_shares(table: Table, header: str, *, shares: bool) -> Table:
    """Say whether a column's figures below 1 are shares (0.09: 9 %) or percentages as they stand (0.09 %)."""
    _check_header(table, header)
    return table.corrected(changing(table, shares={**table.corrections.shares, header: shares}))


def with_currency(table: Table, header: str, currency: str) -> Table:
    """Say in which currency a column's amounts are (an ISO code); amounts are never converted."""
    _check_header(table, header)
    if len(currency) != 3 or not currency.isalpha():
        raise InvalidCommand("invalid")
    return table.corrected(changing(table, currencies={**table.corrections.currencies, header: currency.upper()}))


def with_period(table: Table, header: str, *, yearly: bool) -> Table:
    """Say whether a column's amounts are paid once or every year."""
    return with_field(table, header, YEARLY if yearly else ONCE)


def with_stage(table: Table, header: str | None) -> Table:
    """Choose which column of a survey tells its stages; nothing: none of them."""
    mapping = {other: (None if name == "stage" else name) for other, name in table.mapping.items()}
    if header is not None:
        _check_header(table, header)
        mapping[header] = "stage"
    told = {other for other, name in mapping.items() if name != table.mapping[other]} | ({header} if header else set())
    return table.corrected(changing(table, told=table.corrections.told | told), mapping=mapping)


def turned(table: Table) -> Table:
    """The table with rows and columns exchanged; addresses stay those of the file. Turned twice, it is as it was."""
    return table.turned()


def wanted_though_hidden(table: Table) -> Table:
    """The table of a hidden sheet, to be imported like the others."""
    return table.corrected(changing(table, shown=True))


def form_of(headers: Iterable[str]) -> str:
    """The fingerprint of a table's headers."""
    return hashlib.sha256("\x1f".join(map(str, headers)).encode()).hexdigest()


def laid_out(kinds: Any, rows: Mapping[int, str]) -> Any:
    """The kinds of rows with those that the user has moved; a blank row stays blank."""
    for row, kind in rows.items():
        if row < len(kinds) and kinds[row] != EMPTY:
            kinds[row] = kind
    return kinds


def changing(table: Table, **changed: Any) -> Corrections:
    """The table's corrections with these changed."""
    known = table.corrections
    return replace(known, **changed, found=known.found or tuple(table.mapping))


def _check_rows(table: Table, rows: Iterable[int]) -> None:
    if any(not 0 <= row < table.grid.height for row in rows):
        raise InvalidCommand("gone")


def _check_header(table: Table, header: str) -> None:
    if header not in table.mapping:
        raise InvalidCommand("gone")
