"""The project's typeface inside a page: the letters of Vietnamese and the signs of reports, and any other letter the page uses.

``python -m sadec_analysis.brief.webfont`` cuts the shipped faces again, after a change of the typeface or of ``LETTERS``.
"""

from __future__ import annotations

import base64
import functools
import io
import unicodedata
from pathlib import Path

from sadec_analysis.charts.style import FAMILY, FONTS

FACES = {"Regular": 400, "SemiBold": 600}
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_VOWELS = [unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in _TONES]
_SIGNS = "\u00a0°²³×·§«»½–—‘’“”•…€→−≈≠≤≥▲▼✓±"
# Letters that nearly every page needs, so that nearly none has to have the typeface cut for it.
LETTERS = frozenset({*map(chr, range(32, 127)), *_SIGNS, *"đĐ", *_VOWELS, *map(str.upper, _VOWELS)})


def font_faces(text: str) -> str:
    """Return CSS that carries the letters of ``text`` in each face as WOFF2."""
    rare = "".join(sorted({letter for letter in text if letter.isprintable()} - LETTERS))
    return "".join(_face(face, rare) for face in FACES)


@functools.lru_cache(maxsize=64)
def _face(face: str, rare: str) -> str:
    shipped = cut(face, rare) if rare else _shipped(face).read_bytes()
    content = base64.b64encode(shipped).decode("ascii")
    return (
        f'@font-face{{font-family:"{FAMILY}";font-weight:{FACES[face]};'
        f"src:url(data:font/woff2;base64,{content}) format('woff2')}}"
    )


def _shipped(face: str) -> Path:
    """The face cut to ``LETTERS``."""
    return FONTS / f"Inter-{face}.vi.woff2"


def cut(face: str, rare: str = "") -> bytes:
    """A face as WOFF2 with ``LETTERS`` and the letters of ``rare``, as far as the typeface has them."""
    from fontTools import subset  # slow to import, and seldom needed
    from fontTools.ttLib import TTFont

    # Lazy: of the pairs to kern, which are most of the file, only those of the letters are read.
    font = TTFont(FONTS / f"Inter-{face}.ttf", recalcTimestamp=False, lazy=True)
    options = subset.Options(
        flavor="woff2", hinting=False, notdef_outline=True, layout_features=["kern", "ccmp", "mark", "mkmk"]
    )
    cutter = subset.Subsetter(options)
    cutter.populate(text="".join(sorted({*LETTERS, *rare})))
    cutter.subset(font)
    font.flavor = "woff2"
    stream = io.BytesIO()
    font.save(stream)
    font.close()
    return stream.getvalue()


if __name__ == "__main__":
    for each in FACES:
        _shipped(each).write_bytes(cut(each))
