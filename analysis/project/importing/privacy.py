"""What of a person is taken out of a text before it is kept."""

from __future__ import annotations

import re

_EMAIL = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
#: international or national numbers of 9 to 15 digits, in groups of two or more, not amounts nor order numbers stuck to letters
_PHONE = re.compile(r"(?<![\w.,€$£%/-])(?:\+\d{1,3}|00\d{1,3}|\(?0\d{1,4}\)?)(?:[\s.\u00a0\u202f-]?\(?\d{2,4}\)?){2,5}(?![\w%€])")


def masked(text: str) -> str:
    """The text with e-mail addresses and telephone numbers replaced.

    >>> masked("Appelez-moi au 06 12 34 56 78 ou anne@exemple.fr")
    'Appelez-moi au [☎] ou [@]'
    """
    text = _EMAIL.sub("[@]", text)
    return _PHONE.sub(lambda found: "[☎]" if sum(c.isdigit() for c in found[0]) >= 9 else found[0], text)
