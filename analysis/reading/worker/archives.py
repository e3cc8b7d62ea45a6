"""A .zip of text files (as Search Console gives them) and a .csv.gz: each member is read as a file of its own."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

from analysis.reading.worker.pack import Sheet
from analysis.reading.worker.refusal import Refusal

_TABLES = re.compile(r"(?i)\.(csv|tsv|txt|tab|xlsx|xlsm|xls|xlsb|ods)$")
_MOST_MEMBERS = 50
#: members that are not read and are named one by one
_MOST_NAMED = 100
#: what a project that was saved holds
_OURS = {"manifest.json", "project.json"}
_MOST_BYTES = 120_000_000


def members(data: bytes, skipped: list[str]) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of every member that looks like a table; the names of the others are put among the ``skipped``."""
    archive = zipfile.ZipFile(BytesIO(data))
    inside = [info for info in archive.infolist() if not info.is_dir() and not _is_clutter(info.filename)]
    named = [info for info in inside if _TABLES.search(info.filename)]
    if not named:
        raise Refusal("unsupported", "project" if {info.filename for info in inside} >= _OURS else "archive")
    skipped += [info.filename for info in inside if info not in named[:_MOST_MEMBERS]]
    if sum(info.file_size for info in named) > _MOST_BYTES:
        raise Refusal("too_large", "expands", size=round(sum(info.file_size for info in named) / 1e6))
    for info in named[:_MOST_MEMBERS]:
        try:
            with archive.open(info) as member:
                content = member.read(_MOST_BYTES)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError):
            raise Refusal("corrupt") from None
        yield PurePosixPath(info.filename.replace("\\", "/")).stem, content


def _is_clutter(name: str) -> bool:
    return name.startswith("__MACOSX/") or PurePosixPath(name).name.startswith(("._", "~$"))


def gunzip(data: bytes) -> bytes:
    """The content of a .gz, or a refusal when it is larger than is read here."""
    stream = zlib.decompressobj(wbits=31)
    try:
        content = stream.decompress(data, _MOST_BYTES)
    except zlib.error:
        raise Refusal("corrupt") from None
    if stream.unconsumed_tail:
        raise Refusal("too_large", "expands", size=round(_MOST_BYTES / 1e6))
    return content


def read_zip(data: bytes, options: dict[str, Any], open_file: Any) -> tuple[dict[str, Any], list[Sheet]]:
    """The sheets of every member; those of several files are named after them."""
    sheets: list[Sheet] = []
    about: dict[str, Any] = {"kind": "zip", "notes": []}
    refused: Refusal | None = None
    skipped: list[str] = []
    for name, content in members(data, skipped):
        try:
            told, found = open_file(content, {**options, "name": name, "inside": True})
        except Refusal as refusal:
            refused = refusal
            skipped.append(name)
            continue
        for sheet in found:
            sheet.name = sheet.name or name
        about["notes"] += told.get("notes", [])
        about.setdefault("encoding", told.get("encoding"))
        about.setdefault("separator", told.get("separator"))
        sheets += found
    if not sheets:
        raise refused or Refusal("empty")
    return {**about, "skipped": skipped[:_MOST_NAMED]}, sheets
