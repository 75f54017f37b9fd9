"""The typeface inside a page: nearly no page has it cut, and no letter is missing."""

import base64
import io
import re

import pytest
from fontTools.ttLib import TTFont

from sadec_analysis.brief.webfont import FACES, LETTERS, cut, font_faces
from sadec_analysis.charts.style import FONTS
from sadec_analysis.paths import PACKAGE


def letters_of(content):
    return {chr(code) for code in TTFont(io.BytesIO(content)).getBestCmap()}


def carried(css):
    """The letters of each face of a page."""
    return [letters_of(base64.b64decode(each)) for each in re.findall(r"base64,([^)]+)\)", css)]


@pytest.mark.parametrize("face", FACES)
def test_the_shipped_faces_are_those_that_are_cut(face):
    shipped = letters_of((FONTS / f"Inter-{face}.vi.woff2").read_bytes())
    assert shipped == LETTERS
    assert shipped == letters_of(cut(face))


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.toml")), ids=lambda path: path.name)
def test_the_shipped_faces_hold_every_letter_of_the_catalogues(path):
    assert set(path.read_text(encoding="utf-8")) - {"\n"} <= LETTERS


def test_a_page_of_common_letters_has_nothing_cut(monkeypatch):
    monkeypatch.setattr("sadec_analysis.brief.webfont.cut", lambda *_: pytest.fail("cut"))
    assert font_faces("Phường 1: 37,5 ▼") == font_faces("")


def test_a_rare_letter_is_added_to_every_face():
    assert carried(font_faces("Ñ")) == [LETTERS | {"Ñ"}] * len(FACES)


def test_a_letter_that_the_typeface_lacks_takes_nothing_away():
    assert carried(font_faces("\U0001f600\n")) == [LETTERS] * len(FACES)
