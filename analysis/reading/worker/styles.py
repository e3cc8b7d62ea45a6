"""Number formats of an .xlsx: which styles mean a percentage, money, padded codes, a day and month, bold.

Readers that are fast tell values only; without this 12,5 % comes out as 0.125.
"""

from __future__ import annotations

import html
import re

BUILT_IN = {9: "0%", 10: "0.00%", 16: "d-mmm", 17: "mmm-yy", 5: "¤", 6: "¤", 7: "¤", 8: "¤", 37: "¤", 44: "¤", 42: "¤"}
_SYMBOLS = {
    "€": "EUR",
    "EUR": "EUR",
    "£": "GBP",
    "GBP": "GBP",
    "$": "USD",
    "USD": "USD",
    "CHF": "CHF",
    "CAD": "CAD",
    "¥": "JPY",
}
_ATTRIBUTE = re.compile(rb'([\w:]+)\s*=\s*(?:"([^"]*)"|\'([^\']*)\')')
_QUOTED = re.compile(r'"([^"]*)"|\\(.)')
_OUT_OF = re.compile(r"(?i)(?:sur|/|out of|of)\s*(\d+)\s*$")


def attributes(tag: bytes) -> dict[str, str]:
    """The attributes of one start tag, names without their prefix."""
    return {
        name.decode("ascii", "ignore").rpartition(":")[2]: html.unescape((one or two).decode("utf-8", "replace"))
        for name, one, two in _ATTRIBUTE.findall(tag)
    }


def meaning(code: str) -> str:
    """What a number format says beyond the number: ``percent``, ``currency:EUR``, ``zeros:5``, ``daymonth``, or ``""``.

    >>> meaning('0.0%'), meaning('#,##0 "€"'), meaning('00000'), meaning('0 "sur 5"'), meaning('0" %"')
    ('percent', 'currency:EUR', 'zeros:5', 'outof:5', 'literal_percent')
    """
    first = code.split(";")[0]
    literals = "".join(a or b for a, b in _QUOTED.findall(first))
    bare = _QUOTED.sub("", first)
    if "%" in re.sub(r"\[[^\]]*\]", "", bare):
        return "percent"
    if "%" in literals:
        return "literal_percent"
    if out_of := _OUT_OF.search(literals):
        return f"outof:{out_of[1]}"
    for symbol, currency in _SYMBOLS.items():
        if symbol in literals or symbol in bare:
            return f"currency:{currency}"
    plain = re.sub(r"\[[^\]]*\]", "", bare).strip().lower()
    if re.fullmatch(r"0{2,}", plain):
        return f"zeros:{len(plain)}"
    if re.fullmatch(r"[dm/\-. ]*d[dm/\-. ]*m[dm/\-. ]*|m+[/\-. ]d+", plain) and "y" not in plain:
        return "daymonth"
    if plain == "mmm-yy":
        return "daymonth"
    return ""


class Styles:
    """``of(style)`` → meaning; ``bold`` → set of style numbers."""

    def __init__(self, content: bytes) -> None:
        formats = dict(BUILT_IN)
        for tag in re.findall(rb"<(?:\w+:)?numFmt\s([^>]*)>", content):
            found = attributes(tag)
            if found.get("numFmtId", "").isdigit():
                formats[int(found["numFmtId"])] = found.get("formatCode", "")
        bold_fonts = self._bold_fonts(content)
        inside = re.search(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", content, re.S)
        self.meanings: dict[int, str] = {}
        self.bold: set[int] = set()
        tags = re.findall(rb"<(?:\w+:)?xf\s([^>]*)>", inside[0]) if inside else []
        for number, tag in enumerate(tags[:100_000]):
            number_format = re.search(rb'numFmtId="(\d+)"', tag)
            font = re.search(rb'fontId="(\d+)"', tag)
            said = meaning(formats.get(int(number_format[1]), "")) if number_format else ""
            if said:
                self.meanings[number] = said
            if font and int(font[1]) in bold_fonts:
                self.bold.add(number)

    @staticmethod
    def _bold_fonts(content: bytes) -> set[int]:
        inside = re.search(rb"<(?:\w+:)?fonts\b.*?</(?:\w+:)?fonts>", content, re.S)
        if not inside:
            return set()
        fonts = re.findall(rb"<(?:\w+:)?font\b[^>]*?(?:/>|>(.*?)</(?:\w+:)?font>)", inside[0], re.S)
        bold = re.compile(rb'<(?:\w+:)?b\s*(?:/>|>|val="(?:1|true)")')
        return {number for number, font in enumerate(fonts) if bold.search(font)}
