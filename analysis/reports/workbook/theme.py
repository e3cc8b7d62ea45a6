"""The workbook's colours: its theme is Office's with our own accents, so that what a user adds fits."""

from __future__ import annotations

import re

from openpyxl.writer.theme import theme_xml

_ACCENTS = ("C2570C", "4F46A5", "B0306A", "2B7CB8", "8A6D00")


def themed(colour: str) -> bytes:
    """The theme of Office with the client's colour as the first accent."""
    text = str(theme_xml)
    for position, accent in enumerate((colour, *_ACCENTS), start=1):
        text = re.sub(rf"(<a:accent{position}><a:srgbClr val=)\"[0-9A-Fa-f]{{6}}\"", rf'\1"{accent}"', text)
    return text.encode()
