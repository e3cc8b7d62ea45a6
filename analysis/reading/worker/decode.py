"""Bytes of a text file → text. The rule that was right on every Western file it was tried on; see ``decode``."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: bytes that are letters of the old Mac (and DOS) pages, but signs that no Western text has inside a word in Windows'
_MAC_LETTERS = re.compile(rb"(?i)[a-z][\x83\x88\x8d\x8e\x8f\x90\x94\x99\x9d\x9e]|[\x83\x88\x8d\x8e\x8f\x90\x94\x99\x9d\x9e][a-z]")
_DOS_LETTERS = re.compile(rb"(?i)[a-z][\x81-\x85\x87-\x8c\x93\x96\x97]|[\x82\x85\x87\x88\x8a][a-z]")
_WINDOWS_ONLY = re.compile(rb"[\x80-\x9f]")
_LATIN9 = re.compile(rb"\xa4|[A-Za-z\xc0-\xff][\xbc\xbd]|[\xbc\xbd][A-Za-z\xc0-\xff]")
_WINDOWS_LETTERS = re.compile(rb"[\xc0-\xd6\xd8-\xf6\xf8-\xff]")
_WINDOWS_BYTES = {bytes((byte,)).decode("cp1252", "ignore") or chr(byte): byte for byte in range(128, 256)}
_FOLLOWING = "".join(re.escape(char) for char, byte in _WINDOWS_BYTES.items() if byte < 0xC0)
#: the bytes of one letter (of two bytes, or of three for € and the typographic signs), each shown as a sign of Windows
_TWICE = re.compile(f"[\u00c2-\u00c5][{_FOLLOWING}]|\u00e2[{_FOLLOWING}][{_FOLLOWING}]")
_UNDEFINED = {0x81: 0x81, 0x8D: 0x8D, 0x8F: 0x8F, 0x90: 0x90, 0x9D: 0x9D}


def decode(data: bytes, encoding: str | None = None) -> tuple[str, str, list[str]]:
    """(text, encoding, notes).

    Byte order mark → strict UTF-8 → regular zeros: UTF-16 or UTF-32 → UTF-8 with a few Windows lines → Windows-1252,
    unless its signs stand where only the old Mac or DOS pages have letters.
    """
    if encoding:
        return _clean(_forced(data, encoding)), encoding, []
    for mark, name in _BOMS:
        if data.startswith(mark):
            text, _, notes = _twice(_clean(data.decode(name, "replace")))
            return text, name, notes
    if wide := _wide(data):
        return _clean(data.decode(wide, "replace")), wide, []
    try:
        return _twice(_clean(data.decode("utf-8")))
    except UnicodeDecodeError as wrong:
        if wrong.end >= len(data) - 3 and wrong.reason.startswith("unexpected end"):
            return _clean(data[: wrong.start].decode("utf-8")), "utf-8", ["cut_character"]
    return _eight_bit(data)


def _twice(text: str) -> tuple[str, str, list[str]]:
    """UTF-8 that was taken for Windows-1252 and encoded again (``Ã©``) is put right, where the text is full of it."""
    sequences = len(_TWICE.findall(text))
    if not sequences:
        return text, "utf-8", []
    others = sum(1 for char in _TWICE.sub("", text) if ord(char) > 127)
    if sequences < max(2, others):
        return text, "utf-8", []
    mended = _TWICE.sub(_once, text)
    return mended, "utf-8", ["double_encoded"] if mended != text else []


def _once(found: re.Match[str]) -> str:
    try:
        return bytes(_WINDOWS_BYTES[char] for char in found[0]).decode("utf-8")
    except UnicodeDecodeError:
        return found[0]


def _forced(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding, "replace")
    except LookupError:
        return data.decode("utf-8", "replace")


def _wide(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark, told by where its zeros stand."""
    sample = data[:20000]
    if len(sample) < 4 or sample.count(0) < len(sample) * 0.2:
        return None
    zeros = [sample[place::4].count(0) / max(len(sample[place::4]), 1) for place in range(4)]
    if zeros[1] > 0.8 and zeros[2] > 0.8 and zeros[3] > 0.8 and zeros[0] < 0.3:
        return "utf-32-le"
    if zeros[0] > 0.8 and zeros[1] > 0.8 and zeros[2] > 0.8 and zeros[3] < 0.3:
        return "utf-32-be"
    even, odd = (zeros[0] + zeros[2]) / 2, (zeros[1] + zeros[3]) / 2
    if odd > 0.6 and even < 0.3:
        return "utf-16-le"
    if even > 0.6 and odd < 0.3:
        return "utf-16-be"
    return None


def _eight_bit(data: bytes) -> tuple[str, str, list[str]]:
    lines = data.split(b"\n")
    good = sum(1 for line in lines if _is_utf8(line) and not line.isascii())
    bad = [line for line in lines if not _is_utf8(line)]
    if good and len(bad) <= 0.1 * len(lines) and good >= len(bad):
        mixed = "\n".join(_line(line) for line in lines)
        return _clean(mixed), "utf-8", ["mixed_encoding"]
    name = _old_page(data)
    if name == "cp1252" and _is_latin9(data):
        return _clean(data.decode("iso-8859-15")), "iso-8859-15", []
    return _clean(_windows(data) if name == "cp1252" else data.decode(name)), name, []


def _is_latin9(data: bytes) -> bool:
    """No sign that only Windows has, but € or œ where Windows would show ¤ or a fraction inside a word."""
    return not _WINDOWS_ONLY.search(data) and bool(_LATIN9.search(data))


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _line(line: bytes) -> str:
    return line.decode("utf-8") if _is_utf8(line) else _windows(line)


def _old_page(data: bytes) -> str:
    sample = data[:262144]
    windows = len(_WINDOWS_LETTERS.findall(sample))
    mac, dos = len(_MAC_LETTERS.findall(sample)), len(_DOS_LETTERS.findall(sample))
    if b"\r\n" not in sample and sample.count(b"\r") > sample.count(b"\n") and mac > max(windows, 1):
        return "mac_roman"  # nobody else ended lines so
    if max(mac, dos) < 3 or max(mac, dos) <= 2 * windows:
        return "cp1252"
    return "mac_roman" if mac >= dos else "cp850"


def _windows(data: bytes) -> str:
    """Windows-1252; its five holes become the control characters that browsers show for them."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(chr(byte) if byte in _UNDEFINED else bytes((byte,)).decode("cp1252") for byte in data)


def _clean(text: str) -> str:
    """No zeros, no mark inside, no end-of-file sign of DOS."""
    text = text.lstrip("\ufeff")
    if "\x00" in text:
        text = text.replace("\x00", "")
    return text.removesuffix("\x1a")
