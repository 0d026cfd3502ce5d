"""Bytes to text: which encoding, and what to do where the bytes do not keep to it."""

from __future__ import annotations

import codecs
import re

__all__ = ["MENDED", "NotTextError", "decode", "decode_page", "encoding_of", "mend", "well_formed"]

MENDED = "not all of it is UTF-8; the odd bytes were read as Windows-1252 (Latin-1)"

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with UTF-16's
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FORMATS = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "compressed (gzip)"),
    (b"BZh", "compressed (bzip2)"),
    (b"\xfd7zXZ", "compressed (xz)"),
    (b"\x28\xb5\x2f\xfd", "compressed (zstd)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
)
_CONTROLS = bytes(set(range(32)) - {9, 10, 11, 12, 13, 27})
_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]+)|^\s*<\?xml[^>]*encoding=["']([\w.-]+)""", re.I
)
_ODD = {0xDC00 + byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0x100)}
_HALF = re.compile("[\ud800-\udfff]")


class NotTextError(ValueError):
    """The bytes are no text; the message says what they seem to be and what to do."""


def encoding_of(head: bytes) -> str:
    """Return the encoding of a file from its first bytes (some thousands): UTF-8 unless they say otherwise.

    Raises NotTextError for formats of office programs, pictures, archives, and for other binary data.
    """
    for mark, name in _FORMATS:
        if head.startswith(mark):
            raise NotTextError(f"is {name}, not text; save it as plain text, HTML, CSV or JSONL first")
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name
    if len(head) >= 4:
        even, odd = _nul_share(head[::2]), _nul_share(head[1::2])
        if odd > 0.4 and even < 0.1:
            return "utf-16-le"
        if even > 0.4 and odd < 0.1:
            return "utf-16-be"
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls > 8 and controls > 0.05 * len(head):
        raise NotTextError("is binary data, not text; save it as plain text, HTML, CSV or JSONL first")
    return "utf-8"


def decode(raw: bytes, encoding: str | None = None) -> tuple[str, bool]:
    """Return the text, and whether bytes had to be read as Windows-1252 because they were not UTF-8.

    UTF-8 is kept wherever it is well formed, so one odd byte does not spoil the quotation marks round it.
    """
    encoding = encoding or encoding_of(raw[:8192])
    if not encoding.startswith("utf-8"):
        return raw.decode(encoding, "replace"), False
    try:
        return raw.decode(encoding), False
    except UnicodeDecodeError:
        return mend(raw.decode(encoding, "surrogateescape")), True


def decode_page(raw: bytes) -> tuple[str, bool]:
    """Decode an HTML page or a piece of XML, heeding the charset it declares unless it is UTF-8 in truth."""
    encoding = encoding_of(raw[:8192])
    if encoding != "utf-8":
        return decode(raw, encoding)
    try:
        return raw.decode(), False
    except UnicodeDecodeError:
        declared = _CHARSET.search(raw[:4096])
        return decode(raw, _known(declared[1] or declared[2]) if declared else "utf-8")


def mend(text: str) -> str:
    """Turn the bytes that ``surrogateescape`` left in ``text`` into what Windows-1252 means by them."""
    return text.translate(_ODD)


def well_formed(text: str) -> str:
    """Replace each half of a surrogate pair by U+FFFD: one character for one, so that offsets stay right."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _HALF.sub("\ufffd", text)
    return text


def _known(name: bytes) -> str:
    """Python's name of a charset; Latin-1 is Windows-1252 in practice, as the HTML standard says."""
    try:
        found = codecs.lookup(name.decode("ascii")).name
    except LookupError:
        return "utf-8"
    return "cp1252" if found in ("iso8859-1", "ascii") else found


def _nul_share(data: bytes) -> float:
    return data.count(0) / len(data)
