"""Which kind of file is this, judged by its content and never by its name, before any reader touches it."""

from __future__ import annotations

import json
import re
import struct
import zipfile
from io import BytesIO

from analysis.reading.worker.refusal import Refusal

MEGABYTE = 1_000_000
#: parts of a workbook that its readers expand in memory; pictures and the like harm nobody
_READ_PARTS = re.compile(r"(?i)\.(xml|rels|bin|vml)$|^mimetype$")
_MAX_MEMBERS = 5_000
_MAX_EXPANDED = 300 * MEGABYTE
_MAX_RATIO = 200
_RATIO_FROM = 50 * MEGABYTE

_BINARY = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"BM\x00", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"SQLite format 3\x00", "database"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ\x00", "archive"),
    (b"{\\rtf", "word"),
    (b"PAR1", "parquet"),
    (b"\x7fELF", "program"),
    (b"MZ\x90", "program"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_EXCEL = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")
_MARKUP = re.compile(rb"(?is)^\s*(?:<\?xml[^>]*\?>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta|style)\b")


def identify(data: bytes) -> str:
    """``xlsx xlsb ods xls html spreadsheetml zip gzip text``; a Refusal names anything else."""
    if not data.strip(b"\x00\t\r\n \xef\xbb\xbf\xff\xfe"):
        raise Refusal("empty")
    head = data[:4096]
    for magic, what in _BINARY:
        if head.startswith(magic):
            raise Refusal("unsupported", what)
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        return _zip(data)
    if head.startswith(_OLE):
        return _ole(data)
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head[:2] in _OLD_EXCEL and len(data) > 8 and struct.unpack("<H", head[2:4])[0] in (4, 6, 8, 16):
        return "xls"
    if _looks_zipped_after_junk(data):
        return _zip(data)
    return _textual(data)


def _looks_zipped_after_junk(data: bytes) -> bool:
    return b"PK\x03\x04" in data[:65536] and b"PK\x05\x06" in data[-66000:] and b"PK\x01\x02" in data


def _ole(data: bytes) -> str:
    def has(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if has("EncryptedPackage") or has("EncryptionInfo"):
        raise Refusal("encrypted")
    if has("Workbook") or has("Book"):
        return "xls"
    if has("WordDocument"):
        raise Refusal("unsupported", "word")
    if has("PowerPoint Document"):
        raise Refusal("unsupported", "slides")
    raise Refusal("unsupported" if len(data) > 1024 else "corrupt")


def _zip(data: bytes) -> str:
    """Look at the directory of the archive only: nothing is expanded."""
    end = data.rfind(b"PK\x05\x06")
    if end < 0 or len(data) - end < 22:
        raise Refusal("corrupt")
    if struct.unpack("<H", data[end + 10 : end + 12])[0] > _MAX_MEMBERS:
        raise Refusal("too_large", "members")
    try:
        members = zipfile.ZipFile(BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, EOFError, OSError, struct.error, NotImplementedError, UnicodeDecodeError):
        raise Refusal("corrupt") from None
    if len(members) > _MAX_MEMBERS:
        raise Refusal("too_large", "members")
    if not members:
        raise Refusal("empty")
    kind = _office(data, members)
    if any(member.flag_bits & 1 for member in members):
        raise Refusal("encrypted")
    _weigh(members, every=kind == "zip")
    return kind


def _office(data: bytes, members: list[zipfile.ZipInfo]) -> str:
    names = [member.filename.replace("\\", "/").lstrip("/").lower() for member in members]
    known = set(names)
    if any(name.endswith(".iwa") or (name.startswith("index/") and name.endswith(".iwa")) for name in names) or "index.zip" in known:
        raise Refusal("unsupported", "numbers")
    if any(name.endswith("xl/workbook.bin") for name in names):
        return "xlsb"
    if any(name.endswith("xl/workbook.xml") or name == "workbook.xml" for name in names):
        return "xlsx"
    if any(name.startswith("word/") for name in names):
        raise Refusal("unsupported", "word")
    if any(name.startswith("ppt/") for name in names):
        raise Refusal("unsupported", "slides")
    if "content.xml" in known:
        return _opendocument(data, members)
    if "[content_types].xml" in known or any(name.startswith("xl/") for name in names):
        return "xlsx"
    return "zip"


def _opendocument(data: bytes, members: list[zipfile.ZipInfo]) -> str:
    kind = b""
    for member in members:
        if member.filename == "mimetype" and member.file_size < 200 and not member.flag_bits & 1:
            try:
                kind = zipfile.ZipFile(BytesIO(data)).read(member)
            except Exception:
                raise Refusal("corrupt") from None
    if b"opendocument.text" in kind:
        raise Refusal("unsupported", "word")
    if b"opendocument.presentation" in kind:
        raise Refusal("unsupported", "slides")
    return "ods"


def _weigh(members: list[zipfile.ZipInfo], *, every: bool) -> None:
    expanded = stored = 0
    for member in members:
        if every or _READ_PARTS.search(member.filename):
            expanded += member.file_size
            stored += member.compress_size
    if expanded > _MAX_EXPANDED or (expanded > _RATIO_FROM and expanded > _MAX_RATIO * max(stored, 1)):
        raise Refusal("too_large", "expands", size=round(expanded / MEGABYTE))


def _textual(data: bytes) -> str:
    sample = data[:65536]
    plain = sample.replace(b"\x00", b"") if b"\x00" in sample[:4000] else sample
    plain = plain.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if plain.startswith(b"<"):
        if b"schemas-microsoft-com:office:spreadsheet" in plain[:8192]:
            return "spreadsheetml"
        if _MARKUP.match(plain) or b"<table" in plain[:65536].lower():
            return "html"
        if plain.startswith(b"<?xml"):
            raise Refusal("unsupported", "xml")
    if plain[:1] in b"{[" and _is_json(data):
        raise Refusal("unsupported", "json")
    if _is_binary(sample):
        raise Refusal("unsupported", "binary")
    return "text"


def _is_json(data: bytes) -> bool:
    try:
        text = data.decode("utf-8-sig")
        return isinstance(json.loads(text), dict | list)
    except (ValueError, RecursionError):
        return False


def _is_binary(sample: bytes) -> bool:
    """Many control characters, and not the regular zeros of UTF-16 or UTF-32."""
    if not sample or sample[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return False
    zeros = sample.count(0)
    if zeros > len(sample) * 0.2:
        even, odd = sample[0::2].count(0), sample[1::2].count(0)
        regular = max(even, odd) > 0.7 * len(sample) / 2 or zeros > 0.7 * len(sample)
        return not regular and zeros > len(sample) * 0.3
    control = sum(sample.count(code) for code in range(1, 32) if code not in (7, 8, 9, 10, 12, 13, 26, 27))
    return control > len(sample) * 0.05
