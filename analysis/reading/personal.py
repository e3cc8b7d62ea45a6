"""Personal data: which columns hold some, and masking of e-mail addresses and telephone numbers inside texts."""

from __future__ import annotations

import re

import pandas as pd

from analysis.fields import FIELDS

EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,4}[A-Za-z]{2,24}(?![\w@])")
#: French numbers in pairs, and international ones; not amounts, dates or identifiers
PHONE = re.compile(
    r"(?<![\w.,/-])(?:(?:\+|00)\d{1,3}[ .-]?(?:\(0\)[ .-]?)?\d(?:[ .-]?\d){6,11}"
    r"|0[1-9](?:[ .-]?\d{2}){4})(?![\w/-]|[.,]\d)"
)
IP = re.compile(r"^(?:\d{1,3}\.){3}\d{1,3}$|^(?:[0-9a-f]{1,4}:){2,7}[0-9a-f:]{1,12}$", re.I)
ADDRESS = re.compile(
    r"(?i:\b\d{1,4}(?:\s?(?:bis|ter))?,?\s+(?:rue|avenue|av\.|bd|boulevard|place|chemin|allée|impasse|quai|route)\b)"
    r"|\b\d{5}\s+[A-ZÉÈ]"  # a capital: “69002 Lyon”, and not “answer 69002 of a customer”
)
_NAME_KINDS = ("survey", "comments", "customers", "events")


def mask(text: str, email: str = "[e-mail]", phone: str = "[tel.]") -> str:
    """The text without e-mail addresses and telephone numbers.

    >>> mask("Écrivez à anne@exemple.fr ou 06 12 34 56 78, merci")
    'Écrivez à [e-mail] ou [tel.], merci'
    """
    return PHONE.sub(phone, EMAIL.sub(email, text)) if "@" in text or any(char.isdigit() for char in text) else text


def mask_texts(texts: pd.Series) -> pd.Series:
    """:func:`mask` for a column of texts; missing stays missing."""
    return texts.map(mask, na_action="ignore").astype(texts.dtype)


def personal_columns(frame: pd.DataFrame, fields: dict[str, str | None], kind: str) -> dict[str, str]:
    """Columns that hold personal data → ``name``, ``email``, ``phone``, ``ip`` or ``address``.

    Parameters
    ----------
    frame : the typed table.
    fields : column → field.
    kind : of the table; the names of those who own a touchpoint or an action are kept and are not among these.
    """
    found: dict[str, str] = {}
    for column in frame.columns:
        field = FIELDS.get(fields.get(column) or "")
        said = field.personal if field is not None else ""
        if said == "name" and kind not in _NAME_KINDS:
            said = ""
        told = said or _told_by_values(frame[column])
        if told:
            found[str(column)] = told
    return found


def _told_by_values(values: pd.Series) -> str:
    """What most of a column's texts are, when they are nothing else."""
    if values.dtype != "string":
        return ""
    texts = values.dropna()
    if not len(texts):
        return ""
    sample = [str(text).strip() for text in texts.iloc[:: max(len(texts) // 100, 1)][:100]]
    for kind, pattern in (("email", EMAIL), ("phone", PHONE), ("ip", IP)):
        if sum(bool(pattern.fullmatch(text)) for text in sample) > 0.5 * len(sample):
            return kind
    return "address" if sum(bool(ADDRESS.search(text)) and len(text) < 120 for text in sample) > 0.5 * len(sample) else ""
