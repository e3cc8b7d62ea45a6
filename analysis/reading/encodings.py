"""What the encodings of texts are called by people who never heard of one."""

from __future__ import annotations

from analysis.language import N_

#: encoding → the programs that write it
ENCODINGS = {
    "utf-8": N_("Today’s programs (UTF-8)"), "cp1252": N_("Windows (Western Europe)"), "iso8859-15": N_("Web and Linux of former years"),
    "mac_roman": N_("Old Mac"), "cp850": N_("DOS (Western Europe)"), "utf-16": N_("Today’s programs (UTF-16)"),
    "cp1250": N_("Windows (Central Europe)"), "cp1251": N_("Windows (Cyrillic)"), "gbk": N_("Chinese (GBK)"),
}  # fmt: skip
_SAME = {"utf-8-sig": "utf-8", "utf8": "utf-8", "windows-1252": "cp1252", "ascii": "utf-8", "latin-1": "cp1252", "iso8859-1": "cp1252",
         "utf-16-le": "utf-16", "utf-16-be": "utf-16"}  # fmt: skip


def offered(encoding: str) -> str:
    """The name under which an encoding stands in :data:`ENCODINGS`; its own where it is none of them.

    >>> offered("UTF-8-sig"), offered("cp1252"), offered("shift_jis")
    ('utf-8', 'cp1252', 'shift_jis')
    """
    return _SAME.get(encoding.lower(), encoding.lower())


def called(encoding: str) -> str:
    """What an encoding is called, to be translated; its own name where nobody has another.

    >>> called("mac_roman")
    'Old Mac'
    """
    return ENCODINGS.get(offered(encoding), encoding)
