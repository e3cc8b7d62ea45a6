"""The pieces that the report is set from: findings, notes, tables, pictures. Plain values only: they travel as JSON."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from analysis.charts import image_later
from analysis.reports.content import Content
from analysis.reports.pictures import chart_of

Block = dict[str, Any]
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
#: texts of a picture, and what the setter cannot draw in them
_BETWEEN = re.compile(r">[^<]+<")
_JOINED = re.compile("(?:\u200d.[\ufe0f\U0001f3fb-\U0001f3ff]*)+")
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2} ?")
_TONE = re.compile("[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")
#: a longer word gets places where it may be broken
_LONG_WORD = re.compile(r"\S{19,}")
#: a report is read: a text of many pages stays in the workbook
LONGEST = 2_000


def legible(text: object) -> str:
    """A text as it can be set: no control characters, very long words may be broken, very long texts are cut.

    >>> legible("a\\x07b")
    'a\ufffdb'
    """
    told = _CONTROL.sub("\ufffd", str(text).replace("\r\n", "\n").replace("\r", "\n")).strip()
    told = told if len(told) <= LONGEST else told[: LONGEST - 1] + "…"
    return _LONG_WORD.sub(lambda found: "\u200b".join(found[0][at : at + 6] for at in range(0, len(found[0]), 6)), told)


def part(
    title: str, blocks: Sequence[Block | None], level: int = 1, *, wide: bool = False, again: bool = False, short: bool = False
) -> dict[str, Any]:
    """A heading and what stands under it.

    ``wide``: on a page of its own, turned; ``again``: goes on with the part before, under no heading of its own; ``short``: has little to
    say and needs no page of its own.
    """
    kept = [block for block in blocks if block]
    return {"title": legible(title), "level": level, "wide": wide, "again": again, "short": short, "blocks": kept}


def finding(text: str) -> Block:
    return {"kind": "finding", "text": legible(text)}


def text(text: str) -> Block:
    return {"kind": "text", "text": legible(text)}


def note(text: str) -> Block:
    return {"kind": "note", "text": legible(text)}


def terms(pairs: Sequence[tuple[str, str]]) -> Block:
    """Names and what they mean."""
    return {"kind": "terms", "pairs": [[legible(name), legible(told)] for name, told in pairs]}


def cards(pairs: Sequence[tuple[str, str]]) -> Block:
    """The same, each on a ground of its own: for findings."""
    return terms(pairs) | {"kind": "cards"}


def table(
    headers: Sequence[str], widths: Sequence[float], rows: Sequence[Sequence[str]], *, right: Sequence[int] = (), size: float = 8.5
) -> Block | None:
    """A table whose header is repeated on each page; ``right``: columns of figures."""
    if not rows:
        return None
    told = [[legible(cell) for cell in row] for row in rows]
    return {
        "kind": "table", "headers": list(headers), "widths": list(widths), "rows": told, "size": size,
        "right": [position in right for position in range(len(headers))],
    }  # fmt: skip


def picture(content: Content, chart: str, alt: str, **options: Any) -> Block:
    """A chart of the project as vectors; ``svg`` is still being made, see `settled`."""
    svg = image_later(chart_of(content, chart, **options), "svg", content.language)
    return {"kind": "picture", "svg": svg, "alt": legible(alt)}


def settled(parts: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The parts with their pictures, once all are made."""
    return [part | {"blocks": [_settled(block) for block in part["blocks"]]} for part in parts]


def _settled(block: Block) -> Block:
    return block | {"svg": simpler(block["svg"].result().decode())} if block["kind"] == "picture" else block


def simpler(svg: str) -> str:
    """The picture with emoji that one sign can show: of people joined into a family the first, no flags, no tones of skin.

    >>> simpler("<text>\U0001f469\u200d\U0001f467 ok</text>")
    '<text>\U0001f469 ok</text>'
    """
    return _BETWEEN.sub(lambda text: _TONE.sub("", _FLAG.sub("", _JOINED.sub("", text[0]))), svg)
