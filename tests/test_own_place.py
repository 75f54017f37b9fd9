"""A place made from the report itself: Sa Đéc's as its place file has it, and made-up units no place file knows."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

import pytest
from november_report import MARKDOWN

from sadec_analysis.errors import InputError
from sadec_analysis.months import Month
from sadec_analysis.names import slug, unit_key
from sadec_analysis.reading.documents.markdown import parse
from sadec_analysis.reading.documents.outline import outline
from sadec_analysis.reading.reports.opening import stated_month, subject
from sadec_analysis.reading.reports.own_place import MOST_UNITS, place_of
from sadec_analysis.reading.reports.reader import ReportReader
from sadec_analysis.reading.reports.unit_names import named

NOVEMBER = MARKDOWN.read_text(encoding="utf-8")
TITLE = "Kết quả trên địa bàn thành phố Sa Đéc tháng 11 năm 2022\n\n"
# No such city, wards and districts: every name is made up.
NEIGHBOURS = {
    "Hồng Ngự": "Cầu Vồng", "Cao Lãnh": "Bến Sương", "Tam Nông": "Gió Nồm", "Tân Hồng": "Mưa Rào",
    "Châu Thành": "Nắng Sớm", "Tháp Mười": "Tháp Sương", "Lấp vò": "Gò Mây", "Thanh Bình": "Trăng Khuya",
    "Đồng Tháp": "Thử Nghiệm", "H20": "Z99",
}  # fmt: skip
CITY = NEIGHBOURS | {
    "Sa Đéc": "Bình Minh Thử", "Phường 1": "Phường Hoa Sen", "Phường 2": "Phường Mây Trắng",
    "Phường 3": "Phường 7", "Phường 4": "Phường A", "An Hoà": "Gió Lành", "Tân Quy Đông": "Lúa Vàng Đông",
    "Tân Khánh Đông": "Trăng Non", "Tân Phú Đông": "Đá Bạc", "Tân Quy Tây": "Lúa Vàng Tây",
}  # fmt: skip
DISTRICT = CITY | {
    "Sa Đéc": "Bến Tràm", "thành phố Sa Đéc": "huyện Bến Tràm", "Thành phố Sa Đéc": "Huyện Bến Tràm",
    "xã, phường": "xã, thị trấn", "Phường 1": "Thị trấn Bến Tràm", "Phường 2": "Xã Mây Trắng",
    "Phường 3": "Xã Suối Mơ", "Phường 4": "Xã Bảy Mẫu", "Phường An Hoà": "Xã Gió Lành",
    "phường An Hoà": "xã Gió Lành", "Phường Tân Quy Đông": "Xã Lúa Vàng Đông",
    "phường Tân Quy Đông": "xã Lúa Vàng Đông",
}  # fmt: skip


def renamed(names):
    form = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))
    return form.sub(lambda found: names[found[0]], NOVEMBER)


def document(text):
    return outline("r.md", parse(text))


def read(text, rulebook, place=None):
    report = document(text)
    return ReportReader(report, Month(2022, 11), place or place_of(report), rulebook).read()


def told(reading):
    """All of a reading but its units, for those no code is printed for have other ids."""
    figures = sorted(str(replace(figure, unit="")) for figure in reading.figures)
    return figures, reading.unread, reading.remarks


def values(reading):
    """What the figures of a reading say and where, whatever the units are called."""
    return sorted(str(replace(figure, unit="", printed="")) for figure in reading.figures)


def table(*names, head="Đơn vị"):
    rows = "".join(f"| {name} | 12,5 |\n" for name in names)
    return f"{TITLE}I. KẾT QUẢ\n\n| {head} | Tổng điểm |\n|---|---|\n{rows}\n"


def coded(*rows):
    lines = "".join(f"| {name} | {code} | 1 |\n" for name, code in rows)
    return f"{TITLE}I. KẾT QUẢ\n\n| Đơn vị | Mã định danh | Tổng số hồ sơ quá hạn |\n|---|---|---|\n{lines}\n"


def units(text):
    return [(unit.name, unit.level) for unit in place_of(document(text)).unit]


# -- Sa Đéc itself ---------------------------------------------------------


def test_the_report_of_sa_dec_gives_the_units_of_its_place_file_but_the_two_it_does_not_list(place):
    own = place_of(document(NOVEMBER))
    found = {(unit_key(unit.name), unit.level) for unit in own.unit}
    filed = {(unit_key(unit.name), unit.level) for unit in place.unit}
    assert filed - found == {("huyện hồng ngự", "peer"), ("huyện lai vung", "peer")}
    assert found <= filed
    assert (own.name, own.city.name, own.kind, own.peers) == (
        place.name, place.city.name, place.kind, place.peers,
    )  # fmt: skip
    assert (own.id, own.province, own.province_code) == ("thanh-pho-sa-dec", "Đồng Tháp", "H20")


def test_the_printed_codes_of_sa_dec_are_those_of_its_place_file(place):
    own = place_of(document(NOVEMBER))
    assert {unit.code: unit_key(unit.name) for unit in own.own} == {
        unit.code: unit_key(unit.name) for unit in place.own
    }
    assert {unit.label for unit in own.own} == {unit.label for unit in place.own}


def test_november_reads_to_the_same_figures_with_its_own_place(place, rulebook):
    filed, own = read(NOVEMBER, rulebook, place), read(NOVEMBER, rulebook)
    assert told(own) == told(filed)
    listed = {figure.unit for figure in filed.figures if "/" not in figure.unit}
    assert {figure.unit for figure in own.figures if "/" not in figure.unit} == listed


# -- made-up units ---------------------------------------------------------


def test_a_made_up_city_reads_to_as_many_figures_with_nothing_unread(place, rulebook):
    text = renamed(CITY)
    own, reading = place_of(document(text)), read(text, rulebook)
    assert (own.name, own.province, own.city.code) == (
        "thành phố Bình Minh Thử", "Thử Nghiệm", "000.00.36.Z99",
    )  # fmt: skip
    assert values(reading) == values(read(NOVEMBER, rulebook, place))
    assert reading.unread == []


def test_a_made_up_district_has_its_communes_and_its_township():
    own = place_of(document(renamed(DISTRICT)))
    assert (own.id, own.name, own.kind.vi, own.kind.en) == (
        "huyen-ben-tram", "huyện Bến Tràm", "Huyện", "The district",
    )  # fmt: skip
    assert [(unit.name, unit.short) for unit in own.wards] == [
        ("xã Trăng Non", "Trăng Non"), ("Xã Bảy Mẫu", "Bảy Mẫu"), ("xã Lúa Vàng Tây", "Lúa Vàng Tây"),
        ("Thị trấn Bến Tràm", "TT. Bến Tràm"), ("xã Gió Lành", "Gió Lành"), ("xã Đá Bạc", "Đá Bạc"),
        ("Xã Mây Trắng", "Mây Trắng"), ("xã Lúa Vàng Đông", "Lúa Vàng Đông"), ("Xã Suối Mơ", "Suối Mơ"),
    ]  # fmt: skip


def test_a_made_up_district_reads_to_as_many_figures_with_nothing_unread(place, rulebook):
    reading = read(renamed(DISTRICT), rulebook)
    assert values(reading) == values(read(NOVEMBER, rulebook, place))
    assert reading.unread == []


# -- month and unit --------------------------------------------------------


@pytest.mark.parametrize(
    "text", [NOVEMBER, "tháng 11 năm 2022, theo Công văn 01 tháng 12 năm 2022", "THÁNG 11/2022"]
)
def test_the_month_is_the_one_of_the_title_not_of_the_letters_it_answers(text):
    assert stated_month(document(text)) == Month(2022, 11)


@pytest.mark.parametrize(
    ("opening", "message"),
    [
        ("Báo cáo, ngày 01 tháng 12 năm 2022", "does not say its month"),
        ("tháng 10 năm 2022, tháng 11/2022", "does not state one month .got 2022-10, 2022-11"),
        ("tháng 13 năm 2022", "does not state one month .got 2022-13"),
        ("tháng 11 năm 0000", "does not state one month .got 0000-11"),
    ],
)
def test_a_report_without_one_month_is_refused(opening, message):
    with pytest.raises(InputError, match=message):
        stated_month(document(opening))


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("trên địa bàn thành phố Sa Đéc tháng 11 năm 2022", "thành phố sa đéc"),
        ("TRÊN ĐỊA BÀN THÀNH PHỐ SA ĐÉC THÁNG 11 NĂM 2022", "thành phố sa đéc"),
        ("TRÊN ĐỊA BÀN HUYỆN GÒ MÂY NĂM 2022", "huyện gò mây"),
        ("trên địa bàn huyện Gò Mây\n\nThực hiện Công văn tháng 11 năm 2022", "huyện gò mây"),
        ("trên địa bàn\n\nthị xã Gò Mây tháng 11 năm 2022", "thị xã gò mây"),
        ("trên địa bàn TP. Sa Đéc, tỉnh Đồng Tháp", "thành phố sa đéc"),
        ("trên địa bàn Quận 12 năm 2022", "quận 12"),
        ("trên địa bàn huyện Năm Căn năm 2022", "huyện năm căn"),
        ("trên địa bàn thành phố Phan Rang - Tháp Chàm trong tháng 11", "thành phố phan rang - tháp chàm"),
        ("trên địa bàn huyện Cư M'gar tháng 11", "huyện cư m'gar"),
        ("trên địa bàn quận Mây, thành phố Hồ Chí Minh. Trên địa bàn Thành phố Hồ Chí Minh", "quận mây"),
        ("tháng 11\n\nI. KẾT QUẢ\n\n1. Đối với UBND huyện Gò Mây", "huyện gò mây"),
        ("tháng 11\n\nI. KẾT QUẢ\n\nTrên Cổng, thành phố Sa Đéc đạt **37,5/100 điểm**", "thành phố sa đéc"),
        ("I. KẾT QUẢ\n\nThị xã Gò Mây trong tháng đạt 37,5/100 điểm", "thị xã gò mây"),
    ],
)
def test_the_unit_is_the_one_of_title_heading_or_total(text, unit):
    assert subject(document(unicodedata.normalize("NFD", text))).key == unit


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("trên địa bàn tỉnh Đồng Tháp tháng 11 năm 2022", "names no unit as its own .expected one"),
        ("trên địa bàn phường Sa Đéc tháng 11 năm 2022", "or name a place file with --place"),
        ("trên địa bàn Thành phố tháng 11 năm 2022", "names no unit as its own"),
        (
            f"{TITLE}I. KẾT QUẢ\n\n1. Đối với thành phố Gò Mây",
            "names several units as its own .got thành phố Sa Đéc, thành phố Gò Mây",
        ),
        (
            "I. KẾT QUẢ\n\nHuyện Mây đạt 50/100 điểm.\n\nHuyện Gió đạt 60/100 điểm.",
            "names several units as its own",
        ),
    ],
)
def test_a_report_without_one_unit_is_refused_naming_the_place_file_as_the_way_out(text, message):
    with pytest.raises(InputError, match=message):
        subject(document(text))


# -- units of tables -------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "text", "own"),
    [
        ("UBND xã Tân Khánh Đông - Tỉnh Đồng Tháp", "xã Tân Khánh Đông", "Tân Khánh Đông"),
        ("5. UBND Phường An Hoà - Tỉnh Đồng Tháp", "Phường An Hoà", "An Hoà"),
        ("Uỷ ban nhân dân thị trấn Gò Mây", "thị trấn Gò Mây", "Gò Mây"),
        ("UBND PHƯỜNG AN HOÀ", "Phường An Hoà", "An Hoà"),
        ("PHƯỜNG II", "Phường II", "II"),
        ("TP.Sa Đéc", "Tp. Sa Đéc", "Sa Đéc"),
        ("UBND quận Mây - Thành phố Cần Thơ", "quận Mây", "Mây"),
        ("Phu\u031bo\u031b\u0300ng 1", "Phường 1", "1"),
        ("UBND\u00a0Phường\u200b 1", "Phường 1", "1"),
    ],
)
def test_names_are_kept_as_printed_but_cleaned(cell, text, own):
    found = named(cell, "a cell")
    assert (found.text, found.own) == (text, own)


@pytest.mark.parametrize("cell", ["", "Tổng cộng", "Xã, phường", "Phòng Tư pháp", "Bảo hiểm xã hội"])
def test_what_is_no_city_district_or_ward_names_no_unit(cell):
    assert named(cell, "a cell") is None


def test_each_unit_is_listed_once_however_it_is_spelt_and_every_spelling_is_read(rulebook):
    spellings = [
        "UBND Phường An Hoà - Tỉnh Đồng Tháp", "phường An Hòa", "P. An Hoà", "3. PHƯỜNG AN HOÀ",
        unicodedata.normalize("NFD", "Phường An Hòa"),
    ]  # fmt: skip
    text = table(*spellings, "UBND TP Sa Đéc")
    assert units(text) == [("thành phố Sa Đéc", "city"), ("Phường An Hoà", "ward")]
    figures = read(text, rulebook).figures
    assert [figure.unit for figure in figures] == ["X00/phuong-an-hoa"] * 5 + ["X00/thanh-pho-sa-dec"]


def test_levels_follow_the_kind_of_unit():
    assert units(table("Phường 1", "xã Mây", "Thị trấn Gió", "UBND huyện Nắng", "Thị xã Mưa", "Quận 3")) == [
        ("thành phố Sa Đéc", "city"), ("Phường 1", "ward"), ("xã Mây", "ward"), ("Thị trấn Gió", "ward"),
        ("huyện Nắng", "peer"), ("Thị xã Mưa", "peer"), ("Quận 3", "peer"),
    ]  # fmt: skip


def test_short_names_keep_their_kind_where_they_would_say_nothing_or_name_another():
    own = place_of(document(table("Phường 1", "phường Sa Đéc", "xã An", "xã An Bình", "huyện Mây", "TP Mây")))
    assert [unit.short for unit in own.unit] == [
        "Sa Đéc", "Phường 1", "P. Sa Đéc", "X. An", "An Bình", "H. Mây", "TP Mây",
    ]  # fmt: skip


def test_names_that_differ_in_their_accents_only_are_two_units():
    own = place_of(document(table("xã Hoa Lộc", "xã Hòa Lộc")))
    assert [unit.code for unit in own.wards] == ["X00/xa-hoa-loc", "X00/xa-hoa-loc-2"]


def test_a_report_without_tables_of_wards_has_no_wards():
    own = place_of(document(TITLE + "I. KẾT QUẢ\n\nđạt 50/100 điểm"))
    assert (own.unit, own.province, own.province_code) == ((own.city,), "", "X00")
    assert own.city.code == "X00/thanh-pho-sa-dec"


@pytest.mark.parametrize(
    ("rows", "province", "codes"),
    [
        ([("Phường 1", "000.21.36.H20"), ("Phường 2", "")], "H20", ["000.21.36.H20", "H20/phuong-2"]),
        ([("Phường 1", "h20.36.21")], "H20", ["h20.36.21"]),
    ],
)
def test_printed_codes_are_used_and_others_are_ids_of_ours(rows, province, codes):
    own = place_of(document(coded(*rows)))
    assert (own.province_code, [unit.code for unit in own.wards]) == (province, codes)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (table("Phường 1", "UBND Phường - Tỉnh Đồng Tháp"), "r.md, I, table 1, row 2: is no name of a unit"),
        (table("xã"), 'is no name of a unit .got "xã"'),
        (table("xã " + "ô" * 100_000), "is no name of a unit"),
        (table("Phường \u0410n Hoà"), "only looks Latin .got U.0410"),
        (coded(("Phường 1", "213")), "I, table 1, row 1: is no code of a unit .got 213"),
        (
            coded(("Phường 1", "000.21.36.H20"), ("Phường 2", "000.21.36.h20")),
            "row 2: the code stands beside another unit too",
        ),
        (table(*(f"xã Mây {number}" for number in range(10_000))), f"lists more than {MOST_UNITS} units"),
    ],
)
def test_what_cannot_be_a_unit_is_refused_naming_its_row(text, message):
    with pytest.raises(InputError, match=message):
        place_of(document(text))


def test_a_unit_printed_with_two_codes_is_refused_by_the_reader(rulebook):
    text = coded(("Phường 1", "000.21.36.H20"), ("UBND Phường 1", "000.22.36.H20"))
    with pytest.raises(InputError, match="row 2: the code does not belong to Phường 1"):
        read(text, rulebook)


@pytest.mark.parametrize(
    ("text", "province"),
    [
        (table("Phường 1 - Tỉnh Gió Nồm"), "Gió Nồm"),
        ("Chỉ số của tỉnh Mưa Rào.\n\n" + table("Phường 1"), "Mưa Rào"),
        (table("Quận 1 - Thành phố Hải Phòng"), "Hải Phòng"),
    ],
)
def test_the_province_is_named_by_the_rows_or_the_opening(text, province):
    assert place_of(document(text)).province == province


def test_a_table_without_a_column_of_units_lists_none():
    assert units(table("Phường 1", head="Nội dung")) == [("thành phố Sa Đéc", "city")]


def test_a_place_is_valid_in_the_year_of_its_report():
    own = place_of(document(NOVEMBER))
    assert (str(own.valid_from), str(own.valid_until)) == ("2022-01-01", "2022-12-31")


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Đức Phổ", "duc-pho"), ("Ea H'leo", "ea-h-leo"), ("Phan Rang - Tháp Chàm", "phan-rang-thap-cham")],
)
def test_slugs_are_ascii(name, expected):
    assert slug(name) == expected
