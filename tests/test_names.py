"""Names compared without their accidents of spelling."""

from __future__ import annotations

import unicodedata

import pytest

from sadec_analysis.errors import InputError
from sadec_analysis.names import text_key, unit_key

SAME = [
    ("Phường An Hoà", "UBND phường An Hòa - Tỉnh Đồng Tháp"),
    ("Phường An Hoà", "5. UBND Phường An Hoà - Tỉnh Đồng Tháp"),
    ("Phường An Hoà", "PHƯỜNG AN HOÀ"),
    ("Phường 1", "UBND\u00a0Phường\u200b 1"),
    ("Phường 1", "Ủy ban nhân dân Phường 1"),
    ("Xã Tân Khánh Đông", "UBND xã  Tân\tKhánh Đông"),
    ("Xã Tân Khánh Đông", unicodedata.normalize("NFD", "UBND Xã Tân Khánh Đông")),
    ("huyện Lấp Vò", "8. UBND huyện Lấp vò - Tỉnh Đồng Tháp"),
]


@pytest.mark.parametrize(("name", "spelling"), SAME)
def test_spellings_of_one_unit_have_one_key(name, spelling):
    assert unit_key(name) == unit_key(spelling)


def test_a_letter_of_another_script_is_named(place):
    with pytest.raises(InputError, match=r'unknown unit "\\u0420hường 1".* such as Phường 1'):
        place.match("\u0420hường 1", "row 3")  # a Cyrillic letter that looks like P


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("thành phố Cao Lãnh", "huyện Cao Lãnh"),
        ("Phường 1", "Phường 2"),
        ("xã Tân Quy Tây", "xã Tân Quy Đông"),
    ],
)
def test_different_units_have_different_keys(one, other):
    assert unit_key(one) != unit_key(other)


@pytest.mark.parametrize(
    ("old", "new"), [("hòa", "hoà"), ("khỏe", "khoẻ"), ("thủy", "thuỷ"), ("số hóa", "số hoá")]
)
def test_both_tone_placements_meet(old, new):
    assert text_key(old) == text_key(new)


def test_a_tone_inside_a_closed_syllable_or_after_q_stays():
    assert text_key("hoàn") == "hoàn"
    assert text_key("quý") == "quý"


def test_an_unknown_unit_is_refused_with_the_nearest_names(place):
    with pytest.raises(InputError, match=r"row 3: unknown unit .*Phường An Hoa.* such as Phường An Hoà"):
        place.match("Phường An Hoa", "row 3")


def test_a_letter_that_cannot_be_seen_is_named(place):
    with pytest.raises(InputError, match=r"\\u202e"):
        place.match("Phường\u202e 1x", "row 3")
