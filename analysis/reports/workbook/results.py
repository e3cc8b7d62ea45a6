"""What our formulas give, written beside them: a preview or a script that does not calculate shows the figures too."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape

_FORMULA = re.compile(rb'<c r="([A-Z]+[0-9]+)"([^>]*)>(<f>[^<]*</f>)<v\s*(?:/>|></v>)</c>')


def with_results(data: bytes, results: Mapping[str, Mapping[str, Any]], titles: list[str]) -> bytes:
    """The workbook with the results of its formulas (sheet → cell → value); Excel and LibreOffice calculate them anew anyway."""
    paths = {f"xl/worksheets/sheet{position}.xml": results[title] for position, title in enumerate(titles, start=1) if title in results}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            content = old.read(item.filename)
            if item.filename in paths:
                known = paths[item.filename]
                content = _FORMULA.sub(lambda found, known=known: _filled(found, known), content)  # type: ignore[misc]
            new.writestr(item.filename, content)
    return out.getvalue()


def _filled(found: re.Match[bytes], known: Mapping[str, Any]) -> bytes:
    value = known.get(found[1].decode())
    if value is None:
        return b'<c r="%s"%s t="str">%s<v></v></c>' % (found[1], found[2], found[3])
    if isinstance(value, str):
        return b'<c r="%s"%s t="str">%s<v>%s</v></c>' % (found[1], found[2], found[3], escape(value).encode())
    return b'<c r="%s"%s>%s<v>%s</v></c>' % (found[1], found[2], found[3], repr(value).encode())
