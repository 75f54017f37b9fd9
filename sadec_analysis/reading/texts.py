"""Text files checked before any reader opens them: what they really are, how large, and in which encoding."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from sadec_analysis.errors import InputError

LARGEST_TEXT = 64 * 2**20
_MAGIC = (
    (b"PK\x03\x04", "a zip archive"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"{\\rtf", "an RTF text"),
    (b"PAR1", "a Parquet table"),
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OWN_LETTERS = re.compile("[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")
# Letters that stand for Vietnamese ones in texts typed with TCVN3 (.VnTime) and VNI fonts.
_LEGACY = {
    "TCVN3 (ABC)": re.compile(r"(?<=[A-Za-z])[®¸µ¶·¹¨©ª«¬\u00ad]|[®¸µ¶·¹¨©ª«¬\u00ad](?=[A-Za-z])"),
    "VNI": re.compile(r"[AEOUYaeouy][ùøûõïáàåãäâêéèúüëÙØÛÕÏÁÀÅÃÄÂÊÉÈÚÜË]|ñ(?=[aeouyöô])"),
}
_FEWEST_LEGACY = 3


def read_text(path: Path) -> str:
    """Read a text file as UTF-8, with or without a mark, in composed form (NFC).

    Raises InputError for an empty or oversized file, for one that is no text, and for
    other encodings, naming UTF-16, Windows-1258, TCVN3 and VNI where they are recognised.
    """
    return as_text(_bytes(path), path)


def as_text(data: bytes, path: Path) -> str:
    """Decode the bytes of a text file, or of its beginning; see ``read_text``."""
    if not data.strip():
        raise InputError(path, "holds no text", remedy="put the file there as received")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or data[1:2] == b"\x00":
        raise _not_utf8(path, "UTF-16")
    if (kind := kind_of(data[:512])) != "text":
        raise InputError(path, f"is {kind}, not a text", remedy=f"export it again as {path.suffix or 'text'}")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _not_utf8(path, _guess(data), f" at byte {error.start}") from error
    require_unicode(text, path)
    return unicodedata.normalize("NFC", text)


def require_unicode(text: str, where: object) -> None:
    """Raise InputError where a text was typed for a TCVN3 or VNI font: its letters are not what they look like.

    >>> require_unicode("Tổng số hồ sơ quá hạn", "a cell")
    >>> require_unicode("Tæng sè hå s¬ qu¸ h¹n, tr¶ ®óng", "a cell")
    Traceback (most recent call last):
    sadec_analysis.errors.InputError: a cell: is typed in TCVN3 (ABC), not in Unicode; convert it to Unicode, for example with UniKey
    """
    own = len(_OWN_LETTERS.findall(text))
    for name, form in _LEGACY.items():
        if len(form.findall(text)) > max(own, _FEWEST_LEGACY - 1):
            raise InputError(
                where,
                f"is typed in {name}, not in Unicode",
                remedy="convert it to Unicode, for example with UniKey",
            )


def kind_of(head: bytes) -> str:
    """Say what the first bytes of a file make it: "text" unless they are of another known kind.

    >>> kind_of(b"%PDF-1.7"), kind_of("Báo cáo".encode())
    ('a PDF', 'text')
    """
    if head.startswith(OLE):
        return "an old or password-protected Office file"
    named = next((name for magic, name in _MAGIC if head.startswith(magic)), None)
    return named or ("no text but bytes" if b"\x00" in head else "text")


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST_TEXT:
            raise InputError(
                path,
                "is too large",
                got=f"{size // 2**20} MiB",
                expected=f"at most {LARGEST_TEXT // 2**20} MiB",
            )
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            path, f"cannot be read: {error.strerror}", remedy="check that you may read it"
        ) from error
    return data


def _not_utf8(path: Path, name: str, where: str = "") -> InputError:
    return InputError(path, f"not UTF-8{where}", got=name, remedy="save it again as text, encoding UTF-8")


def _guess(data: bytes) -> str:
    """Name the encoding of bytes that are not UTF-8."""
    windows_1258 = unicodedata.normalize("NFC", data.decode("cp1258", errors="replace"))
    latin = data.decode("latin-1")
    for name, form in _LEGACY.items():
        if len(form.findall(latin)) > max(len(_OWN_LETTERS.findall(windows_1258)), _FEWEST_LEGACY - 1):
            return name
    return "Windows-1258" if _OWN_LETTERS.search(windows_1258) else "an unknown encoding"
