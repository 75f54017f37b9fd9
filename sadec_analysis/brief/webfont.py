"""The project's typeface, cut down to the letters a page uses, inside the page itself."""

from __future__ import annotations

import base64
import functools
import io

from fontTools import subset
from fontTools.ttLib import TTFont

from sadec_analysis.charts.style import FAMILY, FONTS

FACES = {"Regular": 400, "SemiBold": 600}


def font_faces(text: str) -> str:
    """Return CSS that carries the letters of ``text`` in each face as WOFF2."""
    letters = "".join(sorted(set(text) | {" "}))
    return "".join(_face(face, letters) for face in FACES)


@functools.lru_cache(maxsize=64)
def _face(face: str, letters: str) -> str:
    content = base64.b64encode(_cut(face, letters)).decode("ascii")
    return (
        f'@font-face{{font-family:"{FAMILY}";font-weight:{FACES[face]};'
        f"src:url(data:font/woff2;base64,{content}) format('woff2')}}"
    )


def _cut(face: str, letters: str) -> bytes:
    # Lazy: of the pairs to kern, which are most of the file, only those of the letters are read.
    font = TTFont(FONTS / f"Inter-{face}.ttf", recalcTimestamp=False, lazy=True)
    options = subset.Options(
        flavor="woff2", hinting=False, notdef_outline=True, layout_features=["kern", "ccmp", "mark", "mkmk"]
    )
    cutter = subset.Subsetter(options)
    cutter.populate(text=letters)
    cutter.subset(font)
    font.flavor = "woff2"
    stream = io.BytesIO()
    font.save(stream)
    font.close()
    return stream.getvalue()
