"""Typst, called so that its failures are ours: whatever it does, the caller gets a PDF or one clear sentence."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis.errors import CannotExport

#: the fonts of every PDF, so that it looks the same on every machine
FONTS = Path(__file__).parent.parent / "fonts"
#: a fault inside the typesetter reaches Python under this name; it is no ``Exception``, and would take the thread with it
_PANIC = "PanicException"


def typeset(template: Path, data: Mapping[str, Any], **options: Any) -> bytes:
    """A PDF of a template and its data (as JSON, never as markup).

    Raises
    ------
    CannotExport : the typesetter failed (code ``not_set``).
    """
    import typst

    told = json.dumps(data, ensure_ascii=False)
    try:
        made: bytes = typst.compile(str(template), format="pdf", font_paths=[str(FONTS)], sys_inputs={"data": told}, **options)
    except BaseException as fault:
        if isinstance(fault, Exception) or type(fault).__name__ == _PANIC:
            raise CannotExport("not_set") from fault
        raise  # the program is being stopped
    return made
