"""A month with several sources: one figure with two places, differences found, corrections and order deciding."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from conftest import SAMPLE
from responses import old_row, write
from workbooks import type_in

from sadec_analysis import charts
from sadec_analysis.blocks.html import plain_text
from sadec_analysis.brief import sources
from sadec_analysis.errors import InputError
from sadec_analysis.intake.filing import Provenance, file_source
from sadec_analysis.intake.form_writer import write_form
from sadec_analysis.intake.new_month import prepare_month
from sadec_analysis.monthly import build_month, open_month
from sadec_analysis.months import Month
from sadec_analysis.places import load_place
from sadec_analysis.rulebook import load_rulebook

CITY = "000.00.36.H20"
SCORES = {"CKMB": "0.0", "TDGQ": "12.3", "CLGQ": "6.7", "TTTT": "2.3", "MDHL": "9.7", "MDSH": "6.4"}


@pytest.fixture
def with_response(tree, tmp_path_factory):
    """November with a response of the portal filed beside the report."""

    def make(total="37.5", **scores):
        row = old_row("UBND thành phố Sa Đéc", CITY, total, **(SCORES | scores))
        file = write(tmp_path_factory.mktemp("saved"), [row], "response.json")
        file_source(
            file,
            "2022-11",
            Provenance("Phản hồi", "thử nghiệm", dt.date(2022, 12, 1), "synthetic"),
            root=tree,
        )
        return tree

    return make


def view_of(root):
    build_month("2022-11", root=root)
    return open_month("2022-11", root=root)


def differing(view):
    return view.findings[view.findings["id"].str.startswith("sources_differ")]


def test_the_same_value_in_two_sources_is_one_figure_with_two_places(with_response):
    view = view_of(with_response())
    rows = view.figures[(view.figures["unit"] == CITY) & (view.figures["indicator"] == "total")]
    rows = rows[(rows["measure"] == "points") & (rows["period"] == "2022-11")]
    assert rows["place"].tolist() == ["response, row 1, TONG_SCORE", "I.1, line 1"]
    assert rows["source"].nunique() == 2
    settled = view.settled[(view.settled["unit"] == CITY) & (view.settled["indicator"] == "total")]
    assert len(settled[(settled["measure"] == "points") & (settled["period"] == "2022-11")]) == 1
    assert "total" not in set(differing(view)["indicator"])


def test_different_values_in_two_sources_are_a_finding_and_the_order_of_sources_decides(with_response):
    view = view_of(with_response(CLGQ="7.7"))
    found = differing(view)
    assert found["indicator"].tolist() == ["online_service"]
    row = found.iloc[0]
    assert (row["severity"], row["printed"], row["place"]) == (
        "error",
        "7,7 | 6,7/12",
        "response, row 1, CLGQ; I.1, line 5",
    )
    assert (
        "Bản này dùng 7,7 của response.json, theo thứ tự nguồn đã ghi; chưa có đính chính." in row["message"]
    )
    assert view.fact(view.place.city, "online_service", "points").value == Decimal("7.7")


@pytest.mark.parametrize(("rate", "fires"), [("62,5%", True), ("42,1%", False), ("50%", False)])
def test_a_value_outside_the_limits_another_source_gives_in_words_is_found(rate, fires, tree):
    """The report says of Phường 2 only that it has not reached 50%."""
    folder = tree / "data" / "raw" / "2022-11"
    write_form(
        folder / "figures.xlsx", Month(2022, 11), load_place("sa_dec"), load_rulebook(Month(2022, 11)), {}
    )
    type_in(
        folder / "figures.xlsx",
        ("Dịch vụ công trực tuyến", "Tỷ lệ nộp trực tuyến (%)", "000.22.36.H20", rate),
    )
    file_source(
        folder / "figures.xlsx",
        "2022-11",
        Provenance.checked("Bảng nhập", "thử nghiệm"),
        "workbook",
        root=tree,
    )
    found = differing(view_of(tree))
    assert found["unit"].tolist() == (["000.22.36.H20"] if fires else [])
    assert (
        not fires
        or f"{rate} (figures.xlsx), “chưa đạt yêu cầu” (bao-cao-2022-11.md)" in found["message"].iloc[0]
    )


def test_a_correction_decides_before_the_order_of_sources(with_response):
    view = view_of(with_response(TDGQ="11.1"))
    found = differing(view)
    assert "Bản này dùng 12,3/20 theo đính chính đã ghi." in found["message"].iloc[0]
    assert view.fact(view.place.city, "progress", "points").value == Decimal("12.3")


def test_a_correction_may_name_the_response(with_response):
    root = with_response(CLGQ="7.7")
    path = root / "data" / "raw" / "2022-11" / "corrections.toml"
    path.write_text(
        path.read_text(encoding="utf-8")
        + '\n[[correction]]\nsource = "response.json"\nplace = "response, row 1, CLGQ"\nindicator = "online_service"\n'
        'printed = "7,7"\nused = "6,7"\nreason = "gõ nhầm"\nstatus = "thử nghiệm"\nby = "thử nghiệm"\n',
        encoding="utf-8",
    )
    fact = view_of(root).fact(view_of(root).place.city, "online_service", "points")
    assert (fact.value, fact.status) == (Decimal("6.7"), "corrected")


def test_a_correction_of_a_value_no_longer_there_is_refused(with_response):
    root = with_response()
    path = root / "data" / "raw" / "2022-11" / "corrections.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('"10,6/20"', '"10,9/20"'), encoding="utf-8")
    with pytest.raises(InputError, match='"10,9/20" of progress stands there 0 times'):
        build_month("2022-11", root=root)


def test_the_brief_tells_the_order_of_sources_and_names_both(with_response):
    view = view_of(with_response())
    page = " ".join(plain_text(block.as_json()) for block in sources.sources(view))
    assert "thứ tự dùng là: phản hồi của Cổng, báo cáo." in page
    assert (
        "Phản hồi của Cổng, tháng 11 năm 2022; Báo cáo tháng 11 năm 2022, mục" in charts.heat_map(view).source
    )


def test_one_source_needs_no_order(november):
    assert sources.order(november) == []
    assert differing(november).empty


def test_only_figures_of_a_synthetic_source_are_marked_synthetic(with_response):
    view = view_of(with_response())
    statuses = view.figures.groupby("source")["status"].unique().to_dict()
    assert set(statuses["response.json"]) >= {"synthetic"}
    assert "synthetic" not in set(statuses["bao-cao-2022-11.md"])
    assert view.is_synthetic


# -- filing --------------------------------------------------------------------


def test_a_filed_file_is_listed_with_where_it_came_from(with_response):
    text = (with_response() / "data" / "raw" / "2022-11" / "source.toml").read_text(encoding="utf-8")
    assert text.startswith('[[file]]\nname = "bao-cao-2022-11.md"')
    assert 'name = "response.json"\nkind = "portal"\ntitle = "Phản hồi"' in text
    assert 'received = 2022-12-01\ndata = "synthetic"\nsha256 = "' in text


def test_filing_the_same_file_again_changes_nothing(with_response):
    root = with_response()
    listing = root / "data" / "raw" / "2022-11" / "source.toml"
    before = listing.read_bytes()
    with_response()
    assert listing.read_bytes() == before


def test_another_file_of_the_same_name_is_refused_and_the_first_kept(with_response):
    root = with_response()
    raw = root / "data" / "raw" / "2022-11"
    before = {path.name: path.read_bytes() for path in raw.iterdir()}
    with pytest.raises(InputError, match="another file of this name is there"):
        with_response(total="38.5")
    assert {path.name: path.read_bytes() for path in raw.iterdir()} == before


REFUSED = [
    ("response.json", "[]", {}, "not a response of the portal"),
    ("notes.txt", "37,5", {}, r"is no kind of source that can be read .got .txt"),
    (
        "list.xlsx",
        "",
        {},
        "cannot tell what kind of source this is .*say which with --kind workbook or --kind dossiers",
    ),
    ("response.json", "[]", {"kind": "report"}, "cannot|no kind"),
    (".response.json", None, {}, "cannot be filed under this name"),
    ("a\u202eb.json", None, {}, "cannot be filed under this name"),
]


@pytest.mark.parametrize(("name", "text", "options", "message"), REFUSED)
def test_what_cannot_be_read_is_not_filed(name, text, options, message, tree, tmp_path_factory):
    raw = tree / "data" / "raw" / "2022-11"
    before = sorted(raw.iterdir())
    response = [old_row("UBND thành phố Sa Đéc", CITY)] if text is None else text
    file = write(tmp_path_factory.mktemp("saved"), response, name)
    provenance = Provenance.checked("Phản hồi", "thử nghiệm", "2022-12-01")
    with pytest.raises(InputError, match=message):
        file_source(file, "2022-11", provenance, root=tree, **options)
    assert sorted(raw.iterdir()) == before


@pytest.mark.parametrize(
    ("received", "data", "message"),
    [("hôm nay", "real", "not a day"), ("2022-12-01", "fake", "expected real or synthetic")],
)
def test_provenance_that_makes_no_sense_is_refused(received, data, message):
    with pytest.raises(InputError, match=message):
        Provenance.checked("Phản hồi", "thử nghiệm", received, data)


def test_a_month_may_begin_with_a_filed_file(tmp_path):
    root = tmp_path / "root"
    (root / "data" / "raw").mkdir(parents=True)
    file = write(tmp_path, [old_row("UBND thành phố Sa Đéc", CITY)], "response.json")
    file_source(file, "2022-12", Provenance.checked("Phản hồi", "thử nghiệm"), root=root)
    build_month("2022-12", root=root)
    view = open_month("2022-12", root=root)
    assert view.fact(view.place.city, "total", "points").value == Decimal("37.5")


# -- what source.toml may list ---------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'kind = "portal"',
            'kind = "dossiers"',
            "cannot read this as a dossiers .got response.json, expected .csv or .xlsx",
        ),
        (
            'name = "response.json"',
            'name = "bao-cao-2022-11.md"',
            "lists a file twice|cannot read this as a portal",
        ),
        ('kind = "portal"', 'kind = "poster"', "expected portal or report or workbook or dossiers"),
    ],
)
def test_a_listing_that_makes_no_sense_is_refused(old, new, message, with_response):
    root = with_response()
    listing = root / "data" / "raw" / "2022-11" / "source.toml"
    text = listing.read_text(encoding="utf-8")
    head, _, tail = text.rpartition("[[file]]")
    assert old in tail
    listing.write_text(head + "[[file]]" + tail.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError, match=message):
        build_month("2022-11", root=root)


# -- a filled workbook and a response for one month ---------------------------------

TYPED = {
    "Công khai, minh bạch": "7,51", "Tiến độ giải quyết": "17,95", "Dịch vụ công trực tuyến": "9,55",
    "Thanh toán trực tuyến": "4,11", "Mức độ hài lòng": "16,16", "Số hóa hồ sơ": "10,85",
}  # fmt: skip
OWN = "H20/phuong-sa-dec"


def filled(root, **changes):
    """A month prepared and filled in by hand, and a saved response of the same month filed beside it."""
    (root / "data" / "raw").mkdir(parents=True)
    folder = prepare_month("2026-08", "phuong_sa_dec", root)
    cells = [(title, "Điểm đạt được", OWN, points) for title, points in (TYPED | changes).items()]
    type_in(
        folder / "figures.xlsx",
        ("Tổng điểm", "Điểm đánh giá", OWN, "66,13"),
        ("Tổng điểm", "Tăng giảm", OWN, "Giảm 3,42"),
        *cells,
    )
    provenance = Provenance.checked("Phản hồi", "thử nghiệm", "", "synthetic")
    file_source(
        SAMPLE / "data" / "raw" / "2026-08" / "phan-hoi-minh-hoa.json",
        "2026-08",
        provenance,
        "",
        "phuong_sa_dec",
        root,
    )
    build_month("2026-08", "phuong_sa_dec", root)
    return open_month("2026-08", "phuong_sa_dec", root=root)


def test_a_filled_workbook_and_a_response_of_one_month_agree(tmp_path):
    view = filled(tmp_path / "root")
    assert view.findings.empty
    rows = view.figures[
        (view.figures["unit"] == OWN)
        & (view.figures["indicator"] == "digitisation")
        & (view.figures["measure"] == "points")
    ]
    assert sorted(rows["place"]) == ["response, row 1, MDSH", "sheet Số hóa hồ sơ, row 7, column C"]


def test_a_filled_workbook_and_a_response_that_differ_are_reported(tmp_path):
    view = filled(tmp_path / "root", **{"Số hóa hồ sơ": "10,58"})
    found = differing(view)
    assert found["printed"].tolist() == ["10,85 | 10,58"]
    assert "Bản này dùng 10,85 của phan-hoi-minh-hoa.json" in found["message"].iloc[0]
    assert view.fact(view.place.city, "digitisation", "points").value == Decimal("10.85")
