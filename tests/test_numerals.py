"""Numbers as offices print them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sadec_analysis.errors import InputError
from sadec_analysis.numerals import Numeral, read, show, show_change

READ = [
    ("37,5", "points", Numeral(Decimal("37.5"), 1)),
    ("51.53", "percent", Numeral(Decimal("51.53"), 2, has_decimal_dot=True)),
    ("60", "percent", Numeral(Decimal(60), 0)),
    ("00/18", "points", Numeral(Decimal(0), 0, of=18)),
    ("0,0/18", "points", Numeral(Decimal("0.0"), 1, of=18)),
    ("1.064", "count", Numeral(Decimal(1064), 0)),
    ("12.345.678", "count", Numeral(Decimal(12345678), 0)),
    ("▼13,96", "change", Numeral(Decimal("-13.96"), 2)),
    ("▲ 2,1", "change", Numeral(Decimal("2.1"), 1)),
    ("Giảm 11,17", "change", Numeral(Decimal("-11.17"), 2)),
    ("tăng 0,5", "change", Numeral(Decimal("0.5"), 1)),
    ("−1,25", "change", Numeral(Decimal("-1.25"), 2)),
    ("61,54 %", "percent", Numeral(Decimal("61.54"), 2)),
    ("\u00a012,3/20\u00a0điểm ", "points", Numeral(Decimal("12.3"), 1, of=20)),
    ("05", "rank", Numeral(Decimal(5), 0)),
    ("\ufeff37,5\u200b", "points", Numeral(Decimal("37.5"), 1)),
    ("\t61,54%\n", "percent", Numeral(Decimal("61.54"), 2)),
]
REFUSED = [
    ("1.064", "percent"), ("51.530", "points"), ("1,064", "count"), ("51.53", "count"), ("51.53.", "percent"),
    ("1.06", "count"), ("1.0640", "count"), ("", "count"), ("abc", "count"), ("12,3,4", "points"),
    ("-5", "count"), ("13,96%", "change"), ("0,50", "change"), ("Giảm 5", "points"), ("1 064", "count"), ("٣", "count"), ("1e3", "percent"), (",5", "points"),
    ("5,", "points"), (".5", "points"), ("53,9/100", "percent"), ("Giảm 5/9", "change"),
    ("\u202e5,73", "points"), ("３７,５", "points"), ("3\u2007750", "count"), ("½", "points"), ("1.064.5", "count"),
    ("9" * 16, "count"), ("1" * 16 + ",5", "points"), ("9" * 5000, "percent"), ("0,0/" + "9" * 5000, "points"), ("0,0/١٨", "points"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "expected"), READ)
def test_a_printed_number_is_read_as_its_kind(text, kind, expected):
    assert read(text, kind) == expected


@pytest.mark.parametrize(("text", "kind"), REFUSED)
def test_a_number_that_is_not_sure_is_refused_with_a_remedy(text, kind):
    with pytest.raises(InputError, match=r"^sheet 1, row 2: .*; write"):
        read(text, kind, "sheet 1, row 2")


@pytest.mark.parametrize(
    ("printed", "half"), [("12/20", "0.5"), ("12,3/20", "0.05"), ("61,54", "0.005"), ("51.53", "0.005")]
)
def test_half_a_printed_step_follows_from_the_decimals(printed, half):
    assert read(printed, "points").half_step == Decimal(half)


@pytest.mark.parametrize(
    ("value", "decimals", "vi", "en"),
    [
        (1064, None, "1.064", "1,064"), (37.5, None, "37,5", "37.5"), (Decimal("12.30"), None, "12,30", "12.30"),
        (Decimal("0.0"), None, "0,0", "0.0"), (0.0, None, "0", "0"), (46.7, 0, "47", "47"),
        (-11.17, None, "−11,17", "−11.17"),
    ],
)  # fmt: skip
def test_a_number_is_written_in_the_form_of_the_language(value, decimals, vi, en):
    assert (show(value, decimals), show(value, decimals, "en")) == (vi, en)


def test_a_change_carries_its_arrow():
    assert [show_change(value) for value in (-13.96, 2.1, 0)] == ["▼ 13,96", "▲ 2,1", "0"]


@given(st.decimals(min_value=0, max_value=100, places=2))
def test_what_is_written_as_a_rate_reads_back(value):
    assert read(show(value), "percent").value == value


@given(st.integers(min_value=0, max_value=10**9))
def test_what_is_written_as_a_count_reads_back(value):
    assert read(show(value), "count").value == value


@given(st.decimals(min_value=-100, max_value=100, places=2))
def test_what_is_written_as_a_change_reads_back(value):
    assert read(show_change(value), "change").value == value


@given(st.text(max_size=12), st.sampled_from(["count", "percent", "points", "change", "rank"]))
def test_any_text_is_read_as_its_digits_or_refused(text, kind):
    try:
        numeral = read(text, kind)
    except InputError:
        return
    digits = "".join(char for char in text.partition("/")[0] if char.isdigit())
    assert digits.lstrip("0") == str(abs(numeral.value)).replace(".", "").lstrip("0")
