"""What of a person is taken out of a text before it is kept."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

import pandas as pd

from analysis.project.importing.names import folded

_EMAIL = re.compile(r"[\w.+'-]{1,64}(?:@|\s?[\[(](?:at|arobase)[\])]\s?)[\w-]{1,63}(?:\.[\w-]{1,63})+", re.I)
#: what stands between the groups of a number, and what a number does not follow: letters, amounts, other figures
_GAP, _GAPS = r"[ \t\u00a0\u202f\u2009.‐‑–-]{0,2}", r"[ \t\u00a0\u202f\u2009.‐‑–-]{1,2}"
_BEFORE = r"(?:(?<![\w€$£%])(?<![\w.]-)(?<!\d[.,])|(?<=\b[Tt][eéEÉ][lL]))"
_DAY = r"\d{1,2}[ ./-]\d{1,2}[ ./-](?:19|20)\d\d(?!\d)"
_PHONE = re.compile(
    rf"{_BEFORE}(?!{_DAY})(?:"
    rf"\(?(?:\+|00 ?)33\)?{_GAP}(?:\(0\){_GAP})?[1-9](?:{_GAP}\d\d){{4}}"  # French, from abroad
    rf"|\(?0\)? ?[1-9](?:(?:/\d\d){{4}}|(?:{_GAP}\d\d){{4}})"  # French
    rf"|(?P<far>\(?(?:\+|00)[1-9]\d{{0,2}}\)?(?:{_GAP}\(?\d{{1,4}}\)?){{2,6}})"
    rf"|(?P<near>(?:\(?0[1-9]\d{{0,3}}\)?|0(?= ))(?:{_GAPS}\(?\d{{2,8}}\)?){{1,4}}|0[1-9]\d{{7,9}})"
    r"|(?:\(?1\)?[ .-])?\(?[2-9]\d\d\)?[ .-]{1,2}\d{3}[ .-]\d{4}"  # of North America
    r")(?![\w%€])"
)
#: how many digits a number has: with the code of its country, or as it is dialled at home
_DIGITS = {"far": range(8, 18), "near": range(9, 12)}
_PART = r"(?:25[0-5]|2[0-4]\d|1\d\d|\d\d?)"
_IP = re.compile(rf"(?<![\w.])(?=[\d.]*\d\d)(?:{_PART}\.){{3}}{_PART}(?![\w.]*\d)")
#: only a text with one of these can hold something to be masked: an at sign, nine digits, or four numbers with dots between them
TO_MASK = r"@|[\[(](?i:at|arobase)[\])]|(?:[0-9][^0-9]*){9}|[0-9]\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]"


def masked(text: str) -> str:
    """The text with e-mail addresses, telephone numbers and addresses of computers replaced.

    >>> masked("Appelez-moi au 06 12 34 56 78 ou anne@exemple.fr")
    'Appelez-moi au [☎] ou [@]'
    >>> masked("+33 6 12 34 56 78, payé 12 000 000 € le 01.02.2026 10:30")
    '[☎], payé 12 000 000 € le 01.02.2026 10:30'
    """
    text = _PHONE.sub(_unless_a_figure, _IP.sub("[IP]", text))
    return _EMAIL.sub("[@]", text) if "@" in text or "at" in text.lower() or "arobase" in text.lower() else text


def _unless_a_figure(found: re.Match[str]) -> str:
    kind, digits = found.lastgroup, sum(sign.isdigit() for sign in found[0])
    return found[0] if kind and digits not in _DIGITS[kind] else "[☎]"


# --- columns of people ------------------------------------------------------------------------------------------

#: kinds of tables whose rows are people or what they said
_OF_PEOPLE = frozenset({"survey", "comments", "customers", "events"})
#: words of a header that ask who somebody is; the others may stand beside them: “Vos nom et prénom”, but not “Nom du magasin”
_ASKS = frozenset(
    folded(
        "nom prénom name surname firstname lastname nickname pseudo pseudonyme identité identity coordonnées appelez appelles personne "
        "participant participante interviewé interviewée"
    ).split()
)
_BESIDE = frozenset(
    folded(
        "votre vos ton tes mon quel quelle est sont le la de du et ou vous tu comment complet complète famille usage interrogée "
        "client cliente répondant répondante contact your my what is are the of and or full first last given family customer respondent "
        "please svp merci indiquez indiquer saisissez précisez enter facultatif optionnel optional"
    ).split()
)
#: fields for which such a column may have been taken, beside none
_TAKEN_FOR = frozenset({None, "stage", "comment"})


def personal_of(table: Any) -> dict[str, str]:
    """Columns of personal data → name, email, phone, ip or address; those whose header asks people for their name are among them."""
    found = dict(getattr(table, "personal", None) or {})
    if table.kind in _OF_PEOPLE:
        asked = {table.columns.get(header) for header, field in table.mapping.items() if field in _TAKEN_FOR and asks_for_a_name(header)}
        found |= {column: "name" for column in table.frame.columns if column in asked and column not in found}
    return found


def asks_for_a_name(header: str) -> bool:
    """Whether a header asks who somebody is.

    >>> asks_for_a_name("Quel est votre nom ?"), asks_for_a_name("NOM / Prénom"), asks_for_a_name("Nom du magasin")
    (True, True, False)
    """
    words = {word for word in folded(header).split() if len(word) > 1}
    return bool(words & _ASKS) and words <= _ASKS | _BESIDE


# --- tables -----------------------------------------------------------------------------------------------------

#: columns that tell who is meant, and not what was said: the names of those who own something are kept, ids tell things apart
_WHO = frozenset({"owner", "team", "id", "customer_id", "email", "phone", "ip"})


class Discreet:
    """A table as it may be kept: the texts of its frame masked, all the rest as it is.

    >>> Discreet(table).frame["comment"].tolist()  # doctest: +SKIP
    ['rappeler [☎]']
    """

    def __init__(self, table: Any) -> None:
        self._table = table

    def __getattr__(self, name: str) -> Any:
        return getattr(self._table, name)

    def __len__(self) -> int:
        return len(self._table)

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The data rows, masked."""
        from analysis.project.importing.columns import masked_texts

        whole: pd.DataFrame = self._table.frame
        texts = {name: masked_texts(whole[name]) for name in whole.columns if name not in _WHO and whole[name].dtype == "string"}
        return whole.assign(**texts)
